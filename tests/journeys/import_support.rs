//! Small files, made in a line each.

use std::ops::ControlFlow;
use std::sync::Arc;

use baton_core::exchange::import::row::{
    Channel, Direction, NpiCell, Outcome, PartyCell, PatientCell, ReadResult, ReferralRow, TableKind,
};
use baton_core::exchange::import::{
    Decisions, ImportError, ImportFile, ImportPlan, ImportSummary, commit, plan,
};
use baton_core::foundation::npi::Npi;
use baton_core::store::{StoreError, Written};
use baton_core::testing::{TestPractice, day};
use rusqlite::types::Value;

/// A referrer by name alone.
pub fn named(text: &str) -> PartyCell {
    PartyCell { text: text.into(), ..PartyCell::default() }
}

/// A referrer at a practice.
pub fn at(text: &str, organisation: &str) -> PartyCell {
    PartyCell { organisation: Some(organisation.into()), ..named(text) }
}

/// The same with an NPI.
pub fn with_npi(cell: PartyCell, npi: &str) -> PartyCell {
    PartyCell { npi: NpiCell::Valid(Npi::parse(npi).expect("a valid NPI")), ..cell }
}

/// An inbound referral of a patient by chart number.
pub fn referral(record: u32, received_on: &str, chart: &str, referrer: PartyCell) -> ReferralRow {
    ReferralRow {
        record,
        direction: Direction::Inbound,
        received_on: day(received_on),
        scheduled_on: None,
        seen_on: None,
        closed_on: None,
        channel: None,
        referrer: Some(Arc::new(referrer)),
        counterpart: None,
        patient: PatientCell {
            name: Some("Whitcomb, Patricia".into()),
            chart_number: Some(chart.into()),
            born_on: None,
        },
        reason: Some("Knee pain".into()),
        service: None,
        payer: None,
        note: None,
        status_text: None,
        outcome: None,
        urgency: None,
        kind: None,
        travel: None,
        done: Default::default(),
        amount_cents: None,
    }
}

/// A referral without referrer.
pub fn by_channel(record: u32, received_on: &str, chart: &str, channel: Channel) -> ReferralRow {
    ReferralRow {
        channel: Some(channel),
        referrer: None,
        ..referral(record, received_on, chart, PartyCell::default())
    }
}

/// The same with an outcome.
pub fn with_outcome(row: ReferralRow, outcome: Outcome, word: &str) -> ReferralRow {
    ReferralRow { outcome: Some(outcome), status_text: Some(word.into()), ..row }
}

/// A file of referrals.
pub fn file(referrals: Vec<ReferralRow>) -> Arc<ReadResult> {
    let rows = u32::try_from(referrals.len()).expect("few");
    Arc::new(ReadResult { kind: TableKind::Referrals, referrals, rows, ..ReadResult::default() })
}

/// The plan of a file.
pub fn planned(practice: &TestPractice, read: &Arc<ReadResult>, decisions: &Decisions) -> ImportPlan {
    let name = ImportFile { name: "export.csv".into(), sha256: vec![3; 32] };
    plan(practice, &name, Arc::clone(read), decisions, &mut |_| ControlFlow::Continue(())).expect("a plan")
}

/// Plans and commits.
pub fn import_with(
    practice: &TestPractice,
    read: &Arc<ReadResult>,
    decisions: &Decisions,
) -> Written<ImportSummary> {
    try_commit(practice, &planned(practice, read, decisions)).expect("committed")
}

/// Plans and commits without decisions.
pub fn import(practice: &TestPractice, read: &Arc<ReadResult>) -> Written<ImportSummary> {
    import_with(practice, read, &Decisions::none())
}

/// Commits a plan.
pub fn try_commit(practice: &TestPractice, plan: &ImportPlan) -> Result<Written<ImportSummary>, ImportError> {
    commit(practice, plan, &mut |_| ControlFlow::Continue(()))
}

/// Everything the practice says, table by table.
pub fn everything(practice: &TestPractice) -> Vec<(&'static str, Vec<Vec<Value>>)> {
    const TABLES: [(&str, &str); 12] = [
        ("person", "SELECT * FROM person ORDER BY id"),
        ("partner", "SELECT * FROM partner ORDER BY id"),
        ("affiliation", "SELECT * FROM affiliation ORDER BY id"),
        ("contact_point", "SELECT * FROM contact_point ORDER BY id"),
        ("address", "SELECT * FROM address ORDER BY id"),
        ("patient", "SELECT * FROM patient ORDER BY id"),
        ("referral", "SELECT * FROM referral ORDER BY id"),
        ("import_run", "SELECT * FROM import_run ORDER BY id"),
        ("import_profile", "SELECT * FROM import_profile ORDER BY id"),
        ("alias", "SELECT * FROM alias ORDER BY id"),
        ("distinct_pair", "SELECT * FROM distinct_pair ORDER BY one_id, other_id"),
        ("referral_month", "SELECT * FROM referral_month WHERE received > 0 ORDER BY 1, 2, 3"),
    ];
    TABLES.iter().map(|(name, sql)| (*name, rows(practice, sql))).collect()
}

/// The rows of a question.
pub fn rows(practice: &TestPractice, sql: &str) -> Vec<Vec<Value>> {
    practice
        .read(|conn| {
            let mut statement = conn.prepare(sql)?;
            let columns = statement.column_count();
            let rows = statement.query_map([], |row| {
                (0..columns).map(|at| row.get::<_, Value>(at)).collect::<Result<Vec<_>, _>>()
            })?;
            Ok::<_, StoreError>(rows.collect::<Result<_, _>>()?)
        })
        .expect("rows")
}

/// One number.
pub fn number(practice: &TestPractice, sql: &str) -> i64 {
    match rows(practice, sql)[0][0] {
        Value::Integer(number) => number,
        ref other => panic!("{sql}: {other:?}"),
    }
}

/// One column of texts.
pub fn texts(practice: &TestPractice, sql: &str) -> Vec<String> {
    rows(practice, sql)
        .into_iter()
        .map(|mut row| match row.swap_remove(0) {
            Value::Text(text) => text,
            Value::Null => String::new(),
            other => panic!("{sql}: {other:?}"),
        })
        .collect()
}
