//! Who listens to the named moments of [`crate::foundation::point`].

use std::sync::OnceLock;

type Listener = Box<dyn Fn(&'static str) + Send + Sync>;

static LISTENER: OnceLock<Listener> = OnceLock::new();

/// From now on `listener` hears of every named moment, in the thread that reaches it. The first one stays.
pub fn listen(listener: impl Fn(&'static str) + Send + Sync + 'static) {
    let _ = LISTENER.set(Box::new(listener));
}

pub(crate) fn told(point: &'static str) {
    if let Some(listener) = LISTENER.get() {
        listener(point);
    }
}
