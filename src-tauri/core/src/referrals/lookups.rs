//! Words in use, offered while typing.

use std::collections::HashMap;

use super::error::ReferralError;
use super::rows::{COUNTRIES, USED};
use super::types::UsedWords;
use crate::practice::Practice;
use crate::store::lens::hinted;
use crate::vault::{Area, Need};

/// How many words of a kind are offered.
const OFFERED: usize = 50;

/// Reasons, service lines, payers and groups of diagnoses of the newest referrals, and countries, most used first.
///
/// # Errors
/// Those of the file.
pub fn used_words(practice: &Practice) -> Result<UsedWords, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let mut uses: [HashMap<String, u32>; 4] = Default::default();
    let countries = practice.read(|conn| {
        let mut statement = hinted(conn, USED)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for (column, uses) in uses.iter_mut().enumerate() {
                if let Some(word) = row.get::<_, Option<String>>(column)? {
                    *uses.entry(word).or_default() += 1;
                }
            }
        }
        let mut countries = conn.prepare_cached(COUNTRIES)?;
        let rows = countries.query_map([], |row| row.get(0))?;
        Ok::<_, ReferralError>(rows.collect::<Result<_, _>>()?)
    })?;
    let [mut reasons, service_lines, payers, mut diagnosis_groups] = uses.map(most_used);
    if practice.hidden().reason {
        reasons.clear();
        diagnosis_groups.clear();
    }
    Ok(UsedWords { reasons, service_lines, payers, diagnosis_groups, countries })
}

fn most_used(uses: HashMap<String, u32>) -> Vec<String> {
    let mut words: Vec<(String, u32)> = uses.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.into_iter().take(OFFERED).map(|(word, _)| word).collect()
}
