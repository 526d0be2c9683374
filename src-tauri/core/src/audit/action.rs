//! What kind of action an entry is, as the log is filtered by.

use serde::{Deserialize, Serialize};

/// A kind of action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum LogAction {
    /// A patient's record was opened.
    View,
    /// A record came into being, imports included.
    Create,
    /// A record was changed.
    Change,
    /// A record was deleted.
    Delete,
    /// A file was written.
    Export,
    /// Something was printed.
    Print,
    /// A letter was made.
    Letter,
    /// Somebody came in.
    SignIn,
    /// Somebody tried to come in.
    FailedSignIn,
    /// A profile, role or right changed.
    Right,
    /// A way to unlock changed.
    Key,
    /// The practice was locked.
    Lock,
    /// A backup was made.
    Backup,
    /// A backup was put in place.
    Restore,
    /// A review was signed.
    Review,
    /// The log itself: doubt about it, and what was decided.
    Doubt,
}

impl LogAction {
    /// All of them, in the order screens show them.
    pub const ALL: [Self; 16] = [
        Self::View,
        Self::Create,
        Self::Change,
        Self::Delete,
        Self::Export,
        Self::Print,
        Self::Letter,
        Self::SignIn,
        Self::FailedSignIn,
        Self::Right,
        Self::Key,
        Self::Lock,
        Self::Backup,
        Self::Restore,
        Self::Review,
        Self::Doubt,
    ];

    /// The English word, for exports.
    pub fn label(self) -> &'static str {
        match self {
            Self::View => "View",
            Self::Create => "Create",
            Self::Change => "Change",
            Self::Delete => "Delete",
            Self::Export => "Export",
            Self::Print => "Print",
            Self::Letter => "Letter",
            Self::SignIn => "Sign-in",
            Self::FailedSignIn => "Failed sign-in",
            Self::Right => "Right changed",
            Self::Key => "Key changed",
            Self::Lock => "Lock",
            Self::Backup => "Backup",
            Self::Restore => "Restore",
            Self::Review => "Review",
            Self::Doubt => "Doubt",
        }
    }

    /// The kind of an entry by its code. A code nobody foresaw is a change: everything stands in the log.
    pub fn of(code: &str) -> Self {
        const EXACT: &[(&str, LogAction)] = &[
            ("view", LogAction::View),
            ("look_back", LogAction::View),
            ("import", LogAction::Create),
            ("sample_create", LogAction::Create),
            ("sign_in", LogAction::SignIn),
            ("sign_in_failed", LogAction::FailedSignIn),
            ("sign_ins_doubtful", LogAction::Doubt),
            ("doubt_accepted", LogAction::Doubt),
            ("history_doubt_accepted", LogAction::Doubt),
            ("lock", LogAction::Lock),
            ("unlock_by_recovery", LogAction::Key),
            ("audit_sign_off", LogAction::Review),
        ];
        const BEGINS: &[(&str, LogAction)] = &[
            ("export", LogAction::Export),
            ("print", LogAction::Print),
            ("letter", LogAction::Letter),
            ("profile_", LogAction::Right),
            ("role_", LogAction::Right),
            ("right", LogAction::Right),
            ("passphrase_", LogAction::Key),
            ("recovery_", LogAction::Key),
            ("key", LogAction::Key),
            ("backup", LogAction::Backup),
            ("restore_", LogAction::Restore),
            ("practice_restore", LogAction::Restore),
            ("erasure", LogAction::Delete),
            ("purge", LogAction::Delete),
        ];
        const ENDS: &[(&str, LogAction)] = &[
            ("_add", LogAction::Create),
            ("_create", LogAction::Create),
            ("_trash", LogAction::Delete),
            ("_delete", LogAction::Delete),
            ("_remove", LogAction::Delete),
        ];
        let exact = EXACT.iter().find(|(known, _)| code == *known);
        let begins = || BEGINS.iter().find(|(begin, _)| code.starts_with(begin));
        let ends = || ENDS.iter().find(|(end, _)| code.ends_with(end));
        exact.or_else(begins).or_else(ends).map_or(Self::Change, |(_, action)| *action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_the_practice_writes_is_of_the_kind_one_expects() {
        for (code, kind) in [
            ("referral_add", LogAction::Create),
            ("partner_edit", LogAction::Change),
            ("undo", LogAction::Change),
            ("referral_trash", LogAction::Delete),
            ("affiliation_remove", LogAction::Delete),
            ("export_register_with_patients", LogAction::Export),
            ("print", LogAction::Print),
            ("look_back", LogAction::View),
            ("practice_restore", LogAction::Restore),
            ("key_rotate", LogAction::Key),
            ("erasure_grant", LogAction::Delete),
            ("profile_add", LogAction::Right),
            ("profile_role", LogAction::Right),
            ("passphrase_change", LogAction::Key),
            ("key_change", LogAction::Key),
            ("recovery_key_renew", LogAction::Key),
            ("sign_in", LogAction::SignIn),
            ("sign_in_failed", LogAction::FailedSignIn),
            ("backup", LogAction::Backup),
            ("practice_create", LogAction::Create),
            ("disclosure_add", LogAction::Create),
            ("something_new", LogAction::Change),
        ] {
            assert_eq!(LogAction::of(code), kind, "{code}");
        }
    }
}
