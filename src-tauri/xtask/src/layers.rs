//! The layers of tests, from the cheapest question to the dearest.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::{Duration, Instant};
use std::{fmt, fs};

use crate::app::on_virtual_display;
use crate::machine::{self, Purpose};
use crate::step::{Failure, cargo, in_words, npm, root, run, target, timed};
use crate::{supply, web};

/// One layer of tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Is it formatted, free of warnings, and within the house rules?
    Lint,
    /// Is the arithmetic right, and does each operation do what it says?
    Core,
    /// A year in a practice, told as stories on a real encrypted file.
    Journeys,
    /// The border to the window: names, shapes, refusals, fresh bindings.
    Ipc,
    /// Does the interface say and do it?
    Ui,
    /// The stories of the users in the real window.
    E2e,
    /// Nothing is lost and nothing leaks when things go wrong.
    Faults,
}

impl Layer {
    const ALL: [Self; 7] =
        [Self::Lint, Self::Core, Self::Journeys, Self::Ipc, Self::Ui, Self::E2e, Self::Faults];

    fn name(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Core => "core",
            Self::Journeys => "journeys",
            Self::Ipc => "ipc",
            Self::Ui => "ui",
            Self::E2e => "e2e",
            Self::Faults => "faults",
        }
    }

    fn run(self, names: &[String]) -> Result<(), Failure> {
        match self {
            Self::Lint => lint(),
            Self::Core => rust_tests(&["--lib", "--bins"], names),
            Self::Journeys => rust_tests(&["--test", "journeys"], names),
            Self::Ipc => rust_tests(&["--test", "ipc"], names),
            Self::Ui => ui(names),
            Self::E2e => e2e(names),
            Self::Faults => rust_tests(&["--test", "faults"], names),
        }
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Layer {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|layer| layer.name() == name).ok_or_else(|| {
            format!("there is no layer `{name}`; the layers are {}", Self::ALL.map(Self::name).join(", "))
        })
    }
}

/// `cargo xtask test`: every layer, stopping at the first that fails.
pub fn test_all() -> Result<(), Failure> {
    let start = Instant::now();
    let (_, set_up) = timed("set-up", set_up)?;
    let mut times = vec![("set-up", set_up)];
    for layer in Layer::ALL {
        let (_, time) = timed(layer.name(), || layer.run(&[])).map_err(|Failure(reason)| {
            Failure(format!("{reason}\n  Again, this layer alone: cargo xtask test --only {layer}"))
        })?;
        times.push((layer.name(), time));
    }
    println!();
    for (name, time) in times {
        println!("✓ {name:<9} {:>13}", in_words(time));
    }
    println!("  {:<9} {:>13}", "together", in_words(start.elapsed()));
    Ok(())
}

/// `cargo xtask test --only LAYER`.
pub fn test_one(layer: Layer, names: &[String]) -> Result<(), Failure> {
    timed("set-up", set_up)?;
    timed(layer.name(), || layer.run(names))?;
    Ok(())
}

/// `cargo xtask test --only faults --soak`: the long form, and a table of what was suffered.
pub fn soak(names: &[String]) -> Result<(), Failure> {
    timed("set-up", set_up)?;
    let tally = target().join("fault-tally.tsv");
    if tally.exists() {
        fs::remove_file(&tally).map_err(|error| Failure::at(&tally, &error))?;
    }
    let features = ["--features", "baton-core/testing,baton/e2e"];
    let (done, _) = timed("faults, the long form", || {
        Ok(run(cargo()
            .args(["test", "--quiet", "--workspace"])
            .args(features)
            .args(["--test", "faults", "--"])
            .args(names)
            .env("BATON_FAULT_SOAK", "1")
            .env("BATON_FAULT_TALLY", &tally)))
    })?;
    println!("\n{}", table(&fs::read_to_string(&tally).unwrap_or_default()));
    done
}

/// Lines `kind, cycles, violations, longest milliseconds`, set for reading, with their sum.
fn table(tally: &str) -> String {
    let mut kinds: BTreeMap<&str, [u64; 3]> = BTreeMap::new();
    for line in tally.lines() {
        let mut parts = line.split('\t');
        let kind = parts.next().unwrap_or_default();
        let numbers: Vec<u64> = parts.filter_map(|part| part.parse().ok()).collect();
        let [cycles, violations, longest] = numbers[..] else { continue };
        let sum = kinds.entry(kind).or_default();
        *sum = [sum[0] + cycles, sum[1] + violations, sum[2].max(longest)];
    }
    let mut text =
        format!("{:<42} {:>8} {:>11} {:>18}\n", "fault", "cycles", "violations", "longest recovery");
    let mut all = [0; 3];
    for (kind, [cycles, violations, longest]) in kinds {
        all = [all[0] + cycles, all[1] + violations, all[2].max(longest)];
        text.push_str(&line(kind, [cycles, violations, longest]));
    }
    text + &line("together", all)
}

fn line(kind: &str, [cycles, violations, longest]: [u64; 3]) -> String {
    format!("{kind:<42} {cycles:>8} {violations:>11} {:>18}\n", in_words(Duration::from_millis(longest)))
}

/// `cargo xtask check`: everything that judges without running.
pub fn check() -> Result<(), Failure> {
    timed("set-up", set_up)?;
    timed("lint", lint)?;
    timed("types of the interface", || run(npm(&web::ui()).args(["run", "check"])))?;
    timed("lint of the interface", || run(npm(&web::ui()).args(["run", "lint"])))?;
    web::install(&web::e2e())?;
    timed("types of the window tests", || run(npm(&web::e2e()).args(["run", "check"])))?;
    Ok(())
}

/// `cargo xtask screens`: the part of the window tests that takes a picture of every screen.
pub fn screens(names: &[String]) -> Result<(), Failure> {
    timed("set-up", set_up)?;
    let spec: &[String] = if names.is_empty() { &["screens".to_owned()] } else { names };
    timed("screens", || e2e(spec))?;
    renew_guide()?;
    println!("\nThe pictures are in {}", pictures().display());
    Ok(())
}

/// The pictures of the guide are those of the screens of the same name, small and light. A name is added by an empty file.
fn renew_guide() -> Result<(), Failure> {
    let folder = root().join("docs/guide/pictures");
    for entry in fs::read_dir(&folder).map_err(|error| Failure::at(&folder, &error))?.flatten() {
        let kept = entry.path();
        let Some(name) = kept.file_stem().and_then(|name| name.to_str()) else { continue };
        let taken = pictures().join(format!("{name}-light-1024x700.png"));
        if taken.exists() {
            fs::copy(&taken, &kept).map_err(|error| Failure::at(&kept, &error))?;
        }
    }
    Ok(())
}

/// `cargo xtask bindings`: writes anew what follows from the code and is committed.
pub fn bindings() -> Result<(), Failure> {
    timed("set-up", set_up)?;
    let write = |kind: &[&str], variable: &str| {
        let features = ["--features", "baton-core/testing,baton/e2e"];
        run(cargo().args(["test", "--quiet", "--workspace"]).args(features).args(kind).env(variable, "1"))
    };
    timed("bindings", || write(&["--test", "ipc", "--", "the_bindings"], "BATON_WRITE_BINDINGS"))?;
    timed("schema", || write(&["--lib", "--", "the_complete_schema"], "BATON_WRITE_SCHEMA"))?;
    Ok(())
}

/// The interface is embedded in the shell, so that it is built before any Rust.
fn set_up() -> Result<(), Failure> {
    machine::prepare(Purpose::Test)?;
    web::build_ui()
}

fn lint() -> Result<(), Failure> {
    machine::prepare_linters()?;
    run(cargo().args(["fmt", "--all", "--check"])).map_err(|_| {
        Failure("the layout of some files differs; `cargo fmt --all` puts it right".to_owned())
    })?;
    supply::check()?;
    run(cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--all-features",
        "--",
        "--deny",
        "warnings",
    ]))
}

/// Cargo's tests of one kind. Always the whole workspace with the same features, so that every
/// layer uses the same build.
fn rust_tests(kind: &[&str], names: &[String]) -> Result<(), Failure> {
    let features = ["--features", "baton-core/testing,baton/e2e"];
    run(cargo().args(["test", "--quiet", "--workspace"]).args(features).args(kind).arg("--").args(names))
}

fn ui(names: &[String]) -> Result<(), Failure> {
    let ui = web::ui();
    if names.is_empty() {
        run(npm(&ui).args(["run", "check"]))?;
        run(npm(&ui).args(["run", "lint"]))?;
    }
    run(npm(&ui).args(["run", "test", "--"]).args(names))
}

/// The real app in a real window. The feature `e2e` lets tests answer the system's file dialogs.
fn e2e(names: &[String]) -> Result<(), Failure> {
    if !cfg!(target_os = "linux") {
        println!(
            "  The window is driven on Linux only: macOS offers no WebDriver for it and Windows none with a keyring\n  \
             that tests may use. Here journeys and ipc carry the weight."
        );
        return Ok(());
    }
    web::install(&web::e2e())?;
    run(cargo().args(["build", "--workspace", "--bins", "--features", "baton-core/testing,baton/e2e"]))?;
    let mut node = on_virtual_display();
    node.current_dir(web::e2e()).env("BATON_TARGET", target()).args(["npm", "test", "--"]).args(names);
    run(npm(&web::e2e()).args(["run", "check"]))?;
    run(&mut node)
}

fn pictures() -> PathBuf {
    target().join("screens")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_sums_what_several_tests_suffered() {
        let told = table("killed\t10\t0\t250\nfull\t4\t1\t90\nkilled\t5\t0\t1250\n");
        let rows: Vec<Vec<&str>> = told.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(rows[1], ["full", "4", "1", "0.1", "s"]);
        assert_eq!(rows[2], ["killed", "15", "0", "1.2", "s"]);
        assert_eq!(rows[3], ["together", "19", "1", "1.2", "s"]);
    }

    #[test]
    fn every_layer_is_found_by_the_name_it_prints() {
        for layer in Layer::ALL {
            assert_eq!(layer.to_string().parse(), Ok(layer));
        }
    }
}
