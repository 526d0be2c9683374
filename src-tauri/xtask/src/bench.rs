//! `cargo xtask bench`: ratios against plain counterparts, never absolute promises.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::app::on_virtual_display;
use crate::machine::{self, Purpose};
use crate::step::{self, Failure, cargo, target, timed};
use crate::web;

/// How often each window is started.
const STARTS: usize = 9;

/// How long a window may take before it counts as broken, in seconds.
const PATIENCE: &str = "60";

/// The core's own tables, or by the argument `start` the start of the app.
pub fn bench(arguments: &[String]) -> Result<(), Failure> {
    machine::prepare(Purpose::Test)?;
    if arguments == ["start"] {
        timed("start", start).map(drop)
    } else {
        timed("lists, import and export", || core(arguments)).map(drop)
    }
}

fn core(arguments: &[String]) -> Result<(), Failure> {
    step::run(
        cargo()
            .args(["bench", "--package", "baton-core", "--features", "testing", "--bench", "main", "--"])
            .args(arguments),
    )
}

/// Baton from its first line to the first question of its page, against a bare window with one line of text.
fn start() -> Result<(), Failure> {
    if !cfg!(target_os = "linux") {
        println!("  Starting is measured on Linux, where a virtual display keeps other windows away.");
        return Ok(());
    }
    web::build_ui()?;
    let build = ["build", "--release", "--package", "baton", "--features", "e2e", "--bin", "baton"];
    step::run(cargo().args(build).args(["--example", "bare_window"]))?;
    let (ours, bare) = (target().join("release/baton"), target().join("release/examples/bare_window"));
    let (mut of_ours, mut of_bare) = (Vec::new(), Vec::new());
    // One after the other, so that a busy machine slows both; the first of each warms up and does not count.
    for run in 0..=STARTS {
        let (one, other) = (once(&ours)?, once(&bare)?);
        if run > 0 {
            of_ours.push(one);
            of_bare.push(other);
        }
    }
    let (ours, bare) = (median(of_ours), median(of_bare));
    println!(
        "start of the app, ms here / ms bare = ratio: {:.0} / {:.0} = {:.2}",
        ours.as_secs_f64() * 1000.0,
        bare.as_secs_f64() * 1000.0,
        ours.as_secs_f64() / bare.as_secs_f64()
    );
    Ok(())
}

/// How long a window takes to say that it has started.
fn once(program: &Path) -> Result<Duration, Failure> {
    let home = target().join("bench-home");
    let failed = |error: std::io::Error| Failure::at(program, &error);
    // The display and the message bus are there before the time begins: the shell in between says when.
    let script = "echo begins; exec \"$0\"";
    let mut child = step::program("timeout")
        .args(["--signal=KILL", PATIENCE])
        .arg(on_virtual_display().get_program())
        .args(on_virtual_display().get_args())
        .args(["dbus-run-session", "--", "sh", "-c", script])
        .arg(program)
        .env("HOME", &home)
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_DATA_HOME", home.join("data"))
        .env("BATON_TELL_START", "1")
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let said = child.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines);
    let mut began = None;
    let mut took = None;
    for line in said {
        match line.map_err(failed)?.as_str() {
            "begins" => began = Some(Instant::now()),
            "started" => took = began.map(|at| at.elapsed()),
            _ => {}
        }
    }
    child.wait().map_err(failed)?;
    took.ok_or_else(|| Failure(format!("{} never said that it had started", program.display())))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
