//! How one partner likes to be looked after, and leaving it alone for a while.

use chrono::{Days, NaiveDate};

use super::rule::{due, interval};
use super::rules::rules;
use super::types::{CadencePage, Nurture, Snooze};
use crate::foundation::id::PartnerId;
use crate::outreach::checks::{line, text};
use crate::outreach::error::{OutreachError, invalid};
use crate::outreach::rows::{cadence as rows, touches};
use crate::outreach::touches::may_see;
use crate::practice::Practice;
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

/// For how long a partner can be left alone at once.
const LONGEST: Days = Days::new(30);
const TIME: usize = 200;
const DO_NOT: usize = 1_000;
const REASON: usize = 300;

/// The rhythm of one partner.
///
/// # Errors
/// [`OutreachError::Missing`] for a partner that is gone or has none: patients and sources do not; those of the file.
pub fn cadence_of(practice: &Practice, partner: PartnerId) -> Result<CadencePage, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    practice.must_see(partner)?;
    let today = practice.today();
    practice.read(|conn| {
        may_see(practice, conn, partner)?;
        let rules = rules(conn)?;
        let tags = rows::tags_of(conn, partner)?;
        let found = rows::fact(conn, partner)?.ok_or(OutreachError::Missing)?;
        let every = interval(found.own_days, &tags, found.status, found.class, &rules);
        let facts = found.facts(every, practice.store().zone());
        Ok(CadencePage {
            nurture: rows::nurture(conn, partner)?.unwrap_or_default(),
            every,
            due: due(&facts, today),
            snooze: rows::snooze(conn, partner)?.filter(|snooze| today < snooze.until),
            last: touches::last(conn, crate::network::Party::Partner(partner))?,
        })
    })
}

/// Sets how a partner likes to be looked after.
///
/// # Errors
/// [`OutreachError::Invalid`] with the field; [`OutreachError::Missing`]; those of the file.
pub fn set_nurture(
    practice: &Practice,
    partner: PartnerId,
    nurture: &Nurture,
) -> Result<Written<()>, OutreachError> {
    practice.may(Need::Write(Area::Outreach))?;
    practice.must_see(partner)?;
    if nurture.every_days.is_some_and(|days| !(1..=730).contains(&days)) {
        return invalid("everyDays", "Give between 1 and 730 days, or nothing.");
    }
    let kept = Nurture {
        best_time: line("bestTime", &nurture.best_time, TIME)?,
        do_not: text("doNot", &nurture.do_not, DO_NOT)?,
        ..nurture.clone()
    };
    practice.write(Label::hand("nurture_set", ""), |tx| {
        may_see(practice, tx, partner)?;
        if let Some(until) = kept.away_until {
            let before = rows::nurture(tx, partner)?.and_then(|before| before.away_until);
            crate::outreach::checks::ahead("awayUntil", until, tx.today, before)?;
        }
        if let Some(person) = kept.person
            && !touches::has_person(tx, person)?
        {
            return invalid("person", "This person is no longer on record. Choose again.");
        }
        tx.subject(touches::partner(tx, partner)?.ok_or(OutreachError::Missing)?);
        Ok(rows::keep_nurture(tx, partner, &kept)?)
    })
}

/// Leaves a partner alone until a day, for a reason; nothing wakes it.
///
/// # Errors
/// [`OutreachError::Invalid`] for no reason, or a day that is past or more than 30 days ahead; [`OutreachError::Missing`];
/// those of the file.
pub fn snooze_partner(
    practice: &Practice,
    partner: PartnerId,
    snooze: Option<&Snooze>,
) -> Result<Written<()>, OutreachError> {
    practice.may(Need::Write(Area::Outreach))?;
    practice.must_see(partner)?;
    let kept = match snooze {
        None => None,
        Some(snooze) => Some(Snooze { until: snooze.until, reason: reason(&snooze.reason)? }),
    };
    let action = if kept.is_some() { "snooze_set" } else { "snooze_end" };
    practice.write(Label::hand(action, ""), |tx| {
        may_see(practice, tx, partner)?;
        if let Some(snooze) = &kept {
            within(snooze.until, tx.today)?;
        }
        tx.subject(touches::partner(tx, partner)?.ok_or(OutreachError::Missing)?);
        Ok(rows::keep_snooze(tx, partner, kept.as_ref())?)
    })
}

fn reason(words: &str) -> Result<String, OutreachError> {
    let words = line("reason", words, REASON)?;
    if words.is_empty() { invalid("reason", "Say why, in a few words.") } else { Ok(words) }
}

fn within(until: NaiveDate, today: NaiveDate) -> Result<(), OutreachError> {
    if until <= today {
        return invalid("until", "Give a day after today.");
    }
    if today.checked_add_days(LONGEST).is_some_and(|last| until > last) {
        return invalid(
            "until",
            "Give a day within 30 days. To leave them alone for longer, pause or park them.",
        );
    }
    Ok(())
}
