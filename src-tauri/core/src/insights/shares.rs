//! Where new patients come from.

use std::collections::HashMap;

use serde::Serialize;

use super::ratio::Ratio;
use super::rows::Hand;
use crate::foundation::id::ProfileId;

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

/// How often one of us, or an import, learned who sent a new patient.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TakenIn {
    /// The name of the profile; none for what was imported.
    pub name: Option<String>,
    /// The measure `capture_rate` of the new patients they took in.
    pub capture_rate: Ratio,
    /// The measure `asked_rate` of them.
    pub asked_rate: Ratio,
}

/// New patients somebody took in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asking {
    all: u32,
    named: u32,
    asked: u32,
}

impl Asking {
    pub(super) fn count(&mut self, named: bool, asked: bool) {
        self.all += 1;
        self.named += u32::from(named);
        self.asked += u32::from(asked);
    }
}

/// The two rates by who took the referral in: no ranking but by name, what was imported last.
pub(super) fn taken_in(by: HashMap<Hand, Asking>, names: &HashMap<ProfileId, String>) -> Vec<TakenIn> {
    let named = |hand| match hand {
        Hand::Staff(id) => Some((Some(names.get(&id).map_or("—", String::as_str)), Some(id))),
        Hand::Import => Some((None, None)),
        Hand::Nobody => None,
    };
    let mut all: Vec<_> =
        by.into_iter().filter_map(|(hand, asking)| named(hand).map(|who| (who, asking))).collect();
    all.sort_by_cached_key(|((name, id), _)| (name.is_none(), name.map(str::to_lowercase), *id));
    all.into_iter()
        .map(|((name, _), asking)| TakenIn {
            name: name.map(str::to_owned),
            capture_rate: capture_rate(asking.named, asking.all),
            asked_rate: asked_rate(asking.asked, asking.all),
        })
        .collect()
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

    #[test]
    fn who_took_patients_in_stands_by_name_whatever_their_rates_and_imports_stand_last() {
        let [zoe, adam, other] = [(); 3].map(|()| ProfileId::new());
        let names = HashMap::from([(zoe, "Zoe".to_owned()), (adam, "adam".to_owned())]);
        let asking = |all, named, asked| Asking { all, named, asked };
        let by = HashMap::from([
            (Hand::Import, asking(9, 9, 9)),
            (Hand::Staff(zoe), asking(5, 5, 5)),
            (Hand::Staff(adam), asking(4, 1, 2)),
            (Hand::Staff(other), asking(1, 0, 0)),
            (Hand::Nobody, asking(3, 3, 3)),
        ]);
        let told: Vec<_> = taken_in(by, &names)
            .into_iter()
            .map(|one| (one.name, one.capture_rate.words(), one.asked_rate.words(), one.capture_rate.percent))
            .collect();
        let row = |name: Option<&str>, named: &str, asked: &str, percent| {
            (name.map(str::to_owned), named.to_owned(), asked.to_owned(), percent)
        };
        assert_eq!(
            told,
            [
                row(Some("adam"), "1 of 4", "2 of 4", None),
                row(Some("Zoe"), "5 of 5", "5 of 5", Some(100.0)),
                row(Some("—"), "0 of 1", "0 of 1", None),
                row(None, "9 of 9", "9 of 9", Some(100.0)),
            ]
        );
    }
}
