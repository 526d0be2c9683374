//! The SQL of the gratitude room. Meters add up what everybody gave, so they read past the lens (`main.`).

pub(super) mod attest;
pub(super) mod book;
pub(super) mod exclusions;
pub(super) mod ledger;
pub(super) mod notes;
pub(super) mod offers;
pub(super) mod programme;
pub(super) mod thanks;
