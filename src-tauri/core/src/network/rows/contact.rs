//! Contact points and addresses of partners and people.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::super::contacts::{Address, ContactPoint, NewAddress};
use super::super::types::{ContactKind, Party};
use crate::foundation::id::{AddressId, ContactPointId, PartnerId, PersonId};
use crate::store::{StoreError, Tx};

/// The two id columns of an owner.
fn columns(of: Party) -> (Option<PartnerId>, Option<PersonId>) {
    match of {
        Party::Partner(id) => (Some(id), None),
        Party::Person(id) => (None, Some(id)),
    }
}

fn party(row: &Row<'_>, partner: usize, person: usize) -> rusqlite::Result<Party> {
    match row.get::<_, Option<PartnerId>>(partner)? {
        Some(id) => Ok(Party::Partner(id)),
        None => Ok(Party::Person(row.get(person)?)),
    }
}

fn contact_point(row: &Row<'_>) -> rusqlite::Result<ContactPoint> {
    Ok(ContactPoint {
        id: row.get(0)?,
        kind: row.get(1)?,
        value: row.get(2)?,
        label: row.get(3)?,
        is_primary: row.get(4)?,
    })
}

/// How somebody is reached: telephones, then e-mail, then the rest; the first of each kind on top.
pub(crate) fn contact_points(conn: &Connection, of: Party) -> Result<Vec<ContactPoint>, StoreError> {
    let (sql, id) = match of {
        Party::Partner(id) => (
            "SELECT id, kind, value, label, is_primary FROM contact_point WHERE partner_id = ?1 ORDER BY is_primary DESC, id",
            id.0,
        ),
        Party::Person(id) => (
            "SELECT id, kind, value, label, is_primary FROM contact_point WHERE person_id = ?1 ORDER BY is_primary DESC, id",
            id.0,
        ),
    };
    let mut statement = conn.prepare_cached(sql)?;
    let mut all: Vec<ContactPoint> = statement.query_map([id], contact_point)?.collect::<Result<_, _>>()?;
    all.sort_by_key(|point| point.kind);
    Ok(all)
}

pub(crate) fn read(
    conn: &Connection,
    id: ContactPointId,
) -> Result<Option<(Party, ContactPoint)>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT id, kind, value, label, is_primary, partner_id, person_id FROM contact_point WHERE id = ?1")?
        .query_row([id], |row| Ok((party(row, 5, 6)?, contact_point(row)?)))
        .optional()?)
}

pub(crate) fn insert(tx: &Tx<'_>, of: Party, point: &ContactPoint, search: &str) -> Result<(), StoreError> {
    let (partner, person) = columns(of);
    tx.prepare_cached(
        "INSERT INTO contact_point (id, partner_id, person_id, kind, value, search, label, is_primary)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        point.id,
        partner,
        person,
        point.kind,
        point.value,
        search,
        point.label,
        point.is_primary
    ])?;
    Ok(())
}

pub(crate) fn update(tx: &Tx<'_>, point: &ContactPoint, search: &str) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE contact_point SET kind = ?2, value = ?3, search = ?4, label = ?5, is_primary = ?6 WHERE id = ?1",
    )?
    .execute(params![point.id, point.kind, point.value, search, point.label, point.is_primary])?;
    Ok(())
}

pub(crate) fn set_primary(tx: &Tx<'_>, id: ContactPointId, primary: bool) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE contact_point SET is_primary = ?2 WHERE id = ?1")?
        .execute(params![id, primary])?;
    Ok(())
}

pub(crate) fn delete(tx: &Tx<'_>, id: ContactPointId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM contact_point WHERE id = ?1")?.execute([id])?;
    Ok(())
}

fn address(row: &Row<'_>) -> rusqlite::Result<Address> {
    Ok(Address {
        id: row.get(0)?,
        kind: row.get(1)?,
        street: row.get(2)?,
        street2: row.get(3)?,
        city: row.get(4)?,
        state: row.get(5)?,
        zip: row.get(6)?,
        country: row.get(7)?,
        is_primary: row.get(8)?,
        latitude: degrees(row, 9)?,
        longitude: degrees(row, 10)?,
    })
}

/// A coordinate as it is typed; empty where there is none.
fn degrees(row: &Row<'_>, at: usize) -> rusqlite::Result<String> {
    Ok(row.get::<_, Option<f64>>(at)?.map_or_else(String::new, |degrees| degrees.to_string()))
}

pub(crate) fn addresses(conn: &Connection, of: Party) -> Result<Vec<Address>, StoreError> {
    let (sql, id) = match of {
        Party::Partner(id) => (
            "SELECT id, kind, street, street2, city, state, zip, country, is_primary, latitude, longitude FROM address WHERE partner_id = ?1
             ORDER BY is_primary DESC, id",
            id.0,
        ),
        Party::Person(id) => (
            "SELECT id, kind, street, street2, city, state, zip, country, is_primary, latitude, longitude FROM address WHERE person_id = ?1
             ORDER BY is_primary DESC, id",
            id.0,
        ),
    };
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.query_map([id], address)?.collect::<Result<_, _>>()?)
}

pub(crate) fn read_address(conn: &Connection, id: AddressId) -> Result<Option<(Party, Address)>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT id, kind, street, street2, city, state, zip, country, is_primary, latitude, longitude, partner_id, person_id FROM address WHERE id = ?1",
        )?
        .query_row([id], |row| Ok((party(row, 11, 12)?, address(row)?)))
        .optional()?)
}

pub(crate) fn insert_address(
    tx: &Tx<'_>,
    of: Party,
    id: AddressId,
    new: &NewAddress,
) -> Result<(), StoreError> {
    let (partner, person) = columns(of);
    tx.prepare_cached(
        "INSERT INTO address (id, partner_id, person_id, kind, street, street2, city, state, zip, country, is_primary, latitude, longitude)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        id,
        partner,
        person,
        new.kind,
        new.street,
        new.street2,
        new.city,
        new.state,
        new.zip,
        new.country,
        new.is_primary,
        new.latitude.parse::<f64>().ok(),
        new.longitude.parse::<f64>().ok(),
    ])?;
    Ok(())
}

pub(crate) fn update_address(tx: &Tx<'_>, id: AddressId, to: &NewAddress) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE address SET kind = ?2, street = ?3, street2 = ?4, city = ?5, state = ?6, zip = ?7, country = ?8, is_primary = ?9,
             latitude = ?10, longitude = ?11
         WHERE id = ?1",
    )?
    .execute(params![
        id,
        to.kind,
        to.street,
        to.street2,
        to.city,
        to.state,
        to.zip,
        to.country,
        to.is_primary,
        to.latitude.parse::<f64>().ok(),
        to.longitude.parse::<f64>().ok(),
    ])?;
    Ok(())
}

pub(crate) fn set_primary_address(tx: &Tx<'_>, id: AddressId, primary: bool) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE address SET is_primary = ?2 WHERE id = ?1")?.execute(params![id, primary])?;
    Ok(())
}

pub(crate) fn delete_address(tx: &Tx<'_>, id: AddressId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM address WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// The first telephone number of somebody.
pub(crate) fn phone(conn: &Connection, of: Party) -> Result<Option<String>, StoreError> {
    Ok(contact_points(conn, of)?
        .into_iter()
        .find(|point| matches!(point.kind, ContactKind::Phone | ContactKind::Mobile))
        .map(|point| point.value))
}
