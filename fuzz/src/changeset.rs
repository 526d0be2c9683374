#![no_main]

use std::sync::OnceLock;

use baton_core::testing::{TestPractice, inputs, practice};

static PRACTICE: OnceLock<TestPractice> = OnceLock::new();

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    inputs::changeset(PRACTICE.get_or_init(|| practice("2026-11-02")), bytes);
});
