//! Who stands in the practice's file already.

use rusqlite::Connection;

use super::crowd::{Crowd, IndividualSlot, OrganisationSlot, PersonSlot, SourceSlot};
use crate::exchange::import::rows;
use crate::foundation::names::{NameParts, OrganisationName, PersonalName};
use crate::network::PartnerClass;
use crate::store::StoreError;

/// Reads everybody once.
pub(super) fn load(conn: &Connection) -> Result<Crowd, StoreError> {
    let mut crowd = Crowd::default();
    let mut individuals = Vec::new();
    for partner in rows::partners(conn)? {
        match (partner.class, partner.individual) {
            (PartnerClass::Source, _) => crowd.sources.push(SourceSlot {
                id: partner.id,
                is_new: false,
                name: partner.name,
                kind: partner.kind,
                is_used: false,
            }),
            (_, Some(person)) => {
                individuals.push((
                    person,
                    IndividualSlot {
                        id: partner.id,
                        is_new: false,
                        class: partner.class,
                        kind: partner.kind,
                    },
                ));
            }
            _ => {
                crowd.add_organisation(OrganisationSlot {
                    id: partner.id,
                    is_new: false,
                    is_used: false,
                    folded: OrganisationName::new(&partner.name),
                    name: partner.name,
                    class: partner.class,
                    kind: partner.kind,
                    npi: partner.npi,
                    phones: Vec::new(),
                    zips: Vec::new(),
                    mentions: Vec::new(),
                });
            }
        }
    }
    let individuals: std::collections::HashMap<_, _> = individuals.into_iter().collect();
    for person in rows::people(conn)? {
        let mut name = PersonalName::from_parts(&person.given, "", &person.family, &person.credentials)
            .unwrap_or_default();
        name.given = person.given;
        name.middle = person.middle;
        name.family = person.family;
        let parts = name.parts();
        let name_has_no_profession = name.professions.is_empty();
        let individual = individuals.get(&person.id).copied();
        crowd.add_person(PersonSlot {
            id: person.id,
            is_new: false,
            is_used: false,
            middles: Some(parts.middle.clone()).filter(|m| !m.is_empty()).into_iter().collect(),
            professions: parts.professions.clone(),
            spellings: vec![parts],
            name,
            had_npi: person.npi.is_some(),
            npi: person.npi,
            organisations: Vec::new(),
            primary: None,
            phones: Vec::new(),
            zips: Vec::new(),
            emails: Vec::new(),
            specialty: person.specialty,
            individual,
            is_patient: individual.is_some_and(|i| i.class == PartnerClass::Patient),
            needs_place: name_has_no_profession
                && person.role.as_deref().is_some_and(|r| {
                    matches!(
                        r,
                        "front_desk"
                            | "referral_coordinator"
                            | "practice_manager"
                            | "billing"
                            | "owner"
                            | "manager"
                    )
                }),
            mentions: Vec::new(),
            joined: Vec::new(),
        });
    }
    for (person, partner, is_primary) in rows::affiliations(conn)? {
        let (Some(person), Some(partner)) =
            (crowd.person_at.get(&person), crowd.organisation_at.get(&partner))
        else {
            continue;
        };
        let slot = &mut crowd.people[*person];
        slot.organisations.push(*partner);
        if is_primary {
            slot.primary = slot.primary.or(Some(*partner));
        }
    }
    for point in rows::contact_points(conn)? {
        if let Some(at) = point.partner.and_then(|id| crowd.organisation_at.get(&id).copied()) {
            if point.is_phone {
                crowd.organisations[at].phones.push(point.search);
            }
        } else {
            let person = point.person.and_then(|id| crowd.person_at.get(&id).copied());
            let person =
                person.or_else(|| point.partner.and_then(|id| crowd.individual_at.get(&id).copied()));
            let Some(at) = person else { continue };
            if point.is_phone {
                crowd.people[at].phones.push(point.search);
            } else {
                crowd.by_email.entry(point.search.clone()).or_default().push(at);
                crowd.people[at].emails.push(point.search);
            }
        }
    }
    for (partner, person, zip) in rows::zips(conn)? {
        let zip: String = zip.chars().take(5).collect();
        if let Some(at) = partner.and_then(|id| crowd.organisation_at.get(&id).copied()) {
            crowd.organisations[at].zips.push(zip);
        } else if let Some(at) = person
            .and_then(|id| crowd.person_at.get(&id).copied())
            .or_else(|| partner.and_then(|id| crowd.individual_at.get(&id).copied()))
        {
            crowd.people[at].zips.push(zip);
        }
    }
    for (partner, person, key) in rows::aliases(conn)? {
        if let (Some(spelling), Some(at)) =
            (key.strip_prefix("spelling "), person.and_then(|id| crowd.person_at.get(&id).copied()))
        {
            let mut words = spelling.split(' ');
            if let (Some(family), Some(given)) = (words.next(), words.next()) {
                crowd.accept(
                    at,
                    &NameParts { family: family.into(), given: given.into(), ..NameParts::default() },
                );
            }
            continue;
        }
        crowd.aliases.insert(key, (partner, person));
    }
    Ok(crowd)
}
