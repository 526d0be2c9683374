//! `baton-cli` as a scheduled job uses it: the real binary, a real folder, exit codes and JSON.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use baton_core::vault::{Machine, OnDoubt, Passphrase, describe, unlock};
use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::{Value, json};

const PHRASE: &str = "copper meadow violin thistle orbit";

/// A practice of its own in a temporary home.
struct Job {
    home: tempfile::TempDir,
}

/// What a run said.
struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Said {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).expect(&self.err)
    }

    fn error(&self) -> (i32, String) {
        (self.code, self.json()["error"]["code"].as_str().expect("a code").to_owned())
    }
}

impl Job {
    fn new() -> Self {
        Self { home: tempfile::tempdir().expect("a home") }
    }

    /// With a practice in it.
    fn with_practice() -> Self {
        let job = Self::new();
        std::fs::write(job.path("phrase.txt"), format!("{PHRASE}\r\n")).expect("the passphrase");
        let said = job.run(&[
            "init",
            "--name",
            "Harborview Orthopedics",
            "--state",
            "ME",
            "--time-zone",
            "America/New_York",
            "--profile-name",
            "Maren Okafor",
        ]);
        assert_eq!(said.code, 0, "{} {}", said.out, said.err);
        assert!(said.json()["recovery_sheet"].as_str().expect("a sheet").contains("AGE-SECRET-KEY-1"));
        job
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn practice(&self) -> PathBuf {
        self.path("practice")
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baton-cli"));
        command
            .env("HOME", self.home.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env_remove("DBUS_SESSION_BUS_ADDRESS");
        command.current_dir(self.home.path()).stdin(Stdio::null());
        command
    }

    /// With the passphrase file, in JSON.
    fn run(&self, arguments: &[&str]) -> Said {
        let mut command = self.command();
        command
            .arg("--practice")
            .arg(self.practice())
            .arg("--passphrase-file")
            .arg(self.path("phrase.txt"))
            .arg("--json")
            .args(arguments);
        said(command)
    }

    fn file(&self, name: &str, text: &str) -> String {
        std::fs::write(self.path(name), text).expect("a file");
        self.path(name).display().to_string()
    }
}

fn said(mut command: Command) -> Said {
    let out = command.output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Said { code: out.status.code().expect("an exit code"), out: text(&out.stdout), err: text(&out.stderr) }
}

const REFERRALS: &str = "Received,Referred by,NPI,Patient,Chart,Status\n\
    2026-03-02,\"Ito, Keiko MD\",1234567893,Ann Ames,A-1,Kept\n\
    2026-03-05,\"Ito, Keiko MD\",1234567893,Bob Boyd,A-2,No Show\n\
    2026-04-07,\"Brandt, Ole DO\",,Cy Cole,A-3,Scheduled\n\
    2026-04-07,\"Brandt, Ole DO\",,Cy Cole,A-3,Scheduled\n\
    ,\"Brandt, Ole DO\",,Di Dorn,A-4,Scheduled\n";

#[test]
fn a_file_is_imported_once_and_its_numbers_come_back_from_report_workbook_and_register() {
    let job = Job::with_practice();
    let file = job.file("referrals.csv", REFERRALS);
    let options = ["--map", "Referred by=referrer", "--value", "Kept=seen"];

    let dry = job.run(&[&["import", &file, "--dry-run"], &options[..]].concat());
    assert_eq!(
        (dry.code, &dry.json()["referrals"]),
        (0, &json!({ "new": 3, "updated": 0, "unchanged": 0 })),
        "{}",
        dry.out
    );
    let first = job.run(&[&["import", &file], &options[..]].concat()).json();
    assert_eq!(
        first["referrals"],
        json!({ "new": 3, "updated": 0, "unchanged": 0 }),
        "the dry run changed nothing"
    );
    assert_eq!(first["rows"], json!(5));
    assert_eq!(first["people"]["new"], json!(2));
    assert_eq!(
        first["rejected"],
        json!([{ "record": 5, "reason": "duplicate_row" }, { "record": 6, "reason": "missing_date" }])
    );
    assert_eq!(first["possible_duplicates"], json!([]));
    let again = job.run(&[&["import", &file], &options[..]].concat()).json();
    assert_eq!(again["referrals"], json!({ "new": 0, "updated": 0, "unchanged": 3 }));

    let report = job.run(&["report", "scorecards", "--from", "2026-01-01", "--to", "2026-06-30"]).json();
    assert_eq!(report["totals"]["received"], json!(3));
    assert_eq!(report["totals"]["no_show"], json!(1));
    assert_eq!(report["rows"][0]["received"], json!(2));
    assert_eq!(report["months"].as_array().expect("months").len(), 6);

    let workbook = job.path("cards.xlsx");
    let made =
        job.run(&["export", "scorecards", "--from", "2026-01-01", "--to", "2026-06-30", "-o", "cards.xlsx"]);
    assert_eq!(made.code, 0, "{}", made.out);
    let mut book: Xlsx<_> = open_workbook(&workbook).expect("opens");
    let cards = book.worksheet_range("Scorecards").expect("a sheet");
    let received = cards
        .rows()
        .next()
        .expect("headings")
        .iter()
        .position(|cell| *cell == Data::String("Received".into()))
        .expect("received");
    for (row, told) in cards.rows().skip(1).zip(report["rows"].as_array().expect("rows")) {
        assert_eq!(row[0].to_string(), told["name"].as_str().expect("a name"));
        assert_eq!(
            row[received].to_string(),
            told["received"].to_string(),
            "the very numbers of the workbook"
        );
    }

    let made = job.run(&["export", "register", "--format", "csv", "-o", "register.csv"]).json();
    assert_eq!(made["rows"], json!(3));
    let register = std::fs::read_to_string(job.path("register.csv")).expect("the register");
    assert!(!register.contains("Ann Ames") && register.contains("referrals.csv"));
    let refused = job.run(&["export", "register", "--format", "csv", "-o", "names.csv", "--with-patients"]);
    assert_eq!(
        refused.error(),
        (2, "usage".to_owned()),
        "names need a purpose, a recipient and a legal basis"
    );
    job.run(&[
        "export",
        "register",
        "--format",
        "csv",
        "-o",
        "names.csv",
        "--with-patients",
        "--purpose",
        "Comparison",
        "--recipient",
        "Pine Tree Health",
        "--basis",
        "operations",
    ]);
    assert!(std::fs::read_to_string(job.path("names.csv")).expect("the register").contains("Ann Ames"));

    let log = job.run(&["export", "audit", "--format", "csv", "-o", "log.csv"]);
    assert_eq!(log.code, 0, "{}", log.out);
    let log = std::fs::read_to_string(job.path("log.csv")).expect("the log");
    assert!(
        log.contains("export_register_with_patients") && log.contains("sign_in") && log.contains("verifies")
    );
    assert!(!log.contains("Ann Ames"));

    let check = job.run(&["check"]);
    assert_eq!((check.code, &check.json()["ok"]), (0, &json!(true)));
    let backup = job.run(&["backup", "--to", job.path("stick").to_str().expect("a path")]);
    assert!(Path::new(backup.json()["folder"].as_str().expect("a folder")).join("practice.db").exists());
}

#[test]
fn what_is_ambiguous_names_the_option_that_decides() {
    let job = Job::with_practice();
    let file = job.file(
        "dates.csv",
        "Date,Referred by,Patient\n03/04/2026,Keiko Ito MD,Ann Ames\n05/06/2026,Keiko Ito MD,Bob Boyd\n",
    );
    let said = job.run(&["import", &file]);
    assert_eq!(said.code, 7, "{}", said.out);
    assert!(said.json()["error"]["decide_with"].to_string().contains("--date-order"), "{}", said.out);
    let decided = job.run(&["import", &file, "--date-order", "dmy", "--save-profile", "Monthly"]);
    assert_eq!(decided.json()["referrals"]["new"], json!(2), "{}", decided.out);
    let report = job.run(&["report", "scorecards", "--from", "2026-04-03", "--to", "2026-04-03"]).json();
    assert_eq!(report["totals"]["received"], json!(1), "the third of April");

    let next = job.file("next.csv", "Date,Referred by,Patient\n07/08/2026,Keiko Ito MD,Cy Cole\n");
    assert_eq!(
        job.run(&["import", &next]).json()["referrals"]["new"],
        json!(1),
        "the saved mapping knows the order"
    );
    let unknown = job.run(&["import", &next, "--profile", "Yearly"]);
    assert_eq!(
        (unknown.code, &unknown.json()["error"]["decide_with"]),
        (2, &json!(["--profile \"Monthly\""]))
    );

    let columns = job.file("columns.csv", "Blip,Blop\n1,2\n");
    assert_eq!(job.run(&["import", &columns]).code, 7, "a column that is required is missing");
}

#[test]
fn each_failure_has_its_exit_code() {
    let job = Job::with_practice();
    let error = |arguments: &[&str]| job.run(arguments).error();
    assert_eq!(error(&["import", "missing.csv"]), (6, "not_found".to_owned()));
    let pdf = job.file("report.csv", "%PDF-1.7\n");
    assert_eq!(error(&["import", &pdf]).0, 6);
    assert_eq!(error(&["import", &pdf, "--map", "no equals sign"]), (2, "usage".to_owned()));
    assert_eq!(
        error(&[
            "export",
            "scorecards",
            "--from",
            "2026-01-01",
            "--to",
            "2026-01-31",
            "-o",
            "no/such/folder.xlsx"
        ])
        .0,
        8
    );
    assert_eq!(
        error(&["report", "scorecards", "--from", "2026-02-01", "--to", "2026-01-31"]),
        (2, "usage".to_owned())
    );
    assert_eq!(error(&["fly"]), (2, "usage".to_owned()));
    assert_eq!(
        error(&[
            "init",
            "--name",
            "X",
            "--state",
            "ME",
            "--time-zone",
            "America/New_York",
            "--profile-name",
            "Y"
        ])
        .0,
        8,
        "there is one already"
    );
    assert_eq!(error(&["check", "--as", "Nobody"]).0, 2);

    let mut nowhere = job.command();
    nowhere.args(["--json", "--practice", "nowhere", "--passphrase-file", "phrase.txt", "check"]);
    assert_eq!(said(nowhere).error(), (9, "no_practice".to_owned()));

    std::fs::write(job.path("wrong.txt"), "not the passphrase at all\n").expect("a file");
    let mut wrong = job.command();
    wrong.args(["--json", "--practice", "practice", "--passphrase-file", "wrong.txt", "check"]);
    assert_eq!(said(wrong).error(), (3, "wrong_passphrase".to_owned()));

    let mut nothing = job.command();
    nothing.args(["--json", "--practice", "practice", "check"]);
    assert_eq!(said(nothing).code, 3, "no passphrase and no keyring");

    let profile = describe(&job.practice()).expect("a practice").profiles[0].id;
    let machine = Machine::with_folder(job.path("other"));
    let open = unlock(
        &machine,
        &job.practice(),
        profile,
        &Passphrase::new(PHRASE).expect("a passphrase"),
        OnDoubt::Refuse,
    )
    .expect("open");
    assert_eq!(error(&["check"]).0, 4, "another process has it open");
    open.lock().expect("locked");

    let database = job.practice().join("practice.db");
    let mut bytes = std::fs::read(&database).expect("the file");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(0x5a);
    std::fs::write(&database, bytes).expect("damaged");
    assert_eq!(job.run(&["check"]).code, 5);
}

#[test]
fn the_passphrase_comes_from_standard_input_too_and_text_is_for_people() {
    let job = Job::with_practice();
    let mut child = job
        .command()
        .args(["--practice", "practice", "check"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    child.stdin.take().expect("standard input").write_all(format!("{PHRASE}\n").as_bytes()).expect("written");
    let out = child.wait_with_output().expect("it ends");
    assert!(out.status.success());
    assert!(String::from_utf8_lossy(&out.stdout).starts_with("Everything is whole"));

    let mut failing = job.command();
    failing.args(["--practice", "practice", "--passphrase-file", "phrase.txt", "import", "missing.csv"]);
    let failed = said(failing);
    assert!(
        failed.out.is_empty() && failed.err.starts_with("baton-cli: There is no such file."),
        "{} {}",
        failed.out,
        failed.err
    );
}

#[test]
fn help_and_the_documentation_tell_every_exit_code() {
    let job = Job::new();
    let mut help = job.command();
    help.arg("--help");
    let help = said(help);
    assert_eq!(help.code, 0);
    let document = include_str!("../../docs/cli.md");
    for code in 0..=9 {
        assert!(help.out.contains(&format!("\n  {code}  ")), "--help tells {code}");
        assert!(document.contains(&format!("\n| {code} | ")), "the documentation tells {code}");
    }
}

#[test]
fn the_sample_fills_a_new_practice_and_no_other() {
    let job = Job::with_practice();
    let made = job.run(&["sample", "--size", "s"]);
    assert_eq!(made.code, 0, "{}", made.out);
    assert!(made.json()["partners"].as_u64().is_some_and(|partners| partners >= 200), "{}", made.out);
    assert!(made.json()["referrals"].as_u64().is_some_and(|referrals| referrals >= 5_000), "{}", made.out);
    assert_eq!(job.run(&["sample", "--size", "S"]).error(), (1, "not_empty".to_owned()));
}

#[test]
fn backups_are_made_listed_tested_and_restored_without_a_window() {
    let job = Job::with_practice();
    let file = job.file("referrals.csv", REFERRALS);
    let options = ["--map", "Referred by=referrer", "--value", "Kept=seen"];
    let made = job.run(&["backup"]);
    assert_eq!(made.code, 0, "{} {}", made.out, made.err);
    let empty = made.json()["folder"].as_str().expect("a folder").to_owned();
    assert_eq!(job.run(&[&["import", &file], &options[..]].concat()).code, 0);

    let listed = job.run(&["backups", "list"]).json();
    let whys: Vec<&str> =
        listed["backups"].as_array().expect("a list").iter().filter_map(|b| b["why"].as_str()).collect();
    assert_eq!(whys, ["before_import", "asked", "first"]);
    assert!(listed["backups"].as_array().expect("a list").iter().all(|b| b["verified"] == json!(true)));

    let tested = job.run(&["drill"]);
    assert_eq!((tested.code, &tested.json()["ok"]), (0, &json!(true)), "{}", tested.out);

    let asked = job.run(&["restore", "--from", &empty]);
    assert_eq!((asked.code, asked.error().1.as_str()), (7, "restore"));
    let told = asked.json();
    assert_eq!(told["error"]["decide_with"], json!(["--yes"]));
    assert!(told["error"]["preview"]["lost"]["count"].as_u64().is_some_and(|lost| lost > 0), "{told}");
    let counts = told["error"]["preview"]["counts"].as_array().expect("counts").clone();
    assert!(counts.contains(&json!({ "kind": "referrals", "now": 3, "then": 0 })), "{counts:?}");

    let done = job.run(&["restore", "--from", &empty, "--yes"]);
    assert_eq!(done.code, 0, "{} {}", done.out, done.err);
    let kept = done.json()["kept"].as_str().expect("kept").to_owned();
    let report = ["report", "scorecards", "--from", "2026-01-01", "--to", "2026-12-31"];
    assert_eq!(job.run(&report).json()["totals"]["received"], json!(0));
    let back = job.run(&["restore", "--from", &kept, "--yes"]);
    assert_eq!(back.code, 0, "{} {}", back.out, back.err);
    assert_eq!(job.run(&report).json()["totals"]["received"], json!(3), "the restore was taken back");
    assert_eq!(job.run(&["check"]).code, 0);

    std::fs::write(Path::new(&empty).join("practice.db"), "damaged").expect("written");
    assert_eq!(job.run(&["restore", "--from", &empty, "--yes"]).error(), (5, "backup_damaged".into()));
    let nothing = job.path("nothing").display().to_string();
    std::fs::create_dir(&nothing).expect("made");
    assert_eq!(job.run(&["restore", "--from", &nothing, "--yes"]).error(), (9, "not_a_backup".into()));
}

#[test]
fn a_file_for_outside_needs_the_printed_key_and_gives_a_new_passphrase() {
    let job = Job::new();
    std::fs::write(job.path("phrase.txt"), PHRASE).expect("the passphrase");
    let sheet = job.path("sheet.txt").display().to_string();
    let made = job.run(&[
        "init",
        "--name",
        "Harborview Orthopedics",
        "--state",
        "ME",
        "--time-zone",
        "America/New_York",
        "--profile-name",
        "Maren Okafor",
        "--recovery-file",
        &sheet,
    ]);
    assert_eq!(made.code, 0, "{} {}", made.out, made.err);
    let age = job.path("stick.baton.age").display().to_string();
    let saved = job.run(&["backup", "--age", "stick.baton.age"]);
    assert_eq!((saved.code, &saved.json()["age"]["keys"]), (0, &json!(1)), "{}", saved.out);
    assert_eq!(job.run(&["backup", "--age", &age]).error(), (8, "file_exists".into()));
    let typo = job.path("other.age").display().to_string();
    assert_eq!(
        job.run(&["backup", "--age", &typo, "--recipient", "age1x"]).error(),
        (2, "not_a_recipient".into())
    );

    let fresh = job.path("fresh").display().to_string();
    std::fs::write(job.path("phrase.txt"), "meadow thistle copper orbit violin").expect("a new one");
    let without = job.run(&["restore", "--from", &age, "--into", &fresh, "--yes"]);
    assert_eq!(without.code, 2, "{}", without.out);
    let done =
        job.run(&["restore", "--from", &age, "--into", &fresh, "--recovery-key-file", &sheet, "--yes"]);
    assert_eq!((done.code, &done.json()["kept"]), (0, &Value::Null), "{} {}", done.out, done.err);
    let mut command = job.command();
    command
        .args(["--practice", &fresh, "--passphrase-file"])
        .arg(job.path("phrase.txt"))
        .args(["--json", "check"]);
    let checked = self::said(command);
    assert_eq!(checked.code, 0, "the new passphrase opens it: {}", checked.out);
}

#[test]
fn what_is_a_row_can_be_said_record_by_record() {
    let job = Job::with_practice();
    let report = "Referrals of March\nDate,Patient,Referred By,Status,Payer\n\
        3/22/2026,\"Doe, Jane\",Smith MD,Seen,Aetna\nTotal Wellness,\"Roe, Al\",,,\n\
        3/24/2026,\"Poe, Ed\",Jones NP,Seen,Cigna\nTotal,2,,,\n";
    std::fs::write(job.path("report.csv"), report).expect("a file");
    let first = job.run(&["import", "report.csv", "--dry-run"]).json();
    assert_eq!(
        first["not_data"],
        json!([{"record": 1, "kind": "preamble"}, {"record": 4, "kind": "totals"}, {"record": 6, "kind": "totals"}])
    );
    let said = job.run(&["import", "report.csv", "--data", "4", "--not-data", "5"]).json();
    assert_eq!((&said["rows"], &said["referrals"]["new"]), (&json!(2), &json!(1)));
    assert_eq!(said["rejected"], json!([{"record": 4, "reason": "unreadable_date"}]));
    assert!(
        said["not_data"]
            .as_array()
            .is_some_and(|aside| aside.contains(&json!({"record": 5, "kind": "decided"})))
    );
}

#[test]
fn a_file_in_which_nobody_refers_asks_once_and_is_read_when_told() {
    let job = Job::with_practice();
    std::fs::write(job.path("visits.csv"), "Date,Patient,Status\n3/22/2026,\"Doe, Jane\",Seen\n")
        .expect("a file");
    let asked = job.run(&["import", "visits.csv"]);
    assert_eq!(asked.error(), (7, "missing_referrer".to_owned()));
    assert!(asked.out.contains("--without-referrer"), "{}", asked.out);
    let said = job.run(&["import", "visits.csv", "--without-referrer"]).json();
    assert_eq!(said["referrals"]["new"], json!(1));
}

#[test]
fn what_is_no_table_is_refused_with_what_to_do() {
    let job = Job::with_practice();
    std::fs::write(job.path("old.xls"), [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0])
        .expect("a file");
    std::fs::write(job.path("page.xls"), "<html><table><tr><td>Date</td></tr></table></html>")
        .expect("a file");
    for (name, code, todo) in [
        ("old.xls", "old_or_protected_excel", "without a password"),
        ("page.xls", "web_page", "save it as .xlsx"),
    ] {
        let said = job.run(&["import", name]);
        assert_eq!(said.error(), (6, code.to_owned()));
        assert!(said.out.contains(todo), "{}", said.out);
    }
}

/// The one profile of the practice takes another role.
fn becomes(job: &Job, role: &str) {
    let profile = describe(&job.practice()).expect("a practice").profiles[0].id;
    let phrase = Passphrase::new(PHRASE).expect("a passphrase");
    let machine = Machine::with_folder(job.path("other"));
    let open = unlock(&machine, &job.practice(), profile, &phrase, OnDoubt::Refuse).expect("open");
    open.practice()
        .write(baton_core::store::Label::hand("profile_role", role), |tx| {
            tx.execute("UPDATE profile SET role = ?1", [role])?;
            Ok::<_, baton_core::store::StoreError>(())
        })
        .expect("changed");
    open.lock().expect("locked");
}

#[test]
fn a_job_does_and_tells_what_the_role_of_its_profile_allows() {
    const MARKER: &str = "ZZPHI-7731";
    let job = Job::with_practice();
    let file =
        job.file("referrals.csv", &REFERRALS.replace("Ann Ames,A-1", &format!("{MARKER} Ames,{MARKER}")));
    let options = ["--map", "Referred by=referrer", "--value", "Kept=seen"];
    assert_eq!(job.run(&[&["import", &file], &options[..]].concat()).code, 0);
    becomes(&job, "analyst");
    let out = job.path("register.csv").display().to_string();
    let register = ["export", "register", "--format", "csv", "-o", &out];
    let said = job.run(&register);
    assert_eq!(said.code, 0, "{} {}", said.out, said.err);
    let report = job.run(&["report", "scorecards", "--from", "2026-01-01", "--to", "2026-06-30"]);
    assert_eq!(report.code, 0, "{} {}", report.out, report.err);
    let everything = [said.out, report.out, std::fs::read_to_string(&out).expect("a table")].concat();
    assert!(!everything.contains(MARKER), "no name for an analyst");
    let again = job.run(&[&["import", &file], &options[..]].concat());
    assert_eq!(again.error(), (10, "not_allowed".to_owned()));
    assert!(!again.out.contains(MARKER) && again.out.contains("owner of the practice"), "{}", again.out);
}
