//! The truth of the invented practice in the layouts of other programs: the same rows, the same answers.

mod contacts;
mod layouts;
mod render;
mod truth;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use baton_core::exchange::import::reading::{Limits, Overrides, Source, read_rows, understand};
use baton_core::exchange::import::row::{Channel, Direction, Outcome, ReadResult};
use baton_core::exchange::import::{Decisions, ImportFile, commit, plan};
use baton_core::store::StoreError;
use baton_core::testing::{day, practice};

use render::{Col, Layout};
use truth::{Day, Fact};

fn read(bytes: Vec<u8>) -> Result<ReadResult, String> {
    let source =
        Source::from_bytes("export", bytes, &Limits::default()).map_err(|error| error.to_string())?;
    let overrides = Overrides { own_names: vec!["Harborview Orthopedics".into()], ..Overrides::default() };
    let understood = understand(&source, &overrides).map_err(|error| error.to_string())?;
    read_rows(
        &source,
        &understood,
        &understood.mapping,
        day("2026-10-31"),
        &mut |_| ControlFlow::Continue(()),
    )
    .map_err(|error| error.to_string())
}

fn outcome_word(outcome: Option<Outcome>) -> &'static str {
    match outcome {
        Some(Outcome::Seen) => "seen",
        Some(Outcome::Scheduled) => "scheduled",
        Some(Outcome::NoShow) => "no-show",
        Some(Outcome::Declined) => "declined",
        Some(Outcome::Lost) => "lost",
        None => "unknown",
    }
}

fn channel_id(channel: Channel) -> &'static str {
    match channel {
        Channel::SelfReferred => "CH-SELF",
        Channel::InternetSearch => "CH-GOOGLE",
        Channel::UnnamedFriend => "CH-FRIEND",
        Channel::Website => "CH-WEB",
        Channel::InsuranceDirectory => "CH-INS",
        Channel::Unknown => "CH-UNKNOWN",
        _ => "another channel",
    }
}

/// What was read differently from what is true, in a few lines.
fn differences(layout: &Layout, read: &ReadResult, truth: &HashMap<u32, Fact>) -> Vec<String> {
    let mut wrong = Vec::new();
    if read.rows as usize != truth.len() {
        wrong.push(format!("{} data rows instead of {}", read.rows, truth.len()));
    }
    let rejected: HashMap<u32, &str> = read.rejected.iter().map(|r| (r.record, r.reason.code())).collect();
    let rows: HashMap<u32, _> = read.referrals.iter().map(|row| (row.record, row)).collect();
    let mut records: Vec<&u32> = truth.keys().collect();
    records.sort_unstable();
    for record in records {
        let fact = &truth[record];
        let Some(row) = rows.get(record) else {
            let reason = rejected.get(record).copied().unwrap_or("not read");
            if reason != fact.reason {
                wrong.push(format!("{record}: {reason} instead of {} {}", fact.class, fact.reason));
            }
            continue;
        };
        let mut say = |what: &str, is: String, should: String| {
            if is != should {
                wrong.push(format!("{record}: {what} {is} instead of {should} ({})", fact.who));
            }
        };
        let Day::On(true_day) = &fact.day else {
            say("imported", row.received_on.to_string(), fact.reason.clone());
            continue;
        };
        if fact.class == "rejected" {
            say("imported", "valid".into(), fact.reason.clone());
        }
        say("day", row.received_on.to_string(), true_day.to_string());
        if layout.has(Col::Status) {
            let outcome = if fact.outcome.is_empty() { "unknown" } else { &fact.outcome };
            say("outcome", outcome_word(row.outcome).into(), outcome.to_owned());
        }
        if layout.has(Col::Amount) {
            say("cents", format!("{:?}", row.amount_cents), format!("{:?}", fact.cents));
        }
        say("direction", format!("{:?}", row.direction), format!("{:?}", Direction::Inbound));
        let source = row.channel.map_or("a referrer", channel_id);
        let should = if fact.referrer.starts_with("CH") { fact.referrer.as_str() } else { "a referrer" };
        say("source", source.into(), should.to_owned());
        if layout.has(Col::Born) && fact.born.is_some() {
            say("born", format!("{:?}", row.patient.born_on), format!("{:?}", fact.born));
        }
        if layout.has(Col::Chart) {
            say("chart", row.patient.chart_number.clone().unwrap_or_default(), fact.chart.clone());
        }
        if layout.has(Col::Reason) {
            say("reason", row.reason.clone().unwrap_or_default(), fact.reason_text.trim().to_owned());
        }
        if layout.has(Col::Payer) {
            say("payer", row.payer.clone().unwrap_or_default(), fact.payer.trim().to_owned());
        }
    }
    wrong
}

/// What is wrong with who was found, and the share of rows whose referrer was.
fn import(layout: &Layout, read: ReadResult, truth: &HashMap<u32, Fact>) -> (Vec<String>, f64) {
    let practice = practice("2026-11-02");
    let read = Arc::new(read);
    let file = ImportFile { name: layout.name.into(), sha256: vec![1; 32] };
    let go = &mut |_| ControlFlow::Continue(());
    let planned = plan(&practice, &file, Arc::clone(&read), &Decisions::none(), go).expect("a plan");
    let first = commit(&practice, &planned, go).expect("committed").value;
    let mut wrong = Vec::new();
    let mut twice: Vec<u32> = first.possible_duplicates.iter().map(|row| row.record).collect();
    let mut expected: Vec<u32> =
        truth.iter().filter(|(_, fact)| fact.class == "possible_duplicate").map(|(at, _)| *at).collect();
    twice.sort_unstable();
    expected.sort_unstable();
    // Which of two retyped rows waits depends on their order.
    if twice.len() != expected.len()
        || (!layout.reversed && layout.grouped == render::Grouped::No && twice != expected)
    {
        wrong.push(format!("possible duplicates {twice:?} instead of {expected:?}"));
    }
    let again = plan(&practice, &file, Arc::clone(&read), &Decisions::none(), go).expect("a plan");
    let second = commit(&practice, &again, go).expect("committed");
    if second.entry.is_some() || second.value.referrals.new + second.value.referrals.updated > 0 {
        wrong.push(format!("the same file again changes something: {:?}", second.value.referrals));
    }
    let who: HashMap<u32, String> = practice
        .read(|conn| {
            let mut statement = conn.prepare(
                "SELECT import_record, hex(ifnull(from_person_id, from_partner_id)) FROM referral",
            )?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok::<_, StoreError>(rows.collect::<Result<_, _>>()?)
        })
        .expect("referrals");
    let mut of_entity: BTreeMap<&str, HashSet<&str>> = BTreeMap::new();
    let mut of_truth: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (record, fact) in truth {
        if fact.class == "valid" && !fact.referrer.starts_with("CH") {
            let Some(entity) = who.get(record) else { continue };
            of_entity.entry(entity).or_default().insert(&fact.referrer);
            *of_truth.entry(&fact.referrer).or_default().entry(entity).or_default() += 1;
        }
    }
    for ids in of_entity.values().filter(|ids| ids.len() > 1) {
        wrong.push(format!("two made one: {ids:?}"));
    }
    let (mut found, mut all) = (0, 0);
    for entities in of_truth.values() {
        found += entities.values().max().copied().unwrap_or(0);
        all += entities.values().sum::<usize>();
    }
    (wrong, found as f64 / all.max(1) as f64)
}

/// Everything that is wrong with a layout.
fn troubles(layout: &Layout, with_import: bool) -> Vec<String> {
    let (bytes, truth) = layout.render();
    let result = match read(bytes) {
        Ok(result) => result,
        Err(error) => return vec![error],
    };
    let mut wrong = differences(layout, &result, &truth);
    if with_import {
        let (more, share) = import(layout, result, &truth);
        wrong.extend(more);
        if share < 0.97 {
            wrong.push(format!("{share:.3} of the referrers found"));
        }
    }
    wrong
}

fn check(layouts: &[Layout], with_import: bool) {
    let only = std::env::var("BATON_LAYOUT").unwrap_or_default();
    let mut report = String::new();
    for layout in layouts.iter().filter(|layout| layout.name.contains(&only)) {
        let wrong = troubles(layout, with_import);
        if !wrong.is_empty() {
            let few: Vec<&str> = wrong.iter().take(8).map(String::as_str).collect();
            report.push_str(&format!(
                "{} ({}): {} wrong\n    {}\n",
                layout.name,
                layout.file,
                wrong.len(),
                few.join("\n    ")
            ));
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn the_same_rows_are_read_the_same_from_every_layout() {
    check(&layouts::all(), false);
}

#[test]
fn the_same_referrers_are_found_from_every_layout_and_nobody_mixed_up() {
    check(&layouts::some(), true);
}
