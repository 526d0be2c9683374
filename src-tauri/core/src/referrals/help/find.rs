//! Which partners suit a patient, in the order of what the patient asked for.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::issues::IssueCategory;
use super::matching::{Fit, Out, Score, Trade, WishCheck, WishMet, checks, left_out, match_score};
use super::strengths::Strengths;
use super::wishes::{WishKind, Wishes};
use crate::foundation::id::PartnerId;
use crate::foundation::text::words;
use crate::network::PartnerType;
use crate::practice::Practice;
use crate::referrals::checks::{limits, line};
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::rows::help as rows;
use crate::store::StoreError;
use crate::vault::{Area, Need};

/// What a patient needs help with, and what they prefer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HelpQuestion {
    /// A problem, a specialty, a procedure.
    pub problem: String,
    /// What they prefer.
    pub wishes: Wishes,
}

/// What patients said of a partner when asked whether it helped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HelpSeen {
    /// The mean, 0 to 10, one decimal; none below three answers.
    pub mean: Option<f64>,
    /// How many answers.
    pub n: u32,
}

/// Something to know before a patient is sent there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum HelpWarning {
    /// A concern is open.
    OpenIssue {
        /// What it is about.
        category: IssueCategory,
        /// 1 to 3.
        severity: u8,
        /// In words.
        what: String,
        /// Since.
        opened_on: NaiveDate,
    },
    /// Patients said that it helped little: below 6 of 10 in the mean of three or more.
    LowHelp {
        /// The mean, one decimal.
        mean: f64,
        /// How many answers.
        n: u32,
    },
}

impl HelpWarning {
    /// Sending a patient there all the same takes a reason: an open concern of the worst kind, or little help.
    pub(super) fn asks_for_a_reason(&self) -> bool {
        match self {
            Self::OpenIssue { severity, .. } => *severity >= 3,
            Self::LowHelp { .. } => true,
        }
    }
}

/// A partner who suits, explained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PartnerMatch {
    /// The partner.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: PartnerType,
    /// Specialties, its own and those of the people there.
    pub specialties: Vec<String>,
    /// The main telephone.
    pub phone: Option<String>,
    /// The main address, in one line.
    pub address: Option<String>,
    /// The measure `match_score`.
    pub score: Score,
    /// Preference by preference.
    pub checks: Vec<WishCheck>,
    /// Why it may help with the problem: recorded problems, else specialties or what it is.
    pub why: Vec<String>,
    /// The problem is among those recorded for it.
    pub recorded: bool,
    /// All that is recorded.
    pub strengths: Strengths,
    /// What to know before.
    pub warnings: Vec<HelpWarning>,
    /// It takes a reason to put it on the list.
    pub needs_reason: bool,
    /// What patients said of it.
    pub help: HelpSeen,
}

/// Why a partner is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", content = "text", rename_all = "snake_case")]
pub enum WhyOut {
    /// Nobody is sent there, and why.
    DoNotUse(String),
    /// It is not suited for this.
    NotSuitedFor(String),
    /// It refuses this insurance.
    InsuranceRefused(String),
    /// The relationship ended.
    Ended(NaiveDate),
}

/// A partner that would help with the problem and is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LeftOut {
    /// The partner.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// Why.
    pub why: WhyOut,
}

/// How many partners would meet everything else if one kind of preference were let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Relaxed {
    /// Which.
    pub kind: WishKind,
    /// How many.
    pub partners: u32,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// Those who suit, the best first; at most 30.
    pub matches: Vec<PartnerMatch>,
    /// How many suit in all.
    pub suiting: u32,
    /// Those who are left out, and why; at most 30.
    pub left_out: Vec<LeftOut>,
    /// Where nobody meets everything: what could be let go, the most promising first.
    pub relaxed: Vec<Relaxed>,
    /// Problems that are recorded for partners, for whoever finds nobody; at most 50.
    pub problems: Vec<String>,
}

const SHOWN: usize = 30;
const PROBLEMS: usize = 50;
/// A mean below this warns, from so many answers on.
const LITTLE_HELP: f64 = 6.0;
const FEWEST: u32 = 3;

/// Partners who suit a patient, the best match first; those of one score by whether the problem is recorded for them, then by
/// name. Who refers to us and what anybody brings in plays no part.
///
/// # Errors
/// [`ReferralError::Invalid`] where no problem is said; those of the file.
pub fn find_help(practice: &Practice, question: &HelpQuestion) -> Result<Found, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let question = question.checked()?;
    practice.read(|conn| {
        let mut found = look(conn, &question)?;
        for one in &mut found.matches {
            (one.phone, one.address) = rows::reached_by(conn, one.partner)?;
        }
        Ok(found)
    })
}

impl HelpQuestion {
    pub(super) fn checked(&self) -> Result<Self, ReferralError> {
        let problem = line("problem", Some(&self.problem), limits::REASON)?.unwrap_or_default();
        if words(&problem).is_empty() {
            return invalid("problem", Problem::Path("Say what the patient needs help with."));
        }
        Ok(Self { problem, wishes: self.wishes.checked()? })
    }
}

/// A partner that may help with the problem, before anything is decided.
struct Able {
    row: rows::Candidate,
    strengths: Strengths,
    fit: Fit,
}

/// The same within a read or write somebody holds; without telephones and addresses.
pub(super) fn look(conn: &Connection, question: &HelpQuestion) -> Result<Found, StoreError> {
    let mut strengths = rows::all_strengths(conn)?;
    let mut problems: Vec<String> = strengths.values().flat_map(|s| s.helps_with.iter().cloned()).collect();
    problems.sort_unstable();
    problems.dedup();
    problems.truncate(PROBLEMS);
    let mut able = Vec::new();
    for row in rows::candidates(conn)? {
        let strengths = strengths.remove(&row.partner).unwrap_or_default();
        let trade = Trade { specialties: &row.specialties, kind: row.kind.label() };
        let fit = Fit::of(&question.problem, &strengths, &trade);
        if fit.is_one() {
            able.push(Able { row, strengths, fit });
        }
    }
    let (issues, helped) = (rows::open_issues(conn)?, rows::help_seen(conn)?);
    let relaxed = relaxed(question, &able);
    let (mut matches, mut out) = (Vec::new(), Vec::new());
    for Able { row, strengths, fit } in able {
        if let Some(why) = why_out(question, &row, &strengths) {
            out.push(LeftOut { partner: row.partner, name: row.name, why });
            continue;
        }
        let checks = checks(&question.wishes, &strengths);
        let help = seen(helped.get(&row.partner).copied());
        let warnings = warnings(&row, &issues, help);
        matches.push(PartnerMatch {
            partner: row.partner,
            name: row.name,
            kind: row.kind,
            specialties: row.specialties,
            phone: None,
            address: None,
            score: match_score(&checks),
            checks,
            recorded: !fit.recorded.is_empty(),
            why: if fit.recorded.is_empty() { fit.by_trade } else { fit.recorded },
            strengths,
            needs_reason: warnings.iter().any(HelpWarning::asks_for_a_reason),
            warnings,
            help,
        });
    }
    matches.sort_by(|a, b| {
        let share =
            |one: &PartnerMatch| u64::from(one.score.met) * 1_000_000 / u64::from(one.score.stated.max(1));
        share(b).cmp(&share(a)).then(b.recorded.cmp(&a.recorded)).then_with(|| a.name.cmp(&b.name))
    });
    let suiting = u32::try_from(matches.len()).unwrap_or(u32::MAX);
    let all_met = matches.iter().any(|one| one.score.met == one.score.stated);
    matches.truncate(SHOWN);
    out.truncate(SHOWN);
    Ok(Found {
        matches,
        suiting,
        left_out: out,
        relaxed: if all_met { Vec::new() } else { relaxed },
        problems,
    })
}

fn why_out(question: &HelpQuestion, row: &rows::Candidate, strengths: &Strengths) -> Option<WhyOut> {
    if let Some(ended_on) = row.ended_on {
        return Some(WhyOut::Ended(ended_on));
    }
    Some(match left_out(&question.problem, &question.wishes, strengths)? {
        Out::DoNotUse(reason) => WhyOut::DoNotUse(reason),
        Out::NotSuitedFor(text) => WhyOut::NotSuitedFor(text),
        Out::Insurance(text) => WhyOut::InsuranceRefused(text),
    })
}

fn relaxed(question: &HelpQuestion, able: &[Able]) -> Vec<Relaxed> {
    let mut all: Vec<Relaxed> = question
        .wishes
        .stated()
        .into_iter()
        .map(|kind| {
            let rest = HelpQuestion { wishes: question.wishes.without(kind), ..question.clone() };
            let meets = |one: &&Able| {
                why_out(&rest, &one.row, &one.strengths).is_none()
                    && checks(&rest.wishes, &one.strengths).iter().all(|check| check.met == WishMet::Yes)
            };
            let partners = u32::try_from(able.iter().filter(meets).count()).unwrap_or(u32::MAX);
            Relaxed { kind, partners }
        })
        .filter(|relaxed| relaxed.partners > 0)
        .collect();
    all.sort_by_key(|relaxed| (std::cmp::Reverse(relaxed.partners), relaxed.kind));
    all
}

/// What patients said, from the sum and number of their answers.
fn seen(answers: Option<(u32, u32)>) -> HelpSeen {
    let Some((sum, n)) = answers.filter(|(_, n)| *n > 0) else { return HelpSeen::default() };
    let tenths = (f64::from(sum) * 10.0 / f64::from(n) + 1e-9).round();
    HelpSeen { mean: (n >= FEWEST).then_some(tenths / 10.0), n }
}

fn warnings(
    row: &rows::Candidate,
    issues: &HashMap<PartnerId, Vec<rows::OpenIssue>>,
    help: HelpSeen,
) -> Vec<HelpWarning> {
    let mut all: Vec<HelpWarning> = issues
        .get(&row.partner)
        .into_iter()
        .flatten()
        .map(|issue| HelpWarning::OpenIssue {
            category: issue.category,
            severity: issue.severity,
            what: issue.what.clone(),
            opened_on: issue.opened_on,
        })
        .collect();
    if let Some(mean) = help.mean.filter(|mean| *mean < LITTLE_HELP) {
        all.push(HelpWarning::LowHelp { mean, n: help.n });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_help_is_said_from_three_answers_on() {
        assert_eq!(seen(None), HelpSeen { mean: None, n: 0 });
        assert_eq!(seen(Some((2, 2))), HelpSeen { mean: None, n: 2 });
        // 5, 6 and 6: 17 of 3.
        assert_eq!(seen(Some((17, 3))), HelpSeen { mean: Some(5.7), n: 3 });
    }
}
