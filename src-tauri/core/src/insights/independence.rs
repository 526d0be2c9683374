//! Whether gifts follow referrals. For whoever answers for gifts alone; no screen on which a gift is decided shows it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::error::InsightsError;
use super::period::Period;
use super::ratio::Ratio;
use super::rows;
use crate::foundation::id::RecordId;
use crate::gratitude::{GivenTo, given_to_physicians, one_of};
use crate::practice::Practice;
use crate::vault::{Area, Need};

/// What the check says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum IndependenceVerdict {
    /// Fewer than five physicians and fewer than five gifts: nothing can be said.
    TooFew,
    /// Nothing says that gifts follow referrals. Not a proof that they don't.
    NothingFound,
    /// Gifts follow referrals more than chance would have it: look at the ledger.
    LookCloser,
}

/// The measure `volume_independence` of a calendar year. No pair of a person's gifts and referrals is in it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct VolumeIndependence {
    /// The calendar year.
    pub year: i32,
    /// Physicians with any gift or referral in it.
    pub physicians: u32,
    /// Spearman's rho of the value given and the inbound count; none under five physicians, or where one of them is the
    /// same for all.
    pub rho: Option<f64>,
    /// The one-sided p of a rho that high by chance; none without rho.
    pub p: Option<f64>,
    /// Gifts given within 14 days after somebody came from the same person, of all gifts.
    pub soon: Ratio,
    /// How many of them chance would have put there, in percent; none without gifts.
    pub expected_percent: Option<f64>,
    /// What it says.
    pub verdict: IndependenceVerdict,
}

/// Under how many physicians or gifts nothing is said.
const FEW: usize = 5;
/// How many days after an arrival a gift is soon, that day included.
const SOON: u64 = 15;

/// `volume_independence`: per calendar year, physicians with any reward or referral. (a) Spearman's rho (mean ranks for ties)
/// of ledger value and inbound count, n ≥ 5; t = rho·√((n − 2) ÷ (1 − rho²)), flagged if rho > 0 and one-sided p < 0.05.
/// (b) Share of rewards given 0–14 days after an inbound from the same person; expected = mean over rewards of
/// min(1, 15 × that person's distinct inbound days ÷ 365); flagged if ≥ 5 rewards and observed > 2 × expected.
pub fn volume_independence(
    year: i32,
    given: &[GivenTo],
    sent: &[(RecordId, NaiveDate)],
) -> VolumeIndependence {
    let mut people: BTreeMap<RecordId, (i64, u32)> = BTreeMap::new();
    let mut days: BTreeMap<RecordId, BTreeSet<NaiveDate>> = BTreeMap::new();
    let of_the_year = |on: &NaiveDate| chrono::Datelike::year(on) == year;
    for gift in given {
        people.entry(gift.of).or_default().0 += gift.cents;
    }
    for (of, on) in sent {
        days.entry(*of).or_default().insert(*on);
        if of_the_year(on) {
            people.entry(*of).or_default().1 += 1;
        }
    }
    let n = people.len();
    let values: Vec<f64> = people.values().map(|(cents, _)| *cents as f64).collect();
    let counts: Vec<f64> = people.values().map(|(_, count)| f64::from(*count)).collect();
    let rho = if n >= FEW { spearman(&values, &counts) } else { None };
    let p = rho.map(|rho| one_sided(rho, n));
    let gifts: Vec<&GivenTo> = given.iter().filter(|gift| gift.cents > 0).collect();
    let soon = gifts.iter().filter(|gift| is_soon(days.get(&gift.of), gift.on)).count();
    let chance = |gift: &&GivenTo| {
        let in_year = days.get(&gift.of).map_or(0, |days| days.iter().filter(|on| of_the_year(on)).count());
        (SOON as f64 * in_year as f64 / 365.0).min(1.0)
    };
    let expected = if gifts.is_empty() {
        None
    } else {
        Some(gifts.iter().map(chance).sum::<f64>() / gifts.len() as f64)
    };
    let follows = matches!((rho, p), (Some(rho), Some(p)) if rho > 0.0 && p < 0.05);
    let close = gifts.len() >= FEW
        && expected.is_some_and(|expected| soon as f64 / gifts.len() as f64 > 2.0 * expected);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    VolumeIndependence {
        year,
        physicians: count(n),
        rho: rho.map(|rho| (rho * 1000.0).round() / 1000.0),
        p: p.map(|p| (p * 10_000.0).round() / 10_000.0),
        soon: Ratio::new(count(soon), count(gifts.len())),
        expected_percent: expected.map(|share| (share * 1000.0).round() / 10.0),
        verdict: if follows || close {
            IndependenceVerdict::LookCloser
        } else if n < FEW && gifts.len() < FEW {
            IndependenceVerdict::TooFew
        } else {
            IndependenceVerdict::NothingFound
        },
    }
}

fn is_soon(days: Option<&BTreeSet<NaiveDate>>, on: NaiveDate) -> bool {
    let from = on.checked_sub_days(Days::new(SOON - 1)).unwrap_or(NaiveDate::MIN);
    days.is_some_and(|days| days.range(from..=on).next().is_some())
}

/// Ranks from 1; those alike share the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut at = 0;
    while at < order.len() {
        let alike = order[at..].iter().take_while(|one| values[**one] == values[order[at]]).count();
        let mean = (2 * at + alike + 1) as f64 / 2.0;
        for one in &order[at..at + alike] {
            ranks[*one] = mean;
        }
        at += alike;
    }
    ranks
}

/// Spearman's rho with mean ranks; none where one side is the same for all.
fn spearman(one: &[f64], other: &[f64]) -> Option<f64> {
    let (one, other) = (ranks(one), ranks(other));
    let mean = (one.len() as f64 + 1.0) / 2.0;
    let (mut both, mut first, mut second) = (0.0, 0.0, 0.0);
    for (a, b) in one.iter().zip(&other) {
        both += (a - mean) * (b - mean);
        first += (a - mean).powi(2);
        second += (b - mean).powi(2);
    }
    (first > 0.0 && second > 0.0).then(|| (both / (first * second).sqrt()).clamp(-1.0, 1.0))
}

/// How likely a rho this high or higher is by chance: Student's t with n − 2 degrees of freedom.
fn one_sided(rho: f64, n: usize) -> f64 {
    let freedom = n as f64 - 2.0;
    if rho >= 1.0 {
        return 0.0;
    }
    if rho <= -1.0 {
        return 1.0;
    }
    let t = rho * (freedom / (1.0 - rho * rho)).sqrt();
    let tail = 0.5 * incomplete_beta(freedom / 2.0, 0.5, freedom / (freedom + t * t));
    if t > 0.0 { tail } else { 1.0 - tail }
}

/// The regularised incomplete beta function, by its continued fraction (DLMF 8.17.22, modified Lentz).
fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(b, a, 1.0 - x);
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (1.0 - x).ln()).exp() / a;
    const TINY: f64 = 1e-300;
    let (mut c, mut d) = (1.0, 1.0 - (a + b) * x / (a + 1.0));
    d = if d.abs() < TINY { 1.0 / TINY } else { 1.0 / d };
    let mut sum = d;
    for m in 1..300 {
        let m = f64::from(m);
        for step in [
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        ] {
            d = 1.0 + step * d;
            d = if d.abs() < TINY { 1.0 / TINY } else { 1.0 / d };
            c = 1.0 + step / c;
            c = if c.abs() < TINY { TINY } else { c };
            sum *= c * d;
        }
        if (c * d - 1.0).abs() < 1e-14 {
            break;
        }
    }
    front * sum
}

/// ln Γ(x) for x > 0: Stirling's series after the argument was raised to at least 10.
fn ln_gamma(mut x: f64) -> f64 {
    let mut product = 1.0;
    while x < 10.0 {
        product *= x;
        x += 1.0;
    }
    let y = 1.0 / (x * x);
    let series = (1.0 / 12.0 - y * (1.0 / 360.0 - y * (1.0 / 1260.0 - y / 1680.0))) / x;
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + series - product.ln()
}

/// The check of a year. For whoever approves gifts, of everybody's records.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn independence_report(practice: &Practice, year: i32) -> Result<VolumeIndependence, InsightsError> {
    practice.may(Need::Approve(Area::Gratitude))?;
    practice.may(Need::Read(Area::Insights))?;
    practice.may(Need::Everybodys)?;
    let invalid = || InsightsError::Invalid { field: "year", problem: "Give a year between 2000 and 2100." };
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).ok_or_else(invalid);
    if !(2000..=2100).contains(&year) {
        return Err(invalid());
    }
    // Somebody who came in December and a gift in January belong together.
    let period = Period { from: day(year - 1, 12, 1)?, to: day(year, 12, 31)? };
    let today = practice.today();
    practice.read(|conn| {
        let given = given_to_physicians(conn, year, today)?;
        let (mut known, mut sent, mut failed) = (BTreeMap::new(), Vec::new(), None);
        rows::each_sent_by_physician(conn, period, |person, on| {
            let of = match known.get(&person.0) {
                Some(of) => *of,
                None => match one_of(conn, person.0) {
                    Ok(of) => {
                        known.insert(person.0, of);
                        of
                    }
                    Err(error) => {
                        failed = Some(error);
                        return;
                    }
                },
            };
            sent.push((of, on));
        })?;
        match failed {
            Some(error) => Err(error.into()),
            None => Ok(volume_independence(year, &given, &sent)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn people(n: u8) -> Vec<RecordId> {
        (1..=n).map(|n| RecordId::from_bytes([n; 16])).collect()
    }

    fn gift(of: RecordId, on: &str, cents: i64) -> GivenTo {
        GivenTo { of, on: day(on), cents }
    }

    #[test]
    fn ties_share_the_mean_of_their_ranks() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 2.0]), [3.5, 1.0, 3.5, 2.0]);
    }

    /// Checked against published tables of Student's t: with 8 degrees of freedom t = 1.860 leaves 5 %.
    #[test]
    fn the_tail_is_that_of_students_t() {
        for (freedom, t, tail) in
            [(8.0, 1.860, 0.05), (3.0, 2.353, 0.05), (20.0, 2.528, 0.01), (1.0, 1.0, 0.25)]
        {
            let rho = t / f64::sqrt(freedom + t * t);
            let p = one_sided(rho, (freedom + 2.0) as usize);
            assert!((p - tail).abs() < 2e-4, "{freedom} {t}: {p}");
            assert!((one_sided(-rho, (freedom + 2.0) as usize) + p - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn gifts_that_rise_with_referrals_are_flagged_and_equal_ones_are_not() {
        let who = people(8);
        let mut sent = Vec::new();
        for (n, of) in who.iter().enumerate() {
            for m in 0..=n {
                sent.push((*of, day("2026-01-01") + Days::new(m as u64)));
            }
        }
        let rising: Vec<GivenTo> =
            who.iter().zip(1i64..).map(|(of, n)| gift(*of, "2026-12-01", n * 1_000)).collect();
        let flagged = volume_independence(2026, &rising, &sent);
        assert_eq!((flagged.rho, flagged.verdict), (Some(1.0), IndependenceVerdict::LookCloser));
        let equal: Vec<GivenTo> = who.iter().map(|of| gift(*of, "2026-12-01", 1_000)).collect();
        let fine = volume_independence(2026, &equal, &sent);
        assert_eq!((fine.rho, fine.verdict), (None, IndependenceVerdict::NothingFound));
    }

    #[test]
    fn gifts_right_after_arrivals_are_flagged() {
        let who = people(6);
        let sent: Vec<_> = who.iter().map(|of| (*of, day("2026-05-01"))).collect();
        let soon: Vec<GivenTo> = who.iter().map(|of| gift(*of, "2026-05-15", 1_000)).collect();
        let flagged = volume_independence(2026, &soon, &sent);
        assert_eq!((flagged.soon.a, flagged.soon.b, flagged.expected_percent), (6, 6, Some(4.1)));
        assert_eq!(flagged.verdict, IndependenceVerdict::LookCloser);
        let later: Vec<GivenTo> = who.iter().map(|of| gift(*of, "2026-05-16", 1_000)).collect();
        assert_eq!(volume_independence(2026, &later, &sent).verdict, IndependenceVerdict::NothingFound);
    }

    #[test]
    fn four_say_nothing() {
        let who = people(4);
        let given: Vec<GivenTo> = who.iter().map(|of| gift(*of, "2026-05-02", 1_000)).collect();
        let sent: Vec<_> = who.iter().map(|of| (*of, day("2026-05-01"))).collect();
        assert_eq!(volume_independence(2026, &given, &sent).verdict, IndependenceVerdict::TooFew);
    }
}
