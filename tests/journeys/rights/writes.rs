//! Who may change what: every role by every way to change the practice.

use std::ops::ControlFlow;

use baton_core::Practice;
use baton_core::audit::{Basis, Recipient};
use baton_core::exchange::export::letters;
use baton_core::exchange::export::packet::{self, PacketFormat, PacketOrder};
use baton_core::exchange::export::{PatientIdentity, RegisterFormat, RegisterOrder, register};
use baton_core::exchange::import;
use baton_core::field;
use baton_core::foundation::id::PartnerId;
use baton_core::foundation::working_days::{Calendar, FederalHoliday};
use baton_core::gratitude::{self, GiftRules, LetterWanted, Offer, Verdict};
use baton_core::history;
use baton_core::network::{self, NewPartner, NewPerson, PartnerChange, PartnerClass, PartnerType, Party};
use baton_core::outreach::{self, NewTask};
use baton_core::referrals::help::{self, Strengths};
use baton_core::referrals::inquiries;
use baton_core::referrals::process::{self, StageMove};
use baton_core::referrals::{
    self, Direction, Intake, PatientLabel, ReferralChange, ReferralSource, SourceFacts,
};
use baton_core::store::{Entry, Label, OnConflict, StoreError};
use baton_core::testing::with_role;
use baton_core::vault::{self, Letterhead, Rights, Role};

use super::story::{Story, call, story};
use crate::import_support;

fn recipient() -> Recipient {
    Recipient {
        name: "Pine Hollow".into(),
        address: String::new(),
        purpose: "audit".into(),
        basis: Basis::Operations,
    }
}

fn letter_to(of: PartnerId) -> LetterWanted {
    let line = "Your notes on the stiff knee helped us.".to_owned();
    LetterWanted { of: Party::Partner(of), template: "thanks".into(), line }
}

fn slip() -> PacketOrder {
    PacketOrder { format: PacketFormat::SlipPdf, to: recipient(), message: None, documents: Vec::new() }
}

/// What one did: done, or the refusal.
type Done = Result<(), String>;

fn done<T, E: std::fmt::Display>(answer: Result<T, E>) -> Done {
    answer.map(drop).map_err(|error| error.to_string())
}

fn intake(name: &str) -> Intake {
    Intake {
        direction: Direction::Inbound,
        source: ReferralSource::DoesNotKnow,
        receiver: None,
        patient: PatientLabel { name: name.into(), chart_number: None, patient: None },
        reason: None,
        service_line: None,
        payer: None,
        received_on: None,
        urgency: None,
        note: None,
        confirm_duplicate: true,
    }
}

fn partner(practice: &Practice, name: &str) -> Result<(PartnerId, Entry), network::NetworkError> {
    let new = NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, name);
    network::add_partner(practice, new).map(|w| (w.value, w.entry.expect("an entry")))
}

/// Everything somebody may try, each a change of its own. `n` makes names that nobody has yet.
fn tries(practice: &Practice, story: &Story, n: usize) -> Vec<(&'static str, Done)> {
    let owner = &story.practice;
    let name = |what: &str| format!("{what} {n}");
    let (theirs, added) = partner(owner, &name("Owner's partner")).expect("added");
    let in_trash = referrals::intake(owner, &intake(&name("Old Patient"))).expect("taken");
    let referrals::Taken::Saved { id: in_trash, .. } = in_trash else { panic!("no duplicate") };
    let trashed = referrals::trash(owner, in_trash, None).expect("trashed").entry.expect("an entry");
    let new_person = NewPerson { name: name("Ann Ames"), ..NewPerson::default() };
    let notes = [PartnerChange::Notes(Some(name("notes")))];
    let payer = [ReferralChange::Payer(Some(name("payer")))];
    let file = import_support::file(vec![import_support::referral(
        1,
        "2026-03-02",
        &name("C"),
        import_support::named(&name("Dr. Ole Brandt")),
    )]);
    let import = |practice: &Practice| {
        let about = import::ImportFile { name: "f.csv".into(), sha256: vec![1; 32] };
        let plan = import::plan(practice, &about, file.clone(), &import::Decisions::none(), &mut |_| {
            ControlFlow::Continue(())
        })?;
        import::commit(practice, &plan, &mut |_| ControlFlow::Continue(()))
    };
    let export = |patients| {
        let order = RegisterOrder { format: RegisterFormat::Csv, period: None, patients };
        let target = story.practice.folder.path().join("out.csv");
        done(register(practice, &order, &target, &mut |_, _| ControlFlow::Continue(())))
    };
    let raw = |sql: &str| {
        done(practice.write(Label::hand("story", ""), |tx| {
            tx.execute_batch(sql)?;
            Ok::<_, StoreError>(())
        }))
    };
    let changed = Rights { export: n.is_multiple_of(2), ..Rights::of(Role::ReadOnly) };
    let holidays = FederalHoliday::ALL[..n].to_vec();
    let rules = GiftRules { thanks_days: u32::try_from(n).expect("few") + 3, ..GiftRules::default() };
    let said = field::FieldWords { why_refer: name("reason"), talking_points: String::new() };
    let letterhead = Letterhead { phone: name("telephone"), ..Letterhead::default() };
    let facts = Strengths { languages: vec![name("language")], ..Strengths::default() };
    let found_us = SourceFacts { detail: Some(name("portal")), ..SourceFacts::default() };
    let label = PatientLabel { name: name("Caller"), chart_number: None, patient: None };
    let asked = call(label, &name("somebody"), theirs);
    let calendar = Calendar { holidays, ..Calendar::default() };
    vec![
        ("partner_add", done(partner(practice, &name("Birch Family Medicine")))),
        ("partner_edit", done(network::edit_partner(practice, theirs, &notes, None))),
        ("person_add", done(network::add_person(practice, new_person))),
        ("partners_tag", done(network::tag_partners(practice, &[theirs], &name("tag")))),
        (
            "partner_view_save",
            done(network::save_partner_view(practice, None, &name("view"), &Default::default(), None)),
        ),
        (
            "network_mark_different",
            done(network::mark_different(practice, Party::Partner(theirs), Party::Partner(story.partner))),
        ),
        ("referral_intake", done(referrals::intake(practice, &intake(&name("New Patient"))))),
        ("referral_edit", done(referrals::edit(practice, story.referral, &payer, None))),
        (
            "referral_stage",
            done(process::move_to(
                practice,
                story.referral,
                &StageMove {
                    stage: "acknowledged".into(),
                    on: None,
                    minute: None,
                    note: None,
                    changes: Vec::new(),
                },
            )),
        ),
        ("baton_next", done(process::set_next_step(practice, story.referral, Some(&name("call")), None))),
        (
            "thanks_waive",
            done(gratitude::waive_thanks(practice, Party::Partner(theirs), "Thanked at the meeting")),
        ),
        ("thanks_letters_print", done(letters::print(practice, &[letter_to(theirs)]))),
        (
            "reward_add",
            done(gratitude::record_reward(practice, &story.gift, Verdict::Blocked, Some("Given"))),
        ),
        (
            "gift_offer_save",
            done(gratitude::save_offer(practice, &Offer { what: name("Tour"), ..story.offer.clone() })),
        ),
        ("canvass_close", done(field::canvass_close(practice, story.outside.list, n.is_multiple_of(2)))),
        ("field_words_set", done(field::set_field_words(practice, &said))),
        ("task_add", {
            let task = NewTask::titled(&name("call"), practice.today(), practice.actor().id);
            done(outreach::add_task(practice, &NewTask { partner: Some(theirs), ..task }))
        }),
        ("gift_rules_set", done(gratitude::set_gift_rules(practice, &rules))),
        ("help_strengths_set", done(help::set_strengths(practice, theirs, &facts))),
        ("inquiry_add", done(inquiries::add_inquiry(practice, &asked))),
        ("referral_facts_set", done(referrals::set_source_facts(practice, story.referral, &found_us))),
        ("calendar_set", done(vault::set_calendar(practice, &calendar))),
        ("letterhead_set", done(vault::set_letterhead(practice, &letterhead))),
        ("packet_agreed_set", done(packet::set_agreed_documents(practice, theirs, &["X-ray".into()]))),
        ("packet_print", done(packet::print(practice, story.referral, &slip()))),
        ("undo a partner", done(history::undo(practice, added.seq, OnConflict::Overwrite))),
        ("undo a referral", done(history::undo(practice, trashed.seq, OnConflict::Overwrite))),
        ("import", done(import(practice))),
        ("import_profile_save", done(import::save_profile(practice, &name("mapping"), &name("print"), "{}"))),
        ("export", export(PatientIdentity::Omitted)),
        ("export patients", export(PatientIdentity::Included { to: recipient(), authorised_for: None })),
        ("a setting", raw(&format!("INSERT INTO setting (key, value) VALUES ('{}', '1')", name("k")))),
        ("a profile", raw("UPDATE profile SET initials = initials || 'x' WHERE role = 'owner'")),
        ("rights_set", done(vault::set_rights(practice, Role::ReadOnly, &changed))),
    ]
}

/// O owner, C clinician, F front desk, L liaison, Q compliance, A analyst, R read-only.
const MAY: &[(&str, &str)] = &[
    ("partner_add", "OCFL"),
    ("partner_edit", "OCFL"),
    ("person_add", "OCFL"),
    ("partners_tag", "OCFL"),
    ("partner_view_save", "OCFL"),
    ("network_mark_different", "OCFL"),
    ("referral_intake", "OCF"),
    ("referral_edit", "OCF"),
    ("referral_stage", "OCF"),
    ("baton_next", "OCF"),
    ("thanks_waive", "OCFLQ"),
    ("thanks_letters_print", "OCFLQ"),
    ("reward_add", "OCFLQ"),
    ("gift_offer_save", "OCFLQ"),
    ("canvass_close", "OCFL"),
    ("field_words_set", "OCFL"),
    ("task_add", "OCFL"),
    ("gift_rules_set", "OQ"),
    ("help_strengths_set", "OCFL"),
    ("inquiry_add", "OCF"),
    ("referral_facts_set", "OCF"),
    ("calendar_set", "O"),
    ("letterhead_set", "O"),
    ("packet_agreed_set", "OCFL"),
    ("packet_print", "OCF"),
    ("undo a partner", "O"),
    ("undo a referral", "O"),
    ("import", "O"),
    ("import_profile_save", "O"),
    ("export", "OQA"),
    ("export patients", "OQ"),
    ("a setting", "O"),
    ("a profile", "O"),
    ("rights_set", "O"),
];

fn letter(role: Role) -> char {
    match role {
        Role::Owner => 'O',
        Role::Clinician => 'C',
        Role::FrontDesk => 'F',
        Role::Liaison => 'L',
        Role::Compliance => 'Q',
        Role::Analyst => 'A',
        Role::ReadOnly => 'R',
    }
}

#[test]
fn every_role_changes_what_it_may_and_nothing_else() {
    let story = story();
    for (n, role) in Role::ALL.into_iter().enumerate() {
        let somebody = with_role(&story.practice, role);
        let tried = tries(&somebody, &story, n);
        vault::reset_rights(&story.practice, Role::ReadOnly).expect("as it was");
        assert_eq!(tried.len(), MAY.len());
        for ((what, done), (named, roles)) in tried.into_iter().zip(MAY) {
            assert_eq!(what, *named);
            match done {
                Ok(()) => assert!(roles.contains(letter(role)), "{} may not: {what}", role.code()),
                Err(refusal) => {
                    assert!(!roles.contains(letter(role)), "{} may: {what}; {refusal}", role.code());
                    assert!(
                        refusal.contains("owner of the practice"),
                        "who can change it is told: {refusal}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_is_refused_leaves_nothing_behind() {
    let story = story();
    let reader = with_role(&story.practice, Role::ReadOnly);
    let before =
        (story.practice.store().head().expect("a head").seq, network::partner_counts(&story.practice));
    let refused = reader.write(Label::hand("story", "sneaky"), |tx| {
        tx.execute("UPDATE partner SET notes = 'sneaky'", [])?;
        Ok::<_, StoreError>(())
    });
    assert!(matches!(refused, Err(StoreError::NotAllowed(_))));
    assert_eq!(story.practice.store().head().expect("a head").seq, before.0);
    assert_eq!(network::partner_counts(&story.practice).expect("counts"), before.1.expect("counts"));
    let page = network::partner(&story.practice, story.partner).expect("a page");
    assert_ne!(page.notes, "sneaky");
}
