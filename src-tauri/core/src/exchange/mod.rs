//! The doors: spreadsheets in, spreadsheets and paper out.

pub mod export;
pub mod import;
