//! From wide to chosen: how many partners there are at each step, whom nobody looks after, and how attention is mixed.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::network::refresh_standing_for_day;
use crate::outreach::cadence::rules;
use crate::outreach::error::OutreachError;
use crate::outreach::rows::rings as rows;
use crate::outreach::touches::TouchCategory;
use crate::practice::Practice;
use crate::vault::{Area, Need};

/// Medical partners and businesses that have not ended, from all to the chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RingFunnel {
    /// On record.
    pub all: u32,
    /// Of these, whom we were ever in touch with.
    pub contacted: u32,
    /// Whom we ever met.
    pub met: u32,
    /// With a referral either way ever.
    pub referring: u32,
    /// In the core.
    pub core: u32,
    /// Parked.
    pub parked: u32,
    /// The measure `owner_gap`: whom nobody looks after.
    pub without_owner: u32,
}

/// A kind of attention and its share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MixShare {
    /// Which.
    pub category: TouchCategory,
    /// Contacts of it.
    pub touches: u32,
    /// What the practice aims at, in percent.
    pub target: u32,
    /// Share minus target in tenths of a point; nothing below ten contacts.
    pub off_tenths: Option<i32>,
    /// More than 15 points away from its target.
    pub off: bool,
}

/// The measure `touch_mix`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TouchMix {
    /// Each kind.
    pub shares: Vec<MixShare>,
    /// Contacts with a kind.
    pub of: u32,
    /// Contacts nobody said the kind of: in neither.
    pub without: u32,
}

/// What the due screen shows beside its list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct OutreachFigures {
    /// From wide to chosen.
    pub funnel: RingFunnel,
    /// How many the core should hold at most.
    pub core_limit: u16,
    /// The mix of the trailing 90 days.
    pub mix: TouchMix,
}

/// Over how many days the mix is taken, the last one included.
const MIX: Days = Days::new(90);
/// The practice's aim in percent: communication, education, gratitude, targeted outreach.
const TARGETS: [(TouchCategory, u32); 4] = [
    (TouchCategory::Communication, 40),
    (TouchCategory::Education, 25),
    (TouchCategory::Gratitude, 20),
    (TouchCategory::Targeted, 15),
];
const FEWEST: u32 = 10;
const TOLERATED_TENTHS: i64 = 150;

/// Figures of outreach as of today.
///
/// # Errors
/// Those of the file.
pub fn outreach_figures(practice: &Practice) -> Result<OutreachFigures, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    refresh_standing_for_day(practice).map_err(OutreachError::of_network)?;
    let mix = touch_mix_until(practice, practice.today())?;
    practice.read(|conn| {
        Ok(OutreachFigures { funnel: rows::funnel(conn)?, core_limit: rules(conn)?.core_limit, mix })
    })
}

/// The mix of the 90 days that end with this one, or with today where it lies ahead.
///
/// # Errors
/// Those of the file.
pub fn touch_mix_until(practice: &Practice, to: NaiveDate) -> Result<TouchMix, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    let to = to.min(practice.today());
    let since = to.checked_sub_days(MIX).unwrap_or(NaiveDate::MIN);
    Ok(practice.read(|conn| rows::by_category(conn, since, to)).map(|counts| touch_mix(&counts))?)
}

/// The measure `touch_mix` (section 12): *Category touches ÷ touches, trailing 90 d, minus target; off if > 15 points,
/// n ≥ 10.* Unknown is left out of both.
pub fn touch_mix(counts: &[(Option<TouchCategory>, u32)]) -> TouchMix {
    let of_kind = |kind| counts.iter().filter(|(category, _)| *category == kind).map(|(_, n)| n).sum::<u32>();
    let of = TARGETS.iter().map(|(category, _)| of_kind(Some(*category))).sum();
    let shares = TARGETS
        .iter()
        .map(|(category, target)| {
            let touches = of_kind(Some(*category));
            let off_tenths = (of >= FEWEST).then(|| {
                let tenths = (2_000 * i64::from(touches) + i64::from(of)) / (2 * i64::from(of));
                i32::try_from(tenths).unwrap_or(i32::MAX) - 10 * i32::try_from(*target).unwrap_or(0)
            });
            MixShare {
                category: *category,
                touches,
                target: *target,
                off_tenths,
                off: of >= FEWEST && is_off(touches, of, *target),
            }
        })
        .collect();
    TouchMix { shares, of, without: of_kind(None) }
}

/// More than 15 points away; the share is not rounded before it is compared.
fn is_off(touches: u32, of: u32, target: u32) -> bool {
    let (touches, of, target) = (i64::from(touches), i64::from(of), i64::from(target));
    (1_000 * touches - 10 * target * of).abs() > TOLERATED_TENTHS * of
}

#[cfg(test)]
mod tests {
    use super::*;
    use TouchCategory::*;
    use proptest::prelude::*;

    #[test]
    fn the_mix_by_hand() {
        let mix = touch_mix(&[
            (Some(Communication), 12),
            (Some(Education), 2),
            (Some(Gratitude), 4),
            (Some(Targeted), 2),
            (None, 5),
        ]);
        // Of 20: 60 % − 40, 10 % − 25, 20 % − 20, 10 % − 15.
        let told: Vec<_> = mix.shares.iter().map(|one| (one.off_tenths, one.off)).collect();
        assert_eq!(told, [(Some(200), true), (Some(-150), false), (Some(0), false), (Some(-50), false)]);
        assert_eq!((mix.of, mix.without), (20, 5));
    }

    #[test]
    fn nine_contacts_are_too_few_to_be_off() {
        let mix = touch_mix(&[(Some(Gratitude), 9)]);
        assert!(mix.shares.iter().all(|one| one.off_tenths.is_none() && !one.off));
    }

    proptest! {
        #[test]
        fn the_shares_agree_with_plain_division(counts in prop::collection::vec(0u32..5000, 4), without in 0u32..100) {
            let given: Vec<_> =
                TARGETS.iter().zip(&counts).map(|((kind, _), n)| (Some(*kind), *n)).chain([(None, without)]).collect();
            let mix = touch_mix(&given);
            let total: u32 = counts.iter().sum();
            prop_assert_eq!(mix.of, total);
            for (share, n) in mix.shares.iter().zip(&counts) {
                match share.off_tenths {
                    None => prop_assert!(total < 10),
                    Some(tenths) => {
                        let plain = 1000.0 * f64::from(*n) / f64::from(total) - 10.0 * f64::from(share.target);
                        prop_assert!((f64::from(tenths) - plain).abs() <= 0.5 + 1e-9);
                    }
                }
            }
        }
    }
}
