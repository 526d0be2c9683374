//! Whose records a role sees: its own, its team's, everybody's. Every look by every role in every scope.

use baton_core::Practice;
use baton_core::foundation::id::{PartnerId, PatientId, PersonId, PlanId, ReferralId, TaskId};
use baton_core::history::{self, UndoAnswer};
use baton_core::network::{
    self, NewAffiliation, NewPartner, NewPerson, PartnerChange, PartnerClass, PartnerQuery, PartnerType,
    Party, PersonChange,
};
use baton_core::outreach::{self, NewTask, PlanQuery, PlanStart, PlanTarget};
use baton_core::referrals::inquiries;
use baton_core::referrals::{
    self, Direction, Intake, PatientLabel, ReferralChange, ReferralQuery, ReferralSource, Taken,
};
use baton_core::store::{OnConflict, StoreError};
use baton_core::testing::{self, with_role};
use baton_core::vault::{
    self, Hidden, Level, Moment, Need, Passphrase, Rights, Role, Scope, reset_rights, set_rights,
};

use super::reads::{Told, looks};
use super::story::{Story, call};
use crate::world;

/// What tells of somebody else's records: the partner, its person, its patient, why they came.
const THEIRS: [&str; 4] = ["quillfeather", "zelda", "quarry", "quarrelsome"];
/// What tells of one's own.
const OURS: [&str; 4] = ["larkspur", "nell", "orla", "lopsided"];

/// A partner with a person, a referral by them, and what was changed about it.
struct Kept {
    partner: PartnerId,
    person: PersonId,
    referral: ReferralId,
    patient: PatientId,
}

fn keep(practice: &Practice, owner: Option<&Practice>, words: [&str; 4]) -> Kept {
    let new = NewPartner {
        owner: owner.map(|one| one.actor().id),
        tags: vec!["Nearby".into()],
        ..NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, format!("{} Clinic", words[0]))
    };
    let partner = network::add_partner(practice, new).expect("added").value;
    let person = NewPerson {
        name: format!("{} Doe", words[1]),
        works_at: Some(NewAffiliation::at(partner)),
        ..NewPerson::default()
    };
    let person = network::add_person(practice, person).expect("added").value;
    let referral = take(practice, partner, words);
    let edit = [ReferralChange::Note(Some(format!("{} called", words[2])))];
    referrals::edit(practice, referral, &edit, None).expect("noted");
    let notes = [PartnerChange::Notes(Some(format!("{} is kind", words[0])))];
    network::edit_partner(practice, partner, &notes, None).expect("noted");
    let second = take(practice, partner, words);
    referrals::trash(practice, second, None).expect("in the trash");
    let patient = referrals::referral(practice, referral).expect("a page").patient_id;
    Kept { partner, person, referral, patient }
}

fn take(practice: &Practice, partner: PartnerId, words: [&str; 4]) -> ReferralId {
    let intake = Intake {
        direction: Direction::Inbound,
        source: ReferralSource::Known { partner: Some(partner), person: None },
        receiver: None,
        patient: PatientLabel { name: format!("{} Jones", words[2]), chart_number: None, patient: None },
        reason: Some(format!("{} knee", words[3])),
        service_line: None,
        payer: None,
        received_on: None,
        urgency: None,
        note: None,
        confirm_duplicate: true,
    };
    match referrals::intake(practice, &intake).expect("taken") {
        Taken::Saved { id, .. } => id,
        other @ Taken::Duplicate { .. } => panic!("{other:?}"),
    }
}

/// Tasks and plans of the owner with a partner of each.
fn plan_for(practice: &Practice, theirs: &Kept, ours: &Kept) -> (Vec<TaskId>, PlanId) {
    let holder = practice.actor().id;
    let task = |kept: &Kept, words: [&str; 4]| NewTask {
        partner: Some(kept.partner),
        remind_minutes: Some(0),
        ..NewTask::titled(&format!("Call {}", words[0]), practice.today(), holder)
    };
    let put = |new: NewTask| outreach::add_task(practice, &new).expect("put down").value;
    let tasks = vec![put(task(theirs, THEIRS)), put(task(ours, OURS))];
    let start = PlanStart {
        playbook: "gym".into(),
        name: format!("{} and others", THEIRS[0]),
        target: PlanTarget::Partners(vec![theirs.partner]),
        holder,
        starts_on: practice.today(),
    };
    outreach::start_plans(practice, &start).expect("begun");
    let plan = outreach::plans(practice, &PlanQuery::default()).expect("plans")[0].id;
    (tasks, plan)
}

/// The practice with somebody of a role at the desk, something of theirs, of a colleague's, and of the owner's.
struct World {
    story: Story,
    desk: Practice,
    theirs: Kept,
    ours: Kept,
}

fn world(role: Role, scope: Scope) -> World {
    let practice = testing::practice("2026-11-20");
    let rights = Rights { scope, ..Rights::of(role) };
    set_rights(&practice, role, &rights).expect("set");
    let desk = with_role(&practice, role);
    let colleague = with_role(&practice, role);
    let theirs = keep(&practice, None, THEIRS);
    let ours = keep(&practice, Some(if scope == Scope::Team { &colleague } else { &desk }), OURS);
    let both = [&theirs, &ours];
    let records =
        both.iter().flat_map(|kept| [kept.partner.0, kept.person.0, kept.referral.0, kept.patient.0]);
    let label = PatientLabel { name: String::new(), chart_number: None, patient: Some(theirs.patient) };
    let inquiry =
        inquiries::add_inquiry(&practice, &call(label, THEIRS[2], theirs.partner)).expect("taken").value;
    let (tasks, plan) = plan_for(&practice, &theirs, &ours);
    let story = Story {
        inquiry,
        outside: super::story::go_outside(&practice, theirs.partner),
        tasks,
        plan,
        offer: super::story::together(ours.partner),
        gift: super::story::gift(ours.partner, baton_core::gratitude::RecipientKind::Business, "A book"),
        partner: theirs.partner,
        referrer: ours.partner,
        referral: theirs.referral,
        records: records.collect(),
        people: vec![theirs.person, ours.person],
        practice,
    };
    World { story, desk, theirs, ours }
}

fn tells(told: &Told, words: [&str; 4]) -> bool {
    let text = told.as_ref().unwrap_or_else(|refusal| refusal).to_lowercase();
    words.iter().any(|word| text.contains(word))
}

#[test]
fn no_role_learns_of_records_outside_its_scope_by_any_way_there_is() {
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Owner) {
        for scope in [Scope::Own, Scope::Team] {
            let world = world(role, scope);
            let folder = world.story.practice.folder.path();
            for rights in [Rights::of(role), Rights::of(Role::Owner)] {
                set_rights(&world.story.practice, role, &Rights { scope, ..rights }).expect("set");
                for (command, told) in looks(&world.desk, &world.story, folder) {
                    assert!(!tells(&told, THEIRS), "{role:?} {scope:?} learns by {command}: {told:?}");
                }
            }
        }
    }
}

#[test]
fn what_is_in_scope_is_told_wherever_it_was() {
    for scope in [Scope::Own, Scope::Team] {
        let world = world(Role::Clinician, scope);
        set_rights(&world.story.practice, Role::Clinician, &Rights { scope, ..Rights::of(Role::Owner) })
            .expect("set");
        let told = looks(&world.desk, &world.story, world.story.practice.folder.path());
        let ours: Vec<&str> =
            told.iter().filter(|(_, told)| tells(told, OURS)).map(|(command, _)| *command).collect();
        for command in [
            "partners_list",
            "partner_get",
            "people_list",
            "person_get",
            "search_everything",
            "referrals_list",
            "referral_get",
            "referral_sources",
            "referral_words",
            "today_overview",
            "history_entries",
            "history_entry",
            "trash_list",
            "insights_scorecards",
            "export_register",
            "export_scorecards",
        ] {
            assert!(ours.contains(&command), "{scope:?}: {command} among {ours:?}");
        }
        // What needs everybody's records is refused with a sentence, not answered with a part.
        for command in ["audit_log", "audit_check", "audit_people", "holds_list"] {
            let refusal = told.iter().find(|(name, _)| *name == command).expect("walked").1.clone();
            assert!(refusal.expect_err(command).contains("Settings, Roles"), "{command}");
        }
        assert!(world.desk.may(Need::Everybodys).is_err());
    }
}

#[test]
fn what_is_counted_is_what_is_listed() {
    let world = world(Role::Clinician, Scope::Own);
    let partners = network::partners(&world.desk, &PartnerQuery::default()).expect("a list");
    assert_eq!((partners.total, partners.rows.len()), (1, 1));
    assert_eq!(network::partner_counts(&world.desk).expect("counts").total, 1);
    let named = PartnerQuery {
        filter: network::PartnerFilter { text: "clinic".into(), ..Default::default() },
        ..PartnerQuery::default()
    };
    assert_eq!(network::partners(&world.desk, &named).expect("a list").total, 1);
    let register = referrals::referrals(&world.desk, &ReferralQuery::default()).expect("a register");
    assert_eq!((register.total.count, register.rows.len()), (1, 1));
    // The same question asked by whoever sees all is answered anew.
    assert_eq!(
        referrals::referrals(&world.story.practice, &ReferralQuery::default())
            .expect("a register")
            .total
            .count,
        2
    );
    let year = baton_core::insights::Period::new(testing::day("2026-01-01"), testing::day("2026-11-20"))
        .expect("a period");
    let cards = baton_core::insights::scorecards(&world.desk, &year).expect("scorecards");
    assert_eq!((cards.summary.partners, cards.totals.received, cards.rows.len()), (1, 1, 1));
    let tags = network::tags(&world.desk).expect("tags");
    assert_eq!(tags.iter().map(|tag| tag.partners).collect::<Vec<_>>(), [1]);
}

#[test]
fn a_referral_one_took_is_ones_own_and_names_whom_it_names() {
    let world = world(Role::Clinician, Scope::Own);
    let taken = take(&world.desk, world.theirs.partner, ["-", "-", "Ivy", "stiff"]);
    let page = referrals::referral(&world.desk, taken).expect("a page");
    assert_eq!(page.row.from.partner_name.as_deref(), Some("quillfeather Clinic"));
    for sort in [
        referrals::ReferralSort::Received,
        referrals::ReferralSort::Partner,
        referrals::ReferralSort::Patient,
        referrals::ReferralSort::Outcome,
    ] {
        let query = ReferralQuery { sort, ..ReferralQuery::default() };
        assert_eq!(referrals::referrals(&world.desk, &query).expect("a register").rows.len(), 2, "{sort:?}");
    }
    // The partner itself stays somebody else's.
    assert!(network::partner(&world.desk, world.theirs.partner).is_err());
    assert!(referrals::referral(&world.desk, world.theirs.referral).is_err());
}

#[test]
fn a_partner_nobody_looks_after_belongs_to_whoever_recorded_it_until_it_is_handed_over() {
    let world = world(Role::Clinician, Scope::Own);
    let new = NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, "Birch Family Medicine");
    let birch = network::add_partner(&world.desk, new).expect("added").value;
    network::partner(&world.desk, birch).expect("one's own");
    network::set_owner(&world.story.practice, &[birch], Some(world.story.practice.actor().id))
        .expect("taken over");
    assert!(network::partner(&world.desk, birch).is_err());
    network::set_owner(&world.story.practice, &[birch], Some(world.desk.actor().id)).expect("given back");
    network::partner(&world.desk, birch).expect("one's own again");
    // One may give away what one has.
    network::set_owner(&world.desk, &[birch], Some(world.story.practice.actor().id)).expect("handed over");
    assert!(network::partner(&world.desk, birch).is_err());
}

#[test]
fn nothing_outside_the_scope_can_be_changed() {
    let world = world(Role::Clinician, Scope::Own);
    let (desk, owner) = (&world.desk, &world.story.practice);
    let before = owner.store().head().expect("a head").seq;
    let notes = [PartnerChange::Notes(Some("mine".into()))];
    let payer = [ReferralChange::Payer(Some("mine".into()))];
    let name = [PersonChange::Notes(Some("mine".into()))];
    let refused: [(&str, Result<(), String>); 10] = [
        (
            "a partner",
            network::edit_partner(desk, world.theirs.partner, &notes, None)
                .map(drop)
                .map_err(|e| e.to_string()),
        ),
        (
            "a stale look at a partner",
            network::edit_partner(desk, world.theirs.partner, &notes, Some(1))
                .map(drop)
                .map_err(|e| e.to_string()),
        ),
        (
            "a person",
            network::edit_person(desk, world.theirs.person, &name, None).map(drop).map_err(|e| e.to_string()),
        ),
        (
            "a referral",
            referrals::edit(desk, world.theirs.referral, &payer, None).map(drop).map_err(|e| e.to_string()),
        ),
        (
            "its owner",
            network::set_owner(desk, &[world.theirs.partner], Some(desk.actor().id))
                .map(drop)
                .map_err(|e| e.to_string()),
        ),
        (
            "a tag on it",
            network::tag_partners(desk, &[world.theirs.partner], "Mine").map(drop).map_err(|e| e.to_string()),
        ),
        (
            "the trash",
            referrals::trash(desk, world.theirs.referral, None).map(drop).map_err(|e| e.to_string()),
        ),
        (
            "a partner into the trash",
            network::trash_partners(desk, &[world.theirs.partner], Some("mine"))
                .map(drop)
                .map_err(|e| e.to_string()),
        ),
        (
            "a colleague there",
            network::add_person(
                desk,
                NewPerson {
                    name: "Ann Ames".into(),
                    works_at: Some(NewAffiliation::at(world.theirs.partner)),
                    ..NewPerson::default()
                },
            )
            .map(drop)
            .map_err(|e| e.to_string()),
        ),
        (
            "past all rooms",
            desk.write(baton_core::store::Label::hand("story", ""), |tx| {
                tx.execute("UPDATE partner SET notes = 'mine'", [])?;
                Ok::<_, StoreError>(())
            })
            .map(drop)
            .map_err(|e| e.to_string()),
        ),
    ];
    for (what, done) in refused {
        let refusal = done.expect_err(what);
        for word in THEIRS {
            assert!(!refusal.to_lowercase().contains(word), "{what}: {refusal}");
        }
    }
    assert_eq!(owner.store().head().expect("a head").seq, before, "nothing was written");
    network::edit_partner(desk, world.ours.partner, &notes, None).expect("one's own");
    referrals::edit(desk, world.ours.referral, &payer, None).expect("one's own");
    network::tag_partners(desk, &[world.ours.partner], "Mine").expect("one's own");
    // A change of both is none.
    let both = [world.ours.partner, world.theirs.partner];
    assert!(network::tag_partners(desk, &both, "Both").is_err());
}

#[test]
fn history_tells_of_an_entry_if_all_it_touched_is_in_scope() {
    let world = world(Role::Compliance, Scope::Own);
    let both = [world.ours.partner, world.theirs.partner];
    let entry =
        network::tag_partners(&world.story.practice, &both, "Both").expect("tagged").entry.expect("an entry");
    assert!(history::entry(&world.desk, entry.seq).is_err());
    // One's own record tells what happened to it, and of nothing else.
    let told = history::record_history(&world.desk, world.ours.partner.0, None, 50).expect("a history");
    assert!(told.rows.iter().any(|row| row.row.seq == entry.seq));
    assert!(!tells(&Ok(serde_json::to_string(&told).expect("json")), THEIRS));
    assert!(history::record_history(&world.desk, world.theirs.partner.0, None, 50).is_err());
}

#[test]
fn what_somebody_else_changed_is_taken_back_by_whoever_approves() {
    let practice = testing::practice("2026-11-20");
    let desk = with_role(&practice, Role::Clinician);
    let new = |name: &str| NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, name);
    let by_owner = network::add_partner(&practice, new("Birch")).expect("added").entry.expect("an entry");
    let own = network::add_partner(&desk, new("Cedar")).expect("added").entry.expect("an entry");
    let refusal = history::undo(&desk, by_owner.seq, OnConflict::Ask).expect_err("somebody else's");
    assert!(refusal.to_string().contains("take back what others changed"), "{refusal}");
    let page = history::entry(&desk, by_owner.seq).expect("it may be read");
    assert!(!page.row.can_undo, "and is not offered");
    assert!(matches!(history::undo(&desk, own.seq, OnConflict::Ask), Ok(UndoAnswer::Done { .. })));
    set_rights(
        &practice,
        Role::Clinician,
        &Rights { network: Level::Approve, ..Rights::of(Role::Clinician) },
    )
    .expect("set");
    assert!(history::entry(&desk, by_owner.seq).expect("an entry").row.can_undo);
    assert!(matches!(history::undo(&desk, by_owner.seq, OnConflict::Ask), Ok(UndoAnswer::Done { .. })));
}

#[test]
fn keeping_and_erasing_is_for_whoever_approves_settings_and_sees_all() {
    let practice = testing::practice("2026-11-20");
    let somebody = with_role(&practice, Role::Compliance);
    assert!(baton_core::retention::purge_preview(&somebody).is_err());
    let approving = Rights { vault: Level::Approve, ..Rights::of(Role::Compliance) };
    set_rights(&practice, Role::Compliance, &approving).expect("set");
    baton_core::retention::purge_preview(&somebody).expect("released");
    set_rights(&practice, Role::Compliance, &Rights { scope: Scope::Own, ..approving }).expect("set");
    assert!(baton_core::retention::purge_preview(&somebody).is_err(), "of everybody's records or not at all");
    set_rights(&practice, Role::Compliance, &Rights { vault: Level::Write, ..approving }).expect("set");
    let past_the_room = somebody.write(baton_core::store::Label::hand("hold_place", ""), |tx| {
        tx.execute(
            "INSERT INTO legal_hold (id, reason, placed_at, placed_by) VALUES (?1, 'mine', 0, ?1)",
            [somebody.actor().id],
        )?;
        Ok::<_, StoreError>(())
    });
    assert!(matches!(past_the_room, Err(StoreError::NotAllowed(_))), "{past_the_room:?}");
}

#[test]
fn a_scope_is_kept_told_and_taken_back_like_every_right() {
    let practice = testing::practice("2026-11-20");
    let narrow = Rights { scope: Scope::Team, hidden: Hidden::default(), ..Rights::of(Role::Liaison) };
    let entry = set_rights(&practice, Role::Liaison, &narrow).expect("set").entry.expect("an entry");
    let liaison = with_role(&practice, Role::Liaison);
    assert_eq!(liaison.rights(), narrow);
    let told = history::entry(&practice, entry.seq).expect("an entry");
    assert!(told.records[0].fields.iter().any(|field| field.field == "role_rights.scope"));
    reset_rights(&practice, Role::Liaison).expect("back");
    assert_eq!(liaison.rights(), Rights::of(Role::Liaison));
    // An owner sees everybody's, whatever was chosen.
    set_rights(
        &practice,
        Role::Owner,
        &Rights { scope: Scope::Own, history: Level::None, ..Rights::of(Role::Owner) },
    )
    .expect("set");
    assert_eq!((practice.rights().scope, practice.rights().history), (Scope::All, Level::Approve));
}

#[test]
fn whoever_sees_everybodys_pays_nothing_for_scopes() {
    let practice = testing::practice("2026-11-20");
    let views = |practice: &Practice| {
        practice
            .read(|conn| {
                Ok::<i64, StoreError>(conn.query_row(
                    "SELECT count(*) FROM temp.sqlite_schema",
                    [],
                    |row| row.get(0),
                )?)
            })
            .expect("read")
    };
    assert_eq!(views(&practice), 0, "nothing stands between the tables and whoever reads them");
    set_rights(&practice, Role::Liaison, &Rights { scope: Scope::Own, ..Rights::of(Role::Liaison) })
        .expect("set");
    assert!(views(&with_role(&practice, Role::Liaison)) > 10);
    assert_eq!(views(&practice), 0);
}

#[test]
fn a_stale_party_of_another_kind_is_no_way_round() {
    let world = world(Role::FrontDesk, Scope::Own);
    let preview =
        network::preview_trash(&world.desk, &[Party::Partner(world.theirs.partner)]).expect("a preview");
    assert_eq!((preview.with_referrals, preview.referrals), (0, 0), "what is somebody else's is not counted");
}

#[test]
fn whoever_looks_back_sees_what_they_may_see_today() {
    let folder = tempfile::tempdir().expect("a folder");
    let machine = testing::machine(folder.path(), "2026-11-20");
    let place = folder.path().join("practice");
    let passphrase = Passphrase::new(testing::PASSPHRASE).expect("fits");
    let created = vault::create(&machine, &place, &testing::new_practice(), &passphrase).expect("created");
    let practice = created.unlocked.practice();
    let kept = keep(practice, None, THEIRS);
    let before = practice.store().head().expect("a head").seq;
    let tell = |sql: &str| {
        world::tell(practice, |tx| Ok(tx.execute_batch(sql)?));
    };
    // Somebody else runs the practice from now on; whoever is at the desk sees their own records and no patients.
    set_rights(practice, Role::Liaison, &Rights { scope: Scope::Own, ..Rights::of(Role::Liaison) })
        .expect("set");
    tell(
        "INSERT INTO profile (id, name, initials, role, created_at) VALUES (randomblob(16), 'Ann', 'AN', 'owner', 0)",
    );
    tell("UPDATE partner SET owner_id = (SELECT id FROM profile WHERE name = 'Ann')");
    tell("UPDATE profile SET role = 'liaison' WHERE name <> 'Ann'");
    let go = &mut |_, _| std::ops::ControlFlow::Continue(());
    let moment = Moment::Entry(u32::try_from(before).expect("few"));
    let then = created.unlocked.as_of(moment, go).expect("an earlier state");
    let page = referrals::referral(then.practice(), kept.referral).expect("it was theirs then");
    assert!(
        page.row.patient.starts_with("Patient "),
        "and who the patient is is hidden today: {}",
        page.row.patient
    );
    assert_eq!(then.practice().rights().scope, Scope::Own);
    assert!(network::partner(practice, kept.partner).is_err(), "today it is somebody else's");
}
