//! `drill`: could the practice be restored from its newest backup?

use std::ops::ControlFlow;

use baton_core::vault::{Machine, drill};

use crate::answer::{Answer, Failure};
use crate::arguments::Arguments;
use crate::exit::Exit;
use crate::open::with_unlocked;

/// Tests it. A backup that fails is an answer, with the exit code of damage.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let machine = Machine::here()?;
    let report = with_unlocked(arguments, |unlocked| {
        Ok(drill(&machine, unlocked, &mut |_, _| ControlFlow::Continue(()))?)
    })?;
    let text = match &report.problem {
        None => format!(
            "The practice can be restored from {}: {} partners, {} referrals, {} history entries.",
            report.backup.folder, report.partners, report.referrals, report.entries
        ),
        Some(problem) => format!("The practice can't be restored from {}: {problem}.", report.backup.folder),
    };
    let exit = if report.ok { Exit::Ok } else { Exit::Damaged };
    Ok(Answer { exit, ..Answer::new(&report, text)? })
}
