//! The one way to change the practice: `store.write(actor, label, |tx| …)`.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Deref;

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::action::{Actor, Cause, Entry, Label, Written};
use super::chain::{self, Fields};
use super::error::StoreError;
use super::lens;
use super::permission::Permission;
use super::recording::Recording;
use super::tables::Room;
use super::{Changed, Store};
use crate::foundation::id::RecordId;
use crate::foundation::point;

/// A running change. Derefs to the connection for `rows.rs`.
pub struct Tx<'conn> {
    conn: &'conn Connection,
    pub(super) recording: Recording<'conn>,
    subject: RefCell<String>,
    /// The number of the entry this change leaves.
    pub(super) seq: i64,
    /// The instant of the change, UTC milliseconds.
    pub now: i64,
    /// Today in the practice's time zone.
    pub today: chrono::NaiveDate,
    /// Who acts.
    pub actor: Actor,
}

impl Tx<'_> {
    /// Tells what the change was about, when that is known only after the work.
    pub fn subject(&self, subject: impl Into<String>) {
        *self.subject.borrow_mut() = subject.into();
    }

    /// Call every few thousand rows in long work: keeps memory flat. The change stays one action.
    pub fn breathe(&self) -> Result<(), StoreError> {
        self.recording.flush()
    }
}

impl Deref for Tx<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.conn
    }
}

impl Store {
    /// Runs `change` in one transaction, records it in history and announces it. If `change` fails, nothing happened.
    ///
    /// # Errors
    /// What `change` returns, [`StoreError::NotAllowed`] if it touched a table the actor may not change, or [`StoreError`]
    /// of the file; in all cases nothing is written.
    pub fn write<T, E: From<StoreError>>(
        &self,
        actor: &Actor,
        label: Label,
        change: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<Written<T>, E> {
        self.write_as(actor, label, None, change)
    }

    /// Puts something on record that changes no table: an export, a print.
    ///
    /// # Errors
    /// [`StoreError`] of the file.
    pub fn note(
        &self,
        actor: &Actor,
        action: &'static str,
        subject: impl Into<String>,
    ) -> Result<Entry, StoreError> {
        let label = Label { action, subject: subject.into(), cause: Cause::Note };
        let written = self.write_as(actor, label, None, |_| Ok::<(), StoreError>(()))?;
        written.entry.ok_or_else(|| StoreError::Database("a note left no entry".into()))
    }

    /// Returns once what is being written is written, so that what is read next has it.
    ///
    /// # Errors
    /// [`StoreError::Locked`] while the file closes; those of the file.
    pub fn after_writes(&self) -> Result<(), StoreError> {
        self.writer().map(drop)
    }

    pub(super) fn write_as<T, E: From<StoreError>>(
        &self,
        actor: &Actor,
        label: Label,
        undoes: Option<i64>,
        change: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<Written<T>, E> {
        self.write_with(actor, label, undoes, change, |_, _, _, value| Ok(value))
    }

    /// Every record an entry touched and that was there before has to be one the actor sees. A reader still sees the file
    /// as it was.
    fn within(&self, permission: &Permission, touched: &BTreeSet<RecordId>) -> Result<(), StoreError> {
        let Some((lens, refusal)) = permission.whose() else { return Ok(()) };
        let beyond = self.read_through(lens, |before| lens::beyond(before, touched))?;
        beyond.map_or(Ok(()), |_| Err(StoreError::NotAllowed(refusal)))
    }

    /// `seal` runs when the change and its parts are written and its entry, with the number it is given, is not yet.
    pub(super) fn write_with<W, T, E: From<StoreError>>(
        &self,
        actor: &Actor,
        label: Label,
        undoes: Option<i64>,
        change: impl FnOnce(&Tx<'_>) -> Result<W, E>,
        seal: impl FnOnce(&Connection, &chain::ChainKey, i64, W) -> Result<T, StoreError>,
    ) -> Result<Written<T>, E> {
        self.may_change()?;
        self.must_be_trusted()?;
        let (written, changed) = {
            let guard = self.writer()?;
            if self.is_doubtful() {
                return Err(StoreError::Doubtful.into());
            }
            let conn = guard.connection()?;
            let transaction =
                Transaction::new_unchecked(conn, TransactionBehavior::Immediate).map_err(StoreError::from)?;
            // What was looked at before this change stands before it in the log, and needs no commit of its own.
            let waiting = self.write_waiting(conn)?;
            let before = chain::head(conn)?;
            let seq = before.seq + 1;
            // Asked before the change, so that nobody can give themselves the right to it.
            let permission = (self.permit)(conn, actor, self.today())?;
            let tx = Tx {
                conn,
                recording: Recording::start(conn, seq, permission.whose().is_some())?,
                subject: RefCell::new(label.subject.clone()),
                seq,
                now: self.clock.now_ms(),
                today: self.today(),
                actor: actor.clone(),
            };
            let value = change(&tx)?;
            (self.settle)(conn, tx.today)?;
            let Tx { recording, subject, now, .. } = tx;
            let recorded = recording.finish()?;
            for (table, room) in &recorded.tables {
                permission.allows(table, *room)?;
            }
            self.within(&permission, &recorded.touched)?;
            let value = seal(conn, &self.chain_key, seq, value)?;
            let entry = if recorded.parts > 0
                || matches!(label.cause, Cause::Note | Cause::Undo | Cause::Redo)
            {
                let subject = subject.into_inner();
                let id = RecordId::new();
                let fields = Fields {
                    seq,
                    id: id.bytes(),
                    device: self.device.bytes(),
                    at: now,
                    actor: actor.id.0.bytes(),
                    actor_name: &actor.name,
                    action: label.action,
                    subject: &subject,
                    cause: label.cause.code(),
                    undoes,
                    records: recorded.records,
                    rooms: recorded.rooms.iter().map(|room| room.bit()).sum(),
                };
                let hash = chain::link(&self.chain_key, &before.hash, &fields, &chain::digest(conn, seq)?);
                conn.prepare_cached(
                    "INSERT INTO history (seq, id, device_id, at, actor_id, actor_name, action, subject, cause, undoes, records, rooms, hash)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                )
                .and_then(|mut insert| {
                    insert.execute(params![
                        seq, id, self.device, now, actor.id, actor.name, label.action, subject, label.cause.code(), undoes, recorded.records, fields.rooms, hash
                    ])
                })
                .map_err(StoreError::from)?;
                Some(Entry {
                    seq: u32::try_from(seq).unwrap_or(u32::MAX),
                    action: label.action.into(),
                    subject,
                    records: u32::try_from(recorded.records).unwrap_or(u32::MAX),
                })
            } else {
                None
            };
            point::reach("write before commit");
            transaction.commit().map_err(StoreError::from)?;
            point::reach("write after commit");
            self.waiting.wrote(waiting);
            self.remembered.forget();
            self.checkpoints.wrote(self.log_length());
            let changed = entry.is_some().then(|| {
                let mut rooms: Vec<Room> = recorded.rooms.into_iter().collect();
                rooms.push(Room::History);
                Changed { rooms, entry: entry.clone() }
            });
            (Written { value, entry }, changed)
        };
        if let Some(changed) = changed {
            self.announce(&changed);
        }
        Ok(written)
    }
}
