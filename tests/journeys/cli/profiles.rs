//! What a job may do as whom, and who has a profile.

use super::*;

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

#[test]
fn a_profile_is_listed_and_retired_without_a_window() {
    let job = Job::with_practice();
    let owner = describe(&job.practice()).expect("a practice").profiles[0].id;
    let phrase = Passphrase::new(PHRASE).expect("a passphrase");
    let machine = Machine::with_folder(job.path("other"));
    let open = unlock(&machine, &job.practice(), owner, &phrase, OnDoubt::Refuse).expect("open");
    let form = ProfileForm {
        name: "Tess Lindqvist".into(),
        initials: "TL".into(),
        role: Role::Liaison,
        active_from: None,
        active_to: None,
    };
    add_profile(&machine, &open, &phrase, &form).expect("added");
    open.lock().expect("locked");

    let owner = ["--as", "MO"];
    let list = || job.run(&[&["profiles", "list"], &owner[..]].concat()).json();
    let states = |list: &Value| {
        let all = list["profiles"].as_array().expect("a list");
        all.iter().map(|one| one["state"].as_str().expect("a state").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(states(&list()), ["active", "waiting"]);
    let nobody = job.run(&[&["profiles", "retire", "Nobody"], &owner[..]].concat());
    assert_eq!(nobody.error(), (2, "usage".to_owned()));
    let gone = job.run(&[&["profiles", "retire", "tl"], &owner[..]].concat());
    assert_eq!((gone.code, &gone.json()["retired"]), (0, &json!("Tess Lindqvist")));
    assert_eq!(states(&list()), ["active", "retired"]);
    let oneself = job.run(&[&["profiles", "retire", "MO"], &owner[..]].concat());
    assert_eq!(oneself.error().1, "your_own");
    becomes(&job, "clinician");
    assert_eq!(job.run(&["profiles", "list"]).error(), (10, "owners_only".to_owned()));
}
