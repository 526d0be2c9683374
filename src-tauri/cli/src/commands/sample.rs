//! `sample`: an invented practice, to look around or to measure.

use baton_core::sample::{SampleSize, create_into};
use serde_json::json;

use crate::answer::{Answer, Failure};
use crate::arguments::{Arguments, Sample, Size};
use crate::exit::Exit;
use crate::open::with_practice;

/// Fills the practice, which must be empty: what is invented never mixes with what is real.
pub fn run(arguments: &Arguments, what: &Sample) -> Result<Answer, Failure> {
    let size = match what.size {
        Size::Small => SampleSize::Small,
        Size::Medium => SampleSize::Medium,
        Size::Large => SampleSize::Large,
    };
    let made = with_practice(arguments, |practice| {
        if baton_core::insights::has_referrals(practice)? {
            return Err(Failure::new(
                Exit::Failed,
                "not_empty",
                "This practice holds referrals. Make a new one with init and fill that.",
            ));
        }
        Ok(create_into(practice, size, practice.today())?)
    })?;
    let text = format!(
        "{} partners, {} people and {} referrals were invented.",
        made.partners, made.people, made.referrals
    );
    Answer::new(
        &json!({ "partners": made.partners, "people": made.people, "referrals": made.referrals }),
        text,
    )
}
