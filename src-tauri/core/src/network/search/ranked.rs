//! The hits of a search while they are collected, and their order.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use super::asked::Asked;
use super::rank::{Fit, Fitting, fit};
use super::{Hit, HitKind};
use crate::foundation::id::{PartnerId, RecordId};
use crate::foundation::text;
use crate::network::patients::is_patient;
use crate::network::rows::search::{self as rows, PartnerFound, PatientFound, PersonFound};
use crate::network::types::{PartnerType, PersonRole};
use crate::store::StoreError;
use crate::vault::Hidden;

/// Hits with how well they fit.
pub(super) struct Ranked<'a> {
    asked: &'a Asked,
    hidden: Hidden,
    seen: HashSet<(HitKind, RecordId)>,
    /// People that are partners themselves, with the partner: one hit is enough.
    as_partners: HashMap<RecordId, RecordId>,
    hits: Vec<(Key, Hit)>,
}

/// What hits are ordered by, best first: how well the worst word fits, how well all do, how much came lately, the kind,
/// the name.
type Key = (Reverse<Fit>, Reverse<u32>, Reverse<u32>, HitKind, String);

impl<'a> Ranked<'a> {
    pub(super) fn new(asked: &'a Asked, hidden: Hidden) -> Self {
        Self { asked, hidden, seen: HashSet::new(), as_partners: HashMap::new(), hits: Vec::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.hits.len()
    }

    /// Takes in partners and people that were not looked at before, if they fit.
    pub(super) fn add(
        &mut self,
        conn: &Connection,
        found: Vec<(HitKind, RecordId)>,
    ) -> Result<(), StoreError> {
        for (kind, id) in found {
            if !self.seen.insert((kind, id)) || (self.hidden.patients && is_patient(conn, id)?) {
                continue;
            }
            if kind == HitKind::Partner {
                if let Some(partner) = rows::partner(conn, id)? {
                    self.add_partner(id, partner);
                }
            } else if let Some(mut person) = rows::person(conn, id)? {
                if self.hidden.patients
                    && let Some((place, _)) = &person.place
                    && is_patient(conn, *place)?
                {
                    person.place = None;
                }
                self.add_person(id, person);
            }
        }
        Ok(())
    }

    /// Takes in patients.
    pub(super) fn add_patients(&mut self, conn: &Connection, found: Vec<RecordId>) -> Result<(), StoreError> {
        for id in found {
            if !self.seen.insert((HitKind::Patient, id)) {
                continue;
            }
            if let Some(patient) = rows::patient(conn, id)? {
                self.add_patient(id, patient);
            }
        }
        Ok(())
    }

    /// The best hits.
    pub(super) fn best(mut self, limit: usize) -> Vec<Hit> {
        let partners: HashSet<RecordId> =
            self.hits.iter().filter(|(_, hit)| hit.kind == HitKind::Partner).map(|(_, hit)| hit.id).collect();
        let twice = |person: &RecordId| {
            self.as_partners.get(person).is_some_and(|partner| partners.contains(partner))
        };
        self.hits.retain(|(_, hit)| hit.kind != HitKind::Person || !twice(&hit.id));
        self.hits.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        self.hits.into_iter().take(limit).map(|(_, hit)| hit).collect()
    }

    fn add_partner(&mut self, id: RecordId, partner: PartnerFound) {
        let Some(fitting) = self.fitting(&partner.name, "") else { return };
        let what = partner.specialty.unwrap_or_else(|| PartnerType::label(partner.partner_type).to_owned());
        let hit = Hit {
            kind: HitKind::Partner,
            id,
            title: partner.name,
            detail: joined([what, partner.city]),
            matches: fitting.bold.clone(),
            status: Some(partner.status),
            partner: Some(PartnerId(id)),
            individual: partner.individual,
            referrals: 0,
        };
        self.keep(&fitting, partner.received_year, hit);
    }

    fn add_person(&mut self, id: RecordId, person: PersonFound) {
        let place = person.place.as_ref().map(|(_, name)| name.as_str()).unwrap_or_default();
        let Some(fitting) = self.fitting(&person.name, place) else { return };
        if let Some(partner) = person.as_partner {
            self.as_partners.insert(id, partner.0);
        }
        let what = person
            .specialty
            .or_else(|| person.role.map(|role| PersonRole::label(role).to_owned()))
            .unwrap_or_default();
        let hit = Hit {
            kind: HitKind::Person,
            id,
            title: person.name,
            detail: joined([what, place.to_owned()]),
            matches: fitting.bold.clone(),
            status: None,
            partner: person.place.map(|(id, _)| id).or(person.as_partner),
            individual: false,
            referrals: 0,
        };
        self.keep(&fitting, person.received_year, hit);
    }

    fn add_patient(&mut self, id: RecordId, patient: PatientFound) {
        let chart = patient.chart_number.unwrap_or_default();
        let Some(fitting) = self.fitting(&patient.name, &chart) else { return };
        let hit = Hit {
            kind: HitKind::Patient,
            id,
            title: if patient.name.is_empty() { chart.clone() } else { patient.name },
            detail: chart,
            matches: fitting.bold.clone(),
            status: None,
            partner: None,
            individual: false,
            referrals: patient.referrals,
        };
        self.keep(&fitting, 0, hit);
    }

    fn keep(&mut self, fitting: &Fitting, lately: u32, hit: Hit) {
        let key =
            (Reverse(fitting.worst), Reverse(fitting.all), Reverse(lately), hit.kind, text::fold(&hit.title));
        self.hits.push((key, hit));
    }

    /// How a name fits; words missing in it may stand `beside` it. Nothing if it does not fit.
    fn fitting(&self, name: &str, beside: &str) -> Option<Fitting> {
        let fitting = fit(&self.asked.words, name);
        // A number is found by the index alone: in a telephone number, an NPI, a chart number.
        if fitting.unmatched == 0 || self.asked.is_number() {
            return Some(fitting);
        }
        let words = text::words(beside);
        let named = text::words(name);
        let missing = self
            .asked
            .words
            .iter()
            .filter(|word| !named.iter().chain(&words).any(|here| word.fits(here).is_some()))
            .count();
        let by_address = self.asked.words.len() > 1 && fitting.unmatched == self.asked.words.len();
        (missing == 0 || by_address).then_some(fitting)
    }
}

fn joined(parts: [String; 2]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
