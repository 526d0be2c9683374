//! The chain of history: each entry's hash covers the one before, so a change in the middle shows.

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

/// What an entry's hash covers beside its parts.
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

/// HMAC-SHA256 (RFC 2104) over the hash before, the length-prefixed fields and the SHA-256 of the compressed parts.
pub(super) fn link(key: &ChainKey, before: &[u8], fields: &Fields<'_>, parts: &[u8]) -> Vec<u8> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(&key.0).unwrap_or_else(|_| unreachable!("HMAC takes any key length"));
    let mut field = |bytes: &[u8]| {
        mac.update(&(bytes.len() as u64).to_le_bytes());
        mac.update(bytes);
    };
    field(before);
    field(&fields.seq.to_le_bytes());
    field(fields.id);
    field(fields.device);
    field(&fields.at.to_le_bytes());
    field(fields.actor);
    field(fields.actor_name.as_bytes());
    field(fields.action.as_bytes());
    field(fields.subject.as_bytes());
    field(fields.cause.as_bytes());
    field(&fields.undoes.unwrap_or(0).to_le_bytes());
    field(&fields.records.to_le_bytes());
    field(&fields.rooms.to_le_bytes());
    field(parts);
    mac.finalize().into_bytes().to_vec()
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

/// One entry as the chain sees it: what its hash is by what is there, and what it must be.
struct Link {
    hash: Vec<u8>,
    computed: Vec<u8>,
}

/// What verifies an entry as it stands, given the hash of the entry before.
pub(super) fn computed(
    conn: &Connection,
    key: &ChainKey,
    seq: i64,
    before: &[u8],
) -> Result<Vec<u8>, StoreError> {
    let mut entry = conn.prepare_cached(&[ENTRIES, " WHERE seq = ?1"].concat())?;
    let mut rows = entry.query([seq])?;
    let row = rows.next()?.ok_or(StoreError::Missing)?;
    Ok(link_of(conn, key, row, seq, before)?.computed)
}

/// The hash of an entry, which the next one follows.
pub(super) fn hash_of(conn: &Connection, seq: i64) -> Result<Vec<u8>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT hash FROM history WHERE seq = ?1")?;
    let mut rows = statement.query([seq])?;
    Ok(match rows.next()? {
        Some(row) => row.get(0)?,
        None => Vec::new(),
    })
}

const ENTRIES: &str = "SELECT seq, id, device_id, at, actor_id, actor_name, action, subject, cause, undoes, records, rooms, hash FROM history";

fn link_of(
    conn: &Connection,
    key: &ChainKey,
    row: &Row<'_>,
    seq: i64,
    before: &[u8],
) -> Result<Link, StoreError> {
    let (actor_name, action, subject, cause): (String, String, String, String) =
        (row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?);
    let fields = Fields {
        seq,
        id: &row.get(1)?,
        device: &row.get(2)?,
        at: row.get(3)?,
        actor: &row.get(4)?,
        actor_name: &actor_name,
        action: &action,
        subject: &subject,
        cause: &cause,
        undoes: row.get(9)?,
        records: row.get(10)?,
        rooms: row.get(11)?,
    };
    Ok(Link { hash: row.get(12)?, computed: link(key, before, &fields, &digest(conn, seq)?) })
}

/// The newest entry.
pub(super) fn head(conn: &Connection) -> Result<Head, StoreError> {
    let mut statement = conn.prepare_cached("SELECT seq, hash FROM history ORDER BY seq DESC LIMIT 1")?;
    let mut rows = statement.query([])?;
    match rows.next()? {
        Some(row) => Ok(Head { seq: row.get(0)?, hash: row.get(1)? }),
        None => Ok(Head::default()),
    }
}

/// Walks the whole chain and returns its head, or the first entry that does not verify.
///
/// An entry whose content was erased is verified by the seal of the entry that erased it, which the chain covers in turn.
pub(super) fn verify(conn: &Connection, key: &ChainKey) -> Result<Head, StoreError> {
    let mut entries = conn.prepare(&[ENTRIES, " ORDER BY seq"].concat())?;
    let mut head = Head::default();
    let mut rows = entries.query([])?;
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        let link = link_of(conn, key, row, seq, &head.hash)?;
        if seq != head.seq + 1 || expected(conn, seq, &link.hash)? != link.computed {
            return Err(StoreError::BrokenHistory(seq));
        }
        head = Head { seq, hash: link.hash };
    }
    // What claims to have been erased was erased by an entry that is there.
    let stray: Option<i64> =
        conn.query_row("SELECT min(seq) FROM history_redaction WHERE by_seq > ?1", [head.seq], |row| {
            row.get(0)
        })?;
    stray.map_or(Ok(head), |seq| Err(StoreError::BrokenHistory(seq)))
}

/// What an entry must compute to: its hash, or the last seal of an unbroken row of seals that begins at its hash.
fn expected(conn: &Connection, seq: i64, hash: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut seals =
        conn.prepare_cached("SELECT was, seal FROM history_redaction WHERE seq = ?1 ORDER BY by_seq")?;
    let mut rows = seals.query([seq])?;
    let mut expected = hash.to_vec();
    while let Some(row) = rows.next()? {
        if row.get::<_, Vec<u8>>(0)? != expected {
            return Err(StoreError::BrokenHistory(seq));
        }
        expected = row.get(1)?;
    }
    Ok(expected)
}
