//! Creating a practice. It is complete when its files, its keys and its first backup are there; until then a mark
//! in the folder says that it is not.

use std::path::Path;
use std::sync::Arc;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::backup;
use super::document::{Cipher, Document, FORMAT, KnownHead, Profile};
use super::error::VaultError;
use super::files;
use super::folder::{Folder, State};
use super::machine::Machine;
use super::passphrase::Passphrase;
use super::people::initials_of;
use super::process_lock::ProcessLock;
use super::recent;
use super::recovery::RecoveryKey;
use super::rows;
use super::secrets::MasterKey;
use super::slot::Slot;
use super::unlocked::{Open, Unlocked};
use super::ways::Way;
use crate::foundation::id::{PracticeId, ProfileId};
use crate::practice::Practice;
use crate::store::{Actor, Opening, Store};

/// The oldest Baton that reads what this one writes.
const SCHEMA_MIN_APP: &str = "0.1.0";

/// States, the district and territories, as the post office abbreviates them.
pub const STATES: [&str; 56] = [
    "AK", "AL", "AR", "AS", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "GU", "HI", "IA", "ID", "IL",
    "IN", "KS", "KY", "LA", "MA", "MD", "ME", "MI", "MN", "MO", "MP", "MS", "MT", "NC", "ND", "NE", "NH",
    "NJ", "NM", "NV", "NY", "OH", "OK", "OR", "PA", "PR", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VI",
    "VT", "WA", "WI", "WV", "WY",
];

/// What the first-run screen asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NewPractice {
    /// e.g. "Harborview Orthopedics".
    pub name: String,
    /// Two letters, e.g. "ME".
    pub state: String,
    /// e.g. "America/New_York".
    pub time_zone: String,
    /// The first profile, e.g. "Maren Okafor".
    pub profile_name: String,
    /// e.g. "MO"; made from the name if empty.
    pub profile_initials: String,
}

/// A new practice, open, and its recovery key, which is shown once.
#[derive(Debug)]
pub struct Created {
    /// The practice.
    pub unlocked: Unlocked,
    /// Show, print or save it, have two groups typed back, drop it.
    pub recovery: RecoveryKey,
}

impl NewPractice {
    /// Trimmed and complete, or the first field that is not.
    fn checked(&self) -> Result<(Self, Tz), VaultError> {
        let invalid = |field, problem: &str| VaultError::Invalid { field, problem: problem.into() };
        let (name, profile_name) = (self.name.trim(), self.profile_name.trim());
        if name.is_empty() || name.chars().count() > 200 {
            return Err(invalid("name", "enter the practice's name, at most 200 characters"));
        }
        let state = self.state.trim().to_ascii_uppercase();
        if !STATES.contains(&state.as_str()) {
            return Err(invalid("state", "choose the state by its two letters, e.g. ME"));
        }
        let zone: Tz = self
            .time_zone
            .parse()
            .map_err(|_| invalid("time_zone", "choose a time zone, e.g. America/New_York"))?;
        if profile_name.is_empty() || profile_name.chars().count() > 200 {
            return Err(invalid("profile_name", "enter your name, at most 200 characters"));
        }
        let mut initials = self.profile_initials.trim().to_owned();
        if initials.is_empty() {
            initials = initials_of(profile_name);
        }
        if initials.is_empty() || initials.chars().count() > 4 {
            return Err(invalid("profile_initials", "enter one to four letters"));
        }
        let time_zone = zone.name().to_owned();
        Ok((
            Self {
                name: name.into(),
                state,
                time_zone,
                profile_name: profile_name.into(),
                profile_initials: initials,
            },
            zone,
        ))
    }
}

/// Creates a practice in an empty or new folder and makes its first backup.
///
/// # Errors
/// [`VaultError::Invalid`], [`VaultError::WeakPassphrase`], [`VaultError::UnsafePlace`],
/// [`VaultError::FolderNotEmpty`], [`VaultError::PracticeExists`], and those of the disk.
pub fn create(
    machine: &Machine,
    folder: &Path,
    new: &NewPractice,
    passphrase: &Passphrase,
) -> Result<Created, VaultError> {
    let (new, zone) = new.checked()?;
    passphrase.acceptable()?;
    let folder = Folder::at(folder)?;
    must_be_free(&folder)?;
    files::make_private_folder(folder.path())?;
    let process = ProcessLock::take(&folder)?;
    if must_be_free(&folder)? == State::Unfinished {
        folder.clear_unfinished()?;
    }
    files::clear_leftovers(folder.path());
    files::replace(
        &folder.unfinished_mark(),
        b"Creating this practice did not end. Create it again, or remove this folder.\n",
    )?;
    let created = fill(machine, &folder, &new, zone, passphrase, process);
    match &created {
        Ok(created) => {
            files::remove_if_there(&folder.unfinished_mark())?;
            files::sync_folder(folder.path())?;
            // The list of recent practices is a convenience; without it the practice is created all the same.
            let _ = recent::remember(machine, created.unlocked.place(), &new.name);
        }
        // What can't be removed now is removed by the next creation: the mark stands.
        Err(_) => drop(folder.clear_unfinished()),
    }
    created
}

/// Removes what an interrupted creation left, and nothing else.
///
/// # Errors
/// [`VaultError::PracticeExists`] if the folder holds a finished practice; those of the disk.
pub fn discard_unfinished(folder: &Path) -> Result<(), VaultError> {
    let folder = Folder::at(folder)?;
    match folder.state()? {
        State::Practice => Err(VaultError::PracticeExists),
        State::Empty | State::Other => Ok(()),
        State::Unfinished => {
            let _process = ProcessLock::take(&folder)?;
            folder.clear_unfinished()
        }
    }
}

fn must_be_free(folder: &Folder) -> Result<State, VaultError> {
    match folder.state()? {
        State::Practice => Err(VaultError::PracticeExists),
        State::Other => Err(VaultError::FolderNotEmpty),
        free => Ok(free),
    }
}

/// Keys, database, `vault.json`, first backup, in this order.
fn fill(
    machine: &Machine,
    folder: &Folder,
    new: &NewPractice,
    zone: Tz,
    passphrase: &Passphrase,
    process: ProcessLock,
) -> Result<Created, VaultError> {
    let master = MasterKey::make()?;
    let practice_id = PracticeId::new();
    let vault = practice_id.0;
    let profile = ProfileId::new();
    let made_at = machine.clock().now_ms();
    let slot = Slot::seal_for_passphrase(&master, vault, profile, passphrase, machine.cost()?)?.made(made_at);
    let (recovery_key, mut recovery) = RecoveryKey::make(&master, vault)?;
    recovery.made_at = Some(made_at);

    let opening = Opening {
        key: master.derive_db_key(vault),
        chain_key: master.derive_chain_key(vault),
        device: machine.device()?,
        clock: machine.clock().clone(),
        settle: crate::referrals::process::settle,
        permit: crate::vault::permit,
    };
    let store = Store::create(&folder.database(), opening)?;
    store.set_zone(zone);
    let (now, today) = (machine.clock().now_ms(), store.today().to_string());
    store.unrecorded(|conn| {
        rows::insert_first(conn, practice_id, new, profile, now)?;
        rows::used(conn, profile, Way::Passphrase, now)
    })?;
    let actor = Actor { id: profile, name: new.profile_name.clone() };
    // On record without a changeset: creating a practice is not something to undo.
    store.note(&actor, "practice_create", new.name.as_str())?;
    store.checkpoint()?;
    for path in [
        folder.database(),
        folder.database().with_extension("db-wal"),
        folder.database().with_extension("db-shm"),
    ] {
        if path.exists() {
            files::make_private(&path)?;
        }
    }

    let mut document = Document {
        format: FORMAT,
        vault_id: vault,
        generation: 0,
        created: today,
        schema_min_app: SCHEMA_MIN_APP.into(),
        cipher: Cipher { version: 4, page_size: 4096 },
        name: new.name.clone(),
        profiles: vec![Profile {
            id: profile,
            name: new.profile_name.clone(),
            initials: new.profile_initials.clone(),
        }],
        slots: vec![slot],
        recovery,
        db_head: KnownHead::from(&store.head()?),
        known_break: None,
        root: None,
    };
    let document_key = master.derive_document_key(vault);
    document.save_both(folder, &document_key)?;
    let open = Open {
        document,
        document_key,
        db_key: Arc::new(master.derive_db_key(vault)),
        _process: Some(process),
    };
    let unlocked = Unlocked::new(Practice::new(store, actor), folder.clone(), open, None);
    backup::back_up_for(
        &unlocked,
        None,
        backup::Why::First,
        &mut |_, _| std::ops::ControlFlow::Continue(()),
    )?;
    Ok(Created { unlocked, recovery: recovery_key })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_is_missing_or_unknown_is_named() {
        let good = NewPractice {
            name: " Harborview Orthopedics ".into(),
            state: "me".into(),
            time_zone: "America/New_York".into(),
            profile_name: "Maren Ada Okafor".into(),
            profile_initials: String::new(),
        };
        let (checked, _) = good.checked().expect("complete");
        assert_eq!(
            (checked.name.as_str(), checked.state.as_str(), checked.profile_initials.as_str()),
            ("Harborview Orthopedics", "ME", "MAO")
        );
        type Spoil = fn(&mut NewPractice);
        let cases: [(&str, Spoil); 5] = [
            ("name", |new| new.name = " ".into()),
            ("state", |new| new.state = "XX".into()),
            ("time_zone", |new| new.time_zone = "Mars/Olympus".into()),
            ("profile_name", |new| new.profile_name = String::new()),
            ("profile_initials", |new| new.profile_initials = "TOOLONG".into()),
        ];
        for (expected, spoil) in cases {
            let mut new = good.clone();
            spoil(&mut new);
            match new.checked() {
                Err(VaultError::Invalid { field, .. }) => assert_eq!(field, expected),
                other => panic!("{expected}: {other:?}"),
            }
        }
    }
}
