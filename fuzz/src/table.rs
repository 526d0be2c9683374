#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    baton_core::testing::inputs::table(bytes);
});
