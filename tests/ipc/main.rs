//! The border between the page and the practice.

mod bindings;
mod hardening;
