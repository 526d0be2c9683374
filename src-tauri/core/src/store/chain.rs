//! The chain of history and log: each entry's hash covers the one before, so a change in the middle shows.
//!
//! Changes stand in `history`, events in `audit`. They share one numbering and one chain: there is one head.

use std::collections::HashMap;

use hmac::{Hmac, KeyInit, Mac};
use rusqlite::{Connection, Row};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::error::StoreError;

/// The key of the chain, derived from the master key.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct ChainKey([u8; 32]);

impl ChainKey {
    /// Takes the key over.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

/// The newest entry and its hash, mirrored outside the database so that a lost tail is noticed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Head {
    /// Number of the newest entry; 0 for none.
    pub seq: i64,
    /// Its hash; empty for none.
    pub hash: Vec<u8>,
}

/// An entry that does not verify.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// Its number.
    pub seq: i64,
    /// What its hash would have to be for what stands there now: acknowledging it covers this and nothing else.
    pub found: Vec<u8>,
}

/// How far the chain holds.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Examined {
    /// The last entry up to which everything verifies or was acknowledged.
    pub head: Head,
    /// Entries that do not verify and were acknowledged, in order.
    pub accepted: Vec<i64>,
    /// The first entry that does not verify.
    pub broken: Option<Break>,
}

/// What a change's hash covers beside its parts.
pub(super) struct Fields<'a> {
    pub(super) seq: i64,
    pub(super) id: &'a [u8; 16],
    pub(super) device: &'a [u8; 16],
    pub(super) at: i64,
    pub(super) actor: &'a [u8; 16],
    pub(super) actor_name: &'a str,
    pub(super) action: &'a str,
    pub(super) subject: &'a str,
    pub(super) cause: &'a str,
    pub(super) undoes: Option<i64>,
    pub(super) records: i64,
    pub(super) rooms: i64,
}

/// What an event's hash covers.
pub(super) struct EventFields<'a> {
    pub(super) seq: i64,
    pub(super) id: &'a [u8; 16],
    pub(super) device: &'a [u8; 16],
    pub(super) at: i64,
    pub(super) actor: &'a [u8; 16],
    pub(super) actor_name: &'a str,
    pub(super) action: &'a str,
    pub(super) kind: &'a str,
    pub(super) record: Option<&'a [u8]>,
    pub(super) detail: &'a str,
    pub(super) number: Option<i64>,
    pub(super) result: &'a str,
}

/// What an entry's hash covers beside its fields: its parts, and what it erased from entries before it.
pub(super) fn digest(conn: &Connection, seq: i64) -> Result<Vec<u8>, StoreError> {
    let mut digest = Sha256::new();
    let mut parts = conn.prepare_cached("SELECT changeset FROM history_part WHERE seq = ?1 ORDER BY part")?;
    let mut rows = parts.query([seq])?;
    while let Some(part) = rows.next()? {
        digest.update(part.get_ref(0)?.as_blob().map_err(|_| StoreError::BrokenHistory(seq))?);
    }
    let mut erased =
        conn.prepare_cached("SELECT seq, was, seal FROM history_redaction WHERE by_seq = ?1 ORDER BY seq")?;
    let mut rows = erased.query([seq])?;
    while let Some(row) = rows.next()? {
        digest.update(row.get::<_, i64>(0)?.to_le_bytes());
        digest.update(row.get::<_, Vec<u8>>(1)?);
        digest.update(row.get::<_, Vec<u8>>(2)?);
    }
    Ok(digest.finalize().to_vec())
}

/// The action of the event by which an owner acknowledges a break: `number` is the entry, `detail` what was found there.
pub(super) const ACCEPTED: &str = "doubt_accepted";

/// HMAC-SHA256 (RFC 2104) over length-prefixed fields.
struct Chained(Hmac<Sha256>);

impl Chained {
    fn new(key: &ChainKey) -> Self {
        Self(
            Hmac::<Sha256>::new_from_slice(&key.0)
                .unwrap_or_else(|_| unreachable!("HMAC takes any key length")),
        )
    }

    fn field(&mut self, bytes: &[u8]) {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    fn number(&mut self, number: i64) {
        self.field(&number.to_le_bytes());
    }

    fn finish(self) -> Vec<u8> {
        self.0.finalize().into_bytes().to_vec()
    }
}

/// The hash of a change: over the hash before, its fields and the SHA-256 of its compressed parts.
pub(super) fn link(key: &ChainKey, before: &[u8], fields: &Fields<'_>, parts: &[u8]) -> Vec<u8> {
    let mut mac = Chained::new(key);
    mac.field(before);
    mac.number(fields.seq);
    mac.field(fields.id);
    mac.field(fields.device);
    mac.number(fields.at);
    mac.field(fields.actor);
    mac.field(fields.actor_name.as_bytes());
    mac.field(fields.action.as_bytes());
    mac.field(fields.subject.as_bytes());
    mac.field(fields.cause.as_bytes());
    mac.number(fields.undoes.unwrap_or(0));
    mac.number(fields.records);
    mac.number(fields.rooms);
    mac.field(parts);
    mac.finish()
}

/// The hash of an event. It begins with a word no hash before is as long as, so that none passes for a change.
pub(super) fn link_event(key: &ChainKey, before: &[u8], fields: &EventFields<'_>) -> Vec<u8> {
    let mut mac = Chained::new(key);
    mac.field(b"event");
    mac.field(before);
    mac.number(fields.seq);
    mac.field(fields.id);
    mac.field(fields.device);
    mac.number(fields.at);
    mac.field(fields.actor);
    mac.field(fields.actor_name.as_bytes());
    mac.field(fields.action.as_bytes());
    mac.field(fields.kind.as_bytes());
    mac.field(fields.record.unwrap_or_default());
    mac.field(fields.detail.as_bytes());
    mac.field(&fields.number.map_or([0; 9], |number| {
        let mut bytes = [1; 9];
        bytes[1..].copy_from_slice(&number.to_le_bytes());
        bytes
    }));
    mac.field(fields.result.as_bytes());
    mac.finish()
}

/// What only the chain's key can say of a text.
pub(super) fn word(key: &ChainKey, purpose: &str, text: &str) -> Vec<u8> {
    let mut mac = Chained::new(key);
    mac.field(b"seal");
    mac.field(purpose.as_bytes());
    mac.field(text.as_bytes());
    mac.finish()
}

/// The columns of a change, as [`change_hash`] reads them.
const CHANGES: &str = "SELECT seq, hash, id, device_id, at, actor_id, actor_name, action, subject, cause, undoes, records, rooms FROM history";

/// What verifies a change as it stands, given the hash of the entry before.
pub(super) fn computed(
    conn: &Connection,
    key: &ChainKey,
    seq: i64,
    before: &[u8],
) -> Result<Vec<u8>, StoreError> {
    let mut entry = conn.prepare_cached(&[CHANGES, " WHERE seq = ?1"].concat())?;
    let mut rows = entry.query([seq])?;
    change_hash(conn, key, before, rows.next()?.ok_or(StoreError::Missing)?)
}

/// The hash of an entry of either kind, which the next one follows.
pub(super) fn hash_of(conn: &Connection, seq: i64) -> Result<Vec<u8>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT hash FROM history WHERE seq = ?1 UNION ALL SELECT hash FROM audit WHERE seq = ?1",
    )?;
    let mut rows = statement.query([seq])?;
    Ok(match rows.next()? {
        Some(row) => row.get(0)?,
        None => Vec::new(),
    })
}

/// The newest entry of both.
pub(super) fn head(conn: &Connection) -> Result<Head, StoreError> {
    one_head(
        conn,
        "SELECT seq, hash FROM history WHERE seq = (SELECT max(seq) FROM history)
         UNION ALL SELECT seq, hash FROM audit WHERE seq = (SELECT max(seq) FROM audit)
         ORDER BY seq DESC LIMIT 1",
    )
}

/// The newest change of a file from before there was a log.
pub(super) fn head_of_history(conn: &Connection) -> Result<Head, StoreError> {
    one_head(conn, "SELECT seq, hash FROM history ORDER BY seq DESC LIMIT 1")
}

fn one_head(conn: &Connection, sql: &'static str) -> Result<Head, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    match rows.next()? {
        Some(row) => Ok(Head { seq: row.get(0)?, hash: row.get(1)? }),
        None => Ok(Head::default()),
    }
}

/// Walks the whole chain, past what was acknowledged, to its end or to the first entry that does not verify. An entry
/// whose content was erased is verified by the seal of the entry that erased it, which the chain covers in turn.
pub(super) fn examine(conn: &Connection, key: &ChainKey, known: Option<i64>) -> Result<Examined, StoreError> {
    // One snapshot for both tables.
    let _snapshot = conn.unchecked_transaction()?;
    let acknowledged = acknowledged(conn)?;
    let mut changes = conn.prepare(&[CHANGES, " ORDER BY seq"].concat())?;
    let mut events = conn.prepare(
        "SELECT seq, hash, id, device_id, at, actor_id, actor_name, action, kind, record_id, detail, number, result FROM audit ORDER BY seq",
    )?;
    let (mut changes, mut events) = (changes.query([])?, events.query([])?);
    let (mut change, mut event) = (changes.next()?, events.next()?);
    let mut examined = Examined::default();
    loop {
        let (next_change, next_event) = (number(change)?, number(event)?);
        let before = &examined.head.hash;
        let (seq, hash, found) = match (change, event) {
            (Some(row), _) if next_event.is_none_or(|event| Some(event) >= next_change) => {
                (row.get(0)?, row.get::<_, Vec<u8>>(1)?, change_hash(conn, key, before, row)?)
            }
            (_, Some(row)) => (row.get::<_, i64>(0)?, row.get(1)?, event_hash(key, before, row)?),
            _ => return Ok(examined),
        };
        let seals = if next_change == Some(seq) { seals(conn, seq)? } else { Vec::new() };
        if seq != examined.head.seq + 1
            || !seals.iter().all(|seal| seal.follows)
            || !lead(&seals, &hash, &found)
        {
            // A gap shows at the entry behind it: what should be there counts as found too. What was erased after it
            // was acknowledged is sealed from what was found then.
            let was_known = known == Some(seq)
                || acknowledged.get(&seq).is_some_and(|(by, as_found)| {
                    let then = seals.first().map_or(&found, |seal| &seal.was);
                    *by > seq
                        && (*as_found == hex(&found) || *as_found == hex(then) && lead(&seals, then, &found))
                });
            if !was_known {
                examined.broken = Some(Break { seq, found });
                return Ok(examined);
            }
            examined.accepted.push(seq);
        }
        examined.head = Head { seq, hash };
        if next_change == Some(seq) {
            change = changes.next()?;
        } else {
            event = events.next()?;
        }
    }
}

fn number(row: Option<&Row<'_>>) -> Result<Option<i64>, StoreError> {
    Ok(row.map(|row| row.get(0)).transpose()?)
}

/// What owners acknowledged, by entry: in which entry, and what was found. It counts only as far as the chain
/// that holds it verifies.
fn acknowledged(conn: &Connection) -> Result<HashMap<i64, (i64, String)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT number, seq, detail FROM audit WHERE action = ?1 AND number IS NOT NULL ORDER BY seq",
    )?;
    let rows = statement.query_map([ACCEPTED], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One step of erasing content of an entry.
struct Seal {
    /// What verified the entry before.
    was: Vec<u8>,
    /// What verifies what is left of it.
    seal: Vec<u8>,
    /// Whether the entry that erased is there: its hash covers this.
    follows: bool,
}

/// What was erased of an entry, in order.
fn seals(conn: &Connection, seq: i64) -> Result<Vec<Seal>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT was, seal, EXISTS (SELECT 1 FROM history WHERE seq = by_seq) FROM history_redaction WHERE seq = ?1 ORDER BY by_seq",
    )?;
    let rows = statement
        .query_map([seq], |row| Ok(Seal { was: row.get(0)?, seal: row.get(1)?, follows: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether an unbroken row of seals leads from what an entry was to what was found.
fn lead(seals: &[Seal], from: &[u8], found: &[u8]) -> bool {
    let end = seals.iter().try_fold(from, |at, seal| (seal.was == at).then_some(seal.seal.as_slice()));
    end == Some(found)
}

fn change_hash(
    conn: &Connection,
    key: &ChainKey,
    before: &[u8],
    row: &Row<'_>,
) -> Result<Vec<u8>, StoreError> {
    let seq: i64 = row.get(0)?;
    let (actor_name, action, subject, cause): (String, String, String, String) =
        (row.get(6)?, row.get(7)?, row.get(8)?, row.get(9)?);
    let fields = Fields {
        seq,
        id: &row.get(2)?,
        device: &row.get(3)?,
        at: row.get(4)?,
        actor: &row.get(5)?,
        actor_name: &actor_name,
        action: &action,
        subject: &subject,
        cause: &cause,
        undoes: row.get(10)?,
        records: row.get(11)?,
        rooms: row.get(12)?,
    };
    Ok(link(key, before, &fields, &digest(conn, seq)?))
}

fn event_hash(key: &ChainKey, before: &[u8], row: &Row<'_>) -> Result<Vec<u8>, StoreError> {
    let record: Option<Vec<u8>> = row.get(9)?;
    let (actor_name, action, kind, detail, result): (String, String, String, String, String) =
        (row.get(6)?, row.get(7)?, row.get(8)?, row.get(10)?, row.get(12)?);
    let fields = EventFields {
        seq: row.get(0)?,
        id: &row.get(2)?,
        device: &row.get(3)?,
        at: row.get(4)?,
        actor: &row.get(5)?,
        actor_name: &actor_name,
        action: &action,
        kind: &kind,
        record: record.as_deref(),
        detail: &detail,
        number: row.get(11)?,
        result: &result,
    };
    Ok(link_event(key, before, &fields))
}

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
