-- Who asked before they were patients, what became of it, and who looks after a patient together.

-- Somebody called, wrote or came in; also where no visit was agreed.
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

-- A visit a patient kept, beside the one their referral was for.
CREATE TABLE kept_visit (
    id BLOB PRIMARY KEY NOT NULL,
    patient_id BLOB NOT NULL REFERENCES patient (id),
    visit_on TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL,
    UNIQUE (patient_id, visit_on)
) STRICT, WITHOUT ROWID;

-- Several look after one patient.
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
CREATE INDEX care_member_by_patient ON care_member (patient_id);
CREATE INDEX care_member_by_partner ON care_member (partner_id) WHERE partner_id IS NOT NULL;
CREATE INDEX care_member_by_person ON care_member (holder_person_id) WHERE holder_person_id IS NOT NULL;
CREATE INDEX care_member_by_holder ON care_member (holder_id) WHERE holder_id IS NOT NULL;
CREATE UNIQUE INDEX care_member_leading ON care_member (group_id) WHERE leads = 1;
