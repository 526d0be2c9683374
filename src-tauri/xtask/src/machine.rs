//! What the machine must have before anything can be built.
//!
//! On Debian and Ubuntu missing packages are installed; elsewhere the task says exactly what is
//! missing and how to get it.

use std::collections::BTreeSet;
use std::process::Command;

use crate::step::{Failure, output, program, run};

/// What building the app takes.
const TO_BUILD: &[&str] = &[
    "curl",
    "g++",
    "gcc",
    "libayatana-appindicator3-dev",
    "libclang-dev",
    "libdbus-1-dev",
    "librsvg2-dev",
    "libwebkit2gtk-4.1-dev",
    "libxdo-dev",
    "make",
    "perl",
    "pkg-config",
];

/// What the tests take besides: a display, a keyring and readers of the files Baton writes.
const TO_TEST: &[&str] = &[
    "dbus-x11",
    "gnome-keyring",
    "libreoffice-calc-nogui",
    "libreoffice-writer-nogui",
    "procps",
    "python3",
    "python3-openpyxl",
    "sqlite3",
    "webkit2gtk-driver",
    "xauth",
    "xvfb",
];

/// What it takes to show the app without a screen.
const TO_SHOW_HEADLESS: &[&str] = &["dbus-x11", "xauth", "xvfb"];

/// The oldest Node with everything the interface's tools use.
const NODE_AT_LEAST: u32 = 20;

/// What a task is about to do, which decides what the machine must have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Build,
    BuildHeadless,
    Test,
}

/// Makes the machine ready or says what it lacks.
pub fn prepare(purpose: Purpose) -> Result<(), Failure> {
    match std::env::consts::OS {
        "linux" => install_packages(purpose)?,
        "macos" => report(&missing_on_macos())?,
        "windows" => report(&missing_on_windows())?,
        other => return Err(Failure(format!("Baton is built on Linux, Windows and macOS, not on {other}"))),
    }
    node_is_there()
}

/// Clippy and rustfmt come with most toolchains; a minimal one is completed.
pub fn prepare_linters() -> Result<(), Failure> {
    for (component, probe) in [("clippy", "clippy"), ("rustfmt", "fmt")] {
        if output(crate::step::cargo().args([probe, "--version"])).is_none() {
            run(program("rustup").args(["component", "add", component])).map_err(|_| {
                Failure(format!("`cargo {probe}` is missing; get it with `rustup component add {component}`"))
            })?;
        }
    }
    Ok(())
}

fn install_packages(purpose: Purpose) -> Result<(), Failure> {
    let wanted = wanted(purpose);
    if output(Command::new("dpkg-query").arg("--version")).is_none() {
        println!(
            "  This is not Debian or Ubuntu, so system packages are not installed from here. Needed, under the\n  \
             names your distribution gives them: {}",
            wanted.iter().copied().collect::<Vec<_>>().join(" ")
        );
        return Ok(());
    }
    let installed = output(Command::new("dpkg-query").args(["-W", "-f", "${db:Status-Status} ${Package}\n"]))
        .ok_or_else(|| Failure("dpkg-query does not answer; is the package database locked?".to_owned()))?;
    let missing = missing(&wanted, &installed);
    if missing.is_empty() {
        return Ok(());
    }
    let sudo = if output(Command::new("id").arg("-u")).as_deref() == Some("0") {
        None
    } else if output(Command::new("sudo").args(["-n", "true"])).is_some() {
        Some("sudo")
    } else {
        return Err(Failure(format!(
            "these system packages are missing; install them and start again:\n  sudo apt-get install --yes {}",
            missing.join(" ")
        )));
    };
    let apt = |arguments: &[&str]| {
        let mut command = match sudo {
            Some(sudo) => {
                let mut command = program(sudo);
                command.args(["-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
                command
            }
            None => program("apt-get"),
        };
        command.env("DEBIAN_FRONTEND", "noninteractive").args(["--quiet", "--yes"]).args(arguments);
        command
    };
    run(&mut apt(&["update"]))?;
    run(apt(&["install", "--no-install-recommends"]).args(&missing))
}

fn wanted(purpose: Purpose) -> BTreeSet<&'static str> {
    let besides = match purpose {
        Purpose::Build => &[][..],
        Purpose::BuildHeadless => TO_SHOW_HEADLESS,
        Purpose::Test => TO_TEST,
    };
    TO_BUILD.iter().chain(besides).copied().collect()
}

/// The wanted packages that are not among the lines `installed NAME`.
fn missing(wanted: &BTreeSet<&'static str>, installed: &str) -> Vec<&'static str> {
    let present: BTreeSet<&str> =
        installed.lines().filter_map(|line| line.strip_prefix("installed ")).collect();
    wanted.iter().copied().filter(|package| !present.contains(package)).collect()
}

fn node_is_there() -> Result<(), Failure> {
    let how = match std::env::consts::OS {
        "macos" => "brew install node@22",
        "windows" => "winget install OpenJS.NodeJS.LTS",
        _ => "https://nodejs.org/en/download",
    };
    let version = output(Command::new("node").arg("--version"))
        .ok_or_else(|| Failure(format!("Node {NODE_AT_LEAST} or newer is missing; get it with: {how}")))?;
    match major(&version) {
        Some(major) if major >= NODE_AT_LEAST => Ok(()),
        _ => Err(Failure(format!("Node {version} is too old, {NODE_AT_LEAST} or newer is needed: {how}"))),
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

/// One thing the machine lacks and the line that gets it.
type Missing = (&'static str, &'static str);

fn missing_on_macos() -> Vec<Missing> {
    let mut missing = Vec::new();
    if output(Command::new("xcode-select").arg("-p")).is_none() {
        missing.push(("the Xcode command line tools", "xcode-select --install"));
    }
    missing
}

fn missing_on_windows() -> Vec<Missing> {
    let mut missing = Vec::new();
    let build_tools = r"C:\Program Files (x86)\Microsoft Visual Studio\Installer\vswhere.exe";
    let compiler = "Microsoft.VisualStudio.Component.VC.Tools.x86.x64";
    let found = output(Command::new(build_tools).args([
        "-products",
        "*",
        "-requires",
        compiler,
        "-property",
        "instanceId",
    ]));
    if found.is_none_or(|instance| instance.is_empty()) {
        missing.push((
            "the C++ build tools of Visual Studio",
            "winget install Microsoft.VisualStudio.2022.BuildTools --override \
             \"--passive --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended\"",
        ));
    }
    if output(Command::new("perl").arg("-v")).is_none() {
        missing.push(("Perl, which configures OpenSSL", "winget install StrawberryPerl.StrawberryPerl"));
    }
    let webview =
        r"HKLM\SOFTWARE\WOW6432Node\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    if output(Command::new("reg").args(["query", webview, "/v", "pv"])).is_none() {
        missing.push((
            "the WebView2 runtime (part of Windows 11)",
            "winget install Microsoft.EdgeWebView2Runtime",
        ));
    }
    missing
}

fn report(missing: &[Missing]) -> Result<(), Failure> {
    if missing.is_empty() {
        return Ok(());
    }
    let list: String = missing.iter().map(|(what, how)| format!("\n  {what}\n    {how}")).collect();
    Err(Failure(format!("this machine lacks what Baton is built with; get it and start again:{list}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_packages_that_are_not_installed_are_missing() {
        let wanted = BTreeSet::from(["perl", "xvfb", "xauth"]);
        let installed = "installed perl\nconfig-files xvfb\nnot-installed xauth-data";
        assert_eq!(missing(&wanted, installed), ["xauth", "xvfb"]);
    }

    #[test]
    fn running_the_app_does_not_install_what_only_tests_use() {
        assert!(!wanted(Purpose::Build).contains("libreoffice-calc-nogui"));
        assert!(wanted(Purpose::Test).is_superset(&wanted(Purpose::Build)));
    }

    #[test]
    fn the_version_of_node_is_read_from_what_it_prints() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("nonsense"), None);
    }
}
