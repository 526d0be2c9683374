//! Referrals as somebody reads them who does not see every field: hidden values are not there, a token stands for a name.

use rusqlite::Connection;

use super::care::Restriction;
use super::query::{ReferralQuery, ReferralSort};
use super::types::{ReferralPageRecord, ReferralParty, RegisterRow};
use crate::foundation::id::PatientId;
use crate::network::{PartnerClass, is_patient, name_as_seen};
use crate::store::StoreError;
use crate::vault::{Hidden, patient_token};

/// A row of the register.
pub(super) fn row_as_seen(
    conn: &Connection,
    mut row: RegisterRow,
    patient: PatientId,
    hidden: Hidden,
) -> Result<RegisterRow, StoreError> {
    if hidden.reason {
        (row.reason, row.diagnosis_group) = (None, None);
    }
    if hidden.patients {
        row.patient = patient_token(patient);
        row.chart_number = None;
        row.from = party_as_seen(conn, row.from, hidden)?;
        row.to = party_as_seen(conn, row.to, hidden)?;
    }
    Ok(row)
}

/// Who sent or receives, unless it is a patient.
fn party_as_seen(
    conn: &Connection,
    mut party: ReferralParty,
    hidden: Hidden,
) -> Result<ReferralParty, StoreError> {
    let is_one = party.class == Some(PartnerClass::Patient);
    if let (Some(id), Some(class), Some(name)) = (party.partner, party.class, party.partner_name.take()) {
        party.partner_name = Some(name_as_seen(hidden, class, id, name));
    }
    if let (Some(id), Some(name)) = (party.person, party.person_name.take()) {
        let hide = is_one || is_patient(conn, id)?;
        party.person_name = Some(if hide { patient_token(id) } else { name });
    }
    Ok(party)
}

/// What the page of a referral shows beside its row, which is as it should be already. A note may name anybody.
pub(super) fn page_as_seen(mut page: ReferralPageRecord, hidden: Hidden) -> ReferralPageRecord {
    if hidden.patients {
        page.patient_born_on = None;
        page.note = None;
        page.restricted = page.restricted.map(|restriction| Restriction { note: None, ..restriction });
    }
    if hidden.money {
        page.amount_cents = None;
    }
    page
}

/// A query as it may be asked: patients who are not seen can't be put in the order of their names, and reasons that are not
/// seen choose nothing.
pub(super) fn query_as_seen(query: &ReferralQuery, hidden: Hidden) -> ReferralQuery {
    let mut query = query.clone();
    if hidden.patients && query.sort == ReferralSort::Patient {
        query.sort = ReferralSort::Received;
    }
    // What is not shown is not found by asking for it.
    if hidden.reason {
        query.diagnosis_group = None;
    }
    query
}
