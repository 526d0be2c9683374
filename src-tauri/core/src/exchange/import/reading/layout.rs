//! Which record is the header, and what its columns are called.

use super::contact_headings::in_contacts;
use super::error::ReadError;
use super::headings::{normal_heading, words};
use super::referral_headings::in_referrals;
use super::row_kind_words::listed;
use super::table::{CellKind, Row, Table, clean};
use super::vocabulary::{ORGANISATION, PATIENT, REFER};
use crate::foundation::date_text::DateText;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

/// How far down a header may begin.
const HEAD: usize = 80;

/// Where the header stands and what it says.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    /// The record of the header; 0 when the table has none.
    pub record: u32,
    /// What its columns are called.
    pub names: Vec<String>,
    /// The header as it stands in the file, to know it when it comes again.
    pub cells: Vec<String>,
    /// Records above the header that are not blank.
    pub preamble: Vec<u32>,
    /// Their text, for dates that show the custom of the file.
    pub preamble_text: Vec<String>,
}

struct Candidate {
    record: u32,
    filled: usize,
    texts: usize,
    familiar: usize,
    cells: Vec<String>,
}

fn is_familiar(cell: &str) -> bool {
    let sure = |guess: Option<(super::field::Field, f32)>| guess.is_some_and(|(_, weight)| weight >= 0.4);
    sure(in_referrals(cell)) || sure(in_contacts(cell))
}

/// Finds the header, or takes the record asked for (0 says that there is none).
pub(super) fn find_head(table: &Table, wanted: Option<u32>) -> Result<Head, ReadError> {
    let mut candidates = Vec::new();
    table.each(&mut |row| {
        if !row.is_blank() {
            let (filled, texts, familiar) = heading_score(row, &is_familiar);
            candidates.push(Candidate {
                record: row.record,
                filled,
                texts,
                familiar,
                cells: row.cells().map(|cell| clean(cell).into_owned()).collect(),
            });
        }
        let enough = candidates.len() >= HEAD && wanted.is_none_or(|record| row.record >= record);
        Ok(if enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    if candidates.is_empty() {
        return Err(ReadError::Empty);
    }
    let chosen = match wanted {
        Some(0) => None,
        Some(record) => Some(
            candidates
                .iter()
                .position(|candidate| candidate.record == record)
                .ok_or(ReadError::NoSuchHeader { record })?,
        ),
        None => most_like_a_header(&candidates),
    };
    let mut head = Head::default();
    if let Some(index) = chosen {
        head.record = candidates[index].record;
        head.cells.clone_from(&candidates[index].cells);
        head.names = index
            .checked_sub(1)
            .and_then(|above| below_groups(&candidates[above], &candidates[index]))
            .unwrap_or_else(|| candidates[index].cells.clone());
        head.preamble = candidates[..index].iter().map(|candidate| candidate.record).collect();
        head.preamble_text = candidates[..index]
            .iter()
            .flat_map(|candidate| candidate.cells.iter().filter(|cell| !cell.is_empty()).cloned())
            .collect();
    }
    Ok(head)
}

/// The headings below a row that groups them, as in `Patient |  | Referrer | ` above `Name | DOB | Name | NPI`; `None` where
/// the row above is no such row.
fn below_groups(above: &Candidate, header: &Candidate) -> Option<Vec<String>> {
    let speaks = |cell: &&String| {
        let words = words(cell);
        words.len() <= 3 && words.iter().any(|word| listed(REFER, word) || listed(PATIENT, word))
    };
    let groups = above.record + 1 == header.record
        && above.texts == above.filled
        && (2..header.filled).contains(&above.filled)
        && above.cells.iter().filter(speaks).count() >= 1;
    if !groups {
        return None;
    }
    let mut group = "";
    let names = header.cells.iter().enumerate().map(|(column, cell)| {
        if let Some(named) = above.cells.get(column).filter(|named| !named.is_empty()) {
            group = named;
        }
        if cell.is_empty() || group.is_empty() || speaks(&cell) {
            cell.clone()
        } else {
            format!("{group} {cell}")
        }
    });
    Some(names.collect())
}

fn most_like_a_header(candidates: &[Candidate]) -> Option<usize> {
    let mut widths: Vec<usize> = candidates.iter().map(|candidate| candidate.filled).collect();
    widths.sort_unstable();
    let typical = widths[widths.len() / 2];
    let mostly_text = |candidate: &Candidate| candidate.texts * 10 >= candidate.filled * 8;
    let score = |candidate: &Candidate| 3 * candidate.familiar + candidate.texts;
    let familiar = candidates
        .iter()
        .enumerate()
        .filter(|(_, candidate)| {
            candidate.familiar > 0 && mostly_text(candidate) && (candidate.filled > 1 || typical <= 1)
        })
        .max_by_key(|(index, candidate)| (score(candidate), std::cmp::Reverse(*index)));
    if let Some((index, candidate)) = familiar
        && (candidate.familiar * 3 >= candidate.filled
            || candidate.familiar >= 3
            || candidate.texts == candidate.filled)
    {
        return Some(index);
    }
    // Nothing known: a first line of texts only, above lines that hold more than texts.
    let first = candidates
        .iter()
        .position(|candidate| candidate.filled * 10 >= typical * 6 && candidate.filled > 1)?;
    let below = candidates[first + 1..].iter().any(|candidate| candidate.texts < candidate.filled);
    (candidates[first].texts == candidates[first].filled && below).then_some(first)
}

/// Tells two columns with the same heading `Name` apart: beside the practice or the NPI stands whoever refers.
pub(super) fn tell_names_apart(names: &[String]) -> Vec<String> {
    let plain = |name: &String| matches!(normal_heading(name).as_str(), "name" | "full name");
    let mut told = names.to_vec();
    if names.iter().filter(|name| plain(name)).count() != 2 {
        return told;
    }
    let about_referrer = |name: &String| {
        let words = words(name);
        words.iter().any(|word| word == "npi" || word == "specialty" || listed(ORGANISATION, word))
    };
    let beside = |column: usize| names.iter().skip(column + 1).take(2).any(about_referrer);
    let columns: Vec<usize> = (0..names.len()).filter(|column| plain(&names[*column])).collect();
    if let [one, other] = columns[..]
        && beside(one) != beside(other)
    {
        let (referrer, patient) = if beside(one) { (one, other) } else { (other, one) };
        told[referrer] = format!("Referrer {}", names[referrer]);
        told[patient] = format!("Patient {}", names[patient]);
    }
    told
}

/// Names every column: blank headings get the letter of their column, repeated ones a number.
pub(super) fn column_names(head: &Head, width: usize) -> Vec<String> {
    let mut seen = HashMap::<String, u32>::new();
    (0..width)
        .map(|column| {
            let name = head.names.get(column).map_or("", String::as_str).trim_end_matches([':', '*']).trim();
            if name.is_empty() {
                return format!("Column {}", letters(column));
            }
            let count = seen.entry(normal_heading(name)).or_default();
            *count += 1;
            if *count == 1 { name.to_owned() } else { format!("{name} ({count})") }
        })
        .collect()
}

fn letters(mut column: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        if column < 26 {
            return name;
        }
        column = column / 26 - 1;
    }
}

/// Whether a record could be the names of columns: how many of its cells are texts without digits and dates, and how
/// many of them are known headings.
fn heading_score(row: &Row<'_>, known: &dyn Fn(&str) -> bool) -> (usize, usize, usize) {
    let (mut filled, mut texts, mut familiar) = (0, 0, 0);
    let mut seen = HashSet::new();
    for column in 0..row.len() {
        let cell = clean(row.cell(column));
        if cell.is_empty() {
            continue;
        }
        filled += 1;
        let is_text = row.kind(column) == CellKind::Text
            && cell.chars().count() <= 60
            && cell.chars().any(char::is_alphabetic)
            && !cell.contains('@')
            && matches!(DateText::of(&cell), DateText::Unreadable)
            && cell.bytes().filter(u8::is_ascii_digit).count() <= 3;
        if is_text && seen.insert(normal_heading(&cell)) {
            texts += 1;
            familiar += usize::from(known(&cell));
        }
    }
    (filled, texts, familiar)
}
