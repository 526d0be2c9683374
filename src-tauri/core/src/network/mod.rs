//! The people and places around the practice.

mod standing;

pub use standing::settle_standing;
