//! The sample's partners and people.

use std::collections::HashSet;

use chrono::{Datelike, Days, NaiveDate};
use rusqlite::{OptionalExtension, params};

use super::cast::CAST;
use super::dice::Dice;
use super::rows;
use super::words::{
    BUSINESS, CREDENTIALS, FAMILY, GIVEN, MEDICAL, MET_AT, NOTES, PLACES, SOURCES, STREETS, TAGS, TOWNS,
};
use crate::foundation::day::Day;
use crate::foundation::id::RecordId;
use crate::foundation::text::words;
use crate::store::{StoreError, Tx};

/// How a partner's referrals run over time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Temper {
    /// About the same all along.
    Steady,
    /// More and more.
    Growing,
    /// Less and less.
    Fading,
    /// None in the last so many days.
    QuietFor(u64),
    /// The first one so many days ago.
    NewSince(u64),
    /// Mostly in autumn.
    Autumn,
    /// Receives from us, hardly sends.
    Receives,
    /// Nothing yet, either way.
    Prospect,
}

impl Temper {
    /// Whether anything can come on a day.
    pub(super) fn is_awake(self, on: NaiveDate, today: NaiveDate) -> bool {
        let ago = u64::try_from((today - on).num_days()).unwrap_or(0);
        match self {
            Self::QuietFor(days) => ago >= days,
            Self::NewSince(days) => ago <= days,
            Self::Prospect => false,
            _ => true,
        }
    }

    /// How much comes at a point of the sample's span (0 at its beginning, 1 today).
    pub(super) fn pace(self, on: NaiveDate, at: f64) -> f64 {
        match self {
            Self::Growing => 0.3 + 1.6 * at,
            Self::Fading => 1.7 - 1.4 * at,
            Self::Autumn if (8..=11).contains(&on.month()) => 2.2,
            Self::Autumn => 0.5,
            Self::Receives => 0.05,
            _ => 1.0,
        }
    }
}

/// A partner, as the register needs it.
pub(super) struct Partner {
    pub(super) id: RecordId,
    pub(super) people: Vec<RecordId>,
    pub(super) temper: Temper,
    pub(super) weight: f64,
    pub(super) receives: bool,
}

/// What was made.
pub(super) struct Network {
    pub(super) partners: Vec<Partner>,
    pub(super) people: u32,
    pub(super) clerk: RecordId,
    pub(super) owner: RecordId,
}

/// Makes profiles, tags, partners and people.
pub(super) fn fill(
    tx: &Tx<'_>,
    dice: &mut Dice,
    count: usize,
    since: NaiveDate,
) -> Result<Network, StoreError> {
    Maker::new(tx, dice, since)?.all(count)
}

struct Maker<'a, 'conn> {
    tx: &'a Tx<'conn>,
    dice: &'a mut Dice,
    since: NaiveDate,
    state: String,
    number: u32,
    owners: Vec<RecordId>,
    tags: Vec<RecordId>,
    taken: HashSet<String>,
    npis: HashSet<String>,
    people: u32,
}

impl<'a, 'conn> Maker<'a, 'conn> {
    fn new(tx: &'a Tx<'conn>, dice: &'a mut Dice, since: NaiveDate) -> Result<Self, StoreError> {
        let state = tx.prepare_cached(rows::STATE)?.query_row([], |row| row.get(0)).optional()?;
        let mut maker = Self {
            tx,
            dice,
            since,
            state: state.unwrap_or_else(|| "ME".to_owned()),
            number: 0,
            owners: Vec::new(),
            tags: Vec::new(),
            taken: HashSet::new(),
            npis: HashSet::new(),
            people: 0,
        };
        for (name, initials, role) in [
            ("Maren Okafor", "MO", "owner"),
            ("Tess Lindqvist", "TL", "liaison"),
            ("Jonas Adeyemi", "JA", "front_desk"),
        ] {
            let known =
                tx.prepare_cached(rows::PROFILE_NAMED)?.query_row([name], |row| row.get(0)).optional()?;
            let id = match known {
                Some(id) => id,
                None => {
                    let id = maker.id();
                    tx.prepare_cached(rows::PROFILE)?.execute(params![id, name, initials, role, tx.now])?;
                    id
                }
            };
            maker.owners.push(id);
        }
        for name in TAGS {
            let id = maker.id();
            tx.prepare_cached(rows::TAG)?.execute(params![id, name, words(name).join(" ")])?;
            maker.tags.push(id);
        }
        Ok(maker)
    }

    fn all(mut self, count: usize) -> Result<Network, StoreError> {
        let mut partners = Vec::with_capacity(count);
        for role in CAST.iter().take(count) {
            self.taken.insert(role.name.to_owned());
            let mut people = Vec::new();
            for (given, family, credentials, job) in role.people {
                people.push((self.person(given, "", family, credentials, job, role.specialty)?, *job));
            }
            let id =
                self.organisation(role.class, role.kind, role.name, role.specialty, role.town, &people)?;
            partners.push(Partner {
                id,
                people: clinicians(&people),
                temper: role.temper,
                weight: role.weight,
                receives: role.class == "medical",
            });
        }
        for (name, kind) in SOURCES.iter().take(count.saturating_sub(partners.len()) / 12) {
            let id = self.organisation("source", kind, name, "", 0, &[])?;
            partners.push(Partner {
                id,
                people: Vec::new(),
                temper: Temper::Steady,
                weight: 2.5,
                receives: false,
            });
        }
        let mut rank = 0.0_f64;
        while partners.len() < count {
            rank += 1.0;
            let made = match self.dice.below(100) {
                0..=13 => self.business()?,
                14..=23 => self.patient()?,
                24..=36 => self.clinician()?,
                _ => self.practice()?,
            };
            partners.push(Partner { weight: made.weight * 6.0 / (rank + 4.0).powf(0.62), ..made });
            if partners.len() % 1_000 == 0 {
                self.tx.breathe()?;
            }
        }
        let (owner, clerk) = (self.owners[0], self.owners[2]);
        Ok(Network { partners, people: self.people, clerk, owner })
    }

    fn id(&mut self) -> RecordId {
        self.number += 1;
        self.dice.id(self.tx.now, self.number)
    }

    fn temper(&mut self) -> Temper {
        match self.dice.below(100) {
            0..=11 => Temper::Growing,
            12..=20 => Temper::Fading,
            21..=27 => Temper::QuietFor(u64::try_from(self.dice.between(35, 240)).unwrap_or(35)),
            28..=32 => Temper::NewSince(u64::try_from(self.dice.between(5, 120)).unwrap_or(5)),
            33..=36 => Temper::Autumn,
            37..=47 => Temper::Prospect,
            _ => Temper::Steady,
        }
    }

    fn practice(&mut self) -> Result<Partner, StoreError> {
        let (suffix, kind, specialty) = *self.dice.pick(MEDICAL);
        let town = self.dice.below(TOWNS.len());
        let name = self.name(suffix, town);
        let mut people = Vec::new();
        for _ in 0..1 + self.dice.below(3) {
            let (credentials, job) = match kind {
                "physical_therapist" => ("PT", "therapist"),
                "chiropractor" => ("DC", "therapist"),
                "podiatrist" => ("DPM", "physician"),
                "dentist" => ("DDS", "dentist"),
                _ => *self.dice.pick(CREDENTIALS),
            };
            people.push((self.anybody(credentials, job, specialty)?, job));
        }
        for job in ["referral_coordinator", "practice_manager"] {
            if self.dice.chance(45) {
                people.push((self.anybody("", job, "")?, job));
            }
        }
        let id = self.organisation("medical", kind, &name, specialty, town, &people)?;
        let receives = matches!(kind, "specialist" | "physical_therapist" | "imaging_lab" | "home_health");
        Ok(Partner { id, people: clinicians(&people), temper: self.temper(), weight: 1.0, receives })
    }

    /// A partner who is one person.
    fn clinician(&mut self) -> Result<Partner, StoreError> {
        let (credentials, job) = *self.dice.pick(CREDENTIALS);
        let (_, _, specialty) = MEDICAL[self.dice.below(5)];
        let (given, family, middle) = (*self.dice.pick(GIVEN), *self.dice.pick(FAMILY), self.initial());
        let person = self.person(given, middle, family, credentials, job, specialty)?;
        let name = full_name(given, "", family, credentials);
        let town = self.dice.below(TOWNS.len());
        let id = self.partner("medical", "practitioner", &name, specialty, Some(person), None)?;
        self.reach(id, town, &name)?;
        Ok(Partner { id, people: vec![person], temper: self.temper(), weight: 0.8, receives: false })
    }

    fn business(&mut self) -> Result<Partner, StoreError> {
        let (suffix, kind) = *self.dice.pick(BUSINESS);
        let town = self.dice.below(TOWNS.len());
        let name = self.name(suffix, town);
        let job = if kind == "gym" { "gym_manager" } else { "owner" };
        let people = vec![(self.anybody("", job, "")?, job)];
        let id = self.organisation("business", kind, &name, "", town, &people)?;
        let people = people.into_iter().map(|(id, _)| id).collect();
        Ok(Partner { id, people, temper: self.temper(), weight: 0.45, receives: false })
    }

    /// A patient who sends others.
    fn patient(&mut self) -> Result<Partner, StoreError> {
        let (given, family) = (*self.dice.pick(GIVEN), *self.dice.pick(FAMILY));
        let name = format!("{given} {family}");
        let patient = self.id();
        let key = format!("{} {}", words(family).join(" "), words(given).join(" "));
        let chart = format!("W{:06}", 900_000 + self.number);
        self.tx.prepare_cached(rows::PATIENT)?.execute(params![
            patient,
            name,
            key,
            chart,
            None::<String>,
            self.tx.now
        ])?;
        let kind = if self.dice.chance(75) { "patient" } else { "family_friend" };
        let id = self.partner("patient", kind, &name, "", None, Some(patient))?;
        Ok(Partner { id, people: Vec::new(), temper: Temper::Steady, weight: 0.12, receives: false })
    }

    /// A name nobody has yet.
    fn name(&mut self, suffix: &str, town: usize) -> String {
        for attempt in 0.. {
            let word = match self.dice.below(3) {
                0 => *self.dice.pick(FAMILY),
                1 => TOWNS[town].0,
                _ => *self.dice.pick(PLACES),
            };
            let name = match attempt {
                0..=2 => format!("{word} {suffix}"),
                3..=8 => format!("{word} {suffix} of {}", TOWNS[town].0),
                9..=20 => format!("{word} & {} {suffix}", self.dice.pick(FAMILY)),
                _ => format!("{word} & {} {suffix} of {}", self.dice.pick(FAMILY), TOWNS[town].0),
            };
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
        suffix.to_owned()
    }

    fn initial(&mut self) -> &'static str {
        const INITIALS: [&str; 8] = ["", "", "", "", "A.", "J.", "M.", "R."];
        INITIALS[self.dice.below(INITIALS.len())]
    }

    fn anybody(&mut self, credentials: &str, job: &str, specialty: &str) -> Result<RecordId, StoreError> {
        let (given, family, middle) = (*self.dice.pick(GIVEN), *self.dice.pick(FAMILY), self.initial());
        self.person(given, middle, family, credentials, job, specialty)
    }

    fn person(
        &mut self,
        given: &str,
        middle: &str,
        family: &str,
        credentials: &str,
        job: &str,
        specialty: &str,
    ) -> Result<RecordId, StoreError> {
        let id = self.id();
        let npi = (!credentials.is_empty() && self.dice.chance(88)).then(|| self.npi());
        let note = self.dice.chance(8).then(|| *self.dice.pick(NOTES));
        let key = [words(family), words(given)].concat().join(" ");
        self.tx.prepare_cached(rows::PERSON)?.execute(params![
            id,
            given,
            middle,
            family,
            credentials,
            full_name(given, middle, family, credentials),
            key,
            npi,
            (!specialty.is_empty()).then_some(specialty),
            job,
            note,
            self.tx.now,
            self.tx.actor.id
        ])?;
        self.people += 1;
        if self.dice.chance(if credentials.is_empty() { 60 } else { 20 }) {
            let mail = format!(
                "{}.{}@{}.example",
                slug(given),
                slug(family),
                slug(TOWNS[self.dice.below(TOWNS.len())].0)
            );
            self.contact(None, Some(id), "email", &mail, &mail, true)?;
        }
        Ok(id)
    }

    /// A National Provider Identifier nobody has: ten digits, the last one checking the others (Luhn over 80840 + NPI).
    fn npi(&mut self) -> String {
        loop {
            let body = format!("1{:08}", self.dice.below(100_000_000));
            let digits =
                || format!("80840{body}").bytes().rev().map(|d| u32::from(d - b'0')).collect::<Vec<_>>();
            let sum: u32 = digits()
                .into_iter()
                .enumerate()
                .map(|(place, digit)| if place % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit })
                .sum();
            let npi = format!("{body}{}", (10 - sum % 10) % 10);
            if self.npis.insert(npi.clone()) {
                return npi;
            }
        }
    }

    fn organisation(
        &mut self,
        class: &str,
        kind: &str,
        name: &str,
        specialty: &str,
        town: usize,
        people: &[(RecordId, &str)],
    ) -> Result<RecordId, StoreError> {
        let id = self.partner(class, kind, name, specialty, None, None)?;
        if class != "source" {
            self.reach(id, town, name)?;
        }
        let mut picks = true;
        for (person, job) in people {
            let affiliation = self.id();
            let clinician = is_clinician(job);
            let coordinates = matches!(*job, "referral_coordinator" | "front_desk");
            let since = self.since.checked_sub_days(Days::new(self.dice.below(2_500) as u64));
            self.tx.prepare_cached(rows::AFFILIATION)?.execute(params![
                affiliation,
                person,
                id,
                job,
                clinician,
                !clinician,
                coordinates,
                coordinates && std::mem::take(&mut picks),
                true,
                since.map(Day)
            ])?;
        }
        Ok(id)
    }

    fn partner(
        &mut self,
        class: &str,
        kind: &str,
        name: &str,
        specialty: &str,
        individual: Option<RecordId>,
        patient: Option<RecordId>,
    ) -> Result<RecordId, StoreError> {
        let id = self.id();
        let organisation = individual.is_none() && class == "medical";
        let npi = (organisation && self.dice.chance(40)).then(|| self.npi());
        let met = (class != "source" && self.dice.chance(55))
            .then(|| *self.dice.pick(&["sought", "introduced", "event", "accident"]));
        let met_on = met.and_then(|_| self.since.checked_sub_days(Days::new(self.dice.below(1_500) as u64)));
        let met_at = met.filter(|how| *how == "event").map(|_| *self.dice.pick(MET_AT));
        let owner = (class != "source" && self.dice.chance(80)).then(|| *self.dice.pick(&self.owners[..2]));
        let note = self.dice.chance(12).then(|| *self.dice.pick(NOTES));
        self.tx.prepare_cached(rows::PARTNER)?.execute(params![
            id,
            class,
            kind,
            name,
            words(name).join(" "),
            individual,
            npi,
            (!specialty.is_empty()).then_some(specialty),
            met,
            met_on.map(Day),
            met_at,
            owner,
            note,
            patient,
            self.tx.now,
            self.tx.actor.id
        ])?;
        if class != "source" && class != "patient" {
            for _ in 0..self.dice.below(3) {
                let tag = *self.dice.pick(&self.tags);
                self.tx.prepare_cached(rows::PARTNER_TAG)?.execute(params![id, tag])?;
            }
        }
        Ok(id)
    }

    /// Telephone, e-mail and address.
    fn reach(&mut self, partner: RecordId, town: usize, name: &str) -> Result<(), StoreError> {
        let (city, zip) = TOWNS[town];
        let phone = self.phone();
        self.contact(Some(partner), None, "phone", &phone.0, &phone.1, true)?;
        if self.dice.chance(60) {
            let fax = self.phone();
            self.contact(Some(partner), None, "fax", &fax.0, &fax.1, false)?;
        }
        if self.dice.chance(55) {
            let mail = format!("office@{}.example", slug(name));
            self.contact(Some(partner), None, "email", &mail, &mail, false)?;
        }
        let street = format!("{} {}", 1 + self.dice.below(980), self.dice.pick(STREETS));
        let id = self.id();
        self.tx
            .prepare_cached(rows::ADDRESS)?
            .execute(params![id, partner, street, city, self.state, zip])?;
        Ok(())
    }

    /// A number of the range kept free for stories.
    fn phone(&mut self) -> (String, String) {
        let area = *self.dice.pick(&["207", "203", "603", "802", "978"]);
        let line = self.dice.below(10_000);
        (format!("({area}) 555-{line:04}"), format!("{area}555{line:04}"))
    }

    fn contact(
        &mut self,
        partner: Option<RecordId>,
        person: Option<RecordId>,
        kind: &str,
        value: &str,
        search: &str,
        primary: bool,
    ) -> Result<(), StoreError> {
        let id = self.id();
        self.tx
            .prepare_cached(rows::CONTACT_POINT)?
            .execute(params![id, partner, person, kind, value, search, primary])?;
        Ok(())
    }
}

fn is_clinician(job: &str) -> bool {
    matches!(job, "physician" | "advanced_practitioner" | "therapist" | "dentist")
}

/// Those who send patients: clinicians, or whoever there is.
fn clinicians(people: &[(RecordId, &str)]) -> Vec<RecordId> {
    let clinicians: Vec<RecordId> =
        people.iter().filter(|(_, job)| is_clinician(job)).map(|(id, _)| *id).collect();
    if clinicians.is_empty() { people.iter().map(|(id, _)| *id).collect() } else { clinicians }
}

fn full_name(given: &str, middle: &str, family: &str, credentials: &str) -> String {
    let mut name = given.to_owned();
    for part in [middle, family] {
        if !part.is_empty() {
            name.push(' ');
            name.push_str(part);
        }
    }
    if !credentials.is_empty() {
        name.push_str(", ");
        name.push_str(credentials);
    }
    name
}

/// A name as it stands in an e-mail address.
fn slug(name: &str) -> String {
    words(name).join("")
}
