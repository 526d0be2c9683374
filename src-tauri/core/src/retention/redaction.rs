//! Which columns hold content of a person, and what stands there when it is gone.

use super::types::RecordRef;
use crate::foundation::id::RecordId;
use crate::store::{Column, Redaction, With};

const fn column(table: &'static str, name: &'static str, with: With) -> Column {
    Column { table, name, with }
}

/// Everything that tells who somebody is or what was written about them. Kinds, dates and numbers stay: they count.
const COLUMNS: &[Column] = &[
    column("person", "given", With::Empty),
    column("person", "middle", With::Empty),
    column("person", "family", With::Empty),
    column("person", "credentials", With::Empty),
    column("person", "name", With::Token),
    column("person", "name_key", With::Token),
    column("person", "npi", With::Null),
    column("person", "connection_note", With::Null),
    column("person", "notes", With::Null),
    column("person", "trash_reason", With::Null),
    column("partner", "name", With::Token),
    column("partner", "name_key", With::Token),
    column("partner", "npi", With::Null),
    column("partner", "how_met_place", With::Null),
    column("partner", "how_met_note", With::Null),
    column("partner", "notes", With::Null),
    column("partner", "ended_reason", With::Null),
    column("partner", "trash_reason", With::Null),
    column("patient", "name", With::Token),
    column("patient", "name_key", With::Token),
    column("patient", "chart_number", With::Null),
    column("patient", "born_on", With::Null),
    column("contact_point", "value", With::Empty),
    column("contact_point", "search", With::Empty),
    column("contact_point", "label", With::Empty),
    column("address", "street", With::Empty),
    column("address", "street2", With::Empty),
    column("address", "city", With::Empty),
    column("address", "zip", With::Empty),
    column("alias", "key", With::OneOfAKind),
    column("referral", "note", With::Null),
    column("referral", "status_text", With::Null),
    column("referral", "import_key", With::Null),
    column("referral", "trash_reason", With::Null),
    column("referral_step", "note", With::Null),
    column("hand_off", "note", With::Null),
    column("hand_off", "next_step", With::Null),
    column("baton", "next_step", With::Null),
    column("leak", "reason_text", With::Null),
    column("leak", "action", With::Null),
    column("consent", "note", With::Null),
    column("restriction", "note", With::Null),
    column("experience", "comment", With::Null),
    column("experience", "follow_up_note", With::Null),
    column("referral_answer", "value", With::Empty),
    column("hand_out", "problem", With::Empty),
    column("hand_out", "wishes", With::Empty),
    column("hand_out_choice", "reason", With::Null),
    column("inquiry", "caller_name", With::Null),
    column("inquiry", "caller_phone", With::Null),
    column("inquiry", "question", With::Null),
    column("inquiry", "dropped_reason", With::Null),
    column("care_group", "plan", With::Null),
    column("care_member", "part", With::Empty),
    column("gift_note", "likes", With::Empty),
    column("gift_note", "avoids", With::Empty),
    column("gift_note", "hobbies", With::Empty),
    column("gift_note", "ideas", With::Empty),
    column("touch", "purpose", With::Empty),
    column("touch", "learned", With::Empty),
    column("nurture", "best_time", With::Empty),
    column("nurture", "do_not", With::Empty),
    column("snooze", "reason", With::Empty),
    column("closeness", "ring_reason", With::Empty),
    column("thanks", "line", With::Empty),
    column("thanks", "body", With::Empty),
];

/// Rows that go with the record they belong to.
const PARTS: &[(&str, &str, &str)] = &[
    ("contact_point", "partner_id", "partner"),
    ("contact_point", "person_id", "person"),
    ("address", "partner_id", "partner"),
    ("address", "person_id", "person"),
    ("alias", "partner_id", "partner"),
    ("alias", "person_id", "person"),
    ("referral", "patient_id", "patient"),
    ("referral_step", "referral_id", "referral"),
    ("hand_off", "referral_id", "referral"),
    ("baton", "id", "referral"),
    ("leak", "referral_id", "referral"),
    ("consent", "patient_id", "patient"),
    ("restriction", "id", "referral"),
    ("experience", "referral_id", "referral"),
    ("referral_answer", "referral_id", "referral"),
    ("hand_out", "patient_id", "patient"),
    ("hand_out_choice", "patient_id", "patient"),
    ("inquiry", "patient_id", "patient"),
    ("care_group", "patient_id", "patient"),
    ("care_member", "patient_id", "patient"),
    ("gift_note", "partner_id", "partner"),
    ("gift_note", "person_id", "person"),
    ("touch", "partner_id", "partner"),
    ("nurture", "id", "partner"),
    ("snooze", "id", "partner"),
    ("closeness", "id", "partner"),
    ("thanks", "partner_id", "partner"),
    ("thanks", "person_id", "person"),
];

/// What goes with these records, and with a patient's referrals.
pub(super) fn of(records: &[RecordRef], referrals: &[RecordId], token: &str) -> Redaction {
    let referrals = referrals.iter().map(|id| ("referral", *id));
    Redaction {
        records: records.iter().map(|record| (record.kind.table(), record.id)).chain(referrals).collect(),
        parts: PARTS,
        columns: COLUMNS,
        token: token.to_owned(),
    }
}
