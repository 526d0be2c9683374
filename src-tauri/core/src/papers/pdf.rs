//! A paper as PDF.

use std::num::NonZeroU16;
use std::ops::ControlFlow;

use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Accessibility, Configuration, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, TableHeaderScope, Tag,
    TagGroup, TagKind, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::ink::Weight;
use super::layout::{Ink, Kind, Laid, Mark, Placed, lay};
use super::paper::{Paper, PaperSize};
use super::{PaperError, Printed};

/// Turns a paper into a PDF that carries its font and its structure. In memory; no file is touched.
///
/// # Errors
/// [`PaperError::NotMade`] if the writer refuses it.
pub fn pdf(paper: &Paper) -> Result<Printed, PaperError> {
    let title = if paper.title.is_empty() { "Paper" } else { &paper.title };
    let mut writer = Writer::new()?;
    writer.add(&lay(paper), paper.size, title)?;
    writer.finish(title)
}

/// Turns papers into one PDF, each beginning on a sheet of its own; the outline names each by its title. `each` is told how many
/// are done and stops the work by `Break`: then nothing comes back. In memory; no file is touched.
///
/// # Errors
/// [`PaperError::NotMade`] if the writer refuses one.
pub fn pdf_of_many(
    title: &str,
    papers: impl Iterator<Item = Paper>,
    mut each: impl FnMut(u32) -> ControlFlow<()>,
) -> Result<Option<Printed>, PaperError> {
    let mut writer = Writer::new()?;
    for (done, paper) in (1..).zip(papers) {
        writer.add(&lay(&paper), paper.size, &paper.title)?;
        if each(done).is_break() {
            return Ok(None);
        }
    }
    writer.finish(title).map(Some)
}

/// A PDF that is being written, paper by paper.
pub(super) struct Writer {
    document: Document,
    fonts: Fonts,
    tree: TagTree,
    outline: Outline,
    sheets: usize,
    missing: u32,
}

impl Writer {
    pub(super) fn new() -> Result<Self, PaperError> {
        let not_made = |what: &str| PaperError::NotMade(what.to_owned());
        let settings = SerializeSettings { configuration: accessible()?, ..SerializeSettings::default() };
        let fonts = Fonts {
            regular: Font::new(Weight::Regular.data().into(), 0).ok_or_else(|| not_made("font"))?,
            strong: Font::new(Weight::Strong.data().into(), 0).ok_or_else(|| not_made("font"))?,
        };
        Ok(Self {
            document: Document::new_with(settings),
            fonts,
            tree: TagTree::new(),
            outline: Outline::new(),
            sheets: 0,
            missing: 0,
        })
    }

    /// Adds what was laid out, on sheets of that size. The outline has its headings, or `title` where it has none.
    pub(super) fn add(&mut self, laid: &Laid, size: PaperSize, title: &str) -> Result<(), PaperError> {
        let (width, height) = size.points();
        let mut drawn = vec![Vec::new(); laid.parts.len()];
        for sheet in &laid.sheets {
            let settings = PageSettings::from_wh(width, height);
            let settings = settings.ok_or_else(|| PaperError::NotMade("size".into()))?;
            let mut page = self.document.start_page_with(settings);
            let mut surface = page.surface();
            for placed in sheet {
                draw(&mut surface, placed, &self.fonts, &mut drawn)?;
            }
            surface.finish();
            page.finish();
        }
        let mut mark = |text: &str, sheet, y| {
            let at = XyzDestination::new(sheet, Point::from_xy(0.0, y));
            self.outline.push_child(OutlineNode::new(text.to_owned(), at));
        };
        if laid.landmarks.is_empty() {
            mark(title, self.sheets, 0.0);
        }
        laid.landmarks.iter().for_each(|found| mark(&found.text, self.sheets + found.sheet, found.y));
        tags(laid, drawn, &mut self.tree);
        self.sheets += laid.sheets.len();
        self.missing += laid.missing;
        Ok(())
    }

    pub(super) fn finish(mut self, title: &str) -> Result<Printed, PaperError> {
        let named = Metadata::new().title(title.to_owned()).language("en-US".to_owned());
        self.document.set_metadata(named.creator("Baton".to_owned()));
        self.document.set_outline(self.outline);
        self.document.set_tag_tree(self.tree);
        let bytes = self.document.finish().map_err(|error| PaperError::NotMade(format!("{error:?}")))?;
        let pages = u32::try_from(self.sheets).unwrap_or(u32::MAX);
        Ok(Printed { bytes, pages, missing: self.missing })
    }
}

/// Refuses to write what a screen reader could not read (PDF/UA-1).
fn accessible() -> Result<Configuration, PaperError> {
    ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| PaperError::NotMade("configuration".into()))
}

struct Fonts {
    regular: Font,
    strong: Font,
}

fn draw(
    surface: &mut Surface<'_>,
    placed: &Placed,
    fonts: &Fonts,
    drawn: &mut [Vec<Identifier>],
) -> Result<(), PaperError> {
    let tag = match placed.part {
        Some(_) => ContentTag::Span(SpanTag::empty()),
        None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)),
    };
    let id = surface.start_tagged(tag);
    match &placed.mark {
        Mark::Text { x, y, size, weight, ink, text } => {
            let font = match weight {
                Weight::Regular => &fonts.regular,
                Weight::Strong => &fonts.strong,
            };
            let glyphs: Vec<KrillaGlyph> = text
                .char_indices()
                .filter_map(|(at, letter)| {
                    let found = weight.letter(letter)?;
                    let range = at..at + letter.len_utf8();
                    Some(KrillaGlyph::new(GlyphId::new(found.glyph), found.width, 0.0, 0.0, 0.0, range, None))
                })
                .collect();
            surface.set_stroke(None);
            surface.set_fill(Some(filled(*ink)));
            surface.draw_glyphs(Point::from_xy(*x, *y), &glyphs, font.clone(), text, *size, false);
        }
        Mark::Area { x, y, width, height, ink } => {
            surface.set_stroke(None);
            surface.set_fill(Some(filled(*ink)));
            rectangle(surface, *x, *y, *width, *height)?;
        }
        Mark::Frame { x, y, width, height, ink } => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke { paint: colour(*ink).into(), width: 0.8, ..Stroke::default() }));
            rectangle(surface, *x, *y, *width, *height)?;
        }
    }
    surface.end_tagged();
    if let Some(part) = placed.part {
        drawn[part].push(id);
    }
    Ok(())
}

fn rectangle(surface: &mut Surface<'_>, x: f32, y: f32, width: f32, height: f32) -> Result<(), PaperError> {
    let mut path = PathBuilder::new();
    let rect = Rect::from_xywh(x, y, width, height).ok_or_else(|| PaperError::NotMade("rectangle".into()))?;
    path.push_rect(rect);
    let path = path.finish().ok_or_else(|| PaperError::NotMade("rectangle".into()))?;
    surface.draw_path(&path);
    Ok(())
}

fn colour((red, green, blue): Ink) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

fn filled(ink: Ink) -> Fill {
    Fill { paint: colour(ink).into(), opacity: NormalizedF32::ONE, rule: FillRule::default() }
}

/// The structure of the paper, in the order it is read.
fn tags(laid: &Laid, drawn: Vec<Vec<Identifier>>, tree: &mut TagTree) {
    let mut within: Vec<Vec<usize>> = vec![Vec::new(); laid.parts.len()];
    let mut top = Vec::new();
    for (at, part) in laid.parts.iter().enumerate() {
        match part.within {
            Some(parent) => within[parent].push(at),
            None => top.push(at),
        }
    }
    let mut drawn: Vec<Option<Vec<Identifier>>> = drawn.into_iter().map(Some).collect();
    for part in top {
        if let Some(group) = group(laid, &within, &mut drawn, part) {
            tree.push(group);
        }
    }
}

fn group(
    laid: &Laid,
    within: &[Vec<usize>],
    drawn: &mut [Option<Vec<Identifier>>],
    part: usize,
) -> Option<TagGroup> {
    let level = |level| NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
    let title = laid.parts[part].title.clone();
    let kind: TagKind = match laid.parts[part].kind {
        Kind::Paragraph => Tag::P.into(),
        Kind::Title => Tag::Hn(level(1), title).into(),
        Kind::Heading => Tag::Hn(level(2), title).into(),
        Kind::List => Tag::L(ListNumbering::Disc).into(),
        Kind::Item => Tag::LI.into(),
        Kind::Bullet => Tag::Lbl.into(),
        Kind::Body => Tag::LBody.into(),
        Kind::Table => Tag::Table.into(),
        Kind::Row => Tag::TR.into(),
        Kind::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
        Kind::RowHead => Tag::TH(TableHeaderScope::Row).into(),
        Kind::Cell => Tag::TD.into(),
    };
    let mut children: Vec<Node> =
        drawn[part].take().unwrap_or_default().into_iter().map(Node::from).collect();
    for child in &within[part] {
        children.extend(group(laid, within, drawn, *child).map(Node::from));
    }
    // An empty cell keeps its place in the row; anything else without content is nothing.
    let keeps = matches!(laid.parts[part].kind, Kind::Cell | Kind::ColumnHead | Kind::RowHead);
    (keeps || !children.is_empty()).then(|| TagGroup::with_children(kind, children))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::papers::{Block, Letterhead, Look, PaperSize, Table, TableColumn};

    fn paper(blocks: Vec<Block>) -> Paper {
        Paper {
            title: "Letter".into(),
            letterhead: Letterhead {
                name: "Harborview Orthopedics".into(),
                lines: vec!["12 Quay Street".into(), "Phone (207) 555-0142".into()],
            },
            blocks,
            footer: "Harborview Orthopedics".into(),
            ..Paper::default()
        }
    }

    /// Every kind of block.
    pub(super) fn everything() -> Vec<Block> {
        let rows =
            (0..90).map(|n| vec![format!("Partner {n}"), "words that go on ".repeat(n % 7), n.to_string()]);
        let columns = vec![
            TableColumn::words("Partner", 2.0),
            TableColumn::words("Note", 4.0),
            TableColumn::numbers("n", 1.0),
        ];
        vec![
            Block::Address(vec!["Zoë Núñez-Łukasiewicz, MD".into(), "4 Shore Road".into()]),
            Block::Title("Referral".into()),
            Block::Notice("URGENT. Please see this patient within days.".into()),
            Block::Facts(vec![("Patient".into(), "Anna".into()), ("Reason".into(), "pain ".repeat(60))]),
            Block::Heading("A part".into()),
            Block::Paragraph("A paragraph.\nWith a second line.".into()),
            Block::List(vec!["one".into(), "two ".repeat(70)]),
            Block::Checklist(vec![("there".into(), true), ("missing".into(), false)]),
            Block::Table(Table { columns, rows: rows.collect() }),
            Block::Signature("Maren Okafor".into()),
            Block::Closing { farewell: "Warmly,".into(), signed: "Maren Okafor\nHarborview".into() },
            Block::Remark("Confidential.".into()),
            Block::NewPage,
            Block::Gap(20.0),
            Block::Paragraph(String::new()),
        ]
    }

    #[test]
    fn every_block_passes_the_check_for_screen_readers_on_both_sizes() {
        for size in [PaperSize::Letter, PaperSize::A4] {
            let printed = pdf(&Paper { size, ..paper(everything()) }).expect("a pdf");
            assert!(printed.bytes.starts_with(b"%PDF-1.7"));
            assert!((4..=9).contains(&printed.pages), "{}", printed.pages);
            assert_eq!(printed.missing, 0);
        }
    }

    #[test]
    fn many_papers_are_one_file_that_passes_the_check_and_stops_when_asked() {
        let letters = || (0..40).map(|_| Paper { look: Look::Letter, ..paper(everything()) });
        let alone = pdf(&letters().next().expect("a letter")).expect("a pdf");
        let mut told = Vec::new();
        let many = pdf_of_many("Letters", letters(), |done| {
            told.push(done);
            ControlFlow::Continue(())
        });
        let many = many.expect("a pdf").expect("not stopped");
        assert_eq!(many.pages, alone.pages * 40);
        assert!(many.bytes.len() < alone.bytes.len() * 40, "one font for all");
        assert_eq!(told, (1..=40).collect::<Vec<u32>>());
        let stopped = pdf_of_many("Letters", letters(), |done| {
            if done == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(stopped.expect("no failure"), None);
    }

    #[test]
    fn the_same_paper_is_the_same_file() {
        let made = || pdf(&paper(everything())).expect("a pdf").bytes;
        assert_eq!(made(), made());
    }

    #[test]
    fn letters_without_a_sign_are_counted_and_an_empty_paper_is_a_page() {
        let printed = pdf(&paper(vec![Block::Paragraph("伊藤, MD".into())])).expect("a pdf");
        assert_eq!((printed.pages, printed.missing), (1, 2));
        assert_eq!(pdf(&Paper::default()).expect("a pdf").pages, 1);
    }

    #[test]
    fn a_word_and_a_cell_longer_than_a_page_still_end() {
        let long = "x".repeat(9_000);
        let columns = vec![TableColumn::words("A", 1.0), TableColumn::words("B", 1.0)];
        let table = Table { columns, rows: vec![vec![long.clone(), long.clone()]] };
        let blocks = vec![
            Block::Paragraph(long.clone()),
            Block::Notice(long.clone()),
            Block::Facts(vec![(long.clone(), long)]),
            Block::Table(table),
        ];
        assert!(pdf(&paper(blocks)).expect("a pdf").pages > 4);
    }
}
