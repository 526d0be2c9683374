//! Polite reminders of reports that are owed to us: a letter once limit and grace have passed, another two weeks later, and then a
//! call. What was tried stands beside the leak. A patient is named only where the gate of care is open for the receiver; else the
//! letter tells the day of the referral and nothing more.

use std::path::Path;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::super::error::ExportError;
use super::super::packet::{about, day, gate};
use super::super::staged::Staged;
use super::order::{LetterFormat, LettersSaved};
use super::sheet::{LetterSheet, paper};
use super::write::{count, put, refused};
use crate::audit::{Basis, Recipient, record_letters, record_papers};
use crate::foundation::id::{PatientId, ReferralId};
use crate::foundation::working_days::WorkingDays;
use crate::gratitude::{self, Greeting};
use crate::network::Party;
use crate::outreach::{NewTask, add_in};
use crate::papers::{pdf_of_many, word_of_many};
use crate::practice::Practice;
use crate::referrals::care::Gate;
use crate::referrals::process::{LeakShown, missing_reports, try_in};
use crate::store::{Label, Written};
use crate::vault::{Area, Need, calendar_in, letterhead_in};

/// How long they have to answer a letter.
const PATIENCE: Days = Days::new(14);
const FIRST: &str = "First reminder letter sent";
const SECOND: &str = "Second reminder letter sent";
const CALL: &str = "Call and ask for their report";

/// What is to be done next about a missing report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ReportStep {
    /// Nothing now: something is being tried.
    Waits,
    /// A letter.
    First,
    /// Another letter.
    Second,
    /// A call.
    Call,
}

/// What comes next: a letter, another one 14 days later, a call 14 days after that. What somebody tries in their own way has until its
/// day.
pub fn report_step(tried: Option<&str>, by: Option<NaiveDate>, today: NaiveDate) -> ReportStep {
    match tried {
        None => ReportStep::First,
        Some(_) if by.is_none_or(|by| by > today) => ReportStep::Waits,
        Some(FIRST) => ReportStep::Second,
        Some(SECOND) => ReportStep::Call,
        Some(CALL) => ReportStep::Waits,
        Some(_) => ReportStep::First,
    }
}

/// Somebody who owes us reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ReportsOwed {
    /// Who.
    pub of: Party,
    /// Their name.
    pub name: String,
    /// How many reports are missing.
    pub missing: u32,
    /// Of how many something is due now.
    pub due: u32,
    /// Since when the oldest is late.
    pub since: NaiveDate,
    /// What is due now.
    pub next: ReportStep,
}

/// Who owes us reports of patients we sent them, later than limit and grace allow; those something is due for first.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`] for whoever does not change referrals or does not see patients; those of the file.
pub fn reports_owed(practice: &Practice) -> Result<Vec<ReportsOwed>, ExportError> {
    let mut all: Vec<ReportsOwed> =
        by_party(practice)?.into_iter().map(|(of, name, leaks)| owed(practice, of, name, &leaks)).collect();
    all.sort_by_key(|one| (one.next == ReportStep::Waits, one.since));
    Ok(all)
}

fn owed(practice: &Practice, of: Party, name: String, leaks: &[LeakShown]) -> ReportsOwed {
    let steps: Vec<ReportStep> = leaks.iter().map(|leak| step_of(leak, practice.today())).collect();
    ReportsOwed {
        of,
        name,
        missing: count(leaks.len()),
        due: count(steps.iter().filter(|step| **step != ReportStep::Waits).count()),
        since: leaks.iter().map(|leak| leak.since).min().unwrap_or_default(),
        next: steps.into_iter().max().unwrap_or(ReportStep::Waits),
    }
}

fn step_of(leak: &LeakShown, today: NaiveDate) -> ReportStep {
    report_step(leak.action.as_deref(), leak.action_due_on, today)
}

/// The missing reports by who owes them, the longest first.
fn by_party(practice: &Practice) -> Result<Vec<(Party, String, Vec<LeakShown>)>, ExportError> {
    practice.may(Need::Write(Area::Referrals))?;
    practice.may(Need::Patients)?;
    let leaks = missing_reports(practice).map_err(|_| crate::store::StoreError::Missing)?;
    let mut all: Vec<(Party, String, Vec<LeakShown>)> = Vec::new();
    for leak in leaks {
        let to = &leak.row.to;
        let Some(of) = to.partner.map(Party::Partner).or(to.person.map(Party::Person)) else { continue };
        match all.iter_mut().find(|(other, ..)| *other == of) {
            Some((.., theirs)) => theirs.push(leak),
            None => {
                let name = to.partner_name.clone().or_else(|| to.person_name.clone()).unwrap_or_default();
                all.push((of, name, vec![leak]));
            }
        }
    }
    Ok(all)
}

/// A letter that may go, the patients it names, and the referrals it asks about.
struct Ready {
    sheet: LetterSheet,
    to: Recipient,
    named: Vec<PatientId>,
    asked: Vec<(ReferralId, String, &'static str)>,
}

fn ready(practice: &Practice, of: Party, leaks: &[LeakShown]) -> Result<Option<Ready>, ExportError> {
    let today = practice.today();
    let (mut lines, mut named, mut asked, mut treated) = (Vec::new(), Vec::new(), Vec::new(), true);
    let mut again = false;
    for leak in leaks {
        let tried = match step_of(leak, today) {
            ReportStep::First => FIRST,
            ReportStep::Second => SECOND,
            ReportStep::Waits | ReportStep::Call => continue,
        };
        let about = about(practice, leak.row.id)?;
        let (gate, treats) = practice.read(|conn| {
            Ok::<_, ExportError>((gate(conn, &about, leak.row.id, today)?, about.treats(conn)?))
        })?;
        if gate == Gate::Restricted {
            continue;
        }
        again |= tried == SECOND;
        asked.push((leak.row.id, leak.step.clone(), tried));
        let on = day(leak.row.received_on);
        lines.push(if gate.is_open() {
            named.push(about.patient());
            treated &= treats;
            format!("{}, sent to you on {on}", leak.row.patient)
        } else {
            format!("a patient we sent you on {on}")
        });
    }
    if asked.is_empty() {
        return Ok(None);
    }
    let Greeting { address, salutation, signer } = gratitude::greeting(practice, of)?;
    let (head, size) = practice.read(letterhead_in)?;
    let opening = if again {
        "We wrote to you two weeks ago, and perhaps our letter went astray. We have not had your report yet about:"
    } else {
        "Thank you for seeing the patients we send you. We have not had your report yet about:"
    };
    let request = "A short note is enough, so that we can go on with the care. If your report is on its way, please take this as our thanks in advance; if something holds it up, call us and we will help.";
    let sheet = LetterSheet {
        practice: head.name.clone(),
        letterhead: head.lines,
        size,
        address,
        paragraphs: vec![
            day(today),
            format!("{salutation},"),
            opening.to_owned(),
            lines.join("\n"),
            request.to_owned(),
        ],
        farewell: "With kind regards,".to_owned(),
        signed: format!("{signer}\n{}", head.name),
    };
    let to = Recipient {
        name: sheet.address.first().cloned().unwrap_or_default(),
        address: sheet.address.iter().skip(1).cloned().collect::<Vec<_>>().join(", "),
        purpose: "Treatment: a report asked for".to_owned(),
        basis: if treated { Basis::Treatment } else { Basis::Authorisation },
    };
    Ok(Some(Ready { sheet, to, named, asked }))
}

/// Writes a reminder to each of them of whom a letter is due, into one file, and puts down beside each leak that it was sent. A letter
/// that names patients is on record as a disclosure of each.
///
/// # Errors
/// [`ExportError::Invalid`] if no letter is due to any of them; otherwise see [`ExportError`]. What stood at `target` is unchanged then.
pub fn save_report_reminders(
    practice: &Practice,
    of: &[Party],
    format: LetterFormat,
    target: &Path,
) -> Result<LettersSaved, ExportError> {
    let mut all = Vec::new();
    for (party, _, leaks) in by_party(practice)?.iter().filter(|(party, ..)| of.contains(party)) {
        all.extend(ready(practice, *party, leaks)?);
    }
    if all.is_empty() {
        return Err(ExportError::Invalid {
            field: "of",
            problem: "No letter is due to any of them today. Choose somebody else, or call.",
        });
    }
    let papers = all.iter().map(|one| paper(&one.sheet));
    let printed = match format {
        LetterFormat::Pdf => pdf_of_many("Reminders", papers, |_| std::ops::ControlFlow::Continue(())),
        LetterFormat::Word => word_of_many(papers, |_| std::ops::ControlFlow::Continue(())),
    };
    let printed = printed.map_err(refused)?.ok_or(ExportError::Cancelled)?;
    let mut staged = Staged::begin(practice, target)?;
    put(&mut staged, &printed.bytes)?;
    let file_name = staged.file_name();
    for one in &all {
        for patient in &one.named {
            record_papers(practice, "export_report_reminder", "Report reminder", &one.to, *patient)?;
        }
    }
    let letters = count(all.len());
    let told = (letters, "report reminder", "report reminders");
    let entry = record_letters(practice, "export_letters", &file_name, told)?;
    staged.finish()?;
    practice.write(Label::hand("report_remind", format!("{letters} partners")), |tx| {
        let by = tx.today + PATIENCE;
        for (id, step, tried) in all.iter().flat_map(|one| &one.asked) {
            try_in(tx, *id, step, tried, by)?;
        }
        Ok::<_, ExportError>(())
    })?;
    Ok(LettersSaved { file_name, letters, pages: printed.pages, unwritable: printed.missing, entry })
}

/// Puts down a task to call somebody who answered no letter, for the next working day.
///
/// # Errors
/// [`ExportError::Invalid`] if no call is due; those of the file.
pub fn call_for_reports(practice: &Practice, of: Party) -> Result<Written<()>, ExportError> {
    practice.may(Need::Write(Area::Outreach))?;
    let today = practice.today();
    let found = by_party(practice)?.into_iter().find(|(party, ..)| *party == of);
    let (name, leaks) = found.map(|(_, name, leaks)| (name, leaks)).unwrap_or_default();
    let due: Vec<&LeakShown> = leaks.iter().filter(|leak| step_of(leak, today) == ReportStep::Call).collect();
    if due.is_empty() {
        return Err(ExportError::Invalid { field: "of", problem: "No call is due to them today." });
    }
    practice.write(Label::hand("report_call", name), |tx| {
        let by = WorkingDays::new(&calendar_in(tx)?).after(tx.today, 1);
        let partner = match of {
            Party::Partner(partner) => Some(partner),
            Party::Person(_) => None,
        };
        let title =
            format!("Ask for {} missing {}", due.len(), if due.len() == 1 { "report" } else { "reports" });
        add_in(tx, &NewTask { partner, ..NewTask::titled(&title, by, tx.actor.id) })?;
        for leak in &due {
            try_in(tx, leak.row.id, &leak.step, CALL, by)?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day as on;

    #[test]
    fn a_letter_is_followed_by_another_and_then_by_a_call() {
        let by = Some(on("2026-11-20"));
        for (tried, today, step) in [
            (None, "2026-11-06", ReportStep::First),
            (Some(FIRST), "2026-11-19", ReportStep::Waits),
            (Some(FIRST), "2026-11-20", ReportStep::Second),
            (Some(SECOND), "2026-11-19", ReportStep::Waits),
            (Some(SECOND), "2026-11-21", ReportStep::Call),
            (Some(CALL), "2026-12-20", ReportStep::Waits),
            (Some("Ask at the lunch"), "2026-11-19", ReportStep::Waits),
            (Some("Ask at the lunch"), "2026-11-20", ReportStep::First),
        ] {
            let due = tried.and(by);
            assert_eq!(report_step(tried, due, on(today)), step, "{tried:?} on {today}");
        }
    }
}
