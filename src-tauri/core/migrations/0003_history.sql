-- The memory of the practice. Written only by the store, never by a room.

CREATE TABLE history (
    seq INTEGER PRIMARY KEY,                -- 1, 2, 3 … on this device
    id BLOB NOT NULL UNIQUE,
    device_id BLOB NOT NULL,
    at INTEGER NOT NULL,                    -- UTC milliseconds
    actor_id BLOB NOT NULL,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,                   -- code, e.g. partner_add
    subject TEXT NOT NULL,                  -- what it was about, e.g. the partner's name
    cause TEXT NOT NULL CHECK (cause IN ('hand', 'import', 'undo', 'redo', 'sample', 'note')),
    undoes INTEGER REFERENCES history (seq),
    records INTEGER NOT NULL,               -- how many records it touched
    rooms INTEGER NOT NULL,                 -- whose screens show them, one bit a room
    hash BLOB NOT NULL                      -- HMAC over the entry before, this entry and its parts
) STRICT;

-- The changeset of an entry, compressed, in the order it happened.
-- No reference to `history`: the entry's hash covers its parts, so the entry is written after them, and an open
-- reference would look like a violation to the changeset that is applied between two parts of an undo.
CREATE TABLE history_part (
    seq INTEGER NOT NULL,
    part INTEGER NOT NULL,
    changeset BLOB NOT NULL,
    PRIMARY KEY (seq, part)
) STRICT;

-- Which entries touched a record.
CREATE TABLE history_touch (
    record_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    part INTEGER NOT NULL,
    PRIMARY KEY (record_id, seq, part)
) STRICT, WITHOUT ROWID;

-- Entries that are taken back at the moment, and by which entry.
CREATE TABLE history_undone (
    seq INTEGER PRIMARY KEY REFERENCES history (seq),
    by_seq INTEGER NOT NULL REFERENCES history (seq) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER history_is_append_only BEFORE UPDATE ON history BEGIN
    SELECT raise(ABORT, 'history is append-only');
END;
CREATE TRIGGER history_is_kept BEFORE DELETE ON history BEGIN
    SELECT raise(ABORT, 'history is append-only');
END;
CREATE TRIGGER history_part_is_append_only BEFORE UPDATE ON history_part BEGIN
    SELECT raise(ABORT, 'history is append-only');
END;
CREATE TRIGGER history_part_is_kept BEFORE DELETE ON history_part BEGIN
    SELECT raise(ABORT, 'history is append-only');
END;

-- What somebody was typing when the file was locked or the machine went off. Not part of the record.
CREATE TABLE draft (
    kind TEXT NOT NULL,
    profile_id BLOB NOT NULL,
    body TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (kind, profile_id)
) STRICT, WITHOUT ROWID;
