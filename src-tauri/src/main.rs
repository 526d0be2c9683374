//! Baton.
fn main() { baton_shell::run(); }
