//! Reading, tried on whole files.

mod aside;
mod defects;
mod four_exports;
mod hostile;
mod layouts;
mod roundtrip;

use super::*;
use crate::exchange::import::row::ReadResult;
use chrono::NaiveDate;
use std::ops::ControlFlow;

/// The last possible day of all tests.
fn as_of() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, 31).expect("a day")
}

fn source(bytes: impl AsRef<[u8]>) -> Source {
    Source::from_bytes("export.csv", bytes.as_ref().to_vec(), &Limits::default()).expect("the file opens")
}

fn understood(bytes: impl AsRef<[u8]>) -> Understood {
    understand(&source(bytes), &Overrides::default()).expect("the file is understood")
}

fn read_with(bytes: impl AsRef<[u8]>, overrides: &Overrides) -> Result<(Understood, ReadResult), ReadError> {
    let source = Source::from_bytes("export.csv", bytes.as_ref().to_vec(), &Limits::default())?;
    let understood = understand(&source, overrides)?;
    let result =
        read_rows(&source, &understood, &understood.mapping, as_of(), &mut |_| ControlFlow::Continue(()))?;
    Ok((understood, result))
}

fn read(bytes: impl AsRef<[u8]>) -> (Understood, ReadResult) {
    read_with(bytes, &Overrides::default()).expect("the file is read")
}

/// A referral in one line: record, day, source, patient, outcome, cents.
fn lines(result: &ReadResult) -> Vec<String> {
    result
        .referrals
        .iter()
        .map(|row| {
            let source = match (&row.channel, &row.referrer) {
                (Some(channel), _) => format!("<{channel:?}>"),
                (None, Some(party)) if party.text.is_empty() => {
                    format!("[{}]", party.organisation.clone().unwrap_or_default())
                }
                (None, Some(party)) => party.text.clone(),
                (None, None) => "nobody".to_owned(),
            };
            let outcome = row.outcome.map_or("-".to_owned(), |outcome| format!("{outcome:?}"));
            let amount = row.amount_cents.map_or("-".to_owned(), |cents| cents.to_string());
            format!(
                "{}|{}|{source}|{}|{outcome}|{amount}",
                row.record,
                row.received_on,
                row.patient.name.clone().unwrap_or_default()
            )
        })
        .collect()
}

/// The rejected rows in one line each: record and code.
fn rejects(result: &ReadResult) -> Vec<String> {
    result.rejected.iter().map(|reject| format!("{} {}", reject.record, reject.reason.code())).collect()
}
