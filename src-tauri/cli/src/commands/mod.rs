//! One command a file.

pub mod backup;
pub mod backups;
pub mod check;
pub mod drill;
pub mod export;
pub mod import;
pub mod init;
pub mod profiles;
pub mod report;
pub mod restore;
pub mod route;
pub mod sample;
