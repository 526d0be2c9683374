//! Import: a file becomes typed rows, typed rows become a plan, a plan becomes one undoable action.

mod commit;
mod decisions;
mod error;
mod matching;
mod plan;
mod profile;
pub mod reading;
mod rejects;
pub mod row;
mod rows;
mod summary;

pub use commit::commit;
pub use decisions::{Choice, Decision, Decisions};
pub use error::ImportError;
pub use plan::{
    DuplicateOf, Fate, FieldChange, ImportFile, ImportPlan, MeantBy, Phase, PlanCounts, PlanGroup, PlanPage,
    PlanRow, PlanView, Progress, Question, Tell, plan,
};
pub use profile::{SavedProfile, delete_profile, find_profile, profiles, save_profile};
pub use rejects::rejects_workbook;
pub use summary::{
    AsideRow, Counted, ImportSummary, PossibleDuplicateRow, ReferralCounts, RejectedRow, ScriptSummary,
};
