//! How long things are kept, what may not go, what goes for good and what is erased at somebody's wish.
//!
//! Everything here that removes content removes it from history too ([`crate::store::Redaction`]); what is left is that
//! something was there, and who let it go when.

mod erase;
mod error;
mod held;
mod holds;
mod policy;
mod purge;
mod redaction;
mod rows;
mod types;

pub use erase::erase;
pub use error::RetentionError;
pub use held::held_about;
pub use holds::{holds, lift_hold, place_hold};
pub use policy::{policy, set_policy};
pub use purge::{purge, purge_preview};
pub use types::{
    Block, Decision, ErasureDone, ErasureRequest, HeldAbout, HeldFact, HeldSection, Hold, Kept, KeptWhy,
    LookedFor, Policy, PurgeDone, PurgePreview, Purgeable, RecordKind, RecordRef, SectionKind,
};
