//! `baton-cli` as a scheduled job uses it: the real binary, a real folder, exit codes and JSON.

mod answers;
mod copies;
mod imports;
mod profiles;
mod routes;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use baton_core::vault::{Machine, OnDoubt, Passphrase, ProfileForm, Role, add_profile, describe, unlock};
use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::{Value, json};

const PHRASE: &str = "copper meadow violin thistle orbit";

/// A practice of its own in a temporary home.
struct Job {
    home: tempfile::TempDir,
}

/// What a run said.
struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Said {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).expect(&self.err)
    }

    fn error(&self) -> (i32, String) {
        (self.code, self.json()["error"]["code"].as_str().expect("a code").to_owned())
    }
}

impl Job {
    fn new() -> Self {
        Self { home: tempfile::tempdir().expect("a home") }
    }

    /// With a practice in it.
    fn with_practice() -> Self {
        let job = Self::new();
        std::fs::write(job.path("phrase.txt"), format!("{PHRASE}\r\n")).expect("the passphrase");
        let said = job.run(&[
            "init",
            "--name",
            "Harborview Orthopedics",
            "--state",
            "ME",
            "--time-zone",
            "America/New_York",
            "--profile-name",
            "Maren Okafor",
        ]);
        assert_eq!(said.code, 0, "{} {}", said.out, said.err);
        assert!(said.json()["recovery_sheet"].as_str().expect("a sheet").contains("AGE-SECRET-KEY-1"));
        job
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn practice(&self) -> PathBuf {
        self.path("practice")
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baton-cli"));
        command
            .env("HOME", self.home.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env_remove("DBUS_SESSION_BUS_ADDRESS");
        command.current_dir(self.home.path()).stdin(Stdio::null());
        command
    }

    /// With the passphrase file, in JSON.
    fn run(&self, arguments: &[&str]) -> Said {
        let mut command = self.command();
        command
            .arg("--practice")
            .arg(self.practice())
            .arg("--passphrase-file")
            .arg(self.path("phrase.txt"))
            .arg("--json")
            .args(arguments);
        said(command)
    }

    fn file(&self, name: &str, text: &str) -> String {
        std::fs::write(self.path(name), text).expect("a file");
        self.path(name).display().to_string()
    }
}

fn said(mut command: Command) -> Said {
    let out = command.output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Said { code: out.status.code().expect("an exit code"), out: text(&out.stdout), err: text(&out.stderr) }
}

const REFERRALS: &str = "Received,Referred by,NPI,Patient,Chart,Status\n\
    2026-03-02,\"Ito, Keiko MD\",1234567893,Ann Ames,A-1,Kept\n\
    2026-03-05,\"Ito, Keiko MD\",1234567893,Bob Boyd,A-2,No Show\n\
    2026-04-07,\"Brandt, Ole DO\",,Cy Cole,A-3,Scheduled\n\
    2026-04-07,\"Brandt, Ole DO\",,Cy Cole,A-3,Scheduled\n\
    ,\"Brandt, Ole DO\",,Di Dorn,A-4,Scheduled\n";
