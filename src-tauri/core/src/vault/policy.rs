//! How soon the practice locks by itself and forgets what was copied. Set for everybody; a computer may be stricter.

use serde::{Deserialize, Serialize};

use super::error::VaultError;
use super::role::Role;
use super::{profile, rows};
use crate::practice::Practice;
use crate::store::{Label, Written};

/// The policy (CK25).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LockPolicy {
    /// After at most how many minutes without a person it locks.
    pub idle_minutes: u32,
    /// After how many seconds what was copied from a patient's fields leaves the clipboard.
    pub clipboard_seconds: u32,
}

impl Default for LockPolicy {
    fn default() -> Self {
        Self { idle_minutes: 10, clipboard_seconds: 60 }
    }
}

/// What is set, or the default.
///
/// # Errors
/// Those of the file.
pub fn lock_policy(practice: &Practice) -> Result<LockPolicy, VaultError> {
    let usual = LockPolicy::default();
    Ok(practice.read(|conn| {
        Ok::<_, crate::store::StoreError>(LockPolicy {
            idle_minutes: rows::number_set(conn, rows::IDLE_MINUTES)?.unwrap_or(usual.idle_minutes),
            clipboard_seconds: rows::number_set(conn, rows::CLIPBOARD_SECONDS)?
                .unwrap_or(usual.clipboard_seconds),
        })
    })?)
}

/// Sets it.
///
/// # Errors
/// [`VaultError::Invalid`] outside 1–60 minutes and 10–600 seconds, or if somebody else than an owner asks; those of the
/// file.
pub fn set_lock_policy(practice: &Practice, policy: LockPolicy) -> Result<Written<()>, VaultError> {
    let invalid = |field, problem: &str| Err(VaultError::Invalid { field, problem: problem.to_owned() });
    if profile::role_of(practice)? != Role::Owner.code() {
        return invalid("idleMinutes", "only an owner of the practice can change this");
    }
    if !(1..=60).contains(&policy.idle_minutes) {
        return invalid("idleMinutes", "give whole minutes from 1 to 60");
    }
    if !(10..=600).contains(&policy.clipboard_seconds) {
        return invalid("clipboardSeconds", "give whole seconds from 10 to 600");
    }
    practice.write(Label::hand("lock_set", ""), |tx| {
        rows::set_number(tx, rows::IDLE_MINUTES, policy.idle_minutes)?;
        Ok(rows::set_number(tx, rows::CLIPBOARD_SECONDS, policy.clipboard_seconds)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_is_kept_within_its_limits_and_has_a_default() {
        let practice = crate::testing::practice("2026-11-25");
        assert_eq!(
            lock_policy(&practice).expect("read"),
            LockPolicy { idle_minutes: 10, clipboard_seconds: 60 }
        );
        let strict = LockPolicy { idle_minutes: 1, clipboard_seconds: 10 };
        set_lock_policy(&practice, strict).expect("set");
        assert_eq!(lock_policy(&practice).expect("read"), strict);
        for (wrong, field) in [
            (LockPolicy { idle_minutes: 0, ..strict }, "idleMinutes"),
            (LockPolicy { idle_minutes: 61, ..strict }, "idleMinutes"),
            (LockPolicy { clipboard_seconds: 9, ..strict }, "clipboardSeconds"),
        ] {
            let refused = set_lock_policy(&practice, wrong);
            assert!(
                matches!(refused, Err(VaultError::Invalid { field: f, .. }) if f == field),
                "{refused:?}"
            );
        }
    }
}
