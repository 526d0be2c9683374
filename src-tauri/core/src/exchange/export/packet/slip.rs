//! A slip: who sends whom to whom, why, how soon, whom to ask, and what comes along.

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::order::PacketOrder;
use super::rows;
use crate::foundation::id::{PartnerId, PatientId};
use crate::papers::PaperSize;
use crate::referrals::process::ReferralWay;
use crate::referrals::{Direction, ReferralPageRecord, ReferralParty, ReferralType, Urgency};
use crate::store::StoreError;
use crate::vault::letterhead_in;

/// A label and what is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SlipFact {
    /// What.
    pub label: String,
    /// The value.
    pub value: String,
}

/// What stands on a slip, on paper and on the screen alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Slip {
    /// What the paper is: "Referral", or "Return to the referring office".
    pub title: String,
    /// The practice.
    pub practice: String,
    /// Where it is and how to reach it.
    pub letterhead: Vec<String>,
    /// The day.
    pub on: String,
    /// On which paper.
    pub size: PaperSize,
    /// To whom, a line each.
    pub to: Vec<String>,
    /// What nobody should miss; only where it is urgent.
    pub urgent: Option<String>,
    /// What is known.
    pub facts: Vec<SlipFact>,
    /// Words to whoever receives it.
    pub message: Option<String>,
    /// What comes along.
    pub enclosed: Vec<String>,
    /// What was agreed and does not come along.
    pub missing: Vec<String>,
    /// What the reader has to know about the paper itself.
    pub remark: String,
}

/// Everything a slip is made of, as whoever is at the desk sees it.
pub(in crate::exchange::export) struct About {
    pub(in crate::exchange::export) page: ReferralPageRecord,
    pub(super) way: ReferralWay,
}

impl About {
    pub(in crate::exchange::export) fn patient(&self) -> PatientId {
        self.page.patient_id
    }

    /// Whom the papers go to: the receiver of an outbound referral, the sender of any other.
    pub(in crate::exchange::export) fn party(&self) -> &ReferralParty {
        match self.page.row.direction {
            Direction::Outbound => &self.page.row.to,
            Direction::Inbound | Direction::Internal => &self.page.row.from,
        }
    }

    pub(super) fn partner(&self) -> Option<PartnerId> {
        self.party().partner
    }

    /// The receiver as one line; empty while nobody is named.
    pub(in crate::exchange::export) fn receiver(&self) -> String {
        named(self.party()).join(", ")
    }

    /// Whether the receiver treats the patient: a medical partner, or one of our own.
    ///
    /// # Errors
    /// Those of the file.
    pub(in crate::exchange::export) fn treats(&self, conn: &Connection) -> Result<bool, StoreError> {
        match (self.page.row.direction, self.partner()) {
            (Direction::Internal, _) => Ok(true),
            (_, Some(partner)) => rows::treats(conn, partner),
            (_, None) => Ok(false),
        }
    }
}

/// A person and where they work, a line each, without saying anything twice.
pub(in crate::exchange::export) fn named(party: &ReferralParty) -> Vec<String> {
    let mut lines: Vec<String> = party.person_name.iter().cloned().collect();
    lines.extend(party.partner_name.iter().filter(|name| Some(*name) != party.person_name.as_ref()).cloned());
    lines
}

/// A day as a letter says it.
pub(in crate::exchange::export) fn day(on: NaiveDate) -> String {
    on.format("%B %-d, %Y").to_string()
}

fn kind(kind: ReferralType) -> &'static str {
    match kind {
        ReferralType::Consult => "Consultation",
        ReferralType::Transfer => "Transfer of care",
        ReferralType::SecondOpinion => "Second opinion",
        ReferralType::CoManagement => "Co-management",
        ReferralType::Travel => "Treatment away from home",
    }
}

fn urgent(urgency: Option<Urgency>) -> Option<&'static str> {
    match urgency {
        Some(Urgency::Emergency) => {
            Some("EMERGENCY. Please telephone us at once; this paper replaces no call.")
        }
        Some(Urgency::Urgent) => {
            Some("URGENT. Please see this patient within days and tell us the appointment.")
        }
        _ => None,
    }
}

/// Puts the slip together.
///
/// # Errors
/// Those of the file.
pub(super) fn slip(
    conn: &Connection,
    about: &About,
    order: &PacketOrder,
    contact: &str,
    today: NaiveDate,
) -> Result<Slip, StoreError> {
    let (head, size) = letterhead_in(conn)?;
    let (page, row, party) = (&about.page, &about.page.row, about.party());
    let outbound = row.direction == Direction::Outbound;
    let mut to = named(party);
    if to.is_empty() {
        to.push(order.to.name.clone());
    }
    if let Some(partner) = party.partner {
        to.extend(rows::address(conn, partner)?);
    }
    let us = match row.direction {
        Direction::Internal => vec![head.name.clone()],
        _ => {
            let ours = if outbound { &row.from } else { &row.to };
            let person = ours.person_name.iter().cloned();
            person.chain([head.name.clone()]).collect::<Vec<_>>()
        }
    };
    let mut facts = Vec::new();
    let mut fact = |label: &str, value: Option<String>| {
        let value = value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        facts.extend(value.map(|value| SlipFact { label: label.to_owned(), value }));
    };
    fact("Patient", Some(row.patient.clone()));
    fact("Born", page.patient_born_on.map(day));
    fact("Our chart number", row.chart_number.clone());
    let sender = us.join(", ");
    let receiver = about.receiver();
    if outbound || row.direction == Direction::Internal {
        fact("Referred by", Some(sender));
        fact(
            "Referred to",
            Some(if row.direction == Direction::Internal { named(&row.to).join(", ") } else { receiver }),
        );
        fact("Referred on", Some(day(row.received_on)));
    } else {
        fact("Referred by", Some(receiver));
        fact("Referred on", Some(day(row.received_on)));
        fact("Returned by", Some(sender));
        fact("Seen", row.seen_on.map(day));
    }
    fact("Reason", row.reason.clone());
    fact("Service", row.service_line.clone());
    fact("Kind", about.way.kind.map(|kind_of| kind(kind_of).to_owned()));
    fact("Payer", page.payer.clone());
    fact("Appointment", row.scheduled_on.filter(|on| *on >= today && row.seen_on.is_none()).map(day));
    let their = |fax| rows::reached(conn, party.partner, party.person, fax);
    fact("Their telephone", their(false)?);
    fact("Their fax", their(true)?);
    fact("Questions to", Some(contact.to_owned()));
    let title = match row.direction {
        Direction::Outbound | Direction::Internal => "Referral",
        Direction::Inbound => "Return to the referring office",
    };
    Ok(Slip {
        title: title.to_owned(),
        practice: head.name,
        letterhead: head.lines,
        on: day(today),
        size,
        to,
        urgent: urgent(row.urgency).map(str::to_owned),
        facts,
        message: order.message.clone(),
        enclosed: order.enclosed(),
        missing: order.missing(),
        remark: "Confidential. This paper is about a patient and meant for the receiver named above. If it reached you by \
                 mistake, please telephone us and destroy it."
            .to_owned(),
    })
}
