//! What somebody typed, as the index is asked.

use crate::foundation::text;

/// So many words are looked at.
const WORDS: usize = 8;

/// The words of a search: folded; a telephone number is one word.
#[derive(Debug, PartialEq)]
pub(super) struct Asked {
    pub(super) words: Vec<String>,
}

impl Asked {
    /// Nothing if there is nothing to look for.
    pub(super) fn read(typed: &str) -> Option<Self> {
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let words = if digits.len() >= 4 && !typed.chars().any(char::is_alphabetic) {
            let local = if digits.len() == 11 { digits.strip_prefix('1') } else { None };
            vec![local.unwrap_or(&digits).to_owned()]
        } else {
            let mut words = text::words(typed);
            words.truncate(WORDS);
            words
        };
        (!words.is_empty()).then_some(Self { words })
    }

    /// Whether the one word is a number: a telephone, an NPI, a chart.
    pub(super) fn is_number(&self) -> bool {
        matches!(self.words.as_slice(), [one] if one.bytes().all(|b| b.is_ascii_digit()))
    }

    /// All words as they are.
    pub(super) fn exactly(&self) -> String {
        self.each(|word| vec![quoted(word)])
    }

    /// All words as beginnings.
    pub(super) fn beginnings(&self) -> String {
        self.each(|word| vec![beginning(word)])
    }

    /// All words as beginnings or by their sound.
    pub(super) fn sounds(&self) -> String {
        self.each(|word| {
            let mut terms = vec![beginning(word)];
            terms.extend(text::sounds(word).iter().map(|sound| quoted(sound)));
            terms
        })
    }

    /// All words as beginnings, by their sound, or past a slip.
    pub(super) fn near(&self, neighbours: &[Vec<String>]) -> String {
        let mut neighbours = neighbours.iter();
        self.each(|word| {
            let mut terms = vec![beginning(word)];
            terms.extend(text::sounds(word).iter().map(|sound| quoted(sound)));
            terms.extend(neighbours.next().into_iter().flatten().map(|near| quoted(near)));
            terms
        })
    }

    /// Any word as a beginning; short ones tell too little.
    pub(super) fn any(&self) -> Option<String> {
        let terms: Vec<String> = self.words.iter().filter(|word| word.len() > 2).map(|word| beginning(word)).collect();
        (terms.len() > 1).then(|| terms.join(" OR "))
    }

    fn each(&self, mut terms: impl FnMut(&str) -> Vec<String>) -> String {
        let all: Vec<String> = self.words.iter().map(|word| format!("({})", terms(word).join(" OR "))).collect();
        all.join(" AND ")
    }
}

fn quoted(word: &str) -> String {
    format!("\"{word}\"")
}

fn beginning(word: &str) -> String {
    format!("\"{word}\"*")
}

/// The full-text expression of words typed into a filter; nothing if there are none.
pub(in crate::network) fn matching(typed: &str, by_sound: bool) -> Option<String> {
    let asked = Asked::read(typed)?;
    Some(if by_sound { asked.sounds() } else { asked.beginnings() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_is_one_word_however_it_is_written() {
        for typed in ["(207) 555-0133", "207.555.0133", "+1 207 555 0133"] {
            let asked = Asked::read(typed).unwrap();
            assert_eq!(asked.words, ["2075550133"], "{typed}");
            assert!(asked.is_number());
        }
    }

    #[test]
    fn what_is_typed_never_becomes_syntax() {
        for typed in ["a\" OR b", "NOT x*", "(((", "\"\"", "col:val", "^x + y"] {
            if let Some(asked) = Asked::read(typed) {
                assert!(asked.words.iter().all(|word| word.chars().all(char::is_alphanumeric)), "{typed}");
            }
        }
        assert_eq!(Asked::read(" - \" "), None);
    }
}
