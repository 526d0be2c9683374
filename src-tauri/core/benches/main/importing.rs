//! An import, matched, indexed, recorded and undoable, against `sqlite3 .import` of the same file.

use std::error::Error;
use std::fmt::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use baton_core::exchange::import::reading::{Limits, Overrides, open_source, read_rows, understand};
use baton_core::exchange::import::{Decisions, ImportFile, commit, plan};
use baton_core::store::OnConflict;
use baton_core::testing::{TestPractice, day};

use super::table::{Table, once};
use super::{Size, TODAY};

const FAMILIES: [&str; 24] = [
    "Abara",
    "Brandt",
    "Castillo",
    "Dahl",
    "Egan",
    "Fuchs",
    "Grieg",
    "Hollis",
    "Ito",
    "Jansen",
    "Keller",
    "Lindqvist",
    "Moreau",
    "Nakata",
    "Okafor",
    "Petrov",
    "Quist",
    "Rivera",
    "Sato",
    "Thorne",
    "Urban",
    "Vance",
    "Weiss",
    "Yilmaz",
];
const GIVENS: [&str; 20] = [
    "Ada", "Boris", "Clara", "David", "Elena", "Felix", "Grace", "Hugo", "Irene", "Jonas", "Karin", "Leo",
    "Mina", "Nils", "Olga", "Paul", "Rosa", "Sven", "Tess", "Viktor",
];

/// Measures the import and its undo.
pub fn measure(
    table: &mut Table,
    column: usize,
    practice: &TestPractice,
    size: &Size,
) -> Result<(), Box<dyn Error>> {
    let path = practice.folder.path().join("referrals.csv");
    std::fs::write(&path, file(size.import)?)?;
    let bare = bare_import(&path, practice.folder.path())?;

    let (entry, ours) = once(|| import(practice, &path))?;
    table.put(column, "import", "25 (12)", ours, bare);
    let (_, undo) = once(|| practice.store().undo(practice.actor(), entry, OnConflict::Ask))?;
    table.put(column, "undo of the import, to the import", "1", undo, ours);
    Ok(())
}

fn import(practice: &TestPractice, path: &Path) -> Result<u32, Box<dyn Error>> {
    let source = open_source(path, &Limits::default())?;
    let understood = understand(&source, &Overrides::default())?;
    let go = &mut |_| ControlFlow::Continue(());
    let (read, reading) = once(|| {
        read_rows(&source, &understood, &understood.mapping, day(TODAY), &mut |_| ControlFlow::Continue(()))
    })?;
    let file = ImportFile { name: source.file_name.clone(), sha256: source.sha256.to_vec() };
    let (planned, planning) = once(|| plan(practice, &file, Arc::new(read), &Decisions::none(), go))?;
    let (written, writing) = once(|| commit(practice, &planned, go))?;
    eprintln!("import: {reading:.1?} to read, {planning:.1?} to plan, {writing:.1?} to write");
    Ok(written.entry.ok_or("the import changed nothing")?.seq)
}

/// The time of `sqlite3 plain.db ".import …"`, the median of three.
fn bare_import(file: &Path, folder: &Path) -> Result<Duration, Box<dyn Error>> {
    let mut times = Vec::new();
    for run in 0..3 {
        let target = folder.join(format!("import-{run}.db"));
        let import = format!(".import \"{}\" referrals", file.display());
        let (status, took) =
            once(|| Command::new("sqlite3").arg(&target).args([".mode csv", &import]).status())?;
        if !status.success() {
            return Err("sqlite3 could not import the file".into());
        }
        times.push(took);
    }
    times.sort_unstable();
    Ok(times[1])
}

/// Referrals of two years by 480 doctors at 60 practices.
fn file(rows: u32) -> Result<String, Box<dyn Error>> {
    let mut text = String::from(
        "Received Date,Referred By,Referring Practice,Patient,Chart Number,Reason,Status,Amount\n",
    );
    let (first, days) = (day("2024-11-01"), 730);
    for row in 0..rows {
        let doctor = row.wrapping_mul(2_654_435_761) % 480;
        let (family, given) = (FAMILIES[doctor as usize % 24], GIVENS[doctor as usize / 24]);
        let on = first + chrono::Days::new(u64::from(row % days));
        let status = ["Seen", "Seen", "Seen", "No Show", "Scheduled", "Declined"][row as usize % 6];
        writeln!(
            text,
            "{on},\"{family}, {given} MD\",{} Family Medicine {},Patient {row},C-{row},Knee pain,{status},{}.{:02}",
            FAMILIES[doctor as usize % 20],
            doctor % 3,
            row % 900,
            row % 100
        )?;
    }
    Ok(text)
}
