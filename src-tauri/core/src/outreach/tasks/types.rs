//! What is put down of a task.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::foundation::codes;
use crate::foundation::id::{PartnerId, PersonId, PlanId, ProfileId, ReferralId, TaskId, TouchId};

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

/// A partner a task or plan is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TaskPartner {
    /// The partner.
    pub id: PartnerId,
    /// Its name, as whoever is at the desk may see it.
    pub name: String,
    /// It is a person.
    pub individual: bool,
}

/// A task as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TaskRow {
    /// The task.
    pub id: TaskId,
    /// What is to be done.
    pub title: String,
    /// More of it.
    pub notes: String,
    /// By when.
    pub due_on: NaiveDate,
    /// At what time of that day, in minutes since midnight.
    pub due_at: Option<u16>,
    /// The first day it was promised for.
    pub promised_on: Option<NaiveDate>,
    /// Whose it is.
    pub holder: ProfileId,
    /// Their name.
    pub holder_name: String,
    /// For which partner.
    pub partner: Option<TaskPartner>,
    /// That partner is a patient.
    pub about_patient: bool,
    /// For whom there.
    pub person: Option<PersonId>,
    /// About which referral.
    pub referral: Option<ReferralId>,
    /// How many minutes before it is due the computer reminds of it.
    pub remind_minutes: Option<u16>,
    /// When it comes again.
    pub repeat: Option<Repeat>,
    /// The first day of its series, and the day of the series it stands for.
    pub series: Option<(NaiveDate, NaiveDate)>,
    /// The plan whose step it is, and which step, from 0.
    pub step: Option<(PlanId, u16)>,
    /// The name of that plan.
    pub plan_name: Option<String>,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
    /// By whom.
    pub done_by: Option<String>,
    /// Why it is not done.
    pub dropped: Option<String>,
}

impl TaskRow {
    /// The same for a screen anybody may pass by and for files that leave: no notes, and no word of a task about a patient,
    /// because it may name them.
    #[must_use]
    pub fn discreet(self) -> Self {
        let partner = self.partner.filter(|_| !self.about_patient);
        let title = match self.referral {
            Some(_) => "A task about a referral".to_owned(),
            None if self.about_patient => "A task about a patient".to_owned(),
            None => self.title,
        };
        Self { title, notes: String::new(), partner, ..self }
    }

    /// An open task with nothing but its words and its day.
    #[cfg(test)]
    pub(in crate::outreach) fn for_tests(title: &str, due_on: NaiveDate) -> Self {
        Self {
            id: TaskId::new(),
            title: title.to_owned(),
            notes: String::new(),
            due_on,
            due_at: None,
            promised_on: None,
            holder: ProfileId::new(),
            holder_name: "Maren Okafor".to_owned(),
            partner: None,
            about_patient: false,
            person: None,
            referral: None,
            remind_minutes: None,
            repeat: None,
            series: None,
            step: None,
            plan_name: None,
            done_on: None,
            done_by: None,
            dropped: None,
        }
    }
}
