//! Who holds a referral, and who stands in while they are away.

use chrono::{Days, NaiveDate};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::foundation::id::{PersonId, ProfileId, RecordId};
use crate::network::is_patient;
use crate::practice::Practice;
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::rows::baton as rows;
use crate::store::{Label, StoreError, Tx, Written};
use crate::vault::{Area, Hidden, Need, patient_token};

/// Who holds a referral: exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Holder {
    /// One of us.
    Profile(ProfileId),
    /// Somebody who does not unlock the file.
    Person(PersonId),
}

impl Holder {
    /// Whichever id it is.
    pub(in crate::referrals) fn id(self) -> RecordId {
        match self {
            Self::Profile(profile) => profile.0,
            Self::Person(person) => person.0,
        }
    }

    pub(in crate::referrals) fn is_person(self) -> bool {
        matches!(self, Self::Person(_))
    }

    pub(in crate::referrals) fn of(id: RecordId, is_person: bool) -> Self {
        if is_person { Self::Person(PersonId(id)) } else { Self::Profile(ProfileId(id)) }
    }

    /// Goes on only if somebody can be given something.
    pub(in crate::referrals) fn known(
        self,
        conn: &Connection,
        field: &'static str,
    ) -> Result<(), ReferralError> {
        let there = match self {
            Self::Profile(profile) => rows::is_here(conn, profile)?,
            Self::Person(person) => crate::referrals::rows::intake::has_person(conn, person)?,
        };
        if there { Ok(()) } else { invalid(field, Problem::Gone) }
    }

    /// What they are called; a token for a patient who is not seen.
    pub(in crate::referrals) fn name(self, conn: &Connection, hidden: Hidden) -> Result<String, StoreError> {
        Ok(match self {
            Self::Profile(profile) => rows::profile_name(conn, profile)?,
            Self::Person(person) if hidden.patients && is_patient(conn, person)? => {
                Some(patient_token(person))
            }
            Self::Person(person) => rows::person_name(conn, person)?,
        }
        .unwrap_or_default())
    }
}

/// A holder as lists name them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HolderShown {
    /// Who.
    pub holder: Holder,
    /// Their name.
    pub name: String,
    /// They are away today.
    pub away: bool,
    /// Who stands in today, by name.
    pub deputy: Option<String>,
}

/// One of us is away, both days included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Absence {
    /// The absence.
    pub id: RecordId,
    /// Who.
    pub profile: ProfileId,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Who stands in.
    pub deputy: Option<ProfileId>,
}

/// Who is away today, and who stands in.
pub(in crate::referrals) struct Away(Vec<Absence>);

impl Away {
    pub(in crate::referrals) fn on(conn: &Connection, today: NaiveDate) -> Result<Self, StoreError> {
        let absences = rows::absences(conn, today)?;
        Ok(Self(absences.into_iter().filter(|absence| absence.from <= today).collect()))
    }

    fn of(&self, profile: ProfileId) -> Option<&Absence> {
        self.0.iter().find(|absence| absence.profile == profile)
    }

    /// Whose referrals somebody looks after today: their own, and those of whoever they stand in for.
    pub(in crate::referrals) fn looked_after_by(&self, profile: ProfileId) -> Vec<ProfileId> {
        let others = self.0.iter().filter(|absence| absence.deputy == Some(profile)).map(|a| a.profile);
        let mut all: Vec<ProfileId> = std::iter::once(profile).chain(others).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether `profile` may act for `holder` today.
    pub(in crate::referrals) fn acts_for(&self, profile: ProfileId, holder: Holder) -> bool {
        matches!(holder, Holder::Profile(holder) if self.looked_after_by(profile).contains(&holder))
    }

    pub(in crate::referrals) fn shown(
        &self,
        conn: &Connection,
        holder: Holder,
        hidden: Hidden,
    ) -> Result<HolderShown, StoreError> {
        let absence = match holder {
            Holder::Profile(profile) => self.of(profile),
            Holder::Person(_) => None,
        };
        let deputy = absence.and_then(|absence| absence.deputy);
        Ok(HolderShown {
            holder,
            name: holder.name(conn, hidden)?,
            away: absence.is_some(),
            deputy: deputy.map(|id| rows::profile_name(conn, id)).transpose()?.flatten(),
        })
    }
}

/// For how long an absence that is over is shown.
const SHOWN_FOR: Days = Days::new(365);

/// Who is, will be or was away within the last year, by the first day.
///
/// # Errors
/// Those of the file.
pub fn absences(practice: &Practice) -> Result<Vec<Absence>, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let since = practice.today() - SHOWN_FOR;
    Ok(practice.read(|conn| rows::absences(conn, since))?)
}

/// Puts down that one of us is away, or changes it. While they are, their referrals are also their deputy's.
///
/// # Errors
/// [`ReferralError::Invalid`] if it ends before it begins, lies wholly in the past, overlaps another of theirs, or they
/// would stand in for themselves; those of the file.
pub fn set_absence(practice: &Practice, absence: &Absence) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    if absence.to < absence.from {
        return invalid("to", Problem::Path("The last day is before the first. Choose a later last day."));
    }
    if absence.deputy == Some(absence.profile) {
        return invalid("deputy", Problem::Path("Choose somebody else to stand in."));
    }
    practice.write(Label::hand("absence_set", ""), |tx| {
        if absence.to < tx.today {
            return invalid("to", Problem::Path("This is over already. Choose a last day from today on."));
        }
        Holder::Profile(absence.profile).known(tx, "profile")?;
        if let Some(deputy) = absence.deputy {
            Holder::Profile(deputy).known(tx, "deputy")?;
        }
        let others = rows::absences(tx, tx.today)?;
        let overlaps = |other: &Absence| {
            other.profile == absence.profile
                && other.id != absence.id
                && other.from <= absence.to
                && absence.from <= other.to
        };
        if others.iter().any(overlaps) {
            return invalid(
                "from",
                Problem::Path("They are away in this time already. Change that absence."),
            );
        }
        tx.subject(rows::profile_name(tx, absence.profile)?.unwrap_or_default());
        Ok(rows::set_absence(tx, absence)?)
    })
}

/// Takes an absence away.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn remove_absence(practice: &Practice, id: RecordId) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    practice.write(Label::hand("absence_remove", ""), |tx: &Tx<'_>| {
        if rows::remove_absence(tx, id)? == 0 { Err(ReferralError::Missing) } else { Ok(()) }
    })
}
