-- The liaison's day outside: where partners are, whom to see and in which order, what came of it and what it cost.

ALTER TABLE address ADD COLUMN latitude REAL CHECK (latitude BETWEEN -90 AND 90);
ALTER TABLE address ADD COLUMN longitude REAL CHECK (longitude BETWEEN -180 AND 180);

-- One person's day outside.
CREATE TABLE visit_day (
    id BLOB PRIMARY KEY NOT NULL,
    held_on TEXT NOT NULL,
    liaison_id BLOB NOT NULL REFERENCES profile (id),
    starts INTEGER NOT NULL CHECK (starts BETWEEN 0 AND 1439), -- minutes since midnight
    ends INTEGER NOT NULL CHECK (ends BETWEEN 1 AND 1440),
    start_name TEXT NOT NULL,
    start_zip TEXT NOT NULL,
    start_latitude REAL CHECK (start_latitude BETWEEN -90 AND 90),
    start_longitude REAL CHECK (start_longitude BETWEEN -180 AND 180),
    end_name TEXT NOT NULL,
    end_zip TEXT NOT NULL,
    end_latitude REAL CHECK (end_latitude BETWEEN -90 AND 90),
    end_longitude REAL CHECK (end_longitude BETWEEN -180 AND 180),
    lunch_from INTEGER CHECK (lunch_from BETWEEN 0 AND 1439),
    lunch_minutes INTEGER NOT NULL CHECK (lunch_minutes BETWEEN 0 AND 240),
    home_tenths INTEGER CHECK (home_tenths >= 0),              -- the way back in tenths of a mile, once it was driven
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL,
    CHECK (ends > starts),
    CHECK ((start_latitude IS NULL) = (start_longitude IS NULL)),
    CHECK ((end_latitude IS NULL) = (end_longitude IS NULL)),
    UNIQUE (held_on, liaison_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_day_by_liaison ON visit_day (liaison_id, held_on);

-- A stop of a day.
CREATE TABLE visit_stop (
    id BLOB PRIMARY KEY NOT NULL,
    day_id BLOB NOT NULL REFERENCES visit_day (id),
    partner_id BLOB NOT NULL REFERENCES partner (id),
    person_id BLOB REFERENCES person (id),
    position INTEGER NOT NULL,                                 -- its place in the order of the day
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 480),
    opens INTEGER CHECK (opens BETWEEN 0 AND 1439),            -- not before; with closes alike: the time is fixed
    closes INTEGER CHECK (closes BETWEEN 0 AND 1439),          -- begun by then
    priority INTEGER NOT NULL CHECK (priority BETWEEN 1 AND 5),
    goal TEXT NOT NULL,
    topics TEXT NOT NULL,                                      -- codes with a space between them
    way_minutes INTEGER CHECK (way_minutes BETWEEN 0 AND 600), -- by hand, where there is no place on the map
    outcome TEXT CHECK (outcome = 'visited' OR outcome = 'skipped'),
    skip_reason TEXT,
    touch_id BLOB REFERENCES touch (id),
    way_tenths INTEGER CHECK (way_tenths >= 0),                -- the way there in tenths of a mile, once it was driven
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL,
    CHECK (closes IS NULL OR opens IS NULL OR closes >= opens),
    CHECK ((outcome IS 'skipped') = (skip_reason IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_stop_by_day ON visit_stop (day_id, position);
CREATE INDEX visit_stop_by_partner ON visit_stop (partner_id);
CREATE INDEX visit_stop_by_touch ON visit_stop (touch_id) WHERE touch_id IS NOT NULL;

-- What a mile is paid with, as the practice set it. Years that are not here have the rate Baton brings, or none.
CREATE TABLE mileage_rate (
    year INTEGER PRIMARY KEY NOT NULL,
    tenth_cents INTEGER NOT NULL CHECK (tenth_cents BETWEEN 1 AND 10000), -- 670 is 67.0 cents
    source TEXT NOT NULL,
    verified_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the practice says of itself outside.
CREATE TABLE field_words (
    topic TEXT PRIMARY KEY NOT NULL,
    words TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Partners to be called or dropped in on, one after the other.
CREATE TABLE canvass_list (
    id BLOB PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    form TEXT NOT NULL CHECK (form = 'call' OR form = 'drop_off'),
    script TEXT NOT NULL,
    closed_on TEXT,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE canvass_target (
    id BLOB PRIMARY KEY NOT NULL,
    list_id BLOB NOT NULL REFERENCES canvass_list (id),
    partner_id BLOB NOT NULL REFERENCES partner (id),
    position INTEGER NOT NULL,
    UNIQUE (list_id, partner_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX canvass_target_by_partner ON canvass_target (partner_id);

CREATE TABLE canvass_attempt (
    id BLOB PRIMARY KEY NOT NULL,
    list_id BLOB NOT NULL REFERENCES canvass_list (id),
    partner_id BLOB NOT NULL REFERENCES partner (id),
    held_on TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome = 'no_answer' OR outcome = 'left_card' OR outcome = 'gatekeeper' OR outcome = 'talk'
        OR outcome = 'try_again' OR outcome = 'do_not_contact'),
    again_on TEXT,
    touch_id BLOB REFERENCES touch (id),
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    CHECK ((outcome = 'try_again') = (again_on IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX canvass_attempt_by_list ON canvass_attempt (list_id, partner_id, held_on);
CREATE INDEX canvass_attempt_by_partner ON canvass_attempt (partner_id);
CREATE INDEX canvass_attempt_by_touch ON canvass_attempt (touch_id) WHERE touch_id IS NOT NULL;
