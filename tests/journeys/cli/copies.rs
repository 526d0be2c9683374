//! Backups and restoring.

use super::*;

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
