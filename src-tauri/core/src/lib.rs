//! The practice.

pub mod exchange;
pub mod foundation;
