//! Who waits for thanks.

use chrono::{Days, NaiveDate};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::{ThanksForm, ThanksStatus};
use crate::foundation::id::{PartnerId, PersonId, ThanksId};
use crate::foundation::working_days::WorkingDays;
use crate::gratitude::book::rules_in;
use crate::gratitude::error::GratitudeError;
use crate::gratitude::rows::thanks as rows;
use crate::network::{Party, is_patient};
use crate::practice::Practice;
use crate::store::StoreError;
use crate::vault::{Area, Need, calendar_in, patient_token};

/// What came longer ago is history, not work.
const REACH: Days = Days::new(60);

/// What is being written to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ThanksDraft {
    /// How.
    pub form: ThanksForm,
    /// The personal line.
    pub line: String,
    /// The whole text; empty: by the template.
    pub body: String,
    /// The code of the text it is written by, once one was chosen.
    pub template: Option<String>,
}

/// Somebody who waits for thanks. One row a person, however often they sent somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct QueueRow {
    /// Who.
    pub of: Party,
    /// The name.
    pub name: String,
    /// Where they work.
    pub at: String,
    /// What they like and what they can't have, in one line.
    pub known: String,
    /// By when.
    pub due_on: NaiveDate,
    /// That day has passed.
    pub late: bool,
    /// What is being written.
    pub draft: Option<ThanksDraft>,
}

/// Thanks that were sent, or were not due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ThanksRow {
    /// Which.
    pub id: ThanksId,
    /// How.
    pub form: ThanksForm,
    /// Sent or waived.
    pub status: ThanksStatus,
    /// When.
    pub on: NaiveDate,
    /// The personal line.
    pub line: String,
    /// Why none was due.
    pub reason: Option<String>,
    /// By whom.
    pub by: String,
}

/// Everybody who waits, the most urgent first.
///
/// # Errors
/// [`StoreError::NotAllowed`]; those of the file.
pub fn queue(practice: &Practice) -> Result<Vec<QueueRow>, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    let (today, hidden) = (practice.today(), practice.hidden());
    practice.read(|conn| {
        let mut all = Vec::new();
        for waiting in waiting(conn, today)? {
            let (of, due_on) = (waiting.of, waiting.due_on);
            let id = match of {
                Party::Partner(id) => id.0,
                Party::Person(id) => id.0,
            };
            let patient = hidden.patients && is_patient(conn, id)?;
            let (name, at, known) = if patient {
                (patient_token(id), String::new(), String::new())
            } else {
                (waiting.name, waiting.at, waiting.known)
            };
            let at = if hidden.patients && is_patient(conn, waiting.partner)? { String::new() } else { at };
            let draft = rows::draft(conn, of)?.filter(|_| !patient);
            all.push(QueueRow { of, name, at, known, due_on, late: due_on < today, draft });
        }
        all.sort_by(|one, other| (one.due_on, &one.name).cmp(&(other.due_on, &other.name)));
        Ok(all)
    })
}

/// How many wait whose day is today or has passed, and the first of them by name: for the morning.
///
/// # Errors
/// As [`queue`].
pub fn thanks_due(practice: &Practice) -> Result<Vec<QueueRow>, GratitudeError> {
    let today = practice.today();
    Ok(queue(practice)?.into_iter().filter(|row| row.due_on <= today).collect())
}

struct Waits {
    of: Party,
    partner: PartnerId,
    name: String,
    at: String,
    known: String,
    due_on: NaiveDate,
}

fn waiting(conn: &Connection, today: NaiveDate) -> Result<Vec<Waits>, StoreError> {
    let calendar = WorkingDays::new(&calendar_in(conn)?);
    let days = rules_in(conn)?.thanks_days;
    let from = today.checked_sub_days(REACH).unwrap_or(NaiveDate::MIN);
    let arrived = rows::waiting(conn, from, today)?;
    Ok(arrived
        .into_iter()
        .map(|one| Waits {
            of: one.of,
            partner: one.partner,
            name: one.name,
            at: one.at,
            known: one.known,
            due_on: calendar.after(one.first_on, days),
        })
        .collect())
}

/// What somebody was thanked with, the newest first.
///
/// # Errors
/// As [`queue`].
pub fn thanks_of(practice: &Practice, of: Party) -> Result<Vec<ThanksRow>, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    let id = match of {
        Party::Partner(id) => id.0,
        Party::Person(id) => id.0,
    };
    practice.must_see(id)?;
    practice.read(|conn| {
        if practice.hidden().patients && is_patient(conn, id)? {
            practice.may(Need::Patients)?;
        }
        Ok(rows::done(conn, of)?)
    })
}

/// When whoever sent a patient on that day was thanked, if they were: the loop's last part.
///
/// # Errors
/// Those of the file.
pub fn thanked_on(
    conn: &Connection,
    partner: PartnerId,
    person: Option<PersonId>,
    came_on: NaiveDate,
) -> Result<Option<NaiveDate>, StoreError> {
    let of = person.map_or(Party::Partner(partner), Party::Person);
    rows::thanked_on(conn, of, came_on)
}
