//! The practice: every rule and every row of Baton. Nothing here knows that a window exists.
//!
//! Rooms stand beside each other (`vault`, `history`, `audit`, `network`, `referrals`, `insights`, `gratitude`, `outreach`, `exchange`, `field`,
//! `retention`, `sample`); below them are `store` (the encrypted file), `papers` (PDF and Word documents) and `foundation` (values
//! without I/O). A room may use what another
//! room's `mod.rs` exports, never its `rows.rs`.

#[cfg(test)]
mod architecture;
pub mod audit;
pub mod exchange;
pub mod field;
pub mod foundation;
pub mod gratitude;
pub mod history;
pub mod insights;
pub mod network;
pub mod outreach;
pub mod papers;
mod practice;
pub mod referrals;
pub mod retention;
pub mod sample;
pub mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod vault;

pub use practice::Practice;
