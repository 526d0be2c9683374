//! The locked cabinet: the file's keys, profiles and lock.
