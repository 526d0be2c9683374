//! Whether a partner suits a patient, as a rule over values: what is met, what is not, what is not known.

use serde::{Deserialize, Serialize};

use super::strengths::{Gender, Strengths};
use super::wishes::{WishKind, Wishes};
use crate::foundation::text::words;
use crate::referrals::types::codes;

codes! {
    /// Whether a preference is met.
    WishMet {
        /// It is.
        Yes = "yes",
        /// What is recorded says otherwise.
        No = "no",
        /// Nothing is recorded; it does not count as met.
        Unknown = "unknown",
    }
}

/// One preference against what is recorded of a partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct WishCheck {
    /// What it is about.
    pub kind: WishKind,
    /// What the patient prefers; a gender as its code, a distance in meters.
    pub wish: String,
    /// How much it counts.
    pub weight: u32,
    /// Whether it is met.
    pub met: WishMet,
    /// What is recorded, in the same terms.
    pub recorded: Vec<String>,
}

/// The measure `match_score` with what it is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Score {
    /// Weight of the preferences that are met.
    pub met: u32,
    /// Weight of those stated.
    pub stated: u32,
    /// 100 × met ÷ stated, a whole number; none where nothing is stated.
    pub score: Option<u32>,
}

/// `match_score` (section 12): 100 × weight of met preferences ÷ weight of stated ones (default weights equal). What is not
/// known is not met. Whoever is not suited, not to be used or refuses the insurance has 0 and is left out before
/// ([`left_out`]). Rounded half away from zero.
pub fn match_score(checks: &[WishCheck]) -> Score {
    let stated = checks.iter().map(|check| check.weight).sum();
    let met = checks.iter().filter(|check| check.met == WishMet::Yes).map(|check| check.weight).sum();
    let score = (stated > 0).then(|| (200 * met + stated) / (2 * stated));
    Score { met, stated, score }
}

/// Two words that mean the same to whoever looks for help: equal, or of one stem ("therapy", "therapist").
fn alike(one: &str, other: &str) -> bool {
    let common = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let shorter = one.chars().count().min(other.chars().count());
    one == other || (common >= 5 && common + 3 >= shorter)
}

/// Words that say nothing by themselves.
const FILLING: &[&str] =
    &["a", "an", "and", "after", "at", "for", "from", "in", "of", "on", "or", "the", "to", "with"];

fn meaning(text: &str) -> Vec<String> {
    words(text).into_iter().filter(|word| !FILLING.contains(&word.as_str())).collect()
}

/// Every word of `inner` is among those of `outer`.
fn within(inner: &[String], outer: &[String]) -> bool {
    !inner.is_empty() && inner.iter().all(|word| outer.iter().any(|other| alike(word, other)))
}

/// Whether two texts speak of the same: all words of one are among those of the other.
fn speaks_of(one: &str, other: &str) -> bool {
    let (one, other) = (meaning(one), meaning(other));
    within(&one, &other) || within(&other, &one)
}

/// What a partner's specialty and kind are called.
pub(super) struct Trade<'a> {
    pub(super) specialties: &'a [String],
    pub(super) kind: &'a str,
}

/// Why a partner may help with a problem at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fit {
    /// Recorded problems that are this one.
    pub(super) recorded: Vec<String>,
    /// Specialties, or else the kind of partner.
    pub(super) by_trade: Vec<String>,
}

impl Fit {
    pub(super) fn of(problem: &str, strengths: &Strengths, trade: &Trade<'_>) -> Self {
        let these =
            |texts: &[String]| texts.iter().filter(|text| speaks_of(text, problem)).cloned().collect();
        let mut by_trade: Vec<String> = these(trade.specialties);
        if by_trade.is_empty() && speaks_of(trade.kind, problem) {
            by_trade.push(trade.kind.to_owned());
        }
        Self { recorded: these(&strengths.helps_with), by_trade }
    }

    pub(super) fn is_one(&self) -> bool {
        !self.recorded.is_empty() || !self.by_trade.is_empty()
    }
}

/// Why a partner is left out: its score is 0 and it is not on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Out {
    DoNotUse(String),
    NotSuitedFor(String),
    Insurance(String),
}

/// Whether a partner is left out, and why; the gravest reason first.
pub(super) fn left_out(problem: &str, wishes: &Wishes, strengths: &Strengths) -> Option<Out> {
    if let Some(reason) = &strengths.do_not_use {
        return Some(Out::DoNotUse(reason.clone()));
    }
    let asked: Vec<Vec<String>> =
        std::iter::once(problem).chain(wishes.needs.iter().map(String::as_str)).map(meaning).collect();
    let unsuited = |text: &&String| asked.iter().any(|asked| within(&meaning(text), asked));
    if let Some(text) = strengths.not_suited_for.iter().find(unsuited) {
        return Some(Out::NotSuitedFor(text.clone()));
    }
    let insurance = wishes.insurance.as_deref()?;
    let refused = strengths.no_insurances.iter().find(|refused| speaks_of(refused, insurance));
    refused.map(|refused| Out::Insurance(refused.clone()))
}

/// Every stated preference against what is recorded, in the order people list them.
pub(super) fn checks(wishes: &Wishes, strengths: &Strengths) -> Vec<WishCheck> {
    let mut checks = Vec::new();
    let mut put = |kind, wish: String, met, recorded| {
        checks.push(WishCheck { kind, wish, weight: wishes.weight(kind), met, recorded });
    };
    let known = |found: bool, recorded: &[String]| match (found, recorded.is_empty()) {
        (true, _) => WishMet::Yes,
        (false, true) => WishMet::Unknown,
        (false, false) => WishMet::No,
    };
    for kind in WishKind::ALL {
        let (wish, recorded) = match kind {
            WishKind::Language => (&wishes.language, &strengths.languages),
            WishKind::Cost => (&wishes.cost, &strengths.costs),
            WishKind::Insurance => (&wishes.insurance, &strengths.insurances),
            WishKind::Technology => (&wishes.technology, &strengths.technologies),
            WishKind::ContactTime => (&wishes.contact_time, &strengths.contact_times),
            WishKind::Gender => {
                if let Some(gender) = wishes.gender {
                    let recorded: Vec<String> = codes_of(&strengths.genders);
                    let met = known(strengths.genders.contains(&gender), &recorded);
                    put(*kind, gender.code().to_owned(), met, recorded);
                }
                continue;
            }
            WishKind::Distance => {
                if let Some(most) = wishes.distance_m {
                    let recorded: Vec<String> = strengths.distance_m.iter().map(u32::to_string).collect();
                    let met = known(strengths.distance_m.is_some_and(|far| far <= most), &recorded);
                    put(*kind, most.to_string(), met, recorded);
                }
                continue;
            }
            WishKind::Need => {
                for need in &wishes.needs {
                    let met = known(strengths.needs.iter().any(|has| speaks_of(has, need)), &strengths.needs);
                    put(*kind, need.clone(), met, strengths.needs.clone());
                }
                continue;
            }
        };
        if let Some(wish) = wish {
            let met = known(recorded.iter().any(|has| speaks_of(has, wish)), recorded);
            put(*kind, wish.clone(), met, recorded.clone());
        }
    }
    checks
}

fn codes_of(genders: &[Gender]) -> Vec<String> {
    genders.iter().map(|gender| gender.code().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::wishes::WishWeight;
    use super::*;
    use proptest::prelude::*;

    fn check(weight: u32, met: WishMet) -> WishCheck {
        WishCheck { kind: WishKind::Language, wish: String::new(), weight, met, recorded: Vec::new() }
    }

    #[test]
    fn the_score_is_the_weight_met_of_the_weight_stated() {
        let score = |checks: &[WishCheck]| match_score(checks).score;
        // Three stated, two met, all alike: 66.67.
        assert_eq!(score(&[check(1, WishMet::Yes), check(1, WishMet::No), check(1, WishMet::Yes)]), Some(67));
        // The one that is not met counts three of five: 40.
        assert_eq!(score(&[check(1, WishMet::Yes), check(3, WishMet::No), check(1, WishMet::Yes)]), Some(40));
        // What is not known is not met.
        assert_eq!(score(&[check(1, WishMet::Unknown), check(1, WishMet::Yes)]), Some(50));
        // 1 of 8 is 12.5.
        assert_eq!(score(&[check(1, WishMet::Yes), check(7, WishMet::No)]), Some(13));
        assert_eq!(score(&[]), None, "nothing stated");
    }

    fn ito() -> Strengths {
        Strengths {
            helps_with: vec!["knee pain".into()],
            not_suited_for: vec!["children".into()],
            languages: vec!["English".into(), "Spanish".into()],
            genders: vec![Gender::Female],
            insurances: vec!["Acme Health PPO".into()],
            no_insurances: vec!["Medicaid".into()],
            contact_times: vec!["weekday mornings".into()],
            distance_m: Some(8_000),
            ..Strengths::default()
        }
    }

    #[test]
    fn every_stated_preference_is_checked_and_explained() {
        let wishes = Wishes {
            language: Some("spanish".into()),
            gender: Some(Gender::Male),
            distance_m: Some(8_000),
            insurance: Some("Acme Health".into()),
            technology: Some("video".into()),
            contact_time: Some("mornings".into()),
            needs: vec!["step-free access".into()],
            weights: vec![WishWeight { kind: WishKind::Language, weight: 3 }],
            ..Wishes::default()
        };
        let checks = checks(&wishes, &ito());
        let told: Vec<_> = checks.iter().map(|check| (check.kind.code(), check.met, check.weight)).collect();
        assert_eq!(
            told,
            [
                ("language", WishMet::Yes, 3),
                ("gender", WishMet::No, 1),
                ("distance", WishMet::Yes, 1),
                ("insurance", WishMet::Yes, 1),
                ("technology", WishMet::Unknown, 1),
                ("contact_time", WishMet::Yes, 1),
                ("need", WishMet::Unknown, 1),
            ]
        );
        // 3 + 1 + 1 + 1 of 9.
        assert_eq!(match_score(&checks), Score { met: 6, stated: 9, score: Some(67) });
    }

    #[test]
    fn who_is_not_suited_refuses_the_insurance_or_is_not_to_be_used_is_left_out() {
        let wishes = |insurance: &str, need: &str| Wishes {
            insurance: Some(insurance.into()),
            needs: vec![need.into()],
            ..Wishes::default()
        };
        let out = |problem: &str, wishes: &Wishes| left_out(problem, wishes, &ito());
        assert_eq!(out("knee pain", &wishes("Acme", "parking")), None);
        assert_eq!(
            out("knee pain of children", &wishes("Acme", "parking")),
            Some(Out::NotSuitedFor("children".into()))
        );
        assert_eq!(
            out("knee pain", &wishes("Acme", "sees children")),
            Some(Out::NotSuitedFor("children".into()))
        );
        assert_eq!(
            out("knee pain", &wishes("Medicaid HMO", "parking")),
            Some(Out::Insurance("Medicaid".into()))
        );
        let closed = Strengths { do_not_use: Some("under investigation".into()), ..ito() };
        assert_eq!(
            left_out("knee pain", &Wishes::default(), &closed),
            Some(Out::DoNotUse("under investigation".into()))
        );
    }

    #[test]
    fn a_problem_is_met_by_what_is_recorded_or_by_the_trade() {
        let fit = |problem: &str, specialties: &[&str], kind: &str| {
            let specialties: Vec<String> = specialties.iter().map(|s| (*s).to_owned()).collect();
            Fit::of(problem, &ito(), &Trade { specialties: &specialties, kind })
        };
        assert_eq!(fit("pain in the knee after a fall", &[], "Gym").recorded, ["knee pain"]);
        assert_eq!(fit("knee", &[], "Gym").recorded, ["knee pain"]);
        assert_eq!(fit("physical therapy", &[], "Physical therapist").by_trade, ["Physical therapist"]);
        assert_eq!(fit("Cardiologist", &["Cardiology"], "Specialist").by_trade, ["Cardiology"]);
        assert!(!fit("hip", &["Cardiology"], "Specialist").is_one());
        assert!(!fit("dermatitis", &["Dermatology"], "Specialist").is_one());
        assert!(!fit("of the", &["Cardiology"], "Specialist").is_one(), "nothing was said");
    }

    proptest! {
        #[test]
        fn a_score_lies_between_nothing_and_everything(all in prop::collection::vec((1u32..6, 0usize..3), 0..12)) {
            let checks: Vec<WishCheck> = all.iter().map(|(weight, met)| check(*weight, WishMet::ALL[*met])).collect();
            let score = match_score(&checks);
            prop_assert_eq!(score.score.is_none(), checks.is_empty());
            prop_assert!(score.met <= score.stated && score.score.is_none_or(|score| score <= 100));
            prop_assert_eq!(score.score == Some(100), !checks.is_empty() && checks.iter().all(|c| c.met == WishMet::Yes)
                || score.score == Some(100) && 200 * score.met + score.stated >= 200 * score.stated);
        }
    }
}
