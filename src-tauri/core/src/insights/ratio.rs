//! A share that is honest about how few cases stand behind it.

use serde::{Deserialize, Serialize};

/// How far a share can be trusted (section 12, rule 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum CaseCount {
    /// No case at all: shown as "—".
    None,
    /// 1 to 4 cases: no percentage, no ranking.
    TooFew,
    /// 5 to 19 cases: shown with the word "few".
    Few,
    /// 20 cases or more.
    Enough,
}

/// a of b (section 12, rules 9 to 11).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Ratio {
    /// How many.
    pub a: u32,
    /// Of how many.
    pub b: u32,
    /// a ÷ b in percent with one decimal; none when b < 5.
    pub percent: Option<f64>,
    /// The Wilson 95 % interval in percent with one decimal; none when b < 5.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
    /// How far it can be trusted.
    pub size: CaseCount,
}

impl Ratio {
    /// a of b. `a` never exceeds `b`.
    pub fn new(a: u32, b: u32) -> Self {
        let size = match b {
            0 => CaseCount::None,
            1..=4 => CaseCount::TooFew,
            5..=19 => CaseCount::Few,
            _ => CaseCount::Enough,
        };
        let shown = b >= 5;
        let (low, high) = wilson(a, b);
        let percent = |share: f64| shown.then(|| one_decimal(share * 100.0));
        Self {
            a,
            b,
            percent: percent(f64::from(a) / f64::from(b.max(1))),
            low: percent(low),
            high: percent(high),
            size,
        }
    }

    /// a ÷ b, for ordering and formulas; none when b < 5.
    pub fn share(&self) -> Option<f64> {
        (self.b >= 5).then(|| f64::from(self.a) / f64::from(self.b))
    }

    /// As text: "14 of 16", and "—" when there is no case.
    pub fn words(&self) -> String {
        if self.b == 0 { "—".to_owned() } else { format!("{} of {}", self.a, self.b) }
    }
}

/// The Wilson score interval at 95 % (E. B. Wilson 1927).
fn wilson(a: u32, b: u32) -> (f64, f64) {
    if b == 0 {
        return (0.0, 1.0);
    }
    const Z: f64 = 1.959_963_984_540_054;
    let n = f64::from(b);
    let p = f64::from(a) / n;
    let centre = p + Z * Z / (2.0 * n);
    let spread = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    (((centre - spread) / whole).clamp(0.0, 1.0), ((centre + spread) / whole).clamp(0.0, 1.0))
}

/// Rounded to one decimal, half away from zero (section 12, rule 10).
pub(super) fn one_decimal(value: f64) -> f64 {
    // The nudge undoes binary noise below a half, e.g. 0.285 × 100 = 28.499 999 999 999 996.
    let scaled = value * 10.0;
    (scaled + scaled.signum() * 1e-9).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fewer_than_five_cases_give_no_percentage() {
        let few = Ratio::new(3, 4);
        assert_eq!((few.percent, few.low, few.size), (None, None, CaseCount::TooFew));
        assert_eq!(few.words(), "3 of 4");
        assert_eq!(Ratio::new(0, 0).words(), "—");
        assert_eq!(Ratio::new(0, 0).size, CaseCount::None);
    }

    #[test]
    fn ten_of_twelve_is_few_with_a_wide_range() {
        let share = Ratio::new(10, 12);
        assert_eq!(share.size, CaseCount::Few);
        assert_eq!(share.percent, Some(83.3));
        assert_eq!((share.low, share.high), (Some(55.2), Some(95.3)), "the Wilson interval of 10 of 12");
        assert_eq!(Ratio::new(20, 20).size, CaseCount::Enough);
        assert_eq!(Ratio::new(19, 19).size, CaseCount::Few);
    }

    #[test]
    fn a_half_is_rounded_away_from_zero() {
        assert_eq!(one_decimal(28.25), 28.3);
        assert_eq!(one_decimal(-0.25), -0.3);
        assert_eq!(Ratio::new(1, 16).percent, Some(6.3), "6.25 %");
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_share(b in 5u32..100_000, part in 0.0f64..=1.0) {
            let ratio = Ratio::new((f64::from(b) * part) as u32, b);
            let (low, p, high) = (ratio.low.unwrap(), ratio.percent.unwrap(), ratio.high.unwrap());
            prop_assert!(low <= p && p <= high && (0.0..=100.0).contains(&low) && high <= 100.0);
        }
    }
}
