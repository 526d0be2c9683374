//! From hand to hand: given, accepted, or still with whoever gave it.

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::holder::{Away, Holder, HolderShown};
use super::place::{holder_of, is_open};
use crate::foundation::id::{RecordId, ReferralId};
use crate::foundation::working_days::WorkingDays;
use crate::practice::Practice;
use crate::referrals::checks::{limits, line, not_ancient, text};
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::rows::baton::{self as rows, Held, NewHandOff};
use crate::referrals::rows::care::is_restricted;
use crate::referrals::rows::process::{self as ways, WayRow};
use crate::referrals::rows::row;
use crate::referrals::trash::name;
use crate::referrals::types::{RegisterRow, codes};
use crate::store::{Label, StoreError, Tx, Written};
use crate::vault::{Area, Need, calendar_in};

codes! {
    /// What became of a hand-over.
    HandOffState {
        /// Nobody has answered yet.
        Pending = "pending",
        /// The baton changed hands.
        Accepted = "accepted",
        /// It was refused.
        Declined = "declined",
        /// Whoever gave it took it back.
        Withdrawn = "withdrawn",
    }
}

/// A hand-over as it was put down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::referrals) struct HandOff {
    pub(in crate::referrals) id: RecordId,
    pub(in crate::referrals) referral: ReferralId,
    pub(in crate::referrals) from: Option<Holder>,
    pub(in crate::referrals) to: Holder,
    pub(in crate::referrals) next_step: Option<String>,
    pub(in crate::referrals) due_on: Option<NaiveDate>,
    pub(in crate::referrals) note: Option<String>,
    pub(in crate::referrals) given_on: NaiveDate,
    pub(in crate::referrals) state: HandOffState,
    pub(in crate::referrals) answered_on: Option<NaiveDate>,
}

/// To whom, and what they are to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HandOver {
    /// To whom.
    pub to: Holder,
    /// What is next, in a few words; none: the step of the path.
    pub next_step: Option<String>,
    /// By when; none: by the limit of the path.
    pub due_on: Option<NaiveDate>,
    /// Anything they should know.
    pub note: Option<String>,
}

/// A hand-over that waits for an answer, or that nobody answered in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HandOffShown {
    /// The referral.
    pub row: RegisterRow,
    /// Who gave it and holds it still.
    pub from: HolderShown,
    /// Who is to take it.
    pub to: HolderShown,
    /// What is next.
    pub next_step: Option<String>,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// What they should know.
    pub note: Option<String>,
    /// When it was given.
    pub given_on: NaiveDate,
    /// Nobody accepted it within a working day: it stays with whoever gave it, who has to give it anew.
    pub lapsed: bool,
    /// Whoever is at the desk can accept or decline it.
    pub for_me: bool,
    /// Whoever is at the desk gave it.
    pub from_me: bool,
}

/// How many working days somebody has to accept.
const ANSWER_WITHIN: u32 = 1;

/// Whether nobody answered in time: more than a working day has passed.
pub(in crate::referrals) fn has_lapsed(given_on: NaiveDate, today: NaiveDate, days: &WorkingDays) -> bool {
    days.count(given_on, today) > ANSWER_WITHIN
}

/// An open referral and who holds it.
///
/// # Errors
/// [`ReferralError::Missing`] if it is not there or in the trash; [`ReferralError::Invalid`] if it is closed.
pub(in crate::referrals) fn open_way(tx: &Tx<'_>, id: ReferralId) -> Result<(WayRow, Held), ReferralError> {
    let way = ways::way(tx, id)?.filter(|way| !way.trashed).ok_or(ReferralError::Missing)?;
    name(tx, id)?;
    if !is_open(&way) {
        return invalid("referral", Problem::Path("This referral is closed. Reopen it first."));
    }
    let (holder, held_on) = holder_of(tx, &way)?.ok_or(ReferralError::Missing)?;
    let baton = way.baton.as_ref();
    let held = Held {
        holder,
        held_on,
        next_step: baton.and_then(|baton| baton.next_step.clone()),
        due_on: baton.and_then(|baton| baton.due_on),
    };
    Ok((way, held))
}

/// From now on the steps of a referral are kept.
pub(in crate::referrals) fn track(tx: &Tx<'_>, way: &WayRow, held: &Held) -> Result<(), StoreError> {
    if way.baton.is_none() {
        rows::begin(
            tx,
            way.id,
            &Held { holder: held.holder, held_on: tx.today, next_step: None, due_on: None },
        )?;
    }
    Ok(())
}

/// Hands a referral to somebody. One of us has to accept it: until then, and if they don't within a working day, it stays
/// where it is. Taking it oneself, or giving it to somebody who does not unlock the file, holds at once.
///
/// # Errors
/// [`ReferralError::Invalid`] if it is closed, they hold it already or are not there; [`ReferralError::Missing`]; those
/// of the file.
pub fn hand_over(practice: &Practice, id: ReferralId, to: &HandOver) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    let next_step = line("nextStep", to.next_step.as_deref(), limits::REASON)?;
    let note = text("note", to.note.as_deref(), limits::NOTE)?;
    practice.write(Label::hand("baton_hand_over", ""), |tx| {
        let (way, held) = open_way(tx, id)?;
        to.to.known(tx, "to")?;
        if to.to == held.holder {
            return invalid("to", Problem::Path("They hold it already. Choose somebody else."));
        }
        if let Some(due_on) = to.due_on {
            not_ancient("dueOn", due_on)?;
        }
        track(tx, &way, &held)?;
        if let Some(before) = rows::pending(tx, id)? {
            rows::answer(tx, before.id, HandOffState::Withdrawn)?;
        }
        let at_once = to.to.is_person() || to.to == Holder::Profile(tx.actor.id);
        let state = if at_once { HandOffState::Accepted } else { HandOffState::Pending };
        rows::give(
            tx,
            &NewHandOff {
                referral: id,
                from: held.holder,
                to: to.to,
                next_step: next_step.as_deref(),
                due_on: to.due_on,
                note: note.as_deref(),
                state,
            },
        )?;
        if at_once {
            rows::pass(tx, id, &Held { holder: to.to, held_on: tx.today, next_step, due_on: to.due_on })?;
        }
        Ok(())
    })
}

/// What somebody answers to a hand-over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum HandOffAnswer {
    /// I take it.
    Accept,
    /// I don't.
    Decline,
    /// I keep it: only whoever gave it.
    Withdraw,
}

/// Answers the hand-over a referral waits for.
///
/// # Errors
/// [`ReferralError::Invalid`] if somebody else is asked, or it has lapsed; [`ReferralError::Missing`] if nothing is
/// pending; those of the file.
pub fn answer_hand_over(
    practice: &Practice,
    id: ReferralId,
    answer: HandOffAnswer,
) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    let action = match answer {
        HandOffAnswer::Accept => "baton_accept",
        HandOffAnswer::Decline => "baton_decline",
        HandOffAnswer::Withdraw => "baton_withdraw",
    };
    practice.write(Label::hand(action, ""), |tx| {
        let (_, held) = open_way(tx, id)?;
        let pending = rows::pending(tx, id)?.ok_or(ReferralError::Missing)?;
        let away = Away::on(tx, tx.today)?;
        let acts_for = |holder| away.acts_for(tx.actor.id, holder);
        match answer {
            HandOffAnswer::Withdraw if !acts_for(held.holder) => {
                invalid("answer", Problem::Path("Only whoever holds it can keep it."))
            }
            HandOffAnswer::Accept | HandOffAnswer::Decline if !acts_for(pending.to) => {
                invalid("answer", Problem::Path("Somebody else was asked to take it."))
            }
            HandOffAnswer::Withdraw => Ok(rows::answer(tx, pending.id, HandOffState::Withdrawn)?),
            HandOffAnswer::Decline => Ok(rows::answer(tx, pending.id, HandOffState::Declined)?),
            HandOffAnswer::Accept => {
                if has_lapsed(pending.given_on, tx.today, &WorkingDays::new(&calendar_in(tx)?)) {
                    return invalid(
                        "answer",
                        Problem::Path(
                            "Nobody accepted it within a working day, so it stayed where it was. Ask for it anew.",
                        ),
                    );
                }
                rows::answer(tx, pending.id, HandOffState::Accepted)?;
                let held = Held {
                    holder: pending.to,
                    held_on: tx.today,
                    next_step: pending.next_step,
                    due_on: pending.due_on,
                };
                Ok(rows::pass(tx, id, &held)?)
            }
        }
    })
}

/// Says what is next and by when; nothing: by the path.
///
/// # Errors
/// [`ReferralError::Invalid`] if it is closed; [`ReferralError::Missing`]; those of the file.
pub fn set_next_step(
    practice: &Practice,
    id: ReferralId,
    next_step: Option<&str>,
    due_on: Option<NaiveDate>,
) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    let next_step = line("nextStep", next_step, limits::REASON)?;
    practice.write(Label::hand("baton_next", ""), |tx| {
        let (way, held) = open_way(tx, id)?;
        if let Some(due_on) = due_on {
            not_ancient("dueOn", due_on)?;
        }
        track(tx, &way, &held)?;
        Ok(rows::set_next(tx, id, next_step.as_deref(), due_on)?)
    })
}

/// Hand-overs that concern whoever is at the desk: those they are to answer, those they gave, and of both those that
/// nobody answered in time. The oldest first.
///
/// # Errors
/// Those of the file.
pub fn hand_overs(practice: &Practice) -> Result<Vec<HandOffShown>, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let today = practice.today();
    practice.read(|conn| {
        let (away, days) = (Away::on(conn, today)?, WorkingDays::new(&calendar_in(conn)?));
        let mut shown = Vec::new();
        for pending in rows::all_pending(conn)? {
            shown.extend(concerning(practice, conn, &away, &days, pending)?);
        }
        Ok(shown)
    })
}

fn concerning(
    practice: &Practice,
    conn: &Connection,
    away: &Away,
    days: &WorkingDays,
    pending: HandOff,
) -> Result<Option<HandOffShown>, ReferralError> {
    let (me, hidden) = (practice.actor().id, practice.hidden());
    let Some(way) = ways::way(conn, pending.referral)?.filter(is_open) else { return Ok(None) };
    if is_restricted(conn, pending.referral)? {
        return Ok(None);
    }
    let Some((holder, _)) = holder_of(conn, &way)? else { return Ok(None) };
    let (for_me, from_me) = (away.acts_for(me, pending.to), away.acts_for(me, holder));
    if !for_me && !from_me {
        return Ok(None);
    }
    let Some(row) = row::rows(conn, &[pending.referral], hidden)?.pop() else { return Ok(None) };
    let lapsed = has_lapsed(pending.given_on, practice.today(), days);
    let said = |text: Option<String>| text.filter(|_| !hidden.patients);
    Ok(Some(HandOffShown {
        row,
        from: away.shown(conn, holder, hidden)?,
        to: away.shown(conn, pending.to, hidden)?,
        next_step: said(pending.next_step),
        due_on: pending.due_on,
        note: said(pending.note),
        given_on: pending.given_on,
        lapsed,
        for_me: for_me && !lapsed,
        from_me,
    }))
}
