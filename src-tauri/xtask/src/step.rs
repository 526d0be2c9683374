//! Running one command of another program, with its output on the terminal and its time taken.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Why a task ended early, in words that say what to do.
#[derive(Debug)]
pub struct Failure(pub String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Failure {
    /// A failure to read or write a path.
    pub fn at(path: &Path, error: &std::io::Error) -> Self {
        Self(format!("{}: {error}", path.display()))
    }
}

/// The root of the repository, whatever folder the task was called from.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or_else(|| Path::new(".")).to_path_buf()
}

/// Where Cargo puts what it builds; stamps and pictures stand there too.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Cargo, the very one that runs this program.
pub fn cargo() -> Command {
    program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// npm, in one of the folders that have a package.json.
pub fn npm(folder: &Path) -> Command {
    let mut command = program(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(folder);
    command
}

/// A program started in the root of the repository.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// Runs the command with its output shown; anything but success is a failure.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let shown = shown(command);
    println!("  $ {shown}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure(format!("`{shown}` ended with {status}"))),
        Err(error) => Err(Failure(format!("`{shown}` could not be started: {error}"))),
    }
}

/// What the command prints, if it exists and succeeds.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs one part of a task under a heading and says how long it took.
pub fn timed<T>(name: &str, part: impl FnOnce() -> Result<T, Failure>) -> Result<(T, Duration), Failure> {
    println!("\n── {name}");
    let start = Instant::now();
    match part() {
        Ok(value) => {
            println!("── {name}: {}", in_words(start.elapsed()));
            Ok((value, start.elapsed()))
        }
        Err(Failure(reason)) => {
            Err(Failure(format!("{name} failed after {}: {reason}", in_words(start.elapsed()))))
        }
    }
}

/// A duration as a person would say it: `4.2 s` or `3 min 05 s`.
pub fn in_words(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{} min {:02} s", duration.as_secs() / 60, duration.as_secs() % 60)
    }
}

fn shown(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_stem().unwrap_or(command.get_program());
    std::iter::once(name)
        .chain(command.get_args())
        .map(|part| part.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_like_speech() {
        assert_eq!(in_words(Duration::from_millis(4_240)), "4.2 s");
        assert_eq!(in_words(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn a_command_that_fails_names_itself() {
        let failure = run(cargo().arg("no-such-subcommand")).unwrap_err();
        assert!(failure.0.contains("cargo no-such-subcommand"), "{failure}");
    }

    #[test]
    fn the_root_is_the_folder_with_the_app_in_it() {
        assert!(root().join("tauri.conf.json").is_file());
    }
}
