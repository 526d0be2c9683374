-- Contacts that lack what they were for or what kind of attention they were, found without reading all.
CREATE INDEX touch_to_sort ON touch (held_on, id) WHERE trashed_at IS NULL AND (category IS NULL OR purpose = '');
