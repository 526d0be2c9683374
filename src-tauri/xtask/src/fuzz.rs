//! `cargo xtask fuzz`: bytes from outside, with coverage to guide the search. What is found is put into `fuzz/corpus`,
//! where the layer `faults` replays it from then on.
//!
//! libFuzzer comes with its crate and is compiled with the coverage the compiler offers on every toolchain; no other tool
//! and no nightly compiler is needed. The libraries are compiled anew for it, which is why it is no part of `test`.

use std::fs;

use crate::machine::{self, Purpose};
use crate::step::{Failure, cargo, output, program, root, run, target};

/// Who is handed bytes: the binaries of `fuzz/`.
const TARGETS: [&str; 4] = ["table", "vault_file", "changeset", "payload"];

/// Coverage of the code as libFuzzer reads it.
const COVERAGE: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
                        -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
                        -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";

/// Searches in each target for so many seconds.
pub fn search(seconds: u32, only: &[String]) -> Result<(), Failure> {
    machine::prepare(Purpose::Build)?;
    let compiler = output(program("rustc").arg("-vV"))
        .and_then(|about| about.lines().find_map(|line| line.strip_prefix("host: ").map(str::to_owned)))
        .ok_or_else(|| Failure("`rustc -vV` does not name this system".to_owned()))?;
    let built = target().join("fuzz");
    run(cargo()
        .current_dir(root().join("fuzz"))
        .args(["build", "--release", "--bins", "--target", &compiler, "--target-dir"])
        .arg(&built)
        // With a target named, these reach what is fuzzed and no build script.
        .env("RUSTFLAGS", COVERAGE))?;
    for name in TARGETS.iter().filter(|name| only.is_empty() || only.iter().any(|wanted| wanted == *name)) {
        let seeds = root().join("fuzz/corpus").join(name);
        let (grown, finds) = (built.join("corpus").join(name), built.join("finds").join(name));
        for folder in [&grown, &finds] {
            fs::create_dir_all(folder).map_err(|error| Failure::at(folder, &error))?;
        }
        let searched = run(program(built.join(&compiler).join("release").join(name))
            .arg(format!("-max_total_time={seconds}"))
            .args(["-rss_limit_mb=1024", "-timeout=20", "-max_len=65536", "-print_final_stats=1"])
            .arg(format!("-artifact_prefix={}/", finds.display()))
            .args([&grown, &seeds]));
        searched.map_err(|Failure(reason)| {
            Failure(format!(
                "{reason}\n  What was found is in {}; copy it to {}",
                finds.display(),
                seeds.display()
            ))
        })?;
    }
    Ok(())
}
