//! An open practice: what every room works with, and what is needed to lock it again.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::describe::LockedPractice;
use super::document::{Document, KnownHead};
use super::doubt::{self, Doubt};
use super::error::VaultError;
use super::folder::Folder;
use super::process_lock::ProcessLock;
use super::rows;
use super::secrets::DocumentKey;
use super::sign_ins::Anew;
use crate::practice::Practice;
use crate::store::{DbKey, Event, Head, Room, StoreError};

/// How long after a commit `vault.json` learns of it: long enough to gather what belongs together.
const SOON: Duration = Duration::from_millis(500);

/// A practice somebody unlocked. Dropping it locks.
pub struct Unlocked {
    inner: Arc<Inner>,
}

struct Inner {
    practice: Practice,
    folder: Folder,
    open: Mutex<Option<Open>>,
    /// While it stands, one can only look and nothing is known anew.
    doubt: Mutex<Option<Doubt>>,
    news: Arc<News>,
    /// The file of failed sign-ins, until it is begun anew.
    anew: Mutex<Option<Anew>>,
    /// Held while a backup is made: one at a time clears what another left.
    backing_up: Mutex<()>,
}

/// What only an open practice has. Taken out when it is locked: the keys are wiped, the process lock is freed.
pub(super) struct Open {
    pub(super) document: Document,
    pub(super) document_key: DocumentKey,
    /// To read backups back.
    pub(super) db_key: Arc<DbKey>,
    /// None where nothing can be written and nobody left a lock.
    pub(super) _process: Option<ProcessLock>,
}

impl Open {
    /// Changes how the practice is opened. What counts afterwards is what stands on the disk: a change that could not be
    /// saved is taken back there as far as it got, and is forgotten here.
    ///
    /// # Errors
    /// Those of the disk.
    pub(super) fn change(
        &mut self,
        folder: &Folder,
        change: impl FnOnce(&mut Document),
    ) -> Result<(), VaultError> {
        if folder.is_unwritable() {
            return Err(StoreError::ReadOnly.into());
        }
        let mut changed = self.document.clone();
        change(&mut changed);
        let saved = changed.save_both(folder, &self.document_key);
        match saved {
            Ok(()) => self.document = changed,
            Err(_) => {
                self.document.generation = changed.generation;
                // A disk that refuses this too is left with the one or the other.
                let _ = self.document.save_both(folder, &self.document_key);
            }
        }
        saved
    }
}

/// Tells the thread that mirrors the head of history to `vault.json` that there is something to do.
#[derive(Default)]
struct News {
    state: Mutex<NewsState>,
    changed: Condvar,
}

#[derive(Default)]
struct NewsState {
    dirty: bool,
    locked: bool,
}

impl Unlocked {
    pub(super) fn new(practice: Practice, folder: Folder, open: Open, doubt: Option<Doubt>) -> Self {
        let news = Arc::new(News::default());
        let inner = Arc::new(Inner {
            practice,
            folder,
            open: Mutex::new(Some(open)),
            doubt: Mutex::new(doubt),
            news: news.clone(),
            anew: Mutex::default(),
            backing_up: Mutex::default(),
        });
        let heard = news.clone();
        inner.practice.store().on_change(move |_| heard.tell(|state| state.dirty = true));
        let weak = Arc::downgrade(&inner);
        std::thread::spawn(move || {
            while news.due() {
                let Some(inner) = weak.upgrade() else { return };
                // What can't be written now is written after the next change or at locking, which reports it.
                let _ = inner.mirror();
            }
        });
        Self { inner }
    }

    /// Does what has to be written once the practice is open.
    pub(super) fn at_once(&self, anew: Option<Anew>, then: impl FnOnce(&Practice, &Folder, &str)) {
        *self.inner.anew() = anew;
        self.inner.begin_anew();
        self.inner.settle(then);
    }

    /// Walks through the whole history behind everybody's back, and then does `then`. Changes wait until it is done; where
    /// the history does not verify, one can only look from then on.
    pub(super) fn watch(
        &self,
        anew: Option<Anew>,
        then: impl FnOnce(&Practice, &Folder, &str) + Send + 'static,
    ) {
        self.practice().store().examining();
        *self.inner.anew() = anew;
        let inner = self.inner.clone();
        std::thread::spawn(move || {
            inner.begin_anew();
            inner.examine(then);
        });
    }

    /// What every room works with.
    pub fn practice(&self) -> &Practice {
        &self.inner.practice
    }

    /// Whether it is looked at only, because nothing can be written where it lies.
    pub fn is_unwritable(&self) -> bool {
        self.inner.practice.store().is_unwritable()
    }

    /// Goes on only if something can be written where it lies.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`].
    pub(super) fn must_be_writable(&self) -> Result<(), StoreError> {
        if self.is_unwritable() { Err(StoreError::ReadOnly) } else { Ok(()) }
    }

    /// The practice's folder.
    pub fn folder(&self) -> &Path {
        self.inner.folder.path()
    }

    /// The practice as the lock screen shows it.
    ///
    /// # Errors
    /// [`StoreError::Locked`].
    pub fn describe(&self) -> Result<LockedPractice, VaultError> {
        self.with_open(|open| Ok(LockedPractice::from_document(&self.inner.folder, &open.document)))
    }

    /// The practice as it was right after an entry of history, or at the end of a day, to be looked at only. The copy
    /// lies encrypted in the practice's own folder and goes when the value is dropped.
    ///
    /// # Errors
    /// [`VaultError::Invalid`] for a day before the practice began or after today, [`StoreError::Cancelled`]; those of
    /// the disk.
    pub fn as_of(
        &self,
        moment: super::as_of::Moment,
        tell: &mut dyn FnMut(u32, u32) -> std::ops::ControlFlow<()>,
    ) -> Result<super::as_of::AsOf, VaultError> {
        self.must_be_writable()?;
        let key = self.with_open(|open| Ok(open.db_key.clone()))?;
        let then = super::as_of::look_back(&self.inner.practice, &self.inner.folder, &key, moment, tell)?;
        // What is looked at in the copy keeps no log of its own; that somebody looks back does.
        let event = Event::new("look_back").detail(then.day.to_string()).number(then.seq);
        self.inner.practice.store().saw(self.inner.practice.actor(), event);
        Ok(then)
    }

    /// Locks: running work is rolled back, the file is closed, the keys are wiped. Locking twice does nothing.
    ///
    /// # Errors
    /// Those of writing `vault.json`; the practice is locked nevertheless.
    pub fn lock(&self) -> Result<(), VaultError> {
        self.inner.news.tell(|state| state.locked = true);
        self.inner.begin_anew();
        let store = self.inner.practice.store();
        store.saw(self.inner.practice.actor(), Event::new("lock"));
        let known = self.with_open(|open| Ok(Head::from(&open.document.db_head))).unwrap_or_default();
        let head = store.close_after(&known);
        let Some(mut open) = self.inner.open().take() else { return Ok(()) };
        match head {
            Some(head)
                if open.document.db_head != KnownHead::from(&head)
                    && self.doubt().is_none()
                    && !self.is_unwritable() =>
            {
                open.document.db_head = (&head).into();
                open.document.save(&self.inner.folder, &open.document_key)
            }
            _ => Ok(()),
        }
    }

    pub(super) fn doubted(&self) -> MutexGuard<'_, Option<Doubt>> {
        self.inner.doubt.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn place(&self) -> &Folder {
        &self.inner.folder
    }

    /// Works with what only an open practice has. Short work only: locking waits for it.
    pub(super) fn with_open<T>(
        &self,
        work: impl FnOnce(&mut Open) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        work(self.inner.open().as_mut().ok_or(StoreError::Locked)?)
    }

    /// Waits until no other backup of this practice is being made.
    pub(super) fn one_backup_at_a_time(&self) -> MutexGuard<'_, ()> {
        self.inner.backing_up.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets `work` decide whether somebody else carries on with what only an open practice has. Nothing of this
    /// practice writes `vault.json` any more then.
    pub(super) fn hand_on(
        &self,
        work: impl FnOnce(&mut Open) -> Result<(), VaultError>,
    ) -> Result<Open, VaultError> {
        let mut guard = self.inner.open();
        work(guard.as_mut().ok_or(StoreError::Locked)?)?;
        Ok(guard.take().ok_or(StoreError::Locked)?)
    }

    /// Writes to `vault.json` what the practice is called, who is in it and how far its history goes.
    pub(super) fn mirror(&self) -> Result<(), VaultError> {
        self.inner.mirror()
    }
}

impl Drop for Unlocked {
    fn drop(&mut self) {
        // Whoever wants to know calls `lock`; the practice is locked either way.
        let _ = self.lock();
    }
}

impl std::fmt::Debug for Unlocked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Unlocked")
    }
}

impl Inner {
    fn open(&self) -> MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn anew(&self) -> MutexGuard<'_, Option<Anew>> {
        self.anew.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins the file of failed sign-ins anew, once. The lock is held meanwhile, so that locking waits for it.
    fn begin_anew(&self) {
        let mut waiting = self.anew();
        if let Some(anew) = waiting.take() {
            anew.begin();
        }
    }

    /// What follows the opening. None of it is worth a word: it is done again the next time.
    fn settle(&self, then: impl FnOnce(&Practice, &Folder, &str)) {
        let name = self.open().as_ref().map(|open| open.document.name.clone());
        then(&self.practice, &self.folder, &name.unwrap_or_default());
        let _ = self.mirror();
    }

    fn examine(&self, then: impl FnOnce(&Practice, &Folder, &str)) {
        let store = self.practice.store();
        let Some(document) = self.open().as_ref().map(|open| open.document.clone()) else { return };
        let found = match doubt::broken(store, &document) {
            Ok(found) => found,
            // Locked meanwhile.
            Err(VaultError::Store(StoreError::Locked | StoreError::Cancelled)) => return,
            // What can't be read does not verify.
            Err(_) => Some(Doubt::HistoryBroken { entry: 1 }),
        };
        *self.doubt.lock().unwrap_or_else(PoisonError::into_inner) = found;
        match found {
            Some(_) => store.distrust(),
            None => store.trust(),
        }
        store.told(&[Room::Audit]);
        self.settle(then);
    }

    fn mirror(&self) -> Result<(), VaultError> {
        if self.practice.store().is_unwritable() || self.practice.store().is_examining() {
            return Ok(());
        }
        if self.doubt.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
            return Ok(());
        }
        let today = self.practice.today();
        let mut guard = self.open();
        let Some(open) = guard.as_mut() else { return Ok(()) };
        // Read while nobody else changes the ways in: what was read before a new one would take it away again.
        let head = self.practice.store().head()?;
        let (name, people, keyring_allowed) = self.practice.read(|conn| {
            Ok::<_, StoreError>((
                rows::practice_name(conn)?,
                rows::people(conn)?,
                rows::keyring_allowed(conn)?,
            ))
        })?;
        let before = open.document.clone();
        let known = Head::from(&open.document.db_head);
        // Two threads may come here; the known head only ever grows while the practice is open, and what was known
        // must still be there.
        if head.seq >= known.seq && self.practice.store().has_entry(&known)? {
            open.document.db_head = (&head).into();
        }
        let taken_away = open.document.reconcile(name, &people, keyring_allowed, today);
        match open.document == before {
            true => Ok(()),
            // What was taken away must not open by the copy.
            false if taken_away => open.document.save_both(&self.folder, &open.document_key),
            false => open.document.save(&self.folder, &open.document_key),
        }
    }
}

impl News {
    fn tell(&self, change: impl FnOnce(&mut NewsState)) {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.notify_all();
    }

    /// Waits until there is something to mirror. `false`: the practice is locked.
    fn due(&self) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state =
            self.changed.wait_while(state, |s| !s.dirty && !s.locked).unwrap_or_else(PoisonError::into_inner);
        let (mut state, _) = self
            .changed
            .wait_timeout_while(state, SOON, |s| !s.locked)
            .unwrap_or_else(PoisonError::into_inner);
        state.dirty = false;
        !state.locked
    }
}
