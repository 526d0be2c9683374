//! What is put down of a contact.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::foundation::codes;
use crate::foundation::id::{PartnerId, PersonId, ReferralId, TouchId};
use crate::network::{NamedPartner, NamedPerson, Owner, Party};
use crate::referrals::help::IssueCategory;

codes! {
    /// How somebody was in contact.
    TouchForm {
        /// At their place, or they at ours.
        Visit = "visit",
        /// By video.
        Video = "video",
        /// On the phone.
        Call = "call",
        /// Over a meal.
        Lunch = "lunch",
        /// By e-mail.
        Email = "email",
        /// By letter.
        Letter = "letter",
        /// Through social media.
        Social = "social",
        /// At an event.
        Event = "event",
        /// Something was left at the desk.
        DropOff = "drop_off",
    }
}

impl TouchForm {
    /// Whether people met face to face, in a room or on a screen.
    pub fn is_face_to_face(self) -> bool {
        matches!(self, Self::Visit | Self::Video | Self::Lunch | Self::Event)
    }
}

codes! {
    /// Who began it.
    StartedBy {
        /// We did.
        Us = "us",
        /// They did.
        Them = "them",
    }
}

codes! {
    /// What kind of attention it was, for the mix.
    TouchCategory {
        /// Word about patients, work and plans.
        Communication = "communication",
        /// Something was taught or learned.
        Education = "education",
        /// Thanks.
        Gratitude = "gratitude",
        /// Outreach to somebody chosen for it.
        Targeted = "targeted",
    }
}

codes! {
    /// What the money went to.
    CostKind {
        /// A meal.
        Meal = "meal",
        /// Things that were left there.
        Material = "material",
        /// The way there.
        Travel = "travel",
        /// An event.
        Event = "event",
        /// Something else.
        Other = "other",
    }
}

/// What is to follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NextStep {
    /// In words, without a patient's name.
    pub title: String,
    /// By when.
    pub due_on: NaiveDate,
    /// The partner was told so: whether it was kept is measured by this day.
    pub promised: bool,
}

/// A contact, as somebody puts it down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NewTouch {
    /// With whom.
    pub partner: PartnerId,
    /// Who of them was met.
    pub people: Vec<PersonId>,
    /// The referral behind it, if there is one.
    pub referral: Option<ReferralId>,
    /// On which day.
    pub on: NaiveDate,
    /// When on that day, in minutes since midnight.
    pub at: Option<u16>,
    /// How.
    pub form: TouchForm,
    /// Who began it.
    pub started_by: StartedBy,
    /// Somebody answered; a letter or a drop-off that was only received is not.
    pub two_way: bool,
    /// It went to many alike.
    pub bulk: bool,
    /// For the mix.
    pub category: Option<TouchCategory>,
    /// What it was for; empty: to be sorted out later.
    pub purpose: String,
    /// What we learned, without a patient's name.
    pub learned: String,
    /// How long it took us.
    pub minutes: u16,
    /// What it cost.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub cost_cents: i64,
    /// What for; with every cost.
    pub cost_kind: Option<CostKind>,
    /// Only whoever held it reads what it was about.
    pub kept_private: bool,
    /// What is to follow.
    pub next: Option<NextStep>,
}

/// What was learned is a concern about the partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TouchConcern {
    /// What it is about.
    pub category: IssueCategory,
    /// 1 to 3, the worst last.
    pub severity: u8,
}

/// Which contacts are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TouchQuery {
    /// Of a partner, or of a person who was met.
    pub of: Party,
    /// Those in the trash instead.
    pub trashed: bool,
    /// Where the page before ended.
    pub after: Option<TouchPlace>,
    /// How many, at most 200; 0 = 50.
    pub limit: u32,
}

/// A place in a list of contacts, the newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TouchPlace {
    /// Its day.
    pub on: NaiveDate,
    /// The contact.
    pub id: TouchId,
}

/// What was to follow a contact, and whether it was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NextStepShown {
    /// In words; empty where the contact is private and somebody else's.
    pub title: String,
    /// By when.
    pub due_on: NaiveDate,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
}

/// A contact, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TouchRow {
    /// The contact.
    pub id: TouchId,
    /// With whom.
    pub partner: NamedPartner,
    /// Who of them was met.
    pub people: Vec<NamedPerson>,
    /// The referral behind it.
    pub referral: Option<ReferralId>,
    /// On which day.
    pub on: NaiveDate,
    /// When on that day, in minutes since midnight.
    pub at: Option<u16>,
    /// How.
    pub form: TouchForm,
    /// Who began it.
    pub started_by: StartedBy,
    /// Somebody answered.
    pub two_way: bool,
    /// It went to many alike.
    pub bulk: bool,
    /// For the mix.
    pub category: Option<TouchCategory>,
    /// What it was for; empty where `withheld`.
    pub purpose: String,
    /// What we learned; empty where `withheld`.
    pub learned: String,
    /// How long it took us.
    pub minutes: u16,
    /// What it cost; nothing for a role that does not see amounts, but for one's own.
    #[cfg_attr(feature = "specta", specta(type = Option<f64>))]
    pub cost_cents: Option<i64>,
    /// What for.
    pub cost_kind: Option<CostKind>,
    /// Only whoever held it reads what it was about.
    pub kept_private: bool,
    /// The words are not for whoever looks.
    pub withheld: bool,
    /// Who of us held it.
    pub held_by: Owner,
    /// What was to follow.
    pub next: Option<NextStepShown>,
    /// The stamp to give back when it is changed.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub changed_at: i64,
}

/// When somebody last heard from us; what went to many alike does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LastContacts {
    /// In any way.
    pub on: Option<NaiveDate>,
    /// With an answer.
    pub two_way_on: Option<NaiveDate>,
    /// Face to face, in a room or on a screen.
    pub face_on: Option<NaiveDate>,
}

/// A page of contacts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TouchList {
    /// The newest first.
    pub rows: Vec<TouchRow>,
    /// Give this as `after` for the next page; nothing = this was the last.
    pub next: Option<TouchPlace>,
    /// When they last heard from us.
    pub last: LastContacts,
    /// What contacts of the trailing year took; of a person, those where they were met.
    pub invested: Invested,
    /// How many are in the trash.
    pub trashed: u32,
}

/// The measure `investment`: what contacts of a time took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Invested {
    /// Contacts.
    pub touches: u32,
    /// Minutes of ours.
    pub minutes: u32,
    /// Money; nothing for a role that does not see amounts.
    #[cfg_attr(feature = "specta", specta(type = Option<f64>))]
    pub cents: Option<i64>,
}
