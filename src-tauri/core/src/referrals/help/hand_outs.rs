//! What a patient takes along: partners to choose from. And the question later whether it helped.

use chrono::{Days, NaiveDate};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::find::{HelpQuestion, PartnerMatch, look};
use super::wishes::Wishes;
use crate::foundation::id::{PartnerId, PatientId, RecordId, ReferralId};
use crate::network::is_patient;
use crate::practice::Practice;
use crate::referrals::care::{HelpAnswer, YesNo};
use crate::referrals::checks::{happened, line};
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::intake::PatientWords;
use crate::referrals::rows::{help as rows, intake, row};
use crate::referrals::types::PatientLabel;
use crate::store::{Label, StoreError, Written};
use crate::vault::{Area, Hidden, Need, patient_token};

/// A partner on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HandOutChoice {
    /// The partner.
    pub partner: PartnerId,
    /// Why, in spite of a warning.
    pub reason: Option<String>,
}

/// A new list for a patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NewHandOut {
    /// The patient; not read where a referral is named.
    pub patient: PatientLabel,
    /// The referral it belongs to.
    pub referral: Option<ReferralId>,
    /// What was asked.
    pub question: HelpQuestion,
    /// The partners, in the order they stand on paper.
    pub choices: Vec<HandOutChoice>,
}

/// What the patient said later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HandOutAnswer {
    /// When they were asked; today if not said.
    pub on: Option<NaiveDate>,
    /// They got in touch with one of the list.
    pub contacted: YesNo,
    /// With whom.
    pub chosen: Option<PartnerId>,
    /// Whether it helped, 0 to 10.
    pub helped: Option<u8>,
}

/// A partner on a list that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ChoiceShown {
    /// The partner.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// The match when it was given.
    pub score: Option<u32>,
    /// Why, in spite of a warning.
    pub reason: Option<String>,
}

/// A list that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HandOut {
    /// The record.
    pub id: RecordId,
    /// The patient, by name or token.
    pub patient: String,
    /// The referral it belongs to.
    pub referral: Option<ReferralId>,
    /// What was asked; none where it is hidden.
    pub problem: Option<String>,
    /// What the patient prefers; none where it is hidden.
    pub wishes: Option<Wishes>,
    /// When it was given.
    pub given_on: NaiveDate,
    /// By whom.
    pub given_by: String,
    /// When to ask whether it helped.
    pub ask_on: NaiveDate,
    /// The partners, in their order.
    pub choices: Vec<ChoiceShown>,
    /// What the patient said.
    pub answer: Option<HandOutAnswer>,
}

/// So many days after a list was given the patient is asked, as on the outbound path.
const ASKED_AFTER: Days = Days::new(14);
const MOST: usize = 10;

/// Puts on record what a patient takes along.
///
/// # Errors
/// [`ReferralError::Invalid`] where no partner or fewer than two of several that suit are chosen, where one does not suit, or
/// where a reason is missing; [`ReferralError::Missing`] for the referral; those of the file.
pub fn give_hand_out(practice: &Practice, new: &NewHandOut) -> Result<Written<RecordId>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    let question = new.question.checked()?;
    let mut chosen: Vec<(PartnerId, Option<String>)> = Vec::new();
    for choice in &new.choices {
        if !chosen.iter().any(|(partner, _)| *partner == choice.partner) {
            chosen.push((choice.partner, line("reason", choice.reason.as_deref(), 500)?));
        }
    }
    if chosen.is_empty() {
        return invalid("choices", Problem::Path("Choose the partners the patient can go to."));
    }
    if chosen.len() > MOST {
        return invalid("choices", Problem::Path("Give at most ten partners to choose from."));
    }
    let words = if new.referral.is_some() { None } else { Some(PatientWords::read(&new.patient)?) };
    let wishes = serde_json::to_string(&question.wishes).map_err(|e| StoreError::Database(e.to_string()))?;
    practice.write(Label::hand("hand_out_give", ""), |tx| {
        let patient = match (new.referral, &words) {
            (Some(referral), _) => row::kept(tx, referral)?.ok_or(ReferralError::Missing)?.0.patient,
            (None, Some(words)) => words.find_or_add(tx, new.patient.patient)?,
            (None, None) => return invalid("patient", Problem::NoPatient),
        };
        tx.subject(intake::patient_label(tx, patient)?);
        let found = look(tx, &question)?;
        if chosen.len() < 2 && found.suiting >= 2 {
            return invalid("choices", Problem::Path("Give the patient at least two to choose from."));
        }
        let id = rows::insert_hand_out(tx, patient, new.referral, &question.problem, &wishes)?;
        for (place, (partner, reason)) in (1..).zip(&chosen) {
            let suits = found.matches.iter().find(|one| one.partner == *partner);
            let suits = suits.map_or_else(|| refused(&found.left_out, *partner), Ok)?;
            if suits.needs_reason && reason.is_none() {
                return invalid("reason", Problem::Path("Say why this partner is on the list all the same."));
            }
            rows::insert_choice(tx, id, patient, place, suits, reason.as_deref())?;
        }
        Ok(id)
    })
}

fn refused<'a>(
    left_out: &[super::find::LeftOut],
    partner: PartnerId,
) -> Result<&'a PartnerMatch, ReferralError> {
    if left_out.iter().any(|out| out.partner == partner) {
        return invalid(
            "choices",
            Problem::Path("This partner is left out for this patient. Choose another."),
        );
    }
    invalid("choices", Problem::Path("This partner does not suit the question any more. Look again."))
}

/// Puts down what the patient said when asked; said again, it is corrected.
///
/// # Errors
/// [`ReferralError::Invalid`] for a day ahead or before the list, a rating above 10, or somebody who is not on the list;
/// [`ReferralError::Missing`]; those of the file.
pub fn answer_hand_out(
    practice: &Practice,
    id: RecordId,
    answer: &HandOutAnswer,
) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    if answer.helped.is_some_and(|helped| helped > 10) {
        return invalid("helped", Problem::Path("Give a whole number from 0 to 10."));
    }
    practice.write(Label::hand("hand_out_answer", ""), |tx| {
        let given = rows::hand_out(tx, id)?.ok_or(ReferralError::Missing)?;
        tx.subject(intake::patient_label(tx, given.patient)?);
        let on = answer.on.unwrap_or(tx.today);
        happened("answeredOn", on, tx.today)?;
        if on < given.given_on {
            return invalid("answeredOn", Problem::Path("This is before the day the list was given."));
        }
        let mut kept = HandOutAnswer { on: Some(on), ..*answer };
        if answer.contacted == YesNo::No {
            (kept.chosen, kept.helped) = (None, None);
        } else {
            let choices = rows::choices(tx, id)?;
            let only = choices.first().filter(|_| choices.len() == 1).map(|choice| choice.partner);
            kept.chosen = answer.chosen.or(only);
            match kept.chosen {
                None => return invalid("chosen", Problem::Path("Say whom the patient got in touch with.")),
                Some(chosen) if !choices.iter().any(|choice| choice.partner == chosen) => {
                    return invalid("chosen", Problem::Path("Choose somebody of the list."));
                }
                Some(_) => {}
            }
        }
        Ok(rows::answer(tx, id, on, &kept)?)
    })
}

/// The lists the patient of a referral was given, the newest first. Whoever holds the baton reads there what the patient
/// prefers.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn hand_outs_of(practice: &Practice, referral: ReferralId) -> Result<Vec<HandOut>, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let hidden = practice.hidden();
    practice.read(|conn| {
        let patient = row::kept(conn, referral)?.ok_or(ReferralError::Missing)?.0.patient;
        shown(conn, rows::hand_outs_of(conn, patient)?, hidden)
    })
}

/// The lists nobody has asked about yet, the oldest first; at most 200.
///
/// # Errors
/// Those of the file.
pub fn hand_outs_to_ask(practice: &Practice) -> Result<Vec<HandOut>, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let hidden = practice.hidden();
    practice.read(|conn| shown(conn, rows::unanswered(conn)?, hidden))
}

fn shown(
    conn: &Connection,
    all: Vec<rows::HandOutRow>,
    hidden: Hidden,
) -> Result<Vec<HandOut>, ReferralError> {
    let mut lists = Vec::with_capacity(all.len());
    for one in all {
        let mut choices = rows::choices(conn, one.id)?;
        if hidden.patients {
            for choice in &mut choices {
                choice.reason = None;
                if is_patient(conn, choice.partner)? {
                    choice.name = patient_token(choice.partner);
                }
            }
        }
        lists.push(HandOut {
            id: one.id,
            patient: named(conn, one.patient, hidden)?,
            referral: one.referral,
            problem: Some(one.problem).filter(|_| !hidden.reason && !hidden.patients),
            // What a newer Baton put there can't be read, and is nothing to fail over.
            wishes: serde_json::from_str(&one.wishes).ok().filter(|_| !hidden.patients),
            given_on: one.given_on,
            given_by: one.given_by,
            ask_on: one.given_on + ASKED_AFTER,
            choices,
            answer: one.answer,
        });
    }
    Ok(lists)
}

/// What a patient is called; a token for one who is not seen.
pub(in crate::referrals) fn named(
    conn: &Connection,
    patient: PatientId,
    hidden: Hidden,
) -> Result<String, StoreError> {
    if hidden.patients { Ok(patient_token(patient)) } else { intake::patient_label(conn, patient) }
}

/// What patients said of their lists, for the measures: each once, so that a list whose outbound referral was asked about is
/// left to that.
pub(crate) fn answered_hand_outs(conn: &Connection) -> Result<Vec<HelpAnswer>, StoreError> {
    rows::answered(conn)
}
