-- How often a partner hears from us and when it last did; how close it is; who stands in for its owner.

-- How a partner likes to be looked after.
CREATE TABLE nurture (
    id BLOB PRIMARY KEY NOT NULL REFERENCES partner (id),
    channel TEXT CHECK (channel = 'visit' OR channel = 'video' OR channel = 'call' OR channel = 'lunch' OR channel = 'email'
        OR channel = 'letter' OR channel = 'social' OR channel = 'event' OR channel = 'drop_off'),
    person_id BLOB REFERENCES person (id),  -- whom to ask for
    every_days INTEGER CHECK (every_days BETWEEN 1 AND 730), -- NULL: by the practice's rules
    best_time TEXT NOT NULL,
    do_not TEXT NOT NULL,
    away_until_on TEXT,                     -- they are away up to and with this day
    paused INTEGER NOT NULL CHECK (paused = 0 OR paused = 1),
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX nurture_by_person ON nurture (person_id) WHERE person_id IS NOT NULL;

-- A partner that is left alone for a while.
CREATE TABLE snooze (
    id BLOB PRIMARY KEY NOT NULL REFERENCES partner (id),
    until_on TEXT NOT NULL,                 -- due again on this day
    reason TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- How close a partner is, by hand, and who stands in for its owner.
CREATE TABLE closeness (
    id BLOB PRIMARY KEY NOT NULL REFERENCES partner (id),
    ring TEXT CHECK (ring = 'prospect' OR ring = 'active' OR ring = 'core' OR ring = 'parked'), -- NULL: by what happened
    ring_since_on TEXT,
    ring_reason TEXT NOT NULL,
    deputy_id BLOB REFERENCES profile (id),
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX closeness_by_deputy ON closeness (deputy_id) WHERE deputy_id IS NOT NULL;

-- When a partner last heard from us, as triggers keep it: what went to many alike does not count.
CREATE TABLE partner_contact (
    partner_id BLOB PRIMARY KEY NOT NULL,
    last_on TEXT NOT NULL,
    last_two_way_on TEXT,                   -- somebody answered
    last_face_on TEXT                       -- and was there, in a room or on a screen
) STRICT, WITHOUT ROWID;

INSERT INTO partner_contact (partner_id, last_on, last_two_way_on, last_face_on)
    SELECT partner_id, max(held_on), max(CASE WHEN two_way THEN held_on END),
           max(CASE WHEN two_way AND form IN ('visit', 'video', 'lunch', 'event') THEN held_on END)
    FROM touch WHERE trashed_at IS NULL AND bulk = 0 GROUP BY partner_id;

CREATE TRIGGER touch_contact_insert AFTER INSERT ON touch WHEN new.trashed_at IS NULL AND new.bulk = 0 BEGIN
    INSERT INTO partner_contact (partner_id, last_on, last_two_way_on, last_face_on)
        VALUES (new.partner_id, new.held_on, CASE WHEN new.two_way THEN new.held_on END,
            CASE WHEN new.two_way AND new.form IN ('visit', 'video', 'lunch', 'event') THEN new.held_on END)
        ON CONFLICT (partner_id) DO UPDATE SET last_on = max(last_on, excluded.last_on),
            last_two_way_on = nullif(max(ifnull(last_two_way_on, ''), ifnull(excluded.last_two_way_on, '')), ''),
            last_face_on = nullif(max(ifnull(last_face_on, ''), ifnull(excluded.last_face_on, '')), '');
    INSERT OR IGNORE INTO partner_stale VALUES (new.partner_id);
END;
CREATE TRIGGER touch_contact_delete AFTER DELETE ON touch WHEN old.trashed_at IS NULL AND old.bulk = 0 BEGIN
    DELETE FROM partner_contact WHERE partner_id = old.partner_id;
    INSERT INTO partner_contact (partner_id, last_on, last_two_way_on, last_face_on)
        SELECT partner_id, max(held_on), max(CASE WHEN two_way THEN held_on END),
               max(CASE WHEN two_way AND form IN ('visit', 'video', 'lunch', 'event') THEN held_on END)
        FROM touch WHERE partner_id = old.partner_id AND trashed_at IS NULL AND bulk = 0 GROUP BY partner_id;
    INSERT OR IGNORE INTO partner_stale VALUES (old.partner_id);
END;
CREATE TRIGGER touch_contact_update AFTER UPDATE OF partner_id, held_on, form, two_way, bulk, trashed_at ON touch BEGIN
    DELETE FROM partner_contact WHERE partner_id IN (old.partner_id, new.partner_id);
    INSERT INTO partner_contact (partner_id, last_on, last_two_way_on, last_face_on)
        SELECT partner_id, max(held_on), max(CASE WHEN two_way THEN held_on END),
               max(CASE WHEN two_way AND form IN ('visit', 'video', 'lunch', 'event') THEN held_on END)
        FROM touch WHERE partner_id IN (old.partner_id, new.partner_id) AND trashed_at IS NULL AND bulk = 0 GROUP BY partner_id;
    INSERT OR IGNORE INTO partner_stale VALUES (old.partner_id), (new.partner_id);
END;
