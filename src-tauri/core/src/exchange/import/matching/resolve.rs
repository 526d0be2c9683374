//! From all names of a file to whom they mean.

use std::collections::HashMap;

use super::crowd::{Crowd, IndividualSlot, SourceSlot};
use super::mention::{Mention, Mentions, Named};
use super::organisations::OrganisationFinder;
use super::people::{self, Found, Namesakes};
use super::{guess, known};
use crate::exchange::import::decisions::Choice;
use crate::exchange::import::row::Channel;
use crate::foundation::id::{PartnerId, PersonId};
use crate::network::{PartnerClass, Party};
use crate::store::StoreError;

/// Whom a mention means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Meant {
    /// The person.
    pub(in super::super) person: Option<usize>,
    /// The organisation named, or where the person works as far as this mention says.
    pub(in super::super) organisation: Option<usize>,
}

/// A name that may mean somebody known; it became a record of its own.
#[derive(Clone, Debug)]
pub(in super::super) struct Doubt {
    /// The mention.
    pub(in super::super) mention: usize,
    /// Whom it may mean.
    pub(in super::super) candidates: Vec<usize>,
}

/// Everybody, and whom each mention means.
pub(in super::super) struct Resolution {
    pub(in super::super) crowd: Crowd,
    pub(in super::super) mentions: Vec<Mention>,
    pub(in super::super) meant: Vec<Meant>,
    pub(in super::super) doubts: Vec<Doubt>,
    /// Mentions somebody decided about, with whom they are not.
    pub(in super::super) decided: Vec<(usize, Vec<usize>)>,
    /// Mentions somebody decided to mean an organisation.
    pub(in super::super) decided_partners: Vec<(usize, usize)>,
}

/// Decides whom the names of a file mean.
pub(in super::super) struct Resolver {
    crowd: Crowd,
    pub(in super::super) mentions: Mentions,
}

impl Resolver {
    /// Knows everybody in the file of the practice.
    ///
    /// # Errors
    /// Those of the file.
    pub(in super::super) fn new(conn: &rusqlite::Connection) -> Result<Self, StoreError> {
        Ok(Self { crowd: known::load(conn)?, mentions: Mentions::default() })
    }

    /// The partner that stands for a channel.
    pub(in super::super) fn source(&mut self, channel: Channel) -> usize {
        if let Some(at) = self.crowd.source_of.get(&channel) {
            return *at;
        }
        let (kind, name) = guess::source_of(channel);
        let at = self.crowd.sources.iter().position(|s| s.kind == kind).unwrap_or_else(|| {
            self.crowd.sources.push(SourceSlot {
                id: PartnerId::new(),
                is_new: true,
                name: name.into(),
                kind,
                is_used: false,
            });
            self.crowd.sources.len() - 1
        });
        self.crowd.source_of.insert(channel, at);
        at
    }

    /// A patient's name proves that the family exists, without being a candidate.
    pub(in super::super) fn witness(&mut self, family: &str, given: &str) {
        self.crowd.families.witness(family, given);
    }

    /// Decides all mentions. `votes` tells whom rows imported before meant by the same words.
    pub(in super::super) fn resolve(
        self,
        votes: &HashMap<usize, (Option<PartnerId>, Option<PersonId>)>,
        choices: &HashMap<usize, Choice>,
    ) -> Resolution {
        let Self { mut crowd, mentions } = self;
        let mentions = mentions.all;
        let namesakes = Namesakes::of(&mentions);
        let mut finder = OrganisationFinder::default();
        let mut meant = vec![Meant::default(); mentions.len()];
        let mut decided_partners = Vec::new();
        // Full names of organisations first, so that a short form finds the long one.
        let mut order: Vec<usize> =
            (0..mentions.len()).filter(|at| mentions[*at].organisation.is_some()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(mentions[*at].organisation.as_ref().map_or(0, String::len)));
        for at in order {
            if let (Some(partner), Named::Organisation) =
                (decided_partner(&crowd, choices.get(&at)), &mentions[at].named)
            {
                meant[at].organisation = Some(partner);
                decided_partners.push((at, partner));
                continue;
            }
            let voted = votes
                .get(&at)
                .filter(|_| matches!(mentions[at].named, Named::Organisation))
                .and_then(|v| v.0);
            let alias = crowd
                .aliases
                .get(&mentions[at].fingerprint)
                .filter(|_| matches!(mentions[at].named, Named::Organisation))
                .and_then(|a| a.0);
            let known = voted.or(alias).and_then(|id| crowd.organisation_at.get(&id).copied());
            meant[at].organisation = known.or_else(|| finder.find(&mut crowd, at, &mentions[at]));
        }
        let mut resolving = People {
            crowd,
            mentions: &mentions,
            namesakes,
            meant,
            doubts: Vec::new(),
            decided: Vec::new(),
            own: HashMap::new(),
        };
        let mut order: Vec<usize> =
            (0..mentions.len()).filter(|at| matches!(mentions[*at].named, Named::Person { .. })).collect();
        let frequency = frequencies(&mentions);
        order.sort_by_cached_key(|at| {
            // Who was decided about comes first, who is somebody else of the file last.
            let settled = match choices.get(at) {
                Some(Choice::SameAs { .. }) => 2,
                Some(_) => 0,
                None => u8::from(!votes.contains_key(at)),
            };
            (
                settled,
                rank(&mentions[*at]),
                std::cmp::Reverse(
                    name_of(&mentions[*at]).map_or(0, |n| frequency.get(&n).copied().unwrap_or(0)),
                ),
                *at,
            )
        });
        for at in order {
            resolving.decide(at, votes.get(&at).copied(), choices.get(&at).copied());
        }
        let People { crowd, meant, doubts, decided, .. } = resolving;
        let mut resolution = Resolution { crowd, mentions, meant, doubts, decided, decided_partners };
        resolution.name_people_well();
        resolution
    }
}

fn decided_partner(crowd: &Crowd, choice: Option<&Choice>) -> Option<usize> {
    match choice {
        Some(Choice::Same { with: Party::Partner(id) }) => crowd.organisation_at.get(id).copied(),
        _ => None,
    }
}

fn name_of(mention: &Mention) -> Option<(&str, &str)> {
    match &mention.named {
        Named::Person { parts, .. } => Some((parts.family.as_str(), parts.given.as_str())),
        _ => None,
    }
}

fn frequencies(mentions: &[Mention]) -> HashMap<(&str, &str), u32> {
    let mut rows = HashMap::new();
    for mention in mentions {
        if let Some(name) = name_of(mention) {
            *rows.entry(name).or_default() += mention.rows;
        }
    }
    rows
}

/// Who tells most is decided first: others are then compared with it.
fn rank(mention: &Mention) -> u32 {
    let Named::Person { name, parts } = &mention.named else { return 9 };
    let full = name.has_full_given();
    match (full, mention.npi.is_some()) {
        _ if mention.needs_place => 5,
        (true, true) => 0,
        (true, false) if !parts.middle.is_empty() && !parts.professions.is_empty() => 1,
        (true, false) if mention.organisation.is_some() => 2,
        (true, false) => 3,
        (false, true) => 4,
        (false, false) => 6,
    }
}

struct People<'mentions> {
    crowd: Crowd,
    mentions: &'mentions [Mention],
    namesakes: Namesakes,
    meant: Vec<Meant>,
    doubts: Vec<Doubt>,
    decided: Vec<(usize, Vec<usize>)>,
    /// Records made for doubtful names: the same words mean the same record.
    own: HashMap<(String, String, String, Option<usize>), usize>,
}

impl People<'_> {
    fn decide(
        &mut self,
        at: usize,
        vote: Option<(Option<PartnerId>, Option<PersonId>)>,
        choice: Option<Choice>,
    ) {
        let mention = &self.mentions[at];
        let Named::Person { name, parts } = &mention.named else { return };
        let place = self.meant[at].organisation;
        let person_of = |crowd: &Crowd, party: Party| match party {
            Party::Person(id) => crowd.person_at.get(&id).copied(),
            Party::Partner(id) => crowd.individual_at.get(&id).copied(),
        };
        let told = match choice {
            Some(Choice::Same { with }) => {
                person_of(&self.crowd, with).inspect(|_| self.decided.push((at, Vec::new())))
            }
            Some(Choice::SameAs { record }) => {
                let other = self.mentions.iter().position(|m| m.record == record);
                other
                    .and_then(|other| self.meant[other].person)
                    .inspect(|_| self.decided.push((at, Vec::new())))
            }
            Some(_) => None,
            None => vote
                .and_then(|(_, person)| person)
                .or_else(|| self.crowd.aliases.get(&mention.fingerprint).and_then(|(_, person)| *person))
                .and_then(|id| self.crowd.person_at.get(&id).copied()),
        };
        let person = match told {
            Some(person) => person,
            None => match people::find(&self.crowd, self.mentions, &self.namesakes, mention, parts, place) {
                Found::Person(person) if choice != Some(Choice::Another) => person,
                Found::Person(not) => {
                    self.decided.push((at, vec![not]));
                    self.crowd.add_person(people::new_slot(mention, name, parts))
                }
                Found::Nobody(candidates) => self.own_record(at, candidates, choice),
            },
        };
        let mention = &self.mentions[at];
        if let Named::Person { parts, .. } = &mention.named {
            people::learn(&mut self.crowd, person, at, mention, parts, place);
        }
        self.meant[at].person = Some(person);
    }

    fn own_record(&mut self, at: usize, candidates: Vec<usize>, choice: Option<Choice>) -> usize {
        let mention = &self.mentions[at];
        let Named::Person { name, parts } = &mention.named else { return 0 };
        let profession = name.credentials.clone();
        let key = (parts.family.clone(), parts.given.clone(), profession, self.meant[at].organisation);
        if choice == Some(Choice::Another) {
            self.decided.push((at, candidates));
        } else if !candidates.is_empty() {
            if let Some(own) = self
                .own
                .get(&key)
                .filter(|own| mention.npi.is_none() || self.crowd.people[**own].npi == mention.npi)
            {
                return *own;
            }
            self.doubts.push(Doubt { mention: at, candidates });
        }
        let own = self.crowd.add_person(people::new_slot(mention, name, parts));
        self.own.insert(key, own);
        own
    }
}

impl Resolution {
    /// New people get the spelling that is written most, with everything the others add.
    fn name_people_well(&mut self) {
        for person in &mut self.crowd.people {
            let mut written: HashMap<(&str, &str), (u32, u32, usize)> = HashMap::new();
            for at in &person.mentions {
                if let Named::Person { name, parts } = &self.mentions[*at].named {
                    let entry =
                        written.entry((parts.family.as_str(), parts.given.as_str())).or_insert((0, 0, *at));
                    entry.0 += self.mentions[*at].rows;
                    if name.fullness() > entry.1 {
                        (entry.1, entry.2) = (name.fullness(), *at);
                    }
                }
            }
            let best = written
                .values()
                .max_by_key(|(rows, fullness, at)| (fullness / 32, *rows, *fullness, std::cmp::Reverse(*at)));
            let Some((_, _, best)) = best.filter(|_| person.is_new) else { continue };
            let Named::Person { name, .. } = &self.mentions[*best].named else { continue };
            let credentials = std::mem::take(&mut person.name.credentials);
            person.name = name.clone();
            for one in credentials.split(", ") {
                person.name.add_credentials(one);
            }
            for at in &person.mentions {
                if let Named::Person { name, .. } = &self.mentions[*at].named {
                    if name.middle.chars().count() > person.name.middle.chars().count() {
                        person.name.middle.clone_from(&name.middle);
                    }
                    if person.name.suffix.is_empty() {
                        person.name.suffix.clone_from(&name.suffix);
                    }
                }
            }
        }
    }

    /// The partner a mention's referrals are credited to: where the person works, the organisation itself, or the person alone.
    pub(in super::super) fn credited(&self, mention: usize) -> Option<PartnerId> {
        let meant = self.meant[mention];
        let place = meant.organisation.or_else(|| meant.person.and_then(|p| self.crowd.place_of(p)));
        match (place, meant.person) {
            (Some(place), _) => Some(self.crowd.organisations[place].id),
            (None, Some(person)) => self.crowd.people[person].individual.map(|i| i.id),
            (None, None) => None,
        }
    }

    /// Makes the partner of a person without a known practice, and marks who is used.
    pub(in super::super) fn use_mention(&mut self, mention: usize) {
        let meant = self.meant[mention];
        if let Some(place) = meant.organisation {
            self.crowd.organisations[place].is_used = true;
        }
        let Some(person) = meant.person else { return };
        let place = self.crowd.place_of(person);
        if let Some(place) = place {
            self.crowd.organisations[place].is_used = true;
        }
        let slot = &mut self.crowd.people[person];
        slot.is_used = true;
        if place.is_none() && slot.individual.is_none() {
            let kind = if slot.is_patient {
                crate::network::PartnerType::Patient
            } else {
                guess::type_of_individual(&slot.name, slot.specialty.as_deref().unwrap_or_default())
            };
            let class = if slot.is_patient { PartnerClass::Patient } else { PartnerClass::Medical };
            slot.individual = Some(IndividualSlot { id: PartnerId::new(), is_new: true, class, kind });
        }
    }
}
