//! What patients allow, what stays out of sight, and what is asked about a referral.

use std::ops::ControlFlow;

use baton_core::Practice;
use baton_core::exchange::export::{PatientIdentity, RegisterFormat, RegisterOrder, register};
use baton_core::foundation::id::{PartnerId, PatientId, ReferralId};
use baton_core::history;
use baton_core::insights::{Period, care_report, loop_report, partner_experience, scorecard, scorecards};
use baton_core::network::{self, SearchScope};
use baton_core::referrals::care::{
    self, AgreedDocument, Answers, ConsentForm, Gate, NewConsent, NewExperience, Purpose, TravelChecks, YesNo,
};
use baton_core::referrals::process::{self, BatonQuery, BoardQuery, StageMove};
use baton_core::referrals::{
    self, Direction, Intake, PatientLabel, ReferralChange, ReferralError, ReferralQuery, ReferralSource,
    Taken, Travel,
};
use baton_core::sample::{SampleSize, create_into};
use baton_core::store::{OnConflict, StoreError};
use baton_core::testing::{TestPractice, day, practice, practice_over_time, with_role};
use baton_core::vault::Role;

use crate::world::{self, tell};

fn intake(name: &str, partner: PartnerId) -> Intake {
    Intake {
        direction: Direction::Inbound,
        source: ReferralSource::Known { partner: Some(partner), person: None },
        receiver: None,
        patient: PatientLabel { name: name.into(), chart_number: None, patient: None },
        reason: Some(format!("Reason of {name}")),
        service_line: None,
        payer: None,
        received_on: None,
        urgency: None,
        note: None,
        confirm_duplicate: true,
    }
}

fn taken(practice: &Practice, intake: &Intake) -> ReferralId {
    match referrals::intake(practice, intake).expect("taken") {
        Taken::Saved { id, .. } => id,
        other @ Taken::Duplicate { .. } => panic!("{other:?}"),
    }
}

fn pine(practice: &Practice) -> PartnerId {
    tell(practice, |tx| Ok(world::partner(tx, "Pine Hollow", "medical", "primary_care")))
}

fn go(_: u32, _: u32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Everything anybody could see it in: lists, counts of a partner, what leaves the house.
fn sightings(practice: &TestPractice, partner: PartnerId, name: &str) -> Vec<String> {
    let year = Period::trailing_year(practice.today());
    let all = ReferralQuery::default();
    let of_partner = ReferralQuery { partner: Some(partner), ..all.clone() };
    let by_name = ReferralQuery { text: Some(name.into()), ..all.clone() };
    let total = |query: &ReferralQuery| {
        let page = referrals::referrals(practice, query).expect("a page");
        format!("{} {}", page.rows.len(), page.total.count)
    };
    let board = BoardQuery { direction: Direction::Inbound, filter: BatonQuery::default(), cards: 0 };
    let columns = process::board(practice, &board).expect("a board").columns;
    let file = practice.folder.path().join("register.csv");
    let order =
        RegisterOrder { format: RegisterFormat::Csv, period: None, patients: PatientIdentity::Omitted };
    register(practice, &order, &file, &mut go).expect("exported");
    let rows = std::fs::read_to_string(&file).expect("a file").lines().count();
    let page = network::partner(practice, partner).expect("a page");
    let today = referrals::today(practice).expect("today");
    vec![
        total(&all),
        total(&of_partner),
        total(&by_name),
        process::batons(practice, &BatonQuery::default()).expect("batons").total.to_string(),
        columns.iter().map(|column| column.count).sum::<u32>().to_string(),
        rows.to_string(),
        format!("{:?}", page.counts.received_year),
        scorecard(practice, partner, &year).expect("a card").card.figures.received.to_string(),
        today.new_since_yesterday.total.count.to_string(),
        referrals::used_words(practice).expect("words").reasons.len().to_string(),
        referrals::open_of_patient(practice, name, None).expect("open").len().to_string(),
        network::search(practice, name, SearchScope::Everything, 5).expect("hits").len().to_string(),
    ]
}

#[test]
fn a_restricted_referral_is_in_no_list_and_in_the_totals_of_the_practice() {
    let practice = practice("2026-11-20");
    let pine = pine(&practice);
    let ids = ["Ann Ames", "Bob Bell", "Cy Cole"].map(|name| taken(&practice, &intake(name, pine)));
    let before = sightings(&practice, pine, "Cy Cole");
    let entry =
        care::restrict(&practice, ids[2], Some("Part 2")).expect("restricted").entry.expect("an entry");
    let without = sightings(&practice, pine, "Cy Cole");
    let seen: Vec<(&String, &String)> = before.iter().zip(&without).collect();
    for (at, (was, is)) in seen[..11].iter().enumerate() {
        assert_ne!(was, is, "sighting {at} shows it still");
    }
    assert_eq!(without[..5], ["2 2", "2 2", "0 0", "2", "2"].map(str::to_owned));
    let year = Period::trailing_year(practice.today());
    let cards = scorecards(&practice, &year).expect("scorecards");
    assert_eq!(
        (cards.totals.received, cards.rows[0].figures.received, cards.without_partner.received),
        (3, 2, 1),
        "counted for the practice, and for nobody"
    );
    assert_eq!(process::orphans(&practice).expect("counted"), []);
    // Those who work with it find it, by itself and by its number.
    let hidden = care::restricted(&practice).expect("restricted");
    assert_eq!((hidden.len(), hidden[0].row.id, hidden[0].note.as_deref()), (1, ids[2], Some("Part 2")));
    assert!(process::way(&practice, ids[2]).expect("a way").holder.is_some(), "somebody holds it");
    for role in [Role::Liaison, Role::Analyst, Role::ReadOnly, Role::Compliance] {
        assert!(care::restricted(&with_role(&practice, role)).is_err(), "{role:?}");
    }
    // It goes on and is taken up by the counts when it comes back into sight.
    referrals::edit(&practice, ids[2], &[ReferralChange::SeenOn(Some(day("2026-11-20")))], None)
        .expect("seen");
    history::undo_last(&practice).expect("taken back");
    history::undo(&practice, entry.seq, OnConflict::Ask).expect("taken back");
    assert_eq!(sightings(&practice, pine, "Cy Cole"), before);
    care::restrict(&practice, ids[2], None).expect("restricted");
    care::unrestrict(&practice, ids[2]).expect("in sight");
    assert_eq!(sightings(&practice, pine, "Cy Cole"), before);
    assert!(matches!(care::unrestrict(&practice, ids[2]), Err(ReferralError::Missing)));
    let kept: Vec<u32> = tell(&practice, |tx| {
        let mut statement = tx.prepare("SELECT received FROM referral_month WHERE received <> 0")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    });
    assert_eq!(kept, [3]);
}

#[test]
fn consent_opens_and_closes_by_the_day() {
    let (practice, set) = practice_over_time("2026-11-20");
    let id = taken(&practice, &intake("Ann Ames", pine(&practice)));
    let patient: PatientId = referrals::referral(&practice, id).expect("a page").patient_id;
    let gate = |purpose, treats| {
        let today = practice.today();
        practice
            .read(|conn| care::gate(conn, patient, Some(id), purpose, treats, today))
            .unwrap_or_else(|e: StoreError| panic!("{e}"))
    };
    assert_eq!(gate(Purpose::Treatment, true), Gate::Treating);
    assert_eq!(gate(Purpose::ThankYou, false), Gate::NoRecord);
    let yes = NewConsent {
        purpose: Purpose::ThankYou,
        given: true,
        on: None,
        form: ConsentForm::Written,
        expires_on: Some(day("2026-12-31")),
        note: None,
    };
    let given = care::give_consent(&practice, patient, &yes).expect("put down").value;
    assert_eq!(gate(Purpose::ThankYou, false), Gate::Allowed);
    let late = NewConsent { on: Some(day("2026-11-21")), ..yes.clone() };
    assert!(care::give_consent(&practice, patient, &late).is_err(), "nobody said it yet");
    let backwards = NewConsent { expires_on: Some(day("2026-11-19")), ..yes };
    assert!(care::give_consent(&practice, patient, &backwards).is_err());
    set(day("2027-01-01"));
    assert_eq!(gate(Purpose::ThankYou, false), Gate::Expired);
    set(day("2026-11-23"));
    care::revoke_consent(&practice, given).expect("revoked");
    assert_eq!(gate(Purpose::ThankYou, false), Gate::Revoked);
    assert!(matches!(care::revoke_consent(&practice, given), Err(ReferralError::Missing)));
    care::restrict(&practice, id, None).expect("restricted");
    assert_eq!(gate(Purpose::Treatment, true), Gate::Restricted);
    let (records, now) = care::consents(&practice, patient).expect("consents");
    assert_eq!((records.len(), now.len()), (1, 4));
    assert!(care::consents(&with_role(&practice, Role::Liaison), patient).is_err());
}

#[test]
fn nobodys_packet_goes_abroad_while_something_is_open() {
    let practice = practice("2026-11-20");
    let desk = with_role(&practice, Role::FrontDesk);
    let receiver = Some(ReferralSource::Known { partner: Some(pine(&practice)), person: None });
    let out = Intake {
        direction: Direction::Outbound,
        source: ReferralSource::NotAsked,
        receiver,
        ..intake("Ann Ames", pine(&practice))
    };
    let id = taken(&desk, &out);
    referrals::edit(&desk, id, &[ReferralChange::Travel(Some(Travel::International))], None).expect("edited");
    let send = |practice: &Practice| {
        let to = StageMove {
            stage: "packet_sent".into(),
            on: None,
            minute: None,
            note: None,
            changes: Vec::new(),
        };
        process::move_to(practice, id, &to).map(drop).map_err(|e| e.to_string())
    };
    assert!(send(&desk).expect_err("refused").contains("every check"));
    let yes = Some(YesNo::Yes);
    let most =
        TravelChecks { credentials: yes, records: yes, aftercare: yes, complications: yes, consent: None };
    care::set_answers(&desk, id, &Answers { travel: most, ..Answers::default() }).expect("put down");
    assert!(send(&desk).is_err(), "the patient has not agreed");
    let anyway = Answers { travel: most, travel_override: Some("An emergency".into()), ..Answers::default() };
    assert!(care::set_answers(&desk, id, &anyway).is_err(), "no clinician");
    care::set_answers(&practice, id, &anyway).expect("a clinician says so");
    send(&desk).expect("sent");
    let near = taken(&desk, &Intake { confirm_duplicate: true, ..out });
    let to =
        StageMove { stage: "packet_sent".into(), on: None, minute: None, note: None, changes: Vec::new() };
    process::move_to(&desk, near, &to).expect("who stays in the country needs none of it");
}

#[test]
fn a_low_rating_waits_for_a_call() {
    let practice = practice("2026-11-20");
    let id = taken(&practice, &intake("Ann Ames", pine(&practice)));
    let said = |rating: Option<u8>| NewExperience {
        visit_on: Some(day("2026-11-20")),
        rating,
        confidence: None,
        took_part: None,
        comment: None,
    };
    assert!(care::add_experience(&practice, id, &said(None)).is_err(), "nothing said");
    assert!(care::add_experience(&practice, id, &said(Some(11))).is_err());
    care::add_experience(&practice, id, &said(Some(7))).expect("put down");
    assert!(care::follow_ups(&practice).expect("follow-ups").is_empty());
    let low = care::add_experience(&practice, id, &said(Some(6))).expect("put down").value;
    assert_eq!(care::follow_ups(&practice).expect("follow-ups")[0].experience.id, low);
    care::follow_up(&practice, low, Some("Called, all is well")).expect("called");
    assert!(care::follow_ups(&practice).expect("follow-ups").is_empty());
    assert_eq!(care::experiences(&practice, id).expect("experiences").len(), 2);
}

#[test]
fn answers_are_kept_whole_and_what_is_emptied_is_unknown_again() {
    let practice = practice("2026-11-20");
    let id = taken(&practice, &intake("Ann Ames", pine(&practice)));
    let document = |name: &str| AgreedDocument { name: name.into(), there: true };
    let first = Answers {
        confidence: Some(5),
        home_doctor: Some("Dr. Ito".into()),
        documents: vec![document("MRI"), document("Letter")],
        ..Answers::default()
    };
    care::set_answers(&practice, id, &first).expect("put down");
    assert_eq!(care::answers(&practice, id).expect("answers"), first);
    let second = Answers { documents: vec![document("Letter")], ..Answers::default() };
    care::set_answers(&practice, id, &second).expect("put down");
    assert_eq!(care::answers(&practice, id).expect("answers"), second);
    assert!(
        care::set_answers(&practice, id, &Answers { confidence: Some(6), ..Answers::default() }).is_err()
    );
    let twice = Answers { documents: vec![document("MRI"), document(" MRI ")], ..Answers::default() };
    assert!(care::set_answers(&practice, id, &twice).is_err());
    history::undo_last(&practice).expect("taken back");
    assert_eq!(care::answers(&practice, id).expect("answers"), first);
}

/// Answers and ratings for every second referral of the sample, by its place in the register.
const INVENTED: &str = "
    CREATE TEMP TABLE nth AS SELECT id, row_number() OVER (ORDER BY received_on, id) AS n, seen_on FROM referral;
    INSERT INTO referral_answer (id, referral_id, topic, item, value, changed_at, changed_by)
    SELECT randomblob(16), id, q.topic, q.item,
           CASE q.topic WHEN 'prequal' THEN CASE (n * 7 + q.k) % 4 WHEN 0 THEN 'no' WHEN 1 THEN 'not_needed' ELSE 'yes' END
                        WHEN 'need' THEN CASE (n * 5 + q.k * 3) % 3 WHEN 0 THEN 'yes' WHEN 1 THEN 'partly' ELSE 'no' END
                        WHEN 'served' THEN CASE (n * 3 + q.k) % 7 WHEN 0 THEN 'no' WHEN 1 THEN 'not_applicable' ELSE 'yes' END
                        WHEN 'second_opinion' THEN CASE n % 3 WHEN 0 THEN 'stayed' ELSE 'moved' END
                        WHEN 'home_doctor' THEN 'Dr. Ito'
                        ELSE CASE (n + q.k) % 5 WHEN 0 THEN 'missing' ELSE 'there' END END, 0, x'00000000000000000000000000000000'
    FROM nth JOIN (SELECT 'prequal' AS topic, 'reason' AS item, 0 AS k UNION ALL VALUES ('prequal', 'workup', 1),
        ('prequal', 'records', 2), ('prequal', 'insurance', 3), ('need', 'patient', 0), ('need', 'sender', 1), ('need', 'receiver', 2),
        ('served', 'patient', 0), ('served', 'sender', 1), ('served', 'receiver', 2), ('served', 'intermediary', 3),
        ('second_opinion', 'outcome', 0), ('home_doctor', 'name', 0), ('document', 'MRI', 0), ('document', 'Letter', 1)) q
    WHERE n % 2 = 0 AND (n / 2 + q.k) % 5 <> 0;
    INSERT INTO referral_answer (id, referral_id, topic, item, value, changed_at, changed_by)
    SELECT randomblob(16), n.id, q.topic, q.item,
           CASE q.item WHEN 'proposed_on' THEN ifnull(n.seen_on, '2026-06-01')
                WHEN 'state' THEN CASE n.n % 5 WHEN 0 THEN 'proposed' WHEN 1 THEN 'accepted' WHEN 2 THEN 'started' WHEN 3 THEN 'completed'
                                  ELSE 'stopped' END
                WHEN 'answered_on' THEN date(r.received_on, '+20 days')
                WHEN 'contacted' THEN CASE n.n % 4 WHEN 0 THEN 'no' ELSE 'yes' END ELSE n.n * 7 % 11 END,
           0, x'00000000000000000000000000000000'
    FROM nth n JOIN referral r ON r.id = n.id JOIN (SELECT 'plan' AS topic, 'proposed_on' AS item UNION ALL VALUES ('plan', 'state'),
        ('help', 'answered_on'), ('help', 'contacted'), ('help', 'helped')) q
    WHERE n.n % 3 > 0 AND NOT (q.item = 'helped' AND n.n % 4 = 0);
    INSERT INTO experience (id, referral_id, visit_on, rating, created_at, created_by, changed_at, changed_by)
    SELECT randomblob(16), id, seen_on, n % 11, 0, x'00000000000000000000000000000000', 0, x'00000000000000000000000000000000'
    FROM nth WHERE seen_on IS NOT NULL AND n % 3 = 0;
    INSERT INTO referral_step (id, referral_id, step, done_on, created_at, created_by)
    SELECT randomblob(16), r.id, 'home_doctor_told', r.seen_on, 0, x'00000000000000000000000000000000'
    FROM referral r JOIN nth ON nth.id = r.id JOIN baton b ON b.id = r.id WHERE n % 3 = 0 AND r.seen_on IS NOT NULL;";

#[test]
fn answers_counted_in_sql_are_those_of_the_report() {
    let practice = practice("2026-11-20");
    create_into(&practice, SampleSize::Small, day("2026-11-20")).expect("a sample");
    tell(&practice, |tx| Ok(tx.execute_batch(INVENTED)?));
    let year = Period::new(day("2025-11-21"), day("2026-11-20")).expect("a period");
    let report = care_report(&practice, &year).expect("a report");
    let loops = loop_report(&practice, &year).expect("a report");
    const P: &str = "BETWEEN '2025-11-21' AND '2026-11-20'";
    let mean = |sql: String| {
        tell(&practice, |tx| {
            Ok(tx.query_row(&sql, [], |row| Ok((row.get::<_, f64>(0)?, row.get::<_, u32>(1)?)))?)
        })
    };
    let pair = |sql: String| {
        tell(&practice, |tx| {
            Ok(tx.query_row(&sql, [], |row| Ok((row.get::<_, u32>(0)?, row.get::<_, u32>(1)?)))?)
        })
    };
    // Items without an answer are not there either: four items, less those that are not needed.
    let prequal = format!(
        "SELECT round(avg(100.0 * yes / applicable) + 1e-9, 1), count(*) FROM (
             SELECT sum(value = 'yes') AS yes, 4 - sum(value = 'not_needed') AS applicable FROM referral_answer a
             JOIN referral r ON r.id = a.referral_id WHERE topic = 'prequal' AND r.received_on {P} GROUP BY a.referral_id)
         WHERE applicable > 0"
    );
    assert_eq!((report.prequal.percent.expect("cases"), report.prequal.n), mean(prequal));
    assert!(report.prequal.n > 500);
    let needs = format!(
        "SELECT round(avg(100.0 * met / weight) + 1e-9, 1), count(*) FROM (
             SELECT sum(CASE item WHEN 'patient' THEN 0.5 ELSE 0.25 END * CASE value WHEN 'yes' THEN 1 WHEN 'partly' THEN 0.5 ELSE 0 END)
                    AS met, sum(CASE item WHEN 'patient' THEN 0.5 ELSE 0.25 END) AS weight
             FROM referral_answer a JOIN referral r ON r.id = a.referral_id WHERE topic = 'need' AND r.closed_on {P}
             GROUP BY a.referral_id)"
    );
    assert_eq!((report.needs_met.percent.expect("cases"), report.needs_met.n), mean(needs));
    let served = format!(
        "SELECT sum(yes = applicable), count(*) FROM (
             SELECT sum(value = 'yes') AS yes, 4 - sum(value = 'not_applicable') AS applicable FROM referral_answer a
             JOIN referral r ON r.id = a.referral_id WHERE topic = 'served' AND r.closed_on {P} GROUP BY a.referral_id)
         WHERE applicable > 0"
    );
    assert_eq!((report.all_parties_served.a, report.all_parties_served.b), pair(served));
    let moved = format!(
        "SELECT sum(value = 'moved'), count(*) FROM referral_answer a JOIN referral r ON r.id = a.referral_id
         WHERE topic = 'second_opinion' AND r.type = 'second_opinion' AND r.closed_on {P}"
    );
    assert_eq!((report.second_opinion_transfer.a, report.second_opinion_transfer.b), pair(moved));
    assert!(report.second_opinion_transfer.b > 20);
    let missing = format!(
        "SELECT sum(absent > 0), count(*) FROM (SELECT sum(value = 'missing') AS absent FROM referral_answer a
             JOIN referral r ON r.id = a.referral_id WHERE topic = 'document' AND r.seen_on {P} GROUP BY a.referral_id)"
    );
    assert_eq!((report.missing_documents.a, report.missing_documents.b), pair(missing));
    let told = format!(
        "SELECT sum(EXISTS (SELECT 1 FROM referral_step s WHERE s.referral_id = r.id AND s.step = 'home_doctor_told')), count(*)
         FROM referral r JOIN baton b ON b.id = r.id JOIN referral_answer a ON a.referral_id = r.id AND a.topic = 'home_doctor'
         WHERE r.closed_on {P}"
    );
    assert_eq!((loops.home_doctor_share.a, loops.home_doctor_share.b), pair(told));
    let ratings =
        format!("SELECT round(avg(rating) * 10 + 1e-9, 1), count(*) FROM experience WHERE visit_on {P}");
    assert_eq!((report.satisfaction.percent.expect("cases"), report.satisfaction.n), mean(ratings));
    // As a table with a column for each answer.
    let wide = "SELECT r.*, (SELECT value FROM referral_answer a WHERE a.referral_id = r.id AND topic = 'plan' AND item = 'proposed_on')
                    AS proposed, (SELECT value FROM referral_answer a WHERE a.referral_id = r.id AND topic = 'plan' AND item = 'state') AS state,
                    (SELECT value FROM referral_answer a WHERE a.referral_id = r.id AND topic = 'help' AND item = 'answered_on') AS answered,
                    (SELECT value FROM referral_answer a WHERE a.referral_id = r.id AND topic = 'help' AND item = 'contacted') AS contacted,
                    (SELECT value FROM referral_answer a WHERE a.referral_id = r.id AND topic = 'help' AND item = 'helped') AS helped
                FROM referral r";
    let plans = |states: &str| {
        pair(format!(
            "SELECT sum(state IN ({states})), count(*) FROM ({wide}) WHERE seen_on {P} AND proposed <= date('2026-11-20', '-30 days')"
        ))
    };
    let followed = report.follow_through;
    assert_eq!((followed.followed.a, followed.followed.b), plans("'started', 'completed'"));
    assert_eq!(
        (followed.accepted.a, followed.accepted.b),
        plans("'accepted', 'started', 'completed', 'stopped'")
    );
    assert_eq!((followed.completed.a, followed.completed.b), plans("'completed'"));
    assert!(followed.followed.b > 300);
    let helped = format!(
        "SELECT sum(CAST(helped AS INTEGER) >= 7), count(*) FROM ({wide}) WHERE direction = 'outbound' AND answered {P} AND helped IS NOT NULL"
    );
    assert_eq!((report.help_rate.helped.a, report.help_rate.helped.b), pair(helped));
    let contacted = format!(
        "SELECT sum(contacted = 'yes'), count(*) FROM ({wide}) WHERE direction = 'outbound' AND answered {P}"
    );
    assert_eq!((report.help_rate.contacted.a, report.help_rate.contacted.b), pair(contacted));
    let quarter = format!(
        "WITH sorted AS (SELECT rating, row_number() OVER (ORDER BY rating) - 1 AS at, count(*) OVER () AS n FROM experience WHERE visit_on {P}),
         place AS (SELECT 0.25 * (n - 1) AS rank FROM sorted LIMIT 1)
         SELECT round((SELECT rating FROM sorted, place WHERE at = CAST(rank AS INTEGER))
             + (rank - CAST(rank AS INTEGER)) * ((SELECT rating FROM sorted, place WHERE at = CAST(rank AS INTEGER) + 1)
             - (SELECT rating FROM sorted, place WHERE at = CAST(rank AS INTEGER))) + 1e-9, 1), 0 FROM place"
    );
    assert_eq!(report.satisfaction.low_quarter, Some(mean(quarter).0));
    what_patients_of_a_partner_said(&practice);
}

/// Month by month and partner by partner, as SQL has it: means from three ratings on, and every n.
fn what_patients_of_a_partner_said(practice: &TestPractice) {
    let sql = "SELECT lower(hex(partner)), outbound, month, CASE WHEN count(*) >= 3 THEN round(avg(rating) + 1e-9, 1) END, count(*) FROM (
            SELECT CASE r.direction WHEN 'outbound' THEN r.to_partner_id ELSE r.from_partner_id END AS partner,
                   r.direction = 'outbound' AS outbound, substr(e.visit_on, 1, 7) AS month, e.rating
            FROM experience e JOIN referral r ON r.id = e.referral_id
            WHERE e.rating IS NOT NULL AND r.trashed_at IS NULL AND e.visit_on BETWEEN '2025-12-01' AND '2026-11-20'
              AND NOT EXISTS (SELECT 1 FROM restriction WHERE restriction.id = r.id))
        WHERE partner IS NOT NULL GROUP BY 1, 2, 3";
    type Month = (String, bool, String, Option<f64>, u32);
    let counted: Vec<Month> = tell(practice, |tx| {
        let mut statement = tx.prepare(sql)?;
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    });
    let mut partners: Vec<&str> = counted.iter().map(|(partner, ..)| partner.as_str()).collect();
    partners.dedup();
    assert!(
        partners.len() > 10 && counted.iter().any(|(.., mean, _)| mean.is_some()),
        "something to compare"
    );
    for partner in partners {
        let id: PartnerId = partner.parse().expect("an id");
        let said = partner_experience(practice, id).expect("what they said");
        for (outbound, trend) in [(false, &said.came), (true, &said.went)] {
            assert_eq!(trend.months.len(), 12);
            let told: Vec<_> =
                trend.months.iter().filter(|m| m.n > 0).map(|m| (m.month.as_str(), m.mean, m.n)).collect();
            let expected: Vec<_> = counted
                .iter()
                .filter(|(of, way, ..)| of == partner && *way == outbound)
                .map(|(_, _, month, mean, n)| (month.as_str(), *mean, *n))
                .collect();
            assert_eq!(told, expected, "{partner}");
            assert_eq!(trend.together.n, expected.iter().map(|(.., n)| n).sum::<u32>());
        }
    }
}
