//! People, organisations and what the file tells about them.

use std::collections::HashSet;

use rusqlite::params;

use crate::exchange::import::error::ImportError;
use crate::exchange::import::matching::{Named, PersonSlot, role_of};
use crate::exchange::import::plan::{Fate, ImportPlan, Source};
use crate::exchange::import::row::TableKind;
use crate::exchange::import::rows::{self, PersonAdditions, Stamp};
use crate::foundation::id::{AddressId, AffiliationId, ContactPointId, PartnerId, PersonId};
use crate::foundation::phone::PhoneDigits;
use crate::foundation::text::{fold, words};
use crate::network::{PartnerClass, PersonRole};
use crate::store::Tx;

pub(super) fn write(tx: &Tx<'_>, plan: &ImportPlan, stamp: Stamp<'_>) -> Result<(), ImportError> {
    add_people(tx, plan, stamp)?;
    add_partners(tx, plan, stamp)?;
    complete_people(tx, plan, stamp)?;
    affiliate(tx, plan)?;
    for (individual, organisation) in plan.rolled_up().collect::<Vec<_>>() {
        rows::roll_up(tx, individual, organisation, stamp.now, &stamp.actor.id)?;
    }
    tell_details(tx, plan)?;
    remember(tx, plan)
}

/// What the file says a person is: the first that says anything.
fn role(plan: &ImportPlan, person: &PersonSlot) -> Option<PersonRole> {
    if person.is_patient {
        return Some(PersonRole::Patient);
    }
    person.mentions.iter().find_map(|at| role_of(&person.name, &plan.resolution.mentions[*at].cell))
}

fn add_people(tx: &Tx<'_>, plan: &ImportPlan, stamp: Stamp<'_>) -> Result<(), ImportError> {
    let mut add = tx.prepare_cached(rows::ADD_PERSON)?;
    for person in plan.resolution.crowd.people.iter().filter(|p| p.is_used && p.is_new) {
        let name = &person.name;
        let family = if name.suffix.is_empty() {
            name.family.clone()
        } else {
            format!("{} {}", name.family, name.suffix)
        };
        add.execute(params![
            person.id,
            name.given,
            name.middle,
            family,
            name.credentials,
            name.display(),
            name.key(),
            person.npi,
            person.specialty,
            role(plan, person),
            notes(plan, &person.mentions),
            stamp.now,
            stamp.actor.id
        ])?;
    }
    Ok(())
}

fn notes(plan: &ImportPlan, mentions: &[usize]) -> Option<String> {
    mentions
        .iter()
        .find_map(|at| plan.resolution.mentions[*at].cell.notes.clone().filter(|n| !n.trim().is_empty()))
}

fn add_partners(tx: &Tx<'_>, plan: &ImportPlan, stamp: Stamp<'_>) -> Result<(), ImportError> {
    let crowd = &plan.resolution.crowd;
    let mut add = tx.prepare_cached(rows::ADD_PARTNER)?;
    let nobody: Option<PersonId> = None;
    let nothing: Option<String> = None;
    for place in crowd.organisations.iter().filter(|o| o.is_used && o.is_new) {
        let key = words(&place.name).join(" ");
        let own: Vec<usize> = place
            .mentions
            .iter()
            .copied()
            .filter(|at| matches!(plan.resolution.mentions[*at].named, Named::Organisation))
            .collect();
        add.execute(params![
            place.id,
            place.class,
            place.kind.code(),
            place.name,
            key,
            nobody,
            place.npi,
            nothing,
            notes(plan, &own),
            stamp.now,
            stamp.actor.id
        ])?;
    }
    for source in crowd.sources.iter().filter(|s| s.is_used && s.is_new) {
        let key = words(&source.name).join(" ");
        add.execute(params![
            source.id,
            PartnerClass::Source,
            source.kind.code(),
            source.name,
            key,
            nobody,
            nothing,
            nothing,
            nothing,
            stamp.now,
            stamp.actor.id
        ])?;
    }
    for (at, person) in crowd.people.iter().enumerate().filter(|(_, p)| p.is_used) {
        if let (Some(individual), None) = (person.individual.filter(|i| i.is_new), crowd.place_of(at)) {
            add.execute(params![
                individual.id,
                individual.class,
                individual.kind.code(),
                person.name.display(),
                person.name.key(),
                person.id,
                person.npi,
                person.specialty,
                nothing,
                stamp.now,
                stamp.actor.id
            ])?;
        }
    }
    Ok(())
}

/// What the file knows better about people we know: an NPI, credentials, a middle name, a given name in full.
fn complete_people(tx: &Tx<'_>, plan: &ImportPlan, stamp: Stamp<'_>) -> Result<(), ImportError> {
    let resolution = &plan.resolution;
    for person in resolution.crowd.people.iter().filter(|p| p.is_used && !p.is_new && !p.mentions.is_empty())
    {
        let mut name = person.name.clone();
        for at in &person.mentions {
            let Named::Person { name: told, .. } = &resolution.mentions[*at].named else { continue };
            let starts_alike = fold(&told.given).chars().next() == fold(&name.given).chars().next();
            if name.given.is_empty()
                || (name.given.chars().count() == 1 && told.has_full_given() && starts_alike)
            {
                name.given.clone_from(&told.given);
            }
            if name.middle.is_empty() {
                name.middle.clone_from(&told.middle);
            }
            if name.credentials.is_empty() {
                name.add_credentials(&told.credentials);
            }
        }
        if person.is_patient
            && let Some(individual) =
                person.individual.filter(|i| !i.is_new && i.class == PartnerClass::Medical)
        {
            rows::make_patient_partner(tx, individual.id, stamp.now, &stamp.actor.id)?;
        }
        if name == person.name && (person.had_npi || person.npi.is_none()) {
            continue;
        }
        let (shown, key) = (name.display(), name.key());
        let add = PersonAdditions {
            given: &name.given,
            middle: &name.middle,
            credentials: &name.credentials,
            name: &shown,
            name_key: &key,
            npi: person.npi.as_deref(),
            specialty: person.specialty.as_deref(),
        };
        rows::complete_person(tx, person.id, &add, stamp.now, &stamp.actor.id)?;
        if let Some(individual) = person.individual.filter(|i| !i.is_new) {
            rows::rename_individual(tx, individual.id, &shown, &key, stamp.now, &stamp.actor.id)?;
        }
    }
    for place in resolution.crowd.organisations.iter().filter(|o| o.is_used && !o.is_new && o.npi.is_none()) {
        let told = place
            .mentions
            .iter()
            .map(|at| &resolution.mentions[*at])
            .find(|m| matches!(m.named, Named::Organisation) && m.npi.is_some());
        if let Some(npi) = told.and_then(|m| m.npi.as_deref()) {
            rows::complete_partner(tx, place.id, npi, stamp.now, &stamp.actor.id)?;
        }
    }
    Ok(())
}

fn affiliate(tx: &Tx<'_>, plan: &ImportPlan) -> Result<(), ImportError> {
    let crowd = &plan.resolution.crowd;
    let mut add = tx.prepare_cached(rows::ADD_AFFILIATION)?;
    for person in crowd.people.iter().filter(|p| p.is_used) {
        let before = person.organisations.len() - person.joined.len();
        for (nth, place) in person.joined.iter().enumerate() {
            let place = &crowd.organisations[*place];
            if place.is_used || !place.is_new {
                add.execute(params![
                    AffiliationId::new(),
                    person.id,
                    place.id,
                    role(plan, person),
                    before == 0 && nth == 0
                ])?;
            }
        }
    }
    Ok(())
}

/// The mentions whose rows are imported.
fn imported(plan: &ImportPlan) -> HashSet<usize> {
    let rows = plan.referrals.iter().filter(|r| r.fate == Fate::New).filter_map(|r| match r.source {
        Source::Mention(mention) => Some(mention),
        _ => None,
    });
    rows.chain(plan.contacts.iter().filter_map(|(_, mention)| *mention)).collect()
}

/// Telephone, fax, e-mail and address. What stands beside a person at a practice is the practice's, unless the practice has another.
fn tell_details(tx: &Tx<'_>, plan: &ImportPlan) -> Result<(), ImportError> {
    let is_address_book = plan.read.kind == TableKind::Contacts;
    let mut mentions: Vec<usize> = imported(plan).into_iter().collect();
    mentions.sort_unstable();
    for at in mentions {
        let (mention, meant) = (&plan.resolution.mentions[at], plan.resolution.meant[at]);
        let crowd = &plan.resolution.crowd;
        let place = meant.organisation.map(|o| crowd.organisations[o].id);
        let person = meant.person.map(|p| crowd.people[p].id);
        let cell = &mention.cell;
        let first = if place.is_some() { (place, None) } else { (None, person) };
        if first == (None, None) {
            continue;
        }
        for value in &cell.phones {
            let Some(digits) = PhoneDigits::parse(value).map(|p| p.digits) else { continue };
            if rows::has_search(tx, first.0, first.1, &digits)?
                || rows::has_search(tx, None, person, &digits)?
            {
                continue;
            }
            if !rows::has_contact(tx, first.0, first.1, "phone")? {
                contact(tx, first, "phone", value, &digits)?;
            } else if is_address_book && digits.len() >= 10 {
                contact(tx, if person.is_some() { (None, person) } else { first }, "phone", value, &digits)?;
            }
        }
        if let Some((value, digits)) =
            cell.fax.as_deref().and_then(|v| Some((v, PhoneDigits::parse(v)?.digits)))
            && !rows::has_contact(tx, first.0, first.1, "fax")?
        {
            contact(tx, first, "fax", value, &digits)?;
        }
        if let (Some(value), Some(search)) = (cell.email.as_deref(), mention.email.as_deref()) {
            let to = if person.is_some() { (None, person) } else { first };
            if !rows::has_search(tx, to.0, to.1, search)? {
                contact(tx, to, "email", value.trim(), search)?;
            }
        }
        let text = |part: &Option<String>| part.as_deref().map(str::trim).unwrap_or_default().to_owned();
        let (street, city, state, zip) =
            (text(&cell.street), text(&cell.city), text(&cell.state), text(&cell.zip));
        let says_where = ![&street, &city, &zip].iter().all(|part| part.is_empty());
        if says_where && !rows::has_address(tx, first.0, first.1)? {
            tx.prepare_cached(rows::ADD_ADDRESS)?.execute(params![
                AddressId::new(),
                first.0,
                first.1,
                street,
                city,
                state,
                zip
            ])?;
        }
    }
    Ok(())
}

fn contact(
    tx: &Tx<'_>,
    to: (Option<PartnerId>, Option<PersonId>),
    kind: &str,
    value: &str,
    search: &str,
) -> Result<(), ImportError> {
    let is_first = !rows::has_contact(tx, to.0, to.1, kind)?;
    tx.prepare_cached(rows::ADD_CONTACT)?.execute(params![
        ContactPointId::new(),
        to.0,
        to.1,
        kind,
        value,
        search,
        is_first
    ])?;
    Ok(())
}

/// What was decided about names, and which record a doubtful name became, so that the next file asks no more.
fn remember(tx: &Tx<'_>, plan: &ImportPlan) -> Result<(), ImportError> {
    let resolution = &plan.resolution;
    let is_used = |at: usize| resolution.crowd.people[at].is_used;
    for (at, not) in &resolution.decided {
        let Some(person) = resolution.meant[*at].person.filter(|p| is_used(*p)) else { continue };
        let id = resolution.crowd.people[person].id;
        rows::add_alias(tx, &resolution.mentions[*at].fingerprint, None, Some(id))?;
        for other in not.iter().filter(|other| {
            **other != person && (is_used(**other) || !resolution.crowd.people[**other].is_new)
        }) {
            rows::declare_different(tx, id, resolution.crowd.people[*other].id)?;
        }
    }
    for (at, partner) in &resolution.decided_partners {
        rows::add_alias(
            tx,
            &resolution.mentions[*at].fingerprint,
            Some(resolution.crowd.organisations[*partner].id),
            None,
        )?;
    }
    if plan.read.kind == TableKind::Contacts {
        for doubt in &resolution.doubts {
            if let Some(person) = resolution.meant[doubt.mention].person.filter(|p| is_used(*p)) {
                rows::add_alias(
                    tx,
                    &resolution.mentions[doubt.mention].fingerprint,
                    None,
                    Some(resolution.crowd.people[person].id),
                )?;
            }
        }
    }
    // Spellings other than the one shown, so that the next file's are compared with all of them.
    for person in resolution.crowd.people.iter().filter(|p| p.is_used) {
        let shown = person.name.parts();
        for at in &person.mentions {
            if let Named::Person { name, parts } = &resolution.mentions[*at].named {
                let other =
                    parts.family != shown.family || (name.has_full_given() && parts.given != shown.given);
                if other {
                    rows::add_alias(
                        tx,
                        &format!("spelling {} {} {}", parts.family, parts.given, person.id),
                        None,
                        Some(person.id),
                    )?;
                }
            }
        }
    }
    Ok(())
}
