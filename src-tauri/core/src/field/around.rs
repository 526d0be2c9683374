//! Who else is near the places of a day: what the map shows beside its stops.

use serde::{Deserialize, Serialize};

use super::error::FieldError;
use super::places::Spot;
use super::rows::{around as rows, days, stops};
use crate::foundation::id::{PartnerId, VisitDayId};
use crate::practice::Practice;
use crate::vault::{Area, Need};

/// A partner near the places of a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Nearby {
    /// Whom.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// Where.
    pub spot: Spot,
    /// Nothing was ever referred either way.
    pub prospect: bool,
}

/// Around the places of a day, in degrees.
const MARGIN: f64 = 0.08;
/// The most the map shows.
const MOST: usize = 200;

/// Partners near the places of a day that are no stops of it; at most 200.
///
/// # Errors
/// [`FieldError::Missing`]; those of the file.
pub fn field_around(practice: &Practice, day: VisitDayId) -> Result<Vec<Nearby>, FieldError> {
    practice.may(Need::Read(Area::Outreach))?;
    if !practice.rights().reads(Area::Network) {
        return Ok(Vec::new());
    }
    practice.read(|conn| {
        let kept = days::by_id(conn, day)?.ok_or(FieldError::Missing)?;
        let there = stops::of_day(conn, day)?;
        let spots = there.iter().filter_map(|stop| stop.place.spot());
        let all: Vec<Spot> = spots.chain(kept.start.spot()).chain(kept.end.spot()).collect();
        let side = |of: fn(&Spot) -> f64| {
            let least = all.iter().map(of).fold(f64::INFINITY, f64::min);
            let most = all.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
            (least - MARGIN, most + MARGIN)
        };
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let (north, east) = (side(|spot| spot.latitude), side(|spot| spot.longitude));
        let mut near = rows::within(conn, north, east)?;
        near.retain(|one| !there.iter().any(|stop| stop.form.partner == one.partner));
        near.truncate(MOST);
        Ok(near)
    })
}
