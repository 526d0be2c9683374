//! The parts that are written for the web: npm packages and the built interface.
//!
//! Each is made again only when what it is made from has changed; a stamp under `target/` keeps
//! the fingerprint of the last time.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::step::{Failure, npm, root, run, target};

/// The folder of the interface.
pub fn ui() -> PathBuf {
    root().join("ui")
}

/// The folder of the tests in the real window.
pub fn e2e() -> PathBuf {
    root().join("tests/e2e")
}

/// Installs the locked npm packages of a folder, without running their scripts.
pub fn install(folder: &Path) -> Result<(), Failure> {
    let lock = folder.join("package-lock.json");
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    once_per_change(&format!("npm-{name}"), &[lock], &folder.join("node_modules"), || {
        run(npm(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
    })
}

/// Builds the interface into `ui/build`, from where it is embedded in the app.
pub fn build_ui() -> Result<(), Failure> {
    install(&ui())?;
    once_per_change("ui-build", &[ui()], &ui().join("build/index.html"), || {
        run(npm(&ui()).args(["run", "build"]))
    })
}

/// Folders that hold what was made, not what it is made from.
const MADE: [&str; 3] = ["node_modules", "build", ".svelte-kit"];

/// Does the work unless its result exists and its sources are those of the last time.
fn once_per_change(
    name: &str,
    sources: &[PathBuf],
    result: &Path,
    work: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let stamp = target().join("stamps").join(name);
    let now = fingerprint(sources)?;
    if result.exists() && fs::read_to_string(&stamp).is_ok_and(|last| last == now) {
        return Ok(());
    }
    work()?;
    if let Some(folder) = stamp.parent() {
        fs::create_dir_all(folder).map_err(|error| Failure::at(folder, &error))?;
    }
    fs::write(&stamp, now).map_err(|error| Failure::at(&stamp, &error))
}

/// A number that differs when any source under the paths has another name or another content.
fn fingerprint(paths: &[PathBuf]) -> Result<String, Failure> {
    let mut files = BTreeMap::new();
    for path in paths {
        collect(path, &mut files)?;
    }
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    Ok(format!("{:016x}", hasher.finish()))
}

fn collect(path: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) -> Result<(), Failure> {
    if path.is_dir() {
        let entries = fs::read_dir(path).map_err(|error| Failure::at(path, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| Failure::at(path, &error))?;
            if !MADE.iter().any(|made| entry.file_name() == *made) {
                collect(&entry.path(), files)?;
            }
        }
    } else if path.exists() {
        files.insert(path.to_path_buf(), fs::read(path).map_err(|error| Failure::at(path, &error))?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_changes_the_fingerprint_and_an_untouched_tree_keeps_it() {
        let folder = target().join("xtask-fingerprint-test");
        fs::create_dir_all(folder.join("deep")).unwrap();
        fs::write(folder.join("deep/a.txt"), "one").unwrap();
        let first = fingerprint(std::slice::from_ref(&folder)).unwrap();
        assert_eq!(first, fingerprint(std::slice::from_ref(&folder)).unwrap());

        fs::write(folder.join("deep/a.txt"), "two").unwrap();
        let second = fingerprint(std::slice::from_ref(&folder)).unwrap();
        assert_ne!(first, second);

        fs::create_dir_all(folder.join("node_modules")).unwrap();
        fs::write(folder.join("node_modules/b.txt"), "made").unwrap();
        assert_eq!(
            second,
            fingerprint(std::slice::from_ref(&folder)).unwrap(),
            "what was made does not count"
        );
        fs::remove_dir_all(&folder).unwrap();
    }
}
