//! Whole stories on a real encrypted file.

mod export;
mod insights;
mod undo;
mod vault;
mod world;
