//! How well referrals were prepared and people served: work-up, needs, second opinions, documents, experience.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde::Serialize;

use super::error::InsightsError;
use super::frame::Frame;
use super::period::{Period, PeriodShown};
use super::ratio::{Ratio, one_decimal};
use super::rows::{self, Answered};
use crate::foundation::id::{PartnerId, ReferralId};
use crate::practice::Practice;
use crate::referrals::care::{
    Answers, HelpAnswer, Met, Needs, PartiesServed, Plan, PlanState, Prequal, SecondOpinion, Served, YesNo,
    YesNoNeeded,
};
use crate::referrals::help::answered_hand_outs;
use crate::vault::{Area, Need};

/// A mean in percent with how many stand behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MeanPercent {
    /// One decimal; none without a case.
    pub percent: Option<f64>,
    /// How many referrals.
    pub n: u32,
}

impl MeanPercent {
    /// The mean of shares between 0 and 1.
    fn of(shares: &[f64]) -> Self {
        let n = u32::try_from(shares.len()).unwrap_or(u32::MAX);
        let mean = shares.iter().sum::<f64>() / f64::from(n.max(1)) * 100.0;
        Self { percent: (n > 0).then(|| one_decimal(mean)), n }
    }
}

/// `prequal_completeness` of one referral: ticked ÷ applicable items ("not needed" is not applicable); none while nothing
/// is answered or nothing applies.
pub fn prequal_completeness(prequal: &Prequal) -> Option<f64> {
    let all = prequal.all();
    if all.iter().all(Option::is_none) {
        return None;
    }
    let applicable = all.iter().filter(|answer| **answer != Some(YesNoNeeded::NotNeeded)).count();
    let ticked = all.iter().filter(|answer| **answer == Some(YesNoNeeded::Yes)).count();
    (applicable > 0).then(|| ticked as f64 / applicable as f64)
}

/// `needs_met` of one referral: 0.50 patient + 0.25 sender + 0.25 receiver (yes 1, partly 0.5, no 0; missing re-weights);
/// none while nothing is known.
pub fn needs_met(needs: &Needs) -> Option<f64> {
    let parts = [(0.50, needs.patient), (0.25, needs.sender), (0.25, needs.receiver)];
    let known = parts.iter().filter_map(|(weight, met)| met.map(|met| (*weight, met)));
    let (mut sum, mut weights) = (0.0, 0.0);
    for (weight, met) in known {
        weights += weight;
        sum += weight
            * match met {
                Met::Yes => 1.0,
                Met::Partly => 0.5,
                Met::No => 0.0,
            };
    }
    (weights > 0.0).then(|| sum / weights)
}

/// `all_parties_served` of one referral: every applicable value tick is set; none while nothing is ticked or applies.
pub fn all_parties_served(served: &PartiesServed) -> Option<bool> {
    let all = served.all();
    let applicable = || all.iter().filter(|answer| **answer != Some(Served::NotApplicable));
    if all.iter().all(Option::is_none) || applicable().count() == 0 {
        return None;
    }
    Some(applicable().all(|answer| *answer == Some(Served::Yes)))
}

/// `missing_documents` of one referral: ≥ 1 agreed document absent at the visit; none without a list.
pub fn missing_documents(answers: &Answers) -> Option<bool> {
    (!answers.documents.is_empty()).then(|| answers.documents.iter().any(|document| !document.there))
}

/// Whether plans are followed through, of first visits in a period whose plan is old enough to judge.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FollowThrough {
    /// The measure `follow_through`: started or completed ÷ proposed.
    pub followed: Ratio,
    /// Accepted or further ÷ proposed.
    pub accepted: Ratio,
    /// Completed ÷ proposed.
    pub completed: Ratio,
}

/// `follow_through`: first visits in P with plan proposed ≥ 30 d before as-of: started or completed ÷ proposed. Accepted and
/// completed shares beside it; whoever started had accepted. One that was broken off had been accepted too.
pub fn follow_through(plans: impl IntoIterator<Item = Plan>, as_of: NaiveDate) -> FollowThrough {
    let (mut all, mut followed, mut accepted, mut completed) = (0, 0, 0, 0);
    for plan in plans.into_iter().filter(|plan| (as_of - plan.proposed_on).num_days() >= 30) {
        all += 1;
        followed += u32::from(matches!(plan.state, PlanState::Started | PlanState::Completed));
        accepted += u32::from(plan.state != PlanState::Proposed);
        completed += u32::from(plan.state == PlanState::Completed);
    }
    FollowThrough {
        followed: Ratio::new(followed, all),
        accepted: Ratio::new(accepted, all),
        completed: Ratio::new(completed, all),
    }
}

/// Whether those whom patients were sent to helped.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HelpRate {
    /// The measure `help_rate`: rating ≥ 7 ÷ answered.
    pub helped: Ratio,
    /// Got in touch ÷ asked.
    pub contacted: Ratio,
}

/// `help_rate`: outbound follow-ups answered in P with rating ≥ 7 ÷ answered. Contacted share beside it. Answered is who gave
/// a rating. Follow-ups are those of outbound referrals and of lists patients took along.
pub fn help_rate(answers: impl IntoIterator<Item = HelpAnswer>) -> HelpRate {
    let (mut asked, mut contacted, mut answered, mut helped) = (0, 0, 0, 0);
    for answer in answers {
        asked += 1;
        contacted += u32::from(answer.contacted == YesNo::Yes);
        answered += u32::from(answer.helped.is_some());
        helped += u32::from(answer.helped.is_some_and(|helped| helped >= 7));
    }
    HelpRate { helped: Ratio::new(helped, answered), contacted: Ratio::new(contacted, asked) }
}

/// `satisfaction` and `satisfaction_consistency`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Satisfaction {
    /// Mean rating ÷ 10 in percent, one decimal; none below three ratings.
    pub percent: Option<f64>,
    /// The 25th percentile of the ratings; none below five.
    pub low_quarter: Option<f64>,
    /// How many ratings.
    pub n: u32,
}

/// `satisfaction`: mean rating ÷ 10, P by visit date, n ≥ 3; consistency = 25th percentile and mean, n ≥ 5. Sorts them.
pub fn satisfaction(ratings: &mut [u32]) -> Satisfaction {
    ratings.sort_unstable();
    let n = u32::try_from(ratings.len()).unwrap_or(u32::MAX);
    let mean = f64::from(ratings.iter().sum::<u32>()) / f64::from(n.max(1)) * 10.0;
    Satisfaction {
        percent: (n >= 3).then(|| one_decimal(mean)),
        low_quarter: super::spread::percentile(ratings, 0.25).filter(|_| n >= 5).map(one_decimal),
        n,
    }
}

/// `prequal_completeness` of one partner.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PartnerPrequal {
    /// The partner.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// The mean over its referrals.
    pub completeness: MeanPercent,
}

/// How well referrals were prepared and people served over a period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CareReport {
    /// The dates.
    pub period: PeriodShown,
    /// The measure `prequal_completeness`, of referrals received in the period.
    pub prequal: MeanPercent,
    /// By partner, the least complete first; at most 50, each with five referrals or more.
    pub prequal_partners: Vec<PartnerPrequal>,
    /// The measure `needs_met`, of referrals closed in the period.
    pub needs_met: MeanPercent,
    /// The measure `all_parties_served`, of referrals closed in the period.
    pub all_parties_served: Ratio,
    /// The measure `second_opinion_transfer`.
    pub second_opinion_transfer: Ratio,
    /// The measure `missing_documents`, of referrals seen in the period.
    pub missing_documents: Ratio,
    /// The measures `satisfaction` and `satisfaction_consistency`.
    pub satisfaction: Satisfaction,
    /// The measure `follow_through`.
    pub follow_through: FollowThrough,
    /// The measure `help_rate`.
    pub help_rate: HelpRate,
}

const PARTNERS: usize = 50;
const FEWEST: u32 = 5;

/// How well referrals were prepared and people served over a period.
///
/// # Errors
/// [`InsightsError::Store`].
pub fn care_report(practice: &Practice, period: &Period) -> Result<CareReport, InsightsError> {
    practice.may(Need::Read(Area::Insights))?;
    practice.read(|conn| {
        let _snapshot = conn.unchecked_transaction()?;
        let frame = Frame::new(*period, practice.today());
        let mut count = Count::default();
        for answered in rows::answered(conn)? {
            count.take(&answered, frame.period);
        }
        let said = answered_hand_outs(conn)?.into_iter();
        count.help.extend(said.filter(|help| frame.period.holds(help.answered_on)));
        let mut ratings = rows::ratings(conn, frame.period)?;
        let mut partners = Vec::new();
        for (id, shares) in std::mem::take(&mut count.partners) {
            let completeness = MeanPercent::of(&shares);
            if completeness.n >= FEWEST
                && let Some(named) = rows::partner(conn, id, practice.hidden())?
            {
                partners.push(PartnerPrequal { partner: id, name: named.name, completeness });
            }
        }
        partners.sort_by(|a, b| {
            let percent = |p: &PartnerPrequal| p.completeness.percent.unwrap_or(0.0);
            percent(a).total_cmp(&percent(b)).then(a.partner.cmp(&b.partner))
        });
        partners.truncate(PARTNERS);
        Ok(CareReport {
            period: period.shown(practice.today()),
            prequal: MeanPercent::of(&count.prequal),
            prequal_partners: partners,
            needs_met: MeanPercent::of(&count.needs),
            all_parties_served: count.served.ratio(),
            second_opinion_transfer: count.second_opinion.ratio(),
            missing_documents: count.documents.ratio(),
            satisfaction: satisfaction(&mut ratings),
            follow_through: follow_through(count.plans, frame.as_of),
            help_rate: help_rate(count.help),
        })
    })
}

#[derive(Default)]
struct Pair(u32, u32);

impl Pair {
    fn count(&mut self, counts: Option<bool>) {
        self.1 += u32::from(counts.is_some());
        self.0 += u32::from(counts == Some(true));
    }

    fn ratio(&self) -> Ratio {
        Ratio::new(self.0, self.1)
    }
}

#[derive(Default)]
struct Count {
    prequal: Vec<f64>,
    partners: HashMap<PartnerId, Vec<f64>>,
    needs: Vec<f64>,
    served: Pair,
    second_opinion: Pair,
    documents: Pair,
    plans: Vec<Plan>,
    help: Vec<HelpAnswer>,
}

impl Count {
    fn take(&mut self, answered: &Answered, period: Period) {
        let (answers, holds) =
            (&answered.answers, |day: Option<NaiveDate>| day.is_some_and(|day| period.holds(day)));
        if holds(Some(answered.received_on))
            && let Some(share) = prequal_completeness(&answers.prequal)
        {
            self.prequal.push(share);
            if let Some(partner) = answered.partner {
                self.partners.entry(partner).or_default().push(share);
            }
        }
        if holds(answered.closed_on) {
            self.needs.extend(needs_met(&answers.needs));
            self.served.count(all_parties_served(&answers.served));
            // `second_opinion_transfer`: moved ÷ (moved + stayed), second opinions closed in P.
            let second = answers.second_opinion.filter(|_| answered.is_second_opinion);
            self.second_opinion.count(second.map(|outcome| outcome == SecondOpinion::Moved));
        }
        if holds(answered.seen_on) {
            self.documents.count(missing_documents(answers));
            self.plans.extend(answers.plan);
        }
        let help = answers.help.filter(|help| answered.outbound && period.holds(help.answered_on));
        self.help.extend(help);
    }
}

/// Who of the answered had a home doctor.
pub(super) fn home_doctors(all: &[Answered]) -> BTreeMap<ReferralId, bool> {
    all.iter().map(|answered| (answered.id, answered.answers.home_doctor.is_some())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::referrals::care::AgreedDocument;
    use crate::testing::day;
    use proptest::prelude::*;

    #[test]
    fn what_is_not_needed_does_not_count_and_silence_is_unknown() {
        let (yes, no, skip) = (Some(YesNoNeeded::Yes), Some(YesNoNeeded::No), Some(YesNoNeeded::NotNeeded));
        let of = |[reason, workup, records, insurance]: [Option<YesNoNeeded>; 4]| {
            prequal_completeness(&Prequal { reason, workup, records, insurance })
        };
        assert_eq!(of([yes, yes, no, skip]), Some(2.0 / 3.0));
        assert_eq!(of([yes, None, None, None]), Some(0.25), "what is not ticked is not there");
        assert_eq!(of([skip; 4]), None);
        assert_eq!(of([None; 4]), None);
        // Two thirds, a quarter and one: 63.9 % of three.
        let mean = MeanPercent::of(&[2.0 / 3.0, 0.25, 1.0]);
        assert_eq!(mean, MeanPercent { percent: Some(63.9), n: 3 });
        assert_eq!(MeanPercent::of(&[]), MeanPercent::default());
    }

    #[test]
    fn the_patients_needs_weigh_half_and_what_is_missing_reweights() {
        let of = |patient, sender, receiver| needs_met(&Needs { patient, sender, receiver });
        let (yes, partly, no) = (Some(Met::Yes), Some(Met::Partly), Some(Met::No));
        assert_eq!(of(yes, partly, no), Some(0.625), "0.5 + 0.125");
        assert_eq!(of(partly, yes, None), Some((0.25 + 0.25) / 0.75));
        assert_eq!(of(None, None, no), Some(0.0));
        assert_eq!(of(None, None, None), None);
    }

    #[test]
    fn everybody_is_served_when_every_tick_that_applies_is_set() {
        let (yes, no, apart) = (Some(Served::Yes), Some(Served::No), Some(Served::NotApplicable));
        let of = |patient, sender, receiver, intermediary| {
            all_parties_served(&PartiesServed { patient, sender, receiver, intermediary })
        };
        assert_eq!(of(yes, yes, yes, apart), Some(true));
        assert_eq!(of(yes, yes, None, apart), Some(false));
        assert_eq!(of(yes, no, apart, apart), Some(false));
        assert_eq!(of(None, None, None, None), None);
        assert_eq!(of(apart, apart, apart, apart), None);
    }

    #[test]
    fn one_absent_document_is_enough() {
        let with = |there: &[bool]| {
            let documents =
                there.iter().map(|there| AgreedDocument { name: "MRI".into(), there: *there }).collect();
            missing_documents(&Answers { documents, ..Answers::default() })
        };
        assert_eq!((with(&[]), with(&[true, true]), with(&[true, false])), (None, Some(false), Some(true)));
    }

    #[test]
    fn a_plan_is_judged_thirty_days_after_it_was_proposed() {
        let plan = |on: &str, state| Plan { proposed_on: day(on), state };
        let plans = [
            plan("2026-10-01", PlanState::Started),
            plan("2026-10-01", PlanState::Completed),
            plan("2026-10-01", PlanState::Accepted),
            plan("2026-10-01", PlanState::Proposed),
            plan("2026-10-21", PlanState::Stopped),
            plan("2026-10-22", PlanState::Completed),
        ];
        let judged = follow_through(plans, day("2026-11-20"));
        assert_eq!(
            (judged.followed.words(), judged.accepted.words(), judged.completed.words()),
            ("2 of 5".into(), "4 of 5".into(), "1 of 5".into()),
            "the last is a day too young"
        );
    }

    #[test]
    fn help_counts_from_seven_of_ten_and_only_who_says_so() {
        let said = |contacted, helped| HelpAnswer { answered_on: day("2026-11-20"), contacted, helped };
        let rate = help_rate([
            said(YesNo::Yes, Some(7)),
            said(YesNo::Yes, Some(6)),
            said(YesNo::Yes, None),
            said(YesNo::No, None),
        ]);
        assert_eq!((rate.helped.words(), rate.contacted.words()), ("1 of 2".into(), "3 of 4".into()));
    }

    #[test]
    fn satisfaction_waits_for_three_and_its_low_quarter_for_five() {
        assert_eq!(satisfaction(&mut [9, 10]), Satisfaction { percent: None, low_quarter: None, n: 2 });
        assert_eq!(
            satisfaction(&mut [9, 10, 6]),
            Satisfaction { percent: Some(83.3), low_quarter: None, n: 3 }
        );
        let five = satisfaction(&mut [10, 8, 6, 9, 3]);
        assert_eq!(five, Satisfaction { percent: Some(72.0), low_quarter: Some(6.0), n: 5 });
    }

    proptest! {
        #[test]
        fn shares_stay_between_nothing_and_all(answers in prop::collection::vec(prop::option::of(0usize..3), 7)) {
            let needed = |n: Option<usize>| n.map(|n| YesNoNeeded::ALL[n]);
            let met = |n: Option<usize>| n.map(|n| Met::ALL[n]);
            let prequal = Prequal { reason: needed(answers[0]), workup: needed(answers[1]), records: needed(answers[2]), insurance: needed(answers[3]) };
            let needs = Needs { patient: met(answers[4]), sender: met(answers[5]), receiver: met(answers[6]) };
            for share in [prequal_completeness(&prequal), needs_met(&needs)].into_iter().flatten() {
                prop_assert!((0.0..=1.0).contains(&share));
            }
        }
    }
}
