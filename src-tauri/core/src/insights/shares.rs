//! Where new patients come from.

use serde::Serialize;

use super::ratio::Ratio;

/// One class or type of source and its part.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Share {
    /// The class or type, as a code.
    pub code: String,
    /// Its new patients ÷ new patients with a source.
    pub ratio: Ratio,
}

/// `source_share`: new patients of the class/type/channel ÷ new patients with source, P by registration.
/// A patient is registered by the first inbound referral. The strongest first.
pub fn source_share(counts: impl IntoIterator<Item = (String, u32)>) -> Vec<Share> {
    let mut counts: Vec<(String, u32)> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    let all = counts.iter().map(|(_, count)| count).sum();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts.into_iter().map(|(code, count)| Share { code, ratio: Ratio::new(count, all) }).collect()
}

/// `capture_rate`: new patients registered in P with named source ÷ all.
pub fn capture_rate(named: u32, all: u32) -> Ratio {
    Ratio::new(named, all)
}

/// `asked_rate`: new patients registered in P who were asked who sent them ÷ all.
pub fn asked_rate(asked: u32, all: u32) -> Ratio {
    Ratio::new(asked, all)
}

/// `unknown_share`: new patients registered in P without source ÷ all.
pub fn unknown_share(without_source: u32, all: u32) -> Ratio {
    Ratio::new(without_source, all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_the_patients_with_a_source_and_the_strongest_stands_first() {
        let shares =
            source_share([("source".to_owned(), 5), ("medical".to_owned(), 15), ("business".to_owned(), 0)]);
        assert_eq!(
            shares.iter().map(|s| (s.code.as_str(), s.ratio.a, s.ratio.b)).collect::<Vec<_>>(),
            [("medical", 15, 20), ("source", 5, 20)]
        );
        assert_eq!(unknown_share(3, 23).percent, Some(13.0));
    }
}
