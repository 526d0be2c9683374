//! What people read when something is refused: whole sentences that say what to do, in words of a practice.

use baton_core::exchange::export::ExportError;
use baton_core::exchange::import::ImportError;
use baton_core::exchange::import::reading::ReadError;
use baton_core::store::StoreError;
use baton_core::vault::VaultError;

use super::plain::must_be_plain;

/// Whoever adds a refusal adds it to the list below too: each of these is a list of all.
fn listed_store(error: &StoreError) {
    use StoreError as E;
    match error {
        E::Locked
        | E::Damaged
        | E::Foreign
        | E::Newer
        | E::NoEncryption
        | E::Busy
        | E::DiskFull
        | E::Disk => {}
        E::NotAllowed(_) | E::ReadOnlyAsOf | E::Doubtful => {}
        E::ReadOnly | E::Cancelled | E::Constraint | E::Missing | E::BrokenHistory(_) | E::Database(_) => {}
    }
}

fn store() -> Vec<StoreError> {
    use StoreError as E;
    vec![
        E::Locked,
        E::Damaged,
        E::Foreign,
        E::Newer,
        E::NoEncryption,
        E::Busy,
        E::DiskFull,
        E::Disk,
        E::ReadOnly,
        E::Cancelled,
        E::Constraint,
        E::Missing,
        E::BrokenHistory(4),
        E::ReadOnlyAsOf,
        E::Doubtful,
        E::Database("code 1".into()),
    ]
}

fn vault() -> Vec<VaultError> {
    use VaultError as E;
    let mut all = vec![
        E::WrongPassphrase,
        E::TooSoon { seconds: 4 },
        E::PassphraseTooLong,
        E::RecoveryKeyTypo { group: 3 },
        E::RecoveryKeyUnreadable,
        E::RecoveryKeyOfAnother,
        E::GroupDiffers { group: 2 },
        E::NoPractice,
        E::FolderNotEmpty,
        E::PracticeExists,
        E::Unfinished,
        E::UnsafePlace { place: "OneDrive".into() },
        E::UnreadableFolderName,
        E::AlreadyOpen { by: "process 7 on desk-2".into() },
        E::VaultFileMissing,
        E::VaultFileDamaged,
        E::VaultFileChanged,
        E::Newer,
        E::NoSuchProfile,
        E::DatabaseDamaged,
        E::DatabaseMissing,
        E::HeadAhead { known: 9, found: 7 },
        E::HistoryBroken { entry: 4 },
        E::KeyringUnavailable,
        E::KeyringEntryMissing,
        E::BackupUnverified,
        E::DiskFull,
        E::NoAccess { what: "vault.json".into() },
        E::NotEnoughMemory,
        E::NoRandomness,
    ];
    let weak = baton_core::vault::Passphrase::new("password1234").and_then(|weak| {
        let folder = tempfile::tempdir().expect("a folder");
        let machine = baton_core::testing::machine(folder.path(), "2026-11-02");
        let new = baton_core::testing::new_practice();
        baton_core::vault::create(&machine, &folder.path().join("practice"), &new, &weak).map(drop)
    });
    all.push(weak.expect_err("weak"));
    all
}

fn exports() -> Vec<ExportError> {
    use ExportError as E;
    vec![
        E::TargetInUse,
        E::FolderRefused,
        E::DiskFull,
        E::Cancelled,
        E::NotVerified,
        E::Write("a record could not be put together".into()),
    ]
}

fn reading() -> Vec<ReadError> {
    use ReadError as E;
    vec![
        E::NotFound,
        E::NotAFile,
        E::NotReadable,
        E::Changed,
        E::Empty,
        E::TooLarge { limit_mib: 256 },
        E::OldOrProtectedExcel,
        E::OpenDocument,
        E::BinaryExcel,
        E::WebPage,
        E::NotATable,
        E::Archive,
        E::DamagedWorkbook,
        E::WorkbookTooLarge,
        E::UnsafeWorkbook,
        E::NoSuchSheet { name: "Data".into() },
        E::TooManyRows { limit: 10 },
        E::TooManyColumns { line: 3, limit: 10 },
        E::TooManyCells { limit: 10 },
        E::CellTooLong { line: 3, limit: 10 },
        E::UnterminatedQuote { line: 3 },
        E::UnknownEncoding { name: "ebcdic".into() },
        E::NoSuchHeader { record: 3 },
        E::NoSuchColumn { name: "Doctor".into() },
        E::UnknownWord { given: "maybe".into(), allowed: "seen, lost".into() },
        E::Undecided { question: "Is 2/3 a day in March?".into(), option: "--date-order".into() },
        E::Cancelled,
    ]
}

#[test]
fn every_refusal_says_what_happened_and_what_to_do() {
    store().iter().for_each(listed_store);
    let messages = store().iter().map(ToString::to_string).collect::<Vec<_>>().into_iter();
    let messages = messages
        .chain(vault().into_iter().map(|error| error.to_string()))
        .chain(exports().into_iter().map(|error| error.to_string()))
        .chain(reading().into_iter().map(|error| error.to_string()))
        .chain(
            [ImportError::Cancelled, ImportError::Outdated, ImportError::Workbook]
                .iter()
                .map(ToString::to_string),
        );
    for message in messages {
        must_be_plain(&message);
    }
}

#[test]
fn a_message_of_a_machine_would_be_noticed() {
    for message in [
        "SQLite error 11: database disk image is malformed, try again",
        "the practice file is broken and cannot be opened",
        "try again: Os { code: 5, kind: Other }",
        "failed",
    ] {
        assert!(std::panic::catch_unwind(|| must_be_plain(message)).is_err(), "“{message}” passed");
    }
}
