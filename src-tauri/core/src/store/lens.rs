//! Whose rows a reader shows. Through a narrower lens a table is a view of the same name, of the rows of some profiles
//! alone: SQL that reads `partner` then reads theirs, whichever room it stands in, and no room can forget it. For whoever
//! sees everybody's nothing stands between, and nothing is slower.
//!
//! A partner is looked after by its owner, or by whoever recorded it while it has none. A person, an address, a tag follow
//! the partners they belong to (a person also whoever recorded them); a referral follows its partners and whoever took it;
//! a patient, their referrals. An entry of history is told if every record it touched is. `main.partner` reads past the
//! lens: for what a visible record names.

use std::fmt::Write;
use std::sync::Arc;

use rusqlite::{CachedStatement, Connection, params};

use super::error::StoreError;
use crate::foundation::id::{ProfileId, RecordId};

/// Whose rows are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lens(Option<Arc<[ProfileId]>>);

/// The views of a lens, in the order they build on each other. `{them}` are the profiles.
const VIEWS: &[(&str, &str)] = &[
    (
        "partner",
        "SELECT * FROM main.partner WHERE owner_id IN ({them}) OR (owner_id IS NULL AND created_by IN ({them}))",
    ),
    (
        "person",
        "SELECT * FROM main.person AS whole WHERE created_by IN ({them})
            OR EXISTS (SELECT 1 FROM main.affiliation a JOIN temp.partner k ON k.id = a.partner_id WHERE a.person_id = whole.id)
            OR EXISTS (SELECT 1 FROM temp.partner k WHERE k.individual_id = whole.id)",
    ),
    ("affiliation", "SELECT * FROM main.affiliation WHERE partner_id IN (SELECT id FROM temp.partner)"),
    (
        "contact_point",
        "SELECT * FROM main.contact_point AS whole WHERE partner_id IN (SELECT id FROM temp.partner)
            OR EXISTS (SELECT 1 FROM temp.person k WHERE k.id = whole.person_id)",
    ),
    (
        "address",
        "SELECT * FROM main.address AS whole WHERE partner_id IN (SELECT id FROM temp.partner)
            OR EXISTS (SELECT 1 FROM temp.person k WHERE k.id = whole.person_id)",
    ),
    ("partner_tag", "SELECT * FROM main.partner_tag WHERE partner_id IN (SELECT id FROM temp.partner)"),
    (
        "referral",
        "SELECT * FROM main.referral WHERE (created_by IN ({them}) AND import_id IS NULL)
            OR from_partner_id IN (SELECT id FROM temp.partner) OR to_partner_id IN (SELECT id FROM temp.partner)",
    ),
    (
        "hand_out",
        "SELECT * FROM main.hand_out WHERE created_by IN ({them}) OR referral_id IN (SELECT id FROM temp.referral)",
    ),
    (
        "inquiry",
        "SELECT * FROM main.inquiry WHERE created_by IN ({them}) OR referral_id IN (SELECT id FROM temp.referral)
            OR source_id IN (SELECT id FROM temp.partner)",
    ),
    (
        "patient",
        "SELECT * FROM main.patient AS whole WHERE EXISTS (SELECT 1 FROM temp.referral r WHERE r.patient_id = whole.id)
            OR EXISTS (SELECT 1 FROM temp.partner k WHERE k.patient_id = whole.id)
            OR EXISTS (SELECT 1 FROM temp.hand_out h WHERE h.patient_id = whole.id)
            OR EXISTS (SELECT 1 FROM temp.inquiry i WHERE i.patient_id = whole.id)",
    ),
    ("hand_out_choice", "SELECT * FROM main.hand_out_choice WHERE hand_out_id IN (SELECT id FROM temp.hand_out)"),
    (
        "kept_visit",
        "SELECT * FROM main.kept_visit AS whole WHERE EXISTS (SELECT 1 FROM temp.patient k WHERE k.id = whole.patient_id)",
    ),
    (
        "care_group",
        "SELECT * FROM main.care_group AS whole WHERE created_by IN ({them})
            OR EXISTS (SELECT 1 FROM temp.patient k WHERE k.id = whole.patient_id)",
    ),
    ("care_member", "SELECT * FROM main.care_member WHERE group_id IN (SELECT id FROM temp.care_group)"),
    ("partner_strength", "SELECT * FROM main.partner_strength WHERE partner_id IN (SELECT id FROM temp.partner)"),
    ("partner_issue", "SELECT * FROM main.partner_issue WHERE partner_id IN (SELECT id FROM temp.partner)"),
    ("open_referral", "SELECT * FROM main.open_referral WHERE referral_id IN (SELECT id FROM temp.referral)"),
    ("baton", "SELECT * FROM main.baton WHERE id IN (SELECT id FROM temp.referral)"),
    ("referral_step", "SELECT * FROM main.referral_step WHERE referral_id IN (SELECT id FROM temp.referral)"),
    ("hand_off", "SELECT * FROM main.hand_off WHERE referral_id IN (SELECT id FROM temp.referral)"),
    ("checklist_mark", "SELECT * FROM main.checklist_mark WHERE referral_id IN (SELECT id FROM temp.referral)"),
    ("leak", "SELECT * FROM main.leak WHERE referral_id IN (SELECT id FROM temp.referral)"),
    ("restriction", "SELECT * FROM main.restriction WHERE id IN (SELECT id FROM temp.referral)"),
    ("referral_answer", "SELECT * FROM main.referral_answer WHERE referral_id IN (SELECT id FROM temp.referral)"),
    ("experience", "SELECT * FROM main.experience WHERE referral_id IN (SELECT id FROM temp.referral)"),
    (
        "consent",
        "SELECT * FROM main.consent AS whole WHERE EXISTS (SELECT 1 FROM temp.patient k WHERE k.id = whole.patient_id)",
    ),
    (
        "gift_note",
        "SELECT * FROM main.gift_note AS whole WHERE partner_id IN (SELECT id FROM temp.partner)
            OR EXISTS (SELECT 1 FROM temp.person k WHERE k.id = whole.person_id)",
    ),
    (
        "thanks",
        "SELECT * FROM main.thanks AS whole WHERE partner_id IN (SELECT id FROM temp.partner)
            OR EXISTS (SELECT 1 FROM temp.person k WHERE k.id = whole.person_id)",
    ),
    ("touch", "SELECT * FROM main.touch WHERE held_by IN ({them}) OR partner_id IN (SELECT id FROM temp.partner)"),
    ("touch_person", "SELECT * FROM main.touch_person WHERE touch_id IN (SELECT id FROM temp.touch)"),
    ("nurture", "SELECT * FROM main.nurture WHERE id IN (SELECT id FROM temp.partner)"),
    ("snooze", "SELECT * FROM main.snooze WHERE id IN (SELECT id FROM temp.partner)"),
    ("closeness", "SELECT * FROM main.closeness WHERE id IN (SELECT id FROM temp.partner)"),
    ("partner_contact", "SELECT * FROM main.partner_contact WHERE partner_id IN (SELECT id FROM temp.partner)"),
    (
        "task",
        "SELECT * FROM main.task AS whole WHERE holder_id IN ({them}) OR created_by IN ({them})
            OR partner_id IN (SELECT id FROM temp.partner)",
    ),
    (
        "visit_day",
        "SELECT * FROM main.visit_day WHERE liaison_id IN ({them}) OR (created_by IN ({them}))",
    ),
    ("visit_stop", "SELECT * FROM main.visit_stop WHERE day_id IN (SELECT id FROM temp.visit_day)"),
    ("canvass_target", "SELECT * FROM main.canvass_target WHERE partner_id IN (SELECT id FROM temp.partner)"),
    ("canvass_attempt", "SELECT * FROM main.canvass_attempt WHERE partner_id IN (SELECT id FROM temp.partner)"),
    ("plan", "SELECT * FROM main.plan WHERE partner_id IN (SELECT id FROM temp.partner)"),
    // What was given is shown with a recipient one sees, or to whoever put it down.
    (
        "reward",
        "SELECT * FROM main.reward AS whole WHERE created_by IN ({them}) OR EXISTS (
            SELECT 1 FROM main.reward_share s WHERE s.reward_id = whole.id AND (s.partner_id IN (SELECT id FROM temp.partner)
                OR EXISTS (SELECT 1 FROM temp.person k WHERE k.id = s.person_id)))",
    ),
    ("reward_share", "SELECT * FROM main.reward_share WHERE reward_id IN (SELECT id FROM temp.reward)"),
    ("reward_decision", "SELECT * FROM main.reward_decision WHERE reward_id IN (SELECT id FROM temp.reward)"),
    ("reward_return", "SELECT * FROM main.reward_return WHERE id IN (SELECT id FROM temp.reward)"),
    ("gift_offer", "SELECT * FROM main.gift_offer WHERE partner_id IN (SELECT id FROM temp.partner)"),
    (
        "gift_offer_decision",
        "SELECT * FROM main.gift_offer_decision WHERE offer_id IN (SELECT id FROM temp.gift_offer)",
    ),
    (
        "arrival",
        "SELECT DISTINCT from_partner_id AS partner_id, from_person_id AS person_id, received_on AS came_on FROM temp.referral
            WHERE direction = 'inbound' AND trashed_at IS NULL AND from_partner_id IS NOT NULL
            AND id NOT IN (SELECT id FROM main.restriction)",
    ),
    ("packet_agreement", "SELECT * FROM main.packet_agreement WHERE id IN (SELECT id FROM temp.partner)"),
    ("partner_standing", "SELECT * FROM main.partner_standing WHERE partner_id IN (SELECT id FROM temp.partner)"),
    (
        "partner_count",
        "SELECT status, class, type, count(*) AS partners FROM temp.partner_standing GROUP BY status, class, type",
    ),
    ("referral_month", "SELECT * FROM main.referral_month WHERE partner_id IN (SELECT id FROM temp.partner)"),
    (
        "network_doc",
        "SELECT * FROM main.network_doc AS whole WHERE CASE kind
            WHEN 'partner' THEN EXISTS (SELECT 1 FROM temp.partner k WHERE k.id = whole.entity_id)
            ELSE EXISTS (SELECT 1 FROM temp.person k WHERE k.id = whole.entity_id) END",
    ),
    (
        "patient_doc",
        "SELECT * FROM main.patient_doc AS whole WHERE EXISTS (SELECT 1 FROM temp.patient k WHERE k.id = whole.patient_id)",
    ),
    // A record's entries are found by the record; an entry is told if as many of its records are shown as it touched.
    (
        "history",
        "SELECT * FROM main.history WHERE (records = 0 AND actor_id IN ({them}))
            OR (seq, records) IN (
                SELECT seq, count(*) FROM main.history_touch WHERE record_id IN (
                    SELECT id FROM temp.partner UNION ALL SELECT id FROM temp.person UNION ALL SELECT id FROM temp.referral
                    UNION ALL SELECT id FROM temp.patient UNION ALL SELECT id FROM main.tag UNION ALL SELECT id FROM temp.reward
                    UNION ALL SELECT id FROM temp.touch UNION ALL SELECT id FROM temp.task
                    UNION ALL SELECT id FROM temp.plan UNION ALL SELECT id FROM main.playbook
                    UNION ALL SELECT id FROM temp.visit_day UNION ALL SELECT id FROM temp.gift_offer)
                GROUP BY seq)",
    ),
];

impl Lens {
    /// Everybody's rows.
    pub const EVERYBODY: Self = Self(None);

    /// The rows of these profiles.
    pub fn of(profiles: impl IntoIterator<Item = ProfileId>) -> Self {
        let mut profiles: Vec<ProfileId> = profiles.into_iter().collect();
        profiles.sort_unstable_by_key(|profile| *profile.0.bytes());
        profiles.dedup();
        Self(Some(profiles.into()))
    }

    /// Whether some rows are not shown.
    pub fn is_narrow(&self) -> bool {
        self.0.is_some()
    }

    /// What tells one lens from another, in a few words.
    pub(super) fn mark(&self) -> String {
        self.0.as_ref().map_or_else(String::new, |_| format!("{} ", self.them()))
    }

    fn them(&self) -> String {
        let mut them = String::new();
        for profile in self.0.iter().flat_map(|profiles| profiles.iter()) {
            let comma = if them.is_empty() { "" } else { ", " };
            let digits: String = profile.0.bytes().iter().map(|byte| format!("{byte:02x}")).collect();
            let _ = write!(them, "{comma}x'{digits}'");
        }
        them
    }

    /// Puts it before a reader, in place of `before`.
    pub(super) fn fit(&self, before: &Self, reader: &Connection) -> Result<(), StoreError> {
        if self == before {
            return Ok(());
        }
        let mut sql = String::from("PRAGMA query_only = OFF;");
        if before.is_narrow() {
            VIEWS.iter().rev().for_each(|(name, _)| {
                let _ = write!(sql, "DROP VIEW temp.{name};");
            });
        }
        if self.is_narrow() {
            let them = self.them();
            for (name, body) in VIEWS {
                let _ = write!(sql, "CREATE TEMP VIEW {name} AS {};", body.replace("{them}", &them));
            }
        }
        sql.push_str("PRAGMA query_only = ON");
        Ok(reader.execute_batch(&sql)?)
    }
}

/// Of the records an entry touched: the first that was there before and is not shown by the lens before `reader`, which
/// reads the file as it was before the change.
pub(crate) fn beyond<'a>(
    reader: &Connection,
    touched: impl IntoIterator<Item = &'a RecordId>,
) -> Result<Option<RecordId>, StoreError> {
    let mut sees = reader.prepare_cached(
        "SELECT 1 FROM main.partner WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM partner WHERE id = ?1)
         UNION ALL SELECT 1 FROM main.person WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM person WHERE id = ?1)
         UNION ALL SELECT 1 FROM main.referral WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM referral WHERE id = ?1)
         UNION ALL SELECT 1 FROM main.patient WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM patient WHERE id = ?1)
         UNION ALL SELECT 1 FROM main.affiliation WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM affiliation WHERE id = ?1)
         UNION ALL SELECT 1 FROM main.contact_point WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM contact_point WHERE id = ?1)
         UNION ALL SELECT 1 FROM main.address WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM address WHERE id = ?1)
         UNION ALL SELECT 1 FROM main.task WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM task WHERE id = ?1)",
    )?;
    for record in touched {
        if sees.exists(params![record])? {
            return Ok(Some(*record));
        }
    }
    Ok(None)
}

/// Prepares SQL that names the index it wants. Behind a narrower lens there is a view, which has none: then without.
///
/// # Errors
/// Those of the file.
pub(crate) fn hinted<'conn>(conn: &'conn Connection, sql: &str) -> rusqlite::Result<CachedStatement<'conn>> {
    match conn.prepare_cached(sql) {
        Err(_) if sql.contains(HINT) => conn.prepare_cached(&unhinted(sql)),
        prepared => prepared,
    }
}

const HINT: &str = " INDEXED BY ";

fn unhinted(sql: &str) -> String {
    let mut pieces = sql.split(HINT);
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        plain.push_str(piece.trim_start_matches(name));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::super::tables::{DERIVED_TABLES, SOURCE_TABLES, STORE_TABLES};
    use super::*;

    /// Tables every profile reads whole, and why that tells nothing about somebody else's records.
    const WHOLE: &[&str] = &[
        // The practice's own words, the same for all.
        "practice",
        "profile",
        "role_rights",
        "setting",
        "tag",
        "saved_view",
        "import_profile",
        "standing_day",
        // How referrals go and who is away: of the practice, and of nobody's patients.
        "process_version",
        "absence",
        // How somebody is approached: the practice's own words.
        "playbook",
        // The law's limits and the practice's own programmes: the same for all.
        "gift_limit",
        "gift_rule",
        "programme",
        "thanks_template",
        // Published by the government; whom of it one meets is asked of the records one sees.
        "exclusion_list",
        // What a mile is paid with, what we say of ourselves, and which lists there are: whom they name is behind the lens.
        "mileage_rate",
        "field_words",
        "canvass_list",
        // Read by whoever signs the year, and to add up the years of one person.
        "reward_attestation",
        "reward_alias",
        // Read only by what takes everybody's records: importing, the audit log, retention.
        "import_run",
        "alias",
        "distinct_pair",
        "audit_review",
        "disclosure",
        "disclosure_patient",
        "legal_hold",
        "erasure",
        "audit",
        "history_redaction",
        // Reached only from a row that is shown, or by number from one.
        "history_part",
        "history_touch",
        "history_undone",
        "network_search",
        "patient_search",
        // Words alone, of which nothing tells whose they are; never answered with.
        "network_vocabulary",
        // One's own by their key, or never read for an answer.
        "draft",
        "key_use",
        "partner_stale",
        "open_stale",
        "export_begun",
    ];

    #[test]
    fn every_table_is_behind_the_lens_or_says_why_not() {
        let narrowed: Vec<&str> = VIEWS.iter().map(|(name, _)| *name).collect();
        let all = SOURCE_TABLES.iter().map(|table| table.name);
        for table in all.chain(DERIVED_TABLES.iter().copied()).chain(STORE_TABLES.iter().copied()) {
            assert!(
                narrowed.contains(&table) != WHOLE.contains(&table),
                "{table}: behind the lens, or whole and why?"
            );
        }
    }

    #[test]
    fn what_is_ones_own_is_found_by_an_index_however_much_there_is() {
        let practice = crate::testing::practice("2026-11-02");
        let lens = Lens::of([practice.actor().id]);
        for (sql, index) in [
            (
                "SELECT name_key, partner_id FROM partner_standing ORDER BY name_key, partner_id LIMIT 100",
                "partner_by_owner",
            ),
            (
                "SELECT r.received_on, r.id FROM referral AS r WHERE r.trashed_at IS NULL ORDER BY r.received_on DESC, r.id DESC LIMIT 100",
                "referral_by_recorder",
            ),
            (
                "SELECT seq FROM history ORDER BY seq DESC LIMIT 100",
                "history_touch USING PRIMARY KEY (record_id=?)",
            ),
        ] {
            let plan = practice
                .store()
                .read_through(&lens, |conn| {
                    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
                    let lines = statement.query_map([], |row| row.get::<_, String>(3))?;
                    Ok::<_, StoreError>(lines.collect::<Result<Vec<_>, _>>()?.join("\n"))
                })
                .unwrap();
            assert!(plan.contains(index), "{sql}: {plan}");
            for table in ["referral", "history_touch", "partner"] {
                assert!(
                    !plan.lines().any(|line| line.trim() == format!("SCAN main.{table}")),
                    "{sql}: {plan}"
                );
            }
        }
    }

    #[test]
    fn hints_go_and_all_else_stays() {
        assert_eq!(
            unhinted("SELECT 1 FROM referral AS r INDEXED BY referral_by_date WHERE x JOIN p INDEXED BY p_1"),
            "SELECT 1 FROM referral AS r WHERE x JOIN p"
        );
    }

    #[test]
    fn a_reader_changes_its_lens_and_sees_through_the_new_one() {
        let practice = crate::testing::practice("2026-11-02");
        let (me, other) = (practice.actor().id, ProfileId::new());
        practice
            .write(crate::store::Label::hand("story", ""), |tx| {
                for by in [me, other] {
                    tx.execute(
                        "INSERT INTO person (id, name, name_key, created_at, created_by, changed_at, changed_by)
                         VALUES (?1, 'A', 'a', 0, ?2, 0, ?2)",
                        params![RecordId::new(), by],
                    )?;
                }
                Ok::<_, StoreError>(())
            })
            .unwrap();
        let count = |lens: &Lens| {
            practice
                .store()
                .read_through(lens, |conn| {
                    let own = conn
                        .prepare_cached("SELECT count(*) FROM person")?
                        .query_row([], |row| row.get(0))?;
                    let changed = conn.execute("DELETE FROM main.person", []).is_ok();
                    Ok::<(i64, bool), StoreError>((own, changed))
                })
                .unwrap()
        };
        for _ in 0..6 {
            assert_eq!(count(&Lens::EVERYBODY), (2, false));
            assert_eq!(count(&Lens::of([me])), (1, false));
            assert_eq!(count(&Lens::of([me, other])), (2, false));
            assert_eq!(count(&Lens::of([])), (0, false));
        }
    }
}
