-- Who may come in, and when they last did.

-- A profile that left keeps its row, because records name it.
ALTER TABLE profile ADD COLUMN retired_at INTEGER;

-- When each way in was last used. Not part of the record, and only in the encrypted file: who worked when is nobody's
-- business outside it.
CREATE TABLE key_use (
    profile_id BLOB NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('passphrase', 'keyring', 'recovery')),
    used_at INTEGER NOT NULL,
    PRIMARY KEY (profile_id, way)
) STRICT, WITHOUT ROWID;
