//! Partners of somebody who leaves go to somebody else.

use super::add_partner::known_owner;
use super::bulk::{BulkDone, each, subject};
use super::error::NetworkError;
use super::rows::partner as rows;
use crate::foundation::id::ProfileId;
use crate::practice::Practice;
use crate::store::{Label, StoreError, Written};

/// How many partners each of us looks after; those in the trash don't count.
///
/// # Errors
/// Those of the file.
pub fn partners_by_owner(practice: &Practice) -> Result<Vec<(ProfileId, u32)>, StoreError> {
    practice.read(rows::by_owner)
}

/// Gives every partner one of us looks after to another, or to nobody.
///
/// # Errors
/// [`NetworkError::Invalid`] if there is no such profile; those of the file.
pub fn hand_over(
    practice: &Practice,
    from: ProfileId,
    to: Option<ProfileId>,
) -> Result<Written<BulkDone>, NetworkError> {
    practice.write(Label::hand("owner_set", ""), |tx| {
        known_owner(tx, to)?;
        let partners = rows::owned_by(tx, from)?;
        tx.subject(subject(tx, &partners)?);
        each(tx, &partners, |partner| rows::set_owner(tx, partner, to))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::practice;

    #[test]
    fn all_partners_of_one_go_to_another_in_one_step_that_can_be_taken_back() {
        let practice = practice("2026-11-02");
        crate::sample::create_into(&practice, crate::sample::SampleSize::Small, practice.today())
            .expect("a sample");
        let owned = partners_by_owner(&practice).expect("counted");
        let (you, before) = owned[0];
        assert!(before > 0);
        let other = ProfileId::new();
        assert!(matches!(
            hand_over(&practice, you, Some(other)),
            Err(NetworkError::Invalid { field: "owner", .. })
        ));
        let done = hand_over(&practice, you, None).expect("handed over");
        assert_eq!(done.value.changed, before);
        assert!(partners_by_owner(&practice).expect("counted").iter().all(|(owner, _)| *owner != you));
        let entry = done.entry.expect("on record");
        practice
            .store()
            .undo(practice.actor(), entry.seq, crate::store::OnConflict::Ask)
            .expect("taken back");
        assert_eq!(partners_by_owner(&practice).expect("counted"), owned);
    }
}
