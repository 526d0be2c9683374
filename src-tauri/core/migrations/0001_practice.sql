-- The first shape of a practice file.
-- Source tables are STRICT, WITHOUT ROWID and keyed by a 16-byte UUID v7: history records them row by row.
-- Derived tables stand in 0002 and are kept by triggers; history does not record them.

CREATE TABLE practice (
    id BLOB PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    country TEXT NOT NULL DEFAULT 'US',
    time_zone TEXT NOT NULL,
    currency TEXT NOT NULL DEFAULT 'USD',
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE profile (
    id BLOB PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    initials TEXT NOT NULL,
    role TEXT NOT NULL,
    active_from TEXT,
    active_to TEXT,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    id BLOB PRIMARY KEY NOT NULL,
    given TEXT NOT NULL DEFAULT '',
    middle TEXT NOT NULL DEFAULT '',
    family TEXT NOT NULL DEFAULT '',
    credentials TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL,                     -- as shown: "Keiko Ito, MD"
    name_key TEXT NOT NULL,                 -- folded "ito keiko", for order and comparison
    npi TEXT,
    specialty TEXT,
    role TEXT,                              -- what the person is, e.g. physician, practice_manager
    first_name_terms INTEGER,
    connection_note TEXT,
    notes TEXT,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL,
    trashed_at INTEGER,
    trashed_by BLOB,
    trash_reason TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX person_by_name ON person (name_key, id) WHERE trashed_at IS NULL;
CREATE INDEX person_in_the_trash ON person (trashed_at) WHERE trashed_at IS NOT NULL;
CREATE INDEX person_by_npi ON person (npi) WHERE npi IS NOT NULL;

CREATE TABLE partner (
    id BLOB PRIMARY KEY NOT NULL,
    class TEXT NOT NULL CHECK (class IN ('medical', 'business', 'patient', 'source')),
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,                 -- folded, for order and comparison
    individual_id BLOB REFERENCES person (id), -- this partner is that one person
    parent_id BLOB REFERENCES partner (id),
    npi TEXT,
    specialty TEXT,
    how_met TEXT CHECK (how_met IN ('sought', 'introduced', 'event', 'accident')),
    how_met_on TEXT,
    how_met_place TEXT,
    how_met_note TEXT,
    introducer_id BLOB REFERENCES person (id),
    owner_id BLOB REFERENCES profile (id),
    ended_on TEXT,
    ended_reason TEXT,
    notes TEXT,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL,
    trashed_at INTEGER,
    trashed_by BLOB,
    trash_reason TEXT,
    patient_id BLOB REFERENCES patient (id) -- class patient: who of our patients this is
) STRICT, WITHOUT ROWID;
CREATE INDEX partner_by_name ON partner (name_key, id) WHERE trashed_at IS NULL;
CREATE INDEX partner_in_the_trash ON partner (trashed_at) WHERE trashed_at IS NOT NULL;
CREATE INDEX partner_by_npi ON partner (npi) WHERE npi IS NOT NULL;
CREATE INDEX partner_by_individual ON partner (individual_id) WHERE individual_id IS NOT NULL;
CREATE INDEX partner_by_patient ON partner (patient_id) WHERE patient_id IS NOT NULL;
CREATE INDEX partner_by_parent ON partner (parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE affiliation (
    id BLOB PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    partner_id BLOB NOT NULL REFERENCES partner (id),
    role TEXT,
    decides INTEGER NOT NULL DEFAULT 0,
    influences INTEGER NOT NULL DEFAULT 0,
    executes INTEGER NOT NULL DEFAULT 0,
    usually_picks INTEGER NOT NULL DEFAULT 0,
    is_primary INTEGER NOT NULL DEFAULT 0,
    from_on TEXT,
    to_on TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX affiliation_by_person ON affiliation (person_id);
CREATE INDEX affiliation_by_partner ON affiliation (partner_id);

CREATE TABLE contact_point (
    id BLOB PRIMARY KEY NOT NULL,
    partner_id BLOB REFERENCES partner (id),
    person_id BLOB REFERENCES person (id),
    kind TEXT NOT NULL CHECK (kind IN ('phone', 'mobile', 'fax', 'email', 'web', 'social')),
    value TEXT NOT NULL,                    -- as typed
    search TEXT NOT NULL,                   -- digits of a telephone, lower-case e-mail
    label TEXT NOT NULL DEFAULT '',
    is_primary INTEGER NOT NULL DEFAULT 0,
    CHECK ((partner_id IS NULL) <> (person_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_point_by_partner ON contact_point (partner_id) WHERE partner_id IS NOT NULL;
CREATE INDEX contact_point_by_person ON contact_point (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX contact_point_by_search ON contact_point (search);

CREATE TABLE address (
    id BLOB PRIMARY KEY NOT NULL,
    partner_id BLOB REFERENCES partner (id),
    person_id BLOB REFERENCES person (id),
    kind TEXT NOT NULL DEFAULT 'work',
    street TEXT NOT NULL DEFAULT '',
    street2 TEXT NOT NULL DEFAULT '',
    city TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '',
    zip TEXT NOT NULL DEFAULT '',
    country TEXT NOT NULL DEFAULT '',
    is_primary INTEGER NOT NULL DEFAULT 0,
    CHECK ((partner_id IS NULL) <> (person_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX address_by_partner ON address (partner_id) WHERE partner_id IS NOT NULL;
CREATE INDEX address_by_person ON address (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE tag (
    id BLOB PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE partner_tag (
    partner_id BLOB NOT NULL REFERENCES partner (id),
    tag_id BLOB NOT NULL REFERENCES tag (id),
    PRIMARY KEY (partner_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX partner_tag_by_tag ON partner_tag (tag_id);

CREATE TABLE saved_view (
    id BLOB PRIMARY KEY NOT NULL,
    list TEXT NOT NULL CHECK (list IN ('partners', 'referrals')),
    name TEXT NOT NULL,
    definition TEXT NOT NULL,               -- JSON: filter, sort, columns
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Everything that identifies a patient stands here and nowhere else.
CREATE TABLE patient (
    id BLOB PRIMARY KEY NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    name_key TEXT NOT NULL DEFAULT '',
    chart_number TEXT,
    born_on TEXT,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX patient_by_chart ON patient (chart_number) WHERE chart_number IS NOT NULL;
CREATE INDEX patient_by_name ON patient (name_key);

CREATE TABLE import_run (
    id BLOB PRIMARY KEY NOT NULL,
    file_name TEXT NOT NULL,
    file_sha256 BLOB NOT NULL,
    kind TEXT NOT NULL,
    rows INTEGER NOT NULL,
    started_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE import_profile (
    id BLOB PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    fingerprint TEXT NOT NULL UNIQUE,       -- of the header
    definition TEXT NOT NULL,               -- JSON: columns, words, date orders
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A spelling that was once matched (by rule or by hand) to a partner or person.
CREATE TABLE alias (
    id BLOB PRIMARY KEY NOT NULL,
    key TEXT NOT NULL UNIQUE,               -- normalised spelling and what stood beside it
    partner_id BLOB REFERENCES partner (id),
    person_id BLOB REFERENCES person (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_by_partner ON alias (partner_id) WHERE partner_id IS NOT NULL;
CREATE INDEX alias_by_person ON alias (person_id) WHERE person_id IS NOT NULL;

-- Two records somebody declared different, whatever the likeness. Lower id first.
CREATE TABLE distinct_pair (
    one_id BLOB NOT NULL,
    other_id BLOB NOT NULL,
    PRIMARY KEY (one_id, other_id)
) STRICT, WITHOUT ROWID;

-- Written by the hundred thousand in an import. SQLite builds a list after IN anew for every row, so each CHECK asks with OR.
CREATE TABLE referral (
    id BLOB PRIMARY KEY NOT NULL,
    direction TEXT NOT NULL CHECK (direction = 'inbound' OR direction = 'outbound' OR direction = 'internal'),
    received_on TEXT NOT NULL,
    source_answer TEXT NOT NULL DEFAULT 'named' CHECK (source_answer = 'named' OR source_answer = 'does_not_know' OR source_answer = 'declined' OR source_answer = 'not_asked'),
    from_partner_id BLOB REFERENCES partner (id), -- inbound: who is credited (organisation, individual, patient or source)
    from_person_id BLOB REFERENCES person (id),   -- inbound: the referring person
    to_partner_id BLOB REFERENCES partner (id),   -- outbound: who receives
    to_person_id BLOB REFERENCES person (id),
    patient_id BLOB NOT NULL REFERENCES patient (id),
    reason TEXT,
    service_line TEXT,
    payer TEXT,
    urgency TEXT CHECK (urgency = 'emergency' OR urgency = 'urgent' OR urgency = 'routine'),
    scheduled_on TEXT,
    seen_on TEXT,
    closed_on TEXT,
    outcome TEXT CHECK (outcome = 'scheduled' OR outcome = 'seen' OR outcome = 'no_show' OR outcome = 'declined' OR outcome = 'lost'),
    status_text TEXT,                       -- the word of the file it came from
    amount_cents INTEGER,
    note TEXT,
    import_id BLOB REFERENCES import_run (id),
    import_record INTEGER,
    import_key TEXT,                        -- what makes the row itself again at the next import
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL,
    trashed_at INTEGER,
    trashed_by BLOB,
    trash_reason TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX referral_by_date ON referral (received_on, id) WHERE trashed_at IS NULL;
-- These two carry all that the standing of a partner is told by, so that it is read from the index alone.
CREATE INDEX referral_by_from ON referral (from_partner_id, received_on, id, direction, trashed_at)
    WHERE from_partner_id IS NOT NULL;
CREATE INDEX referral_by_person ON referral (from_person_id, received_on) WHERE from_person_id IS NOT NULL;
CREATE INDEX referral_by_to ON referral (to_partner_id, received_on, id, direction, trashed_at)
    WHERE to_partner_id IS NOT NULL;
CREATE INDEX referral_by_to_person ON referral (to_person_id, received_on) WHERE to_person_id IS NOT NULL;
CREATE INDEX referral_by_patient ON referral (patient_id);
CREATE INDEX referral_by_import ON referral (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX referral_by_outcome ON referral (outcome, received_on, id) WHERE trashed_at IS NULL;
CREATE INDEX referral_by_service ON referral (service_line, received_on) WHERE service_line IS NOT NULL AND trashed_at IS NULL;
CREATE INDEX referral_by_reason ON referral (reason, received_on) WHERE reason IS NOT NULL AND trashed_at IS NULL;
CREATE INDEX referral_not_asked ON referral (received_on, id) WHERE source_answer = 'not_asked' AND trashed_at IS NULL;
CREATE INDEX referral_without_sender ON referral (received_on, id) WHERE from_partner_id IS NULL AND trashed_at IS NULL;
CREATE INDEX referral_in_trash ON referral (trashed_at) WHERE trashed_at IS NOT NULL;
CREATE INDEX partner_by_introducer ON partner (introducer_id) WHERE introducer_id IS NOT NULL;
CREATE INDEX partner_by_owner ON partner (owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX partner_in_order ON partner (name_key, id);
