//! A paper as PDF.

use std::num::NonZeroU16;

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
use super::paper::Paper;
use super::{PaperError, Printed};

/// Turns a paper into a PDF that carries its font and its structure. In memory; no file is touched.
///
/// # Errors
/// [`PaperError::NotMade`] if the writer refuses it.
pub fn pdf(paper: &Paper) -> Result<Printed, PaperError> {
    let laid = lay(paper);
    let not_made = |what: &str| PaperError::NotMade(what.to_owned());
    let settings = SerializeSettings { configuration: accessible()?, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let fonts = Fonts {
        regular: Font::new(Weight::Regular.data().into(), 0).ok_or_else(|| not_made("font"))?,
        strong: Font::new(Weight::Strong.data().into(), 0).ok_or_else(|| not_made("font"))?,
    };
    let (width, height) = paper.size.points();
    let mut drawn = vec![Vec::new(); laid.parts.len()];
    for sheet in &laid.sheets {
        let settings = PageSettings::from_wh(width, height).ok_or_else(|| not_made("size"))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for placed in sheet {
            draw(&mut surface, placed, &fonts, &mut drawn)?;
        }
        surface.finish();
        page.finish();
    }
    let title = if paper.title.is_empty() { "Paper" } else { &paper.title };
    document.set_metadata(
        Metadata::new().title(title.to_owned()).language("en-US".to_owned()).creator("Baton".to_owned()),
    );
    document.set_outline(outline(&laid, title));
    document.set_tag_tree(tags(&laid, drawn));
    let bytes = document.finish().map_err(|error| PaperError::NotMade(format!("{error:?}")))?;
    let pages = u32::try_from(laid.sheets.len()).unwrap_or(u32::MAX);
    Ok(Printed { bytes, pages, missing: laid.missing })
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

fn outline(laid: &Laid, title: &str) -> Outline {
    let mut outline = Outline::new();
    let mut add = |text: &str, sheet, y| {
        outline.push_child(OutlineNode::new(text.to_owned(), XyzDestination::new(sheet, Point::from_xy(0.0, y))));
    };
    if laid.landmarks.is_empty() {
        add(title, 0, 0.0);
    }
    laid.landmarks.iter().for_each(|mark| add(&mark.text, mark.sheet, mark.y));
    outline
}

/// The structure of the paper, in the order it is read.
fn tags(laid: &Laid, drawn: Vec<Vec<Identifier>>) -> TagTree {
    let mut within: Vec<Vec<usize>> = vec![Vec::new(); laid.parts.len()];
    let mut top = Vec::new();
    for (at, part) in laid.parts.iter().enumerate() {
        match part.within {
            Some(parent) => within[parent].push(at),
            None => top.push(at),
        }
    }
    let mut drawn: Vec<Option<Vec<Identifier>>> = drawn.into_iter().map(Some).collect();
    let mut tree = TagTree::new();
    for part in top {
        if let Some(group) = group(laid, &within, &mut drawn, part) {
            tree.push(group);
        }
    }
    tree
}

fn group(
    laid: &Laid,
    within: &[Vec<usize>],
    drawn: &mut [Option<Vec<Identifier>>],
    part: usize,
) -> Option<TagGroup> {
    let level = |level| NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
    let kind: TagKind = match laid.parts[part].kind {
        Kind::Paragraph => Tag::P.into(),
        Kind::Title => Tag::Hn(level(1), None).into(),
        Kind::Heading => Tag::Hn(level(2), None).into(),
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
    let mut children: Vec<Node> = drawn[part].take().unwrap_or_default().into_iter().map(Node::from).collect();
    for child in &within[part] {
        children.extend(group(laid, within, drawn, *child).map(Node::from));
    }
    // An empty cell keeps its place in the row; anything else without content is nothing.
    let keeps = matches!(laid.parts[part].kind, Kind::Cell | Kind::ColumnHead | Kind::RowHead);
    (keeps || !children.is_empty()).then(|| TagGroup::with_children(kind, children))
}
