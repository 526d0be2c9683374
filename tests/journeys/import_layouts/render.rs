//! The same rows in another program's layout.

use std::collections::HashMap;

use chrono::NaiveDate;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::truth::{Day, Fact, facts};

/// What a column of a layout holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Col {
    Who,
    WhoUpper,
    WhoGiven,
    WhoFamily,
    WhoCredentials,
    Practice,
    Npi,
    Received,
    Patient,
    PatientNatural,
    PatientGiven,
    PatientFamily,
    Chart,
    Born,
    Status,
    Amount,
    Reason,
    Payer,
    /// The same word in every row.
    Say(&'static str),
}

/// How texts are enclosed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quotes {
    Needed,
    Always,
    Backslash,
}

/// Where the referrer stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Grouped {
    /// In every row.
    No,
    /// In a row above its rows, behind this label; a sum below them.
    Under(&'static str),
    /// In one cell merged over its rows.
    Merged,
}

/// How a workbook holds its cells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Book {
    /// Dates formatted so, numbers as numbers.
    Dates(&'static str),
    /// Numbers of days without a format, from 1900.
    Serials,
    /// Everything as text.
    Texts,
}

/// A layout.
#[derive(Clone, Debug)]
pub struct Layout {
    pub name: &'static str,
    pub file: &'static str,
    pub columns: Vec<(&'static str, Col)>,
    pub day: fn(NaiveDate) -> String,
    pub born: fn(NaiveDate) -> String,
    pub amount: fn(i64) -> String,
    /// The words for seen, scheduled, no-show and declined.
    pub status: [&'static str; 4],
    pub npi: fn(&str) -> String,
    pub delimiter: &'static str,
    pub encoding: &'static str,
    pub newline: &'static str,
    pub quotes: Quotes,
    pub before: Vec<&'static str>,
    pub after: Vec<&'static str>,
    /// After how many rows the header comes again, with a page footer and an empty line.
    pub pages: usize,
    /// After how many rows an empty line comes.
    pub gaps: usize,
    pub grouped: Grouped,
    pub book: Option<Book>,
    pub reversed: bool,
}

pub const PLAIN_WORDS: [&str; 4] = ["Seen", "Scheduled", "No Show", "Declined"];

pub fn points(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn thousands(whole: i64, mark: &str) -> String {
    if whole < 1000 { whole.to_string() } else { format!("{}{mark}{:03}", whole / 1000, whole % 1000) }
}

pub fn dollars(cents: i64) -> String {
    format!("${}.{:02}", thousands(cents / 100, ","), cents % 100)
}

pub fn commas(cents: i64) -> String {
    format!("{},{:02}", thousands(cents / 100, "."), cents % 100)
}

pub fn iso(day: NaiveDate) -> String {
    day.to_string()
}

impl Layout {
    pub fn new(name: &'static str, file: &'static str, columns: &[(&'static str, Col)]) -> Self {
        Self {
            name,
            file,
            columns: columns.to_vec(),
            day: |day| day.format("%m/%d/%Y").to_string(),
            born: |day| day.format("%m/%d/%Y").to_string(),
            amount: points,
            status: PLAIN_WORDS,
            npi: str::to_owned,
            delimiter: ",",
            encoding: "utf-8",
            newline: "\r\n",
            quotes: Quotes::Needed,
            before: Vec::new(),
            after: Vec::new(),
            pages: 0,
            gaps: 0,
            grouped: Grouped::No,
            book: None,
            reversed: false,
        }
    }

    pub fn has(&self, wanted: Col) -> bool {
        self.columns.iter().any(|(_, col)| *col == wanted)
    }

    fn cell(&self, fact: &Fact, col: Col) -> String {
        match col {
            Col::Who => fact.who.clone(),
            Col::WhoUpper => fact.who.to_uppercase(),
            Col::WhoGiven => fact.given.clone(),
            Col::WhoFamily => fact.family.clone(),
            Col::WhoCredentials => fact.credentials.clone(),
            Col::Practice => fact.practice.clone(),
            Col::Npi => {
                if fact.npi.is_empty() {
                    String::new()
                } else {
                    (self.npi)(&fact.npi)
                }
            }
            Col::Received => match &fact.day {
                Day::On(day) => (self.day)(*day),
                Day::Words(words) => words.clone(),
            },
            Col::Patient => format!("{}, {}", fact.patient_family, fact.patient_given),
            Col::PatientNatural => format!("{} {}", fact.patient_given, fact.patient_family),
            Col::PatientGiven => fact.patient_given.clone(),
            Col::PatientFamily => fact.patient_family.clone(),
            Col::Chart => fact.chart.clone(),
            Col::Born => fact.born.map(self.born).unwrap_or_default(),
            Col::Status => match fact.outcome.as_str() {
                "seen" => self.status[0],
                "scheduled" => self.status[1],
                "no-show" => self.status[2],
                "declined" => self.status[3],
                _ => "",
            }
            .to_owned(),
            Col::Amount => fact.cents.map(self.amount).unwrap_or_default(),
            Col::Reason => fact.reason_text.clone(),
            Col::Payer => fact.payer.clone(),
            Col::Say(word) => word.to_owned(),
        }
    }

    /// The rows in the order of the file, those of one spelling of a referrer together if they are grouped.
    fn ordered(&self) -> Vec<Fact> {
        let mut rows = facts(self.file);
        if self.reversed {
            rows.reverse();
            settle_copies(&mut rows);
        }
        if self.grouped != Grouped::No {
            rows.sort_by(|a, b| a.who.trim().cmp(b.who.trim()));
            settle_copies(&mut rows);
        }
        rows
    }

    /// The file, and what is true of each of its records.
    pub fn render(&self) -> (Vec<u8>, HashMap<u32, Fact>) {
        let mut lines: Vec<Vec<String>> = self.before.iter().map(|line| vec![(*line).to_owned()]).collect();
        let header: Vec<String> = self.columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        lines.push(header.clone());
        let mut truth = HashMap::new();
        let mut group = String::new();
        let mut spans: Vec<(u32, u32)> = Vec::new();
        let mut in_group = 0;
        for (at, fact) in self.ordered().into_iter().enumerate() {
            if self.pages > 0 && at > 0 && at % self.pages == 0 {
                lines.push(vec![format!("Page {} of 40", at / self.pages)]);
                lines.push(Vec::new());
                lines.push(header.clone());
            }
            if self.gaps > 0 && at > 0 && at % self.gaps == 0 {
                lines.push(Vec::new());
            }
            let who = fact.who.trim().to_owned();
            if let Grouped::Under(label) = self.grouped
                && (at == 0 || who != group)
            {
                if at > 0 {
                    lines.push(vec!["Subtotal".to_owned(), in_group.to_string()]);
                }
                lines.push(vec![format!("{label}{who}")]);
                in_group = 0;
            }
            if self.grouped == Grouped::Merged {
                let record = lines.len() as u32 + 1;
                match spans.last_mut() {
                    Some(last) if at > 0 && who == group && !who.is_empty() => last.1 = record,
                    _ => spans.push((record, record)),
                }
            }
            in_group += 1;
            group = who;
            lines.push(self.columns.iter().map(|(_, col)| self.cell(&fact, *col)).collect());
            truth.insert(lines.len() as u32, fact);
        }
        lines.extend(self.after.iter().map(|line| line.split('~').map(str::to_owned).collect()));
        let bytes = match self.book {
            Some(book) => self.workbook(book, &lines, &truth, &spans),
            None => self.text(&lines),
        };
        (bytes, truth)
    }

    fn text(&self, lines: &[Vec<String>]) -> Vec<u8> {
        let mut text = String::new();
        for line in lines {
            let cells: Vec<String> = line.iter().map(|cell| self.quoted(cell)).collect();
            text.push_str(&cells.join(self.delimiter));
            text.push_str(self.newline);
        }
        match self.encoding {
            "utf-8" => text.into_bytes(),
            "utf-8-bom" => format!("\u{feff}{text}").into_bytes(),
            "utf-16le" => {
                [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
            }
            "utf-16be" => {
                [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
            }
            label => {
                let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("an encoding");
                encoding.encode(&text).0.into_owned()
            }
        }
    }

    fn quoted(&self, cell: &str) -> String {
        let needed = cell.contains(['"', '\n', '\r']) || cell.contains(self.delimiter);
        match self.quotes {
            Quotes::Backslash => {
                format!("\"{}\"", cell.replace('\\', "\\\\").replace('"', "\\\"").replace('\'', "\\'"))
            }
            Quotes::Needed if !needed => cell.to_owned(),
            _ => format!("\"{}\"", cell.replace('"', "\"\"")),
        }
    }

    fn workbook(
        &self,
        book: Book,
        lines: &[Vec<String>],
        truth: &HashMap<u32, Fact>,
        spans: &[(u32, u32)],
    ) -> Vec<u8> {
        let mut workbook = Workbook::new();
        let cover = workbook.add_worksheet();
        cover.set_name("Cover").expect("a name");
        cover.write_string(0, 0, "Referral report").expect("a cell");
        let sheet = workbook.add_worksheet();
        sheet.set_name("Data").expect("a name");
        let date = Format::new().set_num_format(match book {
            Book::Dates(format) => format,
            _ => "General",
        });
        for (row, line) in lines.iter().enumerate() {
            let record = row as u32 + 1;
            let fact = truth.get(&record);
            for (column, cell) in line.iter().enumerate() {
                let (row, at) = (row as u32, column as u16);
                let col = fact.map(|_| self.columns[column].1);
                let day = match (fact.map(|fact| &fact.day), col) {
                    (Some(Day::On(day)), Some(Col::Received)) => Some(*day),
                    (_, Some(Col::Born)) => fact.and_then(|fact| fact.born),
                    _ => None,
                };
                if cell.is_empty() {
                    continue;
                }
                if self.grouped == Grouped::Merged
                    && matches!(col, Some(Col::Who))
                    && spans.iter().any(|(from, to)| (*from..=*to).contains(&record))
                {
                    continue;
                }
                match (book, day, col) {
                    (Book::Dates(_), Some(day), _) => {
                        let day = ExcelDateTime::parse_from_str(&day.to_string()).expect("a day");
                        sheet.write_datetime_with_format(row, at, day, &date).expect("a cell");
                    }
                    (Book::Serials, Some(day), _) => {
                        let first = NaiveDate::from_ymd_opt(1899, 12, 30).expect("a day");
                        sheet.write_number(row, at, (day - first).num_days() as f64).expect("a cell");
                    }
                    (Book::Dates(_) | Book::Serials, _, Some(Col::Npi | Col::Chart | Col::Amount)) => {
                        match cell.parse::<f64>() {
                            Ok(number) => sheet.write_number(row, at, number).expect("a cell"),
                            Err(_) => sheet.write_string(row, at, cell).expect("a cell"),
                        };
                    }
                    _ => {
                        sheet.write_string(row, at, cell).expect("a cell");
                    }
                }
            }
        }
        if self.grouped == Grouped::Merged {
            let column =
                self.columns.iter().position(|(_, col)| *col == Col::Who).expect("a referrer") as u16;
            for (from, to) in spans {
                let who = truth[from].who.trim();
                if from == to {
                    sheet.write_string(from - 1, column, who).expect("a cell");
                } else {
                    sheet
                        .merge_range(from - 1, column, to - 1, column, who, &Format::new())
                        .expect("a range");
                }
            }
        }
        workbook.save_to_buffer().expect("a workbook")
    }
}

/// Of rows that are equal in every cell the first is valid.
fn settle_copies(rows: &mut [Fact]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for at in 0..rows.len() {
        let row = &rows[at];
        if row.class != "valid" && row.reason != "duplicate_row" {
            continue;
        }
        let key = format!(
            "{:?} {} {} {} {} {} {} {} {:?} {:?}",
            row.day,
            row.who,
            row.chart,
            row.patient_given,
            row.patient_family,
            row.practice,
            row.npi,
            row.reason_text,
            row.born,
            row.cents
        );
        let first = *seen.entry(key).or_insert(at);
        if first != at && rows[at].class == "valid" {
            let (class, reason) = (rows[first].class.clone(), rows[first].reason.clone());
            rows[at].class = class;
            rows[at].reason = reason;
            rows[first].class = "valid".into();
            rows[first].reason = String::new();
        }
    }
}
