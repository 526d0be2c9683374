//! The SQL of the outreach room.

pub(super) mod cadence;
pub(super) mod plans;
pub(super) mod rings;
pub(super) mod tasks;
pub(super) mod touches;
pub(super) mod visits;
