//! Finding help for a patient, from the question to whether it helped.

use baton_core::Practice;
use baton_core::foundation::id::{PartnerId, ReferralId};
use baton_core::history;
use baton_core::insights::{Period, care_report};
use baton_core::network;
use baton_core::referrals::care::{self, Answers, HelpAnswer, YesNo};
use baton_core::referrals::help::{
    self, Found, HandOutAnswer, HandOutChoice, HelpQuestion, NewHandOut, NewIssue, Strengths, WhyOut,
    WishKind, WishMet, WishWeight, Wishes,
};
use baton_core::referrals::{self, PatientLabel, ReferralError};
use baton_core::sample::{SampleSize, create_into};
use baton_core::testing::{TestPractice, day, practice, practice_over_time, with_role};
use baton_core::vault::{Rights, Role, Scope, set_rights};

use crate::world::{self, Told, tell};

fn list(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Three physical therapists and a gym. Alder speaks Spanish and takes Acme, Birch takes Acme and is near, Cedar refuses it.
struct County {
    alder: PartnerId,
    birch: PartnerId,
    cedar: PartnerId,
    gym: PartnerId,
}

fn county(practice: &Practice) -> County {
    let there = tell(practice, |tx| {
        Ok(County {
            alder: world::partner(tx, "Alder Therapy", "medical", "physical_therapist"),
            birch: world::partner(tx, "Birch Therapy", "medical", "physical_therapist"),
            cedar: world::partner(tx, "Cedar Therapy", "medical", "physical_therapist"),
            gym: world::partner(tx, "Eastside Gym", "business", "gym"),
        })
    });
    let set = |partner, strengths: Strengths| {
        help::set_strengths(practice, partner, &strengths).expect("put down");
    };
    set(
        there.alder,
        Strengths {
            helps_with: list(&["knee pain", "running injuries"]),
            languages: list(&["English", "Spanish"]),
            insurances: list(&["Acme Health"]),
            distance_m: Some(20_000),
            ..Strengths::default()
        },
    );
    set(
        there.birch,
        Strengths {
            languages: list(&["English"]),
            insurances: list(&["Acme Health"]),
            distance_m: Some(3_000),
            ..Strengths::default()
        },
    );
    set(there.cedar, Strengths { no_insurances: list(&["Acme Health"]), ..Strengths::default() });
    there
}

fn question(problem: &str, wishes: Wishes) -> HelpQuestion {
    HelpQuestion { problem: problem.into(), wishes }
}

fn find(practice: &Practice, problem: &str, wishes: Wishes) -> Found {
    help::find_help(practice, &question(problem, wishes)).expect("found")
}

fn names(found: &Found) -> Vec<(&str, Option<u32>)> {
    found.matches.iter().map(|one| (one.name.as_str(), one.score.score)).collect()
}

fn wishes() -> Wishes {
    Wishes {
        language: Some("Spanish".into()),
        distance_m: Some(10_000),
        insurance: Some("Acme Health".into()),
        ..Wishes::default()
    }
}

#[test]
fn a_patient_finds_at_least_two_who_suit_each_explained_and_whoever_refuses_the_insurance_is_left_out() {
    let practice = practice("2026-11-20");
    let there = county(&practice);
    let found = find(&practice, "physical therapy", wishes());
    // Both meet two of three; the order of the same score is that of names.
    assert_eq!(names(&found), [("Alder Therapy", Some(67)), ("Birch Therapy", Some(67))]);
    let met: Vec<_> = found.matches[1].checks.iter().map(|check| (check.kind, check.met)).collect();
    assert_eq!(
        met,
        [
            (WishKind::Language, WishMet::No),
            (WishKind::Distance, WishMet::Yes),
            (WishKind::Insurance, WishMet::Yes)
        ]
    );
    assert_eq!(found.matches[0].why, ["Physical therapist"]);
    assert_eq!(found.left_out.len(), 1);
    assert_eq!(
        (found.left_out[0].partner, &found.left_out[0].why),
        (there.cedar, &WhyOut::InsuranceRefused("Acme Health".into()))
    );
    // Nobody meets everything: without the distance Alder would, without the language Birch.
    let relaxed: Vec<_> = found.relaxed.iter().map(|one| (one.kind, one.partners)).collect();
    assert_eq!(relaxed, [(WishKind::Language, 1), (WishKind::Distance, 1)]);
    // What matters more counts more: 5 of 7 against 2 of 7.
    let weights = vec![WishWeight { kind: WishKind::Language, weight: 5 }];
    let found = find(&practice, "physical therapy", Wishes { weights, ..wishes() });
    assert_eq!(names(&found), [("Alder Therapy", Some(86)), ("Birch Therapy", Some(29))]);
    // Without preferences there is no score; who is recorded for the problem comes first.
    let found = find(&practice, "knee pain", Wishes::default());
    assert_eq!(names(&found), [("Alder Therapy", None)]);
    assert!(found.matches[0].recorded && found.matches[0].why == ["knee pain"]);
    let nobody = find(&practice, "cataract", Wishes::default());
    assert_eq!((nobody.suiting, nobody.problems), (0, list(&["knee pain", "running injuries"])));
    let refused = help::find_help(&practice, &question("  ", Wishes::default()));
    assert!(matches!(refused, Err(ReferralError::Invalid { field: "problem", .. })));
    let gym = help::help_facts(&practice, there.gym).expect("facts");
    assert_eq!((gym.strengths, gym.issues), (Strengths::default(), Vec::new()));
}

#[test]
fn whoever_sends_us_more_patients_stands_no_higher() {
    let practice = practice("2026-11-20");
    let there = county(&practice);
    let before = find(&practice, "physical therapy", wishes());
    tell(&practice, |tx| {
        for n in 1..=20 {
            let received = format!("2026-10-{n:02}");
            let told = Told {
                received: &received,
                from: Some(there.birch),
                amount: Some(900_000),
                outcome: Some("seen"),
                seen: Some("2026-10-28"),
                ..Told::default()
            };
            world::referral(tx, &told);
        }
        Ok(())
    });
    assert_eq!(find(&practice, "physical therapy", wishes()), before);
}

#[test]
fn a_grave_concern_or_little_help_takes_a_reason_and_do_not_use_shuts_the_door() {
    let practice = practice("2026-11-20");
    let there = county(&practice);
    let concern = NewIssue {
        category: help::IssueCategory::Clinical,
        severity: 3,
        what: "Two falls in the hall".into(),
        opened_on: Some(day("2026-11-02")),
        told_on: None,
    };
    let opened = help::open_issue(&practice, there.alder, &concern).expect("opened").value;
    let small = NewIssue { severity: 1, what: "Slow with letters".into(), ..concern.clone() };
    help::open_issue(&practice, there.birch, &small).expect("opened");
    let found = find(&practice, "physical therapy", wishes());
    let warned: Vec<_> = found.matches.iter().map(|one| (one.warnings.len(), one.needs_reason)).collect();
    assert_eq!(warned, [(1, true), (1, false)]);
    let give = |reason: Option<&str>| {
        let choice =
            |partner, reason: Option<&str>| HandOutChoice { partner, reason: reason.map(str::to_owned) };
        help::give_hand_out(
            &practice,
            &NewHandOut {
                patient: PatientLabel { name: "Ann Ames".into(), chart_number: None, patient: None },
                referral: None,
                question: question("physical therapy", wishes()),
                choices: vec![choice(there.alder, reason), choice(there.birch, None)],
            },
        )
    };
    assert!(matches!(give(None), Err(ReferralError::Invalid { field: "reason", .. })));
    give(Some("The only one who speaks Spanish")).expect("given");
    assert!(matches!(help::close_issue(&practice, opened, " "), Err(ReferralError::Invalid { .. })));
    help::close_issue(&practice, opened, "A rail was put up").expect("settled");
    assert!(!find(&practice, "physical therapy", wishes()).matches[0].needs_reason);
    assert!(matches!(help::close_issue(&practice, opened, "again"), Err(ReferralError::Missing)));
    // Three patients say 5, 6 and 6: 5.7 in the mean.
    tell(&practice, |tx| {
        for helped in ["5", "6", "6"] {
            let told = Told { received: "2026-10-01", to: Some(there.birch), ..Told::default() };
            let id = world::referral(tx, &told);
            for (item, value) in [("answered_on", "2026-10-20"), ("contacted", "yes"), ("helped", helped)] {
                tx.execute(
                    "INSERT INTO referral_answer VALUES (randomblob(16), ?1, 'help', ?2, ?3, 0, x'00')",
                    rusqlite::params![id, item, value],
                )?;
            }
        }
        Ok(())
    });
    let birch = &find(&practice, "physical therapy", wishes()).matches[1];
    assert_eq!((birch.help.mean, birch.help.n, birch.needs_reason), (Some(5.7), 3, true));
    let shut = Strengths { do_not_use: Some("License under review".into()), ..Strengths::default() };
    help::set_strengths(&practice, there.birch, &shut).expect("put down");
    let found = find(&practice, "physical therapy", Wishes::default());
    let out: Vec<_> = found.left_out.iter().map(|out| (out.partner, out.why.clone())).collect();
    assert_eq!(out, [(there.birch, WhyOut::DoNotUse("License under review".into()))]);
    network::end_partner(&practice, there.cedar, Some(day("2026-11-20")), "retired").expect("ended");
    let found = find(&practice, "physical therapy", Wishes::default());
    assert!(found.left_out.iter().any(|out| out.why == WhyOut::Ended(day("2026-11-20"))));
}

fn outbound(practice: &Practice, to: PartnerId) -> ReferralId {
    tell(practice, |tx| {
        Ok(world::referral(tx, &Told { received: "2026-11-02", to: Some(to), ..Told::default() }))
    })
}

#[test]
fn a_patient_takes_a_choice_along_and_is_asked_later_whether_it_helped() {
    let (practice, set) = practice_over_time("2026-11-02");
    let there = county(&practice);
    let referral = outbound(&practice, there.alder);
    let choice = |partner| HandOutChoice { partner, reason: None };
    let new = |choices: Vec<HandOutChoice>| NewHandOut {
        patient: PatientLabel { name: String::new(), chart_number: None, patient: None },
        referral: Some(referral),
        question: question("physical therapy", wishes()),
        choices,
    };
    let give = |choices| help::give_hand_out(&practice, &new(choices));
    for (choices, said) in [
        (Vec::new(), "Choose the partners"),
        (vec![choice(there.alder)], "at least two"),
        (vec![choice(there.alder), choice(there.cedar)], "left out"),
        (vec![choice(there.alder), choice(there.gym)], "does not suit"),
    ] {
        let refused = give(choices).expect_err("refused");
        assert!(refused.to_string().contains(said), "{refused}");
        assert!(matches!(refused, ReferralError::Invalid { field: "choices", .. }));
    }
    let written = give(vec![choice(there.birch), choice(there.alder)]).expect("given");
    let id = written.value;
    let lists = help::hand_outs_of(&practice, referral).expect("lists");
    assert_eq!(lists.len(), 1);
    let order: Vec<_> = lists[0].choices.iter().map(|one| (one.partner, one.score)).collect();
    assert_eq!(order, [(there.birch, Some(67)), (there.alder, Some(67))], "in the order it was printed");
    assert_eq!(lists[0].ask_on, day("2026-11-16"));
    assert_eq!(lists[0].wishes.as_ref(), Some(&wishes()), "whoever holds the baton reads what is preferred");
    assert_eq!(help::hand_outs_to_ask(&practice).expect("lists").len(), 1);

    set(day("2026-11-20"));
    let say = |answer: HandOutAnswer| help::answer_hand_out(&practice, id, &answer);
    let yes = HandOutAnswer { on: None, contacted: YesNo::Yes, chosen: Some(there.alder), helped: Some(9) };
    let field = |answer| match say(answer) {
        Err(ReferralError::Invalid { field, .. }) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(field(HandOutAnswer { helped: Some(11), ..yes }), "helped");
    assert_eq!(field(HandOutAnswer { on: Some(day("2026-11-21")), ..yes }), "answeredOn");
    assert_eq!(field(HandOutAnswer { on: Some(day("2026-11-01")), ..yes }), "answeredOn");
    assert_eq!(field(HandOutAnswer { chosen: None, ..yes }), "chosen");
    assert_eq!(field(HandOutAnswer { chosen: Some(there.gym), ..yes }), "chosen");
    say(yes).expect("put down");
    assert!(help::hand_outs_to_ask(&practice).expect("lists").is_empty());
    assert_eq!(find(&practice, "physical therapy", wishes()).matches[0].help.n, 1);
    let november = Period::new(day("2026-11-01"), day("2026-11-30")).expect("a period");
    let rate = || {
        let rate = care_report(&practice, &november).expect("a report").help_rate;
        ((rate.helped.a, rate.helped.b), (rate.contacted.a, rate.contacted.b))
    };
    assert_eq!(rate(), ((1, 1), (1, 1)));
    // The outbound referral itself is asked about: the patient counts once.
    let help = HelpAnswer { answered_on: day("2026-11-20"), contacted: YesNo::Yes, helped: Some(4) };
    care::set_answers(&practice, referral, &Answers { help: Some(help), ..Answers::default() })
        .expect("said");
    assert_eq!(rate(), ((0, 1), (1, 1)));
    let no = HandOutAnswer { on: None, contacted: YesNo::No, chosen: Some(there.alder), helped: Some(9) };
    say(no).expect("corrected");
    let answer = help::hand_outs_of(&practice, referral).expect("lists")[0].answer.expect("an answer");
    assert_eq!((answer.contacted, answer.chosen, answer.helped), (YesNo::No, None, None));
    history::undo(&practice, written.entry.expect("an entry").seq, baton_core::store::OnConflict::Overwrite)
        .expect("taken back");
    assert!(help::hand_outs_of(&practice, referral).expect("lists").is_empty());
}

#[test]
fn a_role_with_own_records_finds_among_its_own_partners_and_reads_its_own_lists() {
    let practice = practice("2026-11-20");
    let there = county(&practice);
    let rights = Rights { scope: Scope::Own, ..Rights::of(Role::FrontDesk) };
    set_rights(&practice, Role::FrontDesk, &rights).expect("set");
    let desk = with_role(&practice, Role::FrontDesk);
    assert_eq!(find(&desk, "physical therapy", Wishes::default()).suiting, 0);
    network::set_owner(&practice, &[there.birch], Some(desk.actor().id)).expect("set");
    assert_eq!(names(&find(&desk, "physical therapy", Wishes::default())), [("Birch Therapy", None)]);
    let own = NewHandOut {
        patient: PatientLabel { name: "Bob Bell".into(), chart_number: None, patient: None },
        referral: None,
        question: question("physical therapy", Wishes::default()),
        choices: vec![
            HandOutChoice { partner: there.birch, reason: None },
            HandOutChoice { partner: there.alder, reason: None },
        ],
    };
    help::give_hand_out(&desk, &own).expect("the file knows both");
    assert_eq!(help::hand_outs_to_ask(&desk).expect("lists").len(), 1);
    let blind = with_role(&practice, Role::Liaison);
    let seen = help::hand_outs_to_ask(&blind).expect("lists");
    assert!(seen[0].patient.starts_with("Patient ") && seen[0].problem.is_none() && seen[0].wishes.is_none());
}

#[test]
fn an_erased_patient_leaves_nothing_on_the_lists_of_others() {
    let practice = practice("2026-11-20");
    let there = county(&practice);
    let (one, other) = (outbound(&practice, there.alder), outbound(&practice, there.birch));
    for (id, doctor) in [(one, "Dr. Zzgone"), (other, "Dr. Stays")] {
        let answers = Answers { home_doctor: Some(doctor.into()), ..Answers::default() };
        care::set_answers(&practice, id, &answers).expect("put down");
    }
    let patient = referrals::referral(&practice, one).expect("a page").patient_id;
    let along = NewHandOut {
        patient: PatientLabel { name: String::new(), chart_number: None, patient: None },
        referral: Some(one),
        question: question("physical therapy", wishes()),
        choices: vec![
            HandOutChoice { partner: there.alder, reason: None },
            HandOutChoice { partner: there.birch, reason: None },
        ],
    };
    help::give_hand_out(&practice, &along).expect("given");
    tell(&practice, |tx| Ok(tx.execute("UPDATE hand_out SET problem = 'zzgone'", [])?));
    tell(&practice, |tx| {
        Ok(tx.execute("UPDATE referral SET received_on = '2001-01-02', closed_on = '2001-02-01'", [])?)
    });
    use baton_core::retention::{Decision, ErasureRequest, LookedFor, erase};
    let request = ErasureRequest {
        requester: "The patient".into(),
        requested_on: day("2026-11-20"),
        decision: Decision::Granted,
        reason: "asked".into(),
    };
    erase(&practice, LookedFor::Patient(patient.0), &request).expect("erased");
    let lists = help::hand_outs_of(&practice, one).expect("lists");
    assert_eq!((lists[0].problem.as_deref(), lists[0].wishes.as_ref()), (Some(""), None));
    assert_eq!(care::answers(&practice, one).expect("answers").home_doctor, None);
    assert_eq!(
        care::answers(&practice, other).expect("answers").home_doctor.as_deref(),
        Some("Dr. Stays"),
        "what is known of others stays"
    );
}

/// Facts for every partner of the sample by its place in the list, in words that are told apart by equality alone.
const INVENTED: &str = "
    CREATE TEMP TABLE nth AS SELECT id, row_number() OVER (ORDER BY name_key, id) AS n FROM partner WHERE class IN ('medical', 'business');
    INSERT INTO partner_strength (id, partner_id, kind, value, created_at, created_by)
    SELECT randomblob(16), id, f.kind, f.value, 0, x'00000000000000000000000000000000' FROM nth
    JOIN (SELECT 'helps_with' AS kind, 'zebra fever' AS value, 2 AS every, 0 AS at UNION ALL VALUES ('language', 'Klingon', 3, 0),
        ('language', 'Elvish', 3, 1), ('insurance', 'Acme', 4, 1), ('no_insurance', 'Acme', 8, 2), ('technology', 'video', 5, 0),
        ('distance', '4000', 6, 1), ('distance', '90000', 6, 2), ('not_suited_for', 'zebra', 10, 4), ('do_not_use', 'closed', 14, 0)) f
    WHERE n % f.every = f.at;";

#[test]
fn match_scores_counted_in_sql_are_those_of_the_list() {
    let practice: TestPractice = practice("2026-11-20");
    create_into(&practice, SampleSize::Small, day("2026-11-20")).expect("a sample");
    tell(&practice, |tx| {
        tx.execute_batch("DELETE FROM partner_strength")?;
        Ok(tx.execute_batch(INVENTED)?)
    });
    let wishes = Wishes {
        language: Some("Klingon".into()),
        insurance: Some("Acme".into()),
        technology: Some("video".into()),
        distance_m: Some(10_000),
        weights: vec![WishWeight { kind: WishKind::Insurance, weight: 2 }],
        ..Wishes::default()
    };
    let found = find(&practice, "zebra fever", wishes);
    // One column for each preference; insurance counts twice of five.
    let counted: Vec<(String, u32)> = tell(&practice, |tx| {
        let mut statement = tx.prepare(
            "WITH has AS (SELECT partner_id, max(kind = 'language' AND value = 'Klingon') AS language,
                     max(kind = 'insurance' AND value = 'Acme') AS insurance, max(kind = 'technology' AND value = 'video') AS technology,
                     max(kind = 'distance' AND CAST(value AS INTEGER) <= 10000) AS near, max(kind = 'helps_with') AS helps,
                     max(kind IN ('no_insurance', 'not_suited_for', 'do_not_use')) AS out
                 FROM partner_strength GROUP BY partner_id)
             SELECT p.name, CAST(round(100.0 * (language + 2 * insurance + technology + near) / 5) AS INTEGER) AS score
             FROM has JOIN partner p ON p.id = has.partner_id WHERE helps AND NOT out AND p.trashed_at IS NULL AND p.ended_on IS NULL
             ORDER BY language + 2 * insurance + technology + near DESC, p.name",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    });
    assert_eq!(usize::try_from(found.suiting).expect("few"), counted.len());
    assert!(counted.len() > 30, "{}", counted.len());
    let listed: Vec<(String, u32)> =
        found.matches.iter().map(|one| (one.name.clone(), one.score.score.expect("stated"))).collect();
    assert_eq!(listed, counted[..listed.len()]);
    assert!(listed.iter().any(|(_, score)| *score > 0));
}
