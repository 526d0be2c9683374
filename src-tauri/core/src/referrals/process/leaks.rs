//! What leaks now, why, and what is done about it.

use chrono::{Days, NaiveDate};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::holder::{Away, HolderShown};
use super::model::{event, stage};
use super::place::{holder_of, ready};
use crate::foundation::id::ReferralId;
use crate::practice::Practice;
use crate::referrals::checks::{line, not_ancient};
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::rows::leaks::{self as rows, LeakRow, LeakingRow};
use crate::referrals::rows::{process, row};
use crate::referrals::trash::name;
use crate::referrals::types::{Direction, RegisterRow, codes};
use crate::store::{Label, StoreError, Tx, Written};
use crate::vault::{Area, Need};

codes! {
    /// How a referral leaks.
    LeakKind {
        /// A step is later than its limit and grace allow.
        OverdueStep = "overdue_step",
        /// The patient did not come, and no other visit was agreed.
        NoShow = "no_show",
        /// The report is missing.
        NoReport = "no_report",
        /// The patient can't be reached.
        LostContact = "lost_contact",
        /// It was closed as lost: the patient went elsewhere or stayed away.
        WentElsewhere = "went_elsewhere",
    }
}

codes! {
    /// What became of a recover action.
    LeakResult {
        /// It goes on.
        Recovered = "recovered",
        /// It does not.
        GivenUp = "given_up",
    }
}

impl LeakKind {
    /// What a step that is late is.
    pub fn of_step(step: &str) -> Self {
        match step {
            event::REBOOKED => Self::NoShow,
            stage::REPORT_SENT | stage::REPORT_RECEIVED => Self::NoReport,
            _ => Self::OverdueStep,
        }
    }
}

/// A reason of the practice's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LeakReason {
    /// What records refer to; stays when the text is changed.
    pub code: String,
    /// As people read it.
    pub text: String,
}

/// The reasons before a practice changes them.
const REASONS: [(&str, &str); 11] = [
    ("wait", "The wait was too long"),
    ("not_reached", "We could not reach the patient"),
    ("insurance", "The insurance does not pay here"),
    ("cost", "It costs too much"),
    ("distance", "It is too far"),
    ("elsewhere", "The patient chose another practice"),
    ("second_opinion", "The patient wants a second opinion"),
    ("better", "The patient feels better"),
    ("fear", "The patient is afraid of the treatment"),
    ("not_suited", "We are not the right place"),
    ("ours", "We were too slow or forgot"),
];

const REASONS_KEY: &str = "leak.reasons";

/// The practice's list of reasons.
///
/// # Errors
/// Those of the file.
pub fn leak_reasons(practice: &Practice) -> Result<Vec<LeakReason>, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    Ok(practice.read(reasons_in)?)
}

/// The same within a read somebody holds.
pub(crate) fn reasons_in(conn: &Connection) -> Result<Vec<LeakReason>, StoreError> {
    let set = rows::setting(conn, REASONS_KEY)?.and_then(|text| serde_json::from_str(&text).ok());
    let usual = || REASONS.map(|(code, text)| LeakReason { code: code.into(), text: text.into() }).to_vec();
    Ok(set.unwrap_or_else(usual))
}

/// Changes the list; none: back to the default. Reasons on record keep their code.
///
/// # Errors
/// [`ReferralError::Invalid`] for an empty list, an empty text or a code twice; those of the file.
pub fn set_leak_reasons(
    practice: &Practice,
    reasons: Option<&[LeakReason]>,
) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Vault))?;
    let text = match reasons {
        None => None,
        Some(reasons) => {
            let codes: Vec<&str> = reasons.iter().map(|reason| reason.code.as_str()).collect();
            let twice = (1..codes.len()).any(|at| codes[at..].contains(&codes[at - 1]));
            let fits = |reason: &LeakReason| {
                (1..=40).contains(&reason.code.len())
                    && (1..=120).contains(&reason.text.trim().chars().count())
            };
            if twice || !(1..=40).contains(&reasons.len()) || !reasons.iter().all(fits) {
                return invalid(
                    "reasons",
                    Problem::Path("Give 1 to 40 different reasons of at most 120 characters."),
                );
            }
            Some(serde_json::to_string(reasons).map_err(|e| StoreError::Database(e.to_string()))?)
        }
    };
    practice.write(Label::hand("leak_reasons_set", ""), |tx| Ok(rows::set(tx, REASONS_KEY, text.as_deref())?))
}

const TARGET_KEY: &str = "leak.target";

/// The practice's own target for `leak_rate` in percent, if it set one.
///
/// # Errors
/// Those of the file.
pub fn leak_target(practice: &Practice) -> Result<Option<u8>, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    practice.read(|conn| Ok(rows::setting(conn, TARGET_KEY)?.and_then(|text| text.parse().ok())))
}

/// Sets the practice's own target for `leak_rate` in percent; none: it has none.
///
/// # Errors
/// [`ReferralError::Invalid`] above 100; those of the file.
pub fn set_leak_target(practice: &Practice, percent: Option<u8>) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Vault))?;
    if percent.is_some_and(|percent| percent > 100) {
        return invalid("target", Problem::Path("Give a target from 0 to 100 percent."));
    }
    practice.write(Label::hand("leak_target_set", ""), |tx| {
        Ok(rows::set(tx, TARGET_KEY, percent.map(|percent| percent.to_string()).as_deref())?)
    })
}

/// A leak, and what is done about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LeakShown {
    /// What the register shows of it.
    pub row: RegisterRow,
    /// How it leaks.
    pub kind: LeakKind,
    /// The step it waits for, where it is one.
    pub step: String,
    /// Since when.
    pub since: NaiveDate,
    /// Who holds it, or held it last.
    pub holder: Option<HolderShown>,
    /// Why, of the practice's list.
    pub reason: Option<String>,
    /// Why, in their words.
    pub reason_text: Option<String>,
    /// What is tried.
    pub action: Option<String>,
    /// By when.
    pub action_due_on: Option<NaiveDate>,
    /// What became of it.
    pub result: Option<LeakResult>,
    /// When.
    pub result_on: Option<NaiveDate>,
}

/// What leaks now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Leaks {
    /// Steps that are late, patients who can't be reached, and those who were lost in the last 90 days. The longest first.
    pub rows: Vec<LeakShown>,
    /// How many open referrals have a late step; the rows show the first 200.
    pub late: u32,
}

/// How many of each are shown.
const SHOWN: usize = 200;
/// For how long one who is gone is shown.
const GONE_FOR: Days = Days::new(90);

/// What leaks now. One that was given up is not shown.
///
/// # Errors
/// Those of the file.
pub fn leaks(practice: &Practice) -> Result<Leaks, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    ready(practice)?;
    let today = practice.today();
    practice.read(|conn| {
        let away = Away::on(conn, today)?;
        let mut shown = Vec::new();
        let of = |kind: Option<LeakKind>, found: Vec<LeakingRow>| {
            found.into_iter().map(move |row| (kind.unwrap_or_else(|| LeakKind::of_step(&row.step)), row))
        };
        let overdue = rows::now(conn, rows::OVERDUE, today, SHOWN)?;
        let unreached = rows::now(conn, rows::UNREACHED, today, SHOWN)?;
        let gone = rows::now(conn, rows::GONE, today - GONE_FOR, SHOWN)?;
        let all = of(None, overdue)
            .chain(of(Some(LeakKind::LostContact), unreached))
            .chain(of(Some(LeakKind::WentElsewhere), gone));
        for (kind, leaking) in all {
            shown.extend(one(practice, conn, &away, kind, leaking)?);
        }
        shown.sort_by_key(|leak: &LeakShown| (leak.since, leak.row.id));
        Ok(Leaks { rows: shown, late: rows::count_overdue(conn, today)? })
    })
}

/// The reports of others that are missing, all of them, the longest first. One that was given up is not told.
///
/// # Errors
/// Those of the file.
pub(crate) fn missing_reports(practice: &Practice) -> Result<Vec<LeakShown>, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    ready(practice)?;
    let today = practice.today();
    practice.read(|conn| {
        let away = Away::on(conn, today)?;
        let mut shown = Vec::new();
        for leaking in rows::now(conn, rows::OVERDUE, today, usize::MAX)? {
            if leaking.step == stage::REPORT_RECEIVED {
                shown.extend(one(practice, conn, &away, LeakKind::NoReport, leaking)?);
            }
        }
        shown.retain(|leak| leak.row.direction == Direction::Outbound);
        Ok(shown)
    })
}

/// Puts down what is tried about a missing report and by when, within a write somebody holds. Why it is missing stays.
pub(crate) fn try_in(
    tx: &Tx<'_>,
    id: ReferralId,
    step: &str,
    what: &str,
    by: NaiveDate,
) -> Result<(), StoreError> {
    let before = rows::about(tx, id, LeakKind::NoReport, step)?.unwrap_or_default();
    let row = LeakRow {
        action: Some(what.to_owned()),
        action_due_on: Some(by),
        result: None,
        result_on: None,
        ..before
    };
    rows::put(tx, id, LeakKind::NoReport, step, &row)
}

fn one(
    practice: &Practice,
    conn: &Connection,
    away: &Away,
    kind: LeakKind,
    leaking: LeakingRow,
) -> Result<Option<LeakShown>, ReferralError> {
    let hidden = practice.hidden();
    let about = rows::about(conn, leaking.referral, kind, &leaking.step)?.unwrap_or_default();
    if about.result == Some(LeakResult::GivenUp) {
        return Ok(None);
    }
    let Some(row) = row::rows(conn, &[leaking.referral], hidden)?.pop() else { return Ok(None) };
    let held = match process::way(conn, leaking.referral)? {
        Some(way) => holder_of(conn, &way)?,
        None => None,
    };
    let said = |text: Option<String>| text.filter(|_| !hidden.patients);
    Ok(Some(LeakShown {
        row,
        kind,
        step: leaking.step,
        since: leaking.since,
        holder: held.map(|(holder, _)| away.shown(conn, holder, hidden)).transpose()?,
        reason: about.reason,
        reason_text: said(about.reason_text),
        action: said(about.action),
        action_due_on: about.action_due_on,
        result: about.result,
        result_on: about.result_on,
    }))
}

/// What is done about a leak.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LeakAction {
    /// How it leaks.
    pub kind: LeakKind,
    /// The step it waits for; empty where it is none.
    pub step: String,
    /// Why, of the practice's list.
    pub reason: Option<String>,
    /// Why, in their words.
    pub reason_text: Option<String>,
    /// What is tried.
    pub action: Option<String>,
    /// By when.
    pub action_due_on: Option<NaiveDate>,
    /// What became of it.
    pub result: Option<LeakResult>,
}

/// Puts down why a referral leaks, what is tried and what became of it. Words that are hidden from whoever is at the desk
/// stay unless they write others.
///
/// # Errors
/// [`ReferralError::Invalid`] for a reason that is not on the list or an action without a day; [`ReferralError::Missing`];
/// those of the file.
pub fn settle_leak(
    practice: &Practice,
    id: ReferralId,
    action: &LeakAction,
) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    let reason_text = line("reasonText", action.reason_text.as_deref(), 500)?;
    let what = line("action", action.action.as_deref(), 200)?;
    if what.is_some() && action.action_due_on.is_none() {
        return invalid("actionDueOn", Problem::Path("Say by when it is tried."));
    }
    practice.write(Label::hand("leak_set", ""), |tx| {
        let way = process::way(tx, id)?.filter(|way| !way.trashed).ok_or(ReferralError::Missing)?;
        name(tx, way.id)?;
        if let Some(reason) = &action.reason
            && !reasons_in(tx)?.iter().any(|known| known.code == *reason)
        {
            return invalid("reason", Problem::Path("Choose a reason of the list."));
        }
        if let Some(due_on) = action.action_due_on {
            not_ancient("actionDueOn", due_on)?;
        }
        let before = rows::about(tx, id, action.kind, &action.step)?.unwrap_or_default();
        let unseen = |text: Option<String>| text.filter(|_| practice.hidden().patients);
        let result_on = match action.result {
            Some(result) if before.result == Some(result) => before.result_on,
            Some(_) => Some(tx.today),
            None => None,
        };
        let row = LeakRow {
            reason: action.reason.clone(),
            reason_text: reason_text.or_else(|| unseen(before.reason_text)),
            action: what.or_else(|| unseen(before.action)),
            action_due_on: action.action_due_on,
            result: action.result,
            result_on,
        };
        Ok(rows::put(tx, id, action.kind, &action.step, &row)?)
    })
}
