-- Tables that follow from the source tables. Triggers keep them; history does not record them.
-- `terms(text)` is a function of the store: folded words and how they sound.

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

CREATE TABLE patient_doc (
    id INTEGER PRIMARY KEY,
    patient_id BLOB NOT NULL UNIQUE
) STRICT;
CREATE VIRTUAL TABLE patient_search USING fts5 (
    terms, content = '', contentless_delete = 1, detail = none, prefix = '2 3',
    tokenize = 'unicode61 remove_diacritics 2'
);

-- Partners
CREATE TRIGGER partner_search_insert AFTER INSERT ON partner WHEN new.trashed_at IS NULL BEGIN
    INSERT INTO network_doc (source_id, kind, entity_id) VALUES (new.id, 'partner', new.id);
    INSERT INTO network_search (rowid, terms) VALUES (last_insert_rowid(), terms(new.name || ' ' || ifnull(new.npi, '')));
END;
CREATE TRIGGER partner_search_delete AFTER DELETE ON partner BEGIN
    DELETE FROM network_search WHERE rowid IN (SELECT id FROM network_doc WHERE source_id = old.id);
    DELETE FROM network_doc WHERE source_id = old.id;
END;
CREATE TRIGGER partner_search_update AFTER UPDATE OF name, npi, trashed_at ON partner BEGIN
    DELETE FROM network_search WHERE rowid IN (SELECT id FROM network_doc WHERE source_id = old.id);
    DELETE FROM network_doc WHERE source_id = old.id;
    INSERT INTO network_doc (source_id, kind, entity_id) SELECT new.id, 'partner', new.id WHERE new.trashed_at IS NULL;
    INSERT INTO network_search (rowid, terms)
        SELECT id, terms(new.name || ' ' || ifnull(new.npi, '')) FROM network_doc WHERE source_id = new.id;
END;

-- People
CREATE TRIGGER person_search_insert AFTER INSERT ON person WHEN new.trashed_at IS NULL BEGIN
    INSERT INTO network_doc (source_id, kind, entity_id) VALUES (new.id, 'person', new.id);
    INSERT INTO network_search (rowid, terms) VALUES (last_insert_rowid(), terms(new.name || ' ' || ifnull(new.npi, '')));
END;
CREATE TRIGGER person_search_delete AFTER DELETE ON person BEGIN
    DELETE FROM network_search WHERE rowid IN (SELECT id FROM network_doc WHERE source_id = old.id);
    DELETE FROM network_doc WHERE source_id = old.id;
END;
CREATE TRIGGER person_search_update AFTER UPDATE OF name, npi, trashed_at ON person BEGIN
    DELETE FROM network_search WHERE rowid IN (SELECT id FROM network_doc WHERE source_id = old.id);
    DELETE FROM network_doc WHERE source_id = old.id;
    INSERT INTO network_doc (source_id, kind, entity_id) SELECT new.id, 'person', new.id WHERE new.trashed_at IS NULL;
    INSERT INTO network_search (rowid, terms)
        SELECT id, terms(new.name || ' ' || ifnull(new.npi, '')) FROM network_doc WHERE source_id = new.id;
END;

-- Telephones (whole, without area code, last four digits) and e-mail addresses lead to whoever has them
CREATE TRIGGER contact_search_insert AFTER INSERT ON contact_point BEGIN
    INSERT INTO network_doc (source_id, kind, entity_id)
        VALUES (new.id, CASE WHEN new.partner_id IS NULL THEN 'person' ELSE 'partner' END, ifnull(new.partner_id, new.person_id));
    INSERT INTO network_search (rowid, terms)
        VALUES (last_insert_rowid(), CASE WHEN new.kind IN ('phone', 'mobile', 'fax')
            THEN new.search || ' ' || substr(new.search, -7) || ' ' || substr(new.search, -4) ELSE new.search END);
END;
CREATE TRIGGER contact_search_delete AFTER DELETE ON contact_point BEGIN
    DELETE FROM network_search WHERE rowid IN (SELECT id FROM network_doc WHERE source_id = old.id);
    DELETE FROM network_doc WHERE source_id = old.id;
END;
CREATE TRIGGER contact_search_update AFTER UPDATE OF kind, search ON contact_point BEGIN
    DELETE FROM network_search WHERE rowid IN (SELECT id FROM network_doc WHERE source_id = old.id);
    INSERT INTO network_search (rowid, terms)
        SELECT id, CASE WHEN new.kind IN ('phone', 'mobile', 'fax')
            THEN new.search || ' ' || substr(new.search, -7) || ' ' || substr(new.search, -4) ELSE new.search END
        FROM network_doc WHERE source_id = new.id;
END;

-- Patients
CREATE TRIGGER patient_search_insert AFTER INSERT ON patient BEGIN
    INSERT INTO patient_doc (patient_id) VALUES (new.id);
    INSERT INTO patient_search (rowid, terms) VALUES (last_insert_rowid(), terms(new.name || ' ' || ifnull(new.chart_number, '')));
END;
CREATE TRIGGER patient_search_delete AFTER DELETE ON patient BEGIN
    DELETE FROM patient_search WHERE rowid IN (SELECT id FROM patient_doc WHERE patient_id = old.id);
    DELETE FROM patient_doc WHERE patient_id = old.id;
END;
CREATE TRIGGER patient_search_update AFTER UPDATE OF name, chart_number ON patient BEGIN
    DELETE FROM patient_search WHERE rowid IN (SELECT id FROM patient_doc WHERE patient_id = old.id);
    INSERT INTO patient_search (rowid, terms)
        SELECT id, terms(new.name || ' ' || ifnull(new.chart_number, '')) FROM patient_doc WHERE patient_id = new.id;
END;

-- Referrals by partner, direction and month. The partner is the sender (inbound) or the receiver (outbound).
CREATE TABLE referral_month (
    partner_id BLOB NOT NULL,
    direction TEXT NOT NULL,
    month TEXT NOT NULL,                    -- yyyy-mm
    received INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    PRIMARY KEY (partner_id, direction, month)
) STRICT, WITHOUT ROWID;

-- Partners whose standing has to be computed again before the write ends.
CREATE TABLE partner_stale (partner_id BLOB PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID;

-- What the partner list shows, filters and sorts by, as of standing_day: partners that are not in the trash, each with
-- its standing by the rule in network/standing.rs and copies of what it is. Every order of the list is one index.
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
CREATE INDEX partner_standing_by_name ON partner_standing (name_key, partner_id);
CREATE INDEX partner_standing_by_status ON partner_standing (status, name_key, partner_id);
CREATE INDEX partner_standing_by_type ON partner_standing (type, name_key, partner_id);
CREATE INDEX partner_standing_by_city ON partner_standing (city, name_key, partner_id);
CREATE INDEX partner_standing_by_last ON partner_standing (ifnull(last_on, '') DESC, name_key, partner_id);
CREATE INDEX partner_standing_by_received ON partner_standing (received_year DESC, name_key, partner_id);
CREATE INDEX partner_standing_by_sent ON partner_standing (sent_year DESC, name_key, partner_id);
CREATE INDEX partner_standing_by_owner ON partner_standing (owner_id, name_key, partner_id);

-- The day the standings are as of: they change by time passing.
CREATE TABLE standing_day (id INTEGER PRIMARY KEY CHECK (id = 1), as_of TEXT NOT NULL) STRICT;

-- How many partners there are of each kind, so that no list counts rows.
CREATE TABLE partner_count (
    status TEXT NOT NULL,
    class TEXT NOT NULL,
    type TEXT NOT NULL,
    partners INTEGER NOT NULL,
    PRIMARY KEY (status, class, type)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER partner_count_insert AFTER INSERT ON partner_standing BEGIN
    INSERT INTO partner_count VALUES (new.status, new.class, new.type, 1)
        ON CONFLICT DO UPDATE SET partners = partners + 1;
END;
CREATE TRIGGER partner_count_delete AFTER DELETE ON partner_standing BEGIN
    UPDATE partner_count SET partners = partners - 1
        WHERE status = old.status AND class = old.class AND type = old.type;
END;
CREATE TRIGGER partner_count_update AFTER UPDATE OF status, class, type ON partner_standing
WHEN old.status <> new.status OR old.class <> new.class OR old.type <> new.type BEGIN
    UPDATE partner_count SET partners = partners - 1
        WHERE status = old.status AND class = old.class AND type = old.type;
    INSERT INTO partner_count VALUES (new.status, new.class, new.type, 1)
        ON CONFLICT DO UPDATE SET partners = partners + 1;
END;

CREATE TRIGGER partner_standing_insert AFTER INSERT ON partner BEGIN
    INSERT OR IGNORE INTO partner_stale VALUES (new.id);
END;
CREATE TRIGGER partner_standing_update
AFTER UPDATE OF name_key, class, type, owner_id, ended_on, trashed_at ON partner BEGIN
    INSERT OR IGNORE INTO partner_stale VALUES (new.id);
END;
CREATE TRIGGER partner_standing_delete AFTER DELETE ON partner BEGIN
    DELETE FROM partner_stale WHERE partner_id = old.id;
    DELETE FROM partner_standing WHERE partner_id = old.id;
END;
CREATE TRIGGER address_standing_insert AFTER INSERT ON address WHEN new.partner_id IS NOT NULL BEGIN
    INSERT OR IGNORE INTO partner_stale VALUES (new.partner_id);
END;
CREATE TRIGGER address_standing_update AFTER UPDATE OF city, is_primary ON address WHEN new.partner_id IS NOT NULL BEGIN
    INSERT OR IGNORE INTO partner_stale VALUES (new.partner_id);
END;
CREATE TRIGGER address_standing_delete AFTER DELETE ON address WHEN old.partner_id IS NOT NULL BEGIN
    INSERT OR IGNORE INTO partner_stale VALUES (old.partner_id);
END;

CREATE TRIGGER referral_count_insert AFTER INSERT ON referral
WHEN new.trashed_at IS NULL AND ifnull(CASE new.direction WHEN 'outbound' THEN new.to_partner_id ELSE new.from_partner_id END, x'') <> x'' BEGIN
    INSERT INTO referral_month (partner_id, direction, month, received, seen)
        VALUES (CASE new.direction WHEN 'outbound' THEN new.to_partner_id ELSE new.from_partner_id END,
                new.direction, substr(new.received_on, 1, 7), 1, new.outcome IS 'seen')
        ON CONFLICT DO UPDATE SET received = received + 1, seen = seen + excluded.seen;
    INSERT OR IGNORE INTO partner_stale
        VALUES (CASE new.direction WHEN 'outbound' THEN new.to_partner_id ELSE new.from_partner_id END);
END;
CREATE TRIGGER referral_count_delete AFTER DELETE ON referral
WHEN old.trashed_at IS NULL AND ifnull(CASE old.direction WHEN 'outbound' THEN old.to_partner_id ELSE old.from_partner_id END, x'') <> x'' BEGIN
    UPDATE referral_month SET received = received - 1, seen = seen - (old.outcome IS 'seen')
        WHERE partner_id = CASE old.direction WHEN 'outbound' THEN old.to_partner_id ELSE old.from_partner_id END
          AND direction = old.direction AND month = substr(old.received_on, 1, 7);
    INSERT OR IGNORE INTO partner_stale
        VALUES (CASE old.direction WHEN 'outbound' THEN old.to_partner_id ELSE old.from_partner_id END);
END;
CREATE TRIGGER referral_count_update
AFTER UPDATE OF direction, received_on, from_partner_id, to_partner_id, outcome, trashed_at ON referral BEGIN
    UPDATE referral_month SET received = received - 1, seen = seen - (old.outcome IS 'seen')
        WHERE old.trashed_at IS NULL
          AND partner_id = CASE old.direction WHEN 'outbound' THEN old.to_partner_id ELSE old.from_partner_id END
          AND direction = old.direction AND month = substr(old.received_on, 1, 7);
    INSERT INTO referral_month (partner_id, direction, month, received, seen)
        SELECT CASE new.direction WHEN 'outbound' THEN new.to_partner_id ELSE new.from_partner_id END,
               new.direction, substr(new.received_on, 1, 7), 1, new.outcome IS 'seen'
        WHERE new.trashed_at IS NULL
          AND CASE new.direction WHEN 'outbound' THEN new.to_partner_id ELSE new.from_partner_id END IS NOT NULL
        ON CONFLICT DO UPDATE SET received = received + 1, seen = seen + excluded.seen;
    INSERT OR IGNORE INTO partner_stale
        SELECT CASE old.direction WHEN 'outbound' THEN old.to_partner_id ELSE old.from_partner_id END
        WHERE CASE old.direction WHEN 'outbound' THEN old.to_partner_id ELSE old.from_partner_id END IS NOT NULL;
    INSERT OR IGNORE INTO partner_stale
        SELECT CASE new.direction WHEN 'outbound' THEN new.to_partner_id ELSE new.from_partner_id END
        WHERE CASE new.direction WHEN 'outbound' THEN new.to_partner_id ELSE new.from_partner_id END IS NOT NULL;
END;
