//! Everybody there is to be meant: who stands in the practice's file, and who the imported file introduces.

use std::collections::HashMap;

use super::super::row::Channel;
use super::index::{FamilyIndex, OrganisationIndex};
use crate::foundation::id::{PartnerId, PersonId};
use crate::foundation::names::{NameParts, OrganisationName, PersonalName, Profession};
use crate::network::{PartnerClass, PartnerType};

/// An organisation.
#[derive(Clone, Debug)]
pub(in super::super) struct OrganisationSlot {
    pub(in super::super) id: PartnerId,
    pub(in super::super) is_new: bool,
    pub(in super::super) is_used: bool,
    pub(in super::super) name: String,
    pub(in super::super) folded: OrganisationName,
    pub(in super::super) class: PartnerClass,
    pub(in super::super) kind: PartnerType,
    pub(in super::super) npi: Option<String>,
    pub(in super::super) phones: Vec<String>,
    pub(in super::super) zips: Vec<String>,
    /// Rows that wrote this spelling of the name: the fullest of a new organisation's is kept.
    pub(in super::super) mentions: Vec<usize>,
}

/// A person.
#[derive(Clone, Debug)]
pub(in super::super) struct PersonSlot {
    pub(in super::super) id: PersonId,
    pub(in super::super) is_new: bool,
    pub(in super::super) is_used: bool,
    /// The best spelling.
    pub(in super::super) name: PersonalName,
    /// Every spelling accepted so far.
    pub(in super::super) spellings: Vec<NameParts>,
    pub(in super::super) npi: Option<String>,
    /// Whether the practice's file has the NPI already.
    pub(in super::super) had_npi: bool,
    pub(in super::super) professions: Vec<Profession>,
    pub(in super::super) middles: Vec<String>,
    pub(in super::super) organisations: Vec<usize>,
    /// The organisation the file names as the main one.
    pub(in super::super) primary: Option<usize>,
    pub(in super::super) phones: Vec<String>,
    pub(in super::super) zips: Vec<String>,
    pub(in super::super) emails: Vec<String>,
    pub(in super::super) specialty: Option<String>,
    /// The partner that is this one person.
    pub(in super::super) individual: Option<IndividualSlot>,
    pub(in super::super) is_patient: bool,
    pub(in super::super) needs_place: bool,
    /// The rows' mentions that mean this person.
    pub(in super::super) mentions: Vec<usize>,
    /// Organisations this import adds to the person.
    pub(in super::super) joined: Vec<usize>,
}

/// A partner that is one person.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct IndividualSlot {
    pub(in super::super) id: PartnerId,
    pub(in super::super) is_new: bool,
    pub(in super::super) class: PartnerClass,
    pub(in super::super) kind: PartnerType,
}

/// A non-person source.
#[derive(Clone, Debug)]
pub(in super::super) struct SourceSlot {
    pub(in super::super) id: PartnerId,
    pub(in super::super) is_new: bool,
    pub(in super::super) name: String,
    pub(in super::super) kind: PartnerType,
    pub(in super::super) is_used: bool,
}

/// Everybody.
#[derive(Default)]
pub(in super::super) struct Crowd {
    pub(in super::super) organisations: Vec<OrganisationSlot>,
    pub(in super::super) people: Vec<PersonSlot>,
    pub(in super::super) sources: Vec<SourceSlot>,
    pub(super) source_of: HashMap<Channel, usize>,
    pub(super) by_npi: HashMap<String, Vec<usize>>,
    pub(super) by_email: HashMap<String, Vec<usize>>,
    pub(super) families: FamilyIndex,
    pub(super) names_of_organisations: OrganisationIndex,
    pub(super) person_at: HashMap<PersonId, usize>,
    pub(super) organisation_at: HashMap<PartnerId, usize>,
    /// Individual partners by id.
    pub(super) individual_at: HashMap<PartnerId, usize>,
    /// Who a spelling was decided to mean.
    pub(super) aliases: HashMap<String, (Option<PartnerId>, Option<PersonId>)>,
}

impl Crowd {
    pub(super) fn add_organisation(&mut self, slot: OrganisationSlot) -> usize {
        let at = self.organisations.len();
        self.names_of_organisations.add(at, &slot.folded);
        self.organisation_at.insert(slot.id, at);
        self.organisations.push(slot);
        at
    }

    pub(super) fn add_person(&mut self, slot: PersonSlot) -> usize {
        let at = self.people.len();
        for spelling in &slot.spellings {
            self.families.add(at, &spelling.family, &spelling.given);
        }
        if let Some(npi) = &slot.npi {
            self.by_npi.entry(npi.clone()).or_default().push(at);
        }
        for email in &slot.emails {
            self.by_email.entry(email.clone()).or_default().push(at);
        }
        if let Some(individual) = slot.individual {
            self.individual_at.insert(individual.id, at);
        }
        self.person_at.insert(slot.id, at);
        self.people.push(slot);
        at
    }

    /// A spelling that was found to mean this person.
    pub(super) fn accept(&mut self, at: usize, parts: &NameParts) {
        if !self.people[at].spellings.iter().any(|s| s.family == parts.family && s.given == parts.given) {
            self.families.add(at, &parts.family, &parts.given);
            self.people[at].spellings.push(parts.clone());
        }
    }

    /// The organisation a person's referrals are credited to, if one is known.
    pub(in super::super) fn place_of(&self, person: usize) -> Option<usize> {
        let slot = &self.people[person];
        slot.primary.or_else(|| slot.organisations.first().copied())
    }
}
