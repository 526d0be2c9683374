//! The SQL of the register.

pub(super) mod baton;
pub(super) mod care;
pub(super) mod help;
pub(super) mod inquiry;
pub(super) mod intake;
pub(super) mod leaks;
pub(super) mod open;
pub(super) mod process;
pub(super) mod register;
pub(super) mod row;
pub(super) mod shared;
pub(super) mod today;

/// Moves a referral to the trash.
pub(super) const TRASH: &str = "UPDATE referral SET trashed_at = ?2, trashed_by = ?3, trash_reason = ?4 WHERE id = ?1 AND trashed_at IS NULL";

/// Brings a referral back; that is a change of it.
pub(super) const RESTORE: &str =
    "UPDATE referral SET trashed_at = NULL, trashed_by = NULL, trash_reason = NULL,
     changed_at = ?2, changed_by = ?3 WHERE id = ?1 AND trashed_at IS NOT NULL";

/// The name of a referral's patient, or the chart number.
pub(super) const LABEL: &str = "SELECT CASE WHEN p.name = '' THEN ifnull(p.chart_number, '') ELSE p.name END
     FROM referral r JOIN patient p ON p.id = r.patient_id WHERE r.id = ?1";

/// A referral's page beside its row.
pub(super) const PAGE: &str = "
    SELECT r.patient_id, pt.born_on, r.payer, r.amount_cents, r.status_text, r.note, r.import_id, i.file_name, r.import_record,
           r.created_at, ifnull(cb.name, ''), r.changed_at, ifnull(chb.name, ''), r.trashed_at
    FROM referral r
    JOIN patient pt ON pt.id = r.patient_id
    LEFT JOIN import_run i ON i.id = r.import_id
    LEFT JOIN profile cb ON cb.id = r.created_by
    LEFT JOIN profile chb ON chb.id = r.changed_by
    WHERE r.id = ?1";

/// Words of the newest referrals, for suggestions.
pub(super) const USED: &str = "SELECT reason, service_line, payer, diagnosis_group FROM referral INDEXED BY referral_by_date
     WHERE trashed_at IS NULL AND id NOT IN (SELECT id FROM restriction) ORDER BY received_on DESC, id DESC LIMIT 3000";
/// Where patients come from, most first.
pub(super) const COUNTRIES: &str =
    "SELECT value FROM referral_answer WHERE topic = 'origin' AND item = 'country'
     GROUP BY value ORDER BY count(*) DESC, value LIMIT 50";
