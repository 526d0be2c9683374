//! How well a name fits what was typed, and which letters of it to print in bold.

use super::asked::written_otherwise;
use crate::foundation::text;

/// How a word typed fits a word of a name, best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The record was found by something else it has: a telephone number, its practice.
    Elsewhere,
    /// Past a slip of the finger.
    Slip,
    /// By its sound.
    Sound,
    /// The beginning of the word.
    Beginning,
    /// The word.
    Exact,
}

/// A word typed and how it sounds.
#[derive(Debug, PartialEq)]
pub(super) struct Typed {
    pub(super) word: String,
    sounds: Vec<String>,
}

impl Typed {
    pub(super) fn new(word: String) -> Self {
        Self { sounds: text::sounds(&word), word }
    }

    /// How it fits a word.
    pub(super) fn fits(&self, word: &str) -> Option<Fit> {
        self.begins(word).or_else(|| self.resembles(word))
    }

    fn begins(&self, word: &str) -> Option<Fit> {
        match word.strip_prefix(self.word.as_str()) {
            Some("") => Some(Fit::Exact),
            Some(_) => Some(Fit::Beginning),
            None => None,
        }
    }

    /// By its sound or past a slip of the finger: dearer to tell than a beginning.
    fn resembles(&self, word: &str) -> Option<Fit> {
        if written_otherwise(&self.word) == Some(word)
            || (!self.sounds.is_empty() && text::sounds(word).iter().any(|sound| self.sounds.contains(sound)))
        {
            Some(Fit::Sound)
        } else {
            is_slip(&self.word, word).then_some(Fit::Slip)
        }
    }
}

/// A word of a name and where it stands, in UTF-16 units.
struct Placed {
    word: String,
    letters: usize,
    start: u32,
    end: u32,
}

/// How a name fits: the worst word, all words, and what to print in bold. Words that don't fit at all are counted.
#[derive(Debug)]
pub(super) struct Fitting {
    pub(super) worst: Fit,
    pub(super) all: u32,
    pub(super) unmatched: usize,
    pub(super) bold: Vec<(u32, u32)>,
}

/// Fits the words typed to a name; each word of the name is used once.
pub(super) fn fit(asked: &[Typed], name: &str) -> Fitting {
    let placed = places(name);
    let mut used = vec![false; placed.len()];
    let mut fitting = Fitting { worst: Fit::Exact, all: 0, unmatched: 0, bold: Vec::new() };
    for typed in asked {
        let best = |how: &dyn Fn(&str) -> Option<Fit>| {
            let free = placed.iter().enumerate().filter(|(at, _)| !used[*at]);
            free.filter_map(|(at, here)| how(&here.word).map(|fit| (fit, at)))
                .max_by_key(|(fit, at)| (*fit, std::cmp::Reverse(*at)))
        };
        let best = best(&|word| typed.begins(word)).or_else(|| best(&|word| typed.resembles(word)));
        let Some((fit, at)) = best else {
            fitting.unmatched += 1;
            fitting.worst = Fit::Elsewhere;
            continue;
        };
        used[at] = true;
        fitting.worst = fitting.worst.min(fit);
        fitting.all += fit as u32;
        fitting.bold.push(bold(&placed[at], &typed.word, fit));
    }
    fitting.bold.sort_unstable();
    fitting
}

/// Whether a word typed is another but for a slip: one letter in words of three to five, two in longer ones.
pub(super) fn is_slip(typed: &str, word: &str) -> bool {
    let (long, other) = (typed.chars().count(), word.chars().count());
    let most = match long {
        0..=2 => return false,
        3..=5 => 1,
        _ => 2,
    };
    long.abs_diff(other) <= most
        && typed.chars().next() == word.chars().next()
        && strsim::osa_distance(typed, word) <= most
}

fn bold(place: &Placed, typed: &str, fit: Fit) -> (u32, u32) {
    let plain = usize::try_from(place.end - place.start)
        .is_ok_and(|units| units == place.letters && place.letters == place.word.len());
    let end = match (fit, u32::try_from(typed.len())) {
        (Fit::Beginning, Ok(letters)) if plain => place.start + letters,
        _ => place.end,
    };
    (place.start, end)
}

/// The words of a name as the index knows them, with their places.
fn places(name: &str) -> Vec<Placed> {
    let mut all = Vec::new();
    let (mut at, mut start, mut word) = (0u32, 0u32, String::new());
    for c in name.chars().chain([' ']) {
        let units = if c.len_utf16() == 2 { 2 } else { 1 };
        if c.is_alphanumeric() || matches!(c, '\'' | '’' | '‘' | 'ʼ') {
            if word.is_empty() {
                start = at;
            }
            word.push(c);
        } else if !word.is_empty() {
            let folded = text::words(&word).concat();
            if !folded.is_empty() {
                all.push(Placed { word: folded, letters: word.chars().count(), start, end: at });
            }
            word.clear();
        }
        at += units;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(words: &[&str]) -> Vec<Typed> {
        words.iter().map(|w| Typed::new((*w).to_owned())).collect()
    }

    #[test]
    fn a_word_fits_exactly_as_a_beginning_by_sound_or_past_a_slip() {
        for (typed, word, expected) in [
            ("ito", "ito", Some(Fit::Exact)),
            ("kei", "keiko", Some(Fit::Beginning)),
            ("jon", "john", Some(Fit::Sound)),
            ("smyth", "smith", Some(Fit::Sound)),
            ("tamarcak", "tamarack", Some(Fit::Sound)),
            ("hollwo", "hollow", Some(Fit::Sound)),
            ("larabee", "larrabeen", Some(Fit::Slip)),
            ("bayberry", "brandt", None),
            ("ab", "ac", None),
        ] {
            assert_eq!(Typed::new(typed.to_owned()).fits(word), expected, "{typed} {word}");
        }
    }

    #[test]
    fn the_letters_that_match_are_bold() {
        let fitting = fit(&asked(&["kei", "it"]), "Keiko Ito, MD");
        assert_eq!(
            (fitting.bold, fitting.worst, fitting.unmatched),
            (vec![(0, 3), (6, 8)], Fit::Beginning, 0)
        );
        assert_eq!(
            fit(&asked(&["ohal"]), "Thérèse O’Halloran").bold,
            [(8, 18)],
            "folded words are bold as a whole"
        );
        assert_eq!(fit(&asked(&["x"]), "Keiko").unmatched, 1);
    }

    #[test]
    fn each_word_of_a_name_is_used_once() {
        assert_eq!(fit(&asked(&["john", "john"]), "John Smith").unmatched, 1);
    }
}
