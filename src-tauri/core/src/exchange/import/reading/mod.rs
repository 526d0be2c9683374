//! Reading: any export a real system or a real spreadsheet produces becomes typed rows, without touching the database.
//!
//! A file is opened once ([`open_source`]), understood ([`understand`]: encoding, separator, header, columns, words and
//! dates, each of which a person can overrule) and read ([`read_rows`]). Nothing ambiguous is ever guessed silently.

mod contact_headings;
mod date_orders;
mod decisions;
mod dialect;
mod encoding;
mod error;
mod field;
mod groups;
mod headings;
mod layout;
mod limits;
mod mapping;
mod merged;
mod opening;
mod own_side;
mod party;
mod profile;
mod referral_headings;
mod row_kind_words;
mod separated;
mod shape;
mod sieve;
mod source;
mod survey;
mod table;
mod typed;
mod understand;
mod understood;
mod vocabulary;
mod way_words;
mod words;
mod workbook;
mod workbook_guard;

pub use error::ReadError;
pub use field::Field;
pub use limits::Limits;
pub use profile::{MappingProfile, ProfileColumn};
pub use source::{Source, open_source};
pub use typed::read_rows;
pub use understand::understand;
pub use understood::{
    Ambiguity, AmbiguityKind, ColumnView, Mapping, Meaning, Overrides, Understood, UnderstoodView, Warning,
    WarningCode, WordView,
};

#[cfg(test)]
mod tests;
