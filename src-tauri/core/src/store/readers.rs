//! A few connections that can only read, shared by everyone who looks.

use std::ops::Deref;
use std::sync::{Condvar, Mutex, PoisonError};

use rusqlite::{Connection, InterruptHandle};

use super::error::StoreError;
use super::lens::Lens;
use super::trouble;

/// The pool.
pub(super) struct Readers {
    state: Mutex<State>,
    returned: Condvar,
}

struct State {
    /// Each with the lens it has before it.
    idle: Vec<(Connection, Lens)>,
    out: usize,
    /// Connections that were not opened yet, or met a failure that may have left them unusable.
    missing: usize,
    closed: bool,
    interrupts: Vec<InterruptHandle>,
}

impl Readers {
    /// So many at most, each opened when it is wanted first.
    pub(super) fn up_to(readers: usize) -> Self {
        Self {
            state: Mutex::new(State {
                idle: Vec::new(),
                out: 0,
                missing: readers,
                closed: false,
                interrupts: Vec::new(),
            }),
            returned: Condvar::new(),
        }
    }

    /// A connection with this lens before it, waiting for one if all are out. `open` opens one that is missing.
    pub(super) fn take(
        &self,
        lens: &Lens,
        open: impl Fn() -> Result<Connection, StoreError>,
    ) -> Result<Reader<'_>, StoreError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if state.closed {
                return Err(StoreError::Locked);
            }
            let fitting = state.idle.iter().rposition(|(_, before)| before == lens);
            let mut idle = match fitting {
                Some(at) => Some(state.idle.swap_remove(at)),
                None => state.idle.pop(),
            };
            if idle.is_none() && state.missing > 0 {
                let another = open()?;
                state.missing -= 1;
                state.interrupts.push(another.get_interrupt_handle());
                idle = Some((another, Lens::EVERYBODY));
            }
            if let Some((connection, before)) = idle {
                state.out += 1;
                drop(state);
                let mut reader = Reader {
                    pool: self,
                    lens: before,
                    connection: Some(connection),
                    before: trouble::seen(),
                };
                return reader.look_through(lens).map(|()| reader);
            }
            state = self.returned.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Interrupts whoever reads, waits for the connections and closes them.
    pub(super) fn close(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.closed = true;
        self.returned.notify_all();
        while state.out > 0 {
            state.interrupts.iter().for_each(InterruptHandle::interrupt);
            state = self
                .returned
                .wait_timeout(state, std::time::Duration::from_millis(10))
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        state.idle.clear();
    }
}

/// A borrowed connection; goes back when dropped.
pub(super) struct Reader<'pool> {
    pool: &'pool Readers,
    connection: Option<Connection>,
    lens: Lens,
    before: u64,
}

impl Reader<'_> {
    /// From here on this thread looks through it.
    pub(super) fn moved_here(&mut self) {
        self.before = trouble::seen();
    }

    /// A reader that can't be fitted is as good as lost.
    fn look_through(&mut self, lens: &Lens) -> Result<(), StoreError> {
        if *lens == self.lens {
            return Ok(());
        }
        let Err(failure) = lens.fit(&self.lens, self) else {
            self.lens = lens.clone();
            return Ok(());
        };
        self.connection = None;
        Err(failure)
    }
}

impl Deref for Reader<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection.as_ref().unwrap_or_else(|| unreachable!("held until drop"))
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let mut state = self.pool.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.out -= 1;
        match self.connection.take() {
            Some(connection) if trouble::seen() == self.before => {
                state.idle.push((connection, std::mem::take(&mut self.lens)));
            }
            _ => state.missing += 1,
        }
        self.pool.returned.notify_one();
    }
}
