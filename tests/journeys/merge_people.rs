//! Two records of one person become one, and part again without a loss.

use baton_core::Practice;
use baton_core::foundation::id::{PartnerId, PersonId};
use baton_core::gratitude::{
    self, EmployerPolicy, Exclusion, GiftNote, Known, NewReward, NewShare, NewThanks, Occasion,
    RecipientKind, RewardKind, Split, ThanksForm, Whom,
};
use baton_core::history;
use baton_core::network::{
    self, ContactKind, Influence, NetworkError, NewAffiliation, NewContactPoint, Party, PersonChange,
};
use baton_core::outreach::{NewTask, add_task};
use baton_core::retention::{self, RecordKind, RecordRef};
use baton_core::store::{OnConflict, StoreError};
use baton_core::testing::{TestPractice, day, practice, with_role};
use baton_core::vault::Role;

use crate::world::{self, Told, tell};

const NPI: [&str; 2] = ["1234567893", "1245319599"];

struct Story {
    practice: TestPractice,
    kept: PersonId,
    gone: PersonId,
}

fn phone(practice: &Practice, of: PersonId, number: &str) {
    let new = NewContactPoint {
        kind: ContactKind::Phone,
        value: number.into(),
        label: String::new(),
        is_primary: true,
    };
    network::add_contact_point(practice, Party::Person(of), &new).expect("a telephone");
}

fn story() -> Story {
    let practice = practice("2026-11-25");
    let (pine, oak, kept, gone) = tell(&practice, |tx| {
        let pine = world::partner(tx, "Pine Hollow", "medical", "primary_care");
        let oak = world::partner(tx, "Oak Street Clinic", "medical", "primary_care");
        let kept = world::person(tx, "Keiko Ito", None);
        let gone = world::person(tx, "K. Ito", Some(NPI[0]));
        for (received, person) in [("2026-11-23", kept), ("2026-11-24", gone), ("2026-11-24", gone)] {
            let told = Told { received, from: Some(pine), person: Some(person), ..Told::default() };
            world::referral(tx, &told);
        }
        Ok((pine, oak, kept, gone))
    });
    network::affiliate(&practice, kept, &NewAffiliation::at(pine)).expect("works there");
    let decides = NewAffiliation {
        influence: Influence { decides: true, ..Influence::default() },
        ..NewAffiliation::at(pine)
    };
    network::affiliate(&practice, gone, &decides).expect("works there");
    network::affiliate(&practice, gone, &NewAffiliation::at(oak)).expect("and there");
    phone(&practice, kept, "(207) 555-0142");
    phone(&practice, gone, "207 555 0142");
    phone(&practice, gone, "(207) 555-0177");
    let note = |exclusion, policy, likes: &str| GiftNote {
        likes: likes.into(),
        policy,
        federal: Known::No,
        exclusion,
        exclusion_on: Some(day("2026-01-05")),
        ..GiftNote::default()
    };
    for (of, note) in [
        (kept, note(Exclusion::Clear, EmployerPolicy::Ask, "Green tea")),
        (gone, note(Exclusion::Clear, EmployerPolicy::Nothing, "Crosswords")),
    ] {
        gratitude::set_gift_note(&practice, Party::Person(of), &note).expect("a note");
    }
    let line = "Your notes on the stiff knee helped us.".to_owned();
    let thanks = NewThanks { of: Party::Person(gone), form: ThanksForm::Card, line, template: None };
    gratitude::send_thanks(&practice, &thanks).expect("thanked");
    Story { practice, kept, gone }
}

/// Everything a merge may touch, row by row.
fn everything(practice: &Practice) -> Vec<String> {
    let tables = [
        "person",
        "affiliation",
        "contact_point",
        "address",
        "alias",
        "partner",
        "referral",
        "baton",
        "hand_off",
        "thanks",
        "gift_note",
        "reward",
        "reward_share",
        "reward_alias",
        "partner_strength",
        "task",
        "nurture",
        "legal_hold",
    ];
    practice
        .read(|conn| {
            let mut all = Vec::new();
            for table in tables {
                let mut statement = conn.prepare(&format!("SELECT * FROM {table} ORDER BY id"))?;
                let columns = statement.column_count();
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    let cells: Vec<String> =
                        (0..columns).map(|at| format!("{:?}", row.get_ref(at).expect("a cell"))).collect();
                    all.push(format!("{table}: {}", cells.join(" ")));
                }
            }
            Ok::<_, StoreError>(all)
        })
        .expect("the file")
}

#[test]
fn what_hangs_on_one_moves_to_the_other_and_undo_parts_them_without_a_loss() {
    let Story { practice, kept, gone } = story();
    let before = everything(&practice);
    let preview = network::merge_preview(&practice, gone, kept).expect("a preview");
    assert_eq!((preview.places, preview.contacts, preview.referrals), (2, 2, 2));
    assert_eq!(preview.refusal, None);
    assert_eq!(preview.taken, ["npi"]);
    assert_eq!(preview.differs[0].field, "name");

    let written = network::merge_people(&practice, gone, kept).expect("merged");
    let page = network::person(&practice, kept).expect("a page");
    assert_eq!((page.name.as_str(), page.npi.as_deref()), ("Keiko Ito", Some(NPI[0])));
    assert_eq!(page.counts.received, 3);
    let places: Vec<_> = page.places.iter().map(|place| place.partner.name.as_str()).collect();
    assert_eq!(places.len(), 2, "{places:?}");
    assert!(page.places.iter().any(|place| place.partner.name == "Pine Hollow" && place.influence.decides));
    assert_eq!(page.places.iter().filter(|place| place.is_primary).count(), 1);
    let phones: Vec<_> = page.contact_points.iter().map(|point| point.value.as_str()).collect();
    assert_eq!(phones.len(), 2, "{phones:?}");
    assert_eq!(page.contact_points.iter().filter(|point| point.is_primary).count(), 1);
    assert_eq!(gratitude::thanks_of(&practice, Party::Person(kept)).expect("thanks").len(), 1);
    let note = gratitude::gift_note(&practice, Party::Person(kept)).expect("a note");
    assert_eq!((note.likes.as_str(), note.policy), ("Green tea; Crosswords", EmployerPolicy::Nothing));
    let trashed = network::trash(&practice).expect("the trash");
    assert_eq!(trashed[0].reason.as_deref(), Some("Same person as Keiko Ito"));

    history::undo(&practice, written.entry.expect("an entry").seq, OnConflict::Ask).expect("taken back");
    let after = everything(&practice);
    let lost: Vec<_> = before.iter().filter(|row| !after.contains(row)).collect();
    let left: Vec<_> = after.iter().filter(|row| !before.contains(row)).collect();
    assert!(lost.is_empty() && left.is_empty(), "lost {lost:#?}, left {left:#?}");
}

/// A book of so many cents for a physician.
fn gift(to: Whom, cents: i64) -> NewReward {
    NewReward {
        on: day("2026-03-02"),
        kind: RewardKind::Item,
        occasion: Occasion::Thanks,
        what: "A book".into(),
        total_cents: cents,
        split: Split::Each,
        cash: Known::No,
        solicited: Known::No,
        purpose: Some("For the case conference".into()),
        paid_to: None,
        receipt: None,
        fair_value: None,
        agreement: None,
        shares: vec![NewShare {
            whom: to,
            recipient: Some(RecipientKind::Physician),
            counts_to: None,
            present: true,
            federal: Known::Unknown,
        }],
    }
}

#[test]
fn gifts_stay_as_they_were_written_and_count_on_one_meter() {
    let Story { practice, kept, gone } = story();
    network::edit_person(&practice, kept, &[PersonChange::Notes(Some("At the harbor".into()))], None)
        .expect("a note");
    for (to, cents) in [(kept, 1_000), (gone, 2_000)] {
        let new = gift(Whom::Person(to), cents);
        let shown = gratitude::preflight(&practice, &new).expect("a check").verdict;
        gratitude::record_reward(&practice, &new, shown, Some("It was given")).expect("on record");
    }
    let ledger = |practice: &Practice| {
        everything(practice).into_iter().filter(|row| row.starts_with("reward")).collect::<Vec<_>>()
    };
    let written = ledger(&practice);
    network::merge_people(&practice, gone, kept).expect("merged");
    let now = ledger(&practice);
    assert_eq!(now.len(), written.len() + 1, "one line says that they are one");
    assert!(written.iter().all(|row| now.contains(row)), "nothing in the ledger was changed");
    let meters = gratitude::meters(&practice, 2026).expect("meters");
    assert_eq!(meters.len(), 1, "{meters:#?}");
    assert_eq!(meters[0].meter.given_cents, 3_000);
}

/// Both stand among the partners; each with a tag, a task and a wish not to be visited.
fn both_partners(practice: &Practice, kept: PersonId, gone: PersonId) -> [PartnerId; 2] {
    let own = tell(practice, |tx| {
        let own = [kept, gone].map(|person| {
            let own = world::partner(tx, "Dr. Ito", "medical", "specialist");
            tx.execute("UPDATE partner SET individual_id = ?2 WHERE id = ?1", (own, person)).expect("it is");
            let told =
                Told { received: "2026-11-20", from: Some(own), person: Some(person), ..Told::default() };
            world::referral(tx, &told);
            own
        });
        for (at, own) in own.iter().enumerate() {
            tx.execute(
                "INSERT INTO nurture (id, best_time, do_not, paused, changed_at, changed_by) VALUES (?1, '', ?2, ?3, ?4, ?5)",
                (own, format!("Not on day {at}"), at == 1, tx.now, tx.actor.id),
            )?;
        }
        Ok(own)
    });
    for own in own {
        let task =
            NewTask { partner: Some(own), ..NewTask::titled("Call", day("2026-12-01"), practice.actor().id) };
        add_task(practice, &task).expect("a task");
    }
    own
}

#[test]
fn two_who_are_both_partners_become_one_partner_and_part_again_without_a_loss() {
    let Story { practice, kept, gone } = story();
    let [kept_own, gone_own] = both_partners(&practice, kept, gone);
    let before = everything(&practice);
    let preview = network::merge_preview(&practice, gone, kept).expect("a preview");
    assert_eq!((preview.refusal.as_deref(), preview.partner.as_deref()), (None, Some("Dr. Ito")));
    let written = network::merge_people(&practice, gone, kept).expect("merged");
    let page = network::partner(&practice, kept_own).expect("a page");
    assert_eq!(page.counts.received, 2, "the referrals of both");
    let (tasks, wish): (u32, (String, bool)) = practice
        .read(|conn| {
            let tasks =
                conn.query_row("SELECT count(*) FROM task WHERE partner_id = ?1", [kept_own], |row| {
                    row.get(0)
                })?;
            let wish =
                conn.query_row("SELECT do_not, paused FROM nurture WHERE id = ?1", [kept_own], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })?;
            Ok::<_, StoreError>((tasks, wish))
        })
        .expect("read");
    assert_eq!((tasks, wish), (2, ("Not on day 0\nNot on day 1".to_owned(), true)), "no wish is lost");
    let trashed = network::trash(&practice).expect("the trash");
    assert!(trashed.iter().any(|one| one.record == Party::Partner(gone_own)), "{trashed:?}");
    history::undo(&practice, written.entry.expect("an entry").seq, OnConflict::Ask).expect("taken back");
    let after = everything(&practice);
    let lost: Vec<_> = before.iter().filter(|row| !after.contains(row)).collect();
    let left: Vec<_> = after.iter().filter(|row| !before.contains(row)).collect();
    assert!(lost.is_empty() && left.is_empty(), "lost {lost:#?}, left {left:#?}");
}

#[test]
fn gifts_put_down_for_a_person_and_for_the_partner_they_are_count_on_one_meter_before_and_after() {
    let Story { practice, kept, gone } = story();
    let [kept_own, gone_own] = both_partners(&practice, kept, gone);
    let everybody =
        [Whom::Person(kept), Whom::Partner(kept_own), Whom::Person(gone), Whom::Partner(gone_own)];
    for whom in everybody.clone() {
        let new = gift(whom, 10_000);
        let shown = gratitude::preflight(&practice, &new).expect("a check").verdict;
        gratitude::record_reward(&practice, &new, shown, Some("It was given")).expect("on record");
    }
    let totals = |practice: &Practice| {
        let meters = gratitude::meters(practice, 2026).expect("meters");
        meters.iter().map(|row| row.meter.total_cents()).collect::<Vec<_>>()
    };
    assert_eq!(totals(&practice), [20_000, 20_000], "two people, each on one meter");
    let verdicts = |practice: &Practice| {
        everybody
            .clone()
            .map(|whom| gratitude::preflight(practice, &gift(whom, 20_000)).expect("a check").verdict)
    };
    let before = verdicts(&practice);
    network::merge_people(&practice, gone, kept).expect("merged");
    assert_eq!(totals(&practice), [40_000]);
    let after = verdicts(&practice);
    assert!(before.iter().zip(&after).all(|(before, after)| after >= before), "{before:?} {after:?}");
    assert_eq!(after, [gratitude::Verdict::Blocked; 4], "400 and 200 are more than 535");
}

#[test]
fn a_hold_keeps_the_record_it_stands_on() {
    let Story { practice, kept, gone } = story();
    let record = RecordRef { kind: RecordKind::Person, id: gone.0 };
    let hold = retention::place_hold(&practice, Some(record), "A lawyer asked").expect("a hold").value;
    let preview = network::merge_preview(&practice, gone, kept).expect("a preview");
    assert!(preview.refusal.is_some_and(|why| why.contains("legal hold")));
    let refused = network::merge_people(&practice, gone, kept);
    assert!(matches!(refused, Err(NetworkError::Invalid { field: "other", .. })), "{refused:?}");
    network::merge_people(&practice, kept, gone).expect("the other way round");
    history::undo_last(&practice).expect("parted");
    retention::lift_hold(&practice, hold, "The case is closed").expect("lifted");
    network::merge_people(&practice, gone, kept).expect("merged");
}

#[test]
fn whom_the_one_that_goes_is_not_the_one_that_stays_is_not_either() {
    let Story { practice, kept, gone } = story();
    let other = tell(&practice, |tx| Ok(world::person(tx, "Keiko Ito", None)));
    let (kept, gone, other) = (Party::Person(kept), Party::Person(gone), Party::Person(other));
    network::mark_different(&practice, gone, other).expect("told apart");
    network::mark_different(&practice, gone, kept).expect("told apart, by mistake");
    let pairs = |practice: &Practice| {
        practice
            .read(|conn| {
                let mut statement = conn.prepare("SELECT one_id, other_id FROM distinct_pair")?;
                let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
                Ok::<_, StoreError>(rows.collect::<Result<Vec<(PersonId, PersonId)>, _>>()?)
            })
            .expect("read")
    };
    let before = pairs(&practice);
    let (Party::Person(into), Party::Person(away), Party::Person(other)) = (kept, gone, other) else {
        return;
    };
    network::merge_people(&practice, away, into).expect("merged");
    assert_eq!(pairs(&practice), [(into.min(other), into.max(other))]);
    history::undo_last(&practice).expect("parted");
    assert_eq!(pairs(&practice), before);
}

#[test]
fn two_people_are_not_made_one() {
    let Story { practice, kept, gone } = story();
    let (other, patient) = tell(&practice, |tx| {
        let other = world::person(tx, "Kei Ito", Some(NPI[1]));
        let patient = world::person(tx, "Keiko Itoh", None);
        let quill = world::partner(tx, "Keiko Itoh", "patient", "patient");
        tx.execute("UPDATE partner SET individual_id = ?2 WHERE id = ?1", (quill, patient))?;
        Ok((other, patient))
    });
    let merge = |away, into| network::merge_people(&practice, away, into);
    for (away, into) in [(kept, kept), (gone, other), (patient, kept), (kept, patient)] {
        let refused = merge(away, into);
        assert!(matches!(refused, Err(NetworkError::Invalid { field: "other", .. })), "{refused:?}");
        let preview = network::merge_preview(&practice, away, into).expect("a preview");
        assert!(preview.refusal.is_some());
    }
    network::trash_person(&practice, other, Some("left")).expect("trashed");
    assert!(matches!(merge(other, kept), Err(NetworkError::Missing)));
    let viewer = with_role(&practice, Role::ReadOnly);
    assert!(matches!(network::merge_people(&viewer, gone, kept), Err(NetworkError::Store(_))));
    assert_eq!(network::person(&practice, gone).expect("still there").counts.received, 2);
}
