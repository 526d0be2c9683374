//! The order of day and month of every column: proven by its own dates, by the rest of the file, or asked.

use super::field::Field;
use super::layout::Head;
use super::survey::{OrderEvidence, Survey};
use super::understand::column_named;
use super::understood::Overrides;
use crate::foundation::date_text::DateOrder;
use std::collections::BTreeMap;

/// Settles the order of every column; `None` where a person has to decide.
pub(super) fn settle_orders(
    head: &Head,
    names: &[String],
    fields: &[Field],
    survey: &Survey,
    overrides: &Overrides,
) -> Vec<Option<DateOrder>> {
    let named: BTreeMap<usize, DateOrder> = overrides
        .date_orders
        .iter()
        .filter_map(|(name, order)| column_named(names, name).map(|column| (column, *order)))
        .collect();
    let mut title = OrderEvidence::default();
    for text in &head.preamble_text {
        text.split([' ', ',', ';', '(', ')']).for_each(|word| title.see(word));
    }
    let mut proven: Vec<DateOrder> =
        survey.orders.values().filter_map(OrderEvidence::order).chain(title.order()).collect();
    proven.sort_unstable();
    proven.dedup();
    let custom = if let [only] = proven[..] { Some(only) } else { foreign_custom(names) };
    (0..names.len())
        .map(|column| {
            let evidence = survey.orders.get(&column).copied().unwrap_or_default();
            let asked = evidence.asks();
            named
                .get(&column)
                .copied()
                .or(overrides.date_order.filter(|_| fields[column].is_date()))
                .or_else(|| evidence.order())
                .or(if asked {
                    custom.filter(|_| evidence.month_first + evidence.day_first == 0)
                } else {
                    Some(DateOrder::Mdy)
                })
        })
        .collect()
}

/// German, Spanish and French tables write the day first.
fn foreign_custom(names: &[String]) -> Option<DateOrder> {
    const WORDS: &[&str] = &[
        "datum",
        "zuweiser",
        "uberweiser",
        "ueberweiser",
        "nachname",
        "vorname",
        "geburtsdatum",
        "eingang",
        "eingangsdatum",
        "telefon",
        "fecha",
        "nombre",
        "apellido",
        "apellidos",
        "paciente",
        "remitente",
        "medico",
        "prenom",
        "nom",
        "medecin",
        "naissance",
        "patientin",
        "uberweisung",
        "versicherung",
        "diagnose",
        "grund",
        "bemerkung",
        "motivo",
        "motif",
    ];
    let known = names
        .iter()
        .flat_map(|name| super::headings::words(name))
        .filter(|word| WORDS.contains(&word.as_str()))
        .count();
    (known >= 2).then_some(DateOrder::Dmy)
}
