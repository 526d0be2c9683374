//! One person's name, taken apart.

use super::credentials::{Credential, Profession, credential, credentials_in};
use super::likeness::NameParts;
use crate::foundation::text::{fold, words};

/// A person's name in its parts, in letters fit to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonalName {
    /// `Marcel`, or an initial.
    pub given: String,
    /// `D`, `Ann Marie`.
    pub middle: String,
    /// `Larrabee`, `van der Berg`.
    pub family: String,
    /// `Jr.`, `III`.
    pub suffix: String,
    /// `MD, FACS`.
    pub credentials: String,
    /// What the name's owner is by the credentials.
    pub professions: Vec<Profession>,
    /// What stood in brackets behind the name, as in `(pt)`.
    pub remark: Option<String>,
    /// Whether the name was addressed as `Dr.`
    pub is_doctor: bool,
    /// Whether all of it was written in capitals, which hides how it is written well.
    pub in_capitals: bool,
}

const TITLES: &[&str] = &[
    "dr",
    "drs",
    "doctor",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "prof",
    "professor",
    "rev",
    "sr",
    "sister",
    "hon",
];
const SUFFIXES: &[(&str, &str)] =
    &[("jr", "Jr."), ("junior", "Jr."), ("sr", "Sr."), ("ii", "II"), ("iii", "III"), ("iv", "IV")];
/// Words that belong to the family name behind them.
const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "ter", "ten", "de", "del", "della", "dela", "di", "da", "dos", "du", "la",
    "le", "lo", "st", "ste", "saint", "mac", "mc", "bin", "ibn", "ben", "al", "el", "abu", "san", "santa",
    "zu", "af", "av",
];

impl PersonalName {
    /// Takes apart a name as people write it: `Last, First M. MD`, `First M. Last, M.D.`, `Dr. First Last`, `F. Last MD`, capitals.
    /// None when there is no name in it.
    pub fn parse(text: &str) -> Option<Self> {
        let (text, remark) = without_brackets(text);
        let in_capitals = is_in_capitals(&text);
        let mut found: Vec<Credential> = Vec::new();
        let mut suffix = String::new();
        let mut segments: Vec<Vec<&str>> = Vec::new();
        for segment in text.split([',', ';']) {
            let mut tokens: Vec<&str> =
                segment.split_whitespace().filter(|t| t.chars().any(char::is_alphabetic)).collect();
            let all = tokens.iter().all(|t| credential(t).is_some());
            // A two-letter word of a name in capitals may be the name itself: something has to be left of it.
            if !tokens.is_empty()
                && all
                && (!segments.is_empty())
                && !(in_capitals
                    && segments.len() == 1
                    && segments[0].len() == 1
                    && text.matches(',').count() == 1
                    && ambiguous(&tokens))
            {
                found.extend(tokens.iter().filter_map(|t| credential(t)));
                continue;
            }
            while tokens.len() > 1 {
                let Some(last) = tokens.last() else { break };
                if let Some(one) = credential(last) {
                    found.insert(0, one);
                } else if let Some((_, written)) = SUFFIXES.iter().find(|(key, _)| *key == bare(last)) {
                    suffix = (*written).to_owned();
                } else {
                    break;
                }
                tokens.pop();
            }
            if let ([only], false) = (tokens.as_slice(), segments.is_empty())
                && let Some((_, written)) = SUFFIXES.iter().find(|(key, _)| *key == bare(only))
            {
                suffix = (*written).to_owned();
                continue;
            }
            if !tokens.is_empty() {
                segments.push(tokens);
            }
        }
        let mut is_doctor = false;
        for tokens in &mut segments {
            while tokens.len() > 1 && TITLES.contains(&bare(tokens[0]).as_str()) {
                is_doctor |= matches!(bare(tokens[0]).as_str(), "dr" | "drs" | "doctor");
                tokens.remove(0);
            }
        }
        let (given, middle, family) = match segments.as_slice() {
            [] => return None,
            [one] => first_last(one),
            [family, rest, ..] => {
                let given = rest.first().map_or(String::new(), |t| (*t).to_owned());
                (given, rest.get(1..).unwrap_or_default().join(" "), family.join(" "))
            }
        };
        let written = |part: String| if in_capitals { capitalised(&part) } else { part };
        let mut name = Self {
            given: initial(&written(given)),
            middle: initial(&written(middle)),
            family: written(family),
            suffix,
            remark,
            is_doctor,
            in_capitals,
            ..Self::default()
        };
        name.take_credentials(found);
        (!name.family.is_empty()).then_some(name)
    }

    /// From columns of their own. A title in the given name and credentials in the family name are found too.
    pub fn from_parts(given: &str, middle: &str, family: &str, credentials: &str) -> Option<Self> {
        let composed = match (given.trim().is_empty(), family.trim().is_empty()) {
            (true, true) => return None,
            (false, false) => format!("{family}, {given} {middle}"),
            (true, false) => family.trim().to_owned(),
            (false, true) => given.trim().to_owned(),
        };
        let mut name = Self::parse(&composed)?;
        name.add_credentials(credentials);
        Some(name)
    }

    /// Adds credentials from a column of their own, unless the name carries them already.
    pub fn add_credentials(&mut self, cell: &str) {
        let mut all = credentials_in(&self.credentials);
        for one in credentials_in(cell) {
            if !all.contains(&one) {
                all.push(one);
            }
        }
        self.take_credentials(all);
    }

    fn take_credentials(&mut self, found: Vec<Credential>) {
        self.credentials = found.iter().map(|c| c.text).collect::<Vec<_>>().join(", ");
        self.professions.clear();
        for one in found {
            if let Some(profession) = one.profession.filter(|p| !self.professions.contains(p)) {
                self.professions.push(profession);
            }
        }
    }

    /// As shown: `Marcel D. Larrabee, DPM`.
    pub fn display(&self) -> String {
        let point = |part: &str| {
            let mut out = part.to_owned();
            if part.chars().count() == 1 {
                out.push('.');
            }
            out
        };
        let mut out = [point(&self.given), point(&self.middle), self.family.clone(), self.suffix.clone()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        if !self.credentials.is_empty() {
            out.push_str(", ");
            out.push_str(&self.credentials);
        }
        out
    }

    /// For order and comparison: `larrabee marcel`.
    pub fn key(&self) -> String {
        self.folded().0
    }

    /// [`Self::key`], and the family and the given name closed up as in [`NameParts`].
    pub fn folded(&self) -> (String, String, String) {
        let (family, given) = (words(&self.family), words(&self.given));
        let key = family.iter().chain(&given).map(String::as_str).collect::<Vec<_>>().join(" ");
        (key, family.concat(), given.concat())
    }

    /// Folded, for comparison with others.
    pub fn parts(&self) -> NameParts {
        NameParts::new(&self.given, &self.middle, &self.family, &self.suffix, &self.professions)
    }

    /// Whether only the first letter of the given name is known, or nothing of it.
    pub fn has_full_given(&self) -> bool {
        self.given.chars().count() > 1
    }

    /// How much this spelling tells: the best spelling of a person is the one to show.
    pub fn fullness(&self) -> u32 {
        u32::from(self.has_full_given()) * 32
            + u32::from(!self.in_capitals) * 16
            + u32::from(!self.credentials.is_empty()) * 4
            + u32::from(!self.middle.is_empty()) * 4
            + u32::from(!(self.family.is_ascii() && self.given.is_ascii())) * 2
    }
}

fn ambiguous(tokens: &[&str]) -> bool {
    tokens.iter().all(|t| {
        t.chars().all(char::is_alphabetic)
            && t.chars().count() == 2
            && !matches!(bare(t).as_str(), "md" | "dc" | "np" | "pt" | "rn")
    })
}

/// `First Middle Last`, with the words that belong to the family name.
fn first_last(tokens: &[&str]) -> (String, String, String) {
    let [given, rest @ ..] = tokens else { return Default::default() };
    if rest.is_empty() {
        return (String::new(), String::new(), (*given).to_owned());
    }
    let mut start = rest.len() - 1;
    while start > 0 && is_particle(rest[start - 1]) {
        start -= 1;
    }
    ((*given).to_owned(), rest[..start].join(" "), rest[start..].join(" "))
}

fn is_particle(word: &str) -> bool {
    let bare = bare(word);
    bare.len() > 1 && PARTICLES.contains(&bare.as_str())
}

fn without_brackets(text: &str) -> (String, Option<String>) {
    let (Some(open), Some(close)) = (text.find(['(', '[']), text.rfind([')', ']'])) else {
        return (text.to_owned(), None);
    };
    if close < open {
        return (text.to_owned(), None);
    }
    let inside = text[open + 1..close].trim();
    (format!("{} {}", &text[..open], &text[close + 1..]), (!inside.is_empty()).then(|| inside.to_owned()))
}

fn bare(word: &str) -> String {
    fold(word).chars().filter(|c| c.is_alphabetic()).collect()
}

/// `D.` → `D`; other words as they are, without points at the end.
fn initial(part: &str) -> String {
    part.split_whitespace().map(|word| word.trim_end_matches('.')).collect::<Vec<_>>().join(" ")
}

fn is_in_capitals(text: &str) -> bool {
    let mut long_words = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| w.chars().count() > 2 && credential(w).is_none())
        .peekable();
    long_words.peek().is_some() && long_words.all(|w| w.chars().all(char::is_uppercase))
}

/// `O'HALLORAN-MCALLISTER` → `O'Halloran-McAllister`.
fn capitalised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive([' ', '-', '\'', '’']) {
        let lower = word.to_lowercase();
        let mut letters = lower.chars();
        let Some(first) = letters.next() else { continue };
        out.extend(first.to_uppercase());
        let rest = letters.as_str();
        match rest.strip_prefix('c') {
            Some(tail) if first == 'm' && tail.chars().count() > 2 => {
                let mut tail = tail.chars();
                out.push('c');
                if let Some(next) = tail.next() {
                    out.extend(next.to_uppercase());
                }
                out.push_str(tail.as_str());
            }
            _ => out.push_str(rest),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> String {
        PersonalName::parse(text).map(|n| n.display()).unwrap_or_default()
    }

    #[test]
    fn every_usual_form_is_the_same_name() {
        for text in [
            "Larrabee, Marcel D MD",
            "Larrabee, Marcel D., M.D.",
            "Marcel D. Larrabee, MD",
            "Marcel D Larrabee M.D.",
            "Dr. Marcel D. Larrabee MD",
            "LARRABEE, MARCEL D MD",
            " Larrabee ,  Marcel   D MD ",
            "MARCEL D. LARRABEE, MD",
            "Larrabee, Dr. Marcel D. MD",
            "Larrabee MD, Marcel D",
        ] {
            assert_eq!(shown(text), "Marcel D. Larrabee, MD", "{text:?}");
        }
    }

    #[test]
    fn initials_particles_suffixes_and_brackets_are_understood() {
        let cases = [
            ("K. Nickerson MD", "K. Nickerson, MD"),
            ("Dr R. Jacobsen", "R. Jacobsen"),
            ("Ludwig van der Berg", "Ludwig van der Berg"),
            ("St. Pierre, Anne NP", "Anne St. Pierre, NP"),
            ("Smith, John Jr., MD", "John Smith Jr., MD"),
            ("O'HALLORAN, LAURENT W", "Laurent W. O'Halloran"),
            ("MCALLISTER, THÉRÈSE", "Thérèse McAllister"),
            ("Vasquez-Lunt, Conrad PA-C", "Conrad Vasquez-Lunt, PA-C"),
            ("Nguyen, Do", "Do Nguyen"),
            ("John Smith MD PhD FACS", "John Smith, MD, PhD, FACS"),
            ("Hinckley", "Hinckley"),
            ("---", ""),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text:?}");
        }
        assert_eq!(
            PersonalName::parse("Hinckley, Celeste (pt)").and_then(|n| n.remark).as_deref(),
            Some("pt")
        );
    }

    #[test]
    fn columns_of_their_own_give_the_same_name() {
        let name = PersonalName::from_parts("VIVIAN", "S", "ASHWORTH", "MD").expect("a name");
        assert_eq!(name.display(), "Vivian S. Ashworth, MD");
        assert_eq!(name.key(), "ashworth vivian");
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in ".{0,80}") {
            if let Some(name) = PersonalName::parse(&text) {
                prop_assert!(!name.family.is_empty());
            }
        }

        #[test]
        fn order_capitals_and_spaces_do_not_change_who_it_is(given in "[A-Z][a-z]{2,9}", middle in "[A-Z]", family in "[A-Z][bcdfglmnrst][a-z]{3,9}") {
            prop_assume!(credential(&family.to_uppercase()).is_none() && credential(&given.to_uppercase()).is_none());
            prop_assume!(!TITLES.contains(&fold(&given).as_str()) && !PARTICLES.contains(&fold(&given).as_str()));
            prop_assume!(SUFFIXES.iter().all(|(key, _)| *key != fold(&family) && *key != fold(&given)));
            let plain = PersonalName::parse(&format!("{given} {middle}. {family}, MD")).expect("a name");
            for text in [
                format!("{family}, {given} {middle} MD"),
                format!("  {}  ,   {}  {middle}, M.D. ", family.to_uppercase(), given.to_uppercase()),
                format!("Dr. {given} {middle} {family} MD"),
            ] {
                let other = PersonalName::parse(&text).expect("a name");
                prop_assert_eq!(other.key(), plain.key());
                prop_assert_eq!(fold(&other.middle), fold(&plain.middle));
                prop_assert_eq!(&other.professions, &plain.professions);
            }
        }
    }
}
