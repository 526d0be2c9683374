-- Tasks that come again keep to their series; playbooks, and the plans that follow them.

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

-- A playbook that is followed with one partner, as it was on the first day.
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

ALTER TABLE task ADD COLUMN repeat_from TEXT;                  -- the first day of the series
ALTER TABLE task ADD COLUMN repeat_on TEXT;                    -- the day of the series this one stands for
ALTER TABLE task ADD COLUMN plan_id BLOB REFERENCES plan (id); -- whose step it is
ALTER TABLE task ADD COLUMN plan_step INTEGER;                 -- which, from 0
CREATE INDEX task_by_plan ON task (plan_id, plan_step) WHERE plan_id IS NOT NULL;
CREATE INDEX task_promised ON task (promised_on) WHERE promised_on IS NOT NULL;
CREATE INDEX task_done ON task (done_on, id) WHERE done_on IS NOT NULL;
