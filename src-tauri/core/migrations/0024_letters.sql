-- Letters of thanks, and the list of those who may not be given anything.

ALTER TABLE thanks ADD COLUMN template TEXT; -- of a draft: the code of the text it is written by

-- The list of excluded individuals and entities (OIG LEIE), as it was read last; kept packed, as nobody reads it but the check.
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
