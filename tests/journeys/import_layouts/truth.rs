//! The rows of the three exports of referrals with what is true of each, whatever layout they are written in.

use std::collections::HashMap;
use std::path::PathBuf;

use calamine::{Data, Reader, Xlsx, open_workbook};
use chrono::{Datelike, NaiveDate};
use serde_json::Value;

pub const OPENEMR: &str = "01_openemr_referrals_report.csv";
pub const LEADS: &str = "02_suitecrm_leads.csv";
pub const WEBPT: &str = "03_webpt_referrals.xlsx";

pub fn path(file: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/exports")).join(file)
}

/// The day of a row: a day, or what stands there instead.
#[derive(Clone, Debug)]
pub enum Day {
    On(NaiveDate),
    Words(String),
}

/// One row with what is true of it.
#[derive(Clone, Debug)]
pub struct Fact {
    /// `valid`, `rejected`, `possible_duplicate`.
    pub class: String,
    pub reason: String,
    /// The canonical referrer or channel.
    pub referrer: String,
    pub day: Day,
    pub outcome: String,
    pub cents: Option<i64>,
    /// As the original writes it.
    pub who: String,
    /// Given name with middle initial, family name and credentials of a clinician; otherwise the spelling is the family name.
    pub given: String,
    pub family: String,
    pub credentials: String,
    pub practice: String,
    pub npi: String,
    pub chart: String,
    pub patient_given: String,
    pub patient_family: String,
    pub born: Option<NaiveDate>,
    pub reason_text: String,
    pub payer: String,
}

struct True {
    class: String,
    reason: String,
    referrer: String,
    outcome: String,
    cents: Option<i64>,
}

fn truths(file: &str) -> HashMap<u32, True> {
    let mut rows = HashMap::new();
    let mut reader = csv::Reader::from_path(path("truth_rows.csv")).expect("truth_rows.csv");
    for row in reader.records() {
        let row = row.expect("a row");
        if &row[0] != file {
            continue;
        }
        let cents = row[8].parse::<f64>().ok().map(|amount| (amount * 100.0).round() as i64);
        rows.insert(
            row[1].parse().expect("a record"),
            True {
                class: row[3].into(),
                reason: row[4].into(),
                referrer: row[5].into(),
                outcome: row[7].into(),
                cents,
            },
        );
    }
    rows
}

/// The cells of a file by record and heading.
fn cells(file: &str) -> Vec<(u32, HashMap<String, Data>)> {
    if file == WEBPT {
        let mut book: Xlsx<_> = open_workbook(path(file)).expect("a workbook");
        let sheet = book.worksheet_range_at(0).expect("a sheet").expect("cells");
        let header: Vec<String> =
            sheet.rows().nth(5).expect("a header").iter().map(ToString::to_string).collect();
        return sheet
            .rows()
            .enumerate()
            .map(|(at, row)| (at as u32 + 1, header.iter().cloned().zip(row.iter().cloned()).collect()))
            .collect();
    }
    let bytes = std::fs::read(path(file)).expect("the file");
    let (text, builder) = if file == LEADS {
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(b';');
        (encoding_rs::WINDOWS_1252.decode(&bytes).0.into_owned(), builder)
    } else {
        let mut builder = csv::ReaderBuilder::new();
        builder.escape(Some(b'\\')).double_quote(false);
        (String::from_utf8(bytes).expect("UTF-8").trim_start_matches('\u{feff}').to_owned(), builder)
    };
    let mut reader = builder.from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    reader
        .records()
        .enumerate()
        .map(|(at, row)| {
            let row = row.expect("a row");
            let cells = header.iter().cloned().zip(row.iter().map(|cell| Data::String(cell.to_owned())));
            (at as u32 + 2, cells.collect())
        })
        .collect()
}

fn serial(number: f64) -> NaiveDate {
    NaiveDate::from_ymd_opt(1899, 12, 30).expect("a day") + chrono::Days::new(number as u64)
}

fn us_day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.get(..10).unwrap_or(text), "%m/%d/%Y").ok()
}

fn day_of(cell: &Data) -> Day {
    match cell {
        Data::Float(number) => Day::On(serial(*number)),
        Data::Int(number) => Day::On(serial(*number as f64)),
        Data::DateTime(value) => Day::On(serial(value.as_f64())),
        Data::String(text) => {
            let text = text.trim();
            let day = text.parse().ok().or_else(|| us_day(text));
            day.or_else(|| NaiveDate::parse_from_str(text, "%m/%d/%Y").ok())
                .map_or_else(|| Day::Words(text.to_owned()), Day::On)
        }
        _ => Day::Words(String::new()),
    }
}

/// All rows of a file with what is true of them, in the file's order.
pub fn facts(file: &str) -> Vec<Fact> {
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path("truth.json")).expect("truth.json"))
        .expect("JSON");
    let truths = truths(file);
    let mut facts = Vec::new();
    for (record, cells) in cells(file) {
        let Some(truth) = truths.get(&record) else { continue };
        let text = |heading: &str| cells.get(heading).map(ToString::to_string).unwrap_or_default();
        let card = &all["referrers"][&truth.referrer];
        let of_card = |field: &str| card[field].as_str().unwrap_or_default().to_owned();
        let (who, day, patient) = match file {
            OPENEMR => (text("Refer By"), day_of(&cells["Refer Date"]), text("Patient")),
            LEADS => (text("Referred By"), day_of(&cells["Date Created"]), String::new()),
            _ => (text("Referral Contact"), day_of(&cells["Referral Received Date"]), text("Patient Name")),
        };
        let (patient_given, patient_family) = match file {
            LEADS => (text("First Name"), text("Last Name")),
            OPENEMR => patient
                .rsplit_once(' ')
                .map_or((String::new(), patient.clone()), |(given, family)| (given.into(), family.into())),
            _ => patient
                .split_once(", ")
                .map_or((String::new(), patient.clone()), |(family, given)| (given.into(), family.into())),
        };
        let provider = truth.referrer.starts_with('P');
        let middle = of_card("middle");
        facts.push(Fact {
            class: truth.class.clone(),
            reason: truth.reason.clone(),
            referrer: truth.referrer.clone(),
            day,
            outcome: truth.outcome.clone(),
            cents: truth.cents,
            given: match (provider, middle.is_empty()) {
                (false, _) => String::new(),
                (true, true) => of_card("first"),
                (true, false) => format!("{} {middle}", of_card("first")),
            },
            family: if provider { of_card("last") } else { who.trim().to_owned() },
            credentials: if provider { of_card("credential") } else { String::new() },
            who,
            practice: text(if file == LEADS { "Account Name" } else { "Physician Practice" }),
            npi: text(if file == LEADS { "Referring NPI" } else { "Referring Physician NPI" }),
            chart: match file {
                OPENEMR => text("ID"),
                WEBPT => text("Patient ID"),
                _ => String::new(),
            },
            patient_given,
            patient_family,
            born: us_day(&text("Birthdate")),
            reason_text: match file {
                OPENEMR => text("Reason"),
                LEADS => text("Opportunity Name"),
                _ => text("Diagnosis"),
            },
            payer: text("Insurance"),
        });
    }
    facts
}

/// `1/2/2026` of a day.
pub fn short(day: NaiveDate) -> String {
    format!("{}/{}/{}", day.month(), day.day(), day.year())
}
