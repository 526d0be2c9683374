//! A deterministic, invented practice to look around in.
