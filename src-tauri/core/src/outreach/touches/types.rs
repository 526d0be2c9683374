//! What is put down of a contact.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::foundation::codes;
use crate::foundation::id::{PartnerId, PersonId, ReferralId};

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
