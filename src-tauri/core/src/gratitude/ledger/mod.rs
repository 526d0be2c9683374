//! The ledger: what was given, to whom, and by which rule. Written once, corrected by counter-entries.

mod correct;
mod cures;
mod decide;
mod excluded;
mod judge;
mod list;
mod merge;
mod record;
mod types;

pub use correct::{RewardCorrection, correct_reward};
pub use cures::{Overrun, overruns, return_excess};
pub(in crate::gratitude) use decide::others_approve;
pub use decide::{RewardDecision, approvers, decide_reward};
pub use judge::preflight;
pub(in crate::gratitude) use judge::{Judgement, judge_offer, rules_shown};
pub use list::{
    GivenTo, LedgerQuery, MeterRow, RewardRow, ShareRow, ledger, ledger_year, meters, meters_to_leave,
    of_person, years,
};
pub(crate) use list::{given_to_physicians, one_of};
pub use merge::count_together;
#[allow(unused_imports, reason = "whoever merges two people calls it within that write")]
pub(crate) use merge::{merged, merged_partners};
pub(crate) use record::record_in;
pub use record::record_reward;
pub use types::{
    CorrectionKind, JudgedShare, MeterShown, NewReward, NewShare, Preflight, RuleShown, Split, Standing, Whom,
};
