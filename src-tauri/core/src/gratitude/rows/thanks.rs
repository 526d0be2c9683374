//! The SQL of thanks.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PersonId, RecordId, ThanksId};
use crate::gratitude::thanks::{ThanksDraft, ThanksForm, ThanksRow, ThanksStatus};
use crate::network::Party;
use crate::store::{StoreError, Tx};

fn ids(of: Party) -> (Option<PartnerId>, Option<PersonId>) {
    match of {
        Party::Partner(id) => (Some(id), None),
        Party::Person(id) => (None, Some(id)),
    }
}

/// Somebody from whom somebody came since they were thanked last.
pub(in crate::gratitude) struct Arrived {
    pub(in crate::gratitude) of: Party,
    pub(in crate::gratitude) partner: PartnerId,
    pub(in crate::gratitude) name: String,
    pub(in crate::gratitude) at: String,
    pub(in crate::gratitude) known: String,
    /// The first day nobody answered yet.
    pub(in crate::gratitude) first_on: NaiveDate,
}

/// One row a person, or a partner where nobody in particular is named. `arrival` says on which days somebody came.
const WAITING: &str = "
    SELECT came.person_id, came.partner_id, coalesce(p.name, k.name), CASE WHEN p.id IS NULL THEN '' ELSE k.name END, came.first_on,
           ifnull(n.likes, ''), ifnull(n.avoids, '')
    FROM (
        SELECT a.person_id, max(a.partner_id) AS partner_id, min(a.came_on) AS first_on FROM arrival a
        WHERE a.came_on BETWEEN ?1 AND ?2 AND a.person_id IS NOT NULL AND a.came_on > ifnull((
            SELECT max(t.came_to) FROM main.thanks t WHERE t.person_id = a.person_id AND t.done_on IS NOT NULL), '')
        GROUP BY a.person_id
        UNION ALL
        SELECT NULL, a.partner_id, min(a.came_on) FROM arrival a
        WHERE a.came_on BETWEEN ?1 AND ?2 AND a.person_id IS NULL AND a.came_on > ifnull((
            SELECT max(t.came_to) FROM main.thanks t WHERE t.partner_id = a.partner_id AND t.done_on IS NOT NULL), '')
        GROUP BY a.partner_id
    ) AS came
    JOIN partner k ON k.id = came.partner_id AND k.trashed_at IS NULL AND k.class <> 'source'
    LEFT JOIN main.person p ON p.id = came.person_id
    LEFT JOIN main.gift_note n ON n.id = ifnull(came.person_id, came.partner_id)
    WHERE p.trashed_at IS NULL";

/// Everybody who waits for what came in these days.
pub(in crate::gratitude) fn waiting(
    conn: &Connection,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Arrived>, StoreError> {
    let mut statement = conn.prepare_cached(WAITING)?;
    let rows = statement.query_map(params![Day(from), Day(to)], |row| {
        let (person, partner): (Option<PersonId>, PartnerId) = (row.get(0)?, row.get(1)?);
        let (likes, avoids): (String, String) = (row.get(5)?, row.get(6)?);
        let avoids = if avoids.is_empty() { avoids } else { format!("Not: {avoids}") };
        Ok(Arrived {
            of: person.map_or(Party::Partner(partner), Party::Person),
            partner,
            name: row.get(2)?,
            at: row.get(3)?,
            first_on: row.get::<_, Day>(4)?.0,
            known: [likes, avoids].into_iter().filter(|one| !one.is_empty()).collect::<Vec<_>>().join(". "),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What is being written to somebody.
pub(in crate::gratitude) fn draft(conn: &Connection, of: Party) -> Result<Option<ThanksDraft>, StoreError> {
    let (partner, person) = ids(of);
    Ok(conn
        .prepare_cached(
            "SELECT form, line, body, template FROM thanks WHERE status = 'drafted' AND (partner_id = ?1 OR person_id = ?2) LIMIT 1",
        )?
        .query_row(params![partner, person], |row| {
            Ok(ThanksDraft { form: row.get(0)?, line: row.get(1)?, body: row.get(2)?, template: row.get(3)? })
        })
        .optional()?)
}

pub(in crate::gratitude) fn put_draft(
    tx: &Tx<'_>,
    of: Party,
    form: ThanksForm,
    line: &str,
    template: Option<&str>,
) -> Result<(), StoreError> {
    let (partner, person) = ids(of);
    let changed = tx
        .prepare_cached(
            "UPDATE thanks SET form = ?3, line = ?4, template = ?7, changed_at = ?5, changed_by = ?6
             WHERE status = 'drafted' AND (partner_id = ?1 OR person_id = ?2)",
        )?
        .execute(params![partner, person, form, line, tx.now, tx.actor.id, template])?;
    if changed == 0 {
        tx.prepare_cached(
            "INSERT INTO thanks (id, partner_id, person_id, form, status, line, created_at, created_by, changed_at, changed_by, template)
             VALUES (?1, ?2, ?3, ?4, 'drafted', ?5, ?6, ?7, ?6, ?7, ?8)",
        )?
        .execute(params![ThanksId::new(), partner, person, form, line, tx.now, tx.actor.id, template])?;
    }
    Ok(())
}

pub(in crate::gratitude) fn drop_draft(tx: &Tx<'_>, of: Party) -> Result<(), StoreError> {
    let (partner, person) = ids(of);
    tx.prepare_cached("DELETE FROM thanks WHERE status = 'drafted' AND (partner_id = ?1 OR person_id = ?2)")?
        .execute(params![partner, person])?;
    Ok(())
}

/// Thanks of one record become those of another. Of two that are being written the one of the record that stays is kept.
pub(in crate::gratitude) fn move_all(tx: &Tx<'_>, away: PersonId, into: PersonId) -> Result<(), StoreError> {
    tx.prepare_cached(
        "DELETE FROM thanks WHERE person_id = ?1 AND status = 'drafted'
             AND EXISTS (SELECT 1 FROM thanks k WHERE k.person_id = ?2 AND k.status = 'drafted')",
    )?
    .execute([away, into])?;
    tx.prepare_cached("UPDATE thanks SET person_id = ?2 WHERE person_id = ?1")?.execute([away, into])?;
    Ok(())
}

/// The same of partners.
pub(in crate::gratitude) fn move_all_of_partner(
    tx: &Tx<'_>,
    away: PartnerId,
    into: PartnerId,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "DELETE FROM thanks WHERE partner_id = ?1 AND status = 'drafted'
             AND EXISTS (SELECT 1 FROM thanks k WHERE k.partner_id = ?2 AND k.status = 'drafted')",
    )?
    .execute([away, into])?;
    tx.prepare_cached("UPDATE thanks SET partner_id = ?2 WHERE partner_id = ?1")?.execute([away, into])?;
    Ok(())
}

/// Thanks that are done.
pub(in crate::gratitude) struct Done<'a> {
    pub(in crate::gratitude) form: ThanksForm,
    pub(in crate::gratitude) status: ThanksStatus,
    pub(in crate::gratitude) line: &'a str,
    pub(in crate::gratitude) body: &'a str,
    pub(in crate::gratitude) template: Option<RecordId>,
    pub(in crate::gratitude) reason: Option<&'a str>,
}

/// Puts them down. They answer whatever has come by today.
pub(in crate::gratitude) fn put_done(
    tx: &Tx<'_>,
    of: Party,
    done: &Done<'_>,
) -> Result<ThanksId, StoreError> {
    let (partner, person) = ids(of);
    let id = ThanksId::new();
    tx.prepare_cached(
        "INSERT INTO thanks (id, partner_id, person_id, came_to, form, status, line, body, template_id, done_on, reason, created_at,
             created_by, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?4, ?10, ?11, ?12, ?11, ?12)",
    )?
    .execute(params![
        id,
        partner,
        person,
        Day(tx.today),
        done.form,
        done.status,
        done.line,
        done.body,
        done.template,
        done.reason,
        tx.now,
        tx.actor.id
    ])?;
    Ok(id)
}

/// The last lines that were sent to somebody.
pub(in crate::gratitude) fn last_lines(
    conn: &Connection,
    of: Party,
    last: u32,
) -> Result<Vec<String>, StoreError> {
    let (partner, person) = ids(of);
    let mut statement = conn.prepare_cached(
        "SELECT line FROM main.thanks WHERE status = 'sent' AND (partner_id = ?1 OR person_id = ?2)
         ORDER BY done_on DESC, id DESC LIMIT ?3",
    )?;
    Ok(statement.query_map(params![partner, person, last], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// What somebody was thanked with, the newest first.
pub(in crate::gratitude) fn done(conn: &Connection, of: Party) -> Result<Vec<ThanksRow>, StoreError> {
    let (partner, person) = ids(of);
    let mut statement = conn.prepare_cached(
        "SELECT t.id, t.form, t.status, t.done_on, t.line, t.reason, ifnull(p.name, '') FROM thanks t
         LEFT JOIN main.profile p ON p.id = t.created_by
         WHERE t.done_on IS NOT NULL AND (t.partner_id = ?1 OR t.person_id = ?2) ORDER BY t.done_on DESC, t.id DESC LIMIT 50",
    )?;
    let rows = statement.query_map(params![partner, person], |row: &Row<'_>| {
        Ok(ThanksRow {
            id: row.get(0)?,
            form: row.get(1)?,
            status: row.get(2)?,
            on: row.get::<_, Day>(3)?.0,
            line: row.get(4)?,
            reason: row.get(5)?,
            by: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The patients who were thanked in a calendar year, by day.
pub(in crate::gratitude) fn recognised_patients(
    conn: &Connection,
    year: i32,
) -> Result<Vec<(RecordId, NaiveDate, ThanksForm)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT ifnull(t.partner_id, t.person_id), t.done_on, t.form FROM thanks t
         WHERE t.status = 'sent' AND t.done_on BETWEEN ?1 AND ?2 AND EXISTS (
             SELECT 1 FROM main.partner k WHERE k.class = 'patient' AND (k.id = t.partner_id OR k.individual_id = t.person_id))
         ORDER BY t.done_on, t.id",
    )?;
    let days = [format!("{year:04}-01-01"), format!("{year:04}-12-31")];
    let found = statement.query_map(days, |row| Ok((row.get(0)?, row.get::<_, Day>(1)?.0, row.get(2)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The first day somebody was thanked for what had come by then.
pub(in crate::gratitude) fn thanked_on(
    conn: &Connection,
    of: Party,
    came_on: NaiveDate,
) -> Result<Option<NaiveDate>, StoreError> {
    let (partner, person) = ids(of);
    let day: Option<Day> = conn
        .prepare_cached(
            "SELECT min(done_on) FROM main.thanks WHERE status = 'sent' AND came_to >= ?3 AND (partner_id = ?1 OR person_id = ?2)",
        )?
        .query_row(params![partner, person, Day(came_on)], |row| row.get(0))?;
    Ok(day.map(|day| day.0))
}

/// To whom a letter goes.
pub(in crate::gratitude) struct Addressee {
    pub(in crate::gratitude) name: String,
    pub(in crate::gratitude) given: String,
    pub(in crate::gratitude) family: String,
    pub(in crate::gratitude) credentials: String,
    pub(in crate::gratitude) first_name_terms: bool,
    pub(in crate::gratitude) workplace: String,
    pub(in crate::gratitude) workplace_id: Option<PartnerId>,
    pub(in crate::gratitude) address: Vec<String>,
}

pub(in crate::gratitude) fn addressee(conn: &Connection, of: Party) -> Result<Option<Addressee>, StoreError> {
    let (sql, id) = match of {
        Party::Person(id) => (
            "SELECT p.name, p.given, p.family, p.credentials, ifnull(p.first_name_terms, 0), ifnull((
                 SELECT k.name FROM main.affiliation a JOIN main.partner k ON k.id = a.partner_id
                 WHERE a.person_id = p.id AND a.to_on IS NULL ORDER BY a.is_primary DESC, a.id LIMIT 1), ''), (
                 SELECT a.partner_id FROM main.affiliation a
                 WHERE a.person_id = p.id AND a.to_on IS NULL ORDER BY a.is_primary DESC, a.id LIMIT 1)
             FROM main.person p WHERE p.id = ?1",
            id.0,
        ),
        Party::Partner(id) => (
            "SELECT k.name, ifnull(p.given, ''), ifnull(p.family, ''), ifnull(p.credentials, ''), ifnull(p.first_name_terms, 0), k.name, k.id
             FROM main.partner k LEFT JOIN main.person p ON p.id = k.individual_id WHERE k.id = ?1",
            id.0,
        ),
    };
    let found = conn
        .prepare_cached(sql)?
        .query_row([id], |row| {
            Ok(Addressee {
                name: row.get(0)?,
                given: row.get(1)?,
                family: row.get(2)?,
                credentials: row.get(3)?,
                first_name_terms: row.get(4)?,
                workplace: row.get(5)?,
                workplace_id: row.get(6)?,
                address: Vec::new(),
            })
        })
        .optional()?;
    let Some(mut found) = found else { return Ok(None) };
    let mut statement = conn.prepare_cached(
        "SELECT a.street, a.street2, trim(a.city || CASE WHEN a.state = '' THEN '' ELSE ', ' || a.state END || ' ' || a.zip)
         FROM main.address a WHERE a.person_id = ?1 OR a.partner_id = ?1
             OR a.partner_id = (SELECT partner_id FROM main.affiliation WHERE person_id = ?1 AND to_on IS NULL
                                ORDER BY is_primary DESC, id LIMIT 1)
         ORDER BY a.person_id IS NULL, a.is_primary DESC, a.id LIMIT 1",
    )?;
    let address: Option<[String; 3]> =
        statement.query_row([id], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?])).optional()?;
    found.address = address.map(Vec::from).unwrap_or_default();
    Ok(Some(found))
}

/// Where an e-mail reaches somebody: their own address, or that of where they work.
pub(in crate::gratitude) fn email(conn: &Connection, of: Party) -> Result<Option<String>, StoreError> {
    let id = match of {
        Party::Partner(id) => id.0,
        Party::Person(id) => id.0,
    };
    Ok(conn
        .prepare_cached(
            "SELECT c.value FROM main.contact_point c WHERE c.kind = 'email' AND (c.person_id = ?1 OR c.partner_id = ?1
                 OR c.person_id = (SELECT individual_id FROM main.partner WHERE id = ?1)
                 OR c.partner_id = (SELECT partner_id FROM main.affiliation WHERE person_id = ?1 AND to_on IS NULL
                                    ORDER BY is_primary DESC, id LIMIT 1))
             ORDER BY c.person_id IS NULL, c.is_primary DESC, c.id LIMIT 1",
        )?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

pub(in crate::gratitude) fn practice_name(conn: &Connection) -> Result<String, StoreError> {
    Ok(conn.prepare_cached("SELECT name FROM practice LIMIT 1")?.query_row([], |row| row.get(0))?)
}

/// A version of a template.
pub(in crate::gratitude) struct Version {
    pub(in crate::gratitude) id: RecordId,
    pub(in crate::gratitude) code: String,
    pub(in crate::gratitude) name: String,
    pub(in crate::gratitude) form: ThanksForm,
    /// Nothing: back to what it came with.
    pub(in crate::gratitude) body: Option<String>,
}

/// The newest version of each template the practice touched.
pub(in crate::gratitude) fn template_versions(conn: &Connection) -> Result<Vec<Version>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, code, name, form, body FROM thanks_template t WHERE NOT EXISTS (
             SELECT 1 FROM thanks_template o WHERE o.code = t.code AND (o.made_at, o.id) > (t.made_at, t.id))
         ORDER BY name, id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Version {
            id: row.get(0)?,
            code: row.get(1)?,
            name: row.get(2)?,
            form: row.get(3)?,
            body: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(in crate::gratitude) fn put_template(
    tx: &Tx<'_>,
    code: &str,
    name: &str,
    form: ThanksForm,
    body: Option<&str>,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO thanks_template (id, code, name, form, body, made_at, made_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![RecordId::new(), code, name, form, body, tx.now, tx.actor.id])?;
    Ok(())
}
