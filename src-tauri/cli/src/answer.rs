//! What a command answers: for people as text, for scripts as JSON.

use baton_core::exchange::export::ExportError;
use baton_core::insights::InsightsError;
use baton_core::store::StoreError;
use baton_core::vault::VaultError;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::exit::Exit;

/// What was done.
#[derive(Debug)]
pub struct Answer {
    /// For scripts.
    pub json: Value,
    /// For people.
    pub text: String,
    /// Ok, or damaged where a check found damage.
    pub exit: Exit,
}

impl Answer {
    /// Done; `value` says what. Its fields are told in `snake_case`.
    pub fn new(value: &impl Serialize, text: impl Into<String>) -> Result<Self, Failure> {
        let json = serde_json::to_value(value)
            .map_err(|_| Failure::new(Exit::Failed, "failed", "the answer could not be put in words"))?;
        Ok(Self { json: snake(json), text: text.into(), exit: Exit::Ok })
    }
}

/// Why nothing was done.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// A code for scripts.
    pub code: String,
    /// A sentence that says what to do.
    pub message: String,
    /// What else a script may want to know.
    pub more: Option<Value>,
}

impl Failure {
    /// A failure with its code and sentence.
    pub fn new(exit: Exit, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { exit, code: code.into(), message: message.into(), more: None }
    }

    /// The command line does not fit.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, "usage", message)
    }

    /// Something has to be decided; `option` is the one that decides.
    pub fn undecided(code: &str, message: impl Into<String>, options: Value) -> Self {
        Self { more: Some(json!({ "decide_with": options })), ..Self::new(Exit::Undecided, code, message) }
    }

    /// `{"error": {"code": …, "message": …}}`.
    pub fn json(&self) -> Value {
        let mut error = Map::new();
        error.insert("code".into(), json!(self.code));
        error.insert("message".into(), json!(self.message));
        if let Some(Value::Object(more)) = &self.more {
            error.extend(more.clone());
        }
        json!({ "error": error })
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let (exit, code) = match error {
            StoreError::Damaged => (Exit::Damaged, "damaged"),
            StoreError::BrokenHistory(_) => (Exit::Damaged, "history_broken"),
            StoreError::Doubtful => (Exit::Damaged, "doubtful"),
            StoreError::Busy => (Exit::InUse, "in_use"),
            StoreError::DiskFull => (Exit::Unwritable, "disk_full"),
            StoreError::ReadOnly => (Exit::Unwritable, "read_only"),
            StoreError::Newer => (Exit::NoPractice, "newer"),
            StoreError::Foreign => (Exit::NoPractice, "foreign"),
            StoreError::Cancelled => (Exit::Failed, "cancelled"),
            StoreError::NotAllowed(_) => (Exit::NotAllowed, "not_allowed"),
            _ => (Exit::Failed, "failed"),
        };
        Self::new(exit, code, error.to_string())
    }
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Self {
        let exit = match &error {
            VaultError::Store(_) => {
                let VaultError::Store(inner) = error else { unreachable!("just matched") };
                return inner.into();
            }
            VaultError::WrongPassphrase
            | VaultError::TooSoon { .. }
            | VaultError::FirstUnlock
            | VaultError::KeyringUnavailable
            | VaultError::KeyringForbidden
            | VaultError::KeyringEntryMissing => Exit::WrongPassphrase,
            VaultError::AlreadyOpen { .. } => Exit::InUse,
            VaultError::OwnersOnly => Exit::NotAllowed,
            VaultError::VaultFileMissing
            | VaultError::VaultFileDamaged
            | VaultError::VaultFileChanged
            | VaultError::DatabaseDamaged
            | VaultError::DatabaseMissing
            | VaultError::HeadAhead { .. }
            | VaultError::HistoryBroken { .. }
            | VaultError::BackupUnverified
            | VaultError::BackupDamaged
            | VaultError::BackupForeign
            | VaultError::BackupOfOlderKey => Exit::Damaged,
            VaultError::RecoveryKeyTypo { .. }
            | VaultError::RecoveryKeyUnreadable
            | VaultError::RecoveryKeyOfAnother => Exit::WrongPassphrase,
            VaultError::NoPractice
            | VaultError::NotABackup
            | VaultError::NoBackup
            | VaultError::BackupOfAnother { .. }
            | VaultError::Unfinished
            | VaultError::Newer
            | VaultError::ProfileEnded
            | VaultError::NotYetActive { .. }
            | VaultError::NoSuchProfile => Exit::NoPractice,
            VaultError::WeakPassphrase(_)
            | VaultError::PassphraseTooLong
            | VaultError::NotARecipient { .. }
            | VaultError::Invalid { .. } => Exit::Usage,
            VaultError::FolderNotEmpty
            | VaultError::PracticeExists
            | VaultError::UnsafePlace { .. }
            | VaultError::UnreadableFolderName
            | VaultError::DiskFull
            | VaultError::TargetAway { .. }
            | VaultError::TargetFull { .. }
            | VaultError::MustBeWritten
            | VaultError::NoAccess { .. } => Exit::Unwritable,
            _ => Exit::Failed,
        };
        let more = match &error {
            VaultError::Invalid { field, .. } => Some(json!({ "field": field })),
            _ => None,
        };
        Self { more, ..Self::new(exit, error.code(), error.to_string()) }
    }
}

impl From<InsightsError> for Failure {
    fn from(error: InsightsError) -> Self {
        match error {
            InsightsError::Store(error) => error.into(),
            InsightsError::Invalid { .. } => Self::usage(error.to_string()),
            InsightsError::NoPartner => Self::new(Exit::Failed, "missing", error.to_string()),
        }
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        let (exit, code) = match error {
            ExportError::Store(error) => return error.into(),
            ExportError::Insights(error) => return error.into(),
            ExportError::Audit(_) => (Exit::Failed, "audit"),
            ExportError::Invalid { .. } | ExportError::Unfilled(_) | ExportError::Identified(_) => {
                (Exit::Usage, "usage")
            }
            ExportError::TargetInUse => (Exit::Unwritable, "target_in_use"),
            ExportError::FolderRefused => (Exit::Unwritable, "folder_refused"),
            ExportError::DiskFull => (Exit::Unwritable, "disk_full"),
            ExportError::NotVerified => (Exit::Unwritable, "not_verified"),
            ExportError::Cancelled => (Exit::Failed, "cancelled"),
            ExportError::Write(_) => (Exit::Unwritable, "not_written"),
        };
        Self::new(exit, code, error.to_string())
    }
}

/// The same value with `snake_case` names of fields.
fn snake(value: Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.into_iter().map(snake).collect()),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (snake_name(&name), snake(value))).collect())
        }
        other => other,
    }
}

fn snake_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_fields_are_told_in_snake_case_and_values_stay() {
        let told =
            snake(json!({ "withoutPartner": { "noShow": "No Show" }, "months": ["2026-01"], "p90": 1 }));
        assert_eq!(
            told,
            json!({ "without_partner": { "no_show": "No Show" }, "months": ["2026-01"], "p90": 1 })
        );
    }

    #[test]
    fn an_error_is_an_object_with_code_and_message() {
        let failure = Failure::undecided("date_order", "Day or month first?", json!(["--date-order mdy"]));
        assert_eq!(
            failure.json(),
            json!({ "error": { "code": "date_order", "message": "Day or month first?", "decide_with": ["--date-order mdy"] } })
        );
    }
}
