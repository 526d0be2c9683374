//! Words in use, offered while typing.

use std::collections::HashMap;

use super::error::ReferralError;
use super::rows::USED;
use super::types::UsedWords;
use crate::practice::Practice;
use crate::store::lens::hinted;
use crate::vault::{Area, Need};

/// How many words of a kind are offered.
const OFFERED: usize = 50;

/// Reasons, service lines and payers of the newest referrals, most used first.
///
/// # Errors
/// Those of the file.
pub fn used_words(practice: &Practice) -> Result<UsedWords, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let mut uses: [HashMap<String, u32>; 3] = Default::default();
    practice.read(|conn| {
        let mut statement = hinted(conn, USED)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for (column, uses) in uses.iter_mut().enumerate() {
                if let Some(word) = row.get::<_, Option<String>>(column)? {
                    *uses.entry(word).or_default() += 1;
                }
            }
        }
        Ok::<_, ReferralError>(())
    })?;
    let [mut reasons, service_lines, payers] = uses.map(most_used);
    if practice.hidden().reason {
        reasons.clear();
    }
    Ok(UsedWords { reasons, service_lines, payers })
}

fn most_used(uses: HashMap<String, u32>) -> Vec<String> {
    let mut words: Vec<(String, u32)> = uses.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.into_iter().take(OFFERED).map(|(word, _)| word).collect()
}
