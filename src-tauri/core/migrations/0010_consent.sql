-- What patients allow, what has to stay out of sight, and what else is known of a referral.

-- Per purpose. No row: refused, but for treatment with a treating provider.
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

-- Referrals that stay out of lists, letters and exports and count in the practice's totals alone (42 CFR Part 2).
CREATE TABLE restriction (
    id BLOB PRIMARY KEY NOT NULL REFERENCES referral (id), -- the referral
    since_on TEXT NOT NULL,
    note TEXT,
    created_at INTEGER NOT NULL,
    created_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What else is known of a referral: one answer to each question of a fixed list.
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

-- How a visit was for the patient. 0 to 10; empty is unknown.
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

-- What is restricted counts for no partner.
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
DROP TRIGGER referral_count_insert;
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
DROP TRIGGER referral_count_delete;
CREATE TRIGGER referral_count_delete AFTER DELETE ON referral
WHEN old.trashed_at IS NULL AND ifnull(CASE old.direction WHEN 'outbound' THEN old.to_partner_id ELSE old.from_partner_id END, x'') <> x'' BEGIN
    UPDATE referral_month SET received = received - 1, seen = seen - (old.outcome IS 'seen')
        WHERE partner_id = CASE old.direction WHEN 'outbound' THEN old.to_partner_id ELSE old.from_partner_id END
          AND direction = old.direction AND month = substr(old.received_on, 1, 7)
          AND NOT EXISTS (SELECT 1 FROM restriction WHERE id = old.id);
    INSERT OR IGNORE INTO partner_stale
        VALUES (CASE old.direction WHEN 'outbound' THEN old.to_partner_id ELSE old.from_partner_id END);
END;
DROP TRIGGER referral_count_update;
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
