//! The desk intake: one question, one write.

use super::checks::{happened, limits, line, text};
use super::error::{Problem, ReferralError, invalid};
use super::parties::{Meant, resolve};
use super::process::begin;
use super::rows::intake as rows;
use super::rows::row::{self, Kept};
use super::types::{Direction, Intake, PatientLabel, ReferralSource, SourceAnswer, Taken};
use crate::foundation::id::{PatientId, ReferralId};
use crate::foundation::names::PersonalName;
use crate::foundation::text::words;
use crate::practice::Practice;
use crate::store::{Label, StoreError, Tx};
use crate::vault::{Area, Need};

/// Ends the write when the referral looks like one that is there.
enum Stop {
    Failed(ReferralError),
    Alike(Vec<ReferralId>),
}

impl<E: Into<ReferralError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Puts a referral on record, with the partner, person and patient where they are new.
///
/// # Errors
/// [`ReferralError::Invalid`] with the field; those of the file. Nothing is written then.
pub fn intake(practice: &Practice, intake: &Intake) -> Result<Taken, ReferralError> {
    intake_then(practice, intake, |_, _| Ok(()))
}

/// The same, and what belongs to it, as one action.
pub(super) fn intake_then(
    practice: &Practice,
    intake: &Intake,
    then: impl FnOnce(&Tx<'_>, ReferralId) -> Result<(), ReferralError>,
) -> Result<Taken, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    let patient = PatientWords::read(&intake.patient)?;
    let reason = line("reason", intake.reason.as_deref(), limits::REASON)?;
    let service_line = line("serviceLine", intake.service_line.as_deref(), limits::SERVICE)?;
    let payer = line("payer", intake.payer.as_deref(), limits::PAYER)?;
    let note = text("note", intake.note.as_deref(), limits::NOTE)?;
    let written = practice.write(Label::hand("referral_add", patient.label()), |tx| {
        let received_on = intake.received_on.unwrap_or(tx.today);
        happened("receivedOn", received_on, tx.today)?;
        let (from, to) = parties(tx, intake, received_on)?;
        let mut kept = Kept {
            direction: intake.direction,
            received_on,
            source_answer: from.answer,
            from: (from.partner, from.person),
            to: (to.partner, to.person),
            patient: PatientId::new(),
            reason,
            service_line,
            diagnosis_group: None,
            payer,
            urgency: intake.urgency,
            scheduled_on: None,
            seen_on: None,
            closed_on: None,
            outcome: None,
            note,
            kind: None,
            travel: None,
        };
        let known = patient.find(tx, intake.patient.patient)?;
        if !intake.confirm_duplicate && !from.new && !to.new {
            let mut alike = rows::alike(tx, known, &patient.key, patient.chart_number.as_deref(), &kept)?;
            // What somebody else took is not told of.
            alike.retain(|id| practice.must_see(*id).is_ok());
            if !alike.is_empty() {
                return Err(Stop::Alike(alike));
            }
        }
        kept.patient = match known {
            Some(id) => id,
            None => rows::insert_patient(tx, &patient.name, &patient.key, patient.chart_number.as_deref())?,
        };
        let id = ReferralId::new();
        row::insert(tx, id, &kept)?;
        begin(tx, id)?;
        then(tx, id)?;
        Ok(id)
    });
    match written {
        Ok(written) => Ok(Taken::Saved { id: written.value, entry: written.entry }),
        Err(Stop::Alike(of)) => Ok(Taken::Duplicate {
            of: practice.read(|conn| row::rows(conn, &of, practice.hidden()).map_err(ReferralError::from))?,
        }),
        Err(Stop::Failed(error)) => Err(error),
    }
}

/// Who sent and who receives.
fn parties(tx: &Tx<'_>, intake: &Intake, on: chrono::NaiveDate) -> Result<(Meant, Meant), ReferralError> {
    let nobody = Meant { partner: None, person: None, answer: SourceAnswer::Named, new: false };
    match intake.direction {
        Direction::Inbound => Ok((resolve(tx, &intake.source, on, "source")?, nobody)),
        Direction::Outbound => match &intake.receiver {
            Some(receiver @ (ReferralSource::Known { .. } | ReferralSource::NewName { .. })) => {
                Ok((nobody, resolve(tx, receiver, on, "receiver")?))
            }
            _ => invalid("receiver", Problem::NoReceiver),
        },
        Direction::Internal => {
            let from = match &intake.source {
                known @ ReferralSource::Known { .. } => resolve(tx, known, on, "source")?,
                _ => nobody,
            };
            let to = match &intake.receiver {
                Some(known @ ReferralSource::Known { .. }) => resolve(tx, known, on, "receiver")?,
                _ => nobody,
            };
            Ok((from, to))
        }
    }
}

/// What a patient's name is ordered and compared by: family name first, folded.
pub(super) fn patient_key(name: &str) -> String {
    PersonalName::parse(name).map_or_else(|| words(name).join(" "), |name| name.key())
}

/// A patient's label, checked.
pub(super) struct PatientWords {
    pub(super) name: String,
    pub(super) key: String,
    pub(super) chart_number: Option<String>,
}

impl PatientWords {
    pub(super) fn read(label: &PatientLabel) -> Result<Self, ReferralError> {
        let name = line("patient", Some(&label.name), limits::PATIENT)?.unwrap_or_default();
        let chart_number = line("chartNumber", label.chart_number.as_deref(), limits::CHART)?;
        if name.is_empty() && chart_number.is_none() && label.patient.is_none() {
            return invalid("patient", Problem::NoPatient);
        }
        Ok(Self { key: patient_key(&name), name, chart_number })
    }

    pub(super) fn label(&self) -> String {
        if self.name.is_empty() { self.chart_number.clone().unwrap_or_default() } else { self.name.clone() }
    }

    /// The patient on record, else a new one.
    pub(super) fn find_or_add(
        &self,
        tx: &Tx<'_>,
        chosen: Option<PatientId>,
    ) -> Result<PatientId, ReferralError> {
        match self.find(tx, chosen)? {
            Some(id) => Ok(id),
            None => Ok(rows::insert_patient(tx, &self.name, &self.key, self.chart_number.as_deref())?),
        }
    }

    /// The patient on record: the one that was chosen, or the one with this chart number.
    pub(super) fn find(
        &self,
        tx: &Tx<'_>,
        chosen: Option<PatientId>,
    ) -> Result<Option<PatientId>, ReferralError> {
        if let Some(id) = chosen {
            return if rows::has_patient(tx, id)? {
                tx.subject(rows::patient_label(tx, id)?);
                Ok(Some(id))
            } else {
                invalid("patient", Problem::Gone)
            };
        }
        let found: Result<_, StoreError> = match &self.chart_number {
            Some(chart) => rows::patient_by_chart(tx, chart, &self.key),
            None => Ok(None),
        };
        Ok(found?)
    }
}
