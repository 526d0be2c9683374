//! Inquiries as a list, paged by key.

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::reach::reached;
use super::types::Inquiry;
use crate::foundation::id::RecordId;
use crate::network::{PartnerClass, name_as_seen};
use crate::practice::Practice;
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::rows::inquiry as rows;
use crate::referrals::types::codes;
use crate::store::StoreError;
use crate::vault::{Area, Hidden, Need, patient_token};

codes! {
    /// Which inquiries are shown.
    InquiryView {
        /// Those that neither became a referral nor were dropped.
        Open = "open",
        /// Those who are still to be called back, the first promised first.
        CallBack = "call_back",
        /// All of them.
        All = "all",
    }
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct InquiryQuery {
    /// Which.
    pub view: InquiryView,
    /// Where it goes on.
    pub cursor: Option<String>,
}

/// Inquiries, the newest first; those to call back by the day that was promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct InquiryPage {
    /// The rows.
    pub rows: Vec<Inquiry>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
    /// Today, by which a promised call is late.
    pub today: NaiveDate,
}

const PAGE: u32 = 100;

/// One page of the inquiries.
///
/// # Errors
/// [`ReferralError::Invalid`] for a cursor that is none; those of the file.
pub fn inquiries(practice: &Practice, query: &InquiryQuery) -> Result<InquiryPage, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let after = query.cursor.as_deref().map(cursor).transpose()?;
    let (today, hidden) = (practice.today(), practice.hidden());
    practice.read(|conn| {
        let mut found = rows::page(conn, query.view, after, PAGE + 1)?;
        let page = PAGE as usize;
        let more = found.len() > page;
        found.truncate(page);
        let next = found.last().filter(|_| more).map(|last| {
            let on = if query.view == InquiryView::CallBack { last.callback_on } else { Some(last.asked_on) };
            format!("{} {}", on.unwrap_or(last.asked_on), last.id)
        });
        let rows = found.into_iter().map(|one| seen(conn, one, today, hidden)).collect::<Result<_, _>>()?;
        Ok(InquiryPage { rows, next, today })
    })
}

/// One inquiry; that it was opened goes to the log.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn inquiry(practice: &Practice, id: RecordId) -> Result<Inquiry, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let (today, hidden) = (practice.today(), practice.hidden());
    let found = practice.read(|conn| {
        let one = rows::one(conn, id)?.ok_or(ReferralError::Missing)?;
        Ok::<_, ReferralError>(seen(conn, one, today, hidden)?)
    })?;
    practice.viewed("patient", found.patient_id.0);
    Ok(found)
}

fn cursor(text: &str) -> Result<(NaiveDate, RecordId), ReferralError> {
    let parts = text.split_once(' ');
    match parts.and_then(|(on, id)| on.parse().ok().zip(id.parse().ok())) {
        Some(cursor) => Ok(cursor),
        None => invalid("cursor", Problem::Cursor),
    }
}

/// With how far they came, and without what is hidden.
fn seen(
    conn: &Connection,
    mut one: Inquiry,
    today: NaiveDate,
    hidden: Hidden,
) -> Result<Inquiry, StoreError> {
    let inquired = rows::inquired(conn, &one)?;
    one.step = reached(&inquired, today);
    one.visits = inquired.visits;
    if let (Some(id), Some(name)) = (one.source, one.source_name.take()) {
        let class = rows::class_of(conn, id)?.unwrap_or(PartnerClass::Source);
        one.source_name = Some(name_as_seen(hidden, class, id, name));
    }
    if hidden.patients {
        one.patient = patient_token(one.patient_id);
        (one.chart_number, one.caller_name, one.caller_phone) = (None, None, None);
        one.dropped_reason = None;
    }
    if hidden.patients || hidden.reason {
        one.question = None;
    }
    Ok(one)
}
