//! What a partner is good for, as a patient asks: recorded fact by fact. What is not recorded is not known.

use serde::{Deserialize, Serialize};

use super::issues::Issue;
use crate::foundation::id::PartnerId;
use crate::practice::Practice;
use crate::referrals::checks::line;
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::rows::{help as rows, intake};
use crate::referrals::types::codes;
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

codes! {
    /// Whom a patient sees.
    Gender {
        /// A woman.
        Female = "female",
        /// A man.
        Male = "male",
        /// Somebody who is neither.
        Other = "other",
    }
}

codes! {
    /// What a recorded fact is about.
    FactKind {
        /// A problem they help with.
        HelpsWith = "helps_with",
        /// What they are not suited for.
        NotSuitedFor = "not_suited_for",
        /// A language spoken there.
        Language = "language",
        /// Who sees patients there.
        Gender = "gender",
        /// A way to pay.
        Cost = "cost",
        /// An insurance they take.
        Insurance = "insurance",
        /// An insurance they refuse.
        NoInsurance = "no_insurance",
        /// A technology.
        Technology = "technology",
        /// When they can be reached or visited.
        ContactTime = "contact_time",
        /// A need they meet.
        Need = "need",
        /// How far from us, in meters.
        Distance = "distance",
        /// Nobody is sent there, and why.
        DoNotUse = "do_not_use",
    }
}

/// What a partner is good for. What is left empty is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Strengths {
    /// Problems they help with.
    pub helps_with: Vec<String>,
    /// What they are not suited for.
    pub not_suited_for: Vec<String>,
    /// Languages spoken there.
    pub languages: Vec<String>,
    /// Who sees patients there.
    pub genders: Vec<Gender>,
    /// Ways to pay.
    pub costs: Vec<String>,
    /// Insurances they take.
    pub insurances: Vec<String>,
    /// Insurances they refuse.
    pub no_insurances: Vec<String>,
    /// Technologies.
    pub technologies: Vec<String>,
    /// When they can be reached or visited.
    pub contact_times: Vec<String>,
    /// Needs they meet.
    pub needs: Vec<String>,
    /// How far from us, in meters.
    pub distance_m: Option<u32>,
    /// Nobody is sent there, and why.
    pub do_not_use: Option<String>,
}

/// How long a fact may be, and how many of a kind there may be.
const WORDS: usize = 100;
const MOST: usize = 50;
const FARTHEST_M: u32 = 20_100_000;

impl Strengths {
    /// From the file.
    pub(in crate::referrals) fn of(facts: Vec<(FactKind, String)>) -> Self {
        let mut known = Self::default();
        for (kind, value) in facts {
            match kind {
                FactKind::HelpsWith => known.helps_with.push(value),
                FactKind::NotSuitedFor => known.not_suited_for.push(value),
                FactKind::Language => known.languages.push(value),
                FactKind::Gender => known.genders.extend(Gender::from_code(&value)),
                FactKind::Cost => known.costs.push(value),
                FactKind::Insurance => known.insurances.push(value),
                FactKind::NoInsurance => known.no_insurances.push(value),
                FactKind::Technology => known.technologies.push(value),
                FactKind::ContactTime => known.contact_times.push(value),
                FactKind::Need => known.needs.push(value),
                FactKind::Distance => known.distance_m = value.parse().ok(),
                FactKind::DoNotUse => known.do_not_use = Some(value),
            }
        }
        known
    }

    /// As the file keeps them, checked.
    fn facts(&self) -> Result<Vec<(FactKind, String)>, ReferralError> {
        let lists = [
            ("helpsWith", FactKind::HelpsWith, &self.helps_with),
            ("notSuitedFor", FactKind::NotSuitedFor, &self.not_suited_for),
            ("languages", FactKind::Language, &self.languages),
            ("costs", FactKind::Cost, &self.costs),
            ("insurances", FactKind::Insurance, &self.insurances),
            ("noInsurances", FactKind::NoInsurance, &self.no_insurances),
            ("technologies", FactKind::Technology, &self.technologies),
            ("contactTimes", FactKind::ContactTime, &self.contact_times),
            ("needs", FactKind::Need, &self.needs),
        ];
        let mut facts: Vec<(FactKind, String)> = Vec::new();
        let mut put = |fact| {
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        };
        for (field, kind, values) in lists {
            if values.len() > MOST {
                return invalid(field, Problem::Path("Keep it to 50 entries."));
            }
            for value in values {
                if let Some(value) = line(field, Some(value), WORDS)? {
                    put((kind, value));
                }
            }
        }
        self.genders.iter().for_each(|gender| put((FactKind::Gender, gender.code().to_owned())));
        if let Some(distance) = self.distance_m {
            if distance > FARTHEST_M {
                return invalid("distance", Problem::Path("Give a distance up to 12,500 miles."));
            }
            put((FactKind::Distance, distance.to_string()));
        }
        if let Some(reason) = line("doNotUse", self.do_not_use.as_deref(), 500)? {
            put((FactKind::DoNotUse, reason));
        }
        let both = self.insurances.iter().find(|taken| {
            self.no_insurances.iter().any(|refused| refused.trim().eq_ignore_ascii_case(taken.trim()))
        });
        if both.is_some() {
            return invalid("noInsurances", Problem::Path("An insurance is either taken or refused."));
        }
        Ok(facts)
    }
}

/// What is recorded of a partner for finding help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HelpFacts {
    /// What it is good for.
    pub strengths: Strengths,
    /// Concerns, the open ones first, then the newest.
    pub issues: Vec<Issue>,
}

/// What is recorded of a partner.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn help_facts(practice: &Practice, partner: PartnerId) -> Result<HelpFacts, ReferralError> {
    practice.may(Need::Read(Area::Network))?;
    practice.read(|conn| {
        if !rows::can_help(conn, partner)? {
            return Err(ReferralError::Missing);
        }
        Ok(HelpFacts {
            strengths: Strengths::of(rows::strengths(conn, partner)?),
            issues: rows::issues(conn, partner)?,
        })
    })
}

/// Puts down what a partner is good for, whole: what is left out is not known any more.
///
/// # Errors
/// [`ReferralError::Invalid`] for something too long, too much, or an insurance both taken and refused;
/// [`ReferralError::Missing`]; those of the file.
pub fn set_strengths(
    practice: &Practice,
    partner: PartnerId,
    new: &Strengths,
) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Network))?;
    let facts = new.facts()?;
    practice.write(Label::hand("strengths_set", ""), |tx| {
        if !rows::can_help(tx, partner)? {
            return Err(ReferralError::Missing);
        }
        tx.subject(intake::party_label(tx, (Some(partner), None))?);
        let before = rows::strengths(tx, partner)?;
        for (kind, value) in before.iter().filter(|fact| !facts.contains(fact)) {
            rows::remove_strength(tx, partner, *kind, value)?;
        }
        for (kind, value) in facts.iter().filter(|fact| !before.contains(fact)) {
            rows::add_strength(tx, partner, *kind, value)?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_down_is_read_back() {
        let all = Strengths {
            helps_with: vec!["knee pain".into()],
            languages: vec!["Spanish".into(), "English".into()],
            genders: vec![Gender::Female],
            distance_m: Some(4_000),
            do_not_use: Some("moved".into()),
            ..Strengths::default()
        };
        assert_eq!(Strengths::of(all.facts().expect("facts")), all);
    }

    #[test]
    fn an_insurance_is_taken_or_refused() {
        let both = Strengths {
            insurances: vec!["Acme".into()],
            no_insurances: vec!["acme ".into()],
            ..Strengths::default()
        };
        assert!(matches!(both.facts(), Err(ReferralError::Invalid { field: "noInsurances", .. })));
    }
}
