//! Patients who tell a friend. Recognition alone, unless a reviewed programme says otherwise (CK13, CK14).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::error::{GratitudeError, invalid, text};
use super::kinds::kept_as;
use super::rows::programme as rows;
use crate::foundation::id::RecordId;
use crate::practice::Practice;
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

/// Where a programme stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ProgrammeStatus {
    /// Being written.
    #[default]
    Draft,
    /// Reviewed and running.
    Approved,
    /// Stopped for a while.
    Paused,
    /// Over.
    Ended,
}

kept_as!(ProgrammeStatus {
    Draft = "draft",
    Approved = "approved",
    Paused = "paused",
    Ended = "ended",
});

/// A programme of the practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Programme {
    /// Which; none: a new one.
    pub id: Option<RecordId>,
    /// What it is called.
    pub name: String,
    /// Who is recognised for what, in words.
    pub rule: String,
    /// The value of what one patient is given, in cents; nothing: recognition alone.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub value_cents: i64,
    /// The most one patient is given in a year.
    #[cfg_attr(feature = "specta", specta(type = Option<i32>))]
    pub cap_cents: Option<i64>,
    /// Its first day.
    pub from_on: Option<NaiveDate>,
    /// Its last day.
    pub to_on: Option<NaiveDate>,
    /// The state whose law was looked at.
    pub law_state: String,
    /// Who looked at it.
    pub reviewer: String,
    /// When.
    pub reviewed_on: Option<NaiveDate>,
    /// What they found.
    pub note: String,
    /// Where it stands.
    pub status: ProgrammeStatus,
}

/// Every programme, by name.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn programmes(practice: &Practice) -> Result<Vec<Programme>, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    practice.read(|conn| Ok(rows::all(conn)?))
}

/// Keeps a programme. One that runs and is changed is a draft again: what runs is what was reviewed.
///
/// # Errors
/// [`GratitudeError::Invalid`] with the field; those of the file.
pub fn save_programme(
    practice: &Practice,
    programme: &Programme,
) -> Result<Written<RecordId>, GratitudeError> {
    practice.may(Need::Write(Area::Gratitude))?;
    let kept = checked(practice, programme)?;
    practice.write(Label::hand("programme_save", kept.name.as_str()), |tx| {
        Ok(rows::put(tx, &Programme { status: ProgrammeStatus::Draft, ..kept })?)
    })
}

fn checked(practice: &Practice, programme: &Programme) -> Result<Programme, GratitudeError> {
    let Some(name) = text("name", Some(&programme.name), 100)? else {
        return invalid("name", "Give it a name.");
    };
    let Some(rule) = text("rule", Some(&programme.rule), 1_000)? else {
        return invalid("rule", "Say who is recognised, and for what.");
    };
    for (field, cents) in [("valueCents", Some(programme.value_cents)), ("capCents", programme.cap_cents)] {
        if cents.is_some_and(|cents| !(0..=10_000_000).contains(&cents)) {
            return invalid(field, "Give an amount between 0 and 100,000 dollars.");
        }
    }
    if let (Some(from), Some(to)) = (programme.from_on, programme.to_on)
        && to < from
    {
        return invalid("toOn", "It ends before it begins. Choose a later day.");
    }
    if programme.reviewed_on.is_some_and(|on| on > practice.today()) {
        return invalid("reviewedOn", "This day is in the future. Give a day up to today.");
    }
    Ok(Programme {
        name,
        rule,
        law_state: text("lawState", Some(&programme.law_state), 60)?.unwrap_or_default(),
        reviewer: text("reviewer", Some(&programme.reviewer), 100)?.unwrap_or_default(),
        note: text("note", Some(&programme.note), 1_000)?.unwrap_or_default(),
        ..programme.clone()
    })
}

/// Starts, pauses or ends a programme. It can't start without the state, who reviewed it, when, and a note.
///
/// # Errors
/// [`GratitudeError::Invalid`] with what is missing; [`GratitudeError::Missing`]; those of the file.
pub fn set_programme_status(
    practice: &Practice,
    id: RecordId,
    status: ProgrammeStatus,
) -> Result<Written<()>, GratitudeError> {
    practice.may(Need::Approve(Area::Gratitude))?;
    practice.write(Label::hand("programme_status", ""), |tx| {
        let found = rows::all(tx)?.into_iter().find(|one| one.id == Some(id));
        let programme = found.ok_or(GratitudeError::Missing)?;
        tx.subject(programme.name.as_str());
        if status == ProgrammeStatus::Approved {
            may_start(&programme)?;
        }
        Ok(rows::set_status(tx, id, status)?)
    })
}

fn may_start(programme: &Programme) -> Result<(), GratitudeError> {
    if programme.law_state.is_empty() {
        return invalid(
            "lawState",
            "Say the law of which state was looked at; it may forbid this even for private pay.",
        );
    }
    if programme.reviewer.is_empty() {
        return invalid("reviewer", "Say who reviewed it.");
    }
    if programme.reviewed_on.is_none() {
        return invalid("reviewedOn", "Say when it was reviewed.");
    }
    if programme.note.is_empty() {
        return invalid("note", "Say what the review found.");
    }
    Ok(())
}
