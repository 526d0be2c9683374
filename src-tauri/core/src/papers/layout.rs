//! Where everything on a paper stands: blocks flow down the sheets, and each mark knows what it is a part of.

mod labels;

use super::ink::{Weight, lines, writable};
use super::paper::{Block, Look, Paper, Table};

pub(super) use labels::lay_labels;

const SIDE: f32 = 62.0;
const LETTER_SIDE: f32 = 72.0;
const TOP: f32 = 50.0;
const BOTTOM: f32 = 64.0;
/// An address as the first block begins here, for the window of an envelope.
const WINDOW: f32 = 146.0;

/// Room for a signature.
const BY_HAND: f32 = 42.0;

/// The height of a line, in sizes.
const LINE: f32 = 1.42;
const BODY: f32 = 10.0;
const SMALL: f32 = 8.5;

/// A colour, red, green and blue.
pub(super) type Ink = (u8, u8, u8);
const BLACK: Ink = (0x1c, 0x24, 0x29);
const GREY: Ink = (0x55, 0x60, 0x68);
const HAIR: Ink = (0xc9, 0xd1, 0xd6);
const ACCENT: Ink = (0x10, 0x60, 0x76);
const TINT: Ink = (0xec, 0xf4, 0xf7);

/// Something drawn. Points from the top left corner.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    /// A line of text; `y` is its baseline.
    Text { x: f32, y: f32, size: f32, weight: Weight, ink: Ink, text: String },
    /// A filled rectangle, a rule among them.
    Area { x: f32, y: f32, width: f32, height: f32, ink: Ink },
    /// An empty box.
    Frame { x: f32, y: f32, width: f32, height: f32, ink: Ink },
}

/// A mark and the part of the paper it belongs to; none: it only adorns.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) mark: Mark,
    pub(super) part: Option<usize>,
}

/// What a part of a paper is, to whoever has it read to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Paragraph,
    Title,
    Heading,
    List,
    Item,
    Bullet,
    Body,
    Table,
    Row,
    ColumnHead,
    RowHead,
    Cell,
}

/// A part of a paper within another, or at the top.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) kind: Kind,
    /// The words of a heading.
    pub(super) title: Option<String>,
    pub(super) within: Option<usize>,
}

/// A heading, for the outline: its words, its sheet and how far down.
pub(super) struct Landmark {
    pub(super) text: String,
    pub(super) sheet: usize,
    pub(super) y: f32,
}

/// A paper laid out.
pub(super) struct Laid {
    pub(super) sheets: Vec<Vec<Placed>>,
    pub(super) parts: Vec<Part>,
    pub(super) landmarks: Vec<Landmark>,
    pub(super) missing: u32,
}

struct Flow {
    laid: Laid,
    width: f32,
    height: f32,
    y: f32,
    look: Look,
    side: f32,
    /// How words look that are nothing in particular.
    plain: Style,
}

/// How a run of lines looks.
#[derive(Clone, Copy)]
struct Style {
    size: f32,
    weight: Weight,
    ink: Ink,
}

const WORDS: Style = Style { size: BODY, weight: Weight::Regular, ink: BLACK };
const LETTER: Style = Style { size: 11.0, weight: Weight::Regular, ink: BLACK };
const LABEL: Style = Style { size: BODY, weight: Weight::Regular, ink: GREY };
const REMARK: Style = Style { size: SMALL, weight: Weight::Regular, ink: GREY };
const STRONG: Style = Style { size: BODY, weight: Weight::Strong, ink: BLACK };
const HEADING: Style = Style { size: 11.0, weight: Weight::Strong, ink: ACCENT };
const TITLE: Style = Style { size: 18.0, weight: Weight::Strong, ink: BLACK };
const COLUMN: Style = Style { size: SMALL, weight: Weight::Strong, ink: GREY };
const PRACTICE: Style = Style { size: 13.0, weight: Weight::Strong, ink: ACCENT };

/// Lays a paper out.
pub(super) fn lay(paper: &Paper) -> Laid {
    let (width, height) = paper.size.points();
    let laid = Laid { sheets: vec![Vec::new()], parts: Vec::new(), landmarks: Vec::new(), missing: 0 };
    let (side, plain) = match paper.look {
        Look::Record => (SIDE, WORDS),
        Look::Letter => (LETTER_SIDE, LETTER),
    };
    let mut flow = Flow { laid, width, height, y: TOP, look: paper.look, side, plain };
    flow.letterhead(paper);
    for (at, block) in paper.blocks.iter().enumerate() {
        if at == 0 && matches!(block, Block::Address(_)) {
            flow.y = flow.y.max(WINDOW);
        }
        flow.block(block);
    }
    flow.feet(paper);
    flow.laid
}

impl Flow {
    fn inner(&self) -> f32 {
        self.width - 2.0 * self.side
    }

    fn part(&mut self, kind: Kind, within: Option<usize>) -> usize {
        self.laid.parts.push(Part { kind, title: None, within });
        self.laid.parts.len() - 1
    }

    fn clean(&mut self, text: &str) -> String {
        let (text, missing) = writable(text.trim());
        self.laid.missing += missing;
        text
    }

    fn put(&mut self, mark: Mark, part: Option<usize>) {
        if let Some(sheet) = self.laid.sheets.last_mut() {
            sheet.push(Placed { mark, part });
        }
    }

    fn next_sheet(&mut self) {
        self.laid.sheets.push(Vec::new());
        self.y = TOP;
    }

    /// Goes to the next sheet unless so much room is left on this one.
    fn need(&mut self, height: f32) {
        if self.y + height > self.height - BOTTOM && self.y > TOP {
            self.next_sheet();
        }
    }

    /// One line at a place; `top` is its upper edge.
    fn line(&mut self, text: String, x: f32, top: f32, style: Style, part: Option<usize>) {
        if text.is_empty() {
            return;
        }
        let y = top + style.size * (LINE - 1.21) / 2.0 + style.size * 0.969;
        let Style { size, weight, ink } = style;
        self.put(Mark::Text { x, y, size, weight, ink, text }, part);
    }

    /// Lines one below the other, on as many sheets as it takes.
    fn run(&mut self, text: &str, x: f32, width: f32, style: Style, part: Option<usize>) {
        for line in lines(text, style.weight, style.size, width) {
            self.need(style.size * LINE);
            self.line(line, x, self.y, style, part);
            self.y += style.size * LINE;
        }
    }

    fn area(&mut self, x: f32, y: f32, width: f32, height: f32, ink: Ink) {
        self.put(Mark::Area { x, y, width, height, ink }, None);
    }

    fn letterhead(&mut self, paper: &Paper) {
        let head = &paper.letterhead;
        if head.name.trim().is_empty() {
            return;
        }
        let name = self.clean(&head.name);
        let part = self.part(Kind::Paragraph, None);
        let (left, right) = (self.side, self.width - self.side);
        let top = self.y;
        self.run(&name, left, self.inner() * 0.5, PRACTICE, Some(part));
        let under = self.y;
        self.y = top + 1.5;
        for line in &head.lines {
            let line = self.clean(line);
            let width = REMARK.weight.width(&line, REMARK.size);
            let part = self.part(Kind::Paragraph, None);
            self.line(line, (right - width).max(left), self.y, REMARK, Some(part));
            self.y += REMARK.size * LINE;
        }
        self.y = self.y.max(under) + 8.0;
        self.area(left, self.y, self.inner(), 0.8, ACCENT);
        self.y += 20.0;
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Title(text) => self.heading(text, Kind::Title, TITLE, (0.0, 8.0)),
            Block::Heading(text) => self.heading(text, Kind::Heading, HEADING, (10.0, 4.0)),
            Block::Address(lines) => {
                let part = self.part(Kind::Paragraph, None);
                for line in lines {
                    let line = self.clean(line);
                    self.run(&line, self.side, self.inner() * 0.6, self.plain, Some(part));
                }
                self.y += 20.0;
            }
            Block::Paragraph(text) => {
                self.words(text, self.plain, if self.look == Look::Letter { 11.0 } else { 7.0 });
            }
            Block::Remark(text) => self.words(text, REMARK, 6.0),
            Block::Notice(text) => self.notice(text),
            Block::Facts(facts) => self.facts(facts),
            Block::List(items) => self.list(items.iter().map(|item| (item.as_str(), None))),
            Block::Checklist(items) => {
                self.list(items.iter().map(|(item, ticked)| (item.as_str(), Some(*ticked))));
            }
            Block::Table(table) => self.table(table),
            Block::Signature(below) => {
                self.need(52.0);
                self.y += 34.0;
                self.area(self.side, self.y, 210.0, 0.6, GREY);
                self.y += 3.0;
                self.words(below, REMARK, 6.0);
            }
            Block::Closing { farewell, signed } => self.closing(farewell, signed),
            Block::Gap(points) => self.y += points,
            Block::NewPage => self.next_sheet(),
        }
    }

    fn heading(&mut self, text: &str, kind: Kind, style: Style, (before, after): (f32, f32)) {
        let text = self.clean(text);
        // Never alone at the foot of a sheet.
        self.need(before + style.size * LINE + 3.0 * BODY * LINE);
        if self.y > TOP {
            self.y += before;
        }
        let part = self.part(kind, None);
        let (sheet, y) = (self.laid.sheets.len() - 1, self.y);
        self.laid.parts[part].title = Some(text.replace('\n', " "));
        self.laid.landmarks.push(Landmark { text: text.replace('\n', " "), sheet, y });
        self.run(&text, self.side, self.inner(), style, Some(part));
        self.y += after;
    }

    fn words(&mut self, text: &str, style: Style, after: f32) {
        let text = self.clean(text);
        let part = self.part(Kind::Paragraph, None);
        self.run(&text, self.side, self.inner(), style, Some(part));
        self.y += after;
    }

    fn closing(&mut self, farewell: &str, signed: &str) {
        let under = lines(&writable(signed).0, self.plain.weight, self.plain.size, self.inner()).len();
        let line = self.plain.size * LINE;
        self.need(line * (1 + under) as f32 + BY_HAND);
        self.words(farewell, self.plain, BY_HAND);
        self.words(signed, self.plain, 6.0);
    }

    fn notice(&mut self, text: &str) {
        let text = self.clean(text);
        let found = lines(&text, WORDS.weight, WORDS.size, self.inner() - 28.0);
        let line = WORDS.size * LINE;
        let part = self.part(Kind::Paragraph, None);
        self.y += 3.0;
        let mut rest = found.into_iter().peekable();
        while rest.peek().is_some() {
            self.need(16.0 + line);
            let room = ((self.height - BOTTOM - self.y - 16.0) / line).floor().max(1.0);
            let room = if room.is_finite() { room as usize } else { 1 };
            let here: Vec<String> = rest.by_ref().take(room).collect();
            let height = 16.0 + line * here.len() as f32;
            self.area(self.side, self.y, self.inner(), height, TINT);
            self.area(self.side, self.y, 3.0, height, ACCENT);
            for (at, text) in here.into_iter().enumerate() {
                self.line(text, self.side + 16.0, self.y + 8.0 + line * at as f32, WORDS, Some(part));
            }
            self.y += height;
        }
        self.y += 10.0;
    }

    fn facts(&mut self, facts: &[(String, String)]) {
        let table = self.part(Kind::Table, None);
        let labels = facts.iter().map(|(label, _)| LABEL.weight.width(label, LABEL.size));
        let column = labels.fold(70.0, f32::max).min(self.inner() * 0.4) + 18.0;
        for (label, value) in facts {
            let (label, value) = (self.clean(label), self.clean(value));
            let row = self.part(Kind::Row, Some(table));
            let (head, cell) = (self.part(Kind::RowHead, Some(row)), self.part(Kind::Cell, Some(row)));
            let cells = [
                (lines(&label, LABEL.weight, LABEL.size, column - 12.0), self.side, LABEL, head),
                (
                    lines(&value, WORDS.weight, WORDS.size, self.inner() - column),
                    self.side + column,
                    WORDS,
                    cell,
                ),
            ];
            self.row(&cells, 2.0);
        }
        self.y += 6.0;
    }

    /// Cells beside each other. A row stays together where it fits on a sheet.
    fn row(&mut self, cells: &[(Vec<String>, f32, Style, usize)], after: f32) {
        let line = cells.iter().map(|(.., style, _)| style.size * LINE).fold(0.0, f32::max);
        let height = cells.iter().map(|(lines, ..)| lines.len()).max().unwrap_or(0);
        if line * height as f32 <= self.height - TOP - BOTTOM {
            self.need(line * height as f32);
        }
        for at in 0..height {
            self.need(line);
            for (lines, x, style, part) in cells {
                if let Some(text) = lines.get(at) {
                    self.line(text.clone(), *x, self.y, *style, Some(*part));
                }
            }
            self.y += line;
        }
        self.y += after;
    }

    fn list<'a>(&mut self, items: impl Iterator<Item = (&'a str, Option<bool>)>) {
        let list = self.part(Kind::List, None);
        for (text, ticked) in items {
            let text = self.clean(text);
            self.need(BODY * LINE);
            let item = self.part(Kind::Item, Some(list));
            let bullet = self.part(Kind::Bullet, Some(item));
            let body = self.part(Kind::Body, Some(item));
            match ticked {
                None => self.line("•".to_owned(), self.side + 4.0, self.y, WORDS, Some(bullet)),
                Some(ticked) => {
                    let side = 8.0;
                    let y = self.y + (BODY * LINE - side) / 2.0;
                    let frame = Mark::Frame { x: self.side + 2.0, y, width: side, height: side, ink: GREY };
                    self.put(frame, None);
                    if ticked {
                        self.line("✓".to_owned(), self.side + 2.2, self.y - 0.6, STRONG, Some(bullet));
                    }
                }
            }
            self.run(&text, self.side + 18.0, self.inner() - 18.0, WORDS, Some(body));
            self.y += 2.0;
        }
        self.y += 6.0;
    }

    fn table(&mut self, table: &Table) {
        let whole: f32 = table.columns.iter().map(|column| column.share).sum();
        if whole <= 0.0 {
            return;
        }
        let part = self.part(Kind::Table, None);
        let mut x = self.side;
        let mut columns = Vec::new();
        for column in &table.columns {
            let width = self.inner() * column.share / whole;
            columns.push((x, width - 10.0, column.right));
            x += width;
        }
        let headings: Vec<String> = table.columns.iter().map(|column| column.heading.clone()).collect();
        self.need(4.0 * BODY * LINE);
        self.table_row(&headings, &columns, COLUMN, (part, Some(Kind::ColumnHead)));
        for cells in &table.rows {
            let sheets = self.laid.sheets.len();
            let height = self.height_of(cells, &columns);
            self.need(height);
            if self.laid.sheets.len() > sheets {
                // The heading again, for the eye; whoever hears the table knows its columns.
                self.table_row(&headings, &columns, COLUMN, (part, None));
            }
            self.table_row(cells, &columns, WORDS, (part, Some(Kind::Cell)));
        }
        self.y += 8.0;
    }

    fn height_of(&self, cells: &[String], columns: &[(f32, f32, bool)]) -> f32 {
        let rows = cells
            .iter()
            .zip(columns)
            .map(|(text, (_, width, _))| lines(text, WORDS.weight, WORDS.size, *width).len());
        rows.max().unwrap_or(1) as f32 * WORDS.size * LINE + 7.0
    }

    fn table_row(
        &mut self,
        cells: &[String],
        columns: &[(f32, f32, bool)],
        style: Style,
        (table, kind): (usize, Option<Kind>),
    ) {
        let row = kind.is_some().then(|| self.part(Kind::Row, Some(table)));
        let mut all: Vec<(Vec<String>, f32, bool, Option<usize>)> = Vec::new();
        for (text, (x, width, right)) in cells.iter().zip(columns) {
            let text = self.clean(text);
            let part = kind.clone().map(|kind| self.part(kind, row));
            let found = lines(&text, style.weight, style.size, *width);
            all.push((found, if *right { x + width } else { *x }, *right, part));
        }
        let height = all.iter().map(|(lines, ..)| lines.len()).max().unwrap_or(0);
        for at in 0..height {
            self.need(style.size * LINE);
            for (lines, x, right, part) in &all {
                let Some(text) = lines.get(at) else { continue };
                let back = if *right { style.weight.width(text, style.size) } else { 0.0 };
                self.line(text.clone(), x - back, self.y, style, *part);
            }
            self.y += style.size * LINE;
        }
        self.y += 3.0;
        let heavy = style.weight == Weight::Strong;
        self.area(
            self.side,
            self.y,
            self.inner(),
            if heavy { 0.9 } else { 0.5 },
            if heavy { GREY } else { HAIR },
        );
        self.y += 3.5;
    }

    /// The foot of each sheet, once it is known how many there are.
    fn feet(&mut self, paper: &Paper) {
        let footer = self.clean(&paper.footer);
        let total = self.laid.sheets.len();
        let (width, top, side) = (self.width, self.height - 42.0, self.side);
        let unmarked = usize::from(paper.look == Look::Letter);
        for (at, sheet) in self.laid.sheets.iter_mut().enumerate().skip(unmarked) {
            let number = format!("Page {} of {total}", at + 1);
            let across = REMARK.weight.width(&number, REMARK.size);
            let first = lines(&footer, REMARK.weight, REMARK.size, width - 2.0 * side - across - 20.0);
            let y = top + REMARK.size;
            for (x, text) in
                [(side, first.into_iter().next().unwrap_or_default()), (width - side - across, number)]
            {
                if !text.is_empty() {
                    let Style { size, weight, ink } = REMARK;
                    sheet.push(Placed { mark: Mark::Text { x, y, size, weight, ink, text }, part: None });
                }
            }
        }
    }
}
