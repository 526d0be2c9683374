//! Letters of thanks and status letters that leave: as PDF, as a Word document, on paper, as a draft for the mail program, and their address labels.
//!
//! The gratitude room says what a letter says and what it lacks. Here it is asked in addition whether its words name a patient
//! who did not agree to that; that room knows no patients.

mod check;
mod identifiers;
mod labels;
mod mail;
mod order;
mod reports;
mod sheet;
mod status;
mod write;

pub use check::{LetterShown, LetterState, check, held, send, send_all, show};
pub use labels::save_labels;
pub use mail::save_mail;
pub use order::{LabelsSaved, LetterFormat, LettersSaved, MailSaved};
pub use reports::{
    ReportStep, ReportsOwed, call_for_reports, report_step, reports_owed, save_report_reminders,
};
pub use sheet::LetterSheet;
pub use status::{StatusMoment, StatusOrder, StatusText, StatusView, print_status, save_status, status};
pub(super) use write::put;
pub use write::{print, save};
