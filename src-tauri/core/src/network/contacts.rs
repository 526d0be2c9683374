//! How partners and people are reached: telephones, e-mail, web, postal addresses.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::check;
use super::error::{NetworkError, Since, invalid};
use super::rows::contact as rows;
use super::types::{AddressKind, ContactKind, Party};
use crate::foundation::id::{AddressId, ContactPointId};
use crate::foundation::phone::PhoneDigits;
use crate::foundation::text;
use crate::practice::Practice;
use crate::store::{Label, Tx, Written};

/// A way to reach somebody as it is typed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NewContactPoint {
    /// What it is.
    pub kind: ContactKind,
    /// The number or address, kept as typed.
    pub value: String,
    /// "front desk", "back line".
    #[serde(default)]
    pub label: String,
    /// The one to use first. The first of its kind always is.
    #[serde(default)]
    pub is_primary: bool,
}

/// A way to reach somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ContactPoint {
    /// Its id.
    pub id: ContactPointId,
    /// What it is.
    pub kind: ContactKind,
    /// The number or address, as typed.
    pub value: String,
    /// "front desk", "back line".
    pub label: String,
    /// The one to use first.
    pub is_primary: bool,
}

/// A postal address as it is typed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct NewAddress {
    /// What stands there.
    pub kind: AddressKind,
    /// Street and number.
    pub street: String,
    /// Suite, floor.
    pub street2: String,
    /// City.
    pub city: String,
    /// State.
    pub state: String,
    /// ZIP, 5 or 9 digits; always text.
    pub zip: String,
    /// Country; empty = ours.
    pub country: String,
    /// The one lists show. The first always is.
    pub is_primary: bool,
    /// Degrees north, for the map; empty where it is not known.
    pub latitude: String,
    /// Degrees east; with the latitude.
    pub longitude: String,
}

impl Default for NewAddress {
    fn default() -> Self {
        Self {
            kind: AddressKind::Work,
            street: String::new(),
            street2: String::new(),
            city: String::new(),
            state: String::new(),
            zip: String::new(),
            country: String::new(),
            is_primary: false,
            latitude: String::new(),
            longitude: String::new(),
        }
    }
}

/// A postal address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Address {
    /// Its id.
    pub id: AddressId,
    /// What stands there.
    pub kind: AddressKind,
    /// Street and number.
    pub street: String,
    /// Suite, floor.
    pub street2: String,
    /// City.
    pub city: String,
    /// State.
    pub state: String,
    /// ZIP.
    pub zip: String,
    /// Country.
    pub country: String,
    /// The one lists show.
    pub is_primary: bool,
    /// Degrees north; empty where it is not known.
    pub latitude: String,
    /// Degrees east.
    pub longitude: String,
}

/// Adds a way to reach a partner or person.
///
/// # Errors
/// [`NetworkError::Invalid`], [`NetworkError::Missing`]; those of the file.
pub fn add_contact_point(
    practice: &Practice,
    of: Party,
    new: &NewContactPoint,
) -> Result<Written<ContactPointId>, NetworkError> {
    practice.write(Label::hand("contact_add", ""), |tx| {
        tx.subject(live_name(tx, of)?);
        insert(tx, of, new)
    })
}

pub(super) fn add_contact_points_in(
    tx: &Tx<'_>,
    of: Party,
    new: &[NewContactPoint],
) -> Result<(), NetworkError> {
    for point in new.iter().filter(|point| !point.value.trim().is_empty()) {
        insert(tx, of, point)?;
    }
    Ok(())
}

/// Changes it as a whole. `seen` is what the screen showed when the change began.
///
/// # Errors
/// [`NetworkError::ChangedMeanwhile`] if it is no longer what was seen, and as [`add_contact_point`].
pub fn edit_contact_point(
    practice: &Practice,
    id: ContactPointId,
    to: &NewContactPoint,
    seen: Option<&NewContactPoint>,
) -> Result<Written<()>, NetworkError> {
    practice.must_see(id)?;
    practice.write(Label::hand("contact_edit", ""), |tx| {
        let (of, before) = rows::read(tx, id)?.ok_or(NetworkError::Missing)?;
        tx.subject(name_of(tx, of)?);
        let after = checked(id, to)?;
        if let Some(seen) = seen {
            let mut since = Since::default();
            let word = |kind: ContactKind| kind.label().to_owned();
            since.field("kind", word(seen.kind), word(before.kind), word(after.kind));
            since.field("value", seen.value.clone(), before.value.clone(), after.value.clone());
            since.field("label", seen.label.clone(), before.label.clone(), after.label.clone());
            since.settle()?;
        }
        if after == before {
            return Ok(());
        }
        rows::update(tx, &after, &search_form(after.kind, &after.value))?;
        one_primary(tx, of, after.kind, (after.is_primary && !before.is_primary).then_some(id))?;
        if after.kind != before.kind {
            one_primary(tx, of, before.kind, None)?;
        }
        Ok(())
    })
}

/// Takes it away.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn remove_contact_point(practice: &Practice, id: ContactPointId) -> Result<Written<()>, NetworkError> {
    practice.write(Label::hand("contact_remove", ""), |tx| {
        let (of, before) = rows::read(tx, id)?.ok_or(NetworkError::Missing)?;
        tx.subject(name_of(tx, of)?);
        rows::delete(tx, id)?;
        one_primary(tx, of, before.kind, None)
    })
}

/// Adds a postal address.
///
/// # Errors
/// As [`add_contact_point`].
pub fn add_address(
    practice: &Practice,
    of: Party,
    new: &NewAddress,
) -> Result<Written<AddressId>, NetworkError> {
    practice.write(Label::hand("address_add", ""), |tx| {
        tx.subject(live_name(tx, of)?);
        insert_address(tx, of, new)
    })
}

pub(super) fn add_addresses_in(tx: &Tx<'_>, of: Party, new: &[NewAddress]) -> Result<(), NetworkError> {
    for address in new {
        insert_address(tx, of, address)?;
    }
    Ok(())
}

/// Changes it as a whole. `seen` is what the screen showed when the change began.
///
/// # Errors
/// As [`edit_contact_point`].
pub fn edit_address(
    practice: &Practice,
    id: AddressId,
    to: &NewAddress,
    seen: Option<&NewAddress>,
) -> Result<Written<()>, NetworkError> {
    practice.must_see(id)?;
    practice.write(Label::hand("address_edit", ""), |tx| {
        let (of, before) = rows::read_address(tx, id)?.ok_or(NetworkError::Missing)?;
        tx.subject(name_of(tx, of)?);
        let after = checked_address(to)?;
        if let Some(seen) = seen {
            let mut since = Since::default();
            let word = |kind: AddressKind| kind.label().to_owned();
            since.field("kind", word(seen.kind), word(before.kind), word(after.kind));
            type Text = fn(&NewAddress) -> &String;
            let texts: [(&str, Text); 8] = [
                ("street", |a| &a.street),
                ("street2", |a| &a.street2),
                ("city", |a| &a.city),
                ("state", |a| &a.state),
                ("zip", |a| &a.zip),
                ("country", |a| &a.country),
                ("latitude", |a| &a.latitude),
                ("longitude", |a| &a.longitude),
            ];
            let now = as_typed(&before);
            for (field, text) in texts {
                since.field(field, text(seen).clone(), text(&now).clone(), text(&after).clone());
            }
            since.settle()?;
        }
        rows::update_address(tx, id, &after)?;
        one_primary_address(tx, of, (to.is_primary && !before.is_primary).then_some(id))
    })
}

/// Takes it away.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn remove_address(practice: &Practice, id: AddressId) -> Result<Written<()>, NetworkError> {
    practice.write(Label::hand("address_remove", ""), |tx| {
        let (of, _) = rows::read_address(tx, id)?.ok_or(NetworkError::Missing)?;
        tx.subject(name_of(tx, of)?);
        rows::delete_address(tx, id)?;
        one_primary_address(tx, of, None)
    })
}

fn insert(tx: &Tx<'_>, of: Party, new: &NewContactPoint) -> Result<ContactPointId, NetworkError> {
    let id = ContactPointId::new();
    let point = checked(id, new)?;
    rows::insert(tx, of, &point, &search_form(point.kind, &point.value))?;
    one_primary(tx, of, point.kind, point.is_primary.then_some(id))?;
    Ok(id)
}

fn checked(id: ContactPointId, new: &NewContactPoint) -> Result<ContactPoint, NetworkError> {
    let Some(value) = check::short("value", Some(&new.value))? else {
        return invalid("value", "enter a number or an address");
    };
    let label = check::short("label", Some(&new.label))?.unwrap_or_default();
    Ok(ContactPoint { id, kind: new.kind, value, label, is_primary: new.is_primary })
}

/// What a number or address is compared and found by: the digits of a telephone, the rest in lower case.
pub(super) fn search_form(kind: ContactKind, value: &str) -> String {
    match kind {
        ContactKind::Phone | ContactKind::Mobile | ContactKind::Fax => match PhoneDigits::parse(value) {
            Some(number) => number.digits,
            None => value.chars().filter(char::is_ascii_digit).collect(),
        },
        _ => text::fold(value.trim()),
    }
}

/// Exactly one of a kind is the first: `chosen`, else the one that was, else the oldest.
fn one_primary(
    tx: &Tx<'_>,
    of: Party,
    kind: ContactKind,
    chosen: Option<ContactPointId>,
) -> Result<(), NetworkError> {
    let all: Vec<ContactPoint> =
        rows::contact_points(tx, of)?.into_iter().filter(|point| point.kind == kind).collect();
    let first = chosen.or_else(|| all.first().map(|point| point.id));
    for point in all {
        let should = first == Some(point.id);
        if point.is_primary != should {
            rows::set_primary(tx, point.id, should)?;
        }
    }
    Ok(())
}

fn insert_address(tx: &Tx<'_>, of: Party, new: &NewAddress) -> Result<AddressId, NetworkError> {
    let id = AddressId::new();
    rows::insert_address(tx, of, id, &checked_address(new)?)?;
    one_primary_address(tx, of, new.is_primary.then_some(id))?;
    Ok(id)
}

fn checked_address(new: &NewAddress) -> Result<NewAddress, NetworkError> {
    let part =
        |field, text: &str| Ok::<_, NetworkError>(check::short(field, Some(text))?.unwrap_or_default());
    let address = NewAddress {
        kind: new.kind,
        street: part("street", &new.street)?,
        street2: part("street2", &new.street2)?,
        city: part("city", &new.city)?,
        state: part("state", &new.state)?,
        zip: part("zip", &new.zip)?,
        country: part("country", &new.country)?,
        is_primary: new.is_primary,
        latitude: degrees("latitude", &new.latitude, 90.0)?,
        longitude: degrees("longitude", &new.longitude, 180.0)?,
    };
    if address.latitude.is_empty() != address.longitude.is_empty() {
        let field = if address.latitude.is_empty() { "latitude" } else { "longitude" };
        return invalid(field, "give both coordinates, or none");
    }
    let home = matches!(address.country.to_uppercase().as_str(), "" | "US" | "USA" | "UNITED STATES");
    if home && !address.zip.is_empty() && !is_zip(&address.zip) {
        return invalid("zip", "a ZIP has 5 or 9 digits, like 04102 or 04102-1234");
    }
    if [&address.street, &address.city, &address.zip].iter().all(|part| part.is_empty()) {
        return invalid("street", "enter a street, a city or a ZIP");
    }
    Ok(address)
}

/// An address as it would be typed in.
fn as_typed(address: &Address) -> NewAddress {
    let Address { id: _, kind, street, street2, city, state, zip, country, is_primary, latitude, longitude } =
        address.clone();
    NewAddress { kind, street, street2, city, state, zip, country, is_primary, latitude, longitude }
}

/// A coordinate in degrees, with at most six decimals (a tenth of a meter).
fn degrees(field: &'static str, text: &str, most: f64) -> Result<String, NetworkError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    match text.parse::<f64>() {
        Ok(degrees) if degrees.abs() <= most => Ok(((degrees * 1e6).round() / 1e6).to_string()),
        _ if most > 90.0 => {
            invalid(field, "give degrees between -180 and 180; west is below zero, like -70.2568")
        }
        _ => invalid(field, "give degrees between -90 and 90, like 43.6591"),
    }
}

fn is_zip(text: &str) -> bool {
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('-') {
        Some((five, four)) => digits(five, 5) && digits(four, 4),
        None => digits(text, 5) || digits(text, 9),
    }
}

fn one_primary_address(tx: &Tx<'_>, of: Party, chosen: Option<AddressId>) -> Result<(), NetworkError> {
    let all = rows::addresses(tx, of)?;
    let first = chosen.or_else(|| all.first().map(|address| address.id));
    for address in all {
        let should = first == Some(address.id);
        if address.is_primary != should {
            rows::set_primary_address(tx, address.id, should)?;
        }
    }
    Ok(())
}

/// The name of a partner or person that is not in the trash.
fn live_name(conn: &Connection, of: Party) -> Result<String, NetworkError> {
    let alive = match of {
        Party::Partner(id) => super::rows::partner::exists(conn, id)?,
        Party::Person(id) => super::rows::person::exists(conn, id)?,
    };
    if alive { name_of(conn, of) } else { Err(NetworkError::Missing) }
}

/// The name of a partner or person.
pub(super) fn name_of(conn: &Connection, of: Party) -> Result<String, NetworkError> {
    let name = match of {
        Party::Partner(id) => super::rows::partner::name(conn, id)?,
        Party::Person(id) => super::rows::person::name(conn, id)?,
    };
    name.ok_or(NetworkError::Missing)
}
