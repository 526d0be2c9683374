//! How far two places are apart and how long the drive takes, without a map.

/// A place on the globe, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// North is positive, −90 to 90.
    pub lat: f64,
    /// East is positive, −180 to 180.
    pub lon: f64,
}

/// The mean radius of the earth in kilometres (IUGG, R₁).
const RADIUS_KM: f64 = 6_371.008_8;

/// How much longer roads are than the great circle.
const DETOUR: f64 = 1.3;

/// Kilometers in a mile (the international mile, 1959).
const KM_A_MILE: f64 = 1.609_344;

/// How fast one gets on, in kilometres an hour.
const SPEED_KMH: f64 = 48.0;

/// For leaving, parking and finding the door, in minutes.
const DOOR_MINUTES: f64 = 3.0;

impl Point {
    /// A place, if both numbers are of this globe.
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        (lat.abs() <= 90.0 && lon.abs() <= 180.0).then_some(Self { lat, lon })
    }
}

/// The measure `distance`: the great circle between two places in kilometres, by the haversine formula (R. W. Sinnott,
/// "Virtues of the Haversine", Sky and Telescope 68(2), 1984).
pub fn distance(from: Point, to: Point) -> f64 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let angle = half(from.lat, to.lat)
        + from.lat.to_radians().cos() * to.lat.to_radians().cos() * half(from.lon, to.lon);
    2.0 * RADIUS_KM * angle.min(1.0).sqrt().asin()
}

/// The measure `drive_estimate`: the way by car in whole minutes, the great circle times a detour of 1.3 at 48 km/h, and three
/// minutes at the door. Between a place and itself, nothing.
pub fn drive_estimate(from: Point, to: Point) -> u32 {
    if from == to {
        return 0;
    }
    (distance(from, to) * DETOUR / SPEED_KMH * 60.0 + DOOR_MINUTES).round() as u32
}

/// The way by car in tenths of a mile: the great circle times the detour of [`drive_estimate`].
pub fn drive_tenths(from: Point, to: Point) -> u32 {
    (distance(from, to) * DETOUR / KM_A_MILE * 10.0).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64) -> Point {
        Point::new(lat, lon).expect("on this globe")
    }

    #[test]
    fn a_degree_of_latitude_is_an_arc_of_the_mean_radius() {
        // 6,371.0088 km × π ÷ 180 = 111.1951 km.
        assert!((distance(at(43.0, -70.0), at(44.0, -70.0)) - 111.195_1).abs() < 0.000_1);
    }

    #[test]
    fn portland_to_bangor() {
        // 43.6591, −70.2568 to 44.8012, −68.7778: 173.2406 km by the formula in Python, apart from this code.
        let (portland, bangor) = (at(43.6591, -70.2568), at(44.8012, -68.7778));
        assert!((distance(portland, bangor) - 173.240_6).abs() < 0.000_1);
        // 173.2406 km × 1.3 ÷ 48 km/h × 60 + 3 = 284.516 minutes.
        assert_eq!(drive_estimate(portland, bangor), 285);
        assert_eq!(drive_estimate(portland, bangor), drive_estimate(bangor, portland));
    }

    #[test]
    fn miles_follow_the_road() {
        // 173.2406 km × 1.3 ÷ 1.609344 = 139.940 miles.
        assert_eq!(drive_tenths(at(43.6591, -70.2568), at(44.8012, -68.7778)), 1_399);
        assert_eq!(drive_tenths(at(43.0, -70.0), at(43.0, -70.0)), 0);
    }

    #[test]
    fn the_door_takes_its_minutes_and_staying_none() {
        assert_eq!(drive_estimate(at(43.0, -70.0), at(43.0, -70.000_01)), 3);
        assert_eq!(drive_estimate(at(43.0, -70.0), at(43.0, -70.0)), 0);
    }

    #[test]
    fn a_place_that_is_nowhere_is_none() {
        assert_eq!(Point::new(90.1, 0.0), None);
        assert_eq!(Point::new(0.0, f64::NAN), None);
    }
}
