//! Who can be given something, while one types. Names and places alone: what else a search knows stays behind.

use serde::Serialize;

use super::error::GratitudeError;
use super::kinds::RecipientKind;
use super::ledger::Whom;
use super::rows::notes as rows;
use crate::foundation::id::{PartnerId, PersonId};
use crate::network::{HitKind, NetworkError, Party, SearchScope, is_patient, search};
use crate::practice::Practice;
use crate::vault::{Area, Need, colleagues};

/// How many answers there are.
const ANSWERS: u32 = 12;

/// Somebody who can be given something.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct GiftCandidate {
    /// Who.
    pub whom: Whom,
    /// The name.
    pub name: String,
    /// Where they work, or where it is.
    pub detail: String,
    /// What they are in the eyes of the law, as far as it is on file; of our own, nothing. Of two readings the stricter.
    pub recipient: Option<RecipientKind>,
    /// The partner it was found as; a person may be one.
    pub partner: Option<PartnerId>,
}

/// Partners, people and our own whose names fit.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn gift_recipients(practice: &Practice, text: &str) -> Result<Vec<GiftCandidate>, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    let mut found = Vec::new();
    let wanted = text.trim().to_lowercase();
    if !wanted.is_empty() {
        for colleague in colleagues(practice)? {
            if colleague.name.to_lowercase().contains(&wanted) {
                found.push(GiftCandidate {
                    whom: Whom::Ours(colleague.id),
                    name: colleague.name,
                    detail: String::new(),
                    recipient: None,
                    partner: None,
                });
            }
        }
    }
    if !practice.rights().reads(Area::Network) {
        return Ok(found);
    }
    let hits = search(practice, text, SearchScope::Referrers, ANSWERS).map_err(network)?;
    practice.read(|conn| {
        for hit in hits {
            let partner = (hit.kind == HitKind::Partner).then_some(PartnerId(hit.id));
            let (whom, recipient) = match hit.kind {
                HitKind::Patient => continue,
                HitKind::Person => {
                    let id = PersonId(hit.id);
                    let patient = is_patient(conn, hit.id)?;
                    (
                        Whom::Person(id),
                        if patient { RecipientKind::Patient } else { rows::kind_of_person(conn, id)? },
                    )
                }
                HitKind::Partner => {
                    let id = PartnerId(hit.id);
                    match rows::individual(conn, id)? {
                        Some(person) if !is_patient(conn, hit.id)? => {
                            (Whom::Person(person), rows::kind_of_person(conn, person)?)
                        }
                        _ => match rows::kind_of_partner(conn, id)? {
                            Some(kind) => (Whom::Partner(id), kind),
                            None => continue,
                        },
                    }
                }
            };
            match found.iter_mut().find(|one| one.whom == whom) {
                Some(known) => known.partner = known.partner.or(partner),
                None => found.push(GiftCandidate {
                    whom,
                    name: hit.title,
                    detail: hit.detail,
                    recipient: Some(recipient),
                    partner,
                }),
            }
        }
        // A search puts whoever sends most first; here the letters typed do, and then the alphabet.
        let begins = |one: &GiftCandidate| {
            one.name.to_lowercase().split_whitespace().any(|word| word.starts_with(&wanted))
                || one.name.to_lowercase().starts_with(&wanted)
        };
        found.sort_by(|one, other| begins(other).cmp(&begins(one)).then_with(|| one.name.cmp(&other.name)));
        Ok(found)
    })
}

/// Somebody on record as the form of a gift begins with them.
///
/// # Errors
/// [`GratitudeError::Missing`]; those of the file.
pub fn gift_recipient(practice: &Practice, of: Party) -> Result<GiftCandidate, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    let id = match of {
        Party::Partner(id) => id.0,
        Party::Person(id) => id.0,
    };
    practice.must_see(id)?;
    practice.read(|conn| {
        let patient = is_patient(conn, id)?;
        if patient && practice.hidden().patients {
            practice.may(Need::Patients)?;
        }
        let name = rows::name(conn, id)?.ok_or(GratitudeError::Missing)?;
        let person = match of {
            Party::Person(id) => Some(id),
            Party::Partner(_) if patient => None,
            Party::Partner(id) => rows::individual(conn, id)?,
        };
        let (whom, recipient) = match (person, of) {
            (Some(id), _) if patient => (Whom::Person(id), RecipientKind::Patient),
            (Some(id), _) => (Whom::Person(id), rows::kind_of_person(conn, id)?),
            (None, Party::Partner(id)) => {
                let kind = rows::kind_of_partner(conn, id)?.ok_or(GratitudeError::Missing)?;
                (Whom::Partner(id), kind)
            }
            (None, Party::Person(_)) => return Err(GratitudeError::Missing),
        };
        let partner = match of {
            Party::Partner(id) => Some(id),
            Party::Person(_) => None,
        };
        Ok(GiftCandidate { whom, name, detail: String::new(), recipient: Some(recipient), partner })
    })
}

fn network(error: NetworkError) -> GratitudeError {
    match error {
        NetworkError::Store(error) => GratitudeError::Store(error),
        _ => GratitudeError::Missing,
    }
}
