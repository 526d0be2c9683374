//! Calling or dropping in on a list of partners, one after the other, with a script and one key for what came of it.

mod attempt;
mod list;
mod measure;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use attempt::{NewAttempt, canvass_attempt};
pub use list::{CanvassForm, canvass_close, canvass_list, canvass_lists, canvass_save};
pub use measure::{AttemptsPerSuccess, attempts_per_success};

use crate::foundation::codes;
use crate::foundation::id::{CanvassId, PartnerId};

codes! {
    /// How partners on a list are reached.
    CanvassWay {
        /// By telephone.
        Call = "call",
        /// By dropping in.
        DropOff = "drop_off",
    }
}

codes! {
    /// What came of an attempt.
    CanvassOutcome {
        /// Nobody was there.
        NoAnswer = "no_answer",
        /// Something was left.
        LeftCard = "left_card",
        /// Somebody answered who does not decide.
        Gatekeeper = "gatekeeper",
        /// There was a talk: what it is all for.
        Talk = "talk",
        /// On another day.
        TryAgain = "try_again",
        /// They ask not to be contacted.
        DoNotContact = "do_not_contact",
    }
}

/// A list, as a choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CanvassSummary {
    /// The list.
    pub id: CanvassId,
    /// Its name.
    pub name: String,
    /// How its partners are reached.
    pub way: CanvassWay,
    /// How many are on it.
    pub targets: u32,
    /// With how many of them there was a talk.
    pub talked: u32,
    /// Since when it is closed.
    pub closed_on: Option<NaiveDate>,
}

/// A partner on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CanvassTarget {
    /// Whom.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// Its telephone.
    pub phone: Option<String>,
    /// Its town.
    pub town: String,
    /// How often it was tried.
    pub attempts: u32,
    /// What came of the last one.
    pub last: Option<CanvassOutcome>,
    /// When that was.
    pub last_on: Option<NaiveDate>,
    /// Not before this day.
    pub again_on: Option<NaiveDate>,
    /// There was a talk, or they ask not to be contacted, on this list or another: nothing is left to do.
    pub done: bool,
    /// They ask not to be contacted.
    pub do_not_contact: bool,
}

/// A list with whom it names: who is next first, then who waits for a day, then who is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CanvassList {
    /// The list.
    pub id: CanvassId,
    /// Its name.
    pub name: String,
    /// How its partners are reached.
    pub way: CanvassWay,
    /// What to say.
    pub script: String,
    /// Since when it is closed.
    pub closed_on: Option<NaiveDate>,
    /// Whom it names.
    pub targets: Vec<CanvassTarget>,
    /// How many attempts a talk took.
    pub measure: AttemptsPerSuccess,
}
