//! What a heading says about its column. Headings are taken apart into words and the words into meanings, so that
//! `Referring Physician NPI`, `ref_dr_npi` and `NPI (Referrer)` are the same column.

use super::field::Field;
use super::row_kind_words::{fold, listed};
use super::vocabulary::*;
use std::collections::HashSet;
use std::sync::OnceLock;

/// A field with the confidence that the heading means it (0 to 1).
pub(super) type Guess = (Field, f32);

/// The words of a heading: lower case, without accents, `CamelCase` and punctuation taken apart.
pub(super) fn words(heading: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(heading.len() + 8);
    let mut before_lower = false;
    for letter in heading.chars() {
        if letter.is_uppercase() && before_lower {
            spaced.push(' ');
        }
        before_lower = letter.is_lowercase();
        match letter {
            '#' => spaced.push_str(" number "),
            '\'' | '\u{2019}' => {}
            letter if letter.is_alphanumeric() => spaced.push(letter),
            _ => spaced.push(' '),
        }
    }
    let mut words = Vec::new();
    for word in fold(&spaced).split_whitespace() {
        take_apart(word, &mut words);
    }
    words
}

/// Takes words that were written together apart, as in `patientid` or `referraldate`.
fn take_apart(word: &str, words: &mut Vec<String>) {
    static KNOWN: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let lists = [
            REFER,
            PATIENT,
            PROVIDER,
            ORGANISATION,
            OWN_SIDE,
            PHONE,
            ZIP,
            STATE,
            CITY,
            STREET,
            BIRTH,
            REASON,
            SERVICE,
            PAYER,
            AMOUNT,
            NOTES,
            STATUS,
            CLASS,
            DATE,
            FIRST,
            LAST,
            MIDDLE,
            GLUED,
        ];
        lists.iter().flat_map(|list| list.split(", ")).collect()
    });
    fn split<'w>(word: &'w str, known: &HashSet<&str>, depth: u8) -> Option<Vec<&'w str>> {
        if known.contains(word) {
            return Some(vec![word]);
        }
        if depth == 0 || !word.is_ascii() {
            return None;
        }
        (2..word.len().saturating_sub(1)).rev().find_map(|at| {
            let (head, tail) = word.split_at(at);
            let mut parts = known.contains(head).then(|| split(tail, known, depth - 1))??;
            parts.insert(0, head);
            Some(parts)
        })
    }
    let parts = if (6..=40).contains(&word.len()) { split(word, known, 4) } else { None };
    match parts {
        Some(parts) if parts.len() > 1 && parts.iter().any(|part| part.len() >= 4) => {
            words.extend(parts.into_iter().map(str::to_owned))
        }
        _ => words.push(word.to_owned()),
    }
}

/// The heading in the form that is compared: its words, joined.
pub(super) fn normal_heading(heading: &str) -> String {
    words(heading).join(" ")
}

/// Headings of data no referral register needs; they are never mapped.
pub(super) fn is_denied(heading: &str) -> bool {
    let words = words(heading);
    let joined = words.join(" ");
    words.iter().any(|word| matches!(word.as_str(), "ssn" | "ssnum" | "itin" | "passport"))
        || [
            "social security",
            "government id",
            "drivers license",
            "driver license",
            "credit card",
            "card number",
            "password",
            "sozialversicherungs",
            "seguro social",
            "securite sociale",
            "medicare number",
            "medicaid number",
            "member id",
            "policy number",
            "subscriber id",
        ]
        .iter()
        .any(|denied| joined.contains(denied))
}

/// A heading under its microscope.
pub(super) struct Heading<'w> {
    pub words: &'w [String],
    pub joined: String,
}

impl Heading<'_> {
    pub fn any(&self, list: &str) -> bool {
        self.words.iter().any(|word| listed(list, word))
    }

    pub fn has(&self, phrase: &str) -> bool {
        self.joined.match_indices(phrase).any(|(at, _)| {
            let (before, after) = (&self.joined[..at], &self.joined[at + phrase.len()..]);
            (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
        })
    }

    pub fn is(&self, list: &str) -> bool {
        listed(list, &self.joined)
    }
}

/// What describes a referrer beyond the name.
pub(super) fn attribute(h: &Heading<'_>) -> Option<Guess> {
    if h.any("npi, npinumber") || h.has("national provider") {
        return Some((Field::ReferrerNpi, 0.95));
    }
    if h.any("fax") {
        return Some((Field::ReferrerFax, 0.9));
    }
    if h.any("email, emails, mail") || h.has("e mail") {
        return Some((Field::ReferrerEmail, 0.9));
    }
    if h.any(PHONE) {
        return Some((Field::ReferrerPhone, 0.9));
    }
    if h.any(
        "\
        specialty, speciality, specialties, fachrichtung, fachgebiet, especialidad, specialite, \
        taxonomy",
    ) {
        return Some((Field::ReferrerSpecialty, 0.9));
    }
    if h.any("credential, credentials, suffix, degree, designation") {
        return Some((Field::ReferrerCredentials, 0.9));
    }
    if h.any(ZIP) {
        return Some((Field::ReferrerZip, 0.9));
    }
    if h.any(CITY) {
        return Some((Field::ReferrerCity, 0.9));
    }
    if h.any(STATE) && !h.any("country") {
        return Some((Field::ReferrerState, 0.85));
    }
    if h.any(STREET) && !h.has("adresse par") {
        return Some((Field::ReferrerStreet, 0.85));
    }
    None
}

pub(super) fn part_of_name(h: &Heading<'_>, referrer: bool) -> Option<Field> {
    let (given, family, middle) = if referrer {
        (Field::ReferrerGiven, Field::ReferrerFamily, Field::ReferrerMiddle)
    } else {
        (Field::PatientGiven, Field::PatientFamily, Field::Ignore)
    };
    let (first, last) = (h.any(FIRST), h.any(LAST));
    if first == last {
        return h.any(MIDDLE).then_some(middle);
    }
    Some(if first { given } else { family })
}
