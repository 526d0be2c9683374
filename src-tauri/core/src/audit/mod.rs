//! The log of what was looked at, changed and handed out; its reviews; and the accounting of disclosures.
//!
//! Events and changes share one chain in the store; this room shows them as one log, says how far the chain holds,
//! keeps the reviews somebody signed, and keeps what left the practice about patients (45 CFR 164.312(b), 164.528).

mod accounting;
mod action;
mod check;
mod correct;
mod disclose;
mod error;
mod export;
mod log;
mod review;
mod rows;
mod types;

pub use accounting::{ACCOUNTED_MONTHS, accountable};
pub use action::LogAction;
pub use check::{ChainState, check};
pub use correct::{Correction, correct};
pub use disclose::{disclose, disclosures};
pub use error::AuditError;
pub(crate) use export::{each_row, period_count, record_export, record_letters, record_papers};
pub use log::{page, people};
pub use review::{Due, Review, SignOff, due, may_review, months_due, reviews, sign_off};
pub use types::*;
