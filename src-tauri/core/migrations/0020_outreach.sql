-- How the practice is known and remembered: every contact with a partner, and what somebody promised to do.

ALTER TABLE role_rights ADD COLUMN outreach TEXT CHECK (outreach IN ('none', 'read', 'write', 'approve')); -- NULL: the role's default

-- A contact with a partner, with or without a referral behind it.
CREATE TABLE touch (
    id BLOB PRIMARY KEY NOT NULL,
    partner_id BLOB NOT NULL REFERENCES partner (id),
    referral_id BLOB REFERENCES referral (id),
    held_on TEXT NOT NULL,
    held_minute INTEGER CHECK (held_minute BETWEEN 0 AND 1439), -- since midnight
    form TEXT NOT NULL CHECK (form = 'visit' OR form = 'video' OR form = 'call' OR form = 'lunch' OR form = 'email'
        OR form = 'letter' OR form = 'social' OR form = 'event' OR form = 'drop_off'),
    started_by TEXT NOT NULL CHECK (started_by = 'us' OR started_by = 'them'),
    two_way INTEGER NOT NULL CHECK (two_way = 0 OR two_way = 1), -- somebody answered: it counts for the cadence
    bulk INTEGER NOT NULL CHECK (bulk = 0 OR bulk = 1),          -- sent to many alike: it never does
    category TEXT CHECK (category = 'communication' OR category = 'education' OR category = 'gratitude' OR category = 'targeted'),
    purpose TEXT NOT NULL,                                       -- empty: to be sorted out
    learned TEXT NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 1440),
    cost_cents INTEGER NOT NULL CHECK (cost_cents >= 0),
    cost_kind TEXT CHECK (cost_kind = 'meal' OR cost_kind = 'material' OR cost_kind = 'travel' OR cost_kind = 'event' OR cost_kind = 'other'),
    kept_private INTEGER NOT NULL CHECK (kept_private = 0 OR kept_private = 1), -- read by whoever held it alone
    held_by BLOB NOT NULL REFERENCES profile (id),
    trashed_at INTEGER,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL,
    CHECK (NOT (two_way AND bulk)),
    CHECK ((cost_cents = 0) = (cost_kind IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX touch_by_partner ON touch (partner_id, held_on);
CREATE INDEX touch_by_day ON touch (held_on, partner_id);
CREATE INDEX touch_by_referral ON touch (referral_id) WHERE referral_id IS NOT NULL;

-- Who of the partner's people was met.
CREATE TABLE touch_person (
    touch_id BLOB NOT NULL REFERENCES touch (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (touch_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX touch_person_by_person ON touch_person (person_id);

-- Something somebody will do by a day.
CREATE TABLE task (
    id BLOB PRIMARY KEY NOT NULL,
    title TEXT NOT NULL,
    notes TEXT NOT NULL,
    due_on TEXT NOT NULL,
    due_minute INTEGER CHECK (due_minute BETWEEN 0 AND 1439),
    promised_on TEXT,                       -- the first day a partner was promised it for; moving the task leaves it
    holder_id BLOB NOT NULL REFERENCES profile (id),
    partner_id BLOB REFERENCES partner (id),
    person_id BLOB REFERENCES person (id),
    referral_id BLOB REFERENCES referral (id),
    touch_id BLOB REFERENCES touch (id),    -- whose next step it is
    remind_minutes INTEGER CHECK (remind_minutes BETWEEN 0 AND 40320), -- before it is due
    repeat TEXT CHECK (repeat = 'daily' OR repeat = 'weekly' OR repeat = 'monthly' OR repeat = 'quarterly' OR repeat = 'yearly'),
    done_on TEXT,
    done_by BLOB REFERENCES profile (id),
    dropped TEXT,                           -- why it is not done
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL,
    CHECK ((done_on IS NULL) = (done_by IS NULL)),
    CHECK (done_on IS NULL OR dropped IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_open ON task (due_on, id) WHERE done_on IS NULL AND dropped IS NULL;
CREATE INDEX task_by_partner ON task (partner_id) WHERE partner_id IS NOT NULL;
CREATE INDEX task_by_touch ON task (touch_id) WHERE touch_id IS NOT NULL;
CREATE INDEX task_by_referral ON task (referral_id) WHERE referral_id IS NOT NULL;
