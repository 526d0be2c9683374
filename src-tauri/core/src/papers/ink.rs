//! Letters: which the font has, how wide they are, and where a line breaks.

use std::sync::OnceLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider, charmap::Charmap};
use unicode_normalization::UnicodeNormalization;

/// Inter, for the words.
pub(super) const REGULAR: &[u8] = include_bytes!("fonts/Inter-Regular.otf");
/// Inter, for what stands out.
pub(super) const STRONG: &[u8] = include_bytes!("fonts/Inter-SemiBold.otf");

/// What stands for a letter the font does not have.
const MISSING: char = '□';

/// A weight of the font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Strong,
}

struct Face {
    letters: Charmap<'static>,
    widths: GlyphMetrics<'static>,
    em: f32,
}

/// A letter as it is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter {
    pub(super) glyph: u32,
    /// In ems.
    pub(super) width: f32,
}

impl Weight {
    /// The font's file.
    pub(super) fn data(self) -> &'static [u8] {
        match self {
            Self::Regular => REGULAR,
            Self::Strong => STRONG,
        }
    }

    fn face(self) -> Option<&'static Face> {
        static FACES: [OnceLock<Option<Face>>; 2] = [OnceLock::new(), OnceLock::new()];
        FACES[self as usize]
            .get_or_init(|| {
                let font = FontRef::new(self.data()).ok()?;
                Some(Face {
                    letters: font.charmap(),
                    widths: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
                    em: f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em),
                })
            })
            .as_ref()
    }

    /// A letter, if the font has it.
    pub(super) fn letter(self, letter: char) -> Option<Letter> {
        let face = self.face()?;
        let glyph = face.letters.map(letter)?;
        Some(Letter { glyph: glyph.to_u32(), width: face.widths.advance_width(glyph)? / face.em })
    }

    /// How wide a text is, in points at a size in points.
    pub(super) fn width(self, text: &str, size: f32) -> f32 {
        text.chars().filter_map(|letter| self.letter(letter)).map(|letter| letter.width).sum::<f32>() * size
    }
}

/// The text as the font can write it, and how many letters it can't. Line breaks stay.
pub(super) fn writable(text: &str) -> (String, u32) {
    let (mut kept, mut missing) = (String::with_capacity(text.len()), 0);
    for letter in text.nfc() {
        match letter {
            '\n' => kept.push('\n'),
            // Nothing is seen of these: soft hyphen, joiners, marks of direction, variants.
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\r' => {}
            letter if letter.is_whitespace() || letter.is_control() => kept.push(' '),
            letter if Weight::Regular.letter(letter).is_some() => kept.push(letter),
            _ => {
                missing += 1;
                kept.push(MISSING);
            }
        }
    }
    (kept, missing)
}

/// Breaks a text into lines no wider than `width` points. A word that is wider is broken where it has to be. At least one
/// line.
pub(super) fn lines(text: &str, weight: Weight, size: f32, width: f32) -> Vec<String> {
    let mut all = Vec::new();
    for part in text.split('\n') {
        let mut line = String::new();
        for word in part.split(' ').filter(|word| !word.is_empty()) {
            let mut word = word.to_owned();
            let joined = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
            if weight.width(&joined, size) <= width {
                line = joined;
                continue;
            }
            if !line.is_empty() {
                all.push(std::mem::take(&mut line));
            }
            loop {
                let fits = fitting(&word, weight, size, width);
                if fits >= word.len() {
                    break;
                }
                let rest = word.split_off(fits);
                all.push(std::mem::replace(&mut word, rest));
            }
            line = word;
        }
        all.push(line);
    }
    all
}

/// How many bytes of a word fit, at least one letter; where not all of it does, rather after a hyphen, a slash, a point or an
/// at.
fn fitting(word: &str, weight: Weight, size: f32, width: f32) -> usize {
    let (mut used, mut fits, mut after_sign) = (0.0, 0, 0);
    for (at, letter) in word.char_indices() {
        used += weight.letter(letter).map_or(0.0, |letter| letter.width) * size;
        if used > width && fits > 0 {
            return if after_sign > 0 { after_sign } else { fits };
        }
        fits = at + letter.len_utf8();
        if matches!(letter, '-' | '/' | '.' | '@' | '_') {
            after_sign = fits;
        }
    }
    word.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_has_the_letters_of_names() {
        for name in
            ["Zoë Núñez-Łukasiewicz", "Đặng Thị Ngọc", "Čapek Şahin Ørsted", "Ωμέγα", "Щербаков", "½ “q” — €"]
        {
            assert_eq!(writable(name), (name.to_owned(), 0), "{name}");
            assert!(name.chars().all(|letter| Weight::Strong.letter(letter).is_some()), "{name}");
        }
    }

    #[test]
    fn what_it_has_not_is_counted_and_accents_apart_are_joined() {
        assert_eq!(writable("伊藤"), ("□□".to_owned(), 2));
        assert_eq!(writable("Nu\u{301}n\u{303}ez\t\u{200b}x\r\n"), ("Núñez x\n".to_owned(), 0));
    }

    #[test]
    fn lines_are_no_wider_than_they_may_and_lose_nothing() {
        let text = "The quick brown fox jumps over the lazy dog near Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch again";
        for width in [40.0, 90.0, 300.0] {
            let lines = lines(text, Weight::Regular, 10.0, width);
            assert!(lines.iter().all(|line| Weight::Regular.width(line, 10.0) <= width), "{width}");
            let bare = |text: &str| text.replace(' ', "");
            assert_eq!(bare(&lines.concat()), bare(text));
        }
        assert_eq!(lines("", Weight::Regular, 10.0, 90.0), [""]);
        assert_eq!(lines("a\n\nb", Weight::Regular, 10.0, 90.0), ["a", "", "b"]);
    }
}
