//! Text that means the same when a spreadsheet opens it: nothing runs, nothing is cut in silence.

use std::borrow::Cow;
use std::collections::HashSet;

/// Excel's limit of a cell, in UTF-16 units.
const CELL_LIMIT: usize = 32_767;

/// What a shortened cell ends with.
const MARK: &str = " … (shortened)";

/// Whether a spreadsheet could take the text for a formula or command. Full-width signs count, and signs behind
/// white space.
pub(super) fn could_run(text: &str) -> bool {
    let starts =
        |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠');
    match text.chars().next() {
        None => false,
        Some(first) if starts(first) => true,
        Some(first) if first.is_whitespace() || first == '\u{feff}' => text
            .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
            .chars()
            .next()
            .is_some_and(starts),
        Some(_) => false,
    }
}

/// Text for a CSV cell: what could run gets an apostrophe in front, telephone numbers stay as they are. Reading it
/// back takes one apostrophe away where [`could_run`] says so of what follows all of them.
pub(super) fn neutralised(text: &str) -> Cow<'_, str> {
    if could_run(text.trim_start_matches('\'')) && !is_telephone(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// "+1 (207) 555-0142 ext. 3": a plus, then digits and what stands between them.
fn is_telephone(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('+') else { return false };
    let number = rest.split_once(['e', 'x']).map_or(rest, |(number, _)| number);
    let extension = rest.get(number.len()..).unwrap_or_default();
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let plain = |part: &str, between: &str| part.chars().all(|c| c.is_ascii_digit() || between.contains(c));
    (7..=15).contains(&digits)
        && number.starts_with(|c: char| c.is_ascii_digit())
        && plain(number, " ()-.")
        && plain(extension.trim_start_matches(|c: char| "ext. ".contains(c)), "")
}

/// Text that fits a worksheet cell; the second value says whether it had to be shortened.
pub(super) fn fitted(text: &str) -> (Cow<'_, str>, bool) {
    if text.len() <= CELL_LIMIT || text.encode_utf16().count() <= CELL_LIMIT {
        return (Cow::Borrowed(text), false);
    }
    let room = CELL_LIMIT - MARK.encode_utf16().count();
    let mut units = 0;
    let end = text
        .char_indices()
        .find(|(_, c)| {
            units += c.len_utf16();
            units > room
        })
        .map_or(text.len(), |(at, _)| at);
    (Cow::Owned(format!("{}{MARK}", &text[..end])), true)
}

/// Names of sheets: at most 31 UTF-16 units, without what Excel forbids, each once whatever the case.
#[derive(Debug, Default)]
pub(super) struct SheetNames(HashSet<String>);

impl SheetNames {
    /// A free name close to `wanted`.
    pub(super) fn free(&mut self, wanted: &str) -> String {
        let cleaned: String = wanted
            .chars()
            .map(|c| if c.is_control() || "[]:*?/\\".contains(c) { ' ' } else { c })
            .collect::<String>();
        let words = cleaned.split_whitespace().collect::<Vec<_>>().join(" ");
        let base = words.trim_matches(['\'', ' ']);
        let base = if base.is_empty() || base.eq_ignore_ascii_case("history") {
            format!("Partner {base}")
        } else {
            base.to_owned()
        };
        let mut number = 1u32;
        loop {
            let ending = if number == 1 { String::new() } else { format!(" ({number})") };
            let name = format!("{}{ending}", shortened_to(base.trim_end(), 31 - ending.len()));
            if self.0.insert(name.to_lowercase()) {
                return name;
            }
            number += 1;
        }
    }
}

fn shortened_to(text: &str, units: usize) -> &str {
    let mut used = 0;
    let end = text
        .char_indices()
        .find(|(_, c)| {
            used += c.len_utf16();
            used > units
        })
        .map_or(text.len(), |(at, _)| at);
    text[..end].trim_end_matches(['\'', ' '])
}

/// Text inside a page header or footer, where `&` commands.
pub(super) fn in_header(text: &str) -> String {
    shortened_to(text, 80).replace('&', "&&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_could_run_is_seen_behind_white_space_and_in_full_width() {
        for text in [
            "=1+1",
            "+cmd|' /C calc'!A0",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            " =1",
            "＝1",
            "\0=1",
            "\u{feff}=1",
        ] {
            assert!(could_run(text), "{text:?}");
        }
        for text in ["", "Ito", "1-2", "a=b", "'=1"] {
            assert!(!could_run(text), "{text:?}");
        }
    }

    #[test]
    fn telephone_numbers_stay_as_they_are_and_formulas_do_not_pass_for_them() {
        for phone in [
            "+1 (207) 555-0142",
            "+12075550142",
            "+1 207.555.0142 ext. 12",
            "+44 20 7946 0018",
            "207-555-0142",
        ] {
            assert_eq!(neutralised(phone), phone);
        }
        for text in ["+1+1", "+1207555014x=1", "+cmd|' /C calc'!A0", "=12075550142", "-2075550142"] {
            assert_eq!(neutralised(text), format!("'{text}"), "{text}");
        }
    }

    #[test]
    fn a_long_text_is_shortened_at_a_whole_character_and_says_so() {
        let (short, cut) = fitted("short");
        assert_eq!((short.as_ref(), cut), ("short", false));
        assert!(!fitted(&"x".repeat(32_767)).1);
        let smiles = "😀".repeat(16_384);
        let (long, cut) = fitted(&smiles);
        assert!(cut && long.ends_with(MARK) && long.encode_utf16().count() <= CELL_LIMIT);
    }

    #[test]
    fn sheet_names_are_free_of_what_excel_forbids_and_unique() {
        let mut names = SheetNames::default();
        assert_eq!(names.free("A/B: [x]*?"), "A B x");
        assert_eq!(names.free("a b X"), "a b X (2)");
        assert_eq!(names.free("'History'"), "Partner History");
        assert_eq!(names.free("''"), "Partner");
        let long = "The Very Long Name of a Multi-Specialty Clinic";
        assert_eq!(names.free(long), "The Very Long Name of a Multi-S");
        assert_eq!(names.free(long), "The Very Long Name of a Mul (2)");
    }

    proptest! {
        #[test]
        fn a_neutralised_text_reads_back_as_it_was(text in "['=+@\\-\t a-z0-9]{0,12}") {
            let safe = neutralised(&text).into_owned();
            let back = match safe.strip_prefix('\'') {
                Some(rest) if could_run(rest.trim_start_matches('\'')) && !is_telephone(&safe) => rest.to_owned(),
                _ => safe.clone(),
            };
            prop_assert_eq!(back, text.clone());
            prop_assert!(!could_run(&safe) || is_telephone(&safe));
        }

        #[test]
        fn any_wish_becomes_a_sheet_name(wishes in prop::collection::vec("\\PC{0,40}", 1..8)) {
            let mut names = SheetNames::default();
            let mut workbook = rust_xlsxwriter::Workbook::new();
            for wish in wishes {
                let name = names.free(&wish);
                prop_assert!(workbook.add_worksheet().set_name(&name).is_ok(), "{name:?}");
            }
            prop_assert!(workbook.save_to_buffer().is_ok());
        }
    }
}
