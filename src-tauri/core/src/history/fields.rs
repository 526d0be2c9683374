//! What each column is to a person: whether it is shown, and how its values are.

use rusqlite::types::Value;

use super::changes::Names;
use super::types::{NamedRecord, Shown};
use crate::foundation::id::RecordId;
use crate::store::StoreError;
use crate::store::schema::TableShape;

/// Columns that mean nothing to a person: keys, copies for sorting and searching, stamps.
const HIDDEN: &[&str] = &[
    "id",
    "name_key",
    "search",
    "created_at",
    "created_by",
    "changed_at",
    "changed_by",
    "trashed_by",
    "import_key",
    "fingerprint",
    "file_sha256",
    "definition",
    "position",
    "wishes",
];

const YES_NO: &[&str] = &[
    "decides",
    "influences",
    "executes",
    "usually_picks",
    "is_primary",
    "first_name_terms",
    "hides_patients",
    "hides_reason",
    "hides_money",
    "may_export",
    "leads",
    "two_way",
    "bulk",
    "kept_private",
    "paused",
];

/// Columns whose values are codes the screens have words for.
const CODES: &[&str] = &[
    "class",
    "type",
    "how_met",
    "direction",
    "source_answer",
    "urgency",
    "outcome",
    "kind",
    "role",
    "list",
    "travel",
    "stage",
    "step",
    "answer",
    "result",
    "reason_code",
    "purpose",
    "form",
    "topic",
    "channel",
    "caller",
    "category",
    "contacted",
    "started_by",
    "cost_kind",
    "ring",
];

/// Columns that hold a profile without a reference to it.
const PROFILES: &[&str] = &["created_by", "changed_by", "trashed_by"];

/// Whether its values are codes. What a gift or a disclosure was for is said in words.
fn is_code(table: &str, column: &str) -> bool {
    table == "role_rights" || (CODES.contains(&column) && (column != "purpose" || table == "consent"))
}

/// Whether a column is left out.
pub(super) fn is_hidden(table: &str, column: &str) -> bool {
    // What a contact was about may be meant for whoever held it alone.
    HIDDEN.contains(&column)
        || (table == "setting" && column == "key")
        || (column == "version" && table.starts_with("gift_offer"))
        || (table == "touch" && matches!(column, "purpose" | "learned"))
}

/// A column's value as a person reads it; nothing for empty.
pub(super) fn shown(
    names: &Names<'_>,
    shape: &TableShape,
    position: usize,
    value: &Value,
) -> Result<Option<Shown>, StoreError> {
    let column = shape.columns[position].as_str();
    Ok(match value {
        Value::Null => None,
        Value::Text(text) if text.is_empty() => None,
        Value::Text(text) if is_code(shape.name, column) => Some(Shown::Code(text.clone())),
        Value::Text(text) if column.ends_with("_on") => Some(Shown::Date(text.clone())),
        Value::Text(text) => Some(Shown::Text(text.clone())),
        Value::Integer(number) if YES_NO.contains(&column) => Some(Shown::YesNo(*number != 0)),
        Value::Integer(number) if column.ends_with("_at") => Some(Shown::Instant(*number)),
        Value::Integer(number) if column.ends_with("_cents") => Some(Shown::Cents(*number)),
        Value::Integer(number) => Some(Shown::Number(*number as f64)),
        Value::Real(number) => Some(Shown::Number(*number)),
        Value::Blob(bytes) => match (RecordId::from_slice(bytes), refers_to(shape, position)) {
            (Some(id), Some(table)) => Some(Shown::Record(NamedRecord { id, name: names.of(table, id)? })),
            _ => None,
        },
    })
}

/// The table a column's ids stand in.
pub(super) fn refers_to(shape: &TableShape, position: usize) -> Option<&str> {
    if PROFILES.contains(&shape.columns[position].as_str()) {
        return Some("profile");
    }
    shape
        .references
        .iter()
        .find(|reference| reference.column == position)
        .map(|reference| reference.to.as_str())
}
