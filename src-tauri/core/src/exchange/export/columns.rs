//! The register as columns: what each holds, for Excel and CSV alike.

use chrono::{NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use rusqlite::Row;

use super::error::ExportError;
use super::rows::{Id, Names, at, text};
use crate::foundation::day::Day;
use crate::foundation::id::PatientId;
use crate::referrals::care::Gates;
use crate::referrals::process::{event, stage};
use crate::vault::Hidden;

/// What kind of value a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Day,
    Instant,
    Number,
    Money,
}

/// One value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    Empty,
    Text(&'a str),
    Id(Id),
    Day(NaiveDate),
    /// Local time of the practice.
    Instant(chrono::NaiveDateTime),
    Number(i64),
    Cents(i64),
}

/// A column of the register.
pub(super) struct Column {
    pub(super) heading: &'static str,
    pub(super) kind: Kind,
    pub(super) width: f64,
    value: for<'a> fn(&'a Row<'_>, &'a Context<'_>) -> Result<Cell<'a>, ExportError>,
}

/// What values need beside their row.
pub(super) struct Context<'a> {
    pub(super) names: &'a Names,
    pub(super) zone: Tz,
    /// What patients allow, where the ground of the file asks for it.
    pub(super) gates: Option<&'a Gates>,
    /// Whether codes are written as words ("No-show") or as they are (`no_show`).
    pub(super) words: bool,
}

impl Column {
    /// The value of this column in a row.
    pub(super) fn value<'a>(
        &self,
        row: &'a Row<'_>,
        context: &'a Context<'_>,
    ) -> Result<Cell<'a>, ExportError> {
        (self.value)(row, context)
    }
}

/// The columns, with those that tell who a patient is or not, without those that are hidden. Notes are among the first:
/// free text may name anybody.
pub(super) fn columns(with_patients: bool, hidden: Hidden) -> Vec<Column> {
    let mut all = vec![
        column("Referral ID", Kind::Text, 37.0, |row, _| id(row, at::ID)),
        column("Direction", Kind::Text, 10.0, |row, context| code(row, at::DIRECTION, context)),
        column("Received", Kind::Day, 11.0, |row, _| day(row, at::RECEIVED)),
        column("Source answer", Kind::Text, 14.0, |row, context| code(row, at::ANSWER, context)),
        column("From partner", Kind::Text, 32.0, |row, context| {
            context.partner(row, at::FROM_PARTNER, |partner| &partner.name)
        }),
        column("From class", Kind::Text, 12.0, |row, context| {
            context.partner(row, at::FROM_PARTNER, |partner| partner.class)
        }),
        column("From type", Kind::Text, 20.0, |row, context| {
            context.partner(row, at::FROM_PARTNER, |partner| partner.kind)
        }),
        column("From NPI", Kind::Text, 12.0, |row, context| {
            context.partner(row, at::FROM_PARTNER, |partner| partner.npi.as_deref().unwrap_or_default())
        }),
        column("Referring person", Kind::Text, 26.0, |row, context| context.person(row, at::FROM_PERSON)),
        column("Referring person NPI", Kind::Text, 12.0, |row, context| {
            let person =
                row.get::<_, Option<Id>>(at::FROM_PERSON)?.and_then(|id| context.names.people.get(&id));
            Ok(words(person.and_then(|person| person.npi.as_deref()).unwrap_or_default()))
        }),
        column("To partner", Kind::Text, 32.0, |row, context| {
            context.partner(row, at::TO_PARTNER, |partner| &partner.name)
        }),
        column("To person", Kind::Text, 26.0, |row, context| context.person(row, at::TO_PERSON)),
    ];
    if with_patients {
        all.push(column("Patient", Kind::Text, 24.0, |row, context| context.named(row, at::PATIENT_NAME)));
        all.push(column("Chart number", Kind::Text, 14.0, |row, context| context.named(row, at::CHART)));
        all.push(column("Born", Kind::Day, 11.0, |row, context| {
            if context.names(row)? { day(row, at::BORN) } else { Ok(Cell::Empty) }
        }));
    }
    all.extend([
        column("Reason", Kind::Text, 30.0, |row, _| Ok(words(text(row, at::REASON)?))),
        column("Service line", Kind::Text, 20.0, |row, _| Ok(words(text(row, at::SERVICE)?))),
        column("Diagnosis group", Kind::Text, 18.0, |row, _| Ok(words(text(row, at::DIAGNOSIS)?))),
        column("Country", Kind::Text, 9.0, |row, _| Ok(words(text(row, at::COUNTRY)?))),
        column("Payer", Kind::Text, 20.0, |row, _| Ok(words(text(row, at::PAYER)?))),
        column("Urgency", Kind::Text, 10.0, |row, context| code(row, at::URGENCY, context)),
        column("Kind", Kind::Text, 16.0, |row, context| code(row, at::TYPE, context)),
        column("Travel", Kind::Text, 13.0, |row, context| code(row, at::TRAVEL, context)),
        column("Scheduled", Kind::Day, 11.0, |row, _| day(row, at::SCHEDULED)),
        column("Seen", Kind::Day, 11.0, |row, _| day(row, at::SEEN)),
        column("Closed", Kind::Day, 11.0, |row, _| day(row, at::CLOSED)),
        column("Outcome", Kind::Text, 11.0, |row, context| code(row, at::OUTCOME, context)),
        column("Stage", Kind::Text, 15.0, |row, context| code(row, at::STAGE, context)),
        column("Waits for", Kind::Text, 15.0, |row, context| code(row, at::NEXT, context)),
        column("Due", Kind::Day, 11.0, |row, _| day(row, at::DUE)),
        column("Holder", Kind::Text, 22.0, |row, context| {
            if row.get::<_, Option<bool>>(at::HOLDER_IS_PERSON)?.unwrap_or(false) {
                context.person(row, at::HOLDER)
            } else {
                named(row, at::HOLDER, &context.names.profiles)
            }
        }),
        column("Held since", Kind::Day, 11.0, |row, _| day(row, at::HELD)),
        column("Acknowledged", Kind::Day, 13.0, |row, _| step(row, stage::ACKNOWLEDGED, stage::CONFIRMED)),
        column("Reported", Kind::Day, 11.0, |row, _| step(row, stage::REPORT_SENT, stage::REPORT_RECEIVED)),
        column("Returned", Kind::Day, 11.0, |row, _| step(row, stage::RETURNED, stage::RETURNED)),
        column("Thanked", Kind::Day, 11.0, |row, _| step(row, event::THANKED, event::THANKED)),
        column("Status in source", Kind::Text, 18.0, |row, _| Ok(words(text(row, at::STATUS_TEXT)?))),
        column("Amount", Kind::Money, 12.0, |row, _| {
            Ok(row.get::<_, Option<i64>>(at::AMOUNT)?.map_or(Cell::Empty, Cell::Cents))
        }),
        column("Currency", Kind::Text, 9.0, |row, context| {
            Ok(if row.get::<_, Option<i64>>(at::AMOUNT)?.is_some() {
                words(&context.names.currency)
            } else {
                Cell::Empty
            })
        }),
    ]);
    if with_patients {
        all.push(column("Next step", Kind::Text, 26.0, |row, context| context.named(row, at::NEXT_STEP)));
        all.push(column("Note", Kind::Text, 40.0, |row, context| context.named(row, at::NOTE)));
    }
    all.extend([
        column("From partner ID", Kind::Text, 37.0, |row, _| id(row, at::FROM_PARTNER)),
        column("Referring person ID", Kind::Text, 37.0, |row, _| id(row, at::FROM_PERSON)),
        column("To partner ID", Kind::Text, 37.0, |row, _| id(row, at::TO_PARTNER)),
        column("To person ID", Kind::Text, 37.0, |row, _| id(row, at::TO_PERSON)),
        column("Patient ID", Kind::Text, 37.0, |row, _| id(row, at::PATIENT)),
        column("Source file", Kind::Text, 30.0, |row, context| {
            named(row, at::IMPORT, &context.names.imports)
        }),
        column("Source record", Kind::Number, 9.0, |row, _| {
            Ok(row.get::<_, Option<i64>>(at::IMPORT_RECORD)?.map_or(Cell::Empty, Cell::Number))
        }),
        column("Recorded at", Kind::Instant, 17.0, |row, context| instant(row, at::CREATED_AT, context)),
        column("Recorded by", Kind::Text, 20.0, |row, context| {
            named(row, at::CREATED_BY, &context.names.profiles)
        }),
        column("Changed at", Kind::Instant, 17.0, |row, context| instant(row, at::CHANGED_AT, context)),
        column("Changed by", Kind::Text, 20.0, |row, context| {
            named(row, at::CHANGED_BY, &context.names.profiles)
        }),
    ]);
    let absent = |heading: &str| match heading {
        "Reason" | "Diagnosis group" => hidden.reason,
        "Amount" | "Currency" => hidden.money,
        _ => false,
    };
    all.retain(|column| !absent(column.heading));
    all
}

fn column(
    heading: &'static str,
    kind: Kind,
    width: f64,
    value: for<'a> fn(&'a Row<'_>, &'a Context<'_>) -> Result<Cell<'a>, ExportError>,
) -> Column {
    Column { heading, kind, width, value }
}

impl Context<'_> {
    fn partner<'a>(
        &'a self,
        row: &Row<'_>,
        column: usize,
        part: impl Fn(&'a super::rows::PartnerNamed) -> &'a str,
    ) -> Result<Cell<'a>, ExportError> {
        let partner = row.get::<_, Option<Id>>(column)?.and_then(|id| self.names.partners.get(&id));
        Ok(words(partner.map(part).unwrap_or_default()))
    }

    /// Whether the patient of this row may be named.
    fn names(&self, row: &Row<'_>) -> Result<bool, ExportError> {
        let Some(gates) = self.gates else { return Ok(true) };
        Ok(gates.of(row.get::<_, PatientId>(at::PATIENT)?).is_open())
    }

    /// A text that tells who the patient is.
    fn named<'a>(&self, row: &'a Row<'_>, column: usize) -> Result<Cell<'a>, ExportError> {
        Ok(if self.names(row)? { words(text(row, column)?) } else { Cell::Empty })
    }

    fn person<'a>(&'a self, row: &Row<'_>, column: usize) -> Result<Cell<'a>, ExportError> {
        let person = row.get::<_, Option<Id>>(column)?.and_then(|id| self.names.people.get(&id));
        Ok(words(person.map(|person| person.name.as_str()).unwrap_or_default()))
    }
}

/// The latest day a step was done, by its code; inbound and outbound call theirs differently.
fn step<'a>(row: &Row<'_>, inbound: &str, outbound: &str) -> Result<Cell<'a>, ExportError> {
    let done = text(row, at::STEPS)?.split(';').filter_map(|done| done.split_once(' '));
    let days = done.filter(|(code, _)| *code == inbound || *code == outbound).map(|(_, day)| day);
    Ok(days.max().and_then(|day| day.parse().ok()).map_or(Cell::Empty, Cell::Day))
}

fn words(text: &str) -> Cell<'_> {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

fn id<'a>(row: &Row<'_>, column: usize) -> Result<Cell<'a>, ExportError> {
    Ok(row.get::<_, Option<Id>>(column)?.map_or(Cell::Empty, Cell::Id))
}

fn day<'a>(row: &Row<'_>, column: usize) -> Result<Cell<'a>, ExportError> {
    Ok(row.get::<_, Option<Day>>(column)?.map_or(Cell::Empty, |day| Cell::Day(day.0)))
}

fn named<'a>(
    row: &Row<'_>,
    column: usize,
    names: &'a std::collections::HashMap<Id, String>,
) -> Result<Cell<'a>, ExportError> {
    let name = row.get::<_, Option<Id>>(column)?.and_then(|id| names.get(&id));
    Ok(words(name.map(String::as_str).unwrap_or_default()))
}

fn instant<'a>(row: &Row<'_>, column: usize, context: &Context<'_>) -> Result<Cell<'a>, ExportError> {
    let ms: i64 = row.get(column)?;
    Ok(Utc
        .timestamp_millis_opt(ms)
        .single()
        .map_or(Cell::Empty, |at| Cell::Instant(at.with_timezone(&context.zone).naive_local())))
}

/// A code of the file, or its word.
fn code<'a>(row: &'a Row<'_>, column: usize, context: &Context<'_>) -> Result<Cell<'a>, ExportError> {
    let code = text(row, column)?;
    if !context.words {
        return Ok(words(code));
    }
    Ok(words(match code {
        "inbound" => "Inbound",
        "outbound" => "Outbound",
        "internal" => "Internal",
        "named" => "Named",
        "does_not_know" => "Does not know",
        "declined" => "Declined",
        "not_asked" => "Not asked",
        "emergency" => "Emergency",
        "urgent" => "Urgent",
        "routine" => "Routine",
        "scheduled" => "Scheduled",
        "seen" => "Seen",
        "no_show" => "No-show",
        "lost" => "Lost",
        "consult" => "Consultation",
        "transfer" => "Transfer",
        "second_opinion" => "Second opinion",
        "co_management" => "Co-management",
        "travel" => "Travel",
        "local" => "Local",
        "domestic" => "Domestic",
        "international" => "International",
        stage::RECEIVED => "Received",
        stage::ACKNOWLEDGED => "Acknowledged",
        stage::CONTACTED => "Contacted",
        stage::REPORT_SENT => "Report sent",
        stage::RETURNED => "Returned",
        stage::CLOSED => "Closed",
        stage::DECIDED => "Decided",
        stage::PACKET_SENT => "Packet sent",
        stage::CONFIRMED => "Confirmed",
        stage::REPORT_RECEIVED => "Report received",
        stage::PATIENT_ASKED => "Patient asked",
        event::REBOOKED => "Another visit",
        other => other,
    }))
}

/// 16 bytes as a hyphenated id, without an allocation.
pub(super) fn id_text<'b>(id: &Id, buffer: &'b mut [u8; 36]) -> &'b str {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut place = 0;
    for (index, byte) in id.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            buffer[place] = b'-';
            place += 1;
        }
        buffer[place] = HEX[usize::from(byte >> 4)];
        buffer[place + 1] = HEX[usize::from(byte & 15)];
        place += 2;
    }
    std::str::from_utf8(buffer).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_written_as_everywhere_else() {
        let id = crate::foundation::id::RecordId::new();
        assert_eq!(id_text(id.bytes(), &mut [0; 36]), id.to_string());
    }

    #[test]
    fn what_is_hidden_has_no_column() {
        let headings: Vec<_> = columns(true, Hidden::EVERYTHING).iter().map(|c| c.heading).collect();
        for heading in ["Reason", "Amount", "Currency"] {
            assert!(!headings.contains(&heading), "{heading}");
        }
    }

    #[test]
    fn without_patients_no_column_tells_who_they_are() {
        let headings: Vec<_> = columns(false, Hidden::default()).iter().map(|c| c.heading).collect();
        for heading in ["Patient", "Chart number", "Born", "Next step", "Note"] {
            assert!(!headings.contains(&heading), "{heading}");
            assert!(columns(true, Hidden::default()).iter().any(|c| c.heading == heading), "{heading}");
        }
    }
}
