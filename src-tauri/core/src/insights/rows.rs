//! What the insights read from the file. Trashed referrals never leave it.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params};

use super::error::InsightsError;
use super::period::Period;
use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PersonId, ProfileId, ReferralId};
use crate::network::{PartnerClass, PartnerType, Status, is_patient, name_as_seen};
use crate::referrals::care::{Answers, answers_in};
use crate::vault::{Hidden, patient_token};

/// What a referral was closed as, or how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Scheduled,
    Seen,
    NoShow,
    Declined,
    Lost,
}

impl Outcome {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Seen => "seen",
            Self::NoShow => "no_show",
            Self::Declined => "declined",
            Self::Lost => "lost",
        }
    }

    fn read(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Text(b"scheduled") => Some(Self::Scheduled),
            ValueRef::Text(b"seen") => Some(Self::Seen),
            ValueRef::Text(b"no_show") => Some(Self::NoShow),
            ValueRef::Text(b"declined") => Some(Self::Declined),
            ValueRef::Text(b"lost") => Some(Self::Lost),
            _ => None,
        }
    }
}

/// An inbound referral as measures need it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inbound {
    pub(super) partner: Option<PartnerId>,
    pub(super) person: Option<PersonId>,
    pub(super) received_on: NaiveDate,
    pub(super) scheduled_on: Option<NaiveDate>,
    pub(super) seen_on: Option<NaiveDate>,
    pub(super) closed_on: Option<NaiveDate>,
    pub(super) outcome: Option<Outcome>,
}

/// A restricted referral counts in the totals of the practice and for nobody (section 12, rule 5).
const INBOUND: &str = "SELECT CASE WHEN id IN (SELECT id FROM restriction) THEN NULL ELSE from_partner_id END, from_person_id, received_on, scheduled_on, seen_on, closed_on, outcome
    FROM referral WHERE trashed_at IS NULL AND direction = 'inbound' AND received_on BETWEEN ?1 AND ?2";

const INBOUND_OF_PARTNER: &str = "SELECT from_partner_id, from_person_id, received_on, scheduled_on, seen_on, closed_on, outcome
    FROM referral WHERE trashed_at IS NULL AND direction = 'inbound' AND from_partner_id = ?3 AND received_on BETWEEN ?1 AND ?2
      AND id NOT IN (SELECT id FROM restriction)";

/// Every inbound referral received in the period, one after the other.
pub(super) fn each_inbound(
    conn: &Connection,
    period: Period,
    mut each: impl FnMut(&Inbound),
) -> Result<(), InsightsError> {
    let mut statement = conn.prepare_cached(INBOUND)?;
    let mut rows = statement.query(params![Day(period.from), Day(period.to)])?;
    while let Some(row) = rows.next()? {
        each(&inbound(row)?);
    }
    Ok(())
}

/// The same from one partner.
pub(super) fn each_inbound_of(
    conn: &Connection,
    partner: PartnerId,
    period: Period,
    mut each: impl FnMut(&Inbound),
) -> Result<(), InsightsError> {
    let mut statement = conn.prepare_cached(INBOUND_OF_PARTNER)?;
    let mut rows = statement.query(params![Day(period.from), Day(period.to), partner])?;
    while let Some(row) = rows.next()? {
        each(&inbound(row)?);
    }
    Ok(())
}

fn day(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveDate>> {
    Ok(row.get::<_, Option<Day>>(column)?.map(|day| day.0))
}

fn inbound(row: &Row<'_>) -> Result<Inbound, rusqlite::Error> {
    Ok(Inbound {
        partner: row.get(0)?,
        person: row.get(1)?,
        received_on: row.get::<_, Day>(2)?.0,
        scheduled_on: day(row, 3)?,
        seen_on: day(row, 4)?,
        closed_on: day(row, 5)?,
        outcome: Outcome::read(row.get_ref(6)?),
    })
}

/// A partner as its scorecard names it.
#[derive(Clone, Debug)]
pub(super) struct PartnerNamed {
    pub(super) id: PartnerId,
    pub(super) class: PartnerClass,
    pub(super) kind: PartnerType,
    pub(super) name: String,
    pub(super) owner: Option<String>,
    pub(super) status: Option<Status>,
}

const PARTNERS: &str = "SELECT p.id, p.class, p.type, p.name, o.name, s.status FROM partner p
    LEFT JOIN profile o ON o.id = p.owner_id LEFT JOIN partner_standing s ON s.partner_id = p.id
    WHERE p.trashed_at IS NULL";

const PARTNER: &str = "SELECT p.id, p.class, p.type, p.name, o.name, s.status FROM partner p
    LEFT JOIN profile o ON o.id = p.owner_id LEFT JOIN partner_standing s ON s.partner_id = p.id
    WHERE p.trashed_at IS NULL AND p.id = ?1";

/// A patient who is not seen goes by a token.
fn named(row: &Row<'_>, hidden: Hidden) -> rusqlite::Result<PartnerNamed> {
    let (id, class): (PartnerId, PartnerClass) = (row.get(0)?, row.get(1)?);
    Ok(PartnerNamed {
        id,
        class,
        kind: row.get(2)?,
        name: name_as_seen(hidden, class, id, row.get(3)?),
        owner: row.get(4)?,
        status: row.get(5)?,
    })
}

/// Every partner that is not in Trash.
pub(super) fn each_partner(
    conn: &Connection,
    hidden: Hidden,
    mut each: impl FnMut(PartnerNamed),
) -> Result<(), InsightsError> {
    let mut statement = conn.prepare_cached(PARTNERS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(named(row, hidden)?);
    }
    Ok(())
}

/// One partner, unless it is in Trash.
pub(super) fn partner(
    conn: &Connection,
    id: PartnerId,
    hidden: Hidden,
) -> Result<Option<PartnerNamed>, InsightsError> {
    let mut statement = conn.prepare_cached(PARTNER)?;
    let mut rows = statement.query([id])?;
    Ok(rows.next()?.map(|row| named(row, hidden)).transpose()?)
}

/// The first inbound referral of a patient: what registers a new patient.
#[derive(Clone, Copy, Debug)]
pub(super) struct NewPatient {
    pub(super) received_on: NaiveDate,
    pub(super) partner: Option<PartnerId>,
    /// Whether somebody asked who sent the patient.
    pub(super) asked: bool,
    pub(super) hand: Hand,
}

/// By whose hand a referral came into the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Hand {
    Staff(ProfileId),
    Import,
    /// A restricted referral counts for nobody (section 12, rule 5).
    Nobody,
}

const NEW_PATIENTS: &str = "SELECT r.received_on, r.from_partner_id, r.source_answer <> 'not_asked', r.created_by,
        r.import_id IS NOT NULL, r.id IN (SELECT id FROM restriction) FROM referral r
    WHERE r.trashed_at IS NULL AND r.direction = 'inbound' AND r.received_on BETWEEN ?1 AND ?2
      AND NOT EXISTS (SELECT 1 FROM referral f WHERE f.patient_id = r.patient_id AND f.id <> r.id AND f.trashed_at IS NULL
                      AND f.direction = 'inbound' AND (f.received_on, f.id) < (r.received_on, r.id))";

/// Every patient registered in the period.
pub(super) fn each_new_patient(
    conn: &Connection,
    period: Period,
    mut each: impl FnMut(NewPatient),
) -> Result<(), InsightsError> {
    let mut statement = conn.prepare_cached(NEW_PATIENTS)?;
    let mut rows = statement.query(params![Day(period.from), Day(period.to)])?;
    while let Some(row) = rows.next()? {
        let hand = match (row.get(4)?, row.get(5)?) {
            (_, true) => Hand::Nobody,
            (true, _) => Hand::Import,
            _ => Hand::Staff(row.get(3)?),
        };
        each(NewPatient {
            received_on: row.get::<_, Day>(0)?.0,
            partner: row.get(1)?,
            asked: row.get(2)?,
            hand,
        });
    }
    Ok(())
}

/// How many referrals of the period went out and how many stayed in the house.
pub(super) fn sent_and_internal(conn: &Connection, period: Period) -> Result<(u32, u32), InsightsError> {
    Ok(conn
        .prepare_cached(
            "SELECT count(*) FILTER (WHERE direction = 'outbound'), count(*) FILTER (WHERE direction = 'internal')
             FROM referral WHERE trashed_at IS NULL AND received_on BETWEEN ?1 AND ?2",
        )?
        .query_row(params![Day(period.from), Day(period.to)], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// The day of the very first referral.
pub(super) fn first_day(conn: &Connection) -> Result<Option<NaiveDate>, InsightsError> {
    Ok(conn
        .prepare_cached(
            "SELECT received_on FROM referral WHERE trashed_at IS NULL ORDER BY received_on LIMIT 1",
        )?
        .query([])?
        .next()?
        .map(|row| row.get::<_, Day>(0))
        .transpose()?
        .map(|day| day.0))
}

/// The name of every profile, retired or not.
pub(super) fn profile_names(conn: &Connection) -> Result<HashMap<ProfileId, String>, InsightsError> {
    let mut statement = conn.prepare_cached("SELECT id, name FROM profile")?;
    Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}

/// The name of the practice.
pub(super) fn practice_name(conn: &Connection) -> Result<String, InsightsError> {
    Ok(conn.prepare_cached("SELECT name FROM practice LIMIT 1")?.query_row([], |row| row.get(0))?)
}

/// The name of a person, in Trash or not; a token for a patient who is not seen.
pub(super) fn person_name(
    conn: &Connection,
    id: PersonId,
    hidden: Hidden,
) -> Result<Option<String>, InsightsError> {
    if hidden.patients && is_patient(conn, id)? {
        return Ok(Some(patient_token(id)));
    }
    let mut statement = conn.prepare_cached("SELECT name FROM person WHERE id = ?1")?;
    let mut rows = statement.query([id])?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
}

/// The class of every partner, in Trash or not.
pub(super) fn each_class(
    conn: &Connection,
    mut each: impl FnMut(PartnerId, PartnerClass),
) -> Result<(), InsightsError> {
    let mut statement = conn.prepare_cached("SELECT id, class FROM partner")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(row.get(0)?, row.get(1)?);
    }
    Ok(())
}

/// The practice's own target for `leak_rate`, in percent.
pub(super) fn leak_target(conn: &Connection) -> Result<Option<f64>, InsightsError> {
    let mut statement =
        conn.prepare_cached("SELECT CAST(value AS REAL) FROM setting WHERE key = 'leak.target'")?;
    let mut rows = statement.query([])?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
}

/// A referral about which something is known beside its path.
#[derive(Clone, Debug)]
pub(super) struct Answered {
    pub(super) id: ReferralId,
    /// None where it is restricted.
    pub(super) partner: Option<PartnerId>,
    pub(super) received_on: NaiveDate,
    pub(super) seen_on: Option<NaiveDate>,
    pub(super) closed_on: Option<NaiveDate>,
    pub(super) is_second_opinion: bool,
    pub(super) outbound: bool,
    pub(super) answers: Answers,
}

const ANSWERED: &str = "SELECT r.id, CASE WHEN r.id IN (SELECT id FROM restriction) THEN NULL
        WHEN r.direction = 'outbound' THEN r.to_partner_id ELSE r.from_partner_id END,
        r.received_on, r.seen_on, r.closed_on, r.type IS 'second_opinion', r.direction = 'outbound'
    FROM referral r WHERE r.trashed_at IS NULL AND r.id IN (SELECT referral_id FROM referral_answer)";

/// Every one of them.
pub(super) fn answered(conn: &Connection) -> Result<Vec<Answered>, InsightsError> {
    let mut statement = conn.prepare_cached(ANSWERED)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        found.push(Answered {
            id,
            partner: row.get(1)?,
            received_on: row.get::<_, Day>(2)?.0,
            seen_on: day(row, 3)?,
            closed_on: day(row, 4)?,
            is_second_opinion: row.get(5)?,
            outbound: row.get(6)?,
            answers: answers_in(conn, id)?,
        });
    }
    Ok(found)
}

/// The ratings of visits in the period.
pub(super) fn ratings(conn: &Connection, period: Period) -> Result<Vec<u32>, InsightsError> {
    let mut statement = conn.prepare_cached(
        "SELECT e.rating FROM experience e JOIN referral r ON r.id = e.referral_id AND r.trashed_at IS NULL
         WHERE e.rating IS NOT NULL AND e.visit_on BETWEEN ?1 AND ?2",
    )?;
    let rows = statement.query_map(params![Day(period.from), Day(period.to)], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

const RATINGS_OF: &str = "
    SELECT e.visit_on, e.rating, 0 FROM referral r JOIN experience e ON e.referral_id = r.id
    WHERE r.from_partner_id = ?1 AND r.direction <> 'outbound' AND r.trashed_at IS NULL AND e.rating IS NOT NULL
      AND e.visit_on BETWEEN ?2 AND ?3 AND r.id NOT IN (SELECT id FROM restriction)
    UNION ALL
    SELECT e.visit_on, e.rating, 1 FROM referral r JOIN experience e ON e.referral_id = r.id
    WHERE r.to_partner_id = ?1 AND r.direction = 'outbound' AND r.trashed_at IS NULL AND e.rating IS NOT NULL
      AND e.visit_on BETWEEN ?2 AND ?3 AND r.id NOT IN (SELECT id FROM restriction)";

/// The ratings of visits in the period by patients a partner sent, or was sent (then the last value is set).
pub(super) fn each_rating_of(
    conn: &Connection,
    partner: PartnerId,
    period: Period,
    mut tell: impl FnMut(NaiveDate, u32, bool),
) -> Result<(), InsightsError> {
    let mut statement = conn.prepare_cached(RATINGS_OF)?;
    let mut rows = statement.query(params![partner, Day(period.from), Day(period.to)])?;
    while let Some(row) = rows.next()? {
        tell(row.get::<_, Day>(0)?.0, row.get(1)?, row.get(2)?);
    }
    Ok(())
}

/// Who in particular sent a referral, and when it came.
pub(super) fn sent_by(
    conn: &Connection,
    id: ReferralId,
) -> Result<(Option<PersonId>, NaiveDate), crate::store::StoreError> {
    Ok(conn
        .prepare_cached("SELECT from_person_id, received_on FROM referral WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get::<_, Day>(1)?.0)))?)
}

/// Every day on which somebody in particular sent us a patient in a period, once for each referral. Of people alone who have
/// an NPI or are physicians. Restricted referrals are left out.
pub(super) fn each_sent_by_physician(
    conn: &Connection,
    period: Period,
    mut tell: impl FnMut(PersonId, NaiveDate),
) -> Result<(), InsightsError> {
    let mut statement = conn.prepare_cached(
        "SELECT r.from_person_id, r.received_on FROM referral r JOIN person p ON p.id = r.from_person_id
         WHERE r.direction = 'inbound' AND r.trashed_at IS NULL AND r.received_on BETWEEN ?1 AND ?2
           AND (p.npi IS NOT NULL OR p.role = 'physician') AND r.id NOT IN (SELECT id FROM restriction)",
    )?;
    let mut rows = statement.query(params![Day(period.from), Day(period.to)])?;
    while let Some(row) = rows.next()? {
        tell(row.get(0)?, row.get::<_, Day>(1)?.0);
    }
    Ok(())
}
