//! The unlocked practice: who is at the desk, and the file. Without this value there is no room to call.

use std::sync::Arc;

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::foundation::id::RecordId;
use crate::store::{Actor, Event, Label, Store, StoreError, Tx, Written};

/// An unlocked practice. Dropping it locks.
#[derive(Clone, Debug)]
pub struct Practice {
    store: Arc<Store>,
    actor: Actor,
}

impl Practice {
    /// The file, opened, with the profile that unlocked it.
    pub fn new(store: Arc<Store>, actor: Actor) -> Self {
        Self { store, actor }
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

    /// Changes the practice: one transaction, one history entry, one undo.
    ///
    /// # Errors
    /// What `change` returns, or those of the file; nothing is written then.
    pub fn write<T, E: From<StoreError>>(
        &self,
        label: Label,
        change: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<Written<T>, E> {
        self.store.write(&self.actor, label, change)
    }

    /// Puts in the log that whoever is at the desk opened a record that shows a patient.
    pub fn viewed(&self, kind: &'static str, record: RecordId) {
        self.store.saw(&self.actor, Event::view(kind, record));
    }

    /// Looks something up.
    ///
    /// # Errors
    /// What `look` returns, or [`StoreError::Locked`].
    pub fn read<T, E: From<StoreError>>(
        &self,
        look: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.store.read(look)
    }
}
