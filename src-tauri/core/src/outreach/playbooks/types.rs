//! What a playbook says.

use serde::{Deserialize, Serialize};

use crate::network::PartnerType;
use crate::outreach::touches::TouchForm;

/// A step of a playbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PlaybookStep {
    /// What is to be done.
    pub title: String,
    /// How.
    pub form: TouchForm,
    /// How many days after the plan began.
    pub after_days: u16,
    /// What to say.
    pub say: String,
}

/// Something they may say, and an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Objection {
    /// What they say.
    pub they: String,
    /// What we answer.
    pub we: String,
}

/// What a playbook says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PlaybookContent {
    /// Whom to speak to first.
    pub whom: String,
    /// What is of value to them.
    pub offer: String,
    /// The steps, in order.
    pub steps: Vec<PlaybookStep>,
    /// It stops when they answer.
    pub stop_on_reply: bool,
    /// It stops when they send somebody.
    pub stop_on_referral: bool,
    /// It stops so many days after it began; none: never by itself.
    pub stop_after_days: Option<u16>,
    /// What is worth saying.
    pub talking_points: Vec<String>,
    /// What they may say.
    pub objections: Vec<Objection>,
}

/// A playbook as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Playbook {
    /// The code of one that came with Baton, or the id of the practice's own.
    pub id: String,
    /// What it is called; empty: after the type of partner it is for.
    pub name: String,
    /// The type of partner it is for; none: any.
    pub of_type: Option<PartnerType>,
    /// It came with Baton.
    pub came_with: bool,
    /// It came with Baton, and the practice changed it.
    pub changed: bool,
    /// What it says.
    pub content: PlaybookContent,
}

/// What a playbook is to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PlaybookChange {
    /// Which one; none: a new one.
    pub id: Option<String>,
    /// What it is called.
    pub name: String,
    /// The type of partner it is for; none: any.
    pub of_type: Option<PartnerType>,
    /// What it says.
    pub content: PlaybookContent,
}
