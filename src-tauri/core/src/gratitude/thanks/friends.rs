//! Patients who told a friend: who was recognised in a year, and who waits. Recognition alone; what has a value stands in the ledger.

use chrono::{Datelike, NaiveDate};

use super::ThanksForm;
use super::queue::queue;
use crate::gratitude::error::GratitudeError;
use crate::gratitude::rows::thanks as rows;
use crate::network::{Party, is_patient};
use crate::practice::Practice;
use crate::vault::{Area, Need, patient_token};

/// A patient who told a friend, by a token: reports name no patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Friend {
    /// Stands for the patient.
    pub token: String,
    /// When they were recognised; by when they are to be, if they wait.
    pub on: NaiveDate,
    /// How; nothing while they wait.
    pub how: Option<ThanksForm>,
}

/// Who was recognised in a calendar year, by day, and who waits now.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn friends(practice: &Practice, year: i32) -> Result<(Vec<Friend>, Vec<Friend>), GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    let recognised = practice.read(|conn| rows::recognised_patients(conn, year))?;
    let recognised = recognised
        .into_iter()
        .map(|(id, on, how)| Friend { token: patient_token(id), on, how: Some(how) })
        .collect();
    if practice.today().year() != year {
        return Ok((recognised, Vec::new()));
    }
    let queue = queue(practice)?;
    let waiting = practice.read(|conn| {
        let mut waiting = Vec::new();
        for row in queue {
            let id = match row.of {
                Party::Partner(id) => id.0,
                Party::Person(id) => id.0,
            };
            if is_patient(conn, id)? {
                waiting.push(Friend { token: patient_token(id), on: row.due_on, how: None });
            }
        }
        Ok::<_, GratitudeError>(waiting)
    })?;
    Ok((recognised, waiting))
}
