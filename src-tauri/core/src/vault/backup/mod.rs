//! Backups: whole encrypted copies that count only after they were read back and compared.
//!
//! A backup is a folder with `practice.db`, `vault.json` and `recovery.age`, like the practice's own, and
//! `backup.json`, which says what it holds and why it was made. It is made under another name and renamed when it is
//! verified: what carries a backup's name is one. Where backups go beside the practice's own folder is kept on each
//! computer, since a stick has another name on another one.

mod device;
mod drill;
mod due;
mod everywhere;
mod list;
mod make;
mod manifest;
mod outside;
mod state;
mod targets;
mod thin;

pub use drill::{DrillReport, drill};
pub use due::{DueMoment, is_due};
pub use everywhere::{BackupOutcome, BackupProblem, back_up_everywhere};
pub use list::{Backup, Holdings, Why, all_backups, backups_in, known_backups, newest_backup};
pub use make::{back_up, back_up_for};
pub use outside::{OutsideFile, save_outside};
pub use state::{BackupState, TargetState, backup_state, is_backup_due};
pub use targets::{BackupSettings, add_target, backup_settings, remove_target, save_backup_settings};
pub use thin::{Copy as DatedCopy, Keep, thin};

pub(super) use drill::{STAGE as DRILL_STAGE, of_backup};
pub(super) use list::{MOMENT, REPLACED, describe};
pub(super) use make::{Closed as ClosedPractice, back_up_closed, clear_partial};
pub(super) use manifest::fits as fits_manifest;
pub(super) use outside::{STAGE as OUTSIDE_STAGE, is_sealed, unpack};
