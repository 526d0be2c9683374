//! Who sits at the desk: nobody, or somebody with an unlocked practice. Locked is a state without data.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use baton_core::Practice;

use crate::error::{Answer, CommandError};

/// The desk.
#[derive(Debug, Default)]
pub struct Desk(RwLock<AtDesk>);

/// What is on it.
#[derive(Debug, Default)]
pub(crate) enum AtDesk {
    /// No practice chosen.
    #[default]
    Nothing,
    /// A practice that is locked.
    Locked(PathBuf),
    /// An unlocked practice.
    Open(Arc<crate::vault::Open>),
}

impl Desk {
    /// The unlocked practice, or the refusal every command gives while there is none.
    pub fn practice(&self) -> Answer<Practice> {
        match &*self.0.read().unwrap_or_else(PoisonError::into_inner) {
            AtDesk::Open(open) => Ok(open.practice().clone()),
            AtDesk::Nothing | AtDesk::Locked(_) => Err(CommandError::locked()),
        }
    }

    /// What the practice is called.
    pub fn practice_name(&self) -> Answer<String> {
        self.look(|at| match at {
            AtDesk::Open(open) => Ok(open.about().name.clone()),
            AtDesk::Nothing | AtDesk::Locked(_) => Err(CommandError::locked()),
        })
    }

    /// Works with the open vault without keeping the desk: locking does not wait for it.
    ///
    /// # Errors
    /// What `work` returns, or the refusal every command gives while nothing is unlocked.
    pub(crate) fn with_open<T>(&self, work: impl FnOnce(&crate::vault::Open) -> Answer<T>) -> Answer<T> {
        let open = self.look(|at| match at {
            AtDesk::Open(open) => Ok(open.clone()),
            AtDesk::Nothing | AtDesk::Locked(_) => Err(CommandError::locked()),
        })?;
        work(&open)
    }

    /// Looks at the desk.
    pub(crate) fn look<T>(&self, see: impl FnOnce(&AtDesk) -> T) -> T {
        see(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes what is on the desk; nobody looks meanwhile.
    pub(crate) fn change<T>(&self, work: impl FnOnce(&mut AtDesk) -> T) -> T {
        work(&mut self.0.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts something else on the desk and returns what was there.
    pub(crate) fn put(&self, next: AtDesk) -> AtDesk {
        std::mem::replace(&mut self.0.write().unwrap_or_else(PoisonError::into_inner), next)
    }
}
