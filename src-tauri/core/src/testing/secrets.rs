//! What must never stand readable on a disk or in a log, and where it would be found.

use std::path::{Path, PathBuf};

/// A text as it may lie in a file: as UTF-8, as UTF-16 and as hexadecimal digits.
pub fn forms(text: &str) -> [Vec<u8>; 3] {
    let wide = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hex = text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    [text.as_bytes().to_vec(), wide, hex.into_bytes()]
}

/// The master and the database key of a practice, raw and as hexadecimal text in both cases, as its recovery key
/// opens them.
pub fn keys_behind(practice: &Path, recovery_key: &str) -> Vec<Vec<u8>> {
    let identity: age::x25519::Identity = recovery_key.parse().expect("a key");
    let sealed = std::fs::read(practice.join("recovery.age")).expect("there");
    let text = String::from_utf8(age::decrypt(&identity, &sealed).expect("opens")).expect("text");
    let digits = |line: &str| line.chars().filter(char::is_ascii_hexdigit).collect::<String>();
    let keys: Vec<String> =
        text.lines().skip(2).map(digits).map(|digits| digits[digits.len() - 64..].to_owned()).collect();
    assert_eq!(keys.len(), 2, "two keys stand in it");
    let raw = |key: &str| {
        (0..32).map(|i| u8::from_str_radix(&key[i * 2..i * 2 + 2], 16).expect("hex")).collect::<Vec<u8>>()
    };
    keys.iter()
        .flat_map(|key| [raw(key), key.clone().into_bytes(), key.to_uppercase().into_bytes()])
        .collect()
}

/// Whether one of the secrets stands in these bytes.
pub fn holds(bytes: &[u8], secrets: &[Vec<u8>]) -> bool {
    secrets.iter().any(|secret| {
        let Some(first) = secret.first() else { return false };
        let mut from = 0;
        while let Some(at) = bytes[from..].iter().position(|byte| byte == first) {
            if bytes[from + at..].starts_with(secret) {
                return true;
            }
            from += at + 1;
        }
        false
    })
}

/// The files below a folder that hold a secret, or are databases without encryption.
pub fn told_below(folder: &Path, secrets: &[Vec<u8>]) -> Vec<PathBuf> {
    let told = |file: &PathBuf| {
        let bytes = std::fs::read(file).expect("read");
        bytes.starts_with(b"SQLite format 3") || holds(&bytes, secrets)
    };
    files_below(folder).into_iter().filter(told).collect()
}

/// Every file below a folder.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("listed").flatten() {
        if entry.path().is_dir() {
            found.extend(files_below(&entry.path()))
        } else {
            found.push(entry.path())
        }
    }
    found
}
