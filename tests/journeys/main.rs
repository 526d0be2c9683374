//! Whole stories on a real encrypted file.

mod export;
mod history;
mod import_flow;
mod import_strangers;
mod import_support;
mod import_truth;
mod insights;
mod network;
mod network_kit;
mod network_list;
mod network_search;
mod referrals;
mod sample;
mod undo;
mod undo_property;
mod vault;
mod world;
