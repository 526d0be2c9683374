//! Who sits at the desk: nobody, or somebody with an unlocked practice. Locked is a state without data.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use baton_core::Practice;
use baton_core::vault::AsOf;

use crate::error::{Answer, CommandError};

/// The desk.
#[derive(Debug, Default)]
pub struct Desk {
    at: RwLock<AtDesk>,
    /// The earlier day that is looked at, if one is.
    then: RwLock<Option<Arc<AsOf>>>,
}

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
    /// What every room reads: the unlocked practice, as of an earlier day if one is looked at; or the refusal every
    /// command gives while there is none.
    pub fn practice(&self) -> Answer<Practice> {
        let open = self.open()?;
        let then = self.then();
        Ok(then.map_or_else(|| open.practice().clone(), |then| then.practice().clone()))
    }

    /// The unlocked practice of today.
    pub(crate) fn open(&self) -> Answer<Arc<crate::vault::Open>> {
        self.look(|at| match at {
            AtDesk::Open(open) => Ok(open.clone()),
            AtDesk::Nothing | AtDesk::Locked(_) => Err(CommandError::locked()),
        })
    }

    /// The earlier day that is looked at.
    pub(crate) fn then(&self) -> Option<Arc<AsOf>> {
        self.then.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Looks at an earlier day, unless the practice was locked or changed while it was made.
    pub(crate) fn look_back(&self, of: &Arc<crate::vault::Open>, then: AsOf) -> Answer<()> {
        let at = self.at.read().unwrap_or_else(PoisonError::into_inner);
        match &*at {
            AtDesk::Open(open) if Arc::ptr_eq(open, of) => {
                *self.then.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(then));
                Ok(())
            }
            _ => Err(CommandError::locked()),
        }
    }

    /// Looks at today; what showed an earlier day is closed and removed.
    pub(crate) fn look_at_today(&self) {
        let then = self.then.write().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(then) = then {
            then.close();
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
        see(&self.at.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes what is on the desk; nobody looks meanwhile.
    pub(crate) fn change<T>(&self, work: impl FnOnce(&mut AtDesk) -> T) -> T {
        work(&mut self.at.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts something else on the desk and returns what was there.
    pub(crate) fn put(&self, next: AtDesk) -> AtDesk {
        let was = std::mem::replace(&mut *self.at.write().unwrap_or_else(PoisonError::into_inner), next);
        self.look_at_today();
        was
    }
}
