//! Values every room shares: small, pure, and the same wherever they appear.

pub mod date_text;
pub mod money_text;
pub mod npi;
pub mod phone;
pub mod zip;
