//! Text as people compare it: without case, accents and punctuation, and by its sound.

use std::collections::HashMap;

use rphonetic::DoubleMetaphone;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without accents: "Søndergaard" → "sondergaard", "Thérèse" → "therese".
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        out.push_str(text);
        out.make_ascii_lowercase();
        return out;
    }
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ø' => out.push('o'),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ß' => out.push_str("ss"),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'ı' => out.push('i'),
            '’' | '‘' | 'ʼ' => out.push('\''),
            c if is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Folded words, apostrophes closed up: "O'Halloran-Smith, MD" → `ohalloran`, `smith`, `md`.
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|w| if w.contains('\'') { w.replace('\'', "") } else { w.to_owned() })
        .filter(|w| !w.is_empty())
        .collect()
}

/// How a folded word sounds (Double Metaphone, L. Philips 2000: primary and, where it differs, alternate code).
pub fn sounds(word: &str) -> Vec<String> {
    if word.chars().count() < 2 || !word.chars().all(|c| c.is_ascii_alphabetic()) {
        return Vec::new();
    }
    let both = DoubleMetaphone::default().double_metaphone(word);
    let mut codes: Vec<String> = [both.primary(), both.alternate()]
        .into_iter()
        .filter(|c| !c.is_empty())
        .map(|c| format!("{SOUND}{}", c.to_lowercase()))
        .collect();
    codes.dedup();
    codes
}

/// What stands before a sound among the terms of the index, so that it is never taken for a word.
pub const SOUND: &str = "9x";

/// Tells the terms under which a name is found, and remembers how words sound: the same ones come again and again.
#[derive(Default)]
pub struct Ear(HashMap<String, Vec<String>>);

impl Ear {
    /// How many words it remembers before it starts anew.
    const MOST: usize = 20_000;

    /// The words of a name and how they sound, separated by spaces.
    pub fn terms(&mut self, text: &str) -> String {
        let words = words(text);
        let mut all = words.join(" ");
        for word in words.iter().filter(|word| word.bytes().all(|b| b.is_ascii_alphabetic())) {
            if self.0.len() >= Self::MOST {
                self.0.clear();
            }
            if !self.0.contains_key(word) {
                self.0.insert(word.clone(), sounds(word));
            }
            for code in &self.0[word] {
                all.push(' ');
                all.push_str(code);
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_apostrophes_do_not_matter() {
        assert_eq!(words("Thérèse O’Halloran"), ["therese", "ohalloran"]);
        assert_eq!(fold("SØNDERGAARD"), "sondergaard");
    }

    #[test]
    fn an_ear_that_knows_the_words_hears_the_same() {
        let mut ear = Ear::default();
        for text in ["Jon Smyth C-17", "John O’Halloran", "", "Jon Jon"] {
            let new = ear.terms(text);
            assert_eq!(ear.terms(text), new);
            let sounding = words(text).iter().flat_map(|word| sounds(word)).collect::<Vec<_>>();
            assert_eq!(new, [words(text), sounding].concat().join(" "));
        }
    }

    #[test]
    fn names_that_sound_alike_share_a_term() {
        assert_eq!(sounds("jon"), sounds("john"));
        assert!(sounds("smyth").iter().any(|s| sounds("smith").contains(s)));
        assert!(!sounds("ito").iter().any(|s| sounds("brandt").contains(s)));
    }
}
