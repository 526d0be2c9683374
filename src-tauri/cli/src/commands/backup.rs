//! `backup`: a verified copy, in every place this computer knows, in one folder, or as one file for outside.

use std::ops::ControlFlow;
use std::path::Path;

use baton_core::vault::{BackupOutcome, Machine, Unlocked, Why, back_up, back_up_everywhere, save_outside};
use serde_json::{Value, json};

use crate::answer::{Answer, Failure};
use crate::arguments::{Arguments, Backup};
use crate::exit::Exit;
use crate::open::with_unlocked;

/// Makes it.
pub fn run(arguments: &Arguments, what: &Backup) -> Result<Answer, Failure> {
    match (&what.to, &what.age) {
        (None, None) => with_unlocked(arguments, everywhere),
        (to, age) => with_unlocked(arguments, |unlocked| {
            let mut answer = match to {
                Some(folder) => {
                    let made = back_up(unlocked, Some(folder))?;
                    Answer::new(&made, format!("A verified backup was made in {}.", made.folder))?
                }
                None => Answer::new(&json!({}), "")?,
            };
            if let Some(file) = age {
                outside(unlocked, file, &what.recipient, &mut answer)?;
            }
            Ok(answer)
        }),
    }
}

/// One place that fails stops no other; the exit code tells of it all the same.
fn everywhere(unlocked: &Unlocked) -> Result<Answer, Failure> {
    let machine = Machine::here()?;
    let outcomes = back_up_everywhere(&machine, unlocked, Why::Asked, &mut |_, _| ControlFlow::Continue(()))?;
    let (mut text, mut failed) = (Vec::new(), None);
    for outcome in &outcomes {
        match (&outcome.backup, &outcome.problem) {
            (Some(made), _) => text.push(format!("A verified backup was made in {}.", made.folder)),
            (None, Some(problem)) => {
                text.push(format!("No backup in {}: {}.", outcome.folder, problem.sentence));
                failed = failed.or(Some(problem));
            }
            (None, None) => {}
        }
    }
    let own = outcomes.iter().find(|outcome| outcome.own).and_then(|outcome| outcome.backup.as_ref());
    let Some(own) = own else {
        let (code, sentence) =
            failed.map_or(("failed", "No backup was made."), |p| (p.code.as_str(), p.sentence.as_str()));
        return Err(Failure {
            more: Some(json!({ "targets": told(&outcomes) })),
            ..Failure::new(Exit::Unwritable, code, sentence)
        });
    };
    let mut answer = Answer::new(own, text.join("\n"))?;
    answer.json["targets"] = told(&outcomes);
    if failed.is_some() {
        answer.exit = Exit::Unwritable;
    }
    Ok(answer)
}

fn told(outcomes: &[BackupOutcome]) -> Value {
    let one = |outcome: &BackupOutcome| {
        json!({
            "folder": outcome.folder,
            "backup": outcome.backup.as_ref().map(|backup| &backup.folder),
            "removed": outcome.removed,
            "error": outcome.problem.as_ref().map(|p| json!({ "code": p.code, "message": p.sentence })),
        })
    };
    outcomes.iter().map(one).collect()
}

fn outside(
    unlocked: &Unlocked,
    file: &Path,
    recipients: &[String],
    answer: &mut Answer,
) -> Result<(), Failure> {
    if file.exists() {
        return Err(Failure::new(
            Exit::Unwritable,
            "file_exists",
            "The file exists already. Choose another name.",
        ));
    }
    let saved = save_outside(unlocked, file, recipients, &mut |_, _| ControlFlow::Continue(()))?;
    answer.json["age"] = json!({ "file": saved.file, "bytes": saved.bytes, "keys": saved.keys });
    answer.text = format!("{}\nA backup the recovery key opens was written to {}.", answer.text, saved.file)
        .trim_start()
        .to_owned();
    Ok(())
}
