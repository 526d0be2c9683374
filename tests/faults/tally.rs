//! What the long form prints at its end: how many cycles there were, how many went wrong, how long recovery took.

use std::io::Write;
use std::time::{Duration, Instant};

/// Counts the cycles of one kind of fault; written down when dropped, also by a failing test.
pub struct Tally {
    kind: &'static str,
    cycles: u32,
    longest: Duration,
}

impl Tally {
    pub fn of(kind: &'static str) -> Self {
        Self { kind, cycles: 0, longest: Duration::ZERO }
    }

    /// One more cycle, and how long it takes until the practice is open again.
    pub fn recovery<T>(&mut self, open: impl FnOnce() -> T) -> T {
        self.cycles += 1;
        let begun = Instant::now();
        let opened = open();
        self.longest = self.longest.max(begun.elapsed());
        opened
    }
}

impl Drop for Tally {
    fn drop(&mut self) {
        let Some(file) = std::env::var_os("BATON_FAULT_TALLY") else { return };
        let line = format!(
            "{}\t{}\t{}\t{}\n",
            self.kind,
            self.cycles,
            u32::from(std::thread::panicking()),
            self.longest.as_millis()
        );
        let written = std::fs::File::options()
            .append(true)
            .create(true)
            .open(file)
            .and_then(|mut file| file.write_all(line.as_bytes()));
        if let Err(error) = written {
            eprintln!("the tally could not be written: {error}");
        }
    }
}
