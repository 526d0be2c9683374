//! The touch log as a workbook: every contact of a period, what each partner took, how attention was mixed, and what the
//! words mean. Partners who are patients are named by a token; no referral stands in it.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use rust_xlsxwriter::Worksheet;
use serde::{Deserialize, Serialize};

use super::cells::Pen;
use super::columns::{Cell, Kind};
use super::error::ExportError;
use super::log_file::{heading, statement_sheet};
use super::order::{Exported, SheetRows};
use super::register::{may_export, save, workbook};
use super::staged::{Staged, verify_workbook};
use crate::audit::record_export;
use crate::foundation::id::PartnerId;
use crate::outreach::{self, OutreachError, TouchLogged, TouchMix, touch_mix_until};
use crate::practice::Practice;
use crate::vault::Area;

/// A worksheet holds no more lines than this.
const MOST: usize = 1_048_575;

/// A touch log to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TouchLogOrder {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

const TOUCHES: [(&str, Kind, f64); 22] = [
    ("Date", Kind::Day, 11.0),
    ("Time", Kind::Text, 8.0),
    ("Partner", Kind::Text, 32.0),
    ("Class", Kind::Text, 12.0),
    ("Type", Kind::Text, 20.0),
    ("People met", Kind::Text, 34.0),
    ("Form", Kind::Text, 10.0),
    ("Started by", Kind::Text, 10.0),
    ("Two-way", Kind::Text, 9.0),
    ("To many", Kind::Text, 9.0),
    ("Kind of attention", Kind::Text, 18.0),
    ("Purpose", Kind::Text, 34.0),
    ("What we learned", Kind::Text, 50.0),
    ("Next step", Kind::Text, 30.0),
    ("Next step by", Kind::Day, 12.0),
    ("Next step done", Kind::Day, 12.0),
    ("Minutes", Kind::Number, 9.0),
    ("Cost", Kind::Money, 11.0),
    ("Kind of cost", Kind::Text, 12.0),
    ("Held by", Kind::Text, 22.0),
    ("Private", Kind::Text, 9.0),
    ("Touch", Kind::Text, 37.0),
];

const PARTNERS: [(&str, Kind, f64); 9] = [
    ("Partner", Kind::Text, 32.0),
    ("Class", Kind::Text, 12.0),
    ("Type", Kind::Text, 20.0),
    ("Touches", Kind::Number, 9.0),
    ("Two-way", Kind::Number, 9.0),
    ("Last two-way", Kind::Day, 12.0),
    ("Last face to face", Kind::Day, 14.0),
    ("Minutes", Kind::Number, 9.0),
    ("Cost", Kind::Money, 11.0),
];

const MIX: [(&str, Kind, f64); 5] = [
    ("Kind of attention", Kind::Text, 22.0),
    ("Touches", Kind::Number, 9.0),
    ("Of", Kind::Number, 9.0),
    ("Target in percent", Kind::Number, 14.0),
    ("Off target", Kind::Text, 12.0),
];

const DEFINITIONS: &[(&str, &str)] = &[
    (
        "Touch",
        "Any contact with a partner: visit, video, call, lunch, e-mail, letter, social media, event, something left at the desk. Contacts in the Trash are left out.",
    ),
    (
        "Two-way",
        "Somebody answered. Only these set a partner's cadence anew; what went to many alike never does.",
    ),
    ("Face to face", "A two-way visit, video call, lunch or event."),
    (
        "Kind of attention",
        "Communication, education, gratitude or targeted outreach. The practice aims at 40, 25, 20 and 15 percent.",
    ),
    (
        "Mix",
        "Touches of a kind among those with a kind in the 90 days that end with the last day of the file, or with the day it was written if that is earlier, whichever days the file holds. Off target: more than 15 points away, from ten touches on.",
    ),
    (
        "Minutes and cost",
        "Time of the practice and money beside it, in US dollars. Empty where the role of whoever wrote the file does not see amounts.",
    ),
    (
        "Private",
        "What a private touch was about is told to whoever held it alone; in this file it is empty for everybody else.",
    ),
    (
        "Left out on purpose",
        "Referrals and patients. A partner who is a patient is named by a token, and nothing is told of what was said.",
    ),
];

fn words(code: &str) -> String {
    let text = code.replace('_', " ");
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn yes(is: bool) -> Cell<'static> {
    Cell::Text(if is { "yes" } else { "no" })
}

fn day(on: Option<NaiveDate>) -> Cell<'static> {
    on.map_or(Cell::Empty, Cell::Day)
}

/// Writes the contacts of a period to `target`.
///
/// # Errors
/// See [`ExportError`]; what stood at `target` is unchanged then.
pub fn touch_log(practice: &Practice, order: &TouchLogOrder, target: &Path) -> Result<Exported, ExportError> {
    may_export(practice, &[Area::Outreach], false)?;
    if order.to < order.from {
        return Err(ExportError::Invalid { field: "to", problem: "Give a last day after the first one." });
    }
    let unread = |error| match error {
        OutreachError::Store(error) => ExportError::Store(error),
        _ => ExportError::Invalid { field: "from", problem: "Choose another period." },
    };
    let all = outreach::touch_log_between(practice, order.from, order.to).map_err(unread)?;
    let mix = touch_mix_until(practice, order.to).map_err(unread)?;
    if all.len() > MOST {
        return Err(ExportError::Invalid {
            field: "from",
            problem: "This is more than a spreadsheet holds. Choose a shorter period.",
        });
    }
    let mut staged = Staged::begin(practice, target)?;
    let mut book = workbook(practice, &staged, "Touch log")?;
    let mut pen = Pen::new();
    let touches = touch_sheet(&all, &mut pen)?;
    let (partners, partner_rows) = partner_sheet(&all, &mut pen)?;
    let (mix, mix_rows) = mix_sheet(&mix, &mut pen)?;
    let rows = u32::try_from(all.len()).unwrap_or(u32::MAX);
    book.push_worksheet(touches);
    book.push_worksheet(partners);
    book.push_worksheet(mix);
    let statement = format!(
        "{} to {}: {rows} touches with {partner_rows} partners, {} minutes, {}. As of {}.",
        order.from,
        order.to,
        all.iter().map(|one| u64::from(one.row.minutes)).sum::<u64>(),
        dollars(all.iter().filter_map(|one| one.row.cost_cents).sum()),
        practice.today()
    );
    book.push_worksheet(statement_sheet(&statement, DEFINITIONS, &mut pen)?);
    save(&mut book, &mut staged)?;
    let sheets: Vec<SheetRows> = [("Touches", rows), ("Partners", partner_rows), ("Mix", mix_rows)]
        .map(|(sheet, rows)| SheetRows { sheet: sheet.into(), rows })
        .into();
    let expected: Vec<(usize, u32)> = (1..).zip(&sheets).map(|(at, sheet)| (at, sheet.rows + 1)).collect();
    verify_workbook(staged.file(), 4, &expected)?;
    let file_name = staged.file_name();
    let entry = record_export(practice, "export_touches", &file_name, rows, None)?;
    staged.finish()?;
    Ok(Exported { file_name, sheets, shortened: pen.shortened, left_out: 0, unnamed: 0, entry })
}

fn dollars(cents: i64) -> String {
    format!("${}.{:02}", cents / 100, cents % 100)
}

fn touch_sheet(all: &[TouchLogged], pen: &mut Pen) -> Result<Worksheet, ExportError> {
    let mut sheet = Worksheet::new();
    heading(&mut sheet, "Touches", &TOUCHES)?;
    for (at, one) in (1u32..).zip(all) {
        let row = &one.row;
        let time = row.at.map(|minute| format!("{:02}:{:02}", minute / 60, minute % 60)).unwrap_or_default();
        let people = row.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join("; ");
        let (form, by) = (words(row.form.code()), words(row.started_by.code()));
        let kind = row.category.map(|category| words(category.code())).unwrap_or_default();
        let cost_kind = row.cost_kind.map(|kind| words(kind.code())).unwrap_or_default();
        let id = row.id.to_string();
        let next = row.next.as_ref();
        let cells = [
            Cell::Day(row.on),
            Cell::Text(&time),
            Cell::Text(&row.partner.name),
            Cell::Text(one.class.label()),
            Cell::Text(one.partner_type.label()),
            Cell::Text(&people),
            Cell::Text(&form),
            Cell::Text(&by),
            yes(row.two_way),
            yes(row.bulk),
            Cell::Text(&kind),
            Cell::Text(&row.purpose),
            Cell::Text(&row.learned),
            Cell::Text(next.map(|next| next.title.as_str()).unwrap_or_default()),
            day(next.map(|next| next.due_on)),
            day(next.and_then(|next| next.done_on)),
            Cell::Number(row.minutes.into()),
            row.cost_cents.map_or(Cell::Empty, Cell::Cents),
            Cell::Text(&cost_kind),
            Cell::Text(&row.held_by.name),
            yes(row.kept_private),
            Cell::Text(&id),
        ];
        for (col, cell) in (0u16..).zip(cells) {
            pen.cell(&mut sheet, at, col, cell)?;
        }
    }
    Ok(sheet)
}

/// What a partner took in the period.
#[derive(Default)]
struct Sum<'a> {
    first: Option<&'a TouchLogged>,
    touches: i64,
    two_way: i64,
    last_two_way_on: Option<NaiveDate>,
    last_face_on: Option<NaiveDate>,
    minutes: i64,
    cents: Option<i64>,
}

fn partner_sheet(all: &[TouchLogged], pen: &mut Pen) -> Result<(Worksheet, u32), ExportError> {
    let mut sums: BTreeMap<(&str, PartnerId), Sum<'_>> = BTreeMap::new();
    for one in all {
        let row = &one.row;
        let sum = sums.entry((row.partner.name.as_str(), row.partner.id)).or_default();
        sum.first.get_or_insert(one);
        sum.touches += 1;
        sum.minutes += i64::from(row.minutes);
        sum.cents = row.cost_cents.map(|cents| cents + sum.cents.unwrap_or(0)).or(sum.cents);
        if row.two_way {
            sum.two_way += 1;
            sum.last_two_way_on = sum.last_two_way_on.max(Some(row.on));
            if row.form.is_face_to_face() {
                sum.last_face_on = sum.last_face_on.max(Some(row.on));
            }
        }
    }
    let mut sheet = Worksheet::new();
    heading(&mut sheet, "Partners", &PARTNERS)?;
    let mut at = 0u32;
    for ((name, _), sum) in &sums {
        at += 1;
        let cells = [
            Cell::Text(name),
            sum.first.map_or(Cell::Empty, |one| Cell::Text(one.class.label())),
            sum.first.map_or(Cell::Empty, |one| Cell::Text(one.partner_type.label())),
            Cell::Number(sum.touches),
            Cell::Number(sum.two_way),
            day(sum.last_two_way_on),
            day(sum.last_face_on),
            Cell::Number(sum.minutes),
            sum.cents.map_or(Cell::Empty, Cell::Cents),
        ];
        for (col, cell) in (0u16..).zip(cells) {
            pen.cell(&mut sheet, at, col, cell)?;
        }
    }
    Ok((sheet, at))
}

fn mix_sheet(mix: &TouchMix, pen: &mut Pen) -> Result<(Worksheet, u32), ExportError> {
    let mut sheet = Worksheet::new();
    heading(&mut sheet, "Mix", &MIX)?;
    let mut at = 0u32;
    for share in &mix.shares {
        at += 1;
        let kind = words(share.category.code());
        let cells = [
            Cell::Text(&kind),
            Cell::Number(share.touches.into()),
            Cell::Number(mix.of.into()),
            Cell::Number(share.target.into()),
            share.off_tenths.map_or(Cell::Text("too few to tell"), |_| yes(share.off)),
        ];
        for (col, cell) in (0u16..).zip(cells) {
            pen.cell(&mut sheet, at, col, cell)?;
        }
    }
    Ok((sheet, at))
}
