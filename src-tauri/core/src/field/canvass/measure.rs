//! How many attempts a talk takes.

use serde::{Deserialize, Serialize};

use super::CanvassOutcome;

/// The measure `attempts_per_success`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct AttemptsPerSuccess {
    /// All attempts.
    pub attempts: u32,
    /// Those that came to a talk.
    pub talks: u32,
    /// Attempts ÷ talks; none without a talk.
    pub ratio: Option<f64>,
}

/// The measure `attempts_per_success`: attempts ÷ those with the outcome "talk". Seven attempts with two talks: 3.5. Without a talk
/// there is no ratio, only the count.
pub fn attempts_per_success(outcomes: &[CanvassOutcome]) -> AttemptsPerSuccess {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let attempts = count(outcomes.len());
    let talks = count(outcomes.iter().filter(|outcome| **outcome == CanvassOutcome::Talk).count());
    let ratio = (talks > 0).then(|| f64::from(attempts) / f64::from(talks));
    AttemptsPerSuccess { attempts, talks, ratio }
}

#[cfg(test)]
mod tests {
    use super::*;
    use CanvassOutcome::{Gatekeeper, LeftCard, NoAnswer, Talk, TryAgain};

    #[test]
    fn seven_attempts_with_two_talks_are_three_and_a_half() {
        let found = attempts_per_success(&[NoAnswer, Talk, LeftCard, Gatekeeper, TryAgain, Talk, NoAnswer]);
        assert_eq!(found, AttemptsPerSuccess { attempts: 7, talks: 2, ratio: Some(3.5) });
    }

    #[test]
    fn without_a_talk_there_is_no_ratio() {
        assert_eq!(attempts_per_success(&[NoAnswer; 4]).ratio, None);
        assert_eq!(attempts_per_success(&[]), AttemptsPerSuccess::default());
    }
}
