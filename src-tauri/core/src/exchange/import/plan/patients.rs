//! Which patient a row means: by chart number, else by name and birth date, else by name.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use crate::exchange::import::row::{PatientCell, ReferralRow};
use crate::exchange::import::rows;
use crate::foundation::id::PatientId;
use crate::foundation::names::{PersonalName, slip_of_a_letter};
use crate::foundation::text::words;
use crate::store::StoreError;

/// A patient.
#[derive(Debug)]
pub(in super::super) struct PatientSlot {
    pub(in super::super) id: PatientId,
    pub(in super::super) is_new: bool,
    pub(in super::super) name: String,
    pub(in super::super) name_key: String,
    pub(in super::super) chart: Option<String>,
    pub(in super::super) born_on: Option<String>,
}

/// All patients there are to be meant.
#[derive(Default)]
pub(super) struct Patients {
    pub(super) all: Vec<PatientSlot>,
    by_chart: HashMap<String, Vec<usize>>,
    by_name_and_birth: HashMap<(String, String), usize>,
    by_name: HashMap<String, usize>,
}

/// A patient of a row, and what identifies it in any file.
pub(super) struct Identified {
    pub(super) at: usize,
    /// What names the patient again at the next import; none when nothing identifies.
    pub(super) identity: Option<String>,
    /// Folded family and given name.
    pub(super) name: Option<(String, String)>,
}

impl Patients {
    /// Those a file may mean: as many as it has rows, however many the practice knows.
    pub(super) fn load(conn: &Connection, rows: &[ReferralRow]) -> Result<Self, StoreError> {
        let charts: HashSet<&str> = rows.iter().filter_map(|row| chart_of(&row.patient)).collect();
        let without = rows.iter().map(|row| &row.patient).filter(|cell| chart_of(cell).is_none());
        let names: HashSet<String> = without.map(|cell| Named::of(cell).key).collect();
        let mut patients = Self::default();
        let meant = |name: &str, chart: Option<&str>| match chart {
            Some(chart) => charts.contains(chart),
            None => names.contains(name),
        };
        for known in rows::patients(conn, meant)? {
            patients.add(PatientSlot {
                id: known.id,
                is_new: false,
                name: String::new(),
                name_key: known.name_key,
                chart: known.chart,
                born_on: known.born_on,
            });
        }
        Ok(patients)
    }

    fn add(&mut self, slot: PatientSlot) -> usize {
        let at = self.all.len();
        if let Some(chart) = &slot.chart {
            self.by_chart.entry(chart.clone()).or_default().push(at);
        } else if let Some(born_on) = &slot.born_on {
            self.by_name_and_birth.entry((slot.name_key.clone(), born_on.clone())).or_insert(at);
        } else if !slot.name_key.is_empty() {
            self.by_name.entry(slot.name_key.clone()).or_insert(at);
        }
        self.all.push(slot);
        at
    }

    /// The patient of a cell, made if nobody knows it.
    pub(super) fn of(&mut self, cell: &PatientCell) -> Identified {
        let Named { written, parsed, key: name_key, name } = Named::of(cell);
        let chart = chart_of(cell);
        let born_on = cell.born_on.map(|d| d.to_string());
        let (found, identity) = match (chart, &born_on) {
            (Some(chart), _) => {
                // Two systems may give one number to two people: the names must go together.
                let found = self
                    .by_chart
                    .get(chart)
                    .into_iter()
                    .flatten()
                    .copied()
                    .find(|at| names_go_together(&self.all[*at].name_key, &name_key));
                (found, Some(format!("chart {chart}")))
            }
            (None, Some(born)) if !name_key.is_empty() => (
                self.by_name_and_birth.get(&(name_key.clone(), born.clone())).copied(),
                Some(format!("{name_key} {born}")),
            ),
            (None, _) if !name_key.is_empty() => {
                (self.by_name.get(&name_key).copied(), Some(name_key.clone()))
            }
            _ => (None, None),
        };
        let at = found.unwrap_or_else(|| {
            self.add(PatientSlot {
                id: PatientId::new(),
                is_new: true,
                name: shown(parsed.as_ref(), written),
                name_key,
                chart: chart.map(str::to_owned),
                born_on,
            })
        });
        Identified { at, identity, name }
    }
}

fn chart_of(cell: &PatientCell) -> Option<&str> {
    cell.chart_number.as_deref().map(str::trim).filter(|chart| !chart.is_empty())
}

/// The name in a cell.
struct Named<'cell> {
    written: Option<&'cell str>,
    parsed: Option<PersonalName>,
    /// By which the patient is known.
    key: String,
    /// Folded family and given name.
    name: Option<(String, String)>,
}

impl<'cell> Named<'cell> {
    fn of(cell: &'cell PatientCell) -> Self {
        let written = cell.name.as_deref().map(str::trim).filter(|n| !n.is_empty());
        let parsed = written.and_then(PersonalName::parse);
        let (key, name) = match (&parsed, written) {
            (Some(name), _) => {
                let (key, family, given) = name.folded();
                (key, Some((family, given)))
            }
            (None, Some(text)) => (words(text).join(" "), None),
            (None, None) => (String::new(), None),
        };
        Self { written, parsed, key, name }
    }
}

/// `Whitcomb, Patricia` is shown as `Patricia Whitcomb`, like everybody else.
fn shown(parsed: Option<&PersonalName>, written: Option<&str>) -> String {
    match (parsed, written) {
        (Some(name), _) => {
            let mut plain = name.clone();
            plain.credentials.clear();
            plain.display()
        }
        (None, written) => written.unwrap_or_default().to_owned(),
    }
}

fn names_go_together(one: &str, other: &str) -> bool {
    if one.is_empty() || other.is_empty() || one == other {
        return true;
    }
    // A new family name, a second given name or a slip of a letter; not two names with nothing in common.
    one.split(' ').any(|a| a.len() > 1 && other.split(' ').any(|b| a == b || slip_of_a_letter(a, b)))
}
