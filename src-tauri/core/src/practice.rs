//! The unlocked practice: who is at the desk, what they may do, and the file. Without this value there is no room to call.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::foundation::id::RecordId;
use crate::history::subject_as_seen;
use crate::store::lens::beyond;
use crate::store::{Actor, Changed, Entry, Event, Label, Lens, Room, Store, StoreError, Tx, Written};
use crate::vault::{Hidden, Need, Rights, Sight, sight_at_desk};

/// An unlocked practice. Dropping it locks.
#[derive(Clone, Debug)]
pub struct Practice {
    store: Arc<Store>,
    actor: Actor,
    sight: Arc<RwLock<Sight>>,
}

impl Practice {
    /// The file, opened, with the profile that unlocked it. What the profile may do is read from the file now and again
    /// after each change of profiles and roles, so that it holds at once.
    pub fn new(store: Arc<Store>, actor: Actor) -> Self {
        let sight = Arc::new(RwLock::new(read_sight(&store, &actor)));
        let (file, held, who) = (Arc::downgrade(&store), Arc::downgrade(&sight), actor.clone());
        store.on_change(move |changed| {
            if changed.rooms.contains(&Room::Vault)
                && let (Some(store), Some(sight)) = (file.upgrade(), held.upgrade())
            {
                *sight.write().unwrap_or_else(PoisonError::into_inner) = read_sight(&store, &who);
            }
        });
        Self { store, actor, sight }
    }

    /// The same person before a copy that shows an earlier day: what they may see is what they may see today.
    pub(crate) fn before(&self, copy: Arc<Store>) -> Self {
        Self { store: copy, actor: self.actor.clone(), sight: self.sight.clone() }
    }

    /// Who is at the desk.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The file.
    pub fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// Today in the practice's time zone.
    pub fn today(&self) -> NaiveDate {
        self.store.today()
    }

    /// What whoever is at the desk may do and see.
    pub fn rights(&self) -> Rights {
        self.sight.read().unwrap_or_else(PoisonError::into_inner).rights
    }

    fn lens(&self) -> Lens {
        self.sight.read().unwrap_or_else(PoisonError::into_inner).lens.clone()
    }

    /// Which fields whoever is at the desk does not see.
    pub fn hidden(&self) -> Hidden {
        self.rights().hidden
    }

    /// Goes on only if whoever is at the desk may.
    ///
    /// # Errors
    /// [`StoreError::NotAllowed`].
    pub fn may(&self, need: Need) -> Result<(), StoreError> {
        self.rights().may(need)
    }

    /// Changes the practice: one transaction, one history entry, one undo. What the change touched has to be what whoever is
    /// at the desk may change.
    ///
    /// # Errors
    /// What `change` returns, [`StoreError::NotAllowed`], or those of the file; nothing is written then.
    pub fn write<T, E: From<StoreError>>(
        &self,
        label: Label,
        change: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<Written<T>, E> {
        let mut written = self.store.write(&self.actor, label, change)?;
        if let Some(entry) = written.entry.take() {
            written.entry = Some(self.entry_as_seen(entry));
        }
        Ok(written)
    }

    /// Puts in the log that whoever is at the desk opened a record that shows a patient.
    pub fn viewed(&self, kind: &'static str, record: RecordId) {
        self.store.saw(&self.actor, Event::view(kind, record));
    }

    /// Looks something up, in the records whoever is at the desk sees.
    ///
    /// # Errors
    /// What `look` returns, or [`StoreError::Locked`].
    pub fn read<T, E: From<StoreError>>(
        &self,
        look: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.store.read_through(&self.lens(), look)
    }

    /// Looks up two things as of one moment, the first in a thread of its own, in the records whoever is at the desk sees.
    ///
    /// # Errors
    /// What `here` returns, or else `beside`; [`StoreError::Locked`].
    pub(crate) fn read_both<A: Send, B, E: From<StoreError> + Send>(
        &self,
        beside: impl FnOnce(&Connection) -> Result<A, E> + Send,
        here: impl FnOnce(&Connection) -> Result<B, E>,
    ) -> Result<(A, B), E> {
        self.store.read_both(&self.lens(), beside, here)
    }

    /// The number that was found for this question since the last write, or else what `count` finds.
    ///
    /// # Errors
    /// What `count` returns.
    pub fn remember<E>(&self, question: &str, count: impl FnOnce() -> Result<usize, E>) -> Result<usize, E> {
        self.store.remember(&self.lens(), question, count)
    }

    /// Goes on only if this record is one whoever is at the desk sees, or is not there at all. A write that fails tells
    /// what stands in a record; it asks this first.
    ///
    /// # Errors
    /// [`StoreError::Missing`]; those of the file.
    pub fn must_see(&self, record: impl Into<RecordId>) -> Result<(), StoreError> {
        let (lens, record) = (self.lens(), record.into());
        if !lens.is_narrow() {
            return Ok(());
        }
        let beyond = self.store.read_through(&lens, |conn| beyond(conn, &[record]))?;
        beyond.map_or(Ok(()), |_| Err(StoreError::Missing))
    }

    /// What a write announces, as whoever is at the desk may hear it.
    pub fn as_seen(&self, changed: &Changed) -> Changed {
        let entry = changed.entry.clone().map(|entry| self.entry_as_seen(entry));
        Changed { rooms: changed.rooms.clone(), entry }
    }

    /// What can't be looked up is not told.
    fn entry_as_seen(&self, mut entry: Entry) -> Entry {
        if self.hidden().patients || self.lens().is_narrow() {
            entry.subject = subject_as_seen(self, &entry).unwrap_or_default();
        }
        entry
    }
}

/// A file that can't be read gives no rights.
fn read_sight(store: &Store, actor: &Actor) -> Sight {
    store.read(|conn| sight_at_desk(conn, actor.id, store.today())).unwrap_or(Sight::NOTHING)
}
