//! The SQL of contacts.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PersonId, ProfileId, ReferralId, TouchId};
use crate::network::{NamedPartner, NamedPerson, Owner, PartnerClass, Party, is_patient, name_as_seen};
use crate::outreach::touches::{
    CostKind, Invested, LastContacts, NewTouch, NextStepShown, TouchCategory, TouchLogged, TouchQuery,
    TouchRow,
};
use crate::store::{StoreError, Tx};
use crate::vault::Hidden;

/// The name of a partner.
pub(in crate::outreach) fn partner(conn: &Connection, id: PartnerId) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT name FROM main.partner WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

pub(in crate::outreach) fn has_person(conn: &Connection, id: PersonId) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("SELECT 1 FROM main.person WHERE id = ?1")?.exists([id])?)
}

pub(in crate::outreach) fn insert(tx: &Tx<'_>, new: &NewTouch) -> Result<TouchId, StoreError> {
    let id = TouchId::new();
    tx.prepare_cached(
        "INSERT INTO touch (id, partner_id, referral_id, held_on, held_minute, form, started_by, two_way, bulk, category, purpose,
             learned, minutes, cost_cents, cost_kind, kept_private, held_by, created_at, created_by, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?17, ?18, ?17)",
    )?
    .execute(params![
        id,
        new.partner,
        new.referral,
        Day(new.on),
        new.at,
        new.form,
        new.started_by,
        new.two_way,
        new.bulk,
        new.category,
        new.purpose,
        new.learned,
        new.minutes,
        new.cost_cents,
        new.cost_kind,
        new.kept_private,
        tx.actor.id,
        tx.now,
    ])?;
    meet(tx, id, &new.people)?;
    Ok(id)
}

fn meet(tx: &Tx<'_>, id: TouchId, people: &[PersonId]) -> Result<(), StoreError> {
    let mut met =
        tx.prepare_cached("INSERT OR IGNORE INTO touch_person (touch_id, person_id) VALUES (?1, ?2)")?;
    for person in people {
        met.execute(params![id, person])?;
    }
    Ok(())
}

/// What decides whether somebody may change a contact.
pub(in crate::outreach) struct Kept {
    pub(in crate::outreach) partner: PartnerId,
    pub(in crate::outreach) held_by: ProfileId,
    pub(in crate::outreach) kept_private: bool,
    pub(in crate::outreach) trashed: bool,
    pub(in crate::outreach) changed_at: i64,
    pub(in crate::outreach) cost_cents: i64,
    pub(in crate::outreach) cost_kind: Option<CostKind>,
}

pub(in crate::outreach) fn kept(conn: &Connection, id: TouchId) -> Result<Option<Kept>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT partner_id, held_by, kept_private, trashed_at IS NOT NULL, changed_at, cost_cents, cost_kind
             FROM touch WHERE id = ?1",
        )?
        .query_row([id], |row| {
            Ok(Kept {
                partner: row.get(0)?,
                held_by: row.get(1)?,
                kept_private: row.get(2)?,
                trashed: row.get(3)?,
                changed_at: row.get(4)?,
                cost_cents: row.get(5)?,
                cost_kind: row.get(6)?,
            })
        })
        .optional()?)
}

pub(in crate::outreach) fn update(tx: &Tx<'_>, id: TouchId, new: &NewTouch) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE touch SET partner_id = ?2, referral_id = ?3, held_on = ?4, held_minute = ?5, form = ?6, started_by = ?7, two_way = ?8,
             bulk = ?9, category = ?10, purpose = ?11, learned = ?12, minutes = ?13, cost_cents = ?14, cost_kind = ?15,
             kept_private = ?16, changed_at = ?17, changed_by = ?18
         WHERE id = ?1",
    )?
    .execute(params![
        id,
        new.partner,
        new.referral,
        Day(new.on),
        new.at,
        new.form,
        new.started_by,
        new.two_way,
        new.bulk,
        new.category,
        new.purpose,
        new.learned,
        new.minutes,
        new.cost_cents,
        new.cost_kind,
        new.kept_private,
        tx.now,
        tx.actor.id,
    ])?;
    let mut met = tx.prepare_cached("SELECT person_id FROM touch_person WHERE touch_id = ?1")?;
    let before: Vec<PersonId> = met.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut gone = tx.prepare_cached("DELETE FROM touch_person WHERE touch_id = ?1 AND person_id = ?2")?;
    for person in before.iter().filter(|person| !new.people.contains(person)) {
        gone.execute(params![id, person])?;
    }
    meet(tx, id, &new.people)
}

pub(in crate::outreach) fn set_trashed(tx: &Tx<'_>, id: TouchId, trash: bool) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE touch SET trashed_at = ?2, changed_at = ?3, changed_by = ?4 WHERE id = ?1")?
        .execute(params![id, trash.then_some(tx.now), tx.now, tx.actor.id])?;
    Ok(())
}

/// Who looks.
#[derive(Clone, Copy)]
pub(in crate::outreach) struct Eyes {
    pub(in crate::outreach) of: ProfileId,
    pub(in crate::outreach) hidden: Hidden,
}

const COLUMNS: &str = "SELECT t.id, p.id, p.name, p.class, t.referral_id, t.held_on, t.held_minute, t.form, t.started_by, t.two_way,
        t.bulk, t.category, t.purpose, t.learned, t.minutes, t.cost_cents, t.cost_kind, t.kept_private, o.id, o.name, o.initials,
        t.changed_at, p.type
    FROM touch t JOIN main.partner p ON p.id = t.partner_id JOIN profile o ON o.id = t.held_by";
const OF_PARTNER: &str = " WHERE t.partner_id = ?1";
const OF_PERSON: &str = " WHERE t.id IN (SELECT touch_id FROM touch_person WHERE person_id = ?1)";
const REST: &str = " AND (t.trashed_at IS NOT NULL) = ?2 AND (?3 IS NULL OR (t.held_on, t.id) < (?3, ?4))
    ORDER BY t.held_on DESC, t.id DESC LIMIT ?5";

fn of(party: Party) -> (&'static str, crate::foundation::id::RecordId) {
    match party {
        Party::Partner(id) => (OF_PARTNER, id.0),
        Party::Person(id) => (OF_PERSON, id.0),
    }
}

/// Contacts, the newest first, as somebody may see them.
pub(in crate::outreach) fn page(
    conn: &Connection,
    query: &TouchQuery,
    limit: u32,
    eyes: Eyes,
) -> Result<Vec<TouchRow>, StoreError> {
    let (whose, id) = of(query.of);
    let mut statement = conn.prepare_cached(&[COLUMNS, whose, REST].concat())?;
    let after = query.after.map(|place| (Day(place.on), place.id)).unzip();
    let rows =
        statement.query_map(params![id, query.trashed, after.0, after.1, limit], |row| shown(row, eyes))?;
    let mut rows: Vec<TouchRow> = rows.collect::<Result<_, _>>()?;
    complete(conn, rows.iter_mut(), eyes.hidden)?;
    Ok(rows)
}

/// Adds who was met and what was to follow.
fn complete<'a>(
    conn: &Connection,
    rows: impl Iterator<Item = &'a mut TouchRow>,
    hidden: Hidden,
) -> Result<(), StoreError> {
    let mut people = conn.prepare_cached(
        "SELECT k.id, k.name FROM touch_person m JOIN person k ON k.id = m.person_id WHERE m.touch_id = ?1 ORDER BY k.name_key, k.id",
    )?;
    let mut next = conn.prepare_cached(
        "SELECT title, due_on, done_on FROM task WHERE touch_id = ?1 ORDER BY created_at, id LIMIT 1",
    )?;
    for row in rows {
        row.people = people
            .query_map([row.id], |row| Ok(NamedPerson { id: row.get(0)?, name: row.get(1)? }))?
            .collect::<Result<_, _>>()?;
        if hidden.patients {
            let mut seen = Vec::with_capacity(row.people.len());
            for person in std::mem::take(&mut row.people) {
                if !is_patient(conn, person.id.0)? {
                    seen.push(person);
                }
            }
            row.people = seen;
        }
        row.next = next
            .query_row([row.id], |row| {
                Ok(NextStepShown {
                    title: row.get(0)?,
                    due_on: row.get::<_, Day>(1)?.0,
                    done_on: day(row, 2)?,
                })
            })
            .optional()?;
        if let (true, Some(next)) = (row.withheld, &mut row.next) {
            next.title.clear();
        }
    }
    Ok(())
}

/// Lacks its kind or its purpose, and is nobody's private one but of `?1`; where `?2`, about no patient.
const TO_SORT: &str = " WHERE t.trashed_at IS NULL AND (t.category IS NULL OR t.purpose = '') AND (NOT t.kept_private OR t.held_by = ?1)
    AND NOT (?2 AND (t.referral_id IS NOT NULL OR p.class = 'patient'))";

/// Contacts to be sorted, the newest first.
pub(in crate::outreach) fn to_sort(
    conn: &Connection,
    limit: u32,
    eyes: Eyes,
) -> Result<Vec<TouchRow>, StoreError> {
    let sql = [COLUMNS, TO_SORT, " ORDER BY t.held_on DESC, t.id DESC LIMIT ?3"].concat();
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params![eyes.of, eyes.hidden.patients, limit], |row| shown(row, eyes))?;
    let mut rows: Vec<TouchRow> = rows.collect::<Result<_, _>>()?;
    complete(conn, rows.iter_mut(), eyes.hidden)?;
    Ok(rows)
}

/// How many there are, counted up to `most`.
pub(in crate::outreach) fn count_to_sort(
    conn: &Connection,
    most: u32,
    eyes: Eyes,
) -> Result<u32, StoreError> {
    let sql = [
        "SELECT count(*) FROM (SELECT 1 FROM touch t JOIN main.partner p ON p.id = t.partner_id",
        TO_SORT,
        " LIMIT ?3)",
    ]
    .concat();
    Ok(conn
        .prepare_cached(&sql)?
        .query_row(params![eyes.of, eyes.hidden.patients, most], |row| row.get(0))?)
}

pub(in crate::outreach) fn set_category(
    tx: &Tx<'_>,
    id: TouchId,
    category: TouchCategory,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE touch SET category = ?2, changed_at = ?3, changed_by = ?4 WHERE id = ?1 AND category IS NOT ?2",
    )?
    .execute(params![id, category, tx.now, tx.actor.id])?;
    Ok(())
}

/// Contacts from a day to another, in order.
pub(in crate::outreach) fn between(
    conn: &Connection,
    from: NaiveDate,
    to: NaiveDate,
    eyes: Eyes,
) -> Result<Vec<TouchLogged>, StoreError> {
    let sql = [
        COLUMNS,
        " WHERE t.held_on BETWEEN ?1 AND ?2 AND t.trashed_at IS NULL ORDER BY t.held_on, t.partner_id, t.id",
    ]
    .concat();
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params![Day(from), Day(to)], |row| {
        Ok(TouchLogged { row: shown(row, eyes)?, class: row.get(3)?, partner_type: row.get(22)? })
    })?;
    let mut all: Vec<TouchLogged> = rows.collect::<Result<_, _>>()?;
    complete(conn, all.iter_mut().map(|one| &mut one.row), eyes.hidden)?;
    all.iter_mut().filter(|one| one.class == PartnerClass::Patient).for_each(|one| one.row.people.clear());
    Ok(all)
}

fn day(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveDate>> {
    Ok(row.get::<_, Option<Day>>(column)?.map(|day| day.0))
}

fn shown(row: &Row<'_>, eyes: Eyes) -> rusqlite::Result<TouchRow> {
    let class: PartnerClass = row.get(3)?;
    let partner: PartnerId = row.get(1)?;
    let held_by = Owner { id: row.get(18)?, name: row.get(19)?, initials: row.get(20)? };
    let (kept_private, mine) = (row.get(17)?, held_by.id == eyes.of);
    let referral: Option<ReferralId> = row.get(4)?;
    let of_patient = class == PartnerClass::Patient || referral.is_some();
    let withheld = (kept_private && !mine) || (eyes.hidden.patients && of_patient);
    let words = |column| if withheld { Ok(String::new()) } else { row.get(column) };
    let cost: i64 = row.get(15)?;
    Ok(TouchRow {
        id: row.get(0)?,
        partner: NamedPartner { id: partner, name: name_as_seen(eyes.hidden, class, partner, row.get(2)?) },
        people: Vec::new(),
        referral,
        on: row.get::<_, Day>(5)?.0,
        at: row.get(6)?,
        form: row.get(7)?,
        started_by: row.get(8)?,
        two_way: row.get(9)?,
        bulk: row.get(10)?,
        category: row.get(11)?,
        purpose: words(12)?,
        learned: words(13)?,
        minutes: row.get(14)?,
        cost_cents: (mine || !eyes.hidden.money).then_some(cost),
        cost_kind: row.get(16)?,
        kept_private,
        withheld,
        held_by,
        next: None,
        changed_at: row.get(21)?,
    })
}

/// How many are in the trash, and what the contacts after `since` took.
pub(in crate::outreach) fn summary(
    conn: &Connection,
    party: Party,
    since: NaiveDate,
) -> Result<(u32, Invested), StoreError> {
    let (whose, id) = of(party);
    let sql = [
        "SELECT count(t.trashed_at), count(*) FILTER (WHERE t.trashed_at IS NULL AND t.held_on > ?2),
             ifnull(sum(t.minutes) FILTER (WHERE t.trashed_at IS NULL AND t.held_on > ?2), 0),
             ifnull(sum(t.cost_cents) FILTER (WHERE t.trashed_at IS NULL AND t.held_on > ?2), 0) FROM touch t",
        whose,
    ]
    .concat();
    Ok(conn.prepare_cached(&sql)?.query_row(params![id, Day(since)], |row| {
        let invested = Invested { touches: row.get(1)?, minutes: row.get(2)?, cents: Some(row.get(3)?) };
        Ok((row.get(0)?, invested))
    })?)
}

/// When they last heard from us. Of a partner it is kept beside it.
pub(in crate::outreach) fn last(conn: &Connection, party: Party) -> Result<LastContacts, StoreError> {
    let sql = match party {
        Party::Partner(_) => "SELECT last_on, last_two_way_on, last_face_on FROM partner_contact WHERE partner_id = ?1",
        Party::Person(_) => {
            "SELECT max(held_on), max(CASE WHEN two_way THEN held_on END),
                    max(CASE WHEN two_way AND form IN ('visit', 'video', 'lunch', 'event') THEN held_on END)
             FROM touch WHERE id IN (SELECT touch_id FROM touch_person WHERE person_id = ?1) AND trashed_at IS NULL AND bulk = 0"
        }
    };
    let found = conn.prepare_cached(sql)?.query_row([of(party).1], |row| {
        Ok(LastContacts { on: day(row, 0)?, two_way_on: day(row, 1)?, face_on: day(row, 2)? })
    });
    Ok(found.optional()?.unwrap_or_default())
}
