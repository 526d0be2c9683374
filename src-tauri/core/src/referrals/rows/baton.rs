//! The SQL of who holds a referral, of handing it over, and of who is away.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::foundation::day::Day;
use crate::foundation::id::{PersonId, ProfileId, RecordId, ReferralId};
use crate::referrals::process::{Absence, HandOff, HandOffState, Holder};
use crate::store::lens::hinted;
use crate::store::{StoreError, Tx};

fn parts(holder: Holder) -> (Option<ProfileId>, Option<PersonId>) {
    match holder {
        Holder::Profile(profile) => (Some(profile), None),
        Holder::Person(person) => (None, Some(person)),
    }
}

fn holder(profile: Option<ProfileId>, person: Option<PersonId>) -> Option<Holder> {
    profile.map(Holder::Profile).or(person.map(Holder::Person))
}

/// A referral's first holder by name.
pub(in crate::referrals) fn begin(tx: &Tx<'_>, id: ReferralId, held: &Held) -> Result<(), StoreError> {
    let (profile, person) = parts(held.holder);
    tx.prepare_cached(
        "INSERT INTO baton (id, tracked_on, holder_id, holder_person_id, held_on, next_step, due_on, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?2, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        id,
        Day(held.held_on),
        profile,
        person,
        held.next_step,
        held.due_on.map(Day),
        tx.now,
        tx.actor.id
    ])?;
    Ok(())
}

/// Who holds it, since when, and what they said they would do.
pub(in crate::referrals) struct Held {
    pub(in crate::referrals) holder: Holder,
    pub(in crate::referrals) held_on: NaiveDate,
    pub(in crate::referrals) next_step: Option<String>,
    pub(in crate::referrals) due_on: Option<NaiveDate>,
}

/// Another holder.
pub(in crate::referrals) fn pass(tx: &Tx<'_>, id: ReferralId, held: &Held) -> Result<(), StoreError> {
    let (profile, person) = parts(held.holder);
    tx.prepare_cached(
        "UPDATE baton SET holder_id = ?2, holder_person_id = ?3, held_on = ?4, next_step = ?5, due_on = ?6, changed_at = ?7,
             changed_by = ?8 WHERE id = ?1",
    )?
    .execute(params![
        id,
        profile,
        person,
        Day(held.held_on),
        held.next_step,
        held.due_on.map(Day),
        tx.now,
        tx.actor.id
    ])?;
    Ok(())
}

/// What is next and by when; nothing: by the path.
pub(in crate::referrals) fn set_next(
    tx: &Tx<'_>,
    id: ReferralId,
    next_step: Option<&str>,
    due_on: Option<NaiveDate>,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE baton SET next_step = ?2, due_on = ?3, changed_at = ?4, changed_by = ?5
         WHERE id = ?1 AND (next_step, due_on) IS NOT (?2, ?3)",
    )?
    .execute(params![id, next_step, due_on.map(Day), tx.now, tx.actor.id])?;
    Ok(())
}

/// Whether this is one of us who is here.
pub(in crate::referrals) fn is_here(conn: &Connection, id: ProfileId) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("SELECT 1 FROM profile WHERE id = ?1 AND retired_at IS NULL")?.exists([id])?)
}

/// What one of us is called.
pub(in crate::referrals) fn profile_name(
    conn: &Connection,
    id: impl Into<RecordId>,
) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT name FROM profile WHERE id = ?1")?
        .query_row([id.into()], |row| row.get(0))
        .optional()?)
}

/// What somebody is called.
pub(in crate::referrals) fn person_name(
    conn: &Connection,
    id: PersonId,
) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT name FROM person WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// A hand-over in the making.
pub(in crate::referrals) struct NewHandOff<'a> {
    pub(in crate::referrals) referral: ReferralId,
    pub(in crate::referrals) from: Holder,
    pub(in crate::referrals) to: Holder,
    pub(in crate::referrals) next_step: Option<&'a str>,
    pub(in crate::referrals) due_on: Option<NaiveDate>,
    pub(in crate::referrals) note: Option<&'a str>,
    pub(in crate::referrals) state: HandOffState,
}

/// Puts down a hand-over.
pub(in crate::referrals) fn give(tx: &Tx<'_>, new: &NewHandOff<'_>) -> Result<RecordId, StoreError> {
    let id = RecordId::new();
    let (from, to) = (parts(new.from), parts(new.to));
    let answered = (new.state != HandOffState::Pending).then_some(Day(tx.today));
    tx.prepare_cached(
        "INSERT INTO hand_off (id, referral_id, from_id, from_person_id, to_id, to_person_id, next_step, due_on, note, given_on,
             given_at, given_by, answer, answered_on)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?
    .execute(params![
        id,
        new.referral,
        from.0,
        from.1,
        to.0,
        to.1,
        new.next_step,
        new.due_on.map(Day),
        new.note,
        Day(tx.today),
        tx.now,
        tx.actor.id,
        new.state,
        answered
    ])?;
    Ok(id)
}

/// Answers a pending hand-over.
pub(in crate::referrals) fn answer(tx: &Tx<'_>, id: RecordId, state: HandOffState) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE hand_off SET answer = ?2, answered_on = ?3 WHERE id = ?1 AND answer = 'pending'",
    )?
    .execute(params![id, state, Day(tx.today)])?;
    Ok(())
}

const HAND_OFF: &str = "
    SELECT id, referral_id, from_id, from_person_id, to_id, to_person_id, next_step, due_on, note, given_on, answer, answered_on
    FROM hand_off";

fn hand_off(row: &Row<'_>) -> rusqlite::Result<HandOff> {
    let to = holder(row.get(4)?, row.get(5)?).ok_or(rusqlite::Error::InvalidQuery)?;
    Ok(HandOff {
        id: row.get(0)?,
        referral: row.get(1)?,
        from: holder(row.get(2)?, row.get(3)?),
        to,
        next_step: row.get(6)?,
        due_on: row.get::<_, Option<Day>>(7)?.map(|day| day.0),
        note: row.get(8)?,
        given_on: row.get::<_, Day>(9)?.0,
        state: row.get(10)?,
        answered_on: row.get::<_, Option<Day>>(11)?.map(|day| day.0),
    })
}

/// The hand-over a referral waits for.
pub(in crate::referrals) fn pending(
    conn: &Connection,
    id: ReferralId,
) -> Result<Option<HandOff>, StoreError> {
    let sql = [HAND_OFF, " WHERE referral_id = ?1 AND answer = 'pending'"].concat();
    Ok(hinted(conn, &sql)?.query_row([id], hand_off).optional()?)
}

/// Every hand-over that is pending, the oldest first.
pub(in crate::referrals) fn all_pending(conn: &Connection) -> Result<Vec<HandOff>, StoreError> {
    let sql =
        [HAND_OFF, " INDEXED BY hand_off_pending WHERE answer = 'pending' ORDER BY given_at, id"].concat();
    let mut statement = hinted(conn, &sql)?;
    Ok(statement.query_map([], hand_off)?.collect::<Result<_, _>>()?)
}

/// Every hand-over of a referral, the oldest first.
pub(in crate::referrals) fn hand_offs(conn: &Connection, id: ReferralId) -> Result<Vec<HandOff>, StoreError> {
    let sql = [HAND_OFF, " WHERE referral_id = ?1 ORDER BY given_at, id"].concat();
    let mut statement = hinted(conn, &sql)?;
    Ok(statement.query_map([id], hand_off)?.collect::<Result<_, _>>()?)
}

fn absence(row: &Row<'_>) -> rusqlite::Result<Absence> {
    Ok(Absence {
        id: row.get(0)?,
        profile: row.get(1)?,
        from: row.get::<_, Day>(2)?.0,
        to: row.get::<_, Day>(3)?.0,
        deputy: row.get(4)?,
    })
}

/// Absences that are not over by this day, by their first day.
pub(in crate::referrals) fn absences(
    conn: &Connection,
    since: NaiveDate,
) -> Result<Vec<Absence>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, profile_id, from_on, to_on, deputy_id FROM absence WHERE to_on >= ?1 ORDER BY from_on, id",
    )?;
    Ok(statement.query_map([Day(since)], absence)?.collect::<Result<_, _>>()?)
}

/// Puts down an absence, or changes one.
pub(in crate::referrals) fn set_absence(tx: &Tx<'_>, absence: &Absence) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO absence (id, profile_id, from_on, to_on, deputy_id, created_at, created_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET profile_id = excluded.profile_id, from_on = excluded.from_on, to_on = excluded.to_on,
             deputy_id = excluded.deputy_id",
    )?
    .execute(params![
        absence.id,
        absence.profile,
        Day(absence.from),
        Day(absence.to),
        absence.deputy,
        tx.now,
        tx.actor.id
    ])?;
    Ok(())
}

/// Takes an absence away; how many there were.
pub(in crate::referrals) fn remove_absence(tx: &Tx<'_>, id: RecordId) -> Result<usize, StoreError> {
    Ok(tx.prepare_cached("DELETE FROM absence WHERE id = ?1")?.execute([id])?)
}
