//! Whole stories on a real encrypted file.

mod history;
mod referrals;
mod sample;
mod export;
mod insights;
mod undo;
mod undo_property;
mod vault;
mod world;
