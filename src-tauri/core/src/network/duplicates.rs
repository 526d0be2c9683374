//! Whether somebody typed in is there already.

use std::collections::HashSet;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::contacts::{name_of, search_form};
use super::error::{NetworkError, invalid};
use super::patients::is_patient;
use super::rows::duplicate as rows;
use super::search::{HitKind, matching};
use super::types::{ContactKind, Party};
use crate::foundation::id::{PartnerId, PersonId, RecordId};
use crate::foundation::names;
use crate::foundation::npi::Npi;
use crate::foundation::text;
use crate::practice::Practice;
use crate::store::{Label, StoreError, Written};
use crate::vault::{Area, Need};

/// What is being typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum CandidateKind {
    /// A partner; compared with partners.
    #[default]
    Partner,
    /// A person; compared with people.
    Person,
}

/// What is known so far of somebody being typed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct Candidate {
    /// Partner or person.
    pub kind: CandidateKind,
    /// Name.
    pub name: String,
    /// National Provider Identifier.
    pub npi: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// ZIP.
    pub zip: String,
    /// Specialty.
    pub specialty: String,
    /// The record itself, when an existing one is being edited.
    pub exclude: Option<Party>,
}

/// Why two records look like one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The same NPI.
    SameNpi,
    /// The same telephone number.
    SamePhone,
    /// The same e-mail address.
    SameEmail,
    /// The same name.
    SameName,
    /// A name much alike.
    SimilarName,
    /// The same ZIP.
    SameZip,
    /// The same specialty.
    SameSpecialty,
}

/// A record that may be the one being typed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PossibleDuplicate {
    /// Which.
    pub record: Party,
    /// Its name.
    pub name: String,
    /// What tells it apart: practice, city, telephone.
    pub detail: String,
    /// Why it looks like one.
    pub why: Vec<Why>,
    /// Certain, not only likely.
    pub certain: bool,
}

/// From this likeness on two names are much alike (requirements, A17).
const ALIKE: f64 = 0.88;
/// How many records with like names are compared.
const COMPARED: u32 = 200;
/// How many are offered.
const OFFERED: usize = 5;

/// Records that may be the one being typed in; certain ones first, at most five.
///
/// Certain: the same NPI, or the same telephone or e-mail and a name much alike. Likely: a name much alike and the same ZIP
/// or specialty, or the same name with nothing known that tells them apart (A17).
///
/// # Errors
/// Those of the file.
pub fn possible_duplicates(
    practice: &Practice,
    candidate: &Candidate,
) -> Result<Vec<PossibleDuplicate>, NetworkError> {
    practice.may(Need::Read(Area::Network))?;
    let hidden = practice.hidden();
    practice.read(|conn| {
        let known = Known::read(candidate);
        let mut offered: Vec<(f64, PossibleDuplicate)> = Vec::new();
        for party in records_like(conn, &known)? {
            if candidate.exclude.is_some_and(|own| own == party) {
                continue;
            }
            if let Some(own) = candidate.exclude
                && rows::is_different(conn, id_of(own), id_of(party))?
            {
                continue;
            }
            if hidden.patients && is_patient(conn, id_of(party))? {
                continue;
            }
            offered.extend(compare(conn, &known, party)?);
        }
        offered.sort_by(|(a, one), (b, other)| other.certain.cmp(&one.certain).then(b.total_cmp(a)));
        offered.truncate(OFFERED);
        Ok(offered.into_iter().map(|(_, one)| one).collect())
    })
}

/// Records like this one that were added since an instant (UTC milliseconds). Merging them is not here.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn came_since(
    practice: &Practice,
    record: Party,
    since: i64,
) -> Result<Vec<PossibleDuplicate>, NetworkError> {
    let candidate = practice.read(|conn| {
        let told = rows::told(conn, record)?.ok_or(NetworkError::Missing)?;
        let kind = match record {
            Party::Partner(_) => CandidateKind::Partner,
            Party::Person(_) => CandidateKind::Person,
        };
        let [name, npi, specialty, phone, email, zip] = told;
        Ok::<_, NetworkError>(Candidate {
            kind,
            name,
            npi,
            phone,
            email,
            zip,
            specialty,
            exclude: Some(record),
        })
    })?;
    let found = possible_duplicates(practice, &candidate)?;
    practice.read(|conn| {
        let mut newer = Vec::new();
        for one in found {
            if rows::added_at(conn, one.record)?.is_some_and(|at| at >= since) {
                newer.push(one);
            }
        }
        Ok(newer)
    })
}

/// Two records are different, whatever the likeness. They are not offered as duplicates again.
///
/// # Errors
/// [`NetworkError::Invalid`] if both are the same; those of the file.
pub fn mark_different(practice: &Practice, one: Party, other: Party) -> Result<Written<()>, NetworkError> {
    practice.write(Label::hand("marked_different", ""), |tx| {
        if one == other {
            return invalid("other", "a record can't be different from itself");
        }
        tx.subject(format!("{}, {}", name_of(tx, one)?, name_of(tx, other)?));
        Ok(rows::mark_different(tx, id_of(one), id_of(other))?)
    })
}

/// A candidate in the forms things are compared in.
struct Known<'a> {
    kind: CandidateKind,
    name: &'a str,
    npi: Option<String>,
    phone: String,
    email: String,
    zip: String,
    specialty: String,
}

impl<'a> Known<'a> {
    fn read(candidate: &'a Candidate) -> Self {
        let phone = search_form(ContactKind::Phone, &candidate.phone);
        Self {
            kind: candidate.kind,
            name: candidate.name.trim(),
            npi: Npi::parse(&candidate.npi).ok().map(|npi| npi.to_string()),
            phone: if phone.len() >= 7 { phone } else { String::new() },
            email: search_form(ContactKind::Email, &candidate.email),
            zip: five(&candidate.zip),
            specialty: text::fold(candidate.specialty.trim()),
        }
    }
}

/// The first five digits of a ZIP.
fn five(zip: &str) -> String {
    zip.chars().filter(char::is_ascii_digit).take(5).collect()
}

fn id_of(party: Party) -> RecordId {
    match party {
        Party::Partner(id) => id.0,
        Party::Person(id) => id.0,
    }
}

/// Records that share a number, an address or a name that sounds alike, of the kind asked for.
fn records_like(conn: &Connection, known: &Known<'_>) -> Result<Vec<Party>, StoreError> {
    let mut like = Vec::new();
    if let Some(npi) = &known.npi {
        match known.kind {
            CandidateKind::Partner => {
                like.extend(rows::partners_by_npi(conn, npi)?.into_iter().map(Party::Partner))
            }
            CandidateKind::Person => {
                like.extend(rows::people_by_npi(conn, npi)?.into_iter().map(Party::Person))
            }
        }
    }
    for search in [&known.phone, &known.email] {
        if !search.is_empty() {
            like.extend(rows::by_contact(conn, search)?);
        }
    }
    // One letter or two are like everybody.
    if known.name.chars().filter(|c| c.is_alphanumeric()).count() > 2 {
        for by_sound in [false, true] {
            if let Some(words) = matching(known.name, by_sound) {
                let found = super::rows::search::network(conn, &words, COMPARED)?;
                like.extend(found.into_iter().map(|(kind, id)| match kind {
                    HitKind::Partner => Party::Partner(PartnerId(id)),
                    _ => Party::Person(PersonId(id)),
                }));
            }
        }
    }
    like.retain(|party| {
        matches!(
            (known.kind, party),
            (CandidateKind::Partner, Party::Partner(_)) | (CandidateKind::Person, Party::Person(_))
        )
    });
    let mut seen = HashSet::new();
    like.retain(|party| seen.insert(*party));
    Ok(like)
}

/// Why a record looks like the candidate, if it does, and how alike the names are.
fn compare(
    conn: &Connection,
    known: &Known<'_>,
    party: Party,
) -> Result<Option<(f64, PossibleDuplicate)>, StoreError> {
    let Some(other) = rows::other(conn, party)? else { return Ok(None) };
    let mut why = Vec::new();
    let same_npi = known.npi.is_some() && known.npi == other.npi;
    let other_npi = known.npi.is_some() && other.npi.is_some() && !same_npi;
    if same_npi {
        why.push(Why::SameNpi);
    }
    let shares = |search: &str| {
        Ok::<_, StoreError>(!search.is_empty() && rows::by_contact(conn, search)?.contains(&party))
    };
    let same_contact = [(Why::SamePhone, &known.phone), (Why::SameEmail, &known.email)];
    for (reason, search) in same_contact {
        if shares(search)? {
            why.push(reason);
        }
    }
    let reached_alike = why.iter().any(|reason| matches!(reason, Why::SamePhone | Why::SameEmail));
    let likeness = if known.name.is_empty() { 0.0 } else { names::similar(known.name, &other.name) };
    let same_name = !known.name.is_empty() && text::words(known.name) == text::words(&other.name);
    if same_name {
        why.push(Why::SameName);
    } else if likeness >= ALIKE {
        why.push(Why::SimilarName);
    }
    let zips: Vec<String> = rows::zips(conn, party)?.iter().map(|zip| five(zip)).collect();
    let same_zip = !known.zip.is_empty() && zips.contains(&known.zip);
    let specialty = text::fold(other.specialty.as_deref().unwrap_or_default());
    let same_specialty = !known.specialty.is_empty() && specialty == known.specialty;
    let other_place = !known.zip.is_empty() && !zips.is_empty() && !same_zip;
    why.extend(same_zip.then_some(Why::SameZip));
    why.extend(same_specialty.then_some(Why::SameSpecialty));

    let alike = same_name || likeness >= ALIKE;
    let certain = same_npi || (reached_alike && alike && !other_npi);
    let likely = alike && !other_npi && (same_zip || same_specialty || (same_name && !other_place));
    if !certain && !likely {
        return Ok(None);
    }
    let duplicate = PossibleDuplicate { record: party, name: other.name, detail: other.beside, why, certain };
    Ok(Some((likeness, duplicate)))
}
