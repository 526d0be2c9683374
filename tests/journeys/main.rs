//! Whole stories on a real encrypted file.

mod import_truth;
mod undo;
