//! Finding help for a patient: from a problem and what the patient prefers to partners who suit, each explained; what the
//! patient takes along; and whether it helped.
//!
//! Nobody is ranked by who refers to us or by what they bring in: this folder and its rows read neither, and a test of the
//! architecture holds that.

mod find;
mod hand_outs;
mod issues;
mod matching;
mod strengths;
mod wishes;

pub use find::{
    Found, HelpQuestion, HelpSeen, HelpWarning, LeftOut, PartnerMatch, Relaxed, WhyOut, find_help,
};
pub(crate) use hand_outs::answered_hand_outs;
pub(in crate::referrals) use hand_outs::named;
pub use hand_outs::{
    ChoiceShown, HandOut, HandOutAnswer, HandOutChoice, NewHandOut, answer_hand_out, give_hand_out,
    hand_outs_of, hand_outs_to_ask,
};
pub(crate) use issues::open_issue_in;
pub use issues::{Issue, IssueCategory, NewIssue, close_issue, open_issue};
pub use matching::{Score, WishCheck, WishMet, match_score};
pub use strengths::{FactKind, Gender, HelpFacts, Strengths, help_facts, set_strengths};
pub use wishes::{WishKind, WishWeight, Wishes};
