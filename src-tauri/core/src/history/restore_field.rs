//! Putting one field back, as a new change.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::changes::{RawChange, of_part};
use super::error::HistoryError;
use super::fields::{is_hidden, refers_to};
use super::rows;
use super::types::Side;
use crate::foundation::id::{PartnerId, PersonId, RecordId, ReferralId};
use crate::network::is_patient;
use crate::practice::Practice;
use crate::referrals::{self, Closing, Direction, Outcome, ReferralChange, ReferralSource, Urgency};
use crate::store::schema::{Schema, TableShape};
use crate::store::tables::source_table;
use crate::store::{Label, StoreError, Tx, Written};
use crate::vault::{Area, Need};

/// Columns that only make sense together; putting one back puts back all of its group that the entry changed.
const TOGETHER: &[(&str, &[&str])] = &[
    ("person", &["given", "middle", "family", "credentials", "name", "name_key"]),
    ("partner", &["name", "name_key"]),
    ("partner", &["class", "type"]),
    ("partner", &["ended_on", "ended_reason"]),
    ("patient", &["name", "name_key"]),
    ("tag", &["name", "name_key"]),
    ("contact_point", &["kind", "value", "search"]),
];

/// Puts `field` (as `partner.name`) of `record` back to what entry `seq` shows on that side.
///
/// # Errors
/// [`HistoryError::Missing`] if the entry, the record or the field is not there, [`HistoryError::NotRestorable`],
/// [`HistoryError::Refused`] when a rule stands against it; those of the file.
pub fn restore_field(
    practice: &Practice,
    record: RecordId,
    field: &str,
    seq: u32,
    side: Side,
) -> Result<Written<()>, HistoryError> {
    let (table, column) = field.split_once('.').ok_or(HistoryError::Missing)?;
    if matches!(table, "profile" | "setting") {
        return Err(HistoryError::NotRestorable("an owner changes profiles and keys under Settings"));
    }
    // A contact is changed by whoever may: what was private would be read once it is not.
    if is_hidden(table, column) || column.starts_with("trash") || table == "touch" {
        return Err(HistoryError::NotRestorable("use the trash or the record's own page"));
    }
    if let Some(source) = source_table(table) {
        practice.may(Need::Write(Area::of(source.room)))?;
    }
    practice.must_see(record)?;
    practice.read(|conn| may_see(practice, conn, table, column, record))?;
    let (schema, change) = practice.read(|conn| {
        let schema = Schema::read(conn)?;
        for part in 0..rows::parts(conn, seq)? {
            let mut changes = of_part(conn, &schema, seq, part)?.into_iter();
            if let Some(change) = changes.find(|c| c.table == table && c.record() == Some(record)) {
                return Ok((schema, change));
            }
        }
        Err(HistoryError::Missing)
    })?;
    let shape = schema.table(table).ok_or(HistoryError::Missing)?;
    let values = values(shape, &change, column, side)?;
    if table == "referral" {
        return put_referral_back(practice, ReferralId(record), column, &values);
    }
    practice.write(Label::hand("field_restore", ""), |tx| {
        tx.subject(rows::name_of(tx, table, record)?.ok_or(HistoryError::Missing)?);
        put_back(tx, &schema, shape, record, &values)
    })
}

/// What somebody does not see they can't put back.
fn may_see(
    practice: &Practice,
    conn: &Connection,
    table: &str,
    column: &str,
    record: RecordId,
) -> Result<(), StoreError> {
    match (table, column) {
        ("referral", "reason" | "diagnosis_group") => practice.may(Need::Reasons),
        ("patient", _) | ("referral", "note") => practice.may(Need::Patients),
        (_, column) if column.ends_with("_cents") => practice.may(Need::Money),
        _ if practice.hidden().patients && is_patient(conn, record)? => practice.may(Need::Patients),
        _ => Ok(()),
    }
}

/// The values to put back: the field's and those of its group.
fn values(
    shape: &TableShape,
    change: &RawChange,
    column: &str,
    side: Side,
) -> Result<Vec<(usize, Value)>, HistoryError> {
    let from = match side {
        Side::Before => &change.before,
        Side::After => &change.after,
    };
    let group = TOGETHER.iter().find(|(table, columns)| *table == shape.name && columns.contains(&column));
    let wanted = |name: &str| name == column || group.is_some_and(|(_, columns)| columns.contains(&name));
    let found: Vec<(usize, Value)> = shape
        .columns
        .iter()
        .enumerate()
        .filter(|(_, name)| wanted(name))
        .filter_map(|(position, _)| Some((position, from.get(position)?.clone()?)))
        .collect();
    if found.iter().any(|(position, _)| shape.columns[*position] == column) {
        Ok(found)
    } else {
        Err(HistoryError::Missing)
    }
}

fn put_back(
    tx: &Tx<'_>,
    schema: &Schema,
    shape: &TableShape,
    record: RecordId,
    values: &[(usize, Value)],
) -> Result<(), HistoryError> {
    let mut bound = vec![Value::Blob(record.bytes().to_vec())];
    let mut sets = Vec::new();
    for (position, value) in values {
        if let (Value::Blob(_), Some(to)) =
            (value, refers_to(shape, *position).and_then(|to| schema.table(to)))
            && !rows::is_there(tx, to.name, value)?
        {
            return Err(HistoryError::NotRestorable("what it pointed to is no longer on record"));
        }
        bound.push(value.clone());
        sets.push(format!("{} = ?{}", shape.columns[*position], bound.len()));
    }
    for (name, value) in
        [("changed_at", Value::Integer(tx.now)), ("changed_by", Value::Blob(tx.actor.id.0.bytes().to_vec()))]
    {
        if shape.columns.iter().any(|column| column == name) {
            bound.push(value);
            sets.push(format!("{name} = ?{}", bound.len()));
        }
    }
    if rows::change(tx, shape.name, &sets, bound)? { Ok(()) } else { Err(HistoryError::Missing) }
}

/// A referral keeps to its rules also on the way back.
fn put_referral_back(
    practice: &Practice,
    id: ReferralId,
    column: &str,
    values: &[(usize, Value)],
) -> Result<Written<()>, HistoryError> {
    let text = values.iter().find_map(|(_, value)| match value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    });
    let record = values.iter().find_map(|(_, value)| match value {
        Value::Blob(bytes) => RecordId::from_slice(bytes),
        _ => None,
    });
    let day = match text.as_deref() {
        Some(text) if column.ends_with("_on") => Some(text.parse().map_err(|_| HistoryError::Missing)?),
        _ => None,
    };
    let party = |partner: Option<RecordId>, person: Option<RecordId>| match (partner, person) {
        (None, None) => ReferralSource::NotAsked,
        _ => ReferralSource::Known { partner: partner.map(PartnerId), person: person.map(PersonId) },
    };
    let now = referrals::referral(practice, id)?.row;
    let change = match column {
        "received_on" => ReferralChange::ReceivedOn(day.ok_or(HistoryError::Missing)?),
        "scheduled_on" => ReferralChange::ScheduledOn(day),
        "seen_on" => ReferralChange::SeenOn(day),
        "closed_on" => ReferralChange::Closed(match day {
            Some(on) => Some(Closing { on, outcome: ending(&now)? }),
            None if now.closed_on.is_some() => {
                return Err(HistoryError::NotRestorable("reopen it on the referral's page"));
            }
            None => None,
        }),
        "outcome" => ReferralChange::Outcome(text.as_deref().and_then(Outcome::from_code)),
        "urgency" => ReferralChange::Urgency(text.as_deref().and_then(Urgency::from_code)),
        "reason" => ReferralChange::Reason(text),
        "service_line" => ReferralChange::ServiceLine(text),
        "diagnosis_group" => ReferralChange::DiagnosisGroup(text),
        "payer" => ReferralChange::Payer(text),
        "note" => ReferralChange::Note(text),
        "from_partner_id" if now.direction == Direction::Inbound => ReferralChange::From(party(record, None)),
        "from_person_id" => ReferralChange::From(party(now.from.partner.map(|p| p.0), record)),
        "to_partner_id" => ReferralChange::To(party(record, None)),
        "to_person_id" => ReferralChange::To(party(now.to.partner.map(|p| p.0), record)),
        _ => return Err(HistoryError::NotRestorable("change it on the referral's page")),
    };
    Ok(referrals::edit(practice, id, &[change], None)?)
}

/// How a referral that is to be closed again ended.
fn ending(now: &referrals::RegisterRow) -> Result<Outcome, HistoryError> {
    Outcome::from_code(now.state.code())
        .filter(|outcome| *outcome != Outcome::Scheduled)
        .ok_or(HistoryError::NotRestorable("say how it ended on the referral's page"))
}
