//! A process that is killed: this very test program, started again with a part to play.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::{Place, creation, restoring, rotation, secrets, work};

const PART: &str = "BATON_FAULT_PART";
const ABOVE: &str = "BATON_FAULT_FOLDER";
/// What the process says begins with this, so that it is told from what the test runner prints.
const SAYS: &str = "baton-fault ";

/// Plays its part when started by [`Killed::start`]; by itself it is not a test of anything.
#[test]
fn a_process_to_be_killed() {
    let (Ok(part), Ok(above)) = (std::env::var(PART), std::env::var(ABOVE)) else { return };
    let place = Place::at(Path::new(&above));
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
        other => panic!("no part is called {other}"),
    }
}

/// Tells the process that kills what was acknowledged.
#[expect(clippy::print_stdout, reason = "the pipe between the two processes is standard output")]
pub fn say(what: &str) {
    println!("\n{SAYS}{what}");
}

/// The running process.
pub struct Killed {
    child: Child,
    said: Receiver<String>,
}

impl Killed {
    pub fn start(part: &str, place: &Place) -> Self {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "killed::a_process_to_be_killed", "--nocapture", "--test-threads=1"])
            .env(PART, part)
            .env(ABOVE, &place.above)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
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
        self.child.wait().expect("ended");
        said.extend(self.said.iter());
        said
    }
}

/// A random moment up to `longest` milliseconds.
pub fn moment(longest: u32) -> Duration {
    Duration::from_micros(u64::from(getrandom::u32().expect("random") % (longest * 1000)))
}
