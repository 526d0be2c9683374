//! What Baton asks of the desktop it runs on: a window, files, paper, notices, and word of when its
//! user goes away.

pub mod clipboard;
pub mod dialogs;
pub mod locking;
pub mod notices;
pub mod print;
pub mod process;
#[cfg(feature = "e2e")]
pub mod start;
pub mod window;
