//! Which names are the practice's own: a referral to them is inbound, one by them goes out, one among them is internal.

use super::words::normal_word;
use crate::exchange::import::row::Direction;
use std::collections::{BTreeMap, BTreeSet};

/// The practice and its people, in the form names are compared in.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnSide {
    organisations: BTreeSet<String>,
    people: BTreeSet<String>,
    /// The table has a column for whoever refers.
    pub has_referrer: bool,
    /// Who the practice is is certain enough to call everything else elsewhere.
    certain: bool,
}

/// `Organisation / Person` as referral reports write it.
fn parts(cell: &str) -> (String, Option<String>) {
    match cell.split_once(" / ").or_else(|| cell.split_once(" | ")) {
        Some((organisation, person)) => (normal_word(organisation), Some(normal_word(person))),
        None => (normal_word(cell), None),
    }
}

impl OwnSide {
    /// Learns from the column of whom patients were referred to: the organisation that prevails is the practice.
    pub fn learn(names: &[String], referred_to: &BTreeMap<String, u32>, has_referrer: bool) -> Self {
        let mut own = Self { has_referrer, ..Self::default() };
        own.organisations =
            names.iter().map(|name| normal_word(name)).filter(|name| !name.is_empty()).collect();
        let mut counts = BTreeMap::<String, u32>::new();
        let (mut all, mut with_person) = (0, 0);
        for (cell, count) in referred_to {
            let (organisation, person) = parts(cell);
            if !organisation.is_empty() {
                with_person += if person.is_some() { *count } else { 0 };
                *counts.entry(organisation).or_default() += count;
                all += count;
            }
        }
        let mut ranked: Vec<(&String, u32)> = counts.iter().map(|(name, count)| (name, *count)).collect();
        ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let second = ranked.get(1).map_or(0, |(_, count)| *count);
        // More than half, or a quarter and three times as often as any other.
        let prevails = |count: u32| count * 2 > all || (count * 4 > all && count >= 3 * second);
        let prevailing = ranked.first().copied().filter(|(_, count)| prevails(*count));
        if own.organisations.is_empty()
            && has_referrer
            && let Some((organisation, _)) = prevailing
        {
            own.organisations.insert(organisation.clone());
        }
        // Without persons behind the organisation the column may as well hold the practice's sites or clinicians.
        own.certain = (with_person * 2 > all && prevailing.is_some())
            || (!names.is_empty() && counts.keys().any(|name| own.is_own_name(name)));
        for cell in referred_to.keys() {
            let (organisation, person) = parts(cell);
            if own.is_own_name(&organisation) {
                own.people.extend(person.filter(|person| !person.is_empty()));
            }
        }
        own
    }

    fn is_own_name(&self, name: &str) -> bool {
        self.organisations.iter().any(|own| own == name || name.starts_with(&format!("{own} ")))
    }

    fn is_own(&self, cell: &str) -> bool {
        let (organisation, person) = parts(cell);
        self.is_own_name(&organisation)
            || self.people.contains(&organisation)
            || self.people.contains(&swapped(cell))
            || person.is_some_and(|person| self.people.contains(&person))
    }

    /// Which way a row goes, judged by who refers and to whom.
    pub fn direction(&self, referrer: &str, referred_to: &str) -> Direction {
        if referred_to.trim().is_empty() {
            return Direction::Inbound;
        }
        if !self.has_referrer {
            return if self.is_own(referred_to) { Direction::Inbound } else { Direction::Outbound };
        }
        match (self.is_own(referrer), self.is_own(referred_to)) {
            (true, true) => Direction::Internal,
            (true, false) => Direction::Outbound,
            (false, true) => Direction::Inbound,
            (false, false) if self.certain => Direction::Outbound,
            (false, false) => Direction::Inbound,
        }
    }
}

/// `Last, First` in the order `First Last`.
fn swapped(cell: &str) -> String {
    match cell.split_once(',') {
        Some((family, given)) => normal_word(&format!("{given} {family}")),
        None => normal_word(cell),
    }
}
