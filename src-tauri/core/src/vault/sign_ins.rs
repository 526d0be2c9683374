//! Failed sign-ins, kept beside the database while nobody can write in it, and taken over into the log at the next
//! unlock.
//!
//! One line a try: when, which profile, which computer, how; no secret and nothing of a patient. Each line carries a
//! checksum over the line before, and the first line is sealed with the key of the chain and names the sign-in that
//! wrote it. So a missing file, an older one and a changed line are noticed. What no file without a key can show:
//! lines cut from its end, and a chain of checksums that somebody computed anew.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::error::VaultError;
use super::files;
use super::folder::Folder;
use super::hex;
use super::rows;
use super::ways::Way;
use crate::foundation::id::{ProfileId, RecordId};
use crate::store::{Actor, Event, Outcome, Store};

/// The file grows no further than this: some two thousand tries.
const LARGEST: u64 = 256 * 1024;
/// Room for one line.
const LINE: u64 = 160;
const TITLE: &str = "baton-sign-ins 1";
const PURPOSE: &str = "sign-ins";

/// A try that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Try {
    at: i64,
    profile: ProfileId,
    device: RecordId,
    way: Way,
}

/// What the file says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Read {
    /// The sign-in that wrote it, and whether the seal is ours.
    begun: Option<(i64, bool)>,
    tries: Vec<Try>,
    /// Lines that can't be read or were changed.
    changed: u32,
    full: bool,
}

/// Keeps a failed try. One that can't be kept is no reason to refuse the next: the passphrase is what protects.
pub(super) fn keep(folder: &Folder, at: i64, profile: ProfileId, device: RecordId, way: Way) {
    let path = folder.sign_ins();
    let before = match files::read_capped(&path, LARGEST) {
        Ok(bytes) => bytes.and_then(|bytes| String::from_utf8(bytes).ok()),
        Err(_) => Some(String::new()),
    };
    // A full file and one that is no text stay as they are: that is noticed when it is taken over.
    let Some(before) = before.filter(|text| text.len() as u64 + LINE <= LARGEST) else { return };
    let line = format!("{at} {profile} {device} {}", way.code());
    let check = checksum(before.lines().last().unwrap_or_default(), &line);
    let written = OpenOptions::new().create(true).append(true).open(&path).and_then(|mut file| {
        file.write_all(format!("{line} {check}\n").as_bytes())?;
        file.sync_data()
    });
    if written.is_ok() {
        // The folder is private already.
        let _ = files::make_private(&path);
    }
}

/// The file as it begins once everything in it is in the log.
#[derive(Debug)]
pub(super) struct Anew {
    path: PathBuf,
    text: String,
}

impl Anew {
    /// Begins it. One that can't be written now is noticed at the next unlocking.
    pub(super) fn begin(&self) {
        let _ = files::replace(&self.path, self.text.as_bytes());
    }
}

/// Puts what was kept in the log, then that somebody came in now. The file only ever holds what the log does not: it
/// begins anew, before anybody else may come to the practice.
pub(super) fn take_over(folder: &Folder, store: &Store, actor: &Actor, way: Way) -> Result<Anew, VaultError> {
    let expected = store.read(rows::last_sign_in)?;
    let read = match files::read_capped(&folder.sign_ins(), LARGEST) {
        Ok(Some(bytes)) => Some(read(&String::from_utf8_lossy(&bytes), |begun| seal(store, begun))),
        Ok(None) => Some(Read { full: true, changed: 1, ..Read::default() }),
        Err(_) => None,
    };
    if let Some(trouble) = trouble(expected, read.as_ref()) {
        store.saw(actor, Event::new("sign_ins_doubtful").detail(trouble).outcome(Outcome::Failed));
    }
    for failed in read.into_iter().flat_map(|read| read.tries) {
        let name = store.read(|conn| rows::name_of(conn, failed.profile))?.unwrap_or_default();
        let event = Event::new("sign_in_failed").detail(failed.way.code()).at(failed.at);
        let event = event.about("device", failed.device).outcome(Outcome::Failed);
        store.saw(&Actor { id: failed.profile, name }, event);
    }
    store.log(actor, Event::new("sign_in").detail(way.code()))?;
    let begun = store.read(rows::last_sign_in)?.unwrap_or_default();
    Ok(Anew { path: folder.sign_ins(), text: format!("{TITLE} {begun} {}\n", seal(store, begun)) })
}

/// What is wrong with the file, as a code.
fn trouble(expected: Option<i64>, read: Option<&Read>) -> Option<&'static str> {
    match (expected, read) {
        (None, None) => None,
        (Some(_), None) => Some("missing"),
        (_, Some(read)) if read.changed > 0 || read.begun.is_some_and(|(_, ours)| !ours) => Some("changed"),
        (expected, Some(read)) if read.begun.map(|(seq, _)| seq) != expected => Some("another"),
        (_, Some(read)) if read.full => Some("full"),
        _ => None,
    }
}

fn seal(store: &Store, begun: i64) -> String {
    hex::encode(&store.word(PURPOSE, &begun.to_string())).to_string()
}

/// The first 16 digits of the SHA-256 over the line before and this one.
fn checksum(before: &str, line: &str) -> String {
    hex::encode(&Sha256::digest(format!("{before}\n{line}"))[..8]).to_string()
}

fn read(text: &str, seal: impl Fn(i64) -> String) -> Read {
    let mut read = Read { full: text.len() as u64 + LINE > LARGEST, ..Read::default() };
    let mut before = "";
    for (number, line) in text.lines().enumerate() {
        match line.strip_prefix(TITLE) {
            Some(rest) if number == 0 => {
                let mut words = rest.split_whitespace();
                let begun = words.next().and_then(|seq| seq.parse().ok());
                match begun {
                    Some(begun) => read.begun = Some((begun, words.next() == Some(seal(begun).as_str()))),
                    None => read.changed += 1,
                }
            }
            _ => match one(before, line) {
                Some(failed) => read.tries.push(failed),
                None => read.changed += 1,
            },
        }
        before = line;
    }
    read
}

fn one(before: &str, line: &str) -> Option<Try> {
    let (said, check) = line.rsplit_once(' ')?;
    if check != checksum(before, said) {
        return None;
    }
    let mut words = said.split(' ');
    let failed = Try {
        at: words.next()?.parse().ok()?,
        profile: words.next()?.parse().ok()?,
        device: words.next()?.parse().ok()?,
        way: words.next().map(Way::from_code)?,
    };
    words.next().is_none().then_some(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(begun: i64) -> String {
        format!("seal{begun}")
    }

    fn file(tries: usize) -> String {
        let mut text = format!("{TITLE} 7 seal7\n");
        for at in 0..tries {
            let line = format!("{at} {} {} passphrase", id(4), id(1));
            let check = checksum(text.lines().last().unwrap_or_default(), &line);
            text.push_str(&format!("{line} {check}\n"));
        }
        text
    }

    fn id(byte: u8) -> RecordId {
        RecordId::from_bytes([byte; 16])
    }

    #[test]
    fn every_try_is_read_back() {
        let read = read(&file(3), sealed);
        assert_eq!((read.begun, read.tries.len(), read.changed), (Some((7, true)), 3, 0));
        let last = Try { at: 2, profile: ProfileId(id(4)), device: id(1), way: Way::Passphrase };
        assert_eq!(read.tries[2], last);
        assert_eq!(trouble(Some(7), Some(&read)), None);
    }

    #[test]
    fn a_missing_an_older_and_a_changed_file_are_told_apart() {
        let whole = file(3);
        let told = |text: &str| trouble(Some(7), Some(&read(text, sealed)));
        assert_eq!(trouble(Some(7), None), Some("missing"));
        assert_eq!(trouble(None, None), None, "a new practice has none");
        assert_eq!(trouble(Some(9), Some(&read(&whole, sealed))), Some("another"));
        assert_eq!(told(&whole.replace("seal7", "seal8")), Some("changed"));
        assert_eq!(told(&whole.replace("\n1 ", "\n5 ")), Some("changed"), "an edited line");
        let without_the_second: String =
            whole.lines().enumerate().filter(|(n, _)| *n != 2).map(|(_, l)| format!("{l}\n")).collect();
        assert_eq!(told(&without_the_second), Some("changed"), "a line taken from the middle");
        assert_eq!(told(""), Some("another"), "emptied");
        assert_eq!(told("\u{0}\u{1}binary"), Some("changed"));
    }

    #[test]
    fn a_full_file_says_so() {
        let long = file(2600);
        assert!(long.len() as u64 + LINE > LARGEST, "{}", long.len());
        assert_eq!(trouble(Some(7), Some(&read(&long, sealed))), Some("full"));
    }
}
