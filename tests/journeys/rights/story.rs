//! A practice in which everything that can be hidden has been written wherever it can be.

use baton_core::Practice;
use baton_core::foundation::id::{PartnerId, PatientId, PlanId, RecordId, ReferralId, TaskId};
use baton_core::gratitude::{
    self, GiftNote, Known, NewReward, NewShare, NewThanks, Occasion, Offer, OfferKind, RecipientKind,
    RewardKind, Split, ThanksForm, Verdict, Whom,
};
use baton_core::history;
use baton_core::network::{
    self, NewAffiliation, NewContactPoint, NewPartner, NewPerson, PartnerChange, PartnerClass, PartnerType,
    Party,
};
use baton_core::outreach::{
    self, CostKind, NewTask, NewTouch, PlanQuery, PlanStart, PlanTarget, StartedBy, TouchForm,
};
use baton_core::referrals::care::{
    self, AgreedDocument, Answers, ConsentForm, NewConsent, NewExperience, Purpose,
};
use baton_core::referrals::help::{self, HandOutChoice, HelpQuestion, NewHandOut, Strengths, Wishes};
use baton_core::referrals::inquiries::{self, Caller, InquiryChannel, InquiryForm};
use baton_core::referrals::process::{self, HandOver, Holder, LeakAction, LeakKind, NewStep};
use baton_core::referrals::shared::{self, GroupForm, GroupKind, MemberForm};
use baton_core::referrals::{
    self, Direction, Intake, PatientLabel, ReferralChange, ReferralQuery, ReferralSource, SourceFacts, Taken,
};
use baton_core::store::{OnConflict, StoreError};
use baton_core::testing::{TestPractice, day, practice};

use crate::world;

/// Who the patient is.
pub(super) const WHO: &str = "ZZPHI-7731";
/// Why they came.
pub(super) const WHY: &str = "Zzreason 4401";
/// What it cost, in cents.
pub(super) const COST: i64 = 77_315_502;

/// The practice and what is in it.
pub(super) struct Story {
    pub(super) practice: TestPractice,
    pub(super) partner: PartnerId,
    /// A partner who is a patient.
    pub(super) referrer: PartnerId,
    pub(super) referral: ReferralId,
    /// Everything on record.
    pub(super) records: Vec<RecordId>,
    pub(super) inquiry: RecordId,
    pub(super) people: Vec<baton_core::foundation::id::PersonId>,
    /// Something for the partner who is no patient.
    pub(super) gift: NewReward,
    /// Something done together with that partner.
    pub(super) offer: Offer,
    /// A day outside.
    pub(super) outside: Outside,
    pub(super) tasks: Vec<TaskId>,
    pub(super) plan: PlanId,
}

/// A day outside with a stop, and a list that is canvassed.
pub(super) struct Outside {
    pub(super) on: chrono::NaiveDate,
    pub(super) whose: baton_core::foundation::id::ProfileId,
    pub(super) day: baton_core::foundation::id::VisitDayId,
    pub(super) stop: baton_core::foundation::id::VisitStopId,
    pub(super) list: baton_core::foundation::id::CanvassId,
}

/// A day outside with a visit to a partner, who is on a list as well.
pub(super) fn go_outside(practice: &Practice, partner: PartnerId) -> Outside {
    use baton_core::field::{
        CanvassForm, CanvassWay, PlaceForm, StopForm, VisitDayForm, add_stop, canvass_save, plan_day,
    };
    let start = PlaceForm { name: "Office".into(), zip: "04101".into(), ..PlaceForm::default() };
    let form =
        VisitDayForm { starts: 540, ends: 1_020, start, end: None, lunch_from: None, lunch_minutes: 0 };
    let (on, whose) = (day("2026-11-20"), practice.actor().id);
    let planned = plan_day(practice, on, whose, &form).expect("a day").value;
    let stop = StopForm {
        partner,
        person: None,
        minutes: 30,
        opens: None,
        closes: None,
        priority: 3,
        goal: String::new(),
        topics: Vec::new(),
        way_minutes: Some(10),
    };
    let stop = add_stop(practice, planned, &stop).expect("a stop").value;
    let list = CanvassForm {
        id: None,
        name: "New offices".into(),
        way: CanvassWay::Call,
        script: String::new(),
        partners: vec![partner],
    };
    let list = canvass_save(practice, &list).expect("a list").value;
    Outside { on, whose, day: planned, stop, list }
}

fn label(patient: Option<PatientId>) -> PatientLabel {
    PatientLabel { name: format!("{WHO} Marker"), chart_number: Some(WHO.into()), patient }
}

fn intake(source: ReferralSource, patient: PatientLabel) -> Intake {
    Intake {
        direction: Direction::Inbound,
        source,
        receiver: None,
        patient,
        reason: Some(WHY.into()),
        service_line: Some("Spine".into()),
        payer: None,
        received_on: None,
        urgency: None,
        note: Some(format!("{WHO} called")),
        confirm_duplicate: true,
    }
}

fn taken(practice: &Practice, intake: &Intake) -> ReferralId {
    match referrals::intake(practice, intake).expect("taken") {
        Taken::Saved { id, .. } => id,
        other @ Taken::Duplicate { .. } => panic!("{other:?}"),
    }
}

/// Somebody of a name calls about a patient, sent by a partner.
pub(super) fn call(patient: PatientLabel, who: &str, source: PartnerId) -> InquiryForm {
    InquiryForm {
        patient,
        asked_on: None,
        minute: Some(600),
        channel: InquiryChannel::Phone,
        caller: Caller::Family,
        caller_name: Some(format!("Mother {who}")),
        caller_phone: Some(format!("207 {who}")),
        question: Some(format!("{WHY} of {who}")),
        service_line: None,
        source: Some(ReferralSource::Known { partner: Some(source), person: None }),
        answered_on: None,
        answered_minute: None,
        callback_on: Some(day("2026-11-20")),
        callback_minute: None,
        called_back_on: None,
        signed_up_on: None,
        dropped_on: None,
        dropped_reason: None,
    }
}

/// Something done together with a partner.
pub(super) fn together(partner: PartnerId) -> Offer {
    Offer {
        id: None,
        partner,
        kind: OfferKind::Tour,
        what: "A tour of the gym".into(),
        from_on: day("2026-12-01"),
        to_on: None,
        ours_cents: 5_000,
        theirs_cents: 5_000,
        cash: Known::No,
        solicited: Known::No,
        federal: Known::No,
        purpose: Some("To know each other's work".into()),
        materials: None,
        fair_value: None,
        agreement: None,
    }
}

/// A book for a partner, in words that name nobody.
pub(super) fn gift(to: PartnerId, recipient: RecipientKind, what: &str) -> NewReward {
    NewReward {
        on: baton_core::testing::day("2026-11-20"),
        kind: RewardKind::Item,
        occasion: Occasion::Thanks,
        what: what.into(),
        total_cents: 1_200,
        split: Split::Each,
        cash: Known::No,
        solicited: Known::No,
        purpose: Some(what.into()),
        paid_to: None,
        receipt: None,
        fair_value: None,
        agreement: None,
        shares: vec![NewShare {
            whom: Whom::Partner(to),
            recipient: Some(recipient),
            counts_to: None,
            present: true,
            federal: Known::No,
        }],
    }
}

/// Somebody talks with a patient who sent somebody, over a meal.
fn talk(practice: &Practice, patient: PartnerId) {
    let touch = NewTouch {
        partner: patient,
        people: Vec::new(),
        referral: None,
        on: day("2026-11-20"),
        at: None,
        form: TouchForm::Lunch,
        started_by: StartedBy::Them,
        two_way: true,
        bulk: false,
        category: None,
        purpose: format!("{WHO} called"),
        learned: format!("{WHO} is well"),
        minutes: 30,
        cost_cents: 1_200,
        cost_kind: Some(CostKind::Meal),
        kept_private: false,
        next: None,
    };
    outreach::log_touch(practice, &touch).expect("logged");
}

/// A patient who sent somebody is thanked, given something, and noted about.
fn thank_and_give(practice: &Practice, patient: PartnerId) {
    let of = Party::Partner(patient);
    let note = GiftNote { likes: format!("{WHO} likes tea"), ..GiftNote::default() };
    gratitude::set_gift_note(practice, of, &note).expect("noted");
    let thanks = NewThanks {
        of,
        form: ThanksForm::Card,
        line: format!("Dear {WHO}, you were very kind to us."),
        template: None,
    };
    gratitude::send_thanks(practice, &thanks).expect("thanked");
    let book = gift(patient, RecipientKind::Patient, &format!("A book for {WHO}"));
    gratitude::record_reward(practice, &book, Verdict::NeedsApproval, None).expect("given");
}

/// Tasks that name the patient, by their referral and as a partner; one of them was taken back. And a plan with them.
fn plan_and_remind(practice: &Practice, referral: ReferralId, patient: PartnerId) -> (Vec<TaskId>, PlanId) {
    let me = practice.actor().id;
    let task = |title: &str| NewTask {
        notes: format!("{WHO} prefers mornings"),
        remind_minutes: Some(0),
        ..NewTask::titled(title, day("2026-11-20"), me)
    };
    let of_referral = NewTask { referral: Some(referral), ..task(&format!("Call {WHO}")) };
    let of_partner = NewTask { partner: Some(patient), ..task(&format!("Write to {WHO}")) };
    let mut tasks = Vec::new();
    for new in [&of_referral, &of_partner] {
        let id = outreach::add_task(practice, new).expect("put down").value;
        outreach::edit_task(practice, id, &NewTask { title: format!("{} again", new.title), ..new.clone() })
            .expect("changed");
        tasks.push(id);
    }
    outreach::drop_task(practice, tasks[1], &format!("{WHO} moved"), false).expect("dropped");
    let gone = outreach::add_task(practice, &of_partner).expect("put down").entry.expect("an entry");
    history::undo(practice, gone.seq, OnConflict::Ask).expect("undone");
    let start = PlanStart {
        playbook: "patient".into(),
        name: "Patients who told a friend".into(),
        target: PlanTarget::Partners(vec![patient]),
        holder: me,
        starts_on: day("2026-11-20"),
    };
    outreach::start_plans(practice, &start).expect("begun");
    let plan = outreach::plans(practice, &PlanQuery::default()).expect("plans")[0].id;
    outreach::stop_plan(practice, plan, &format!("{WHO} asked for it")).expect("stopped");
    (tasks, plan)
}

/// Writes it all.
pub(super) fn story() -> Story {
    let practice = practice("2026-11-20");
    let new = |text: &str, class| ReferralSource::NewName { text: text.into(), class };
    let referral = taken(&practice, &intake(new("Pine Hollow Family Medicine", None), label(None)));
    let page = referrals::referral(&practice, referral).expect("a page");
    let (partner, patient) = (page.row.from.partner.expect("a partner"), page.patient_id);
    // A patient who sends somebody, one known as a patient and one known by name alone.
    let by_patient = taken(
        &practice,
        &intake(
            ReferralSource::Patient { patient },
            PatientLabel { name: format!("{WHO} Other"), ..label(None) },
        ),
    );
    let referrer =
        referrals::referral(&practice, by_patient).expect("a page").row.from.partner.expect("a patient");
    let mary = NewPartner {
        individual: Some(NewPerson { name: format!("Mary {WHO}"), ..NewPerson::default() }),
        ..NewPartner::named(PartnerClass::Patient, PartnerType::Patient, "")
    };
    let mary = network::add_partner(&practice, mary).expect("added").value;
    let from_mary = ReferralSource::Known { partner: Some(mary), person: None };
    let by_name = taken(&practice, &intake(from_mary, label(Some(patient))));
    world::tell(&practice, |tx| {
        tx.execute("UPDATE referral SET amount_cents = ?1", [COST])?;
        tx.execute("UPDATE patient SET born_on = '1961-07-31'", [])?;
        Ok::<_, StoreError>(())
    });
    let phone = NewContactPoint {
        kind: baton_core::network::ContactKind::Email,
        value: format!("{WHO}@example.org"),
        label: String::new(),
        is_primary: false,
    };
    network::add_contact_point(&practice, Party::Partner(referrer), &phone).expect("a way to reach them");
    let notes = [PartnerChange::Notes(Some(format!("{WHO} is kind")))];
    network::edit_partner(&practice, referrer, &notes, None).expect("noted");
    let edit = |changes: &[ReferralChange]| {
        referrals::edit(&practice, referral, changes, None).expect("edited");
    };
    edit(&[ReferralChange::Reason(Some(format!("{WHY} again")))]);
    edit(&[ReferralChange::Note(Some(format!("{WHO} wrote")))]);
    edit(&[ReferralChange::Patient(PatientLabel {
        name: format!("{WHO} Married"),
        chart_number: Some(format!("{WHO}-2")),
        patient: None,
    })]);
    edit(&[ReferralChange::Outcome(None)]);
    // On its way: tried, offered to a colleague, missed, and lost for a reason in somebody's words.
    let colleague = baton_core::testing::with_role(&practice, baton_core::vault::Role::Clinician).actor().id;
    let attempt = NewStep {
        step: "attempt".into(),
        on: None,
        minute: None,
        note: Some(format!("{WHO} does not answer")),
    };
    process::add_step(&practice, referral, &attempt).expect("tried");
    let offer = HandOver {
        to: Holder::Profile(colleague),
        next_step: Some(format!("call {WHO}")),
        due_on: None,
        note: Some(format!("{WHO} is shy")),
    };
    process::hand_over(&practice, by_name, &offer).expect("offered");
    process::set_next_step(&practice, referral, Some(&format!("write to {WHO}")), None).expect("said");
    let answers = Answers {
        home_doctor: Some(format!("the doctor of {WHO}")),
        documents: vec![AgreedDocument { name: format!("MRI of {WHO}"), there: true }],
        ..Answers::default()
    };
    care::set_answers(&practice, referral, &answers).expect("put down");
    let low = NewExperience {
        visit_on: None,
        rating: Some(3),
        confidence: None,
        took_part: None,
        comment: Some(format!("{WHO} waited for an hour")),
    };
    care::add_experience(&practice, referral, &low).expect("put down");
    thank_and_give(&practice, referrer);
    let (tasks, plan) = plan_and_remind(&practice, referral, referrer);
    talk(&practice, referrer);
    let yes = NewConsent {
        purpose: Purpose::ThankYou,
        given: true,
        on: None,
        form: ConsentForm::Written,
        expires_on: None,
        note: Some(format!("{WHO} signed")),
    };
    care::give_consent(&practice, patient, &yes).expect("put down");
    // What the patient prefers and took along; who called about them; who looks after them together.
    let facts = Strengths { helps_with: vec!["spine".into()], ..Strengths::default() };
    help::set_strengths(&practice, partner, &facts).expect("put down");
    let wishes = Wishes { needs: vec![format!("{WHO} needs parking")], ..Wishes::default() };
    let list = NewHandOut {
        patient: label(Some(patient)),
        referral: Some(referral),
        question: HelpQuestion { problem: format!("spine {WHY} of {WHO}"), wishes },
        choices: vec![HandOutChoice { partner, reason: Some(format!("{WHO} asked for it")) }],
    };
    help::give_hand_out(&practice, &list).expect("given");
    let call = call(label(Some(patient)), WHO, referrer);
    let inquiry = inquiries::add_inquiry(&practice, &call).expect("taken").value;
    inquiries::add_visit(&practice, patient, practice.today()).expect("put down");
    let member = |partner, leads| MemberForm {
        id: None,
        partner,
        role: "surgeon".into(),
        part: format!("calls {WHO}"),
        holder: Some(Holder::Profile(colleague)),
        due_on: Some(practice.today()),
        done_on: None,
        leads,
    };
    let group = GroupForm {
        kind: GroupKind::CaseGroup,
        plan: Some(format!("{WHO} walks again")),
        members: vec![member(None, true), member(Some(partner), false)],
    };
    shared::add_group(&practice, referral, &group).expect("made");
    let found_us = SourceFacts {
        detail: Some(format!("Aunt of {WHO}")),
        why_us: Some(format!("{WHO} trusts us")),
        facilitator: Some(format!("Helper of {WHO}")),
        ..SourceFacts::default()
    };
    referrals::set_source_facts(&practice, referral, &found_us).expect("put down");
    let leak = LeakAction {
        kind: LeakKind::LostContact,
        step: String::new(),
        reason: None,
        reason_text: Some(format!("{WHO} moved")),
        action: Some(format!("visit {WHO}")),
        action_due_on: Some(practice.today()),
        result: None,
    };
    process::settle_leak(&practice, referral, &leak).expect("put down");
    referrals::trash(&practice, by_patient, Some(&format!("{WHO} wrote twice"))).expect("in the trash");
    network::trash_partners(&practice, &[referrer], Some(&format!("{WHO} moved"))).expect("in the trash");
    let again = history::undo_last(&practice).expect("undone");
    drop(again);
    // Somebody works for a patient; a patient came and was taken back with all that was written about them.
    let helper = NewPerson {
        name: "Hanna Helper".into(),
        works_at: Some(NewAffiliation::at(mary)),
        ..NewPerson::default()
    };
    let helper = network::add_person(&practice, helper).expect("a helper").value;
    network::mark_different(&practice, Party::Partner(partner), Party::Partner(mary)).expect("marked");
    let gone = NewPartner::named(PartnerClass::Patient, PartnerType::Patient, format!("{WHO} Gone"));
    let gone = network::add_partner(&practice, gone).expect("added");
    let fax = NewContactPoint { value: format!("{WHO}@example.com"), ..phone.clone() };
    let fax =
        network::add_contact_point(&practice, Party::Partner(gone.value), &fax).expect("a way to reach them");
    let mail = NewContactPoint { value: format!("old-{WHO}@example.net"), ..phone.clone() };
    let mail = network::add_contact_point(&practice, Party::Partner(referrer), &mail).expect("added").value;
    let newer = NewContactPoint { value: format!("new-{WHO}@example.net"), ..phone.clone() };
    network::edit_contact_point(&practice, mail, &newer, None).expect("edited");
    network::remove_contact_point(&practice, mail).expect("removed");
    for entry in [fax.entry, gone.entry] {
        history::undo(&practice, entry.expect("an entry").seq, OnConflict::Ask).expect("undone");
    }
    network::save_partner_view(&practice, None, "All", &Default::default(), None).expect("a view");
    network::tag_partners(&practice, &[partner], "Close").expect("a tag");
    history::draft_save(&practice, "intake", WHO).expect("a draft");
    practice.store().note(practice.actor(), "export_register", "register.csv").expect("on record");

    let all = ReferralQuery { limit: 500, ..ReferralQuery::default() };
    let found = referrals::referrals(&practice, &all).expect("a register");
    let mut records: Vec<RecordId> = found.rows.iter().map(|row| row.id.0).collect();
    records.extend([by_patient.0, by_name.0, patient.0, partner.0, referrer.0]);
    records.extend(found.rows.iter().filter_map(|row| row.from.partner).map(|id| id.0));
    let mut people: Vec<_> = found.rows.iter().filter_map(|row| row.from.person).collect();
    assert!(!people.is_empty(), "a patient known by name is a person too");
    people.push(helper);
    records.extend(people.iter().map(|id| id.0));
    records.sort_unstable_by_key(|id| *id.bytes());
    records.dedup();
    let gift = gift(partner, RecipientKind::Business, "A book");
    let offer = together(partner);
    gratitude::save_offer(&practice, &offer).expect("together");
    let outside = go_outside(&practice, partner);
    Story {
        practice,
        partner,
        referrer,
        referral,
        records,
        inquiry,
        people,
        gift,
        offer,
        outside,
        tasks,
        plan,
    }
}
