//! The SQL of what is done together with partners.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::foundation::day::Day;
use crate::foundation::id::RecordId;
use crate::gratitude::offers::{KeptDecision, KeptOffer, Offer};
use crate::gratitude::verdict::Verdict;
use crate::store::{StoreError, Tx};

const OFFER: &str = "SELECT o.id, o.partner_id, o.kind, o.what, o.from_on, o.to_on, o.ours_cents, o.theirs_cents, o.cash, o.solicited,
        o.federal, o.purpose, o.materials, o.fair_value, o.agreement, k.name, o.verdict, o.findings, o.version, o.changed_by,
        ifnull(b.name, ''), o.trashed_at IS NOT NULL, o.trash_reason, d.approved, d.decided_on, d.decided_by, ifnull(a.name, ''), d.note
    FROM gift_offer o JOIN main.partner k ON k.id = o.partner_id LEFT JOIN main.profile b ON b.id = o.changed_by
    LEFT JOIN main.gift_offer_decision d ON d.offer_id = o.id AND d.version = o.version
    LEFT JOIN main.profile a ON a.id = d.decided_by ";

fn kept(row: &Row<'_>) -> rusqlite::Result<KeptOffer> {
    let id: RecordId = row.get(0)?;
    let approved: Option<bool> = row.get(23)?;
    let decision = match approved {
        Some(approved) => Some(KeptDecision {
            approved,
            on: row.get::<_, Day>(24)?.0,
            by: row.get(25)?,
            by_name: row.get(26)?,
            note: row.get(27)?,
        }),
        None => None,
    };
    Ok(KeptOffer {
        id,
        offer: Offer {
            id: Some(id),
            partner: row.get(1)?,
            kind: row.get(2)?,
            what: row.get(3)?,
            from_on: row.get::<_, Day>(4)?.0,
            to_on: row.get::<_, Option<Day>>(5)?.map(|day| day.0),
            ours_cents: row.get(6)?,
            theirs_cents: row.get(7)?,
            cash: row.get(8)?,
            solicited: row.get(9)?,
            federal: row.get(10)?,
            purpose: row.get(11)?,
            materials: row.get(12)?,
            fair_value: row.get(13)?,
            agreement: row.get(14)?,
        },
        partner_name: row.get(15)?,
        verdict: row.get(16)?,
        findings: row.get(17)?,
        version: row.get(18)?,
        by: row.get(19)?,
        by_name: row.get(20)?,
        trashed: row.get(21)?,
        trash_reason: row.get(22)?,
        decision,
    })
}

/// An offer, if it is shown.
pub(in crate::gratitude) fn by_id(conn: &Connection, id: RecordId) -> Result<Option<KeptOffer>, StoreError> {
    let mut statement = conn.prepare_cached(&format!("{OFFER} WHERE o.id = ?1"))?;
    Ok(statement.query_row([id], kept).optional()?)
}

/// All of them, or all in the trash, the latest first.
pub(in crate::gratitude) fn all(conn: &Connection, trashed: bool) -> Result<Vec<KeptOffer>, StoreError> {
    let mut statement = conn.prepare_cached(&format!(
        "{OFFER} WHERE (o.trashed_at IS NOT NULL) = ?1 ORDER BY o.from_on DESC, o.id DESC"
    ))?;
    let rows = statement.query_map([trashed], kept)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps an offer as another version of itself.
pub(in crate::gratitude) fn put(
    tx: &Tx<'_>,
    offer: &Offer,
    verdict: Verdict,
    findings: &str,
) -> Result<RecordId, StoreError> {
    let id = offer.id.unwrap_or_default();
    tx.prepare_cached(
        "INSERT INTO gift_offer (id, partner_id, kind, what, from_on, to_on, ours_cents, theirs_cents, cash, solicited, federal, purpose,
             materials, fair_value, agreement, verdict, findings, version, created_at, created_by, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?19, ?20)
         ON CONFLICT (id) DO UPDATE SET partner_id = ?2, kind = ?3, what = ?4, from_on = ?5, to_on = ?6, ours_cents = ?7,
             theirs_cents = ?8, cash = ?9, solicited = ?10, federal = ?11, purpose = ?12, materials = ?13, fair_value = ?14,
             agreement = ?15, verdict = ?16, findings = ?17, version = ?18, changed_at = ?19, changed_by = ?20",
    )?
    .execute(params![
        id,
        offer.partner,
        offer.kind,
        offer.what,
        Day(offer.from_on),
        offer.to_on.map(Day),
        offer.ours_cents,
        offer.theirs_cents,
        offer.cash,
        offer.solicited,
        offer.federal,
        offer.purpose,
        offer.materials,
        offer.fair_value,
        offer.agreement,
        verdict,
        findings,
        RecordId::new(),
        tx.now,
        tx.actor.id,
    ])?;
    Ok(id)
}

pub(in crate::gratitude) fn trash(tx: &Tx<'_>, id: RecordId, reason: &str) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE gift_offer SET trashed_at = ?2, trash_reason = ?3 WHERE id = ?1")?
        .execute(params![id, tx.now, reason])?;
    Ok(())
}

pub(in crate::gratitude) fn restore(tx: &Tx<'_>, id: RecordId) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE gift_offer SET trashed_at = NULL, trash_reason = NULL WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}

pub(in crate::gratitude) fn decide(
    tx: &Tx<'_>,
    kept: &KeptOffer,
    approved: bool,
    note: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO gift_offer_decision (id, offer_id, version, approved, note, decided_on, decided_at, decided_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        RecordId::new(),
        kept.id,
        kept.version,
        approved,
        note,
        Day(tx.today),
        tx.now,
        tx.actor.id
    ])?;
    Ok(())
}
