//! `restore`: a backup in the practice's place, or in a folder of its own. Without `--yes` it only says what would
//! happen.

use std::ops::ControlFlow;
use std::path::Path;

use baton_core::foundation::id::ProfileId;
use baton_core::vault::{
    LockedProfile, Machine, RestorePreview, Way, look_at_backup, prepare_restore, restore,
};
use serde_json::json;
use zeroize::Zeroizing;

use crate::answer::{Answer, Failure};
use crate::arguments::{Arguments, Restore};
use crate::exit::Exit;
use crate::open;

/// Restores.
pub fn run(arguments: &Arguments, what: &Restore) -> Result<Answer, Failure> {
    let machine = Machine::here()?;
    let sealed = look_at_backup(&what.from)?;
    let passphrase = open::passphrase(arguments)?.ok_or_else(|| {
        Failure::usage(
            "Restoring needs a passphrase: give --passphrase-file, or the passphrase on standard input.",
        )
    })?;
    let key = what.recovery_key_file.as_deref().map(recovery_key).transpose()?;
    let profile = who(&sealed.profiles, arguments.whose.as_deref())?;
    let way = match (&key, profile) {
        (Some(key), profile) => Way::RecoveryKey { key, profile, new_passphrase: &passphrase },
        (None, Some(profile)) => Way::Passphrase { profile, passphrase: &passphrase },
        (None, None) => {
            return Err(Failure::usage("Only the recovery key opens this backup: give --recovery-key-file."));
        }
    };
    let into = what.into.as_ref().unwrap_or(&arguments.practice);
    let go_on = &mut |_: u32, _: u32| ControlFlow::Continue(());
    let prepared = prepare_restore(&machine, &what.from, &way, into, None, go_on)?;
    let preview = prepared.preview().clone();
    if !what.yes {
        let failure = Failure::undecided(
            "restore",
            format!("{} Nothing was changed. Say --yes to restore.", told(&preview)),
            json!(["--yes"]),
        );
        let mut more = failure.more.unwrap_or_default();
        more["preview"] = Answer::new(&preview, "")?.json;
        return Err(Failure {
            more: Some(more),
            ..Failure::new(failure.exit, failure.code, failure.message)
        });
    }
    let restored = restore(&machine, prepared, None, go_on)?;
    let folder = restored.unlocked.folder().to_string_lossy().into_owned();
    restored.unlocked.lock()?;
    let kept = match &restored.kept {
        Some(kept) => format!(" What was there before is kept in {kept}."),
        None => String::new(),
    };
    let json =
        json!({ "folder": folder, "kept": restored.kept, "backup": restored.backup, "preview": preview });
    Answer::new(&json, format!("{} was restored to {folder}.{kept}", preview.practice))
}

fn told(preview: &RestorePreview) -> String {
    match &preview.lost {
        Some(lost) if lost.count > 0 => {
            format!("{} entries made since would be lost.", lost.count)
        }
        Some(_) => "Nothing would be lost.".into(),
        None if preview.replaces => {
            "What would be lost can't be told: the present practice can't be read.".into()
        }
        None => "Nothing stands there that would be lost.".into(),
    }
}

/// The profile that is meant: the only one, or the one named. A file only the recovery key opens names nobody yet.
fn who(profiles: &[LockedProfile], named: Option<&str>) -> Result<Option<ProfileId>, Failure> {
    let names = || json!(profiles.iter().map(|p| format!("--as \"{}\"", p.name)).collect::<Vec<_>>());
    match (profiles, named) {
        ([], _) => Ok(None),
        ([one], None) => Ok(Some(one.id)),
        (_, Some(named)) => profiles
            .iter()
            .find(|p| p.name.eq_ignore_ascii_case(named) || p.initials.eq_ignore_ascii_case(named))
            .map(|p| Some(p.id))
            .ok_or_else(|| Failure {
                more: Some(json!({ "decide_with": names() })),
                ..Failure::usage("No profile of that name is in this backup.")
            }),
        (_, None) => Err(Failure::undecided(
            "which_profile",
            "Several profiles can open this backup. Say whose passphrase it is with --as.",
            names(),
        )),
    }
}

/// The key from a file: a line that begins like one, or the whole file.
fn recovery_key(file: &Path) -> Result<Zeroizing<String>, Failure> {
    let unreadable = || Failure::new(Exit::Usage, "usage", "The recovery key file can't be read.");
    let text = Zeroizing::new(std::fs::read_to_string(file).map_err(|_| unreadable())?);
    let line =
        text.lines().map(str::trim).find(|line| line.len() > 60 && line.starts_with("AGE-SECRET-KEY-1"));
    Ok(Zeroizing::new(line.unwrap_or(&text).to_owned()))
}
