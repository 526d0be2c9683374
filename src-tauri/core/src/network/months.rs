//! Calendar months, as lists and charts name them: `yyyy-mm`.

use chrono::{Datelike, Months, NaiveDate};

/// The last `count` calendar months, oldest first; the last one is running.
pub(super) fn last_months(today: NaiveDate, count: u32) -> Vec<String> {
    let first = today.with_day(1).unwrap_or(today);
    (0..count)
        .rev()
        .filter_map(|back| first.checked_sub_months(Months::new(back)))
        .map(|month| month.format("%Y-%m").to_string())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    #[test]
    fn months_end_with_the_running_one() {
        assert_eq!(last_months(day("2026-01-31"), 3), ["2025-11", "2025-12", "2026-01"]);
        assert_eq!(last_months(day("2026-11-02"), 24).len(), 24);
    }
}
