//! Reading, tried on whole files.

mod four_exports;
