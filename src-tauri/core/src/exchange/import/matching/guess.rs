//! What kind of partner somebody probably is, from the words that stand there. A guess is shown and can be changed.

use super::super::row::{Channel, PartyCell};
use crate::foundation::names::{PersonalName, Profession, looks_like_organisation};
use crate::foundation::text::words;
use crate::network::{PartnerType, PersonRole};

/// What a file's own words about the kind of source say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SourceKind {
    pub(super) is_patient: bool,
    pub(super) is_business: bool,
}

/// Reads the columns about the kind of source and the category.
pub(super) fn kind_of_source(cell: &PartyCell) -> SourceKind {
    let mut kind = SourceKind::default();
    for text in [&cell.source_class, &cell.category].into_iter().flatten() {
        let all = words(text);
        let has = |list: &[&str]| all.iter().any(|w| list.contains(&w.as_str()));
        let medical = has(&[
            "physician",
            "physicians",
            "doctor",
            "doctors",
            "provider",
            "providers",
            "medical",
            "clinic",
            "hospital",
            "referrers",
            "dentist",
            "offices",
        ]);
        kind.is_patient |= !medical && has(&["patient", "patients", "family"]);
        kind.is_business |= !medical
            && has(&[
                "business",
                "businesses",
                "employer",
                "employers",
                "marketing",
                "community",
                "vendor",
                "vendors",
                "school",
                "gym",
                "company",
                "organization",
                "organisation",
            ]);
    }
    kind.is_business &= !kind.is_patient;
    kind
}

/// Whether a remark such as `(pt)` calls somebody a patient.
pub(super) fn says_patient(remark: &str) -> bool {
    words(remark).iter().any(|w| matches!(w.as_str(), "pt" | "patient" | "pat"))
}

/// Whether a contact works at the desk.
pub(super) fn is_staff(cell: &PartyCell) -> bool {
    role_of_title(cell.job_title.as_deref().unwrap_or_default()).is_some()
        || cell
            .category
            .as_deref()
            .is_some_and(|c| words(c).iter().any(|w| w == "staff" || w == "vendors" || w == "vendor"))
}

fn role_of_title(title: &str) -> Option<PersonRole> {
    let all = words(title);
    let has = |word: &str| all.iter().any(|w| w == word);
    if has("desk") || has("receptionist") || has("reception") || has("secretary") || has("scheduler") {
        Some(PersonRole::FrontDesk)
    } else if has("coordinator") {
        Some(PersonRole::ReferralCoordinator)
    } else if has("manager") || has("administrator") {
        Some(PersonRole::PracticeManager)
    } else if has("billing") || has("biller") {
        Some(PersonRole::Billing)
    } else if has("owner") {
        Some(PersonRole::Owner)
    } else if has("assistant") && has("medical") {
        Some(PersonRole::MedicalAssistant)
    } else {
        None
    }
}

/// What a person is, from the job title or the credentials.
pub(in super::super) fn role_of(name: &PersonalName, cell: &PartyCell) -> Option<PersonRole> {
    use Profession as P;
    role_of_title(cell.job_title.as_deref().unwrap_or_default()).or_else(|| {
        Some(match name.professions.first()? {
            P::Physician | P::OsteopathicPhysician | P::Podiatrist => PersonRole::Physician,
            P::PhysicianAssistant | P::NursePractitioner => PersonRole::AdvancedPractitioner,
            P::Nurse => PersonRole::Nurse,
            P::Dentist => PersonRole::Dentist,
            P::Lawyer => PersonRole::Other,
            _ => PersonRole::Therapist,
        })
    })
}

/// Words by which a type is recognised, the telling ones first.
const MEDICAL: &[(&[&str], PartnerType)] = &[
    (&["urgent", "uc", "express", "walkin", "immediate"], PartnerType::UrgentCare),
    (&["hospital", "emergency", "er"], PartnerType::Hospital),
    (&["chiropractic", "chiro", "chiropractor"], PartnerType::Chiropractor),
    (&["podiatry", "podiatrist"], PartnerType::Podiatrist),
    (&["dental", "dentistry", "dentist", "orthodontics"], PartnerType::Dentist),
    (&["optometry", "optical", "optometrist", "eyecare"], PartnerType::Optometrist),
    (&["pharmacy", "apothecary"], PartnerType::Pharmacy),
    (&["imaging", "radiology", "laboratory", "mri", "diagnostic"], PartnerType::ImagingLab),
    (&["homecare", "hospice"], PartnerType::HomeHealth),
    (&["pediatrics", "peds", "pediatric", "childrens"], PartnerType::Pediatrics),
    (&["psychology", "psychiatry", "counseling", "behavioral"], PartnerType::Psychologist),
    (&["nutrition", "dietitian"], PartnerType::Dietitian),
    (&["family", "primary", "internal", "adult", "fam", "pcp"], PartnerType::PrimaryCare),
    (&["physiotherapy", "rehab", "rehabilitation"], PartnerType::PhysicalTherapist),
    (
        &[
            "neurology",
            "cardiology",
            "rheumatology",
            "arthritis",
            "orthopedics",
            "orthopaedics",
            "ortho",
            "oncology",
            "endocrinology",
            "dermatology",
            "urology",
            "gastroenterology",
            "gyn",
            "obgyn",
            "womens",
            "pain",
            "sports",
            "spine",
            "surgery",
            "surgical",
            "surgeons",
            "occupational",
            "allergy",
            "pulmonary",
            "physiatry",
            "vascular",
            "ent",
            "nephrology",
            "ophthalmology",
            "neurosurgery",
        ],
        PartnerType::Specialist,
    ),
];

const MEDICAL_ANYWAY: &[&str] = &[
    "health",
    "healthcare",
    "medical",
    "medicine",
    "care",
    "clinic",
    "physicians",
    "wellness",
    "med",
    "practice",
    "therapy",
];

const BUSINESS: &[(&[&str], PartnerType)] = &[
    (&["school", "schools", "college", "university"], PartnerType::School),
    (
        &[
            "yoga",
            "dance",
            "climbing",
            "hockey",
            "running",
            "soccer",
            "swim",
            "tennis",
            "martial",
            "karate",
            "pilates",
            "rowing",
            "cycling",
            "league",
            "club",
            "team",
            "athletics",
        ],
        PartnerType::SportLeader,
    ),
    (&["gym", "fitness", "crossfit", "crosstraining", "training"], PartnerType::Gym),
    (&["academy"], PartnerType::School),
    (&["daycare", "preschool", "nursery"], PartnerType::ChildCare),
    (&["salon", "spa", "barber"], PartnerType::SalonSpa),
    (&["realty", "realtor", "estate", "properties"], PartnerType::Realtor),
    (&["senior", "assisted", "residence", "retirement", "manor", "living"], PartnerType::SeniorResidence),
    (&["chamber", "association", "council", "union", "society"], PartnerType::Association),
    (
        &["church", "ministries", "library", "foundation", "ymca", "ywca", "parish"],
        PartnerType::CommunityGroup,
    ),
    (
        &["shop", "store", "outfitters", "market", "bakery", "cafe", "supply", "retailer", "co"],
        PartnerType::Shop,
    ),
    (
        &[
            "logistics",
            "boatworks",
            "boatyard",
            "shipyard",
            "construction",
            "manufacturing",
            "industries",
            "warehouse",
            "transport",
            "trucking",
            "brewing",
            "brewery",
            "farm",
            "builders",
            "electric",
            "plumbing",
            "hotel",
            "restaurant",
            "employer",
            "landscaping",
            "corp",
            "law",
            "insurance",
            "bank",
            "agency",
        ],
        PartnerType::Employer,
    ),
];

fn first_of(list: &[(&[&str], PartnerType)], all: &[String]) -> Option<PartnerType> {
    list.iter().find(|(telling, _)| all.iter().any(|w| telling.contains(&w.as_str()))).map(|(_, kind)| *kind)
}

/// Whether an organisation's name is a business's and no practice's.
pub(super) fn is_business_name(name: &str) -> bool {
    let all = words(name);
    let sport = all.iter().any(|w| w == "sports");
    first_of(MEDICAL, &all).is_none_or(|_| sport && first_of(BUSINESS, &all).is_some())
        && !all.iter().any(|w| MEDICAL_ANYWAY.contains(&w.as_str()))
        && first_of(BUSINESS, &all).is_some()
}

/// What an organisation probably is.
pub(super) fn type_of_organisation(name: &str, is_business: bool, hints: &[&str]) -> PartnerType {
    let all: Vec<String> = words(name).into_iter().chain(hints.iter().flat_map(|h| words(h))).collect();
    if is_business {
        return first_of(BUSINESS, &all).unwrap_or(PartnerType::OtherBusiness);
    }
    let pair = |a: &str, b: &str| all.windows(2).any(|w| w[0] == a && w[1] == b);
    if pair("physical", "therapy") {
        return PartnerType::PhysicalTherapist;
    }
    if pair("home", "health") || pair("home", "care") {
        return PartnerType::HomeHealth;
    }
    if pair("walk", "in") {
        return PartnerType::UrgentCare;
    }
    first_of(MEDICAL, &all).unwrap_or(PartnerType::OtherMedical)
}

/// What an individual without a known practice probably is.
pub(super) fn type_of_individual(name: &PersonalName, specialty: &str) -> PartnerType {
    use Profession as P;
    let by_specialty = first_of(MEDICAL, &words(specialty));
    by_specialty.unwrap_or(match name.professions.first() {
        Some(P::Podiatrist) => PartnerType::Podiatrist,
        Some(P::Chiropractor) => PartnerType::Chiropractor,
        Some(P::Dentist) => PartnerType::Dentist,
        Some(P::Optometrist) => PartnerType::Optometrist,
        Some(P::PhysicalTherapist | P::OccupationalTherapist | P::AthleticTrainer) => {
            PartnerType::PhysicalTherapist
        }
        Some(P::MentalHealth) => PartnerType::Psychologist,
        Some(P::Dietitian) => PartnerType::Dietitian,
        Some(P::Pharmacist) => PartnerType::Pharmacy,
        _ => PartnerType::Practitioner,
    })
}

/// The partner of class `source` that stands for a channel: its type and the name it is created with.
pub(super) fn source_of(channel: Channel) -> (PartnerType, &'static str) {
    match channel {
        Channel::SelfReferred => (PartnerType::SelfReferred, "Self-referred"),
        Channel::InternetSearch => (PartnerType::Search, "Internet search"),
        Channel::UnnamedFriend => (PartnerType::UnnamedFriend, "Friend or family, not named"),
        Channel::Website => (PartnerType::WebSite, "Website and social media"),
        Channel::InsuranceDirectory => (PartnerType::Directory, "Insurance directory"),
        Channel::Advert => (PartnerType::Advert, "Adverts"),
        Channel::Event => (PartnerType::Event, "Events"),
        Channel::WalkIn => (PartnerType::WalkIn, "Walk-in"),
        Channel::Unknown => (PartnerType::Unknown, "Source not recorded"),
    }
}

/// A person and where they work, written into one cell: `Ito, Keiko MD - Bay Medical Group`, `Bay Medical Group / Keiko Ito`,
/// `Keiko Ito, MD (Bay Medical Group)`. Only where one part is clearly an organisation and the other clearly is not.
pub(super) fn person_and_place(text: &str) -> Option<(&str, &str)> {
    let parts =
        [" - ", " \u{2013} ", " \u{2014} ", " / ", " | ", " @ "].iter().find_map(|by| text.split_once(by));
    let in_brackets = || text.strip_suffix(')').and_then(|open| open.split_once('('));
    let (one, other) = parts.or_else(in_brackets)?;
    let (one, other) = (one.trim(), other.trim());
    let is_person = |part: &str| {
        part.contains([' ', ',']) && !looks_like_organisation(part) && PersonalName::parse(part).is_some()
    };
    match (looks_like_organisation(one), looks_like_organisation(other)) {
        (false, true) if is_person(one) => Some((one, other)),
        (true, false) if is_person(other) => Some((other, one)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn practices_and_businesses_are_told_apart_by_their_words() {
        for (name, kind) in [
            ("Larkspur Internal Medicine", PartnerType::PrimaryCare),
            ("Bell Buoy Pediatrics", PartnerType::Pediatrics),
            ("Seven Oaks UC", PartnerType::UrgentCare),
            ("Osprey Ledge Hospital Emergency Dept", PartnerType::Hospital),
            ("Millrace Spine & Chiropractic", PartnerType::Chiropractor),
            ("Driftway Sports Medicine", PartnerType::Specialist),
        ] {
            assert!(!is_business_name(name), "{name}");
            assert_eq!(type_of_organisation(name, false, &[]), kind, "{name}");
        }
        for (name, kind) in [
            ("Ironpine Fitness", PartnerType::Gym),
            ("Lowtide Yoga Studio", PartnerType::SportLeader),
            ("Northfold High School Athletics", PartnerType::School),
            ("Puffin Logistics", PartnerType::Employer),
            ("Harborlight Senior Living", PartnerType::SeniorResidence),
        ] {
            assert!(is_business_name(name), "{name}");
            assert_eq!(type_of_organisation(name, true, &[]), kind, "{name}");
        }
    }
}
