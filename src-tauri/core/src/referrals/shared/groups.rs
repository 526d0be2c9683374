//! Making a group, changing it, and saying what is done. Exactly one member leads; every part has a holder and a date.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::types::{CareGroup, GroupForm, MemberForm};
use crate::foundation::id::{RecordId, ReferralId};
use crate::network::is_patient;
use crate::practice::Practice;
use crate::referrals::checks::{happened, limits, line, not_ancient, text};
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::help;
use crate::referrals::process::Holder;
use crate::referrals::rows::{intake as parties, row, shared as rows};
use crate::store::{Label, Tx, Written};
use crate::vault::{Area, Hidden, Need, patient_token};

/// How many may look after one patient together.
const MEMBERS: usize = 20;

/// The form, checked and trimmed.
fn checked(form: &GroupForm, today: NaiveDate) -> Result<Vec<rows::KeptMember>, ReferralError> {
    if form.members.len() < 2 {
        return invalid("members", Problem::Path("A group has at least two members. Add another."));
    }
    if form.members.len() > MEMBERS {
        return invalid("members", Problem::Path("A group has at most 20 members."));
    }
    match form.members.iter().filter(|member| member.leads).count() {
        0 => return invalid("lead", Problem::Path("Say who leads.")),
        1 => {}
        _ => return invalid("lead", Problem::Path("Exactly one leads. Choose one.")),
    }
    form.members.iter().map(|member| checked_member(member, today)).collect()
}

fn checked_member(member: &MemberForm, today: NaiveDate) -> Result<rows::KeptMember, ReferralError> {
    let Some(role) = line("role", Some(&member.role), 100)? else {
        return invalid(
            "role",
            Problem::Path("Say what each member is in it, such as surgeon or home doctor."),
        );
    };
    let Some(part) = line("part", Some(&member.part), 500)? else {
        return invalid("part", Problem::Path("Say what each member does."));
    };
    let Some(holder) = member.holder else {
        return invalid("holder", Problem::Path("Say who sees to each part."));
    };
    let Some(due_on) = member.due_on else {
        return invalid("dueOn", Problem::Path("Give each part a day."));
    };
    not_ancient("dueOn", due_on)?;
    if let Some(done_on) = member.done_on {
        happened("doneOn", done_on, today)?;
    }
    Ok(rows::KeptMember {
        id: member.id.unwrap_or_default(),
        is_new: member.id.is_none(),
        partner: member.partner,
        role,
        part,
        holder,
        due_on,
        done_on: member.done_on,
        leads: member.leads,
    })
}

/// Whoever is named has to be there.
fn known(tx: &Tx<'_>, members: &[rows::KeptMember]) -> Result<(), ReferralError> {
    for member in members {
        if let Some(partner) = member.partner
            && parties::partner(tx, partner)?.is_none()
        {
            return invalid("partner", Problem::Gone);
        }
        member.holder.known(tx, "holder")?;
    }
    Ok(())
}

/// Makes a group for the patient of a referral.
///
/// # Errors
/// [`ReferralError::Invalid`] for fewer than two members, no lead or several, or a part without words, holder or day;
/// [`ReferralError::Missing`]; those of the file.
pub fn add_group(
    practice: &Practice,
    referral: ReferralId,
    form: &GroupForm,
) -> Result<Written<RecordId>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    let members = checked(form, practice.today())?;
    let plan = text("plan", form.plan.as_deref(), limits::NOTE)?;
    practice.write(Label::hand("care_group_add", ""), |tx| {
        let patient = row::kept(tx, referral)?.ok_or(ReferralError::Missing)?.0.patient;
        tx.subject(parties::patient_label(tx, patient)?);
        known(tx, &members)?;
        let id = rows::insert(tx, patient, referral, form.kind, plan.as_deref())?;
        for member in &members {
            rows::insert_member(tx, id, patient, member)?;
        }
        Ok(id)
    })
}

/// Puts a group to what the form says, whole: who is left out is no member any more.
///
/// # Errors
/// As [`add_group`].
pub fn edit_group(practice: &Practice, id: RecordId, form: &GroupForm) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    practice.must_see(id)?;
    let members = checked(form, practice.today())?;
    let plan = text("plan", form.plan.as_deref(), limits::NOTE)?;
    practice.write(Label::hand("care_group_edit", ""), |tx| {
        let patient = rows::patient_of(tx, id)?.ok_or(ReferralError::Missing)?;
        tx.subject(parties::patient_label(tx, patient)?);
        known(tx, &members)?;
        rows::update(tx, id, form.kind, plan.as_deref())?;
        let before = rows::member_ids(tx, id)?;
        for gone in before.iter().filter(|there| !members.iter().any(|member| member.id == **there)) {
            rows::remove_member(tx, *gone)?;
        }
        if members.iter().any(|member| !member.is_new && !before.contains(&member.id)) {
            return Err(ReferralError::Missing);
        }
        // Whoever led steps back before another leads.
        rows::nobody_leads(tx, id, members.iter().find(|member| member.leads).map(|member| member.id))?;
        for member in &members {
            if member.is_new {
                rows::insert_member(tx, id, patient, member)?;
            } else {
                rows::update_member(tx, member)?;
            }
        }
        Ok(())
    })
}

/// Says that a member's part is done today, or that it is not.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn mark_part(practice: &Practice, member: RecordId, done: bool) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    practice.write(Label::hand("care_part", ""), |tx| {
        let patient = rows::mark(tx, member, done)?.ok_or(ReferralError::Missing)?;
        tx.subject(parties::patient_label(tx, patient)?);
        Ok(())
    })
}

/// The group ends today.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn close_group(practice: &Practice, id: RecordId) -> Result<Written<()>, ReferralError> {
    set_closed(practice, id, true)
}

/// The group goes on.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn reopen_group(practice: &Practice, id: RecordId) -> Result<Written<()>, ReferralError> {
    set_closed(practice, id, false)
}

fn set_closed(practice: &Practice, id: RecordId, closed: bool) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    let action = if closed { "care_group_close" } else { "care_group_reopen" };
    practice.write(Label::hand(action, ""), |tx| {
        let patient = rows::set_closed(tx, id, closed)?.ok_or(ReferralError::Missing)?;
        tx.subject(parties::patient_label(tx, patient)?);
        Ok(())
    })
}

/// The groups of a referral's patient, those that go on first.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn care_groups_of(practice: &Practice, referral: ReferralId) -> Result<Vec<CareGroup>, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let (today, hidden) = (practice.today(), practice.hidden());
    practice.read(|conn| {
        let patient = row::kept(conn, referral)?.ok_or(ReferralError::Missing)?.0.patient;
        seen(conn, rows::groups_of(conn, patient)?, today, hidden)
    })
}

/// All groups that go on, those with the earliest open part first; at most 200. Those of restricted referrals are left out.
///
/// # Errors
/// Those of the file.
pub fn open_groups(practice: &Practice) -> Result<Vec<CareGroup>, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let (today, hidden) = (practice.today(), practice.hidden());
    practice.read(|conn| seen(conn, rows::open(conn)?, today, hidden))
}

/// With their members, and without what is hidden.
fn seen(
    conn: &Connection,
    found: Vec<rows::GroupRow>,
    today: NaiveDate,
    hidden: Hidden,
) -> Result<Vec<CareGroup>, ReferralError> {
    let mut groups = Vec::with_capacity(found.len());
    for group in found {
        let mut members = rows::members(conn, group.id)?;
        for member in &mut members {
            member.late = member.done_on.is_none() && member.due_on < today && group.closed_on.is_none();
            member.holder_name = holder_name(conn, member.holder, hidden)?;
            if hidden.patients {
                member.part.clear();
                if let Some(partner) = member.partner
                    && is_patient(conn, partner)?
                {
                    member.name = patient_token(partner);
                }
            }
        }
        groups.push(CareGroup {
            id: group.id,
            patient: help::named(conn, group.patient, hidden)?,
            referral: group.referral,
            kind: group.kind,
            plan: group.plan.filter(|_| !hidden.patients),
            closed_on: group.closed_on,
            members,
        });
    }
    Ok(groups)
}

fn holder_name(conn: &Connection, holder: Holder, hidden: Hidden) -> Result<String, ReferralError> {
    Ok(holder.name(conn, hidden)?)
}
