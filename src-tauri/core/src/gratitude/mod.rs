//! How the practice says thank you without crossing a legal line.

mod cure;
mod kinds;
mod limits;
mod meter;
mod split;
mod verdict;
