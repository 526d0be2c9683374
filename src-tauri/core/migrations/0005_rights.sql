-- What a role may do where the practice changed the default. No row: the default.

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
) STRICT, WITHOUT ROWID;
