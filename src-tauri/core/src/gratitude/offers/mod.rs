//! What is promoted, shown or offered together with a partner: planned with the shares of both, judged by the rules of gifts, and
//! decided about before it takes place (S4.23, S4.31).

mod check;
mod decide;
mod keep;
mod list;
mod trash;
mod types;

pub use check::offer_check;
pub use decide::decide_offer;
pub use keep::save_offer;
pub use list::{offers, offers_of_year};
pub use trash::{restore_offer, trash_offer};
pub(in crate::gratitude) use types::{KeptDecision, KeptOffer};
pub use types::{Offer, OfferKind, OfferRow, OfferStanding};
