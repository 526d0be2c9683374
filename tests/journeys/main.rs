//! Whole stories on a real encrypted file.

mod sample;
mod export;
mod insights;
mod undo;
mod vault;
mod world;
