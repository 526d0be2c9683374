//! Finding candidates without comparing everybody with everybody.

use std::collections::{HashMap, HashSet};

use crate::foundation::names::{OrganisationName, given_names_agree, slip_of_a_letter};

/// People by family name, including those one letter away.
///
/// Every family name is also entered under each of its forms with one letter left out: two names that differ by one
/// dropped, doubled, swapped or wrong letter share such a form.
#[derive(Default)]
pub(super) struct FamilyIndex {
    families: Vec<Family>,
    by_name: HashMap<String, usize>,
    by_shortened: HashMap<u64, Vec<u32>>,
    /// Of each family name seen anywhere, a given name, and whether it stands with another one too.
    seen: HashMap<String, (String, bool)>,
}

#[derive(Default)]
struct Family {
    name: String,
    people: Vec<usize>,
}

impl FamilyIndex {
    pub(super) fn add(&mut self, person: usize, family: &str, given: &str) {
        let at = self.enter(family);
        let entry = &mut self.families[at];
        if !entry.people.contains(&person) {
            entry.people.push(person);
        }
        self.witness(family, given);
    }

    /// Somebody of that name exists, candidate or not.
    pub(super) fn witness(&mut self, family: &str, given: &str) {
        if given.chars().count() < 2 {
            return;
        }
        match self.seen.get_mut(family) {
            None => {
                self.seen.insert(family.to_owned(), (given.to_owned(), false));
            }
            Some((_, true)) => {}
            Some((known, several)) => {
                *several = !given_names_agree(known, given) && !slip_of_a_letter(known, given)
            }
        }
    }

    fn enter(&mut self, family: &str) -> usize {
        if let Some(at) = self.by_name.get(family) {
            return *at;
        }
        let at = self.families.len();
        self.by_name.insert(family.to_owned(), at);
        let number = u32::try_from(at).unwrap_or(u32::MAX);
        for form in shortened(family) {
            self.by_shortened.entry(form).or_default().push(number);
        }
        self.families.push(Family { name: family.to_owned(), ..Family::default() });
        at
    }

    /// People of exactly this family name.
    pub(super) fn same(&self, family: &str) -> &[usize] {
        self.by_name.get(family).map_or(&[], |at| self.families[*at].people.as_slice())
    }

    /// People whose family name is one letter away.
    pub(super) fn near(&self, family: &str) -> Vec<usize> {
        let mut seen = HashSet::new();
        let mut people = Vec::new();
        for form in shortened(family) {
            for at in self.by_shortened.get(&form).into_iter().flatten() {
                let entry = &self.families[*at as usize];
                if seen.insert(*at) && entry.name != family {
                    people.extend_from_slice(&entry.people);
                }
            }
        }
        people.sort_unstable();
        people.dedup();
        people
    }

    /// Whether a spelling is a family of its own: it stands with several given names that are no forms of one.
    pub(super) fn is_established(&self, family: &str) -> bool {
        self.seen.get(family).is_some_and(|(_, several)| *several)
    }
}

/// The hashes of a word and of its forms with one letter left out.
fn shortened(word: &str) -> Vec<u64> {
    let letters: Vec<char> = word.chars().collect();
    let mut forms = Vec::with_capacity(letters.len() + 1);
    forms.push(hash(letters.iter().copied()));
    for skip in 0..letters.len() {
        forms.push(hash(letters.iter().enumerate().filter(|(at, _)| *at != skip).map(|(_, c)| *c)));
    }
    forms.sort_unstable();
    forms.dedup();
    forms
}

fn hash(letters: impl Iterator<Item = char>) -> u64 {
    // FNV-1a; a collision only adds a candidate that is compared and refused.
    letters.fold(0xcbf2_9ce4_8422_2325, |hash, c| {
        (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Organisations by the words that tell them.
#[derive(Default)]
pub(super) struct OrganisationIndex {
    by_key: HashMap<String, Vec<usize>>,
    by_word: HashMap<u64, Vec<usize>>,
}

impl OrganisationIndex {
    pub(super) fn add(&mut self, at: usize, name: &OrganisationName) {
        self.by_key.entry(name.key.clone()).or_default().push(at);
        if let Some(word) = name.telling().next() {
            for form in shortened(word) {
                self.by_word.entry(form).or_default().push(at);
            }
        }
    }

    /// Organisations of exactly this name.
    pub(super) fn exact(&self, name: &OrganisationName) -> &[usize] {
        self.by_key.get(&name.key).map_or(&[], Vec::as_slice)
    }

    /// Organisations whose first telling word is this name's, or one letter away.
    pub(super) fn near(&self, name: &OrganisationName) -> Vec<usize> {
        let mut found: Vec<usize> = name
            .telling()
            .next()
            .into_iter()
            .flat_map(shortened)
            .flat_map(|form| self.by_word.get(&form).into_iter().flatten().copied())
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
