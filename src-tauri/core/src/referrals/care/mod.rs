//! What patients allow, what stays out of sight, and what else is asked about a referral.

mod answers;
mod consent;
mod experience;
mod named;
mod restriction;

pub(crate) use answers::answers_in;
pub(in crate::referrals) use answers::open_travel_checks;
pub use answers::{
    AgreedDocument, Answers, HelpAnswer, Intent, Met, Needs, PartiesServed, Plan, PlanState, Prequal,
    Readiness, SecondOpinion, Served, TravelChecks, YesNo, YesNoNeeded, answers, readiness, set_answers,
};

pub use consent::{
    Consent, ConsentAnswer, ConsentForm, ConsentNow, Gate, Gates, NewConsent, Purpose, consents, gate,
    gate_of, gates, give_consent, revoke_consent,
};
pub(crate) use experience::open_ratings;
pub use experience::{
    Experience, FollowUp, NewExperience, OpenRating, add_experience, experiences, follow_up, follow_ups,
    remove_experience,
};
pub use named::Naming;
pub use restriction::{Restricted, Restriction, restrict, restricted, unrestrict};
