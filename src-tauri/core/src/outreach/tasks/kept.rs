//! Whether what was promised is kept, and whether there is a next step with each active partner.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::outreach::error::OutreachError;
use crate::outreach::rows::tasks as rows;
use crate::practice::Practice;
use crate::vault::{Area, Need};

/// So many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct OutreachShare {
    /// How many it holds for.
    pub of: u32,
    /// Of how many.
    pub all: u32,
}

/// What one sees of it at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct OutreachMeasures {
    /// Follow-ups of this year that were kept.
    pub follow_up_kept: OutreachShare,
    /// Active partners with a next step.
    pub next_action: OutreachShare,
}

/// A follow-up: the day it was first promised for, and when it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromisedTask {
    /// The first day it was promised for; moving the task does not change it.
    pub promised_on: NaiveDate,
    /// When it was done; none: not yet, or never.
    pub done_on: Option<NaiveDate>,
}

/// `follow_up_kept`: follow-ups first promised for a day from `from` to `to` that were done on or before it ÷ all that were.
/// What is promised for today or a later day and not done yet is neither kept nor broken.
///
/// # Examples
/// Promised for the 2nd and done on the 1st, for the 3rd and done on the 4th, for the 5th and dropped, and for tomorrow:
/// 1 of 3.
pub fn follow_up_kept(
    promised: &[PromisedTask],
    from: NaiveDate,
    to: NaiveDate,
    today: NaiveDate,
) -> OutreachShare {
    let counted = promised
        .iter()
        .filter(|one| (from..=to).contains(&one.promised_on))
        .filter(|one| one.done_on.is_some() || one.promised_on < today);
    counted.fold(OutreachShare { of: 0, all: 0 }, |share, one| OutreachShare {
        of: share.of + u32::from(one.done_on.is_some_and(|done| done <= one.promised_on)),
        all: share.all + 1,
    })
}

/// `next_action_share`: active partners with an open task, which always has a day ÷ active partners. `active` and
/// `with_task` are told apart by partner; a partner that is not active does not count.
pub fn next_action_share<T: Ord>(active: &[T], with_task: &[T]) -> OutreachShare {
    let has: std::collections::BTreeSet<&T> = with_task.iter().collect();
    let of = active.iter().filter(|partner| has.contains(partner)).count();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    OutreachShare { of: count(of), all: count(active.len()) }
}

/// Both, for the practice and the year that runs.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn outreach_measures(practice: &Practice) -> Result<OutreachMeasures, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    let today = practice.today();
    let (from, to) = year_of(today);
    practice.read(|conn| {
        Ok(OutreachMeasures {
            follow_up_kept: follow_up_kept(&rows::promised(conn, from, to)?, from, to, today),
            next_action: next_action_share(&rows::active(conn)?, &rows::with_task(conn, today)?),
        })
    })
}

fn year_of(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    use chrono::Datelike;
    let day = |month, day| NaiveDate::from_ymd_opt(today.year(), month, day).unwrap_or(today);
    (day(1, 1), day(12, 31))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    fn one(promised: &str, done: Option<&str>) -> PromisedTask {
        PromisedTask { promised_on: day(promised), done_on: done.map(day) }
    }

    #[test]
    fn a_promise_is_kept_on_its_first_day_or_before() {
        let all = [
            one("2026-11-02", Some("2026-11-01")),
            one("2026-11-03", Some("2026-11-04")),
            one("2026-11-05", None),
            one("2026-11-11", None),
            one("2026-11-10", None),
            one("2026-12-01", Some("2026-11-09")),
            one("2025-12-31", None),
        ];
        let kept = |from: &str, to: &str| {
            let share = follow_up_kept(&all, day(from), day(to), day("2026-11-10"));
            (share.of, share.all)
        };
        assert_eq!(kept("2026-11-01", "2026-11-30"), (1, 3));
        assert_eq!(kept("2026-01-01", "2026-12-31"), (2, 4), "one was done before its day had come");
        assert_eq!(kept("2025-01-01", "2025-12-31"), (0, 1));
        assert_eq!(kept("2024-01-01", "2024-12-31"), (0, 0));
    }

    #[test]
    fn a_partner_counts_once_and_only_while_active() {
        let share = next_action_share(&["a", "b", "c"], &["b", "b", "z"]);
        assert_eq!(share, OutreachShare { of: 1, all: 3 });
        assert_eq!(next_action_share::<&str>(&[], &["z"]), OutreachShare { of: 0, all: 0 });
    }
}
