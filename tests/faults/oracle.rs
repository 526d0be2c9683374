//! What must hold after every fault.
//!
//! **O1** the practice opens, or its refusal has a name · **O2** what was acknowledged is there and what was not is
//! there whole or not at all (asked by each story of its own data) · **O3** every page authenticates, every index fits,
//! every reference holds · **O4** history verifies and reaches as far as was known outside · **O5** no file holds a
//! secret · **O6** the message can be acted on by somebody who is no technician.

use std::path::Path;

use baton_core::store::StoreError;
use baton_core::testing::PASSPHRASE;
use baton_core::testing::secrets::{forms, keys_behind, told_below};
use baton_core::vault::{Unlocked, VaultError, check};

use super::{OTHER, Place, plain};

/// Stands in texts of the practice that no file may show.
pub const MARKER: &str = "ZZPHI-7731";

pub struct Oracle {
    secrets: Vec<Vec<u8>>,
}

impl Oracle {
    /// Knows the marker and the passphrases.
    pub fn new() -> Self {
        Self { secrets: [MARKER, PASSPHRASE, OTHER].iter().flat_map(|text| forms(text)).collect() }
    }

    /// Knows the recovery key and the keys behind it too.
    pub fn with_keys(practice: &Path, recovery_key: &str) -> Self {
        let mut all = Self::new();
        all.secrets.extend(forms(recovery_key));
        all.secrets.extend(keys_behind(practice, recovery_key));
        all
    }

    /// The key of the database as hexadecimal digits, for a stock tool.
    pub fn database_key(&self) -> &str {
        let found = self.secrets.iter().rev().find_map(|secret| {
            std::str::from_utf8(secret).ok().filter(|text| text.len() == 64 && text.to_lowercase() == **text)
        });
        found.expect("this oracle knows the keys")
    }

    /// What must never be found.
    pub fn secrets(&self) -> &[Vec<u8>] {
        &self.secrets
    }

    /// The practice must be whole and open with this passphrase.
    pub fn whole(&self, place: &Place, passphrase: &str, round: &str) -> Unlocked {
        self.whole_in(place, &place.practice(), passphrase, round)
    }

    /// The same in another folder, e.g. of a backup.
    pub fn whole_in(&self, place: &Place, folder: &Path, passphrase: &str, round: &str) -> Unlocked {
        self.silent(place, round);
        let unlocked =
            place.unlock_folder(folder, passphrase).unwrap_or_else(|error| panic!("{round}: {error:?}"));
        let report = check(&unlocked).expect("checked");
        if !report.ok {
            let found = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("fault-found");
            super::copy_below(&place.above, &found);
            let said = |sql: &str| super::story::texts(unlocked.practice(), sql);
            panic!(
                "{round}: {report:?}; kept in {}; {:?} {:?} {}",
                found.display(),
                said("PRAGMA cipher_integrity_check"),
                said("PRAGMA quick_check"),
                super::story::number(unlocked.practice(), "SELECT count(*) FROM pragma_foreign_key_check")
            );
        }
        self.silent(place, round);
        unlocked
    }

    /// No file below the place holds a secret.
    pub fn silent(&self, place: &Place, round: &str) {
        let told = told_below(&place.above, &self.secrets);
        assert!(told.is_empty(), "{round}: {told:?} can be read");
    }
}

/// A failure nobody foresaw is none that somebody can act on.
pub fn has_a_name(error: &VaultError, round: &str) {
    assert!(!matches!(error, VaultError::Store(StoreError::Database(_))), "{round}: {error:?} is no name");
    plain::must_be_plain(&error.to_string());
}
