//! Whole stories on a real encrypted file.

mod import_flow;
mod import_strangers;
mod import_support;
mod import_truth;
mod undo;
