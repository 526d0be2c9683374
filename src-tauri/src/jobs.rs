//! Long work: it tells how far it is and stops when asked.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Runtime};
use tauri_specta::Event;

/// How far a piece of long work is.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, tauri_specta::Event)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// The work, by the name its screen gave it.
    pub job: String,
    /// How many are done.
    pub done: u32,
    /// Of how many; 0 while that is unknown.
    pub total: u32,
}

/// What runs at the moment, so that it can be stopped.
#[derive(Debug, Default)]
pub struct Jobs(Mutex<HashMap<String, Arc<AtomicBool>>>);

/// At most this often a screen hears of progress.
const RHYTHM: Duration = Duration::from_millis(50);

impl Jobs {
    /// Runs `work` as the job of that name. `work` calls what it is given with (done, total) and ends on `Break`.
    pub fn run<R: Runtime, T>(
        &self,
        app: &AppHandle<R>,
        name: &str,
        work: impl FnOnce(&mut dyn FnMut(u32, u32) -> ControlFlow<()>) -> T,
    ) -> T {
        let stop = Arc::new(AtomicBool::new(false));
        self.lock().insert(name.to_owned(), stop.clone());
        let mut told: Option<Instant> = None;
        let value = work(&mut |done, total| {
            if told.is_none_or(|at| at.elapsed() >= RHYTHM) || done == total {
                told = Some(Instant::now());
                // A window that is being closed hears nothing; the work ends by its own rule.
                let _ = Progress { job: name.to_owned(), done, total }.emit(app);
            }
            if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        self.lock().remove(name);
        value
    }

    /// Asks the job to stop. It rolls back what it began.
    pub fn stop(&self, name: &str) {
        if let Some(stop) = self.lock().get(name) {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// Asks every job to stop; the practice is being locked.
    pub fn stop_all(&self) {
        self.lock().values().for_each(|stop| stop.store(true, Ordering::Relaxed));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<AtomicBool>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
