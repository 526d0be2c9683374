//! `backup`: a verified copy.

use baton_core::vault::back_up;

use crate::answer::{Answer, Failure};
use crate::arguments::{Arguments, Backup};
use crate::open::with_unlocked;

/// Makes it.
pub fn run(arguments: &Arguments, what: &Backup) -> Result<Answer, Failure> {
    let made = with_unlocked(arguments, |unlocked| Ok(back_up(unlocked, what.to.as_deref())?))?;
    Answer::new(&made, format!("A verified backup was made in {}.", made.folder))
}
