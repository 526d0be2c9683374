//! What was copied from a patient's fields does not stay in the clipboard: it goes after a while and at the lock, unless
//! something else was copied meanwhile.

use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// The system's clipboard, as far as it is needed here.
pub trait Clip: Send {
    /// The text in it.
    fn text(&mut self) -> Option<String>;
    /// Empties it.
    fn clear(&mut self);
}

/// Opens the clipboard; `None` where there is none.
type Opens = fn() -> Option<Box<dyn Clip>>;

/// Watches over what was copied.
#[derive(Debug)]
pub struct Clipboard {
    opens: Opens,
    kept: Arc<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// A keyed hash of the text, and which copy it is; the text itself is kept nowhere.
    now: Mutex<Option<(u64, u64)>>,
    changed: Condvar,
    hash: RandomState,
    copies: Mutex<u64>,
}

impl Default for Clipboard {
    fn default() -> Self {
        Self::with(system)
    }
}

impl Clipboard {
    /// Over a clipboard of another kind, for tests.
    pub fn with(opens: Opens) -> Self {
        Self { opens, kept: Arc::default() }
    }

    /// A person copied this from a patient's field: it goes after `seconds`.
    pub fn copied(&self, text: &str, seconds: u32) {
        let copy = {
            let mut copies = self.kept.copies.lock().unwrap_or_else(PoisonError::into_inner);
            *copies += 1;
            *copies
        };
        let hash = self.kept.hash.hash_one(text);
        *self.kept.now.lock().unwrap_or_else(PoisonError::into_inner) = Some((copy, hash));
        self.kept.changed.notify_all();
        let (kept, opens) = (self.kept.clone(), self.opens);
        std::thread::spawn(move || {
            let now = kept.now.lock().unwrap_or_else(PoisonError::into_inner);
            let mine = |now: &mut Option<(u64, u64)>| now.is_some_and(|(which, _)| which == copy);
            let wait = Duration::from_secs(seconds.into());
            let (mut now, waited) =
                kept.changed.wait_timeout_while(now, wait, mine).unwrap_or_else(PoisonError::into_inner);
            // A newer copy, or the lock, has its own end.
            if waited.timed_out() && mine(&mut now) {
                *now = None;
                drop(now);
                empty(opens, &kept.hash, hash);
            }
        });
    }

    /// At the lock: what was copied goes at once.
    pub fn forget(&self) {
        let was = self.kept.now.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.kept.changed.notify_all();
        if let Some((_, hash)) = was {
            empty(self.opens, &self.kept.hash, hash);
        }
    }
}

/// Empties the clipboard if it still holds what was copied.
fn empty(opens: Opens, hasher: &RandomState, hash: u64) {
    let Some(mut clip) = opens() else { return };
    if clip.text().is_some_and(|text| hasher.hash_one(text.as_str()) == hash) {
        clip.clear();
    }
}

/// The system's own.
fn system() -> Option<Box<dyn Clip>> {
    struct System(arboard::Clipboard);
    impl Clip for System {
        fn text(&mut self) -> Option<String> {
            self.0.get_text().ok()
        }

        fn clear(&mut self) {
            // A clipboard that another program holds open is that program's now.
            let _ = self.0.clear();
        }
    }
    Some(Box::new(System(arboard::Clipboard::new().ok()?)))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::*;

    /// One clipboard a test: what is in it, and word of each emptying.
    struct Fake(&'static Mutex<String>, &'static Mutex<Option<Sender<()>>>);

    impl Clip for Fake {
        fn text(&mut self) -> Option<String> {
            Some(self.0.lock().unwrap().clone())
        }

        fn clear(&mut self) {
            self.0.lock().unwrap().clear();
            if let Some(tell) = &*self.1.lock().unwrap() {
                tell.send(()).unwrap();
            }
        }
    }

    fn listen(tell: &'static Mutex<Option<Sender<()>>>) -> Receiver<()> {
        let (sender, receiver) = channel();
        *tell.lock().unwrap() = Some(sender);
        receiver
    }

    #[test]
    fn what_was_copied_goes_after_its_time() {
        static TEXT: Mutex<String> = Mutex::new(String::new());
        static TELL: Mutex<Option<Sender<()>>> = Mutex::new(None);
        let emptied = listen(&TELL);
        let clipboard = Clipboard::with(|| Some(Box::new(Fake(&TEXT, &TELL))));
        *TEXT.lock().unwrap() = "Marta Quill".into();
        clipboard.copied("Marta Quill", 0);
        emptied.recv_timeout(Duration::from_secs(10)).expect("emptied");
        assert_eq!(*TEXT.lock().unwrap(), "");
    }

    #[test]
    fn what_was_copied_goes_at_the_lock_but_something_else_stays() {
        static TEXT: Mutex<String> = Mutex::new(String::new());
        static TELL: Mutex<Option<Sender<()>>> = Mutex::new(None);
        let clipboard = Clipboard::with(|| Some(Box::new(Fake(&TEXT, &TELL))));
        *TEXT.lock().unwrap() = "Marta Quill".into();
        clipboard.copied("Marta Quill", 600);
        clipboard.forget();
        assert_eq!(*TEXT.lock().unwrap(), "");

        clipboard.copied("Marta Quill", 600);
        *TEXT.lock().unwrap() = "a recipe".into();
        clipboard.forget();
        assert_eq!(*TEXT.lock().unwrap(), "a recipe");
        clipboard.forget();
        assert_eq!(*TEXT.lock().unwrap(), "a recipe", "nothing waits any more");
    }
}
