//! The border between the page and the practice.

mod hardening;
