//! The National Provider Identifier: ten digits, the last of which checks the others.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A National Provider Identifier whose check digit is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Npi(u64);

/// Why a text is no NPI. Nothing is ever repaired: a guessed identifier would name another provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum NpiError {
    /// Nothing was given.
    #[error("no NPI was given")]
    Empty,
    /// Something other than digits.
    #[error("an NPI is ten digits and nothing else")]
    NotDigits,
    /// Not ten digits.
    #[error("an NPI has exactly ten digits")]
    Length,
    /// NPIs begin with 1 or 2.
    #[error("an NPI begins with 1 or 2")]
    FirstDigit,
    /// The tenth digit does not fit the other nine.
    #[error("the check digit of this NPI is wrong; one of its digits was probably mistyped")]
    CheckDigit,
    /// A form such as `1.23457E+09`.
    #[error("the spreadsheet shortened this NPI and lost digits; format the column as text and export again")]
    LostDigits,
}

impl Npi {
    /// Reads an NPI, ignoring white space around it.
    pub fn parse(text: &str) -> Result<Self, NpiError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NpiError::Empty);
        }
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(if is_scientific(text) { NpiError::LostDigits } else { NpiError::NotDigits });
        }
        if text.len() != 10 {
            return Err(NpiError::Length);
        }
        if !text.starts_with(['1', '2']) {
            return Err(NpiError::FirstDigit);
        }
        if !check_digit_fits(text.as_bytes()) {
            return Err(NpiError::CheckDigit);
        }
        text.parse().map(Npi).map_err(|_| NpiError::NotDigits)
    }

    /// Finds an NPI someone wrote into running text, as in `NPI: 1234567893; ask for Tanya`.
    pub fn find_in(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        let mut from = 0;
        while let Some(found) = lower[from..].find("npi") {
            let after = from + found + 3;
            let rest = lower[after..].trim_start_matches([' ', ':', '#', '=', '.', '-', '\u{a0}']);
            let rest = rest.strip_prefix("no").map_or(rest, |rest| rest.trim_start_matches(['.', ' ', ':']));
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            if let Ok(npi) = Self::parse(&rest[..digits]) {
                return Some(npi);
            }
            from = after;
        }
        None
    }
}

impl fmt::Display for Npi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:010}", self.0)
    }
}

impl Serialize for Npi {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Npi {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

fn is_scientific(text: &str) -> bool {
    text.contains(['e', 'E']) && text.parse::<f64>().is_ok_and(|value| value >= 1e8)
}

/// Luhn over `80840` followed by the NPI (CMS, 45 CFR 162.406): the prefix adds a constant 24.
fn check_digit_fits(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0');
            match (place % 2, digit * 2) {
                (0, _) => digit,
                (_, doubled @ 0..=9) => doubled,
                (_, doubled) => doubled - 9,
            }
        })
        .sum();
    (sum + 24).is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_npi_is_ten_digits_with_a_fitting_check_digit() {
        let cases = [
            ("1234567893", Ok(())),
            (" 1234567893\t", Ok(())),
            ("1234567890", Err(NpiError::CheckDigit)),
            ("123456789", Err(NpiError::Length)),
            ("12345678930", Err(NpiError::Length)),
            ("3234567893", Err(NpiError::FirstDigit)),
            ("1.23457E+09", Err(NpiError::LostDigits)),
            ("1234567893.0", Err(NpiError::NotDigits)),
            ("", Err(NpiError::Empty)),
            ("n/a", Err(NpiError::NotDigits)),
        ];
        for (text, expected) in cases {
            assert_eq!(Npi::parse(text).map(|_| ()), expected, "{text:?}");
        }
    }

    #[test]
    fn an_npi_written_into_a_note_is_found() {
        for text in ["NPI: 1234567893; ask for Tanya", "call first, npi#1234567893", "NPI no. 1234567893"] {
            assert_eq!(
                Npi::find_in(text).map(|npi| npi.to_string()).as_deref(),
                Some("1234567893"),
                "{text:?}"
            );
        }
        assert_eq!(Npi::find_in("1234567893 is the fax"), None);
        assert_eq!(Npi::find_in("NPI: 1234567890"), None);
    }
}
