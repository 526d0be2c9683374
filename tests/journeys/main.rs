//! Whole stories on a real encrypted file.

mod sample;
mod undo;
mod vault;
