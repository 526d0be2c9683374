-- How the practice says thank you: what it gave of value, by which rule, and who waits for thanks.

ALTER TABLE role_rights ADD COLUMN gratitude TEXT CHECK (gratitude IN ('none', 'read', 'write', 'approve')); -- NULL: the role's default

-- The limits of a calendar year where the practice changed them. No row: the default that came with Baton.
CREATE TABLE gift_limit (
    id BLOB PRIMARY KEY NOT NULL,
    year INTEGER NOT NULL UNIQUE CHECK (year BETWEEN 2000 AND 2100),
    physician_cents INTEGER NOT NULL CHECK (physician_cents >= 0),
    patient_item_cents INTEGER NOT NULL CHECK (patient_item_cents >= 0),
    patient_year_cents INTEGER NOT NULL CHECK (patient_year_cents >= 0),
    source TEXT NOT NULL,
    verified_on TEXT,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What holds for the whole practice. One row, with the practice's id; none: the stricter reading.
CREATE TABLE gift_rule (
    id BLOB PRIMARY KEY NOT NULL,
    designated_services INTEGER NOT NULL,
    designated_reason TEXT,                 -- why the physicians' meter does not bind
    medical_staff INTEGER NOT NULL,
    thanks_days INTEGER NOT NULL CHECK (thanks_days BETWEEN 0 AND 60), -- working days until thanks are due
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL,
    CHECK (designated_services OR designated_reason IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- What would mean something to somebody, and what they may accept.
CREATE TABLE gift_note (
    id BLOB PRIMARY KEY NOT NULL,           -- the person or the partner
    partner_id BLOB REFERENCES partner (id),
    person_id BLOB REFERENCES person (id),
    likes TEXT NOT NULL DEFAULT '',
    avoids TEXT NOT NULL DEFAULT '',        -- allergies among them
    hobbies TEXT NOT NULL DEFAULT '',
    ideas TEXT NOT NULL DEFAULT '',
    policy TEXT CHECK (policy IN ('nothing', 'up_to', 'ask')), -- of the employer; NULL: none on file
    policy_cents INTEGER CHECK (policy_cents >= 0),
    federal TEXT CHECK (federal IN ('yes', 'no')), -- refers, or is covered by, federal programmes; NULL: unknown
    exclusion TEXT CHECK (exclusion IN ('clear', 'listed', 'same_name')), -- NULL: not looked up
    exclusion_on TEXT,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL,
    CHECK ((partner_id IS NULL) <> (person_id IS NULL)),
    CHECK ((policy IS 'up_to') = (policy_cents IS NOT NULL)),
    CHECK ((exclusion IS NULL) = (exclusion_on IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX gift_note_by_partner ON gift_note (partner_id) WHERE partner_id IS NOT NULL;
CREATE INDEX gift_note_by_person ON gift_note (person_id) WHERE person_id IS NOT NULL;

-- Patients who tell a friend: what of it is recognised, and who looked at it. Recognition alone unless it says otherwise.
CREATE TABLE programme (
    id BLOB PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    rule TEXT NOT NULL,
    value_cents INTEGER NOT NULL CHECK (value_cents >= 0),
    cap_cents INTEGER CHECK (cap_cents >= 0),
    from_on TEXT,
    to_on TEXT,
    law_state TEXT NOT NULL DEFAULT '',     -- whose law was looked at
    reviewer TEXT NOT NULL DEFAULT '',
    reviewed_on TEXT,
    note TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL CHECK (status IN ('draft', 'approved', 'paused', 'ended')),
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Something of value, or thanks without one. Corrected by counter-entries, never edited.
CREATE TABLE reward (
    id BLOB PRIMARY KEY NOT NULL,
    given_on TEXT NOT NULL,                 -- ahead: planned
    kind TEXT NOT NULL,
    occasion TEXT NOT NULL,
    what TEXT NOT NULL,
    total_cents INTEGER NOT NULL,           -- retail value or cost with tip; below zero: a counter-entry
    split TEXT NOT NULL CHECK (split IN ('each', 'shared')), -- shared: divided by who was there
    cash TEXT NOT NULL CHECK (cash IN ('yes', 'no', 'unknown')),
    solicited TEXT NOT NULL CHECK (solicited IN ('yes', 'no', 'unknown')),
    purpose TEXT,
    paid_to TEXT,
    receipt TEXT,                           -- where it is kept
    fair_value TEXT,                        -- what is promoted together: why the shares are fair
    agreement TEXT,                         -- and where agreement and counsel's note are kept
    giver_id BLOB NOT NULL REFERENCES profile (id),
    verdict TEXT NOT NULL CHECK (verdict IN ('allowed', 'needs_approval', 'blocked')),
    exception TEXT,                         -- blocked, and given all the same: what happened
    corrects_id BLOB REFERENCES reward (id),
    correction TEXT CHECK (correction IN ('wrong', 'returned', 'not_given')),
    correction_reason TEXT,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    CHECK ((verdict = 'blocked') = (exception IS NOT NULL)),
    CHECK ((corrects_id IS NULL) = (correction IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX reward_by_day ON reward (given_on, id);
CREATE INDEX reward_by_correction ON reward (corrects_id) WHERE corrects_id IS NOT NULL;

-- Whose it was, and what was found when it was put down.
CREATE TABLE reward_share (
    id BLOB PRIMARY KEY NOT NULL,
    reward_id BLOB NOT NULL REFERENCES reward (id),
    partner_id BLOB REFERENCES partner (id),
    person_id BLOB REFERENCES person (id),
    profile_id BLOB REFERENCES profile (id), -- one of us
    guest TEXT,                             -- somebody without a record
    recipient TEXT,                         -- NULL: one of us
    meter_id BLOB,                          -- whose year it counts on
    present INTEGER NOT NULL,
    cents INTEGER NOT NULL,
    federal TEXT NOT NULL CHECK (federal IN ('yes', 'no', 'unknown')),
    verdict TEXT NOT NULL CHECK (verdict IN ('allowed', 'needs_approval', 'blocked')),
    findings TEXT NOT NULL,                 -- JSON
    before_cents INTEGER,                   -- what the meter said before it
    limit_cents INTEGER,
    CHECK ((partner_id IS NOT NULL) + (person_id IS NOT NULL) + (profile_id IS NOT NULL) + (guest IS NOT NULL) = 1),
    CHECK ((profile_id IS NOT NULL) = (recipient IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX reward_share_by_reward ON reward_share (reward_id);
CREATE INDEX reward_share_by_meter ON reward_share (meter_id) WHERE meter_id IS NOT NULL;
CREATE INDEX reward_share_by_partner ON reward_share (partner_id) WHERE partner_id IS NOT NULL;
CREATE INDEX reward_share_by_person ON reward_share (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE reward_decision (
    id BLOB PRIMARY KEY NOT NULL,
    reward_id BLOB NOT NULL UNIQUE REFERENCES reward (id),
    approved INTEGER NOT NULL,
    note TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    decided_by BLOB NOT NULL REFERENCES profile (id)
) STRICT, WITHOUT ROWID;

-- An excess that was put right (42 CFR 411.357(k)(3)).
CREATE TABLE reward_return (
    id BLOB PRIMARY KEY NOT NULL REFERENCES reward (id), -- the counter-entry
    meter_id BLOB NOT NULL,
    received_on TEXT NOT NULL,              -- when what ran over was received
    returned_on TEXT NOT NULL,
    excess_cents INTEGER NOT NULL,
    limit_cents INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX reward_return_by_meter ON reward_return (meter_id);

-- Two records of one person: their years count together. The ledger itself stays as it was written.
CREATE TABLE reward_alias (
    id BLOB PRIMARY KEY NOT NULL,           -- the record that was merged away
    into_id BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX reward_alias_by_kept ON reward_alias (into_id);

-- A year of the ledger somebody looked through and signed.
CREATE TABLE reward_attestation (
    id BLOB PRIMARY KEY NOT NULL,
    year INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    total_cents INTEGER NOT NULL,
    findings TEXT NOT NULL,
    signed_at INTEGER NOT NULL,
    signed_by BLOB NOT NULL REFERENCES profile (id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER reward_is_append_only BEFORE UPDATE ON reward BEGIN
    SELECT raise(ABORT, 'the ledger is corrected by a counter-entry');
END;
CREATE TRIGGER reward_is_kept BEFORE DELETE ON reward BEGIN
    SELECT raise(ABORT, 'the ledger is corrected by a counter-entry');
END;
CREATE TRIGGER reward_share_is_append_only BEFORE UPDATE ON reward_share BEGIN
    SELECT raise(ABORT, 'the ledger is corrected by a counter-entry');
END;
CREATE TRIGGER reward_share_is_kept BEFORE DELETE ON reward_share BEGIN
    SELECT raise(ABORT, 'the ledger is corrected by a counter-entry');
END;
CREATE TRIGGER reward_decision_is_append_only BEFORE UPDATE ON reward_decision BEGIN
    SELECT raise(ABORT, 'a decision stays as it is');
END;
CREATE TRIGGER reward_decision_is_kept BEFORE DELETE ON reward_decision BEGIN
    SELECT raise(ABORT, 'a decision stays as it is');
END;
CREATE TRIGGER reward_return_is_append_only BEFORE UPDATE ON reward_return BEGIN
    SELECT raise(ABORT, 'the ledger is corrected by a counter-entry');
END;
CREATE TRIGGER reward_return_is_kept BEFORE DELETE ON reward_return BEGIN
    SELECT raise(ABORT, 'the ledger is corrected by a counter-entry');
END;
CREATE TRIGGER reward_attestation_is_append_only BEFORE UPDATE ON reward_attestation BEGIN
    SELECT raise(ABORT, 'a signed year stays as it is');
END;
CREATE TRIGGER reward_attestation_is_kept BEFORE DELETE ON reward_attestation BEGIN
    SELECT raise(ABORT, 'a signed year stays as it is');
END;

-- All that the gratitude room learns of referrals: on that day somebody sent a patient. Not which, not how many.
CREATE VIEW arrival (partner_id, person_id, came_on) AS
    SELECT DISTINCT from_partner_id, from_person_id, received_on FROM referral
    WHERE direction = 'inbound' AND trashed_at IS NULL AND from_partner_id IS NOT NULL
      AND id NOT IN (SELECT id FROM restriction);

-- Thanks that are being written, were sent, or are not due.
CREATE TABLE thanks (
    id BLOB PRIMARY KEY NOT NULL,
    partner_id BLOB REFERENCES partner (id),
    person_id BLOB REFERENCES person (id),
    came_to TEXT,                           -- answers whatever had come by that day; NULL: none
    due_on TEXT,
    form TEXT NOT NULL CHECK (form IN ('letter', 'card', 'call', 'public', 'recognition')),
    status TEXT NOT NULL CHECK (status IN ('drafted', 'sent', 'waived')),
    line TEXT NOT NULL DEFAULT '',          -- the personal one
    body TEXT NOT NULL DEFAULT '',          -- the whole text as it went out
    template_id BLOB,                       -- the version it was written from
    done_on TEXT,
    reason TEXT,                            -- why none is due
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL,
    CHECK ((partner_id IS NULL) <> (person_id IS NULL)),
    CHECK ((status = 'drafted') = (done_on IS NULL)),
    CHECK ((status = 'waived') = (reason IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX thanks_by_partner ON thanks (partner_id, came_to) WHERE partner_id IS NOT NULL;
CREATE INDEX thanks_by_person ON thanks (person_id, came_to) WHERE person_id IS NOT NULL;
CREATE INDEX thanks_by_day ON thanks (done_on, id) WHERE done_on IS NOT NULL;

-- Texts to begin with. Each change is a version; NULL text: back to what came with Baton, or gone where nothing did.
CREATE TABLE thanks_template (
    id BLOB PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,                     -- the same for all versions
    name TEXT NOT NULL,
    form TEXT NOT NULL CHECK (form IN ('letter', 'card', 'call', 'public', 'recognition')),
    body TEXT,
    made_at INTEGER NOT NULL,
    made_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX thanks_template_by_code ON thanks_template (code, made_at);
