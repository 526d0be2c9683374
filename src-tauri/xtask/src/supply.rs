//! What is taken from others: crates and npm packages, their sources, licences and kinds.
//!
//! Everything comes from the two public registries with a checksum, under a licence that allows what we do with it; a
//! crate that keeps keys or the file is there once; nothing that speaks to a network is built in. Two lock files and
//! `cargo tree` tell all of it, so that no further tool is compiled for it. Known vulnerabilities are not looked up
//! here: their database lives on a host that a closed build machine does not reach. Where it can be reached,
//! `cargo audit` and `npm audit` read the same lock files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::step::{Failure, cargo, output, root};

/// The registry of crates, as Cargo.lock writes it.
const CRATES: &str = "registry+https://github.com/rust-lang/crates.io-index";
/// The registry of npm packages. A lock file may leave it out; then it is this one.
const PACKAGES: &str = "https://registry.npmjs.org/";

/// Licences that allow use, change and distribution without opening our own sources.
const LICENCES: [&str; 18] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OFL-1.1",
    "Unicode-3.0",
    "Unlicense",
    "WTFPL",
    "Zlib",
    // SQLite's: the public domain, with a blessing.
    "blessing",
];

/// Crates that reach other computers. Baton connects to nothing.
const NETWORK: [&str; 11] =
    ["attohttpc", "curl", "git2", "h2", "hyper", "isahc", "native-tls", "quinn", "reqwest", "surf", "ureq"];

/// Crates that hold keys or the file: two versions would mean two truths.
const ONCE: [&str; 7] =
    ["age", "argon2", "libsqlite3-sys", "rusqlite", "zeroize", "rust_xlsxwriter", "calamine"];

/// npm packages that bring an install script. None is run (`npm ci --ignore-scripts`); a new one is looked at first.
const WITH_SCRIPT: [&str; 2] = ["esbuild", "fsevents"];

/// Looks at everything that is taken from others.
pub fn check() -> Result<(), Failure> {
    let mut wrong = Vec::new();
    for lock in ["Cargo.lock", "fuzz/Cargo.lock"] {
        if let Ok(text) = fs::read_to_string(root().join(lock)) {
            wrong.extend(crates(&text).into_iter().map(|what| format!("{lock}: {what}")));
        }
    }
    for lock in ["ui/package-lock.json", "tests/e2e/package-lock.json"] {
        let path = root().join(lock);
        let text = fs::read_to_string(&path).map_err(|error| Failure::at(Path::new(&path), &error))?;
        wrong.extend(packages(&text).into_iter().map(|what| format!("{lock}: {what}")));
    }
    let tree = output(cargo().args([
        "tree",
        "--locked",
        "--workspace",
        "--all-features",
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--format",
        "{l}|{p}",
    ]))
    .ok_or_else(|| Failure("`cargo tree` does not answer; is Cargo.lock up to date?".to_owned()))?;
    wrong.extend(built(&tree));
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Failure(format!("of what is taken from others:\n  {}", wrong.join("\n  "))))
    }
}

/// What is wrong with a Cargo.lock.
fn crates(lock: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut versions: BTreeMap<&str, u32> = BTreeMap::new();
    for package in lock.split("[[package]]").skip(1) {
        let value = |key: &str| {
            package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'))
        };
        let Some(name) = value("name") else { continue };
        *versions.entry(name).or_default() += 1;
        match value("source") {
            None => {
                if !(name == "xtask" || name.starts_with("baton")) {
                    wrong.push(format!("{name} is of no registry"));
                }
            }
            Some(CRATES) => {
                if value("checksum").is_none() {
                    wrong.push(format!("{name} has no checksum"));
                }
            }
            Some(other) => wrong.push(format!("{name} comes from {other}")),
        }
    }
    wrong.extend(
        ONCE.iter()
            .filter(|name| versions.get(*name).is_some_and(|count| *count > 1))
            .map(|name| format!("{name} is there twice")),
    );
    wrong
}

/// What is wrong with what is built for this system: lines `licence|name version`.
fn built(tree: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for line in tree.lines() {
        let Some((licence, package)) = line.split_once('|') else { continue };
        let name = package.split(' ').next().unwrap_or_default();
        if !licence.is_empty() && !allows(licence) {
            wrong.push(format!("{name} is under {licence}"));
        }
        if licence.is_empty() && !(name == "xtask" || name.starts_with("baton")) {
            wrong.push(format!("{name} names no licence"));
        }
        if NETWORK.contains(&name) {
            wrong.push(format!("{name} reaches other computers"));
        }
    }
    wrong.sort();
    wrong.dedup();
    wrong
}

/// What is wrong with a package-lock.json, which npm writes one key a line.
fn packages(lock: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let (mut name, mut sealed, mut licensed) = ("", true, true);
    for line in lock.lines() {
        if let Some(begun) = line.strip_prefix("    \"node_modules/") {
            name = begun.rsplit("node_modules/").next().unwrap_or(begun).trim_end_matches("\": {");
            (sealed, licensed) = (false, false);
        }
        let value = |key: &str| {
            line.trim()
                .strip_prefix(&format!("\"{key}\": "))
                .map(|value| value.trim_end_matches(',').trim_matches('"'))
        };
        sealed |= value("integrity").is_some_and(|seal| seal.starts_with("sha512-"));
        if line.starts_with("      \"") {
            if let Some(licence) = value("license") {
                licensed = true;
                if !allows(licence) {
                    wrong.push(format!("{name} is under {licence}"));
                }
            }
            if value("resolved").is_some_and(|from| !from.starts_with(PACKAGES)) {
                wrong.push(format!("{name} is of another registry"));
            }
            if value("hasInstallScript") == Some("true") && !WITH_SCRIPT.contains(&name) {
                wrong.push(format!("{name} brings an install script"));
            }
        }
        if line.starts_with("    }") {
            if !sealed {
                wrong.push(format!("{name} has no checksum"));
            }
            if !licensed {
                wrong.push(format!("{name} names no licence"));
            }
            (sealed, licensed) = (true, true);
        }
    }
    wrong
}

/// Whether a licence expression (SPDX, or the older form with a slash) can be met by what is allowed.
fn allows(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words = spaced.split_whitespace().peekable();
    any(&mut words) && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any(words: &mut Words<'_>) -> bool {
    let mut met = all(words);
    while words.next_if_eq(&"OR").is_some() {
        met |= all(words);
    }
    met
}

fn all(words: &mut Words<'_>) -> bool {
    let mut met = one(words);
    while words.next_if_eq(&"AND").is_some() {
        met &= one(words);
    }
    met
}

fn one(words: &mut Words<'_>) -> bool {
    if words.next_if_eq(&"(").is_some() {
        let met = any(words);
        return words.next_if_eq(&")").is_some() && met;
    }
    let Some(name) = words.next() else { return false };
    let exception = words.next_if_eq(&"WITH").and_then(|_| words.next());
    let whole = exception.map_or_else(|| name.to_owned(), |exception| format!("{name} WITH {exception}"));
    LICENCES.contains(&whole.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_is_met_by_any_choice_and_by_all_parts() {
        for allowed in [
            "MIT",
            "MIT/Apache-2.0",
            "GPL-3.0-only OR MIT",
            "(MIT OR GPL-2.0-only) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert!(allows(allowed), "{allowed}");
        }
        for refused in ["GPL-3.0-only", "MIT AND GPL-3.0-only", "AGPL-3.0", "", "UNLICENSED", "(MIT"] {
            assert!(!allows(refused), "{refused}");
        }
    }

    #[test]
    fn a_crate_of_another_source_without_checksum_or_twice_is_named() {
        let package = |name: &str, source: &str| {
            format!("[[package]]\nname = \"{name}\"\nversion = \"1.0.0\"\n{source}\n")
        };
        let good = format!("source = \"{CRATES}\"\nchecksum = \"ab\"");
        let lock = [
            package("serde", &good),
            package("baton-core", ""),
            package("age", &good),
            package("age", &good),
            package("evil", "source = \"git+https://example.org/evil\""),
            package("loose", &format!("source = \"{CRATES}\"")),
            package("local", ""),
        ]
        .concat();
        assert_eq!(
            crates(&lock),
            [
                "evil comes from git+https://example.org/evil",
                "loose has no checksum",
                "local is of no registry",
                "age is there twice"
            ]
        );
    }

    #[test]
    fn a_package_of_another_registry_without_checksum_or_with_a_script_is_named() {
        let lock = "{\n  \"packages\": {\n    \"\": {\n      \"license\": \"MIT\"\n    },\n    \"node_modules/good\": {\n      \"integrity\": \"sha512-a\",\n      \"license\": \"MIT\"\n    },\n    \"node_modules/a/node_modules/bad\": {\n      \"resolved\": \"https://example.org/bad.tgz\",\n      \"hasInstallScript\": true,\n      \"license\": \"GPL-3.0\"\n    }\n  }\n}\n";
        let expected = [
            "bad is of another registry",
            "bad brings an install script",
            "bad is under GPL-3.0",
            "bad has no checksum",
        ];
        assert_eq!(packages(lock), expected);
    }

    #[test]
    fn what_reaches_other_computers_is_named() {
        assert_eq!(
            built("MIT|ureq v3.0.0\nGPL-3.0|odd v1.0.0\n|baton v0.1.0"),
            ["odd is under GPL-3.0", "ureq reaches other computers"]
        );
    }

    #[test]
    fn what_this_repository_takes_from_others_is_in_order() {
        let checked = check();
        assert!(checked.is_ok(), "{}", checked.unwrap_err());
    }
}
