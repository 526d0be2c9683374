//! The project's own tasks: everything a person or a build machine does with this repository.
//!
//! `cargo xtask run` and `cargo xtask test` begin on a fresh machine with Rust and Node and set up
//! the rest themselves. Only the standard library is used here, so that this program itself is
//! compiled in seconds.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

mod app;
mod bench;
mod layers;
mod machine;
mod step;
mod web;

use std::process::ExitCode;

use layers::Layer;
use step::Failure;

const USAGE: &str = "\
cargo xtask run [--headless] [--release]   start Baton; --headless on a virtual display
cargo xtask test [--only LAYER] [-- NAME]  run every layer of tests, or one: lint, core, journeys,
                                           ipc, ui, e2e, faults; NAME picks tests within it
cargo xtask check                          what the compiler, the linters and the type checkers say
cargo xtask screens [NAME]                 a picture of every screen, in target/screens/
cargo xtask bindings                       writes bindings.ts from the commands and the schema's snapshot
cargo xtask bench [-- S M L | start]       the table of ratios against plain counterparts
cargo xtask package                        installers for this system, in target/release/bundle/";

/// What was asked for on the command line.
#[derive(Debug, PartialEq, Eq)]
enum Task {
    Run { headless: bool, release: bool },
    Test { only: Option<Layer>, names: Vec<String> },
    Check,
    Screens { names: Vec<String> },
    Bindings,
    Bench { arguments: Vec<String> },
    Package,
    Help,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let task = match Task::parse(&arguments) {
        Ok(task) => task,
        Err(complaint) => {
            eprintln!("{complaint}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match perform(&task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n✗ {failure}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: &Task) -> Result<(), Failure> {
    match task {
        Task::Run { headless, release } => app::run(*headless, *release),
        Task::Test { only: Some(layer), names } => layers::test_one(*layer, names),
        Task::Test { only: None, .. } => layers::test_all(),
        Task::Check => layers::check(),
        Task::Screens { names } => layers::screens(names),
        Task::Bindings => layers::bindings(),
        Task::Bench { arguments } => bench::bench(arguments),
        Task::Package => app::package(),
        Task::Help => {
            println!("{USAGE}");
            Ok(())
        }
    }
}

impl Task {
    fn parse(arguments: &[String]) -> Result<Self, String> {
        let Some((name, rest)) = arguments.split_first() else { return Ok(Self::Help) };
        let mut headless = false;
        let mut release = false;
        let mut only = None;
        let mut names = Vec::new();
        let mut rest = rest.iter();
        while let Some(argument) = rest.next() {
            match (name.as_str(), argument.as_str()) {
                ("run", "--headless") => headless = true,
                ("run", "--release") => release = true,
                ("test", "--only") => {
                    let layer = rest.next().ok_or("--only wants the name of a layer")?;
                    only = Some(layer.parse()?);
                }
                ("test" | "screens" | "bench", "--") => names.extend(rest.by_ref().cloned()),
                ("screens", other) if !other.starts_with('-') => names.push(other.to_owned()),
                (_, other) => return Err(format!("`cargo xtask {name}` does not know `{other}`")),
            }
        }
        if name == "test" && only.is_none() && !names.is_empty() {
            return Err("names of tests go with one layer: `--only core -- NAME`".to_owned());
        }
        match name.as_str() {
            "run" => Ok(Self::Run { headless, release }),
            "test" => Ok(Self::Test { only, names }),
            "check" => Ok(Self::Check),
            "screens" => Ok(Self::Screens { names }),
            "bindings" => Ok(Self::Bindings),
            "bench" => Ok(Self::Bench { arguments: names }),
            "package" => Ok(Self::Package),
            "help" | "--help" | "-h" => Ok(Self::Help),
            other => Err(format!("there is no task `{other}`")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Task, String> {
        Task::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn one_layer_can_be_asked_for_and_narrowed_by_name() {
        let expected = Task::Test { only: Some(Layer::Core), names: vec!["undo".to_owned()] };
        assert_eq!(parse("test --only core -- undo"), Ok(expected));
    }

    #[test]
    fn an_unknown_layer_is_refused_with_the_list_of_layers() {
        let complaint = parse("test --only everything").unwrap_err();
        assert!(complaint.contains("lint, core, journeys, ipc, ui, e2e, faults"), "{complaint}");
    }

    #[test]
    fn options_of_one_task_are_refused_by_another() {
        assert!(parse("check --headless").is_err());
        assert!(parse("run --only core").is_err());
        assert!(parse("test -- undo").is_err(), "names without a layer would be ambiguous");
    }
}
