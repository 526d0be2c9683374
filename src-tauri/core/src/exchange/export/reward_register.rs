//! The ledger of a calendar year as a workbook for whoever answers for it: every share, the meters, what was outside the
//! rules and what was put right, the limits it was judged by, and who signed.

use std::path::Path;

use chrono::{DateTime, Datelike};
use rust_xlsxwriter::Worksheet;
use serde::{Deserialize, Serialize};

use super::cells::Pen;
use super::columns::{Cell, Kind};
use super::error::ExportError;
use super::letters::put;
use super::log_file::{heading, statement_sheet};
use super::order::{Exported, SheetRows};
use super::register::{may_export, save, workbook};
use super::reward_paper;
use super::staged::{Staged, verify_workbook};
use crate::audit::record_export;
use crate::gratitude::{
    self, Attestation, LedgerQuery, MeterRow, OfferRow, OfferStanding, RecipientKind, RewardRow, RuleShown,
    Standing, YearInForce,
};
use crate::papers::pdf;
use crate::practice::Practice;
use crate::vault::{Area, Need, letterhead_in};

/// In which shape the register of gifts leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum RewardFormat {
    /// An Excel workbook, to work with.
    #[default]
    Xlsx,
    /// On the practice's paper, to be signed and filed.
    Pdf,
}

/// A register of gifts to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RewardOrder {
    /// The calendar year.
    pub year: i32,
    /// In which shape.
    #[serde(default)]
    pub format: RewardFormat,
}

/// Everything that is on record about a year of gifts.
pub(super) struct GiftYear {
    pub(super) year: i32,
    pub(super) all: Vec<RewardRow>,
    pub(super) meters: Vec<MeterRow>,
    pub(super) limits: Vec<YearInForce>,
    pub(super) signed: Vec<Attestation>,
    pub(super) together: Vec<OfferRow>,
    pub(super) waiting: usize,
}

const SHARES: [(&str, Kind, f64); 22] = [
    ("Entry", Kind::Text, 37.0),
    ("Date", Kind::Day, 11.0),
    ("Recipient", Kind::Text, 28.0),
    ("Recipient kind", Kind::Text, 18.0),
    ("Kind", Kind::Text, 14.0),
    ("Occasion", Kind::Text, 18.0),
    ("What", Kind::Text, 34.0),
    ("Value", Kind::Money, 12.0),
    ("Running total of the year", Kind::Money, 14.0),
    ("Limit then", Kind::Money, 12.0),
    ("There", Kind::Text, 8.0),
    ("Federal programmes", Kind::Text, 12.0),
    ("Asked for", Kind::Text, 10.0),
    ("Purpose", Kind::Text, 34.0),
    ("Check", Kind::Text, 16.0),
    ("Rules", Kind::Text, 44.0),
    ("Stands", Kind::Text, 14.0),
    ("Decided by", Kind::Text, 20.0),
    ("Decided on", Kind::Day, 11.0),
    ("Decision note", Kind::Text, 30.0),
    ("Given by", Kind::Text, 20.0),
    ("Corrects entry", Kind::Text, 37.0),
];

const METERS: [(&str, Kind, f64); 7] = [
    ("Recipient", Kind::Text, 28.0),
    ("Recipient kind", Kind::Text, 18.0),
    ("Given", Kind::Money, 12.0),
    ("Planned", Kind::Money, 12.0),
    ("Limit", Kind::Money, 12.0),
    ("Left", Kind::Money, 12.0),
    ("Over", Kind::Money, 12.0),
];

const EXCEPTIONS: [(&str, Kind, f64); 7] = [
    ("What", Kind::Text, 26.0),
    ("Date", Kind::Day, 11.0),
    ("Recipient", Kind::Text, 28.0),
    ("Amount", Kind::Money, 12.0),
    ("Rules", Kind::Text, 44.0),
    ("What happened", Kind::Text, 50.0),
    ("Entry", Kind::Text, 37.0),
];

const LIMITS: [(&str, Kind, f64); 7] = [
    ("Year", Kind::Text, 8.0),
    ("Physician, year", Kind::Money, 14.0),
    ("Patient, one gift", Kind::Money, 14.0),
    ("Patient, year", Kind::Money, 14.0),
    ("Source", Kind::Text, 70.0),
    ("Verified on", Kind::Day, 12.0),
    ("Set by", Kind::Text, 14.0),
];

const TOGETHER: [(&str, Kind, f64); 15] = [
    ("Partner", Kind::Text, 28.0),
    ("Kind", Kind::Text, 14.0),
    ("What", Kind::Text, 34.0),
    ("From", Kind::Day, 11.0),
    ("Until", Kind::Day, 11.0),
    ("Our share", Kind::Money, 12.0),
    ("Their share", Kind::Money, 12.0),
    ("Fair value", Kind::Text, 34.0),
    ("Agreement", Kind::Text, 24.0),
    ("Purpose", Kind::Text, 34.0),
    ("Check", Kind::Text, 16.0),
    ("Rules", Kind::Text, 44.0),
    ("Stands", Kind::Text, 14.0),
    ("Decided by", Kind::Text, 20.0),
    ("Decided on", Kind::Day, 11.0),
];

const SIGNED: [(&str, Kind, f64); 6] = [
    ("Signed on", Kind::Day, 12.0),
    ("Signed by", Kind::Text, 24.0),
    ("Entries then", Kind::Number, 12.0),
    ("Value then", Kind::Money, 14.0),
    ("Entries now", Kind::Number, 12.0),
    ("Findings", Kind::Text, 70.0),
];

pub(super) const DEFINITIONS: &[(&str, &str)] = &[
    (
        "Not legal advice",
        "Baton keeps rules and their sources as data of the practice. Whether a gift is lawful is for counsel to say.",
    ),
    (
        "Value",
        "Retail value of each share in US dollars; below zero on a counter-entry. What was shared is divided by who was there, the practice's own included, rounded up to the cent; what was not divided counts in full for each (42 CFR 411.357(k); requirements of the practice).",
    ),
    (
        "Running total of the year",
        "What counts on the recipient's meter in the calendar year up to and with this line. Records of one person, or with one NPI, count together; what goes through family or staff counts to the physician.",
    ),
    (
        "Stands",
        "Given; planned: its day is ahead; waiting for approval; refused: not approved and not given; exception: blocked or not approved and given all the same; corrected: taken out by a counter-entry; counter-entry.",
    ),
    (
        "Rules",
        "Every rule that had something to say when the entry was put down, with its source, the strictest first.",
    ),
    (
        "Done together",
        "What was promoted, shown or offered together with a partner in the year: who bears how much, why that is fair, and by which rule it may be. Their value is all that the practice bears beyond them. It stands on no meter: what somebody was given at it is an entry of its own.",
    ),
    (
        "Put right",
        "An excess of at most half the limit, returned by the earlier of 31 December and 180 days after receipt, once in three years for the same physician (42 CFR 411.357(k)(3)).",
    ),
    (
        "Left out on purpose",
        "How much anybody refers. The yearly check that gifts do not follow referrals is a report of its own.",
    ),
];

pub(super) fn words(code: &str) -> String {
    let text = code.replace('_', " ");
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

pub(super) fn rules(found: &[RuleShown]) -> String {
    let code = |rule: &RuleShown| serde_json::to_value(rule.check).ok().and_then(|v| v.as_str().map(words));
    found
        .iter()
        .map(|rule| format!("{} ({})", code(rule).unwrap_or_default(), rule.source))
        .collect::<Vec<_>>()
        .join("; ")
}

pub(super) fn stands(standing: Standing) -> &'static str {
    match standing {
        Standing::Waiting => "Waiting",
        Standing::Planned => "Planned",
        Standing::Given => "Given",
        Standing::Refused => "Refused",
        Standing::Exception => "Exception",
        Standing::Corrected => "Corrected",
        Standing::CounterEntry => "Counter-entry",
    }
}

/// Writes the register of a year to `target`. A token stands for each patient.
///
/// # Errors
/// See [`ExportError`]; what stood at `target` is unchanged then.
pub fn reward_register(
    practice: &Practice,
    order: &RewardOrder,
    target: &Path,
) -> Result<Exported, ExportError> {
    may_export(practice, &[Area::Gratitude], false)?;
    practice.may(Need::Everybodys)?;
    let year = gift_year(practice, order.year)?;
    match order.format {
        RewardFormat::Xlsx => workbook_of(practice, &year, target),
        RewardFormat::Pdf => paper_of(practice, &year, target),
    }
}

fn gift_year(practice: &Practice, year: i32) -> Result<GiftYear, ExportError> {
    let waiting = LedgerQuery { year, after: None, waiting: true };
    let waiting = gratitude::ledger(practice, &waiting)?.iter().filter(|row| row.on.year() == year).count();
    Ok(GiftYear {
        year,
        all: gratitude::ledger_year(practice, year)?,
        meters: gratitude::meters_to_leave(practice, year)?,
        limits: gratitude::gift_book(practice)?.0,
        signed: gratitude::attestations(practice)?.into_iter().filter(|one| one.year == year).collect(),
        together: gratitude::offers_of_year(practice, year)?,
        waiting,
    })
}

fn paper_of(practice: &Practice, year: &GiftYear, target: &Path) -> Result<Exported, ExportError> {
    let (head, size) = practice.read(letterhead_in)?;
    let (paper, sheets) = reward_paper::paper(year, head, size, practice.today());
    let printed = pdf(&paper).map_err(|error| ExportError::Write(error.to_string()))?;
    let mut staged = Staged::begin(practice, target)?;
    put(&mut staged, &printed.bytes)?;
    let file_name = staged.file_name();
    let rows = sheets.iter().map(|sheet| sheet.rows).sum();
    let entry = record_export(practice, "export_gifts", &file_name, rows, None)?;
    staged.finish()?;
    Ok(Exported { file_name, sheets, shortened: 0, left_out: 0, unnamed: 0, entry })
}

fn workbook_of(practice: &Practice, year: &GiftYear, target: &Path) -> Result<Exported, ExportError> {
    let GiftYear { all, meters, limits, signed, together, waiting, .. } = year;
    let mut staged = Staged::begin(practice, target)?;
    let mut book = workbook(practice, &staged, "Register of gifts")?;
    let mut pen = Pen::new();
    let (shares, total) = share_sheet(all, &mut pen)?;
    let counts = [
        ("Register", shares.1),
        ("Meters", u32::try_from(meters.len()).unwrap_or(u32::MAX)),
        ("Exceptions and cures", 0),
        ("Limits", u32::try_from(limits.len()).unwrap_or(u32::MAX)),
        ("Signed", u32::try_from(signed.len()).unwrap_or(u32::MAX)),
        ("Done together", u32::try_from(together.len()).unwrap_or(u32::MAX)),
    ];
    let exceptions = exception_sheet(all, &mut pen)?;
    let mut sheets: Vec<SheetRows> =
        counts.iter().map(|(sheet, rows)| SheetRows { sheet: (*sheet).into(), rows: *rows }).collect();
    sheets[2].rows = exceptions.1;
    book.push_worksheet(shares.0);
    book.push_worksheet(meter_sheet(meters, &mut pen)?);
    book.push_worksheet(exceptions.0);
    book.push_worksheet(limit_sheet(limits, &mut pen)?);
    book.push_worksheet(signed_sheet(signed, &mut pen)?);
    book.push_worksheet(together_sheet(together, &mut pen)?);
    let statement = format!(
        "Calendar year {}: {} entries with {} lines, {} in all; {} wait for approval; {} lines of exceptions and cures. As of {}.",
        year.year,
        all.len(),
        shares.1,
        dollars(total),
        waiting,
        exceptions.1,
        practice.today()
    );
    book.push_worksheet(statement_sheet(&statement, DEFINITIONS, &mut pen)?);
    save(&mut book, &mut staged)?;
    let expected: Vec<(usize, u32)> = (1..).zip(&sheets).map(|(at, sheet)| (at, sheet.rows + 1)).collect();
    verify_workbook(staged.file(), 7, &expected)?;
    let file_name = staged.file_name();
    let rows = sheets.iter().map(|sheet| sheet.rows).sum();
    let entry = record_export(practice, "export_gifts", &file_name, rows, None)?;
    staged.finish()?;
    Ok(Exported { file_name, sheets, shortened: pen.shortened, left_out: 0, unnamed: 0, entry })
}

pub(super) fn dollars(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}${}.{:02}", cents.abs() / 100, cents.abs() % 100)
}

/// A line for each share of others than us, with the running total of whose meter it counts on.
fn share_sheet(all: &[RewardRow], pen: &mut Pen) -> Result<((Worksheet, u32), i64), ExportError> {
    let mut sheet = Worksheet::new();
    heading(&mut sheet, "Register", &SHARES)?;
    let (mut row, mut total) = (0u32, 0i64);
    for entry in all {
        let id = entry.id.to_string();
        let corrects = entry.corrects.map(|id| id.to_string()).unwrap_or_default();
        for share in entry.shares.iter().filter(|share| share.recipient.is_some()) {
            row += 1;
            total += share.cents;
            let running = share.before_cents.map(|before| before + share.cents);
            let cells = [
                Cell::Text(&id),
                Cell::Day(entry.on),
                Cell::Text(&share.name),
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                Cell::Text(&entry.what),
                Cell::Cents(share.cents),
                running.map_or(Cell::Empty, Cell::Cents),
                share.limit_cents.map_or(Cell::Empty, Cell::Cents),
                Cell::Text(if share.present { "yes" } else { "no" }),
                Cell::Text(share.federal.code()),
                Cell::Text(entry.solicited.code()),
                Cell::Text(entry.purpose.as_deref().unwrap_or_default()),
                Cell::Empty,
                Cell::Empty,
                Cell::Text(stands(entry.standing)),
                Cell::Text(entry.decided_by.as_deref().unwrap_or_default()),
                entry.decided_on.map_or(Cell::Empty, Cell::Day),
                Cell::Text(entry.decision_note.as_deref().unwrap_or_default()),
                Cell::Text(&entry.giver),
                Cell::Text(&corrects),
            ];
            for (col, cell) in (0u16..).zip(cells) {
                pen.cell(&mut sheet, row, col, cell)?;
            }
            let recipient = share.recipient.map(RecipientKind::code).unwrap_or_default();
            let coded = [
                (3, words(recipient)),
                (4, words(entry.kind.code())),
                (5, words(entry.occasion.code())),
                (14, words(entry.verdict.code())),
                (15, rules(&share.findings)),
            ];
            for (col, text) in coded {
                pen.cell(&mut sheet, row, col, Cell::Text(&text))?;
            }
        }
    }
    Ok(((sheet, row), total))
}

fn meter_sheet(meters: &[MeterRow], pen: &mut Pen) -> Result<Worksheet, ExportError> {
    let mut sheet = Worksheet::new();
    heading(&mut sheet, "Meters", &METERS)?;
    for (row, meter) in (1u32..).zip(meters) {
        let kind = words(meter.recipient.code());
        let shown = meter.meter;
        let left = shown.limit_cents.map(|limit| (limit - shown.total_cents()).max(0));
        let cells = [
            Cell::Text(&meter.name),
            Cell::Text(&kind),
            Cell::Cents(shown.given_cents),
            Cell::Cents(shown.planned_cents),
            shown.limit_cents.map_or(Cell::Empty, Cell::Cents),
            left.map_or(Cell::Empty, Cell::Cents),
            shown.excess_cents().map_or(Cell::Empty, Cell::Cents),
        ];
        for (col, cell) in (0u16..).zip(cells) {
            pen.cell(&mut sheet, row, col, cell)?;
        }
    }
    Ok(sheet)
}

/// What was outside the rules or put right about an entry, and what happened; nothing if it was neither.
pub(super) fn exceptional(entry: &RewardRow) -> Option<(&'static str, &str)> {
    let returned = entry.correction == Some(gratitude::CorrectionKind::Returned);
    let what = match entry.standing {
        Standing::Exception => "Outside the rules, given",
        Standing::CounterEntry if returned => "Excess returned",
        _ if entry.own_decision => "Approved by whoever put it down",
        _ => return None,
    };
    let happened = entry.exception.as_deref().or(entry.correction_reason.as_deref());
    Some((what, happened.or(entry.decision_note.as_deref()).unwrap_or_default()))
}

fn exception_sheet(all: &[RewardRow], pen: &mut Pen) -> Result<(Worksheet, u32), ExportError> {
    let mut sheet = Worksheet::new();
    heading(&mut sheet, "Exceptions and cures", &EXCEPTIONS)?;
    let mut row = 0;
    for entry in all {
        let Some((what, happened)) = exceptional(entry) else { continue };
        let id = entry.id.to_string();
        for share in entry.shares.iter().filter(|share| share.recipient.is_some()) {
            row += 1;
            let found = rules(&share.findings);
            let cells = [
                Cell::Text(what),
                Cell::Day(entry.on),
                Cell::Text(&share.name),
                Cell::Cents(share.cents),
                Cell::Text(&found),
                Cell::Text(happened),
                Cell::Text(&id),
            ];
            for (col, cell) in (0u16..).zip(cells) {
                pen.cell(&mut sheet, row, col, cell)?;
            }
        }
    }
    Ok((sheet, row))
}

fn limit_sheet(limits: &[YearInForce], pen: &mut Pen) -> Result<Worksheet, ExportError> {
    let mut sheet = Worksheet::new();
    heading(&mut sheet, "Limits", &LIMITS)?;
    for (row, year) in (1u32..).zip(limits) {
        let number = year.limits.year.to_string();
        let cells = [
            Cell::Text(&number),
            Cell::Cents(year.limits.physician_cents),
            Cell::Cents(year.limits.patient_item_cents),
            Cell::Cents(year.limits.patient_year_cents),
            Cell::Text(&year.limits.source),
            year.limits.verified_on.map_or(Cell::Text("not yet"), Cell::Day),
            Cell::Text(if year.changed { "the practice" } else { "Baton" }),
        ];
        for (col, cell) in (0u16..).zip(cells) {
            pen.cell(&mut sheet, row, col, cell)?;
        }
    }
    Ok(sheet)
}

fn signed_sheet(signed: &[Attestation], pen: &mut Pen) -> Result<Worksheet, ExportError> {
    let mut sheet = Worksheet::new();
    heading(&mut sheet, "Signed", &SIGNED)?;
    for (row, one) in (1u32..).zip(signed) {
        let day = DateTime::from_timestamp_millis(one.signed_at).map(|at| at.date_naive());
        let cells = [
            day.map_or(Cell::Empty, Cell::Day),
            Cell::Text(&one.signed_by),
            Cell::Number(one.entries.into()),
            Cell::Cents(one.total_cents),
            Cell::Number(one.entries_now.into()),
            Cell::Text(&one.findings),
        ];
        for (col, cell) in (0u16..).zip(cells) {
            pen.cell(&mut sheet, row, col, cell)?;
        }
    }
    Ok(sheet)
}

fn together_sheet(together: &[OfferRow], pen: &mut Pen) -> Result<Worksheet, ExportError> {
    let mut sheet = Worksheet::new();
    heading(&mut sheet, "Done together", &TOGETHER)?;
    for (row, one) in (1u32..).zip(together) {
        let offer = &one.offer;
        let (kind, check) = (words(offer.kind.code()), words(one.verdict.code()));
        let (found, stand) = (rules(&one.findings), offer_stands(one.standing));
        let told = |text: &'_ Option<String>| text.clone().unwrap_or_default();
        let (fair, agreement, purpose) =
            (told(&offer.fair_value), told(&offer.agreement), told(&offer.purpose));
        let cells = [
            Cell::Text(&one.partner_name),
            Cell::Text(&kind),
            Cell::Text(&offer.what),
            Cell::Day(offer.from_on),
            Cell::Day(offer.to_on.unwrap_or(offer.from_on)),
            Cell::Cents(offer.ours_cents),
            Cell::Cents(offer.theirs_cents),
            Cell::Text(&fair),
            Cell::Text(&agreement),
            Cell::Text(&purpose),
            Cell::Text(&check),
            Cell::Text(&found),
            Cell::Text(stand),
            Cell::Text(one.decided_by.as_deref().unwrap_or_default()),
            one.decided_on.map_or(Cell::Empty, Cell::Day),
        ];
        for (col, cell) in (0u16..).zip(cells) {
            pen.cell(&mut sheet, row, col, cell)?;
        }
    }
    Ok(sheet)
}

pub(super) fn offer_stands(standing: OfferStanding) -> &'static str {
    match standing {
        OfferStanding::Blocked => "Blocked",
        OfferStanding::Waiting => "Waiting",
        OfferStanding::Refused => "Refused",
        OfferStanding::Planned => "Planned",
        OfferStanding::Running => "Running",
        OfferStanding::Over => "Over",
    }
}
