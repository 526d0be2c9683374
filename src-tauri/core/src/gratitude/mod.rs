//! How the practice says thank you without crossing a legal line: who waits for thanks, the ledger of what was given, and the
//! rules that say what may be.
//!
//! Nothing here knows a referral, an amount earned or a tier: whoever decides about a gift does not see how much its
//! recipient refers. What the room learns of referrals is the view `arrival`: on a day, somebody sent somebody. The rules
//! (`verdict`, `meter`, `split`, `cure`) are pure functions of values and a date.

mod attest;
mod book;
mod cure;
mod error;
mod exclusions;
mod kinds;
mod ledger;
mod limits;
mod meter;
mod notes;
mod offers;
mod programme;
mod recipients;
mod rows;
mod split;
mod thanks;
mod verdict;

pub use attest::{Attestation, attest, attestations};
pub use book::{GiftRules, YearInForce, gift_book, reset_limits, set_gift_rules, set_limits};
pub use cure::{Cure, cure, deadline};
pub use error::GratitudeError;
pub use exclusions::{ExclusionHit, ExclusionList, exclusion_list, forget_exclusions, read_exclusions};
pub use kinds::{EmployerPolicy, Exclusion, Known, Occasion, RecipientKind, RewardKind};
pub use ledger::*;
pub(crate) use ledger::{given_to_physicians, merged, merged_partners, one_of, record_in};
pub use limits::{YearLimits, default_limits, of_year};
pub use meter::{Entry, Meter, meter};
pub(crate) use notes::put_note_in;
pub use notes::{GiftNote, gift_note, set_gift_note};
pub use offers::{
    Offer, OfferKind, OfferRow, OfferStanding, decide_offer, offer_check, offers, offers_of_year,
    restore_offer, save_offer, trash_offer,
};
pub use programme::{Programme, ProgrammeStatus, programmes, save_programme, set_programme_status};
pub use recipients::{GiftCandidate, gift_recipient, gift_recipients};
pub use split::share;
pub use thanks::*;
pub use verdict::{Check, Finding, Judged, Planned, PracticeRules, Verdict, verdict};
