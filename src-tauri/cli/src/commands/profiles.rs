//! `profiles`: who has one, and ending one after somebody left.

use baton_core::vault::{Machine, Member, MemberState, members, retire_profile};
use serde_json::json;

use crate::answer::{Answer, Failure};
use crate::arguments::{Arguments, Profiles, ProfilesKind};
use crate::open::{with_passphrase, with_unlocked};

/// Lists or retires.
pub fn run(arguments: &Arguments, what: &Profiles) -> Result<Answer, Failure> {
    match &what.what {
        ProfilesKind::List => {
            let all = with_unlocked(arguments, |unlocked| Ok(members(unlocked)?))?;
            let text = all.iter().map(line).collect::<Vec<_>>().join("\n");
            Answer::new(&json!({ "profiles": all }), text)
        }
        ProfilesKind::Retire { name } => {
            let gone = with_passphrase(arguments, |unlocked, passphrase| {
                let passphrase = passphrase.ok_or_else(|| {
                    Failure::usage(
                        "Retiring a profile takes the owner's passphrase; the keyring is not enough.",
                    )
                })?;
                let all = members(unlocked)?;
                let gone = one(&all, name)?;
                retire_profile(&Machine::here()?, unlocked, passphrase, gone.id)?;
                Ok(gone.name.clone())
            })?;
            let text = format!(
                "{gone} can't come in any more. Copies made before still open for them: change the practice's key under Settings if that matters."
            );
            Answer::new(&json!({ "retired": gone }), text)
        }
    }
}

/// The profile that is meant, of those that have not ended.
fn one<'a>(all: &'a [Member], name: &str) -> Result<&'a Member, Failure> {
    let fits = |member: &&Member| {
        member.state != MemberState::Retired
            && (member.name.eq_ignore_ascii_case(name) || member.initials.eq_ignore_ascii_case(name))
    };
    let mut found = all.iter().filter(fits);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => Err(Failure::usage("Several profiles are called that. Give the whole name.")),
        (None, _) => Err(Failure::usage("No profile of that name is active in this practice.")),
    }
}

fn line(member: &Member) -> String {
    let state = match member.state {
        MemberState::Active => "",
        MemberState::Waiting => ", has not come in yet",
        MemberState::NoWayIn => ", has no way in",
        MemberState::Ahead => ", begins later",
        MemberState::Retired => ", retired",
    };
    format!("{} ({}), {}{state}", member.name, member.initials, member.role.code())
}
