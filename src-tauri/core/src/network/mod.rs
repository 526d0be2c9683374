//! The people and places around the practice and where each relationship stands.
//!
//! One operation a file; SQL only in `rows/`. Referrals are counted by triggers (`referral_month`) and settled into
//! `partner_standing`, which is all a list reads. Merging partners, rings and stages are not here.

mod add_partner;
mod add_person;
mod affiliations;
mod bulk;
mod check;
mod completeness;
mod contacts;
mod duplicates;
mod edit_partner;
mod edit_person;
mod error;
mod hand_over;
mod list;
mod merge_people;
mod months;
mod partner_page;
mod patients;
mod person_page;
mod rows;
mod search;
mod standing;
mod tags;
mod trash;
mod types;
mod views;

pub use add_partner::{Beginning, NewPartner, add_partner, add_partner_in};
pub use add_person::{NameParts, NewPerson, add_person, add_person_in};
pub use affiliations::{
    AffiliationChange, Influence, NewAffiliation, affiliate, edit_affiliation, end_affiliation,
    remove_affiliation,
};
pub use bulk::{BulkDone, Refused, set_owner};
pub use contacts::{
    Address, ContactPoint, NewAddress, NewContactPoint, add_address, add_contact_point, edit_address,
    edit_contact_point, remove_address, remove_contact_point,
};
pub use duplicates::{
    Candidate, CandidateKind, PossibleDuplicate, Why, came_since, mark_different, possible_duplicates,
};
pub use edit_partner::{PartnerChange, edit_partner, end_partner, reopen_partner};
pub use edit_person::{PersonChange, edit_person};
pub use error::{Meanwhile, NetworkError};
pub use hand_over::{hand_over, partners_by_owner};
pub use list::{
    Owner, PartnerCounts, PartnerFilter, PartnerList, PartnerQuery, PartnerRow, PartnerSort, StatusCount,
    TypeCount, partner_counts, partner_ids, partners,
};
pub use merge_people::{MergeDifference, MergePreview, merge_people, merge_preview};
pub use partner_page::{
    BeginningShown, Completeness, NamedPartner, NamedPerson, PartnerHeader, PartnerMonth, PartnerNumbers,
    PartnerPage, PersonHere, RequiredItem, partner,
};
pub use patients::{is_patient, name_as_seen};
pub use person_page::{PeopleList, PeopleQuery, PersonPage, PersonRow, PlaceOfWork, people, person};
pub use search::{Hit, HitKind, SearchScope, search};
pub use standing::{Standing, refresh_standing_for_day, settle_standing, standing};
pub use tags::{Tag, TagUse, delete_tag, rename_tag, tag_partners, tags, untag_partners};
pub use trash::{TrashPreview, Trashed, preview_trash, restore, trash, trash_partners, trash_person};
pub use types::{
    AddressKind, ContactKind, HowMet, PartnerClass, PartnerType, Party, PersonRole, Ring, Status, TypeInfo,
    type_catalogue,
};
pub use views::{PartnerView, SavedPartnerView, delete_view, partner_views, rename_view, save_partner_view};
