//! What stands on a paper.

/// The size of a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum PaperSize {
    /// 8½ × 11 inches.
    #[default]
    Letter,
    /// 210 × 297 mm.
    A4,
}

impl PaperSize {
    /// Width and height in points (1/72 inch).
    pub fn points(self) -> (f32, f32) {
        match self {
            Self::Letter => (612.0, 792.0),
            Self::A4 => (595.3, 841.9),
        }
    }
}

/// Whose paper it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letterhead {
    /// The practice.
    pub name: String,
    /// Where it is and how to reach it, a line each.
    pub lines: Vec<String>,
}

/// A table with a heading row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The columns.
    pub columns: Vec<TableColumn>,
    /// The rows; a cell a column.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableColumn {
    /// Its heading.
    pub heading: String,
    /// Its part of the width, beside the other columns' parts.
    pub share: f32,
    /// Numbers stand at the right.
    pub right: bool,
}

impl TableColumn {
    /// A column of words.
    pub fn words(heading: &str, share: f32) -> Self {
        Self { heading: heading.to_owned(), share, right: false }
    }

    /// A column of numbers.
    pub fn numbers(heading: &str, share: f32) -> Self {
        Self { heading: heading.to_owned(), share, right: true }
    }
}

/// A part of a paper, from top to bottom.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// What the paper is; once, at the top.
    Title(String),
    /// What a part is about.
    Heading(String),
    /// To whom, a line each. As the first block it stands where the window of an envelope shows it.
    Address(Vec<String>),
    /// Words; a line break stays one.
    Paragraph(String),
    /// A small remark in grey.
    Remark(String),
    /// Words nobody should miss, in a box.
    Notice(String),
    /// A label and what is known, a line each.
    Facts(Vec<(String, String)>),
    /// Items with a bullet.
    List(Vec<String>),
    /// Items with a box to tick; whether it is ticked.
    Checklist(Vec<(String, bool)>),
    /// A table.
    Table(Table),
    /// A line to sign on, with what stands below it.
    Signature(String),
    /// Words of farewell, room to sign by hand, and who signs; never parted by the end of a sheet.
    Closing {
        /// "Warmly,".
        farewell: String,
        /// Who signs, a line each.
        signed: String,
    },
    /// Room, in points.
    Gap(f32),
    /// Goes on on a new sheet.
    NewPage,
}

/// How a paper looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// Close-set, with the number of each page: slips, registers, lists.
    #[default]
    Record,
    /// A letter: larger, with more room; pages are numbered only from the second one on.
    Letter,
}

/// A paper.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paper {
    /// What programs show in their title bar. Name no patient here.
    pub title: String,
    /// Whose it is.
    pub letterhead: Letterhead,
    /// How large.
    pub size: PaperSize,
    /// How it looks.
    pub look: Look,
    /// What stands on it.
    pub blocks: Vec<Block>,
    /// What stands at the foot of each page, left of its number.
    pub footer: String,
}
