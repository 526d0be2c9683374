//! The border between the page and the practice.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so by failing")]
#![recursion_limit = "256"]

mod bindings;
mod hardening;
mod locked;
