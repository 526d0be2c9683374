//! A disk under our control: `shim.c`, loaded before the C library of the process that suffers.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// What can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Read,
    Write,
    Sync,
    /// Renaming, removing, cutting.
    Names,
}

/// How it fails: error numbers of the Linux kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// `EIO`, once.
    Once,
    /// `EIO` from then on.
    FromThenOn,
    /// `ENOSPC` from then on.
    Full,
}

/// The shim, compiled once.
pub fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/faults/shim.c");
        let made =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("baton-shim-{}.so", std::process::id()));
        let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join("baton-shim.so");
        let compiled = Command::new("cc")
            .args(["-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-o"])
            .args([made.as_os_str(), source.as_os_str()])
            .status()
            .expect("a C compiler, with which Rust links too");
        assert!(compiled.success(), "the shim compiles");
        std::fs::rename(made, &library).expect("renamed");
        library
    })
}

/// The process has its disk below `folder` under control.
pub fn under_control(command: &mut Command, folder: &Path) {
    command.env("LD_PRELOAD", library()).env("BATON_SHIM_FOLDER", folder);
}

/// The same, and what it does to the disk is written to `trace`.
pub fn recorded(command: &mut Command, folder: &Path, trace: impl AsRef<OsStr>) {
    under_control(command, folder);
    command.env("BATON_SHIM_TRACE", trace);
}

/// From now on the `number`-th operation of its class fails.
pub fn arm(class: Class, number: u32, failure: Failure) {
    let class = match class {
        Class::Read => 'r',
        Class::Write => 'w',
        Class::Sync => 's',
        Class::Names => 'm',
    };
    let (code, stays) = match failure {
        Failure::Once => (5, 0),
        Failure::FromThenOn => (5, 1),
        Failure::Full => (28, 1),
    };
    steer(&format!("arm/{class}/{number}/{code}/{stays}"));
}

/// Nothing fails any more. Returns whether anything did.
pub fn disarm() -> bool {
    steer("disarm");
    steer("fired") == ErrorKind::AlreadyExists
}

fn steer(what: &str) -> ErrorKind {
    let opened = std::fs::File::open(format!("/baton-shim/{what}"));
    opened.expect_err("there is no such path").kind()
}
