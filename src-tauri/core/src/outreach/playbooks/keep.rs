//! The playbooks of the practice: those that came with Baton, as they are or as they were changed, and its own.

use rusqlite::Connection;

use super::starter::starters;
use super::types::{Objection, Playbook, PlaybookChange, PlaybookContent, PlaybookStep};
use crate::foundation::id::RecordId;
use crate::network::PartnerType;
use crate::outreach::checks::{line, text};
use crate::outreach::error::{OutreachError, invalid};
use crate::outreach::rows::plans as rows;
use crate::practice::Practice;
use crate::store::{Label, StoreError, Written};
use crate::vault::{Area, Need};

const NAME: usize = 80;
const SHORT: usize = 300;
const SAY: usize = 1_000;
/// A plan of more steps is a project.
const STEPS: usize = 12;
/// And more than this nobody reads on the phone.
const POINTS: usize = 12;
/// The longest a plan may take.
const LONGEST: u16 = 730;

/// Every playbook: those of types in the order of the catalogue, then the practice's own by name.
///
/// # Errors
/// [`StoreError::NotAllowed`]; those of the file.
pub fn playbooks(practice: &Practice) -> Result<Vec<Playbook>, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    Ok(practice.read(all)?)
}

/// One of them.
///
/// # Errors
/// [`OutreachError::Missing`]; those of the file.
pub fn playbook(practice: &Practice, id: &str) -> Result<Playbook, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    practice.read(|conn| find(conn, id))
}

pub(in crate::outreach) fn find(conn: &Connection, id: &str) -> Result<Playbook, OutreachError> {
    all(conn)?.into_iter().find(|one| one.id == id).ok_or(OutreachError::Missing)
}

fn all(conn: &Connection) -> Result<Vec<Playbook>, StoreError> {
    let mut own = rows::playbooks(conn)?;
    let mut found = Vec::with_capacity(starters().len() + own.len());
    for starter in starters() {
        let code = starter.of.code();
        let at = own.iter().position(|one| one.base.as_deref() == Some(code));
        let changed = at.map(|at| own.remove(at));
        let (name, content) = match &changed {
            Some(kept) => (kept.name.clone(), kept.content.clone()),
            None => (String::new(), starter.content.clone()),
        };
        found.push(Playbook {
            id: code.to_owned(),
            name,
            of_type: Some(starter.of),
            came_with: true,
            changed: changed.is_some(),
            content,
        });
    }
    found.extend(own.into_iter().map(|kept| Playbook {
        id: kept.id.to_string(),
        name: kept.name,
        of_type: kept.of_type,
        came_with: false,
        changed: false,
        content: kept.content,
    }));
    Ok(found)
}

/// A playbook as it is kept.
///
/// # Errors
/// [`OutreachError::Invalid`] with the field: `steps`, `stopAfterDays` or another; the steps are in the order of their days.
pub(super) fn checked(content: &PlaybookContent) -> Result<PlaybookContent, OutreachError> {
    let mut steps = Vec::new();
    for step in &content.steps {
        let title = line("steps", &step.title, NAME * 2)?;
        if title.is_empty() {
            return invalid("steps", "Say in each step what is to be done, or take the step out.");
        }
        if step.after_days > LONGEST {
            return invalid("steps", "A step lies at most two years after the first day.");
        }
        let say = text("steps", &step.say, SAY)?;
        steps.push(PlaybookStep { title, say, ..step.clone() });
    }
    if steps.is_empty() {
        return invalid("steps", "Add a first step.");
    }
    if steps.len() > STEPS {
        return invalid("steps", "A plan has at most twelve steps. Take some out.");
    }
    if steps.windows(2).any(|two| two[1].after_days < two[0].after_days) {
        return invalid(
            "steps",
            "A step can’t lie before the one above it. Give it the same day or a later one.",
        );
    }
    if content.stop_after_days.is_some_and(|days| days == 0 || days > LONGEST) {
        return invalid("stopAfterDays", "Give a number of days between 1 and 730, or leave it empty.");
    }
    let mut talking_points = Vec::new();
    for point in &content.talking_points {
        talking_points.push(line("talkingPoints", point, SHORT)?);
    }
    talking_points.retain(|point| !point.is_empty());
    let mut objections = Vec::new();
    for Objection { they, we } in &content.objections {
        objections
            .push(Objection { they: line("objections", they, SHORT)?, we: text("objections", we, SAY)? });
    }
    objections.retain(|one| !one.they.is_empty() || !one.we.is_empty());
    if talking_points.len() > POINTS || objections.len() > POINTS {
        return invalid("talkingPoints", "Keep at most twelve. Nobody reads more on the phone.");
    }
    Ok(PlaybookContent {
        whom: line("whom", &content.whom, SHORT)?,
        offer: line("offer", &content.offer, SHORT)?,
        steps,
        talking_points,
        objections,
        ..*content
    })
}

/// Keeps a playbook: the practice's own version of one that came with Baton, or one of its own. Answers with its id.
///
/// # Errors
/// [`OutreachError::Invalid`] with the field, [`OutreachError::Missing`]; those of the file.
pub fn save_playbook(practice: &Practice, change: &PlaybookChange) -> Result<Written<String>, OutreachError> {
    practice.may(Need::Write(Area::Outreach))?;
    let name = line("name", &change.name, NAME)?;
    let content = checked(&change.content)?;
    let base = change.id.as_deref().and_then(PartnerType::from_code);
    if name.is_empty() && base.is_none() {
        return invalid("name", "Give the playbook a name.");
    }
    let subject =
        if name.is_empty() { base.map(PartnerType::label).unwrap_or_default() } else { name.as_str() };
    practice.write(Label::hand("playbook_save", subject), |tx| match (base, change.id.as_deref()) {
        (Some(base), _) => {
            rows::put_base(tx, base, &name, &content)?;
            Ok(base.code().to_owned())
        }
        (None, None) => Ok(rows::insert_playbook(tx, &name, change.of_type, &content)?.to_string()),
        (None, Some(id)) => {
            let id: RecordId = id.parse().map_err(|_| OutreachError::Missing)?;
            if !rows::update_playbook(tx, id, &name, change.of_type, &content)? {
                return Err(OutreachError::Missing);
            }
            Ok(id.to_string())
        }
    })
}

/// Takes a playbook of the practice away; one that came with Baton is as it came again. Plans that follow it go on.
///
/// # Errors
/// [`OutreachError::Missing`]; those of the file.
pub fn remove_playbook(practice: &Practice, id: &str) -> Result<Written<()>, OutreachError> {
    practice.may(Need::Write(Area::Outreach))?;
    let before = playbook(practice, id)?;
    let base = PartnerType::from_code(id);
    let action = if base.is_some() { "playbook_reset" } else { "playbook_remove" };
    let subject = if before.name.is_empty() {
        base.map(PartnerType::label).unwrap_or_default()
    } else {
        before.name.as_str()
    };
    practice.write(Label::hand(action, subject), |tx| match base {
        Some(base) => Ok(rows::remove_base(tx, base)?),
        None => Ok(rows::remove_playbook(tx, id.parse().map_err(|_| OutreachError::Missing)?)?),
    })
}
