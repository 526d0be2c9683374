//! `check`: is everything whole?

use baton_core::vault::check;

use crate::answer::{Answer, Failure};
use crate::arguments::Arguments;
use crate::exit::Exit;
use crate::open::with_unlocked;

/// Reads everything. Damage is an answer, with an exit code of its own.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let report = with_unlocked(arguments, |unlocked| Ok(check(unlocked)?))?;
    let text = if report.ok {
        format!("Everything is whole: the file and {} history entries.", report.history_entries)
    } else {
        let mut text = String::from("Something is damaged. Restore the newest backup.\n");
        if !report.file_whole {
            text.push_str("  practice.db does not read back whole\n");
        }
        if let Some(entry) = report.history_broken_at {
            text.push_str(&format!("  the history does not verify from entry {entry} on\n"));
        }
        if !report.history_complete {
            text.push_str("  the newest changes are missing\n");
        }
        text
    };
    let exit = if report.ok { Exit::Ok } else { Exit::Damaged };
    Ok(Answer { exit, ..Answer::new(&report, text)? })
}
