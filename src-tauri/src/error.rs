//! What a command answers when it can't: a code the screen acts on and a sentence for the person.

use baton_core::network::Meanwhile;
use baton_core::store::StoreError;
use serde::Serialize;

/// Why a command could not do what was asked. A code exists only because a screen acts on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// Nothing is unlocked: show the door.
    Locked,
    /// A field holds something that can't be kept: show the sentence beside it.
    Invalid,
    /// The record was changed meanwhile: show both.
    ChangedMeanwhile,
    /// Looks like one that is there already: ask.
    Duplicate,
    /// The record is gone: go back to the list.
    Missing,
    /// The passphrase or key is wrong: ask again.
    WrongPassphrase,
    /// The file needs a restore.
    Damaged,
    /// The role of whoever is at the desk does not allow it: show the sentence, which says who can change that.
    NotAllowed,
    /// The history is in doubt: offer to open it for looking, or an owner's decision.
    Doubtful,
    /// Another Baton or program holds the file.
    InUse,
    /// An earlier day is looked at: offer the way back to today.
    ReadOnlyAsOf,
    /// Nothing can be written where the practice lies: the banner above says what to do.
    ReadOnly,
    /// The user stopped it.
    Cancelled,
    /// The file from outside can't be read as it is: show what to do with it.
    Unreadable,
    /// Anything else: show the sentence.
    Failed,
}

/// The shape of every error on the border.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CommandError {
    /// What the screen does about it.
    pub code: ErrorCode,
    /// What the person reads: what happened and what to do.
    pub message: String,
    /// The field it stands beside, if it belongs to one.
    pub field: Option<String>,
    /// With [`ErrorCode::ChangedMeanwhile`]: each field with both values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[specta(optional)]
    pub meanwhile: Vec<Meanwhile>,
}

impl CommandError {
    /// An error of this code with its sentence.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: as_sentence(&message.into()), field: None, meanwhile: Vec::new() }
    }

    /// The same beside a field.
    pub fn beside(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// The same with what was changed meanwhile.
    fn with_both(mut self, meanwhile: Vec<Meanwhile>) -> Self {
        self.meanwhile = meanwhile;
        self
    }

    /// Nothing is unlocked.
    pub fn locked() -> Self {
        StoreError::Locked.into()
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let code = match error {
            StoreError::Locked => ErrorCode::Locked,
            StoreError::Damaged | StoreError::BrokenHistory(_) => ErrorCode::Damaged,
            StoreError::Busy => ErrorCode::InUse,
            StoreError::Doubtful => ErrorCode::Doubtful,
            StoreError::Cancelled => ErrorCode::Cancelled,
            StoreError::ReadOnlyAsOf => ErrorCode::ReadOnlyAsOf,
            StoreError::ReadOnly => ErrorCode::ReadOnly,
            StoreError::Missing => ErrorCode::Missing,
            StoreError::NotAllowed(_) => ErrorCode::NotAllowed,
            _ => ErrorCode::Failed,
        };
        Self::new(code, error.to_string())
    }
}

/// What went wrong as a sentence of its own: a capital first, a full stop last.
fn as_sentence(text: &str) -> String {
    let text = text.trim();
    let mut letters = text.chars();
    let mut told: String =
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    if told.chars().last().is_some_and(|last| !".?!…".contains(last)) {
        told.push('.');
    }
    told
}

/// What every command returns.
pub type Answer<T> = Result<T, CommandError>;

impl From<baton_core::network::NetworkError> for CommandError {
    fn from(error: baton_core::network::NetworkError) -> Self {
        use baton_core::network::NetworkError as E;
        let sentence = error.to_string();
        match error {
            E::Store(error) => error.into(),
            E::Missing => Self::new(ErrorCode::Missing, sentence),
            E::Invalid { field, .. } => Self::new(ErrorCode::Invalid, sentence).beside(field),
            E::ChangedMeanwhile(both) => Self::new(ErrorCode::ChangedMeanwhile, sentence).with_both(both),
            E::NeedsReason { .. } => Self::new(ErrorCode::Invalid, sentence).beside("reason"),
        }
    }
}

impl From<baton_core::referrals::ReferralError> for CommandError {
    fn from(error: baton_core::referrals::ReferralError) -> Self {
        use baton_core::referrals::ReferralError as E;
        let sentence = error.to_string();
        match error {
            E::Store(error) => error.into(),
            E::Network(error) => error.into(),
            E::Missing => Self::new(ErrorCode::Missing, sentence),
            E::Invalid { field, .. } => Self::new(ErrorCode::Invalid, sentence).beside(field),
            E::NeedsFields { fields } => {
                let first = fields.first().map_or("stage", |field| field.field());
                Self::new(ErrorCode::Invalid, sentence).beside(first)
            }
            E::ChangedMeanwhile(both) => Self::new(ErrorCode::ChangedMeanwhile, sentence).with_both(both),
        }
    }
}

impl From<baton_core::history::HistoryError> for CommandError {
    fn from(error: baton_core::history::HistoryError) -> Self {
        use baton_core::history::HistoryError as E;
        let sentence = error.to_string();
        match error {
            E::Store(error) => error.into(),
            E::Missing => Self::new(ErrorCode::Missing, sentence),
            _ => Self::new(ErrorCode::Failed, sentence),
        }
    }
}

impl From<baton_core::retention::RetentionError> for CommandError {
    fn from(error: baton_core::retention::RetentionError) -> Self {
        use baton_core::retention::RetentionError as E;
        let sentence = error.to_string();
        match error {
            E::Store(error) => error.into(),
            E::Missing => Self::new(ErrorCode::Missing, sentence),
            E::Invalid { field, .. } => Self::new(ErrorCode::Invalid, sentence).beside(field),
            E::Changed | E::Blocked(_) => Self::new(ErrorCode::ChangedMeanwhile, sentence),
        }
    }
}

impl From<baton_core::outreach::OutreachError> for CommandError {
    fn from(error: baton_core::outreach::OutreachError) -> Self {
        use baton_core::outreach::OutreachError as E;
        let sentence = error.to_string();
        match error {
            E::Store(error) => error.into(),
            E::Missing => Self::new(ErrorCode::Missing, sentence),
            E::Changed => Self::new(ErrorCode::ChangedMeanwhile, sentence),
            E::Private => Self::new(ErrorCode::NotAllowed, sentence),
            E::Invalid { field, .. } => Self::new(ErrorCode::Invalid, sentence).beside(field),
        }
    }
}

impl From<baton_core::gratitude::GratitudeError> for CommandError {
    fn from(error: baton_core::gratitude::GratitudeError) -> Self {
        use baton_core::gratitude::GratitudeError as E;
        let sentence = error.to_string();
        match error {
            E::Store(error) => error.into(),
            E::Missing => Self::new(ErrorCode::Missing, sentence),
            E::Invalid { field, .. } => Self::new(ErrorCode::Invalid, sentence).beside(field),
            E::Stricter(_) | E::AlreadyCorrected | E::AlreadyDecided => {
                Self::new(ErrorCode::ChangedMeanwhile, sentence)
            }
            E::Blocked(_) | E::OwnEntry | E::NoCure => Self::new(ErrorCode::Failed, sentence),
        }
    }
}

impl From<baton_core::field::FieldError> for CommandError {
    fn from(error: baton_core::field::FieldError) -> Self {
        use baton_core::field::FieldError as E;
        let sentence = error.to_string();
        match error {
            E::Store(error) => error.into(),
            E::Outreach(error) => error.into(),
            E::Missing => Self::new(ErrorCode::Missing, sentence),
            E::Invalid { field, .. } => Self::new(ErrorCode::Invalid, sentence).beside(field),
            E::Route(_) => Self::new(ErrorCode::Failed, sentence),
        }
    }
}

impl From<baton_core::insights::InsightsError> for CommandError {
    fn from(error: baton_core::insights::InsightsError) -> Self {
        use baton_core::insights::InsightsError as E;
        let sentence = error.to_string();
        match error {
            E::Store(error) => error.into(),
            E::NoPartner => Self::new(ErrorCode::Missing, sentence),
            E::Invalid { field, .. } => Self::new(ErrorCode::Invalid, sentence).beside(field),
        }
    }
}

impl From<baton_core::audit::AuditError> for CommandError {
    fn from(error: baton_core::audit::AuditError) -> Self {
        use baton_core::audit::AuditError as E;
        let sentence = error.to_string();
        match error {
            E::Store(error) => error.into(),
            E::Invalid { field, .. } => Self::new(ErrorCode::Invalid, sentence).beside(field),
            E::Missing => Self::new(ErrorCode::Missing, sentence),
            E::Broken { .. } => Self::new(ErrorCode::Doubtful, sentence),
            E::AlreadyCorrected => Self::new(ErrorCode::ChangedMeanwhile, sentence),
            E::NotAllowed => Self::new(ErrorCode::Failed, sentence),
        }
    }
}

impl From<baton_core::exchange::export::ExportError> for CommandError {
    fn from(error: baton_core::exchange::export::ExportError) -> Self {
        use baton_core::exchange::export::ExportError as E;
        let sentence = error.to_string();
        match error {
            E::Store(error) => error.into(),
            E::Insights(error) => error.into(),
            E::Audit(error) => error.into(),
            E::Invalid { field, .. } => Self::new(ErrorCode::Invalid, sentence).beside(field),
            E::Identified(_) => Self::new(ErrorCode::Invalid, sentence).beside("journey"),
            E::Unfilled(_) => Self::new(ErrorCode::Invalid, sentence).beside("template"),
            E::TargetInUse => Self::new(ErrorCode::InUse, sentence),
            E::Cancelled => Self::new(ErrorCode::Cancelled, sentence),
            _ => Self::new(ErrorCode::Failed, sentence),
        }
    }
}

impl From<baton_core::vault::VaultError> for CommandError {
    fn from(error: baton_core::vault::VaultError) -> Self {
        use baton_core::vault::VaultError as E;
        let sentence = error.to_string();
        match error {
            E::Store(error) => error.into(),
            E::WrongPassphrase | E::TooSoon { .. } => {
                Self::new(ErrorCode::WrongPassphrase, sentence).beside("passphrase")
            }
            E::WeakPassphrase(_) | E::PassphraseTooLong => {
                Self::new(ErrorCode::Invalid, sentence).beside("passphrase")
            }
            E::Invalid { field, .. } => Self::new(ErrorCode::Invalid, sentence).beside(field),
            E::RecoveryKeyTypo { .. } | E::RecoveryKeyUnreadable | E::RecoveryKeyOfAnother => {
                Self::new(ErrorCode::WrongPassphrase, sentence).beside("key")
            }
            E::DatabaseDamaged | E::DatabaseMissing => Self::new(ErrorCode::Damaged, sentence),
            E::HeadAhead { .. } | E::HistoryBroken { .. } => Self::new(ErrorCode::Doubtful, sentence),
            E::VaultFileMissing
            | E::VaultFileDamaged
            | E::VaultFileChanged
            | E::BackupDamaged
            | E::BackupForeign
            | E::BackupOfOlderKey => Self::new(ErrorCode::Damaged, sentence),
            E::NoSuchProfile | E::ProfileEnded | E::NotYetActive { .. } => {
                Self::new(ErrorCode::Invalid, sentence).beside("passphrase")
            }
            E::AlreadyOpen { .. } => Self::new(ErrorCode::InUse, sentence),
            E::NotARecipient { .. } => Self::new(ErrorCode::Invalid, sentence).beside("others"),
            E::NoPractice | E::NoBackup => Self::new(ErrorCode::Missing, sentence),
            _ => Self::new(ErrorCode::Failed, sentence),
        }
    }
}

impl From<baton_core::exchange::import::ImportError> for CommandError {
    fn from(error: baton_core::exchange::import::ImportError) -> Self {
        use baton_core::exchange::import::ImportError as E;
        let sentence = error.to_string();
        match error {
            E::Store(error) => error.into(),
            E::Cancelled => Self::new(ErrorCode::Cancelled, sentence),
            E::Outdated => Self::new(ErrorCode::ChangedMeanwhile, sentence),
            E::Invalid { field, .. } => Self::new(ErrorCode::Invalid, sentence).beside(field),
            E::Workbook => Self::new(ErrorCode::Failed, sentence),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_reads_whole_sentences() {
        let read = |text: &str| CommandError::new(ErrorCode::Failed, text).message;
        assert_eq!(
            read("the file is in use; close it and try again"),
            "The file is in use; close it and try again."
        );
        assert_eq!(read("Give a day up to today."), "Give a day up to today.");
        assert_eq!(read("which file?"), "Which file?");
        assert_eq!(read(""), "");
    }
}
