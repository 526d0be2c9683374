//! What somebody asks for when exporting, and what they get.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::error::ExportError;
use crate::audit::{Basis, Recipient};
use crate::insights::Period;
use crate::referrals::care::Purpose;
use crate::store::Entry;

/// Tells how many rows are done of how many and learns whether to go on.
pub type Progress<'a> = &'a mut dyn FnMut(u32, u32) -> ControlFlow<()>;

/// Whether patients can be recognised in the file. Left out unless somebody says what for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case", tag = "kind", rename_all_fields = "camelCase")]
pub enum PatientIdentity {
    /// No name, chart number or birth date.
    #[default]
    Omitted,
    /// With name, chart number and birth date, to this recipient. On record in history and as a disclosure.
    Included {
        /// Who receives the file, what for and on what ground.
        to: Recipient,
        /// On the ground of the patients' authorisation: what they authorised. Patients who did not are not named.
        #[serde(default)]
        authorised_for: Option<Purpose>,
    },
}

impl PatientIdentity {
    /// The recipient, if identity is included.
    ///
    /// # Errors
    /// [`ExportError::Invalid`] if who or what for is not said.
    pub fn recipient(&self) -> Result<Option<Recipient>, ExportError> {
        match self {
            Self::Omitted => Ok(None),
            Self::Included { to, .. } => Ok(Some(to.checked()?)),
        }
    }

    /// The consent each patient is asked for by the ground (D12): for treatment with whoever treats them, none is needed
    /// but a refusal binds; on authorisation, theirs for what it is. Other grounds ask for none (45 CFR 164.506, 164.512).
    ///
    /// # Errors
    /// [`ExportError::Invalid`] if it is not said what they authorised.
    pub(super) fn consent(&self) -> Result<Option<(Purpose, bool)>, ExportError> {
        let Self::Included { to, authorised_for } = self else { return Ok(None) };
        Ok(match to.basis {
            Basis::Treatment => Some((Purpose::Treatment, true)),
            Basis::Authorisation => {
                let purpose = authorised_for.ok_or(ExportError::Invalid {
                    field: "authorisedFor",
                    problem: "Say what the patients authorised; those who did not are not named.",
                })?;
                Some((purpose, false))
            }
            Basis::Payment | Basis::Operations | Basis::Individual | Basis::Other => None,
        })
    }
}

/// A scorecard workbook to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct WorkbookOrder {
    /// The period.
    pub period: Period,
    /// For how many of the strongest partners a page of their own is made (default 10, at most 50).
    pub pages: u32,
    /// Whether patients can be recognised on the register sheet.
    pub patients: PatientIdentity,
}

impl WorkbookOrder {
    /// The workbook of a period as it is usually handed out.
    pub fn of(period: Period) -> Self {
        Self { period, pages: 10, patients: PatientIdentity::Omitted }
    }
}

/// The format of a register file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum RegisterFormat {
    /// Comma-separated text, UTF-8 with byte-order mark.
    Csv,
    /// An Excel workbook.
    Xlsx,
}

/// A register to be written to a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RegisterOrder {
    /// The format.
    pub format: RegisterFormat,
    /// Only referrals received in it; all if none.
    pub period: Option<Period>,
    /// Whether patients can be recognised.
    pub patients: PatientIdentity,
}

/// A sheet and how many rows of data it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SheetRows {
    /// The sheet's name.
    pub sheet: String,
    /// Its rows of data, without headings and totals.
    pub rows: u32,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// The file's name, without its folder.
    pub file_name: String,
    /// What it holds.
    pub sheets: Vec<SheetRows>,
    /// Cells that were too long for a worksheet cell and end with a mark; 0 as a rule.
    pub shortened: u32,
    /// Restricted referrals of the period, which are in no file.
    pub left_out: u32,
    /// Patients who stand in it without name, chart number, birth date and notes: what they allow does not reach that far.
    pub unnamed: u32,
    /// Its entry in history.
    pub entry: Entry,
}
