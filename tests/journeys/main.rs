//! Whole stories on a real encrypted file.

mod undo;
mod vault;
