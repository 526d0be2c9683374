//! Which organisation a name means.

use std::collections::HashMap;

use super::crowd::{Crowd, OrganisationSlot};
use super::guess;
use super::mention::{Mention, Named};
use crate::foundation::id::PartnerId;
use crate::foundation::names::OrganisationName;
use crate::network::PartnerClass;

/// Resolves names of organisations; equal ones once.
#[derive(Default)]
pub(super) struct OrganisationFinder {
    found: HashMap<String, usize>,
}

impl OrganisationFinder {
    /// The organisation a mention names, made if nobody knows it.
    pub(super) fn find(&mut self, crowd: &mut Crowd, at: usize, mention: &Mention) -> Option<usize> {
        let text = mention.organisation.as_deref()?;
        let folded = OrganisationName::new(text);
        if folded.is_empty() {
            return None;
        }
        let found = match self.found.get(&folded.key) {
            Some(found) => *found,
            None => {
                let found = match known(crowd, mention, &folded) {
                    Some(found) => found,
                    None => crowd.add_organisation(new_slot(mention, text, folded.clone())),
                };
                self.found.insert(folded.key, found);
                found
            }
        };
        let slot = &mut crowd.organisations[found];
        slot.mentions.push(at);
        // What stands beside a person's name at a practice is the practice's telephone.
        if !mention.is_business || matches!(mention.named, Named::Organisation) {
            for phone in &mention.phones {
                if !slot.phones.contains(phone) {
                    slot.phones.push(phone.clone());
                }
            }
        }
        if let Some(zip) = mention.zip.as_ref().filter(|z| !slot.zips.contains(z)) {
            slot.zips.push(zip.clone());
        }
        Some(found)
    }
}

fn known(crowd: &Crowd, mention: &Mention, folded: &OrganisationName) -> Option<usize> {
    if let (Named::Organisation, Some(npi)) = (&mention.named, &mention.npi)
        && let Some(at) = crowd.organisations.iter().position(|o| o.npi.as_ref() == Some(npi))
    {
        return Some(at);
    }
    let at_same_place = |at: &&usize| {
        let slot = &crowd.organisations[**at];
        mention.phones.iter().any(|p| slot.phones.contains(p))
            || mention.zip.as_ref().is_some_and(|z| slot.zips.contains(z))
    };
    let exact = crowd.names_of_organisations.exact(folded);
    if let [first, ..] = exact {
        return Some(*exact.iter().find(at_same_place).unwrap_or(first));
    }
    let alike: Vec<usize> = crowd
        .names_of_organisations
        .near(folded)
        .into_iter()
        .filter(|at| crowd.organisations[*at].folded.is_same(folded))
        .collect();
    match alike.as_slice() {
        [] => None,
        [only] => Some(*only),
        several => {
            let mut near = several.iter().filter(at_same_place);
            match (near.next(), near.next()) {
                (Some(only), None) => Some(*only),
                _ => None,
            }
        }
    }
}

fn new_slot(mention: &Mention, text: &str, folded: OrganisationName) -> OrganisationSlot {
    let is_business = mention.is_business || guess::is_business_name(text);
    let hints = [
        mention.cell.specialty.as_deref().unwrap_or_default(),
        mention.cell.source_class.as_deref().unwrap_or_default(),
    ];
    let kind = guess::type_of_organisation(text, is_business, if is_business { &hints } else { &hints[..1] });
    OrganisationSlot {
        id: PartnerId::new(),
        is_new: true,
        is_used: false,
        name: text.split_whitespace().collect::<Vec<_>>().join(" "),
        folded,
        class: if is_business { PartnerClass::Business } else { kind.class() },
        kind,
        npi: matches!(mention.named, Named::Organisation).then(|| mention.npi.clone()).flatten(),
        phones: Vec::new(),
        zips: Vec::new(),
        mentions: Vec::new(),
    }
}
