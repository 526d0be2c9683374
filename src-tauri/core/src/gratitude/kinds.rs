//! What is given, to whom, and on what occasion, in the words the law uses.

use serde::{Deserialize, Serialize};

pub(in crate::gratitude) use crate::foundation::kept_as;

kept_as!(RecipientKind {
    Physician = "physician",
    PhysicianFamily = "physician_family",
    PhysicianStaff = "physician_staff",
    OtherProfessional = "other_professional",
    Business = "business",
    Patient = "patient",
});
kept_as!(RewardKind {
    Recognition = "recognition",
    Item = "item",
    Meal = "meal",
    Entertainment = "entertainment",
    Education = "education",
    Service = "service",
    Discount = "discount",
    EventSeat = "event_seat",
    Other = "other",
});
kept_as!(Occasion {
    Thanks = "thanks",
    Holiday = "holiday",
    Milestone = "milestone",
    Learning = "learning",
    MedicalStaffEvent = "medical_staff_event",
    CoPromotion = "co_promotion",
    ReferAFriend = "refer_a_friend",
    PerReferral = "per_referral",
    Other = "other",
});
kept_as!(Known { Yes = "yes", No = "no", Unknown = "unknown", });

/// What somebody is in the eyes of the law. A person may be one towards one partner and another elsewhere; the stricter
/// kind is chosen by whoever plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum RecipientKind {
    /// A physician: doctor of medicine, osteopathy, dental surgery, podiatry, optometry or chiropractic.
    Physician,
    /// Somebody of a physician's immediate family.
    PhysicianFamily,
    /// Somebody who works for a physician, or came as a physician's guest.
    PhysicianStaff,
    /// A therapist, nurse, social worker, lawyer, coach and so on.
    OtherProfessional,
    /// A firm, school, club or other body.
    Business,
    /// A patient.
    Patient,
}

impl RecipientKind {
    /// Whether a gift counts on a physician's meter: given through family or staff, it counts to the physician
    /// (Sussman Shank, "Non-Monetary Compensation Limits").
    pub const fn counts_to_a_physician(self) -> bool {
        matches!(self, Self::Physician | Self::PhysicianFamily | Self::PhysicianStaff)
    }
}

/// What is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum RewardKind {
    /// A word, a letter, a name on the wall: thanks without a value.
    Recognition,
    /// A thing.
    Item,
    /// Food and drink.
    Meal,
    /// A show, a game, a round of golf.
    Entertainment,
    /// A course, a book, a talk.
    Education,
    /// Work done for nothing or for less.
    Service,
    /// A lower price.
    Discount,
    /// A place at an event.
    EventSeat,
    /// Anything else of value.
    Other,
}

/// Why it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// Thanks for working together, not for a referral or a number of them.
    Thanks,
    /// A holiday or the turn of the year.
    Holiday,
    /// A welcome, an opening, a retirement.
    Milestone,
    /// A conference about cases, a lesson, a tour.
    Learning,
    /// The one yearly appreciation event for the local medical staff.
    MedicalStaffEvent,
    /// Something promoted together, or a fee for bringing patients and partners together.
    CoPromotion,
    /// A patient told a friend.
    ReferAFriend,
    /// So much for each referral, or for reaching a number of them.
    PerReferral,
    /// Something else.
    Other,
}

/// An answer that may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Nobody asked, or nobody knows.
    #[default]
    Unknown,
}

impl Known {
    /// Unknown counts as the worst case: only a clear no is a no.
    pub const fn unless_denied(self) -> bool {
        !matches!(self, Self::No)
    }
}

/// What the recipient's employer lets its people accept. Stricter than the law, it wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case", tag = "kind", content = "cents")]
pub enum EmployerPolicy {
    /// No policy is on file.
    #[default]
    NotOnFile,
    /// Nothing may be accepted.
    Nothing,
    /// No more than so many cents a calendar year.
    UpTo(#[cfg_attr(feature = "specta", specta(type = i32))] i64),
    /// The employer is asked each time.
    Ask,
}

/// What the list of excluded individuals and entities (OIG LEIE) says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    /// Looked up in a list and not found.
    Clear,
    /// Found by NPI.
    Listed,
    /// The same name and state, without an NPI to tell them apart.
    SameName,
    /// No list was loaded.
    #[default]
    NotChecked,
}
