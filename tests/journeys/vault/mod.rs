//! The locked cabinet on a real folder.

mod backup;
mod damage;
mod keys;
mod open;
mod people;
mod restore;
mod rotation;
mod secrecy;

use std::path::{Path, PathBuf};

use baton_core::foundation::id::{ProfileId, TagId};
use baton_core::store::{Label, StoreError};
use baton_core::testing::{PASSPHRASE, machine, new_practice};
use baton_core::vault::{
    Created, Machine, OnDoubt, Passphrase, Unlocked, VaultError, create, describe, unlock,
};

const TODAY: &str = "2026-11-02";

/// A computer with a practice on it.
struct Place {
    _folder: tempfile::TempDir,
    machine: Machine,
    practice: PathBuf,
}

fn place() -> Place {
    let folder = tempfile::tempdir().expect("a temporary folder");
    Place {
        machine: machine(folder.path(), TODAY),
        practice: folder.path().join("practice"),
        _folder: folder,
    }
}

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text).expect("fits")
}

impl Place {
    fn create(&self) -> Created {
        create(&self.machine, &self.practice, &new_practice(), &passphrase(PASSPHRASE)).expect("created")
    }

    /// Creates and locks; returns the recovery key as printed.
    fn created(&self) -> String {
        let created = self.create();
        let about = created.unlocked.describe().expect("described");
        let sheet = created.recovery.sheet(&about, TODAY.parse().expect("a date"));
        format!("{}{}", sheet.prefix, sheet.groups.concat())
    }

    fn profile(&self) -> ProfileId {
        describe(&self.practice).expect("described").profiles[0].id
    }

    fn unlock(&self, text: &str) -> Result<Unlocked, VaultError> {
        unlock(&self.machine, &self.practice, self.profile(), &passphrase(text), OnDoubt::Refuse)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.practice.join(name)
    }
}

/// One action of the practice.
fn add_tag(unlocked: &Unlocked, name: &str) -> Result<(), StoreError> {
    let written = unlocked.practice().write(Label::hand("tag_add", name), |tx| {
        tx.execute("INSERT INTO tag VALUES (?1, ?2, ?2)", rusqlite::params![TagId::new(), name])?;
        Ok::<(), StoreError>(())
    })?;
    written.entry.map(drop).ok_or(StoreError::Missing)
}

fn count_tags(unlocked: &Unlocked) -> i64 {
    let look = |conn: &rusqlite::Connection| {
        Ok::<i64, StoreError>(conn.query_row("SELECT count(*) FROM tag", [], |row| row.get(0))?)
    };
    unlocked.practice().read(look).expect("read")
}

/// Every file below a folder.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("listed").flatten() {
        if entry.path().is_dir() {
            found.extend(files_below(&entry.path()))
        } else {
            found.push(entry.path())
        }
    }
    found
}
