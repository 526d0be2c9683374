//! Waiting after wrong passphrases: 0, 0, 1, 2, 4 … 30 seconds. The real defence is the cost of the key itself.

use std::time::{Duration, Instant};

use super::error::VaultError;

/// The longest wait.
const LONGEST: Duration = Duration::from_secs(30);

/// Wrong passphrases in a row, kept by whoever asks for them, as long as the process lives.
#[derive(Clone, Debug, Default)]
pub struct Attempts {
    wrong: u32,
    not_before: Option<Instant>,
}

impl Attempts {
    /// Whether one may try at `now`.
    ///
    /// # Errors
    /// [`VaultError::TooSoon`] with the seconds left.
    pub fn check(&self, now: Instant) -> Result<(), VaultError> {
        let left = self.not_before.map_or(Duration::ZERO, |at| at.saturating_duration_since(now));
        if left.is_zero() {
            return Ok(());
        }
        let seconds = u32::try_from(left.as_millis().div_ceil(1000)).unwrap_or(u32::MAX);
        Err(VaultError::TooSoon { seconds })
    }

    /// Learns how a try ended.
    pub fn learn<T>(&mut self, result: &Result<T, VaultError>, now: Instant) {
        match result {
            Ok(_) => *self = Self::default(),
            Err(VaultError::WrongPassphrase) => {
                self.wrong += 1;
                self.not_before = Some(now + delay(self.wrong));
            }
            Err(_) => {}
        }
    }
}

/// How long to wait after so many wrong passphrases.
fn delay(wrong: u32) -> Duration {
    match wrong {
        0..=2 => Duration::ZERO,
        3..=7 => Duration::from_secs(1 << (wrong - 3)),
        _ => LONGEST,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_from_the_third_wrong_passphrase_and_end_with_a_right_one() {
        let mut attempts = Attempts::default();
        let mut now = Instant::now();
        let waits: Vec<u32> = (0..10)
            .map(|_| {
                attempts.check(now).expect("the wait is over");
                attempts.learn(&Err::<(), _>(VaultError::WrongPassphrase), now);
                let seconds = match attempts.check(now) {
                    Err(VaultError::TooSoon { seconds }) => seconds,
                    _ => 0,
                };
                now += Duration::from_secs(u64::from(seconds));
                seconds
            })
            .collect();
        assert_eq!(waits, [0, 0, 1, 2, 4, 8, 16, 30, 30, 30]);
        attempts.learn(&Ok(()), now);
        attempts.learn(&Err::<(), _>(VaultError::WrongPassphrase), now);
        assert!(attempts.check(now).is_ok(), "counting starts again");
    }

    #[test]
    fn a_damaged_file_is_not_a_wrong_passphrase() {
        let mut attempts = Attempts::default();
        let now = Instant::now();
        for _ in 0..9 {
            attempts.learn(&Err::<(), _>(VaultError::DatabaseDamaged), now);
        }
        assert!(attempts.check(now).is_ok());
    }
}
