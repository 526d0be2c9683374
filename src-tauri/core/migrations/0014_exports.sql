-- Files outside that are being written with what the practice holds. Not part of the record: a row stays only where a
-- process was killed, and the next who opens the practice removes the file.
CREATE TABLE export_begun (
    path TEXT PRIMARY KEY NOT NULL,
    begun_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
