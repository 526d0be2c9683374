-- Finding help for a patient: what partners are good for, what is open with them, and what a patient took along.

-- One fact a row. What is not here is not known.
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

-- A concern about a partner, from the day it was opened to the day it was settled.
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

-- A list of partners a patient took along, and what they said when asked later.
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
CREATE INDEX hand_out_by_patient ON hand_out (patient_id, given_on);
CREATE INDEX hand_out_by_referral ON hand_out (referral_id) WHERE referral_id IS NOT NULL;
CREATE INDEX hand_out_by_chosen ON hand_out (chosen_id) WHERE chosen_id IS NOT NULL;
CREATE INDEX hand_out_unanswered ON hand_out (given_on, id) WHERE answered_on IS NULL;
CREATE INDEX hand_out_answered ON hand_out (answered_on) WHERE answered_on IS NOT NULL;

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
