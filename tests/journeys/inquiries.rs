//! Somebody calls before they are a patient: the call, the answer, the visit, and coming back.

use baton_core::Practice;
use baton_core::foundation::id::{PartnerId, RecordId, ReferralId};
use baton_core::history;
use baton_core::insights::{Period, inquiry_report, loop_report};
use baton_core::referrals::care::{self, Answers, Plan, PlanState};
use baton_core::referrals::inquiries::{
    self, Caller, Inquiry, InquiryChannel, InquiryForm, InquiryQuery, InquiryStep, InquiryView,
};
use baton_core::referrals::{
    self, Direction, Intake, PatientLabel, ReferralChange, ReferralError, ReferralSource, Taken,
};
use baton_core::sample::{SampleSize, create_into};
use baton_core::testing::{day, practice, practice_over_time, with_role};
use baton_core::vault::Role;

use crate::world::{self, tell};

fn call(name: &str) -> InquiryForm {
    InquiryForm {
        patient: PatientLabel { name: name.into(), chart_number: None, patient: None },
        asked_on: None,
        minute: Some(16 * 60 + 50),
        channel: InquiryChannel::Phone,
        caller: Caller::Family,
        caller_name: Some("Her daughter".into()),
        caller_phone: Some("207-555-0101".into()),
        question: Some("Whether we see hips".into()),
        service_line: Some("Joints".into()),
        source: None,
        answered_on: None,
        answered_minute: None,
        callback_on: None,
        callback_minute: None,
        called_back_on: None,
        signed_up_on: None,
        dropped_on: None,
        dropped_reason: None,
    }
}

fn add(practice: &Practice, form: &InquiryForm) -> RecordId {
    inquiries::add_inquiry(practice, form).expect("taken").value
}

fn one(practice: &Practice, id: RecordId) -> Inquiry {
    inquiries::inquiry(practice, id).expect("an inquiry")
}

fn shown(practice: &Practice, view: InquiryView) -> Vec<Inquiry> {
    inquiries::inquiries(practice, &InquiryQuery { view, cursor: None }).expect("a page").rows
}

fn intake(one: &Inquiry, from: PartnerId) -> Intake {
    Intake {
        direction: Direction::Inbound,
        source: ReferralSource::Known { partner: Some(from), person: None },
        receiver: None,
        patient: PatientLabel { name: one.patient.clone(), chart_number: None, patient: None },
        reason: one.question.clone(),
        service_line: one.service_line.clone(),
        payer: None,
        received_on: None,
        urgency: None,
        note: None,
        confirm_duplicate: true,
    }
}

fn becomes(practice: &Practice, id: RecordId, from: PartnerId) -> ReferralId {
    match inquiries::inquiry_to_referral(practice, id, &intake(&one(practice, id), from)).expect("taken") {
        Taken::Saved { id, .. } => id,
        other @ Taken::Duplicate { .. } => panic!("{other:?}"),
    }
}

#[test]
fn a_call_becomes_a_patient_who_comes_back() {
    let (practice, set) = practice_over_time("2026-01-12");
    let pine = tell(&practice, |tx| Ok(world::partner(tx, "Pine Hollow", "medical", "primary_care")));
    let promised = InquiryForm {
        callback_on: Some(day("2026-01-13")),
        source: Some(ReferralSource::Known { partner: Some(pine), person: None }),
        ..call("Ann Ames")
    };
    let id = add(&practice, &promised);
    let lost = add(&practice, &call("Bob Bell"));
    assert_eq!(shown(&practice, InquiryView::CallBack).len(), 1);
    assert_eq!(shown(&practice, InquiryView::Open).len(), 2);
    set(day("2026-01-13"));
    // Answered on Tuesday at ten past eight: ten minutes of Monday and ten of Tuesday.
    let answered = InquiryForm {
        asked_on: Some(day("2026-01-12")),
        answered_on: Some(day("2026-01-13")),
        answered_minute: Some(8 * 60 + 10),
        called_back_on: Some(day("2026-01-13")),
        ..promised.clone()
    };
    inquiries::edit_inquiry(&practice, id, &answered).expect("edited");
    assert!(shown(&practice, InquiryView::CallBack).is_empty());
    assert_eq!(one(&practice, id).source_name.as_deref(), Some("Pine Hollow"));
    let january = Period::new(day("2026-01-01"), day("2026-01-31")).expect("a period");
    let wait = || inquiry_report(&practice, &january).expect("a report").first_answer;
    assert_eq!((wait().median, wait().n), (Some(20.0), 1));
    assert_eq!(loop_report(&practice, &january).expect("a report").first_answer.n, 1);

    let referral = becomes(&practice, id, pine);
    let came = one(&practice, id);
    assert_eq!(
        (came.step, came.signed_up_on, came.referral),
        (InquiryStep::SignedUp, Some(day("2026-01-13")), Some(referral))
    );
    assert_eq!(referrals::referral(&practice, referral).expect("a page").patient_id, came.patient_id);
    let again = inquiries::inquiry_to_referral(&practice, id, &intake(&came, pine));
    assert!(matches!(again, Err(ReferralError::Invalid { field: "inquiry", .. })));
    let drop = InquiryForm {
        asked_on: Some(day("2026-01-12")),
        dropped_on: Some(day("2026-01-13")),
        dropped_reason: Some("Too far".into()),
        ..call("Bob Bell")
    };
    inquiries::edit_inquiry(&practice, lost, &drop).expect("dropped");
    assert!(shown(&practice, InquiryView::Open).is_empty());

    set(day("2026-02-02"));
    referrals::edit(&practice, referral, &[ReferralChange::SeenOn(Some(day("2026-02-02")))], None)
        .expect("seen");
    assert_eq!(one(&practice, id).step, InquiryStep::Seen);
    let plan = Plan { proposed_on: day("2026-02-02"), state: PlanState::Started };
    care::set_answers(&practice, referral, &Answers { plan: Some(plan), ..Answers::default() })
        .expect("planned");
    assert_eq!(one(&practice, id).step, InquiryStep::PlanStarted);
    set(day("2026-04-01"));
    for on in ["2026-03-01", "2026-04-01"] {
        inquiries::add_visit(&practice, came.patient_id, day(on)).expect("came");
    }
    let twice = inquiries::add_visit(&practice, came.patient_id, day("2026-02-02"));
    assert!(
        matches!(twice, Err(ReferralError::Invalid { field: "visitOn", .. })),
        "the referral's own visit"
    );
    let loyal = one(&practice, id);
    assert_eq!((loyal.step, loyal.visits.len()), (InquiryStep::Loyal, 3));
    let funnel =
        inquiry_report(&practice, &Period::new(day("2026-01-01"), day("2026-04-30")).expect("a period"));
    let funnel = funnel.expect("a report").funnel;
    assert_eq!((funnel.inquiries, funnel.signed_up.a, funnel.loyal.a, funnel.loyal.b), (2, 1, 1, 1));
    inquiries::remove_visit(&practice, came.patient_id, day("2026-04-01")).expect("taken away");
    assert_eq!(one(&practice, id).step, InquiryStep::PlanStarted);
    history::undo_last(&practice).expect("brought back");
    assert_eq!(one(&practice, id).step, InquiryStep::Loyal);
    inquiries::remove_inquiry(&practice, lost).expect("removed");
    assert!(matches!(inquiries::inquiry(&practice, lost), Err(ReferralError::Missing)));
}

#[test]
fn what_cannot_be_has_its_message_beside_the_field() {
    let practice = practice("2026-11-20");
    let form = call("Ann Ames");
    let cases = [
        (
            "patient",
            InquiryForm {
                patient: PatientLabel { name: " ".into(), chart_number: None, patient: None },
                ..form.clone()
            },
        ),
        ("askedOn", InquiryForm { asked_on: Some(day("2026-11-21")), ..form.clone() }),
        ("minute", InquiryForm { minute: Some(1_440), ..form.clone() }),
        ("answeredOn", InquiryForm { answered_on: Some(day("2026-11-19")), ..form.clone() }),
        ("answeredOn", InquiryForm { answered_minute: Some(500), ..form.clone() }),
        (
            "answeredMinute",
            InquiryForm { answered_on: Some(day("2026-11-20")), answered_minute: Some(1), ..form.clone() },
        ),
        ("callbackOn", InquiryForm { callback_on: Some(day("2026-11-19")), ..form.clone() }),
        ("callbackOn", InquiryForm { called_back_on: Some(day("2026-11-20")), ..form.clone() }),
        ("signedUpOn", InquiryForm { signed_up_on: Some(day("2026-11-22")), ..form.clone() }),
        ("droppedOn", InquiryForm { dropped_on: Some(day("2026-11-01")), ..form.clone() }),
        ("callerPhone", InquiryForm { caller_phone: Some("1".repeat(51)), ..form.clone() }),
    ];
    for (wanted, form) in cases {
        let refused = inquiries::add_inquiry(&practice, &form);
        assert!(
            matches!(refused, Err(ReferralError::Invalid { field, .. }) if field == wanted),
            "{wanted}: {refused:?}"
        );
    }
    let reader = with_role(&practice, Role::Liaison);
    assert!(inquiries::add_inquiry(&reader, &form).is_err());
    let id = add(&practice, &form);
    let seen = one(&reader, id);
    assert!(seen.patient.starts_with("Patient "));
    assert_eq!((seen.caller_name, seen.caller_phone, seen.question), (None, None, None));
}

#[test]
fn the_list_is_paged_and_every_inquiry_stands_on_one_page() {
    let practice = practice("2026-11-20");
    for n in 0..230 {
        let asked_on = Some(day("2026-11-01") + chrono::Days::new(n % 15));
        add(&practice, &InquiryForm { asked_on, minute: None, ..call(&format!("Patient {n}")) });
    }
    let mut query = InquiryQuery { view: InquiryView::All, cursor: None };
    let mut all = Vec::new();
    loop {
        let page = inquiries::inquiries(&practice, &query).expect("a page");
        all.extend(page.rows.into_iter().map(|row| (row.asked_on, row.id)));
        query.cursor = page.next;
        if query.cursor.is_none() {
            break;
        }
    }
    assert_eq!(all.len(), 230);
    assert!(all.windows(2).all(|pair| pair[0].0 >= pair[1].0), "the newest first");
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 230);
    query.cursor = Some("nonsense".into());
    assert!(inquiries::inquiries(&practice, &query).is_err());
}

#[test]
fn a_call_log_is_shown_taken_as_one_action_and_the_same_log_again_changes_nothing() {
    let practice = practice("2026-11-20");
    let log = "Date,Time,Number,Name,Direction,Status\n\
               11/19/2026,09:00,207-555-0101,Ann Ames,Incoming,Answered\n\
               11/19/2026,09:30,207-555-0102,,Incoming,Missed\n\
               11/19/2026,10:00,207-555-0102,,Incoming,Answered\n\
               11/19/2026,10:30,207-555-0103,,Outgoing,Answered\n\
               soon,10:30,207-555-0104,,Incoming,Answered\n";
    let seen = inquiries::read_call_log(&practice, log, None).expect("a log");
    use inquiries::CallFate::{NoDay, Outgoing, Taken};
    assert_eq!(
        seen.calls.iter().map(|call| call.fate).collect::<Vec<_>>(),
        [Taken, Taken, Taken, Outgoing, NoDay]
    );
    assert!(shown(&practice, InquiryView::All).is_empty(), "nothing is written by looking");
    let written = inquiries::take_call_log(&practice, log, None).expect("taken");
    assert_eq!(written.value, 3);
    let rows = shown(&practice, InquiryView::All);
    let people: std::collections::BTreeSet<_> = rows.iter().map(|row| row.patient_id.0).collect();
    assert_eq!((rows.len(), people.len()), (3, 2), "two calls from one number are one caller's");
    assert_eq!(rows.iter().filter(|row| row.answered_on.is_none()).count(), 1, "the missed one waits");
    assert_eq!(inquiries::take_call_log(&practice, log, None).expect("again").value, 0);
    history::undo(&practice, written.entry.expect("an entry").seq, baton_core::store::OnConflict::Ask)
        .expect("taken back");
    assert!(shown(&practice, InquiryView::All).is_empty());
    let asked = inquiries::take_call_log(&practice, "Date,Number\n03/04/2026,2075550101\n", None);
    assert!(matches!(asked, Err(ReferralError::Invalid { field: "order", .. })));
    assert!(inquiries::read_call_log(&with_role(&practice, Role::Liaison), log, None).is_err());
}

/// An inquiry for every third referral of the sample, with visits and plans by its place in the register.
const INVENTED: &str = "
    CREATE TEMP TABLE nth AS SELECT id, patient_id, received_on, seen_on, row_number() OVER (ORDER BY received_on, id) AS n
        FROM referral WHERE direction = 'inbound' AND trashed_at IS NULL;
    INSERT INTO inquiry (id, asked_on, minute, channel, patient_id, caller, answered_on, answered_minute, signed_up_on, referral_id,
        created_at, created_by, changed_at, changed_by)
    SELECT randomblob(16), date(received_on, '-' || (n % 9) || ' days'), 600, CASE n % 4 WHEN 0 THEN 'web' WHEN 1 THEN 'email' ELSE 'phone' END,
        patient_id, 'patient', date(received_on, '-' || (n % 9) || ' days'), 600 + n % 90, CASE WHEN n % 5 > 0 THEN received_on END,
        CASE WHEN n % 7 > 0 THEN id END, 0, x'00000000000000000000000000000000', 0, x'00000000000000000000000000000000'
    FROM nth WHERE n % 3 = 0;
    INSERT OR IGNORE INTO kept_visit (id, patient_id, visit_on, created_at, created_by)
    SELECT randomblob(16), patient_id, date(seen_on, '+' || (v.days * (1 + n % 3)) || ' days'), 0, x'00000000000000000000000000000000'
    FROM nth JOIN (SELECT 12 AS days UNION ALL VALUES (30), (55)) v
    WHERE seen_on IS NOT NULL AND n % 2 = 0 AND date(seen_on, '+' || (v.days * (1 + n % 3)) || ' days') <= '2026-11-20';
    INSERT INTO referral_answer (id, referral_id, topic, item, value, changed_at, changed_by)
    SELECT randomblob(16), id, 'plan', q.item, CASE q.item WHEN 'proposed_on' THEN seen_on ELSE
        CASE n % 4 WHEN 0 THEN 'started' WHEN 1 THEN 'completed' WHEN 2 THEN 'proposed' ELSE 'stopped' END END, 0,
        x'00000000000000000000000000000000'
    FROM nth JOIN (SELECT 'proposed_on' AS item UNION ALL VALUES ('state')) q WHERE seen_on IS NOT NULL AND n % 6 < 5;";

#[test]
fn the_funnel_counted_in_sql_is_that_of_the_report() {
    let practice = practice("2026-11-20");
    create_into(&practice, SampleSize::Small, day("2026-11-20")).expect("a sample");
    tell(&practice, |tx| {
        tx.execute_batch("DELETE FROM inquiry; DELETE FROM kept_visit")?;
        Ok(tx.execute_batch(INVENTED)?)
    });
    for (from, to) in [("2025-11-21", "2026-11-20"), ("2025-03-01", "2025-08-31")] {
        let report =
            inquiry_report(&practice, &Period::new(day(from), day(to)).expect("a period")).expect("a report");
        // As a table with a column for each step; days as text compare as days.
        let sql = format!(
            "WITH day AS (
                 SELECT patient_id, visit_on AS day FROM kept_visit UNION
                 SELECT patient_id, seen_on FROM referral WHERE direction = 'inbound' AND trashed_at IS NULL AND seen_on <> ''
                     AND (outcome IS NULL OR outcome NOT IN ('no_show', 'declined'))),
             step AS (
                 SELECT i.id, i.signed_up_on, (SELECT min(day) FROM day d WHERE d.patient_id = i.patient_id AND d.day >= i.asked_on
                            AND d.day <= '{to}') AS first, i.patient_id,
                        EXISTS (SELECT 1 FROM referral_answer a JOIN referral_answer b ON b.referral_id = a.referral_id
                            WHERE a.referral_id = i.referral_id AND a.topic = 'plan' AND a.item = 'state' AND b.topic = 'plan'
                              AND b.item = 'proposed_on' AND a.value IN ('started', 'completed') AND b.value <= '{to}') AS plan
                 FROM inquiry i WHERE i.asked_on BETWEEN '{from}' AND '{to}')
             SELECT count(*), sum(signed_up_on <= '{to}' OR first IS NOT NULL), sum(first IS NOT NULL), sum(first IS NOT NULL AND plan),
                    sum(first IS NOT NULL AND plan AND (SELECT count(*) FROM day d WHERE d.patient_id = step.patient_id
                        AND d.day > first AND d.day <= date(first, '+365 days') AND d.day <= '{to}') >= 2)
             FROM step"
        );
        let counted: [u32; 5] = tell(&practice, |tx| {
            Ok(tx.query_row(&sql, [], |row| {
                Ok([
                    row.get(0)?,
                    row.get::<_, Option<u32>>(1)?.unwrap_or(0),
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                ])
            })?)
        });
        let funnel = report.funnel;
        let steps = [
            funnel.inquiries,
            funnel.signed_up.a,
            funnel.first_visit.a,
            funnel.plan_started.a,
            funnel.loyal.a,
        ];
        assert_eq!(steps, counted);
        assert_eq!(
            [funnel.signed_up.b, funnel.first_visit.b, funnel.plan_started.b, funnel.loyal.b],
            counted[..4],
            "each step of the one before"
        );
        assert!(counted[4] > 10 && counted.windows(2).all(|pair| pair[0] > pair[1]), "{counted:?}");
        let channels: u32 = report.channels.iter().map(|one| one.signed_up.b).sum();
        assert_eq!(channels, funnel.inquiries);
        let sql = format!(
            "SELECT sum(state IN ('started', 'completed')), count(*) FROM (
                 SELECT max(CASE item WHEN 'state' THEN value END) AS state, max(CASE item WHEN 'proposed_on' THEN value END) AS proposed
                 FROM referral_answer a JOIN referral r ON r.id = a.referral_id
                 WHERE topic = 'plan' AND r.seen_on BETWEEN '{from}' AND '{to}' AND r.trashed_at IS NULL GROUP BY a.referral_id)
             WHERE proposed <= date('{to}', '-30 days')"
        );
        let counted: (u32, u32) =
            tell(&practice, |tx| Ok(tx.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?));
        assert_eq!((report.follow_through.followed.a, report.follow_through.followed.b), counted);
        // All were asked at ten; the answer took so many minutes where the practice was open.
        assert!(report.first_answer.n > 100);
    }
}
