//! Opening the practice without asking anybody.

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal};
use std::path::Path;

use baton_core::Practice;
use baton_core::foundation::id::ProfileId;
use baton_core::vault::{self, LockedPractice, Machine, OnDoubt, Passphrase, Unlocked};
use serde_json::json;
use zeroize::Zeroizing;

use crate::answer::Failure;
use crate::arguments::Arguments;
use crate::exit::Exit;

/// More than any passphrase.
const LONGEST_LINE: u64 = 16 * 1024;

/// Unlocks the practice, lets `work` do its part and locks again, whatever came of it.
pub fn with_practice<T>(
    arguments: &Arguments,
    work: impl FnOnce(&Practice) -> Result<T, Failure>,
) -> Result<T, Failure> {
    with_unlocked(arguments, |unlocked| work(unlocked.practice()))
}

/// The same with the open vault.
pub fn with_unlocked<T>(
    arguments: &Arguments,
    work: impl FnOnce(&Unlocked) -> Result<T, Failure>,
) -> Result<T, Failure> {
    with_passphrase(arguments, |unlocked, _| work(unlocked))
}

/// The same with the passphrase it was opened by; none means the keyring.
pub fn with_passphrase<T>(
    arguments: &Arguments,
    work: impl FnOnce(&Unlocked, Option<&Passphrase>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let (unlocked, passphrase) = unlock(arguments)?;
    let done = work(&unlocked, passphrase.as_ref());
    unlocked.lock()?;
    done
}

fn unlock(arguments: &Arguments) -> Result<(Unlocked, Option<Passphrase>), Failure> {
    let machine = Machine::here()?;
    let locked = vault::describe(&arguments.practice)?;
    let profile = whose(&locked, arguments.whose.as_deref())?;
    let on_doubt = if arguments.accept_doubt { OnDoubt::OpenKnowingly } else { OnDoubt::Refuse };
    let passphrase = passphrase(arguments)?;
    let unlocked = match &passphrase {
        Some(passphrase) => vault::unlock(&machine, &arguments.practice, profile, passphrase, on_doubt)?,
        None => vault::unlock_from_keyring(&machine, &arguments.practice, profile, on_doubt)?,
    };
    Ok((unlocked, passphrase))
}

/// The profile that is meant: the only one, or the one named.
fn whose(locked: &LockedPractice, named: Option<&str>) -> Result<ProfileId, Failure> {
    let names =
        || locked.profiles.iter().map(|profile| format!("--as \"{}\"", profile.name)).collect::<Vec<_>>();
    let fits = |profile: &&vault::LockedProfile| {
        named.is_none_or(|named| {
            profile.name.eq_ignore_ascii_case(named) || profile.initials.eq_ignore_ascii_case(named)
        })
    };
    let mut found = locked.profiles.iter().filter(fits);
    match (found.next(), found.next(), named) {
        (Some(one), None, _) => Ok(one.id),
        (Some(_), Some(_), _) => Err(Failure::undecided(
            "which_profile",
            "Several profiles can unlock this practice. Say whose passphrase it is with --as.",
            json!(names()),
        )),
        (None, _, Some(_)) => Err(Failure {
            more: Some(json!({ "decide_with": names() })),
            ..Failure::usage("No profile of that name can unlock this practice.")
        }),
        (None, _, None) => {
            Err(Failure::new(Exit::NoPractice, "no_such_profile", "No profile can unlock this practice."))
        }
    }
}

/// The passphrase from where it was put; none means the keyring.
pub fn passphrase(arguments: &Arguments) -> Result<Option<Passphrase>, Failure> {
    if arguments.keyring {
        return Ok(None);
    }
    if let Some(path) = &arguments.passphrase_file {
        return first_line(open_file(path)?)?.map(Some).ok_or_else(|| {
            Failure::usage("The passphrase file is empty. Put the passphrase on its first line.")
        });
    }
    let input = std::io::stdin();
    if input.is_terminal() { Ok(None) } else { first_line(input.lock()) }
}

fn open_file(path: &Path) -> Result<BufReader<File>, Failure> {
    File::open(path).map(BufReader::new).map_err(|_| {
        Failure::usage(
            "The passphrase file can't be opened. Check its name and that this account may read it.",
        )
    })
}

/// The first line without its end; none if there is nothing.
fn first_line(from: impl BufRead) -> Result<Option<Passphrase>, Failure> {
    let mut line = Zeroizing::new(String::with_capacity(512));
    from.take(LONGEST_LINE)
        .read_line(&mut line)
        .map_err(|_| Failure::usage("The passphrase is not readable text in UTF-8."))?;
    let text = line.strip_suffix('\n').map_or(line.as_str(), |rest| rest.strip_suffix('\r').unwrap_or(rest));
    if text.is_empty() { Ok(None) } else { Ok(Some(Passphrase::new(text)?)) }
}
