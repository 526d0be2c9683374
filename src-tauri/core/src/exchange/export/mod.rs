//! Spreadsheets out: the scorecard workbook and the register.
//!
//! A spreadsheet says how many rows it holds, never spoils a number and runs nothing. Patients' names leave the
//! practice only when somebody says so and for what; that is put on record. A file appears under its name only when
//! it is whole.

mod accounting;
mod calendar_file;
mod cells;
mod columns;
mod definitions_sheet;
mod error;
mod field_booklet;
mod friends_report;
pub mod letters;
mod log_file;
mod mileage_sheets;
mod order;
pub mod packet;
mod partner_sheet;
mod plans_workbook;
mod printed_register;
mod register;
mod register_sheets;
mod reward_paper;
mod reward_register;
mod rows;
mod scorecards_sheet;
mod staged;
mod styles;
mod summary_sheet;
mod text;
mod touch_log;
mod unbroken;
mod workbook;

pub use accounting::{AccountingOrder, accounting};
pub use calendar_file::{CalendarOrder, calendar_file};
pub use error::ExportError;
pub use field_booklet::field_booklet;
pub use friends_report::friends_report;
pub use log_file::{LogOrder, log_file};
pub use mileage_sheets::{MileageOrder, mileage_workbook};
pub use order::{
    Exported, PatientIdentity, Progress, RegisterFormat, RegisterOrder, SheetRows, WorkbookOrder,
};
pub use plans_workbook::plans_workbook;
pub use printed_register::{PrintedRegister, printed_register};
pub use register::register;
pub use reward_register::{RewardFormat, RewardOrder, reward_register};
pub use staged::clear_left;
pub use touch_log::{TouchLogOrder, touch_log};
pub use workbook::scorecards_workbook;
