-- What is promoted, shown or offered together with a partner: who bears how much of it, why that is fair, and by which rule it may be.
CREATE TABLE gift_offer (
    id BLOB PRIMARY KEY NOT NULL,
    partner_id BLOB NOT NULL REFERENCES partner (id),
    kind TEXT NOT NULL CHECK (kind = 'co_promotion' OR kind = 'tour' OR kind = 'offer'),
    what TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,                             -- its last day; NULL: one day
    ours_cents INTEGER NOT NULL CHECK (ours_cents >= 0),
    theirs_cents INTEGER NOT NULL CHECK (theirs_cents >= 0),
    cash TEXT NOT NULL CHECK (cash = 'yes' OR cash = 'no' OR cash = 'unknown'), -- money is paid to them
    solicited TEXT NOT NULL CHECK (solicited = 'yes' OR solicited = 'no' OR solicited = 'unknown'),
    federal TEXT NOT NULL CHECK (federal = 'yes' OR federal = 'no' OR federal = 'unknown'), -- unknown: what is on file about them
    purpose TEXT,
    materials TEXT,                         -- what is handed out or shown, and where it is kept
    fair_value TEXT,                        -- why the shares are fair
    agreement TEXT,                         -- where agreement and counsel's note are kept
    verdict TEXT NOT NULL CHECK (verdict = 'allowed' OR verdict = 'needs_approval' OR verdict = 'blocked'),
    findings TEXT NOT NULL,                 -- JSON
    version BLOB NOT NULL,                  -- another one with each change
    trashed_at INTEGER,
    trash_reason TEXT,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL,
    CHECK (to_on IS NULL OR to_on >= from_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX gift_offer_by_partner ON gift_offer (partner_id);
CREATE INDEX gift_offer_by_day ON gift_offer (from_on, id);

-- What was decided about one version of it; a change asks again.
CREATE TABLE gift_offer_decision (
    id BLOB PRIMARY KEY NOT NULL,
    offer_id BLOB NOT NULL REFERENCES gift_offer (id),
    version BLOB NOT NULL,
    approved INTEGER NOT NULL CHECK (approved = 0 OR approved = 1),
    note TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    decided_by BLOB NOT NULL REFERENCES profile (id),
    UNIQUE (offer_id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER gift_offer_decision_is_append_only BEFORE UPDATE ON gift_offer_decision BEGIN
    SELECT raise(ABORT, 'a decision stays as it is');
END;
CREATE TRIGGER gift_offer_decision_is_kept BEFORE DELETE ON gift_offer_decision BEGIN
    SELECT raise(ABORT, 'a decision stays as it is');
END;
