//! The playbooks that come with Baton: one for every type of partner.

use std::sync::LazyLock;

use serde::Deserialize;

use super::types::PlaybookContent;
use crate::network::PartnerType;

/// One of them.
#[derive(Clone, Debug, Deserialize)]
pub(in crate::outreach) struct Starter {
    /// The type of partner it is for; its code is the code of the playbook.
    pub(in crate::outreach) of: PartnerType,
    #[serde(flatten)]
    pub(in crate::outreach) content: PlaybookContent,
}

static STARTERS: LazyLock<Vec<Starter>> =
    LazyLock::new(|| serde_json::from_str(include_str!("starter.json")).unwrap_or_default());

/// All of them, in the order of the catalogue.
pub(in crate::outreach) fn starters() -> &'static [Starter] {
    &STARTERS
}

#[cfg(test)]
mod tests {
    use super::super::keep::checked;
    use super::*;

    #[test]
    fn every_type_of_partner_has_one_that_can_be_kept_as_it_is() {
        let of: Vec<PartnerType> = starters().iter().map(|starter| starter.of).collect();
        for partner_type in PartnerType::ALL {
            assert_eq!(of.iter().filter(|one| *one == partner_type).count(), 1, "{partner_type:?}");
        }
        for starter in starters() {
            let content = &starter.content;
            assert_eq!(&checked(content).expect("as it is kept"), content, "{:?}", starter.of);
            assert!(content.steps.len() >= 3 && content.talking_points.len() >= 3, "{:?}", starter.of);
            assert!(content.objections.len() >= 2, "{:?}", starter.of);
            let last = content.steps.last().map_or(0, |step| step.after_days);
            assert!(content.stop_after_days.is_none_or(|days| days >= last), "{:?}", starter.of);
        }
    }
}
