//! How far those came who asked: from the first question to coming back, and how fast they were answered.

use serde::Serialize;

use super::care::{FollowThrough, follow_through};
use super::error::InsightsError;
use super::frame::Frame;
use super::pace::{Pacing, first_answer};
use super::period::{Period, PeriodShown};
use super::ratio::Ratio;
use super::rows;
use super::spread::Spread;
use crate::foundation::working_days::WorkingDays;
use crate::practice::Practice;
use crate::referrals::inquiries::{Inquired, InquiryChannel, inquired_in, reached};
use crate::vault::{Area, Need, calendar_in};

/// The measure `inquiry_funnel`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct InquiryFunnel {
    /// Inquiries.
    pub inquiries: u32,
    /// Signed up ÷ inquiries.
    pub signed_up: Ratio,
    /// With a kept first visit ÷ signed up.
    pub first_visit: Ratio,
    /// With a plan started ÷ with a first visit.
    pub plan_started: Ratio,
    /// With two or more further kept visits within 365 days ÷ with a plan started.
    pub loyal: Ratio,
}

/// `inquiry_funnel` (section 12): inquiries dated in P; of these with sign-up; with kept first visit; with plan started; with
/// ≥ 2 further kept visits within 365 d. Each step ÷ the step before; who lacks a step has none of those after it.
pub fn inquiry_funnel<'a>(
    inquiries: impl IntoIterator<Item = &'a Inquired>,
    as_of: chrono::NaiveDate,
) -> InquiryFunnel {
    let mut steps = [0_u32; 5];
    for one in inquiries {
        let last = reached(one, as_of) as usize;
        steps[..=last].iter_mut().for_each(|count| *count += 1);
    }
    let [inquiries, signed_up, first_visit, plan_started, loyal] = steps;
    InquiryFunnel {
        inquiries,
        signed_up: Ratio::new(signed_up, inquiries),
        first_visit: Ratio::new(first_visit, signed_up),
        plan_started: Ratio::new(plan_started, first_visit),
        loyal: Ratio::new(loyal, plan_started),
    }
}

/// The inquiries of one channel.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ChannelInquiries {
    /// Which.
    pub channel: InquiryChannel,
    /// Signed up ÷ inquiries.
    pub signed_up: Ratio,
}

/// How far those came who asked in a period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct InquiryReport {
    /// The dates.
    pub period: PeriodShown,
    /// The measure `inquiry_funnel`.
    pub funnel: InquiryFunnel,
    /// By channel, the most inquiries first.
    pub channels: Vec<ChannelInquiries>,
    /// The measure `first_answer`, of the inquiries.
    pub first_answer: Spread,
    /// The measure `follow_through`, of first visits in the period.
    pub follow_through: FollowThrough,
}

/// How far those came who asked in a period, as of its last day or today.
///
/// # Errors
/// [`InsightsError::Store`].
pub fn inquiry_report(practice: &Practice, period: &Period) -> Result<InquiryReport, InsightsError> {
    practice.may(Need::Read(Area::Insights))?;
    practice.read(|conn| {
        let _snapshot = conn.unchecked_transaction()?;
        let frame = Frame::new(*period, practice.today());
        let days = WorkingDays::new(&calendar_in(conn)?);
        let all = inquired_in(conn, frame.period.from, frame.period.to)?;
        let mut pacing = Pacing::default();
        all.iter().for_each(|one| pacing.answered(one.answer, frame.period, &days));
        let of = |channel: InquiryChannel| {
            let these = all.iter().filter(|one| one.channel == channel).map(|one| &one.inquired);
            ChannelInquiries { channel, signed_up: inquiry_funnel(these, frame.as_of).signed_up }
        };
        let mut channels: Vec<ChannelInquiries> =
            InquiryChannel::ALL.iter().map(|channel| of(*channel)).collect();
        channels.retain(|one| one.signed_up.b > 0);
        channels.sort_by_key(|one| (std::cmp::Reverse(one.signed_up.b), one.channel));
        let seen = rows::answered(conn)?
            .into_iter()
            .filter(|one| one.seen_on.is_some_and(|day| frame.period.holds(day)));
        Ok(InquiryReport {
            period: period.shown(practice.today()),
            funnel: inquiry_funnel(all.iter().map(|one| &one.inquired), frame.as_of),
            channels,
            first_answer: first_answer(&mut pacing),
            follow_through: follow_through(seen.filter_map(|one| one.answers.plan), frame.as_of),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::referrals::care::{Plan, PlanState};
    use crate::testing::day;

    fn one(signed_up: Option<&str>, visits: &[&str], started: bool) -> Inquired {
        Inquired {
            asked_on: day("2026-01-10"),
            signed_up_on: signed_up.map(day),
            visits: visits.iter().map(|on| day(on)).collect(),
            plan: started.then(|| Plan { proposed_on: day("2026-02-01"), state: PlanState::Started }),
        }
    }

    #[test]
    fn ten_who_asked_thin_out_step_by_step() {
        let mut all = vec![one(None, &[], false); 2];
        all.extend(vec![one(Some("2026-01-12"), &[], false); 3]);
        all.extend(vec![one(Some("2026-01-12"), &["2026-02-01"], false); 2]);
        all.push(one(Some("2026-01-12"), &["2026-02-01", "2026-03-01"], true));
        all.extend(vec![one(None, &["2026-02-01", "2026-03-01", "2026-04-01"], true); 2]);
        let funnel = inquiry_funnel(&all, day("2026-12-31"));
        let pair = |ratio: Ratio| (ratio.a, ratio.b);
        assert_eq!(funnel.inquiries, 10);
        assert_eq!(pair(funnel.signed_up), (8, 10));
        assert_eq!(funnel.signed_up.percent, Some(80.0));
        assert_eq!(pair(funnel.first_visit), (5, 8));
        assert_eq!(pair(funnel.plan_started), (3, 5));
        assert_eq!(pair(funnel.loyal), (2, 3));
        assert_eq!(funnel.loyal.percent, None, "three are too few for a percentage");
        // On the last day of March nobody has come a third time.
        assert_eq!(pair(inquiry_funnel(&all, day("2026-03-31")).loyal), (0, 3));
        assert_eq!(pair(inquiry_funnel(&[], day("2026-03-31")).signed_up), (0, 0));
    }
}
