//! The SQL of the history room.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

use super::seen::Eyes;
use super::types::{HistoryQuery, HistoryRow};
use crate::foundation::id::{ProfileId, RecordId};
use crate::store::{Cause, Room, StoreError};

pub(super) const SAVE_DRAFT: &str = "
    INSERT INTO draft (kind, profile_id, body, changed_at) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (kind, profile_id) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at";

pub(super) const DRAFT: &str = "SELECT body, changed_at FROM draft WHERE kind = ?1 AND profile_id = ?2";

pub(super) const CLEAR_DRAFT: &str = "DELETE FROM draft WHERE kind = ?1 AND profile_id = ?2";

const ENTRY: &str = "
    SELECT h.seq, h.at, h.actor_id, h.actor_name, h.action, h.subject, h.cause, h.rooms, h.records, h.undoes,
           EXISTS (SELECT 1 FROM history_undone u WHERE u.seq = h.seq)
    FROM history h";

/// Actions that made the practice, belong to its keys or let something go for good.
const FOUNDING: &[&str] = &["practice_", "profile_", "passphrase_", "recovery_", "key_", "purge", "erasure_"];

fn entry(row: &Row<'_>) -> rusqlite::Result<HistoryRow> {
    let action: String = row.get(4)?;
    let code: String = row.get(6)?;
    let cause = Cause::from_code(&code).ok_or(rusqlite::Error::InvalidQuery)?;
    let undone: bool = row.get(10)?;
    let founding = FOUNDING.iter().any(|prefix| action.starts_with(prefix));
    let can_undo = !undone && !founding && matches!(cause, Cause::Hand | Cause::Import | Cause::Undo);
    Ok(HistoryRow {
        seq: row.get(0)?,
        at: row.get(1)?,
        actor: row.get(2)?,
        actor_name: row.get(3)?,
        action,
        of_action: None,
        subject: row.get(5)?,
        cause,
        rooms: Room::of_bits(row.get(7)?),
        records: row.get(8)?,
        undone,
        undoes: row.get(9)?,
        can_undo,
    })
}

/// Tells what an undo or redo took or brought back: the entry at the end of its chain.
fn complete(conn: &Connection, mut row: HistoryRow, eyes: &Eyes) -> Result<HistoryRow, StoreError> {
    let mut at = row.undoes;
    while let Some(seq) = at {
        let (action, undoes): (String, Option<u32>) = conn
            .prepare_cached("SELECT action, undoes FROM main.history WHERE seq = ?1")?
            .query_row([seq], |r| Ok((r.get(0)?, r.get(1)?)))?;
        row.of_action = Some(action);
        at = undoes;
    }
    eyes.see(conn, row)
}

/// One entry.
pub(super) fn one(conn: &Connection, seq: u32, eyes: &Eyes) -> Result<Option<HistoryRow>, StoreError> {
    found(conn, [ENTRY, ONE].concat(), seq, eyes)
}

/// One entry of a record that is seen, whoever's else the entry was: what it did to this one alone is told.
pub(super) fn one_of(conn: &Connection, seq: u32, eyes: &Eyes) -> Result<Option<HistoryRow>, StoreError> {
    found(conn, [&ENTRY.replace("FROM history h", "FROM main.history h"), ONE].concat(), seq, eyes)
}

const ONE: &str = " WHERE h.seq = ?1 AND h.rooms & ?2 = 0";

fn found(conn: &Connection, sql: String, seq: u32, eyes: &Eyes) -> Result<Option<HistoryRow>, StoreError> {
    let found =
        conn.prepare_cached(&sql)?.query_row(rusqlite::params![seq, eyes.blind_to()], entry).optional()?;
    found.map(|row| complete(conn, row, eyes)).transpose()
}

/// Entries that fit, newest first, and where the next page begins.
pub(super) fn list(
    conn: &Connection,
    query: &HistoryQuery,
    limit: u32,
    eyes: &Eyes,
) -> Result<(Vec<HistoryRow>, Option<u32>), StoreError> {
    let mut sql = [ENTRY, " WHERE 1"].concat();
    let mut values = Vec::new();
    let mut and = |clause: &'static str, value: Value| {
        sql.push_str(clause);
        values.push(value);
    };
    if eyes.blind_to() != 0 {
        and(" AND h.rooms & ? = 0", Value::Integer(eyes.blind_to()));
    }
    if let Some(cursor) = query.cursor {
        and(" AND h.seq < ?", Value::Integer(i64::from(cursor)));
    }
    if let Some(actor) = query.actor {
        and(" AND h.actor_id = ?", Value::Blob(actor.0.bytes().to_vec()));
    }
    if let Some(room) = query.room {
        and(" AND h.rooms & ? <> 0", Value::Integer(room.bit()));
    }
    if let Some(cause) = query.cause {
        and(" AND h.cause = ?", Value::Text(cause.code().to_owned()));
    }
    let words: Vec<&str> = query.text.as_deref().unwrap_or_default().split_whitespace().collect();
    for word in &words {
        let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        and(" AND h.subject LIKE ? ESCAPE '\\'", Value::Text(format!("%{escaped}%")));
    }
    and(" ORDER BY h.seq DESC LIMIT ?", Value::Integer(i64::from(limit) + 1));
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query_map(params_from_iter(values), entry)?.collect::<Result<Vec<_>, _>>()?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| row.seq);
    let mut seen =
        rows.into_iter().map(|row| complete(conn, row, eyes)).collect::<Result<Vec<_>, StoreError>>()?;
    if eyes.hidden().patients {
        // A name that is hidden is not found either.
        let holds = |row: &HistoryRow, word: &str| row.subject.to_lowercase().contains(&word.to_lowercase());
        seen.retain(|row| words.iter().all(|word| holds(row, word)));
    }
    Ok((seen, next))
}

/// The newest entry of an actor that can be taken back.
pub(super) fn last_done(conn: &Connection, actor: ProfileId) -> Result<Option<u32>, StoreError> {
    let sql = [
        ENTRY,
        " WHERE h.actor_id = ?1 AND h.cause IN ('hand', 'import')
            AND NOT EXISTS (SELECT 1 FROM history_undone u WHERE u.seq = h.seq) ORDER BY h.seq DESC LIMIT 1",
    ]
    .concat();
    let found = conn.prepare_cached(&sql)?.query_row([actor], entry).optional()?;
    Ok(found.filter(|row| row.can_undo).map(|row| row.seq))
}

/// The newest undo of an actor that is in effect, unless the actor has done something new since.
pub(super) fn last_undone(conn: &Connection, actor: ProfileId) -> Result<Option<u32>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT h.seq FROM history h
         WHERE h.actor_id = ?1 AND h.cause = 'undo' AND NOT EXISTS (SELECT 1 FROM history_undone u WHERE u.seq = h.seq)
           AND NOT EXISTS (SELECT 1 FROM history n WHERE n.actor_id = ?1 AND n.seq > h.seq AND n.cause IN ('hand', 'import'))
         ORDER BY h.seq DESC LIMIT 1",
    )?;
    Ok(statement.query_row([actor], |row| row.get(0)).optional()?)
}

/// How many parts an entry has.
pub(super) fn parts(conn: &Connection, seq: u32) -> Result<i64, StoreError> {
    Ok(conn
        .prepare_cached("SELECT count(*) FROM history_part WHERE seq = ?1")?
        .query_row([seq], |row| row.get(0))?)
}

/// The entries that touched any of these records, newest first, each with the parts it did so in.
pub(super) fn touching(
    conn: &Connection,
    records: &[RecordId],
    before: Option<u32>,
    limit: usize,
) -> Result<Vec<(u32, Vec<i64>)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT seq, part FROM history_touch WHERE record_id = ?1 AND seq < ?2 ORDER BY seq DESC, part DESC",
    )?;
    let mut touches = Vec::new();
    for record in records {
        let mut entries = 0;
        let mut rows = statement.query(rusqlite::params![record, before.map_or(i64::MAX, i64::from)])?;
        let mut last = None;
        while let Some(row) = rows.next()? {
            let (seq, part): (u32, i64) = (row.get(0)?, row.get(1)?);
            if last != Some(seq) {
                entries += 1;
                if entries > limit {
                    break;
                }
                last = Some(seq);
            }
            touches.push((seq, part));
        }
    }
    touches.sort_unstable_by_key(|(seq, part)| (std::cmp::Reverse(*seq), *part));
    touches.dedup();
    let mut grouped: Vec<(u32, Vec<i64>)> = Vec::new();
    for (seq, part) in touches {
        match grouped.last_mut() {
            Some((last, parts)) if *last == seq => parts.push(part),
            _ => grouped.push((seq, vec![part])),
        }
    }
    grouped.truncate(limit);
    Ok(grouped)
}

/// A referral's patient.
pub(super) fn patient_of(conn: &Connection, referral: RecordId) -> Result<Option<RecordId>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT patient_id FROM main.referral WHERE id = ?1")?
        .query_row([referral], |row| row.get(0))
        .optional()?)
}

/// Whether this is a patient.
pub(super) fn is_patient(conn: &Connection, id: RecordId) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("SELECT 1 FROM main.patient WHERE id = ?1")?.exists([id])?)
}

/// The partner and person a remembered spelling stands for.
pub(super) const OWNERS_OF_ALIAS: &str = "SELECT partner_id, person_id FROM main.alias WHERE id = ?1";

/// How a record of each table is called, by its id.
const NAMES: &[(&str, &str)] = &[
    ("practice", "SELECT name FROM practice WHERE id = ?1"),
    ("role_rights", "SELECT role FROM role_rights WHERE id = ?1"),
    ("profile", "SELECT name FROM profile WHERE id = ?1"),
    ("partner", "SELECT name FROM partner WHERE id = ?1"),
    ("person", "SELECT name FROM person WHERE id = ?1"),
    ("tag", "SELECT name FROM tag WHERE id = ?1"),
    ("saved_view", "SELECT name FROM saved_view WHERE id = ?1"),
    (
        "patient",
        "SELECT CASE WHEN name = '' THEN ifnull(chart_number, '') ELSE name END FROM patient WHERE id = ?1",
    ),
    ("import_run", "SELECT file_name FROM import_run WHERE id = ?1"),
    ("import_profile", "SELECT name FROM import_profile WHERE id = ?1"),
    ("alias", "SELECT key FROM alias WHERE id = ?1"),
    ("contact_point", "SELECT value FROM contact_point WHERE id = ?1"),
    ("address", "SELECT trim(street || ' ' || city) FROM address WHERE id = ?1"),
    (
        "affiliation",
        "SELECT p.name || ', ' || o.name FROM affiliation a JOIN person p ON p.id = a.person_id JOIN partner o ON o.id = a.partner_id WHERE a.id = ?1",
    ),
    (
        "referral",
        "SELECT CASE WHEN p.name = '' THEN ifnull(p.chart_number, '') ELSE p.name END FROM referral r JOIN patient p ON p.id = r.patient_id WHERE r.id = ?1",
    ),
    ("packet_agreement", "SELECT name FROM partner WHERE id = ?1"),
    ("baton", OF_REFERRAL[0]),
    ("referral_step", OF_REFERRAL[1]),
    ("hand_off", OF_REFERRAL[2]),
    ("checklist_mark", OF_REFERRAL[3]),
    ("leak", OF_REFERRAL[4]),
    ("restriction", OF_REFERRAL[0]),
    ("referral_answer", OF_REFERRAL[5]),
    ("experience", OF_REFERRAL[6]),
    (
        "consent",
        "SELECT CASE WHEN p.name = '' THEN ifnull(p.chart_number, '') ELSE p.name END FROM consent c JOIN patient p ON p.id = c.patient_id WHERE c.id = ?1",
    ),
    ("hand_out", OF_PATIENT[0]),
    ("hand_out_choice", OF_PATIENT[1]),
    ("inquiry", OF_PATIENT[2]),
    ("kept_visit", OF_PATIENT[3]),
    ("care_group", OF_PATIENT[4]),
    ("care_member", OF_PATIENT[5]),
    (
        "partner_strength",
        "SELECT p.name FROM partner_strength s JOIN partner p ON p.id = s.partner_id WHERE s.id = ?1",
    ),
    (
        "partner_issue",
        "SELECT p.name FROM partner_issue s JOIN partner p ON p.id = s.partner_id WHERE s.id = ?1",
    ),
    (
        "gift_note",
        "SELECT coalesce(p.name, k.name) FROM gift_note n LEFT JOIN person p ON p.id = n.person_id LEFT JOIN partner k ON k.id = n.partner_id WHERE n.id = ?1",
    ),
    (
        "thanks",
        "SELECT coalesce(p.name, k.name) FROM thanks n LEFT JOIN person p ON p.id = n.person_id LEFT JOIN partner k ON k.id = n.partner_id WHERE n.id = ?1",
    ),
    ("task", "SELECT title FROM task WHERE id = ?1"),
    ("plan", "SELECT k.name FROM plan n JOIN partner k ON k.id = n.partner_id WHERE n.id = ?1"),
    ("playbook", "SELECT name FROM playbook WHERE id = ?1"),
    ("touch", "SELECT p.name FROM touch t JOIN partner p ON p.id = t.partner_id WHERE t.id = ?1"),
    ("nurture", "SELECT name FROM partner WHERE id = ?1"),
    ("snooze", "SELECT name FROM partner WHERE id = ?1"),
    ("closeness", "SELECT name FROM partner WHERE id = ?1"),
    ("gift_offer", "SELECT what FROM gift_offer WHERE id = ?1"),
    ("programme", "SELECT name FROM programme WHERE id = ?1"),
    ("gift_limit", "SELECT CAST(year AS TEXT) FROM gift_limit WHERE id = ?1"),
    ("reward", "SELECT what FROM reward WHERE id = ?1"),
    ("absence", "SELECT p.name FROM absence a JOIN profile p ON p.id = a.profile_id WHERE a.id = ?1"),
];

/// What belongs to a referral is called as its patient is.
const OF_REFERRAL: [&str; 7] = [
    "SELECT CASE WHEN p.name = '' THEN ifnull(p.chart_number, '') ELSE p.name END FROM referral r JOIN patient p ON p.id = r.patient_id WHERE r.id = ?1",
    "SELECT CASE WHEN p.name = '' THEN ifnull(p.chart_number, '') ELSE p.name END FROM referral_step s JOIN referral r ON r.id = s.referral_id JOIN patient p ON p.id = r.patient_id WHERE s.id = ?1",
    "SELECT CASE WHEN p.name = '' THEN ifnull(p.chart_number, '') ELSE p.name END FROM hand_off s JOIN referral r ON r.id = s.referral_id JOIN patient p ON p.id = r.patient_id WHERE s.id = ?1",
    "SELECT CASE WHEN p.name = '' THEN ifnull(p.chart_number, '') ELSE p.name END FROM checklist_mark s JOIN referral r ON r.id = s.referral_id JOIN patient p ON p.id = r.patient_id WHERE s.id = ?1",
    "SELECT CASE WHEN p.name = '' THEN ifnull(p.chart_number, '') ELSE p.name END FROM leak s JOIN referral r ON r.id = s.referral_id JOIN patient p ON p.id = r.patient_id WHERE s.id = ?1",
    "SELECT CASE WHEN p.name = '' THEN ifnull(p.chart_number, '') ELSE p.name END FROM referral_answer s JOIN referral r ON r.id = s.referral_id JOIN patient p ON p.id = r.patient_id WHERE s.id = ?1",
    "SELECT CASE WHEN p.name = '' THEN ifnull(p.chart_number, '') ELSE p.name END FROM experience s JOIN referral r ON r.id = s.referral_id JOIN patient p ON p.id = r.patient_id WHERE s.id = ?1",
];

/// What belongs to a patient is called as they are.
const OF_PATIENT: [&str; 6] = [
    "SELECT CASE WHEN p.name = '' THEN ifnull(p.chart_number, '') ELSE p.name END FROM hand_out s JOIN patient p ON p.id = s.patient_id WHERE s.id = ?1",
    "SELECT CASE WHEN p.name = '' THEN ifnull(p.chart_number, '') ELSE p.name END FROM hand_out_choice s JOIN patient p ON p.id = s.patient_id WHERE s.id = ?1",
    "SELECT CASE WHEN p.name = '' THEN ifnull(p.chart_number, '') ELSE p.name END FROM inquiry s JOIN patient p ON p.id = s.patient_id WHERE s.id = ?1",
    "SELECT CASE WHEN p.name = '' THEN ifnull(p.chart_number, '') ELSE p.name END FROM kept_visit s JOIN patient p ON p.id = s.patient_id WHERE s.id = ?1",
    "SELECT CASE WHEN p.name = '' THEN ifnull(p.chart_number, '') ELSE p.name END FROM care_group s JOIN patient p ON p.id = s.patient_id WHERE s.id = ?1",
    "SELECT CASE WHEN p.name = '' THEN ifnull(p.chart_number, '') ELSE p.name END FROM care_member s JOIN patient p ON p.id = s.patient_id WHERE s.id = ?1",
];

/// Tables whose rows belong to a referral, and so to its patient, or to a patient.
pub(super) const REFERRAL_PARTS: &[&str] = &[
    "baton",
    "referral_step",
    "hand_off",
    "checklist_mark",
    "leak",
    "restriction",
    "referral_answer",
    "experience",
    "consent",
    "hand_out",
    "hand_out_choice",
    "inquiry",
    "kept_visit",
    "care_group",
    "care_member",
    "task",
    "touch",
];

/// The partner and the referral a task or a contact is about.
pub(super) const OWNERS_OF_TASK: &str = "SELECT partner_id, referral_id FROM main.task WHERE id = ?1";
pub(super) const OWNERS_OF_TOUCH: &str = "SELECT partner_id, referral_id FROM main.touch WHERE id = ?1";

/// Whom a gift was for.
pub(super) fn recipients_of(conn: &Connection, reward: RecordId) -> Result<Vec<RecordId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT ifnull(partner_id, person_id) FROM main.reward_share WHERE reward_id = ?1 AND ifnull(partner_id, person_id) IS NOT NULL",
    )?;
    Ok(statement.query_map([reward], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// How a record is called now; `None` if it is gone or has no name.
pub(crate) fn name_of(conn: &Connection, table: &str, id: RecordId) -> Result<Option<String>, StoreError> {
    let Some((_, sql)) = NAMES.iter().find(|(name, _)| *name == table) else { return Ok(None) };
    Ok(conn.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?)
}

/// Everything in the trash, the newest first.
pub(super) const TRASH: &str = "
    SELECT t.kind, t.id, t.name, t.detail, t.trashed_at, ifnull(p.name, ''), t.trash_reason, t.patient, t.party FROM (
        SELECT 'partner' AS kind, id, name, class AS detail, trashed_at, trashed_by, trash_reason, NULL AS patient, NULL AS party
        FROM partner WHERE trashed_at IS NOT NULL
        UNION ALL
        SELECT 'person', id, name, ifnull(specialty, ''), trashed_at, trashed_by, trash_reason, NULL, NULL
        FROM person WHERE trashed_at IS NOT NULL
        UNION ALL
        SELECT 'referral', r.id, CASE WHEN pt.name = '' THEN ifnull(pt.chart_number, '') ELSE pt.name END,
               r.received_on || ifnull(' ' || f.name, ''), r.trashed_at, r.trashed_by, r.trash_reason, r.patient_id, f.id
        FROM referral r INDEXED BY referral_in_trash JOIN patient pt ON pt.id = r.patient_id
        LEFT JOIN partner f ON f.id = ifnull(r.from_partner_id, r.to_partner_id)
        WHERE r.trashed_at IS NOT NULL
    ) AS t LEFT JOIN profile p ON p.id = t.trashed_by
    ORDER BY t.trashed_at DESC, t.id DESC LIMIT 1000";

/// Whether a source table (named by the schema) has a row with this id.
pub(super) fn is_there(conn: &Connection, table: &str, id: &Value) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached(&format!("SELECT 1 FROM {table} WHERE id = ?1"))?.exists([id])?)
}

/// Sets columns of the row whose id is the first value; `false` if it is not there. Names come from the schema, values
/// are bound.
pub(super) fn change(
    conn: &Connection,
    table: &str,
    sets: &[String],
    values: Vec<Value>,
) -> Result<bool, StoreError> {
    let sql = format!("UPDATE {table} SET {} WHERE id = ?1", sets.join(", "));
    Ok(conn.prepare_cached(&sql)?.execute(params_from_iter(values))? > 0)
}
