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
    "outreach",
    "field",
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

/// Whom a patient is sent to does not depend on who sends patients to us or on what they bring in (42 USC 1320a-7b(b)).
#[test]
fn finding_help_reads_no_volume_and_no_money() {
    let of_help = |file: &str| file.starts_with("referrals/help/") || file == "referrals/rows/help.rs";
    let banned = [
        "insights",
        "gratitude",
        "from_partner",
        "from_person",
        "referral_month",
        "partner_standing",
        "received_year",
        "amount_cents",
        "revenue",
        "depth",
        "tier",
    ];
    let mut files = 0;
    for (file, line) in lines("referrals").into_iter().filter(|(file, _)| of_help(file)) {
        files += 1;
        let seen = banned.iter().find(|word| line.contains(**word));
        assert!(seen.is_none(), "{file} looks at what must not rank anybody: {line}");
    }
    assert!(files > 300, "the folder was read");
}

/// What the gratitude room reads of referrals is one view, which tells neither which nor how many; and its commands answer
/// from that room alone.
#[test]
fn gratitude_learns_of_arrivals_and_of_nothing_else() {
    let tables = [
        "referral",
        "referral_month",
        "open_referral",
        "partner_standing",
        "partner_count",
        "patient",
        "baton",
    ];
    for (file, line) in lines("gratitude").into_iter().filter(|(file, _)| file.contains("/rows")) {
        let words: Vec<&str> =
            line.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').collect();
        let read = words.windows(3).find(|three| {
            let named = if three[1] == "main" { three[2] } else { three[1] };
            matches!(three[0], "FROM" | "JOIN") && tables.contains(&named)
        });
        assert!(read.is_none(), "{file} reads what gifts must not be decided from: {line}");
    }
    let commands = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/commands/gratitude.rs");
    let text = std::fs::read_to_string(commands).expect("the commands of the room");
    for room in ["baton_core::referrals", "baton_core::insights"] {
        assert!(!text.contains(room), "a command of this room answers from {room}");
    }
    let view = include_str!("../migrations/0019_gratitude.sql");
    let view =
        view.split("CREATE VIEW arrival").nth(1).and_then(|rest| rest.split(';').next()).expect("the view");
    let columns = view.split('(').nth(1).and_then(|rest| rest.split(')').next()).expect("its columns");
    assert_eq!(columns, "partner_id, person_id, came_on");
    assert!(view.contains("SELECT DISTINCT"), "twice on one day is once");
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
