//! A process that is killed: this very test program, started again with a part to play.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use baton_core::testing::points;

use super::{Place, creation, logs, points as stories, restoring, rotation, secrets, work};

const PART: &str = "BATON_FAULT_PART";
const ABOVE: &str = "BATON_FAULT_FOLDER";
/// At which named moment after being ready the process ends itself; 0 for none.
const POINT: &str = "BATON_FAULT_POINT";
/// What the process says begins with this, so that it is told from what the test runner prints.
const SAYS: &str = "baton-fault ";
/// A process that fails by itself ends with this.
const FAILED: i32 = 101;

static READY: AtomicBool = AtomicBool::new(false);
static PASSED: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());

/// Plays its part when started by [`Killed::start`]; by itself it is not a test of anything.
#[test]
fn a_process_to_be_killed() {
    let (Ok(part), Ok(above)) = (std::env::var(PART), std::env::var(ABOVE)) else { return };
    let place = Place::at(Path::new(&above));
    if let Ok(at) = std::env::var(POINT) {
        let at: usize = at.parse().expect("a number");
        points::listen(move |point| pass(point, at));
    }
    match part.as_str() {
        "commits" => work::commits(&place),
        "import" => work::import(&place),
        "lock" => work::lock(&place),
        "waits" => work::waits(&place),
        "creation" => creation::creates(&place),
        "passphrase" => secrets::changes(&place),
        "backup" => work::backs_up(&place),
        "restore" => restoring::restores(&place),
        "rotation" => rotation::changes(&place),
        "profile" => rotation::adds(&place),
        "retirement" => rotation::retires(&place),
        "day" => stories::day(&place),
        "file" => stories::imports(&place),
        "migration" => stories::migrates(&place),
        "older" => stories::opens_older(&place),
        "talk" => logs::talks(&place),
        #[cfg(target_os = "linux")]
        "disk" => super::disk::suffers(&place),
        #[cfg(target_os = "linux")]
        "hostile" => super::hostile::reads(&place),
        other => panic!("no part is called {other}"),
    }
    if std::env::var_os(POINT).is_some() {
        READY.store(false, Ordering::SeqCst);
        say(&format!("passed {}", PASSED.lock().expect("whole").join(",")));
    }
}

/// Counts the named moments; at the one that was asked for the process ends as suddenly as it can by itself: nothing is
/// unwound, dropped or written.
fn pass(point: &'static str, at: usize) {
    if READY.load(Ordering::SeqCst) {
        let mut passed = PASSED.lock().expect("whole");
        passed.push(point);
        if passed.len() == at {
            std::process::abort();
        }
    }
}

/// Tells the process that kills what was acknowledged.
#[expect(clippy::print_stdout, reason = "the pipe between the two processes is standard output")]
pub fn say(what: &str) {
    // A disk that is being recorded has it between its operations.
    let _ = std::fs::File::open(format!("/baton-shim/told/{what}"));
    println!("\n{SAYS}{what}");
    if what == "ready" {
        READY.store(true, Ordering::SeqCst);
    }
}

/// The running process.
pub struct Killed {
    child: Child,
    said: Receiver<String>,
}

impl Killed {
    pub fn start(part: &str, place: &Place) -> Self {
        Self::start_with(part, place, |_| {})
    }

    /// Starts it so that it ends itself at the named moment with this number, counted from 1; 0 for never.
    pub fn start_for_point(part: &str, place: &Place, number: usize) -> Self {
        Self::start_with(part, place, |command| {
            command.env(POINT, number.to_string());
        })
    }

    pub fn start_with(part: &str, place: &Place, prepare: impl FnOnce(&mut Command)) -> Self {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command
            .args(["--exact", "killed::a_process_to_be_killed", "--nocapture", "--test-threads=1"])
            .env(PART, part)
            .env(ABOVE, &place.above)
            .stdout(Stdio::piped());
        prepare(&mut command);
        let mut child = command.spawn().expect("started");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        let (send, said) = channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if let Some(what) = line.strip_prefix(SAYS)
                    && send.send(what.to_owned()).is_err()
                {
                    return;
                }
            }
        });
        Self { child, said }
    }

    /// Waits until the process says this.
    pub fn wait_for(&self, what: &str) {
        loop {
            let said = self.said.recv_timeout(Duration::from_secs(60)).expect("the process got there");
            if said == what {
                return;
            }
        }
    }

    /// Waits until the process says something that begins like this, and returns the rest.
    pub fn wait_for_begin(&self, begin: &str) -> String {
        loop {
            let said = self.said.recv_timeout(Duration::from_secs(60)).expect("the process got there");
            if let Some(rest) = said.strip_prefix(begin) {
                return rest.to_owned();
            }
        }
    }

    /// Waits until something shows from outside.
    pub fn until(&self, shows: impl Fn() -> bool) {
        let at_latest = Instant::now() + Duration::from_secs(60);
        while !shows() {
            assert!(Instant::now() < at_latest, "it never showed");
            let _ = self.said.recv_timeout(Duration::from_millis(20));
        }
    }

    /// Kills it after `moment`, or when it ended by itself; returns what it said.
    pub fn kill_after(mut self, moment: Duration) -> Vec<String> {
        let at = Instant::now() + moment;
        let mut said = Vec::new();
        while let Ok(line) = self.said.recv_timeout(at.saturating_duration_since(Instant::now())) {
            said.push(line);
        }
        // One that has ended can't be killed any more; that is a moment as good as any other.
        let _ = self.child.kill();
        let status = self.child.wait().expect("ended");
        said.extend(self.said.iter());
        assert_ne!(status.code(), Some(FAILED), "the process failed before it was killed, after {said:?}");
        said
    }

    /// Waits until it ended by itself or at its named moment; returns what it said and whether it got to its end.
    pub fn ended(mut self) -> (Vec<String>, bool) {
        let said = self.said.iter().collect();
        let status = self.child.wait().expect("ended");
        assert_ne!(status.code(), Some(FAILED), "the process failed by itself, after {said:?}");
        (said, status.success())
    }
}

/// What the process said that begins with `word`, without it.
pub fn after<'a>(said: &'a [String], word: &'a str) -> impl Iterator<Item = String> + 'a {
    said.iter().filter_map(move |line| Some(line.strip_prefix(word)?.strip_prefix(' ')?.to_owned()))
}

/// A random moment up to `longest` milliseconds.
pub fn moment(longest: u32) -> Duration {
    Duration::from_micros(u64::from(getrandom::u32().expect("random") % (longest * 1000)))
}
