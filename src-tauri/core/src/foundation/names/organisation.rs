//! Names of organisations: what is left when legal forms and abbreviations are out of the way.

use super::credentials::credential;
use super::likeness::slip_of_a_letter;
use super::nicknames::is_given_name;
use super::organisation_words::{FILLER, GENERIC, OPTIONAL, SHORT, TELLING};
use crate::foundation::text::words;

/// An organisation's name folded for comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct OrganisationName {
    /// The words that count, abbreviations written out: `larkspur internal medicine`.
    pub key: String,
    tokens: Vec<String>,
}

impl OrganisationName {
    /// Folds a name.
    pub fn new(text: &str) -> Self {
        let all = words(&text.replace('&', " and "));
        let mut tokens: Vec<String> = Vec::with_capacity(all.len());
        // "P.C." arrives as two letters: they are one word.
        let mut letters = String::new();
        for word in all {
            if word.len() == 1 && word.chars().all(char::is_alphabetic) {
                letters.push_str(&word);
                continue;
            }
            if !letters.is_empty() {
                tokens.push(std::mem::take(&mut letters));
            }
            tokens.push(word);
        }
        if !letters.is_empty() {
            tokens.push(letters);
        }
        tokens.retain(|t| !FILLER.contains(&t.as_str()));
        let tokens: Vec<String> = tokens
            .into_iter()
            .map(|t| SHORT.iter().find(|(short, _)| *short == t).map_or(t, |(_, long)| (*long).to_owned()))
            .collect();
        Self { key: tokens.join(" "), tokens }
    }

    /// The words that tell which organisation it is; all words if each of them is common.
    pub fn telling(&self) -> impl Iterator<Item = &str> {
        let any = self.tokens.iter().any(|t| !GENERIC.contains(&t.as_str()));
        self.tokens.iter().map(String::as_str).filter(move |t| !any || !GENERIC.contains(t))
    }

    /// Whether this is no name at all.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Whether both name one organisation: the same words, some of them abbreviated, dropped at the end or with a slip of a letter.
    pub fn is_same(&self, other: &Self) -> bool {
        if self.is_empty() || other.is_empty() {
            return false;
        }
        self.key == other.key || {
            let (a, b) = (self.tokens.as_slice(), other.tokens.as_slice());
            fits(a, b, 0, 0) || (self.tokens.concat() == other.tokens.concat())
        }
    }
}

/// Compares word by word; `told` counts words that tell the organisation, `slips` letters forgiven.
fn fits(a: &[String], b: &[String], told: usize, slips: usize) -> bool {
    match (a, b) {
        ([], []) => told > 0,
        ([], rest) | (rest, []) => told > 1 && rest.iter().all(|t| OPTIONAL.contains(&t.as_str())),
        ([x, rest_a @ ..], [y, rest_b @ ..]) => {
            if (x == y || shortens(x, y) || shortens(y, x)) && fits(rest_a, rest_b, told + 1, slips) {
                return true;
            }
            if slips == 0 && slip_of_a_letter(x, y) && fits(rest_a, rest_b, told + 1, 1) {
                return true;
            }
            told > 0
                && (initials(x, b).is_some_and(|n| fits(rest_a, &b[n..], told + 1, slips))
                    || initials(y, a).is_some_and(|n| fits(&a[n..], rest_b, told + 1, slips)))
        }
    }
}

/// Whether a word is a usual abbreviation of a common one: `int` of `internal`.
fn shortens(short: &str, long: &str) -> bool {
    let alike = |a: &str, b: &str| SHORT.iter().any(|(s, l)| *s == a && *l == b);
    (short.len() >= 2 && short.len() < long.len() && long.starts_with(short) && GENERIC.contains(&long))
        || alike(short, long)
        || matches!(
            (short, long),
            ("medicine", "medical") | ("pediatric", "pediatrics") | ("orthopedic", "orthopedics")
        )
}

/// `uc` for `urgent care`: how many words of `of` the letters stand for.
fn initials(letters: &str, of: &[String]) -> Option<usize> {
    let n = letters.chars().count();
    let fit = (2..=4).contains(&n)
        && of.len() >= n
        && letters.chars().zip(of).all(|(letter, word)| word.starts_with(letter) && word.len() > 1)
        && of[..n].iter().all(|word| GENERIC.contains(&word.as_str()));
    fit.then_some(n)
}

/// Whether two names as written name one organisation.
pub fn same_organisation(one: &str, other: &str) -> bool {
    OrganisationName::new(one).is_same(&OrganisationName::new(other))
}

/// Whether a name is an organisation's rather than a person's.
pub fn looks_like_organisation(text: &str) -> bool {
    let trimmed = text.trim();
    if trimmed.contains('&') || trimmed.chars().any(|c| c.is_ascii_digit()) {
        return true;
    }
    let all = words(trimmed);
    if all.len() < 2 {
        return all.first().is_some_and(|w| TELLING.contains(&w.as_str()));
    }
    let has_credential = trimmed
        .split([',', ' '])
        .any(|t| credential(t).is_some_and(|c| c.profession.is_some()) && !matches!(t, "PA" | "PC" | "PT"));
    if has_credential {
        return false;
    }
    // "Church, Anna" and "Anna Bank" are people: the word must not stand where a family name does beside a given name.
    let person = all.len() <= 3 && (is_given_name(&all[0]) || (trimmed.contains(',') && all.len() == 2));
    let telling = all.iter().filter(|w| TELLING.contains(&w.as_str())).count();
    if person { telling > 1 } else { telling > 0 || all.iter().any(|w| matches!(w.as_str(), "of" | "the")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviated_offices_are_the_same_office() {
        for (short, long) in [
            ("Larkspur Int Med", "Larkspur Internal Medicine"),
            ("Wintergreen Fam Prac", "Wintergreen Family Practice"),
            ("Pinnacle Ledge PC", "Pinnacle Ledge Primary Care"),
            ("Seven Oaks UC", "Seven Oaks Urgent Care"),
            ("Bell Buoy Peds", "Bell Buoy Pediatrics"),
            ("Juniper Reach Childrens Health", "Juniper Reach Children’s Health"),
            ("Foxglove Podiatry, LLC", "FOXGLOVE PODIATRY"),
            ("Stride & Tide Running Co.", "Stride and Tide Running"),
            ("Larkspur Internal Medicine Associates, P.C.", "Larkspur Internal Medicine"),
            ("Lakrspur Internal Medicine", "Larkspur Internal Medicine"),
        ] {
            assert!(same_organisation(short, long) && same_organisation(long, short), "{short} / {long}");
        }
    }

    #[test]
    fn neighbours_with_half_a_name_in_common_are_two() {
        for (one, other) in [
            ("Northfold Internal Medicine", "Northfold High School Athletics"),
            ("Osprey Ledge Hospital Emergency Dept", "Beacon Ledge Arthritis Center"),
            ("Puffin Logistics", "Puffin Street Medical Center Emergency Dept"),
            ("Sandpiper Primary Care", "Sandpiper Pediatrics"),
            ("Bay Family Health", "Bayberry Family Health"),
            ("Spruce Gate Podiatry", "Spruce Gate Pediatrics"),
            ("Larkspur", "Larkspur Internal Medicine"),
        ] {
            assert!(!same_organisation(one, other), "{one} / {other}");
        }
    }

    #[test]
    fn people_and_organisations_are_told_apart() {
        for text in [
            "Ferry Landing Urgent Care",
            "Stride & Tide Running Co.",
            "Puffin Logistics",
            "Kestrel & Moss Law Office",
            "Granite Grip Climbing",
            "Harborlight Senior Living",
            "Breakwater Boatworks",
            "St. Mary's Hospital",
        ] {
            assert!(looks_like_organisation(text), "{text}");
        }
        for text in [
            "Monique Rancourt",
            "Larrabee, Marcel MD",
            "Dr. Danielle Beaulieu",
            "Church, Anna",
            "Anna Bank",
            "NÚÑEZ, PASCAL P",
            "John Smith PT",
            "Pat Care, MD",
        ] {
            assert!(!looks_like_organisation(text), "{text}");
        }
    }
}
