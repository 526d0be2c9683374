//! What is put down of a task.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::foundation::codes;
use crate::foundation::id::{PartnerId, PersonId, ProfileId, ReferralId, TouchId};

codes! {
    /// How often a task comes again once it is done.
    Repeat {
        /// The next day.
        Daily = "daily",
        /// In a week.
        Weekly = "weekly",
        /// In a month.
        Monthly = "monthly",
        /// In three months.
        Quarterly = "quarterly",
        /// In a year.
        Yearly = "yearly",
    }
}

/// A task, as somebody puts it down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NewTask {
    /// In words, without a patient's name: a reminder shows it.
    pub title: String,
    /// More of it.
    pub notes: String,
    /// By when.
    pub due_on: NaiveDate,
    /// At what time of that day, in minutes since midnight.
    pub due_at: Option<u16>,
    /// The partner was told so: whether it was kept is measured by the first day it was promised for.
    pub promised: bool,
    /// Whose it is.
    pub holder: ProfileId,
    /// For which partner.
    pub partner: Option<PartnerId>,
    /// For whom there.
    pub person: Option<PersonId>,
    /// About which referral.
    pub referral: Option<ReferralId>,
    /// The contact whose next step it is.
    pub touch: Option<TouchId>,
    /// How many minutes before it is due the computer reminds of it.
    pub remind_minutes: Option<u16>,
    /// When it comes again.
    pub repeat: Option<Repeat>,
}

impl NewTask {
    /// A task with nothing but its words, its day and its holder.
    pub fn titled(title: &str, due_on: NaiveDate, holder: ProfileId) -> Self {
        Self {
            title: title.to_owned(),
            notes: String::new(),
            due_on,
            due_at: None,
            promised: false,
            holder,
            partner: None,
            person: None,
            referral: None,
            touch: None,
            remind_minutes: None,
            repeat: None,
        }
    }
}
