//! Reading the list from the file the government publishes.

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::path::Path;

use chrono::NaiveDate;

use super::list::{NotTheList, packed, parse};
use crate::gratitude::error::{GratitudeError, invalid};
use crate::gratitude::rows::exclusions as rows;
use crate::practice::Practice;
use crate::store::{Label, StoreError, Written};
use crate::vault::{Area, Need};

/// How large a file may be, in bytes; the list has about fifteen million.
const LARGEST: u64 = 200_000_000;

/// Reads the list of that day from a CSV file and keeps it in place of the one before. Returns how many entries it has. `progress`
/// is told how many lines are done, of 0 while nobody knows.
///
/// # Errors
/// [`GratitudeError::Invalid`] beside `file` or `listedOn`, or beside `file` if it was stopped; those of the file. The list before
/// is unchanged then.
pub fn read_exclusions(
    practice: &Practice,
    path: &Path,
    listed_on: NaiveDate,
    progress: &mut dyn FnMut(u32, u32) -> ControlFlow<()>,
) -> Result<Written<u32>, GratitudeError> {
    practice.may(Need::Approve(Area::Gratitude))?;
    let today = practice.today();
    if listed_on > today {
        return invalid("listedOn", "This day is in the future. Give the day the list was published.");
    }
    let unreadable = GratitudeError::Invalid {
        field: "file",
        problem: "This file can't be read. Choose it again, or another one.",
    };
    let Ok(file) = File::open(path) else { return Err(unreadable) };
    if !file.metadata().is_ok_and(|about| about.is_file() && about.len() <= LARGEST) {
        return Err(unreadable);
    }
    let read = parse(BufReader::new(file), today, |done| progress(done, 0).is_continue());
    let read = read.map_err(|error| GratitudeError::Invalid {
        field: "file",
        problem: match error {
            NotTheList::Columns => {
                "This is not the list of the OIG: it lacks LASTNAME, FIRSTNAME, BUSNAME, NPI, STATE or EXCLDATE. Download UPDATED.csv."
            }
            NotTheList::Empty => "This list holds nobody. Download UPDATED.csv again.",
            NotTheList::Stopped => "Stopped; the list before is kept.",
        },
    })?;
    let packed = packed(&read.lines).map_err(|error| StoreError::Database(error.to_string()))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    practice.write(Label::hand("exclusions_read", listed_on.to_string()), |tx| {
        rows::put(tx, &name, listed_on, read.entries, &packed)?;
        Ok(read.entries)
    })
}

/// Takes the list away; what was put down by hand about somebody stays.
///
/// # Errors
/// [`GratitudeError::Missing`] if there is none; those of the file.
pub fn forget_exclusions(practice: &Practice) -> Result<Written<()>, GratitudeError> {
    practice.may(Need::Approve(Area::Gratitude))?;
    practice.write(Label::hand("exclusions_forget", ""), |tx| {
        if rows::forget(tx)? { Ok(()) } else { Err(GratitudeError::Missing) }
    })
}
