//! Where the sample practice's partners are, and one day of visits. The towns are invented; so is where they lie.

use chrono::{Days, NaiveDate};
use rusqlite::params;

use super::rows;
use crate::field::{PlaceForm, StopForm, VisitDayForm, VisitTopic, put_day_in, put_words_in};
use crate::foundation::id::{PartnerId, RecordId};
use crate::outreach::{NewTouch, NextStep, StartedBy, TouchForm, log_in};
use crate::store::{StoreError, Tx};

/// Where the practice is, in degrees.
const OFFICE: (f64, f64) = (43.66, -70.26);
/// A mile there, in degrees north and east.
const MILE: (f64, f64) = (0.0145, 0.02);

/// Each town in miles east and north of the practice.
const PLACES: &[(&str, f64, f64)] = &[
    ("Wrenfield", 0.5, 0.4),
    ("Pine Hollow", -3.0, 4.0),
    ("Lowmoor", 6.0, 3.5),
    ("Port Ansel", 7.0, 1.5),
    ("Greyfield", -5.0, -1.0),
    ("Fernbank", 0.4, -9.0),
    ("Millrace", 3.5, 5.0),
    ("Saint Orrin", 6.0, 12.0),
    ("Bayberry", -2.0, 7.0),
    ("Tamarack", 4.5, -5.0),
    ("Ironwood", -8.0, 3.0),
    ("Kestrel Bay", 8.5, -3.0),
    ("Harrow Point", 9.0, 6.0),
    ("Aldermere", -4.0, 9.5),
    ("Stillwater", -6.0, -5.0),
    ("Brindle Creek", -9.0, -2.0),
    ("Copperhill", -10.0, 7.0),
    ("Larkspur", 2.0, 9.0),
    ("Northgate", 0.0, 13.0),
    ("Hollis Ferry", -3.0, -12.0),
    ("Quarry Lake", -12.0, 4.0),
    ("Sedge Island", 11.0, 1.0),
    ("Thornby", -1.0, -5.0),
    ("Vesper Falls", -7.0, 12.0),
];

/// Puts the partners on the map and plans the day.
pub(super) fn fill(tx: &Tx<'_>, today: NaiveDate) -> Result<(), StoreError> {
    places(tx)?;
    let why = "An urgent knee is seen within three working days, and the report follows in seven.";
    let points = "Two numbers that reach a person: the desk and the nurse.\nWe send the plan back the same day.\nShoulders and hips at both places.";
    put_words_in(tx, why, points)?;
    let mut named = tx.prepare_cached(rows::PARTNER_NAMED)?;
    let of = |name: &str, find: &mut rusqlite::CachedStatement<'_>| -> Result<PartnerId, StoreError> {
        Ok(find.query_row([name], |row| row.get(0))?)
    };
    let millrace = of("Millrace Family Practice", &mut named)?;
    let cove = of("Cove Street Urgent Care", &mut named)?;
    let tamarack = of("Tamarack Physical Therapy", &mut named)?;
    let stop = |partner, minutes, fixed: Option<u16>, goal: &str, topics: &[VisitTopic]| StopForm {
        partner,
        person: None,
        minutes,
        opens: fixed,
        closes: fixed,
        priority: 3,
        goal: goal.into(),
        topics: topics.to_vec(),
        way_minutes: None,
    };
    let day = VisitDayForm {
        starts: 9 * 60 + 55,
        ends: 17 * 60,
        start: PlaceForm {
            name: "Office".into(),
            zip: String::new(),
            latitude: OFFICE.0.to_string(),
            longitude: OFFICE.1.to_string(),
        },
        end: None,
        lunch_from: Some(12 * 60 + 15),
        lunch_minutes: 30,
    };
    let stops = [
        stop(
            millrace,
            45,
            None,
            "Agree who books the urgent knees.",
            &[VisitTopic::SuccessStories, VisitTopic::Specialties],
        ),
        stop(cove, 30, Some(11 * 60 + 40), "Meet the new lead of the night team.", &[VisitTopic::Philosophy]),
        stop(tamarack, 45, None, "Walk through the exercise sheet.", &[VisitTopic::MeetingFormat]),
    ];
    put_day_in(tx, today, &day, &stops)?;
    talk(tx, millrace, TouchForm::Visit, today - Days::new(66), "Short of staff until fall", None)?;
    let promise = NextStep {
        title: "Names of two therapists near them".into(),
        due_on: today + Days::new(10),
        promised: true,
    };
    talk(
        tx,
        millrace,
        TouchForm::Call,
        today - Days::new(12),
        "Asked for therapists close by",
        Some(promise),
    )?;
    talk(tx, tamarack, TouchForm::Lunch, today - Days::new(30), "Would like the protocol on one page", None)
}

fn talk(
    tx: &Tx<'_>,
    partner: PartnerId,
    form: TouchForm,
    on: NaiveDate,
    learned: &str,
    next: Option<NextStep>,
) -> Result<(), StoreError> {
    let touch = NewTouch {
        partner,
        people: Vec::new(),
        referral: None,
        on,
        at: None,
        form,
        started_by: StartedBy::Us,
        two_way: true,
        bulk: false,
        category: None,
        purpose: "Keeping in touch".into(),
        learned: learned.into(),
        minutes: 30,
        cost_cents: 0,
        cost_kind: None,
        kept_private: false,
        next,
    };
    log_in(tx, &touch).map(|_| ()).map_err(|error| StoreError::Database(error.to_string()))
}

/// Every address of a town somewhere within a mile of its middle, always at the same place.
fn places(tx: &Tx<'_>) -> Result<(), StoreError> {
    let all: Vec<(RecordId, String, String)> = tx
        .prepare_cached(rows::ADDRESSES)?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let mut put = tx.prepare_cached(rows::PLACE)?;
    for (id, city, street) in all {
        let Some((_, east, north)) = PLACES.iter().find(|(town, ..)| *town == city) else { continue };
        let (aside, ahead) = scattered(&street);
        let latitude = OFFICE.0 + (north + ahead) * MILE.0;
        let longitude = OFFICE.1 + (east + aside) * MILE.1;
        let round = |degrees: f64| (degrees * 1e4).round() / 1e4;
        put.execute(params![id, round(latitude), round(longitude)])?;
    }
    Ok(())
}

/// Two numbers from −1 to 1 that follow from a text (FNV-1a).
fn scattered(text: &str) -> (f64, f64) {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let part = |bits: u64| (bits & 0xffff) as f64 / 32_767.5 - 1.0;
    (part(hash >> 8), part(hash >> 32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::words::TOWNS;

    #[test]
    fn every_town_has_its_place() {
        for (town, _) in TOWNS {
            assert!(PLACES.iter().any(|(name, ..)| name == town), "{town}");
        }
    }
}
