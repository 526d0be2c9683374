//! The numbers of a period, counted from the file.

use baton_core::foundation::id::{PartnerId, ProfileId, ReferralId};
use baton_core::insights::{Figures, Period, PeriodPreset, StepCode, Summary, period, scorecard, scorecards};
use baton_core::sample::{SampleSize, create_into};
use baton_core::store::{OnConflict, StoreError, Tx};
use baton_core::testing::{TestPractice, day, practice};
use proptest::prelude::*;

use crate::world::{self, Told, tell};

const TODAY: &str = "2026-11-21";

fn span(from: &str, to: &str) -> Period {
    Period::new(day(from), day(to)).expect("a period")
}

/// Pine Hollow sent five in autumn and three the summer before; the gym one; one came by itself; one is in Trash.
fn autumn() -> (TestPractice, PartnerId, PartnerId) {
    let practice = practice(TODAY);
    let (pine, gym) = tell(&practice, |tx| {
        let pine = world::partner(tx, "Pine Hollow Family Medicine", "medical", "primary_care");
        let gym = world::partner(tx, "Eastside Gym", "business", "gym");
        let ito = world::person(tx, "Keiko Ito, MD", None);
        let twice = world::patient(tx, "Comes Twice", None);
        let from_pine =
            |told: Told<'_>| world::referral(tx, &Told { from: Some(pine), person: Some(ito), ..told });
        from_pine(Told {
            received: "2026-08-01",
            seen: Some("2026-08-11"),
            outcome: Some("seen"),
            scheduled: Some("2026-08-06"),
            ..Told::default()
        });
        from_pine(Told {
            received: "2026-08-31",
            seen: Some("2026-09-02"),
            outcome: Some("seen"),
            patient: Some(twice),
            ..Told::default()
        });
        from_pine(Told { received: "2026-09-01", outcome: Some("no_show"), ..Told::default() });
        from_pine(Told {
            received: "2026-09-30",
            outcome: Some("scheduled"),
            scheduled: Some("2026-11-30"),
            ..Told::default()
        });
        from_pine(Told { received: "2026-10-31", outcome: None, ..Told::default() });
        from_pine(Told { received: "2026-05-31", outcome: Some("seen"), ..Told::default() });
        from_pine(Told { received: "2026-07-01", outcome: Some("lost"), ..Told::default() });
        from_pine(Told { received: "2026-07-31", outcome: Some("declined"), ..Told::default() });
        from_pine(Told { received: "2026-09-15", outcome: Some("seen"), trashed: true, ..Told::default() });
        world::referral(
            tx,
            &Told { received: "2026-10-02", from: Some(gym), patient: Some(twice), ..Told::default() },
        );
        world::referral(tx, &Told { received: "2026-10-03", answer: Some("not_asked"), ..Told::default() });
        world::referral(tx, &Told { received: "2026-10-04", to: Some(gym), ..Told::default() });
        Ok((pine, gym))
    });
    (practice, pine, gym)
}

#[test]
fn a_period_includes_both_end_dates_and_every_referral_is_in_one_state() {
    let (practice, pine, gym) = autumn();
    let cards = scorecards(&practice, &span("2026-08-01", "2026-10-31")).expect("scorecards");
    assert_eq!(
        cards.rows.iter().map(|row| row.partner).collect::<Vec<_>>(),
        [pine, gym],
        "most received first"
    );
    let row = &cards.rows[0].figures;
    assert_eq!((row.received, row.seen, row.no_show, row.declined, row.lost, row.open), (5, 2, 1, 0, 0, 2));
    assert_eq!(cards.months, ["2026-08", "2026-09", "2026-10"]);
    assert_eq!(row.months, [2, 2, 1]);
    assert_eq!(row.change.before, 3, "May to July");
    assert_eq!(row.last_on, Some(day("2026-10-31")));
    assert_eq!((row.time_to_conversion.median, row.time_to_conversion.n), (Some(6.0), 2));
    // On 31 October the referral of 30 September is 31 days old and that of the same day 0: both pending.
    assert_eq!((row.conversion.ratio.a, row.conversion.ratio.b, row.conversion.pending), (2, 3, 2));
    assert_eq!(cards.totals.received, 7);
    assert_eq!(cards.without_partner.received, 1);
}

#[test]
fn the_summary_counts_patients_once_and_says_what_went_out() {
    let (practice, pine, _) = autumn();
    let summary = scorecards(&practice, &span("2026-08-01", "2026-10-31")).expect("scorecards").summary;
    assert_eq!(summary.practice, "Harborview Orthopedics");
    assert_eq!((summary.received, summary.sent, summary.internal), (7, 1, 0));
    assert_eq!((summary.partners_sending, summary.partners), (2, 2));
    assert_eq!(summary.new_patients, 6, "the patient who came twice is new once");
    assert_eq!((summary.unknown_share.a, summary.unknown_share.b), (1, 6));
    assert_eq!((summary.capture_rate.a, summary.asked_rate.a), (5, 5));
    assert_eq!(
        summary.by_class.iter().map(|s| (s.code.as_str(), s.ratio.a, s.ratio.b)).collect::<Vec<_>>(),
        [("medical", 5, 5)]
    );
    assert_eq!((summary.top[0].partner, summary.top[0].share.a, summary.top[0].share.b), (pine, 5, 7));
    assert_eq!(
        summary.months.iter().map(|m| (m.received, m.seen)).collect::<Vec<_>>(),
        [(2, 2), (2, 0), (3, 0)]
    );
    assert_eq!(summary.concentration, None, "fewer than 20 say nothing");
    // Complete months since the first referral: May to October with 1, 0, 2, 2, 2 and 2 new patients.
    assert_eq!((summary.flow.mean, summary.flow.months), (Some(2.0), 6));
}

fn profile(tx: &Tx<'_>, name: &str) -> ProfileId {
    let id = ProfileId::new();
    tx.execute(
        "INSERT INTO profile (id, name, initials, role, created_at) VALUES (?1, ?2, '', 'front_desk', 0)",
        rusqlite::params![id, name],
    )
    .expect("a profile");
    id
}

fn restricted(tx: &Tx<'_>, id: ReferralId) {
    tx.execute(
        "INSERT INTO restriction (id, since_on, note, created_at, created_by) VALUES (?1, '2026-10-01', NULL, 0, ?2)",
        rusqlite::params![id, tx.actor.id],
    )
    .expect("restricted");
}

/// Who, named, asked, all.
fn taken_in(summary: &Summary) -> Vec<(String, u32, u32, u32)> {
    let told = summary.taken_in.iter().map(|one| {
        assert_eq!(one.capture_rate.b, one.asked_rate.b, "both of the same patients");
        let name = one.name.clone().unwrap_or_else(|| "Imported".to_owned());
        (name, one.capture_rate.a, one.asked_rate.a, one.asked_rate.b)
    });
    told.collect()
}

#[test]
fn who_took_new_patients_in_has_the_two_rates_of_them_by_name() {
    let practice = practice(TODAY);
    tell(&practice, |tx| {
        let pine = world::partner(tx, "Pine Hollow Family Medicine", "medical", "primary_care");
        let (cal, bea) = (profile(tx, "Cal Reyes"), profile(tx, "Bea Lund"));
        let run = world::import(tx, "old.csv");
        let twice = world::patient(tx, "Comes Twice", None);
        let by = |who: ProfileId, told: Told<'_>| {
            let id = world::referral(tx, &Told { received: "2026-10-05", ..told });
            tx.execute("UPDATE referral SET created_by = ?2 WHERE id = ?1", rusqlite::params![id, who])
                .expect("taken in");
            id
        };
        let named = || Told { from: Some(pine), ..Told::default() };
        by(bea, named());
        by(bea, named());
        by(bea, Told { patient: Some(twice), ..named() });
        by(bea, Told { answer: Some("does_not_know"), ..Told::default() });
        by(bea, Told { answer: Some("not_asked"), ..Told::default() });
        by(cal, named());
        by(cal, Told { patient: Some(twice), ..named() });
        by(cal, Told { trashed: true, ..named() });
        restricted(tx, by(cal, named()));
        by(cal, Told { import: Some((run, 1)), ..named() });
        by(cal, Told { import: Some((run, 2)), answer: Some("not_asked"), ..Told::default() });
        world::referral(tx, &Told { received: "2026-09-30", from: Some(pine), ..Told::default() });
        Ok(())
    });
    let summary = scorecards(&practice, &span("2026-10-01", "2026-10-31")).expect("scorecards").summary;
    assert_eq!(
        taken_in(&summary),
        [
            ("Bea Lund".to_owned(), 3, 4, 5),
            ("Cal Reyes".to_owned(), 1, 1, 1),
            ("Imported".to_owned(), 1, 1, 2)
        ],
        "by name; who came before is not new, and a restricted referral counts for nobody"
    );
    let percent: Vec<_> = summary.taken_in.iter().map(|one| one.asked_rate.percent).collect();
    assert_eq!(percent, [Some(80.0), None, None], "fewer than five have no percentage");
    assert_eq!((summary.capture_rate.a, summary.asked_rate.a, summary.new_patients), (6, 7, 9));
}

#[test]
fn the_two_rates_counted_in_sql_are_those_of_the_summary() {
    let practice = practice(TODAY);
    create_into(&practice, SampleSize::Small, day(TODAY)).expect("a sample");
    let counted = tell(&practice, |tx| {
        let run = world::import(tx, "old.csv");
        for (place, name) in [(0, "Zoe Hart"), (1, "adam Quill")] {
            tx.execute(
                "UPDATE referral SET created_by = ?1 WHERE unicode(substr(hex(id), -1)) % 3 = ?2",
                rusqlite::params![profile(tx, name), place],
            )?;
        }
        tx.execute("UPDATE referral SET import_id = ?1 WHERE unicode(substr(hex(id), -2)) % 5 = 0", [run])?;
        tx.execute(
            "INSERT INTO restriction (id, since_on, note, created_at, created_by)
             SELECT id, received_on, NULL, 0, created_by FROM referral WHERE unicode(substr(hex(id), -3)) % 7 = 0",
            [],
        )?;
        tx.execute(
            "UPDATE partner SET trashed_at = 1 WHERE id IN (
                 SELECT from_partner_id FROM referral GROUP BY 1 ORDER BY count(*) DESC LIMIT 1 OFFSET 3)",
            [],
        )?;
        let mut statement = tx.prepare(
            "WITH first AS (
                 SELECT r.*, row_number() OVER (PARTITION BY patient_id ORDER BY received_on, id) AS visit
                 FROM referral r WHERE direction = 'inbound' AND trashed_at IS NULL)
             SELECT CASE WHEN f.import_id IS NULL THEN p.name ELSE 'Imported' END,
                    count(k.id), count(*) FILTER (WHERE f.source_answer IN ('named', 'does_not_know', 'declined')), count(*)
             FROM first f LEFT JOIN profile p ON p.id = f.created_by LEFT JOIN restriction x ON x.id = f.id
             LEFT JOIN partner k ON k.id = f.from_partner_id AND k.type <> 'unknown' AND k.trashed_at IS NULL
             WHERE f.visit = 1 AND x.id IS NULL AND f.received_on BETWEEN '2025-11-22' AND '2026-11-21'
             GROUP BY 1 ORDER BY f.import_id IS NOT NULL, lower(p.name)",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        Ok(rows.collect::<Result<Vec<(String, u32, u32, u32)>, _>>()?)
    });
    let summary = scorecards(&practice, &span("2025-11-22", TODAY)).expect("scorecards").summary;
    assert_eq!(counted.len(), 4, "the desk of the sample, two more, and what was imported: {counted:?}");
    assert!(counted.iter().all(|(_, named, asked, all)| *named > 0 && named < asked && asked < all));
    assert_eq!(taken_in(&summary), counted);
}

#[test]
fn what_happened_after_the_period_is_not_known_in_it() {
    let (practice, ..) = autumn();
    let august = scorecards(&practice, &span("2026-08-01", "2026-08-31")).expect("scorecards").totals;
    assert_eq!(
        (august.received, august.seen, august.open),
        (2, 1, 1),
        "the visit of 2 September lies after August"
    );
}

#[test]
fn a_partner_in_trash_has_no_row_but_its_referrals_still_count() {
    let (practice, pine, _) = autumn();
    tell(&practice, |tx| Ok(tx.execute("UPDATE partner SET trashed_at = 1 WHERE id = ?1", [pine])?));
    let cards = scorecards(&practice, &span("2026-08-01", "2026-10-31")).expect("scorecards");
    assert_eq!((cards.rows.len(), cards.without_partner.received, cards.totals.received), (1, 6, 7));
}

#[test]
fn one_partner_shows_the_same_numbers_as_its_row() {
    let (practice, pine, _) = autumn();
    let period = span("2026-08-01", "2026-10-31");
    let page = scorecard(&practice, pine, &period).expect("a scorecard");
    let row = scorecards(&practice, &period).expect("scorecards").rows.remove(0);
    assert_eq!(page.card, row);
    assert_eq!(
        page.people.iter().map(|p| (p.name.as_deref(), p.received, p.seen)).collect::<Vec<_>>(),
        [(Some("Keiko Ito, MD"), 5, 2)]
    );
    assert_eq!(
        page.steps.iter().map(|s| (s.code, s.ratio.a, s.ratio.b)).collect::<Vec<_>>(),
        [(StepCode::Received, 5, 5), (StepCode::Scheduled, 4, 5), (StepCode::Seen, 2, 5)]
    );
    assert_eq!(
        page.months_before.iter().map(|m| (m.month.as_str(), m.received)).collect::<Vec<_>>(),
        [("2026-05", 1), ("2026-06", 0), ("2026-07", 2)]
    );
    assert!(scorecard(&practice, PartnerId::new(), &period).is_err());
}

#[test]
fn undoing_brings_the_numbers_back() {
    let (practice, pine, _) = autumn();
    let all = period(&practice, PeriodPreset::TrailingYear);
    let before = scorecards(&practice, &all).expect("scorecards");
    let written = practice
        .write(baton_core::store::Label::hand("story", "one more"), |tx| {
            world::referral(tx, &Told { received: "2026-11-01", from: Some(pine), ..Told::default() });
            Ok::<(), StoreError>(())
        })
        .expect("written");
    assert_ne!(scorecards(&practice, &all).expect("scorecards"), before);
    practice
        .store()
        .undo(practice.actor(), written.entry.expect("an entry").seq, OnConflict::Ask)
        .expect("undone");
    assert_eq!(scorecards(&practice, &all).expect("scorecards"), before);
}

fn sum(parts: &[&Figures], of: impl Fn(&Figures) -> u32) -> u32 {
    parts.iter().map(|f| of(f)).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn the_total_is_the_sum_of_its_rows_and_of_its_states(
        told in prop::collection::vec((0u64..700, prop::option::of(0usize..4), prop::option::of(0usize..5), prop::option::of(0u64..90), any::<bool>()), 1..120),
        start in 0u64..600,
        length in 0u64..400,
    ) {
        let practice = practice(TODAY);
        let first = day("2025-01-01");
        let mut live = Vec::new();
        tell(&practice, |tx| {
            let partners: Vec<_> = (0..4).map(|n| world::partner(tx, &format!("Partner {n}"), "medical", "specialist")).collect();
            for (offset, from, outcome, visit, trashed) in &told {
                let received = first + chrono::Days::new(*offset);
                if received > day(TODAY) { continue; }
                let received = received.to_string();
                let seen = visit.map(|days| (received.parse::<chrono::NaiveDate>().unwrap() + chrono::Days::new(days)).to_string());
                let outcome = outcome.map(|n| ["scheduled", "seen", "no_show", "declined", "lost"][n]);
                let from = from.map(|n| partners[n]);
                world::referral(tx, &Told { received: &received, from, outcome, seen: seen.as_deref(), trashed: *trashed, ..Told::default() });
                if !trashed { live.push(received); }
            }
            Ok(())
        });
        let period = Period::new(first + chrono::Days::new(start), first + chrono::Days::new(start + length)).unwrap();
        let cards = scorecards(&practice, &period).unwrap();
        let mut parts: Vec<&Figures> = cards.rows.iter().map(|row| &row.figures).collect();
        parts.push(&cards.without_partner);
        let totals = &cards.totals;
        let expected = live.iter().filter(|d| period.holds(day(d))).count() as u32;
        prop_assert_eq!(totals.received, expected, "each referral counts once, trashed never");
        prop_assert_eq!(sum(&parts, |f| f.received), totals.received);
        prop_assert_eq!(sum(&parts, |f| f.change.before), totals.change.before);
        for (one, other) in [
            (sum(&parts, |f| f.seen), totals.seen), (sum(&parts, |f| f.no_show), totals.no_show),
            (sum(&parts, |f| f.declined), totals.declined), (sum(&parts, |f| f.lost), totals.lost), (sum(&parts, |f| f.open), totals.open),
            (sum(&parts, |f| f.conversion.pending), totals.conversion.pending), (sum(&parts, |f| f.conversion.ratio.b), totals.conversion.ratio.b),
        ] {
            prop_assert_eq!(one, other);
        }
        for part in parts.iter().copied().chain([totals]) {
            prop_assert_eq!(part.seen + part.no_show + part.declined + part.lost + part.open, part.received);
            prop_assert_eq!(part.months.iter().sum::<u32>(), part.received);
            prop_assert_eq!(part.conversion.ratio.a, part.seen);
        }
        prop_assert_eq!(cards.summary.months.iter().map(|m| m.seen).sum::<u32>(), totals.seen);
    }
}
