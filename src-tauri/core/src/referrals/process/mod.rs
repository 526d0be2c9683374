//! How a referral goes its way: the path, who holds the baton, what was done when, and what leaks.
//!
//! The rules are pure ([`walk`]); where each open referral stands follows from them and is kept beside it before each
//! commit, so that the baton view and the board read it from an index.

mod advance;
mod board;
mod hand_over;
mod holder;
mod leaks;
mod list;
mod model;
mod paths;
mod place;
mod reopen;
mod steps;
mod walk;
mod way;
mod ways;

pub use advance::{StageMove, move_to};
pub(in crate::referrals) use advance::{arrive, begin};
pub use board::{Board, BoardColumn, BoardQuery, board};
pub(in crate::referrals) use hand_over::HandOff;
pub use hand_over::{
    HandOffAnswer, HandOffShown, HandOffState, HandOver, answer_hand_over, hand_over, hand_overs,
    set_next_step,
};
pub use holder::{Absence, Holder, HolderShown, absences, remove_absence, set_absence};
pub use leaks::{
    LeakAction, LeakKind, LeakReason, LeakResult, LeakShown, Leaks, leak_reasons, leak_target, leaks,
    set_leak_reasons, set_leak_target, settle_leak,
};
pub(crate) use leaks::{missing_reports, reasons_in, try_in};
pub use list::{
    BatonCounts, BatonPage, BatonQuery, BatonRow, HolderCount, Waited, baton_counts, batons, orphans,
};
pub use model::{ChecklistItem, DayUnit, Limit, Process, RequiredField, Stage, event, stage};
pub use paths::{PathShown, Paths, paths, reset_path, set_path};
pub(in crate::referrals) use place::{Place, is_open as is_on_its_way};
pub use place::{ready, settle};
pub use reopen::{Reopening, reopen};
pub use steps::{NewStep, add_step, check_item, remove_step};
pub use walk::{ContactLost, Done, Facts, StepFact, StepState, Walk, walk};
pub use way::{HeldBy, ItemShown, ReferralWay, StageShown, StepShown, way};
pub(crate) use ways::{Way, each_way, has_reason, leak_reasons_of, one_way};
