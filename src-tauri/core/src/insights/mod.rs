//! What the numbers say. Reads every room; no room reads it.
