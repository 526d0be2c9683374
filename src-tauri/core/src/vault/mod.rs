//! The locked cabinet: who can open the practice, and how it is created, locked, copied and checked.
//!
//! A practice is a folder: `practice.db` (encrypted), `vault.json` (no secrets: one wrapped master key for each way
//! to unlock), its copy `vault.json.bak`, `recovery.age`, a lock file, `sign-ins.txt` and `backups/`. Reading and writing the
//! practice itself is the store's work; this room hands it the keys.

mod as_of;
mod attempts;
mod backup;
mod calendar;
mod check;
mod create;
mod describe;
mod device;
mod document;
mod doubt;
mod error;
mod files;
mod folder;
mod hex;
mod kdf;
mod keyring;
mod letterhead;
mod machine;
mod passphrase;
mod people;
mod place;
mod policy;
mod process_lock;
mod profile;
mod recent;
mod recovery;
mod rekey;
mod restore;
mod rights;
mod role;
mod root;
mod rotation;
mod rows;
mod save_sheet;
mod secrets;
mod sign_ins;
mod slot;
mod staging;
mod swap;
mod unlock;
mod unlocked;
mod ways;

pub use as_of::{AsOf, Moment};
pub use attempts::Attempts;
pub use backup::{
    Backup, BackupOutcome, BackupProblem, BackupSettings, BackupState, DatedCopy, DrillReport, DueMoment,
    Holdings, Keep, OutsideFile, TargetState, Why, add_target, all_backups, back_up, back_up_everywhere,
    back_up_for, backup_settings, backup_state, backups_in, drill, is_backup_due, is_due, known_backups,
    newest_backup, remove_target, save_backup_settings, save_outside, thin,
};
pub(crate) use calendar::calendar_in;
pub use calendar::{
    CalendarDay, CalendarYear, HolidayShown, calendar, calendar_year, reset_calendar, set_calendar,
};
pub use check::{CheckReport, check};
pub use create::{Created, NewPractice, STATES, create, discard_unfinished};
pub use describe::{LockedPractice, LockedProfile, describe};
pub use device::{DeviceSettings, DeviceTheme, device_settings, set_device_settings};
#[cfg(any(test, feature = "testing"))]
pub use document::reads as reads_vault_file;
pub use doubt::Doubt;
pub use error::VaultError;
pub(crate) use letterhead::letterhead_in;
pub use letterhead::{Letterhead, letterhead, set_letterhead};
pub use machine::Machine;
pub use passphrase::{Passphrase, SHORTEST as SHORTEST_PASSPHRASE, Strength, strength, suggest_phrase};
pub use people::{
    Handed, Member, MemberState, ProfileForm, add_profile, edit_profile, hand_phrase, members, retire_profile,
};
pub use policy::{LockPolicy, lock_policy, set_lock_policy};
pub use profile::{Colleague, colleagues, role_of};
pub use recent::{RecentPractice, forget_recent, recent_practices};
pub use recovery::{RecoveryChallenge, RecoveryKey, RecoverySheet};
pub use rekey::{
    Renewal, change_passphrase, confirm_passphrase, disable_keyring, enable_keyring, prepare_recovery,
    unlock_by_recovery,
};
pub use restore::{
    EntryInShort, KindCount, Parted, Prepared, RestorePreview, Restored, RowKind, SealedBackup, Way,
    look_at_backup, prepare_restore, restore,
};
pub use rights::{
    Area, Hidden, Level, Need, Rights, RightsOf, Scope, patient_token, permit, reset_rights, rights_of_all,
    set_rights,
};
pub(crate) use rights::{Sight, sight_at_desk};
pub use role::Role;
pub use rotation::{Rotated, Rotation, prepare_rotation, rotate};
pub use save_sheet::save_sheet;
pub use unlock::{OnDoubt, unlock, unlock_first, unlock_from_keyring};
pub use unlocked::Unlocked;
pub use ways::{Key, KeyKind, WaysIn, allow_keyring, remove_key, ways_in};
