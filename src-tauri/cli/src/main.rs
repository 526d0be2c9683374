//! Baton without a window, for scheduled work: it never asks, answers in text or JSON, and its exit code says how
//! it went.

mod answer;
mod arguments;
mod commands;
mod exit;
mod open;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use answer::{Answer, Failure};
use arguments::{Arguments, Command};
use exit::Exit;

fn main() -> ExitCode {
    let as_json = std::env::args_os().any(|argument| argument == "--json");
    let (text, exit) = match Arguments::try_parse() {
        Ok(arguments) => told(run(&arguments), as_json),
        Err(refused) if !refused.use_stderr() => (refused.render().to_string(), Exit::Ok),
        Err(refused) if as_json => told(Err(Failure::usage(refused.render().to_string().trim())), true),
        Err(refused) => {
            // As below: who does not listen is not told.
            let _ = write!(std::io::stderr(), "{}", refused.render());
            return Exit::Usage.into();
        }
    };
    // A reader that hung up wants no more; the work is done either way.
    let _ = match (exit, as_json) {
        (Exit::Ok, _) | (_, true) => writeln!(std::io::stdout(), "{}", text.trim_end()),
        _ => writeln!(std::io::stderr(), "{}", text.trim_end()),
    };
    exit.into()
}

fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    match &arguments.command {
        Command::Init(what) => commands::init::run(arguments, what),
        Command::Import(what) => commands::import::run(arguments, what),
        Command::Export(what) => commands::export::run(arguments, what),
        Command::Report(what) => commands::report::run(arguments, what),
        Command::Backup(what) => commands::backup::run(arguments, what),
        Command::Backups(_) => commands::backups::run(arguments),
        Command::Restore(what) => commands::restore::run(arguments, what),
        Command::Drill => commands::drill::run(arguments),
        Command::Check => commands::check::run(arguments),
        Command::Profiles(what) => commands::profiles::run(arguments, what),
        Command::Route(what) => commands::route::run(what),
        Command::Sample(what) => commands::sample::run(arguments, what),
    }
}

fn told(result: Result<Answer, Failure>, as_json: bool) -> (String, Exit) {
    match (result, as_json) {
        (Ok(answer), true) => (answer.json.to_string(), answer.exit),
        (Ok(answer), false) => (answer.text, answer.exit),
        (Err(failure), true) => (failure.json().to_string(), failure.exit),
        (Err(failure), false) => (format!("baton-cli: {}", failure.message), failure.exit),
    }
}
