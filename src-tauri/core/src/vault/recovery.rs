//! The recovery key: an age X25519 identity, shown once, printed or saved, typed back in part.

use age::secrecy::ExposeSecret;
use age::x25519::Identity;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::describe::LockedPractice;
use super::document::Recovery;
use super::error::VaultError;
use super::hex::Hex;
use super::secrets::{MasterKey, random};
use crate::foundation::id::RecordId;

/// What every recovery key begins with.
const PREFIX: &str = "AGE-SECRET-KEY-1";
/// The letters after it: 52 of the key, 6 of the Bech32 checksum.
const LETTERS: usize = 58;
/// Letters a group has; the last has four.
const GROUP: usize = 6;
/// How many groups there are.
const GROUPS: u8 = 10;
/// The alphabet of Bech32 (BIP 173): no 1, b, i, o.
const ALPHABET: &str = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";

/// The key that opens the practice when every passphrase is lost. Exists in memory until it was shown.
pub struct RecoveryKey {
    text: Zeroizing<String>,
}

/// The sheet to print or save, ready to show. It holds the key: show it, print it, then let it go.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RecoverySheet {
    /// e.g. "Harborview Orthopedics".
    pub practice: String,
    /// The practice's number, to tell sheets apart.
    pub vault_id: String,
    /// yyyy-mm-dd.
    pub made_on: String,
    /// "AGE-SECRET-KEY-1", which stands before the groups.
    pub prefix: String,
    /// The ten groups, numbered from 1.
    pub groups: Vec<String>,
    /// The whole sheet as plain text, to save or print as it is.
    pub text: String,
}

/// Which two groups are asked back, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RecoveryChallenge {
    /// The first.
    pub first: u8,
    /// The second, greater than the first.
    pub second: u8,
}

impl RecoveryKey {
    /// A new key and what `vault.json` keeps of it: the public half and the master key only it can open.
    pub(super) fn make(master: &MasterKey, vault: RecordId) -> Result<(Self, Recovery), VaultError> {
        let identity = Identity::generate();
        let public = identity.to_public();
        let sealed = age::encrypt(&public, master.recovery_text(vault).as_bytes())
            .map_err(|_| VaultError::NotEnoughMemory)?;
        let text = Zeroizing::new(identity.to_string().expose_secret().to_owned());
        Ok((Self { text }, Recovery { public: public.to_string(), sealed: Hex(sealed), made_at: None }))
    }

    /// The ten groups.
    fn groups(&self) -> impl Iterator<Item = &str> {
        let letters = self.text.strip_prefix(PREFIX).unwrap_or(&self.text);
        (0..usize::from(GROUPS)).map(move |group| {
            letters.get(group * GROUP..letters.len().min((group + 1) * GROUP)).unwrap_or("")
        })
    }

    fn group(&self, number: u8) -> &str {
        self.groups().nth(usize::from(number).saturating_sub(1)).unwrap_or("")
    }

    /// The sheet.
    pub fn sheet(&self, practice: &LockedPractice, made_on: chrono::NaiveDate) -> RecoverySheet {
        let groups: Vec<String> = self.groups().map(str::to_owned).collect();
        let (made_on, vault_id) = (made_on.to_string(), practice.vault_id.to_string());
        let mut spaced = Zeroizing::new(String::with_capacity(LETTERS * 2));
        for (index, group) in groups.iter().enumerate() {
            spaced.push_str(if index == 0 {
                ""
            } else if index == 5 {
                "\n    "
            } else {
                "  "
            });
            spaced.push_str(group);
        }
        let text = format!(
            "BATON RECOVERY KEY

Practice   {name}
Vault      {vault_id}
Made on    {made_on}

Whoever holds this sheet can open the practice. Keep it in a safe, away from the computer.

    {PREFIX}
    {spaced}

In one line:
{key}

If nobody knows a passphrase any more: start Baton, choose the practice, then \"Use the recovery key\", and type
the ten groups. Upper and lower case and spaces do not matter. You will choose a new passphrase.

Without Baton: put the line above into a file key.txt. The free program age (age-encryption.org) opens recovery.age,
which lies beside practice.db:  age --decrypt --identity key.txt recovery.age
It shows the database key, with which the free program sqlcipher opens practice.db:  PRAGMA key = \"x'…'\";
",
            name = practice.name,
            spaced = spaced.as_str(),
            key = self.text.as_str(),
        );
        RecoverySheet {
            practice: practice.name.clone(),
            vault_id,
            made_on,
            prefix: PREFIX.into(),
            groups,
            text,
        }
    }

    /// Draws two different groups to ask back.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub fn challenge(&self) -> Result<RecoveryChallenge, VaultError> {
        let [a, b] = random::<2>()?;
        let one = a % GROUPS;
        // One of the nine others.
        let other = (one + 1 + b % (GROUPS - 1)) % GROUPS;
        Ok(RecoveryChallenge { first: one.min(other) + 1, second: one.max(other) + 1 })
    }

    /// Whether what was typed back is what the sheet says (case and spaces don't matter).
    ///
    /// # Errors
    /// [`VaultError::GroupDiffers`] with the first group that differs.
    pub fn confirm(&self, challenge: RecoveryChallenge, first: &str, second: &str) -> Result<(), VaultError> {
        for (group, typed) in [(challenge.first, first), (challenge.second, second)] {
            let expected = self.group(group);
            if expected.is_empty() || letters_of(typed).as_str() != expected {
                return Err(VaultError::GroupDiffers { group });
            }
        }
        Ok(())
    }
}

impl std::fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryKey(…)")
    }
}

/// Unwraps the master key with a typed recovery key.
pub(super) fn open(recovery: &Recovery, typed: &str) -> Result<MasterKey, VaultError> {
    let identity = read(typed)?;
    if identity.to_public().to_string() != recovery.public {
        return Err(VaultError::RecoveryKeyOfAnother);
    }
    let opened = age::decrypt(&identity, &recovery.sealed.0)
        .map(Zeroizing::new)
        .map_err(|_| VaultError::VaultFileChanged)?;
    let text = std::str::from_utf8(&opened).map_err(|_| VaultError::VaultFileChanged)?;
    MasterKey::from_recovery_text(text).ok_or(VaultError::VaultFileChanged)
}

/// Upper-case letters and digits of what was typed, without spaces, line breaks and hyphens.
fn letters_of(typed: &str) -> Zeroizing<String> {
    let mut letters = Zeroizing::new(String::with_capacity(typed.len()));
    letters.extend(typed.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_uppercase()));
    letters
}

/// Reads a typed key, with or without the part before the groups. A single wrong letter is placed by the checksum.
pub(super) fn read(typed: &str) -> Result<Identity, VaultError> {
    let all = letters_of(typed);
    let before = PREFIX.chars().filter(|c| c.is_alphanumeric()).count();
    let letters: Zeroizing<Vec<char>> = Zeroizing::new(match all.chars().count() {
        LETTERS => all.chars().collect(),
        count if count == LETTERS + before => all.chars().skip(before).collect(),
        _ => return Err(VaultError::RecoveryKeyUnreadable),
    });
    if let Some(position) = letters.iter().position(|letter| !ALPHABET.contains(*letter)) {
        return Err(VaultError::RecoveryKeyTypo { group: group_of(position) });
    }
    parse(&letters).ok_or_else(|| misplaced(&letters))
}

fn parse(letters: &[char]) -> Option<Identity> {
    let mut text = Zeroizing::new(String::with_capacity(PREFIX.len() + LETTERS));
    text.push_str(PREFIX);
    text.extend(letters);
    text.parse().ok()
}

/// Bech32 tells any two keys apart by at least five letters: if changing one letter makes the checksum fit, that
/// letter is where the typing error is. The key itself is not corrected: the sheet is what counts.
fn misplaced(letters: &[char]) -> VaultError {
    let mut tried = Zeroizing::new(letters.to_vec());
    for (position, wrong) in letters.iter().enumerate() {
        for letter in ALPHABET.chars().filter(|letter| letter != wrong) {
            tried[position] = letter;
            if parse(&tried).is_some() {
                return VaultError::RecoveryKeyTypo { group: group_of(position) };
            }
        }
        tried[position] = *wrong;
    }
    VaultError::RecoveryKeyUnreadable
}

fn group_of(position: usize) -> u8 {
    u8::try_from(position / GROUP + 1).unwrap_or(GROUPS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> (RecoveryKey, Recovery, MasterKey) {
        let master = MasterKey::make().expect("random");
        let (key, recovery) = RecoveryKey::make(&master, RecordId::new()).expect("made");
        (key, recovery, master)
    }

    #[test]
    fn the_key_opens_however_it_is_typed() {
        let (key, recovery, master) = key();
        let full = key.text.to_string();
        let groups = key.groups().collect::<Vec<_>>();
        assert!(groups[..9].iter().all(|group| group.len() == 6) && groups[9].len() == 4);
        for typed in [
            full.clone(),
            full.to_lowercase(),
            groups.join(" "),
            groups.join("-"),
            format!("  {}\r\n{}", &full[..40], &full[40..]),
        ] {
            assert_eq!(open(&recovery, &typed).expect("opens").expose(), master.expose());
        }
    }

    #[test]
    fn one_wrong_letter_is_placed_in_its_group() {
        let (key, recovery, _) = key();
        for position in 0..LETTERS {
            let mut typed: Vec<char> = key.text.chars().collect();
            let at = PREFIX.len() + position;
            typed[at] = if typed[at] == 'Q' { 'P' } else { 'Q' };
            let typed: String = typed.into_iter().collect();
            match open(&recovery, &typed) {
                Err(VaultError::RecoveryKeyTypo { group }) => {
                    assert_eq!(usize::from(group), position / 6 + 1)
                }
                other => panic!("{position}: {:?}", other.err()),
            }
        }
        let mut foreign: Vec<char> = key.text.chars().collect();
        foreign[PREFIX.len() + 20] = 'b';
        assert!(matches!(
            open(&recovery, &foreign.iter().collect::<String>()),
            Err(VaultError::RecoveryKeyTypo { group: 4 })
        ));
    }

    #[test]
    fn missing_and_swapped_groups_and_other_keys_are_refused_by_name() {
        let (key, recovery, _) = key();
        let text = key.text.as_str();
        assert!(matches!(open(&recovery, &text[..text.len() - 3]), Err(VaultError::RecoveryKeyUnreadable)));
        assert!(matches!(open(&recovery, ""), Err(VaultError::RecoveryKeyUnreadable)));
        let mut groups: Vec<&str> = key.groups().collect();
        groups.swap(2, 5);
        assert!(matches!(open(&recovery, &groups.concat()), Err(VaultError::RecoveryKeyUnreadable)));
        let (other, ..) = self::key();
        assert!(matches!(open(&recovery, &other.text), Err(VaultError::RecoveryKeyOfAnother)));
    }

    #[test]
    fn two_groups_are_asked_back_and_the_wrong_one_is_named() {
        let (key, ..) = key();
        for _ in 0..200 {
            let challenge = key.challenge().expect("drawn");
            assert!(challenge.first >= 1 && challenge.first < challenge.second && challenge.second <= 10);
            let (first, second) =
                (key.group(challenge.first).to_lowercase(), format!(" {} ", key.group(challenge.second)));
            key.confirm(challenge, &first, &second).expect("as the sheet says");
            match key.confirm(challenge, &first, "XXXXXX") {
                Err(VaultError::GroupDiffers { group }) => assert_eq!(group, challenge.second),
                other => panic!("{other:?}"),
            }
        }
    }
}
