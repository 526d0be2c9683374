//! What leaves as a spreadsheet is what the file holds, and nothing in it runs.

use std::collections::HashMap;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;

use baton_core::Practice;
use baton_core::audit::{Basis, Recipient, disclosures};
use baton_core::exchange::export::{
    ExportError, Exported, PatientIdentity, RegisterFormat, RegisterOrder, WorkbookOrder, printed_register,
    register, scorecards_workbook,
};
use baton_core::foundation::id::PartnerId;
use baton_core::history::{self, HistoryQuery};
use baton_core::insights::{Period, Ratio, TakenIn, scorecards};
use baton_core::referrals::care::Purpose;
use baton_core::referrals::{self, ReferralQuery};
use baton_core::testing::{TestPractice, day, practice};
use calamine::{Data, Reader, Xlsx, open_workbook};

use crate::world::{self, Told, tell};

const MARKER: &str = "ZZPHI-7731";

/// With patients, for this purpose.
fn included(purpose: &str) -> PatientIdentity {
    PatientIdentity::Included { to: recipient(purpose), authorised_for: None }
}

fn recipient(purpose: &str) -> Recipient {
    Recipient {
        name: "Pine Tree Health".into(),
        address: "12 Main Street, Portland ME".into(),
        purpose: purpose.into(),
        basis: Basis::Operations,
    }
}

/// What people type, and what it must stay.
const NASTY: &[&str] = &[
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1",
    "\r=1",
    "＝1+1",
    " =HYPERLINK(\"http://example.org\")",
    "'=1",
    "<img src=x onerror=alert(1)>",
    "a & b < c > \"d\"",
    "]]>",
    "_x0041_",
    "04101",
    "1234567893",
    "1E5",
    "2026-01-02",
    "TRUE",
    "Thérèse 😀 \u{202e}abc",
    "line one\nline two",
    "comma, \"quote\"; semicolon",
];

fn go(_: u32, _: u32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn span(from: &str, to: &str) -> Period {
    Period::new(day(from), day(to)).expect("a period")
}

/// Two partners over a year, one named like a formula, and every nasty text as a reason.
fn year() -> (TestPractice, PartnerId) {
    let practice = practice("2026-11-21");
    let pine = tell(&practice, |tx| {
        let pine = world::partner(
            tx,
            "Pine Hollow: Family / Medicine [North] & Sons' History",
            "medical",
            "primary_care",
        );
        let formula = world::partner(tx, "=HYPERLINK(\"http://example.org\",\"Free\")", "business", "gym");
        let ito = world::person(tx, "Keiko Ito, MD", Some("1234567893"));
        let run = world::import(tx, "02_suitecrm_leads.csv");
        for n in 0..120u32 {
            let received = day("2025-12-01") + chrono::Days::new(u64::from(n) * 2);
            let seen = received + chrono::Days::new(u64::from(n % 17));
            let patient = world::patient(tx, &format!("{MARKER} {n}"), Some(&format!("00{n}")));
            let outcome = ["seen", "seen", "no_show", "scheduled", "lost"][n as usize % 5];
            world::referral(
                tx,
                &Told {
                    received: &received.to_string(),
                    from: [Some(pine), Some(pine), Some(formula), None][n as usize % 4],
                    person: (n % 2 == 0).then_some(ito),
                    patient: Some(patient),
                    seen: (outcome == "seen").then_some(seen.to_string()).as_deref(),
                    outcome: Some(outcome),
                    reason: NASTY.get(n as usize).copied(),
                    note: Some(&format!("{MARKER} said so")),
                    amount: (n % 3 == 0).then_some(i64::from(n) * 101 - 1_000),
                    import: Some((run, n + 2)),
                    trashed: n == 119,
                    ..Told::default()
                },
            );
        }
        Ok(pine)
    });
    (practice, pine)
}

fn workbook(practice: &Practice, folder: &Path) -> (PathBuf, Exported) {
    let target = folder.join("scorecards.xlsx");
    let made =
        scorecards_workbook(practice, &WorkbookOrder::of(span("2026-01-01", "2026-10-31")), &target, &mut go)
            .expect("a workbook");
    (target, made)
}

/// The day of a date cell; none if it is no date.
fn date(cell: &Data) -> Option<chrono::NaiveDate> {
    match cell {
        Data::DateTime(at) => Some(day("1899-12-30") + chrono::Duration::days(at.as_f64() as i64)),
        _ => None,
    }
}

fn sheet(
    book: &mut Xlsx<std::io::BufReader<std::fs::File>>,
    name: &str,
) -> (HashMap<String, usize>, Vec<Vec<Data>>) {
    let range = book.worksheet_range(name).expect("a sheet");
    let mut rows = range.rows().map(<[Data]>::to_vec);
    let heading = rows.next().expect("a heading");
    (heading.iter().enumerate().map(|(at, cell)| (cell.to_string(), at)).collect(), rows.collect())
}

#[test]
fn the_workbook_shows_the_numbers_of_the_scorecards() {
    let (practice, pine) = year();
    let folder = tempfile::tempdir().expect("a folder");
    let (path, made) = workbook(&practice, folder.path());
    let cards = scorecards(&practice, &span("2026-01-01", "2026-10-31")).expect("scorecards");
    let mut book: Xlsx<_> = open_workbook(&path).expect("opens");
    let names = book.sheet_names();
    assert_eq!(
        (names[0].as_str(), names[1].as_str(), names[4].as_str(), names[5].as_str()),
        ("Summary", "Scorecards", "Register", "Definitions")
    );
    assert_eq!(names[2], "Pine Hollow Family Medicine Nor");
    assert!(names[3].starts_with("=HYPERLINK(\"http"), "{}", names[3]);

    let summary = book.worksheet_range("Summary").expect("a sheet");
    let lines: Vec<Vec<String>> =
        summary.rows().map(|row| row.iter().take(2).map(ToString::to_string).collect()).collect();
    let below = |heading: &str| {
        let at = lines.iter().position(|line| line[0] == heading).expect("a heading");
        lines[at + 1..].iter().take_while(|line| !line[0].is_empty()).cloned().collect::<Vec<_>>()
    };
    for (heading, rate) in [
        ("With a named source, by who took them in", (|one| &one.capture_rate) as fn(&TakenIn) -> &Ratio),
        ("Asked, by who took them in", |one| &one.asked_rate),
    ] {
        let taken_in = cards.summary.taken_in.iter();
        let expected: Vec<_> = taken_in
            .map(|one| vec![one.name.clone().unwrap_or_else(|| "Imported".into()), rate(one).words()])
            .collect();
        assert!(!expected.is_empty());
        assert_eq!(below(heading), expected);
    }
    let defined = book.worksheet_range("Definitions").expect("a sheet");
    let defined = defined.rows().find(|row| row[1] == Data::String("taken_in".into())).expect("defined");
    let all: u32 = cards.summary.taken_in.iter().map(|one| one.asked_rate.b).sum();
    assert_eq!(calamine::DataType::as_f64(&defined[3]), Some(f64::from(all)));

    let (at, rows) = sheet(&mut book, "Scorecards");
    assert_eq!(rows.len(), cards.rows.len() + 2, "partners, those without, totals");
    let number = |row: &[Data], column: &str| calamine::DataType::as_f64(&row[at[column]]).expect(column);
    for (row, card) in rows.iter().zip(&cards.rows) {
        assert_eq!(row[at["Partner"]], Data::String(card.name.clone()));
        assert_eq!(row[at["Partner ID"]], Data::String(card.partner.to_string()));
        let figures = &card.figures;
        for (column, value) in [
            ("Received", figures.received),
            ("Before", figures.change.before),
            ("Seen", figures.seen),
            ("No-show", figures.no_show),
            ("Lost", figures.lost),
            ("Open", figures.open),
            ("Pending", figures.conversion.pending),
            ("Counted", figures.conversion.ratio.b),
        ] {
            assert_eq!(number(row, column), f64::from(value), "{column} of {}", card.name);
        }
        for (month, value) in cards.months.iter().zip(&figures.months) {
            assert_eq!(number(row, month), f64::from(*value), "{month}");
        }
        assert_eq!(number(row, "Conversion"), figures.conversion.ratio.share().expect("enough cases"));
        assert_eq!(
            number(row, "Days to visit, median"),
            figures.time_to_conversion.median.expect("a median")
        );
        assert_eq!(date(&row[at["Last referral"]]), figures.last_on, "dates are dates");
    }
    let totals = rows.last().expect("totals");
    assert_eq!(totals[at["Partner"]], Data::String("Total".into()));
    assert_eq!(number(totals, "Received"), f64::from(cards.totals.received));
    assert_eq!(number(totals, "Seen"), f64::from(cards.totals.seen));
    assert_eq!(number(totals, "Conversion"), cards.totals.conversion.ratio.share().expect("enough"));

    let (at, rows) = sheet(&mut book, "Register");
    assert_eq!(
        rows.len(),
        made.sheets.iter().find(|s| s.sheet == "Register").expect("counted").rows as usize
    );
    assert!(rows.iter().all(|row| date(&row[at["Received"]]).is_some()), "dates are dates");
    assert!(
        rows.iter().any(|row| row[at["Referring person NPI"]] == Data::String("1234567893".into())),
        "an NPI is text"
    );
    assert_eq!(made.sheets[0].rows as usize, cards.rows.len() + 1);
    assert_eq!(made.entry.action, "export_workbook");
    assert!(cards.rows.iter().any(|row| row.partner == pine));
}

#[test]
fn nothing_in_the_workbook_runs_or_names_a_patient_or_an_author() {
    let (practice, _) = year();
    let folder = tempfile::tempdir().expect("a folder");
    let (path, _) = workbook(&practice, folder.path());
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&path).expect("the file")).expect("a zip");
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        assert!(!name.contains("externalLink"), "{name}");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        assert!(!text.contains(MARKER), "{name} names a patient");
        assert!(!text.contains("<hyperlink"), "{name} links");
        for formula in text.split("<f>").skip(1) {
            assert!(
                formula.starts_with("SUBTOTAL(") || formula.starts_with("IF(SUBTOTAL("),
                "{name} runs {}",
                &formula[..40.min(formula.len())]
            );
        }
        if name == "docProps/core.xml" {
            assert!(
                text.contains("<dc:creator></dc:creator>") || !text.contains("<dc:creator>"),
                "no author: {text}"
            );
        }
    }
    let names: Vec<_> =
        folder.path().read_dir().expect("the folder").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(names, ["scorecards.xlsx"], "nothing else is left");
}

#[test]
fn every_text_comes_back_from_both_formats_as_it_was() {
    let (practice, _) = year();
    let folder = tempfile::tempdir().expect("a folder");
    let all = |format| RegisterOrder { format, period: None, patients: PatientIdentity::Omitted };
    let xlsx = folder.path().join("register.xlsx");
    let made = register(&practice, &all(RegisterFormat::Xlsx), &xlsx, &mut go).expect("a register");
    assert_eq!(made.sheets[0].rows, 119, "the one in Trash stays here");
    let mut book: Xlsx<_> = open_workbook(&xlsx).expect("opens");
    let (at, rows) = sheet(&mut book, "Register");
    for (row, text) in rows.iter().zip(NASTY) {
        // XML ends lines with a line feed, whatever they ended with before.
        assert_eq!(row[at["Reason"]].to_string(), *text, "in Excel");
    }

    let csv = folder.path().join("register.csv");
    register(&practice, &all(RegisterFormat::Csv), &csv, &mut go).expect("a register");
    let bytes = std::fs::read(&csv).expect("the file");
    assert!(bytes.starts_with(b"\xef\xbb\xbfReferral ID,Direction,Received"));
    assert!(bytes.windows(2).any(|pair| pair == b"\r\n"));
    let mut reader = csv::Reader::from_reader(&bytes[3..]);
    let column = reader
        .headers()
        .expect("headings")
        .iter()
        .position(|heading| heading == "Reason")
        .expect("the reason");
    for (record, text) in reader.records().zip(NASTY) {
        let cell = record.expect("a record")[column].to_owned();
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?} could run");
        let back = match cell.strip_prefix('\'') {
            Some(rest)
                if !rest.trim_start_matches('\'').trim_start().starts_with(|c: char| c.is_alphanumeric()) =>
            {
                rest.to_owned()
            }
            _ => cell,
        };
        assert_eq!(back, *text);
    }
}

#[test]
fn the_register_carries_ids_source_record_and_cents_exactly() {
    let (practice, pine) = year();
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("register.csv");
    let order = RegisterOrder {
        format: RegisterFormat::Csv,
        period: Some(span("2025-12-01", "2025-12-07")),
        patients: included("Comparison with the chart"),
    };
    let made = register(&practice, &order, &target, &mut go).expect("a register");
    assert_eq!(
        (made.entry.action.as_str(), made.entry.subject.as_str()),
        ("export_register_with_patients", "register.csv, 4 rows: Comparison with the chart")
    );
    let bytes = std::fs::read(&target).expect("the file");
    let mut reader = csv::Reader::from_reader(&bytes[3..]);
    let rows: Vec<HashMap<String, String>> = reader.deserialize().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0]["From partner ID"], pine.to_string());
    assert_eq!(rows[0]["Patient"], format!("{MARKER} 0"));
    assert_eq!(rows[0]["Chart number"], "000");
    assert_eq!(rows[0]["Amount"], "-10.00");
    assert_eq!(rows[3]["Amount"], "-6.97");
    assert_eq!(
        (rows[3]["Source file"].as_str(), rows[3]["Source record"].as_str()),
        ("02_suitecrm_leads.csv", "5")
    );
    assert_eq!(rows[0]["Outcome"], "seen");
    assert_eq!(rows[2]["Referring person"], "Keiko Ito, MD");
}

#[test]
fn names_of_patients_need_a_purpose() {
    let (practice, _) = year();
    let folder = tempfile::tempdir().expect("a folder");
    let order = RegisterOrder { format: RegisterFormat::Csv, period: None, patients: included("  ") };
    let refused = register(&practice, &order, &folder.path().join("register.csv"), &mut go);
    assert!(matches!(refused, Err(ExportError::Invalid { field: "purpose", .. })));
    assert_eq!(folder.path().read_dir().expect("the folder").count(), 0);
}

#[test]
fn stopping_leaves_the_old_file_and_nothing_else() {
    let (practice, _) = year();
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("scorecards.xlsx");
    std::fs::write(&target, "the old one").expect("written");
    let order = WorkbookOrder::of(span("2026-01-01", "2026-10-31"));
    let stopped = scorecards_workbook(&practice, &order, &target, &mut |_, _| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(ExportError::Cancelled)));
    assert_eq!(std::fs::read(&target).expect("the file"), b"the old one");
    assert_eq!(folder.path().read_dir().expect("the folder").count(), 1);
}

#[test]
fn an_empty_practice_makes_a_workbook_too() {
    let practice = practice("2026-11-21");
    let folder = tempfile::tempdir().expect("a folder");
    let (path, made) = workbook(&practice, folder.path());
    let mut book: Xlsx<_> = open_workbook(&path).expect("opens");
    assert_eq!(book.sheet_names(), ["Summary", "Scorecards", "Register", "Definitions"]);
    assert_eq!(made.sheets.iter().map(|s| s.rows).collect::<Vec<_>>(), [1, 0, made.sheets[2].rows]);
    let (at, rows) = sheet(&mut book, "Scorecards");
    assert_eq!(rows[0][at["Partner"]], Data::String("(no partner named)".into()));
}

#[test]
fn a_period_of_one_month_makes_a_workbook_too() {
    let (practice, _) = year();
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("march.xlsx");
    let order = WorkbookOrder { pages: 1, ..WorkbookOrder::of(span("2026-03-01", "2026-03-31")) };
    let made = scorecards_workbook(&practice, &order, &target, &mut go).expect("a workbook");
    assert_eq!(made.sheets.len(), 4, "scorecards, one page, register, definitions");
    assert_eq!(open_workbook::<Xlsx<_>, _>(&target).expect("opens").sheet_names().len(), 5);
}

/// Values of a sheet as another program reads them, one line a row.
pub(crate) fn with_openpyxl(path: &Path, name: &str) -> Option<Vec<Vec<serde_json::Value>>> {
    let script = "import sys,json,openpyxl\n\
                  b=openpyxl.load_workbook(sys.argv[1],data_only=True)\n\
                  print(json.dumps([[c.isoformat()[:10] if hasattr(c,'isoformat') else c for c in r] for r in b[sys.argv[2]].iter_rows(values_only=True)]))";
    let usable = |python: &str| {
        Command::new(python).args(["-c", "import openpyxl"]).output().is_ok_and(|out| out.status.success())
    };
    let python = ["python3", "/usr/bin/python3"].into_iter().find(|python| usable(python))?;
    let out = Command::new(python).args(["-c", script]).arg(path).arg(name).output().expect("python");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    Some(serde_json::from_slice(&out.stdout).expect("json"))
}

#[test]
fn openpyxl_reads_the_same_numbers() {
    let (practice, _) = year();
    let folder = tempfile::tempdir().expect("a folder");
    let (path, _) = workbook(&practice, folder.path());
    let Some(rows) = with_openpyxl(&path, "Scorecards") else { return };
    check_scorecards(&practice, &rows);
}

#[test]
fn libreoffice_opens_the_workbook_calculates_the_same_and_saves_it() {
    let (practice, _) = year();
    let folder = tempfile::tempdir().expect("a folder");
    let (path, _) = workbook(&practice, folder.path());
    let converted = folder.path().join("converted");
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let Ok(out) = Command::new("soffice")
        .arg(profile)
        .args(["--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(&converted)
        .arg(&path)
        .output()
    else {
        return;
    };
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let mut book: Xlsx<_> =
        open_workbook(converted.join("scorecards.xlsx")).expect("LibreOffice read and wrote it");
    let range = book.worksheet_range("Scorecards").expect("a sheet");
    let rows: Vec<Vec<serde_json::Value>> = range
        .rows()
        .map(|row| {
            row.iter()
                .map(|cell| match cell {
                    Data::Float(number) => serde_json::json!(number),
                    Data::Int(number) => serde_json::json!(number),
                    other => serde_json::json!(other.to_string()),
                })
                .collect()
        })
        .collect();
    check_scorecards(&practice, &rows);
}

fn check_scorecards(practice: &Practice, rows: &[Vec<serde_json::Value>]) {
    let cards = scorecards(practice, &span("2026-01-01", "2026-10-31")).expect("scorecards");
    let column = |heading: &str| rows[0].iter().position(|cell| cell == heading).expect("a heading");
    let number = |row: usize, heading: &str| rows[row][column(heading)].as_f64().expect(heading);
    for (row, card) in (1..).zip(&cards.rows) {
        assert_eq!(rows[row][0], serde_json::json!(card.name));
        assert_eq!(number(row, "Received"), f64::from(card.figures.received));
        assert!(
            (number(row, "Conversion") - card.figures.conversion.ratio.share().expect("enough")).abs() < 1e-9
        );
    }
    let totals = cards.rows.len() + 2;
    assert_eq!(number(totals, "Received"), f64::from(cards.totals.received));
    assert_eq!(number(totals, "Lost"), f64::from(cards.totals.lost));
    assert!(
        (number(totals, "Conversion") - cards.totals.conversion.ratio.share().expect("enough")).abs() < 1e-9
    );
}

#[test]
fn paper_with_names_says_for_whom_and_counts_as_a_disclosure() {
    let (practice, _) = year();
    let query = ReferralQuery {
        from: Some(day("2025-12-01")),
        to: Some(day("2025-12-07")),
        ..ReferralQuery::default()
    };
    let logged = || history::entries(&practice, &HistoryQuery::default()).expect("history").rows.len();
    let before = logged();
    let plain = printed_register(&practice, &query, &PatientIdentity::Omitted).expect("on paper");
    assert_eq!((plain.rows.len(), plain.more, plain.unnamed, &plain.entry), (4, false, 0, &None));
    assert!(!serde_json::to_string(&plain.rows).expect("rows").contains(MARKER), "nobody is named");
    assert_eq!(logged(), before, "and nothing was disclosed");

    let nameless = PatientIdentity::Included {
        to: Recipient { name: " ".into(), ..recipient("Rounds") },
        authorised_for: None,
    };
    assert!(printed_register(&practice, &query, &nameless).is_err(), "for whom");
    let named = printed_register(&practice, &query, &included("Rounds")).expect("on paper");
    assert_eq!(named.rows.len(), 4);
    assert!(named.rows.iter().all(|row| row.patient.starts_with(MARKER)));
    let entry = named.entry.expect("on record");
    assert_eq!(
        (entry.action.as_str(), entry.subject.as_str()),
        ("print_register_with_patients", "Register, 4 rows: Rounds")
    );
    let patient = referrals::referral(&practice, named.rows[0].id).expect("the page").patient_id;
    let told = disclosures(&practice, patient, None).expect("disclosures");
    assert_eq!((told.all[0].what.as_str(), told.all[0].to.purpose.as_str()), ("Register", "Rounds"));
    // On the ground of authorisation, whoever did not agree goes by a token.
    let treating = |authorised_for| PatientIdentity::Included {
        to: Recipient { basis: Basis::Authorisation, ..recipient("A story") },
        authorised_for,
    };
    assert!(printed_register(&practice, &query, &treating(None)).is_err(), "what they authorised");
    let nobody =
        printed_register(&practice, &query, &treating(Some(Purpose::SuccessStory))).expect("on paper");
    assert_eq!(nobody.unnamed, 4, "nobody agreed to a story");
    assert!(nobody.rows.iter().all(|row| !row.patient.starts_with(MARKER)));
}
