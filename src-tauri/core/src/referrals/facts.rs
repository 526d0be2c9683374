//! How a patient came to choose us, and, for those from afar, where they come from and who brings them.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::care::YesNo;
use super::checks::line;
use super::error::{Problem, ReferralError, invalid};
use super::intake::intake_then;
use super::rows::care::{Answer, answers, put_answer};
use super::rows::process;
use super::trash::name;
use super::types::{Intake, Taken, codes};
use crate::foundation::id::ReferralId;
use crate::practice::Practice;
use crate::store::{Label, StoreError, Tx, Written};
use crate::vault::{Area, Need};

codes! {
    /// By which way a patient found us (S0.6).
    SourceWay {
        /// A portal of an insurer or a review site.
        WebPortal = "web_portal",
        /// A search engine.
        Search = "search",
        /// Our own web site.
        WebSite = "web_site",
        /// Social media.
        SocialMedia = "social_media",
        /// Their home doctor.
        HomeDoctor = "home_doctor",
        /// Another clinician.
        Clinician = "clinician",
        /// A facilitator of medical travel.
        Facilitator = "facilitator",
        /// A friend or family.
        Friend = "friend",
        /// A local business or group.
        Business = "business",
        /// An advert.
        Advert = "advert",
        /// An event.
        Event = "event",
        /// They walked in.
        WalkIn = "walk_in",
        /// Otherwise.
        Other = "other",
    }
}

/// How a patient came to us and where from. What is left empty is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SourceFacts {
    /// By which way.
    pub channel: Option<SourceWay>,
    /// Which portal, whose talk, what advert.
    pub detail: Option<String>,
    /// "Why did you choose us?", in their words.
    pub why_us: Option<String>,
    /// The home doctor gets a report.
    pub report_home_doctor: Option<YesNo>,
    /// Where they come from, as ISO 3166-1: two letters.
    pub country: Option<String>,
    /// The language they speak.
    pub language: Option<String>,
    /// What they pay in, as ISO 4217: three letters.
    pub currency: Option<String>,
    /// Where their clock stands, e.g. Europe/Berlin.
    pub time_zone: Option<String>,
    /// Who brings them.
    pub facilitator: Option<String>,
    /// What is agreed about a fee of the facilitator.
    pub fee_note: Option<String>,
    /// The facilitator's fee has a written agreement at fair value that counsel has seen.
    pub fee_agreed: Option<YesNo>,
}

const SOURCE: &str = "source";
const ORIGIN: &str = "origin";
const REPORT: (&str, &str) = ("home_doctor", "report");

impl SourceFacts {
    fn of(rows: &[Answer]) -> Self {
        let get = |topic: &str, item: &str| {
            rows.iter().find(|row| row.topic == topic && row.item == item).and_then(|row| row.value.clone())
        };
        Self {
            channel: get(SOURCE, "channel").as_deref().and_then(SourceWay::from_code),
            detail: get(SOURCE, "detail"),
            why_us: get(SOURCE, "why_us"),
            report_home_doctor: get(REPORT.0, REPORT.1).as_deref().and_then(YesNo::from_code),
            country: get(ORIGIN, "country"),
            language: get(ORIGIN, "language"),
            currency: get(ORIGIN, "currency"),
            time_zone: get(ORIGIN, "time_zone"),
            facilitator: get(ORIGIN, "facilitator"),
            fee_note: get(ORIGIN, "fee_note"),
            fee_agreed: get(ORIGIN, "fee_agreed").as_deref().and_then(YesNo::from_code),
        }
    }

    fn rows(&self) -> Vec<Answer> {
        let code = |answer: Option<YesNo>| answer.map(|answer| answer.code().to_owned());
        vec![
            Answer::of(SOURCE, "channel", self.channel.map(|channel| channel.code().to_owned())),
            Answer::of(SOURCE, "detail", self.detail.clone()),
            Answer::of(SOURCE, "why_us", self.why_us.clone()),
            Answer::of(REPORT.0, REPORT.1, code(self.report_home_doctor)),
            Answer::of(ORIGIN, "country", self.country.clone()),
            Answer::of(ORIGIN, "language", self.language.clone()),
            Answer::of(ORIGIN, "currency", self.currency.clone()),
            Answer::of(ORIGIN, "time_zone", self.time_zone.clone()),
            Answer::of(ORIGIN, "facilitator", self.facilitator.clone()),
            Answer::of(ORIGIN, "fee_note", self.fee_note.clone()),
            Answer::of(ORIGIN, "fee_agreed", code(self.fee_agreed)),
        ]
    }

    /// The same as it is kept.
    fn checked(&self) -> Result<Self, ReferralError> {
        let code = |field, text: &Option<String>, letters: usize, problem| {
            let text = line(field, text.as_deref(), 20)?.map(|text| text.to_ascii_uppercase());
            match text {
                Some(text) if text.len() != letters || !text.bytes().all(|b| b.is_ascii_uppercase()) => {
                    invalid(field, Problem::Path(problem))
                }
                text => Ok(text),
            }
        };
        let time_zone = line("timeZone", self.time_zone.as_deref(), 60)?;
        if time_zone.as_deref().is_some_and(|zone| zone.parse::<chrono_tz::Tz>().is_err()) {
            return invalid("timeZone", Problem::Path("Give a time zone such as Europe/Berlin."));
        }
        let facilitator = line("facilitator", self.facilitator.as_deref(), 200)?;
        let fee_note = line("feeNote", self.fee_note.as_deref(), 500)?;
        if facilitator.is_none() && (fee_note.is_some() || self.fee_agreed.is_some()) {
            return invalid("facilitator", Problem::Path("Say who the facilitator is."));
        }
        // A fee without a written agreement at fair value is not to be put down as settled (42 CFR 1001.952(f), CK11).
        if fee_note.is_some() && self.fee_agreed.is_none() {
            return invalid(
                "feeAgreed",
                Problem::Path(
                    "Say whether there is a written agreement at fair value that counsel has seen.",
                ),
            );
        }
        Ok(Self {
            channel: self.channel,
            detail: line("detail", self.detail.as_deref(), 200)?,
            why_us: line("whyUs", self.why_us.as_deref(), 500)?,
            report_home_doctor: self.report_home_doctor,
            country: code("country", &self.country, 2, "Give the country as two letters, such as DE.")?,
            language: line("language", self.language.as_deref(), 60)?,
            currency: code(
                "currency",
                &self.currency,
                3,
                "Give the currency as three letters, such as EUR.",
            )?,
            time_zone,
            facilitator,
            fee_note,
            fee_agreed: self.fee_agreed,
        })
    }
}

/// How a patient came to us. Whoever does not see patients does not see what was written in words.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn source_facts(practice: &Practice, id: ReferralId) -> Result<SourceFacts, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let hidden = practice.hidden();
    practice.read(|conn| {
        if process::way(conn, id)?.is_none() {
            return Err(ReferralError::Missing);
        }
        let mut facts = source_facts_in(conn, id)?;
        if hidden.patients {
            (facts.detail, facts.why_us, facts.facilitator, facts.fee_note) = (None, None, None, None);
        }
        Ok(facts)
    })
}

/// The same within a read or write somebody holds.
pub(crate) fn source_facts_in(conn: &Connection, id: ReferralId) -> Result<SourceFacts, StoreError> {
    Ok(SourceFacts::of(&answers(conn, id)?))
}

/// Puts down how a patient came to us, whole: what is left empty becomes unknown.
///
/// # Errors
/// [`ReferralError::Invalid`] for a country, currency or time zone that is none, or a fee without a facilitator;
/// [`ReferralError::Missing`]; those of the file.
pub fn set_source_facts(
    practice: &Practice,
    id: ReferralId,
    new: &SourceFacts,
) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    let new = new.checked()?;
    practice.write(Label::hand("source_facts", ""), |tx| {
        if process::way(tx, id)?.is_none_or(|way| way.trashed) {
            return Err(ReferralError::Missing);
        }
        name(tx, id)?;
        put(tx, id, &new)
    })
}

fn put(tx: &Tx<'_>, id: ReferralId, facts: &SourceFacts) -> Result<(), ReferralError> {
    for row in facts.rows() {
        put_answer(tx, id, &row)?;
    }
    Ok(())
}

/// The desk intake with how the patient came to us, as one action.
///
/// # Errors
/// As [`super::intake`] and [`set_source_facts`].
pub fn intake_with_facts(
    practice: &Practice,
    intake: &Intake,
    facts: &SourceFacts,
) -> Result<Taken, ReferralError> {
    let facts = facts.checked()?;
    intake_then(practice, intake, |tx, id| put(tx, id, &facts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_read_back_as_they_were_put_down() {
        let facts = SourceFacts {
            channel: Some(SourceWay::Friend),
            why_us: Some("You were kind to my mother".into()),
            report_home_doctor: Some(YesNo::Yes),
            country: Some("de".into()),
            currency: Some("eur".into()),
            time_zone: Some("Europe/Berlin".into()),
            ..SourceFacts::default()
        };
        let kept = facts.checked().expect("kept");
        assert_eq!((kept.country.as_deref(), kept.currency.as_deref()), (Some("DE"), Some("EUR")));
        let rows: Vec<_> = kept.rows().into_iter().filter(|row| row.value.is_some()).collect();
        assert_eq!(SourceFacts::of(&rows), kept);
    }

    #[test]
    fn what_is_no_country_currency_or_zone_is_refused_beside_its_field() {
        let none = SourceFacts::default;
        let cases = [
            ("country", SourceFacts { country: Some("Germany".into()), ..none() }),
            ("currency", SourceFacts { currency: Some("€".into()), ..none() }),
            ("timeZone", SourceFacts { time_zone: Some("Berlin".into()), ..none() }),
            ("facilitator", SourceFacts { fee_note: Some("200 a patient".into()), ..none() }),
            (
                "feeAgreed",
                SourceFacts { facilitator: Some("MedBridge".into()), fee_note: Some("200".into()), ..none() },
            ),
        ];
        for (wanted, facts) in cases {
            let refused = facts.checked();
            assert!(
                matches!(refused, Err(ReferralError::Invalid { field, .. }) if field == wanted),
                "{wanted}: {refused:?}"
            );
        }
    }
}
