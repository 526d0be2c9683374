//! The four exports of the invented practice are read to their truth, exactly.

use super::super::*;
use crate::exchange::import::row::*;
use chrono::NaiveDate;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/exports"))
}

fn truth() -> Value {
    let text = std::fs::read_to_string(folder().join("truth.json")).expect("truth.json");
    serde_json::from_str(&text).expect("truth.json is JSON")
}

/// One line of truth_rows.csv: record, class, reason, referrer, date, outcome, amount.
struct TrueRow {
    record: u32,
    class: String,
    reason: String,
    referrer: String,
    date: String,
    outcome: String,
    amount: String,
    npi: String,
}

fn true_rows(file: &str) -> Vec<TrueRow> {
    let text = std::fs::read_to_string(folder().join("truth_rows.csv")).expect("truth_rows.csv");
    text.lines()
        .skip(1)
        .map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>())
        .filter(|cells| cells[0] == file)
        .map(|mut cells| TrueRow {
            record: cells[1].parse().expect("a number"),
            class: std::mem::take(&mut cells[3]),
            reason: std::mem::take(&mut cells[4]),
            referrer: std::mem::take(&mut cells[5]),
            date: std::mem::take(&mut cells[6]),
            outcome: std::mem::take(&mut cells[7]),
            amount: std::mem::take(&mut cells[8]),
            npi: std::mem::take(&mut cells[11]),
        })
        .collect()
}

fn read(file: &str) -> (Understood, ReadResult) {
    let source = open_source(&folder().join(file), &Limits::default()).expect("the file opens");
    let understood = understand(&source, &Overrides::default()).expect("the file is understood");
    assert_eq!(understood.view.ambiguities, [], "{file}: nothing is left to ask");
    let as_of = NaiveDate::from_ymd_opt(2026, 10, 31).expect("a day");
    let result =
        read_rows(&source, &understood, &understood.mapping, as_of, &mut |_| ControlFlow::Continue(()))
            .expect("the rows are read");
    (understood, result)
}

fn code(channel: Channel) -> &'static str {
    match channel {
        Channel::SelfReferred => "CH-SELF",
        Channel::InternetSearch => "CH-GOOGLE",
        Channel::UnnamedFriend => "CH-FRIEND",
        Channel::Website => "CH-WEB",
        Channel::InsuranceDirectory => "CH-INS",
        Channel::Unknown => "CH-UNKNOWN",
        Channel::Advert | Channel::Event | Channel::WalkIn => "another channel",
    }
}

fn outcome(row: &ReferralRow) -> &'static str {
    match row.outcome {
        Some(Outcome::Scheduled) => "scheduled",
        Some(Outcome::Seen) => "seen",
        Some(Outcome::NoShow) => "no-show",
        Some(Outcome::Declined) => "declined",
        Some(Outcome::Lost) => "lost",
        None => "unknown",
    }
}

fn count(truth: &Value, pointer: &str) -> u32 {
    u32::try_from(truth.pointer(pointer).and_then(Value::as_u64).unwrap_or_else(|| panic!("{pointer}")))
        .expect("small")
}

fn assert_layout(file: &str, truth: &Value, understood: &Understood, result: &ReadResult) {
    let view = &understood.view;
    assert_eq!(view.header_record, count(truth, "/header_record"), "{file}: header");
    assert_eq!(view.records, count(truth, "/records/total"), "{file}: records");
    assert_eq!(view.preamble.len() as u32, count(truth, "/records/preamble"), "{file}: preamble");
    assert_eq!(view.blank, count(truth, "/records/blank"), "{file}: blank");
    assert_eq!(view.totals.len() as u32, count(truth, "/records/totals"), "{file}: totals");
    assert_eq!(view.footers.len() as u32, count(truth, "/records/footer"), "{file}: footers");
    assert_eq!(
        view.repeated_headers.len() as u32,
        count(truth, "/records/repeated_header"),
        "{file}: repeated headers"
    );
    assert_eq!(view.rows, count(truth, "/data_rows"), "{file}: rows foreseen");
    assert_eq!(result.rows, count(truth, "/data_rows"), "{file}: rows read");
    let rejected: Vec<(u32, String)> =
        result.rejected.iter().map(|reject| (reject.record, reject.reason.code().to_owned())).collect();
    let expected: Vec<(u32, String)> = truth["rejected"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|reject| {
            (
                u32::try_from(reject["record"].as_u64().expect("a record")).expect("small"),
                reject["reason"].as_str().expect("a reason").to_owned(),
            )
        })
        .collect();
    assert_eq!(rejected, expected, "{file}: rejected");
}

#[test]
fn each_referral_export_is_read_to_its_truth() {
    let truth = truth();
    for file in ["01_openemr_referrals_report.csv", "02_suitecrm_leads.csv", "03_webpt_referrals.xlsx"] {
        let (understood, result) = read(file);
        assert_layout(file, &truth["files"][file], &understood, &result);
        let rows: BTreeMap<u32, &ReferralRow> =
            result.referrals.iter().map(|row| (row.record, row)).collect();
        let has_status = !truth["files"][file]["outcome_column"].is_null();
        let mut kept = 0;
        for expected in true_rows(file).iter().filter(|row| row.class != "rejected") {
            let record = expected.record;
            let row = rows.get(&record).unwrap_or_else(|| panic!("{file} {record} is missing"));
            kept += 1;
            assert_eq!(row.direction, Direction::Inbound, "{file} {record}");
            assert_eq!(row.received_on.to_string(), expected.date, "{file} {record}: date");
            if has_status {
                assert_eq!(outcome(row), expected.outcome, "{file} {record}: outcome");
            }
            let amount =
                row.amount_cents.map_or(String::new(), |cents| format!("{}.{:02}", cents / 100, cents % 100));
            assert_eq!(amount, expected.amount, "{file} {record}: amount");
            match row.channel {
                Some(channel) => {
                    assert_eq!(code(channel), expected.referrer, "{file} {record}: channel")
                }
                None => {
                    assert!(
                        !expected.referrer.starts_with("CH-"),
                        "{file} {record} is {}",
                        expected.referrer
                    );
                    assert!(
                        row.referrer.as_ref().is_some_and(|referrer| !referrer.text.is_empty()),
                        "{file} {record}: referrer"
                    );
                }
            }
            if let Some(referrer) = &row.referrer {
                let state = match &referrer.npi {
                    NpiCell::Valid(_) => "ok",
                    NpiCell::Refused(_) => "bad_check_digit",
                    NpiCell::Missing => "missing",
                };
                if matches!(expected.npi.as_str(), "ok" | "bad_check_digit" | "missing") {
                    assert_eq!(state, expected.npi, "{file} {record}: NPI");
                }
            }
            assert!(row.patient.name.is_some(), "{file} {record}: patient");
        }
        assert_eq!(kept, result.referrals.len(), "{file}: no row too many");
        assert!(result.contacts.is_empty());
    }
}

#[test]
fn the_columns_of_each_export_are_found() {
    type Columns = &'static [(&'static str, Field)];
    let cases: [(&str, &str, Columns); 4] = [
        (
            "01_openemr_referrals_report.csv",
            "UTF-8 with BOM",
            &[
                ("Refer By", Field::Referrer),
                ("Refer To (Org / Person)", Field::ReferredTo),
                ("Refer Date", Field::ReceivedOn),
                ("Patient", Field::Patient),
                ("ID", Field::PatientChart),
                ("Reason", Field::Reason),
                ("Service", Field::Service),
            ],
        ),
        (
            "02_suitecrm_leads.csv",
            "Windows-1252",
            &[
                ("First Name", Field::PatientGiven),
                ("Last Name", Field::PatientFamily),
                ("Account Name", Field::ReferrerPractice),
                ("Status", Field::Status),
                ("Lead Source", Field::SourceClass),
                ("Description", Field::Notes),
                ("Opportunity Name", Field::Reason),
                ("Opportunity Amount", Field::Amount),
                ("Referred By", Field::Referrer),
                ("Birthdate", Field::PatientBorn),
                ("Date Created", Field::ReceivedOn),
                ("Referring NPI", Field::ReferrerNpi),
                ("Insurance", Field::Payer),
            ],
        ),
        (
            "03_webpt_referrals.xlsx",
            "XLSX",
            &[
                ("Referral Received Date", Field::ReceivedOn),
                ("Patient Name", Field::Patient),
                ("Patient ID", Field::PatientChart),
                ("Referral Type", Field::SourceClass),
                ("Referral Source", Field::SourceClass),
                ("Referral Contact", Field::Referrer),
                ("Referring Physician NPI", Field::ReferrerNpi),
                ("Physician Practice", Field::ReferrerPractice),
                ("Practice Phone", Field::ReferrerPhone),
                ("Practice City", Field::ReferrerCity),
                ("Practice ZIP", Field::ReferrerZip),
                ("Diagnosis", Field::Reason),
                ("Initial Evaluation Date", Field::SeenOn),
                ("Insurance", Field::Payer),
                ("Referral Status", Field::Status),
                ("Charges", Field::Amount),
            ],
        ),
        (
            "04_outlook_contacts.csv",
            "Windows-1252",
            &[
                ("First Name", Field::ReferrerGiven),
                ("Middle Name", Field::ReferrerMiddle),
                ("Last Name", Field::ReferrerFamily),
                ("Suffix", Field::ReferrerCredentials),
                ("Company", Field::ReferrerPractice),
                ("Job Title", Field::JobTitle),
                ("Business Street", Field::ReferrerStreet),
                ("Business Street 2", Field::ReferrerStreet),
                ("Business Street 3", Field::ReferrerStreet),
                ("Business City", Field::ReferrerCity),
                ("Business State", Field::ReferrerState),
                ("Business Postal Code", Field::ReferrerZip),
                ("Business Fax", Field::ReferrerFax),
                ("Business Phone", Field::ReferrerPhone),
                ("Business Phone 2", Field::ReferrerPhone),
                ("Company Main Phone", Field::ReferrerPhone),
                ("Mobile Phone", Field::ReferrerPhone),
                ("Categories", Field::Category),
                ("E-mail Address", Field::ReferrerEmail),
                ("Notes", Field::Notes),
                ("User 1", Field::ReferrerNpi),
            ],
        ),
    ];
    for (file, encoding, columns) in cases {
        let (understood, _) = read(file);
        assert_eq!(understood.view.encoding, encoding, "{file}");
        let used: Vec<(String, Field)> = understood
            .view
            .columns
            .iter()
            .filter(|column| column.guess != Field::Ignore && !column.samples.is_empty())
            .map(|column| (column.name.clone(), column.guess))
            .collect();
        let expected: Vec<(String, Field)> = columns
            .iter()
            .filter(|(name, _)| {
                understood
                    .view
                    .columns
                    .iter()
                    .any(|column| column.name == *name && !column.samples.is_empty())
            })
            .map(|(name, field)| ((*name).to_owned(), *field))
            .collect();
        assert_eq!(used, expected, "{file}");
    }
}

#[test]
fn the_contacts_are_read_to_their_truth() {
    let file = "04_outlook_contacts.csv";
    let truth = truth();
    let (understood, result) = read(file);
    assert_eq!(result.kind, TableKind::Contacts);
    assert_layout(file, &truth["files"][file], &understood, &result);
    assert!(result.referrals.is_empty());
    let rows: BTreeMap<u32, &ContactRow> = result.contacts.iter().map(|row| (row.record, row)).collect();
    let mut kept = 0;
    for expected in true_rows(file).iter().filter(|row| row.class != "rejected") {
        let contact = rows.get(&expected.record).unwrap_or_else(|| panic!("{} is missing", expected.record));
        kept += 1;
        let has_npi = matches!(contact.party.npi, NpiCell::Valid(_));
        assert_eq!(has_npi, expected.npi.starts_with("ok"), "{}: NPI", expected.record);
    }
    assert_eq!(kept, result.contacts.len());
    assert!(
        result.rejected.iter().all(|reject| !reject.detail.is_empty() && reject.reason.code() == "no_name"),
        "{:?}",
        true_rows(file)
            .iter()
            .filter(|row| row.class == "rejected")
            .map(|row| &row.reason)
            .collect::<Vec<_>>()
    );
}
