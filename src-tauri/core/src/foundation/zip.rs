//! ZIP codes: text, never numbers; a spreadsheet that ate the leading zero gets it back.

/// The five digits with an optional `-dddd`; a text that is no ZIP code (a Canadian code, say) stays as written.
pub fn normal_zip(text: &str) -> String {
    let text = text.trim();
    let (five, four) = match text.split_once(['-', ' ']) {
        Some((five, four)) => (five, four.trim()),
        None => (text, ""),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(five) || !(four.is_empty() || (digits(four) && four.len() == 4)) {
        return text.to_owned();
    }
    match (five.len(), four.is_empty()) {
        (3..=5, true) => format!("{five:0>5}"),
        (3..=5, false) => format!("{five:0>5}-{four}"),
        (8 | 9, true) => {
            let nine = format!("{five:0>9}");
            format!("{}-{}", &nine[..5], &nine[5..])
        }
        _ => text.to_owned(),
    }
}

/// Whether a text has the shape of a ZIP code, with or without its leading zero.
pub fn looks_like_zip(text: &str) -> bool {
    let text = text.trim();
    let (five, four) = text.split_once('-').unwrap_or((text, "0000"));
    (4..=5).contains(&five.len())
        && four.len() == 4
        && five.bytes().chain(four.bytes()).all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_leading_zero_comes_back() {
        let cases = [
            ("4102", "04102"),
            ("04102", "04102"),
            ("04074-8391", "04074-8391"),
            ("4074-8391", "04074-8391"),
            ("040748391", "04074-8391"),
            ("40748391", "04074-8391"),
            ("801", "00801"),
            ("K1A 0B1", "K1A 0B1"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(normal_zip(text), expected, "{text:?}");
        }
    }
}
