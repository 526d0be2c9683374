//! How steadily patients come.

use serde::Serialize;

use super::ratio::one_decimal;

/// The measure `flow`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Flow {
    /// Mean of the last 3 complete months, one decimal; none with fewer.
    pub mean: Option<f64>,
    /// Standard deviation ÷ mean of the last 12 complete months, two decimals; none with fewer or a mean of 0.
    pub variation: Option<f64>,
    /// How many complete months there are to look at, at most 12.
    pub months: u32,
}

/// `flow`: new referred patients per complete month; mean of last 3; CV = sd ÷ mean of last 12, sd of the population.
/// `counts` are complete months, oldest first.
pub fn flow(counts: &[u32]) -> Flow {
    let last = |n: usize| counts.len().checked_sub(n).and_then(|start| counts.get(start..));
    let mean = |part: &[u32]| part.iter().map(|c| f64::from(*c)).sum::<f64>() / part.len() as f64;
    let variation = last(12).and_then(|year| {
        let m = mean(year);
        let variance = year.iter().map(|c| (f64::from(*c) - m).powi(2)).sum::<f64>() / year.len() as f64;
        (m > 0.0).then(|| (variance.sqrt() / m * 100.0).round() / 100.0)
    });
    Flow {
        mean: last(3).map(|three| one_decimal(mean(three))),
        variation,
        months: u32::try_from(counts.len().min(12)).unwrap_or(12),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flow_looks_at_three_months_and_its_variation_at_twelve() {
        let even = [4; 12];
        assert_eq!(flow(&even), Flow { mean: Some(4.0), variation: Some(0.0), months: 12 });
        assert_eq!(flow(&[1, 2, 4]).mean, Some(2.3));
        assert_eq!(flow(&[1, 2]), Flow { mean: None, variation: None, months: 2 });
        let uneven = [0, 8, 0, 8, 0, 8, 0, 8, 0, 8, 0, 8];
        assert_eq!(flow(&uneven).variation, Some(1.0), "the sd of the population is 4, the mean 4");
        assert_eq!(flow(&[0; 12]).variation, None);
    }
}
