-- Whose records a role sees.
ALTER TABLE role_rights ADD COLUMN scope TEXT NOT NULL DEFAULT 'all' CHECK (scope IN ('own', 'team', 'all'));

-- What nobody looks after yet belongs to whoever recorded it; a referral, to whoever took it by hand too.
CREATE INDEX partner_by_recorder ON partner (created_by) WHERE owner_id IS NULL;
CREATE INDEX referral_by_recorder ON referral (created_by, received_on) WHERE import_id IS NULL;
