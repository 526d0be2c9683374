//! The sample's referrals: seasons, weekdays, waiting times and how it ended.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use rusqlite::params;

use super::dice::Dice;
use super::network::{Network, Partner};
use super::rows;
use super::ways::{Told, Ways};
use super::words::{FAMILY, GIVEN, PAYERS, REASONS};
use crate::foundation::day::Day;
use crate::foundation::id::RecordId;
use crate::foundation::text::words;
use crate::store::{StoreError, Tx};

/// Referrals of a month against the mean: quiet holidays, busy spring and autumn.
const SEASON: [f64; 12] = [0.92, 0.95, 1.06, 1.08, 1.08, 1.02, 0.88, 0.92, 1.10, 1.14, 1.0, 0.82];

/// The days a register stretches over.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) since: NaiveDate,
    /// From this day on the steps of referrals are kept.
    pub(super) tracked_since: NaiveDate,
    pub(super) today: NaiveDate,
}

/// Writes `count` referrals received in the span.
pub(super) fn fill(
    tx: &Tx<'_>,
    dice: &mut Dice,
    network: &Network,
    count: usize,
    span: Span,
) -> Result<(), StoreError> {
    let Span { since, today, .. } = span;
    let days: Vec<NaiveDate> = since.iter_days().take_while(|day| *day <= today).collect();
    let weights: Vec<f64> = days.iter().map(|day| weight(*day)).collect();
    let whole: f64 = weights.iter().sum();
    let mut register = Register::new(tx, dice, network, span, count);
    let (mut so_far, mut made) = (0.0, 0_usize);
    for (number, (day, weight)) in days.iter().zip(weights).enumerate() {
        so_far += weight;
        if number % 7 == 0 {
            register.week(*day, number as f64 / days.len() as f64);
        }
        // Rounding the running sum gives exactly `count` in the end.
        let due = (so_far / whole * count as f64).round() as usize;
        while made < due {
            register.referral(*day)?;
            made += 1;
            if made % 4_000 == 0 {
                tx.breathe()?;
            }
        }
    }
    Ok(())
}

fn weight(day: NaiveDate) -> f64 {
    let weekday = match day.weekday() {
        Weekday::Sun => 0.0,
        Weekday::Sat => 0.12,
        Weekday::Mon => 1.25,
        Weekday::Fri => 0.9,
        _ => 1.0,
    };
    weekday * SEASON[day.month0() as usize]
}

/// A patient who may come again.
#[derive(Clone, Copy)]
struct Seen(RecordId);

struct Register<'a, 'conn> {
    tx: &'a Tx<'conn>,
    dice: &'a mut Dice,
    network: &'a Network,
    today: NaiveDate,
    tracked_since: NaiveDate,
    ways: Ways<'a, 'conn>,
    patients: Vec<Seen>,
    number: u32,
    /// Running sums of the partners' weights this week, for senders and receivers.
    senders: Vec<f64>,
    receivers: Vec<f64>,
    given: Vec<(&'static str, String)>,
    family: Vec<(&'static str, String)>,
}

/// How it went on.
struct Course {
    scheduled_on: Option<NaiveDate>,
    seen_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    outcome: Option<&'static str>,
}

impl<'a, 'conn> Register<'a, 'conn> {
    fn new(tx: &'a Tx<'conn>, dice: &'a mut Dice, network: &'a Network, span: Span, count: usize) -> Self {
        let keyed =
            |names: &[&'static str]| names.iter().map(|name| (*name, words(name).join(" "))).collect();
        Self {
            tx,
            dice,
            network,
            today: span.today,
            tracked_since: span.tracked_since,
            ways: Ways::new(tx, [network.clerk, network.owner], span.today, count),
            patients: Vec::new(),
            number: 0,
            senders: Vec::new(),
            receivers: Vec::new(),
            given: keyed(GIVEN),
            family: keyed(FAMILY),
        }
    }

    /// How likely each partner is this week.
    fn week(&mut self, day: NaiveDate, at: f64) {
        let sum = |weight: &dyn Fn(&Partner) -> f64| {
            let mut sum = 0.0;
            let add = |partner: &Partner| {
                sum += weight(partner);
                sum
            };
            self.network.partners.iter().map(add).collect()
        };
        let today = self.today;
        // A partner that wakes or falls silent within the week is checked again at the throw.
        let awake = |p: &Partner| {
            p.temper.is_awake(day, today)
                || day
                    .checked_add_days(Days::new(6))
                    .is_some_and(|end| p.temper.is_awake(end.min(today), today))
        };
        self.senders = sum(&|p| if awake(p) { p.weight * p.temper.pace(day, at) } else { 0.0 });
        self.receivers = sum(&|p| if p.receives && awake(p) { p.weight } else { 0.0 });
    }

    fn draw(&mut self, sends: bool, day: NaiveDate) -> Option<&'a Partner> {
        let sums = if sends { &self.senders } else { &self.receivers };
        let whole = *sums.last()?;
        for _ in 0..50 {
            let mark = self.dice.share() * whole;
            let at = sums.partition_point(|sum| *sum <= mark);
            let partner = self.network.partners.get(at)?;
            if partner.temper.is_awake(day, self.today) {
                return Some(partner);
            }
        }
        None
    }

    fn referral(&mut self, day: NaiveDate) -> Result<(), StoreError> {
        let at = day
            .and_hms_opt(15, 0, 0)
            .map_or(self.tx.now, |at| at.and_utc().timestamp_millis())
            .min(self.tx.now);
        let outbound = self.dice.chance(12);
        let answer = match self.dice.below(100) {
            _ if outbound => "named",
            0..=2 => "does_not_know",
            3 => "declined",
            4..=6 => "not_asked",
            _ => "named",
        };
        let partner = if answer == "named" { self.draw(!outbound, day) } else { None };
        let (direction, answer) = match (outbound, partner) {
            (true, Some(_)) => ("outbound", "named"),
            (_, None) if answer == "named" => ("inbound", "does_not_know"),
            _ => ("inbound", answer),
        };
        let (id, person) = (partner.map(|p| p.id), partner.and_then(|p| self.person(p)));
        let (from, to) =
            if direction == "outbound" { ((None, None), (id, person)) } else { ((id, person), (None, None)) };
        let patient = self.patient(at, day)?;
        let (reason, service) = self.reason(day);
        let urgency = match self.dice.below(100) {
            0 => "emergency",
            1..=12 => "urgent",
            _ => "routine",
        };
        let tracked = day >= self.tracked_since;
        let course = self.course(day, urgency != "routine");
        let course = self.ended(day, course, tracked);
        let payer = self.dice.chance(92).then(|| *self.dice.pick(PAYERS));
        let amount = (course.outcome == Some("seen") && self.dice.chance(70))
            .then(|| self.dice.between(90, 4_200) * 100);
        self.number += 1;
        let referral = self.dice.id(at, self.number);
        let kind = if tracked { self.ways.kind() } else { None };
        self.tx.prepare_cached(rows::REFERRAL)?.execute(params![
            referral,
            direction,
            Day(day),
            answer,
            from.0,
            from.1,
            to.0,
            to.1,
            patient,
            reason,
            service,
            payer,
            urgency,
            course.scheduled_on.map(Day),
            course.seen_on.map(Day),
            course.closed_on.map(Day),
            course.outcome,
            amount,
            at,
            self.network.clerk,
            kind
        ])?;
        if tracked {
            self.ways.tell(&Told {
                id: referral,
                outbound: direction == "outbound",
                has_sender: direction == "inbound" && id.is_some(),
                received: day,
                scheduled: course.scheduled_on,
                seen: course.seen_on,
                closed: course.closed_on,
                outcome: course.outcome,
            })?;
        }
        Ok(())
    }

    /// What nobody closed for long is closed: the practice looks through its open referrals.
    fn ended(&self, received: NaiveDate, course: Course, tracked: bool) -> Course {
        let age = |day: NaiveDate| (self.today - day).num_days();
        match (course.outcome, course.closed_on) {
            (None, None) if age(received) > 180 => {
                Course { closed_on: Some(received + Days::new(90)), outcome: Some("lost"), ..course }
            }
            // Some who did not come are forgotten for a while.
            (Some("no_show"), Some(closed)) if tracked && self.number.is_multiple_of(3) => {
                let later = closed + Days::new(18);
                Course { closed_on: (later <= self.today).then_some(later), ..course }
            }
            (Some("seen" | "no_show"), None) if tracked => {
                let last = course.scheduled_on.unwrap_or(received);
                let closed = (age(last) > 75).then(|| last + Days::new(60));
                Course { closed_on: closed, ..course }
            }
            _ => course,
        }
    }

    /// The first of a partner's people sends most.
    fn person(&mut self, partner: &Partner) -> Option<RecordId> {
        let first = self.dice.chance(55);
        match partner.people.len() {
            0 => None,
            _ if first => partner.people.first().copied(),
            many => partner.people.get(self.dice.below(many)).copied(),
        }
    }

    /// Mostly somebody new, now and then somebody who was here before.
    fn patient(&mut self, at: i64, day: NaiveDate) -> Result<RecordId, StoreError> {
        if self.patients.len() > 50 && self.dice.chance(9) {
            return Ok(self.dice.pick(&self.patients).0);
        }
        self.number += 1;
        let id = self.dice.id(at, self.number);
        let (given, family) = (self.dice.below(self.given.len()), self.dice.below(self.family.len()));
        let (given, family) = (&self.given[given], &self.family[family]);
        let name = format!("{} {}", given.0, family.0);
        let key = format!("{} {}", family.1, given.1);
        let chart = self.dice.chance(86).then(|| format!("W{:06}", self.number));
        let born = day.checked_sub_days(Days::new(6_000 + self.dice.below(25_000) as u64));
        self.tx.prepare_cached(rows::PATIENT)?.execute(params![
            id,
            name,
            key,
            chart,
            self.dice.chance(70).then_some(born).flatten().map(Day),
            at
        ])?;
        // The newest few thousand are remembered.
        if self.patients.len() < 4_000 {
            self.patients.push(Seen(id));
        } else {
            let place = self.dice.below(4_000);
            self.patients[place] = Seen(id);
        }
        Ok(id)
    }

    fn reason(&mut self, day: NaiveDate) -> (&'static str, &'static str) {
        let winter = matches!(day.month(), 12 | 1 | 2);
        let share =
            |(_, _, share, more): &(&str, &str, u32, bool)| if *more && winter { share * 2 } else { *share };
        let whole: u32 = REASONS.iter().map(share).sum();
        let mut mark = u32::try_from(self.dice.below(whole as usize)).unwrap_or(0);
        for reason in REASONS {
            if mark < share(reason) {
                return (reason.0, reason.1);
            }
            mark -= share(reason);
        }
        (REASONS[0].0, REASONS[0].1)
    }

    /// Agreed, seen and closed, as far as today tells.
    fn course(&mut self, received: NaiveDate, urgent: bool) -> Course {
        let today = self.today;
        let after = |day: NaiveDate, days: i64| {
            day.checked_add_days(Days::new(u64::try_from(days).unwrap_or(0))).unwrap_or(day)
        };
        let nothing = Course { scheduled_on: None, seen_on: None, closed_on: None, outcome: None };
        let answered = after(received, self.dice.between(0, if urgent { 1 } else { 6 }));
        if answered > today || self.dice.chance(2) {
            return nothing;
        }
        match self.dice.below(100) {
            0..=5 => {
                let closed = after(answered, self.dice.between(1, 12));
                return if closed > today {
                    nothing
                } else {
                    Course { closed_on: Some(closed), outcome: Some("declined"), ..nothing }
                };
            }
            6..=12 => {
                let closed = after(answered, self.dice.between(14, 45));
                return if closed > today {
                    nothing
                } else {
                    Course { closed_on: Some(closed), outcome: Some("lost"), ..nothing }
                };
            }
            _ => {}
        }
        let scheduled =
            after(answered, if urgent { self.dice.between(1, 4) } else { self.dice.between(3, 24) });
        let agreed = Course { scheduled_on: Some(scheduled), outcome: Some("scheduled"), ..nothing };
        // Nobody wrote down yet what became of a few visits.
        if scheduled > today || ((today - scheduled).num_days() < 40 && self.dice.chance(4)) {
            return agreed;
        }
        if self.dice.chance(8) {
            let closed = Some(after(scheduled, self.dice.between(0, 9))).filter(|day| *day <= today);
            return Course { closed_on: closed, outcome: Some("no_show"), ..agreed };
        }
        let closed = Some(after(scheduled, self.dice.between(5, 60)));
        let closed = closed.filter(|day| *day <= today && self.dice.chance(85));
        Course { seen_on: Some(scheduled), closed_on: closed, outcome: Some("seen"), ..agreed }
    }
}
