//! The plan as the preview shows it, page by page.

use super::{
    DuplicateOf, Fate, FieldChange, ImportPlan, MeantBy, PlanCounts, PlanGroup, PlanPage, PlanRow, PlanView,
    PlannedReferral, Question, Source,
};
use crate::exchange::import::decisions::Choice;
use crate::exchange::import::row::{Direction, TableKind};
use crate::exchange::import::rows::FIELDS;
use crate::exchange::import::summary::{
    AsideRow, Counted, ImportSummary, PossibleDuplicateRow, ReferralCounts, RejectedRow,
};
use crate::network::{PartnerClass, Party};

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl ImportPlan {
    /// The head of the preview.
    pub fn view(&self) -> PlanView {
        let counts = self.counts();
        let imported = || {
            self.referrals
                .iter()
                .filter(|r| matches!(r.fate, Fate::New | Fate::Updated | Fate::Unchanged))
                .map(|r| self.read.referrals[r.at].received_on)
        };
        PlanView {
            file_name: self.file.name.clone(),
            counts,
            changes_anything: self.changes_anything(),
            from: imported().min(),
            to: imported().max(),
        }
    }

    /// Whether importing would write anything.
    pub fn changes_anything(&self) -> bool {
        let crowd = &self.resolution.crowd;
        self.referrals.iter().any(|r| matches!(r.fate, Fate::New | Fate::Updated))
            || crowd.people.iter().any(|p| p.is_used && (p.is_new || !p.joined.is_empty()))
            || crowd.organisations.iter().any(|o| o.is_used && o.is_new)
            || !self.resolution.decided.is_empty()
            || self.read.kind == TableKind::Contacts
    }

    fn counts(&self) -> PlanCounts {
        let of = |fate: Fate| count(self.referrals.iter().filter(|r| r.fate == fate).count());
        let direction = |direction: Direction| {
            count(
                self.referrals
                    .iter()
                    .filter(|r| {
                        matches!(r.fate, Fate::New | Fate::Updated | Fate::Unchanged)
                            && self.read.referrals[r.at].direction == direction
                    })
                    .count(),
            )
        };
        let (partners, people) = (self.partners(), self.people());
        let (mut new, mut unchanged, mut left_out) = (of(Fate::New), of(Fate::Unchanged), of(Fate::LeftOut));
        if self.read.kind == TableKind::Contacts {
            for (_, mention) in &self.contacts {
                match mention {
                    None => left_out += 1,
                    Some(mention) if self.introduces(*mention) => new += 1,
                    Some(_) => unchanged += 1,
                }
            }
        }
        PlanCounts {
            rows: self.read.rows,
            new,
            updated: of(Fate::Updated),
            unchanged,
            kept_ours: self.kept_ours,
            possible_duplicates: of(Fate::PossibleDuplicate),
            questions: count(self.open_doubts().count()),
            left_out,
            rejected: count(self.read.rejected.len()),
            not_data: count(self.read.aside.len()),
            outbound: direction(Direction::Outbound),
            internal: direction(Direction::Internal),
            partners_new: partners.new,
            partners_matched: partners.matched,
            people_new: people.new,
            people_matched: people.matched,
            rolled_up: count(self.rolled_up().count()),
        }
    }

    /// People whose own partner gives way to the organisation they work at.
    pub(in super::super) fn rolled_up(
        &self,
    ) -> impl Iterator<Item = (crate::foundation::id::PartnerId, crate::foundation::id::PartnerId)> {
        let crowd = &self.resolution.crowd;
        crowd.people.iter().enumerate().filter(|(_, p)| p.is_used).filter_map(|(at, person)| {
            let individual = person.individual.filter(|i| !i.is_new && i.class != PartnerClass::Patient)?;
            person.joined.first()?;
            Some((individual.id, crowd.organisations[crowd.place_of(at)?].id))
        })
    }

    fn partners(&self) -> Counted {
        let crowd = &self.resolution.crowd;
        let individuals = crowd
            .people
            .iter()
            .enumerate()
            .filter(|(at, p)| p.is_used && crowd.place_of(*at).is_none())
            .filter_map(|(_, p)| p.individual);
        let all = crowd
            .organisations
            .iter()
            .filter(|o| o.is_used)
            .map(|o| o.is_new)
            .chain(crowd.sources.iter().filter(|s| s.is_used).map(|s| s.is_new))
            .chain(individuals.map(|i| i.is_new));
        tally(all)
    }

    fn people(&self) -> Counted {
        tally(self.resolution.crowd.people.iter().filter(|p| p.is_used).map(|p| p.is_new))
    }

    fn open_doubts(&self) -> impl Iterator<Item = &crate::exchange::import::matching::Doubt> {
        self.resolution.doubts.iter().filter(|d| {
            self.resolution.meant[d.mention].person.is_some_and(|p| self.resolution.crowd.people[p].is_used)
        })
    }

    fn introduces(&self, mention: usize) -> bool {
        let meant = self.resolution.meant[mention];
        let first = |mentions: &[usize]| mentions.iter().min() == Some(&mention);
        meant.person.map(|p| &self.resolution.crowd.people[p]).map_or_else(
            || {
                meant
                    .organisation
                    .map(|o| &self.resolution.crowd.organisations[o])
                    .is_some_and(|o| o.is_new && first(&o.mentions))
            },
            |p| p.is_new && first(&p.mentions),
        )
    }

    /// What the import does, in numbers.
    pub fn summary(&self) -> ImportSummary {
        let counts = self.counts();
        let inbound = |fate: Fate| {
            count(
                self.referrals
                    .iter()
                    .filter(|r| r.fate == fate && self.read.referrals[r.at].direction == Direction::Inbound)
                    .count(),
            )
        };
        ImportSummary {
            rows: counts.rows,
            referrals: ReferralCounts {
                new: inbound(Fate::New),
                updated: inbound(Fate::Updated),
                unchanged: inbound(Fate::Unchanged),
            },
            outbound: counts.outbound,
            internal: counts.internal,
            contacts: count(
                self.contacts.iter().filter(|(_, mention)| mention.is_some()).count()
                    - self.repeated_contacts().count(),
            ),
            partners: self.partners(),
            people: self.people(),
            rejected: self
                .read
                .rejected
                .iter()
                .map(|r| RejectedRow { record: r.record, reason: r.reason })
                .collect(),
            possible_duplicates: self.possible_duplicates(),
            questions: counts.questions,
            kept_ours: counts.kept_ours,
            not_data: self
                .read
                .aside
                .iter()
                .map(|aside| AsideRow { record: aside.record, kind: aside.kind })
                .collect(),
        }
    }

    fn possible_duplicates(&self) -> Vec<PossibleDuplicateRow> {
        let rows = self.referrals.iter().filter(|r| r.fate == Fate::PossibleDuplicate).map(|r| {
            PossibleDuplicateRow {
                record: self.read.referrals[r.at].record,
                of: r.of.and_then(|of| of.record),
                referral: r.of.and_then(|of| of.referral),
            }
        });
        rows.chain(self.repeated_contacts()).collect()
    }

    /// Contacts that are a person or office an earlier row of the file introduced or named.
    fn repeated_contacts(&self) -> impl Iterator<Item = PossibleDuplicateRow> {
        let mut seen: std::collections::HashMap<(Option<usize>, Option<usize>), u32> =
            std::collections::HashMap::new();
        self.contacts.iter().filter_map(move |(record, mention)| {
            let meant = self.resolution.meant[(*mention)?];
            let who = (meant.person, if meant.person.is_some() { None } else { meant.organisation });
            match seen.entry(who) {
                std::collections::hash_map::Entry::Occupied(first) => {
                    Some(PossibleDuplicateRow { record: *record, of: Some(*first.get()), referral: None })
                }
                std::collections::hash_map::Entry::Vacant(first) => {
                    first.insert(*record);
                    None
                }
            }
        })
    }

    /// A page of a group, after a record.
    pub fn page(&self, group: PlanGroup, after: Option<u32>, limit: u32) -> PlanPage {
        let records = self.records(group);
        let start = after.map_or(0, |after| records.partition_point(|(record, _)| *record <= after));
        let end = records.len().min(start.saturating_add(limit as usize));
        let rows: Vec<PlanRow> = records[start..end].iter().map(|(_, entry)| self.row(*entry)).collect();
        let next = (end < records.len()).then(|| rows.last().map(|r| r.record)).flatten();
        PlanPage { next, total: count(records.len()), rows }
    }

    /// Every row of a fate.
    pub(in super::super) fn rows_of(&self, fate: Fate) -> impl Iterator<Item = PlanRow> {
        self.referrals.iter().filter(move |r| r.fate == fate).map(|r| self.referral_row(r))
    }

    fn records(&self, group: PlanGroup) -> Vec<(u32, Entry)> {
        let mut records: Vec<(u32, Entry)> = Vec::new();
        let asked: std::collections::HashSet<u32> = match group {
            PlanGroup::Questions => {
                self.open_doubts().map(|d| self.resolution.mentions[d.mention].record).collect()
            }
            _ => std::collections::HashSet::new(),
        };
        let fits = |fate: Fate, record: u32, kept: bool| match group {
            PlanGroup::All => fate != Fate::NotData,
            PlanGroup::New => fate == Fate::New,
            PlanGroup::Updated => fate == Fate::Updated,
            PlanGroup::Unchanged => fate == Fate::Unchanged,
            PlanGroup::KeptOurs => kept,
            PlanGroup::PossibleDuplicates => fate == Fate::PossibleDuplicate,
            PlanGroup::Questions => asked.contains(&record),
            PlanGroup::LeftOut => fate == Fate::LeftOut,
            PlanGroup::Rejected => fate == Fate::Rejected,
            PlanGroup::NotData => fate == Fate::NotData,
        };
        for (at, planned) in self.referrals.iter().enumerate() {
            let record = self.read.referrals[planned.at].record;
            if fits(planned.fate, record, planned.changes.iter().any(|(.., keep)| *keep)) {
                records.push((record, Entry::Referral(at)));
            }
        }
        for (at, (record, mention)) in self.contacts.iter().enumerate() {
            if fits(self.contact_fate(*mention), *record, false) {
                records.push((*record, Entry::Contact(at)));
            }
        }
        for (at, reject) in self.read.rejected.iter().enumerate() {
            if fits(Fate::Rejected, reject.record, false) {
                records.push((reject.record, Entry::Reject(at)));
            }
        }
        for (at, aside) in self.read.aside.iter().enumerate() {
            if fits(Fate::NotData, aside.record, false) {
                records.push((aside.record, Entry::Aside(at)));
            }
        }
        records.sort_unstable_by_key(|(record, _)| *record);
        records
    }

    fn contact_fate(&self, mention: Option<usize>) -> Fate {
        match mention {
            None => Fate::LeftOut,
            Some(mention) if self.introduces(mention) => Fate::New,
            Some(_) => Fate::Unchanged,
        }
    }

    fn row(&self, entry: Entry) -> PlanRow {
        match entry {
            Entry::Referral(at) => self.referral_row(&self.referrals[at]),
            Entry::Contact(at) => self.contact_row(at),
            Entry::Reject(at) => {
                let reject = &self.read.rejected[at];
                PlanRow {
                    reason: Some(reject.reason),
                    why: reject.detail.clone(),
                    remedy: reject.reason.remedy().to_owned(),
                    who: reject.who.clone(),
                    patient: reject.patient.clone(),
                    day_as_read: reject.day.clone(),
                    ..empty(reject.record, Fate::Rejected)
                }
            }
            Entry::Aside(at) => {
                let aside = &self.read.aside[at];
                PlanRow {
                    who: aside.cells.join(" · "),
                    why: aside.kind.in_words().to_owned(),
                    ..empty(aside.record, Fate::NotData)
                }
            }
        }
    }

    fn referral_row(&self, planned: &PlannedReferral) -> PlanRow {
        let row = &self.read.referrals[planned.at];
        let mut shown = empty(row.record, planned.fate);
        shown.patient =
            row.patient.name.clone().or_else(|| row.patient.chart_number.clone()).unwrap_or_default();
        shown.received_on = Some(row.received_on);
        shown.of = planned.of;
        shown.choice = planned.choice;
        shown.changes = planned
            .changes
            .iter()
            .map(|(field, before, after, kept_ours)| FieldChange {
                field: FIELDS[*field].to_owned(),
                before: before.clone(),
                after: after.clone(),
                kept_ours: *kept_ours,
            })
            .chain(planned.steps.iter().map(|(step, on)| FieldChange {
                field: format!("{step}_on"),
                before: None,
                after: Some(on.to_string()),
                kept_ours: false,
            }))
            .collect();
        match planned.source {
            Source::Mention(mention) => self.describe(mention, &mut shown),
            Source::Channel(source) => {
                shown.means.clone_from(&self.resolution.crowd.sources[source].name);
                shown.meant_by = MeantBy::Channel;
                shown.partner = Some(self.resolution.crowd.sources[source].id);
            }
            Source::None => {}
        }
        shown.why = if planned.in_trash {
            "This referral is in the trash and stays there.".to_owned()
        } else {
            planned
                .of
                .filter(|_| planned.fate == Fate::PossibleDuplicate)
                .map(|of| why_duplicate(of, row.received_on))
                .unwrap_or_default()
        };
        shown
    }

    fn contact_row(&self, at: usize) -> PlanRow {
        let (record, mention) = self.contacts[at];
        let mut shown = empty(record, self.contact_fate(mention));
        if let Some(mention) = mention {
            self.describe(mention, &mut shown);
        } else {
            shown.choice = Some(Choice::LeaveOut);
        }
        shown
    }

    fn describe(&self, mention: usize, shown: &mut PlanRow) {
        let (crowd, meant) = (&self.resolution.crowd, self.resolution.meant[mention]);
        let read = &self.resolution.mentions[mention];
        shown.who = read.text();
        let place = meant
            .organisation
            .or_else(|| meant.person.and_then(|p| crowd.place_of(p)))
            .map(|o| &crowd.organisations[o]);
        let (means, is_new) = match (meant.person.map(|p| &crowd.people[p]), place) {
            (Some(person), Some(place)) => {
                (format!("{} · {}", person.name.display(), place.name), person.is_new)
            }
            (Some(person), None) => (person.name.display(), person.is_new),
            (None, Some(place)) => (place.name.clone(), place.is_new),
            (None, None) => return,
        };
        shown.means = means;
        shown.person = meant.person.map(|p| crowd.people[p].id);
        shown.partner = self.resolution.credited(mention);
        shown.meant_by = if is_new { MeantBy::New } else { MeantBy::Known };
        if let Some(doubt) = self.resolution.doubts.iter().find(|d| d.mention == mention) {
            shown.same_name = read.rows;
            shown.questions = doubt.candidates.iter().map(|at| self.question(*at)).collect();
        }
    }

    fn question(&self, at: usize) -> Question {
        let crowd = &self.resolution.crowd;
        let person = &crowd.people[at];
        let mut detail: Vec<String> = Vec::new();
        detail.extend(crowd.place_of(at).map(|p| crowd.organisations[p].name.clone()));
        detail.extend(person.specialty.clone());
        detail.extend(person.npi.as_ref().map(|npi| format!("NPI {npi}")));
        if person.is_new {
            detail.push("from this file".to_owned());
        }
        let first = person.mentions.iter().map(|m| self.resolution.mentions[*m].record).min();
        let choice = match first.filter(|_| person.is_new) {
            Some(record) => Choice::SameAs { record },
            None => Choice::Same { with: Party::Person(person.id) },
        };
        Question { choice, name: person.name.display(), detail: detail.join(" · ") }
    }
}

#[derive(Clone, Copy)]
enum Entry {
    Referral(usize),
    Contact(usize),
    Reject(usize),
    Aside(usize),
}

fn empty(record: u32, fate: Fate) -> PlanRow {
    PlanRow {
        record,
        who: String::new(),
        means: String::new(),
        meant_by: MeantBy::Nobody,
        person: None,
        partner: None,
        patient: String::new(),
        received_on: None,
        fate,
        why: String::new(),
        reason: None,
        remedy: String::new(),
        day_as_read: String::new(),
        changes: Vec::new(),
        of: None,
        questions: Vec::new(),
        same_name: 0,
        choice: None,
    }
}

fn why_duplicate(of: DuplicateOf, received_on: chrono::NaiveDate) -> String {
    let days = (of.received_on - received_on).num_days().unsigned_abs();
    let apart = match days {
        0 => "on the same day".to_owned(),
        1 => "one day apart".to_owned(),
        days => format!("{days} days apart"),
    };
    match of.record {
        Some(record) => format!("The same patient and referrer as record {record}, {apart}."),
        None => format!("The same patient and referrer as a referral in the register, {apart}."),
    }
}

fn tally(all: impl Iterator<Item = bool>) -> Counted {
    all.fold(Counted::default(), |mut counted, is_new| {
        if is_new {
            counted.new += 1
        } else {
            counted.matched += 1
        }
        counted
    })
}
