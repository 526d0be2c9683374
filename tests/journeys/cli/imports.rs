//! Files in and numbers out.

use super::*;

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
