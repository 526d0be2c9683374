//! Quick search over everything, while one types: by words, beginnings, sound, and past a slip of the finger.

mod asked;
mod rank;
mod ranked;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::error::NetworkError;
use super::rows::search as rows;
use super::standing::refresh_standing_for_day;
use super::types::Status;
use crate::foundation::id::{PartnerId, RecordId};
use crate::practice::Practice;
use crate::store::StoreError;
use crate::vault::Area;
use asked::Asked;
pub(super) use asked::matching;
use rank::is_slip;
use ranked::Ranked;

/// Where a search looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum SearchScope {
    /// Partners, people and patients.
    #[default]
    Everything,
    /// Who could have sent a patient: partners and people.
    Referrers,
}

/// What a hit leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum HitKind {
    /// A partner.
    Partner,
    /// A person.
    Person,
    /// A patient, and through it the referrals.
    Patient,
}

/// Something found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    /// What it is.
    pub kind: HitKind,
    /// Its id.
    pub id: RecordId,
    /// Its name.
    pub title: String,
    /// What tells it apart: practice, city, telephone, chart number.
    pub detail: String,
    /// What of the title matched: starts and ends in UTF-16 units, for bold.
    pub matches: Vec<(u32, u32)>,
    /// Of a partner: the measure `status`.
    pub status: Option<Status>,
    /// Of a person: the main place of work, or the partner that is this person. Of a partner: itself.
    pub partner: Option<PartnerId>,
    /// Of a partner: whether it is one person.
    pub individual: bool,
    /// Of a patient: how many referrals.
    pub referrals: u32,
}

/// How many rows of the index a step reads at most, so that a search costs the same in a large practice.
const STEP: u32 = 300;
/// With fewer hits than this, words are also looked for past a slip of the finger.
const FEW: usize = 3;
/// How many words of the index near a word typed are tried.
const NEIGHBOURS: usize = 12;
/// How many words of one letter are looked through for them.
const VOCABULARY: u32 = 8_000;

/// Finds what `text` may mean, best first, in what whoever is at the desk may look at. Empty text finds nothing.
///
/// # Errors
/// Those of the file.
pub fn search(
    practice: &Practice,
    text: &str,
    scope: SearchScope,
    limit: u32,
) -> Result<Vec<Hit>, NetworkError> {
    let Some(asked) = Asked::read(text) else { return Ok(Vec::new()) };
    let limit = usize::try_from(limit.clamp(1, 100)).unwrap_or(100);
    let rights = practice.rights();
    let sees_patients = rights.reads(Area::Referrals) && !rights.hidden.patients;
    refresh_standing_for_day(practice)?;
    practice.read(|conn| {
        let mut ranked = Ranked::new(&asked, rights.hidden);
        if rights.reads(Area::Network) {
            network(conn, &asked, &mut ranked, limit)?;
        }
        if scope == SearchScope::Everything && sees_patients {
            patients(conn, &asked, &mut ranked)?;
        }
        Ok(ranked.best(limit))
    })
}

/// Looks in partners and people, step by step wider, until there is enough.
fn network(
    conn: &Connection,
    asked: &Asked,
    ranked: &mut Ranked<'_>,
    limit: usize,
) -> Result<(), StoreError> {
    if let [typed] = asked.words.as_slice()
        && let (Some(letter), 1) = (typed.word.chars().next(), typed.word.chars().count())
    {
        return ranked.add(conn, rows::beginning_with(conn, letter, STEP / 4)?);
    }
    ranked.add(conn, rows::network(conn, &asked.exactly(), STEP)?)?;
    let begun = rows::network(conn, &asked.beginnings(), STEP)?;
    if begun.len() >= usize::try_from(STEP).unwrap_or(usize::MAX) {
        // Too many to read all: those that matter most are not missed.
        ranked.add(conn, rows::most_active(conn, STEP)?)?;
    }
    ranked.add(conn, begun)?;
    if asked.is_number() {
        return Ok(());
    }
    if ranked.len() < limit {
        ranked.add(conn, rows::network(conn, &asked.sounds(), STEP)?)?;
    }
    if ranked.len() < FEW {
        let near = asked.words().map(|word| neighbours(conn, word)).collect::<Result<Vec<_>, _>>()?;
        ranked.add(conn, rows::network(conn, &asked.near(&near), STEP)?)?;
    }
    if ranked.len() < FEW
        && let Some(any) = asked.any()
    {
        ranked.add(conn, rows::network(conn, &any, STEP)?)?;
    }
    Ok(())
}

/// Words of the index that are the word typed but for a slip, nearest first.
fn neighbours(conn: &Connection, word: &str) -> Result<Vec<String>, StoreError> {
    let Some(letter) = word.chars().next().filter(|letter| letter.is_alphabetic()) else {
        return Ok(Vec::new());
    };
    if word.chars().count() < 3 {
        return Ok(Vec::new());
    }
    let mut near: Vec<(usize, String)> = rows::vocabulary(conn, letter, VOCABULARY)?
        .into_iter()
        .filter(|term| is_slip(word, term))
        .map(|term| (strsim::osa_distance(word, &term), term))
        .collect();
    near.sort_unstable();
    near.truncate(NEIGHBOURS);
    Ok(near.into_iter().map(|(_, term)| term).collect())
}

fn patients(conn: &Connection, asked: &Asked, ranked: &mut Ranked<'_>) -> Result<(), StoreError> {
    if asked.words().all(|word| word.chars().count() < 2) {
        return Ok(());
    }
    let begun = rows::patients(conn, &asked.beginnings(), STEP / 3)?;
    let none = begun.is_empty();
    ranked.add_patients(conn, begun)?;
    if none && !asked.is_number() {
        ranked.add_patients(conn, rows::patients(conn, &asked.sounds(), STEP / 3)?)?;
    }
    Ok(())
}
