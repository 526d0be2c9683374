//! The register on paper: what a list holds, with patients by name only for somebody and for something.

use std::collections::BTreeSet;

use serde::Serialize;

use super::error::ExportError;
use super::order::PatientIdentity;
use super::register::gates_of;
use crate::audit::record_export;
use crate::practice::Practice;
use crate::referrals::{ReferralQuery, RegisterRow, listed};
use crate::store::Entry;
use crate::vault::{Area, Need};

/// How many rows go on paper at most; more belong in a workbook.
const PAPER_ROWS: usize = 5_000;

/// The rows of a list as they stand on paper.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PrintedRegister {
    /// In the order of the list; patients who are not named go by a token.
    pub rows: Vec<RegisterRow>,
    /// There are more than fit.
    pub more: bool,
    /// Patients whose consent does not reach that far.
    pub unnamed: u32,
    /// With names: the entry in history.
    pub entry: Option<Entry>,
}

/// What goes on paper of a list, cursor and limit aside. Patients' names only if `patients` says so: on record then as a
/// disclosure about each of them, as a file with names is.
///
/// # Errors
/// [`ExportError::Invalid`] if it is not said for whom and what for; those of rights and of the file.
pub fn printed_register(
    practice: &Practice,
    query: &ReferralQuery,
    patients: &PatientIdentity,
) -> Result<PrintedRegister, ExportError> {
    let (recipient, consent) = (patients.recipient()?, patients.consent()?);
    practice.may(Need::Read(Area::Referrals))?;
    if recipient.is_some() {
        practice.may(Need::Patients)?;
    }
    let (listed, named, unnamed) = practice.read(|conn| {
        let _snapshot = conn.unchecked_transaction()?;
        let gates = gates_of(conn, consent, practice)?;
        let is_named =
            |patient| recipient.is_some() && gates.as_ref().is_none_or(|gates| gates.of(patient).is_open());
        let listed = listed(practice, conn, query, PAPER_ROWS, is_named)?;
        let all: BTreeSet<_> = listed.rows.iter().map(|(_, patient)| *patient).collect();
        let named: Vec<_> = all.iter().copied().filter(|patient| is_named(*patient)).collect();
        let unnamed = all.len() - named.len();
        Ok::<_, ExportError>((listed, named, unnamed))
    })?;
    let count = u32::try_from(listed.rows.len()).unwrap_or(u32::MAX);
    let entry = match &recipient {
        Some(to) => {
            let disclosed = Some((to, named.as_slice()));
            Some(record_export(practice, "print_register_with_patients", "Register", count, disclosed)?)
        }
        None => None,
    };
    Ok(PrintedRegister {
        rows: listed.rows.into_iter().map(|(row, _)| row).collect(),
        more: listed.more,
        unnamed: if recipient.is_some() { u32::try_from(unnamed).unwrap_or(u32::MAX) } else { 0 },
        entry,
    })
}
