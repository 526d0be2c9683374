-- What goes along with a patient, as agreed with a partner: one document a line.
CREATE TABLE packet_agreement (
    id BLOB PRIMARY KEY NOT NULL REFERENCES partner (id), -- the partner
    documents TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;
