//! Which person a name means.

use std::collections::HashMap;

use super::crowd::{Crowd, PersonSlot};
use super::evidence::{Evidence, Fit, contradict, weigh};
use super::mention::{Mention, Named};
use crate::foundation::id::PersonId;
use crate::foundation::names::{NameParts, PersonalName};

/// What was found.
#[derive(Debug)]
pub(super) enum Found {
    /// This person.
    Person(usize),
    /// Nobody known; these are alike.
    Nobody(Vec<usize>),
}

/// The names of a file beside each other: two mentions of one name may speak of two people.
pub(super) struct Namesakes {
    by_name: HashMap<(String, String), Vec<usize>>,
}

impl Namesakes {
    pub(super) fn of(mentions: &[Mention]) -> Self {
        let mut by_name: HashMap<(String, String), Vec<usize>> = HashMap::new();
        for (at, mention) in mentions.iter().enumerate() {
            if let Named::Person { parts, .. } = &mention.named {
                by_name.entry((parts.family.clone(), parts.given.clone())).or_default().push(at);
            }
        }
        Self { by_name }
    }

    /// Whether another mention of the same name contradicts this one.
    fn is_contested(&self, mentions: &[Mention], mention: &Mention, parts: &NameParts) -> bool {
        self.by_name.get(&(parts.family.clone(), parts.given.clone())).into_iter().flatten().any(|other| {
            let other = &mentions[*other];
            matches!(&other.named, Named::Person { parts: theirs, .. } if contradict(mention, parts, other, theirs))
        })
    }
}

/// Finds the person a mention means.
pub(super) fn find(
    crowd: &Crowd,
    mentions: &[Mention],
    namesakes: &Namesakes,
    mention: &Mention,
    parts: &NameParts,
    place: Option<usize>,
) -> Found {
    let mut weighed: Vec<(usize, Evidence)> = Vec::new();
    let weigh_all = |people: &[usize], weighed: &mut Vec<(usize, Evidence)>| {
        for at in people {
            if weighed.iter().all(|(known, _)| known != at)
                && let Some(evidence) = weigh(mention, parts, &crowd.people[*at], place)
            {
                weighed.push((*at, evidence));
            }
        }
    };
    if let Some(same_npi) = mention.npi.as_ref().and_then(|npi| crowd.by_npi.get(npi)) {
        weigh_all(same_npi, &mut weighed);
        if let [(only, Evidence { fit: Fit::Identifier, .. })] = weighed.as_slice() {
            return Found::Person(*only);
        }
    }
    weigh_all(crowd.families.same(&parts.family), &mut weighed);
    weigh_all(&crowd.families.near(&parts.family), &mut weighed);
    if let Some(same) = mention.email.as_ref().and_then(|e| crowd.by_email.get(e)) {
        weigh_all(same, &mut weighed);
    }
    // A slip of a letter between two families that both exist is no slip.
    let established = weighed.iter().any(|(_, e)| e.slip) && crowd.families.is_established(&parts.family);
    for (at, evidence) in &mut weighed {
        let both = evidence.fit == Fit::Form
            && evidence.slip
            && established
            && crowd.people[*at].spellings.iter().all(|s| crowd.families.is_established(&s.family));
        if both {
            evidence.fit = Fit::Alike;
        }
    }
    let Some(best) = weighed.iter().map(|(_, e)| e.fit).min() else { return Found::Nobody(Vec::new()) };
    let everybody = || weighed.iter().map(|(at, _)| *at).collect::<Vec<_>>();
    if best == Fit::Alike {
        return Found::Nobody(everybody());
    }
    let at_best: Vec<(usize, Evidence)> = weighed.iter().filter(|(_, e)| e.fit == best).copied().collect();
    let Some(only) = only(&at_best) else {
        return Found::Nobody(at_best.iter().map(|(at, _)| *at).collect());
    };
    // Somebody of whom only the name is known may be any of two namesakes.
    let bare = best == Fit::Name || best == Fit::Form;
    if bare && crowd.people[only].professions.is_empty() && namesakes.is_contested(mentions, mention, parts) {
        return Found::Nobody(vec![only]);
    }
    Found::Person(only)
}

/// The one that fits, if what else is known tells equal fits apart.
fn only(fits: &[(usize, Evidence)]) -> Option<usize> {
    if let [(at, _)] = fits {
        return Some(*at);
    }
    for tells in [
        |e: &Evidence| e.same_middle,
        |e: &Evidence| e.same_profession,
        |e: &Evidence| e.same_zip,
        |e: &Evidence| !e.slip,
    ] {
        let mut told = fits.iter().filter(|(_, e)| tells(e));
        if let (Some((at, _)), None) = (told.next(), told.next()) {
            return Some(*at);
        }
    }
    None
}

/// A new person.
pub(super) fn new_slot(mention: &Mention, name: &PersonalName, parts: &NameParts) -> PersonSlot {
    PersonSlot {
        id: PersonId::new(),
        is_new: true,
        is_used: false,
        name: name.clone(),
        spellings: vec![parts.clone()],
        npi: mention.npi.clone(),
        had_npi: false,
        professions: parts.professions.clone(),
        middles: Vec::new(),
        organisations: Vec::new(),
        primary: None,
        phones: Vec::new(),
        zips: Vec::new(),
        emails: Vec::new(),
        specialty: None,
        individual: None,
        is_patient: mention.is_patient,
        needs_place: mention.needs_place,
        mentions: Vec::new(),
        joined: Vec::new(),
    }
}

/// Tells the person what the mention knows.
pub(super) fn learn(
    crowd: &mut Crowd,
    person: usize,
    at: usize,
    mention: &Mention,
    parts: &NameParts,
    place: Option<usize>,
) {
    crowd.accept(person, parts);
    if let Some(npi) = mention.npi.as_ref().filter(|_| crowd.people[person].npi.is_none()) {
        crowd.by_npi.entry(npi.clone()).or_default().push(person);
    }
    if let Some(email) = mention.email.as_ref().filter(|e| !crowd.people[person].emails.contains(e)) {
        crowd.by_email.entry(email.clone()).or_default().push(person);
    }
    let slot = &mut crowd.people[person];
    slot.npi = slot.npi.take().or_else(|| mention.npi.clone());
    for profession in &parts.professions {
        if !slot.professions.contains(profession) {
            slot.professions.push(*profession);
        }
    }
    let add = |list: &mut Vec<String>, value: &String| {
        if !value.is_empty() && !list.contains(value) {
            list.push(value.clone());
        }
    };
    add(&mut slot.middles, &parts.middle);
    mention.zip.iter().for_each(|zip| add(&mut slot.zips, zip));
    mention.email.iter().for_each(|email| add(&mut slot.emails, email));
    if place.is_none() {
        mention.phones.iter().for_each(|phone| add(&mut slot.phones, phone));
    }
    if slot.specialty.is_none() {
        slot.specialty = mention.cell.specialty.clone().filter(|s| !s.trim().is_empty());
    }
    if let Some(place) = place.filter(|p| !slot.organisations.contains(p)) {
        slot.organisations.push(place);
        slot.joined.push(place);
    }
    slot.is_patient |= mention.is_patient;
    slot.mentions.push(at);
    if let Named::Person { name, .. } = &mention.named
        && slot.is_new
    {
        for one in name.credentials.split(", ") {
            slot.name.add_credentials(one);
        }
    }
}
