-- The audit log: what was looked at, printed, signed in to and set up, beside `history`, which holds what was changed.
-- Both share one numbering and one chain of hashes, so that there is one head to verify. Written only by the store.
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,                -- a number `history` does not have: the chain runs through both
    id BLOB NOT NULL UNIQUE,
    device_id BLOB NOT NULL,
    at INTEGER NOT NULL,                    -- UTC milliseconds, when it happened
    actor_id BLOB NOT NULL,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,                   -- code, e.g. view
    kind TEXT NOT NULL,                     -- what record_id is: referral, partner, person …; empty for none
    record_id BLOB,                         -- never a name: that is looked up when the log is shown
    detail TEXT NOT NULL,                   -- a code or a file's name, never anything of a patient
    number INTEGER,                         -- rows, an entry, tries: what the action counts
    result TEXT NOT NULL CHECK (result IN ('done', 'failed', 'refused')),
    hash BLOB NOT NULL                      -- HMAC over the entry before and this one
) STRICT;
CREATE INDEX audit_by_record ON audit (record_id, seq) WHERE record_id IS NOT NULL;
CREATE INDEX audit_by_action ON audit (action, seq);

CREATE TRIGGER audit_is_append_only BEFORE UPDATE ON audit BEGIN
    SELECT raise(ABORT, 'the log is append-only');
END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN
    SELECT raise(ABORT, 'the log is append-only');
END;

-- A period of the log somebody looked through and signed (45 CFR 164.308(a)(1)(ii)(D)).
CREATE TABLE audit_review (
    id BLOB PRIMARY KEY NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    reviewer_id BLOB NOT NULL,
    reviewer_name TEXT NOT NULL,
    findings TEXT NOT NULL,
    signed_at INTEGER NOT NULL,
    entries INTEGER NOT NULL,               -- how many entries the period held when it was signed
    head_seq INTEGER NOT NULL,              -- how far the chain was verified
    head_hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_review_is_append_only BEFORE UPDATE ON audit_review BEGIN
    SELECT raise(ABORT, 'a signed review stays as it is');
END;
CREATE TRIGGER audit_review_is_kept BEFORE DELETE ON audit_review BEGIN
    SELECT raise(ABORT, 'a signed review stays as it is');
END;

-- What left the practice about patients (45 CFR 164.528). Corrected by counter-entries.
-- No references to patients: deleting a record never deletes its trail.
CREATE TABLE disclosure (
    id BLOB PRIMARY KEY NOT NULL,
    disclosed_on TEXT NOT NULL,
    recipient TEXT NOT NULL,
    address TEXT NOT NULL,
    what TEXT NOT NULL,
    purpose TEXT NOT NULL,
    basis TEXT NOT NULL CHECK (basis IN ('treatment', 'payment', 'operations', 'authorisation', 'individual', 'other')),
    sender_id BLOB NOT NULL,
    sender_name TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('export', 'letter', 'hand')),
    source_id BLOB,                         -- the letter
    corrects_id BLOB UNIQUE REFERENCES disclosure (id),
    withdrawn INTEGER NOT NULL DEFAULT 0,   -- the counter-entry says that nothing was disclosed
    correction_reason TEXT,
    patients INTEGER NOT NULL,
    patients_sha256 BLOB NOT NULL,          -- over the ids of the patients in their order
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX disclosure_by_day ON disclosure (disclosed_on, id);

CREATE TABLE disclosure_patient (
    patient_id BLOB NOT NULL,
    disclosure_id BLOB NOT NULL REFERENCES disclosure (id),
    PRIMARY KEY (patient_id, disclosure_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX disclosure_patient_by_disclosure ON disclosure_patient (disclosure_id);

CREATE TRIGGER disclosure_is_append_only BEFORE UPDATE ON disclosure BEGIN
    SELECT raise(ABORT, 'a disclosure is corrected by a counter-entry');
END;
CREATE TRIGGER disclosure_is_kept BEFORE DELETE ON disclosure BEGIN
    SELECT raise(ABORT, 'a disclosure is corrected by a counter-entry');
END;
CREATE TRIGGER disclosure_patient_is_append_only BEFORE UPDATE ON disclosure_patient BEGIN
    SELECT raise(ABORT, 'a disclosure is corrected by a counter-entry');
END;
CREATE TRIGGER disclosure_patient_is_kept BEFORE DELETE ON disclosure_patient BEGIN
    SELECT raise(ABORT, 'a disclosure is corrected by a counter-entry');
END;
