//! The party cells of a row: who is named, with everything the row says about them.

use super::field::Field;
use super::table::{Row, clean, clean_lines};
use super::understood::Mapping;
use crate::exchange::import::row::{NpiCell, PartyCell};
use crate::foundation::names::looks_like_organisation;
use crate::foundation::npi::{Npi, NpiError};
use crate::foundation::phone::split_numbers;
use crate::foundation::zip::normal_zip;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// The columns of each field.
#[derive(Debug)]
pub(super) struct Columns {
    by_field: Vec<(Field, Vec<usize>)>,
}

impl Columns {
    pub fn of(mapping: &Mapping) -> Self {
        let mut by_field: Vec<(Field, Vec<usize>)> =
            Field::ALL.iter().map(|field| (*field, Vec::new())).collect();
        for (column, field) in mapping.fields.iter().enumerate() {
            if *field != Field::Ignore {
                by_field[*field as usize].1.push(column);
            }
        }
        Self { by_field }
    }

    pub fn all(&self, field: Field) -> &[usize] {
        &self.by_field[field as usize].1
    }

    pub fn first(&self, field: Field) -> Option<usize> {
        self.all(field).first().copied()
    }

    pub fn has(&self, field: Field) -> bool {
        !self.all(field).is_empty()
    }

    /// The cell of a field; none when it is blank.
    pub fn text(&self, row: &Row<'_>, field: Field) -> Option<String> {
        let cell = clean(row.cell(self.first(field)?));
        (!cell.is_empty() && !field.is_empty_word(&cell)).then(|| cell.into_owned())
    }

    /// All cells of a field, joined.
    pub fn joined(&self, row: &Row<'_>, field: Field, by: &str) -> Option<String> {
        let columns = self.all(field);
        if columns.len() <= 1 {
            return match columns.first() {
                Some(column) if field == Field::Notes => Some(clean_lines(row.cell(*column)).into_owned())
                    .filter(|text| !text.is_empty() && !field.is_empty_word(text)),
                _ => self.text(row, field),
            };
        }
        let mut joined = String::new();
        for column in columns {
            let cell = clean_lines(row.cell(*column));
            if !cell.is_empty() && !field.is_empty_word(&cell) {
                if !joined.is_empty() {
                    joined.push_str(by);
                }
                joined.push_str(&cell);
            }
        }
        (!joined.is_empty()).then_some(joined)
    }
}

/// The name in the referrer's cell, or composed from the columns of its parts.
pub(super) fn referrer_text(columns: &Columns, row: &Row<'_>) -> String {
    if let Some((person, _)) = person_over_practice(columns, row) {
        return person;
    }
    if let Some(text) = columns.text(row, Field::Referrer) {
        return text;
    }
    let parts = [Field::ReferrerGiven, Field::ReferrerMiddle, Field::ReferrerFamily];
    parts.into_iter().filter_map(|field| columns.text(row, field)).collect::<Vec<_>>().join(" ")
}

/// A person on the first line of the referrer's cell and their practice on the second: `Smith, John MD` over
/// `Lakeside Family Medicine`. None where the cell has one line, or the lines are something else.
fn person_over_practice(columns: &Columns, row: &Row<'_>) -> Option<(String, String)> {
    let cell = row.cell(columns.first(Field::Referrer)?);
    if !cell.contains('\n') {
        return None;
    }
    let cell = clean_lines(cell);
    let mut lines = cell.lines().map(str::trim).filter(|line| !line.is_empty());
    let (person, practice) = (lines.next()?, lines.next()?);
    // A telephone or a street is no practice.
    let letters = practice.chars().filter(|letter| letter.is_alphabetic()).count();
    let named = letters >= 3 && !practice.contains(|letter: char| letter.is_ascii_digit());
    let fits = named && !looks_like_organisation(person) && looks_like_organisation(practice);
    fits.then(|| (person.to_owned(), practice.to_owned()))
}

/// Everything a row says about its referrer, or about the contact it is.
pub(super) fn party(columns: &Columns, row: &Row<'_>, text: String, is_contact: bool) -> PartyCell {
    let notes = if is_contact { columns.joined(row, Field::Notes, "\n") } else { None };
    let mut npi = columns.text(row, Field::ReferrerNpi).map_or(NpiCell::Missing, |cell| npi_cell(&cell));
    if npi == NpiCell::Missing
        && let Some(found) = notes.as_deref().and_then(Npi::find_in)
    {
        npi = NpiCell::Valid(found);
    }
    let mut phones = Vec::new();
    for column in columns.all(Field::ReferrerPhone) {
        for number in split_numbers(&clean(row.cell(*column))) {
            if !phones.iter().any(|known| known == number) {
                phones.push(number.to_owned());
            }
        }
    }
    PartyCell {
        text,
        given: columns.text(row, Field::ReferrerGiven),
        middle: columns.text(row, Field::ReferrerMiddle),
        family: columns.text(row, Field::ReferrerFamily),
        credentials: columns.text(row, Field::ReferrerCredentials),
        organisation: columns
            .text(row, Field::ReferrerPractice)
            .or_else(|| person_over_practice(columns, row).map(|(_, practice)| practice)),
        npi,
        phones,
        fax: columns.text(row, Field::ReferrerFax),
        email: columns.text(row, Field::ReferrerEmail),
        street: columns.joined(row, Field::ReferrerStreet, ", "),
        city: columns.text(row, Field::ReferrerCity),
        state: columns.text(row, Field::ReferrerState),
        zip: columns.text(row, Field::ReferrerZip).map(|zip| normal_zip(&zip)),
        specialty: columns.text(row, Field::ReferrerSpecialty),
        category: columns.text(row, Field::Category),
        job_title: columns.text(row, Field::JobTitle),
        notes,
        source_class: columns.joined(row, Field::SourceClass, " / "),
    }
}

/// Who was read already: the same cells name the same party.
#[derive(Default)]
pub(super) struct Parties {
    by_cells: HashMap<String, Arc<PartyCell>>,
    cells: String,
}

impl Parties {
    /// How many different ones are remembered.
    const MOST: usize = 100_000;

    /// As [`party`], for a referrer.
    pub fn of(&mut self, columns: &Columns, row: &Row<'_>, text: String) -> Arc<PartyCell> {
        self.cells.clear();
        self.cells.push_str(&text);
        if let Some((_, practice)) = person_over_practice(columns, row) {
            self.cells.push('\n');
            self.cells.push_str(&practice);
        }
        for column in FIELDS_OF_A_REFERRER.iter().flat_map(|field| columns.all(*field)) {
            self.cells.push('\u{1f}');
            self.cells.push_str(row.cell(*column));
        }
        if let Some(known) = self.by_cells.get(&self.cells) {
            return Arc::clone(known);
        }
        let read = Arc::new(party(columns, row, text, false));
        if self.by_cells.len() < Self::MOST {
            self.by_cells.insert(self.cells.clone(), Arc::clone(&read));
        }
        read
    }
}

/// The fields [`party`] reads of a referrer.
const FIELDS_OF_A_REFERRER: [Field; 17] = [
    Field::ReferrerNpi,
    Field::ReferrerPhone,
    Field::ReferrerGiven,
    Field::ReferrerMiddle,
    Field::ReferrerFamily,
    Field::ReferrerCredentials,
    Field::ReferrerPractice,
    Field::ReferrerFax,
    Field::ReferrerEmail,
    Field::ReferrerStreet,
    Field::ReferrerCity,
    Field::ReferrerState,
    Field::ReferrerZip,
    Field::ReferrerSpecialty,
    Field::Category,
    Field::JobTitle,
    Field::SourceClass,
];

/// The ten digits of a number a spreadsheet wrote in its own way, as long as it lost none: `1234567893.0`,
/// `1.234567893E+09`. A shortened number stays as it is.
fn as_written(cell: &str) -> Cow<'_, str> {
    if let Some((whole, zeros)) = cell.split_once('.')
        && !zeros.is_empty()
        && zeros.bytes().all(|byte| byte == b'0')
        && whole.len() == 10
    {
        return Cow::Borrowed(whole);
    }
    let exact = cell.split_once(['E', 'e']).filter(|(_, power)| matches!(*power, "9" | "+9" | "09" | "+09"));
    match exact.and_then(|(number, _)| number.split_once('.')) {
        Some((whole, rest)) if whole.len() == 1 && rest.len() == 9 => Cow::Owned(format!("{whole}{rest}")),
        _ => Cow::Borrowed(cell),
    }
}

fn npi_cell(cell: &str) -> NpiCell {
    match Npi::parse(&as_written(cell)) {
        Ok(npi) => NpiCell::Valid(npi),
        Err(NpiError::Empty) => NpiCell::Missing,
        Err(_) if cell.bytes().all(|byte| !byte.is_ascii_digit()) || cell == "0" => NpiCell::Missing,
        Err(_) => NpiCell::Refused(cell.to_owned()),
    }
}
