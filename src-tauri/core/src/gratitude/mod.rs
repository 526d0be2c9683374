//! How the practice says thank you without crossing a legal line: the rules, as pure functions of values and a date.
//!
//! Nothing here knows a referral, an amount earned or a tier: whoever decides about a gift does not see how much its
//! recipient refers.

mod cure;
mod kinds;
mod limits;
mod meter;
mod split;
mod verdict;

pub use cure::{Cure, cure, deadline};
pub use kinds::{EmployerPolicy, Exclusion, Known, Occasion, Recipient, RewardKind};
pub use limits::{YearLimits, default_limits, of_year};
pub use meter::{Entry, Meter, meter};
pub use split::share;
pub use verdict::{Check, Finding, Judged, Planned, PracticeRules, Verdict, verdict};
