//! The SQL of the network room, one file a topic.

pub(super) mod contact;
pub(super) mod duplicate;
pub(super) mod list;
pub(super) mod merge;
pub(super) mod merge_partners;
pub(super) mod page;
pub(super) mod partner;
pub(super) mod patient;
pub(super) mod person;
pub(super) mod search;
pub(super) mod standing;
pub(super) mod tag;
pub(super) mod trash;
pub(super) mod view;
