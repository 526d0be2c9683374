//! A paper as a Word document, to be edited.

use std::io::Cursor;
use std::ops::ControlFlow;

use docx_rs::{
    AlignmentType, BorderType, BreakType, Docx, Footer, LineSpacing, NumPages, PageMargin, PageNum,
    Paragraph, ParagraphBorder, ParagraphBorderPosition, ParagraphBorders, Run, RunFonts, Shading, ShdType,
    Style, StyleType, Tab, TabValueType, Table as WordTable, TableBorder, TableBorderPosition, TableBorders,
    TableCell, TableCellMargins, TableLayoutType, TableRow, WidthType,
};

use super::paper::{Block, Look, Paper, Table};
use super::{PaperError, Printed};

const FONT: &str = "Calibri";
const GREY: &str = "556068";
const ACCENT: &str = "106076";
const TINT: &str = "ECF4F7";
/// Margins in twips, a twentieth of a point.
const SIDE: i32 = 1_240;
const LETTER_SIDE: i32 = 1_440;
/// Heights of lines in 240ths of a line.
const SINGLE: i32 = 240;
const AIRY: i32 = 288;

/// Turns a paper into a Word document. In memory; no file is touched. How many pages it has depends on the program that
/// opens it, and that program's fonts have the letters.
///
/// # Errors
/// [`PaperError::NotMade`] if the writer refuses it.
pub fn word(paper: &Paper) -> Result<Printed, PaperError> {
    let document = add(begun(paper), paper, false);
    packed(document)
}

/// Turns papers into one Word document, each beginning on a page of its own, on sheets of the first one's size. `each` is told
/// how many are done and stops the work by `Break`: then nothing comes back. In memory; no file is touched.
///
/// # Errors
/// [`PaperError::NotMade`] if the writer refuses one.
pub fn word_of_many(
    papers: impl Iterator<Item = Paper>,
    mut each: impl FnMut(u32) -> ControlFlow<()>,
) -> Result<Option<Printed>, PaperError> {
    let mut document = None;
    for (done, paper) in (1..).zip(papers) {
        document = Some(match document {
            None => add(begun(&paper), &paper, false),
            Some(document) => add(document, &paper, true),
        });
        if each(done).is_break() {
            return Ok(None);
        }
    }
    packed(document.unwrap_or_else(|| begun(&Paper::default()))).map(Some)
}

fn packed(document: Docx) -> Result<Printed, PaperError> {
    let mut bytes = Cursor::new(Vec::new());
    document.build().pack(&mut bytes).map_err(|error| PaperError::NotMade(error.to_string()))?;
    Ok(Printed { bytes: bytes.into_inner(), pages: 0, missing: 0 })
}

fn side(paper: &Paper) -> i32 {
    if paper.look == Look::Letter { LETTER_SIDE } else { SIDE }
}

/// How wide the words are, in twips.
fn inner(paper: &Paper) -> f32 {
    paper.size.points().0 * 20.0 - 2.0 * side(paper) as f32
}

fn begun(paper: &Paper) -> Docx {
    let (width, height) = paper.size.points();
    let margin = PageMargin {
        top: 1_000,
        left: side(paper),
        bottom: 1_100,
        right: side(paper),
        header: 500,
        footer: 560,
        gutter: 0,
    };
    let document = Docx::new()
        .page_size(twips(width), twips(height))
        .page_margin(margin)
        .default_fonts(RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT))
        .default_size(if paper.look == Look::Letter { 22 } else { 21 })
        .default_line_spacing(LineSpacing::new().line(if paper.look == Look::Letter { AIRY } else { SINGLE }))
        .add_style(style("Title", "Title", 36, "1C2429"))
        .add_style(style("Heading1", "heading 1", 24, ACCENT).outline_lvl(0));
    // The pages of each letter would have to be counted apart.
    if paper.look == Look::Letter { document } else { document.footer(footer(paper, inner(paper))) }
}

fn add(mut document: Docx, paper: &Paper, after_another: bool) -> Docx {
    let inner = inner(paper);
    if after_another {
        let small = Run::new().add_text("").size(2);
        let leaf = gap(0).page_break_before(true).add_run(small).size(2);
        document = document.add_paragraph(leaf);
    }
    document = letterhead(document, paper, inner);
    let mut fresh_page = false;
    for block in &paper.blocks {
        document = match block {
            Block::NewPage => {
                fresh_page = true;
                continue;
            }
            Block::Facts(facts) => document.add_table(pairs(facts, inner)).add_paragraph(gap(60)),
            Block::Table(table) => document.add_table(grid(table, inner)).add_paragraph(gap(60)),
            block => {
                for mut paragraph in paragraphs(block) {
                    if std::mem::take(&mut fresh_page) {
                        paragraph = paragraph.page_break_before(true);
                    }
                    document = document.add_paragraph(paragraph);
                }
                document
            }
        };
    }
    document
}

#[expect(
    clippy::cast_sign_loss,
    clippy::cast_possible_truncation,
    reason = "sizes of sheets are small and positive"
)]
fn twips(points: f32) -> u32 {
    (points * 20.0).round() as u32
}

#[expect(clippy::cast_sign_loss, clippy::cast_possible_truncation, reason = "a part of a sheet")]
fn part(inner: f32, share: f32) -> usize {
    (inner * share).round().max(1.0) as usize
}

fn style(id: &str, name: &str, half_points: usize, color: &str) -> Style {
    Style::new(id, StyleType::Paragraph).name(name).size(half_points).bold().color(color)
}

/// Text as XML can hold it.
fn clean(text: &str) -> String {
    text.chars().filter(|letter| *letter == '\n' || *letter == '\t' || !letter.is_control()).collect()
}

/// A run in which line breaks stay.
fn run(text: &str) -> Run {
    let text = clean(text);
    let mut run = Run::new();
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        run = run.add_text(line);
    }
    run
}

fn spaced(paragraph: Paragraph, before: u32, after: u32) -> Paragraph {
    paragraph.line_spacing(LineSpacing::new().before(before).after(after))
}

fn gap(after: u32) -> Paragraph {
    spaced(Paragraph::new(), 0, after)
}

fn small(text: &str) -> Run {
    run(text).size(17).color(GREY)
}

fn paragraphs(block: &Block) -> Vec<Paragraph> {
    match block {
        Block::Title(text) => vec![spaced(Paragraph::new().style("Title").add_run(run(text)), 0, 160)],
        Block::Heading(text) => {
            vec![spaced(Paragraph::new().style("Heading1").keep_next(true).add_run(run(text)), 220, 80)]
        }
        Block::Address(lines) => {
            vec![spaced(Paragraph::new().keep_lines(true).add_run(run(&lines.join("\n"))), 640, 440)]
        }
        Block::Paragraph(text) => vec![spaced(Paragraph::new().add_run(run(text)), 0, 140)],
        Block::Remark(text) => vec![spaced(Paragraph::new().add_run(small(text)), 0, 120)],
        Block::Notice(text) => {
            let edge = ParagraphBorder::new(ParagraphBorderPosition::Left)
                .val(BorderType::Single)
                .size(24)
                .space(8)
                .color(ACCENT);
            let mut paragraph = spaced(Paragraph::new().add_run(run(text)), 80, 200);
            paragraph.property = paragraph
                .property
                .set_borders(ParagraphBorders::with_empty().set(edge))
                .shading(Shading::new().shd_type(ShdType::Clear).fill(TINT));
            vec![paragraph]
        }
        Block::List(items) => items.iter().map(|item| bullet("•", item)).collect(),
        Block::Checklist(items) => {
            items.iter().map(|(item, ticked)| bullet(if *ticked { "☒" } else { "☐" }, item)).collect()
        }
        Block::Signature(below) => {
            let line = ParagraphBorder::new(ParagraphBorderPosition::Top)
                .val(BorderType::Single)
                .size(4)
                .space(3)
                .color(GREY);
            let mut paragraph = spaced(Paragraph::new().add_run(small(below)), 900, 120).indent(
                None,
                None,
                Some(5_000),
                None,
            );
            paragraph.property = paragraph.property.set_borders(ParagraphBorders::with_empty().set(line));
            vec![paragraph]
        }
        Block::Closing { farewell, signed } => vec![
            spaced(Paragraph::new().keep_next(true).add_run(run(farewell)), 0, 840),
            spaced(Paragraph::new().keep_lines(true).add_run(run(signed)), 0, 120),
        ],
        Block::Gap(points) => vec![gap(twips(*points))],
        Block::Facts(_) | Block::Table(_) | Block::NewPage => Vec::new(),
    }
}

fn bullet(sign: &str, text: &str) -> Paragraph {
    let hanging = docx_rs::SpecialIndentType::Hanging(280);
    let text = format!("{sign}\t{text}");
    let mut run = Run::new();
    for (at, piece) in clean(&text).split('\t').enumerate() {
        if at == 1 {
            run = run.add_tab();
        } else if at > 1 {
            run = run.add_text(" ");
        }
        run = run.add_text(piece.replace('\n', " "));
    }
    let tab = Tab::new().val(TabValueType::Left).pos(360);
    spaced(Paragraph::new().add_tab(tab).add_run(run), 0, 40).indent(Some(360), Some(hanging), None, None)
}

fn letterhead(document: Docx, paper: &Paper, inner: f32) -> Docx {
    if paper.letterhead.name.trim().is_empty() {
        return document;
    }
    let name = Paragraph::new().add_run(run(&paper.letterhead.name).bold().size(26).color(ACCENT));
    let lines =
        Paragraph::new().align(AlignmentType::Right).add_run(small(&paper.letterhead.lines.join("\n")));
    let halves = [part(inner, 0.5), part(inner, 0.5)];
    let cells = vec![
        TableCell::new().width(halves[0], WidthType::Dxa).add_paragraph(name),
        TableCell::new().width(halves[1], WidthType::Dxa).add_paragraph(lines),
    ];
    let under =
        TableBorder::new(TableBorderPosition::Bottom).border_type(BorderType::Single).size(8).color(ACCENT);
    let table = WordTable::without_borders(vec![TableRow::new(cells)])
        .set_grid(halves.to_vec())
        .layout(TableLayoutType::Fixed)
        .width(part(inner, 1.0), WidthType::Dxa)
        .margins(TableCellMargins::new().margin(0, 0, 100, 0))
        .set_borders(TableBorders::with_empty().set(under));
    document.add_table(table).add_paragraph(gap(120))
}

fn pairs(facts: &[(String, String)], inner: f32) -> WordTable {
    let widths = [part(inner, 0.27), part(inner, 0.73)];
    let rows = facts.iter().map(|(label, value)| {
        let label = spaced(Paragraph::new().add_run(run(label).color(GREY)), 0, 40);
        let value = spaced(Paragraph::new().add_run(run(value)), 0, 40);
        TableRow::new(vec![
            TableCell::new().width(widths[0], WidthType::Dxa).add_paragraph(label),
            TableCell::new().width(widths[1], WidthType::Dxa).add_paragraph(value),
        ])
        .cant_split()
    });
    WordTable::without_borders(rows.collect())
        .set_grid(widths.to_vec())
        .layout(TableLayoutType::Fixed)
        .width(part(inner, 1.0), WidthType::Dxa)
}

fn grid(table: &Table, inner: f32) -> WordTable {
    let whole: f32 = table.columns.iter().map(|column| column.share).sum::<f32>().max(f32::MIN_POSITIVE);
    let widths: Vec<usize> = table.columns.iter().map(|column| part(inner, column.share / whole)).collect();
    let cell = |text: &str, at: usize, heading: bool| {
        let mut words = run(text);
        if heading {
            words = words.bold().size(17).color(GREY);
        }
        let mut paragraph = spaced(Paragraph::new().add_run(words), 30, 30);
        if table.columns.get(at).is_some_and(|column| column.right) {
            paragraph = paragraph.align(AlignmentType::Right);
        }
        let width = widths.get(at).copied().unwrap_or(1);
        TableCell::new().width(width, WidthType::Dxa).add_paragraph(paragraph)
    };
    let headings = table.columns.iter().enumerate().map(|(at, column)| cell(&column.heading, at, true));
    let mut rows = vec![TableRow::new(headings.collect()).cant_split()];
    rows.extend(table.rows.iter().map(|row| {
        TableRow::new(row.iter().enumerate().map(|(at, text)| cell(text, at, false)).collect()).cant_split()
    }));
    let rule = |position| TableBorder::new(position).border_type(BorderType::Single).size(4).color("C9D1D6");
    let borders = TableBorders::with_empty()
        .set(rule(TableBorderPosition::Bottom))
        .set(rule(TableBorderPosition::InsideH));
    WordTable::without_borders(rows)
        .set_grid(widths.clone())
        .layout(TableLayoutType::Fixed)
        .width(part(inner, 1.0), WidthType::Dxa)
        .set_borders(borders)
}

fn footer(paper: &Paper, inner: f32) -> Footer {
    let right = Tab::new().val(TabValueType::Right).pos(part(inner, 1.0));
    let words = Paragraph::new()
        .add_tab(right)
        .add_run(small(&paper.footer.replace('\n', " ")))
        .add_run(Run::new().add_tab())
        .add_run(small("Page "))
        .add_page_num(PageNum::new())
        .add_run(small(" of "))
        .add_num_pages(NumPages::new());
    Footer::new().add_paragraph(words.size(17).color(GREY))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::papers::{Letterhead, PaperSize, TableColumn};

    fn part(printed: &Printed, name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(&printed.bytes)).expect("a document");
        let mut text = String::new();
        archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
        text
    }

    #[test]
    fn letters_begin_on_a_page_each() {
        let letter = |to: &str| Paper {
            look: Look::Letter,
            letterhead: Letterhead { name: "Harborview".into(), lines: Vec::new() },
            blocks: vec![
                Block::Paragraph(format!("Dear {to},")),
                Block::Closing { farewell: "Warmly,".into(), signed: "Maren".into() },
            ],
            ..Paper::default()
        };
        let all = ["Ann", "Ben", "Cem"].map(letter);
        let printed = word_of_many(all.into_iter(), |_| ControlFlow::Continue(()));
        let printed = printed.expect("a document").expect("not stopped");
        assert!(part(&printed, "word/styles.xml").contains("w:line=\"288\""), "lines stand apart");
        let text = part(&printed, "word/document.xml");
        assert!(text.contains("w:tblCellMar"), "the letterhead is flush with the words");
        assert_eq!(text.matches("w:pageBreakBefore").count(), 2);
        assert_eq!(text.matches("Dear ").count(), 3);
        let stopped = word_of_many(["Ann", "Ben"].map(letter).into_iter(), |_| ControlFlow::Break(()));
        assert_eq!(stopped.expect("no failure"), None);
    }

    #[test]
    fn a_document_holds_every_word_and_nothing_that_breaks_it() {
        let columns = vec![TableColumn::words("Partner", 1.0), TableColumn::numbers("n", 1.0)];
        let paper = Paper {
            title: "Letter".into(),
            letterhead: Letterhead { name: "Harborview".into(), lines: vec!["12 Quay Street".into()] },
            size: PaperSize::A4,
            look: Look::Record,
            blocks: vec![
                Block::Address(vec!["Zoë Núñez, MD".into(), "4 Shore Road".into()]),
                Block::Title("Referral".into()),
                Block::Notice("URGENT & <now>\u{1}".into()),
                Block::Facts(vec![("Patient".into(), "Anna".into())]),
                Block::Checklist(vec![("there".into(), true)]),
                Block::Table(Table { columns, rows: vec![vec!["Pine".into(), "3".into()]] }),
                Block::NewPage,
                Block::Heading("After".into()),
                Block::Signature("Maren Okafor".into()),
            ],
            footer: "Harborview".into(),
        };
        let printed = word(&paper).expect("a document");
        let text = part(&printed, "word/document.xml");
        for words in
            ["Harborview", "12 Quay Street", "Zoë Núñez, MD", "Referral", "Anna", "☒", "Pine", "Maren Okafor"]
        {
            assert!(text.contains(words), "{words}");
        }
        assert!(text.contains("URGENT &amp; &lt;now&gt;") && !text.contains('\u{1}'));
        assert!(text.contains("w:pageBreakBefore"));
        let footer = part(&printed, "word/footer1.xml");
        assert!(footer.contains("PAGE") && footer.contains("NUMPAGES"));
    }
}
