//! CK26: the list of individuals and entities excluded from federal programmes (OIG LEIE), read from the file the government
//! publishes each month, and whom of ours it names.

mod check;
mod list;
mod read;

pub use check::{ExclusionHit, ExclusionList, exclusion_list};
pub(super) use check::{Probe, looked_up};
pub(super) use list::Listed;
pub use read::{forget_exclusions, read_exclusions};
