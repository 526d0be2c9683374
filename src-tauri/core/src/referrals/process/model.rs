//! The path of a referral as data: stages, what each needs, how long each may take.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::foundation::working_days::WorkingDays;
use crate::referrals::types::Direction;

/// How a limit is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub enum DayUnit {
    /// Working days.
    #[serde(rename = "wd")]
    Working,
    /// Calendar days.
    #[serde(rename = "d")]
    Calendar,
}

/// How long something may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Limit {
    /// How many days.
    pub count: u32,
    /// Of which kind.
    pub unit: DayUnit,
}

impl Limit {
    /// So many working days.
    pub const fn working(count: u32) -> Self {
        Self { count, unit: DayUnit::Working }
    }

    /// So many days.
    pub const fn calendar(count: u32) -> Self {
        Self { count, unit: DayUnit::Calendar }
    }

    /// The last day that keeps it.
    pub fn end(self, start: NaiveDate, days: &WorkingDays) -> NaiveDate {
        match self.unit {
            DayUnit::Working => days.after(start, self.count),
            DayUnit::Calendar => start + Days::new(u64::from(self.count)),
        }
    }

    /// How long it took, counted as the limit is. Never negative.
    pub fn taken(self, start: NaiveDate, end: NaiveDate, days: &WorkingDays) -> u32 {
        match self.unit {
            DayUnit::Working => days.count(start, end),
            DayUnit::Calendar => u32::try_from((end - start).num_days()).unwrap_or(0),
        }
    }
}

/// A field a stage can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum RequiredField {
    /// Why.
    Reason,
    /// Which service.
    ServiceLine,
    /// Who pays.
    Payer,
    /// How soon.
    Urgency,
    /// What kind of referral.
    Type,
    /// The person who sent, or who receives.
    Person,
    /// The day of the agreed visit.
    ScheduledOn,
    /// The day of the visit.
    SeenOn,
    /// How it ended.
    Outcome,
    /// Every item of the stage's checklist.
    Checklist,
}

impl RequiredField {
    /// As a sentence names it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Reason => "the reason",
            Self::ServiceLine => "the service line",
            Self::Payer => "the payer",
            Self::Urgency => "the urgency",
            Self::Type => "the type of referral",
            Self::Person => "the person at the partner",
            Self::ScheduledOn => "the day of the agreed visit",
            Self::SeenOn => "the day of the visit",
            Self::Outcome => "how it ended",
            Self::Checklist => "every item of the checklist",
        }
    }

    /// The field of the form it stands beside.
    pub fn field(self) -> &'static str {
        match self {
            Self::Reason => "reason",
            Self::ServiceLine => "serviceLine",
            Self::Payer => "payer",
            Self::Urgency => "urgency",
            Self::Type => "type",
            Self::Person => "person",
            Self::ScheduledOn => "scheduledOn",
            Self::SeenOn => "seenOn",
            Self::Outcome => "outcome",
            Self::Checklist => "checklist",
        }
    }
}

/// One thing to do at a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ChecklistItem {
    /// What marks refer to; stays when the text is changed.
    pub code: String,
    /// What is to be done.
    pub text: String,
}

/// One stage of a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Stage {
    /// Which: one of [`stage`], or `own_…` for a stage of the practice's own.
    pub code: String,
    /// Its name, where it is not the usual one.
    pub name: Option<String>,
    /// How long it may take to get here; none: no timer.
    pub limit: Option<Limit>,
    /// The same where it is urgent.
    pub urgent_limit: Option<Limit>,
    /// The stage the limit counts from, if not the one reached before.
    pub after: Option<String>,
    /// What has to be known to be here.
    pub required: Vec<RequiredField>,
    /// What is done here.
    pub checklist: Vec<ChecklistItem>,
}

/// The codes of the stages every practice knows.
pub mod stage {
    /// Inbound: it came.
    pub const RECEIVED: &str = "received";
    /// Whoever sent it was told that it came.
    pub const ACKNOWLEDGED: &str = "acknowledged";
    /// The patient was reached.
    pub const CONTACTED: &str = "contacted";
    /// A visit is agreed.
    pub const SCHEDULED: &str = "scheduled";
    /// The patient was seen.
    pub const SEEN: &str = "seen";
    /// Whoever sent it has our report.
    pub const REPORT_SENT: &str = "report_sent";
    /// The patient went back to whoever sent them, or stays in our care.
    pub const RETURNED: &str = "returned";
    /// It is over.
    pub const CLOSED: &str = "closed";
    /// Outbound: we decided to refer.
    pub const DECIDED: &str = "decided";
    /// The receiver has what they need.
    pub const PACKET_SENT: &str = "packet_sent";
    /// The receiver said yes.
    pub const CONFIRMED: &str = "confirmed";
    /// We have the receiver's report.
    pub const REPORT_RECEIVED: &str = "report_received";
    /// The patient was asked whether it helped.
    pub const PATIENT_ASKED: &str = "patient_asked";

    /// All of them.
    pub const ALL: [&str; 13] = [
        RECEIVED,
        ACKNOWLEDGED,
        CONTACTED,
        SCHEDULED,
        SEEN,
        REPORT_SENT,
        RETURNED,
        CLOSED,
        DECIDED,
        PACKET_SENT,
        CONFIRMED,
        REPORT_RECEIVED,
        PATIENT_ASKED,
    ];
}

/// What happens on the way and is no stage: codes of `referral_step`.
pub mod event {
    /// The patient did not come.
    pub const NO_SHOW: &str = "no_show";
    /// After a no-show another visit was agreed. Also the step that waits for it.
    pub const REBOOKED: &str = "rebooked";
    /// The patient was tried and not reached.
    pub const ATTEMPT: &str = "attempt";
    /// Somebody asked, before or when it came.
    pub const INQUIRY: &str = "inquiry";
    /// The first answer to an inquiry.
    pub const FIRST_ANSWER: &str = "first_answer";
    /// A visit was offered.
    pub const OFFERED: &str = "offered";
    /// The time of the agreed visit.
    pub const APPOINTMENT: &str = "appointment";
    /// The patient came in.
    pub const ARRIVED: &str = "arrived";
    /// The referrer was thanked.
    pub const THANKED: &str = "thanked";
    /// The report went to the home doctor.
    pub const HOME_DOCTOR: &str = "home_doctor_told";
    /// It was closed, and opened again since.
    pub const CLOSED_BEFORE: &str = "closed_before";
    /// It was opened again.
    pub const REOPENED: &str = "reopened";

    /// Those somebody may put down by hand, beside the stages.
    pub const BY_HAND: [&str; 8] =
        [ATTEMPT, INQUIRY, FIRST_ANSWER, OFFERED, APPOINTMENT, ARRIVED, THANKED, HOME_DOCTOR];
}

/// The path of one kind of referral.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Process {
    /// The stages in their order; the first is where it begins, the last is `closed`.
    pub stages: Vec<Stage>,
    /// After a limit passed, so long until it counts as a leak.
    pub grace: Limit,
    /// After a no-show, so long until another visit is agreed.
    pub rebook: Limit,
    /// Where a stage has no limit, so long until somebody looks again.
    pub look_again: Limit,
    /// After so many failed attempts in a row contact counts as lost.
    pub attempts: u32,
}

impl Process {
    /// The place of a stage in the path.
    pub fn place(&self, code: &str) -> Option<usize> {
        self.stages.iter().position(|stage| stage.code == code)
    }
}

impl Stage {
    /// Without name, limit or anything it asks for.
    pub fn bare(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            name: None,
            limit: None,
            urgent_limit: None,
            after: None,
            required: Vec::new(),
            checklist: Vec::new(),
        }
    }

    fn within(code: &str, limit: Limit) -> Self {
        Self { limit: Some(limit), ..Self::bare(code) }
    }
}

impl Process {
    fn of(stages: Vec<Stage>) -> Self {
        Self {
            stages,
            grace: Limit::working(2),
            rebook: Limit::calendar(7),
            look_again: Limit::calendar(14),
            attempts: 3,
        }
    }

    /// The path of a direction before a practice changes it. One within the house goes the way of one that comes in.
    pub fn usual(direction: Direction) -> Self {
        match direction {
            Direction::Outbound => Self::outbound(),
            Direction::Inbound | Direction::Internal => Self::inbound(),
        }
    }

    /// The path of an inbound referral before a practice changes it (row D3 of the catalogue).
    pub fn inbound() -> Self {
        use RequiredField::{Outcome, ScheduledOn, SeenOn};
        Self::of(vec![
            Stage::bare(stage::RECEIVED),
            Stage::within(stage::ACKNOWLEDGED, Limit::working(2)),
            Stage {
                urgent_limit: Some(Limit::working(1)),
                ..Stage::within(stage::CONTACTED, Limit::working(2))
            },
            Stage { required: vec![ScheduledOn], ..Stage::within(stage::SCHEDULED, Limit::working(5)) },
            Stage {
                urgent_limit: Some(Limit::calendar(3)),
                required: vec![SeenOn],
                ..Stage::within(stage::SEEN, Limit::calendar(14))
            },
            Stage {
                after: Some(stage::SEEN.into()),
                ..Stage::within(stage::REPORT_SENT, Limit::calendar(7))
            },
            Stage::bare(stage::RETURNED),
            Stage { required: vec![Outcome], ..Stage::bare(stage::CLOSED) },
        ])
    }

    /// The path of an outbound referral before a practice changes it (row D3 of the catalogue).
    pub fn outbound() -> Self {
        use RequiredField::{Outcome, ScheduledOn, SeenOn};
        let after_visit = |code, days| Stage {
            after: Some(stage::SEEN.into()),
            ..Stage::within(code, Limit::calendar(days))
        };
        Self::of(vec![
            Stage::bare(stage::DECIDED),
            Stage::within(stage::PACKET_SENT, Limit::working(2)),
            Stage::within(stage::CONFIRMED, Limit::working(3)),
            Stage { required: vec![ScheduledOn], ..Stage::within(stage::SCHEDULED, Limit::calendar(7)) },
            Stage { required: vec![SeenOn], ..Stage::within(stage::SEEN, Limit::calendar(30)) },
            after_visit(stage::REPORT_RECEIVED, 14),
            Stage::within(stage::PATIENT_ASKED, Limit::calendar(14)),
            Stage { required: vec![Outcome], ..Stage::bare(stage::CLOSED) },
        ])
    }
}

/// Why a path can't be kept, and beside which field.
pub(in crate::referrals) fn wrong(process: &Process, first: &str) -> Option<(&'static str, &'static str)> {
    let codes: Vec<&str> = process.stages.iter().map(|stage| stage.code.as_str()).collect();
    let ends = codes.first() == Some(&first) && codes.last() == Some(&stage::CLOSED);
    if !ends {
        return Some(("stages", "A path begins where a referral comes into being and ends with closed."));
    }
    if !(3..=20).contains(&codes.len()) {
        return Some(("stages", "A path has 3 to 20 stages."));
    }
    if (1..codes.len()).any(|at| codes[at..].contains(&codes[at - 1])) {
        return Some(("stages", "Each stage stands in a path once."));
    }
    let other = if first == stage::RECEIVED { stage::DECIDED } else { stage::RECEIVED };
    if codes.contains(&other) {
        return Some(("stages", "This stage belongs to referrals of the other direction."));
    }
    let scheduled = codes.iter().position(|code| *code == stage::SCHEDULED);
    let seen = codes.iter().position(|code| *code == stage::SEEN);
    if let (Some(scheduled), Some(seen)) = (scheduled, seen)
        && seen < scheduled
    {
        return Some(("stages", "A visit is agreed before it takes place."));
    }
    for (at, stage) in process.stages.iter().enumerate() {
        let own = stage.code.strip_prefix("own_").is_some_and(|rest| !rest.is_empty());
        let named = stage.name.as_deref().is_some_and(|name| !name.trim().is_empty());
        if !(own || stage::ALL.contains(&stage.code.as_str())) || stage.code.len() > 60 {
            return Some(("code", "Choose one of the stages, or add one of your own."));
        }
        if own && !named {
            return Some(("name", "Give your own stage a name."));
        }
        if stage.name.as_deref().is_some_and(|name| name.chars().count() > 60) {
            return Some(("name", "Keep the name of a stage to 60 characters."));
        }
        if stage.limit.into_iter().chain(stage.urgent_limit).any(|limit| limit.count > 365) {
            return Some(("limit", "Give a limit of at most 365 days."));
        }
        if let Some(after) = &stage.after
            && !codes[..at].contains(&after.as_str())
        {
            return Some(("after", "A limit counts from a stage that comes before."));
        }
        let items: Vec<&str> = stage.checklist.iter().map(|item| item.code.as_str()).collect();
        if items.len() > 30 || (1..items.len()).any(|at| items[at..].contains(&items[at - 1])) {
            return Some(("checklist", "A checklist has at most 30 different items."));
        }
        let text = |item: &ChecklistItem| (1..=200).contains(&item.text.trim().chars().count());
        if !stage.checklist.iter().all(|item| text(item) && !item.code.is_empty() && item.code.len() <= 60) {
            return Some(("checklist", "Say in at most 200 characters what is to be done."));
        }
    }
    let others = [process.grace, process.rebook, process.look_again];
    if others.iter().any(|limit| limit.count > 365) {
        return Some(("limit", "Give a limit of at most 365 days."));
    }
    if !(1..=20).contains(&process.attempts) {
        return Some(("attempts", "Contact is lost after 1 to 20 attempts."));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::working_days::Calendar;
    use crate::testing::day;

    #[test]
    fn the_usual_paths_are_those_of_the_catalogue_and_may_be_kept() {
        let limits = |process: &Process| {
            let text = |limit: Option<Limit>| match limit {
                Some(Limit { count, unit: DayUnit::Working }) => format!("{count} wd"),
                Some(Limit { count, unit: DayUnit::Calendar }) => format!("{count} d"),
                None => "-".into(),
            };
            let stages = process.stages.iter();
            stages
                .map(|s| format!("{} {} {}", s.code, text(s.limit), text(s.urgent_limit)))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            limits(&Process::inbound()),
            [
                "received - -",
                "acknowledged 2 wd -",
                "contacted 2 wd 1 wd",
                "scheduled 5 wd -",
                "seen 14 d 3 d",
                "report_sent 7 d -",
                "returned - -",
                "closed - -"
            ]
        );
        assert_eq!(
            limits(&Process::outbound()),
            [
                "decided - -",
                "packet_sent 2 wd -",
                "confirmed 3 wd -",
                "scheduled 7 d -",
                "seen 30 d -",
                "report_received 14 d -",
                "patient_asked 14 d -",
                "closed - -"
            ]
        );
        assert_eq!(Process::inbound().grace, Limit::working(2));
        assert_eq!(wrong(&Process::inbound(), stage::RECEIVED), None);
        assert_eq!(wrong(&Process::outbound(), stage::DECIDED), None);
    }

    #[test]
    fn a_path_that_leads_nowhere_is_refused() {
        let with = |change: &dyn Fn(&mut Process)| {
            let mut process = Process::inbound();
            change(&mut process);
            wrong(&process, stage::RECEIVED).map(|(field, _)| field)
        };
        assert_eq!(with(&|p| p.stages.reverse()), Some("stages"));
        assert_eq!(with(&|p| p.stages.insert(1, Stage::bare("seen"))), Some("stages"), "seen twice");
        assert_eq!(with(&|p| p.stages.insert(1, Stage::bare("decided"))), Some("stages"));
        assert_eq!(with(&|p| p.stages.swap(3, 4)), Some("stages"), "seen before scheduled");
        assert_eq!(with(&|p| p.stages.insert(1, Stage::bare("own_triage"))), Some("name"));
        assert_eq!(with(&|p| p.stages.insert(1, Stage::bare("triage"))), Some("code"));
        assert_eq!(with(&|p| p.stages[1].limit = Some(Limit::working(366))), Some("limit"));
        assert_eq!(with(&|p| p.stages[1].after = Some("seen".into())), Some("after"));
        assert_eq!(with(&|p| p.attempts = 0), Some("attempts"));
        assert_eq!(
            with(&|p| p.stages[1].checklist = vec![ChecklistItem { code: "a".into(), text: " ".into() }]),
            Some("checklist")
        );
        let own = Stage { name: Some("Triage".into()), ..Stage::bare("own_triage") };
        assert_eq!(with(&|p| p.stages.insert(1, own.clone())), None);
    }

    #[test]
    fn a_limit_is_kept_until_its_last_day() {
        let days = WorkingDays::new(&Calendar::default());
        // Wednesday before Thanksgiving.
        assert_eq!(Limit::working(2).end(day("2026-11-25"), &days), day("2026-11-30"));
        assert_eq!(Limit::calendar(2).end(day("2026-11-25"), &days), day("2026-11-27"));
        assert_eq!(Limit::working(9).taken(day("2026-11-25"), day("2026-11-30"), &days), 2);
        assert_eq!(Limit::calendar(9).taken(day("2026-11-25"), day("2026-11-30"), &days), 5);
    }
}
