//! Whole stories on a real encrypted file.

mod import_strangers;
mod import_truth;
mod undo;
