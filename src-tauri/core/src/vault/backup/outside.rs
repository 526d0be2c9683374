//! One file for places outside the practice: a backup in a zip archive, encrypted to the public half of the recovery
//! key. Without Baton: `age --decrypt --identity key.txt FILE > backup.zip`, then any program that unpacks zip.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::mem::ManuallyDrop;
use std::path::Path;
use std::str::FromStr;

use age::x25519::{Identity, Recipient};
use serde::{Deserialize, Serialize};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::list::{Why, backups_in};
use super::make::back_up_for;
use crate::store::{Progress, StoreError};
use crate::vault::error::VaultError;
use crate::vault::files;
use crate::vault::recovery;
use crate::vault::staging::{Part, Staging, create_private, pour};
use crate::vault::unlocked::Unlocked;

/// Where the backup is made that goes into the file, in the practice's folder.
pub(crate) const STAGE: &str = ".baton-outside";
/// What is in it. The last one is not in every backup.
const FILES: [&str; 4] = ["practice.db", "vault.json", "recovery.age", "backup.json"];
/// Files that may be missing.
const OPTIONAL: &str = "backup.json";
/// What every file of age begins with.
const MAGIC: &[u8] = b"age-encryption.org/v1\n";

/// A file that was written and read back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct OutsideFile {
    /// Where.
    pub file: String,
    /// Bytes on the disk.
    pub bytes: f64,
    /// How many keys open it: the recovery key and those that were named.
    pub keys: u32,
}

/// Writes a backup as one file that the recovery key opens, and each private key of `others` (public keys, `age1…`).
/// It is read back whole with a key that exists for that moment only, then takes the name `target`.
///
/// # Errors
/// [`VaultError::NotARecipient`], [`VaultError::BackupUnverified`], [`StoreError::Cancelled`], those of the disk. A file
/// that stood there before is untouched then.
pub fn save_outside(
    unlocked: &Unlocked,
    target: &Path,
    others: &[String],
    progress: Progress<'_>,
) -> Result<OutsideFile, VaultError> {
    unlocked.must_be_writable()?;
    let target = std::path::absolute(target).map_err(VaultError::disk("the backup file"))?;
    let public = unlocked.with_open(|open| Ok(open.document.recovery.public.clone()))?;
    let witness = Identity::generate();
    let mut recipients = vec![recipient(&public)?];
    for other in others {
        recipients.push(recipient(other.trim())?);
    }
    let keys = u32::try_from(recipients.len()).unwrap_or(u32::MAX);
    recipients.push(witness.to_public());

    let stage = Staging::begin(unlocked.folder(), STAGE)?;
    back_up_for(unlocked, Some(stage.path()), Why::Asked, &mut Part::of(progress, 0, 3).told())?;
    let made = backups_in(stage.path()).into_iter().next().ok_or(VaultError::BackupUnverified)?;
    let backup = Path::new(&made.folder);
    let below = target.parent().unwrap_or(&target);
    if !below.is_dir() {
        return Err(VaultError::TargetAway { folder: below.to_string_lossy().into_owned() });
    }
    files::clear_leftovers(below);
    let name = files::plain_name(&target);
    let disk = || VaultError::disk(&name);
    let mut beside = files::beside(below)?;
    write(backup, &recipients, beside.as_file_mut(), &mut Part::of(progress, 1, 3).told())
        .map_err(|error| full(error, below, made.bytes))?;
    beside.as_file().sync_all().map_err(disk())?;
    compare(backup, beside.path(), &witness, &mut Part::of(progress, 2, 3).told())?;
    // Whoever locked meanwhile stopped this too.
    unlocked.with_open(|_| Ok(()))?;
    let bytes = beside.as_file().metadata().map_err(disk())?.len();
    files::persist(beside, &target)?;
    #[expect(clippy::cast_precision_loss, reason = "milliseconds and bytes stay far below 2^53")]
    Ok(OutsideFile { file: target.to_string_lossy().into_owned(), bytes: bytes as f64, keys })
}

fn recipient(key: &str) -> Result<Recipient, VaultError> {
    // What is no public key may be a private one by mistake: only its beginning is told.
    Recipient::from_str(key).map_err(|_| VaultError::NotARecipient { key: key.chars().take(4).collect() })
}

fn full(error: VaultError, below: &Path, bytes: f64) -> VaultError {
    match error {
        VaultError::DiskFull => {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a size in megabytes"
            )]
            let megabytes = (bytes / 1_000_000.0).ceil() as u32 + 1;
            VaultError::TargetFull { folder: below.to_string_lossy().into_owned(), megabytes }
        }
        other => other,
    }
}

fn write(
    backup: &Path,
    recipients: &[Recipient],
    file: &mut File,
    progress: Progress<'_>,
) -> Result<(), VaultError> {
    let failed = |error: std::io::Error| VaultError::disk("the backup file")(error);
    let zipped = |error: zip::result::ZipError| match error {
        zip::result::ZipError::Io(error) => VaultError::disk("the backup file")(error),
        _ => VaultError::BackupUnverified,
    };
    let each = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    let sealing = age::Encryptor::with_recipients(each).map_err(|_| VaultError::BackupUnverified)?;
    let sealed = sealing.wrap_output(BufWriter::new(file)).map_err(failed)?;
    // An archive that is dropped half written tells the terminal so; the failure is told by what is returned.
    let mut archive = ManuallyDrop::new(ZipWriter::new_stream(sealed));
    // Encrypted pages do not get smaller.
    let as_is = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(true);
    let all =
        FILES.iter().filter_map(|name| std::fs::metadata(backup.join(name)).ok()).map(|m| m.len()).sum();
    let mut done = 0;
    for name in FILES {
        let Ok(mut from) = File::open(backup.join(name)) else { continue };
        archive.start_file(name, as_is).map_err(zipped)?;
        pour(&mut from, &mut *archive, &mut done, all, progress)?;
    }
    let sealed = ManuallyDrop::into_inner(archive).finish().map_err(zipped)?.into_inner();
    sealed.finish().and_then(|mut buffered| buffered.flush()).map_err(failed)
}

/// Whether the file opens to exactly what went into it.
fn compare(backup: &Path, file: &Path, witness: &Identity, progress: Progress<'_>) -> Result<(), VaultError> {
    let mut archive = open(file, witness).map_err(|_| VaultError::BackupUnverified)?;
    let all = std::fs::metadata(file).map_or(0, |meta| meta.len());
    let mut done = 0;
    for name in FILES {
        let Ok(was) = File::open(backup.join(name)) else { continue };
        let found = archive.by_name(name).map_err(|_| VaultError::BackupUnverified)?;
        let mut same = Same { was: BufReader::new(was) };
        let mut found = BufReader::new(found);
        pour(&mut found, &mut same, &mut done, all, progress).map_err(|error| match error {
            VaultError::Store(StoreError::Cancelled) => error,
            _ => VaultError::BackupUnverified,
        })?;
        if same.was.read(&mut [0]).map_err(|_| VaultError::BackupUnverified)? != 0 {
            return Err(VaultError::BackupUnverified);
        }
    }
    Ok(())
}

/// Takes only what it was.
struct Same {
    was: BufReader<File>,
}

impl Write for Same {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut was = vec![0; bytes.len()];
        self.was.read_exact(&mut was)?;
        if was == bytes { Ok(bytes.len()) } else { Err(std::io::ErrorKind::InvalidData.into()) }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

type Opened = ZipArchive<age::stream::StreamReader<BufReader<File>>>;

fn open(file: &Path, identity: &Identity) -> Result<Opened, VaultError> {
    let from = File::open(file).map_err(|_| VaultError::NotABackup)?;
    let sealed = age::Decryptor::new_buffered(BufReader::new(from)).map_err(|_| VaultError::NotABackup)?;
    let plain =
        sealed.decrypt(std::iter::once(identity as &dyn age::Identity)).map_err(|error| match error {
            age::DecryptError::NoMatchingKeys => VaultError::RecoveryKeyOfAnother,
            _ => VaultError::BackupDamaged,
        })?;
    ZipArchive::new(plain).map_err(|_| VaultError::BackupDamaged)
}

/// Whether a file looks like one of age.
pub(crate) fn is_sealed(file: &Path) -> bool {
    let mut begins = Vec::with_capacity(MAGIC.len());
    let read = File::open(file).and_then(|from| from.take(MAGIC.len() as u64).read_to_end(&mut begins));
    read.is_ok() && begins == MAGIC
}

/// Opens such a file with the recovery key and puts what is in it into `into`. Only the names of a backup are taken, as
/// they are: nothing is inflated, and nothing can be longer than the file.
///
/// # Errors
/// [`VaultError::NotABackup`], [`VaultError::RecoveryKeyOfAnother`], [`VaultError::BackupDamaged`], those of a key that
/// was mistyped and of the disk, [`StoreError::Cancelled`].
pub(crate) fn unpack(file: &Path, key: &str, into: &Path, progress: Progress<'_>) -> Result<(), VaultError> {
    if !is_sealed(file) {
        return Err(VaultError::NotABackup);
    }
    let identity = recovery::read(key)?;
    let mut archive = open(file, &identity)?;
    let all = std::fs::metadata(file).map_or(0, |meta| meta.len());
    let mut done = 0;
    for name in FILES {
        let found = match archive.by_name(name) {
            Ok(found) => found,
            Err(_) if name == OPTIONAL => continue,
            Err(_) => return Err(VaultError::NotABackup),
        };
        if found.compression() != CompressionMethod::Stored || found.size() > all {
            return Err(VaultError::NotABackup);
        }
        let mut to = create_private(&into.join(name))?;
        let length = found.size();
        let mut found = found.take(length);
        pour(&mut found, &mut to, &mut done, all, progress)?;
        to.sync_all().map_err(VaultError::disk(name))?;
    }
    Ok(())
}
