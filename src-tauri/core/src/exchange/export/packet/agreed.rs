//! What was agreed with a partner about the documents that come with a patient.

use super::super::error::ExportError;
use super::order::{NAME, one_line};
use super::rows;
use crate::foundation::id::PartnerId;
use crate::practice::Practice;
use crate::store::{Label, StoreError, Written};
use crate::vault::{Area, Need};

/// How many documents one agrees on.
const AGREED: usize = 30;

/// The documents agreed with a partner, in their order.
///
/// # Errors
/// Those of the file.
pub fn agreed_documents(practice: &Practice, partner: PartnerId) -> Result<Vec<String>, ExportError> {
    practice.may(Need::Read(Area::Network))?;
    Ok(practice.read(|conn| rows::agreed(conn, partner))?)
}

/// Puts the agreement down, whole; an empty list ends it.
///
/// # Errors
/// [`ExportError::Invalid`] for a document without a name or twice, or more than 30; [`StoreError::Missing`] without such a
/// partner; those of the file.
pub fn set_agreed_documents(
    practice: &Practice,
    partner: PartnerId,
    documents: &[String],
) -> Result<Written<()>, ExportError> {
    practice.may(Need::Write(Area::Network))?;
    practice.must_see(partner)?;
    let invalid = |problem| Err(ExportError::Invalid { field: "documents", problem });
    let mut kept: Vec<String> = Vec::new();
    for document in documents {
        let name = one_line(document);
        if name.chars().count() > NAME {
            return invalid("Name each document, in at most 100 characters.");
        }
        if kept.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            return invalid("Name each document once.");
        }
        if !name.is_empty() {
            kept.push(name);
        }
    }
    if kept.len() > AGREED {
        return invalid("Agree on at most 30 documents.");
    }
    practice.write(Label::hand("packet_agreed", ""), |tx| {
        let name = rows::partner_name(tx, partner)?.ok_or(StoreError::Missing)?;
        tx.subject(name);
        rows::set_agreed(tx, partner, &kept)?;
        Ok(())
    })
}
