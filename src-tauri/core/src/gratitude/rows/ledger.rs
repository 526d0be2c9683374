//! The SQL of the ledger.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PersonId, ProfileId, RecordId, RewardId};
use crate::gratitude::kinds::Known;
use crate::gratitude::ledger::{CorrectionKind, NewReward, Whom};
use crate::gratitude::meter::Entry;
use crate::gratitude::verdict::Verdict;
use crate::store::{StoreError, Tx};

/// Records that are one and the same for the ledger: put together by hand, with one NPI (CK2), or a person and the partner this
/// person is.
const SAME: &str = "WITH RECURSIVE same(id) AS (
    SELECT ?1
    UNION SELECT a.into_id FROM main.reward_alias a JOIN same s ON a.id = s.id
    UNION SELECT a.id FROM main.reward_alias a JOIN same s ON a.into_id = s.id
    UNION SELECT o.id FROM same s JOIN main.person p ON p.id = s.id JOIN main.person o ON o.npi = p.npi
    UNION SELECT k.id FROM same s JOIN main.partner k ON k.individual_id = s.id
    UNION SELECT k.individual_id FROM same s JOIN main.partner k ON k.id = s.id WHERE k.individual_id IS NOT NULL
) ";

/// What counts: neither a counter-entry that takes out a whole entry nor that entry, and nothing that was refused and not
/// given.
const COUNTS: &str =
    "s.cents <> 0 AND NOT (d.id IS NOT NULL AND NOT d.approved AND r.given_on > d.decided_on)
    AND (r.correction IS NULL OR r.correction = 'returned')
    AND NOT EXISTS (SELECT 1 FROM main.reward c WHERE c.corrects_id = r.id AND c.correction <> 'returned')";

/// The ids of one person.
pub(in crate::gratitude) fn same(conn: &Connection, id: RecordId) -> Result<Vec<RecordId>, StoreError> {
    let mut statement = conn.prepare_cached(&format!("{SAME} SELECT id FROM same ORDER BY id"))?;
    Ok(statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Every entry that counts on somebody's meter, whoever of their records it was put down for.
pub(in crate::gratitude) fn entries(
    conn: &Connection,
    meter: RecordId,
    without: Option<RewardId>,
    today: NaiveDate,
) -> Result<Vec<Entry>, StoreError> {
    let mut statement = conn.prepare_cached(&format!(
        "{SAME} SELECT r.given_on, s.cents, r.given_on > ?3 OR (r.verdict = 'needs_approval' AND d.id IS NULL)
         FROM main.reward_share s JOIN main.reward r ON r.id = s.reward_id
         LEFT JOIN main.reward_decision d ON d.reward_id = r.id
         WHERE s.meter_id IN (SELECT id FROM same) AND r.id IS NOT ?2 AND {COUNTS}
         ORDER BY r.given_on, r.id, s.id"
    ))?;
    let rows = statement.query_map(params![meter, without, Day(today)], |row| {
        Ok(Entry { on: row.get::<_, Day>(0)?.0, cents: row.get(1)?, planned: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// An entry on a meter.
#[derive(Clone, Debug)]
pub(in crate::gratitude) struct Counted {
    pub(in crate::gratitude) meter: RecordId,
    pub(in crate::gratitude) reward: RewardId,
    pub(in crate::gratitude) recipient: String,
    pub(in crate::gratitude) entry: Entry,
}

/// Every entry of a year that counts on a meter, in order. `whole`: of everybody.
pub(in crate::gratitude) fn year(
    conn: &Connection,
    year: i32,
    today: NaiveDate,
) -> Result<Vec<Counted>, StoreError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT s.meter_id, r.id, s.recipient, r.given_on, s.cents,
                r.given_on > ?3 OR (r.verdict = 'needs_approval' AND d.id IS NULL)
         FROM main.reward r JOIN main.reward_share s ON s.reward_id = r.id
         LEFT JOIN main.reward_decision d ON d.reward_id = r.id
         WHERE r.given_on BETWEEN ?1 AND ?2 AND s.meter_id IS NOT NULL AND {COUNTS}
         ORDER BY r.given_on, r.id, s.id"
    ))?;
    let (from, to) = (format!("{year:04}-01-01"), format!("{year:04}-12-31"));
    let rows = statement.query_map(params![from, to, Day(today)], |row| {
        Ok(Counted {
            meter: row.get(0)?,
            reward: row.get(1)?,
            recipient: row.get(2)?,
            entry: Entry { on: row.get::<_, Day>(3)?.0, cents: row.get(4)?, planned: row.get(5)? },
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When what was put right last was received, of one person.
pub(in crate::gratitude) fn last_return(
    conn: &Connection,
    meter: RecordId,
) -> Result<Option<NaiveDate>, StoreError> {
    let last: Option<Day> = conn
        .prepare_cached(&format!(
            "{SAME} SELECT max(received_on) FROM main.reward_return WHERE meter_id IN (SELECT id FROM same)"
        ))?
        .query_row([meter], |row| row.get(0))?;
    Ok(last.map(|day| day.0))
}

/// Whether an excess of this entry was returned.
pub(in crate::gratitude) fn has_return(conn: &Connection, id: RewardId) -> Result<bool, StoreError> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM main.reward WHERE corrects_id = ?1 AND correction = 'returned'")?
        .exists([id])?)
}

/// What was returned, for the register: whose, when what ran over was received, when it was returned, how much, of which
/// limit.
pub(in crate::gratitude) type Returned = (RecordId, NaiveDate, NaiveDate, i64, i64);

/// A share with what was found about it.
pub(in crate::gratitude) struct KeptShare<'a> {
    pub(in crate::gratitude) whom: &'a Whom,
    pub(in crate::gratitude) recipient: Option<&'a str>,
    pub(in crate::gratitude) meter: Option<RecordId>,
    pub(in crate::gratitude) present: bool,
    pub(in crate::gratitude) cents: i64,
    pub(in crate::gratitude) federal: Known,
    pub(in crate::gratitude) verdict: Verdict,
    pub(in crate::gratitude) findings: String,
    pub(in crate::gratitude) before_cents: Option<i64>,
    pub(in crate::gratitude) limit_cents: Option<i64>,
}

/// What a counter-entry says beside its numbers.
pub(in crate::gratitude) struct Counter<'a> {
    pub(in crate::gratitude) of: RewardId,
    pub(in crate::gratitude) kind: CorrectionKind,
    pub(in crate::gratitude) reason: &'a str,
}

pub(in crate::gratitude) fn insert(
    tx: &Tx<'_>,
    new: &NewReward,
    verdict: Verdict,
    exception: Option<&str>,
    counter: Option<&Counter<'_>>,
) -> Result<RewardId, StoreError> {
    let id = RewardId::new();
    tx.prepare_cached(
        "INSERT INTO reward (id, given_on, kind, occasion, what, total_cents, split, cash, solicited, purpose, paid_to, receipt,
             fair_value, agreement, giver_id, verdict, exception, corrects_id, correction, correction_reason, created_at,
             created_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?15)",
    )?
    .execute(params![
        id,
        Day(new.on),
        new.kind,
        new.occasion,
        new.what,
        new.total_cents,
        new.split,
        new.cash,
        new.solicited,
        new.purpose,
        new.paid_to,
        new.receipt,
        new.fair_value,
        new.agreement,
        tx.actor.id,
        verdict,
        exception,
        counter.map(|counter| counter.of),
        counter.map(|counter| counter.kind),
        counter.map(|counter| counter.reason),
        tx.now,
    ])?;
    Ok(id)
}

pub(in crate::gratitude) fn insert_share(
    tx: &Tx<'_>,
    reward: RewardId,
    share: &KeptShare<'_>,
) -> Result<(), StoreError> {
    let (mut partner, mut person, mut profile, mut guest) = (None, None, None, None);
    match share.whom {
        Whom::Partner(id) => partner = Some(*id),
        Whom::Person(id) => person = Some(*id),
        Whom::Ours(id) => profile = Some(*id),
        Whom::Guest(name) => guest = Some(name),
    }
    tx.prepare_cached(
        "INSERT INTO reward_share (id, reward_id, partner_id, person_id, profile_id, guest, recipient, meter_id, present, cents,
             federal, verdict, findings, before_cents, limit_cents)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        RecordId::new(),
        reward,
        partner,
        person,
        profile,
        guest,
        share.recipient,
        share.meter,
        share.present,
        share.cents,
        share.federal,
        share.verdict,
        share.findings,
        share.before_cents,
        share.limit_cents
    ])?;
    Ok(())
}

/// An entry as it stands in the file.
#[derive(Clone, Debug)]
pub(in crate::gratitude) struct KeptReward {
    pub(in crate::gratitude) id: RewardId,
    pub(in crate::gratitude) new: NewReward,
    pub(in crate::gratitude) giver: String,
    pub(in crate::gratitude) by: ProfileId,
    pub(in crate::gratitude) verdict: Verdict,
    pub(in crate::gratitude) exception: Option<String>,
    pub(in crate::gratitude) corrects: Option<RewardId>,
    pub(in crate::gratitude) correction: Option<CorrectionKind>,
    pub(in crate::gratitude) correction_reason: Option<String>,
    pub(in crate::gratitude) taken_out: bool,
    /// Approved, when, by whom, with which words.
    pub(in crate::gratitude) decision: Option<(bool, NaiveDate, String, String)>,
    pub(in crate::gratitude) own_decision: bool,
}

const REWARD: &str = "SELECT r.id, r.given_on, r.kind, r.occasion, r.what, r.total_cents, r.split, r.cash, r.solicited, r.purpose,
        r.paid_to, r.receipt, r.fair_value, r.agreement, g.name, r.created_by, r.verdict, r.exception, r.corrects_id, r.correction,
        r.correction_reason,
        EXISTS (SELECT 1 FROM main.reward c WHERE c.corrects_id = r.id AND c.correction <> 'returned'),
        d.approved, d.decided_on, a.name, d.note, d.decided_by IS r.created_by
    FROM reward r JOIN main.profile g ON g.id = r.giver_id
    LEFT JOIN main.reward_decision d ON d.reward_id = r.id LEFT JOIN main.profile a ON a.id = d.decided_by ";

fn kept(row: &Row<'_>) -> rusqlite::Result<KeptReward> {
    let approved: Option<bool> = row.get(22)?;
    let decision = match approved {
        Some(approved) => Some((approved, row.get::<_, Day>(23)?.0, row.get(24)?, row.get(25)?)),
        None => None,
    };
    Ok(KeptReward {
        id: row.get(0)?,
        new: NewReward {
            on: row.get::<_, Day>(1)?.0,
            kind: row.get(2)?,
            occasion: row.get(3)?,
            what: row.get(4)?,
            total_cents: row.get(5)?,
            split: row.get(6)?,
            cash: row.get(7)?,
            solicited: row.get(8)?,
            purpose: row.get(9)?,
            paid_to: row.get(10)?,
            receipt: row.get(11)?,
            fair_value: row.get(12)?,
            agreement: row.get(13)?,
            shares: Vec::new(),
        },
        giver: row.get(14)?,
        by: row.get(15)?,
        verdict: row.get(16)?,
        exception: row.get(17)?,
        corrects: row.get(18)?,
        correction: row.get(19)?,
        correction_reason: row.get(20)?,
        taken_out: row.get(21)?,
        own_decision: decision.is_some() && row.get::<_, bool>(26)?,
        decision,
    })
}

/// One entry, if it is shown.
pub(in crate::gratitude) fn reward(
    conn: &Connection,
    id: RewardId,
) -> Result<Option<KeptReward>, StoreError> {
    let mut statement = conn.prepare_cached(&format!("{REWARD} WHERE r.id = ?1"))?;
    Ok(statement.query_row([id], kept).optional()?)
}

/// The entries of a year, the newest first, after the one before.
pub(in crate::gratitude) fn page(
    conn: &Connection,
    year: i32,
    after: Option<(NaiveDate, RewardId)>,
    limit: u32,
) -> Result<Vec<KeptReward>, StoreError> {
    let (day, id) = after.map_or((format!("{year:04}-12-31"), None), |(day, id)| (day.to_string(), Some(id)));
    let mut statement = conn.prepare_cached(&format!(
        "{REWARD} WHERE r.given_on BETWEEN ?1 AND ?2 AND (?3 IS NULL OR (r.given_on, r.id) < (?2, ?3))
         ORDER BY r.given_on DESC, r.id DESC LIMIT ?4"
    ))?;
    let rows = statement.query_map(params![format!("{year:04}-01-01"), day, id, limit], kept)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The entries somebody had a share in, the newest first, of all their records.
pub(in crate::gratitude) fn of_person(
    conn: &Connection,
    id: RecordId,
    limit: u32,
) -> Result<Vec<KeptReward>, StoreError> {
    let mut statement = conn.prepare_cached(&format!(
        "{SAME} {REWARD} WHERE r.id IN (SELECT reward_id FROM main.reward_share s WHERE s.person_id IN (SELECT id FROM same)
             OR s.partner_id IN (SELECT id FROM same) OR s.meter_id IN (SELECT id FROM same))
         ORDER BY r.given_on DESC, r.id DESC LIMIT ?2"
    ))?;
    let rows = statement.query_map(params![id, limit], kept)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Those that wait for somebody who approves, the oldest first.
pub(in crate::gratitude) fn waiting(conn: &Connection) -> Result<Vec<KeptReward>, StoreError> {
    let mut statement = conn.prepare_cached(&format!(
        "{REWARD} WHERE r.verdict = 'needs_approval' AND d.id IS NULL AND r.corrects_id IS NULL
             AND NOT EXISTS (SELECT 1 FROM main.reward c WHERE c.corrects_id = r.id) ORDER BY r.given_on, r.id"
    ))?;
    let rows = statement.query_map([], kept)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A share as it stands in the file.
#[derive(Clone, Debug)]
pub(in crate::gratitude) struct ShareKept {
    pub(in crate::gratitude) whom: Whom,
    pub(in crate::gratitude) name: String,
    pub(in crate::gratitude) recipient: Option<String>,
    pub(in crate::gratitude) meter: Option<RecordId>,
    pub(in crate::gratitude) present: bool,
    pub(in crate::gratitude) cents: i64,
    pub(in crate::gratitude) federal: Known,
    pub(in crate::gratitude) findings: String,
    pub(in crate::gratitude) before_cents: Option<i64>,
    pub(in crate::gratitude) limit_cents: Option<i64>,
}

/// The shares of an entry, in the order they were put down. Who is named by a shown entry is named.
pub(in crate::gratitude) fn shares(
    conn: &Connection,
    reward: RewardId,
) -> Result<Vec<ShareKept>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT s.partner_id, s.person_id, s.profile_id, s.guest, coalesce(p.name, k.name, f.name, s.guest), s.recipient, s.meter_id,
                s.present, s.cents, s.federal, s.findings, s.before_cents, s.limit_cents
         FROM reward_share s LEFT JOIN main.partner k ON k.id = s.partner_id LEFT JOIN main.person p ON p.id = s.person_id
         LEFT JOIN main.profile f ON f.id = s.profile_id WHERE s.reward_id = ?1 ORDER BY s.id",
    )?;
    let rows = statement.query_map([reward], |row| {
        let partner: Option<PartnerId> = row.get(0)?;
        let person: Option<PersonId> = row.get(1)?;
        let profile: Option<ProfileId> = row.get(2)?;
        let whom = match (partner, person, profile) {
            (Some(id), ..) => Whom::Partner(id),
            (_, Some(id), _) => Whom::Person(id),
            (.., Some(id)) => Whom::Ours(id),
            _ => Whom::Guest(row.get(3)?),
        };
        Ok(ShareKept {
            whom,
            name: row.get(4)?,
            recipient: row.get(5)?,
            meter: row.get(6)?,
            present: row.get(7)?,
            cents: row.get(8)?,
            federal: row.get(9)?,
            findings: row.get(10)?,
            before_cents: row.get(11)?,
            limit_cents: row.get(12)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(in crate::gratitude) fn decide(
    tx: &Tx<'_>,
    reward: RewardId,
    approved: bool,
    note: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO reward_decision (id, reward_id, approved, note, decided_on, decided_at, decided_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![RecordId::new(), reward, approved, note, Day(tx.today), tx.now, tx.actor.id])?;
    Ok(())
}

pub(in crate::gratitude) fn insert_return(tx: &Tx<'_>, id: RewardId, of: Returned) -> Result<(), StoreError> {
    let (meter, received_on, returned_on, excess, limit) = of;
    tx.prepare_cached(
        "INSERT INTO reward_return (id, meter_id, received_on, returned_on, excess_cents, limit_cents) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![id, meter, Day(received_on), Day(returned_on), excess, limit])?;
    Ok(())
}

/// Puts two records of one person together; one that is already stays as it is.
pub(in crate::gratitude) fn put_together(
    tx: &Tx<'_>,
    away: RecordId,
    into: RecordId,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO reward_alias (id, into_id, created_at, created_by) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING",
    )?
    .execute(params![away, into, tx.now, tx.actor.id])?;
    Ok(())
}

/// The active profiles of these roles' codes, by name.
pub(in crate::gratitude) fn colleagues(
    conn: &Connection,
    today: NaiveDate,
) -> Result<Vec<(ProfileId, String)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, name FROM profile WHERE retired_at IS NULL AND (active_to IS NULL OR active_to >= ?1) ORDER BY name, id",
    )?;
    let rows = statement.query_map([Day(today)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The years that have an entry, the newest first.
pub(in crate::gratitude) fn years(conn: &Connection) -> Result<Vec<i32>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT DISTINCT CAST(substr(given_on, 1, 4) AS INTEGER) FROM reward ORDER BY 1 DESC",
    )?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The running programme under which so much may be given on that day.
pub(in crate::gratitude) fn programme_runs(
    conn: &Connection,
    on: NaiveDate,
    cents: i64,
) -> Result<bool, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT 1 FROM programme WHERE status = 'approved' AND value_cents >= ?2 AND law_state <> '' AND reviewer <> ''
                 AND reviewed_on IS NOT NULL AND note <> '' AND ifnull(from_on, ?1) <= ?1 AND ifnull(to_on, ?1) >= ?1",
        )?
        .exists(params![Day(on), cents])?)
}
