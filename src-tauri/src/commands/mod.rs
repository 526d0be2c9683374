//! What the page may ask for, room by room: one to three lines each. Rules and rows are in `baton-core`.

#![allow(missing_docs, reason = "a command is documented at the core function it calls")]
#![allow(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]

pub mod audit;
pub mod backup;
pub mod export;
pub mod field;
pub mod gratitude;
pub mod history;
pub mod import;
pub mod insights;
pub mod letters;
pub mod network;
pub mod outreach;
pub mod packet;
pub mod people;
pub mod referrals;
pub mod referrals_care;
pub mod referrals_help;
pub mod referrals_way;
pub mod retention;
pub mod rights;
pub mod time;
pub mod touches;
pub mod vault;
