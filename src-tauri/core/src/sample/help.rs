//! What the partners one looks around among are good for, and who asked before they were patients. With chance of its own, so
//! that everything else stays as it is.

use chrono::{Days, NaiveDate};
use rusqlite::params;

use super::dice::Dice;
use super::rows;
use super::words::{FAMILY, GIVEN};
use crate::foundation::day::Day;
use crate::foundation::id::RecordId;
use crate::foundation::names::PersonalName;
use crate::store::{StoreError, Tx};

/// Problems by the kind of partner.
const HELPS: &[(&str, &[&str])] = &[
    ("physical_therapist", &["knee pain", "back pain", "shoulder pain", "learning to walk after surgery"]),
    ("chiropractor", &["back pain", "neck pain"]),
    ("psychologist", &["worry about surgery", "living with pain"]),
    ("dietitian", &["losing weight before surgery", "bone health"]),
    ("podiatrist", &["foot pain", "insoles"]),
    ("home_health", &["help at home after surgery"]),
    ("imaging_lab", &["MRI", "bone density"]),
    ("gym", &["strength after therapy"]),
    ("sport_leader", &["moving again after therapy", "balance"]),
    ("personal_trainer", &["strength after therapy"]),
];
const TECHNOLOGIES: &[&str] = &["video visits", "patient portal", "text reminders"];
const TIMES: &[&str] = &["weekday mornings", "weekday evenings", "Saturdays"];
const NEEDS: &[&str] = &["step-free access", "interpreter", "parking at the door"];
const COSTS: &[&str] = &["payment plan", "sliding scale"];
const INSURANCES: &[&str] = &["Medicare", "Alder Mutual", "Harborline HMO"];
const QUESTIONS: &[&str] = &[
    "Whether we see hips without a referral",
    "How long one waits for a knee visit",
    "What a second opinion costs",
    "Whether we take their insurance",
    "Shoulder hurts since the weekend",
];
const CHANNELS: &[&str] = &["phone", "phone", "phone", "web", "web", "email", "walk_in"];

pub(super) struct Help<'a, 'conn> {
    tx: &'a Tx<'conn>,
    dice: Dice,
    today: NaiveDate,
    number: u32,
}

impl<'a, 'conn> Help<'a, 'conn> {
    pub(super) fn new(tx: &'a Tx<'conn>, today: NaiveDate) -> Self {
        Self { tx, dice: Dice::new(SEED), today, number: 0 }
    }

    pub(super) fn fill(&mut self) -> Result<(), StoreError> {
        let mut statement = self.tx.prepare_cached(rows::HELPERS)?;
        let partners: Vec<(RecordId, String)> =
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        for (partner, kind) in &partners {
            self.strengths(*partner, kind)?;
        }
        let grave = partners.iter().find(|(_, kind)| kind == "chiropractor").or_else(|| partners.first());
        if let Some((partner, _)) = grave {
            let id = self.id();
            let since = self.today - Days::new(24);
            self.tx.prepare_cached(rows::ISSUE)?.execute(params![
                id,
                partner,
                Day(since),
                self.tx.now,
                self.tx.actor.id
            ])?;
        }
        self.who_came()?;
        self.who_did_not()
    }

    fn id(&mut self) -> RecordId {
        self.number += 1;
        self.dice.id(self.tx.now, self.number)
    }

    fn strengths(&mut self, partner: RecordId, kind: &str) -> Result<(), StoreError> {
        let mut facts: Vec<(&str, String)> = vec![("language", "English".into())];
        if self.dice.chance(30) {
            facts.push(("language", "Spanish".into()));
        }
        if self.dice.chance(8) {
            facts.push(("language", "Portuguese".into()));
        }
        for (of, problems) in HELPS {
            facts.extend(
                problems.iter().filter(|_| *of == kind).map(|problem| ("helps_with", (*problem).to_owned())),
            );
        }
        for insurance in INSURANCES {
            if self.dice.chance(65) {
                facts.push(("insurance", (*insurance).to_owned()));
            }
        }
        facts.push((if self.dice.chance(18) { "no_insurance" } else { "insurance" }, "Medicaid".into()));
        facts.push(("gender", if self.dice.chance(55) { "female".into() } else { "male".into() }));
        for (kind, words) in
            [("technology", TECHNOLOGIES), ("contact_time", TIMES), ("need", NEEDS), ("cost", COSTS)]
        {
            if self.dice.chance(60) {
                facts.push((kind, (*self.dice.pick(words)).to_owned()));
            }
        }
        facts.push(("distance", self.dice.between(900, 42_000).to_string()));
        for (kind, value) in facts {
            let id = self.id();
            self.tx.prepare_cached(rows::STRENGTH)?.execute(params![
                id,
                partner,
                kind,
                value,
                self.tx.now,
                self.tx.actor.id
            ])?;
        }
        Ok(())
    }

    /// Some of last year's patients asked first; most of them came, and some came back.
    fn who_came(&mut self) -> Result<(), StoreError> {
        let mut statement = self.tx.prepare_cached(rows::CAME)?;
        let came: Vec<(RecordId, RecordId, Day, Option<Day>)> = statement
            .query_map([Day(self.today - Days::new(365))], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?
            .collect::<Result<_, _>>()?;
        for (referral, patient, received, seen) in came {
            if !self.dice.chance(9) {
                continue;
            }
            let before = u64::try_from(self.dice.between(0, 5)).unwrap_or(0);
            let asked = received.0 - Days::new(before);
            self.inquiry(patient, asked, Some((referral, received.0)), None)?;
            let Some(Day(seen)) = seen else { continue };
            if self.dice.chance(70) {
                let state = *self.dice.pick(&["started", "started", "completed", "accepted", "proposed"]);
                for (item, value) in [("proposed_on", seen.to_string()), ("state", state.to_owned())] {
                    let id = self.id();
                    self.tx.prepare_cached(rows::PLAN)?.execute(params![
                        id,
                        referral,
                        item,
                        value,
                        self.tx.now,
                        self.tx.actor.id
                    ])?;
                }
            }
            let visits = self.dice.below(4);
            let mut on = seen;
            for _ in 0..visits {
                on = on + Days::new(u64::try_from(self.dice.between(14, 60)).unwrap_or(14));
                if on <= self.today {
                    let id = self.id();
                    self.tx.prepare_cached(rows::VISIT)?.execute(params![
                        id,
                        patient,
                        Day(on),
                        self.tx.now,
                        self.tx.actor.id
                    ])?;
                }
            }
        }
        Ok(())
    }

    /// Others asked and did not come, or are still to be called back.
    fn who_did_not(&mut self) -> Result<(), StoreError> {
        for n in 0..34_i64 {
            let (given, family) = (*self.dice.pick(GIVEN), *self.dice.pick(FAMILY));
            let name = format!("{given} {family}");
            let key = PersonalName::parse(&name).map_or_else(|| name.to_lowercase(), |name| name.key());
            let patient = self.id();
            self.tx.prepare_cached(rows::PATIENT)?.execute(params![
                patient,
                name,
                key,
                None::<String>,
                None::<Day>,
                self.tx.now
            ])?;
            let asked = self.today - Days::new(u64::try_from(n * 10 + self.dice.between(1, 9)).unwrap_or(1));
            let callback =
                (n < 4).then(|| self.today + Days::new(u64::try_from(n).unwrap_or(0)) - Days::new(1));
            self.inquiry(patient, asked, None, callback)?;
        }
        Ok(())
    }

    fn inquiry(
        &mut self,
        patient: RecordId,
        asked: NaiveDate,
        came: Option<(RecordId, NaiveDate)>,
        callback: Option<NaiveDate>,
    ) -> Result<(), StoreError> {
        let id = self.id();
        let minute = self.dice.between(8 * 60, 15 * 60 + 30);
        let answered = minute + self.dice.between(0, 85);
        let dropped = came.is_none() && callback.is_none() && (self.today - asked).num_days() > 30;
        let reason = dropped
            .then(|| *self.dice.pick(&["found somebody nearer", "the wait was too long", "insurance"]));
        self.tx.prepare_cached(rows::INQUIRY)?.execute(params![
            id,
            Day(asked),
            minute,
            *self.dice.pick(CHANNELS),
            patient,
            *self.dice.pick(&["patient", "patient", "patient", "family"]),
            *self.dice.pick(QUESTIONS),
            answered,
            callback.map(Day),
            came.map(|(_, on)| Day(on)),
            reason.map(|_| Day(asked + Days::new(14))),
            reason,
            came.map(|(referral, _)| referral),
            self.tx.now,
            self.tx.actor.id
        ])?;
        Ok(())
    }
}

/// Where this chance begins.
const SEED: u64 = 0x4845_4c50_0000_0001;
