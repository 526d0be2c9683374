//! Who works here: profiles, added and changed by owners.
//!
//! A change goes to the database first and to `vault.json` second. A kill in between leaves a profile without a way in
//! (an owner hands out a new phrase) or a way in without a profile (it is dropped at the next look), never the other
//! way round.

mod add;
mod edit;
mod form;
mod list;
mod phrase;
mod retire;
mod rules;

pub use add::add_profile;
pub use edit::edit_profile;
pub use form::ProfileForm;
pub(super) use form::initials_of;
pub use list::{Member, MemberState, members};
pub(super) use phrase::one_time;
pub use phrase::{Handed, hand_phrase};
pub use retire::retire_profile;
pub(super) use rules::{PersonRow, Standing, acting_owner, must_be_owner};
