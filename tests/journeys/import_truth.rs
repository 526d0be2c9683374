//! The four exports of the invented practice, imported into a real file: every count as told, every referrer found, nobody mixed up.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use baton_core::exchange::import::reading::{Limits, Overrides, open_source, read_rows, understand};
use baton_core::exchange::import::row::ReadResult;
use baton_core::exchange::import::{
    Decisions, ImportFile, ImportPlan, ImportSummary, PlanGroup, commit, plan,
};
use baton_core::store::{StoreError, Written};
use baton_core::testing::{TestPractice, day, practice};
use serde_json::Value;

const OPENEMR: &str = "01_openemr_referrals_report.csv";
const LEADS: &str = "02_suitecrm_leads.csv";
const WEBPT: &str = "03_webpt_referrals.xlsx";
const CONTACTS: &str = "04_outlook_contacts.csv";

fn folder() -> PathBuf {
    let here = std::env::var("BATON_EXPORTS").map(PathBuf::from);
    here.unwrap_or_else(|_| {
        PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/exports"))
    })
}

fn truth() -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder().join("truth.json")).expect("truth.json"))
        .expect("JSON")
}

pub fn read(file: &str) -> Arc<ReadResult> {
    let source = open_source(&folder().join(file), &Limits::default()).expect("the file opens");
    let understood = understand(&source, &Overrides::default()).expect("the file is understood");
    Arc::new(
        read_rows(&source, &understood, &understood.mapping, day("2026-10-31"), &mut |_| {
            ControlFlow::Continue(())
        })
        .expect("rows"),
    )
}

pub fn planned(practice: &TestPractice, file: &str, decisions: &Decisions) -> ImportPlan {
    let name = ImportFile { name: file.into(), sha256: vec![1; 32] };
    plan(practice, &name, read(file), decisions, &mut |_| ControlFlow::Continue(())).expect("a plan")
}

pub fn import(practice: &TestPractice, file: &str) -> Written<ImportSummary> {
    let plan = planned(practice, file, &Decisions::none());
    commit(practice, &plan, &mut |_| ControlFlow::Continue(())).expect("committed")
}

/// One line of truth_rows.csv.
struct TrueRow {
    record: u32,
    class: String,
    referrer: String,
    form: String,
}

fn true_rows(file: &str) -> Vec<TrueRow> {
    let text = std::fs::read_to_string(folder().join("truth_rows.csv")).expect("truth_rows.csv");
    text.lines()
        .map(|line| line.split(',').collect::<Vec<_>>())
        .filter(|cells| cells[0] == file)
        .map(|cells| TrueRow {
            record: cells[1].parse().expect("a number"),
            class: cells[3].into(),
            referrer: cells[5].into(),
            form: cells[10].into(),
        })
        .collect()
}

/// Whom the practice's file credits with each record of each imported file.
fn credited(practice: &TestPractice) -> HashMap<(String, u32), String> {
    practice
        .read(|conn| {
            let mut statement = conn.prepare(
                "SELECT i.file_name, r.import_record, hex(ifnull(r.from_person_id, r.from_partner_id)) FROM referral r JOIN import_run i ON i.id = r.import_id",
            )?;
            let rows = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
            Ok::<_, StoreError>(rows.collect::<Result<_, _>>()?)
        })
        .expect("referrals")
}

struct Score {
    wrong: Vec<String>,
    links: usize,
    found: usize,
    by_form: BTreeMap<String, (usize, usize)>,
    missed: Vec<String>,
}

/// Imports the files in order and compares whom each row was credited to.
fn score(files: &[&str]) -> Score {
    let practice = practice("2026-11-02");
    let mut contacts: HashMap<(String, u32), String> = HashMap::new();
    for file in files {
        let plan = planned(&practice, file, &Decisions::none());
        if *file == CONTACTS {
            for row in plan.page(PlanGroup::All, None, u32::MAX).rows {
                let who = match (row.person, row.partner) {
                    (Some(person), _) => person.to_string(),
                    (None, Some(partner)) => partner.to_string(),
                    _ => continue,
                };
                contacts.insert((CONTACTS.into(), row.record), who.replace('-', "").to_uppercase());
            }
        }
        commit(&practice, &plan, &mut |_| ControlFlow::Continue(())).expect("committed");
    }
    let mut who = credited(&practice);
    who.extend(contacts);
    let mut of_entity: HashMap<&str, HashSet<String>> = HashMap::new();
    let mut of_truth: HashMap<String, HashMap<&str, usize>> = HashMap::new();
    let mut rows = Vec::new();
    for file in files {
        for row in true_rows(file) {
            let person_of_business = *file == CONTACTS && !row.referrer.starts_with(['P', 'S']);
            if row.referrer.is_empty()
                || row.referrer.starts_with("CH")
                || row.class == "rejected"
                || row.class == "possible_duplicate"
                || person_of_business
            {
                continue;
            }
            let Some(entity) = who.get(&((*file).to_owned(), row.record)) else {
                panic!("{file} {} was not imported", row.record)
            };
            of_entity.entry(entity).or_default().insert(row.referrer.clone());
            *of_truth.entry(row.referrer.clone()).or_default().entry(entity).or_default() += 1;
            rows.push((*file, row, entity));
        }
    }
    let mut score = Score {
        wrong: of_entity.values().filter(|ids| ids.len() > 1).map(|ids| format!("{ids:?}")).collect(),
        links: 0,
        found: 0,
        by_form: BTreeMap::new(),
        missed: Vec::new(),
    };
    for (file, row, entity) in &rows {
        let home = of_truth[&row.referrer]
            .iter()
            .max_by_key(|(entity, n)| (**n, **entity))
            .map(|(entity, _)| *entity);
        let hit = home == Some(entity.as_str());
        score.links += 1;
        score.found += usize::from(hit);
        let form = score.by_form.entry(format!("{} {}", &file[..2], row.form)).or_default();
        form.0 += usize::from(hit);
        form.1 += 1;
        if !hit {
            score.missed.push(format!("{} {} {}", &file[..2], row.record, row.referrer));
        }
    }
    score
}

fn assert_score(files: &[&str]) {
    let score = score(files);
    let share = score.found as f64 / score.links as f64;
    assert!(score.wrong.is_empty(), "{files:?}: two people were made one: {:?}", score.wrong);
    assert!(
        share >= 0.99,
        "{files:?}: {}/{} links found; by form {:#?}; missed {:?}",
        score.found,
        score.links,
        score.by_form,
        score.missed
    );
}

#[test]
fn every_referrer_is_found_and_nobody_mixed_up_when_the_files_come_in_their_order() {
    assert_score(&[OPENEMR, LEADS, WEBPT, CONTACTS]);
}

#[test]
fn the_address_book_may_come_first() {
    assert_score(&[CONTACTS, OPENEMR, LEADS, WEBPT]);
}

#[test]
fn the_files_may_come_in_reverse() {
    assert_score(&[CONTACTS, WEBPT, LEADS, OPENEMR]);
}

#[test]
fn each_file_alone_finds_its_referrers() {
    for file in [OPENEMR, LEADS, WEBPT, CONTACTS] {
        assert_score(&[file]);
    }
}

fn true_numbers(truth: &Value, file: &str, field: &str) -> u32 {
    u32::try_from(truth["files"][file][field].as_u64().unwrap_or_else(|| panic!("{file} {field}")))
        .expect("small")
}

#[test]
fn each_file_is_imported_to_its_counts() {
    let truth = truth();
    let practice = practice("2026-11-02");
    for file in [OPENEMR, LEADS, WEBPT] {
        let summary = import(&practice, file).value;
        assert_eq!(summary.rows, true_numbers(&truth, file, "data_rows"), "{file}");
        assert_eq!(summary.referrals.new, true_numbers(&truth, file, "valid_referrals"), "{file}");
        assert_eq!((summary.referrals.updated, summary.referrals.unchanged), (0, 0), "{file}");
        assert_eq!(summary.outbound, true_numbers(&truth, file, "outbound_rows"), "{file}");
        assert_eq!(summary.internal, true_numbers(&truth, file, "internal_rows"), "{file}");
        let rejected: Vec<(u64, String)> =
            summary.rejected.iter().map(|r| (u64::from(r.record), r.reason.code().to_owned())).collect();
        let expected: Vec<(u64, String)> = truth["files"][file]["rejected"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|r| {
                (r["record"].as_u64().expect("record"), r["reason"].as_str().expect("reason").to_owned())
            })
            .collect();
        assert_eq!(rejected, expected, "{file}");
        let doubled: Vec<u64> = summary.possible_duplicates.iter().map(|d| u64::from(d.record)).collect();
        let expected: Vec<u64> = truth["files"][file]["possible_duplicates"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|d| d["record"].as_u64().expect("record"))
            .collect();
        assert_eq!(doubled, expected, "{file}");
    }
    let contacts = import(&practice, CONTACTS).value;
    assert_eq!(contacts.contacts, true_numbers(&truth, CONTACTS, "valid_contacts"));
    assert_eq!(contacts.rejected.len(), 3);
    let repeated: Vec<u64> = contacts.possible_duplicates.iter().map(|d| u64::from(d.record)).collect();
    let expected: Vec<u64> = truth["files"][CONTACTS]["duplicate_contacts"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|d| d["record"].as_u64().expect("record"))
        .collect();
    assert_eq!(repeated, expected);
}

#[test]
fn importing_the_same_files_again_changes_nothing() {
    let practice = practice("2026-11-02");
    let files = [OPENEMR, LEADS, WEBPT, CONTACTS];
    let first: Vec<ImportSummary> = files.iter().map(|file| import(&practice, file).value).collect();
    for (file, first) in files.iter().zip(first) {
        let plan = planned(&practice, file, &Decisions::none());
        let again = commit(&practice, &plan, &mut |_| ControlFlow::Continue(())).expect("committed");
        assert_eq!(again.value.referrals.unchanged, first.referrals.new, "{file}");
        assert_eq!((again.value.referrals.new, again.value.referrals.updated), (0, 0), "{file}");
        assert_eq!((again.value.partners.new, again.value.people.new), (0, 0), "{file}");
        assert_eq!(again.entry, None, "{file}: nothing is written");
    }
}
