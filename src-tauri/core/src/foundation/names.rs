//! Names of people and organisations as files and people write them, and how alike two of them are.
//!
//! Pure values: nothing here knows a table. Who is meant by a name is decided by those who also know the practice,
//! the NPI and the telephone.

mod credentials;
mod likeness;
mod nicknames;
mod organisation;
mod organisation_words;
mod person;

pub use credentials::{Credential, Profession, credential, credentials_in};
pub use likeness::{
    Comparison, FamilyLikeness, GivenLikeness, MiddleLikeness, NameParts, likeness, similar, slip_of_a_letter,
};
pub use nicknames::{given_names_agree, is_given_name};
pub use organisation::{OrganisationName, looks_like_organisation, same_organisation};
pub use person::PersonalName;
