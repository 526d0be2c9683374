//! One command a file.

pub mod backup;
pub mod check;
pub mod export;
pub mod import;
pub mod init;
pub mod report;
pub mod sample;
