//! Which letters the bytes of a text file mean.

use super::error::ReadError;
use super::source::Content;
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::sync::Arc;

/// A text file as letters.
pub(super) struct Decoded {
    pub text: Arc<String>,
    /// Where the text begins: behind the byte-order mark.
    pub start: usize,
    /// The name shown to people, as in `UTF-8 with BOM`.
    pub name: String,
    /// Bytes that mean nothing in this encoding.
    pub undecodable: u32,
    /// The line of the first of them.
    pub first_undecodable_line: u32,
}

/// Decodes a text file, in the encoding asked for or in the most plausible one.
pub(super) fn decode(content: &Content, wanted: Option<&str>) -> Result<Decoded, ReadError> {
    let bytes: &[u8] = match content {
        Content::Utf8(text) => text.as_bytes(),
        Content::Bytes(bytes) | Content::Workbook(bytes) => bytes,
    };
    if let Some(label) = wanted {
        let encoding =
            encoding_named(label).ok_or_else(|| ReadError::UnknownEncoding { name: label.to_owned() })?;
        if encoding != UTF_8 || matches!(content, Content::Bytes(_)) {
            return Ok(decode_as(bytes, encoding, false));
        }
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes)
        && encoding != UTF_8
    {
        return Ok(decode_as(bytes, encoding, true));
    }
    if wanted.is_none()
        && let Some(encoding) = unmarked_utf16(bytes)
    {
        return Ok(decode_as(bytes, encoding, false));
    }
    if let Content::Utf8(text) = content {
        let marked = text.starts_with('\u{feff}');
        let name = match (marked, text.is_ascii()) {
            (true, _) => "UTF-8 with BOM",
            (false, true) => "ASCII",
            (false, false) => "UTF-8",
        };
        return Ok(Decoded {
            text: Arc::clone(text),
            start: if marked { 3 } else { 0 },
            name: name.to_owned(),
            undecodable: 0,
            first_undecodable_line: 0,
        });
    }
    if mostly_utf8(bytes) {
        return Ok(patched_utf8(bytes));
    }
    Ok(decode_as(bytes, eight_bit(bytes), false))
}

/// The encoding of a name as scripts write it.
fn encoding_named(label: &str) -> Option<&'static Encoding> {
    let lower = label.trim().to_ascii_lowercase().replace(['_', ' '], "-");
    match lower.as_str() {
        "mac-roman" | "macroman" | "mac" => Some(MACINTOSH),
        "cp1252" | "ansi" | "latin-1" | "ascii" => Some(WINDOWS_1252),
        "utf8" | "utf-8-with-bom" | "utf-8-bom" | "utf-8-sig" => Some(UTF_8),
        "utf-16" => Some(UTF_16LE),
        _ => Encoding::for_label(lower.as_bytes()),
    }
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding, marked: bool) -> Decoded {
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    // Windows-1252 has five bytes without a letter; they decode to control characters instead of replacement marks.
    let is_gap = |letter: char| letter == '\u{fffd}' || ('\u{80}'..='\u{9f}').contains(&letter);
    let (mut undecodable, mut line, mut first) = (0, 1, 0);
    for letter in text.chars() {
        if letter == '\n' {
            line += 1;
        } else if is_gap(letter) {
            undecodable += 1;
            if first == 0 {
                first = line;
            }
        }
    }
    let name = match encoding.name() {
        "windows-1252" => "Windows-1252".to_owned(),
        "macintosh" => "Mac Roman".to_owned(),
        name => name.to_owned(),
    };
    let name = if marked { format!("{name} with BOM") } else { name };
    Decoded { text: Arc::new(text.into_owned()), start: 0, name, undecodable, first_undecodable_line: first }
}

/// UTF-16 without a byte-order mark shows as zero bytes at every second place.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let half = head.len() / 2;
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 > half * 6 && even * 20 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 6 && odd * 20 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// A file that is UTF-8 but for a few bytes: rows of two programs were joined.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    good >= 3 && bad * 2 <= good
}

/// Reads UTF-8 and takes the stray bytes between for Windows-1252, counting them.
fn patched_utf8(bytes: &[u8]) -> Decoded {
    let (mut text, mut undecodable, mut line, mut first) = (String::with_capacity(bytes.len()), 0, 1, 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        line += u32::try_from(chunk.valid().bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(0);
        if !chunk.invalid().is_empty() {
            undecodable += 1;
            if first == 0 {
                first = line;
            }
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
    }
    let marked = text.starts_with('\u{feff}');
    Decoded {
        text: Arc::new(text),
        start: if marked { 3 } else { 0 },
        name: "UTF-8".to_owned(),
        undecodable,
        first_undecodable_line: first,
    }
}

/// Windows-1252 unless the letters it gives are implausible and another encoding does better.
fn eight_bit(bytes: &[u8]) -> &'static Encoding {
    let sample = &bytes[..bytes.len().min(4 << 20)];
    let windows = plausibility(sample, WINDOWS_1252);
    if windows >= 0.8 {
        return WINDOWS_1252;
    }
    let mac = plausibility(sample, MACINTOSH);
    if mac > windows && mac >= 0.7 {
        return MACINTOSH;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    if guess.is_single_byte() && plausibility(sample, guess) <= windows { WINDOWS_1252 } else { guess }
}

/// The share of letters beyond ASCII that sit where the letters of European names and typography sit.
fn plausibility(bytes: &[u8], encoding: &'static Encoding) -> f64 {
    let (mut good, mut all) = (0u32, 0u32);
    let text = encoding.decode_without_bom_handling(bytes).0;
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if !letter.is_ascii() {
            all += 1;
            let after = letters.peek().copied().unwrap_or(' ');
            let fits = match letter {
                'à'..='ö' | 'ø'..='ÿ' | 'œ' | 'ß' => before.is_alphabetic() || after.is_alphabetic(),
                'š' | 'ž' => before.is_lowercase() && after.is_lowercase() && !after.is_ascii_digit(),
                'À'..='Ö' | 'Ø'..='Þ' | 'Œ' | 'Š' | 'Ž' => {
                    !before.is_lowercase() && after.is_alphabetic()
                }
                '\u{2019}' | '\u{2018}' => before.is_alphanumeric() || after.is_alphanumeric(),
                '\u{2013}' | '\u{2014}' => !(before.is_lowercase() && after.is_lowercase()),
                '\u{201c}' => !before.is_alphanumeric(),
                '\u{201d}' => !after.is_alphanumeric(),
                '\u{2026}' | '•' => !after.is_lowercase(),
                '€' | '£' | '§' | '°' | '®' | '\u{2122}' | '©' | '\u{a0}' | '½' | '¼' | '¾' | '·' | '±' => {
                    !(before.is_lowercase() && after.is_lowercase())
                }
                _ => false,
            };
            good += u32::from(fits);
        }
        before = letter;
    }
    if all == 0 { 1.0 } else { f64::from(good) / f64::from(all) }
}
