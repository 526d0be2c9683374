//! Whether words name a patient, before they leave.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::Connection;

use super::consent::{Purpose, gate};
use crate::foundation::text::{fold, words};
use crate::referrals::rows::care as rows;
use crate::store::StoreError;

/// How many words a name is looked for in.
const LONGEST: usize = 4;
const TITLES: [&str; 6] = ["mr", "mrs", "ms", "miss", "mister", "mx"];

/// Looks for patients in texts, and remembers what it found: letters share most of their words.
pub struct Naming {
    purpose: Purpose,
    today: NaiveDate,
    known: HashMap<String, bool>,
}

impl Naming {
    /// For a purpose a patient may have agreed to be named for.
    pub fn of(purpose: Purpose, today: NaiveDate) -> Self {
        Self { purpose, today, known: HashMap::new() }
    }

    /// Whether a text names a patient who did not agree: a given name beside a family name, in either order and with an initial
    /// between, or a family name after a title. Whoever is in `except` may be named: the reader and the writer. A first name
    /// alone tells nothing.
    ///
    /// # Errors
    /// Those of the file.
    pub fn found(&mut self, conn: &Connection, text: &str, except: &[&str]) -> Result<bool, StoreError> {
        let except: Vec<Vec<String>> = except.iter().map(|name| words(name)).collect();
        let all = words(&fold(text).replace("'s", ""));
        for at in 0..all.len() {
            if TITLES.contains(&all[at].as_str())
                && let Some(family) = all.get(at + 1)
                && !except.iter().any(|name| name.contains(family))
                && self.kept(conn, &format!("{family} "))?
            {
                return Ok(true);
            }
            for count in 2..=LONGEST.min(all.len() - at) {
                let here = &all[at..at + count];
                if except.iter().any(|name| here.iter().all(|word| name.contains(word))) {
                    continue;
                }
                for key in keys(here) {
                    if self.kept(conn, &key)? {
                        return Ok(true);
                    }
                }
            }
        }
        Ok(false)
    }

    fn kept(&mut self, conn: &Connection, key: &str) -> Result<bool, StoreError> {
        if let Some(known) = self.known.get(key) {
            return Ok(*known);
        }
        let mut unasked = false;
        for patient in rows::patients_called(conn, key)? {
            if !gate(conn, patient, None, self.purpose, false, self.today)?.is_open() {
                unasked = true;
                break;
            }
        }
        self.known.insert(key.to_owned(), unasked);
        Ok(unasked)
    }
}

/// What a patient of that name is kept as: family name first.
fn keys(here: &[String]) -> Vec<String> {
    let mut keys = vec![here.join(" ")];
    let Some((given, family)) = here.split_first() else { return keys };
    keys.push([family, std::slice::from_ref(given)].concat().join(" "));
    if let [given, initial, family] = here
        && initial.chars().count() == 1
    {
        keys.push(format!("{family} {given}"));
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_looked_for_in_either_order() {
        let here = |text: &str| keys(&words(text));
        assert_eq!(here("Anna Quill"), ["anna quill", "quill anna"]);
        assert!(here("Anna K. Quill").contains(&"quill anna".to_owned()));
        assert!(here("Maria de la Cruz").contains(&"de la cruz maria".to_owned()));
    }
}
