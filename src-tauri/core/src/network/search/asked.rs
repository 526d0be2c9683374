//! What somebody typed, as the index is asked.

use super::rank::Typed;
use crate::foundation::text;

/// So many words are looked at.
const WORDS: usize = 8;

/// How people are addressed.
const TITLES: &[&str] = &["dr", "doctor", "mr", "mrs", "ms", "prof"];
/// Words people write short or in full.
const SHORT: &[(&str, &str)] = &[("st", "saint"), ("mt", "mount"), ("ft", "fort")];

/// The other way to write a word.
pub(super) fn written_otherwise(word: &str) -> Option<&'static str> {
    SHORT.iter().find_map(|(short, full)| match word {
        _ if word == *short => Some(*full),
        _ if word == *full => Some(*short),
        _ => None,
    })
}

/// The words of a search: folded; a telephone number is one word.
#[derive(Debug, PartialEq)]
pub(super) struct Asked {
    pub(super) words: Vec<Typed>,
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
            // How somebody is addressed is not part of the name.
            if words.iter().any(|word| !TITLES.contains(&word.as_str())) {
                words.retain(|word| !TITLES.contains(&word.as_str()));
            }
            words.truncate(WORDS);
            words
        };
        (!words.is_empty()).then(|| Self { words: words.into_iter().map(Typed::new).collect() })
    }

    /// The words alone.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|typed| typed.word.as_str())
    }

    /// Whether the one word is a number: a telephone, an NPI, a chart.
    pub(super) fn is_number(&self) -> bool {
        matches!(self.words.as_slice(), [one] if one.word.bytes().all(|b| b.is_ascii_digit()))
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
        self.each(sounding)
    }

    /// All words as beginnings, by their sound, or past a slip.
    pub(super) fn near(&self, neighbours: &[Vec<String>]) -> String {
        let mut neighbours = neighbours.iter();
        self.each(|word| {
            let mut terms = sounding(word);
            terms.extend(neighbours.next().into_iter().flatten().map(|near| quoted(near)));
            terms
        })
    }

    /// Any word as a beginning; short ones tell too little.
    pub(super) fn any(&self) -> Option<String> {
        let terms: Vec<String> = self.words().filter(|word| word.len() > 2).map(beginning).collect();
        (terms.len() > 1).then(|| terms.join(" OR "))
    }

    fn each(&self, mut terms: impl FnMut(&str) -> Vec<String>) -> String {
        let all: Vec<String> = self.words().map(|word| format!("({})", terms(word).join(" OR "))).collect();
        all.join(" AND ")
    }
}

/// A word as a beginning, by its sound or written otherwise.
fn sounding(word: &str) -> Vec<String> {
    let mut terms = vec![beginning(word)];
    terms.extend(text::sounds(word).iter().map(|sound| quoted(sound)));
    terms.extend(written_otherwise(word).map(quoted));
    terms
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
            assert_eq!(asked.words().collect::<Vec<_>>(), ["2075550133"], "{typed}");
            assert!(asked.is_number());
        }
    }

    #[test]
    fn what_is_typed_never_becomes_syntax() {
        for typed in ["a\" OR b", "NOT x*", "(((", "\"\"", "col:val", "^x + y"] {
            if let Some(asked) = Asked::read(typed) {
                assert!(asked.words().all(|word| word.chars().all(char::is_alphanumeric)), "{typed}");
            }
        }
        assert_eq!(Asked::read(" - \" "), None);
    }
}
