//! How alike two names are, part by part and as one number.

use super::credentials::Profession;
use super::nicknames::given_names_agree;
use super::person::PersonalName;
use crate::foundation::text::{fold, sounds, words};

/// A person's name folded for comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct NameParts {
    /// `marcel`; one letter when only the initial is known.
    pub given: String,
    /// `d`.
    pub middle: String,
    /// `larrabee`, closed up: `ohalloran`, `vasquezlunt`.
    pub family: String,
    /// `jr`.
    pub suffix: String,
    /// What the credentials say.
    pub professions: Vec<Profession>,
}

impl NameParts {
    /// Folds the parts of a name.
    pub fn new(given: &str, middle: &str, family: &str, suffix: &str, professions: &[Profession]) -> Self {
        let closed = |text: &str| words(text).concat();
        Self {
            given: closed(given),
            middle: closed(middle),
            family: closed(family),
            suffix: closed(suffix),
            professions: professions.to_vec(),
        }
    }

    /// Part by part.
    pub fn compare(&self, other: &Self) -> Comparison {
        Comparison {
            family: compare_family(&self.family, &other.family),
            given: compare_given(&self.given, &other.given),
            middle: compare_middle(&self.middle, &other.middle),
            other_profession: !self.professions.is_empty()
                && !other.professions.is_empty()
                && !self.professions.iter().any(|p| other.professions.contains(p)),
            other_suffix: !self.suffix.is_empty() && !other.suffix.is_empty() && self.suffix != other.suffix,
        }
    }
}

/// Two names beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The family names.
    pub family: FamilyLikeness,
    /// The given names.
    pub given: GivenLikeness,
    /// The middle names or initials.
    pub middle: MiddleLikeness,
    /// Both have credentials, and they make different professions.
    pub other_profession: bool,
    /// `Jr.` beside `Sr.`
    pub other_suffix: bool,
}

/// How two family names relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FamilyLikeness {
    /// The same but for accents and case.
    Same,
    /// One has a letter too few, twice or swapped: what a typing error does.
    Slip,
    /// One letter is another one, or they sound alike: may be an error, may be another family.
    Near,
    /// Another family.
    Different,
}

/// How two given names relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenLikeness {
    /// The same.
    Same,
    /// One is short for the other.
    Nickname,
    /// One is only the other's initial.
    Initial,
    /// One has none.
    Unknown,
    /// One letter apart.
    Near,
    /// Another name.
    Different,
}

/// How two middle names relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MiddleLikeness {
    /// Both known, same name or initial.
    Same,
    /// One is not known.
    Unknown,
    /// Another letter.
    Different,
}

fn compare_family(one: &str, other: &str) -> FamilyLikeness {
    if one == other {
        FamilyLikeness::Same
    } else if slip_of_a_letter(one, other) {
        FamilyLikeness::Slip
    } else if one.len().min(other.len()) >= 4
        && (strsim::osa_distance(one, other) == 1 || sound_alike(one, other))
    {
        FamilyLikeness::Near
    } else {
        FamilyLikeness::Different
    }
}

fn sound_alike(one: &str, other: &str) -> bool {
    one.chars().next() == other.chars().next() && strsim::osa_distance(one, other) <= 2 && {
        let of_other = sounds(other);
        sounds(one).iter().any(|code| of_other.contains(code))
    }
}

/// Whether one folded word is the other with one letter dropped, doubled or swapped with its neighbour, in words of five letters or more.
/// A last letter more is no slip: Clark and Clarke, Meyer and Meyers are families of their own.
pub fn slip_of_a_letter(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    if long.len() < 5 || long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long.iter()).take_while(|(a, b)| a == b).count();
    if short.len() == long.len() {
        return same + 1 < long.len()
            && short[same] == long[same + 1]
            && short[same + 1] == long[same]
            && short[same + 2..] == long[same + 2..];
    }
    let at_the_end = same + 1 == long.len() && long[same] != long[same - 1];
    !at_the_end && short[same..] == long[same + 1..]
}

fn compare_given(one: &str, other: &str) -> GivenLikeness {
    let (a, b) = (one.chars().count(), other.chars().count());
    if a == 0 || b == 0 {
        return GivenLikeness::Unknown;
    }
    if a == 1 || b == 1 {
        let initials = |first: &str, second: &str| first.chars().next() == second.chars().next();
        return if initials(one, other) { GivenLikeness::Initial } else { GivenLikeness::Different };
    }
    if one == other {
        GivenLikeness::Same
    } else if given_names_agree(one, other) {
        GivenLikeness::Nickname
    } else if a.min(b) >= 4 && strsim::osa_distance(one, other) == 1 {
        GivenLikeness::Near
    } else {
        GivenLikeness::Different
    }
}

fn compare_middle(one: &str, other: &str) -> MiddleLikeness {
    let (Some(a), Some(b)) = (one.chars().next(), other.chars().next()) else {
        return MiddleLikeness::Unknown;
    };
    let (long_a, long_b) = (one.chars().count() > 1, other.chars().count() > 1);
    if a != b || (long_a && long_b && one != other && !given_names_agree(one, other)) {
        MiddleLikeness::Different
    } else {
        MiddleLikeness::Same
    }
}

/// How alike two names are, 0 to 1: Jaro–Winkler on the normalised names, knowing short forms and initials (requirements A17).
/// Other credentials, another middle initial or another given name pull it below what counts as likely.
pub fn likeness(one: &NameParts, other: &NameParts) -> f64 {
    let family = strsim::jaro_winkler(&one.family, &other.family);
    let compared = one.compare(other);
    let given = match compared.given {
        GivenLikeness::Same => 1.0,
        GivenLikeness::Nickname => 0.97,
        GivenLikeness::Initial => 0.9,
        GivenLikeness::Unknown => 0.8,
        GivenLikeness::Near | GivenLikeness::Different => strsim::jaro_winkler(&one.given, &other.given),
    };
    let mut score = family * 0.6 + given * 0.4;
    if compared.other_profession || compared.other_suffix || compared.middle == MiddleLikeness::Different {
        score *= 0.85;
    }
    score
}

/// How alike two names as written are, people or organisations, 0 to 1.
pub fn similar(one: &str, other: &str) -> f64 {
    if super::same_organisation(one, other) {
        return 0.97;
    }
    match (PersonalName::parse(one), PersonalName::parse(other)) {
        (Some(a), Some(b)) if is_person(one, &a) && is_person(other, &b) => likeness(&a.parts(), &b.parts()),
        _ => strsim::jaro_winkler(&fold(one.trim()), &fold(other.trim())),
    }
}

fn is_person(text: &str, name: &PersonalName) -> bool {
    !name.given.is_empty() && !super::looks_like_organisation(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(one: &str, other: &str) -> Comparison {
        let parts = |text| PersonalName::parse(text).expect("a name").parts();
        parts(one).compare(&parts(other))
    }

    #[test]
    fn slips_of_the_hand_are_told_from_other_names() {
        for (wrong, right) in [
            ("Coldwll", "Coldwell"),
            ("Gangé", "Gagné"),
            ("Ferrnald", "Fernald"),
            ("Mesrve", "Meserve"),
            ("Núeñz", "Núñez"),
            ("O'Rouke", "O'Rourke"),
        ] {
            assert_eq!(
                compared(&format!("{wrong}, Ann"), &format!("{right}, Ann")).family,
                FamilyLikeness::Slip,
                "{wrong}"
            );
        }
        for (one, other) in [
            ("Sewall", "Sewell"),
            ("Clark", "Clarke"),
            ("Meyer", "Meyers"),
            ("Larsen", "Larson"),
            ("Berg", "Bern"),
            ("Fernald", "Farnsley"),
        ] {
            assert_ne!(
                compared(&format!("{one}, Ann"), &format!("{other}, Ann")).family,
                FamilyLikeness::Slip,
                "{one}"
            );
        }
    }

    #[test]
    fn namesakes_are_told_apart_by_initial_and_profession() {
        let two = compared("Marcel D. Larrabee, MD", "Marcel W. Larrabee, DPM");
        assert_eq!((two.middle, two.other_profession), (MiddleLikeness::Different, true));
        assert_eq!(compared("Larrabee, Marcel", "Marcel W. Larrabee").middle, MiddleLikeness::Unknown);
    }

    #[test]
    fn what_is_likely_by_the_rule_scores_so() {
        for (one, other) in [
            ("Bill Doucette", "Doucette, William PA-C"),
            ("Keiko Ito", "Ito, Keiko MD"),
            ("Jon Smyth", "John Smith"),
            ("Larkspur Int Med", "Larkspur Internal Medicine"),
        ] {
            assert!(similar(one, other) >= 0.88, "{one} {other}: {}", similar(one, other));
        }
        for (one, other) in
            [("Marcel D. Larrabee, MD", "Marcel W. Larrabee, DPM"), ("Keiko Ito", "Omar Brandt")]
        {
            assert!(similar(one, other) < 0.88, "{one} {other}: {}", similar(one, other));
        }
    }
}
