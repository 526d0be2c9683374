//! Whole stories on a real encrypted file.

mod insights;
mod undo;
mod world;
