//! What would mean something to somebody, and what they may accept.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::error::{GratitudeError, invalid, text};
use super::kinds::{EmployerPolicy, Exclusion, Known};
use super::rows::notes as rows;
use crate::foundation::id::RecordId;
use crate::network::{Party, is_patient};
use crate::practice::Practice;
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

/// What is on file about a person, or about those who work for a partner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct GiftNote {
    /// What they like.
    pub likes: String,
    /// What they can't have: allergies, diets, scents.
    pub avoids: String,
    /// What they do beside work.
    pub hobbies: String,
    /// What would please them.
    pub ideas: String,
    /// What the employer lets its people accept.
    pub policy: EmployerPolicy,
    /// Whether they refer, or are covered by, federal programmes.
    pub federal: Known,
    /// What the list of excluded individuals and entities says.
    pub exclusion: Exclusion,
    /// When it was looked at; with every answer but "not looked".
    pub exclusion_on: Option<NaiveDate>,
}

impl GiftNote {
    /// What is known of one person on two records: texts one below the other, and the stricter of two answers.
    pub(super) fn with(&self, other: &Self) -> Self {
        let both = |one: &str, other: &str| match (one.trim(), other.trim()) {
            (one, other) if other.is_empty() || one == other => one.to_owned(),
            ("", other) => other.to_owned(),
            (one, other) => format!("{one}; {other}"),
        };
        let policy = |policy: &EmployerPolicy| match policy {
            EmployerPolicy::Nothing => (0, 0),
            EmployerPolicy::UpTo(cents) => (1, *cents),
            EmployerPolicy::Ask => (2, 0),
            EmployerPolicy::NotOnFile => (3, 0),
        };
        let federal = |known: Known| match known {
            Known::Yes => 0,
            Known::No => 1,
            Known::Unknown => 2,
        };
        let exclusion = |note: &Self| match note.exclusion {
            Exclusion::Listed => 0,
            Exclusion::SameName => 1,
            Exclusion::Clear => 2,
            Exclusion::NotChecked => 3,
        };
        // Of two looks the older: what a list says since is not told apart by it.
        let rank = |note: &Self| (exclusion(note), note.exclusion_on);
        let listed = if rank(other) < rank(self) { other } else { self };
        Self {
            likes: both(&self.likes, &other.likes),
            avoids: both(&self.avoids, &other.avoids),
            hobbies: both(&self.hobbies, &other.hobbies),
            ideas: both(&self.ideas, &other.ideas),
            policy: if policy(&other.policy) < policy(&self.policy) { other.policy } else { self.policy },
            federal: if federal(other.federal) < federal(self.federal) {
                other.federal
            } else {
                self.federal
            },
            exclusion: listed.exclusion,
            exclusion_on: listed.exclusion_on,
        }
    }
}

fn record(of: Party) -> RecordId {
    match of {
        Party::Partner(id) => id.0,
        Party::Person(id) => id.0,
    }
}

/// What is on file; empty if nothing is.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn gift_note(practice: &Practice, of: Party) -> Result<GiftNote, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    practice.must_see(record(of))?;
    practice.read(|conn| {
        if practice.hidden().patients && is_patient(conn, record(of))? {
            practice.may(Need::Patients)?;
        }
        Ok(rows::of(conn, record(of))?.unwrap_or_default())
    })
}

/// Puts it down.
///
/// # Errors
/// [`GratitudeError::Invalid`] with the field; [`GratitudeError::Missing`]; those of the file.
pub fn set_gift_note(practice: &Practice, of: Party, note: &GiftNote) -> Result<Written<()>, GratitudeError> {
    practice.may(Need::Write(Area::Gratitude))?;
    practice.must_see(record(of))?;
    let kept =
        |field, value: &str| Ok::<_, GratitudeError>(text(field, Some(value), 1_000)?.unwrap_or_default());
    let note = GiftNote {
        likes: kept("likes", &note.likes)?,
        avoids: kept("avoids", &note.avoids)?,
        hobbies: kept("hobbies", &note.hobbies)?,
        ideas: kept("ideas", &note.ideas)?,
        exclusion_on: note.exclusion_on.filter(|_| note.exclusion != Exclusion::NotChecked),
        ..note.clone()
    };
    if let EmployerPolicy::UpTo(cents) = note.policy
        && !(0..=10_000_000).contains(&cents)
    {
        return invalid("policy", "Give an amount between 0 and 100,000 dollars.");
    }
    if note.exclusion != Exclusion::NotChecked {
        match note.exclusion_on {
            None => return invalid("exclusionOn", "Say on which day the list was looked at."),
            Some(on) if on > practice.today() => {
                return invalid("exclusionOn", "This day is in the future. Give a day up to today.");
            }
            Some(_) => {}
        }
    }
    practice.write(Label::hand("gift_note_set", ""), |tx| {
        let name = rows::name(tx, record(of))?.ok_or(GratitudeError::Missing)?;
        if practice.hidden().patients && is_patient(tx, record(of))? {
            practice.may(Need::Patients)?;
        }
        tx.subject(name);
        Ok(rows::put(tx, of, &note)?)
    })
}

/// The same within a write somebody holds, unchecked.
pub(crate) fn put_note_in(
    tx: &crate::store::Tx<'_>,
    of: Party,
    note: &GiftNote,
) -> Result<(), crate::store::StoreError> {
    rows::put(tx, of, note)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    #[test]
    fn of_two_looks_at_the_list_the_stricter_counts_and_of_two_alike_the_older() {
        let looked =
            |exclusion, on: &str| GiftNote { exclusion, exclusion_on: Some(day(on)), ..GiftNote::default() };
        let (old, new) = (looked(Exclusion::Clear, "2026-01-05"), looked(Exclusion::Clear, "2026-11-20"));
        for both in [old.with(&new), new.with(&old)] {
            assert_eq!(both.exclusion_on, Some(day("2026-01-05")));
        }
        let named = looked(Exclusion::SameName, "2026-11-25");
        assert_eq!(old.with(&named).exclusion, Exclusion::SameName);
        assert_eq!(GiftNote::default().with(&new).exclusion, Exclusion::Clear);
    }
}
