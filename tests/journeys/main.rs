//! Whole stories on a real encrypted file.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so by failing")]

mod audit;
mod care;
mod export;
mod export_way;
mod gratitude;
mod help;
mod history;
mod import_flow;
mod import_layouts;
mod import_strangers;
mod import_support;
mod import_truth;
mod import_way;
mod inquiries;
mod insights;
mod meanwhile;
mod merge_people;
mod network;
mod network_kit;
mod network_list;
mod network_search;
mod packet;
mod process;
mod process_truth;
mod process_year;
mod referrals;
mod retention;
mod rights;
mod sample;
mod shared_care;
mod time;
mod undo;
mod undo_property;
mod vault;
mod world;
