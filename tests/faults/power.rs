//! Power cuts: what was written and not synced may be lost, in part or out of order.
//!
//! A process works on a recorded disk. Afterwards the disk is put together as it may have been at any moment: synced
//! content stands; of the writes since the last sync some are there, one of them perhaps torn at a sector; of the names
//! made, changed and removed since their folder was synced the first few are there, as a journalling file system keeps
//! their order.

use std::collections::{BTreeMap, HashMap};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use baton_core::testing::PASSPHRASE;
use baton_core::vault::backups_in;

use super::creation::judged;
use super::killed::{Killed, after};
use super::oracle::Oracle;
use super::tally::Tally;
use super::{OTHER, Place, Standing, rounds, shim, story};

/// A sector: what a disk writes whole.
const SECTOR: usize = 512;

/// One operation, as the shim records it.
enum Done {
    Made { path: PathBuf, inode: u64 },
    Wrote { inode: u64, at: usize, bytes: Vec<u8> },
    Cut { inode: u64, length: usize },
    Synced { inode: u64 },
    SyncedFolder,
    Renamed { from: PathBuf, to: PathBuf },
    Removed { path: PathBuf },
    MadeFolder { path: PathBuf },
    Told(String),
}

fn operations(trace: &Path) -> Vec<Done> {
    let bytes = std::fs::read(trace).expect("a recording");
    let mut rest = bytes.as_slice();
    let mut all = Vec::new();
    while let [what, more @ ..] = rest {
        let number = |at: usize| u64::from_le_bytes(more[at..at + 8].try_into().expect("eight bytes"));
        let (inode, at) = (number(0), number(8) as usize);
        let length = u32::from_le_bytes(more[16..20].try_into().expect("four bytes")) as usize;
        let data = &more[20..20 + length];
        rest = &more[20 + length..];
        let text = || String::from_utf8(data.to_vec()).expect("text");
        let path = || PathBuf::from(text());
        all.push(match what {
            b'C' => Done::Made { path: path(), inode },
            b'W' => Done::Wrote { inode, at, bytes: data.to_vec() },
            b'T' => Done::Cut { inode, length: at },
            b'S' => Done::Synced { inode },
            b'D' => Done::SyncedFolder,
            b'R' => {
                let both = text();
                let (from, to) = both.split_once('\n').expect("two paths");
                Done::Renamed { from: from.into(), to: to.into() }
            }
            b'U' => Done::Removed { path: path() },
            b'M' => Done::MadeFolder { path: path() },
            b'A' => Done::Told(text()),
            other => panic!("unknown record {other}"),
        });
    }
    all
}

/// A change of a file's content that is not synced yet.
#[derive(Clone)]
enum Pending {
    Wrote { at: usize, bytes: Vec<u8> },
    Cut { length: usize },
}

#[derive(Clone, Default)]
struct Content {
    synced: Vec<u8>,
    pending: Vec<Pending>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Node {
    Folder,
    File(u64),
}

/// A change of names that is not synced yet.
#[derive(Clone)]
enum Naming {
    Set(PathBuf, Node),
    Move(PathBuf, PathBuf),
    Remove(PathBuf),
}

/// What stands on the disk for certain, and what may.
#[derive(Clone, Default)]
struct Disk {
    contents: HashMap<u64, Content>,
    names: BTreeMap<PathBuf, Node>,
    naming: Vec<Naming>,
    /// Inode numbers are used again; each file made gets a number of its own.
    current: HashMap<u64, u64>,
    made: u64,
}

impl Disk {
    /// The disk before the work, all of it synced.
    fn of(folder: &Path) -> Self {
        let mut disk = Self::default();
        disk.look(folder);
        disk
    }

    fn look(&mut self, folder: &Path) {
        self.names.insert(folder.to_owned(), Node::Folder);
        for entry in std::fs::read_dir(folder).expect("listed").flatten() {
            let path = entry.path();
            if path.is_dir() {
                self.look(&path);
            } else {
                let inode = entry.metadata().expect("there").ino();
                let number = self.number_of_new(inode);
                let synced = std::fs::read(&path).expect("read");
                self.contents.insert(number, Content { synced, pending: Vec::new() });
                self.names.insert(path, Node::File(number));
            }
        }
    }

    fn number_of_new(&mut self, inode: u64) -> u64 {
        self.made += 1;
        self.current.insert(inode, self.made);
        self.made
    }

    fn content(&mut self, inode: u64) -> &mut Content {
        let number = self.current.get(&inode).copied().unwrap_or_default();
        self.contents.entry(number).or_default()
    }

    fn does(&mut self, done: &Done) {
        match done {
            Done::Made { path, inode } => {
                let number = self.number_of_new(*inode);
                self.contents.insert(number, Content::default());
                self.naming.push(Naming::Set(path.clone(), Node::File(number)));
            }
            Done::MadeFolder { path } => self.naming.push(Naming::Set(path.clone(), Node::Folder)),
            Done::Renamed { from, to } => self.naming.push(Naming::Move(from.clone(), to.clone())),
            Done::Removed { path } => self.naming.push(Naming::Remove(path.clone())),
            Done::Wrote { inode, at, bytes } => {
                self.content(*inode).pending.push(Pending::Wrote { at: *at, bytes: bytes.clone() });
            }
            Done::Cut { inode, length } => {
                self.content(*inode).pending.push(Pending::Cut { length: *length })
            }
            Done::Synced { inode } => {
                let content = self.content(*inode);
                for change in std::mem::take(&mut content.pending) {
                    apply(&mut content.synced, &change);
                }
            }
            Done::SyncedFolder => {
                for naming in std::mem::take(&mut self.naming) {
                    apply_name(&mut self.names, &naming);
                }
            }
            Done::Told(_) => {}
        }
    }

    /// The disk as it may be found after the power went, below `to` instead of `from`.
    fn after_the_cut(&self, dice: &mut Dice, from: &Path, to: &Path) {
        let mut names = self.names.clone();
        for naming in &self.naming[..dice.below(self.naming.len() + 1)] {
            apply_name(&mut names, naming);
        }
        std::fs::create_dir_all(to).expect("made");
        for (path, node) in names {
            let Ok(inner) = path.strip_prefix(from) else { continue };
            let path = to.join(inner);
            match node {
                Node::Folder => std::fs::create_dir_all(path).expect("made"),
                // Shared memory of the log is never synced and never read after a cut.
                Node::File(_) if path.to_string_lossy().ends_with("-shm") => {}
                Node::File(number) => {
                    let content = self.contents.get(&number).cloned().unwrap_or_default();
                    std::fs::write(path, surviving(content, dice)).expect("written");
                }
            }
        }
    }
}

fn apply(bytes: &mut Vec<u8>, change: &Pending) {
    match change {
        Pending::Cut { length } => bytes.resize(*length, 0),
        Pending::Wrote { at, bytes: new } => {
            if bytes.len() < at + new.len() {
                bytes.resize(at + new.len(), 0);
            }
            bytes[*at..at + new.len()].copy_from_slice(new);
        }
    }
}

fn apply_name(names: &mut BTreeMap<PathBuf, Node>, naming: &Naming) {
    match naming {
        Naming::Set(path, node) => {
            names.insert(path.clone(), *node);
        }
        Naming::Remove(path) => {
            names.remove(path);
        }
        Naming::Move(from, to) => {
            let moved: Vec<PathBuf> = names.keys().filter(|path| path.starts_with(from)).cloned().collect();
            for path in moved {
                if let (Some(node), Ok(inner)) = (names.remove(&path), path.strip_prefix(from)) {
                    let target = if inner.as_os_str().is_empty() { to.clone() } else { to.join(inner) };
                    names.insert(target, node);
                }
            }
        }
    }
}

/// All, none, or some of the writes since the last sync; one of them may be torn.
fn surviving(content: Content, dice: &mut Dice) -> Vec<u8> {
    let mut bytes = content.synced;
    let mood = dice.below(4);
    for change in &content.pending {
        let there = match mood {
            0 => false,
            1 => true,
            _ => dice.below(2) == 0,
        };
        if !there {
            continue;
        }
        match change {
            Pending::Wrote { at, bytes: new } if mood == 3 && new.len() > SECTOR && dice.below(4) == 0 => {
                let part = SECTOR * (1 + dice.below(new.len() / SECTOR));
                let torn = new[..part.min(new.len())].to_vec();
                apply(&mut bytes, &Pending::Wrote { at: *at, bytes: torn });
            }
            change => apply(&mut bytes, change),
        }
    }
    bytes
}

/// Chance that can be told again: xorshift64*.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }
}

/// Plays a part on a recorded disk; then cuts the power at many moments and lets `judge` look at each.
fn cut(place: &Place, part: &str, cuts: u32, mut judge: impl FnMut(&Place, &[String], &str)) {
    let outside = tempfile::tempdir().expect("a folder");
    let trace = outside.path().join("trace");
    let before = Disk::of(&place.above);
    let recorded = Killed::start_with(part, place, |command| shim::recorded(command, &place.above, &trace));
    let (said, whole) = recorded.ended();
    assert!(whole, "undisturbed it gets to its end: {said:?}");
    let operations = operations(&trace);
    let ready = operations.iter().position(|done| matches!(done, Done::Told(what) if what == "ready"));
    let ready = ready.expect("told that it is ready");
    let seed = u64::from(getrandom::u32().expect("random")) | (1 << 32);
    let mut dice = Dice(seed);
    let mut moments: Vec<usize> =
        (0..cuts).map(|_| ready + dice.below(operations.len() - ready + 1)).collect();
    moments.sort_unstable();
    let (mut disk, mut at, mut told) = (before, 0, Vec::new());
    for moment in moments {
        for done in &operations[at..moment] {
            disk.does(done);
            if let Done::Told(what) = done {
                told.push(what.clone());
            }
        }
        at = moment;
        let round = format!("{part}, cut at {moment} of {}, seed {seed}", operations.len());
        let found = tempfile::tempdir().expect("a folder");
        disk.after_the_cut(&mut dice, &place.above, found.path());
        judge(&Place::at(found.path()), &told, &round);
    }
}

#[test]
fn after_a_power_cut_everything_acknowledged_is_there_and_nothing_is_torn() {
    let standing = Standing::with_referrals(30);
    std::fs::create_dir(standing.place.above.join("exports")).expect("made");
    let mut tally = Tally::of("power cut while working");
    cut(&standing.place, "day", rounds(40, 1500), |place, told, round| {
        let heard = |what: &str| told.iter().any(|line| line == what);
        let opens = match (heard("changing"), heard("changed")) {
            (_, true) => OTHER,
            (true, false) if place.unlock(PASSPHRASE).is_err() => OTHER,
            _ => PASSPHRASE,
        };
        let unlocked = tally.recovery(|| standing.oracle.whole(place, opens, round));
        let acknowledged: Vec<String> = after(told, "kept").collect();
        story::all_kept(unlocked.practice(), &acknowledged, round);
        assert_eq!(story::referrals(unlocked.practice()), 30, "{round}");
        // A backup is found by the name of its folder, wherever the disk was carried.
        let names: Vec<String> =
            backups_in(&place.file("backups")).iter().map(|backup| last(&backup.folder)).collect();
        for made in after(told, "backup") {
            assert!(names.contains(&last(&made)), "{round}: {made} was acknowledged");
        }
        for name in names {
            let home = place.above.join("restored");
            super::copy_below(&place.file("backups").join(name), &home);
            drop(standing.oracle.whole_in(place, &home, PASSPHRASE, round));
            std::fs::remove_dir_all(home).expect("removed");
        }
    });
}

fn last(path: &str) -> String {
    Path::new(path).file_name().expect("a name").to_string_lossy().into_owned()
}

#[test]
fn after_a_power_cut_an_import_is_there_entirely_or_not_at_all() {
    let standing = Standing::with_referrals(30);
    let mut tally = Tally::of("power cut during an import");
    cut(&standing.place, "file", rounds(15, 300), |place, told, round| {
        let unlocked = tally.recovery(|| standing.oracle.whole(place, PASSPHRASE, round));
        let there = story::referrals(unlocked.practice());
        assert!(there == 30 || there == 150, "{round}: {there} referrals");
        assert!(there == 150 || !told.contains(&"done".to_owned()), "{round}: it was acknowledged");
    });
}

#[test]
fn after_a_power_cut_a_creation_is_finished_or_says_that_it_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut tally = Tally::of("power cut while creating");
    cut(&Place::at(folder.path()), "creation", rounds(20, 400), |place, told, round| {
        judged(place, told, round, &mut tally);
        Oracle::new().silent(place, round);
    });
}
