//! A few connections that can only read, shared by everyone who looks.

use std::ops::Deref;
use std::sync::{Condvar, Mutex, PoisonError};

use rusqlite::{Connection, InterruptHandle};

use super::error::StoreError;
use super::trouble;

/// The pool.
pub(super) struct Readers {
    state: Mutex<State>,
    returned: Condvar,
}

struct State {
    idle: Vec<Connection>,
    out: usize,
    /// Connections that met a failure which may have left them unusable; others are opened in their place.
    lost: usize,
    closed: bool,
    interrupts: Vec<InterruptHandle>,
}

impl Readers {
    pub(super) fn new(connections: Vec<Connection>) -> Self {
        let interrupts = connections.iter().map(Connection::get_interrupt_handle).collect();
        Self {
            state: Mutex::new(State { idle: connections, out: 0, lost: 0, closed: false, interrupts }),
            returned: Condvar::new(),
        }
    }

    /// A connection, waiting for one if all are out. `open` replaces one that was lost.
    pub(super) fn take(
        &self,
        open: impl Fn() -> Result<Connection, StoreError>,
    ) -> Result<Reader<'_>, StoreError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if state.closed {
                return Err(StoreError::Locked);
            }
            let mut idle = state.idle.pop();
            if idle.is_none() && state.lost > 0 {
                let another = open()?;
                state.lost -= 1;
                state.interrupts.push(another.get_interrupt_handle());
                idle = Some(another);
            }
            if let Some(connection) = idle {
                state.out += 1;
                return Ok(Reader { pool: self, connection: Some(connection), before: trouble::seen() });
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
    before: u64,
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
        if trouble::seen() == self.before {
            state.idle.extend(self.connection.take());
        } else {
            state.lost += 1;
        }
        self.pool.returned.notify_one();
    }
}
