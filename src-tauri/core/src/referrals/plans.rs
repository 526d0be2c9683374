//! Query plans of the register: every list is read from an index in its own order, whatever the size.

use rusqlite::params_from_iter;

use super::query::{ReferralQuery, RegisterPreset};
use super::rows::leaks;
use super::rows::open::{self, OpenFilter};
use super::rows::register::{self as sql, Named};
use super::types::{Direction, ReferralState};
use crate::foundation::id::{PartnerId, PersonId};
use crate::network::PartnerClass;
use crate::store::StoreError;
use crate::testing::{TestPractice, day, practice};
use crate::vault::Hidden;

fn steps(practice: &TestPractice, (sql, values): (String, Vec<rusqlite::types::Value>)) -> Vec<String> {
    practice
        .read(|conn| {
            let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
            let rows = statement.query_map(params_from_iter(values), |row| row.get(3))?;
            Ok::<_, StoreError>(rows.collect::<Result<_, _>>()?)
        })
        .expect("a plan")
}

/// A step that reads a table from end to end or sorts.
fn is_costly(step: &str) -> bool {
    let scans_a_table = step.starts_with("SCAN") && !step.contains("INDEX");
    scans_a_table || step.contains("TEMP B-TREE")
}

#[test]
fn the_register_is_never_scanned_and_never_sorted() {
    let practice = practice("2026-11-20");
    let today = day("2026-11-20");
    let q = ReferralQuery::default;
    let queries = [
        q(),
        ReferralQuery { period: Some(RegisterPreset::ThisMonth), direction: Some(Direction::Inbound), ..q() },
        ReferralQuery { partner: Some(PartnerId::new()), ..q() },
        ReferralQuery { person: Some(PersonId::new()), states: vec![ReferralState::Seen], ..q() },
        ReferralQuery { states: vec![ReferralState::Open, ReferralState::Scheduled], ..q() },
        ReferralQuery { service_line: Some("Spine".into()), ..q() },
        ReferralQuery { diagnosis_group: Some("Knee".into()), ..q() },
        ReferralQuery { classes: vec![PartnerClass::Business], ..q() },
    ];
    for query in queries {
        let plan = practice.read(|conn| sql::plan(conn, &query, today, Hidden::default())).expect("a plan");
        for stream in &plan.streams {
            for (after, oldest_first) in
                [(None, false), (Some((today, crate::foundation::id::ReferralId::new())), true)]
            {
                let steps = steps(&practice, sql::statement(stream, &plan.rest, after, oldest_first, 100));
                assert!(!steps.iter().any(|step| is_costly(step)), "{query:?}: {steps:#?}");
            }
        }
    }
}

#[test]
fn lists_by_name_follow_the_names_index() {
    let practice = practice("2026-11-20");
    let plan = practice
        .read(|conn| sql::plan(conn, &ReferralQuery::default(), day("2026-11-20"), Hidden::default()))
        .expect("a plan");
    for named in [Named::Patient, Named::Partner] {
        for reversed in [false, true] {
            let steps = steps(&practice, sql::named_statement(named, &plan.rest, None, reversed, 100));
            assert!(!steps.iter().any(|s| s.starts_with("SCAN") && !s.contains("INDEX")), "{steps:#?}");
            // Only referrals of one name may be sorted, never the list.
            assert!(!steps.iter().any(|s| s == "USE TEMP B-TREE FOR ORDER BY"), "{steps:#?}");
        }
    }
}

#[test]
fn open_referrals_are_read_in_the_order_of_their_due_days() {
    let practice = practice("2026-11-20");
    let id = || crate::foundation::id::RecordId::new();
    let f = OpenFilter::default;
    let filters = [
        (f(), None),
        (OpenFilter { due_before: Some(day("2026-11-20")), ..f() }, None),
        (OpenFilter { holders: vec![id()], ..f() }, Some(id())),
        (OpenFilter { holders: vec![id()], stage: Some("seen".into()), ..f() }, Some(id())),
        (OpenFilter { partner: Some(PartnerId::new()), ..f() }, None),
        (OpenFilter { direction: Some(Direction::Inbound), stage: Some("seen".into()), ..f() }, None),
    ];
    for (filter, holder) in filters {
        for after in [None, Some((day("2026-11-20"), crate::foundation::id::ReferralId::new()))] {
            let steps = steps(&practice, open::statement(&filter, holder, after, 100));
            assert!(!steps.iter().any(|step| is_costly(step)), "{filter:?}: {steps:#?}");
        }
    }
    for sql in [leaks::OVERDUE, leaks::UNREACHED, leaks::GONE] {
        let values = vec!["2026-11-20".to_owned().into(), 200.into()];
        let steps = steps(&practice, (sql.to_owned(), values));
        assert!(!steps.iter().any(|step| is_costly(step)), "{sql}: {steps:#?}");
    }
}
