//! How a visit was for the patient, and what a low rating asks for.

use std::collections::HashSet;

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::foundation::id::{RecordId, ReferralId};
use crate::network::Party;
use crate::practice::Practice;
use crate::referrals::checks::{happened, limits, text};
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::rows::{care as rows, process, row};
use crate::referrals::trash::name;
use crate::referrals::types::RegisterRow;
use crate::store::{Label, StoreError, Written};
use crate::vault::{Area, Need};

/// What a patient said about a visit. Ratings are 0 to 10; empty is unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NewExperience {
    /// The day of the visit; that of the referral if not said.
    pub visit_on: Option<NaiveDate>,
    /// How it was.
    pub rating: Option<u8>,
    /// How confident they were at the first visit.
    pub confidence: Option<u8>,
    /// "I could take part in deciding".
    pub took_part: Option<u8>,
    /// In their words.
    pub comment: Option<String>,
}

/// The same as it is on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Experience {
    /// The record.
    pub id: RecordId,
    /// The day of the visit.
    pub visit_on: NaiveDate,
    /// How it was.
    pub rating: Option<u8>,
    /// How confident they were.
    pub confidence: Option<u8>,
    /// "I could take part in deciding".
    pub took_part: Option<u8>,
    /// In their words.
    pub comment: Option<String>,
    /// A rating of 6 or less asks for a call; when it was made.
    pub followed_up_on: Option<NaiveDate>,
    /// What came of it.
    pub follow_up_note: Option<String>,
}

/// A low rating that nobody has followed up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FollowUp {
    /// The referral.
    pub row: RegisterRow,
    /// What was said.
    pub experience: Experience,
}

/// The oldest low rating nobody has followed up, of the patients somebody sent: it comes before the next letter to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct OpenRating {
    /// Who sent the patient.
    pub of: Party,
    /// The referral.
    pub referral: ReferralId,
    /// How the visit was, 0 to 6.
    pub rating: u8,
}

/// Whom no letter goes to before a low rating is followed up: one row each, however many of their patients rated low.
/// Restricted referrals and those of the trash keep nobody waiting.
///
/// # Errors
/// Those of the file.
pub(crate) fn open_ratings(conn: &Connection) -> Result<Vec<OpenRating>, StoreError> {
    let mut seen = HashSet::new();
    let mut all = rows::low_ratings(conn)?;
    all.retain(|one| seen.insert(one.of));
    Ok(all)
}

/// What patients said about a referral, by visit.
///
/// # Errors
/// Those of the file.
pub fn experiences(practice: &Practice, id: ReferralId) -> Result<Vec<Experience>, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let hidden = practice.hidden();
    practice.read(|conn| {
        let mut found = rows::experiences(conn, id)?;
        if hidden.patients {
            found.iter_mut().for_each(|one| (one.comment, one.follow_up_note) = (None, None));
        }
        Ok(found)
    })
}

/// Puts down what a patient said.
///
/// # Errors
/// [`ReferralError::Invalid`] for a rating above 10, nothing said at all, or a day ahead; [`ReferralError::Missing`];
/// those of the file.
pub fn add_experience(
    practice: &Practice,
    id: ReferralId,
    new: &NewExperience,
) -> Result<Written<RecordId>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    let ratings = [("rating", new.rating), ("confidence", new.confidence), ("tookPart", new.took_part)];
    if let Some((field, _)) = ratings.iter().find(|(_, rating)| rating.is_some_and(|rating| rating > 10)) {
        return invalid(field, Problem::Path("Give a whole number from 0 to 10."));
    }
    let comment = text("comment", new.comment.as_deref(), limits::NOTE)?;
    if ratings.iter().all(|(_, rating)| rating.is_none()) && comment.is_none() {
        return invalid("rating", Problem::Path("Give a rating or a comment."));
    }
    practice.write(Label::hand("experience_add", ""), |tx| {
        let way = process::way(tx, id)?.filter(|way| !way.trashed).ok_or(ReferralError::Missing)?;
        name(tx, id)?;
        let visit_on = new.visit_on.or(way.facts.seen_on).unwrap_or(tx.today);
        happened("visitOn", visit_on, tx.today)?;
        Ok(rows::add_experience(tx, id, visit_on, new, comment.as_deref())?)
    })
}

/// Takes away what was put down by mistake.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn remove_experience(practice: &Practice, id: RecordId) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    practice.write(Label::hand("experience_remove", ""), |tx| {
        let referral = rows::remove_experience(tx, id)?.ok_or(ReferralError::Missing)?;
        name(tx, referral)
    })
}

/// Low ratings nobody has followed up, the oldest first. They come before the next letter.
///
/// # Errors
/// Those of the file.
pub fn follow_ups(practice: &Practice) -> Result<Vec<FollowUp>, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let hidden = practice.hidden();
    practice.read(|conn| {
        let mut found = Vec::new();
        for (referral, mut experience) in rows::to_follow_up(conn)? {
            if hidden.patients {
                (experience.comment, experience.follow_up_note) = (None, None);
            }
            let row = row::rows(conn, &[referral], hidden)?.pop();
            found.extend(row.map(|row| FollowUp { row, experience }));
        }
        Ok(found)
    })
}

/// Says that a low rating was followed up, and what came of it.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn follow_up(
    practice: &Practice,
    id: RecordId,
    note: Option<&str>,
) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    let note = text("note", note, limits::NOTE)?;
    practice.write(Label::hand("experience_follow_up", ""), |tx| {
        let referral = rows::follow_up(tx, id, note.as_deref())?.ok_or(ReferralError::Missing)?;
        name(tx, referral)
    })
}
