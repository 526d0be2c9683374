//! Which tables are the practice's own words (source) and which record each row belongs to.

/// A source table: recorded by history, undone by it, and later exchanged between devices.
pub(crate) struct SourceTable {
    /// Its name.
    pub(crate) name: &'static str,
    /// The room that redraws when it changes.
    pub(crate) room: Room,
    /// Columns (by position) that hold the ids of the records a row belongs to. Empty: no record of its own.
    pub(crate) owners: &'static [usize],
    /// Reads the owners of a row by its primary key, for updates, whose changeset does not carry them.
    pub(crate) owners_by_key: Option<&'static str>,
}

/// A part of the program that shows data and redraws when it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Room {
    /// The practice's frame, profiles and settings.
    Vault,
    /// Partners and people.
    Network,
    /// Referrals and patients.
    Referrals,
    /// Import profiles and runs.
    Exchange,
    /// Who changed what.
    History,
    /// The audit log, its reviews and the disclosures.
    Audit,
    /// Thanks, and the ledger of what was given.
    Gratitude,
    /// Contacts, tasks and plans.
    Outreach,
    /// Visits, their routes and what they cost.
    Field,
}

impl Room {
    /// Every room.
    pub(crate) const ALL: [Self; 9] = [
        Self::Vault,
        Self::Network,
        Self::Referrals,
        Self::Exchange,
        Self::History,
        Self::Audit,
        Self::Gratitude,
        Self::Outreach,
        Self::Field,
    ];

    /// The bit history keeps for it.
    pub(crate) fn bit(self) -> i64 {
        1 << self as i64
    }

    /// The rooms of such bits.
    pub(crate) fn of_bits(bits: i64) -> Vec<Self> {
        Self::ALL.into_iter().filter(|room| bits & room.bit() != 0).collect()
    }
}

const fn record(name: &'static str, room: Room) -> SourceTable {
    SourceTable { name, room, owners: &[0], owners_by_key: None }
}

const fn part_of(
    name: &'static str,
    room: Room,
    owners: &'static [usize],
    by_key: &'static str,
) -> SourceTable {
    SourceTable { name, room, owners, owners_by_key: Some(by_key) }
}

/// Every source table. A test compares this list with the schema.
pub(crate) const SOURCE_TABLES: &[SourceTable] = &[
    record("practice", Room::Vault),
    record("profile", Room::Vault),
    record("role_rights", Room::Vault),
    SourceTable { name: "setting", room: Room::Vault, owners: &[], owners_by_key: None },
    record("person", Room::Network),
    record("partner", Room::Network),
    part_of(
        "affiliation",
        Room::Network,
        &[1, 2],
        "SELECT person_id, partner_id FROM affiliation WHERE id = ?1",
    ),
    part_of(
        "contact_point",
        Room::Network,
        &[1, 2],
        "SELECT partner_id, person_id FROM contact_point WHERE id = ?1",
    ),
    part_of("address", Room::Network, &[1, 2], "SELECT partner_id, person_id FROM address WHERE id = ?1"),
    record("tag", Room::Network),
    SourceTable { name: "partner_tag", room: Room::Network, owners: &[0], owners_by_key: None },
    SourceTable { name: "saved_view", room: Room::Network, owners: &[], owners_by_key: None },
    record("patient", Room::Referrals),
    SourceTable { name: "import_run", room: Room::Exchange, owners: &[], owners_by_key: None },
    SourceTable { name: "import_profile", room: Room::Exchange, owners: &[], owners_by_key: None },
    SourceTable { name: "alias", room: Room::Exchange, owners: &[], owners_by_key: None },
    SourceTable { name: "distinct_pair", room: Room::Network, owners: &[], owners_by_key: None },
    record("referral", Room::Referrals),
    record("audit_review", Room::Audit),
    record("disclosure", Room::Audit),
    SourceTable { name: "disclosure_patient", room: Room::Audit, owners: &[], owners_by_key: None },
    SourceTable { name: "process_version", room: Room::Vault, owners: &[], owners_by_key: None },
    record("baton", Room::Referrals),
    part_of(
        "referral_step",
        Room::Referrals,
        &[1],
        "SELECT referral_id, NULL FROM referral_step WHERE id = ?1",
    ),
    part_of("hand_off", Room::Referrals, &[1], "SELECT referral_id, NULL FROM hand_off WHERE id = ?1"),
    SourceTable { name: "absence", room: Room::Referrals, owners: &[], owners_by_key: None },
    part_of(
        "checklist_mark",
        Room::Referrals,
        &[1],
        "SELECT referral_id, NULL FROM checklist_mark WHERE id = ?1",
    ),
    part_of("leak", Room::Referrals, &[1], "SELECT referral_id, NULL FROM leak WHERE id = ?1"),
    part_of("consent", Room::Referrals, &[1], "SELECT patient_id, NULL FROM consent WHERE id = ?1"),
    record("restriction", Room::Referrals),
    part_of(
        "referral_answer",
        Room::Referrals,
        &[1],
        "SELECT referral_id, NULL FROM referral_answer WHERE id = ?1",
    ),
    part_of("experience", Room::Referrals, &[1], "SELECT referral_id, NULL FROM experience WHERE id = ?1"),
    part_of(
        "partner_strength",
        Room::Network,
        &[1],
        "SELECT partner_id, NULL FROM partner_strength WHERE id = ?1",
    ),
    part_of("partner_issue", Room::Network, &[1], "SELECT partner_id, NULL FROM partner_issue WHERE id = ?1"),
    part_of(
        "hand_out",
        Room::Referrals,
        &[1, 2],
        "SELECT patient_id, referral_id FROM hand_out WHERE id = ?1",
    ),
    part_of(
        "hand_out_choice",
        Room::Referrals,
        &[2],
        "SELECT patient_id, NULL FROM hand_out_choice WHERE id = ?1",
    ),
    part_of("inquiry", Room::Referrals, &[4], "SELECT patient_id, NULL FROM inquiry WHERE id = ?1"),
    part_of("kept_visit", Room::Referrals, &[1], "SELECT patient_id, NULL FROM kept_visit WHERE id = ?1"),
    part_of(
        "care_group",
        Room::Referrals,
        &[1, 2],
        "SELECT patient_id, referral_id FROM care_group WHERE id = ?1",
    ),
    part_of("care_member", Room::Referrals, &[2], "SELECT patient_id, NULL FROM care_member WHERE id = ?1"),
    record("packet_agreement", Room::Network),
    part_of("legal_hold", Room::Vault, &[1], "SELECT record_id, NULL FROM legal_hold WHERE id = ?1"),
    part_of("erasure", Room::Vault, &[2], "SELECT record_id, NULL FROM erasure WHERE id = ?1"),
    SourceTable { name: "gift_limit", room: Room::Gratitude, owners: &[], owners_by_key: None },
    SourceTable { name: "gift_rule", room: Room::Gratitude, owners: &[], owners_by_key: None },
    part_of("gift_note", Room::Gratitude, &[0], "SELECT id, NULL FROM gift_note WHERE id = ?1"),
    SourceTable { name: "thanks_template", room: Room::Gratitude, owners: &[], owners_by_key: None },
    SourceTable { name: "exclusion_list", room: Room::Gratitude, owners: &[], owners_by_key: None },
    SourceTable { name: "programme", room: Room::Gratitude, owners: &[], owners_by_key: None },
    record("reward", Room::Gratitude),
    part_of("reward_share", Room::Gratitude, &[1], "SELECT reward_id, NULL FROM reward_share WHERE id = ?1"),
    part_of(
        "reward_decision",
        Room::Gratitude,
        &[1],
        "SELECT reward_id, NULL FROM reward_decision WHERE id = ?1",
    ),
    record("reward_return", Room::Gratitude),
    part_of("reward_alias", Room::Gratitude, &[1], "SELECT into_id, NULL FROM reward_alias WHERE id = ?1"),
    SourceTable { name: "reward_attestation", room: Room::Gratitude, owners: &[], owners_by_key: None },
    part_of("gift_offer", Room::Gratitude, &[0, 1], "SELECT id, partner_id FROM gift_offer WHERE id = ?1"),
    part_of(
        "gift_offer_decision",
        Room::Gratitude,
        &[1],
        "SELECT offer_id, NULL FROM gift_offer_decision WHERE id = ?1",
    ),
    part_of("thanks", Room::Gratitude, &[1, 2], "SELECT partner_id, person_id FROM thanks WHERE id = ?1"),
    part_of("touch", Room::Outreach, &[0, 1], "SELECT id, partner_id FROM touch WHERE id = ?1"),
    SourceTable { name: "touch_person", room: Room::Outreach, owners: &[0], owners_by_key: None },
    part_of("nurture", Room::Outreach, &[0], "SELECT id, NULL FROM nurture WHERE id = ?1"),
    part_of("snooze", Room::Outreach, &[0], "SELECT id, NULL FROM snooze WHERE id = ?1"),
    part_of("closeness", Room::Outreach, &[0], "SELECT id, NULL FROM closeness WHERE id = ?1"),
    part_of("task", Room::Outreach, &[0, 7], "SELECT id, partner_id FROM task WHERE id = ?1"),
    record("visit_day", Room::Field),
    part_of("visit_stop", Room::Field, &[1, 2], "SELECT day_id, partner_id FROM visit_stop WHERE id = ?1"),
    SourceTable { name: "mileage_rate", room: Room::Field, owners: &[], owners_by_key: None },
    SourceTable { name: "field_words", room: Room::Field, owners: &[], owners_by_key: None },
    SourceTable { name: "canvass_list", room: Room::Field, owners: &[], owners_by_key: None },
    part_of("canvass_target", Room::Field, &[2], "SELECT partner_id, NULL FROM canvass_target WHERE id = ?1"),
    part_of(
        "canvass_attempt",
        Room::Field,
        &[2],
        "SELECT partner_id, NULL FROM canvass_attempt WHERE id = ?1",
    ),
    record("playbook", Room::Outreach),
    part_of("plan", Room::Outreach, &[0, 1], "SELECT id, partner_id FROM plan WHERE id = ?1"),
];

/// Tables that follow from others: kept by triggers, never recorded.
#[cfg(test)]
pub(crate) const DERIVED_TABLES: &[&str] = &[
    "network_doc",
    "network_search",
    "network_vocabulary",
    "patient_doc",
    "patient_search",
    "referral_month",
    "partner_stale",
    "partner_standing",
    "standing_day",
    "partner_count",
    "open_referral",
    "open_stale",
    "partner_contact",
];

/// Tables the store writes for itself.
#[cfg(test)]
pub(crate) const STORE_TABLES: &[&str] = &[
    "history",
    "history_part",
    "history_touch",
    "history_undone",
    "history_redaction",
    "draft",
    "key_use",
    "export_begun",
    "audit",
];

/// The source table of that name.
pub(crate) fn source_table(name: &str) -> Option<&'static SourceTable> {
    SOURCE_TABLES.iter().find(|table| table.name == name)
}

/// Columns that say who touched a row last; they never make a conflict of their own.
pub(crate) const STAMPS: &[&str] = &["changed_at", "changed_by"];
