//! The fields a column can be mapped to.

use super::error::ReadError;
use super::words::{says_nothing, stands_for_nothing};
use serde::{Deserialize, Serialize};

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)+) => {
        /// What a column holds. Referrer fields also describe the person or organisation of a contact list.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "specta", derive(specta::Type))]
        #[serde(rename_all = "snake_case")]
        pub enum Field { $($(#[$doc])* $name,)+ }

        impl Field {
            /// All fields, in the order they are offered.
            pub const ALL: &[Field] = &[$(Field::$name,)+];

            /// The code used in scripts and profiles.
            pub fn code(self) -> &'static str {
                match self { $(Field::$name => $code,)+ }
            }
        }
    };
}

fields! {
    /// Not imported.
    #[default] Ignore = "ignore",
    /// Who referred, in one cell.
    Referrer = "referrer",
    /// Given name of the referrer.
    ReferrerGiven = "referrer_given",
    /// Family name of the referrer.
    ReferrerFamily = "referrer_family",
    /// Middle name of the referrer.
    ReferrerMiddle = "referrer_middle",
    /// Credentials of the referrer.
    ReferrerCredentials = "referrer_credentials",
    /// Practice of the referrer.
    ReferrerPractice = "referrer_practice",
    /// NPI of the referrer.
    ReferrerNpi = "referrer_npi",
    /// Telephone of the referrer.
    ReferrerPhone = "referrer_phone",
    /// Fax of the referrer.
    ReferrerFax = "referrer_fax",
    /// E-mail of the referrer.
    ReferrerEmail = "referrer_email",
    /// Street of the referrer.
    ReferrerStreet = "referrer_street",
    /// Town of the referrer.
    ReferrerCity = "referrer_city",
    /// State of the referrer.
    ReferrerState = "referrer_state",
    /// ZIP code of the referrer.
    ReferrerZip = "referrer_zip",
    /// Specialty of the referrer.
    ReferrerSpecialty = "referrer_specialty",
    /// The day the referral arrived.
    ReceivedOn = "received_on",
    /// The day of the first appointment.
    ScheduledOn = "scheduled_on",
    /// The day the patient was seen.
    SeenOn = "seen_on",
    /// The day the referral was closed.
    ClosedOn = "closed_on",
    /// The day the referrer was told that it came, or the receiver confirmed.
    AcknowledgedOn = "acknowledged_on",
    /// The day the report was sent, or received.
    ReportedOn = "reported_on",
    /// The day the patient went back to whoever sent them.
    ReturnedOn = "returned_on",
    /// The day the referrer was thanked.
    ThankedOn = "thanked_on",
    /// The patient's full name.
    Patient = "patient",
    /// The patient's given name.
    PatientGiven = "patient_given",
    /// The patient's family name.
    PatientFamily = "patient_family",
    /// The number of the patient's chart.
    PatientChart = "patient_chart",
    /// The patient's day of birth.
    PatientBorn = "patient_born",
    /// Diagnosis or complaint.
    Reason = "reason",
    /// Service line or procedure.
    Service = "service",
    /// Insurance.
    Payer = "payer",
    /// What became of the referral.
    Status = "status",
    /// How soon the patient has to be seen.
    Urgency = "urgency",
    /// What kind of referral.
    ReferralType = "referral_type",
    /// How far the patient comes.
    Travel = "travel",
    /// The amount.
    Amount = "amount",
    /// The kind of source.
    SourceClass = "source_class",
    /// Inbound, outbound or internal.
    Direction = "direction",
    /// To whom the patient was referred.
    ReferredTo = "referred_to",
    /// Notes.
    Notes = "notes",
    /// Category of a contact.
    Category = "category",
    /// Job title of a contact.
    JobTitle = "job_title",
}

impl Field {
    /// The field of a code; hyphens count as underscores.
    pub fn parse(code: &str) -> Result<Self, ReadError> {
        let wanted = code.trim().to_ascii_lowercase().replace(['-', ' '], "_");
        Self::ALL.iter().copied().find(|field| field.code() == wanted).ok_or_else(|| ReadError::UnknownWord {
            given: code.to_owned(),
            allowed: Self::ALL.iter().map(|field| field.code()).collect::<Vec<_>>().join(", "),
        })
    }

    /// Whether several columns may share the field; their cells are joined.
    pub fn takes_several(self) -> bool {
        matches!(
            self,
            Self::Ignore | Self::ReferrerPhone | Self::ReferrerStreet | Self::SourceClass | Self::Notes
        )
    }

    /// Whether the field is a day.
    pub fn is_date(self) -> bool {
        matches!(
            self,
            Self::ReceivedOn
                | Self::ScheduledOn
                | Self::SeenOn
                | Self::ClosedOn
                | Self::AcknowledgedOn
                | Self::ReportedOn
                | Self::ReturnedOn
                | Self::ThankedOn
                | Self::PatientBorn
        )
    }

    /// Whether a cell of this field says that there is nothing. Names are looked at more closely: some people are called
    /// Null or Na.
    pub(super) fn is_empty_word(self, cell: &str) -> bool {
        let named = matches!(
            self,
            Self::Patient
                | Self::PatientGiven
                | Self::PatientFamily
                | Self::Referrer
                | Self::ReferrerGiven
                | Self::ReferrerMiddle
                | Self::ReferrerFamily
        );
        if named { stands_for_nothing(cell) } else { says_nothing(cell) }
    }

    /// Whether the field is one word out of few.
    pub fn is_word(self) -> bool {
        matches!(
            self,
            Self::Status
                | Self::SourceClass
                | Self::Direction
                | Self::Referrer
                | Self::Urgency
                | Self::ReferralType
                | Self::Travel
        )
    }
}
