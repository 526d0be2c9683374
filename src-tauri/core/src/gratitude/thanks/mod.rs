//! Who waits for thanks, and thanking them. The room learns that somebody sent a patient on a day: not which, not how many.

mod friends;
mod outgoing;
mod queue;
mod settle;
mod templates;
mod words;

pub use friends::{Friend, friends};
pub use outgoing::{LetterOut, LetterTrouble, LetterWanted, letters_out};
pub use queue::{QueueRow, ThanksDraft, ThanksRow, queue, thanked_on, thanks_due, thanks_of};
pub use settle::{NewThanks, save_draft, send_all_thanks, send_thanks, waive_thanks};
pub use templates::{Template, TemplateChange, reset_template, set_template, templates};
pub use words::{Greeting, Letter, greeting, preview_letter};

use serde::{Deserialize, Serialize};

use super::kinds::kept_as;

/// How somebody is thanked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ThanksForm {
    /// A letter.
    Letter,
    /// A card, written by hand.
    Card,
    /// A call.
    Call,
    /// Named in public: in the newsletter, on the wall, at a meeting.
    Public,
    /// Any other recognition without a value.
    Recognition,
}

kept_as!(ThanksForm {
    Letter = "letter",
    Card = "card",
    Call = "call",
    Public = "public",
    Recognition = "recognition",
});

/// Where thanks stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ThanksStatus {
    /// Being written.
    Drafted,
    /// Sent, or said.
    Sent,
    /// Not due, with a reason.
    Waived,
}

kept_as!(ThanksStatus {
    Drafted = "drafted",
    Sent = "sent",
    Waived = "waived",
});
