//! Amounts as people and programs write them, read into whole cents.

use serde::{Deserialize, Serialize};

/// Which sign stands before the cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum DecimalSign {
    /// `1,234.50`
    Point,
    /// `1.234,50`
    Comma,
}

/// What an amount tells about the decimal sign of its column; `None` when it fits both.
pub fn decimal_evidence(text: &str) -> Option<DecimalSign> {
    let text = text.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let point = text.rfind('.');
    let comma = text.rfind(',');
    let (at, sign) = match (point, comma) {
        (Some(point), Some(comma)) if point > comma => return Some(DecimalSign::Point),
        (Some(_), Some(_)) => return Some(DecimalSign::Comma),
        (Some(point), None) => (point, DecimalSign::Point),
        (None, Some(comma)) => (comma, DecimalSign::Comma),
        (None, None) => return None,
    };
    let mark = text.as_bytes()[at];
    let marks = text.bytes().filter(|byte| *byte == mark).count();
    let after = text.len() - at - 1;
    match (marks, after) {
        (1, 3) => None,
        (1, _) => Some(sign),
        _ => Some(if sign == DecimalSign::Point { DecimalSign::Comma } else { DecimalSign::Point }),
    }
}

/// Reads an amount into cents; `None` when the text is no amount. Parentheses and a minus at either end are negative.
pub fn parse_cents(text: &str, sign: DecimalSign) -> Option<i64> {
    let text = text.trim();
    let mut negative = text.starts_with('(') && text.ends_with(')');
    let decimal = if sign == DecimalSign::Point { '.' } else { ',' };
    let (mut whole, mut fraction, mut places, mut after, mut any) = (0i64, 0i64, 0u32, false, false);
    let mut round_up = false;
    for letter in text.chars() {
        match letter {
            '0'..='9' => {
                any = true;
                let digit = i64::from(letter as u32 - '0' as u32);
                if !after {
                    whole = whole.checked_mul(10)?.checked_add(digit)?;
                } else if places < 2 {
                    fraction = fraction * 10 + digit;
                    places += 1;
                } else {
                    if places == 2 {
                        round_up = digit >= 5;
                    }
                    places += 1;
                }
            }
            _ if letter == decimal && !after => after = true,
            '.' | ',' if !after && letter != decimal => {}
            '\'' | '\u{2019}' | ' ' | '\u{a0}' | '\u{202f}' | '$' | '€' | '£' | '(' | ')' | '+' => {}
            '-' | '\u{2212}' => negative = true,
            'A'..='Z' | 'a'..='z' => {}
            _ => return None,
        }
    }
    let words: String =
        text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
    if !any || !matches!(words.as_str(), "" | "usd" | "us" | "eur" | "cad" | "gbp" | "cr" | "dr") {
        return None;
    }
    if places == 1 {
        fraction *= 10;
    }
    let cents = whole.checked_mul(100)?.checked_add(fraction + i64::from(round_up))?;
    Some(if negative { -cents } else { cents })
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalSign::{Comma, Point};

    #[test]
    fn amounts_are_read_to_the_cent() {
        let cases = [
            ("4.146,50", Comma, Some(414_650)),
            ("212,00", Comma, Some(21_200)),
            ("$1,234.50", Point, Some(123_450)),
            ("(12.30)", Point, Some(-1_230)),
            ("-5", Point, Some(-500)),
            ("1'234.50", Point, Some(123_450)),
            ("1 234,5 €", Comma, Some(123_450)),
            ("340.5", Point, Some(34_050)),
            ("213.43999999999997", Point, Some(21_344)),
            ("USD 12", Point, Some(1_200)),
            ("", Point, None),
            ("n/a", Point, None),
            ("12 visits", Point, None),
        ];
        for (text, sign, expected) in cases {
            assert_eq!(parse_cents(text, sign), expected, "{text:?}");
        }
    }

    #[test]
    fn the_decimal_sign_is_read_from_what_cannot_be_otherwise() {
        let cases = [
            ("4.146,50", Some(Comma)),
            ("212,00", Some(Comma)),
            ("1,234.50", Some(Point)),
            ("1.234", None),
            ("1,234", None),
            ("12.5", Some(Point)),
            ("1,234,567", Some(Point)),
            ("1.234.567", Some(Comma)),
            ("12", None),
        ];
        for (text, expected) in cases {
            assert_eq!(decimal_evidence(text), expected, "{text:?}");
        }
    }
}
