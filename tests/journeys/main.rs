//! Whole stories on a real encrypted file.

mod history;
mod referrals;
mod sample;
mod export;
mod import_flow;
mod import_strangers;
mod import_support;
mod import_truth;
mod insights;
mod undo;
mod undo_property;
mod vault;
mod world;
mod network;
mod network_kit;
mod network_list;
mod network_search;
