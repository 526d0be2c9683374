-- What a referral is about, coarser than its reason: what groups it with others ("knee", "M17").
ALTER TABLE referral ADD COLUMN diagnosis_group TEXT;
CREATE INDEX referral_by_diagnosis ON referral (diagnosis_group, received_on, id) WHERE diagnosis_group IS NOT NULL AND trashed_at IS NULL;
-- Who comes from where; those from afar are few.
CREATE INDEX referral_answer_by_country ON referral_answer (value, referral_id) WHERE topic = 'origin' AND item = 'country';
