//! The SQL of care groups.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::row::day;
use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PatientId, PersonId, ProfileId, RecordId, ReferralId};
use crate::referrals::process::Holder;
use crate::referrals::shared::{CareMember, GroupKind};
use crate::store::{StoreError, Tx};

/// A member as the file keeps it.
pub(in crate::referrals) struct KeptMember {
    pub(in crate::referrals) id: RecordId,
    pub(in crate::referrals) is_new: bool,
    pub(in crate::referrals) partner: Option<PartnerId>,
    pub(in crate::referrals) role: String,
    pub(in crate::referrals) part: String,
    pub(in crate::referrals) holder: Holder,
    pub(in crate::referrals) due_on: NaiveDate,
    pub(in crate::referrals) done_on: Option<NaiveDate>,
    pub(in crate::referrals) leads: bool,
}

fn holder_columns(holder: Holder) -> (Option<ProfileId>, Option<PersonId>) {
    match holder {
        Holder::Profile(profile) => (Some(profile), None),
        Holder::Person(person) => (None, Some(person)),
    }
}

/// Makes a group.
pub(in crate::referrals) fn insert(
    tx: &Tx<'_>,
    patient: PatientId,
    referral: ReferralId,
    kind: GroupKind,
    plan: Option<&str>,
) -> Result<RecordId, StoreError> {
    let id = RecordId::new();
    tx.prepare_cached(
        "INSERT INTO care_group (id, patient_id, referral_id, kind, plan, created_at, created_by, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?6, ?7)",
    )?
    .execute(params![id, patient, referral, kind, plan, tx.now, tx.actor.id])?;
    Ok(id)
}

/// Puts what it is for and the plan.
pub(in crate::referrals) fn update(
    tx: &Tx<'_>,
    id: RecordId,
    kind: GroupKind,
    plan: Option<&str>,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE care_group SET kind = ?2, plan = ?3, changed_at = ?4, changed_by = ?5 WHERE id = ?1",
    )?
    .execute(params![id, kind, plan, tx.now, tx.actor.id])?;
    Ok(())
}

/// Ends it today or lets it go on; whose it is.
pub(in crate::referrals) fn set_closed(
    tx: &Tx<'_>,
    id: RecordId,
    closed: bool,
) -> Result<Option<PatientId>, StoreError> {
    Ok(tx
        .prepare_cached(
            "UPDATE care_group SET closed_on = ?2, changed_at = ?3, changed_by = ?4
             WHERE id = ?1 AND (closed_on IS NULL) = (?2 IS NOT NULL) RETURNING patient_id",
        )?
        .query_row(params![id, closed.then_some(Day(tx.today)), tx.now, tx.actor.id], |row| row.get(0))
        .optional()?)
}

/// Whose it is.
pub(in crate::referrals) fn patient_of(
    conn: &Connection,
    id: RecordId,
) -> Result<Option<PatientId>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT patient_id FROM care_group WHERE id = ?1")?;
    Ok(statement.query_row([id], |row| row.get(0)).optional()?)
}

/// Puts a member in.
pub(in crate::referrals) fn insert_member(
    tx: &Tx<'_>,
    group: RecordId,
    patient: PatientId,
    member: &KeptMember,
) -> Result<(), StoreError> {
    let (profile, person) = holder_columns(member.holder);
    tx.prepare_cached(
        "INSERT INTO care_member (id, group_id, patient_id, partner_id, care_role, part, holder_id, holder_person_id, due_on, done_on, leads)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        member.id,
        group,
        patient,
        member.partner,
        member.role,
        member.part,
        profile,
        person,
        Day(member.due_on),
        member.done_on.map(Day),
        member.leads
    ])?;
    Ok(())
}

/// Writes a changed member back.
pub(in crate::referrals) fn update_member(tx: &Tx<'_>, member: &KeptMember) -> Result<(), StoreError> {
    let (profile, person) = holder_columns(member.holder);
    tx.prepare_cached(
        "UPDATE care_member SET partner_id = ?2, care_role = ?3, part = ?4, holder_id = ?5, holder_person_id = ?6, due_on = ?7,
             done_on = ?8, leads = ?9
         WHERE id = ?1",
    )?
    .execute(params![
        member.id,
        member.partner,
        member.role,
        member.part,
        profile,
        person,
        Day(member.due_on),
        member.done_on.map(Day),
        member.leads
    ])?;
    Ok(())
}

/// Nobody leads but whoever is named.
pub(in crate::referrals) fn nobody_leads(
    tx: &Tx<'_>,
    group: RecordId,
    but: Option<RecordId>,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE care_member SET leads = 0 WHERE group_id = ?1 AND leads = 1 AND id IS NOT ?2")?
        .execute(params![group, but])?;
    Ok(())
}

/// Takes a member out.
pub(in crate::referrals) fn remove_member(tx: &Tx<'_>, id: RecordId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM care_member WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// Who is in a group.
pub(in crate::referrals) fn member_ids(
    conn: &Connection,
    group: RecordId,
) -> Result<Vec<RecordId>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT id FROM care_member WHERE group_id = ?1")?;
    Ok(statement.query_map([group], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// A part is done today, or is not; whose patient it is.
pub(in crate::referrals) fn mark(
    tx: &Tx<'_>,
    member: RecordId,
    done: bool,
) -> Result<Option<PatientId>, StoreError> {
    Ok(tx
        .prepare_cached("UPDATE care_member SET done_on = ?2 WHERE id = ?1 RETURNING patient_id")?
        .query_row(params![member, done.then_some(Day(tx.today))], |row| row.get(0))
        .optional()?)
}

/// A group without its members.
pub(in crate::referrals) struct GroupRow {
    pub(in crate::referrals) id: RecordId,
    pub(in crate::referrals) patient: PatientId,
    pub(in crate::referrals) referral: Option<ReferralId>,
    pub(in crate::referrals) kind: GroupKind,
    pub(in crate::referrals) plan: Option<String>,
    pub(in crate::referrals) closed_on: Option<NaiveDate>,
}

fn group(row: &Row<'_>) -> rusqlite::Result<GroupRow> {
    Ok(GroupRow {
        id: row.get(0)?,
        patient: row.get(1)?,
        referral: row.get(2)?,
        kind: row.get(3)?,
        plan: row.get(4)?,
        closed_on: day(row, 5)?,
    })
}

/// The groups of a patient, those that go on first, then the newest.
pub(in crate::referrals) fn groups_of(
    conn: &Connection,
    patient: PatientId,
) -> Result<Vec<GroupRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, patient_id, referral_id, kind, plan, closed_on FROM care_group WHERE patient_id = ?1
         ORDER BY closed_on IS NOT NULL, id DESC",
    )?;
    Ok(statement.query_map([patient], group)?.collect::<Result<_, _>>()?)
}

/// All that go on.
pub(in crate::referrals) fn open(conn: &Connection) -> Result<Vec<GroupRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT g.id, g.patient_id, g.referral_id, g.kind, g.plan, g.closed_on
         FROM care_group g LEFT JOIN referral r ON r.id = g.referral_id
         WHERE g.closed_on IS NULL AND r.trashed_at IS NULL AND ifnull(g.referral_id, x'') NOT IN (SELECT id FROM restriction)
         ORDER BY (SELECT ifnull(min(m.due_on), '9999-12-31') FROM care_member m WHERE m.group_id = g.id AND m.done_on IS NULL), g.id
         LIMIT 200",
    )?;
    Ok(statement.query_map([], group)?.collect::<Result<_, _>>()?)
}

/// Who is in a group, the lead first, then by day.
pub(in crate::referrals) fn members(
    conn: &Connection,
    group: RecordId,
) -> Result<Vec<CareMember>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT m.id, m.partner_id, ifnull(p.name, (SELECT name FROM practice LIMIT 1)), m.care_role, m.part, m.holder_id,
                m.holder_person_id, m.due_on, m.done_on, m.leads
         FROM care_member m LEFT JOIN main.partner p ON p.id = m.partner_id WHERE m.group_id = ?1
         ORDER BY m.leads DESC, m.due_on, m.id",
    )?;
    let rows = statement.query_map([group], |row| {
        let (profile, person): (Option<ProfileId>, Option<PersonId>) = (row.get(5)?, row.get(6)?);
        let holder = match (profile, person) {
            (Some(profile), _) => Holder::Profile(profile),
            (None, Some(person)) => Holder::Person(person),
            (None, None) => return Err(rusqlite::Error::InvalidQuery),
        };
        Ok(CareMember {
            id: row.get(0)?,
            partner: row.get(1)?,
            name: row.get(2)?,
            role: row.get(3)?,
            part: row.get(4)?,
            holder,
            holder_name: String::new(),
            due_on: row.get::<_, Day>(7)?.0,
            done_on: day(row, 8)?,
            leads: row.get(9)?,
            late: false,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
