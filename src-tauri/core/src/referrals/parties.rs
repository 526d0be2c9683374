//! From what somebody answered to the partner and person it means, adding them where they are new.

use chrono::NaiveDate;

use super::error::{Problem, ReferralError, invalid};
use super::rows::intake as rows;
use super::types::{ReferralSource, SourceAnswer};
use crate::foundation::id::{PartnerId, PersonId};
use crate::foundation::text::words;
use crate::network::{NewPartner, NewPerson, PartnerClass, PartnerType, add_partner_in};
use crate::store::Tx;

/// The longest name of a partner.
const NAME: usize = 200;

/// Who is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meant {
    pub(super) partner: Option<PartnerId>,
    pub(super) person: Option<PersonId>,
    pub(super) answer: SourceAnswer,
    /// They were added just now, so nothing can be a duplicate of them.
    pub(super) new: bool,
}

impl Meant {
    const fn nobody(answer: SourceAnswer) -> Self {
        Self { partner: None, person: None, answer, new: false }
    }
}

/// Finds or adds whom `source` names, as of the day of the referral. `field`: where a problem is shown.
pub(super) fn resolve(
    tx: &Tx<'_>,
    source: &ReferralSource,
    on: NaiveDate,
    field: &'static str,
) -> Result<Meant, ReferralError> {
    let meant = |partner, person, new| Meant { partner, person, answer: SourceAnswer::Named, new };
    match source {
        ReferralSource::DoesNotKnow => Ok(Meant::nobody(SourceAnswer::DoesNotKnow)),
        ReferralSource::Declined => Ok(Meant::nobody(SourceAnswer::Declined)),
        ReferralSource::NotAsked => Ok(Meant::nobody(SourceAnswer::NotAsked)),
        ReferralSource::Known { partner: None, person: None } => invalid(field, Problem::NoName),
        ReferralSource::Known { partner: Some(partner), person } => {
            let Some(itself) = rows::partner(tx, *partner)? else { return invalid(field, Problem::Gone) };
            if let Some(person) = person
                && !rows::has_person(tx, *person)?
            {
                return invalid(field, Problem::Gone);
            }
            Ok(meant(Some(*partner), person.or(itself), false))
        }
        ReferralSource::Known { partner: None, person: Some(person) } => {
            if !rows::has_person(tx, *person)? {
                return invalid(field, Problem::Gone);
            }
            Ok(meant(rows::partner_of_person(tx, *person, on)?, Some(*person), false))
        }
        ReferralSource::Patient { patient } => {
            let Some((name, partner)) = rows::referring_patient(tx, *patient)? else {
                return invalid(field, Problem::Gone);
            };
            if partner.is_some() {
                return Ok(meant(partner, None, false));
            }
            let partner =
                add_partner_in(tx, &NewPartner::named(PartnerClass::Patient, PartnerType::Patient, name))?;
            rows::tie_to_patient(tx, partner, *patient)?;
            Ok(meant(Some(partner), None, true))
        }
        ReferralSource::NewName { text, class } => {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if words(&text).is_empty() {
                return invalid(field, Problem::NoName);
            }
            if text.chars().count() > NAME {
                return invalid(field, Problem::TooLong(NAME));
            }
            let guess = Guess::of(&text, *class);
            let new = if guess.individual {
                NewPartner {
                    individual: Some(NewPerson { name: text, ..NewPerson::default() }),
                    ..NewPartner::named(guess.partner_type.class(), guess.partner_type, "")
                }
            } else {
                NewPartner::named(guess.partner_type.class(), guess.partner_type, text)
            };
            let partner = add_partner_in(tx, &new)?;
            Ok(meant(Some(partner), rows::partner(tx, partner)?.flatten(), true))
        }
    }
}

/// What a new name most likely is. Wrong guesses are corrected on the partner's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Guess {
    partner_type: PartnerType,
    individual: bool,
}

/// Letters behind a clinician's name, and titles before it.
const CLINICIAN: &[(&str, PartnerType)] = &[
    ("dds", PartnerType::Dentist),
    ("dmd", PartnerType::Dentist),
    ("dpm", PartnerType::Podiatrist),
    ("dc", PartnerType::Chiropractor),
    ("dpt", PartnerType::PhysicalTherapist),
    ("pt", PartnerType::PhysicalTherapist),
    ("psyd", PartnerType::Psychologist),
    ("rd", PartnerType::Dietitian),
    ("rdn", PartnerType::Dietitian),
    ("od", PartnerType::Optometrist),
    ("md", PartnerType::Practitioner),
    ("do", PartnerType::Practitioner),
    ("np", PartnerType::Practitioner),
    ("fnp", PartnerType::Practitioner),
    ("aprn", PartnerType::Practitioner),
    ("pa", PartnerType::Practitioner),
    ("pac", PartnerType::Practitioner),
    ("rn", PartnerType::Practitioner),
    ("dr", PartnerType::Practitioner),
    ("doctor", PartnerType::Practitioner),
];

/// Words that tell what an organisation is; the first that fits decides.
const ORGANISATION: &[(&str, PartnerType)] = &[
    ("urgent", PartnerType::UrgentCare),
    ("pediatrics", PartnerType::Pediatrics),
    ("pediatric", PartnerType::Pediatrics),
    ("dental", PartnerType::Dentist),
    ("dentistry", PartnerType::Dentist),
    ("podiatry", PartnerType::Podiatrist),
    ("chiropractic", PartnerType::Chiropractor),
    ("physical", PartnerType::PhysicalTherapist),
    ("physiotherapy", PartnerType::PhysicalTherapist),
    ("pharmacy", PartnerType::Pharmacy),
    ("imaging", PartnerType::ImagingLab),
    ("radiology", PartnerType::ImagingLab),
    ("laboratory", PartnerType::ImagingLab),
    ("hospital", PartnerType::Hospital),
    ("family", PartnerType::PrimaryCare),
    ("internal", PartnerType::PrimaryCare),
    ("primary", PartnerType::PrimaryCare),
    ("vision", PartnerType::Optometrist),
    ("optical", PartnerType::Optometrist),
    ("neurology", PartnerType::Specialist),
    ("cardiology", PartnerType::Specialist),
    ("rheumatology", PartnerType::Specialist),
    ("gym", PartnerType::Gym),
    ("fitness", PartnerType::Gym),
    ("strength", PartnerType::Gym),
    ("crossfit", PartnerType::Gym),
    ("yoga", PartnerType::SportLeader),
    ("pilates", PartnerType::SportLeader),
    ("school", PartnerType::School),
    ("academy", PartnerType::School),
    ("salon", PartnerType::SalonSpa),
    ("spa", PartnerType::SalonSpa),
    ("realty", PartnerType::Realtor),
    ("chamber", PartnerType::Association),
    ("club", PartnerType::CommunityGroup),
    ("church", PartnerType::CommunityGroup),
    ("shop", PartnerType::Shop),
    ("store", PartnerType::Shop),
    ("inc", PartnerType::OtherBusiness),
    ("llc", PartnerType::OtherBusiness),
    ("google", PartnerType::Search),
    ("facebook", PartnerType::SocialMedia),
    ("instagram", PartnerType::SocialMedia),
    ("website", PartnerType::WebSite),
    ("clinic", PartnerType::OtherMedical),
    ("medicine", PartnerType::OtherMedical),
    ("medical", PartnerType::OtherMedical),
    ("health", PartnerType::OtherMedical),
    ("associates", PartnerType::OtherMedical),
    ("center", PartnerType::OtherMedical),
    ("group", PartnerType::OtherMedical),
    ("care", PartnerType::OtherMedical),
];

impl Guess {
    fn of(text: &str, class: Option<PartnerClass>) -> Self {
        let words = words(text);
        let among = |list: &[(&str, PartnerType)]| {
            list.iter().find(|(word, _)| words.iter().any(|w| w == word)).map(|(_, t)| *t)
        };
        let organisation = among(ORGANISATION);
        let clinician = among(CLINICIAN);
        // "Pine Hollow Family Medicine, Dr. Ito" is a place; "Lena Voss, PT" is a person.
        let guess = match (organisation, clinician) {
            (Some(partner_type), _) => Self { partner_type, individual: false },
            (None, Some(partner_type)) => Self { partner_type, individual: true },
            (None, None) => Self { partner_type: PartnerType::Practitioner, individual: words.len() > 1 },
        };
        match class {
            Some(class) if class != guess.partner_type.class() => {
                let individual =
                    matches!(class, PartnerClass::Medical) && organisation.is_none() && words.len() > 1;
                let partner_type =
                    if individual { PartnerType::Practitioner } else { PartnerType::of_class(class) };
                Self { partner_type, individual }
            }
            _ if !guess.individual && guess.partner_type == PartnerType::Practitioner => {
                Self { partner_type: PartnerType::OtherMedical, individual: false }
            }
            _ => guess,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_name_is_guessed_from_its_words() {
        let cases = [
            ("Keila Ittner, PA", None, PartnerType::Practitioner, true),
            ("Lena Voss PT", None, PartnerType::PhysicalTherapist, true),
            ("Dr. Tully", None, PartnerType::Practitioner, true),
            ("Keila Ittner", None, PartnerType::Practitioner, true),
            ("Ironwood Strength", None, PartnerType::Gym, false),
            ("Pine Hollow Family Medicine", None, PartnerType::PrimaryCare, false),
            ("Kaiser", None, PartnerType::OtherMedical, false),
            ("Google", None, PartnerType::Search, false),
            ("Dale Petrakis", Some(PartnerClass::Patient), PartnerType::Patient, false),
            ("Dale Petrakis", Some(PartnerClass::Business), PartnerType::OtherBusiness, false),
            ("Dale's Gym", Some(PartnerClass::Business), PartnerType::Gym, false),
            ("Ana Ruiz", Some(PartnerClass::Medical), PartnerType::Practitioner, true),
        ];
        for (text, class, partner_type, individual) in cases {
            assert_eq!(Guess::of(text, class), Guess { partner_type, individual }, "{text}");
        }
    }
}
