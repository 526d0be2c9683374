//! What leaks and whether loops close, over a period: one pass over the referrals that were open in it.

use std::collections::{BTreeMap, HashMap};

use rusqlite::Connection;
use serde::Serialize;

use super::care::home_doctors;
use super::closing::{
    LoopState, Looped, Looping, ack_on_time, home_doctor_share, loop_complete, loop_seen, loop_thanked,
    report_on_time, return_rate,
};
use super::error::InsightsError;
use super::frame::Frame;
use super::leaks::{
    Leaking, ReasonShare, Recovering, Turn, leak_rate, pareto, recovered_rate, turns, within,
};
use super::pace::{Pacing, StepPace, first_answer, response_time, wait_days, wait_minutes};
use super::period::{Period, PeriodShown, month_index};
use super::ratio::Ratio;
use super::rows;
use super::spread::Spread;
use crate::foundation::id::{PartnerId, ReferralId};
use crate::foundation::working_days::WorkingDays;
use crate::gratitude::thanked_on;
use crate::network::PartnerClass;
use crate::practice::Practice;
use crate::referrals::Direction;
use crate::referrals::care::answers_in;
use crate::referrals::inquiries::inquired_in;
use crate::referrals::process::{self, LeakKind, Walk, Way, event, walk};
use crate::store::StoreError;
use crate::vault::{Area, Need, calendar_in};

/// `leak_rate` of one stage, partner or month.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LeakShare {
    /// The stage, or yyyy-mm.
    pub code: String,
    /// Leaked ÷ looked at.
    pub ratio: Ratio,
}

/// `leak_rate` of one partner.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PartnerLeaks {
    /// The partner.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// Leaked ÷ looked at.
    pub ratio: Ratio,
}

/// How many leaks of a kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LeakKindCount {
    /// Which.
    pub kind: LeakKind,
    /// Leaks of the period.
    pub count: u32,
}

/// What leaked over a period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LeakReport {
    /// The dates.
    pub period: PeriodShown,
    /// The measure `leak_rate`.
    pub overall: Ratio,
    /// The reference line, in percent.
    pub reference: f64,
    /// The practice's own target, in percent, if it set one.
    pub target: Option<f64>,
    /// By stage, the most first.
    pub stages: Vec<LeakShare>,
    /// By partner, the most leaks first; at most 50.
    pub partners: Vec<PartnerLeaks>,
    /// By month.
    pub months: Vec<LeakShare>,
    /// Leaks by kind, the most first.
    pub kinds: Vec<LeakKindCount>,
    /// The measure `recovered_rate`.
    pub recovered: Ratio,
    /// Why, by Pareto.
    pub reasons: Vec<ReasonShare>,
    /// Leaks with a reason ÷ all leaks.
    pub with_reason: Ratio,
}

/// Half of the patients, said to be lost on the way where nobody looks: the line the catalogue draws.
const REFERENCE: f64 = 50.0;
/// How many partners are named.
const PARTNERS: usize = 50;

/// What leaked over a period.
///
/// # Errors
/// [`InsightsError::Store`].
pub fn leak_report(practice: &Practice, period: &Period) -> Result<LeakReport, InsightsError> {
    practice.may(Need::Read(Area::Insights))?;
    process::ready(practice)?;
    practice.read(|conn| {
        let _snapshot = conn.unchecked_transaction()?;
        let frame = Frame::new(*period, practice.today());
        let days = WorkingDays::new(&calendar_in(conn)?);
        let mut count = LeakCount::default();
        process::each_way(conn, frame.period.from, |way| {
            let turns = turns_of(way, &days, practice.today());
            let fall: Vec<&Turn> = within(&turns, frame.period).collect();
            if fall.is_empty() { Ok(()) } else { count.take(conn, way, &fall, &frame) }
        })?;
        count.report(practice, conn, &frame, period.shown(practice.today()))
    })
}

pub(super) fn turns_of(way: &Way<'_>, days: &WorkingDays, today: chrono::NaiveDate) -> Vec<Turn> {
    let walk = match way.facts.tracked_on {
        Some(_) => walk(way.process, way.facts, days),
        // Of what nobody kept, the closing alone is known.
        None => Walk { steps: Vec::new(), stage: String::new(), next: None, contact_lost: Vec::new() },
    };
    turns(way.facts, &walk, today)
}

#[derive(Default)]
struct LeakCount {
    overall: Leaking,
    stages: BTreeMap<String, Leaking>,
    partners: HashMap<PartnerId, Leaking>,
    months: BTreeMap<u32, Leaking>,
    kinds: BTreeMap<LeakKind, u32>,
    recovered: Recovering,
    reasons: BTreeMap<String, u32>,
    leaks: u32,
}

impl LeakCount {
    fn take(
        &mut self,
        conn: &Connection,
        way: &Way<'_>,
        fall: &[&Turn],
        frame: &Frame,
    ) -> Result<(), StoreError> {
        self.overall.count(fall.iter().copied());
        if let Some(partner) = way.partner {
            self.partners.entry(partner).or_default().count(fall.iter().copied());
        }
        let mut stages: Vec<&str> = fall.iter().filter_map(|turn| turn.step.as_deref()).collect();
        stages.sort_unstable();
        stages.dedup();
        for stage in stages {
            let own = fall.iter().copied().filter(|turn| turn.step.as_deref() == Some(stage));
            self.stages.entry(stage.to_owned()).or_default().count(own);
        }
        let mut months: Vec<u32> = fall.iter().map(|turn| month_index(turn.on)).collect();
        months.sort_unstable();
        months.dedup();
        for month in months {
            let own = fall.iter().copied().filter(|turn| month_index(turn.on) == month);
            self.months.entry(month).or_default().count(own);
        }
        self.recovered.count(fall.iter().copied(), frame.as_of);
        let mut leaked = fall.iter().filter_map(|turn| turn.leak.map(|kind| (kind, turn))).peekable();
        if leaked.peek().is_none() {
            return Ok(());
        }
        let reasons = process::leak_reasons_of(conn, way.id)?;
        for (kind, turn) in leaked {
            self.leaks += 1;
            *self.kinds.entry(kind).or_default() += 1;
            let step = turn.step.as_deref().unwrap_or_default();
            let reason = reasons.iter().find(|(of, at, _)| *of == kind && at == step);
            if let Some((.., reason)) = reason {
                *self.reasons.entry(reason.clone()).or_default() += 1;
            }
        }
        Ok(())
    }

    fn report(
        self,
        practice: &Practice,
        conn: &Connection,
        frame: &Frame,
        period: PeriodShown,
    ) -> Result<LeakReport, InsightsError> {
        let share = |code: String, counted: Leaking| LeakShare { code, ratio: leak_rate(counted) };
        let mut stages: Vec<LeakShare> = self.stages.into_iter().map(|(code, c)| share(code, c)).collect();
        stages.sort_by(|a, b| b.ratio.a.cmp(&a.ratio.a).then_with(|| a.code.cmp(&b.code)));
        let first = month_index(frame.period.from);
        let month = |(at, code)| {
            let index = first + u32::try_from(at).unwrap_or(0);
            share(code, self.months.get(&index).copied().unwrap_or_default())
        };
        let months = frame.month_names().into_iter().enumerate().map(month).collect();
        let mut kinds: Vec<LeakKindCount> =
            self.kinds.into_iter().map(|(kind, count)| LeakKindCount { kind, count }).collect();
        kinds.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.kind.cmp(&b.kind)));
        let mut partners: Vec<(PartnerId, Ratio)> =
            self.partners.into_iter().map(|(id, counted)| (id, leak_rate(counted))).collect();
        partners.sort_by(|a, b| b.1.a.cmp(&a.1.a).then(b.1.b.cmp(&a.1.b)).then(a.0.cmp(&b.0)));
        let mut named = Vec::new();
        for (id, ratio) in partners.into_iter().take(PARTNERS) {
            if let Some(partner) = rows::partner(conn, id, practice.hidden())? {
                named.push(PartnerLeaks { partner: id, name: partner.name, ratio });
            }
        }
        let known = process::reasons_in(conn)?;
        let with_reason = self.reasons.values().sum();
        let reasons = pareto(self.reasons).into_iter().map(|(code, ratio, up_to_here)| {
            let text = known.iter().find(|reason| reason.code == code).map(|reason| reason.text.clone());
            ReasonShare { text: text.unwrap_or_else(|| code.clone()), code, ratio, up_to_here }
        });
        Ok(LeakReport {
            period,
            overall: leak_rate(self.overall),
            reference: REFERENCE,
            target: rows::leak_target(conn)?,
            stages,
            partners: named,
            months,
            kinds,
            recovered: recovered_rate(self.recovered),
            reasons: reasons.collect(),
            with_reason: Ratio::new(with_reason, self.leaks),
        })
    }
}

/// Whether loops closed over a period, and how fast.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LoopReport {
    /// The dates.
    pub period: PeriodShown,
    /// The measure `loop_complete`.
    pub loop_complete: Ratio,
    /// The measure `loop_seen`.
    pub loop_seen: Ratio,
    /// The measure `loop_thanked`.
    pub loop_thanked: Ratio,
    /// The measure `ack_on_time`.
    pub ack_on_time: Ratio,
    /// The measure `report_on_time`.
    pub report_on_time: Ratio,
    /// The measure `return_rate`.
    pub return_rate: Ratio,
    /// The measure `home_doctor_share`.
    pub home_doctor_share: Ratio,
    /// The measure `response_time`.
    pub response_time: Vec<StepPace>,
    /// The measure `first_answer`, in minutes.
    pub first_answer: Spread,
    /// The measure `wait_days`.
    pub wait_days: Spread,
    /// The measure `wait_minutes`.
    pub wait_minutes: Spread,
}

/// Whether loops closed over a period, and how fast.
///
/// # Errors
/// [`InsightsError::Store`].
pub fn loop_report(practice: &Practice, period: &Period) -> Result<LoopReport, InsightsError> {
    practice.may(Need::Read(Area::Insights))?;
    process::ready(practice)?;
    practice.read(|conn| {
        let _snapshot = conn.unchecked_transaction()?;
        let today = practice.today();
        let frame = Frame::new(*period, today);
        let days = WorkingDays::new(&calendar_in(conn)?);
        let thanked = thanked_classes(conn)?;
        let home_doctors = home_doctors(&rows::answered(conn)?);
        let (mut looping, mut pacing) = (Looping::default(), Pacing::default());
        process::each_way(conn, frame.period.from, |way| {
            if way.facts.tracked_on.is_none() {
                return Ok(());
            }
            let walk = walk(way.process, way.facts, &days);
            let mut looped = looped(conn, way, &walk, &thanked)?;
            looped.home_doctor = home_doctors.get(&way.id).copied().unwrap_or(false);
            looping.count(&looped, frame.period, today);
            pacing.count(way.direction, way.facts, &walk, frame.period, &days);
            Ok(())
        })?;
        for inquiry in inquired_in(conn, frame.period.from, frame.period.to)? {
            pacing.answered(inquiry.answer.filter(|_| !inquiry.timed_by_referral), frame.period, &days);
        }
        rows::each_inbound(conn, frame.period, |row| {
            pacing.wait(row.received_on, row.seen_on, frame.period)
        })?;
        Ok(LoopReport {
            period: period.shown(today),
            loop_complete: loop_complete(&looping),
            loop_seen: loop_seen(&looping),
            loop_thanked: loop_thanked(&looping),
            ack_on_time: ack_on_time(&looping),
            report_on_time: report_on_time(&looping),
            return_rate: return_rate(&looping),
            home_doctor_share: home_doctor_share(&looping),
            response_time: response_time(&mut pacing),
            first_answer: first_answer(&mut pacing),
            wait_days: wait_days(&mut pacing),
            wait_minutes: wait_minutes(&mut pacing),
        })
    })
}

/// The loop of one referral: what is owed, what is done, and by when.
///
/// # Errors
/// [`InsightsError::Store`], also if it is not there.
pub fn loop_audit(practice: &Practice, id: ReferralId) -> Result<LoopState, InsightsError> {
    practice.may(Need::Read(Area::Referrals))?;
    practice.read(|conn| {
        let days = WorkingDays::new(&calendar_in(conn)?);
        let thanked = thanked_classes(conn)?;
        let state = process::one_way(conn, id, |way| {
            let walk = walk(way.process, way.facts, &days);
            let mut looped = looped(conn, way, &walk, &thanked)?;
            looped.home_doctor = answers_in(conn, id)?.home_doctor.is_some();
            Ok(looped.state(practice.today()))
        })?;
        state.ok_or_else(|| StoreError::Missing.into())
    })
}

/// Partners who are somebody to thank.
pub(super) fn thanked_classes(conn: &Connection) -> Result<HashMap<PartnerId, bool>, InsightsError> {
    let mut thanked = HashMap::new();
    rows::each_class(conn, |partner, class| {
        thanked.insert(partner, class != PartnerClass::Source);
    })?;
    Ok(thanked)
}

pub(super) fn looped<'a>(
    conn: &Connection,
    way: &Way<'a>,
    walk: &'a Walk,
    thanked: &HashMap<PartnerId, bool>,
) -> Result<Looped<'a>, StoreError> {
    let sent_by = way.partner.filter(|_| way.direction == Direction::Inbound);
    let ended_unseen = way.facts.closed_on.is_some() && way.facts.seen_on.is_none();
    let thanks_due = sent_by.is_some_and(|partner| thanked.get(&partner).copied().unwrap_or(false));
    let thanked_on = match sent_by.filter(|_| thanks_due && way.facts.last(event::THANKED).is_none()) {
        Some(partner) => {
            let (person, received_on) = rows::sent_by(conn, way.id)?;
            thanked_on(conn, partner, person, received_on)?
        }
        None => None,
    };
    Ok(Looped {
        direction: way.direction,
        kind: way.kind,
        facts: way.facts,
        walk,
        has_reason: ended_unseen && process::has_reason(conn, way.id)?,
        thanks_due,
        thanked_on,
        home_doctor: false,
    })
}
