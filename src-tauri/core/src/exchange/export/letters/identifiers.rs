//! Whether a text could tell who a patient is: the eighteen identifiers of the Safe Harbor (45 CFR 164.514(b)(2)(i)), as far as a text
//! of a letter can hold them.

use crate::foundation::text::{fold, words};

const MONTHS: [&str; 21] = [
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sept",
    "oct",
    "nov",
];
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// From how many digits on a number may be a telephone, a ZIP or the number of a record.
const LONG: usize = 5;

/// What a text holds that could tell who the patient is, in words, each once.
pub(super) fn identifiers(text: &str, patient: &str, chart_number: Option<&str>) -> Vec<&'static str> {
    let folded = fold(text);
    let all = words(&folded.replace("'s", ""));
    let name: Vec<String> = words(patient).into_iter().filter(|word| word.chars().count() > 1).collect();
    let mut found = Vec::new();
    let mut add = |is: bool, what: &'static str| {
        if is && !found.contains(&what) {
            found.push(what);
        }
    };
    add(all.iter().any(|word| name.contains(word)), "the patient’s name");
    let chart = chart_number.map(fold).filter(|number| !number.trim().is_empty());
    add(chart.is_some_and(|number| folded.contains(number.trim())), "the chart number");
    add(dated(&folded, &all) || named_month(text), "a date");
    add(aged(&all), "an age over 89");
    add(folded.contains('@'), "an e-mail address");
    add(folded.contains("http") || folded.contains("www."), "a web address");
    add(long_number(&folded), "a number of five digits or more");
    found
}

/// Months that are words of their own, too.
const ALSO_WORDS: [&str; 5] = ["may", "march", "mar", "dec", "sep"];
/// What stands before a month and hardly before the word that looks like it.
const BEFORE_A_MONTH: [&str; 16] = [
    "in", "of", "since", "until", "till", "during", "before", "after", "by", "from", "early", "mid", "late",
    "last", "next", "through",
];

/// A month without a number that could be another word: "in May" and "the 12th of May", or with its capital within a sentence.
fn named_month(text: &str) -> bool {
    let mut before = String::new();
    let mut begins = true;
    for part in text.split(|c: char| c.is_whitespace() || c == '-').filter(|part| !part.is_empty()) {
        let word = fold(part.trim_matches(|c: char| !c.is_alphanumeric()));
        let capital = part.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
        let month = ALSO_WORDS.contains(&word.as_str());
        if month && (BEFORE_A_MONTH.contains(&before.as_str()) || (capital && !begins)) {
            return true;
        }
        begins = part.ends_with(['.', '!', '?', ':', '\u{201d}', '"']) || word.is_empty();
        before = word;
    }
    false
}

/// A day: a month or a weekday beside a number, or a date in figures. A year alone may stay.
fn dated(folded: &str, all: &[String]) -> bool {
    let number =
        |word: &String| word.chars().next().is_some_and(|first| first.is_ascii_digit()) && word.len() <= 4;
    let month =
        |word: &String| MONTHS.contains(&word.as_str()) || word == "may" || word == "dec" || word == "sep";
    let beside =
        all.windows(2).any(|two| (month(&two[0]) && number(&two[1])) || (number(&two[0]) && month(&two[1])));
    let told = all.iter().any(|word| {
        DAYS.contains(&word.as_str()) || (MONTHS.contains(&word.as_str()) && word != "march" && word != "mar")
    });
    let figures = folded.split(|c: char| !c.is_ascii_digit() && !matches!(c, '/' | '-' | '.')).any(|part| {
        let numbers: Vec<&str> = part.split(['/', '-', '.']).filter(|number| !number.is_empty()).collect();
        let small = numbers.iter().filter(|number| number.len() <= 2).count();
        (part.contains('/') && numbers.len() >= 2) || (numbers.len() == 3 && small >= 2)
    });
    beside || told || figures
}

fn aged(all: &[String]) -> bool {
    let old = |word: &str| word.parse::<u32>().is_ok_and(|years| (90..=125).contains(&years));
    all.windows(2).any(|two| old(&two[0]) && (two[1].starts_with("year") || two[1] == "yo"))
        || all.windows(2).any(|two| (two[0] == "age" || two[0] == "aged") && old(&two[1]))
}

/// Digits as telephones and the like are written: with blanks, hyphens, points and brackets between.
fn long_number(folded: &str) -> bool {
    let mut digits = 0;
    for letter in folded.chars() {
        match letter {
            '0'..='9' => digits += 1,
            ' ' | '-' | '.' | '(' | ')' => {}
            _ => digits = 0,
        }
        if digits >= LONG {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&'static str> {
        identifiers(text, "Anna Quillfeather", Some("A-4711"))
    }

    #[test]
    fn what_tells_who_it_is_is_named() {
        for (text, what) in [
            ("Quillfeather walks again", "the patient’s name"),
            ("ANNA’s knee is well", "the patient’s name"),
            ("See a-4711 in our files", "the chart number"),
            ("We saw her on March 3", "a date"),
            ("We saw her in November", "a date"),
            ("We saw her on the 12th of May", "a date"),
            ("We saw her on May 12th", "a date"),
            ("Operated in May 2026", "a date"),
            ("She walks again since may", "a date"),
            ("This May she could not walk", "a date"),
            ("Well since mid-May", "a date"),
            ("The first week of March was hard", "a date"),
            ("Seen on Tuesday", "a date"),
            ("Seen 11/24", "a date"),
            ("Seen 2026-11-24", "a date"),
            ("Seen 24.11.26", "a date"),
            ("She is 93 years old", "an age over 89"),
            ("Write to a@b.example", "an e-mail address"),
            ("See www.clinic.example", "a web address"),
            ("Call (207) 555-0142", "a number of five digits or more"),
            ("She lives in 04101", "a number of five digits or more"),
        ] {
            assert!(found(text).contains(&what), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn what_tells_nothing_passes() {
        for text in [
            "The patient you referred to us in 2026 was seen, and walks 4 blocks again.",
            "May we call you? We hope it may help. May it be so: the march goes on, and this may be enough.",
            "We may call you. The knee bends to 110 degrees after 12 visits.",
            "Thank you for the march of progress; a patient aged 64 is well.",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
