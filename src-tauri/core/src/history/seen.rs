//! History as whoever is at the desk may read it: entries of areas they don't see are not there, and what an entry was
//! about is not told where it is a patient they don't see.

use rusqlite::Connection;

use super::changes::{Names, Whose, of_part};
use super::rows;
use super::types::HistoryRow;
use crate::foundation::id::ProfileId;
use crate::practice::Practice;
use crate::store::schema::Schema;
use crate::store::{Cause, Entry, Room, StoreError};
use crate::vault::{Area, Hidden, Need, Rights, patient_token};

/// An entry that touched more records than this is named by their number or by a file.
const NAMED_ONE_BY_ONE: u32 = 50;

/// The eyes history is read with.
pub(super) struct Eyes {
    who: ProfileId,
    rights: Rights,
    /// Needed only by those who don't see patients.
    schema: Option<Schema>,
}

impl Eyes {
    pub(super) fn of(practice: &Practice, conn: &Connection) -> Result<Self, StoreError> {
        let rights = practice.rights();
        let schema = if rights.hidden.patients { Some(Schema::read(conn)?) } else { None };
        Ok(Self { who: practice.actor().id, rights, schema })
    }

    pub(super) fn hidden(&self) -> Hidden {
        self.rights.hidden
    }

    /// The rooms whose entries are not there.
    pub(super) fn blind_to(&self) -> i64 {
        let blind = |room: &&Room| !self.rights.reads(Area::of(**room)) && **room != Room::History;
        Room::ALL.iter().filter(blind).map(|room| room.bit()).sum()
    }

    /// An entry as it may be read.
    pub(super) fn see(&self, conn: &Connection, mut row: HistoryRow) -> Result<HistoryRow, StoreError> {
        row.can_undo &= row.rooms.iter().all(|room| to_undo(&row, self.who, *room).is_met(&self.rights));
        if row.rooms.is_empty() && row.undoes.is_some() && self.blind_to() != 0 {
            // It took nothing back that was not gone; whose area that was is not told any more.
            row.subject.clear();
        }
        if let Some(schema) = &self.schema {
            row.subject = subject(conn, schema, &row, self.rights.hidden)?;
        }
        Ok(row)
    }
}

/// What it takes to take an entry back, of each room it touched: to write there, and to approve where somebody else did it.
pub(super) fn to_undo(row: &HistoryRow, who: ProfileId, room: Room) -> Need {
    if row.actor == who { Need::Write(Area::of(room)) } else { Need::Approve(Area::of(room)) }
}

/// What an entry was about, without the name of a patient.
fn subject(
    conn: &Connection,
    schema: &Schema,
    row: &HistoryRow,
    hidden: Hidden,
) -> Result<String, StoreError> {
    let action = row.of_action.as_deref().unwrap_or(&row.action);
    let of_patients = row.rooms.contains(&Room::Referrals);
    let named_otherwise = row.cause == Cause::Note
        || action == "import"
        || (!of_patients && row.records > NAMED_ONE_BY_ONE)
        || row.subject.is_empty();
    if action.ends_with("_with_patients") {
        // What patients' names were needed for may name one.
        return Ok(row.subject.split_once(": ").map_or(&*row.subject, |(file, _)| file).to_owned());
    }
    if named_otherwise {
        return Ok(row.subject.clone());
    }
    let changes =
        if rows::parts(conn, row.seq)? > 0 { of_part(conn, schema, row.seq, 0)? } else { Vec::new() };
    let names = Names::new(conn, schema, &changes, hidden);
    // Taking back what was gone already leaves nothing that tells whose it was.
    let mut doubt = of_patients || changes.is_empty();
    for change in &changes {
        match names.whose(schema, change)? {
            Whose::Patient(patient) => return Ok(patient_token(patient)),
            Whose::Unknown => doubt = true,
            Whose::Seen => {}
        }
    }
    Ok(if doubt { String::new() } else { row.subject.clone() })
}

/// What an entry was about, for whoever is at the desk.
///
/// # Errors
/// Those of the file.
pub(crate) fn subject_as_seen(practice: &Practice, entry: &Entry) -> Result<String, StoreError> {
    practice.read(|conn| {
        let eyes = Eyes::of(practice, conn)?;
        Ok(rows::one(conn, entry.seq, &eyes)?.map(|row| row.subject).unwrap_or_default())
    })
}
