//! How a kind of partner is approached: whom to speak to, the steps, when it stops, and what to say.

mod keep;
mod starter;
mod types;

pub(super) use keep::find;
pub use keep::{playbook, playbooks, remove_playbook, save_playbook};
pub use types::{Objection, Playbook, PlaybookChange, PlaybookContent, PlaybookStep};
