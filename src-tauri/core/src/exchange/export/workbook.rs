//! The scorecard workbook: what a practice manager takes to Thursday's meeting.

use std::path::Path;

use chrono::NaiveDate;
use rusqlite::Connection;
use rust_xlsxwriter::Worksheet;

use super::cells::Pen;
use super::columns::Context;
use super::definitions_sheet;
use super::error::ExportError;
use super::order::{Exported, Progress, SheetRows, WorkbookOrder};
use super::partner_sheet;
use super::register::{About, gates_of, may_export, save, workbook};
use super::register_sheets::{self, ROWS_A_SHEET, RegisterJob};
use super::rows::Names;
use super::scorecards_sheet;
use super::staged::{Staged, verify_workbook};
use super::summary_sheet::{self, Handed};
use super::text::SheetNames;
use super::unbroken::unbroken;
use crate::audit::record_export;
use crate::insights::{
    PartnerScorecard, Period, Scorecard, Scorecards, WayCards, scorecard_in, scorecards_in, way_cards_in,
};
use crate::network::PartnerClass;
use crate::practice::Practice;
use crate::referrals::process;
use crate::vault::{Area, Hidden};

/// At most so many partners get a page of their own.
const MOST_PAGES: usize = 50;

/// Writes the scorecard workbook of a period to `target`: a summary, one row a partner, a page to print for each of
/// the strongest, the register and what every number means. All its numbers are of one moment.
///
/// # Errors
/// See [`ExportError`]; what stood at `target` is unchanged then.
pub fn scorecards_workbook(
    practice: &Practice,
    order: &WorkbookOrder,
    target: &Path,
    progress: Progress<'_>,
) -> Result<Exported, ExportError> {
    let period = Period::new(order.period.from, order.period.to)?;
    let (recipient, consent) = (order.patients.recipient()?, order.patients.consent()?);
    may_export(practice, &[Area::Insights, Area::Referrals], recipient.is_some())?;
    process::ready(practice)?;
    let purpose = recipient.as_ref().map(|to| to.purpose.as_str());
    let hidden = practice.hidden();
    let mut staged = Staged::begin(practice, target)?;
    let today = practice.today();
    let (sheets, shortened, about) = unbroken(|| {
        let mut book = workbook(practice, &staged, &format!("Scorecards {} to {}", period.from, period.to))?;
        let (mut names, mut pen) = (SheetNames::default(), Pen::new());
        let summary_name = names.free("Summary");
        let cards_name = names.free("Scorecards");
        // Held free, so that no partner of this name takes them.
        let definitions_name = names.free("Definitions");

        let (counted, (about, register)) = practice.read_both(
            |conn| Counted::read(conn, &period, today, hidden, order.pages),
            |conn| {
                let all = Names::read(conn, hidden)?;
                let gates = gates_of(conn, consent, practice)?;
                let zone = practice.store().zone();
                let context = Context { names: &all, zone, gates: gates.as_ref(), words: true };
                let about = About::read(conn, Some(period), recipient.is_some(), gates.as_ref())?;
                let job = RegisterJob {
                    period: Some(period),
                    with_patients: purpose.is_some(),
                    hidden,
                    context,
                    rows_a_sheet: ROWS_A_SHEET,
                };
                let register = register_sheets::write(conn, &mut book, &mut names, &mut pen, &job, progress)?;
                Ok::<_, ExportError>((about, register))
            },
        )?;

        let Counted { cards, ways, strongest } = counted;
        let mut pages: Vec<(Worksheet, SheetRows)> = Vec::new();
        for page in &strongest {
            let name = names.free(&page.card.name);
            pages.push((
                partner_sheet::sheet(&name, &cards.summary.practice, page, &mut pen)?,
                SheetRows { sheet: name, rows: 1 },
            ));
        }
        let scorecards = scorecards_sheet::sheet(&cards_name, &cards, &ways, &mut pen)?;
        let definitions = definitions_sheet::sheet(&definitions_name, &cards, &ways, &mut pen)?;

        let mut sheets = vec![SheetRows { sheet: cards_name, rows: scorecards_sheet::data_rows(&cards) }];
        sheets.extend(pages.iter().map(|(_, rows)| rows.clone()));
        sheets.extend(register.rows.iter().cloned());
        sheets.push(SheetRows { sheet: definitions_name, rows: definitions_sheet::data_rows() });
        let handed = Handed { sheets: &sheets, purpose, about: &about };
        let summary = summary_sheet::sheet(&summary_name, &cards, &ways, &handed, &mut pen)?;

        let mut expected = vec![(2, scorecards_sheet::data_rows(&cards) + 2)];
        let first_register = 3 + pages.len();
        expected.extend((first_register..).zip(&register.rows).map(|(at, rows)| (at, rows.rows + 1)));
        book.push_worksheet(summary);
        book.push_worksheet(scorecards);
        pages.into_iter().for_each(|(page, _)| book.push_worksheet(page));
        register.sheets.into_iter().for_each(|sheet| book.push_worksheet(sheet));
        book.push_worksheet(definitions);
        save(&mut book, &mut staged)?;
        verify_workbook(staged.file(), sheets.len() + 1, &expected)?;
        Ok::<_, ExportError>((sheets, pen.shortened, about))
    })?;
    let action = if purpose.is_some() { "export_workbook_with_patients" } else { "export_workbook" };
    let file_name = staged.file_name();
    let count =
        sheets.iter().filter(|sheet| sheet.sheet.starts_with("Register")).map(|sheet| sheet.rows).sum();
    let disclosed = recipient.as_ref().map(|to| (to, about.named.as_slice()));
    let entry = record_export(practice, action, &file_name, count, disclosed)?;
    staged.finish()?;
    Ok(Exported { file_name, sheets, shortened, left_out: about.left_out, unnamed: about.unnamed, entry })
}

/// What the sheets before the register show.
struct Counted {
    cards: Scorecards,
    ways: WayCards,
    /// Of those who sent most, as many as get a page.
    strongest: Vec<PartnerScorecard>,
}

impl Counted {
    fn read(
        conn: &Connection,
        period: &Period,
        today: NaiveDate,
        hidden: Hidden,
        pages: u32,
    ) -> Result<Self, ExportError> {
        let cards = scorecards_in(conn, period, today, hidden)?;
        let ways = way_cards_in(conn, period, today)?;
        // A page is for somebody to read: an advert reads none.
        let sending = |card: &&Scorecard| card.figures.received > 0 && card.class != PartnerClass::Source;
        let strongest = cards
            .rows
            .iter()
            .filter(sending)
            .take((pages as usize).min(MOST_PAGES))
            .map(|card| scorecard_in(conn, card.partner, period, today, hidden))
            .collect::<Result<_, _>>()?;
        Ok(Self { cards, ways, strongest })
    }
}
