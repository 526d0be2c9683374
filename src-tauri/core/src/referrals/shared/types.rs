//! What a care group says.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::foundation::id::{PartnerId, RecordId, ReferralId};
use crate::referrals::process::Holder;
use crate::referrals::types::codes;

codes! {
    /// What a group is for.
    GroupKind {
        /// Two or more look after the patient side by side.
        CoManagement = "co_management",
        /// Several talk a case over.
        CaseGroup = "case_group",
    }
}

/// A member as the form has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MemberForm {
    /// The member, if it is there already.
    pub id: Option<RecordId>,
    /// The partner; none: our own practice.
    pub partner: Option<PartnerId>,
    /// What they are in it, e.g. surgeon, home doctor.
    pub role: String,
    /// What they do.
    pub part: String,
    /// Who sees to it.
    pub holder: Option<Holder>,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// It is done.
    pub done_on: Option<NaiveDate>,
    /// They lead.
    pub leads: bool,
}

/// A group as the form has it; it is kept whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct GroupForm {
    /// What it is for.
    pub kind: GroupKind,
    /// The plan all share.
    pub plan: Option<String>,
    /// Who is in it.
    pub members: Vec<MemberForm>,
}

/// A member on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CareMember {
    /// The member.
    pub id: RecordId,
    /// The partner; none: our own practice.
    pub partner: Option<PartnerId>,
    /// Its name, or that of the practice.
    pub name: String,
    /// What they are in it.
    pub role: String,
    /// What they do.
    pub part: String,
    /// Who sees to it.
    pub holder: Holder,
    /// Their name.
    pub holder_name: String,
    /// By when.
    pub due_on: NaiveDate,
    /// It is done.
    pub done_on: Option<NaiveDate>,
    /// They lead.
    pub leads: bool,
    /// It is not done and the day is past.
    pub late: bool,
}

/// A group on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CareGroup {
    /// The record.
    pub id: RecordId,
    /// The patient, by name or token.
    pub patient: String,
    /// The referral it came from.
    pub referral: Option<ReferralId>,
    /// What it is for.
    pub kind: GroupKind,
    /// The plan all share; none where it is hidden.
    pub plan: Option<String>,
    /// It ended.
    pub closed_on: Option<NaiveDate>,
    /// Who is in it, the lead first.
    pub members: Vec<CareMember>,
}
