//! Passphrases: how they are compared, what makes one good enough, and a phrase to take instead.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::error::VaultError;

/// The shortest passphrase, in characters.
pub const SHORTEST: usize = 12;
/// The longest, in bytes after normalisation.
const LONGEST: usize = 4096;
/// How many words a suggested phrase has: 5 × 11 bits = 55 bits.
const WORDS: usize = 5;
/// More than this is not judged: guessing cost grows with length alone by then, judging time too.
const JUDGED: usize = 100;

/// What somebody typed to unlock. Wiped when dropped, never shown.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes what was typed, composed the same way on every system (NFC). Nothing is trimmed: a space counts.
    ///
    /// # Errors
    /// [`VaultError::PassphraseTooLong`].
    pub fn new(typed: &str) -> Result<Self, VaultError> {
        if typed.len() > LONGEST {
            return Err(VaultError::PassphraseTooLong);
        }
        // Twice the room: composing may lengthen a few scripts, and a growing string would leave copies behind.
        let mut text = Zeroizing::new(String::with_capacity(typed.len() * 3));
        text.extend(typed.nfc());
        Ok(Self(text))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Whether this may protect a practice.
    ///
    /// # Errors
    /// [`VaultError::WeakPassphrase`] with what to do.
    pub fn acceptable(&self) -> Result<(), VaultError> {
        let judged = strength(&self.0);
        if judged.ok { Ok(()) } else { Err(VaultError::WeakPassphrase(judged.feedback.join(" "))) }
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// How hard a passphrase is to guess, as the meter beside the field shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Strength {
    /// 0 (guessed at once) to 4 (not guessed).
    pub score: u8,
    /// Whether it may be used.
    pub ok: bool,
    /// What would make it better; empty if it may be used.
    pub feedback: Vec<String>,
}

/// Judges a passphrase while it is typed: at least 12 characters and a guessing cost of zxcvbn 3.
pub fn strength(typed: &str) -> Strength {
    let text: Zeroizing<String> = Zeroizing::new(typed.nfc().take(JUDGED).collect());
    let judged = zxcvbn::zxcvbn(&text, &["baton", "practice", "referral"]);
    let score = u8::from(judged.score());
    let length = typed.nfc().count();
    let mut feedback = Vec::new();
    if length < SHORTEST {
        feedback.push(format!("Use at least {SHORTEST} characters."));
    }
    if score < 3 {
        if let Some(given) = judged.feedback() {
            feedback.extend(given.warning().map(|warning| warning.to_string()));
            feedback.extend(given.suggestions().iter().map(ToString::to_string));
        }
        if feedback.is_empty() {
            feedback.push("Add another word or two.".into());
        }
    }
    Strength { score, ok: length >= SHORTEST && score >= 3, feedback }
}

/// A phrase of five random words, e.g. "lantern orbit velvet canyon maple": easy to keep, 55 bits to guess.
///
/// # Errors
/// [`VaultError::NoRandomness`].
pub fn suggest_phrase() -> Result<Zeroizing<String>, VaultError> {
    let words = bip39::Language::English.word_list();
    let mut phrase = Zeroizing::new(String::with_capacity(WORDS * 9));
    for position in 0..WORDS {
        let mut drawn = Zeroizing::new([0; 2]);
        getrandom::fill(drawn.as_mut_slice())?;
        // 2,048 words divide 65,536: each is as likely as any other.
        let word = words[usize::from(u16::from_le_bytes(*drawn)) % words.len()];
        if position > 0 {
            phrase.push(' ');
        }
        phrase.push_str(word);
    }
    Ok(phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_and_decomposed_letters_are_the_same_passphrase() {
        let composed = Passphrase::new("caf\u{e9} au lait noir").expect("fits");
        let decomposed = Passphrase::new("cafe\u{301} au lait noir").expect("fits");
        assert_eq!(composed.bytes(), decomposed.bytes());
    }

    #[test]
    fn a_leading_space_and_an_emoji_are_kept() {
        assert_eq!(Passphrase::new(" 🌲 pine").expect("fits").bytes(), " 🌲 pine".as_bytes());
    }

    #[test]
    fn four_thousand_bytes_fit_and_five_thousand_do_not() {
        assert!(Passphrase::new(&"x".repeat(4096)).is_ok());
        assert!(matches!(Passphrase::new(&"x".repeat(5000)), Err(VaultError::PassphraseTooLong)));
    }

    #[test]
    fn short_common_and_repeated_passphrases_are_refused_with_advice() {
        for weak in ["", "x", "Passw0rd!", "password1234", "aaaaaaaaaaaaaaaaaaaa", "qwertyuiopas"] {
            let judged = strength(weak);
            assert!(!judged.ok, "{weak} must not pass");
            assert!(!judged.feedback.is_empty(), "{weak} gets advice");
        }
        assert!(matches!(
            Passphrase::new("short").expect("fits").acceptable(),
            Err(VaultError::WeakPassphrase(_))
        ));
    }

    #[test]
    fn a_suggested_phrase_passes_has_five_words_and_is_never_the_same() {
        let phrases: std::collections::BTreeSet<String> =
            (0..50).map(|_| suggest_phrase().expect("random").to_string()).collect();
        assert_eq!(phrases.len(), 50);
        for phrase in phrases {
            assert_eq!(phrase.split(' ').count(), 5);
            assert!(strength(&phrase).ok, "{phrase}");
        }
    }

    #[test]
    fn nothing_of_a_passphrase_is_printed() {
        assert_eq!(format!("{:?}", Passphrase::new("orchid").expect("fits")), "Passphrase(…)");
    }
}
