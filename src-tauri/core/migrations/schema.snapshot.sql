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
    is_primary INTEGER NOT NULL DEFAULT 0, latitude REAL CHECK (latitude BETWEEN -90 AND 90), longitude REAL CHECK (longitude BETWEEN -180 AND 180),
    CHECK ((partner_id IS NULL) <> (person_id IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX address_by_partner ON address (partner_id) WHERE partner_id IS NOT NULL;

CREATE INDEX address_by_person ON address (person_id) WHERE person_id IS NOT NULL;

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

CREATE INDEX affiliation_by_partner ON affiliation (partner_id);

CREATE INDEX affiliation_by_person ON affiliation (person_id);

CREATE TABLE alias (
    id BLOB PRIMARY KEY NOT NULL,
    key TEXT NOT NULL UNIQUE,               -- normalised spelling and what stood beside it
    partner_id BLOB REFERENCES partner (id),
    person_id BLOB REFERENCES person (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX alias_by_partner ON alias (partner_id) WHERE partner_id IS NOT NULL;

CREATE INDEX alias_by_person ON alias (person_id) WHERE person_id IS NOT NULL;

CREATE VIEW arrival (partner_id, person_id, came_on) AS
    SELECT DISTINCT from_partner_id, from_person_id, received_on FROM referral
    WHERE direction = 'inbound' AND trashed_at IS NULL AND from_partner_id IS NOT NULL
      AND id NOT IN (SELECT id FROM restriction);

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

CREATE INDEX audit_by_action ON audit (action, seq);

CREATE INDEX audit_by_record ON audit (record_id, seq) WHERE record_id IS NOT NULL;

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

CREATE TABLE care_group (
    id BLOB PRIMARY KEY NOT NULL,
    patient_id BLOB NOT NULL REFERENCES patient (id),
    referral_id BLOB REFERENCES referral (id),
    kind TEXT NOT NULL CHECK (kind IN ('co_management', 'case_group')),
    plan TEXT,                              -- the note all share
    closed_on TEXT,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX care_group_by_patient ON care_group (patient_id);

CREATE INDEX care_group_by_referral ON care_group (referral_id) WHERE referral_id IS NOT NULL;

CREATE TABLE care_member (
    id BLOB PRIMARY KEY NOT NULL,
    group_id BLOB NOT NULL REFERENCES care_group (id),
    patient_id BLOB NOT NULL REFERENCES patient (id),
    partner_id BLOB REFERENCES partner (id), -- NULL: our own practice
    care_role TEXT NOT NULL,                -- what they are in it, in their words
    part TEXT NOT NULL,                     -- what they do
    holder_id BLOB REFERENCES profile (id), -- who sees to it: one of us …
    holder_person_id BLOB REFERENCES person (id), -- … or somebody named
    due_on TEXT NOT NULL,
    done_on TEXT,
    leads INTEGER NOT NULL,
    CHECK ((holder_id IS NULL) <> (holder_person_id IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX care_member_by_group ON care_member (group_id);

CREATE INDEX care_member_by_holder ON care_member (holder_id) WHERE holder_id IS NOT NULL;

CREATE INDEX care_member_by_partner ON care_member (partner_id) WHERE partner_id IS NOT NULL;

CREATE INDEX care_member_by_patient ON care_member (patient_id);

CREATE INDEX care_member_by_person ON care_member (holder_person_id) WHERE holder_person_id IS NOT NULL;

CREATE UNIQUE INDEX care_member_leading ON care_member (group_id) WHERE leads = 1;

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

CREATE TABLE consent (
    id BLOB PRIMARY KEY NOT NULL,
    patient_id BLOB NOT NULL REFERENCES patient (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('treatment', 'thank_you', 'success_story', 'marketing')),
    answer TEXT NOT NULL CHECK (answer IN ('given', 'refused')),
    given_on TEXT NOT NULL,
    form TEXT NOT NULL CHECK (form IN ('written', 'electronic', 'spoken')),
    expires_on TEXT,                        -- the last day it holds
    revoked_on TEXT,                        -- from this day on it does not
    note TEXT,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX consent_by_patient ON consent (patient_id, purpose, given_on);

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

CREATE TABLE distinct_pair (
    one_id BLOB NOT NULL,
    other_id BLOB NOT NULL,
    PRIMARY KEY (one_id, other_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
    kind TEXT NOT NULL,
    profile_id BLOB NOT NULL,
    body TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (kind, profile_id)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE exclusion_list (
    id BLOB PRIMARY KEY NOT NULL,
    file TEXT NOT NULL,                     -- the name of the file it was read from
    listed_on TEXT NOT NULL,                -- the day the list is of
    entries INTEGER NOT NULL CHECK (entries > 0),
    packed BLOB NOT NULL,                   -- its lines, compressed
    read_at INTEGER NOT NULL,
    read_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX exclusion_list_by_reading ON exclusion_list (read_at);

CREATE TABLE experience (
    id BLOB PRIMARY KEY NOT NULL,
    referral_id BLOB NOT NULL REFERENCES referral (id),
    visit_on TEXT NOT NULL,
    rating INTEGER CHECK (rating BETWEEN 0 AND 10),
    confidence INTEGER CHECK (confidence BETWEEN 0 AND 10),
    took_part INTEGER CHECK (took_part BETWEEN 0 AND 10),
    comment TEXT,
    followed_up_on TEXT,                    -- what a low rating asks for was done
    follow_up_note TEXT,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX experience_by_referral ON experience (referral_id);

CREATE INDEX experience_by_visit ON experience (visit_on);

CREATE INDEX experience_to_follow_up ON experience (visit_on) WHERE rating <= 6 AND followed_up_on IS NULL;

CREATE TABLE export_begun (
    path TEXT PRIMARY KEY NOT NULL,
    begun_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE field_words (
    topic TEXT PRIMARY KEY NOT NULL,
    words TEXT NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE INDEX gift_offer_by_day ON gift_offer (from_on, id);

CREATE INDEX gift_offer_by_partner ON gift_offer (partner_id);

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

CREATE INDEX hand_off_by_person ON hand_off (to_person_id) WHERE to_person_id IS NOT NULL;

CREATE INDEX hand_off_by_referral ON hand_off (referral_id, given_at);

CREATE UNIQUE INDEX hand_off_pending ON hand_off (referral_id) WHERE answer = 'pending';

CREATE TABLE hand_out (
    id BLOB PRIMARY KEY NOT NULL,
    patient_id BLOB NOT NULL REFERENCES patient (id),
    referral_id BLOB REFERENCES referral (id),
    problem TEXT NOT NULL,
    wishes TEXT NOT NULL,                   -- JSON: what the patient prefers
    given_on TEXT NOT NULL,
    answered_on TEXT,
    contacted TEXT CHECK (contacted IN ('yes', 'no')),
    chosen_id BLOB REFERENCES partner (id), -- whom they got in touch with
    helped INTEGER CHECK (helped BETWEEN 0 AND 10),
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL,
    CHECK ((answered_on IS NULL) = (contacted IS NULL)),
    CHECK (helped IS NULL OR chosen_id IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX hand_out_answered ON hand_out (answered_on) WHERE answered_on IS NOT NULL;

CREATE INDEX hand_out_by_chosen ON hand_out (chosen_id) WHERE chosen_id IS NOT NULL;

CREATE INDEX hand_out_by_patient ON hand_out (patient_id, given_on);

CREATE INDEX hand_out_by_referral ON hand_out (referral_id) WHERE referral_id IS NOT NULL;

CREATE INDEX hand_out_unanswered ON hand_out (given_on, id) WHERE answered_on IS NULL;

CREATE TABLE hand_out_choice (
    id BLOB PRIMARY KEY NOT NULL,
    hand_out_id BLOB NOT NULL REFERENCES hand_out (id),
    patient_id BLOB NOT NULL REFERENCES patient (id),
    partner_id BLOB NOT NULL REFERENCES partner (id),
    place INTEGER NOT NULL,                 -- on the list, from 1
    score INTEGER,                          -- the match when it was given; NULL: nothing was preferred
    reason TEXT,                            -- why it is on the list in spite of a warning
    UNIQUE (hand_out_id, partner_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX hand_out_choice_by_partner ON hand_out_choice (partner_id);

CREATE INDEX hand_out_choice_by_patient ON hand_out_choice (patient_id);

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

CREATE TABLE history_part (
    seq INTEGER NOT NULL,
    part INTEGER NOT NULL,
    changeset BLOB NOT NULL,
    PRIMARY KEY (seq, part)
) STRICT;

CREATE TABLE history_redaction (
    seq INTEGER NOT NULL,
    by_seq INTEGER NOT NULL,
    was BLOB NOT NULL,                      -- what verified the entry before
    seal BLOB NOT NULL,                     -- what verifies it now
    PRIMARY KEY (seq, by_seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX history_redaction_by_entry ON history_redaction (by_seq, seq);

CREATE TABLE history_touch (
    record_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    part INTEGER NOT NULL,
    PRIMARY KEY (record_id, seq, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE history_undone (
    seq INTEGER PRIMARY KEY REFERENCES history (seq),
    by_seq INTEGER NOT NULL REFERENCES history (seq) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE import_profile (
    id BLOB PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    fingerprint TEXT NOT NULL UNIQUE,       -- of the header
    definition TEXT NOT NULL,               -- JSON: columns, words, date orders
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE import_run (
    id BLOB PRIMARY KEY NOT NULL,
    file_name TEXT NOT NULL,
    file_sha256 BLOB NOT NULL,
    kind TEXT NOT NULL,
    rows INTEGER NOT NULL,
    started_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE inquiry (
    id BLOB PRIMARY KEY NOT NULL,
    asked_on TEXT NOT NULL,
    minute INTEGER CHECK (minute BETWEEN 0 AND 1439), -- of that day
    channel TEXT NOT NULL CHECK (channel IN ('phone', 'web', 'email', 'message', 'walk_in', 'other')),
    patient_id BLOB NOT NULL REFERENCES patient (id), -- about whom
    caller TEXT NOT NULL CHECK (caller IN ('patient', 'family', 'referrer', 'other')),
    caller_name TEXT,                       -- where it was not the patient
    caller_phone TEXT,
    question TEXT,
    service_line TEXT,
    source_id BLOB REFERENCES partner (id), -- through whom they know us
    answered_on TEXT,                       -- the first answer
    answered_minute INTEGER CHECK (answered_minute BETWEEN 0 AND 1439),
    callback_on TEXT,                       -- a call back was promised for this day
    callback_minute INTEGER CHECK (callback_minute BETWEEN 0 AND 1439),
    called_back_on TEXT,
    signed_up_on TEXT,
    dropped_on TEXT,                        -- they do not come
    dropped_reason TEXT,
    referral_id BLOB REFERENCES referral (id), -- what it became
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX inquiry_by_day ON inquiry (asked_on, id);

CREATE INDEX inquiry_by_patient ON inquiry (patient_id);

CREATE INDEX inquiry_by_referral ON inquiry (referral_id) WHERE referral_id IS NOT NULL;

CREATE INDEX inquiry_by_source ON inquiry (source_id) WHERE source_id IS NOT NULL;

CREATE INDEX inquiry_to_call_back ON inquiry (callback_on, id) WHERE callback_on IS NOT NULL AND called_back_on IS NULL;

CREATE TABLE kept_visit (
    id BLOB PRIMARY KEY NOT NULL,
    patient_id BLOB NOT NULL REFERENCES patient (id),
    visit_on TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    UNIQUE (patient_id, visit_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE key_use (
    profile_id BLOB NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('passphrase', 'keyring', 'recovery')),
    used_at INTEGER NOT NULL,
    PRIMARY KEY (profile_id, way)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE mileage_rate (
    year INTEGER PRIMARY KEY NOT NULL,
    tenth_cents INTEGER NOT NULL CHECK (tenth_cents BETWEEN 1 AND 10000), -- 670 is 67.0 cents
    source TEXT NOT NULL,
    verified_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE network_doc (
    id INTEGER PRIMARY KEY,
    source_id BLOB NOT NULL,                -- the row these terms come from
    kind TEXT NOT NULL CHECK (kind IN ('partner', 'person')),
    entity_id BLOB NOT NULL                 -- the record a hit leads to
) STRICT;

CREATE INDEX network_doc_by_source ON network_doc (source_id);

CREATE VIRTUAL TABLE network_search USING fts5 (
    terms, content = '', contentless_delete = 1, detail = none, prefix = '2 3',
    tokenize = 'unicode61 remove_diacritics 2'
);

CREATE VIRTUAL TABLE network_vocabulary USING fts5vocab (network_search, row);

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

CREATE INDEX open_referral_by_contact ON open_referral (contact_lost_on, referral_id) WHERE contact_lost_on IS NOT NULL;

CREATE INDEX open_referral_by_due ON open_referral (due_on, referral_id);

CREATE INDEX open_referral_by_holder ON open_referral (holder_id, due_on, referral_id);

CREATE INDEX open_referral_by_leak ON open_referral (late_on, referral_id) WHERE late_on IS NOT NULL;

CREATE INDEX open_referral_by_partner ON open_referral (partner_id, due_on, referral_id);

CREATE INDEX open_referral_by_stage ON open_referral (direction, stage, due_on, referral_id);

CREATE TABLE open_stale (referral_id BLOB PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE packet_agreement (
    id BLOB PRIMARY KEY NOT NULL REFERENCES partner (id), -- the partner
    documents TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE INDEX partner_by_individual ON partner (individual_id) WHERE individual_id IS NOT NULL;

CREATE INDEX partner_by_introducer ON partner (introducer_id) WHERE introducer_id IS NOT NULL;

CREATE INDEX partner_by_name ON partner (name_key, id) WHERE trashed_at IS NULL;

CREATE INDEX partner_by_npi ON partner (npi) WHERE npi IS NOT NULL;

CREATE INDEX partner_by_owner ON partner (owner_id) WHERE owner_id IS NOT NULL;

CREATE INDEX partner_by_parent ON partner (parent_id) WHERE parent_id IS NOT NULL;

CREATE INDEX partner_by_patient ON partner (patient_id) WHERE patient_id IS NOT NULL;

CREATE INDEX partner_by_recorder ON partner (created_by) WHERE owner_id IS NULL;

CREATE INDEX partner_in_order ON partner (name_key, id);

CREATE INDEX partner_in_the_trash ON partner (trashed_at) WHERE trashed_at IS NOT NULL;

CREATE TABLE partner_contact (
    partner_id BLOB PRIMARY KEY NOT NULL,
    last_on TEXT NOT NULL,
    last_two_way_on TEXT,                   -- somebody answered
    last_face_on TEXT                       -- and was there, in a room or on a screen
) STRICT, WITHOUT ROWID;

CREATE TABLE partner_count (
    status TEXT NOT NULL,
    class TEXT NOT NULL,
    type TEXT NOT NULL,
    partners INTEGER NOT NULL,
    PRIMARY KEY (status, class, type)
) STRICT, WITHOUT ROWID;

CREATE TABLE partner_issue (
    id BLOB PRIMARY KEY NOT NULL,
    partner_id BLOB NOT NULL REFERENCES partner (id),
    category TEXT NOT NULL CHECK (category IN ('access', 'continuity', 'communication', 'clinical', 'billing', 'other')),
    severity INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 3),
    what TEXT NOT NULL,
    opened_on TEXT NOT NULL,
    told_on TEXT,                           -- the partner was told
    closed_on TEXT,
    resolution TEXT,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX partner_issue_by_partner ON partner_issue (partner_id, opened_on);

CREATE TABLE partner_stale (partner_id BLOB PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE partner_standing (
    partner_id BLOB PRIMARY KEY NOT NULL,
    name_key TEXT NOT NULL,
    class TEXT NOT NULL,
    type TEXT NOT NULL,
    city TEXT NOT NULL COLLATE NOCASE,      -- of the main address; empty = not known
    owner_id BLOB,
    status TEXT NOT NULL,
    window_days REAL NOT NULL,              -- W of the measure `status`
    first_on TEXT,
    last_on TEXT,
    received_year INTEGER NOT NULL,         -- inbound in the trailing year
    sent_year INTEGER NOT NULL              -- outbound in the trailing year
) STRICT, WITHOUT ROWID;

CREATE INDEX partner_standing_by_city ON partner_standing (city, name_key, partner_id);

CREATE INDEX partner_standing_by_last ON partner_standing (ifnull(last_on, '') DESC, name_key, partner_id);

CREATE INDEX partner_standing_by_name ON partner_standing (name_key, partner_id);

CREATE INDEX partner_standing_by_owner ON partner_standing (owner_id, name_key, partner_id);

CREATE INDEX partner_standing_by_received ON partner_standing (received_year DESC, name_key, partner_id);

CREATE INDEX partner_standing_by_sent ON partner_standing (sent_year DESC, name_key, partner_id);

CREATE INDEX partner_standing_by_status ON partner_standing (status, name_key, partner_id);

CREATE INDEX partner_standing_by_type ON partner_standing (type, name_key, partner_id);

CREATE TABLE partner_strength (
    id BLOB PRIMARY KEY NOT NULL,
    partner_id BLOB NOT NULL REFERENCES partner (id),
    kind TEXT NOT NULL CHECK (kind IN ('helps_with', 'not_suited_for', 'language', 'gender', 'cost', 'insurance', 'no_insurance',
        'technology', 'contact_time', 'need', 'distance', 'do_not_use')),
    value TEXT NOT NULL,                    -- as typed; a gender as its code, a distance in meters, do not use: why
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    UNIQUE (partner_id, kind, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE partner_tag (
    partner_id BLOB NOT NULL REFERENCES partner (id),
    tag_id BLOB NOT NULL REFERENCES tag (id),
    PRIMARY KEY (partner_id, tag_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX partner_tag_by_tag ON partner_tag (tag_id);

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

CREATE TABLE patient_doc (
    id INTEGER PRIMARY KEY,
    patient_id BLOB NOT NULL UNIQUE
) STRICT;

CREATE VIRTUAL TABLE patient_search USING fts5 (
    terms, content = '', contentless_delete = 1, detail = none, prefix = '2 3',
    tokenize = 'unicode61 remove_diacritics 2'
);

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

CREATE INDEX person_by_npi ON person (npi) WHERE npi IS NOT NULL;

CREATE INDEX person_in_the_trash ON person (trashed_at) WHERE trashed_at IS NOT NULL;

CREATE TABLE plan (
    id BLOB PRIMARY KEY NOT NULL,
    partner_id BLOB NOT NULL REFERENCES partner (id),
    run_id BLOB NOT NULL,                   -- the same for all that were started together
    name TEXT NOT NULL,
    playbook TEXT NOT NULL,                 -- its code or id, however it stands now
    content TEXT NOT NULL,
    holder_id BLOB NOT NULL REFERENCES profile (id),
    started_on TEXT NOT NULL,
    stops_on TEXT,                          -- the last day it waits for an answer
    stop_on_reply INTEGER NOT NULL CHECK (stop_on_reply = 0 OR stop_on_reply = 1),
    stop_on_referral INTEGER NOT NULL CHECK (stop_on_referral = 0 OR stop_on_referral = 1),
    ended_on TEXT,
    ended_why TEXT CHECK (ended_why = 'finished' OR ended_why = 'replied' OR ended_why = 'stopped'),
    ended_note TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL,
    CHECK ((ended_on IS NULL) = (ended_why IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX plan_by_partner ON plan (partner_id, started_on);

CREATE INDEX plan_by_run ON plan (run_id);

CREATE TABLE playbook (
    id BLOB PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    of_type TEXT,                           -- the type of partner it is for; NULL: any
    base TEXT,                              -- the one that came with Baton and that it replaces
    content TEXT NOT NULL,                  -- JSON: whom to speak to, steps, when it stops, what to say
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX playbook_by_base ON playbook (base) WHERE base IS NOT NULL;

CREATE TABLE practice (
    id BLOB PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    country TEXT NOT NULL DEFAULT 'US',
    time_zone TEXT NOT NULL,
    currency TEXT NOT NULL DEFAULT 'USD',
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE process_version (
    id BLOB PRIMARY KEY NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('inbound', 'outbound')),
    type TEXT CHECK (type IN ('consult', 'transfer', 'second_opinion', 'co_management', 'travel')), -- NULL: all without a path of their own
    definition TEXT,                        -- JSON: stages, limits, checklists, grace; NULL: back to the default
    made_at INTEGER NOT NULL,
    made_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX process_version_by_path ON process_version (direction, type, made_at);

CREATE TABLE profile (
    id BLOB PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    initials TEXT NOT NULL,
    role TEXT NOT NULL,
    active_from TEXT,
    active_to TEXT,
    created_at INTEGER NOT NULL
, retired_at INTEGER) STRICT, WITHOUT ROWID;

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
, type TEXT CHECK (type = 'consult' OR type = 'transfer' OR type = 'second_opinion' OR type = 'co_management' OR type = 'travel'), travel TEXT CHECK (travel = 'local' OR travel = 'domestic' OR travel = 'international'), diagnosis_group TEXT) STRICT, WITHOUT ROWID;

CREATE INDEX referral_by_closing ON referral (closed_on, id) WHERE closed_on IS NOT NULL AND trashed_at IS NULL;

CREATE INDEX referral_by_date ON referral (received_on, id) WHERE trashed_at IS NULL;

CREATE INDEX referral_by_diagnosis ON referral (diagnosis_group, received_on, id) WHERE diagnosis_group IS NOT NULL AND trashed_at IS NULL;

CREATE INDEX referral_by_from ON referral (from_partner_id, received_on, id, direction, trashed_at)
    WHERE from_partner_id IS NOT NULL;

CREATE INDEX referral_by_import ON referral (import_id) WHERE import_id IS NOT NULL;

CREATE INDEX referral_by_outcome ON referral (outcome, received_on, id) WHERE trashed_at IS NULL;

CREATE INDEX referral_by_patient ON referral (patient_id);

CREATE INDEX referral_by_person ON referral (from_person_id, received_on) WHERE from_person_id IS NOT NULL;

CREATE INDEX referral_by_reason ON referral (reason, received_on) WHERE reason IS NOT NULL AND trashed_at IS NULL;

CREATE INDEX referral_by_recorder ON referral (created_by, received_on) WHERE import_id IS NULL;

CREATE INDEX referral_by_service ON referral (service_line, received_on) WHERE service_line IS NOT NULL AND trashed_at IS NULL;

CREATE INDEX referral_by_to ON referral (to_partner_id, received_on, id, direction, trashed_at)
    WHERE to_partner_id IS NOT NULL;

CREATE INDEX referral_by_to_person ON referral (to_person_id, received_on) WHERE to_person_id IS NOT NULL;

CREATE INDEX referral_in_trash ON referral (trashed_at) WHERE trashed_at IS NOT NULL;

CREATE INDEX referral_not_asked ON referral (received_on, id) WHERE source_answer = 'not_asked' AND trashed_at IS NULL;

CREATE INDEX referral_without_sender ON referral (received_on, id) WHERE from_partner_id IS NULL AND trashed_at IS NULL;

CREATE TABLE referral_answer (
    id BLOB PRIMARY KEY NOT NULL,
    referral_id BLOB NOT NULL REFERENCES referral (id),
    topic TEXT NOT NULL,
    item TEXT NOT NULL,
    value TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL,
    UNIQUE (referral_id, topic, item)
) STRICT, WITHOUT ROWID;

CREATE INDEX referral_answer_by_country ON referral_answer (value, referral_id) WHERE topic = 'origin' AND item = 'country';

CREATE TABLE referral_month (
    partner_id BLOB NOT NULL,
    direction TEXT NOT NULL,
    month TEXT NOT NULL,                    -- yyyy-mm
    received INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    PRIMARY KEY (partner_id, direction, month)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE restriction (
    id BLOB PRIMARY KEY NOT NULL REFERENCES referral (id), -- the referral
    since_on TEXT NOT NULL,
    note TEXT,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE INDEX reward_by_correction ON reward (corrects_id) WHERE corrects_id IS NOT NULL;

CREATE INDEX reward_by_day ON reward (given_on, id);

CREATE TABLE reward_alias (
    id BLOB PRIMARY KEY NOT NULL,           -- the record that was merged away
    into_id BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX reward_alias_by_kept ON reward_alias (into_id);

CREATE TABLE reward_attestation (
    id BLOB PRIMARY KEY NOT NULL,
    year INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    total_cents INTEGER NOT NULL,
    findings TEXT NOT NULL,
    signed_at INTEGER NOT NULL,
    signed_by BLOB NOT NULL REFERENCES profile (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE reward_decision (
    id BLOB PRIMARY KEY NOT NULL,
    reward_id BLOB NOT NULL UNIQUE REFERENCES reward (id),
    approved INTEGER NOT NULL,
    note TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    decided_by BLOB NOT NULL REFERENCES profile (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE reward_return (
    id BLOB PRIMARY KEY NOT NULL REFERENCES reward (id), -- the counter-entry
    meter_id BLOB NOT NULL,
    received_on TEXT NOT NULL,              -- when what ran over was received
    returned_on TEXT NOT NULL,
    excess_cents INTEGER NOT NULL,
    limit_cents INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX reward_return_by_meter ON reward_return (meter_id);

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

CREATE INDEX reward_share_by_meter ON reward_share (meter_id) WHERE meter_id IS NOT NULL;

CREATE INDEX reward_share_by_partner ON reward_share (partner_id) WHERE partner_id IS NOT NULL;

CREATE INDEX reward_share_by_person ON reward_share (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX reward_share_by_reward ON reward_share (reward_id);

CREATE TABLE role_rights (
    id BLOB PRIMARY KEY NOT NULL,
    role TEXT NOT NULL UNIQUE,
    network TEXT NOT NULL CHECK (network IN ('none', 'read', 'write', 'approve')),
    referrals TEXT NOT NULL CHECK (referrals IN ('none', 'read', 'write', 'approve')),
    insights TEXT NOT NULL CHECK (insights IN ('none', 'read', 'write', 'approve')),
    exchange TEXT NOT NULL CHECK (exchange IN ('none', 'read', 'write', 'approve')),
    history TEXT NOT NULL CHECK (history IN ('none', 'read', 'write', 'approve')),
    vault TEXT NOT NULL CHECK (vault IN ('none', 'read', 'write', 'approve')),
    hides_patients INTEGER NOT NULL,
    hides_reason INTEGER NOT NULL,
    hides_money INTEGER NOT NULL,
    may_export INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL
, scope TEXT NOT NULL DEFAULT 'all' CHECK (scope IN ('own', 'team', 'all')), gratitude TEXT CHECK (gratitude IN ('none', 'read', 'write', 'approve')), outreach TEXT CHECK (outreach IN ('none', 'read', 'write', 'approve'))) STRICT, WITHOUT ROWID;

CREATE TABLE saved_view (
    id BLOB PRIMARY KEY NOT NULL,
    list TEXT NOT NULL CHECK (list IN ('partners', 'referrals')),
    name TEXT NOT NULL,
    definition TEXT NOT NULL,               -- JSON: filter, sort, columns
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE snooze (
    id BLOB PRIMARY KEY NOT NULL REFERENCES partner (id),
    until_on TEXT NOT NULL,                 -- due again on this day
    reason TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE standing_day (id INTEGER PRIMARY KEY CHECK (id = 1), as_of TEXT NOT NULL) STRICT;

CREATE TABLE tag (
    id BLOB PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

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
    changed_by BLOB NOT NULL, repeat_from TEXT, repeat_on TEXT, plan_id BLOB REFERENCES plan (id), plan_step INTEGER,
    CHECK ((done_on IS NULL) = (done_by IS NULL)),
    CHECK (done_on IS NULL OR dropped IS NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX task_by_partner ON task (partner_id) WHERE partner_id IS NOT NULL;

CREATE INDEX task_by_plan ON task (plan_id, plan_step) WHERE plan_id IS NOT NULL;

CREATE INDEX task_by_referral ON task (referral_id) WHERE referral_id IS NOT NULL;

CREATE INDEX task_by_touch ON task (touch_id) WHERE touch_id IS NOT NULL;

CREATE INDEX task_done ON task (done_on, id) WHERE done_on IS NOT NULL;

CREATE INDEX task_open ON task (due_on, id) WHERE done_on IS NULL AND dropped IS NULL;

CREATE INDEX task_promised ON task (promised_on) WHERE promised_on IS NOT NULL;

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
    changed_by BLOB NOT NULL, template TEXT,
    CHECK ((partner_id IS NULL) <> (person_id IS NULL)),
    CHECK ((status = 'drafted') = (done_on IS NULL)),
    CHECK ((status = 'waived') = (reason IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX thanks_by_day ON thanks (done_on, id) WHERE done_on IS NOT NULL;

CREATE INDEX thanks_by_partner ON thanks (partner_id, came_to) WHERE partner_id IS NOT NULL;

CREATE INDEX thanks_by_person ON thanks (person_id, came_to) WHERE person_id IS NOT NULL;

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

CREATE INDEX touch_by_day ON touch (held_on, partner_id);

CREATE INDEX touch_by_partner ON touch (partner_id, held_on);

CREATE INDEX touch_by_referral ON touch (referral_id) WHERE referral_id IS NOT NULL;

CREATE INDEX touch_to_sort ON touch (held_on, id) WHERE trashed_at IS NULL AND (category IS NULL OR purpose = '');

CREATE TABLE touch_person (
    touch_id BLOB NOT NULL REFERENCES touch (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (touch_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX touch_person_by_person ON touch_person (person_id);

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

CREATE TRIGGER address_standing_delete AFTER DELETE ON address WHEN old.partner_id IS NOT NULL BEGIN
    INSERT OR IGNORE INTO partner_stale VALUES (old.partner_id);
END;

CREATE TRIGGER address_standing_insert AFTER INSERT ON address WHEN new.partner_id IS NOT NULL BEGIN
    INSERT OR IGNORE INTO partner_stale VALUES (new.partner_id);
END;

CREATE TRIGGER address_standing_update AFTER UPDATE OF city, is_primary ON address WHEN new.partner_id IS NOT NULL BEGIN
    INSERT OR IGNORE INTO partner_stale VALUES (new.partner_id);
END;

CREATE TRIGGER audit_is_append_only BEFORE UPDATE ON audit BEGIN
    SELECT raise(ABORT, 'the log is append-only');
END;

CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN
    SELECT raise(ABORT, 'the log is append-only');
END;

CREATE TRIGGER audit_review_is_append_only BEFORE UPDATE ON audit_review BEGIN
    SELECT raise(ABORT, 'a signed review stays as it is');
END;

CREATE TRIGGER audit_review_is_kept BEFORE DELETE ON audit_review BEGIN
    SELECT raise(ABORT, 'a signed review stays as it is');
END;

CREATE TRIGGER open_baton_delete AFTER DELETE ON baton BEGIN
    INSERT OR IGNORE INTO open_stale VALUES (old.id);
END;

CREATE TRIGGER open_baton_insert AFTER INSERT ON baton BEGIN
    INSERT OR IGNORE INTO open_stale VALUES (new.id);
END;

CREATE TRIGGER open_baton_update AFTER UPDATE ON baton BEGIN
    INSERT OR IGNORE INTO open_stale VALUES (new.id);
END;

CREATE TRIGGER contact_search_delete AFTER DELETE ON contact_point BEGIN
    DELETE FROM network_search WHERE rowid IN (SELECT id FROM network_doc WHERE source_id = old.id);
    DELETE FROM network_doc WHERE source_id = old.id;
END;

CREATE TRIGGER contact_search_insert AFTER INSERT ON contact_point BEGIN
    INSERT INTO network_doc (source_id, kind, entity_id)
        VALUES (new.id, CASE WHEN new.partner_id IS NULL THEN 'person' ELSE 'partner' END, ifnull(new.partner_id, new.person_id));
    INSERT INTO network_search (rowid, terms)
        VALUES (last_insert_rowid(), CASE WHEN new.kind IN ('phone', 'mobile', 'fax')
            THEN new.search || ' ' || substr(new.search, -7) || ' ' || substr(new.search, -4) ELSE new.search END);
END;

CREATE TRIGGER contact_search_update AFTER UPDATE OF kind, search ON contact_point BEGIN
    DELETE FROM network_search WHERE rowid IN (SELECT id FROM network_doc WHERE source_id = old.id);
    INSERT INTO network_search (rowid, terms)
        SELECT id, CASE WHEN new.kind IN ('phone', 'mobile', 'fax')
            THEN new.search || ' ' || substr(new.search, -7) || ' ' || substr(new.search, -4) ELSE new.search END
        FROM network_doc WHERE source_id = new.id;
END;

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

CREATE TRIGGER gift_offer_decision_is_append_only BEFORE UPDATE ON gift_offer_decision BEGIN
    SELECT raise(ABORT, 'a decision stays as it is');
END;

CREATE TRIGGER gift_offer_decision_is_kept BEFORE DELETE ON gift_offer_decision BEGIN
    SELECT raise(ABORT, 'a decision stays as it is');
END;

CREATE TRIGGER history_is_append_only BEFORE UPDATE ON history
WHEN (old.seq, old.id, old.device_id, old.at, old.actor_id, old.actor_name, old.action, old.cause, old.undoes, old.records, old.rooms, old.hash)
     IS NOT (new.seq, new.id, new.device_id, new.at, new.actor_id, new.actor_name, new.action, new.cause, new.undoes, new.records, new.rooms, new.hash)
     OR NOT EXISTS (SELECT 1 FROM history_redaction WHERE seq = old.seq AND by_seq = max((SELECT coalesce(max(seq), 0) FROM history), (SELECT coalesce(max(seq), 0) FROM audit)) + 1) BEGIN
    SELECT raise(ABORT, 'history is append-only');
END;

CREATE TRIGGER history_is_kept BEFORE DELETE ON history BEGIN
    SELECT raise(ABORT, 'history is append-only');
END;

CREATE TRIGGER history_part_is_append_only BEFORE UPDATE ON history_part
WHEN (old.seq, old.part) IS NOT (new.seq, new.part)
     OR (old.seq <= max((SELECT coalesce(max(seq), 0) FROM history), (SELECT coalesce(max(seq), 0) FROM audit))
         AND NOT EXISTS (SELECT 1 FROM history_redaction WHERE seq = old.seq AND by_seq = max((SELECT coalesce(max(seq), 0) FROM history), (SELECT coalesce(max(seq), 0) FROM audit)) + 1)) BEGIN
    SELECT raise(ABORT, 'history is append-only');
END;

CREATE TRIGGER history_part_is_kept BEFORE DELETE ON history_part BEGIN
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

CREATE TRIGGER open_owner_update AFTER UPDATE OF owner_id ON partner WHEN old.owner_id IS NOT new.owner_id BEGIN
    INSERT OR IGNORE INTO open_stale SELECT referral_id FROM open_referral WHERE partner_id = new.id;
END;

CREATE TRIGGER partner_search_delete AFTER DELETE ON partner BEGIN
    DELETE FROM network_search WHERE rowid IN (SELECT id FROM network_doc WHERE source_id = old.id);
    DELETE FROM network_doc WHERE source_id = old.id;
END;

CREATE TRIGGER partner_search_insert AFTER INSERT ON partner WHEN new.trashed_at IS NULL BEGIN
    INSERT INTO network_doc (source_id, kind, entity_id) VALUES (new.id, 'partner', new.id);
    INSERT INTO network_search (rowid, terms) VALUES (last_insert_rowid(), terms(new.name || ' ' || ifnull(new.npi, '')));
END;

CREATE TRIGGER partner_search_update AFTER UPDATE OF name, npi, trashed_at ON partner
WHEN (old.name, old.npi, old.trashed_at) IS NOT (new.name, new.npi, new.trashed_at) BEGIN
    DELETE FROM network_search WHERE rowid IN (SELECT id FROM network_doc WHERE source_id = old.id);
    DELETE FROM network_doc WHERE source_id = old.id;
    INSERT INTO network_doc (source_id, kind, entity_id) SELECT new.id, 'partner', new.id WHERE new.trashed_at IS NULL;
    INSERT INTO network_search (rowid, terms)
        SELECT id, terms(new.name || ' ' || ifnull(new.npi, '')) FROM network_doc WHERE source_id = new.id;
END;

CREATE TRIGGER partner_standing_copy AFTER UPDATE OF name_key, class, type, owner_id ON partner
WHEN (old.name_key, old.class, old.type, old.owner_id) IS NOT (new.name_key, new.class, new.type, new.owner_id) BEGIN
    UPDATE partner_standing SET name_key = new.name_key, class = new.class, type = new.type, owner_id = new.owner_id
        WHERE partner_id = new.id;
END;

CREATE TRIGGER partner_standing_delete AFTER DELETE ON partner BEGIN
    DELETE FROM partner_stale WHERE partner_id = old.id;
    DELETE FROM partner_standing WHERE partner_id = old.id;
END;

CREATE TRIGGER partner_standing_insert AFTER INSERT ON partner BEGIN
    INSERT OR IGNORE INTO partner_stale VALUES (new.id);
END;

CREATE TRIGGER partner_standing_update AFTER UPDATE OF ended_on, trashed_at ON partner
WHEN old.ended_on IS NOT new.ended_on OR old.trashed_at IS NOT new.trashed_at BEGIN
    INSERT OR IGNORE INTO partner_stale VALUES (new.id);
END;

CREATE TRIGGER partner_count_delete AFTER DELETE ON partner_standing BEGIN
    UPDATE partner_count SET partners = partners - 1
        WHERE status = old.status AND class = old.class AND type = old.type;
END;

CREATE TRIGGER partner_count_insert AFTER INSERT ON partner_standing BEGIN
    INSERT INTO partner_count VALUES (new.status, new.class, new.type, 1)
        ON CONFLICT DO UPDATE SET partners = partners + 1;
END;

CREATE TRIGGER partner_count_update AFTER UPDATE OF status, class, type ON partner_standing
WHEN old.status <> new.status OR old.class <> new.class OR old.type <> new.type BEGIN
    UPDATE partner_count SET partners = partners - 1
        WHERE status = old.status AND class = old.class AND type = old.type;
    INSERT INTO partner_count VALUES (new.status, new.class, new.type, 1)
        ON CONFLICT DO UPDATE SET partners = partners + 1;
END;

CREATE TRIGGER patient_search_delete AFTER DELETE ON patient BEGIN
    DELETE FROM patient_search WHERE rowid IN (SELECT id FROM patient_doc WHERE patient_id = old.id);
    DELETE FROM patient_doc WHERE patient_id = old.id;
END;

CREATE TRIGGER patient_search_insert AFTER INSERT ON patient BEGIN
    INSERT INTO patient_doc (patient_id) VALUES (new.id);
    INSERT INTO patient_search (rowid, terms) VALUES (last_insert_rowid(), terms(new.name || ' ' || ifnull(new.chart_number, '')));
END;

CREATE TRIGGER patient_search_update AFTER UPDATE OF name, chart_number ON patient BEGIN
    DELETE FROM patient_search WHERE rowid IN (SELECT id FROM patient_doc WHERE patient_id = old.id);
    INSERT INTO patient_search (rowid, terms)
        SELECT id, terms(new.name || ' ' || ifnull(new.chart_number, '')) FROM patient_doc WHERE patient_id = new.id;
END;

CREATE TRIGGER person_search_delete AFTER DELETE ON person BEGIN
    DELETE FROM network_search WHERE rowid IN (SELECT id FROM network_doc WHERE source_id = old.id);
    DELETE FROM network_doc WHERE source_id = old.id;
END;

CREATE TRIGGER person_search_insert AFTER INSERT ON person WHEN new.trashed_at IS NULL BEGIN
    INSERT INTO network_doc (source_id, kind, entity_id) VALUES (new.id, 'person', new.id);
    INSERT INTO network_search (rowid, terms) VALUES (last_insert_rowid(), terms(new.name || ' ' || ifnull(new.npi, '')));
END;

CREATE TRIGGER person_search_update AFTER UPDATE OF name, npi, trashed_at ON person
WHEN (old.name, old.npi, old.trashed_at) IS NOT (new.name, new.npi, new.trashed_at) BEGIN
    DELETE FROM network_search WHERE rowid IN (SELECT id FROM network_doc WHERE source_id = old.id);
    DELETE FROM network_doc WHERE source_id = old.id;
    INSERT INTO network_doc (source_id, kind, entity_id) SELECT new.id, 'person', new.id WHERE new.trashed_at IS NULL;
    INSERT INTO network_search (rowid, terms)
        SELECT id, terms(new.name || ' ' || ifnull(new.npi, '')) FROM network_doc WHERE source_id = new.id;
END;

CREATE TRIGGER open_process_delete AFTER DELETE ON process_version BEGIN
    INSERT OR IGNORE INTO open_stale SELECT referral_id FROM open_referral;
END;

CREATE TRIGGER open_process_insert AFTER INSERT ON process_version BEGIN
    INSERT OR IGNORE INTO open_stale SELECT referral_id FROM open_referral;
END;

CREATE TRIGGER open_profile_update AFTER UPDATE OF retired_at, role ON profile
WHEN (old.retired_at, old.role) IS NOT (new.retired_at, new.role) BEGIN
    INSERT OR IGNORE INTO open_stale SELECT referral_id FROM open_referral;
END;

CREATE TRIGGER open_referral_delete AFTER DELETE ON referral BEGIN
    DELETE FROM open_referral WHERE referral_id = old.id;
    DELETE FROM open_stale WHERE referral_id = old.id;
END;

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

CREATE TRIGGER referral_count_delete AFTER DELETE ON referral
WHEN old.trashed_at IS NULL AND ifnull(CASE old.direction WHEN 'outbound' THEN old.to_partner_id ELSE old.from_partner_id END, x'') <> x'' BEGIN
    UPDATE referral_month SET received = received - 1, seen = seen - (old.outcome IS 'seen')
        WHERE partner_id = CASE old.direction WHEN 'outbound' THEN old.to_partner_id ELSE old.from_partner_id END
          AND direction = old.direction AND month = substr(old.received_on, 1, 7)
          AND NOT EXISTS (SELECT 1 FROM restriction WHERE id = old.id);
    INSERT OR IGNORE INTO partner_stale
        VALUES (CASE old.direction WHEN 'outbound' THEN old.to_partner_id ELSE old.from_partner_id END);
END;

CREATE TRIGGER referral_count_insert AFTER INSERT ON referral
WHEN new.trashed_at IS NULL AND ifnull(CASE new.direction WHEN 'outbound' THEN new.to_partner_id ELSE new.from_partner_id END, x'') <> x''
     AND NOT EXISTS (SELECT 1 FROM restriction WHERE id = new.id) BEGIN
    INSERT INTO referral_month (partner_id, direction, month, received, seen)
        VALUES (CASE new.direction WHEN 'outbound' THEN new.to_partner_id ELSE new.from_partner_id END,
                new.direction, substr(new.received_on, 1, 7), 1, new.outcome IS 'seen')
        ON CONFLICT DO UPDATE SET received = received + 1, seen = seen + excluded.seen;
    INSERT OR IGNORE INTO partner_stale
        VALUES (CASE new.direction WHEN 'outbound' THEN new.to_partner_id ELSE new.from_partner_id END);
END;

CREATE TRIGGER referral_count_update
AFTER UPDATE OF direction, received_on, from_partner_id, to_partner_id, outcome, trashed_at ON referral BEGIN
    UPDATE referral_month SET received = received - 1, seen = seen - (old.outcome IS 'seen')
        WHERE old.trashed_at IS NULL
          AND partner_id = CASE old.direction WHEN 'outbound' THEN old.to_partner_id ELSE old.from_partner_id END
          AND direction = old.direction AND month = substr(old.received_on, 1, 7)
          AND NOT EXISTS (SELECT 1 FROM restriction WHERE id = old.id);
    INSERT INTO referral_month (partner_id, direction, month, received, seen)
        SELECT CASE new.direction WHEN 'outbound' THEN new.to_partner_id ELSE new.from_partner_id END,
               new.direction, substr(new.received_on, 1, 7), 1, new.outcome IS 'seen'
        WHERE new.trashed_at IS NULL
          AND CASE new.direction WHEN 'outbound' THEN new.to_partner_id ELSE new.from_partner_id END IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM restriction WHERE id = new.id)
        ON CONFLICT DO UPDATE SET received = received + 1, seen = seen + excluded.seen;
    INSERT OR IGNORE INTO partner_stale
        SELECT CASE old.direction WHEN 'outbound' THEN old.to_partner_id ELSE old.from_partner_id END
        WHERE CASE old.direction WHEN 'outbound' THEN old.to_partner_id ELSE old.from_partner_id END IS NOT NULL;
    INSERT OR IGNORE INTO partner_stale
        SELECT CASE new.direction WHEN 'outbound' THEN new.to_partner_id ELSE new.from_partner_id END
        WHERE CASE new.direction WHEN 'outbound' THEN new.to_partner_id ELSE new.from_partner_id END IS NOT NULL;
END;

CREATE TRIGGER open_step_delete AFTER DELETE ON referral_step BEGIN
    INSERT OR IGNORE INTO open_stale VALUES (old.referral_id);
END;

CREATE TRIGGER open_step_insert AFTER INSERT ON referral_step BEGIN
    INSERT OR IGNORE INTO open_stale VALUES (new.referral_id);
END;

CREATE TRIGGER open_step_update AFTER UPDATE ON referral_step BEGIN
    INSERT OR IGNORE INTO open_stale VALUES (new.referral_id);
END;

CREATE TRIGGER restriction_count_delete AFTER DELETE ON restriction BEGIN
    INSERT INTO referral_month (partner_id, direction, month, received, seen)
        SELECT CASE direction WHEN 'outbound' THEN to_partner_id ELSE from_partner_id END, direction, substr(received_on, 1, 7), 1,
               outcome IS 'seen'
        FROM referral WHERE id = old.id AND trashed_at IS NULL
            AND CASE direction WHEN 'outbound' THEN to_partner_id ELSE from_partner_id END IS NOT NULL
        ON CONFLICT DO UPDATE SET received = received + 1, seen = seen + excluded.seen;
    INSERT OR IGNORE INTO partner_stale
        SELECT CASE direction WHEN 'outbound' THEN to_partner_id ELSE from_partner_id END FROM referral
        WHERE id = old.id AND CASE direction WHEN 'outbound' THEN to_partner_id ELSE from_partner_id END IS NOT NULL;
    INSERT OR IGNORE INTO open_stale VALUES (old.id);
END;

CREATE TRIGGER restriction_count_insert AFTER INSERT ON restriction BEGIN
    UPDATE referral_month SET received = received - 1, seen = seen - (SELECT outcome IS 'seen' FROM referral WHERE id = new.id)
        WHERE (partner_id, direction, month) = (
            SELECT CASE direction WHEN 'outbound' THEN to_partner_id ELSE from_partner_id END, direction, substr(received_on, 1, 7)
            FROM referral WHERE id = new.id AND trashed_at IS NULL);
    INSERT OR IGNORE INTO partner_stale
        SELECT CASE direction WHEN 'outbound' THEN to_partner_id ELSE from_partner_id END FROM referral
        WHERE id = new.id AND CASE direction WHEN 'outbound' THEN to_partner_id ELSE from_partner_id END IS NOT NULL;
    INSERT OR IGNORE INTO open_stale VALUES (new.id);
END;

CREATE TRIGGER reward_is_append_only BEFORE UPDATE ON reward BEGIN
    SELECT raise(ABORT, 'the ledger is corrected by a counter-entry');
END;

CREATE TRIGGER reward_is_kept BEFORE DELETE ON reward BEGIN
    SELECT raise(ABORT, 'the ledger is corrected by a counter-entry');
END;

CREATE TRIGGER reward_attestation_is_append_only BEFORE UPDATE ON reward_attestation BEGIN
    SELECT raise(ABORT, 'a signed year stays as it is');
END;

CREATE TRIGGER reward_attestation_is_kept BEFORE DELETE ON reward_attestation BEGIN
    SELECT raise(ABORT, 'a signed year stays as it is');
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

CREATE TRIGGER reward_share_is_append_only BEFORE UPDATE ON reward_share BEGIN
    SELECT raise(ABORT, 'the ledger is corrected by a counter-entry');
END;

CREATE TRIGGER reward_share_is_kept BEFORE DELETE ON reward_share BEGIN
    SELECT raise(ABORT, 'the ledger is corrected by a counter-entry');
END;

CREATE TRIGGER open_calendar_delete AFTER DELETE ON setting WHEN old.key = 'frame.calendar' BEGIN
    INSERT OR IGNORE INTO open_stale SELECT referral_id FROM open_referral;
END;

CREATE TRIGGER open_calendar_insert AFTER INSERT ON setting WHEN new.key = 'frame.calendar' BEGIN
    INSERT OR IGNORE INTO open_stale SELECT referral_id FROM open_referral;
END;

CREATE TRIGGER open_calendar_update AFTER UPDATE ON setting WHEN new.key = 'frame.calendar' BEGIN
    INSERT OR IGNORE INTO open_stale SELECT referral_id FROM open_referral;
END;

CREATE TRIGGER touch_contact_delete AFTER DELETE ON touch WHEN old.trashed_at IS NULL AND old.bulk = 0 BEGIN
    DELETE FROM partner_contact WHERE partner_id = old.partner_id;
    INSERT INTO partner_contact (partner_id, last_on, last_two_way_on, last_face_on)
        SELECT partner_id, max(held_on), max(CASE WHEN two_way THEN held_on END),
               max(CASE WHEN two_way AND form IN ('visit', 'video', 'lunch', 'event') THEN held_on END)
        FROM touch WHERE partner_id = old.partner_id AND trashed_at IS NULL AND bulk = 0 GROUP BY partner_id;
    INSERT OR IGNORE INTO partner_stale VALUES (old.partner_id);
END;

CREATE TRIGGER touch_contact_insert AFTER INSERT ON touch WHEN new.trashed_at IS NULL AND new.bulk = 0 BEGIN
    INSERT INTO partner_contact (partner_id, last_on, last_two_way_on, last_face_on)
        VALUES (new.partner_id, new.held_on, CASE WHEN new.two_way THEN new.held_on END,
            CASE WHEN new.two_way AND new.form IN ('visit', 'video', 'lunch', 'event') THEN new.held_on END)
        ON CONFLICT (partner_id) DO UPDATE SET last_on = max(last_on, excluded.last_on),
            last_two_way_on = nullif(max(ifnull(last_two_way_on, ''), ifnull(excluded.last_two_way_on, '')), ''),
            last_face_on = nullif(max(ifnull(last_face_on, ''), ifnull(excluded.last_face_on, '')), '');
    INSERT OR IGNORE INTO partner_stale VALUES (new.partner_id);
END;

CREATE TRIGGER touch_contact_update AFTER UPDATE OF partner_id, held_on, form, two_way, bulk, trashed_at ON touch BEGIN
    DELETE FROM partner_contact WHERE partner_id IN (old.partner_id, new.partner_id);
    INSERT INTO partner_contact (partner_id, last_on, last_two_way_on, last_face_on)
        SELECT partner_id, max(held_on), max(CASE WHEN two_way THEN held_on END),
               max(CASE WHEN two_way AND form IN ('visit', 'video', 'lunch', 'event') THEN held_on END)
        FROM touch WHERE partner_id IN (old.partner_id, new.partner_id) AND trashed_at IS NULL AND bulk = 0 GROUP BY partner_id;
    INSERT OR IGNORE INTO partner_stale VALUES (old.partner_id), (new.partner_id);
END;
