//! What each column is to a person: its code and how its values are shown.
