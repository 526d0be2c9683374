//! The border between the page and the practice.
// The payload that fits every command is one large piece of JSON.
#![recursion_limit = "256"]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so by failing")]

mod bindings;
mod hardening;
mod locked;
