//! A mapping worth keeping: recognised by its headings, whatever file, encoding or order of columns comes next.

use super::field::Field;
use super::headings::normal_heading;
use super::understood::{Meaning, Overrides, Understood};
use crate::exchange::import::row::TableKind;
use crate::foundation::date_text::DateOrder;
use crate::foundation::money_text::DecimalSign;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A saved mapping.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MappingProfile {
    /// Recognises the layout.
    pub fingerprint: String,
    /// What the table is about.
    pub kind: TableKind,
    /// The columns by name.
    pub columns: Vec<ProfileColumn>,
    /// The decimal sign of amounts.
    pub decimal: DecimalSign,
    /// Words someone decided.
    pub words: BTreeMap<String, Meaning>,
    /// It was said that no row names a referrer.
    #[serde(default)]
    pub without_referrer: bool,
}

/// One column of a saved mapping.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ProfileColumn {
    /// The heading.
    pub name: String,
    /// The field.
    pub field: Field,
    /// The order of day and month, for days whose order was asked or proven.
    pub date_order: Option<DateOrder>,
}

impl MappingProfile {
    /// The mapping of a file, as it was settled.
    pub fn of(understood: &Understood) -> Self {
        let mapping = &understood.mapping;
        let columns = understood
            .view
            .columns
            .iter()
            .zip(mapping.fields.iter().zip(&mapping.date_orders))
            .map(|(column, (field, order))| ProfileColumn {
                name: column.name.clone(),
                field: *field,
                date_order: order.filter(|_| field.is_date()),
            })
            .collect();
        Self {
            fingerprint: understood.view.fingerprint.clone(),
            kind: mapping.kind,
            columns,
            decimal: mapping.decimal,
            words: mapping.words.clone(),
            without_referrer: mapping.without_referrer,
        }
    }

    /// The decisions of the profile, to understand the next file of the same layout with.
    pub fn overrides(&self) -> Overrides {
        Overrides {
            kind: Some(self.kind),
            decimal: Some(self.decimal),
            map: self.columns.iter().map(|column| (column.name.clone(), column.field)).collect(),
            date_orders: self
                .columns
                .iter()
                .filter_map(|column| column.date_order.map(|order| (column.name.clone(), order)))
                .collect(),
            values: self.words.clone(),
            without_referrer: self.without_referrer,
            ..Overrides::default()
        }
    }
}

/// Recognises a layout by its headings; their order and spelling in capitals do not matter.
pub(super) fn fingerprint(names: &[String]) -> String {
    let mut normal: Vec<String> = names.iter().map(|name| normal_heading(name)).collect();
    normal.sort_unstable();
    let digest = Sha256::digest(normal.join("\u{1f}").as_bytes());
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
