//! What is put down of a day outside, and what is shown of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::course::Leg;
use crate::field::places::{PlaceForm, Spot};
use crate::foundation::codes;
use crate::foundation::id::{PartnerId, PersonId, ProfileId, TouchId, VisitDayId, VisitStopId};

codes! {
    /// What there is to talk about.
    VisitTopic {
        /// How we care: what we believe in.
        Philosophy = "philosophy",
        /// Stories of success, with nobody's name.
        SuccessStories = "success_stories",
        /// What we are good at.
        Specialties = "specialties",
        /// How we like to meet.
        MeetingFormat = "meeting_format",
    }
}

codes! {
    /// What became of a stop.
    StopOutcome {
        /// Somebody was there; the contact is logged.
        Visited = "visited",
        /// It was left out, for a reason.
        Skipped = "skipped",
    }
}

codes! {
    /// How far a day is.
    DayStatus {
        /// Nothing has happened yet.
        Planned = "planned",
        /// Some stops are done.
        UnderWay = "under_way",
        /// All stops are done.
        Done = "done",
    }
}

/// A day, as it is typed. Times are minutes since midnight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct VisitDayForm {
    /// When one leaves.
    pub starts: u16,
    /// When one is back.
    pub ends: u16,
    /// Where it begins.
    pub start: PlaceForm,
    /// Where it ends; where it begins, if not said.
    pub end: Option<PlaceForm>,
    /// From when on there is a meal; none: no meal.
    pub lunch_from: Option<u16>,
    /// How long it takes.
    pub lunch_minutes: u16,
}

/// A stop, as it is typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct StopForm {
    /// Whom.
    pub partner: PartnerId,
    /// Whom of them.
    pub person: Option<PersonId>,
    /// How long.
    pub minutes: u16,
    /// Not before, in minutes since midnight.
    pub opens: Option<u16>,
    /// Begun by then; the same as `opens`: the time is fixed.
    pub closes: Option<u16>,
    /// 1 to 5: who is left out last.
    pub priority: u8,
    /// What it is for.
    pub goal: String,
    /// What to talk about.
    pub topics: Vec<VisitTopic>,
    /// To get there and away, by hand; read only where the partner has no place on the map.
    pub way_minutes: Option<u16>,
}

/// A stop of the day, as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FieldStop {
    /// The record.
    pub id: VisitStopId,
    /// What was typed.
    pub form: StopForm,
    /// The partner's name.
    pub name: String,
    /// Who is met.
    pub person_name: Option<String>,
    /// A telephone to call ahead.
    pub phone: Option<String>,
    /// Where it is; none: it has no place on the map.
    pub spot: Option<Spot>,
    /// A ZIP that is on record but on no map.
    pub unknown_zip: Option<String>,
    /// The way there.
    pub leg: Option<Leg>,
    /// When one is there.
    pub arrive: u32,
    /// When it begins.
    pub begin: u32,
    /// When it ends.
    pub leave: u32,
    /// So many minutes after it has closed.
    pub late: Option<u32>,
    /// What became of it.
    pub outcome: Option<StopOutcome>,
    /// Why it was left out.
    pub skip_reason: Option<String>,
    /// The contact it became.
    pub touch: Option<TouchId>,
    /// The way that was driven, in tenths of a mile.
    pub way_tenths: Option<u32>,
}

/// When there is a meal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Meal {
    /// After so many stops that are not left out.
    pub after: u32,
    /// When it begins.
    pub at: u32,
    /// How long it takes.
    pub minutes: u32,
}

/// A planned day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FieldPlan {
    /// The record.
    pub id: VisitDayId,
    /// What was typed.
    pub form: VisitDayForm,
    /// How far it is.
    pub status: DayStatus,
    /// Where it begins.
    pub start: Option<Spot>,
    /// Where it ends.
    pub end: Option<Spot>,
    /// Its stops in their order.
    pub stops: Vec<FieldStop>,
    /// The meal.
    pub meal: Option<Meal>,
    /// The way back.
    pub back: Option<Leg>,
    /// When one is back.
    pub finish: u32,
    /// So many minutes after the day should end.
    pub over: Option<u32>,
    /// All known ways together, in tenths of a mile.
    pub tenths: u32,
    /// And about how long they take.
    pub driving: u32,
    /// The way back that was driven, in tenths of a mile.
    pub home_tenths: Option<u32>,
}

/// Somebody's day outside, planned or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FieldDay {
    /// Which.
    pub on: NaiveDate,
    /// Whose.
    pub liaison: ProfileId,
    /// Their name.
    pub liaison_name: String,
    /// The plan, if there is one.
    pub plan: Option<FieldPlan>,
    /// What the form begins with where there is none: as the last day began.
    pub suggested: VisitDayForm,
}

/// What ordering a day came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct OrderedDay {
    /// Whether a stop has another place now.
    pub changed: bool,
    /// So many minutes less on the road than before; below zero where windows ask for more.
    pub saved: i32,
    /// What does not fit, and why.
    pub left: Vec<LeftStop>,
}

/// A stop that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LeftStop {
    /// The stop.
    pub stop: VisitStopId,
    /// Why.
    pub why: super::order::StopLeftOut,
}
