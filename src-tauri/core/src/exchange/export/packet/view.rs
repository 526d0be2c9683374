//! What the dialog shows before anything leaves.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::super::error::ExportError;
use super::order::PacketDocument;
use super::rows;
use super::slip::About;
use crate::audit::{Basis, Recipient};
use crate::foundation::id::{PartnerId, ReferralId};
use crate::practice::Practice;
use crate::referrals::care::{self, Gate, Purpose};
use crate::referrals::process::way;
use crate::referrals::{Direction, ReferralError, referral};
use crate::vault::{Area, Need};

/// What is known before a slip or a packet is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PacketView {
    /// Whether it may leave.
    pub gate: Gate,
    /// Why it may not, and what to do; none: it may.
    pub refusal: Option<String>,
    /// Which way the patient goes.
    pub direction: Direction,
    /// The partner the papers go to; agreements are kept with it.
    pub partner: Option<PartnerId>,
    /// What the partner is called.
    pub partner_name: Option<String>,
    /// Who receives them, what for and on what ground, as far as it is known.
    pub to: Recipient,
    /// Agreed with the partner, or named on the referral; those that were there at the visit are ticked.
    pub documents: Vec<PacketDocument>,
    /// What is agreed with the partner.
    pub agreed: Vec<String>,
}

/// Looks at a referral before papers about it leave.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`] for whoever does not change referrals or does not see patients; those of the file.
pub fn packet(practice: &Practice, id: ReferralId) -> Result<PacketView, ExportError> {
    let about = about(practice, id)?;
    let answers = care::answers(practice, id).map_err(of_referral)?;
    let today = practice.today();
    practice.read(|conn| {
        let gate = gate(conn, &about, id, today)?;
        let treats = about.treats(conn)?;
        let agreed =
            about.partner().map(|partner| rows::agreed(conn, partner)).transpose()?.unwrap_or_default();
        let mut documents: Vec<PacketDocument> =
            agreed.iter().map(|name| PacketDocument { name: name.clone(), enclosed: false }).collect();
        for document in answers.documents {
            match documents.iter_mut().find(|known| known.name.eq_ignore_ascii_case(&document.name)) {
                Some(known) => known.enclosed = document.there,
                None => documents.push(PacketDocument { name: document.name, enclosed: document.there }),
            }
        }
        let address = match about.partner() {
            Some(partner) => rows::address(conn, partner)?.join(", "),
            None => String::new(),
        };
        let purpose = match about.page.row.direction {
            Direction::Outbound | Direction::Internal => "Treatment: referral of the patient",
            Direction::Inbound => "Treatment: return of the patient to the referring office",
        };
        let basis = if treats { Basis::Treatment } else { Basis::Authorisation };
        Ok(PacketView {
            gate,
            refusal: refusal(gate).map(str::to_owned),
            direction: about.page.row.direction,
            partner: about.partner(),
            partner_name: about.party().partner_name.clone(),
            to: Recipient { name: about.receiver(), address, purpose: purpose.to_owned(), basis },
            documents,
            agreed,
        })
    })
}

/// The referral as a slip tells it, for whoever may let it leave. That it was looked at goes to the log.
pub(in crate::exchange::export) fn about(practice: &Practice, id: ReferralId) -> Result<About, ExportError> {
    practice.may(Need::Write(Area::Referrals))?;
    practice.may(Need::Patients)?;
    let page = referral(practice, id).map_err(of_referral)?;
    if page.trashed_at.is_some() {
        return Err(crate::store::StoreError::Missing.into());
    }
    Ok(About { page, way: way(practice, id).map_err(of_referral)? })
}

pub(super) fn of_referral(error: ReferralError) -> ExportError {
    match error {
        ReferralError::Store(error) => error.into(),
        _ => crate::store::StoreError::Missing.into(),
    }
}

/// Whether papers about it may go to the receiver today.
pub(in crate::exchange::export) fn gate(
    conn: &Connection,
    about: &About,
    id: ReferralId,
    today: chrono::NaiveDate,
) -> Result<Gate, ExportError> {
    let treats = about.treats(conn)?;
    Ok(care::gate(conn, about.patient(), Some(id), Purpose::Treatment, treats, today)?)
}

/// The sentence for a gate that is closed.
pub(in crate::exchange::export) fn refusal(gate: Gate) -> Option<&'static str> {
    Some(match gate {
        Gate::Allowed | Gate::Treating => return None,
        Gate::Restricted => {
            "This referral is restricted: it stays out of letters, lists and exports. Lift the restriction first if the patient agreed."
        }
        Gate::NoRecord => {
            "Nobody on record treats the patient there, and no consent to share is on record. Put the patient's consent down first."
        }
        Gate::Refused => {
            "The patient refused that this is shared. Nothing leaves unless they change their mind."
        }
        Gate::Expired => {
            "The patient's consent to share has expired. Ask the patient again and put it down first."
        }
        Gate::Revoked => {
            "The patient took the consent to share back. Nothing leaves unless they change their mind."
        }
    })
}
