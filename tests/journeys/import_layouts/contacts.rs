//! The address book in the layouts of other programs.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use baton_core::exchange::import::row::{NpiCell, TableKind};
use baton_core::exchange::import::{Decisions, ImportFile, PlanGroup, commit, plan};
use baton_core::testing::practice;

use super::read;
use super::truth::path;

type Card = HashMap<String, String>;

/// A column of a layout: its heading and what it holds of a card.
type Column = (&'static str, fn(&Card) -> String);

struct Book {
    name: &'static str,
    columns: Vec<Column>,
    delimiter: char,
    newline: &'static str,
}

fn of(card: &Card, heading: &str) -> String {
    card[heading].clone()
}

fn full_name(card: &Card) -> String {
    ["Title", "First Name", "Middle Name", "Last Name"]
        .iter()
        .map(|part| card[*part].as_str())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn with_credentials(card: &Card) -> String {
    let name = full_name(card);
    if card["Suffix"].is_empty() || name.is_empty() { name } else { format!("{name}, {}", card["Suffix"]) }
}

fn phone(card: &Card) -> String {
    ["Business Phone", "Business Phone 2", "Company Main Phone", "Mobile Phone"]
        .iter()
        .map(|heading| of(card, heading))
        .find(|number| !number.is_empty())
        .unwrap_or_default()
}

fn nothing(_: &Card) -> String {
    String::new()
}

fn books() -> Vec<Book> {
    vec![
        Book {
            name: "google",
            delimiter: ',',
            newline: "\n",
            columns: vec![
                ("First Name", |card| of(card, "First Name")),
                ("Middle Name", |card| of(card, "Middle Name")),
                ("Last Name", |card| of(card, "Last Name")),
                ("Phonetic First Name", nothing),
                ("Name Prefix", |card| of(card, "Title")),
                ("Name Suffix", |card| of(card, "Suffix")),
                ("Nickname", nothing),
                ("File As", nothing),
                ("Organization Name", |card| of(card, "Company")),
                ("Organization Title", |card| of(card, "Job Title")),
                ("Organization Department", nothing),
                ("Birthday", nothing),
                ("Notes", |card| of(card, "Notes")),
                ("Labels", |_| "* myContacts".to_owned()),
                ("E-mail 1 - Label", |_| "Work".to_owned()),
                ("E-mail 1 - Value", |card| of(card, "E-mail Address")),
                ("Phone 1 - Label", |_| "Work".to_owned()),
                ("Phone 1 - Value", phone),
                ("Address 1 - Label", |_| "Work".to_owned()),
                ("Address 1 - Street", |card| of(card, "Business Street")),
                ("Address 1 - City", |card| of(card, "Business City")),
                ("Address 1 - Region", |card| of(card, "Business State")),
                ("Address 1 - Postal Code", |card| of(card, "Business Postal Code")),
                ("Custom Field 1 - Label", |_| "NPI".to_owned()),
                ("Custom Field 1 - Value", |card| of(card, "User 1")),
            ],
        },
        Book {
            name: "apple",
            delimiter: ',',
            newline: "\r\n",
            columns: vec![
                ("First name", |card| of(card, "First Name")),
                ("Middle name", |card| of(card, "Middle Name")),
                ("Last name", |card| of(card, "Last Name")),
                ("Suffix", |card| of(card, "Suffix")),
                ("Company", |card| of(card, "Company")),
                ("Job title", |card| of(card, "Job Title")),
                ("Work phone", phone),
                ("Work fax", |card| of(card, "Business Fax")),
                ("Work email", |card| of(card, "E-mail Address")),
                ("Work street", |card| of(card, "Business Street")),
                ("Work city", |card| of(card, "Business City")),
                ("Work state", |card| of(card, "Business State")),
                ("Work ZIP", |card| of(card, "Business Postal Code")),
                ("Note", |card| of(card, "Notes")),
                ("NPI", |card| of(card, "User 1")),
            ],
        },
        Book {
            name: "salesforce accounts",
            delimiter: ',',
            newline: "\r\n",
            columns: vec![
                ("Contact ID", nothing),
                ("Full Name", with_credentials),
                ("Account Name", |card| of(card, "Company")),
                ("Title", |card| of(card, "Job Title")),
                ("Phone", phone),
                ("Fax", |card| of(card, "Business Fax")),
                ("Email", |card| of(card, "E-mail Address")),
                ("Mailing Street", |card| of(card, "Business Street")),
                ("Mailing City", |card| of(card, "Business City")),
                ("Mailing State/Province", |card| of(card, "Business State")),
                ("Mailing Zip/Postal Code", |card| of(card, "Business Postal Code")),
                ("NPI Number", |card| of(card, "User 1")),
                ("Description", |card| of(card, "Notes")),
            ],
        },
        Book {
            name: "german outlook",
            delimiter: ';',
            newline: "\r\n",
            columns: vec![
                ("Anrede", |card| of(card, "Title")),
                ("Vorname", |card| of(card, "First Name")),
                ("Weitere Vornamen", |card| of(card, "Middle Name")),
                ("Nachname", |card| of(card, "Last Name")),
                ("Suffix", |card| of(card, "Suffix")),
                ("Firma", |card| of(card, "Company")),
                ("Position", |card| of(card, "Job Title")),
                ("Straße geschäftlich", |card| of(card, "Business Street")),
                ("Ort geschäftlich", |card| of(card, "Business City")),
                ("Region geschäftlich", |card| of(card, "Business State")),
                ("Postleitzahl geschäftlich", |card| of(card, "Business Postal Code")),
                ("Telefon geschäftlich", phone),
                ("Fax geschäftlich", |card| of(card, "Business Fax")),
                ("E-Mail-Adresse", |card| of(card, "E-mail Address")),
                ("Notizen", |card| of(card, "Notes")),
                ("Benutzer 1", |card| of(card, "User 1")),
            ],
        },
    ]
}

fn cards() -> Vec<(u32, Card)> {
    let bytes = std::fs::read(path("04_outlook_contacts.csv")).expect("the file");
    let text = encoding_rs::WINDOWS_1252.decode(&bytes).0.into_owned();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let rows = reader.records().enumerate().map(|(at, row)| {
        let row = row.expect("a row");
        (at as u32 + 2, header.iter().cloned().zip(row.iter().map(|cell| cell.trim().to_owned())).collect())
    });
    rows.collect()
}

/// The class of each record of the address book.
fn classes() -> HashMap<u32, String> {
    let mut reader = csv::Reader::from_path(path("truth_rows.csv")).expect("truth_rows.csv");
    reader
        .records()
        .map(|row| row.expect("a row"))
        .filter(|row| row[0].starts_with("04"))
        .map(|row| (row[1].parse().expect("a record"), row[3].to_owned()))
        .collect()
}

fn troubles(book: &Book) -> Vec<String> {
    let classes = classes();
    let delimiter = book.delimiter.to_string();
    let quoted = |cell: String| {
        if cell.contains(['"', '\n', book.delimiter]) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell
        }
    };
    let mut text: String = book.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(&delimiter);
    text.push_str(book.newline);
    let mut kept: Vec<(u32, u32, Card)> = Vec::new();
    for (record, card) in cards() {
        if classes.contains_key(&record) {
            let cells: Vec<String> = book.columns.iter().map(|(_, cell)| quoted(cell(&card))).collect();
            text.push_str(&cells.join(&delimiter));
            text.push_str(book.newline);
            kept.push((kept.len() as u32 + 2, record, card));
        }
    }
    let result = match read(text.into_bytes()) {
        Ok(result) => result,
        Err(error) => return vec![error],
    };
    let mut wrong = Vec::new();
    if result.kind != TableKind::Contacts || result.rows as usize != kept.len() {
        wrong.push(format!("{:?}, {} rows instead of {}", result.kind, result.rows, kept.len()));
    }
    let rows: HashMap<u32, _> = result.contacts.iter().map(|row| (row.record, row)).collect();
    for (at, record, card) in &kept {
        match (rows.get(at), classes[record] == "rejected") {
            (None, false) => wrong.push(format!("{at}: not read")),
            (Some(_), true) => wrong.push(format!("{at}: read although nobody is named")),
            (Some(row), false) => {
                let npi = match &row.party.npi {
                    NpiCell::Valid(npi) => npi.to_string(),
                    _ => String::new(),
                };
                if !card["User 1"].is_empty() && npi != card["User 1"] {
                    wrong.push(format!("{at}: NPI {npi} instead of {}", card["User 1"]));
                }
                let organisation = row.party.organisation.clone().unwrap_or_default();
                if organisation != card["Company"] {
                    wrong.push(format!("{at}: {organisation} instead of {}", card["Company"]));
                }
                if !phone(card).is_empty() && row.party.phones.is_empty() {
                    wrong.push(format!("{at}: no telephone"));
                }
            }
            (None, true) => {}
        }
    }
    let practice = practice("2026-11-02");
    let file = ImportFile { name: book.name.into(), sha256: vec![1; 32] };
    let go = &mut |_| ControlFlow::Continue(());
    let read = Arc::new(result);
    let planned = plan(&practice, &file, Arc::clone(&read), &Decisions::none(), go).expect("a plan");
    let twice: Vec<u32> =
        planned.summary().possible_duplicates.iter().map(|row| kept[row.record as usize - 2].1).collect();
    let mut expected: Vec<u32> = classes
        .iter()
        .filter(|(_, class)| *class == "duplicate_contact")
        .map(|(record, _)| *record)
        .collect();
    expected.sort_unstable();
    if twice != expected {
        wrong.push(format!("duplicates {twice:?} instead of {expected:?}"));
    }
    commit(&practice, &planned, go).expect("committed");
    let again = plan(&practice, &file, read, &Decisions::none(), go).expect("a plan");
    if !again.page(PlanGroup::New, None, 10).rows.is_empty() {
        wrong.push("the same book again adds somebody".to_owned());
    }
    wrong
}

#[test]
fn the_address_book_is_read_the_same_from_every_program() {
    let mut report = String::new();
    for book in books() {
        let wrong = troubles(&book);
        if !wrong.is_empty() {
            report.push_str(&format!(
                "{}: {} wrong\n    {}\n",
                book.name,
                wrong.len(),
                wrong.iter().take(6).cloned().collect::<Vec<_>>().join("\n    ")
            ));
        }
    }
    assert!(report.is_empty(), "\n{report}");
}
