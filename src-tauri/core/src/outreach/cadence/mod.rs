//! How often partners hear from us: the rules, each partner's wishes, and the one due list.

mod list;
mod nurture;
mod rule;
mod rules;
mod types;

pub(in crate::outreach) use list::Tagged;
pub use list::{Rhythm, due_list, rhythms};
pub use nurture::{cadence_of, set_nurture, snooze_partner};
pub use rule::{CadenceFacts, CadenceKept, DueState, cadence_kept, due, interval};
pub(in crate::outreach) use rules::rules;
pub use rules::{cadence_rules, set_cadence_rules};
pub use types::*;
