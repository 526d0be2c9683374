//! The working heart: every patient sent in or sent out, from the intake at the desk to the day the referral is closed.
//!
//! Here are the register's types and use cases. Who the partners are belongs to `network`; how referrals come from
//! files to `exchange`; what they amount to, to `insights`.

pub mod care;
mod checks;
mod edit;
mod error;
mod facts;
pub mod help;
pub mod inquiries;
mod intake;
mod lookups;
mod parties;
#[cfg(test)]
mod plans;
pub mod process;
mod query;
mod record;
mod register;
mod rows;
mod seen;
pub mod shared;
mod sources;
mod today;
mod trash;
mod types;

pub use edit::edit;
pub use error::{Problem, ReferralError};
pub use facts::{SourceFacts, SourceWay, intake_with_facts, set_source_facts, source_facts};
pub use intake::intake;
pub use lookups::used_words;
pub use query::{ReferralQuery, ReferralSort, RegisterPreset};
pub use record::referral;
pub(crate) use register::listed;
pub use register::referrals;
pub use sources::{open_of_patient, suggest_sources};
pub use today::{QuietPartner, TodayOverview, TodayReferrals, today};
pub use trash::{restore, trash};
pub use types::*;
