//! What is held about somebody, part by part: label and value.

use rusqlite::{Connection, params};

use super::super::types::{HeldFact, RecordKind, RecordRef, SectionKind};
use crate::store::StoreError;

// ?1 is the record, ?2 its name. Empty values are left out by the reader.

const PERSON: [(SectionKind, &str); 7] = [
    (
        SectionKind::Identity,
        "SELECT 'person.name', name FROM person WHERE id = ?1
         UNION ALL SELECT 'person.npi', npi FROM person WHERE id = ?1
         UNION ALL SELECT 'person.specialty', specialty FROM person WHERE id = ?1
         UNION ALL SELECT 'person.role', replace(role, '_', ' ') FROM person WHERE id = ?1
         UNION ALL SELECT 'person.connection_note', connection_note FROM person WHERE id = ?1
         UNION ALL SELECT 'person.notes', notes FROM person WHERE id = ?1
         UNION ALL SELECT 'partner.name', name FROM partner WHERE individual_id = ?1
         UNION ALL SELECT 'partner.how_met_note', how_met_note FROM partner WHERE individual_id = ?1
         UNION ALL SELECT 'partner.notes', notes FROM partner WHERE individual_id = ?1",
    ),
    (
        SectionKind::Contact,
        "SELECT 'contact_point.' || c.kind, c.value || CASE WHEN c.label = '' THEN '' ELSE ' (' || c.label || ')' END
         FROM contact_point c WHERE c.person_id = ?1 OR c.partner_id IN (SELECT id FROM partner WHERE individual_id = ?1)
         UNION ALL SELECT 'address.' || a.kind, concat_ws(', ', nullif(a.street, ''), nullif(a.street2, ''), nullif(a.city, ''), nullif(trim(a.state || ' ' || a.zip), ''))
         FROM address a WHERE a.person_id = ?1 OR a.partner_id IN (SELECT id FROM partner WHERE individual_id = ?1)",
    ),
    (
        SectionKind::Work,
        "SELECT 'affiliation.partner', p.name || ifnull(', ' || replace(a.role, '_', ' '), '') || ifnull(', until ' || a.to_on, '')
         FROM affiliation a JOIN partner p ON p.id = a.partner_id WHERE a.person_id = ?1 AND ?2 IS NOT NULL
         UNION ALL SELECT 'partner.introducer_id', p.name FROM partner p WHERE p.introducer_id = ?1",
    ),
    (
        SectionKind::Spellings,
        "SELECT 'alias.key', key FROM alias WHERE person_id = ?1 OR partner_id IN (SELECT id FROM partner WHERE individual_id = ?1)",
    ),
    (
        SectionKind::Referrals,
        "SELECT 'referral.from_person_id', received_on FROM referral WHERE from_person_id = ?1
         UNION ALL SELECT 'referral.to_person_id', received_on FROM referral WHERE to_person_id = ?1",
    ),
    (
        SectionKind::Mentions,
        "SELECT 'partner.notes', name FROM partner
         WHERE individual_id IS NOT ?1 AND (instr(lower(ifnull(notes, '')), lower(?2)) > 0 OR instr(lower(ifnull(how_met_note, '')), lower(?2)) > 0)
         UNION ALL SELECT 'person.notes', name FROM person
         WHERE id <> ?1 AND (instr(lower(ifnull(notes, '')), lower(?2)) > 0 OR instr(lower(ifnull(connection_note, '')), lower(?2)) > 0)
         UNION ALL SELECT 'referral.note', received_on FROM referral WHERE instr(lower(ifnull(note, '')), lower(?2)) > 0",
    ),
    (
        SectionKind::History,
        "SELECT 'history.entries', (SELECT count(DISTINCT seq) FROM history_touch WHERE record_id = ?1)
         UNION ALL SELECT 'history.first', (SELECT date(min(h.at) / 1000, 'unixepoch') FROM history h JOIN history_touch t ON t.seq = h.seq WHERE t.record_id = ?1)",
    ),
];

const PATIENT: [(SectionKind, &str); 4] = [
    (
        SectionKind::Identity,
        "SELECT 'patient.name', name FROM patient WHERE id = ?1
         UNION ALL SELECT 'patient.chart_number', chart_number FROM patient WHERE id = ?1
         UNION ALL SELECT 'patient.born_on', born_on FROM patient WHERE id = ?1
         UNION ALL SELECT 'partner.name', name FROM partner WHERE patient_id = ?1
         UNION ALL SELECT 'partner.notes', notes FROM partner WHERE patient_id = ?1",
    ),
    (
        SectionKind::Contact,
        "SELECT 'contact_point.' || c.kind, c.value FROM contact_point c WHERE c.partner_id IN (SELECT id FROM partner WHERE patient_id = ?1)
         UNION ALL SELECT 'address.' || a.kind, concat_ws(', ', nullif(a.street, ''), nullif(a.city, ''), nullif(trim(a.state || ' ' || a.zip), ''))
         FROM address a WHERE a.partner_id IN (SELECT id FROM partner WHERE patient_id = ?1)",
    ),
    (
        SectionKind::Referrals,
        "SELECT 'referral.received_on', concat_ws(', ', r.received_on, r.direction, r.service_line, r.diagnosis_group, r.reason, r.payer, r.outcome, r.note)
         FROM referral r WHERE r.patient_id = ?1
         UNION ALL SELECT 'referral_step.note', concat_ws(', ', s.done_on, replace(s.step, '_', ' '), s.note)
         FROM referral_step s JOIN referral r ON r.id = s.referral_id WHERE r.patient_id = ?1
         UNION ALL SELECT 'consent.purpose', concat_ws(', ', c.given_on, replace(c.purpose, '_', ' '), c.answer, c.note)
         FROM consent c WHERE c.patient_id = ?1
         UNION ALL SELECT 'experience.comment', concat_ws(', ', e.visit_on, e.rating, e.comment, e.follow_up_note)
         FROM experience e JOIN referral r ON r.id = e.referral_id WHERE r.patient_id = ?1
         UNION ALL SELECT 'referral_answer.value', concat_ws(', ', replace(a.topic, '_', ' '), replace(a.item, '_', ' '), a.value)
         FROM referral_answer a JOIN referral r ON r.id = a.referral_id WHERE r.patient_id = ?1
         UNION ALL SELECT 'leak.reason_text', concat_ws(', ', replace(l.kind, '_', ' '), l.reason_text, l.action)
         FROM leak l JOIN referral r ON r.id = l.referral_id WHERE r.patient_id = ?1
         UNION ALL SELECT 'hand_out.problem', concat_ws(', ', h.given_on, h.problem, h.wishes, h.answered_on, h.contacted, h.helped)
         FROM hand_out h WHERE h.patient_id = ?1
         UNION ALL SELECT 'inquiry.question', concat_ws(', ', i.asked_on, i.caller_name, i.caller_phone, i.question, i.dropped_reason)
         FROM inquiry i WHERE i.patient_id = ?1
         UNION ALL SELECT 'kept_visit.visit_on', v.visit_on FROM kept_visit v WHERE v.patient_id = ?1
         UNION ALL SELECT 'care_group.plan', concat_ws(', ', replace(g.kind, '_', ' '), g.plan) FROM care_group g WHERE g.patient_id = ?1
         UNION ALL SELECT 'care_member.part', concat_ws(', ', m.care_role, m.part, m.due_on) FROM care_member m WHERE m.patient_id = ?1",
    ),
    (
        SectionKind::Mentions,
        "SELECT 'partner.notes', name FROM partner WHERE patient_id IS NOT ?1 AND instr(lower(ifnull(notes, '')), lower(?2)) > 0
         UNION ALL SELECT 'person.notes', name FROM person WHERE instr(lower(ifnull(notes, '')), lower(?2)) > 0
         UNION ALL SELECT 'referral.note', received_on FROM referral WHERE patient_id <> ?1 AND instr(lower(ifnull(note, '')), lower(?2)) > 0",
    ),
];

/// The facts of one part.
pub(in super::super) fn facts(
    conn: &Connection,
    record: RecordRef,
    kind: SectionKind,
    name: &str,
) -> Result<Vec<HeldFact>, StoreError> {
    let all: &[(SectionKind, &str)] = if record.kind == RecordKind::Patient { &PATIENT } else { &PERSON };
    let Some((_, sql)) = all.iter().find(|(section, _)| *section == kind) else { return Ok(Vec::new()) };
    // Without a name there is nothing to look for in free text.
    if kind == SectionKind::Mentions && name.chars().count() < 3 {
        return Ok(Vec::new());
    }
    // Every statement speaks of both values, so that they can be bound alike.
    let sql = ["SELECT * FROM (", sql, ") WHERE ?2 IS NOT ?1"].concat();
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(params![record.id, name])?;
    let mut facts = Vec::new();
    while let Some(row) = rows.next()? {
        let value = match row.get::<_, rusqlite::types::Value>(1)? {
            rusqlite::types::Value::Text(text) => text,
            rusqlite::types::Value::Integer(number) if number > 0 => number.to_string(),
            _ => continue,
        };
        if !value.is_empty() {
            facts.push(HeldFact { label: row.get(0)?, value });
        }
    }
    Ok(facts)
}
