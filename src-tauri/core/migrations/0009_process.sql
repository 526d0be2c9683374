-- How referrals go their way: the paths, who holds the baton, what was done when, and where each open one stands.

ALTER TABLE referral ADD COLUMN type TEXT CHECK (type = 'consult' OR type = 'transfer' OR type = 'second_opinion' OR type = 'co_management' OR type = 'travel');
ALTER TABLE referral ADD COLUMN travel TEXT CHECK (travel = 'local' OR travel = 'domestic' OR travel = 'international');
-- What was closed in a period is read from here.
CREATE INDEX referral_by_closing ON referral (closed_on, id) WHERE closed_on IS NOT NULL AND trashed_at IS NULL;

-- A path as it was from a moment on. A referral goes the one that was in force when it was put on record.
CREATE TABLE process_version (
    id BLOB PRIMARY KEY NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('inbound', 'outbound')),
    type TEXT CHECK (type IN ('consult', 'transfer', 'second_opinion', 'co_management', 'travel')), -- NULL: all without a path of their own
    definition TEXT,                        -- JSON: stages, limits, checklists, grace; NULL: back to the default
    made_at INTEGER NOT NULL,
    made_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX process_version_by_path ON process_version (direction, type, made_at);

-- Who holds a referral. No row: nobody has touched it since steps are kept; the rule of the default holder speaks.
CREATE TABLE baton (
    id BLOB PRIMARY KEY NOT NULL REFERENCES referral (id), -- the referral
    tracked_on TEXT NOT NULL,               -- from this day on its steps are kept; before, nothing is known
    holder_id BLOB REFERENCES profile (id), -- one of us …
    holder_person_id BLOB REFERENCES person (id), -- … or somebody named
    held_on TEXT NOT NULL,                  -- since
    next_step TEXT,                         -- in their words; NULL: the step of the path
    due_on TEXT,                            -- NULL: by the limit of the path
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL,
    CHECK ((holder_id IS NULL) <> (holder_person_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX baton_by_holder ON baton (holder_id) WHERE holder_id IS NOT NULL;
CREATE INDEX baton_by_person ON baton (holder_person_id) WHERE holder_person_id IS NOT NULL;

-- What was done when: stages whose day the register does not hold itself, and what happened on the way.
CREATE TABLE referral_step (
    id BLOB PRIMARY KEY NOT NULL,
    referral_id BLOB NOT NULL REFERENCES referral (id),
    step TEXT NOT NULL,
    done_on TEXT NOT NULL,
    minute INTEGER CHECK (minute BETWEEN 0 AND 1439), -- of that day
    note TEXT,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX referral_step_by_referral ON referral_step (referral_id, done_on);

-- From hand to hand. Until it is accepted, it stays with whoever gave it.
CREATE TABLE hand_off (
    id BLOB PRIMARY KEY NOT NULL,
    referral_id BLOB NOT NULL REFERENCES referral (id),
    from_id BLOB REFERENCES profile (id),
    from_person_id BLOB REFERENCES person (id),
    to_id BLOB REFERENCES profile (id),
    to_person_id BLOB REFERENCES person (id),
    next_step TEXT,
    due_on TEXT,
    note TEXT,
    given_on TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    given_by BLOB NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('pending', 'accepted', 'declined', 'withdrawn')),
    answered_on TEXT,
    CHECK ((to_id IS NULL) <> (to_person_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX hand_off_by_referral ON hand_off (referral_id, given_at);
CREATE UNIQUE INDEX hand_off_pending ON hand_off (referral_id) WHERE answer = 'pending';
CREATE INDEX hand_off_by_person ON hand_off (to_person_id) WHERE to_person_id IS NOT NULL;

-- One of us is away, and somebody stands in.
CREATE TABLE absence (
    id BLOB PRIMARY KEY NOT NULL,
    profile_id BLOB NOT NULL REFERENCES profile (id),
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    deputy_id BLOB REFERENCES profile (id),
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX absence_by_end ON absence (to_on);

CREATE TABLE checklist_mark (
    id BLOB PRIMARY KEY NOT NULL,
    referral_id BLOB NOT NULL REFERENCES referral (id),
    stage TEXT NOT NULL,
    item TEXT NOT NULL,
    done_on TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    UNIQUE (referral_id, stage, item)
) STRICT, WITHOUT ROWID;

-- What was done about a leak, and why the patient left.
CREATE TABLE leak (
    id BLOB PRIMARY KEY NOT NULL,
    referral_id BLOB NOT NULL REFERENCES referral (id),
    kind TEXT NOT NULL CHECK (kind IN ('overdue_step', 'no_show', 'no_report', 'lost_contact', 'went_elsewhere')),
    step TEXT NOT NULL DEFAULT '',
    reason_code TEXT,                       -- of the practice's list
    reason_text TEXT,
    action TEXT,                            -- what is tried
    action_due_on TEXT,
    result TEXT CHECK (result IN ('recovered', 'given_up')),
    result_on TEXT,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL,
    UNIQUE (referral_id, kind, step)
) STRICT, WITHOUT ROWID;

-- Where each open referral stands. Follows from the tables above by the rules in referrals/process; kept before each commit
-- for the referrals marked stale.
CREATE TABLE open_referral (
    referral_id BLOB PRIMARY KEY NOT NULL,
    direction TEXT NOT NULL,
    stage TEXT NOT NULL,                    -- the last one reached
    next TEXT NOT NULL,                     -- the one it waits for
    holder_id BLOB NOT NULL,                -- a profile or a person
    holder_is_person INTEGER NOT NULL,
    held_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    late_on TEXT,                           -- with grace: the last day before it counts as a leak
    contact_lost_on TEXT,                   -- so many attempts failed in a row
    partner_id BLOB,
    received_on TEXT NOT NULL,
    urgent INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX open_referral_by_due ON open_referral (due_on, referral_id);
CREATE INDEX open_referral_by_holder ON open_referral (holder_id, due_on, referral_id);
CREATE INDEX open_referral_by_stage ON open_referral (direction, stage, due_on, referral_id);
CREATE INDEX open_referral_by_partner ON open_referral (partner_id, due_on, referral_id);
CREATE INDEX open_referral_by_leak ON open_referral (late_on, referral_id) WHERE late_on IS NOT NULL;
CREATE INDEX open_referral_by_contact ON open_referral (contact_lost_on, referral_id) WHERE contact_lost_on IS NOT NULL;

CREATE TABLE open_stale (referral_id BLOB PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID;

CREATE TRIGGER open_referral_insert AFTER INSERT ON referral
WHEN new.closed_on IS NULL AND new.trashed_at IS NULL
     AND (new.outcome = 'scheduled' OR (new.outcome IS NULL AND new.import_id IS NULL)) BEGIN
    INSERT OR IGNORE INTO open_stale VALUES (new.id);
END;
CREATE TRIGGER open_referral_update
AFTER UPDATE OF direction, type, received_on, urgency, scheduled_on, seen_on, closed_on, outcome, from_partner_id, to_partner_id,
    import_id, trashed_at ON referral BEGIN
    INSERT OR IGNORE INTO open_stale VALUES (new.id);
END;
CREATE TRIGGER open_referral_delete AFTER DELETE ON referral BEGIN
    DELETE FROM open_referral WHERE referral_id = old.id;
    DELETE FROM open_stale WHERE referral_id = old.id;
END;
CREATE TRIGGER open_baton_insert AFTER INSERT ON baton BEGIN
    INSERT OR IGNORE INTO open_stale VALUES (new.id);
END;
CREATE TRIGGER open_baton_update AFTER UPDATE ON baton BEGIN
    INSERT OR IGNORE INTO open_stale VALUES (new.id);
END;
CREATE TRIGGER open_baton_delete AFTER DELETE ON baton BEGIN
    INSERT OR IGNORE INTO open_stale VALUES (old.id);
END;
CREATE TRIGGER open_step_insert AFTER INSERT ON referral_step BEGIN
    INSERT OR IGNORE INTO open_stale VALUES (new.referral_id);
END;
CREATE TRIGGER open_step_update AFTER UPDATE ON referral_step BEGIN
    INSERT OR IGNORE INTO open_stale VALUES (new.referral_id);
END;
CREATE TRIGGER open_step_delete AFTER DELETE ON referral_step BEGIN
    INSERT OR IGNORE INTO open_stale VALUES (old.referral_id);
END;
CREATE TRIGGER open_owner_update AFTER UPDATE OF owner_id ON partner WHEN old.owner_id IS NOT new.owner_id BEGIN
    INSERT OR IGNORE INTO open_stale SELECT referral_id FROM open_referral WHERE partner_id = new.id;
END;
CREATE TRIGGER open_profile_update AFTER UPDATE OF retired_at, role ON profile
WHEN (old.retired_at, old.role) IS NOT (new.retired_at, new.role) BEGIN
    INSERT OR IGNORE INTO open_stale SELECT referral_id FROM open_referral;
END;
CREATE TRIGGER open_calendar_insert AFTER INSERT ON setting WHEN new.key = 'frame.calendar' BEGIN
    INSERT OR IGNORE INTO open_stale SELECT referral_id FROM open_referral;
END;
CREATE TRIGGER open_calendar_update AFTER UPDATE ON setting WHEN new.key = 'frame.calendar' BEGIN
    INSERT OR IGNORE INTO open_stale SELECT referral_id FROM open_referral;
END;
CREATE TRIGGER open_calendar_delete AFTER DELETE ON setting WHEN old.key = 'frame.calendar' BEGIN
    INSERT OR IGNORE INTO open_stale SELECT referral_id FROM open_referral;
END;
CREATE TRIGGER open_process_insert AFTER INSERT ON process_version BEGIN
    INSERT OR IGNORE INTO open_stale SELECT referral_id FROM open_referral;
END;
CREATE TRIGGER open_process_delete AFTER DELETE ON process_version BEGIN
    INSERT OR IGNORE INTO open_stale SELECT referral_id FROM open_referral;
END;

-- What is open already; where it stands is worked out before it is first looked at.
INSERT INTO open_stale SELECT id FROM referral INDEXED BY referral_by_outcome
    WHERE trashed_at IS NULL AND closed_on IS NULL AND outcome = 'scheduled';
INSERT INTO open_stale SELECT id FROM referral INDEXED BY referral_by_outcome
    WHERE trashed_at IS NULL AND closed_on IS NULL AND outcome IS NULL AND import_id IS NULL;
