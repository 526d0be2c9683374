//! Events of the audit log: what was looked at, printed, signed in to. Things that must not be lost are written at
//! once; looking waits for the next change or a second, so that opening a record costs no write of its own.

use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::action::Actor;
use super::chain::{self, Break, EventFields, hex};
use super::error::StoreError;
use super::tables::Room;
use super::{Changed, Store, Use};
use crate::foundation::id::{ProfileId, RecordId};

/// How long an event may wait for company.
const AT_MOST: Duration = Duration::from_secs(1);

/// Looking at the same record again within this time is one look: a page reads anew whenever something changes.
const ONE_LOOK_MS: i64 = 5 * 60 * 1000;

/// How something went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Outcome {
    /// It was done.
    #[default]
    Done,
    /// It was tried and did not succeed.
    Failed,
    /// It was not allowed.
    Refused,
}

impl Outcome {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Refused => "refused",
        }
    }
}

/// Something that happened and changed no table. It holds ids and codes, never a patient's name.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Event {
    action: &'static str,
    kind: &'static str,
    record: Option<RecordId>,
    detail: String,
    number: Option<i64>,
    outcome: Outcome,
    at: Option<i64>,
}

impl Event {
    /// An event by its code, e.g. `sign_in`.
    pub fn new(action: &'static str) -> Self {
        Self { action, ..Self::default() }
    }

    /// Somebody opened a record that shows a patient.
    pub fn view(kind: &'static str, record: RecordId) -> Self {
        Self::new("view").about(kind, record)
    }

    /// The print dialog opened for a screen (by its code), with a record on it or not.
    pub fn print(screen: &str, record: Option<RecordId>) -> Self {
        let code = screen
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || "-_/".contains(*c))
            .take(60)
            .collect::<String>();
        let event = Self::new("print").detail(code);
        match record {
            Some(record) => event.about(kind_on(screen), record),
            None => event,
        }
    }

    /// About a record.
    #[must_use]
    pub fn about(self, kind: &'static str, record: RecordId) -> Self {
        Self { kind, record: Some(record), ..self }
    }

    /// With a code or the name of a file.
    #[must_use]
    pub fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    /// With what it counts.
    #[must_use]
    pub fn number(self, number: impl Into<i64>) -> Self {
        Self { number: Some(number.into()), ..self }
    }

    /// How it went, if not well.
    #[must_use]
    pub fn outcome(self, outcome: Outcome) -> Self {
        Self { outcome, ..self }
    }

    /// When it happened (UTC milliseconds), if not now.
    #[must_use]
    pub fn at(self, at: i64) -> Self {
        Self { at: Some(at), ..self }
    }

    /// An owner goes on in spite of an entry that does not verify.
    pub fn accepts(broken: &Break) -> Self {
        Self::new(chain::ACCEPTED).detail(hex(&broken.found)).number(broken.seq)
    }
}

/// What kind of record a screen shows.
fn kind_on(screen: &str) -> &'static str {
    ["referral", "partner", "person", "patient"]
        .into_iter()
        .find(|kind| screen.starts_with(kind))
        .unwrap_or("record")
}

/// Events that wait, taken from one file to be written in another.
#[derive(Debug, Default)]
pub(crate) struct Unwritten(Vec<(Actor, Event, i64)>);

impl Unwritten {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Events that are not written yet.
#[derive(Default)]
pub(super) struct Waiting {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    events: Vec<(Actor, Event, i64)>,
    /// Who looked at what last when: at a record, or at an entry of history.
    looks: HashMap<(ProfileId, Option<RecordId>, Option<i64>), i64>,
    closed: bool,
}

impl Waiting {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, actor: &Actor, event: Event, now: i64) {
        let mut state = self.state();
        if state.closed {
            return;
        }
        if event.action == "view" {
            let look = (actor.id, event.record, event.number);
            let last = state.looks.get(&look).copied();
            if last.is_some_and(|last| (last..last + ONE_LOOK_MS).contains(&now)) {
                return;
            }
            state.looks.retain(|_, at| (*at..*at + ONE_LOOK_MS).contains(&now));
            state.looks.insert(look, now);
        }
        state.events.push((actor.clone(), event, now));
        drop(state);
        self.changed.notify_all();
    }

    /// So many of the first are written.
    pub(super) fn wrote(&self, count: usize) {
        self.state().events.drain(..count);
    }

    /// Takes no more, and gives up what waits but the first so many.
    pub(super) fn leave(&self, written: usize) -> Unwritten {
        let mut state = self.state();
        state.closed = true;
        let written = written.min(state.events.len());
        Unwritten(state.events.drain(..).skip(written).collect())
    }

    pub(super) fn close(&self) {
        self.state().closed = true;
        self.changed.notify_all();
    }

    /// Waits until something waits for too long. `false`: the file closes.
    pub(super) fn due(&self) -> bool {
        let state = self
            .changed
            .wait_while(self.state(), |s| s.events.is_empty() && !s.closed)
            .unwrap_or_else(PoisonError::into_inner);
        let (state, _) = self
            .changed
            .wait_timeout_while(state, AT_MOST, |s| !s.closed)
            .unwrap_or_else(PoisonError::into_inner);
        !state.closed
    }
}

impl Store {
    /// Puts an event in the log within a second or with the next change, whichever is first. A copy that shows an
    /// earlier day keeps no log.
    pub fn saw(&self, actor: &Actor, event: Event) {
        if self.use_ == Use::Work && !self.closing.load(Ordering::SeqCst) {
            self.waiting.add(actor, event, self.clock.now_ms());
        }
    }

    /// What waits now, to be written where this file's log goes on, should it go on there.
    pub(crate) fn waiting_events(&self) -> Unwritten {
        Unwritten(self.waiting.state().events.clone())
    }

    /// Takes over what another file's log waits for. It is written with the next change, or within a second.
    pub(crate) fn take_over(&self, handed: &Unwritten) {
        self.waiting.state().events.extend(handed.0.iter().cloned());
        self.waiting.changed.notify_all();
    }

    /// Puts an event in the log now, behind all that wait.
    ///
    /// # Errors
    /// Those of the file. The event waits then and is written as soon as that is possible.
    pub fn log(&self, actor: &Actor, event: Event) -> Result<(), StoreError> {
        self.saw(actor, event);
        self.write_log()
    }

    /// Writes the events that wait. The log goes on while the history is in doubt: looking is what it is for.
    ///
    /// # Errors
    /// Those of the file.
    pub fn write_log(&self) -> Result<(), StoreError> {
        let written = {
            let guard = self.writer()?;
            self.write_waiting_alone(guard.connection()?)?
        };
        if written > 0 {
            self.checkpoints.wrote(self.log_length());
            self.announce(&Changed { rooms: vec![Room::Audit], entry: None });
        }
        Ok(())
    }

    /// The same for whoever holds the writer, in a transaction of its own. Returns how many were written.
    pub(super) fn write_waiting_alone(&self, conn: &Connection) -> Result<usize, StoreError> {
        if self.waiting.state().events.is_empty() {
            return Ok(0);
        }
        let transaction = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
        let written = self.write_waiting(conn)?;
        transaction.commit()?;
        self.waiting.wrote(written);
        Ok(written)
    }

    /// Writes what waits as part of a running transaction; [`Waiting::wrote`] tells that it was committed. Nobody
    /// else takes from the front meanwhile: only whoever holds the writer does.
    pub(super) fn write_waiting(&self, conn: &Connection) -> Result<usize, StoreError> {
        let waiting = self.waiting.state().events.clone();
        if waiting.is_empty() {
            return Ok(0);
        }
        let mut head = chain::head(conn)?;
        let mut insert = conn.prepare_cached(
            "INSERT INTO audit (seq, id, device_id, at, actor_id, actor_name, action, kind, record_id, detail, number, result, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?;
        for (actor, event, now) in &waiting {
            let (seq, id, at) = (head.seq + 1, RecordId::new(), event.at.unwrap_or(*now));
            let fields = EventFields {
                seq,
                id: id.bytes(),
                device: self.device.bytes(),
                at,
                actor: actor.id.0.bytes(),
                actor_name: &actor.name,
                action: event.action,
                kind: event.kind,
                record: event.record.as_ref().map(|record| record.bytes().as_slice()),
                detail: &event.detail,
                number: event.number,
                result: event.outcome.code(),
            };
            let hash = chain::link_event(&self.chain_key, &head.hash, &fields);
            insert.execute(params![
                seq,
                id,
                self.device,
                at,
                actor.id,
                actor.name,
                event.action,
                event.kind,
                event.record,
                event.detail,
                event.number,
                event.outcome.code(),
                hash
            ])?;
            head = chain::Head { seq, hash };
        }
        Ok(waiting.len())
    }
}
