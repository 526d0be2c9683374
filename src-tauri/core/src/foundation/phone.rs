//! Telephone numbers: kept as written, compared by their digits.

/// The form of a telephone number that is compared and searched: digits alone, without the country code of North
/// America, the extension apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhoneDigits {
    /// The digits; seven when the area code was left out.
    pub digits: String,
    /// The extension, when one was written.
    pub extension: Option<String>,
}

impl PhoneDigits {
    /// Reads a number in any of the usual spellings; `None` when it has fewer than seven digits or other letters.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, extension) = split_extension(text.trim());
        let mut digits = String::with_capacity(12);
        for letter in number.chars() {
            match letter {
                '0'..='9' => digits.push(letter),
                '+'
                | '-'
                | '.'
                | ' '
                | '('
                | ')'
                | '/'
                | '\u{a0}'
                | '\u{2010}'..='\u{2015}'
                | '\u{202d}'
                | '\u{202c}' => {}
                _ => return None,
            }
        }
        if digits.len() == 11 && digits.starts_with('1') {
            digits.remove(0);
        } else if digits.len() == 12 && digits.starts_with("01") {
            digits.drain(..2);
        }
        (7..=15).contains(&digits.len()).then_some(Self { digits, extension })
    }

    /// Whether two numbers may be the same line; a number without area code fits any area.
    pub fn fits(&self, other: &Self) -> bool {
        let (short, long) =
            if self.digits.len() <= other.digits.len() { (self, other) } else { (other, self) };
        short.digits == long.digits
            || (short.digits.len() == 7 && long.digits.len() == 10 && long.digits.ends_with(&short.digits))
    }
}

/// Splits a cell that holds several numbers, as in `207-555-1204 / 207-555-1205`.
pub fn split_numbers(cell: &str) -> Vec<&str> {
    let parts: Vec<&str> = cell
        .split([';', ',', '|', '\n'])
        .flat_map(|part| part.split(" / "))
        .flat_map(|part| part.split(" or "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() > 1 && parts.iter().all(|part| PhoneDigits::parse(part).is_some()) {
        parts
    } else {
        let whole = cell.trim();
        if whole.is_empty() { Vec::new() } else { vec![whole] }
    }
}

fn split_extension(text: &str) -> (&str, Option<String>) {
    let Some(at) = text.find(['x', 'X', 'e', 'E', '#']) else {
        return (text, None);
    };
    let (number, rest) = text.split_at(at);
    let lower = rest.to_ascii_lowercase();
    for mark in ["extension", "ext.", "ext", "ex", "x", "#"] {
        if let Some(digits) = lower.strip_prefix(mark) {
            let digits = digits.trim_matches([' ', '.', ':']);
            if !digits.is_empty() && digits.len() <= 6 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return (number, Some(digits.to_owned()));
            }
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_spellings_of_one_number_are_one_number() {
        for text in [
            "2075555283",
            "+12075555283",
            "1-207-555-5283",
            "(207) 555-5283",
            "(207)555-5283",
            "207.555.5283",
            "+1 207 555 5283",
            "207-555-5283 x8",
            "(207) 555-5283 ext. 132",
            "207/555-5283",
            "207\u{2011}555\u{2011}5283",
        ] {
            assert_eq!(
                PhoneDigits::parse(text).map(|phone| phone.digits).as_deref(),
                Some("2075555283"),
                "{text:?}"
            );
        }
        assert_eq!(
            PhoneDigits::parse("207-555-5283 x8").and_then(|phone| phone.extension).as_deref(),
            Some("8")
        );
    }

    #[test]
    fn a_number_without_area_code_fits_the_one_with_it() {
        let (Some(short), Some(long)) = (PhoneDigits::parse("555-8164"), PhoneDigits::parse("207-555-8164"))
        else {
            panic!("both are numbers");
        };
        assert!(short.fits(&long) && long.fits(&short));
    }

    #[test]
    fn words_and_short_numbers_are_no_telephone() {
        for text in ["", "call first", "12345", "see notes 2075555283"] {
            assert_eq!(PhoneDigits::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn two_numbers_in_one_cell_are_two() {
        assert_eq!(split_numbers("207-555-1204 / 207-555-1205"), ["207-555-1204", "207-555-1205"]);
        assert_eq!(split_numbers("207-555-1204, ask for Jo"), ["207-555-1204, ask for Jo"]);
        assert!(split_numbers("  ").is_empty());
    }
}
