//! The last walk over a file: every data row becomes a typed row or a rejected row with its reason.

use super::error::ReadError;
use super::field::Field;
use super::party::{Columns, Parties, party, referrer_text};
use super::sieve::Apart;
use super::source::Source;
use super::table::{CellKind, Row, clean, is_blank};
use super::understand::known_meaning;
use super::understood::{Mapping, Meaning, Understood};
use super::words::{Known, channel, direction, normal_word, outcome};
use crate::exchange::import::row::{
    Aside, AsideKind, Channel, ContactRow, Direction, DoneCell, NpiCell, Outcome, PartyCell, PatientCell,
    ReadResult, ReferralRow, Reject, RejectReason, TableKind,
};
use crate::foundation::date_text::{DateOrder, DateText, latest_year};
use crate::foundation::money_text::{DecimalSign, parse_cents};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::ops::ControlFlow;
use std::sync::Arc;

/// After how many records progress is told and cancelling is possible.
const STEP: u32 = 2_000;

/// The earliest day a referral can have.
fn earliest() -> NaiveDate {
    NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or(NaiveDate::MIN)
}

/// Reads all rows. `as_of` is the last day a referral can have; `progress` is told the records read so far.
pub fn read_rows(
    source: &Source,
    understood: &Understood,
    mapping: &Mapping,
    as_of: NaiveDate,
    progress: &mut dyn FnMut(u32) -> ControlFlow<()>,
) -> Result<ReadResult, ReadError> {
    if understood.view.rows > source.limits.records {
        return Err(ReadError::TooManyRows { limit: source.limits.records });
    }
    if let Some(open) = undecided(understood, mapping) {
        return Err(open);
    }
    let mut reader = Reader::new(understood, mapping, as_of);
    let mut result = ReadResult {
        kind: mapping.kind,
        header: understood.view.columns.iter().map(|column| column.name.clone()).collect(),
        ..ReadResult::default()
    };
    let capacity = understood.view.rows as usize;
    match mapping.kind {
        TableKind::Referrals => result.referrals.reserve_exact(capacity),
        TableKind::Contacts => result.contacts.reserve_exact(capacity),
    }
    let mut next = STEP;
    understood.table.each(&mut |row| {
        if row.record >= next {
            next = row.record + STEP;
            if progress(row.record).is_break() {
                return Err(ReadError::Cancelled);
            }
        }
        if row.record == understood.view.header_record || row.is_blank() {
            return Ok(ControlFlow::Continue(()));
        }
        match aside(understood, row) {
            None => {
                result.rows += 1;
                reader.take(row, &mut result);
            }
            Some(kind) => result.aside.push(Aside {
                record: row.record,
                kind,
                cells: row
                    .cells()
                    .map(|cell| clean(cell).into_owned())
                    .filter(|cell| !cell.is_empty())
                    .collect(),
            }),
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(result)
}

/// Why a record that is not blank is no data; `None` for a row of data.
fn aside(understood: &Understood, row: &Row<'_>) -> Option<AsideKind> {
    if row.record < understood.view.header_record {
        return (!understood.sieve.data.contains(&row.record)).then_some(AsideKind::Preamble);
    }
    understood
        .sieve
        .apart(row)
        .or_else(|| understood.tail.iter().find(|(record, _)| *record == row.record).map(|(_, apart)| *apart))
        .map(Apart::kind)
}

/// The first question that must be answered before these rows can be read.
fn undecided(understood: &Understood, mapping: &Mapping) -> Option<ReadError> {
    use super::understood::AmbiguityKind;
    understood.view.ambiguities.iter().find_map(|ambiguity| {
        let open = match ambiguity.kind {
            AmbiguityKind::DateOrder => understood
                .view
                .columns
                .iter()
                .position(|column| Some(&column.name) == ambiguity.column.as_ref())
                .is_some_and(|column| {
                    mapping.fields.get(column).is_some_and(|field| field.is_date())
                        && mapping.date_orders.get(column).is_none_or(Option::is_none)
                }),
            AmbiguityKind::MissingColumn => match mapping.kind {
                TableKind::Referrals => !mapping.fields.contains(&Field::ReceivedOn),
                TableKind::Contacts => false,
            },
            AmbiguityKind::MissingReferrer => false,
        };
        open.then(|| ReadError::Undecided {
            question: ambiguity.question.clone(),
            option: ambiguity.options.join(" or "),
        })
    })
}

struct Reader<'u> {
    understood: &'u Understood,
    mapping: &'u Mapping,
    columns: Columns,
    as_of: NaiveDate,
    width: usize,
    /// The first record of each row's cells.
    seen: HashMap<u128, u32>,
    hashers: (RandomState, RandomState),
    parties: Parties,
    channels: HashMap<String, Known<Channel>>,
    outcomes: HashMap<String, Option<Outcome>>,
    meanings: HashMap<(Field, String), Option<Meaning>>,
}

enum Day {
    None,
    Unreadable,
    Ambiguous,
    On(NaiveDate),
}

impl<'u> Reader<'u> {
    fn new(understood: &'u Understood, mapping: &'u Mapping, as_of: NaiveDate) -> Self {
        Self {
            understood,
            mapping,
            columns: Columns::of(mapping),
            as_of,
            width: understood.view.columns.len(),
            seen: HashMap::with_capacity(understood.view.rows as usize),
            hashers: (RandomState::new(), RandomState::new()),
            parties: Parties::default(),
            channels: HashMap::new(),
            outcomes: HashMap::new(),
            meanings: HashMap::new(),
        }
    }

    fn take(&mut self, row: &Row<'_>, result: &mut ReadResult) {
        let first = *self.seen.entry(self.hash(row)).or_insert(row.record);
        let rejected = if first != row.record {
            Some((RejectReason::DuplicateRow, format!("Every cell equals row {first}.")))
        } else if (self.width..row.len()).any(|column| !is_blank(row.cell(column))) {
            Some((
                RejectReason::UnreadableRow,
                format!("The row has more cells than the header has columns ({}).", self.width),
            ))
        } else if self.mapping.kind == TableKind::Contacts {
            match self.contact(row) {
                Some(contact) => {
                    result.contacts.push(contact);
                    None
                }
                None => {
                    Some((RejectReason::NoName, "Neither a person nor an organisation is named.".to_owned()))
                }
            }
        } else {
            match self.referral(row) {
                Ok(referral) => {
                    result.referrals.push(referral);
                    None
                }
                Err(reason) => Some((reason, self.in_words(reason))),
            }
        };
        if let Some((reason, detail)) = rejected {
            let cells = (0..self.width.max(row.len())).map(|column| row.cell(column).to_owned()).collect();
            let cell = |field| self.columns.text(row, field).unwrap_or_default();
            let who = Some(referrer_text(&self.columns, row)).filter(|who| !who.is_empty());
            let named = self.patient(row);
            result.rejected.push(Reject {
                record: row.record,
                reason,
                cells,
                detail,
                who: who.unwrap_or_else(|| cell(Field::ReferrerPractice)),
                patient: named.name.or(named.chart_number).unwrap_or_default(),
                day: cell(Field::ReceivedOn),
            });
        }
    }

    fn in_words(&self, reason: RejectReason) -> String {
        let column = self
            .columns
            .first(Field::ReceivedOn)
            .and_then(|column| self.understood.view.columns.get(column))
            .map_or("", |column| column.name.as_str());
        match reason {
            RejectReason::MissingDate => format!("“{column}” is empty."),
            RejectReason::UnreadableDate => format!("“{column}” holds no date."),
            RejectReason::AmbiguousDate => {
                format!("In “{column}”, day and month cannot be told apart.")
            }
            RejectReason::DateOutOfRange => {
                format!("“{column}” lies before 2000 or after {}.", self.as_of)
            }
            _ => String::new(),
        }
    }

    /// All cells of a row, trailing empty ones left out, in 128 bits that nobody outside can aim at.
    fn hash(&self, row: &Row<'_>) -> u128 {
        let (mut left, mut right) = (self.hashers.0.build_hasher(), self.hashers.1.build_hasher());
        let used = (0..row.len()).rposition(|column| !row.cell(column).is_empty()).map_or(0, |last| last + 1);
        for column in 0..used {
            let cell = row.cell(column).as_bytes();
            for hasher in [&mut left, &mut right] {
                hasher.write_usize(cell.len());
                hasher.write(cell);
            }
        }
        u128::from(left.finish()) << 64 | u128::from(right.finish())
    }

    fn contact(&self, row: &Row<'_>) -> Option<ContactRow> {
        let text = referrer_text(&self.columns, row);
        let party = party(&self.columns, row, text, true);
        let named = party.text.chars().any(char::is_alphabetic) || party.organisation.is_some();
        named.then_some(ContactRow { record: row.record, party })
    }

    fn day(&self, row: &Row<'_>, column: usize, field: Field) -> Day {
        let cell = row.cell(column);
        if row.kind(column) == CellKind::Date
            && cell.len() == 10
            && let Ok(date) = cell.parse()
        {
            return Day::On(date);
        }
        let cell = clean(cell);
        let latest = match field {
            Field::PatientBorn => latest_year(self.as_of, 0),
            _ => latest_year(self.as_of, 1),
        };
        match (DateText::of(&cell), self.mapping.date_orders.get(column).copied().flatten()) {
            (DateText::Empty, _) => Day::None,
            (DateText::Unreadable, _) => Day::Unreadable,
            (text @ DateText::Numbers { a, b, .. }, None) => {
                if a != b && a <= 12 && b <= 12 {
                    return Day::Ambiguous;
                }
                let order = if a > 12 { DateOrder::Dmy } else { DateOrder::Mdy };
                text.read(order, latest, self.understood.epoch).map_or(Day::Unreadable, Day::On)
            }
            (text, order) => text
                .read(order.unwrap_or(DateOrder::Mdy), latest, self.understood.epoch)
                .map_or(Day::Unreadable, Day::On),
        }
    }

    /// A day that is not required: what cannot be read is left out.
    fn further_day(&self, row: &Row<'_>, field: Field) -> Option<NaiveDate> {
        match self.day(row, self.columns.first(field)?, field) {
            Day::On(date) if field == Field::PatientBorn => {
                (date <= self.as_of && date.to_string().as_str() >= "1880").then_some(date)
            }
            Day::On(date) => (date >= earliest()).then_some(date),
            _ => None,
        }
    }

    fn referral(&mut self, row: &Row<'_>) -> Result<ReferralRow, RejectReason> {
        let column = self.columns.first(Field::ReceivedOn).ok_or(RejectReason::MissingDate)?;
        let received_on = match self.day(row, column, Field::ReceivedOn) {
            Day::On(date) if date < earliest() || date > self.as_of => {
                return Err(RejectReason::DateOutOfRange);
            }
            Day::On(date) => date,
            Day::None => return Err(RejectReason::MissingDate),
            Day::Unreadable => return Err(RejectReason::UnreadableDate),
            Day::Ambiguous => return Err(RejectReason::AmbiguousDate),
        };
        let text = referrer_text(&self.columns, row);
        let to = self.columns.text(row, Field::ReferredTo).unwrap_or_default();
        let direction = self.direction(row, &text, &to);
        let (referrer, channel) = match direction {
            Direction::Inbound => self.source(row, text),
            Direction::Outbound | Direction::Internal => {
                ((!text.is_empty()).then(|| self.parties.of(&self.columns, row, text)), None)
            }
        };
        let counterpart = (direction != Direction::Inbound && !to.is_empty())
            .then(|| Arc::new(PartyCell { text: to, ..PartyCell::default() }));
        let status_text = self.columns.text(row, Field::Status);
        Ok(ReferralRow {
            record: row.record,
            direction,
            received_on,
            scheduled_on: self.further_day(row, Field::ScheduledOn),
            seen_on: self.further_day(row, Field::SeenOn),
            closed_on: self.further_day(row, Field::ClosedOn),
            channel,
            referrer,
            counterpart,
            patient: self.patient(row),
            reason: self.columns.text(row, Field::Reason),
            service: self.columns.text(row, Field::Service),
            payer: self.columns.text(row, Field::Payer),
            note: self.columns.joined(row, Field::Notes, "\n"),
            outcome: status_text.as_deref().and_then(|status| self.outcome(status)),
            status_text,
            urgency: self.meant(row, Field::Urgency, |meaning| match meaning {
                Meaning::Urgency(urgency) => Some(urgency),
                _ => None,
            }),
            kind: self.meant(row, Field::ReferralType, |meaning| match meaning {
                Meaning::Type(kind) => Some(kind),
                _ => None,
            }),
            travel: self.meant(row, Field::Travel, |meaning| match meaning {
                Meaning::Travel(travel) => Some(travel),
                _ => None,
            }),
            done: DoneCell {
                acknowledged_on: self.happened(row, Field::AcknowledgedOn),
                reported_on: self.happened(row, Field::ReportedOn),
                returned_on: self.happened(row, Field::ReturnedOn),
                thanked_on: self.happened(row, Field::ThankedOn),
            },
            amount_cents: self.amount(row),
        })
    }

    fn direction(&self, row: &Row<'_>, referrer: &str, to: &str) -> Direction {
        if let Some(cell) = self.columns.text(row, Field::Direction) {
            match (self.mapping.words.get(&normal_word(&cell)), direction(&cell)) {
                (Some(&Meaning::Direction(direction)), _) | (None, Known::Means(direction)) => {
                    return direction;
                }
                _ => {}
            }
        }
        if self.columns.has(Field::ReferredTo) {
            self.understood.own.direction(referrer, to)
        } else {
            Direction::Inbound
        }
    }

    /// Who sent the patient: the referrer's cell decides; when it names nobody, practice, NPI and kind of source do.
    fn source(&mut self, row: &Row<'_>, text: String) -> (Option<Arc<PartyCell>>, Option<Channel>) {
        match self.channel(&text) {
            Known::Undecided => return (Some(self.parties.of(&self.columns, row, text)), None),
            Known::Means(channel) if channel != Channel::Unknown => return (None, Some(channel)),
            Known::Means(_) | Known::Blank => {}
        }
        let classes = self.columns.all(Field::SourceClass).to_vec();
        let by_class =
            classes.iter().rev().find_map(|column| match self.channel(&clean(row.cell(*column))) {
                Known::Means(channel) if channel != Channel::Unknown => Some(channel),
                _ => None,
            });
        if by_class.is_some() {
            return (None, by_class);
        }
        let party = self.parties.of(&self.columns, row, String::new());
        if party.organisation.as_deref().is_some_and(|name| self.channel(name) == Known::Undecided)
            || matches!(party.npi, NpiCell::Valid(_))
        {
            return (Some(party), None);
        }
        (None, Some(Channel::Unknown))
    }

    fn channel(&mut self, text: &str) -> Known<Channel> {
        if let Some(known) = self.channels.get(text) {
            return *known;
        }
        let known = match self.mapping.words.get(&normal_word(text)) {
            Some(Meaning::Channel(channel)) => Known::Means(*channel),
            Some(Meaning::Referrer) => Known::Undecided,
            Some(Meaning::Nothing) => Known::Blank,
            _ => channel(text),
        };
        if self.channels.len() < 100_000 {
            self.channels.insert(text.to_owned(), known);
        }
        known
    }

    fn outcome(&mut self, text: &str) -> Option<Outcome> {
        if let Some(outcome) = self.outcomes.get(text) {
            return *outcome;
        }
        let known = match self.mapping.words.get(&normal_word(text)) {
            Some(Meaning::Outcome(outcome)) => Some(*outcome),
            Some(_) => None,
            None => match outcome(text) {
                Known::Means(outcome) => Some(outcome),
                Known::Blank | Known::Undecided => None,
            },
        };
        if self.outcomes.len() < 100_000 {
            self.outcomes.insert(text.to_owned(), known);
        }
        known
    }

    /// A word out of few, as decided or as the vocabulary knows it.
    fn meant<T>(&mut self, row: &Row<'_>, field: Field, pick: impl Fn(Meaning) -> Option<T>) -> Option<T> {
        let text = self.columns.text(row, field)?;
        let meaning = match self.meanings.get(&(field, text.clone())) {
            Some(meaning) => *meaning,
            None => {
                let decided = self.mapping.words.get(&normal_word(&text)).copied();
                let meaning = decided
                    .filter(|meaning| pick(*meaning).is_some())
                    .or_else(|| known_meaning(field, &text));
                if self.meanings.len() < 100_000 {
                    self.meanings.insert((field, text), meaning);
                }
                meaning
            }
        };
        meaning.and_then(pick)
    }

    /// A day on which something was done: none that lies ahead.
    fn happened(&self, row: &Row<'_>, field: Field) -> Option<NaiveDate> {
        self.further_day(row, field).filter(|on| *on <= self.as_of)
    }

    fn patient(&self, row: &Row<'_>) -> PatientCell {
        let name = self.columns.text(row, Field::Patient).or_else(|| {
            let parts: Vec<String> = [Field::PatientGiven, Field::PatientFamily]
                .into_iter()
                .filter_map(|field| self.columns.text(row, field))
                .collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        });
        PatientCell {
            name,
            chart_number: self.columns.text(row, Field::PatientChart),
            born_on: self.further_day(row, Field::PatientBorn),
        }
    }

    fn amount(&self, row: &Row<'_>) -> Option<i64> {
        let column = self.columns.first(Field::Amount)?;
        let sign =
            if row.kind(column) == CellKind::Number { DecimalSign::Point } else { self.mapping.decimal };
        parse_cents(row.cell(column), sign)
    }
}
