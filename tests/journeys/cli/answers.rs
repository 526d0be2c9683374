//! Exit codes, the passphrase, help.

use super::*;

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
    let document = include_str!("../../../docs/cli.md");
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
