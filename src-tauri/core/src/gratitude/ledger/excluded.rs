//! What the list of the excluded says of whoever is given something: of their own record, and of what stands behind them.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::types::Whom;
use crate::foundation::id::{PartnerId, PersonId, RecordId};
use crate::gratitude::error::GratitudeError;
use crate::gratitude::exclusions::{Listed, Probe, looked_up};
use crate::gratitude::kinds::Exclusion;
use crate::gratitude::notes::GiftNote;
use crate::gratitude::rows::{exclusions as rows, notes};
use crate::network::is_patient;

/// What the list says, and the day somebody looked, or the day the list is of.
pub(super) type Looked = (Exclusion, Option<NaiveDate>);

/// The strictest answer about the record itself, the places somebody works at on that day, and those these belong to; with the entry
/// of the list behind it. What stands behind somebody counts only where it is named: that it is clear says nothing of them.
pub(super) fn excluded(
    conn: &Connection,
    whom: &Whom,
    on: NaiveDate,
) -> Result<(Looked, Option<Listed>), GratitudeError> {
    let mut strictest = ((Exclusion::NotChecked, None), None);
    let records = records(conn, whom, on)?;
    let probes: Vec<Probe> = records.iter().map(|(_, probe)| probe.clone()).collect();
    let list = if probes.is_empty() { None } else { looked_up(conn, &probes)? };
    let (listed_on, mut found) = match list {
        Some((on, found)) => (Some(on), found.into_iter()),
        None => (None, Vec::new().into_iter()),
    };
    for (at, (id, _)) in records.iter().enumerate() {
        let by_hand = by_hand(notes::of(conn, *id)?.as_ref());
        let answer = match (listed_on, found.next()) {
            (Some(on), Some((exclusion, listed))) => both(by_hand, (exclusion, on), listed),
            _ => (by_hand, None),
        };
        if at == 0 || strictness(answer.0.0) > strictness(strictest.0.0).max(1) {
            strictest = answer;
        }
    }
    Ok(strictest)
}

/// The record itself comes first.
fn records(conn: &Connection, whom: &Whom, on: NaiveDate) -> Result<Vec<(RecordId, Probe)>, GratitudeError> {
    let (own, individual) = match whom {
        Whom::Person(id) => (id.0, None),
        Whom::Partner(id) if is_patient(conn, id.0)? => (id.0, None),
        Whom::Partner(id) => (id.0, notes::individual(conn, *id)?),
        Whom::Ours(_) | Whom::Guest(_) => return Ok(Vec::new()),
    };
    let mut ids = vec![own];
    ids.extend(individual.map(|person| person.0));
    for id in ids.clone() {
        ids.extend(rows::behind(conn, id, on)?.into_iter().map(|place| place.0));
    }
    let mut records: Vec<(RecordId, Probe)> = Vec::new();
    for id in ids {
        if records.iter().any(|(known, _)| *known == id) {
            continue;
        }
        let probe = match rows::person(conn, PersonId(id))? {
            Some(probe) => Some(probe),
            None => rows::partner(conn, PartnerId(id))?,
        };
        records.extend(probe.map(|probe| (id, probe)));
    }
    Ok(records)
}

fn by_hand(note: Option<&GiftNote>) -> Looked {
    note.map_or((Exclusion::NotChecked, None), |note| (note.exclusion, note.exclusion_on))
}

/// What was put down by hand about a record and what the list in use says of it, the stricter of both. Somebody who looked since the
/// list was read tells two people of one name apart; nobody's look undoes a hit by NPI, and no list what somebody found.
fn both(
    by_hand: Looked,
    (found, listed_on): (Exclusion, NaiveDate),
    listed: Option<Listed>,
) -> (Looked, Option<Listed>) {
    let looked_since = by_hand.1.is_some_and(|looked| looked >= listed_on);
    match (found, by_hand.0) {
        (Exclusion::SameName, Exclusion::Clear) if looked_since => (by_hand, None),
        (found, hand) if strictness(hand) > strictness(found).max(1) => (by_hand, None),
        (found, _) => ((found, Some(listed_on)), listed),
    }
}

fn strictness(exclusion: Exclusion) -> u8 {
    match exclusion {
        Exclusion::Clear => 0,
        Exclusion::NotChecked => 1,
        Exclusion::SameName => 2,
        Exclusion::Listed => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    const ALL: [Exclusion; 4] =
        [Exclusion::Clear, Exclusion::NotChecked, Exclusion::SameName, Exclusion::Listed];

    #[test]
    fn what_somebody_found_by_hand_is_never_made_milder_by_a_list() {
        let list = day("2026-11-10");
        for hand in [Exclusion::SameName, Exclusion::Listed] {
            for found in [Exclusion::Clear, Exclusion::SameName, Exclusion::Listed] {
                for looked in ["2026-01-05", "2026-11-10", "2026-11-20"] {
                    let ((answer, _), _) = both((hand, Some(day(looked))), (found, list), None);
                    assert!(
                        strictness(answer) >= strictness(hand).max(strictness(found)),
                        "{hand:?} {found:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_look_since_the_list_tells_namesakes_apart_and_nothing_more() {
        let list = day("2026-11-10");
        let at = |found, looked: &str| both((Exclusion::Clear, Some(day(looked))), (found, list), None).0;
        assert_eq!(at(Exclusion::SameName, "2026-11-09").0, Exclusion::SameName);
        assert_eq!(at(Exclusion::SameName, "2026-11-10"), (Exclusion::Clear, Some(day("2026-11-10"))));
        assert_eq!(at(Exclusion::Listed, "2026-11-20").0, Exclusion::Listed);
        for found in ALL {
            let unasked = both((Exclusion::NotChecked, None), (found, list), None).0;
            assert_eq!(unasked, (found, Some(list)));
        }
    }
}
