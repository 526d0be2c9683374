//! A few connections that can only read, shared by everyone who looks.

use std::ops::Deref;
use std::sync::{Condvar, Mutex, PoisonError};

use rusqlite::{Connection, InterruptHandle};

use super::error::StoreError;

/// The pool.
pub(super) struct Readers {
    state: Mutex<State>,
    returned: Condvar,
    interrupts: Vec<InterruptHandle>,
}

struct State {
    idle: Vec<Connection>,
    out: usize,
    closed: bool,
}

impl Readers {
    pub(super) fn new(connections: Vec<Connection>) -> Self {
        let interrupts = connections.iter().map(Connection::get_interrupt_handle).collect();
        Self {
            state: Mutex::new(State { idle: connections, out: 0, closed: false }),
            returned: Condvar::new(),
            interrupts,
        }
    }

    /// A connection, waiting for one if all are out.
    pub(super) fn take(&self) -> Result<Reader<'_>, StoreError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if state.closed {
                return Err(StoreError::Locked);
            }
            if let Some(connection) = state.idle.pop() {
                state.out += 1;
                return Ok(Reader { pool: self, connection: Some(connection) });
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
            self.interrupts.iter().for_each(InterruptHandle::interrupt);
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
        state.idle.extend(self.connection.take());
        self.pool.returned.notify_one();
    }
}
