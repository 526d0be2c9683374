//! Words that say what kind of record a row is, and the folding all vocabulary is compared in.

use crate::foundation::date_text::DateText;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without accents: the form in which words are compared.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.nfd().filter(|letter| !is_combining_mark(*letter)) {
        match letter {
            'ß' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'ø' | 'Ø' => out.push('o'),
            '\u{2019}' => out.push('\''),
            letter => out.extend(letter.to_lowercase()),
        }
    }
    out
}

/// Whether the first text of a row announces sums.
pub(super) fn announces_totals(text: &str) -> bool {
    let folded = fold(text);
    let first = folded.trim_start_matches(['*', '=', '-', ' ']);
    [
        "total",
        "grand total",
        "subtotal",
        "sub total",
        "sub-total",
        "sum",
        "sums",
        "summe",
        "gesamt",
        "gesamtsumme",
        "zwischensumme",
        "suma",
        "somme",
        "average",
        "mean",
        "count",
        "overall",
    ]
    .iter()
    .any(|word| {
        first
            .strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':', 's', '(', '=', '-', ',']))
    }) || folded.ends_with(" total")
        || folded.ends_with(" totals")
}

/// Whether a text is something a program prints above or below a table.
pub(super) fn announces_report(text: &str) -> bool {
    let folded = fold(text);
    let folded = folded.trim_matches(['*', '-', '=', '#', '_', ' ', '<', '>']);
    let start = [
        "page ",
        "generated",
        "printed",
        "exported",
        "report ",
        "report:",
        "report run",
        "run on",
        "run date",
        "end of report",
        "end of file",
        "created by",
        "created on",
        "confidential",
        "copyright",
        "(c) ",
        "©",
        "filter",
        "date range",
        "number of records",
        "records",
        "row count",
        "rows:",
        "source:",
        "seite ",
        "erstellt",
        "gedruckt",
        "pagina ",
        "generado",
        "genere",
        "as of ",
        "note:",
        "* ",
        "this report",
        "prepared",
        "powered by",
        "sep=",
        "contains phi",
        "protected health",
    ];
    start.iter().any(|word| folded.starts_with(word))
        || folded.ends_with(" records")
        || folded.ends_with(" records found")
        || folded.ends_with(" rows")
        || folded.ends_with(" referrals")
}

/// Whether a text is nothing but a period, as reports print it above the rows of one: `July 2025`, `Q3 2025`, `2025`,
/// `Month: 2025-07`, `Week of 7/6/2025`, a day.
pub(super) fn names_a_period(text: &str) -> bool {
    let folded = fold(text);
    let mut rest = folded.trim_matches(['*', '-', '=', '#', ' ', ':']);
    for word in ["month of", "month:", "month", "week of", "week:", "quarter:", "year:", "date:", "period:"] {
        if let Some(after) = rest.strip_prefix(word) {
            rest = after.trim_start_matches([':', ' ']);
            break;
        }
    }
    if !matches!(DateText::of(rest), DateText::Empty | DateText::Unreadable | DateText::Serial(_)) {
        return true;
    }
    let words: Vec<&str> = rest.split([' ', ',', '-', '/']).filter(|word| !word.is_empty()).collect();
    let is_year =
        |word: &str| word.len() == 4 && word.parse::<u32>().is_ok_and(|year| (1990..2100).contains(&year));
    match words[..] {
        [year] => is_year(year) && folded.len() <= 12,
        [part, year] | [year, part] if is_year(year) => {
            is_month(part)
                || part.strip_prefix('q').is_some_and(|quarter| matches!(quarter, "1" | "2" | "3" | "4"))
                || part.parse::<u32>().is_ok_and(|month| part.len() <= 2 && (1..=12).contains(&month))
        }
        _ => false,
    }
}

fn is_month(word: &str) -> bool {
    !matches!(DateText::of(&format!("1 {word} 2000")), DateText::Empty | DateText::Unreadable)
}

/// Whether a word stands in a list such as `kept, completed, seen`.
pub(super) fn listed(list: &str, word: &str) -> bool {
    list.split(", ").any(|known| known == word)
}
