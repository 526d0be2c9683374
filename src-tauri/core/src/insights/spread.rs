//! Median and ninetieth percentile of a number of days.

use serde::{Deserialize, Serialize};

use super::ratio::one_decimal;

/// How long something takes: the middle case and the slow ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Spread {
    /// The median in days with one decimal; none without a case.
    pub median: Option<f64>,
    /// Nine of ten take at most this many days; none without a case.
    pub p90: Option<f64>,
    /// How many cases.
    pub n: u32,
}

impl Spread {
    /// The spread of these days. Sorts them.
    pub fn of(days: &mut [u32]) -> Self {
        days.sort_unstable();
        Self {
            median: percentile(days, 0.5).map(one_decimal),
            p90: percentile(days, 0.9).map(one_decimal),
            n: u32::try_from(days.len()).unwrap_or(u32::MAX),
        }
    }
}

/// The percentile of sorted values, interpolated linearly as Excel's `PERCENTILE.INC` does (section 12, rule 7).
pub fn percentile(sorted: &[u32], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let rank = share.clamp(0.0, 1.0) * last as f64;
    let below = rank.floor() as usize;
    let low = f64::from(*sorted.get(below)?);
    let high = sorted.get(below + 1).map_or(low, |value| f64::from(*value));
    Some(low + (high - low) * (rank - below as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_excel() {
        assert_eq!(percentile(&[1, 2, 3, 4], 0.5), Some(2.5));
        assert_eq!(percentile(&[1, 2, 3, 4], 0.9), Some(3.7));
        assert_eq!(percentile(&[7], 0.9), Some(7.0));
        assert_eq!(percentile(&[], 0.5), None);
    }

    #[test]
    fn a_spread_sorts_and_counts() {
        assert_eq!(Spread::of(&mut [9, 1, 5]), Spread { median: Some(5.0), p90: Some(8.2), n: 3 });
        assert_eq!(Spread::of(&mut []), Spread::default());
    }
}
