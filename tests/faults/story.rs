//! What a practice does in these stories, in a line each.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use baton_core::Practice;
use baton_core::exchange::export::{
    ExportError, Exported, PatientIdentity, RegisterFormat, RegisterOrder, register,
};
use baton_core::exchange::import::reading::{Limits, Overrides, ReadError, Source, read_rows, understand};
use baton_core::exchange::import::row::ReadResult;
use baton_core::exchange::import::{Decisions, ImportError, ImportFile, commit, plan};
use baton_core::foundation::id::TagId;
use baton_core::store::{Label, StoreError, Tx};

use super::oracle::MARKER;

/// Rows of an action that must come and stay together.
const TOGETHER: [&str; 2] = ["first", "second"];

/// One action of two rows. Returns its name, to be acknowledged.
pub fn act(practice: &Practice) -> Result<String, StoreError> {
    let action = TagId::new().to_string();
    practice.write(Label::hand("tag_add", action.as_str()), |tx| {
        TOGETHER.iter().try_for_each(|row| add_tag(tx, &format!("{action} {row} {MARKER}")))
    })?;
    Ok(action)
}

pub fn add_tag(tx: &Tx<'_>, name: &str) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT INTO tag VALUES (?1, ?2, ?2)")?
        .execute(rusqlite::params![TagId::new(), name])?;
    Ok(())
}

/// The actions that are there, each with all of its rows.
pub fn actions(practice: &Practice, round: &str) -> BTreeSet<String> {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for tag in texts(practice, "SELECT name FROM tag") {
        *found.entry(tag.split(' ').next().unwrap_or_default().to_owned()).or_default() += 1;
    }
    for (action, rows) in &found {
        assert_eq!(*rows, TOGETHER.len(), "{round}: {action} is half there");
    }
    found.into_keys().collect()
}

/// Everything acknowledged must be among the actions.
pub fn all_kept<'a>(practice: &Practice, acknowledged: impl IntoIterator<Item = &'a String>, round: &str) {
    let there = actions(practice, round);
    for action in acknowledged {
        assert!(there.contains(action), "{round}: {action} was acknowledged");
    }
}

/// One column of texts.
pub fn texts(practice: &Practice, sql: &str) -> Vec<String> {
    let look = |conn: &rusqlite::Connection| {
        let mut statement = conn.prepare(sql)?;
        let texts = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok::<_, StoreError>(texts)
    };
    practice.read(look).expect("read")
}

/// One number.
pub fn number(practice: &Practice, sql: &str) -> i64 {
    let look = |conn: &rusqlite::Connection| {
        Ok::<_, StoreError>(conn.query_row(sql, [], |row| row.get::<_, i64>(0))?)
    };
    practice.read(look).expect("read")
}

/// How many referrals there are.
pub fn referrals(practice: &Practice) -> i64 {
    number(practice, "SELECT count(*) FROM referral")
}

/// A file of referrals as another program exports it; `salt` makes it another one.
pub fn export_of(rows: u32, salt: u32) -> Vec<u8> {
    let mut text = String::from("Referral Date,Referred By,Practice,Patient,Chart Number,Reason\n");
    for row in 0..rows {
        let (month, day) = (1 + row % 10, 1 + row % 28);
        text.push_str(&format!(
            "2026-{month:02}-{day:02},\"Lee, Ann {}\",Pine Hollow {},{MARKER} {row},C{salt}-{row},Knee pain\n",
            row % 40,
            row % 12
        ));
    }
    text.into_bytes()
}

/// The rows of a file.
pub fn read(name: &str, bytes: Vec<u8>) -> Result<ReadResult, ReadError> {
    let source = Source::from_bytes(name, bytes, &Limits::default())?;
    let understood = understand(&source, &Overrides::default())?;
    let today = super::TODAY.parse().expect("a date");
    read_rows(&source, &understood, &understood.mapping, today, &mut |_| ControlFlow::Continue(()))
}

/// Imports a file of [`export_of`]; returns how many rows it held.
pub fn import(practice: &Practice, file: &[u8]) -> Result<u32, ImportError> {
    let rows = read("referrals.csv", file.to_vec()).expect("readable");
    let count = rows.rows;
    let about = ImportFile { name: "referrals.csv".into(), sha256: vec![3; 32] };
    let plan =
        plan(practice, &about, Arc::new(rows), &Decisions::none(), &mut |_| ControlFlow::Continue(()))?;
    commit(practice, &plan, &mut |_| ControlFlow::Continue(()))?;
    Ok(count)
}

/// Writes the register without patients' names.
pub fn export(practice: &Practice, target: &Path) -> Result<Exported, ExportError> {
    let format = if target.extension().is_some_and(|ending| ending == "xlsx") {
        RegisterFormat::Xlsx
    } else {
        RegisterFormat::Csv
    };
    let order = RegisterOrder { format, period: None, patients: PatientIdentity::Omitted };
    register(practice, &order, target, &mut |_, _| ControlFlow::Continue(()))
}
