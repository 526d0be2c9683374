//! Patients who tell a friend: recognised, waiting, paused. Recognition alone; the report names nobody and counts nobody's friends.

use std::path::Path;

use super::error::ExportError;
use super::letters::put;
use super::order::{Exported, SheetRows};
use super::register::may_export;
use super::staged::Staged;
use crate::audit::record_export;
use crate::gratitude::{self, Friend, Programme, ProgrammeStatus, ThanksForm};
use crate::papers::{Block, Letterhead, Paper, PaperSize, Table, TableColumn, pdf};
use crate::practice::Practice;
use crate::vault::{Area, Need, letterhead_in};

/// Writes the report of a year to `target`, as PDF. A token stands for each patient.
///
/// # Errors
/// See [`ExportError`]; what stood at `target` is unchanged then.
pub fn friends_report(practice: &Practice, year: i32, target: &Path) -> Result<Exported, ExportError> {
    may_export(practice, &[Area::Gratitude], false)?;
    practice.may(Need::Everybodys)?;
    let (recognised, waiting) = gratitude::friends(practice, year)?;
    let programmes = gratitude::programmes(practice)?;
    let (head, size) = practice.read(letterhead_in)?;
    let sheets = vec![
        sheet("Recognized", recognised.len()),
        sheet("Waiting", waiting.len()),
        sheet("Programs", programmes.len()),
    ];
    let today = practice.today().format("%b %-d, %Y").to_string();
    let paper = paper(year, &today, (&recognised, &waiting, &programmes), head, size);
    let printed = pdf(&paper).map_err(|error| ExportError::Write(error.to_string()))?;
    let mut staged = Staged::begin(practice, target)?;
    put(&mut staged, &printed.bytes)?;
    let file_name = staged.file_name();
    let rows = sheets.iter().map(|sheet| sheet.rows).sum();
    let entry = record_export(practice, "export_friends", &file_name, rows, None)?;
    staged.finish()?;
    Ok(Exported { file_name, sheets, shortened: 0, left_out: 0, unnamed: 0, entry })
}

fn sheet(name: &str, rows: usize) -> SheetRows {
    SheetRows { sheet: name.to_owned(), rows: u32::try_from(rows).unwrap_or(u32::MAX) }
}

fn paper(
    year: i32,
    today: &str,
    (recognised, waiting, programmes): (&[Friend], &[Friend], &[Programme]),
    letterhead: Letterhead,
    size: PaperSize,
) -> Paper {
    let paused = programmes.iter().filter(|one| one.status == ProgrammeStatus::Paused).count();
    let mut blocks = vec![
        Block::Title(format!("Patients who told a friend, {year}")),
        Block::Notice(
            "Recognition alone: a word, a card, a letter. Nothing here has a value, and what was given does not depend on how many \
             friends somebody told. Gifts stand in the register of gifts."
                .into(),
        ),
        Block::Facts(vec![
            ("As of".into(), today.to_owned()),
            ("Recognized".into(), recognised.len().to_string()),
            ("Waiting".into(), waiting.len().to_string()),
            ("Programs paused".into(), paused.to_string()),
        ]),
    ];
    let mut part = |title: &str, table: Table, none: &str| {
        blocks.push(Block::Heading(title.to_owned()));
        blocks.push(if table.rows.is_empty() {
            Block::Paragraph(none.to_owned())
        } else {
            Block::Table(table)
        });
    };
    part("Recognized", of_friends(recognised, ["Patient", "On", "How"]), "Nobody was recognized this year.");
    part("Waiting", of_friends(waiting, ["Patient", "By", ""]), "Nobody waits.");
    part("Programs", of_programmes(programmes), "No program: recognition alone.");
    blocks.push(Block::Remark(
        "CK13, CK14: 42 USC 1320a-7b(b); SSA 1128A(a)(5); state law may forbid a reward even for private pay. A token stands for each \
         patient; the new patient is named nowhere. Not legal advice."
            .into(),
    ));
    Paper {
        title: format!("Patients who told a friend, {year}"),
        footer: letterhead.name.clone(),
        letterhead,
        size,
        blocks,
        ..Paper::default()
    }
}

fn of_friends(friends: &[Friend], headings: [&str; 3]) -> Table {
    let how = |friend: &Friend| match friend.how {
        None => String::new(),
        Some(ThanksForm::Letter) => "Letter".to_owned(),
        Some(ThanksForm::Card) => "Card".to_owned(),
        Some(ThanksForm::Call) => "Call".to_owned(),
        Some(ThanksForm::Public) => "In public".to_owned(),
        Some(ThanksForm::Recognition) => "Other recognition".to_owned(),
    };
    let columns = headings.map(|heading| TableColumn::words(heading, 1.0)).into();
    let rows = friends
        .iter()
        .map(|friend| vec![friend.token.clone(), friend.on.format("%b %-d, %Y").to_string(), how(friend)]);
    Table { rows: rows.collect(), columns }
}

fn of_programmes(programmes: &[Programme]) -> Table {
    let stands = |status: ProgrammeStatus| match status {
        ProgrammeStatus::Draft => "Draft",
        ProgrammeStatus::Approved => "Running",
        ProgrammeStatus::Paused => "Paused",
        ProgrammeStatus::Ended => "Ended",
    };
    let columns = vec![
        TableColumn::words("Program", 2.0),
        TableColumn::words("Stands", 1.0),
        TableColumn::words("Who is recognized, and for what", 3.0),
        TableColumn::words("Reviewed", 2.0),
    ];
    let rows = programmes.iter().map(|one| {
        let on = one.reviewed_on.map(|on| on.format(", %b %-d, %Y").to_string()).unwrap_or_default();
        let reviewed = if one.reviewer.is_empty() {
            "not yet".to_owned()
        } else {
            format!("{}{on}\nlaw of {}", one.reviewer, one.law_state)
        };
        vec![one.name.clone(), stands(one.status).to_owned(), one.rule.clone(), reviewed]
    });
    Table { rows: rows.collect(), columns }
}
