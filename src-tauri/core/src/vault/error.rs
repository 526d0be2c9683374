//! What can go wrong around the locked cabinet. A variant exists because somebody can do something about it.

use crate::store::StoreError;

/// A failure of the vault. Messages never hold keys, passphrases or data of the practice.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The passphrase does not open this profile's slot. Ask again.
    #[error("this passphrase does not open the practice; check Caps Lock and try again")]
    WrongPassphrase,
    /// Too many wrong passphrases in a row. Wait as many seconds.
    #[error("too many wrong passphrases; try again in {seconds} s")]
    TooSoon {
        /// How long to wait.
        seconds: u32,
    },
    /// A new passphrase is too easy to guess. Choose a longer one or take the suggested phrase.
    #[error("this passphrase is too easy to guess; {0}")]
    WeakPassphrase(String),
    /// A passphrase is longer than 4,096 bytes.
    #[error("this passphrase is too long; choose a shorter one")]
    PassphraseTooLong,
    /// A field of the new practice is missing or unknown.
    #[error("{problem}")]
    Invalid {
        /// Which field.
        field: &'static str,
        /// What to do, in plain words.
        problem: String,
    },
    /// The recovery key has a typing error in this group (counted from 1). Compare it with the sheet.
    #[error("the recovery key does not fit at group {group}; compare that group with the printed sheet")]
    RecoveryKeyTypo {
        /// The group, from 1.
        group: u8,
    },
    /// The recovery key has typing errors that can't be placed, or a part is missing.
    #[error(
        "the recovery key has a typing error or a part is missing; compare all ten groups with the printed sheet"
    )]
    RecoveryKeyUnreadable,
    /// The recovery key is well-formed but of another practice or replaced since.
    #[error(
        "this recovery key belongs to another practice or was replaced by a newer one; look for the sheet with this vault's number"
    )]
    RecoveryKeyOfAnother,
    /// A group typed back does not equal the sheet.
    #[error("group {group} is not what the sheet says; look at the sheet and type it again")]
    GroupDiffers {
        /// The group, from 1.
        group: u8,
    },
    /// The folder holds no practice. Choose another.
    #[error("there is no practice in this folder; choose the folder that holds practice.db and vault.json")]
    NoPractice,
    /// The folder holds other files. Choose an empty or a new one.
    #[error("this folder is not empty; choose an empty folder or a new one")]
    FolderNotEmpty,
    /// There is a practice already. Open it instead.
    #[error("there is a practice in this folder already; open it, or choose another folder")]
    PracticeExists,
    /// Creating stopped in the middle. Remove what is there and create again; nothing was entered yet.
    #[error("creating this practice was interrupted; nothing had been entered yet, create it again")]
    Unfinished,
    /// The folder lies in a synchronised or network place. Choose a folder on this computer's own disk.
    #[error(
        "a practice can't live in {place}: copies made while you work would damage it; choose a folder on this computer's own disk (backups may go there)"
    )]
    UnsafePlace {
        /// e.g. "OneDrive".
        place: String,
    },
    /// The folder's name is not readable text. Rename it.
    #[error("this folder's name contains characters Baton can't read; rename the folder or choose another")]
    UnreadableFolderName,
    /// Nothing can be written where the practice lies, and something has to be before it can be opened. Copy it elsewhere.
    #[error(
        "this practice lies where nothing can be written, and was not closed properly or was made by an older Baton; copy its folder to this computer's own disk and open the copy"
    )]
    MustBeWritten,
    /// Another Baton has the practice open. Use that window, or close it.
    #[error("this practice is open already ({by}); use that window or close it first")]
    AlreadyOpen {
        /// Which process on which computer.
        by: String,
    },
    /// `vault.json` and its copy are missing while the database is there. Restore both from a backup.
    #[error(
        "vault.json is missing; without it the practice can't be opened: copy it back from a backup of this practice"
    )]
    VaultFileMissing,
    /// `vault.json` and its copy are damaged. Restore it from a backup.
    #[error("vault.json is damaged; copy it back from a backup of this practice")]
    VaultFileDamaged,
    /// `vault.json` was changed by something other than Baton, or its key costs are outside what is safe.
    #[error("vault.json was changed outside Baton; copy it back from a backup of this practice")]
    VaultFileChanged,
    /// Made by a newer Baton. Update first.
    #[error("this practice was made by a newer Baton; update Baton first")]
    Newer,
    /// The profile has no slot in this practice.
    #[error("this profile has no way in; ask an owner for a new one-time phrase, or use the recovery key")]
    NoSuchProfile,
    /// The phrase is right and was handed over: choose a passphrase of one's own.
    #[error("this one-time phrase is right; start Baton and choose a passphrase of your own")]
    FirstUnlock,
    /// The profile was retired or its last day is past.
    #[error("this profile has ended; an owner can make it active again under Settings, People")]
    ProfileEnded,
    /// The profile begins later.
    #[error("this profile begins on {from}; an owner can change the day under Settings, People")]
    NotYetActive {
        /// The first day.
        from: chrono::NaiveDate,
    },
    /// Only owners manage profiles and keys.
    #[error("only an owner may do this; ask one")]
    OwnersOnly,
    /// What is done to somebody else can't be done to oneself.
    #[error(
        "this can't be done to your own profile; another owner can, and your passphrase you change yourself"
    )]
    YourOwn,
    /// Nobody would be left who runs the practice.
    #[error(
        "the practice needs an owner without a last day who can come in; make somebody else an owner first"
    )]
    LastOwner,
    /// A passphrase goes with its profile.
    #[error("a passphrase can't be removed on its own; retire the profile instead")]
    PassphraseStays,
    /// The practice lets no keyring unlock. Use the passphrase.
    #[error("this practice does not let a computer's keyring unlock; use your passphrase")]
    KeyringForbidden,
    /// The key fits but the database does not open: damage, or `vault.json` of another practice. Restore a backup.
    #[error(
        "practice.db is damaged, or vault.json beside it belongs to another practice; restore the newest backup"
    )]
    DatabaseDamaged,
    /// The database is gone or empty although the practice exists. Restore a backup.
    #[error("practice.db is missing or empty; restore the newest backup")]
    DatabaseMissing,
    /// The database is older than what was last known: changes are missing. Restore a backup, or open it knowingly.
    #[error(
        "the newest changes are missing from practice.db (known up to entry {known}, found {found}); restore the newest backup or open it knowingly"
    )]
    HeadAhead {
        /// The newest entry `vault.json` knows.
        known: u32,
        /// The newest entry found.
        found: u32,
    },
    /// History does not verify from this entry on. Restore a backup, or open it knowingly.
    #[error("the history was changed outside Baton at entry {entry}; restore a backup or open it knowingly")]
    HistoryBroken {
        /// The first entry that does not fit.
        entry: u32,
    },
    /// Only an owner decides to go on in spite of a doubt.
    #[error("only an owner can decide this; ask one to unlock")]
    OwnerNeeded,
    /// The system's keyring is not there or refuses. Use the passphrase.
    #[error("the system's keyring can't be reached; use your passphrase")]
    KeyringUnavailable,
    /// The system's keyring has no fitting entry for this practice. Use the passphrase, then store it again.
    #[error(
        "the system's keyring holds no key for this practice; use your passphrase, then turn keyring unlock on again"
    )]
    KeyringEntryMissing,
    /// The copy is not what it was made from; it was removed. Try another place.
    #[error("the backup could not be verified and was removed; try again or choose another place")]
    BackupUnverified,
    /// A folder for backups is not there: a stick that was taken out, a drive that is not connected. Connect it.
    #[error("{folder} is not there; connect the stick or drive and back up again")]
    TargetAway {
        /// Which.
        folder: String,
    },
    /// A folder for backups has no room left. Make room there.
    #[error("{folder} is full: a backup needs about {megabytes} MB; make room there and back up again")]
    TargetFull {
        /// Which.
        folder: String,
        /// How much room.
        megabytes: u32,
    },
    /// There is no backup to try. Make one first.
    #[error("there is no backup to test yet; back up first")]
    NoBackup,
    /// What was chosen is no backup. Choose another.
    #[error(
        "this is not a backup of a practice; choose a folder that begins with baton- or a file that ends in .baton.age"
    )]
    NotABackup,
    /// The backup does not read back whole. Choose another one.
    #[error("this backup is damaged and was left as it is; choose another one")]
    BackupDamaged,
    /// The backup holds things Baton never makes. It must not be opened.
    #[error("this backup was changed outside Baton and was not opened; choose another one")]
    BackupForeign,
    /// The backup is of another practice. Restore it into a folder of its own.
    #[error("this is a backup of another practice ({practice}); restore it into a folder of its own")]
    BackupOfAnother {
        /// Which practice.
        practice: String,
    },
    /// The keys were changed since the backup was made. Back up again.
    #[error("the newest backup was made before the keys were changed; back up again, then test that one")]
    BackupOfOlderKey,
    /// Somebody to give a copy to is named by something that is no public key.
    #[error("{key} is not a public key of age; it begins with age1")]
    NotARecipient {
        /// What was given.
        key: String,
    },
    /// The disk is full.
    #[error("the disk is full; free some space and try again, nothing was lost")]
    DiskFull,
    /// The folder or file can't be written or read.
    #[error("{what} can't be read or written; check that the folder exists and you may write in it")]
    NoAccess {
        /// Which file, by its plain name.
        what: String,
    },
    /// Not enough memory for the passphrase computation.
    #[error("there is not enough free memory to check the passphrase; close other programs and try again")]
    NotEnoughMemory,
    /// This machine gives no random numbers: nothing secret can be made.
    #[error("this computer gives no random numbers; restart it and try again")]
    NoRandomness,
    /// The file's own failures.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl VaultError {
    /// The closed code the window and scripts act on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongPassphrase => "wrong_passphrase",
            Self::TooSoon { .. } => "too_soon",
            Self::WeakPassphrase(_) => "weak_passphrase",
            Self::PassphraseTooLong => "passphrase_too_long",
            Self::Invalid { .. } => "invalid",
            Self::RecoveryKeyTypo { .. } => "recovery_key_typo",
            Self::RecoveryKeyUnreadable => "recovery_key_unreadable",
            Self::RecoveryKeyOfAnother => "recovery_key_of_another",
            Self::GroupDiffers { .. } => "group_differs",
            Self::NoPractice => "no_practice",
            Self::FolderNotEmpty => "folder_not_empty",
            Self::PracticeExists => "practice_exists",
            Self::Unfinished => "unfinished",
            Self::UnsafePlace { .. } => "unsafe_place",
            Self::UnreadableFolderName => "unreadable_folder_name",
            Self::MustBeWritten => "must_be_written",
            Self::AlreadyOpen { .. } => "already_open",
            Self::VaultFileMissing => "vault_file_missing",
            Self::VaultFileDamaged => "vault_file_damaged",
            Self::VaultFileChanged => "vault_file_changed",
            Self::Newer => "newer",
            Self::NoSuchProfile => "no_such_profile",
            Self::FirstUnlock => "first_unlock",
            Self::ProfileEnded => "profile_ended",
            Self::NotYetActive { .. } => "not_yet_active",
            Self::OwnersOnly => "owners_only",
            Self::YourOwn => "your_own",
            Self::LastOwner => "last_owner",
            Self::PassphraseStays => "passphrase_stays",
            Self::KeyringForbidden => "keyring_forbidden",
            Self::DatabaseDamaged => "database_damaged",
            Self::DatabaseMissing => "database_missing",
            Self::HeadAhead { .. } => "head_ahead",
            Self::HistoryBroken { .. } => "history_broken",
            Self::OwnerNeeded => "owner_needed",
            Self::KeyringUnavailable => "keyring_unavailable",
            Self::KeyringEntryMissing => "keyring_entry_missing",
            Self::BackupUnverified => "backup_unverified",
            Self::TargetAway { .. } => "target_away",
            Self::TargetFull { .. } => "target_full",
            Self::NoBackup => "no_backup",
            Self::NotABackup => "not_a_backup",
            Self::BackupDamaged => "backup_damaged",
            Self::BackupForeign => "backup_foreign",
            Self::BackupOfAnother { .. } => "backup_of_another",
            Self::BackupOfOlderKey => "backup_of_older_key",
            Self::NotARecipient { .. } => "not_a_recipient",
            Self::DiskFull => "disk_full",
            Self::NoAccess { .. } => "no_access",
            Self::NotEnoughMemory => "not_enough_memory",
            Self::NoRandomness => "no_randomness",
            Self::Store(_) => "store",
        }
    }

    /// Whether somebody tried to come in with what does not open this practice.
    pub(super) fn is_wrong_key(&self) -> bool {
        matches!(self, Self::WrongPassphrase | Self::KeyringEntryMissing | Self::RecoveryKeyOfAnother)
            || matches!(self, Self::RecoveryKeyUnreadable | Self::RecoveryKeyTypo { .. })
    }

    /// Tells a failure of the disk about a file by its plain name.
    pub(super) fn disk(what: &str) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |error| match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::NoAccess { what: what.into() },
        }
    }
}

impl From<getrandom::Error> for VaultError {
    fn from(_: getrandom::Error) -> Self {
        Self::NoRandomness
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_from_a_forbidden_folder() {
        let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
        assert_eq!(VaultError::disk("vault.json")(full).code(), "disk_full");
        let forbidden = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        assert_eq!(
            VaultError::disk("vault.json")(forbidden).to_string().split(' ').next(),
            Some("vault.json")
        );
    }
}
