//! The time view: the practice as it was on an earlier day, by today's definitions.

use std::ops::ControlFlow;
use std::path::PathBuf;

use chrono::{NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::error::VaultError;
use super::files;
use super::folder::Folder;
use crate::foundation::clock::Clock;
use crate::foundation::id::RecordId;
use crate::practice::Practice;
use crate::store::{ChainKey, DbKey, Opening, StoreError};

/// Which moment to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Moment {
    /// The end of a day.
    Day(NaiveDate),
    /// Right after an entry of history.
    Entry(u32),
}

/// The practice as it was. Dropping it removes the copy.
#[derive(Debug)]
pub struct AsOf {
    practice: Practice,
    /// The day it shows.
    pub day: NaiveDate,
    /// The newest entry of history in it.
    pub seq: u32,
    copy: Copy,
}

impl AsOf {
    /// What every room reads from. Nothing can be changed in it.
    pub fn practice(&self) -> &Practice {
        &self.practice
    }

    /// Closes the copy and removes it.
    pub fn close(&self) {
        self.practice.store().close();
        self.copy.remove();
    }
}

impl Drop for AsOf {
    fn drop(&mut self) {
        self.close();
    }
}

/// The copy's files.
#[derive(Debug)]
struct Copy(PathBuf);

/// Its name; the files beside it have what SQLite appends.
const NAME: &str = "as-of.db";
const ENDINGS: [&str; 4] = ["", "-wal", "-shm", "-journal"];

impl Copy {
    fn in_folder(folder: &Folder) -> Self {
        Self(folder.path().join(NAME))
    }

    fn remove(&self) {
        for ending in ENDINGS {
            let mut name = self.0.clone().into_os_string();
            name.push(ending);
            // What can't be removed now is encrypted like the practice and goes at the next unlocking.
            let _ = std::fs::remove_file(name);
        }
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        self.remove();
    }
}

/// Removes what a killed process left of an earlier look.
pub(super) fn clear(folder: &Folder) {
    Copy::in_folder(folder).remove();
}

/// Makes the copy and opens it.
pub(super) fn look_back(
    practice: &Practice,
    folder: &Folder,
    key: &DbKey,
    moment: Moment,
    tell: &mut dyn FnMut(u32, u32) -> ControlFlow<()>,
) -> Result<AsOf, VaultError> {
    let store = practice.store();
    let zone = store.zone();
    let (seq, day) = match moment {
        Moment::Entry(seq) => (i64::from(seq), day_of(store.entry_at(i64::from(seq))?, zone)),
        Moment::Day(day) => {
            if day > practice.today() {
                return Err(invalid("choose a day up to today"));
            }
            let end = start_of(day.succ_opt().unwrap_or(day), zone) - 1;
            let Some(seq) = store.entry_until(end)? else {
                let began = day_of(store.entry_at(1)?, zone);
                let told = began.format("%B %-d, %Y");
                return Err(invalid(&format!(
                    "the practice begins on {told}; choose that day or a later one"
                )));
            };
            (seq, day)
        }
    };
    clear(folder);
    let copy = Copy::in_folder(folder);
    let opening = Opening {
        key: key.again(),
        // Nothing is written to the copy, so that no entry is ever linked by this key.
        chain_key: ChainKey::new([0; 32]),
        device: RecordId::from_bytes([0; 16]),
        clock: Clock::fixed(noon(day, zone)),
        settle: crate::referrals::process::settle,
        permit: crate::vault::permit,
    };
    let then = store.as_of(&copy.0, opening, seq, tell)?;
    files::make_private(&copy.0)?;
    let practice = practice.before(then);
    crate::network::refresh_standing_for_day(&practice).map_err(|error| match error {
        crate::network::NetworkError::Store(error) => error,
        other => StoreError::Database(other.to_string()),
    })?;
    Ok(AsOf { practice, day, seq: u32::try_from(seq).unwrap_or(u32::MAX), copy })
}

fn invalid(problem: &str) -> VaultError {
    VaultError::Invalid { field: "day", problem: problem.to_owned() }
}

fn day_of(at: i64, zone: Tz) -> NaiveDate {
    chrono::DateTime::from_timestamp_millis(at).unwrap_or_default().with_timezone(&zone).date_naive()
}

/// The first instant of a day, UTC milliseconds. Where a clock is put forward at midnight, the day begins later.
fn start_of(day: NaiveDate, zone: Tz) -> i64 {
    let midnight = day.and_time(NaiveTime::MIN);
    let first = (0..4).find_map(|half_hours| {
        zone.from_local_datetime(&(midnight + chrono::Duration::minutes(30 * half_hours))).earliest()
    });
    first.map_or_else(|| midnight.and_utc().timestamp_millis(), |at| at.timestamp_millis())
}

/// An instant that is this day in the practice's zone.
fn noon(day: NaiveDate, zone: Tz) -> chrono::DateTime<Utc> {
    let noon = day.and_time(NaiveTime::MIN) + chrono::Duration::hours(12);
    zone.from_local_datetime(&noon).earliest().map_or_else(|| noon.and_utc(), |at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    #[test]
    fn a_day_begins_when_the_clocks_on_the_wall_say_so() {
        let hours = |zone: &str, on: &str| {
            let zone: Tz = zone.parse().expect("a zone");
            let (from, to) = (start_of(day(on), zone), start_of(day(on).succ_opt().expect("a day"), zone));
            (to - from) / 3_600_000
        };
        assert_eq!(hours("America/New_York", "2026-03-08"), 23);
        assert_eq!(hours("America/New_York", "2026-11-01"), 25);
        // Havana puts its clocks forward at midnight: that day begins at one.
        assert_eq!(hours("America/Havana", "2026-03-08"), 23);
        assert_eq!(hours("Pacific/Kiritimati", "2026-11-25"), 24);
    }

    #[test]
    fn noon_of_a_day_is_that_day_wherever_the_practice_is() {
        for zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York", "Europe/Paris"] {
            let zone: Tz = zone.parse().expect("a zone");
            for on in ["2026-12-31", "2028-02-29", "2026-03-08"] {
                assert_eq!(Clock::fixed(noon(day(on), zone)).today(zone), day(on), "{on} in {zone}");
            }
        }
    }
}
