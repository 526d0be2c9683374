//! The practice's folder and the names of what lies in it.

use std::path::{Path, PathBuf};

use super::error::VaultError;
use super::files;
use super::place;

/// A folder whose name can be read and whose place is safe for a live database.
#[derive(Clone, Debug)]
pub(super) struct Folder(PathBuf);

/// What stands in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing, or no folder.
    Empty,
    /// Things that are not a practice.
    Other,
    /// A creation that did not end.
    Unfinished,
    /// A practice.
    Practice,
}

/// Every name a creation may leave; an interrupted one is removed by these names alone.
const OWN_FILES: [&str; 9] = [
    "practice.db",
    "practice.db-wal",
    "practice.db-shm",
    "practice.db-journal",
    "vault.json",
    "vault.json.bak",
    "recovery.age",
    "practice.lock.txt",
    "sign-ins.txt",
];

impl Folder {
    /// Takes a folder a user chose for a live practice.
    pub(super) fn at(path: &Path) -> Result<Self, VaultError> {
        if path.to_str().is_none() {
            return Err(VaultError::UnreadableFolderName);
        }
        let path = std::path::absolute(path).map_err(VaultError::disk("the practice folder"))?;
        place::check(&path)?;
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// As text for lists and messages.
    pub(super) fn text(&self) -> String {
        self.0.to_string_lossy().into_owned()
    }

    pub(super) fn database(&self) -> PathBuf {
        self.0.join("practice.db")
    }

    pub(super) fn vault_file(&self) -> PathBuf {
        self.0.join("vault.json")
    }

    pub(super) fn vault_copy(&self) -> PathBuf {
        self.0.join("vault.json.bak")
    }

    pub(super) fn recovery_file(&self) -> PathBuf {
        self.0.join("recovery.age")
    }

    pub(super) fn sign_ins(&self) -> PathBuf {
        self.0.join("sign-ins.txt")
    }

    pub(super) fn lock_file(&self) -> PathBuf {
        self.0.join("practice.lock")
    }

    pub(super) fn lock_note(&self) -> PathBuf {
        self.0.join("practice.lock.txt")
    }

    pub(super) fn backups(&self) -> PathBuf {
        self.0.join("backups")
    }

    /// Where what is to take the practice's place is gathered.
    pub(super) fn restoring(&self) -> PathBuf {
        self.0.join("restoring")
    }

    /// Stands from the first moment of creating until everything is there.
    pub(super) fn unfinished_mark(&self) -> PathBuf {
        self.0.join("unfinished")
    }

    /// Whether nothing can be written here.
    pub(super) fn is_unwritable(&self) -> bool {
        [self.path(), &self.database(), &self.vault_file()].into_iter().any(files::is_refused)
    }

    /// Whether the files as they stand are all there is: nothing was interrupted, and no log waits beside the database.
    pub(super) fn is_at_rest(&self) -> bool {
        let log = self.0.join("practice.db-wal");
        !super::swap::is_decided(self) && std::fs::metadata(log).map_or(true, |about| about.len() == 0)
    }

    pub(super) fn state(&self) -> Result<State, VaultError> {
        if self.unfinished_mark().exists() {
            return Ok(State::Unfinished);
        }
        if super::swap::is_decided(self)
            || [self.vault_file(), self.vault_copy(), self.database()].iter().any(|path| path.exists())
        {
            return Ok(State::Practice);
        }
        match std::fs::read_dir(&self.0) {
            // The lock file and files half written are what a creation or a restore leaves that was killed at its very
            // beginning.
            Ok(entries) => {
                let ours = [self.lock_file(), self.lock_note(), self.restoring()];
                let left = |name: &std::ffi::OsStr| name.to_str().is_some_and(files::is_leftover);
                let other =
                    entries.flatten().any(|entry| !ours.contains(&entry.path()) && !left(&entry.file_name()));
                Ok(if other { State::Other } else { State::Empty })
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(State::Empty),
            Err(error) => Err(VaultError::disk("the practice folder")(error)),
        }
    }

    /// Whether there is a finished practice.
    pub(super) fn must_hold_practice(&self) -> Result<(), VaultError> {
        match self.state()? {
            State::Practice => Ok(()),
            State::Unfinished => Err(VaultError::Unfinished),
            State::Empty | State::Other => Err(VaultError::NoPractice),
        }
    }

    /// Removes what an interrupted creation left. The mark goes last, so that an interruption here is one too.
    pub(super) fn clear_unfinished(&self) -> Result<(), VaultError> {
        for name in OWN_FILES {
            files::remove_if_there(&self.0.join(name))?;
        }
        files::clear_leftovers(&self.0);
        match std::fs::remove_dir_all(self.backups()) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(VaultError::disk("backups")(error));
            }
            _ => {}
        }
        files::sync_folder(&self.0)?;
        files::remove_if_there(&self.unfinished_mark())?;
        files::sync_folder(&self.0)
    }

    /// Copies that synchronising programs leave beside our files: "vault (conflicted copy).json", "practice-PC2.db".
    pub(super) fn conflicted_copies(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(&self.0) else { return Vec::new() };
        let mut found: Vec<String> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| {
                let ours = OWN_FILES.contains(&name.as_str()) || name == "practice.lock";
                let alike = [("practice", ".db"), ("vault", ".json"), ("vault", ".bak")]
                    .iter()
                    .any(|(start, end)| name.starts_with(start) && name.ends_with(end));
                !ours && (alike || name.contains("conflicted copy"))
            })
            .collect();
        found.sort();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_a_synchronising_program_are_found_by_name() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = Folder::at(place.path()).expect("a place");
        for name in [
            "practice.db",
            "vault.json",
            "vault.json.bak",
            "practice (Maren's conflicted copy).db",
            "vault-PC2.json",
            "notes.txt",
        ] {
            std::fs::write(place.path().join(name), "x").expect("written");
        }
        assert_eq!(folder.conflicted_copies(), ["practice (Maren's conflicted copy).db", "vault-PC2.json"]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_not_text_is_refused() {
        use std::os::unix::ffi::OsStrExt;
        let path = Path::new("/tmp").join(std::ffi::OsStr::from_bytes(b"pra\xffctice"));
        assert!(matches!(Folder::at(&path), Err(VaultError::UnreadableFolderName)));
    }
}
