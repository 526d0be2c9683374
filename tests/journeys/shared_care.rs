//! Several look after one patient; and how patients came to us.

use baton_core::Practice;
use baton_core::foundation::id::{PartnerId, ReferralId};
use baton_core::history;
use baton_core::referrals::care::YesNo;
use baton_core::referrals::process::Holder;
use baton_core::referrals::shared::{self, GroupForm, GroupKind, MemberForm};
use baton_core::referrals::{
    self, Direction, Intake, PatientLabel, ReferralError, ReferralSource, SourceFacts, SourceWay, Taken,
};
use baton_core::store::OnConflict;
use baton_core::testing::{day, practice, practice_over_time, with_role};
use baton_core::vault::Role;

use crate::world::{self, Told, tell};

fn member(practice: &Practice, partner: Option<PartnerId>, role: &str, leads: bool) -> MemberForm {
    MemberForm {
        id: None,
        partner,
        role: role.into(),
        part: format!("the part of the {role}"),
        holder: Some(Holder::Profile(practice.actor().id)),
        due_on: Some(day("2026-11-25")),
        done_on: None,
        leads,
    }
}

fn patient_of_pine(practice: &Practice) -> (PartnerId, ReferralId) {
    tell(practice, |tx| {
        let pine = world::partner(tx, "Pine Hollow", "medical", "primary_care");
        let told = Told { received: "2026-11-02", from: Some(pine), ..Told::default() };
        Ok((pine, world::referral(tx, &told)))
    })
}

#[test]
fn exactly_one_leads_and_every_part_has_a_holder_and_a_day() {
    let (practice, set) = practice_over_time("2026-11-20");
    let (pine, referral) = patient_of_pine(&practice);
    let ours = member(&practice, None, "surgeon", true);
    let theirs = member(&practice, Some(pine), "home doctor", false);
    let form = |members: Vec<MemberForm>| GroupForm {
        kind: GroupKind::CoManagement,
        plan: Some("Hip first, then the knee".into()),
        members,
    };
    let refused = |members| match shared::add_group(&practice, referral, &form(members)) {
        Err(ReferralError::Invalid { field, .. }) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(vec![ours.clone()]), "members");
    assert_eq!(refused(vec![theirs.clone(), theirs.clone()]), "lead");
    assert_eq!(refused(vec![ours.clone(), MemberForm { leads: true, ..theirs.clone() }]), "lead");
    assert_eq!(refused(vec![ours.clone(), MemberForm { holder: None, ..theirs.clone() }]), "holder");
    assert_eq!(refused(vec![ours.clone(), MemberForm { due_on: None, ..theirs.clone() }]), "dueOn");
    assert_eq!(refused(vec![ours.clone(), MemberForm { part: " ".into(), ..theirs.clone() }]), "part");
    assert_eq!(refused(vec![ours.clone(), MemberForm { role: " ".into(), ..theirs.clone() }]), "role");
    let nobody = MemberForm { partner: Some(PartnerId::new()), ..theirs.clone() };
    assert_eq!(refused(vec![ours.clone(), nobody]), "partner");

    let id = shared::add_group(&practice, referral, &form(vec![ours.clone(), theirs.clone()]))
        .expect("made")
        .value;
    let group = shared::care_groups_of(&practice, referral).expect("groups").remove(0);
    let told: Vec<_> = group.members.iter().map(|m| (m.name.as_str(), m.leads, m.late)).collect();
    assert_eq!(told, [("Harborview Orthopedics", true, false), ("Pine Hollow", false, false)]);
    assert_eq!(group.members[0].holder_name, "Maren Okafor");

    // The lead passes on, somebody joins, the surgeon leaves.
    let kept = MemberForm { id: Some(group.members[1].id), leads: true, ..theirs.clone() };
    let therapist = member(&practice, None, "therapist", false);
    shared::edit_group(&practice, id, &form(vec![kept, therapist])).expect("changed");
    let group = shared::care_groups_of(&practice, referral).expect("groups").remove(0);
    let told: Vec<_> = group.members.iter().map(|m| (m.role.as_str(), m.leads)).collect();
    assert_eq!(told, [("home doctor", true), ("therapist", false)]);
    history::undo_last(&practice).expect("taken back");
    let group = shared::care_groups_of(&practice, referral).expect("groups").remove(0);
    assert_eq!(
        group.members.iter().filter(|m| m.leads).map(|m| m.role.as_str()).collect::<Vec<_>>(),
        ["surgeon"]
    );

    set(day("2026-11-27"));
    let late = |n: usize| shared::open_groups(&practice).expect("groups")[0].members[n].late;
    assert!(late(0) && late(1));
    shared::mark_part(&practice, group.members[0].id, true).expect("done");
    assert!(!late(0) && late(1));
    shared::close_group(&practice, id).expect("closed");
    assert!(shared::open_groups(&practice).expect("groups").is_empty());
    assert!(matches!(shared::close_group(&practice, id), Err(ReferralError::Missing)));
    shared::reopen_group(&practice, id).expect("goes on");
    assert_eq!(shared::open_groups(&practice).expect("groups").len(), 1);
    let liaison = with_role(&practice, Role::Liaison);
    let seen = shared::care_groups_of(&liaison, referral).expect("groups").remove(0);
    assert!(seen.patient.starts_with("Patient ") && seen.plan.is_none() && seen.members[0].part.is_empty());
}

#[test]
fn how_a_patient_came_to_us_is_put_down_with_the_intake_and_undone_with_it() {
    let practice = practice("2026-11-20");
    let intake = Intake {
        direction: Direction::Inbound,
        source: ReferralSource::DoesNotKnow,
        receiver: None,
        patient: PatientLabel { name: "Jana Krause".into(), chart_number: None, patient: None },
        reason: None,
        service_line: None,
        payer: None,
        received_on: None,
        urgency: None,
        note: None,
        confirm_duplicate: true,
    };
    let facts = SourceFacts {
        channel: Some(SourceWay::WebPortal),
        detail: Some("ClinicCompass".into()),
        why_us: Some("The waiting time".into()),
        report_home_doctor: Some(YesNo::Yes),
        country: Some("de".into()),
        language: Some("German".into()),
        currency: Some("EUR".into()),
        time_zone: Some("Europe/Berlin".into()),
        ..SourceFacts::default()
    };
    let wrong = SourceFacts { time_zone: Some("Berlin".into()), ..facts.clone() };
    assert!(matches!(
        referrals::intake_with_facts(&practice, &intake, &wrong),
        Err(ReferralError::Invalid { field: "timeZone", .. })
    ));
    let Taken::Saved { id, entry } = referrals::intake_with_facts(&practice, &intake, &facts).expect("taken")
    else {
        panic!("no duplicate");
    };
    let kept = referrals::source_facts(&practice, id).expect("facts");
    assert_eq!(kept, SourceFacts { country: Some("DE".into()), ..facts.clone() });
    let fee = SourceFacts {
        facilitator: Some("MedBridge".into()),
        fee_note: Some("5 % of the package".into()),
        fee_agreed: Some(YesNo::No),
        ..kept
    };
    let put = referrals::set_source_facts(&practice, id, &fee).expect("put down").entry.expect("an entry");
    let blind = referrals::source_facts(&with_role(&practice, Role::Liaison), id).expect("facts");
    assert_eq!((blind.channel, blind.why_us, blind.facilitator), (fee.channel, None, None));
    history::undo(&practice, put.seq, OnConflict::Ask).expect("the fee taken back");
    assert_eq!(referrals::source_facts(&practice, id).expect("facts").facilitator, None);
    let taken = entry.expect("an entry").seq;
    history::undo(&practice, taken, OnConflict::Ask)
        .expect("the intake taken back with all that came with it");
    assert!(matches!(referrals::source_facts(&practice, id), Err(ReferralError::Missing)));
    let left: u32 =
        tell(&practice, |tx| Ok(tx.query_row("SELECT count(*) FROM referral_answer", [], |row| row.get(0))?));
    assert_eq!(left, 0);
}
