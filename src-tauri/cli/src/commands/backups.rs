//! `backups list`: which backups there are. No passphrase is needed.

use baton_core::vault::{Backup, Machine, describe, known_backups};
use serde_json::json;

use crate::answer::{Answer, Failure};
use crate::arguments::Arguments;
use crate::exit::Exit;

/// Lists them, the newest first.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    if !arguments.practice.join("backups").is_dir() {
        describe(&arguments.practice)?;
        return Err(Failure::new(Exit::NoPractice, "no_backup", "There is no backup yet."));
    }
    let backups = known_backups(&Machine::here()?, &arguments.practice);
    let lines: Vec<String> = backups.iter().map(line).collect();
    Answer::new(&json!({ "backups": backups }), lines.join("\n"))
}

fn line(backup: &Backup) -> String {
    let state = if backup.verified { "verified" } else { "not verified" };
    let why = serde_json::to_value(backup.why).ok();
    let why = why.as_ref().and_then(|why| why.as_str()).unwrap_or_default().replace('_', " ");
    format!("{}  {state}, {why}", backup.folder)
}
