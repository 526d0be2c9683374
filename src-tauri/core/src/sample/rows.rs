//! The SQL of the sample: plain inserts.

pub(super) const PROFILE: &str =
    "INSERT INTO profile (id, name, initials, role, created_at) VALUES (?1, ?2, ?3, ?4, ?5)";

pub(super) const PROFILE_NAMED: &str = "SELECT id FROM profile WHERE name = ?1";

pub(super) const ANY_PARTNER: &str = "SELECT 1 FROM partner LIMIT 1";

pub(super) const STATE: &str = "SELECT state FROM practice LIMIT 1";

pub(super) const TAG: &str = "INSERT INTO tag (id, name, name_key) VALUES (?1, ?2, ?3)";

pub(super) const PARTNER_TAG: &str = "INSERT OR IGNORE INTO partner_tag (partner_id, tag_id) VALUES (?1, ?2)";

pub(super) const PERSON: &str = "
    INSERT INTO person (id, given, middle, family, credentials, name, name_key, npi, specialty, role, connection_note,
                        created_at, created_by, changed_at, changed_by)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?12, ?13)";

pub(super) const PARTNER: &str = "
    INSERT INTO partner (id, class, type, name, name_key, individual_id, npi, specialty, how_met, how_met_on, how_met_place,
                         owner_id, notes, patient_id, created_at, created_by, changed_at, changed_by)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?15, ?16)";

pub(super) const AFFILIATION: &str = "
    INSERT INTO affiliation (id, person_id, partner_id, role, decides, influences, executes, usually_picks, is_primary, from_on)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

pub(super) const CONTACT_POINT: &str = "
    INSERT INTO contact_point (id, partner_id, person_id, kind, value, search, label, is_primary)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', ?7)";

pub(super) const ADDRESS: &str = "
    INSERT INTO address (id, partner_id, kind, street, city, state, zip, is_primary) VALUES (?1, ?2, 'work', ?3, ?4, ?5, ?6, 1)";

pub(super) const PATIENT: &str = "
    INSERT INTO patient (id, name, name_key, chart_number, born_on, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

pub(super) const REFERRAL: &str = "
    INSERT INTO referral (id, direction, received_on, source_answer, from_partner_id, from_person_id, to_partner_id, to_person_id,
                          patient_id, reason, service_line, payer, urgency, scheduled_on, seen_on, closed_on, outcome, amount_cents,
                          created_at, created_by, changed_at, changed_by, type)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?19, ?20, ?21)";

pub(super) const BATON: &str = "
    INSERT INTO baton (id, tracked_on, holder_id, held_on, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?3)";

pub(super) const HAND_OFF: &str = "
    INSERT INTO hand_off (id, referral_id, from_id, to_id, given_on, given_at, given_by, answer, answered_on)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?3, 'accepted', ?5)";

pub(super) const STEP: &str = "
    INSERT INTO referral_step (id, referral_id, step, done_on, created_at, created_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

pub(super) const LEAK: &str = "
    INSERT INTO leak (id, referral_id, kind, reason_code, created_at, created_by, changed_at, changed_by)
    VALUES (?1, ?2, 'went_elsewhere', ?3, ?4, ?5, ?4, ?5)";

/// Partners patients may be sent to, in their order.
pub(super) const HELPERS: &str = "SELECT id, type FROM partner WHERE class = 'medical' OR (class = 'business' AND type IN ('gym', 'sport_leader', 'personal_trainer'))
     ORDER BY name_key, id";

pub(super) const STRENGTH: &str = "INSERT INTO partner_strength (id, partner_id, kind, value, created_at, created_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

pub(super) const ISSUE: &str = "
    INSERT INTO partner_issue (id, partner_id, category, severity, what, opened_on, created_at, created_by, changed_at, changed_by)
    VALUES (?1, ?2, 'communication', 3, 'Two reports never came although they were asked for three times', ?3, ?4, ?5, ?4, ?5)";

/// Referrals that came since a day, in their order: the patient, the day, and the visit.
pub(super) const CAME: &str = "SELECT id, patient_id, received_on, seen_on FROM referral
     WHERE direction = 'inbound' AND received_on >= ?1 ORDER BY received_on, id";

pub(super) const INQUIRY: &str = "
    INSERT INTO inquiry (id, asked_on, minute, channel, patient_id, caller, question, answered_on, answered_minute, callback_on,
                         signed_up_on, dropped_on, dropped_reason, referral_id, created_at, created_by, changed_at, changed_by)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?2, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?14, ?15)";

pub(super) const PLAN: &str = "
    INSERT OR IGNORE INTO referral_answer (id, referral_id, topic, item, value, changed_at, changed_by) VALUES (?1, ?2, 'plan', ?3, ?4, ?5, ?6)";

pub(super) const VISIT: &str = "INSERT OR IGNORE INTO kept_visit (id, patient_id, visit_on, created_at, created_by) VALUES (?1, ?2, ?3, ?4, ?5)";
/// Whoever sent somebody in these days: the person, or the partner where nobody in particular is named.
pub(super) const ARRIVED: &str = "
    SELECT DISTINCT a.person_id, CASE WHEN a.person_id IS NULL THEN a.partner_id END FROM arrival a
    JOIN partner k ON k.id = a.partner_id AND k.class <> 'source' WHERE a.came_on BETWEEN ?1 AND ?2 ORDER BY 1, 2";

pub(super) const THANKS: &str = "
    INSERT INTO thanks (id, partner_id, person_id, came_to, form, status, line, done_on, created_at, created_by, changed_at, changed_by)
    VALUES (?1, ?2, ?3, ?4, 'card', 'sent', ?5, ?4, ?6, ?7, ?6, ?7)";

/// Physicians with an NPI, in the order they were made.
pub(super) const PHYSICIANS: &str = "
    SELECT id FROM person WHERE npi IS NOT NULL AND role = 'physician' AND id NOT IN (
        SELECT individual_id FROM partner WHERE class = 'patient' AND individual_id IS NOT NULL)
    ORDER BY id LIMIT 5";

/// The addresses of partners.
pub(super) const ADDRESSES: &str =
    "SELECT id, city, street FROM address WHERE partner_id IS NOT NULL ORDER BY partner_id, id";
/// Where an address is.
pub(super) const PLACE: &str = "UPDATE address SET latitude = ?2, longitude = ?3 WHERE id = ?1";
/// A partner of this name.
pub(super) const PARTNER_NAMED: &str = "SELECT id FROM partner WHERE name = ?1 ORDER BY id LIMIT 1";
/// Partners of a type, by name.
pub(super) const PARTNERS_OF_TYPE: &str =
    "SELECT id FROM partner WHERE type = ?1 AND trashed_at IS NULL ORDER BY name_key, id LIMIT 8";

/// A task that should have been done by now.
pub(super) const BACKDATE_TASK: &str = "UPDATE task SET due_on = ?2, promised_on = CASE WHEN promised_on IS NULL THEN NULL ELSE ?2 END WHERE id = ?1";
/// Partners one keeps in touch with, in their order, and whether they ever sent or received anybody.
pub(super) const IN_TOUCH: &str = "
    SELECT id, class = 'business', owner_id, EXISTS (SELECT 1 FROM referral WHERE from_partner_id = partner.id)
        OR EXISTS (SELECT 1 FROM referral WHERE to_partner_id = partner.id)
    FROM partner WHERE class IN ('medical', 'business') ORDER BY name_key, id";

pub(super) const PEOPLE_THERE: &str =
    "SELECT person_id FROM affiliation WHERE partner_id = ?1 ORDER BY id LIMIT 4";

pub(super) const TOUCH: &str = "
    INSERT INTO touch (id, partner_id, held_on, held_minute, form, started_by, two_way, bulk, category, purpose, learned, minutes,
                       cost_cents, cost_kind, kept_private, held_by, created_at, created_by, changed_at, changed_by)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9, ?10, ?11, ?12, ?13, 0, ?14, ?15, ?16, ?15, ?16)";

pub(super) const MET: &str = "INSERT INTO touch_person (touch_id, person_id) VALUES (?1, ?2)";

/// The partners with the most people we know.
pub(super) const CLOSEST: &str = "
    SELECT p.id FROM partner p JOIN affiliation a ON a.partner_id = p.id JOIN referral_month m ON m.partner_id = p.id
    WHERE p.class IN ('medical', 'business') GROUP BY p.id ORDER BY count(DISTINCT a.id) DESC, p.name_key, p.id LIMIT 14";

pub(super) const RING: &str = "
    INSERT INTO closeness (id, ring, ring_since_on, ring_reason, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

pub(super) const WISH: &str = "
    INSERT INTO nurture (id, channel, every_days, best_time, do_not, paused, changed_at, changed_by)
    VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7)";
