//! The house keeps its shape: who may call whom, and where SQL stands.

use std::path::{Path, PathBuf};

const ROOMS: &[&str] = &[
    "vault",
    "history",
    "audit",
    "network",
    "referrals",
    "insights",
    "exchange",
    "retention",
    "gratitude",
    "sample",
];
const BELOW: &[&str] = &["foundation", "papers", "store"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of the crate").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// The lines of every file of a room, without tests, with the file they stand in.
fn lines(room: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    for path in sources(&root.join(room)) {
        let name = path.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
        if name.contains("/test") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source file");
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        all.extend(
            code.lines().filter(|l| !l.trim_start().starts_with("//")).map(|l| (name.clone(), l.to_owned())),
        );
    }
    all
}

#[test]
fn what_lies_below_knows_no_room() {
    for below in BELOW {
        for (file, line) in lines(below) {
            let upwards = ROOMS.iter().find(|room| line.contains(&format!("crate::{room}::")));
            assert!(upwards.is_none(), "{file} reaches up: {line}");
        }
    }
}

#[test]
fn a_room_never_uses_the_rows_of_another() {
    for room in ROOMS {
        for (file, line) in lines(room) {
            let other = ROOMS.iter().filter(|other| *other != room).find(|other| {
                line.split(&format!("crate::{other}::")).nth(1).is_some_and(|rest| rest.starts_with("rows"))
            });
            assert!(other.is_none(), "{file} takes another room's rows: {line}");
        }
    }
}

/// Whoever decides about a gift does not see how much its recipient refers (42 CFR 411.357(k), 42 USC 1320a-7b(b)).
#[test]
fn gratitude_reaches_no_referral_and_no_measure() {
    for (file, line) in lines("gratitude") {
        let seen = ["referrals", "insights", "exchange", "sample"]
            .iter()
            .find(|room| line.contains(&format!("{room}::")));
        assert!(seen.is_none(), "{file} looks where gifts must not be decided from: {line}");
    }
}

#[test]
fn sql_stands_in_rows() {
    let begins = ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE FROM "];
    for room in ROOMS {
        for (file, line) in lines(room).into_iter().filter(|(file, _)| !file.contains("/rows")) {
            assert!(!begins.iter().any(|sql| line.contains(sql)), "{file} holds SQL: {line}");
        }
    }
}

#[test]
fn sql_that_names_an_index_is_prepared_with_or_without_it() {
    for room in ROOMS {
        let all = lines(room);
        for (file, line) in all.iter().filter(|(_, line)| line.contains(" INDEXED BY ")) {
            let past_the_lens = line.matches(" INDEXED BY ").count() <= line.matches("main.").count();
            let hinted = all.iter().any(|(other, line)| {
                other.split('/').next() == file.split('/').next() && line.contains("hinted(")
            });
            assert!(
                past_the_lens || hinted,
                "{file}: behind a lens a table has no index; use store::lens::hinted: {line}"
            );
        }
    }
}
