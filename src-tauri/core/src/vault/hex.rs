//! Bytes as hexadecimal text in `vault.json` and the keyring.

use zeroize::Zeroizing;

/// Lower-case digits, wiped when dropped: what is written may be secret.
pub(super) fn encode(bytes: &[u8]) -> Zeroizing<String> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = Zeroizing::new(String::with_capacity(bytes.len() * 2));
    for byte in bytes {
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    out
}

/// The bytes, or `None` if the text is anything but pairs of hexadecimal digits.
pub(super) fn decode(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    let digit = |c: u8| char::from(c).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let mut out = Zeroizing::new(Vec::with_capacity(text.len() / 2));
    for pair in text.as_bytes().chunks_exact(2) {
        out.push(digit(pair[0])? << 4 | digit(pair[1])?);
    }
    Some(out)
}

/// Exactly `N` bytes.
pub(super) fn decode_exact<const N: usize>(text: &str) -> Option<[u8; N]> {
    decode(text)?.as_slice().try_into().ok()
}

/// A field of `vault.json` written as hexadecimal text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Hex(pub(super) Vec<u8>);

impl Hex {
    /// The bytes if there are exactly `N`.
    pub(super) fn exact<const N: usize>(&self) -> Option<[u8; N]> {
        self.0.as_slice().try_into().ok()
    }
}

impl serde::Serialize for Hex {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&encode(&self.0))
    }
}

impl<'de> serde::Deserialize<'de> for Hex {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        let bytes = decode(&text).ok_or_else(|| serde::de::Error::custom("not hexadecimal"))?;
        Ok(Self(bytes.to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_survive_the_way_through_text_and_nonsense_does_not() {
        assert_eq!(encode(&[0, 0xab, 255]).as_str(), "00abff");
        assert_eq!(decode("00ABff").expect("hex").as_slice(), &[0, 0xab, 255]);
        assert!(decode("0").is_none());
        assert!(decode("0g").is_none());
        assert!(decode("é0").is_none());
        assert_eq!(decode_exact::<2>("0102"), Some([1, 2]));
        assert_eq!(decode_exact::<2>("010203"), None);
    }
}
