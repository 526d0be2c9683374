//! How much hangs on a few sources.

use serde::Serialize;

use super::ratio::Ratio;

/// The measure `concentration`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Concentration {
    /// Share of the strongest source.
    pub top1: Ratio,
    /// Share of the three strongest.
    pub top3: Ratio,
    /// Share of the five strongest.
    pub top5: Ratio,
    /// Herfindahl–Hirschman index: sum of squared shares, 0 to 1, three decimals.
    pub hhi: f64,
    /// Inbound referrals with a source.
    pub n: u32,
}

/// `concentration`: trailing-year inbound: share of top 1, 3, 5 sources; HHI = Σ share². n ≥ 20, otherwise none.
/// Patients as sources count singly.
pub fn concentration(mut counts: Vec<u32>) -> Option<Concentration> {
    let n: u32 = counts.iter().sum();
    if n < 20 {
        return None;
    }
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let top = |k: usize| Ratio::new(counts.iter().take(k).sum(), n);
    let hhi = counts.iter().map(|c| (f64::from(*c) / f64::from(n)).powi(2)).sum::<f64>();
    Some(Concentration { top1: top(1), top3: top(3), top5: top(5), hhi: (hhi * 1000.0).round() / 1000.0, n })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_than_twenty_say_nothing() {
        assert_eq!(concentration(vec![10, 9]), None);
    }

    #[test]
    fn the_strongest_stand_first() {
        let measure = concentration(vec![1, 10, 4, 5]).expect("20 referrals");
        assert_eq!((measure.top1.a, measure.top3.a, measure.top5.a, measure.n), (10, 19, 20, 20));
        assert_eq!(measure.hhi, 0.355);
    }
}
