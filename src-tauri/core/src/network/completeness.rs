//! The measure `completeness`: whether we know what we should of a partner.

use super::partner_page::{Completeness, RequiredItem};
use super::types::{PartnerClass, PartnerType};

/// What a partner of this type should have.
fn required(partner_type: PartnerType, individual: bool) -> Vec<RequiredItem> {
    use RequiredItem::{Address, FaxOrEmail, HowMet, Npi, Owner, Person, Phone, Specialty};
    let mut items = match partner_type.class() {
        PartnerClass::Medical => vec![Npi, Phone, FaxOrEmail, Address, Person, Owner],
        PartnerClass::Business => vec![Phone, Address, Person, Owner, HowMet],
        PartnerClass::Patient => vec![Phone],
        PartnerClass::Source => Vec::new(),
    };
    if matches!(partner_type, PartnerType::Specialist | PartnerType::Practitioner | PartnerType::OtherMedical) {
        items.insert(1, Specialty);
    }
    if individual {
        items.retain(|item| *item != Person);
    }
    items
}

/// *Present ÷ required items of the type* (section 12).
pub(super) fn completeness(partner_type: PartnerType, individual: bool, has: impl Fn(RequiredItem) -> bool) -> Completeness {
    let items = required(partner_type, individual);
    let missing: Vec<RequiredItem> = items.iter().copied().filter(|item| !has(*item)).collect();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Completeness { present: count(items.len() - missing.len()), required: count(items.len()), missing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_specialist_should_have_more_than_a_web_site() {
        let some = completeness(PartnerType::Specialist, false, |item| item == RequiredItem::Phone);
        assert_eq!((some.present, some.required), (1, 7));
        assert!(some.missing.contains(&RequiredItem::Specialty));
        assert_eq!(completeness(PartnerType::WebSite, false, |_| false), Completeness::default());
    }

    #[test]
    fn a_partner_that_is_a_person_needs_nobody_else() {
        assert!(!completeness(PartnerType::Practitioner, true, |_| false).missing.contains(&RequiredItem::Person));
    }
}
