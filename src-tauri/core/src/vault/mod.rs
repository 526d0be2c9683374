//! The locked cabinet: who can open the practice, and how it is created, locked, copied and checked.
//!
//! A practice is a folder: `practice.db` (encrypted), `vault.json` (no secrets: one wrapped master key for each way
//! to unlock), its copy `vault.json.bak`, `recovery.age`, a lock file, `sign-ins.txt` and `backups/`. Reading and writing the
//! practice itself is the store's work; this room hands it the keys.

mod attempts;
mod backup;
mod check;
mod create;
mod describe;
mod document;
mod doubt;
mod error;
mod files;
mod folder;
mod hex;
mod kdf;
mod keyring;
mod machine;
mod passphrase;
mod place;
mod process_lock;
mod profile;
mod recent;
mod recovery;
mod rekey;
mod role;
mod rows;
mod save_sheet;
mod secrets;
mod sign_ins;
mod slot;
mod unlock;
mod unlocked;

pub use attempts::Attempts;
pub use backup::{Backup, back_up, backups_in, newest_backup};
pub use check::{CheckReport, check};
pub use create::{Created, NewPractice, STATES, create, discard_unfinished};
pub use describe::{LockedPractice, LockedProfile, describe};
pub use doubt::Doubt;
pub use error::VaultError;
pub use machine::Machine;
pub use passphrase::{Passphrase, SHORTEST as SHORTEST_PASSPHRASE, Strength, strength, suggest_phrase};
pub use profile::{Colleague, colleagues, role_of};
pub use recent::{RecentPractice, forget_recent, recent_practices};
pub use recovery::{RecoveryChallenge, RecoveryKey, RecoverySheet};
pub use rekey::{
    change_passphrase, confirm_passphrase, disable_keyring, enable_keyring, renew_recovery_key,
    unlock_by_recovery,
};
pub use role::Role;
pub use save_sheet::save_sheet;
pub use unlock::{OnDoubt, unlock, unlock_from_keyring};
pub use unlocked::Unlocked;
