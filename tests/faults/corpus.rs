//! Bytes from outside, again: every seed and every find of fuzzing, and many small spoilings of each.
//!
//! `cargo xtask fuzz` looks for new ones with coverage to guide it; what it finds is put into `fuzz/corpus` and is
//! replayed here from then on.

use std::path::{Path, PathBuf};

use baton_core::foundation::id::{RecordId, TagId};
use baton_core::store::{Label, StoreError};
use baton_core::testing::{inputs, practice};

use super::tally::Tally;
use super::{TODAY, rounds};

fn seeds(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(&folder).expect("a corpus").flatten().map(|entry| entry.path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{target} has seeds");
    files.into_iter().map(|path| (path.clone(), std::fs::read(path).expect("read"))).collect()
}

/// Chance that can be told again (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed >> 33) as usize % limit.max(1)
    }
}

/// The bytes with a few of them changed, lost, doubled or taken from another seed.
fn spoiled(bytes: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut spoiled = bytes.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(spoiled.len());
        match dice.below(6) {
            0 => spoiled.truncate(at),
            1 if at < spoiled.len() => spoiled[at] ^= 1 << dice.below(8),
            2 if at < spoiled.len() => spoiled[at] = [0, 0xFF, 0x80, b'"', b'9', b'-'][dice.below(6)],
            3 => {
                let end = (at + dice.below(40)).min(spoiled.len());
                let part = spoiled[at.min(end)..end].to_vec();
                spoiled.splice(at..at, part);
            }
            4 if !other.is_empty() => {
                let from = dice.below(other.len());
                let part = other[from..(from + dice.below(60)).min(other.len())].to_vec();
                spoiled.splice(at..at, part);
            }
            _ => {
                let end = (at + dice.below(20)).min(spoiled.len());
                spoiled.drain(at.min(end)..end);
            }
        }
    }
    spoiled
}

/// Hands every seed, and `each` spoilings of it, to its reader. The reader answers; a panic names the bytes.
fn replay(target: &str, kind: &'static str, each: u32, read: impl Fn(&[u8])) {
    let seeds = seeds(target);
    let mut tally = Tally::of(kind);
    let mut dice = Dice(7);
    for (path, bytes) in &seeds {
        let other = &seeds[dice.below(seeds.len())].1;
        let tries = std::iter::once(bytes.clone()).chain((0..each).map(|_| spoiled(bytes, other, &mut dice)));
        for input in tries {
            tally.recovery(|| ());
            let answered = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| read(&input)));
            assert!(
                answered.is_ok(),
                "{}, spoiled to {:02x?}",
                path.display(),
                &input[..input.len().min(400)]
            );
        }
    }
}

#[test]
fn no_table_breaks_the_reader() {
    replay("table", "spoiled table read", rounds(60, 3_000), |bytes| {
        inputs::table(bytes);
    });
}

#[test]
fn no_vault_file_breaks_its_reader() {
    replay("vault_file", "spoiled vault.json read", rounds(400, 20_000), |bytes| {
        inputs::vault_file(bytes);
    });
}

#[test]
fn no_request_of_a_page_breaks_its_reader() {
    replay("payload", "spoiled request read", rounds(100, 5_000), |bytes| {
        inputs::payload(bytes);
    });
}

#[test]
fn no_changeset_breaks_history_or_changes_the_practice() {
    let practice = practice(TODAY);
    let add = |name: &'static str| {
        practice.write(Label::hand("tag_add", name), |tx| {
            tx.execute(
                "INSERT INTO tag VALUES (?1, ?2, ?2)",
                rusqlite::params![TagId(RecordId::from_bytes([3; 16])), name],
            )?;
            Ok::<(), StoreError>(())
        })
    };
    add("Runs marathons").expect("written");
    let before = practice.store().head().expect("a head");
    replay("changeset", "spoiled changeset applied", rounds(400, 20_000), |bytes| {
        inputs::changeset(&practice, bytes);
    });
    assert_eq!(practice.store().head().expect("a head"), before);
    practice.store().check().expect("whole");
    practice.store().verify_history().expect("unbroken");
}

#[test]
fn the_seeds_are_what_they_stand_for() {
    assert!(
        seeds("table").iter().filter(|(_, bytes)| inputs::table(bytes).is_some_and(|rows| rows > 0)).count()
            > 3
    );
    assert!(seeds("vault_file").iter().any(|(_, bytes)| inputs::vault_file(bytes)));
    assert!(seeds("payload").iter().filter(|(_, bytes)| inputs::payload(bytes) > 0).count() > 3);
    let practice = practice(TODAY);
    assert!(seeds("changeset").iter().any(|(_, bytes)| inputs::changeset(&practice, bytes)));
}
