//! Baton, the program with a window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    match baton_shell::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[allow(
                clippy::print_stderr,
                reason = "without a window the terminal is the only place to say it"
            )]
            {
                eprintln!("Baton could not start: {error}");
            }
            ExitCode::FAILURE
        }
    }
}
