//! What speaks for and against a mention meaning a person.

use super::crowd::PersonSlot;
use super::mention::Mention;
use crate::foundation::names::{
    Comparison, FamilyLikeness, GivenLikeness, MiddleLikeness, NameParts, Profession,
};

/// How well a mention fits a person. The lower, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The same NPI and a name that goes with it.
    Identifier,
    /// The whole name at the same place.
    NameAndPlace,
    /// A form of the name at the same place.
    FormAndPlace,
    /// The whole name, and the middle initial or the profession as well.
    NameAndMore,
    /// The whole name.
    Name,
    /// A short form, or a slip of a letter.
    Form,
    /// The family name and an initial.
    Initial,
    /// Alike, but not enough to say so.
    Alike,
}

/// The fit and what may tell two equal fits apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evidence {
    pub(super) fit: Fit,
    pub(super) same_profession: bool,
    pub(super) same_middle: bool,
    pub(super) same_zip: bool,
    /// The family names differ by a slip of a letter.
    pub(super) slip: bool,
}

/// Weighs a mention against a person; none when it can't be that person, or is not even alike.
pub(super) fn weigh(
    mention: &Mention,
    parts: &NameParts,
    person: &PersonSlot,
    place: Option<usize>,
) -> Option<Evidence> {
    let name = person.spellings.iter().map(|s| parts.compare(s)).min_by_key(|c| distance(*c))?;
    if name.family == FamilyLikeness::Different || name.given == GivenLikeness::Different {
        return None;
    }
    let both_npi = mention.npi.as_ref().zip(person.npi.as_ref());
    let same_npi = both_npi.is_some_and(|(a, b)| a == b);
    let evidence = |fit| Evidence {
        fit,
        same_profession: shares(&parts.professions, &person.professions),
        same_middle: middle(parts, person) == MiddleLikeness::Same,
        same_zip: mention.zip.as_ref().is_some_and(|z| person.zips.contains(z)),
        slip: name.family != FamilyLikeness::Same,
    };
    if same_npi {
        return Some(evidence(Fit::Identifier));
    }
    if both_npi.is_some() {
        return None;
    }
    let alike = Some(evidence(Fit::Alike));
    let place_known = place.is_some() && !person.organisations.is_empty();
    let same_place = place.is_some_and(|p| person.organisations.contains(&p));
    let other_profession = !parts.professions.is_empty()
        && !person.professions.is_empty()
        && !shares(&parts.professions, &person.professions);
    if other_profession || name.other_suffix || middle(parts, person) == MiddleLikeness::Different {
        return None;
    }
    if mention.is_patient != person.is_patient {
        let nothing_medical = if mention.is_patient {
            person.npi.is_none() && person.professions.is_empty() && person.organisations.is_empty()
        } else {
            mention.npi.is_none() && parts.professions.is_empty() && place.is_none()
        };
        if !nothing_medical {
            return None;
        }
    }
    if mention.needs_place || person.needs_place {
        let clinician =
            if mention.needs_place { !person.professions.is_empty() } else { !parts.professions.is_empty() };
        return (same_place && !clinician && name.given == GivenLikeness::Same)
            .then(|| evidence(Fit::NameAndPlace));
    }
    let same_line = place.is_none() && mention.phones.iter().any(|p| person.phones.contains(p));
    let same_email = mention.email.as_ref().is_some_and(|e| person.emails.contains(e));
    let supported = same_place || same_line || same_email;
    let whole = name.family == FamilyLikeness::Same && name.given == GivenLikeness::Same;
    if supported {
        let fit = match (name.family, name.given) {
            _ if whole => Fit::NameAndPlace,
            (FamilyLikeness::Same, GivenLikeness::Near) | (FamilyLikeness::Near, GivenLikeness::Same)
                if !parts_are_full(parts) =>
            {
                Fit::Alike
            }
            (FamilyLikeness::Same, _)
            | (
                FamilyLikeness::Slip,
                GivenLikeness::Same | GivenLikeness::Nickname | GivenLikeness::Initial,
            ) => Fit::FormAndPlace,
            (FamilyLikeness::Near, GivenLikeness::Same) if evidence(Fit::Alike).same_profession => {
                Fit::FormAndPlace
            }
            _ => Fit::Alike,
        };
        return Some(evidence(fit));
    }
    // Known at another place: a namesake as easily as a second office.
    if place_known {
        return alike;
    }
    let fit = match (name.family, name.given) {
        _ if whole => {
            if evidence(Fit::Name).same_profession || evidence(Fit::Name).same_middle {
                Fit::NameAndMore
            } else {
                Fit::Name
            }
        }
        (FamilyLikeness::Same, GivenLikeness::Nickname) | (FamilyLikeness::Slip, GivenLikeness::Same) => {
            Fit::Form
        }
        (FamilyLikeness::Same, GivenLikeness::Initial) => Fit::Initial,
        _ => Fit::Alike,
    };
    Some(evidence(fit))
}

/// Whether two mentions of one name speak of two people.
pub(super) fn contradict(one: &Mention, a: &NameParts, other: &Mention, b: &NameParts) -> bool {
    let Comparison { middle, other_profession, other_suffix, .. } = a.compare(b);
    let npi = one.npi.as_ref().zip(other.npi.as_ref());
    if npi.is_some_and(|(x, y)| x == y) {
        return false;
    }
    npi.is_some()
        || other_profession
        || other_suffix
        || middle == MiddleLikeness::Different
        || one.is_patient != other.is_patient
}

fn parts_are_full(parts: &NameParts) -> bool {
    parts.given.chars().count() > 1
}

fn shares(one: &[Profession], other: &[Profession]) -> bool {
    one.iter().any(|p| other.contains(p))
}

fn middle(parts: &NameParts, person: &PersonSlot) -> MiddleLikeness {
    if parts.middle.is_empty() || person.middles.is_empty() {
        return MiddleLikeness::Unknown;
    }
    let fits = person.middles.iter().any(|m| {
        let with = NameParts { middle: m.clone(), ..parts.clone() };
        parts.compare(&with).middle == MiddleLikeness::Same
    });
    if fits { MiddleLikeness::Same } else { MiddleLikeness::Different }
}

fn distance(comparison: Comparison) -> u32 {
    let family = match comparison.family {
        FamilyLikeness::Same => 0,
        FamilyLikeness::Slip => 1,
        FamilyLikeness::Near => 2,
        FamilyLikeness::Different => 9,
    };
    let given = match comparison.given {
        GivenLikeness::Same => 0,
        GivenLikeness::Nickname => 1,
        GivenLikeness::Initial => 2,
        GivenLikeness::Unknown => 3,
        GivenLikeness::Near => 4,
        GivenLikeness::Different => 9,
    };
    family * 3 + given * 2
}
