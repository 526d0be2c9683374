//! The key of the database: exactly 32 bytes, wiped when dropped, never printed.

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// A raw 256-bit SQLCipher key.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct DbKey([u8; 32]);

impl DbKey {
    /// Takes the key over.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The same key for a copy of the same file.
    pub(crate) fn again(&self) -> Self {
        Self(self.0)
    }

    /// `x'<64 hex digits>'`: the only form SQLCipher takes as a raw key instead of a passphrase.
    pub(super) fn literal(&self) -> Zeroizing<Vec<u8>> {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let mut out = Zeroizing::new(Vec::with_capacity(67));
        out.extend_from_slice(b"x'");
        for byte in self.0 {
            out.push(HEX[usize::from(byte >> 4)]);
            out.push(HEX[usize::from(byte & 15)]);
        }
        out.push(b'\'');
        out
    }
}

impl std::fmt::Debug for DbKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DbKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_literal_is_67_bytes_and_debug_says_nothing() {
        let key = DbKey::new([0xab; 32]);
        assert_eq!(key.literal().len(), 67);
        assert_eq!(&key.literal()[..6], b"x'abab");
        assert_eq!(format!("{key:?}"), "DbKey(…)");
    }
}
