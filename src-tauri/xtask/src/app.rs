//! Starting the app and packing it.

use std::process::Command;

use crate::machine::{self, Purpose};
use crate::step::{self, Failure, cargo, program, target};
use crate::web;

/// `cargo xtask run`: builds Baton with its interface and starts it.
pub fn run(headless: bool, release: bool) -> Result<(), Failure> {
    let no_display = ["DISPLAY", "WAYLAND_DISPLAY"].iter().all(|name| std::env::var_os(name).is_none());
    if cfg!(target_os = "linux") && no_display && !headless {
        return Err(Failure(
            "there is no display to show a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).\n  \
             `cargo xtask run --headless` starts Baton on a virtual one,\n  \
             `cargo xtask screens` takes a picture of every screen."
                .to_owned(),
        ));
    }
    machine::prepare(if headless { Purpose::BuildHeadless } else { Purpose::Build })?;
    web::build_ui()?;
    let mut app = cargo();
    app.args(["run", "--package", "baton", "--bin", "baton"]).args(release.then_some("--release"));
    if headless {
        println!("  Baton runs on a virtual display; Ctrl+C ends it.");
        return step::run(
            on_virtual_display().args(["dbus-run-session", "--"]).arg(app.get_program()).args(app.get_args()),
        );
    }
    step::run(&mut app)
}

/// A command that runs its arguments on a virtual display.
pub fn on_virtual_display() -> Command {
    let mut command = program("xvfb-run");
    command.args(["--auto-servernum", "--server-args=-screen 0 1440x1000x24"]);
    command
}

/// `cargo xtask package`: installers for the system this runs on.
pub fn package() -> Result<(), Failure> {
    machine::prepare(Purpose::Build)?;
    web::build_ui()?;
    let cli = web::ui().join("node_modules/@tauri-apps/cli/tauri.js");
    if !cli.exists() {
        return Err(Failure(
            "the Tauri CLI is missing: add it once with `npm install --save-dev @tauri-apps/cli` in ui/"
                .to_owned(),
        ));
    }
    step::run(program("node").arg(cli).arg("build"))?;
    println!("\nThe installers are in {}", target().join("release/bundle").display());
    Ok(())
}
