//! What is asked about a referral beside its path: is it ready, were needs met, was everybody served, did the patient stay,
//! which documents came, and the checks before somebody travels abroad.

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::foundation::id::ReferralId;
use crate::practice::Practice;
use crate::referrals::checks::{happened, line};
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::rows::{care as rows, process};
use crate::referrals::trash::name;
use crate::referrals::types::codes;
use crate::store::{Label, StoreError, Written};
use crate::vault::{Area, Need, Role, role_of};

codes! {
    /// Yes or no; nothing is unknown.
    YesNo {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
    }
}

codes! {
    /// Whether something came with a referral.
    YesNoNeeded {
        /// It did.
        Yes = "yes",
        /// It did not.
        No = "no",
        /// It is not needed.
        NotNeeded = "not_needed",
    }
}

codes! {
    /// Whether a need was met.
    Met {
        /// Yes.
        Yes = "yes",
        /// Partly.
        Partly = "partly",
        /// No.
        No = "no",
    }
}

codes! {
    /// Whether a party got what it came for: the report, the visit, word, satisfaction.
    Served {
        /// Yes.
        Yes = "yes",
        /// Not yet, or not at all.
        No = "no",
        /// There is no such party.
        NotApplicable = "not_applicable",
    }
}

codes! {
    /// Where a patient went on after a second opinion.
    SecondOpinion {
        /// With whoever they had.
        Stayed = "stayed",
        /// To us, or to whoever was asked.
        Moved = "moved",
    }
}

codes! {
    /// How far a treatment plan got.
    PlanState {
        /// It was proposed.
        Proposed = "proposed",
        /// The patient said yes.
        Accepted = "accepted",
        /// It began.
        Started = "started",
        /// It is done.
        Completed = "completed",
        /// It was broken off.
        Stopped = "stopped",
    }
}

/// A treatment plan (D19).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// When it was proposed.
    pub proposed_on: NaiveDate,
    /// How far it got.
    pub state: PlanState,
}

/// What a patient we sent somewhere said when asked later (S3.54).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HelpAnswer {
    /// When they were asked.
    pub answered_on: NaiveDate,
    /// They got in touch with whoever was named.
    pub contacted: YesNo,
    /// Whether it helped, 0 to 10; none where they did not get in touch or did not say.
    pub helped: Option<u8>,
}

/// Declares a group of answers to fixed questions: a struct, and its answers as topic, item and code.
macro_rules! questions {
    ($(#[$doc:meta])* $name:ident: $answer:ty = $topic:literal { $($(#[$fdoc:meta])* $field:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "specta", derive(specta::Type))]
        #[serde(rename_all = "camelCase")]
        pub struct $name { $($(#[$fdoc])* pub $field: Option<$answer>,)* }

        impl $name {
            /// Every answer, in the order of the questions.
            pub fn all(&self) -> Vec<Option<$answer>> {
                vec![$(self.$field,)*]
            }

            fn put(&self, rows: &mut Vec<rows::Answer>) {
                $(rows.push(rows::Answer::of($topic, stringify!($field), self.$field.map(|a| a.code().to_owned())));)*
            }

            fn read(&mut self, row: &rows::Answer) {
                $(if row.topic == $topic && row.item == stringify!($field) {
                    self.$field = row.value.as_deref().and_then(<$answer>::from_code);
                })*
            }
        }
    };
}

questions! {
    /// What a referral should come with (D18).
    Prequal: YesNoNeeded = "prequal" {
        /// The reason is clear.
        reason,
        /// The work-up is done.
        workup,
        /// The records are there.
        records,
        /// The insurance is clear.
        insurance,
    }
}

questions! {
    /// How ready the patient is (D18).
    Intent: YesNo = "intent" {
        /// There is an urgent need.
        urgent_need,
        /// The patient knows what it is about.
        informed,
        /// The patient would book today.
        ready_to_book,
    }
}

questions! {
    /// Whose needs were met (D16).
    Needs: Met = "need" {
        /// The patient's.
        patient,
        /// Of whoever sent.
        sender,
        /// Of whoever received.
        receiver,
    }
}

questions! {
    /// Who got what they came for (D16).
    PartiesServed: Served = "served" {
        /// The patient was seen.
        patient,
        /// Whoever sent has the report.
        sender,
        /// Whoever received is informed.
        receiver,
        /// The facilitator is satisfied.
        intermediary,
    }
}

questions! {
    /// What is settled before somebody goes abroad (S0.38).
    TravelChecks: YesNo = "travel" {
        /// Whoever treats there is who they say.
        credentials,
        /// The records go along.
        records,
        /// Somebody looks after the patient when they are back.
        aftercare,
        /// It is settled who helps if something goes wrong.
        complications,
        /// The patient agreed, knowing all this.
        consent,
    }
}

/// A document both sides agreed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct AgreedDocument {
    /// What.
    pub name: String,
    /// It was there at the visit.
    pub there: bool,
}

/// Everything asked about a referral. What is left empty is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Answers {
    /// What it should come with.
    pub prequal: Prequal,
    /// How ready the patient is.
    pub intent: Intent,
    /// The referrer's confidence in us, 0 to 5.
    pub confidence: Option<u8>,
    /// Whose needs were met.
    pub needs: Needs,
    /// Who got what they came for.
    pub served: PartiesServed,
    /// What came of a second opinion.
    pub second_opinion: Option<SecondOpinion>,
    /// The checks before somebody goes abroad.
    pub travel: TravelChecks,
    /// Why a clinician lets the patient go although a check is open.
    pub travel_override: Option<String>,
    /// The patient's home doctor.
    pub home_doctor: Option<String>,
    /// Documents both sides agreed on.
    pub documents: Vec<AgreedDocument>,
    /// The treatment plan.
    pub plan: Option<Plan>,
    /// Outbound: what the patient said when asked whether it helped.
    pub help: Option<HelpAnswer>,
}

const CONFIDENCE: (&str, &str) = ("confidence", "referrer");
const SECOND_OPINION: (&str, &str) = ("second_opinion", "outcome");
const OVERRIDE: (&str, &str) = ("travel", "override");
const HOME_DOCTOR: (&str, &str) = ("home_doctor", "name");
const PLAN: &str = "plan";
const HELP: &str = "help";
const DOCUMENT: &str = "document";

impl Answers {
    fn of(rows: &[rows::Answer]) -> Self {
        let mut answers = Self::default();
        for row in rows {
            answers.prequal.read(row);
            answers.intent.read(row);
            answers.needs.read(row);
            answers.served.read(row);
            answers.travel.read(row);
            let value = || row.value.clone();
            match (row.topic.as_str(), row.item.as_str()) {
                CONFIDENCE => answers.confidence = value().and_then(|v| v.parse().ok()),
                SECOND_OPINION => {
                    answers.second_opinion = value().as_deref().and_then(SecondOpinion::from_code);
                }
                OVERRIDE => answers.travel_override = value(),
                HOME_DOCTOR => answers.home_doctor = value(),
                (DOCUMENT, name) => answers.documents.push(AgreedDocument {
                    name: name.to_owned(),
                    there: row.value.as_deref() == Some("there"),
                }),
                _ => {}
            }
        }
        let of = |topic: &str, item: &str| {
            rows.iter().find(|row| row.topic == topic && row.item == item).and_then(|row| row.value.clone())
        };
        let day = |topic: &str, item: &str| of(topic, item).and_then(|day| day.parse::<NaiveDate>().ok());
        let state = of(PLAN, "state").as_deref().and_then(PlanState::from_code);
        answers.plan =
            day(PLAN, "proposed_on").zip(state).map(|(proposed_on, state)| Plan { proposed_on, state });
        let contacted = of(HELP, "contacted").as_deref().and_then(YesNo::from_code);
        answers.help = day(HELP, "answered_on").zip(contacted).map(|(answered_on, contacted)| HelpAnswer {
            answered_on,
            contacted,
            helped: of(HELP, "helped").and_then(|helped| helped.parse().ok()),
        });
        answers
    }

    fn rows(&self) -> Vec<rows::Answer> {
        let mut rows = Vec::new();
        self.prequal.put(&mut rows);
        self.intent.put(&mut rows);
        self.needs.put(&mut rows);
        self.served.put(&mut rows);
        self.travel.put(&mut rows);
        let mut one = |key: (&str, &str), value: Option<String>| {
            rows.push(rows::Answer::of(key.0, key.1, value));
        };
        one(CONFIDENCE, self.confidence.map(|c| c.to_string()));
        one(SECOND_OPINION, self.second_opinion.map(|s| s.code().to_owned()));
        one(OVERRIDE, self.travel_override.clone());
        one(HOME_DOCTOR, self.home_doctor.clone());
        one((PLAN, "proposed_on"), self.plan.map(|plan| plan.proposed_on.to_string()));
        one((PLAN, "state"), self.plan.map(|plan| plan.state.code().to_owned()));
        one((HELP, "answered_on"), self.help.map(|help| help.answered_on.to_string()));
        one((HELP, "contacted"), self.help.map(|help| help.contacted.code().to_owned()));
        one((HELP, "helped"), self.help.and_then(|help| help.helped).map(|helped| helped.to_string()));
        for document in &self.documents {
            let there = if document.there { "there" } else { "missing" };
            one((DOCUMENT, &document.name), Some(there.to_owned()));
        }
        rows
    }
}

codes! {
    /// How ready a patient is: of three questions, three yes = high, two = medium, else low.
    Readiness {
        /// Three of three.
        High = "high",
        /// Two of three.
        Medium = "medium",
        /// Fewer.
        Low = "low",
    }
}

/// Intent (D18): 3 of 3 = high, 2 = medium, else low; none while no question is answered.
pub fn readiness(intent: &Intent) -> Option<Readiness> {
    let all = intent.all();
    if all.iter().all(Option::is_none) {
        return None;
    }
    Some(match all.iter().filter(|answer| **answer == Some(YesNo::Yes)).count() {
        3 => Readiness::High,
        2 => Readiness::Medium,
        _ => Readiness::Low,
    })
}

/// What is known about a referral. Whoever does not see patients does not see what was written in words.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn answers(practice: &Practice, id: ReferralId) -> Result<Answers, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let hidden = practice.hidden();
    practice.read(|conn| {
        if process::way(conn, id)?.is_none() {
            return Err(ReferralError::Missing);
        }
        let mut answers = answers_in(conn, id)?;
        if hidden.patients {
            answers.travel_override = None;
            answers.home_doctor = None;
            answers.documents.iter_mut().for_each(|document| document.name.clear());
        }
        Ok(answers)
    })
}

/// The same within a read or write somebody holds.
pub(crate) fn answers_in(conn: &Connection, id: ReferralId) -> Result<Answers, StoreError> {
    Ok(Answers::of(&rows::answers(conn, id)?))
}

/// Puts down what is known about a referral, whole: what is left empty becomes unknown.
///
/// # Errors
/// [`ReferralError::Invalid`] for a confidence above 5, a document without a name or twice, or an override by somebody who
/// is no clinician; [`ReferralError::Missing`]; those of the file.
pub fn set_answers(practice: &Practice, id: ReferralId, new: &Answers) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    if new.confidence.is_some_and(|confidence| confidence > 5) {
        return invalid("confidence", Problem::Path("Give a whole number from 0 to 5."));
    }
    if new.help.is_some_and(|help| help.helped.is_some_and(|helped| helped > 10)) {
        return invalid("helped", Problem::Path("Give a whole number from 0 to 10."));
    }
    let today = practice.today();
    if let Some(plan) = new.plan {
        happened("proposedOn", plan.proposed_on, today)?;
    }
    if let Some(help) = new.help {
        happened("answeredOn", help.answered_on, today)?;
    }
    let mut new = new.clone();
    new.home_doctor = line("homeDoctor", new.home_doctor.as_deref(), 200)?;
    new.travel_override = line("travelOverride", new.travel_override.as_deref(), 500)?;
    let hidden = practice.hidden();
    if hidden.patients {
        new.documents.clear();
    }
    let mut names = Vec::new();
    for document in &mut new.documents {
        let Some(kept) = line("documents", Some(&document.name), 100)? else {
            return invalid("documents", Problem::Path("Name each document."));
        };
        document.name = kept;
        if names.contains(&document.name) {
            return invalid("documents", Problem::Path("Name each document once."));
        }
        names.push(document.name.clone());
    }
    let may_override = [Role::Owner.code(), Role::Clinician.code()].contains(&role_of(practice)?.as_str());
    practice.write(Label::hand("referral_answers", ""), |tx| {
        if process::way(tx, id)?.is_none_or(|way| way.trashed) {
            return Err(ReferralError::Missing);
        }
        name(tx, id)?;
        let before = answers_in(tx, id)?;
        if new.travel_override.is_some() && new.travel_override != before.travel_override && !may_override {
            return invalid(
                "travelOverride",
                Problem::Path("Only a clinician can let the patient go all the same."),
            );
        }
        let rows = new.rows();
        // What is written in words stays as it was where whoever writes does not see it.
        let seen = |row: &rows::Answer| {
            let key = (row.topic.as_str(), row.item.as_str());
            !hidden.patients || !(key.0 == DOCUMENT || [OVERRIDE, HOME_DOCTOR].contains(&key))
        };
        for gone in before.rows().iter().filter(|row| row.topic == DOCUMENT && seen(row)) {
            if !rows.iter().any(|row| row.topic == DOCUMENT && row.item == gone.item) {
                rows::put_answer(tx, id, &rows::Answer::of(DOCUMENT, &gone.item, None))?;
            }
        }
        for row in rows.iter().filter(|row| seen(row)) {
            rows::put_answer(tx, id, row)?;
        }
        Ok(())
    })
}

/// The checks that are open before a patient goes abroad; none if a clinician lets them go all the same.
pub(in crate::referrals) fn open_travel_checks(
    conn: &Connection,
    id: ReferralId,
) -> Result<usize, StoreError> {
    let answers = answers_in(conn, id)?;
    if answers.travel_override.is_some() {
        return Ok(0);
    }
    Ok(answers.travel.all().iter().filter(|answer| **answer != Some(YesNo::Yes)).count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    #[test]
    fn answers_are_read_back_as_they_were_put_down() {
        let answers = Answers {
            prequal: Prequal {
                reason: Some(YesNoNeeded::Yes),
                insurance: Some(YesNoNeeded::NotNeeded),
                ..Prequal::default()
            },
            confidence: Some(4),
            needs: Needs { patient: Some(Met::Partly), ..Needs::default() },
            second_opinion: Some(SecondOpinion::Moved),
            home_doctor: Some("Dr. Ito".into()),
            documents: vec![AgreedDocument { name: "MRI".into(), there: false }],
            plan: Some(Plan { proposed_on: day("2026-11-02"), state: PlanState::Started }),
            help: Some(HelpAnswer { answered_on: day("2026-11-20"), contacted: YesNo::Yes, helped: Some(8) }),
            ..Answers::default()
        };
        let kept: Vec<_> = answers.rows().into_iter().filter(|row| row.value.is_some()).collect();
        assert_eq!(Answers::of(&kept), answers);
    }

    #[test]
    fn three_of_three_are_high_two_medium_and_silence_is_unknown() {
        let of = |answers: [Option<YesNo>; 3]| {
            readiness(&Intent { urgent_need: answers[0], informed: answers[1], ready_to_book: answers[2] })
        };
        let (yes, no) = (Some(YesNo::Yes), Some(YesNo::No));
        assert_eq!(of([yes, yes, yes]), Some(Readiness::High));
        assert_eq!(of([yes, no, yes]), Some(Readiness::Medium));
        assert_eq!(of([yes, None, None]), Some(Readiness::Low));
        assert_eq!(of([no, no, no]), Some(Readiness::Low));
        assert_eq!(of([None, None, None]), None);
    }
}
