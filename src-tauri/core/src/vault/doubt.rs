//! Doubt about the history of a practice: it is shorter than known, or an entry does not verify. Until an owner
//! acknowledges it, one can look and change nothing.

use serde::{Deserialize, Serialize};

use super::document::Document;
use super::error::VaultError;
use super::role::Role;
use super::rows;
use super::unlock::named;
use super::unlocked::Unlocked;
use crate::foundation::id::ProfileId;
use crate::store::{Actor, Event, Head, Store};

/// The longest explanation that is kept.
const LONGEST: usize = 1000;

/// What is in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Doubt {
    /// The newest entries are missing: the database is older than what is known of it, e.g. a copy of another day.
    HeadAhead {
        /// The newest entry that was known.
        known: u32,
        /// The newest entry there is.
        found: u32,
    },
    /// An entry was changed outside Baton.
    HistoryBroken {
        /// The first that does not verify.
        entry: u32,
    },
}

impl From<Doubt> for VaultError {
    fn from(doubt: Doubt) -> Self {
        match doubt {
            Doubt::HeadAhead { known, found } => Self::HeadAhead { known, found },
            Doubt::HistoryBroken { entry } => Self::HistoryBroken { entry },
        }
    }
}

/// Whether history reaches as far as known outside and verifies.
pub(super) fn find(store: &Store, document: &Document) -> Result<Option<Doubt>, VaultError> {
    if let Some(shorter) = shorter(store, document)? {
        return Ok(Some(shorter));
    }
    broken(store, document)
}

/// Whether history reaches as far as known outside.
pub(super) fn shorter(store: &Store, document: &Document) -> Result<Option<Doubt>, VaultError> {
    if store.has_entry(&Head::from(&document.db_head)).map_err(named)? {
        return Ok(None);
    }
    let found = u32::try_from(store.head()?.seq).unwrap_or(u32::MAX);
    Ok(Some(Doubt::HeadAhead { known: document.db_head.seq, found }))
}

/// Whether it verifies. Reads all of it.
pub(super) fn broken(store: &Store, document: &Document) -> Result<Option<Doubt>, VaultError> {
    let examined = store.examine_history(document.known_break.map(i64::from)).map_err(named)?;
    Ok(examined
        .broken
        .map(|broken| Doubt::HistoryBroken { entry: u32::try_from(broken.seq).unwrap_or(u32::MAX) }))
}

/// Puts on record that an owner goes on in spite of a doubt and why, and knows the new state from now on.
///
/// # Errors
/// [`VaultError::OwnerNeeded`]; those of the file.
pub(super) fn accept(
    store: &Store,
    document: &mut Document,
    actor: &Actor,
    doubt: Doubt,
    explanation: &str,
) -> Result<(), VaultError> {
    must_be_owner(store, actor.id)?;
    store.trust();
    let said = format!("{}: {explanation}", VaultError::from(doubt));
    store.note(actor, "history_doubt_accepted", said.trim_end_matches([':', ' ']))?;
    // Each break is acknowledged as it stands; one behind the first may show only now.
    while let Some(broken) = store.examine_history(document.known_break.map(i64::from))?.broken {
        store.log(actor, Event::accepts(&broken))?;
    }
    document.db_head = (&store.head()?).into();
    Ok(())
}

fn must_be_owner(store: &Store, profile: ProfileId) -> Result<(), VaultError> {
    let role = store.read(|conn| rows::role(conn, profile))?;
    if Role::from_code(&role) == Some(Role::Owner) { Ok(()) } else { Err(VaultError::OwnerNeeded) }
}

impl Unlocked {
    /// What is in doubt, while one can only look.
    pub fn doubt(&self) -> Option<Doubt> {
        *self.doubted()
    }

    /// Goes on in spite of the doubt: put on record with who, when and this explanation.
    ///
    /// # Errors
    /// [`VaultError::Invalid`] without an explanation, [`VaultError::OwnerNeeded`]; those of the file and the disk.
    pub fn acknowledge(&self, explanation: &str) -> Result<(), VaultError> {
        let explanation = explanation.trim();
        if explanation.is_empty() || explanation.chars().count() > LONGEST {
            let problem = "say in a sentence what happened or was decided, at most 1,000 characters".into();
            return Err(VaultError::Invalid { field: "explanation", problem });
        }
        let Some(doubt) = self.doubt() else { return Ok(()) };
        let practice = self.practice();
        self.with_open(|open| {
            accept(practice.store(), &mut open.document, practice.actor(), doubt, explanation)
                // Nothing is trusted that is not on record.
                .inspect_err(|_| practice.store().distrust())?;
            open.document.save_both(self.place(), &open.document_key)
        })?;
        *self.doubted() = None;
        Ok(())
    }
}
