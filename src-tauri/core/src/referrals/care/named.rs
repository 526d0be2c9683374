//! Whether words name a patient, before they leave.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::Connection;

use super::consent::{Purpose, gate};
use crate::foundation::text::{fold, words};
use crate::referrals::rows::care as rows;
use crate::store::StoreError;

/// How many words a family name has at most.
const FAMILY: usize = 3;
/// How many names stand between a given name and the family name at most.
const MIDDLE: usize = 2;
const TITLES: [&str; 6] = ["mr", "mrs", "ms", "miss", "mister", "mx"];
/// Words that are no middle name: what stands before and after them is not one name.
const BETWEEN: &str = " an and are as at but by dear doctor dr for from has her his in is of on or our professor that the their to was we \
    who will with you your ";

/// Looks for patients in texts, and remembers what it found: letters share most of their words.
pub struct Naming {
    /// None: nobody agreed to be named here.
    purpose: Option<Purpose>,
    today: NaiveDate,
    known: HashMap<(String, String), bool>,
}

impl Naming {
    /// For a purpose a patient may have agreed to be named for.
    pub fn of(purpose: Purpose, today: NaiveDate) -> Self {
        Self { purpose: Some(purpose), today, known: HashMap::new() }
    }

    /// For papers that name no patient, whatever they agreed to.
    pub fn of_nobody(today: NaiveDate) -> Self {
        Self { purpose: None, today, known: HashMap::new() }
    }

    /// Whether a text names a patient who did not agree: a given name beside a family name, in either order and with middle names or
    /// initials between, whichever of them is on record, or a family name after a title. Whoever is in `except` may be named: the
    /// reader and the writer. A first name alone tells nothing.
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
                && self.kept(conn, family, "")?
            {
                return Ok(true);
            }
            for (family, given) in names(&all[at..]) {
                if except.iter().any(|name| family.iter().chain([given]).all(|word| name.contains(word))) {
                    continue;
                }
                if self.kept(conn, &family.join(" "), given)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    fn kept(&mut self, conn: &Connection, family: &str, given: &str) -> Result<bool, StoreError> {
        let key = (family.to_owned(), given.to_owned());
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        let mut unasked = false;
        for patient in rows::patients_called(conn, family, given)? {
            let agreed = match self.purpose {
                Some(purpose) => gate(conn, patient, None, purpose, false, self.today)?.is_open(),
                None => false,
            };
            if !agreed {
                unasked = true;
                break;
            }
        }
        self.known.insert(key, unasked);
        Ok(unasked)
    }
}

/// The names that may begin a text, as family name and given name: given name first with up to two names between, and family name
/// first.
fn names(text: &[String]) -> Vec<(&[String], &String)> {
    let mut names = Vec::new();
    let Some((given, rest)) = text.split_first() else { return names };
    for middle in 0..=MIDDLE {
        if rest.iter().take(middle).any(|word| BETWEEN.contains(&format!(" {word} "))) {
            break;
        }
        let after = rest.get(middle..).unwrap_or_default();
        names.extend((1..=FAMILY).filter_map(|count| Some((after.get(..count)?, given))));
    }
    names.extend((1..=FAMILY).filter_map(|count| Some((text.get(..count)?, text.get(count)?))));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let words = words(text);
        names(&words).into_iter().map(|(family, given)| format!("{}, {given}", family.join(" "))).collect()
    }

    #[test]
    fn a_name_is_looked_for_in_either_order_and_past_what_stands_between() {
        for (text, name) in [
            ("Anna Quill", "quill, anna"),
            ("Quill, Anna", "quill, anna"),
            ("Anna K. Quill came", "quill, anna"),
            ("Mary Ann Smith came", "smith, mary"),
            ("Mary Ann Louise Smith", "smith, mary"),
            ("Maria de la Cruz", "de la cruz, maria"),
            ("Maria Elena de la Cruz", "de la cruz, maria"),
            ("de la Cruz, Maria", "de la cruz, maria"),
        ] {
            assert!(told(text).contains(&name.to_owned()), "{text}: {:?}", told(text));
        }
        for (text, no_name) in [
            ("Mary and Smith", "smith, mary"),
            ("Mary saw Dr. Smith", "smith, mary"),
            ("Mary Ann Louise Elena Smith", "smith, mary"),
        ] {
            assert!(!told(text).contains(&no_name.to_owned()), "{text}");
        }
    }
}
