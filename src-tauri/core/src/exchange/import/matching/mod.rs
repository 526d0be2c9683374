//! Who is meant: every name of a file becomes exactly one real person or partner, or a new one.
//!
//! Evidence, not likeness alone, decides. An NPI settles it. Another NPI, profession, middle initial or practice speaks
//! against, whatever the names. A short form, an initial or a slip of a letter needs to fit exactly one person.
//! What stays doubtful becomes a record of its own and a question; two people are never made one.

mod crowd;
mod evidence;
mod guess;
mod index;
mod known;
mod mention;
mod organisations;
mod people;
mod resolve;

pub(super) use crowd::PersonSlot;
pub(super) use guess::role_of;
pub(super) use mention::{Named, fingerprint};
pub(super) use resolve::{Doubt, Resolution, Resolver};
