//! Correcting a referral, setting its key dates and closing it. One that was closed goes on by [`super::process::reopen`].

use chrono::NaiveDate;

use super::checks::{KeyDate, happened, in_order, limits, line, not_ancient, text};
use super::error::{Problem, ReferralError, invalid};
use super::intake::PatientWords;
use super::parties::resolve;
use super::process::arrive;
use super::rows::intake as rows;
use super::rows::row::{self, Kept};
use super::types::{Direction, Outcome, ReferralChange, ReferralType, Travel, Urgency};
use crate::foundation::id::ReferralId;
use crate::network::Meanwhile;
use crate::practice::Practice;
use crate::store::{Label, Tx, Written};
use crate::vault::{Area, Need};

/// Puts fields of a referral to new values. `expected_changed_at`: the `changedAt` the screen last saw.
///
/// # Errors
/// [`ReferralError::ChangedMeanwhile`], [`ReferralError::Invalid`], [`ReferralError::Missing`]; those of the file.
pub fn edit(
    practice: &Practice,
    id: ReferralId,
    changes: &[ReferralChange],
    expected_changed_at: Option<i64>,
) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    practice.must_see(id)?;
    practice.write(Label::hand(action(changes), ""), |tx| {
        let Some((before, changed_at)) = row::kept(tx, id)? else { return Err(ReferralError::Missing) };
        let stale = expected_changed_at.is_some_and(|expected| expected != changed_at);
        let mut after = before.clone();
        let mut meanwhile = Vec::new();
        if before.closed_on.is_some() && changes.contains(&ReferralChange::Closed(None)) {
            return invalid("closed", Problem::Path("Reopen it: say why it goes on, and since when."));
        }
        for change in changes {
            let theirs = shown(tx, &after, change)?;
            apply(tx, &mut after, change)?;
            let yours = shown(tx, &after, change)?;
            if stale && theirs != yours {
                meanwhile.push(Meanwhile { field: field(change).to_owned(), yours, theirs });
            }
        }
        if !meanwhile.is_empty() {
            return Err(ReferralError::ChangedMeanwhile(meanwhile));
        }
        fits(&before, &after)?;
        tx.subject(rows::patient_label(tx, after.patient)?);
        if after != before {
            arrive(tx, id, &before, &after)?;
            row::update(tx, id, &after)?;
        }
        Ok(())
    })
}

/// The rules over several fields: dates in order, and somebody who receives.
pub(super) fn fits(before: &Kept, after: &Kept) -> Result<(), ReferralError> {
    let dates = |kept: &Kept| [Some(kept.received_on), kept.scheduled_on, kept.seen_on, kept.closed_on];
    let (was, now) = (dates(before), dates(after));
    let named = [
        ("receivedOn", "was received"),
        ("scheduledOn", "is scheduled"),
        ("seenOn", "was seen"),
        ("closed", "was closed"),
    ];
    let key = |at: usize| {
        let (field, what): (&'static str, &'static str) = named[at];
        KeyDate { field, what, on: now[at], set: now[at] != was[at] }
    };
    in_order(&[key(0), key(1), key(2), key(3)], after.outcome == Some(Outcome::Seen))?;
    if after.direction == Direction::Outbound && after.to == (None, None) {
        return invalid("receiver", Problem::NoReceiver);
    }
    Ok(())
}

/// What history calls it.
fn action(changes: &[ReferralChange]) -> &'static str {
    let closing = |c: &ReferralChange| matches!(c, ReferralChange::Closed(Some(_)));
    let reopening = |c: &ReferralChange| matches!(c, ReferralChange::Closed(None));
    let dating = |c: &ReferralChange| {
        matches!(c, ReferralChange::ScheduledOn(_) | ReferralChange::SeenOn(_) | ReferralChange::Outcome(_))
    };
    if changes.iter().any(closing) {
        "referral_close"
    } else if changes.iter().any(reopening) {
        "referral_reopen"
    } else if !changes.is_empty() && changes.iter().all(dating) {
        "referral_progress"
    } else {
        "referral_edit"
    }
}

/// The field a change speaks of, as the wire names it.
fn field(change: &ReferralChange) -> &'static str {
    match change {
        ReferralChange::ReceivedOn(_) => "received_on",
        ReferralChange::ScheduledOn(_) => "scheduled_on",
        ReferralChange::SeenOn(_) => "seen_on",
        ReferralChange::Closed(_) => "closed",
        ReferralChange::Outcome(_) => "outcome",
        ReferralChange::From(_) => "from",
        ReferralChange::To(_) => "to",
        ReferralChange::Patient(_) => "patient",
        ReferralChange::Reason(_) => "reason",
        ReferralChange::ServiceLine(_) => "service_line",
        ReferralChange::DiagnosisGroup(_) => "diagnosis_group",
        ReferralChange::Payer(_) => "payer",
        ReferralChange::Urgency(_) => "urgency",
        ReferralChange::Note(_) => "note",
        ReferralChange::Type(_) => "type",
        ReferralChange::Travel(_) => "travel",
    }
}

/// What the referral holds in the field a change speaks of, in words.
fn shown(tx: &Tx<'_>, kept: &Kept, change: &ReferralChange) -> Result<String, ReferralError> {
    let day = |on: Option<NaiveDate>| on.map(|on| on.to_string()).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let outcome = kept.outcome.map(Outcome::code).unwrap_or_default().replace('_', "-");
    Ok(match change {
        ReferralChange::ReceivedOn(_) => kept.received_on.to_string(),
        ReferralChange::ScheduledOn(_) => day(kept.scheduled_on),
        ReferralChange::SeenOn(_) => day(kept.seen_on),
        ReferralChange::Closed(_) => [day(kept.closed_on), outcome].join(" ").trim().to_owned(),
        ReferralChange::Outcome(_) => outcome,
        ReferralChange::From(_) => rows::party_label(tx, kept.from)?,
        ReferralChange::To(_) => rows::party_label(tx, kept.to)?,
        ReferralChange::Patient(_) => rows::patient_label(tx, kept.patient)?,
        ReferralChange::Reason(_) => text(&kept.reason),
        ReferralChange::ServiceLine(_) => text(&kept.service_line),
        ReferralChange::DiagnosisGroup(_) => text(&kept.diagnosis_group),
        ReferralChange::Payer(_) => text(&kept.payer),
        ReferralChange::Urgency(_) => kept.urgency.map(Urgency::code).unwrap_or_default().to_owned(),
        ReferralChange::Note(_) => text(&kept.note),
        ReferralChange::Type(_) => kept.kind.map(ReferralType::code).unwrap_or_default().replace('_', " "),
        ReferralChange::Travel(_) => kept.travel.map(Travel::code).unwrap_or_default().to_owned(),
    })
}

/// Puts one field to its new value, checked by itself.
pub(super) fn apply(tx: &Tx<'_>, kept: &mut Kept, change: &ReferralChange) -> Result<(), ReferralError> {
    match change {
        ReferralChange::ReceivedOn(on) => {
            happened("receivedOn", *on, tx.today)?;
            kept.received_on = *on;
        }
        ReferralChange::ScheduledOn(on) => {
            if let Some(on) = on {
                not_ancient("scheduledOn", *on)?;
            }
            kept.scheduled_on = *on;
            kept.outcome = match kept.outcome {
                None | Some(Outcome::Scheduled) => on.map(|_| Outcome::Scheduled),
                // A new day after a no-show: it is agreed again.
                Some(Outcome::NoShow) if on.is_some_and(|on| on >= tx.today) => {
                    kept.closed_on = None;
                    Some(Outcome::Scheduled)
                }
                ended => ended,
            };
        }
        ReferralChange::SeenOn(on) => {
            if let Some(on) = on {
                happened("seenOn", *on, tx.today)?;
            }
            kept.seen_on = *on;
            kept.outcome = match on {
                Some(_) => Some(Outcome::Seen),
                None if kept.outcome == Some(Outcome::Seen) => open_outcome(kept),
                None => kept.outcome,
            };
        }
        ReferralChange::Closed(Some(closing)) => {
            happened("closed", closing.on, tx.today)?;
            if closing.outcome == Outcome::Scheduled {
                return invalid("outcome", Problem::NoOutcome);
            }
            kept.closed_on = Some(closing.on);
            kept.outcome = Some(closing.outcome);
        }
        ReferralChange::Closed(None) => {
            kept.closed_on = None;
            kept.outcome = open_outcome(kept);
        }
        ReferralChange::Outcome(outcome) => {
            if kept.closed_on.is_some() && outcome.is_none_or(|o| o == Outcome::Scheduled) {
                kept.closed_on = None;
            }
            kept.outcome = *outcome;
        }
        ReferralChange::From(source) => {
            let from = resolve(tx, source, kept.received_on, "source")?;
            kept.from = (from.partner, from.person);
            kept.source_answer = from.answer;
        }
        ReferralChange::To(receiver) => {
            let to = resolve(tx, receiver, kept.received_on, "receiver")?;
            kept.to = (to.partner, to.person);
        }
        ReferralChange::Patient(label) => {
            let words = PatientWords::read(label)?;
            match label.patient {
                Some(other) if other != kept.patient => {
                    if !rows::has_patient(tx, other)? {
                        return invalid("patient", Problem::Gone);
                    }
                    kept.patient = other;
                }
                _ => {
                    rows::update_patient(
                        tx,
                        kept.patient,
                        &words.name,
                        &words.key,
                        words.chart_number.as_deref(),
                    )?;
                }
            }
        }
        ReferralChange::Reason(reason) => kept.reason = line("reason", reason.as_deref(), limits::REASON)?,
        ReferralChange::ServiceLine(service) => {
            kept.service_line = line("serviceLine", service.as_deref(), limits::SERVICE)?;
        }
        ReferralChange::DiagnosisGroup(group) => {
            kept.diagnosis_group = line("diagnosisGroup", group.as_deref(), limits::SERVICE)?;
        }
        ReferralChange::Payer(payer) => kept.payer = line("payer", payer.as_deref(), limits::PAYER)?,
        ReferralChange::Urgency(urgency) => kept.urgency = *urgency,
        ReferralChange::Note(note) => kept.note = text("note", note.as_deref(), limits::NOTE)?,
        ReferralChange::Type(kind) => kept.kind = *kind,
        ReferralChange::Travel(travel) => kept.travel = *travel,
    }
    Ok(())
}

/// How a referral stands that is not closed, from its dates.
fn open_outcome(kept: &Kept) -> Option<Outcome> {
    match (kept.seen_on, kept.scheduled_on) {
        (Some(_), _) => Some(Outcome::Seen),
        (None, Some(_)) => Some(Outcome::Scheduled),
        (None, None) => None,
    }
}
