//! What a patient has to be told when they ask who received what about them.

use chrono::{Months, NaiveDate};

use super::types::{Basis, Disclosure};

/// How far back an accounting goes: six years before the request (45 CFR 164.528(a)(1)).
pub const ACCOUNTED_MONTHS: u32 = 72;

impl Basis {
    /// Whether a disclosure on this ground need not be told: treatment, payment, operations, to the individual, and
    /// what was authorised (45 CFR 164.528(a)(1)(i), (ii), (iv)).
    pub fn is_exempt(self) -> bool {
        match self {
            Self::Treatment | Self::Payment | Self::Operations | Self::Individual | Self::Authorisation => {
                true
            }
            Self::Other => false,
        }
    }
}

/// The first day an accounting covers. Six years before 29 February is 28 February where the year has no 29th.
pub(super) fn since(request_on: NaiveDate) -> NaiveDate {
    request_on.checked_sub_months(Months::new(ACCOUNTED_MONTHS)).unwrap_or(NaiveDate::MIN)
}

/// The entries that have to be told on the day of the request, the oldest first: not exempt, not corrected, of the six
/// years before, both days included.
pub fn accountable(entries: &[Disclosure], request_on: NaiveDate) -> Vec<Disclosure> {
    let since = since(request_on);
    let counts = |entry: &&Disclosure| {
        entry.corrected_by.is_none()
            && !entry.withdrawn
            && !entry.to.basis.is_exempt()
            && (since..=request_on).contains(&entry.on)
    };
    let mut told: Vec<Disclosure> = entries.iter().filter(counts).cloned().collect();
    told.sort_by_key(|entry| (entry.on, entry.id.0));
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{DisclosureSource, Recipient};
    use crate::foundation::id::DisclosureId;
    use crate::testing::day;

    fn on(date: &str, basis: Basis) -> Disclosure {
        Disclosure {
            id: DisclosureId::new(),
            on: day(date),
            to: Recipient {
                name: "County health department".into(),
                address: String::new(),
                purpose: "Reporting".into(),
                basis,
            },
            what: "Report".into(),
            sender: "Maren Okafor".into(),
            source: DisclosureSource::Hand,
            patients: 1,
            corrects: None,
            corrected_by: None,
            withdrawn: false,
            correction_reason: None,
            created_at: 0,
        }
    }

    fn told(entries: &[Disclosure], request: &str) -> Vec<String> {
        accountable(entries, day(request)).into_iter().map(|entry| entry.on.to_string()).collect()
    }

    #[test]
    fn six_years_ago_to_the_day_is_told_and_the_day_before_is_not() {
        let entries = [on("2020-11-25", Basis::Other), on("2020-11-24", Basis::Other)];
        assert_eq!(told(&entries, "2026-11-25"), ["2020-11-25"]);
    }

    #[test]
    fn the_day_of_the_request_is_told_and_the_day_after_is_not() {
        let entries = [on("2026-11-25", Basis::Other), on("2026-11-26", Basis::Other)];
        assert_eq!(told(&entries, "2026-11-25"), ["2026-11-25"]);
    }

    #[test]
    fn a_request_on_the_29th_of_february_reaches_back_to_the_28th_of_a_common_year() {
        let entries = [on("2022-02-28", Basis::Other), on("2022-02-27", Basis::Other)];
        assert_eq!(told(&entries, "2028-02-29"), ["2022-02-28"]);
    }

    #[test]
    fn a_disclosure_on_the_29th_of_february_is_told_until_the_28th_six_years_later_and_not_after() {
        let entries = [on("2020-02-29", Basis::Other)];
        assert_eq!(told(&entries, "2026-02-28"), ["2020-02-29"]);
        assert!(told(&entries, "2026-03-01").is_empty());
    }

    #[test]
    fn what_the_rule_exempts_is_not_told_and_everything_else_is() {
        let entries: Vec<_> = Basis::ALL.into_iter().map(|basis| on("2026-01-05", basis)).collect();
        let told = accountable(&entries, day("2026-11-25"));
        assert_eq!(told.iter().map(|entry| entry.to.basis).collect::<Vec<_>>(), [Basis::Other]);
    }

    #[test]
    fn a_corrected_entry_gives_way_to_its_counter_entry_and_a_withdrawn_one_to_nothing() {
        let (mut wrong, mut right) = (on("2026-01-05", Basis::Other), on("2026-01-06", Basis::Other));
        right.corrects = Some(wrong.id);
        wrong.corrected_by = Some(right.id);
        let (mut never, mut taken_back) = (on("2026-02-01", Basis::Other), on("2026-02-01", Basis::Other));
        taken_back.corrects = Some(never.id);
        taken_back.withdrawn = true;
        never.corrected_by = Some(taken_back.id);
        assert_eq!(told(&[wrong, right, never, taken_back], "2026-11-25"), ["2026-01-06"]);
    }

    #[test]
    fn the_oldest_is_told_first() {
        let entries = [on("2026-03-01", Basis::Other), on("2025-03-01", Basis::Other)];
        assert_eq!(told(&entries, "2026-11-25"), ["2025-03-01", "2026-03-01"]);
    }
}
