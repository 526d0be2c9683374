//! The measures of the way, counted a second time: in plain SQL over the sample practice, by the words of the catalogue and
//! with nothing of the program but its tables.

use baton_core::insights::{Period, Ratio, Spread, leak_report, loop_report};
use baton_core::sample::{SampleSize, create_into};
use baton_core::store::StoreError;
use baton_core::testing::{TestPractice, day, practice};
use rusqlite::Connection;

use crate::world::tell;

const TODAY: &str = "2026-11-20";

/// Federal holidays as the Office of Personnel Management lists them, and the days a Monday-to-Friday practice works.
const CALENDAR: &str = "
    CREATE TEMP TABLE work_day (n INTEGER PRIMARY KEY, day TEXT NOT NULL UNIQUE);
    INSERT INTO work_day (day)
    WITH RECURSIVE every (day) AS (SELECT '2025-10-01' UNION ALL SELECT date(day, '+1 day') FROM every WHERE day < '2027-03-31')
    SELECT day FROM every WHERE strftime('%w', day) NOT IN ('0', '6') AND day NOT IN (
        '2025-10-13', '2025-11-11', '2025-11-27', '2025-12-25', '2026-01-01', '2026-01-19', '2026-02-16', '2026-05-25',
        '2026-06-19', '2026-07-03', '2026-09-07', '2026-10-12', '2026-11-11', '2026-11-26', '2026-12-25', '2027-01-01',
        '2027-01-18', '2027-02-15')
    ORDER BY day;";

/// The paths of row D3: stage, place, limit, limit if urgent, unit, counted from the visit.
const PATHS: &str = "
    CREATE TEMP TABLE path (direction TEXT, k INTEGER, code TEXT, lim INTEGER, urgent INTEGER, unit TEXT, from_visit INTEGER);
    INSERT INTO path VALUES
        ('inbound', 0, 'received', NULL, NULL, NULL, 0), ('inbound', 1, 'acknowledged', 2, 2, 'wd', 0),
        ('inbound', 2, 'contacted', 2, 1, 'wd', 0), ('inbound', 3, 'scheduled', 5, 5, 'wd', 0),
        ('inbound', 4, 'seen', 14, 3, 'd', 0), ('inbound', 5, 'report_sent', 7, 7, 'd', 1),
        ('inbound', 6, 'returned', NULL, NULL, NULL, 0), ('inbound', 7, 'closed', NULL, NULL, NULL, 0),
        ('outbound', 0, 'decided', NULL, NULL, NULL, 0), ('outbound', 1, 'packet_sent', 2, 2, 'wd', 0),
        ('outbound', 2, 'confirmed', 3, 3, 'wd', 0), ('outbound', 3, 'scheduled', 7, 7, 'd', 0),
        ('outbound', 4, 'seen', 30, 30, 'd', 0), ('outbound', 5, 'report_received', 14, 14, 'd', 1),
        ('outbound', 6, 'patient_asked', 14, 14, 'd', 0), ('outbound', 7, 'closed', NULL, NULL, NULL, 0);";

/// What is known of each referral whose steps are kept, and when each stage was reached.
const DONE: &str = "
    CREATE TEMP TABLE kept AS
    SELECT r.id, r.direction, r.type, r.received_on, r.scheduled_on, r.seen_on, r.closed_on, r.outcome, b.tracked_on,
           ifnull(r.urgency, '') IN ('urgent', 'emergency') AS urgent, r.from_partner_id
    FROM referral r JOIN baton b ON b.id = r.id WHERE r.trashed_at IS NULL;
    CREATE TEMP TABLE done (id BLOB, k INTEGER, code TEXT, day TEXT, known INTEGER);
    INSERT INTO done
    SELECT t.id, p.k, p.code,
           CASE WHEN p.k = 0 THEN t.received_on WHEN p.code = 'seen' THEN t.seen_on WHEN p.code = 'closed' THEN t.closed_on
                ELSE (SELECT max(s.done_on) FROM referral_step s WHERE s.referral_id = t.id AND s.step = p.code) END,
           1
    FROM kept t JOIN path p ON p.direction = t.direction;
    UPDATE done SET known = 0 WHERE day IS NULL AND code = 'scheduled'
        AND EXISTS (SELECT 1 FROM kept t WHERE t.id = done.id AND t.scheduled_on IS NOT NULL);
    CREATE INDEX done_by ON done (id, k);
    CREATE TEMP TABLE furthest AS SELECT id, max(k) AS k FROM done WHERE day IS NOT NULL OR known = 0 GROUP BY id;
    CREATE INDEX furthest_by ON furthest (id);";

/// Every step that was reached, passed over or is waited for, with its start, its due day and its deadline.
const STEPS: &str = "
    CREATE TEMP TABLE missed AS
    SELECT s.referral_id AS id, s.done_on AS day FROM referral_step s WHERE s.step = 'no_show'
    UNION ALL SELECT t.id, t.scheduled_on FROM kept t WHERE t.outcome = 'no_show' AND t.scheduled_on IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM referral_step s WHERE s.referral_id = t.id AND s.step = 'no_show');
    CREATE TEMP TABLE step AS
    SELECT t.id, t.direction, p.code, p.unit, d.day AS done_on, d.known, t.tracked_on, t.closed_on,
           CASE WHEN t.urgent THEN p.urgent ELSE p.lim END AS lim,
           CASE WHEN p.from_visit THEN t.seen_on
                ELSE (SELECT b.day FROM done b WHERE b.id = t.id AND b.k < p.k AND b.day IS NOT NULL ORDER BY b.k DESC LIMIT 1) END
               AS start_on
    FROM kept t JOIN path p ON p.direction = t.direction AND p.k > 0 JOIN done d ON d.id = t.id AND d.k = p.k
    JOIN furthest f ON f.id = t.id AND p.k <= f.k + 1;
    UPDATE step SET lim = NULL WHERE code = 'seen' AND done_on IS NULL
        AND EXISTS (SELECT 1 FROM missed m WHERE m.id = step.id);
    INSERT INTO step
    SELECT t.id, t.direction, 'rebooked', 'd', CASE WHEN t.seen_on >= m.day THEN t.seen_on END, 1, t.tracked_on, t.closed_on, 7, m.day
    FROM missed m JOIN kept t ON t.id = m.id;
    ALTER TABLE step ADD COLUMN due_on TEXT;
    ALTER TABLE step ADD COLUMN deadline TEXT;
    UPDATE step SET due_on = CASE unit
        WHEN 'wd' THEN (SELECT w.day FROM work_day w WHERE w.n = (SELECT min(n) FROM work_day WHERE day > start_on) + lim - 1)
        ELSE date(start_on, '+' || lim || ' days') END WHERE lim IS NOT NULL AND start_on IS NOT NULL;
    UPDATE step SET deadline = (SELECT day FROM work_day WHERE day > due_on ORDER BY day LIMIT 1 OFFSET 1) WHERE due_on IS NOT NULL;
    CREATE TEMP TABLE counted AS SELECT * FROM step WHERE deadline IS NOT NULL AND deadline >= tracked_on AND known = 1
        AND NOT (done_on IS NULL AND closed_on IS NOT NULL AND closed_on <= deadline);";

/// Everything that was kept or leaked on a day, of every referral.
const TURNS: &str = "
    CREATE TEMP TABLE turn (id BLOB, step TEXT, day TEXT, leaked INTEGER, kind TEXT, later TEXT, partner BLOB);
    INSERT INTO turn (id, step, day, leaked, kind, later)
    SELECT id, code, deadline, ifnull(done_on > deadline, 1),
           CASE code WHEN 'rebooked' THEN 'no_show' WHEN 'report_sent' THEN 'no_report' WHEN 'report_received' THEN 'no_report'
                     ELSE 'overdue_step' END, done_on
    FROM counted WHERE done_on IS NOT NULL OR deadline < ?1;
    INSERT INTO turn (id, step, day, leaked, kind)
    SELECT id, NULL, (SELECT done_on FROM referral_step s WHERE s.referral_id = t.id AND s.step = 'attempt'
                      ORDER BY done_on, s.id LIMIT 1 OFFSET 2), 1, 'lost_contact'
    FROM kept t WHERE (SELECT count(*) FROM referral_step s WHERE s.referral_id = t.id AND s.step = 'attempt') >= 3;
    INSERT INTO turn (id, step, day, leaked, kind)
    SELECT id, NULL, closed_on, outcome = 'lost', 'went_elsewhere' FROM referral WHERE closed_on IS NOT NULL AND trashed_at IS NULL;
    UPDATE turn SET partner = (SELECT CASE direction WHEN 'outbound' THEN to_partner_id ELSE from_partner_id END
                               FROM referral r WHERE r.id = turn.id);
    DELETE FROM turn WHERE day NOT BETWEEN ?2 AND ?3;";

/// The sample with everything worked out beside it.
fn sample(period: Period) -> TestPractice {
    let practice = practice(TODAY);
    create_into(&practice, SampleSize::Small, day(TODAY)).expect("a sample");
    tell(&practice, |tx| {
        // Nobody tries to reach a patient who was reached before, so that the third attempt is the third in a row.
        let reached: i64 = tx.query_row(
            "SELECT count(*) FROM referral_step a JOIN referral_step c ON c.referral_id = a.referral_id
             WHERE a.step = 'attempt' AND c.step IN ('contacted', 'scheduled')",
            [],
            |row| row.get(0),
        )?;
        assert_eq!(reached, 0);
        let turns = TURNS
            .replace("?1", &format!("'{TODAY}'"))
            .replace("?2", &format!("'{}'", period.from))
            .replace("?3", &format!("'{}'", period.to));
        for batch in [CALENDAR, PATHS, DONE, STEPS, &turns] {
            tx.execute_batch(batch)?;
        }
        Ok(())
    });
    practice
}

fn year() -> Period {
    Period::new(day("2025-11-21"), day(TODAY)).expect("a period")
}

fn ask<T>(practice: &TestPractice, look: impl FnOnce(&Connection) -> Result<T, StoreError>) -> T {
    // On the writer, where the tables of this test are.
    tell(practice, |tx| look(tx))
}

fn pair(practice: &TestPractice, sql: &str) -> (u32, u32) {
    ask(practice, |c| Ok(c.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?))
}

fn named(practice: &TestPractice, sql: &str) -> Vec<(String, u32, u32)> {
    ask(practice, |c| {
        let mut statement = c.prepare(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    })
}

fn of(ratio: Ratio) -> (u32, u32) {
    (ratio.a, ratio.b)
}

fn sorted(mut all: Vec<(String, u32, u32)>) -> Vec<(String, u32, u32)> {
    all.sort();
    all
}

#[test]
fn leaks_counted_in_sql_are_those_of_the_report() {
    let practice = sample(year());
    let report = leak_report(&practice, &year()).expect("a report");
    let overall =
        "SELECT coalesce(sum(leaked), 0), count(*) FROM (SELECT max(leaked) AS leaked FROM turn GROUP BY id)";
    assert_eq!(of(report.overall), pair(&practice, overall));
    assert!(report.overall.b > 1_000 && report.overall.a > 100, "{:?}", report.overall);
    let stages = report.stages.iter().map(|s| (s.code.clone(), s.ratio.a, s.ratio.b)).collect();
    let by_stage = "SELECT step, sum(leaked), count(*) FROM (SELECT step, max(leaked) AS leaked FROM turn WHERE step IS NOT NULL
                    GROUP BY id, step) GROUP BY step";
    assert_eq!(sorted(stages), sorted(named(&practice, by_stage)));
    let months: Vec<_> = report.months.iter().map(|m| (m.code.clone(), m.ratio.a, m.ratio.b)).collect();
    let by_month = "SELECT month, sum(leaked), count(*) FROM (SELECT substr(day, 1, 7) AS month, max(leaked) AS leaked FROM turn
                    GROUP BY id, month) GROUP BY month";
    assert_eq!(months, sorted(named(&practice, by_month)));
    let partners: Vec<_> =
        report.partners.iter().map(|p| (p.partner.to_string(), p.ratio.a, p.ratio.b)).collect();
    let by_partner = "SELECT lower(hex(partner)), sum(leaked), count(*) FROM (SELECT partner, max(leaked) AS leaked FROM turn
                      WHERE partner IS NOT NULL GROUP BY id) GROUP BY partner";
    let counted = named(&practice, by_partner);
    assert_eq!(partners.len(), 50);
    for (partner, a, b) in partners {
        assert!(counted.contains(&(partner.replace('-', ""), a, b)), "{partner}: {a} of {b}");
    }
    let recovered = "SELECT coalesce(sum(later IS NOT NULL), 0), count(*) FROM turn WHERE leaked";
    assert_eq!(of(report.recovered), pair(&practice, recovered));
    let kinds: Vec<_> = report.kinds.iter().map(|k| (format!("{:?}", k.kind), k.count, 0)).collect();
    assert_eq!(kinds.len(), 5, "each of the five kinds: {kinds:?}");
    let by_kind = "SELECT kind, count(*), 0 FROM turn WHERE leaked GROUP BY kind ORDER BY 2 DESC, kind";
    assert_eq!(
        kinds.iter().map(|k| k.1).collect::<Vec<_>>(),
        named(&practice, by_kind).iter().map(|k| k.1).collect::<Vec<_>>()
    );
    let reasons: Vec<_> = report.reasons.iter().map(|r| (r.code.clone(), r.ratio.a, r.ratio.b)).collect();
    let by_reason = "SELECT l.reason_code, count(*), (SELECT count(*) FROM turn t JOIN leak l ON l.referral_id = t.id AND l.kind = t.kind
                     WHERE t.leaked) FROM turn t JOIN leak l ON l.referral_id = t.id AND l.kind = t.kind WHERE t.leaked
                     GROUP BY l.reason_code ORDER BY 2 DESC, 1";
    assert_eq!(reasons, named(&practice, by_reason));
    assert_eq!(report.with_reason.a, report.reasons[0].ratio.b);
}

/// The percentile of sorted values as Excel has it.
fn percentile(sorted: &[u32], share: f64) -> Option<f64> {
    let rank = share * (sorted.len().checked_sub(1)? as f64);
    let (low, high) = (sorted[rank.floor() as usize], sorted[rank.ceil() as usize]);
    let value = f64::from(low) + (f64::from(high) - f64::from(low)) * rank.fract();
    Some((value * 10.0 + 1e-9).round() / 10.0)
}

fn spread(practice: &TestPractice, sql: &str) -> Spread {
    let days: Vec<u32> = ask(practice, |c| {
        let mut statement = c.prepare(sql)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    });
    let mut days = days;
    days.sort_unstable();
    Spread {
        median: percentile(&days, 0.5),
        p90: percentile(&days, 0.9),
        n: u32::try_from(days.len()).expect("few"),
    }
}

#[test]
fn loops_counted_in_sql_are_those_of_the_report() {
    let practice = sample(year());
    let report = loop_report(&practice, &year()).expect("a report");
    let (from, to) = (year().from, year().to);
    let in_time = |codes: &str| {
        format!(
            "SELECT coalesce(sum(ifnull(done_on <= due_on, 0)), 0), count(*) FROM step WHERE code IN ({codes}) AND known = 1
             AND due_on BETWEEN '{from}' AND '{to}' AND due_on >= tracked_on
             AND NOT (done_on IS NULL AND (due_on >= '{TODAY}' OR ifnull(closed_on <= due_on, 0)))"
        )
    };
    assert_eq!(of(report.ack_on_time), pair(&practice, &in_time("'acknowledged'")));
    assert_eq!(of(report.report_on_time), pair(&practice, &in_time("'report_sent', 'report_received'")));
    let complete = format!(
        "CREATE TEMP TABLE decided AS WITH looped AS (
             SELECT t.*, (SELECT day FROM done d WHERE d.id = t.id AND d.code IN ('acknowledged', 'confirmed')) AS first,
                    (SELECT day FROM done d WHERE d.id = t.id AND d.code IN ('report_sent', 'report_received')) AS report,
                    EXISTS (SELECT 1 FROM referral_step s WHERE s.referral_id = t.id AND s.step = 'thanked')
                        OR EXISTS (SELECT 1 FROM thanks h JOIN referral r ON r.id = t.id
                            WHERE h.status = 'sent' AND h.came_to >= r.received_on AND CASE WHEN r.from_person_id IS NULL
                                THEN h.partner_id = r.from_partner_id ELSE h.person_id = r.from_person_id END) AS thanked,
                    ifnull((SELECT p.class <> 'source' FROM partner p WHERE p.id = t.from_partner_id), 0)
                        AND t.direction = 'inbound' AS owed,
                    EXISTS (SELECT 1 FROM leak l WHERE l.referral_id = t.id) AS reason,
                    (SELECT c.deadline FROM counted c WHERE c.id = t.id AND c.code IN ('report_sent', 'report_received')) AS by_report,
                    (SELECT c.deadline FROM counted c WHERE c.id = t.id AND c.code = 'seen') AS by_visit,
                    (SELECT c.deadline FROM counted c WHERE c.id = t.id AND c.code IN ('acknowledged', 'confirmed')) AS by_first
             FROM kept t),
         judged AS (
             SELECT *, first IS NOT NULL AND report IS NOT NULL AND (thanked OR NOT owed)
                       AND (seen_on IS NOT NULL OR (closed_on IS NOT NULL AND outcome IN ('no_show', 'declined', 'lost') AND reason))
                       AS complete,
                    CASE WHEN seen_on IS NOT NULL THEN by_report WHEN by_visit IS NULL THEN NULL
                         ELSE max(by_visit, ifnull(by_first, by_visit)) END AS last
             FROM looped),
         dated AS (
             SELECT *, CASE WHEN closed_on IS NULL THEN last WHEN last IS NULL THEN closed_on ELSE min(closed_on, last) END AS day
             FROM judged)
         SELECT * FROM dated
         WHERE day BETWEEN '{from}' AND '{to}' AND (day < '{TODAY}' OR closed_on = day OR complete)"
    );
    tell(&practice, |tx| Ok(tx.execute_batch(&complete)?));
    let decided = |what: &str, of: &str| {
        pair(&practice, &format!("SELECT coalesce(sum({what}), 0), count(*) FROM decided WHERE {of}"))
    };
    assert_eq!(of(report.loop_complete), decided("complete", "1"));
    let seen = "seen_on IS NOT NULL OR (closed_on IS NOT NULL AND outcome IN ('no_show', 'declined', 'lost') AND reason)";
    assert_eq!(of(report.loop_seen), decided(seen, "1"));
    assert_eq!(of(report.loop_thanked), decided("thanked", "owed"));
    assert!(report.loop_seen.a < report.loop_seen.b && report.loop_seen.a > report.loop_complete.a);
    assert!(report.loop_thanked.a < report.loop_thanked.b && report.loop_thanked.b < report.loop_complete.b);
    assert!(report.loop_complete.b > 500 && report.loop_complete.a > 100, "{:?}", report.loop_complete);
    let returned = format!(
        "SELECT coalesce(sum((SELECT day FROM done d WHERE d.id = t.id AND d.code = 'returned') IS NOT NULL
                    AND (SELECT day FROM done d WHERE d.id = t.id AND d.code = 'report_sent') IS NOT NULL), 0), count(*)
         FROM kept t WHERE direction = 'inbound' AND type IN ('consult', 'second_opinion', 'co_management')
           AND closed_on BETWEEN '{from}' AND '{to}'"
    );
    assert_eq!(of(report.return_rate), pair(&practice, &returned));
    assert!(report.return_rate.b > 100, "{:?}", report.return_rate);
    let waits = format!(
        "SELECT CAST(julianday(seen_on) - julianday(received_on) AS INTEGER) FROM referral
         WHERE trashed_at IS NULL AND direction = 'inbound' AND received_on BETWEEN '{from}' AND '{to}' AND seen_on <= '{to}'"
    );
    assert_eq!(report.wait_days, spread(&practice, &waits));
}

#[test]
fn paces_counted_in_sql_are_those_of_the_report() {
    let practice = sample(year());
    let report = loop_report(&practice, &year()).expect("a report");
    let (from, to) = (year().from, year().to);
    assert!(report.response_time.len() > 10, "both paths");
    let scheduled = report.response_time.iter().filter(|pace| pace.code == "scheduled").count();
    assert_eq!(scheduled, 2, "a stage of both paths stands apart on each");
    for pace in &report.response_time {
        let unit = if format!("{:?}", pace.unit) == "Working" { "wd" } else { "d" };
        let length = |end: &str| match unit {
            "wd" => format!("(SELECT count(*) FROM work_day w WHERE w.day > s.start_on AND w.day <= {end})"),
            _ => format!("CAST(julianday({end}) - julianday(s.start_on) AS INTEGER)"),
        };
        let way = pace.direction.code();
        let step = format!(
            "FROM step s JOIN kept t ON t.id = s.id JOIN path p ON p.direction = s.direction AND p.code = s.code
             WHERE s.code = '{}' AND s.direction = '{way}' AND s.start_on IS NOT NULL AND ifnull(p.unit, 'd') = '{unit}'",
            pace.code
        );
        let step = match pace.code.as_str() {
            "rebooked" => format!("FROM step s WHERE s.code = 'rebooked' AND s.direction = '{way}'"),
            _ => step,
        };
        let taken = format!(
            "SELECT max(0, {}) {step} AND s.done_on BETWEEN '{from}' AND '{to}' AND s.done_on >= s.tracked_on",
            length("s.done_on")
        );
        assert_eq!(pace.taken, spread(&practice, &taken), "{}", pace.code);
        let waiting = format!(
            "SELECT {} {step} AND s.done_on IS NULL AND s.known = 1 AND s.closed_on IS NULL AND s.start_on <= '{to}'",
            length(&format!("'{to}'"))
        );
        // A visit that nobody waits for, since another has to be agreed first, has no limit and so no unit but days.
        assert_eq!(pace.waiting, spread(&practice, &waiting), "{} {unit}", pace.code);
    }
}
