//! One page before a stop: who is there, what was said, what is open, and what to say. Without a patient.

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::day::VisitTopic;
use super::error::{FieldError, invalid};
use super::rows::{brief as rows, days, stops};
use crate::foundation::id::{PartnerId, PersonId, VisitDayId, VisitStopId};
use crate::network::PartnerClass;
use crate::outreach::TouchForm;
use crate::papers::{Letterhead, PaperSize};
use crate::practice::Practice;
use crate::referrals::care::Naming;
use crate::store::{Label, StoreError, Tx, Written};
use crate::vault::{Area, Hidden, Need, letterhead_in};

/// Somebody there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BriefPerson {
    /// The record.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// What they do there, as a code or in words.
    pub role: String,
    /// They decide.
    pub decides: bool,
    /// They usually pick where a patient goes.
    pub usually_picks: bool,
}

/// A contact there was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BriefTouch {
    /// When.
    pub on: NaiveDate,
    /// How.
    pub form: TouchForm,
    /// What for; empty where it is kept private.
    pub purpose: String,
    /// What was learned.
    pub learned: String,
}

/// Something to be done for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BriefPromise {
    /// What.
    pub title: String,
    /// By when.
    pub due_on: NaiveDate,
    /// They were told so.
    pub promised: bool,
}

/// Something that is not well between us.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BriefConcern {
    /// In words.
    pub what: String,
    /// 1 to 3, the worst last.
    pub severity: u8,
    /// Since.
    pub opened_on: NaiveDate,
    /// They know of it since.
    pub told_on: Option<NaiveDate>,
}

/// What the practice says of itself outside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FieldWords {
    /// Why somebody should send a patient to us.
    pub why_refer: String,
    /// What to say, a line each.
    pub talking_points: String,
}

/// The page of a stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct VisitBrief {
    /// The stop.
    pub stop: VisitStopId,
    /// Whom.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// Its address, a line each.
    pub address: Vec<String>,
    /// Its telephone.
    pub phone: Option<String>,
    /// What the visit is for.
    pub goal: String,
    /// Who is met.
    pub person: Option<PersonId>,
    /// Who is there.
    pub people: Vec<BriefPerson>,
    /// What was promised and is to be done.
    pub promises: Vec<BriefPromise>,
    /// What is open.
    pub concerns: Vec<BriefConcern>,
    /// The last contacts.
    pub touches: Vec<BriefTouch>,
    /// What we say of ourselves.
    pub words: FieldWords,
    /// What to talk about.
    pub topics: Vec<VisitTopic>,
    /// When it begins, in minutes since midnight; none where it is left out.
    pub begin: Option<u32>,
    /// How long it takes.
    pub minutes: u32,
}

/// The page of a stop.
///
/// # Errors
/// [`FieldError::Missing`]; those of the file.
pub fn visit_brief(practice: &Practice, stop: VisitStopId) -> Result<VisitBrief, FieldError> {
    practice.may(Need::Read(Area::Outreach))?;
    let day = practice.read(|conn| stops::by_id(conn, stop))?.ok_or(FieldError::Missing)?.day;
    let (booklet, _, _) = booklet(practice, day)?;
    booklet.briefs.into_iter().find(|brief| brief.stop == stop).ok_or(FieldError::Missing)
}

/// A day on paper: how it goes, and a page for each stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booklet {
    /// Which day.
    pub on: NaiveDate,
    /// Whose.
    pub liaison: String,
    /// Where it begins, and when.
    pub start: (String, u32),
    /// Where it ends, and when.
    pub end: (String, u32),
    /// The meal.
    pub meal: Option<(u32, u32)>,
    /// All known ways, in tenths of a mile and minutes.
    pub way: (u32, u32),
    /// The pages, without the stops that are left out.
    pub briefs: Vec<VisitBrief>,
}

/// What stands where somebody wrote a patient's name.
const NAMED: &str = "(names a patient; not shown here)";

impl VisitBrief {
    /// Leaves out what was written with a patient's name. Those who work there may be called as a patient is.
    fn without_patients(
        &mut self,
        conn: &Connection,
        naming: &mut Naming,
        liaison: &str,
    ) -> Result<(), StoreError> {
        let mut except: Vec<String> = self.people.iter().map(|person| person.name.clone()).collect();
        except.extend([self.name.clone(), liaison.to_owned()]);
        let except: Vec<&str> = except.iter().map(String::as_str).collect();
        let written = [&mut self.goal]
            .into_iter()
            .chain(self.promises.iter_mut().map(|one| &mut one.title))
            .chain(self.concerns.iter_mut().map(|one| &mut one.what))
            .chain(self.touches.iter_mut().flat_map(|one| [&mut one.purpose, &mut one.learned]));
        for text in written {
            if naming.found(conn, text, &except)? {
                NAMED.clone_into(text);
            }
        }
        Ok(())
    }
}

/// A day on paper, and the head and size of the paper. It names no patient: what was written with one's name is left out, and so is
/// everything about a partner who became a patient since.
///
/// # Errors
/// [`FieldError::Missing`]; those of the file.
pub fn booklet(practice: &Practice, day: VisitDayId) -> Result<(Booklet, Letterhead, PaperSize), FieldError> {
    practice.may(Need::Read(Area::Outreach))?;
    let (today, me) = (practice.today(), practice.actor().id);
    let rights = practice.rights();
    practice.read(|conn| {
        let kept = days::by_id(conn, day)?.ok_or(FieldError::Missing)?;
        let (going, course) = super::day::planned(conn, &kept)?;
        let words = rows::words(conn)?;
        let liaison = days::profile(conn, kept.liaison)?.unwrap_or_default();
        let mut naming = Naming::of_nobody(today);
        let left_out =
            stops::of_day(conn, day)?.into_iter().filter(|stop| !going.iter().any(|one| one.id == stop.id));
        let timed = going.iter().zip(&course.stops).map(|(stop, timed)| (stop.clone(), Some(timed.begin)));
        let all: Vec<_> = timed.chain(left_out.map(|stop| (stop, None))).collect();
        let mut briefs = Vec::with_capacity(all.len());
        for (stop, begin) in all {
            let partner = stop.form.partner;
            let mut brief = VisitBrief {
                stop: stop.id,
                partner,
                name: stop.name_as_seen(Hidden::EVERYTHING),
                address: Vec::new(),
                phone: None,
                goal: String::new(),
                person: stop.form.person,
                people: Vec::new(),
                promises: Vec::new(),
                concerns: Vec::new(),
                touches: Vec::new(),
                words: words.clone(),
                topics: stop.form.topics,
                begin,
                minutes: stop.form.minutes.into(),
            };
            if stop.class != PartnerClass::Patient {
                brief.address = stops::address_lines(conn, partner)?;
                brief.phone = stops::phone(conn, partner)?;
                brief.goal = stop.form.goal;
                brief.promises = rows::promises(conn, partner)?;
                brief.touches = rows::touches(conn, partner, me)?;
                if rights.reads(Area::Network) {
                    brief.people = rows::people(conn, partner, today)?;
                    brief.concerns = rows::concerns(conn, partner)?;
                }
                brief.without_patients(conn, &mut naming, &liaison)?;
            }
            briefs.push(brief);
        }
        let booklet = Booklet {
            on: kept.on,
            liaison,
            start: (kept.start.name, kept.starts.into()),
            end: (kept.end.name, course.finish),
            meal: course.lunch.map(|(_, at)| (at, kept.lunch_minutes.into())),
            way: (course.tenths, course.driving),
            briefs,
        };
        let (head, size) = letterhead_in(conn)?;
        Ok((booklet, head, size))
    })
}

/// What the practice says of itself outside.
///
/// # Errors
/// Those of the file.
pub fn field_words(practice: &Practice) -> Result<FieldWords, FieldError> {
    practice.may(Need::Read(Area::Outreach))?;
    Ok(practice.read(rows::words)?)
}

/// How long each text may be.
const WORDS: usize = 2_000;

/// Sets it.
///
/// # Errors
/// [`FieldError::Invalid`] for a text that is too long; those of the file.
pub fn set_field_words(practice: &Practice, new: &FieldWords) -> Result<Written<()>, FieldError> {
    practice.may(Need::Write(Area::Outreach))?;
    for (field, words) in [("whyRefer", &new.why_refer), ("talkingPoints", &new.talking_points)] {
        if words.chars().count() > WORDS {
            return invalid(field, "This is too long. Keep it to 2,000 letters.");
        }
    }
    let kept = FieldWords {
        why_refer: new.why_refer.trim().to_owned(),
        talking_points: new.talking_points.trim().to_owned(),
    };
    practice.write(Label::hand("field_words_set", ""), |tx| Ok(rows::set_words(tx, &kept)?))
}

/// The same within a write somebody holds.
pub(crate) fn put_words_in(tx: &Tx<'_>, why_refer: &str, talking_points: &str) -> Result<(), StoreError> {
    rows::set_words(tx, &FieldWords { why_refer: why_refer.into(), talking_points: talking_points.into() })
}
