-- How long things are kept, what may not go, and what was erased.

-- While a hold stands, nothing it covers is purged or erased.
CREATE TABLE legal_hold (
    id BLOB PRIMARY KEY NOT NULL,
    record_id BLOB,                         -- a partner, person, patient or referral; NULL: the whole practice
    reason TEXT NOT NULL,
    placed_at INTEGER NOT NULL,
    placed_by BLOB NOT NULL,
    lifted_at INTEGER,
    lifted_by BLOB,
    lift_reason TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX legal_hold_by_record ON legal_hold (record_id) WHERE lifted_at IS NULL;

-- Somebody asked for their data to be erased: who, when, and what was decided. Holds no name of the person.
CREATE TABLE erasure (
    id BLOB PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'patient')),
    record_id BLOB NOT NULL,
    token TEXT NOT NULL,                    -- what stands where the name stood
    requester TEXT NOT NULL,                -- in which capacity: the person, a representative, an authority
    requested_on TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('granted', 'refused')),
    reason TEXT NOT NULL DEFAULT '',
    done_at INTEGER NOT NULL,
    done_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX erasure_by_record ON erasure (record_id);

-- Entries whose content was erased, and the entry that did it. The hash of such an entry stays, so that the chain holds;
-- `seal` verifies what is left of it. The erasing entry's own hash covers these rows.
CREATE TABLE history_redaction (
    seq INTEGER NOT NULL,
    by_seq INTEGER NOT NULL,
    was BLOB NOT NULL,                      -- what verified the entry before
    seal BLOB NOT NULL,                     -- what verifies it now
    PRIMARY KEY (seq, by_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX history_redaction_by_entry ON history_redaction (by_seq, seq);

-- History stays append-only, but for the content that the entry being written erases.
DROP TRIGGER history_is_append_only;
CREATE TRIGGER history_is_append_only BEFORE UPDATE ON history
WHEN (old.seq, old.id, old.device_id, old.at, old.actor_id, old.actor_name, old.action, old.cause, old.undoes, old.records, old.rooms, old.hash)
     IS NOT (new.seq, new.id, new.device_id, new.at, new.actor_id, new.actor_name, new.action, new.cause, new.undoes, new.records, new.rooms, new.hash)
     OR NOT EXISTS (SELECT 1 FROM history_redaction WHERE seq = old.seq AND by_seq = max((SELECT coalesce(max(seq), 0) FROM history), (SELECT coalesce(max(seq), 0) FROM audit)) + 1) BEGIN
    SELECT raise(ABORT, 'history is append-only');
END;
DROP TRIGGER history_part_is_append_only;
CREATE TRIGGER history_part_is_append_only BEFORE UPDATE ON history_part
WHEN (old.seq, old.part) IS NOT (new.seq, new.part)
     OR (old.seq <= max((SELECT coalesce(max(seq), 0) FROM history), (SELECT coalesce(max(seq), 0) FROM audit))
         AND NOT EXISTS (SELECT 1 FROM history_redaction WHERE seq = old.seq AND by_seq = max((SELECT coalesce(max(seq), 0) FROM history), (SELECT coalesce(max(seq), 0) FROM audit)) + 1)) BEGIN
    SELECT raise(ABORT, 'history is append-only');
END;
CREATE TRIGGER history_redaction_is_append_only BEFORE UPDATE ON history_redaction BEGIN
    SELECT raise(ABORT, 'history is append-only');
END;
CREATE TRIGGER history_redaction_is_kept BEFORE DELETE ON history_redaction BEGIN
    SELECT raise(ABORT, 'history is append-only');
END;
CREATE TRIGGER history_redaction_is_of_the_entry BEFORE INSERT ON history_redaction
WHEN new.by_seq <> max((SELECT coalesce(max(seq), 0) FROM history), (SELECT coalesce(max(seq), 0) FROM audit)) + 1 OR new.seq >= new.by_seq BEGIN
    SELECT raise(ABORT, 'history is append-only');
END;
