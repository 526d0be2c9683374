//! The words the network room is described with: classes, types, roles, ways to meet and to be reached.
//!
//! Each is a closed list with a code; the file keeps the code, the screens have the word in their language.

use serde::{Deserialize, Serialize};

/// Declares a closed list: its codes on the wire and in the file, and the English words of exports.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal, $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "specta", derive(specta::Type))]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $code)] $variant,)*
        }

        impl $name {
            /// All of them, in the order screens show them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code, as the file keeps it.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// The English word, for exports and messages.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),* }
            }

            /// From its code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }
        }

        impl rusqlite::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.code().into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                Self::from_code(value.as_str()?).ok_or(rusqlite::types::FromSqlError::InvalidType)
            }
        }
    };
}

coded! {
    /// What kind of partner somebody is. Each class has its own types.
    PartnerClass {
        /// A practice, clinic or clinician.
        Medical = "medical", "Medical";
        /// A local business or community group.
        Business = "business", "Business";
        /// A patient, or their family and friends, who refers others.
        Patient = "patient", "Patient";
        /// Not a person: an advert, the web, an event.
        Source = "source", "Non-person source";
    }
}

coded! {
    /// How close a partner is.
    Ring {
        /// Not there yet.
        Prospect = "prospect", "Prospect";
        /// We work together.
        Active = "active", "Active";
        /// One of the few we care for most.
        Core = "core", "Core";
        /// Left alone for now.
        Parked = "parked", "Parked";
        /// The relationship has ended.
        Ended = "ended", "Ended";
    }
}

impl Ring {
    /// Where a partner stands: ended if it is, else where somebody put it, else by whether anything was ever referred.
    pub fn shown(by_hand: Option<Self>, status: Status) -> Self {
        match (status, by_hand) {
            (Status::Ended, _) => Self::Ended,
            (_, Some(ring)) => ring,
            (Status::Prospect, None) => Self::Prospect,
            (_, None) => Self::Active,
        }
    }
}

coded! {
    /// The type of a partner within its class.
    PartnerType {
        /// Family medicine, internal medicine as the home doctor.
        PrimaryCare = "primary_care", "Primary care";
        /// Pediatrics.
        Pediatrics = "pediatrics", "Pediatrics";
        /// A specialist's practice.
        Specialist = "specialist", "Specialist";
        /// Urgent care.
        UrgentCare = "urgent_care", "Urgent care";
        /// A dentist.
        Dentist = "dentist", "Dentist";
        /// An optometrist or optician.
        Optometrist = "optometrist", "Optometrist or optician";
        /// Physical therapy.
        PhysicalTherapist = "physical_therapist", "Physical therapist";
        /// A podiatrist.
        Podiatrist = "podiatrist", "Podiatrist";
        /// A chiropractor.
        Chiropractor = "chiropractor", "Chiropractor";
        /// A psychologist.
        Psychologist = "psychologist", "Psychologist";
        /// A dietitian.
        Dietitian = "dietitian", "Dietitian";
        /// A pharmacy.
        Pharmacy = "pharmacy", "Pharmacy";
        /// Home health.
        HomeHealth = "home_health", "Home health";
        /// Imaging or laboratory.
        ImagingLab = "imaging_lab", "Imaging or lab";
        /// A hospital or hospital system.
        Hospital = "hospital", "Hospital or system";
        /// A clinic of several specialties.
        MultiSpecialtyClinic = "multi_specialty_clinic", "Multi-specialty clinic";
        /// A destination programme or country.
        DestinationProgramme = "destination_programme", "Destination programme or country";
        /// A facilitator of medical travel.
        Facilitator = "facilitator", "Facilitator";
        /// A clinician whose specialty is not known yet.
        Practitioner = "practitioner", "Practitioner";
        /// A practice of which no more is known yet.
        OtherMedical = "other_medical", "Other medical";
        /// A gym.
        Gym = "gym", "Gym";
        /// A personal trainer.
        PersonalTrainer = "personal_trainer", "Personal trainer";
        /// A yoga or sports leader.
        SportLeader = "sport_leader", "Yoga or sport leader";
        /// A performer.
        Performer = "performer", "Performer";
        /// A school or teacher.
        School = "school", "School or teacher";
        /// Child care.
        ChildCare = "child_care", "Child care";
        /// A shop or retailer.
        Shop = "shop", "Shop or retailer";
        /// A salon or spa.
        SalonSpa = "salon_spa", "Salon or spa";
        /// An employer.
        Employer = "employer", "Employer";
        /// A realtor.
        Realtor = "realtor", "Realtor";
        /// A senior residence.
        SeniorResidence = "senior_residence", "Senior residence";
        /// A chamber or association.
        Association = "association", "Chamber or association";
        /// A community group.
        CommunityGroup = "community_group", "Community group";
        /// A business of which no more is known yet.
        OtherBusiness = "other_business", "Other business";
        /// A patient of ours.
        Patient = "patient", "Patient";
        /// Family or a friend of a patient.
        FamilyFriend = "family_friend", "Family or friend";
        /// An advert.
        Advert = "advert", "Advert";
        /// Our web site.
        WebSite = "web_site", "Web site";
        /// A search engine.
        Search = "search", "Search";
        /// A directory, e.g. the insurer's.
        Directory = "directory", "Directory";
        /// Social media.
        SocialMedia = "social_media", "Social media";
        /// An event.
        Event = "event", "Event";
        /// Walked in from the street.
        WalkIn = "walk_in", "Walk-in";
        /// The patient came by themselves.
        SelfReferred = "self_referred", "Self-referred";
        /// A friend whose name was not told.
        UnnamedFriend = "unnamed_friend", "Unnamed friend";
        /// Not known.
        Unknown = "unknown", "Unknown";
    }
}

impl PartnerType {
    /// The class the type belongs to.
    pub fn class(self) -> PartnerClass {
        use PartnerType::{
            Advert, Association, ChildCare, CommunityGroup, Directory, Employer, Event, FamilyFriend, Gym,
            OtherBusiness, Patient, Performer, PersonalTrainer, Realtor, SalonSpa, School, Search,
            SelfReferred, SeniorResidence, Shop, SocialMedia, SportLeader, Unknown, UnnamedFriend, WalkIn,
            WebSite,
        };
        match self {
            Gym | PersonalTrainer | SportLeader | Performer | School | ChildCare | Shop | SalonSpa
            | Employer | Realtor | SeniorResidence | Association | CommunityGroup | OtherBusiness => {
                PartnerClass::Business
            }
            Patient | FamilyFriend => PartnerClass::Patient,
            Advert | WebSite | Search | Directory | SocialMedia | Event | WalkIn | SelfReferred
            | UnnamedFriend | Unknown => PartnerClass::Source,
            _ => PartnerClass::Medical,
        }
    }

    /// The type a partner of this class has while nothing else is known.
    pub fn of_class(class: PartnerClass) -> Self {
        match class {
            PartnerClass::Medical => Self::OtherMedical,
            PartnerClass::Business => Self::OtherBusiness,
            PartnerClass::Patient => Self::Patient,
            PartnerClass::Source => Self::Unknown,
        }
    }
}

/// A type and its class, as the catalogue lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TypeInfo {
    /// The type.
    #[serde(rename = "type")]
    pub partner_type: PartnerType,
    /// Its class.
    pub class: PartnerClass,
}

/// Every type with its class, in the order screens show them.
pub fn type_catalogue() -> Vec<TypeInfo> {
    PartnerType::ALL.iter().map(|t| TypeInfo { partner_type: *t, class: t.class() }).collect()
}

coded! {
    /// What a person is, at a partner or in general.
    PersonRole {
        /// A physician.
        Physician = "physician", "Physician";
        /// A nurse practitioner or physician assistant.
        AdvancedPractitioner = "advanced_practitioner", "Nurse practitioner or PA";
        /// A nurse.
        Nurse = "nurse", "Nurse";
        /// A dentist.
        Dentist = "dentist", "Dentist";
        /// Another clinician or therapist.
        Therapist = "therapist", "Therapist";
        /// Leads the practice's office.
        PracticeManager = "practice_manager", "Practice manager";
        /// Sends and receives referrals.
        ReferralCoordinator = "referral_coordinator", "Referral coordinator";
        /// Sits at the front desk.
        FrontDesk = "front_desk", "Front desk";
        /// A medical assistant.
        MedicalAssistant = "medical_assistant", "Medical assistant";
        /// Bills.
        Billing = "billing", "Billing";
        /// Owns the place.
        Owner = "owner", "Owner";
        /// Leads a gym.
        GymManager = "gym_manager", "Gym manager";
        /// Trains people.
        Trainer = "trainer", "Trainer";
        /// Teaches.
        Teacher = "teacher", "Teacher";
        /// Leads a business or a part of it.
        Manager = "manager", "Manager";
        /// Speaks for an organisation outside.
        Liaison = "liaison", "Liaison";
        /// A patient.
        Patient = "patient", "Patient";
        /// Anything else.
        Other = "other", "Other";
    }
}

coded! {
    /// How the relationship began.
    HowMet {
        /// We looked for them, or they for us.
        Sought = "sought", "Sought";
        /// Somebody introduced us.
        Introduced = "introduced", "Introduced";
        /// At an event.
        Event = "event", "Event";
        /// By chance.
        Accident = "accident", "By chance";
    }
}

coded! {
    /// A way to reach somebody.
    ContactKind {
        /// A telephone.
        Phone = "phone", "Phone";
        /// A mobile telephone.
        Mobile = "mobile", "Mobile";
        /// A fax.
        Fax = "fax", "Fax";
        /// An e-mail address.
        Email = "email", "E-mail";
        /// A web site.
        Web = "web", "Web site";
        /// A name on social media.
        Social = "social", "Social media";
    }
}

coded! {
    /// What stands at a postal address.
    AddressKind {
        /// Where they work.
        Work = "work", "Work";
        /// Where mail goes.
        Mail = "mail", "Mail";
        /// Where they live.
        Home = "home", "Home";
    }
}

coded! {
    /// The measure `status`: where a relationship stands.
    Status {
        /// Referrals come or go at the usual rhythm.
        Active = "active", "Active";
        /// Silent for longer than usual.
        Cooling = "cooling", "Cooling";
        /// Silent for much longer than usual.
        Dormant = "dormant", "Dormant";
        /// No referral either way ever.
        Prospect = "prospect", "Prospect";
        /// We ended it, or they did.
        Ended = "ended", "Ended";
    }
}

/// A partner or a person, where either can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Party {
    /// A partner.
    Partner(crate::foundation::id::PartnerId),
    /// A person.
    Person(crate::foundation::id::PersonId),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_types_and_every_code_is_found_again() {
        for class in PartnerClass::ALL {
            assert!(type_catalogue().iter().any(|t| t.class == *class));
            assert_eq!(PartnerType::of_class(*class).class(), *class);
        }
        for kind in PartnerType::ALL {
            assert_eq!(PartnerType::from_code(kind.code()), Some(*kind));
            assert_eq!(serde_json::to_string(kind).unwrap(), format!("\"{}\"", kind.code()));
        }
    }
}
