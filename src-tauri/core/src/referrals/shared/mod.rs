//! Several look after one patient: who they are, who leads, and what each of them does by when.

mod groups;
mod types;

pub use groups::{add_group, care_groups_of, close_group, edit_group, mark_part, open_groups, reopen_group};
pub use types::{CareGroup, CareMember, GroupForm, GroupKind, MemberForm};
