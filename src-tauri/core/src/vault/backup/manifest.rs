//! `backup.json`: what a backup holds and why it was made, so that a list can say so without opening it. It counts
//! rows and names nobody. It is not trusted: whoever restores compares it with the database.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::list::{Holdings, Why};
use crate::foundation::id::RecordId;
use crate::store::Contents;
use crate::vault::document::KnownHead;
use crate::vault::error::VaultError;
use crate::vault::files;
use crate::vault::hex::Hex;

pub(super) const NAME: &str = "backup.json";
/// More bytes than this are not read.
const LARGEST: u64 = 256 * 1024;
const FORMAT: u32 = 1;

/// The body, in the order the checksum covers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    format: u32,
    vault_id: RecordId,
    /// UTC milliseconds.
    made_at: i64,
    pub(super) why: Why,
    /// The Baton that made it.
    app: String,
    schema: u32,
    /// Bytes of `practice.db`.
    pub(super) bytes: u64,
    rows: BTreeMap<String, i64>,
    head: KnownHead,
}

#[derive(Serialize, Deserialize)]
struct Written {
    #[serde(flatten)]
    body: Manifest,
    checksum: Hex,
}

impl Manifest {
    pub(super) fn of(contents: &Contents, vault: RecordId, made_at: i64, why: Why, bytes: u64) -> Self {
        Self {
            format: FORMAT,
            vault_id: vault,
            made_at,
            why,
            app: env!("CARGO_PKG_VERSION").into(),
            schema: contents.version(),
            bytes,
            rows: contents.rows().iter().cloned().collect(),
            head: KnownHead::from(&contents.head),
        }
    }

    pub(super) fn write(self, folder: &Path) -> Result<(), VaultError> {
        let unreadable = |_| VaultError::BackupUnverified;
        let checksum = Hex(self.digest().ok_or(VaultError::BackupUnverified)?);
        let bytes = serde_json::to_vec_pretty(&Written { body: self, checksum }).map_err(unreadable)?;
        files::replace(&folder.join(NAME), &bytes)
    }

    /// What stands in a backup's folder; `None` if there is none or it is damaged.
    pub(super) fn read(folder: &Path) -> Option<Self> {
        let bytes = files::read_capped(&folder.join(NAME), LARGEST).ok()??;
        let Written { body, checksum } = serde_json::from_slice(&bytes).ok()?;
        (body.format == FORMAT && body.digest()? == checksum.0).then_some(body)
    }

    /// Whether the database is what it was when it was read back.
    pub(super) fn fits(&self, contents: &Contents) -> bool {
        self.rows == contents.rows().iter().cloned().collect::<BTreeMap<_, _>>()
            && self.head == KnownHead::from(&contents.head)
            && self.schema == contents.version()
    }

    pub(super) fn holdings(&self) -> Holdings {
        let rows =
            |table: &str| self.rows.get(table).map_or(0, |rows| u32::try_from(*rows).unwrap_or(u32::MAX));
        Holdings {
            partners: rows("partner"),
            people: rows("person"),
            referrals: rows("referral"),
            entries: rows("history"),
        }
    }

    fn digest(&self) -> Option<Vec<u8>> {
        Some(Sha256::digest(serde_json::to_vec(self).ok()?).to_vec())
    }
}

/// Whether a folder's `backup.json` fits its database; a backup without one says nothing that could be wrong.
pub(crate) fn fits(folder: &Path, contents: &Contents) -> bool {
    match Manifest::read(folder) {
        Some(manifest) => manifest.fits(contents),
        None => !folder.join(NAME).exists(),
    }
}
