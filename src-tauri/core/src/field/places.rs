//! Where something is: by coordinates somebody entered, or by its ZIP.

use serde::{Deserialize, Serialize};

use super::error::{FieldError, invalid};
use super::ways::Point;

/// Latitude and longitude of each ZIP, nine bytes a record; see the README beside it for source and shape.
const CENTERS: &[u8] = include_bytes!("zips/centers.bin");
/// Bytes a record.
const RECORD: usize = 9;

/// How well a place is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// By coordinates.
    Exact,
    /// Somewhere in its ZIP: drawn as an area.
    Zip,
}

/// A place on the map.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Spot {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// How well it is known.
    pub precision: Precision,
}

impl Spot {
    /// By its coordinates, else by its ZIP; none where neither is known. An unknown ZIP is never guessed.
    pub fn find(latitude: Option<f64>, longitude: Option<f64>, zip: &str) -> Option<Self> {
        let exact = latitude.zip(longitude).and_then(|(lat, lon)| Point::new(lat, lon));
        match exact {
            Some(point) => Some(Self::at(point, Precision::Exact)),
            None => zip_center(zip).map(|point| Self::at(point, Precision::Zip)),
        }
    }

    fn at(point: Point, precision: Precision) -> Self {
        Self { latitude: point.lat, longitude: point.lon, precision }
    }

    /// As a point of the globe.
    pub fn point(self) -> Point {
        Point { lat: self.latitude, lon: self.longitude }
    }
}

/// The middle of a ZIP's area (U.S. Census Bureau, Gazetteer 2021), to about 100 m; of a ZIP with four more digits, the first five
/// count. None for one that has no area or does not exist.
pub fn zip_center(zip: &str) -> Option<Point> {
    let digits = zip.trim().get(..5).filter(|five| five.bytes().all(|digit| digit.is_ascii_digit()))?;
    let wanted: i32 = digits.parse().ok()?;
    let number = |bytes: &[u8]| i32::from_be_bytes([0, bytes[0], bytes[1], bytes[2]]);
    let signed = |bytes: &[u8]| (number(bytes) << 8) >> 8;
    let (mut low, mut high) = (0, CENTERS.len() / RECORD);
    while low < high {
        let middle = low.midpoint(high);
        let record = CENTERS.get(middle * RECORD..(middle + 1) * RECORD)?;
        match number(record).cmp(&wanted) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => {
                return Point::new(
                    f64::from(signed(&record[3..])) / 1e3,
                    f64::from(signed(&record[6..])) / 1e3,
                );
            }
        }
    }
    None
}

/// Where a day begins or ends, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PlaceForm {
    /// "Office", "Home".
    pub name: String,
    /// Its ZIP, where the coordinates are not known.
    pub zip: String,
    /// Degrees north; empty where it is not known.
    pub latitude: String,
    /// Degrees east.
    pub longitude: String,
}

/// A place as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct KeptPlace {
    pub(super) name: String,
    pub(super) zip: String,
    pub(super) coordinates: Option<(f64, f64)>,
}

impl KeptPlace {
    pub(super) fn spot(&self) -> Option<Spot> {
        Spot::find(self.coordinates.map(|(lat, _)| lat), self.coordinates.map(|(_, lon)| lon), &self.zip)
    }

    pub(super) fn form(&self) -> PlaceForm {
        let text = |degrees: Option<f64>| degrees.map_or_else(String::new, |degrees| degrees.to_string());
        PlaceForm {
            name: self.name.clone(),
            zip: self.zip.clone(),
            latitude: text(self.coordinates.map(|(lat, _)| lat)),
            longitude: text(self.coordinates.map(|(_, lon)| lon)),
        }
    }
}

/// The fields of a place, as messages stand beside them.
pub(super) struct PlaceFields {
    pub(super) name: &'static str,
    pub(super) zip: &'static str,
    pub(super) latitude: &'static str,
    pub(super) longitude: &'static str,
}

/// A place as it is kept: named, and found on the map.
pub(super) fn checked(form: &PlaceForm, beside: &PlaceFields) -> Result<KeptPlace, FieldError> {
    let name = form.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > 60 {
        return invalid(beside.name, "Give it a name of up to 60 letters, such as Office.");
    }
    let degrees = |field, text: &str, most: f64, problem| match text.trim() {
        "" => Ok(None),
        text => match text.parse::<f64>() {
            Ok(degrees) if degrees.abs() <= most => Ok(Some((degrees * 1e6).round() / 1e6)),
            _ => invalid(field, problem),
        },
    };
    let latitude =
        degrees(beside.latitude, &form.latitude, 90.0, "Give degrees between -90 and 90, like 43.6591.")?;
    let longitude = degrees(
        beside.longitude,
        &form.longitude,
        180.0,
        "Give degrees between -180 and 180; west is below zero, like -70.2568.",
    )?;
    if latitude.is_some() != longitude.is_some() {
        let field = if latitude.is_none() { beside.latitude } else { beside.longitude };
        return invalid(field, "Give both coordinates, or none.");
    }
    let zip = form.zip.trim().to_owned();
    if zip.chars().count() > 10 {
        return invalid(beside.zip, "Give a ZIP with 5 or 9 digits, like 04102.");
    }
    let kept = KeptPlace { name, zip, coordinates: latitude.zip(longitude) };
    match kept.spot() {
        Some(_) => Ok(kept),
        None if kept.zip.is_empty() => {
            invalid(beside.zip, "Give its ZIP or its coordinates, so that ways can be told.")
        }
        None => invalid(beside.zip, "This ZIP is not on the map. Check it, or give coordinates."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zip_is_found_and_none_is_guessed() {
        // Portland, Maine, and New York, as the Census Bureau's table has them.
        let close = |zip: &str, lat: f64, lon: f64| {
            let found = zip_center(zip).expect("a ZIP");
            assert!((found.lat - lat).abs() < 0.001 && (found.lon - lon).abs() < 0.001, "{zip}: {found:?}");
        };
        close("04101", 43.663, -70.258);
        close("10001-1234", 40.751, -73.997);
        close(" 99501", 61.220, -149.858);
        for none in ["", "0410", "00000", "99999", "abcde", "0410é", "04112"] {
            assert_eq!(zip_center(none), None, "{none}");
        }
    }

    #[test]
    fn the_table_is_whole_and_in_order() {
        assert_eq!(CENTERS.len(), 33_791 * RECORD);
        let zips: Vec<&[u8]> = CENTERS.chunks(RECORD).map(|record| &record[..3]).collect();
        assert!(zips.windows(2).all(|two| two[0] < two[1]));
        for record in CENTERS.chunks(RECORD) {
            let zip = i32::from_be_bytes([0, record[0], record[1], record[2]]);
            assert!(zip_center(&format!("{zip:05}")).is_some(), "{zip}");
        }
    }

    #[test]
    fn coordinates_beat_the_zip() {
        let spot = Spot::find(Some(43.5), Some(-70.5), "04101").expect("a place");
        assert_eq!((spot.latitude, spot.precision), (43.5, Precision::Exact));
        assert_eq!(Spot::find(Some(43.5), None, "04101").expect("by ZIP").precision, Precision::Zip);
        assert_eq!(Spot::find(None, None, "00000"), None);
    }
}
