//! Who could be meant, while one types.

use super::checks::line;
use super::error::ReferralError;
use super::intake::patient_key;
use super::rows::intake as rows;
use super::rows::row;
use super::types::{ReferralSource, RegisterRow, SourceSuggestion, SuggestionKind};
use crate::foundation::id::{PartnerId, PatientId, PersonId};
use crate::network::{Hit, HitKind, SearchScope, search};
use crate::practice::Practice;
use crate::vault::{Area, Need};

/// Partners, people and patients who fit what was typed so far, the likeliest first.
///
/// # Errors
/// Those of the file.
pub fn suggest_sources(
    practice: &Practice,
    text: &str,
    limit: u32,
) -> Result<Vec<SourceSuggestion>, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let hits = search(practice, text, SearchScope::Everything, limit)?;
    Ok(hits.into_iter().map(suggestion).collect())
}

fn suggestion(hit: Hit) -> SourceSuggestion {
    let (kind, source) = match hit.kind {
        HitKind::Partner => (
            SuggestionKind::Partner,
            ReferralSource::Known { partner: Some(PartnerId(hit.id)), person: None },
        ),
        HitKind::Person => (
            SuggestionKind::Person,
            ReferralSource::Known { partner: hit.partner, person: Some(PersonId(hit.id)) },
        ),
        HitKind::Patient => (SuggestionKind::Patient, ReferralSource::Patient { patient: PatientId(hit.id) }),
    };
    SourceSuggestion { source, kind, title: hit.title, detail: hit.detail, matched: hit.matches }
}

/// Open referrals of patients of exactly this name or chart number, to warn beside the field.
///
/// # Errors
/// Those of the file.
pub fn open_of_patient(
    practice: &Practice,
    name: &str,
    chart_number: Option<&str>,
) -> Result<Vec<RegisterRow>, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let hidden = practice.hidden();
    if hidden.patients {
        // Whether somebody of this name is a patient is not told either.
        return Ok(Vec::new());
    }
    let key = patient_key(name.trim());
    let chart_number = line("chartNumber", chart_number, usize::MAX)?;
    practice.read(|conn| Ok(row::rows(conn, &rows::open_of(conn, &key, chart_number.as_deref())?, hidden)?))
}
