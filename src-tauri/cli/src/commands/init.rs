//! `init`: a new practice.

use baton_core::vault::{self, Machine, NewPractice};
use serde_json::json;

use crate::answer::{Answer, Failure};
use crate::arguments::{Arguments, Init};
use crate::exit::Exit;
use crate::open;

/// Creates the practice and tells its recovery key once.
pub fn run(arguments: &Arguments, what: &Init) -> Result<Answer, Failure> {
    let machine = Machine::here()?;
    let passphrase = open::passphrase(arguments)?.ok_or_else(|| {
        Failure::usage(
            "A new practice needs a passphrase: give --passphrase-file, or the passphrase on standard input.",
        )
    })?;
    if what.recovery_file.as_ref().is_some_and(|file| file.exists()) {
        return Err(Failure::new(
            Exit::Unwritable,
            "file_exists",
            "The file for the recovery sheet exists already. Choose another name.",
        ));
    }
    let new = NewPractice {
        name: what.name.clone(),
        state: what.state.clone(),
        time_zone: what.time_zone.clone(),
        profile_name: what.profile_name.clone(),
        profile_initials: String::new(),
    };
    let created = vault::create(&machine, &arguments.practice, &new, &passphrase)?;
    let unlocked = &created.unlocked;
    let described = unlocked.describe().map_err(Failure::from)?;
    let sheet = created.recovery.sheet(&described, unlocked.practice().today());
    let mut told =
        json!({ "practice": described.name, "folder": described.folder, "vault_id": described.vault_id });
    let mut text = format!("{} was created in {}.\n", described.name, described.folder);
    match &what.recovery_file {
        Some(file) => {
            vault::save_sheet(&sheet, file)?;
            told["recovery_file"] = json!(file);
            text.push_str("The recovery sheet was saved. Print it, keep it away from this computer and remove the file.\n");
        }
        None => {
            told["recovery_sheet"] = json!(sheet.text.as_str());
            text.push_str("\nThis is shown once. Keep it away from this computer:\n\n");
            text.push_str(&sheet.text);
        }
    }
    unlocked.lock()?;
    Answer::new(&told, text)
}
