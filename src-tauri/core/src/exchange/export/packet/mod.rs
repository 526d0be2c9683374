//! What goes along with a patient: a slip of one page, and a packet with the agreed documents (D13).
//!
//! Consent is asked first ([`crate::referrals::care::gate`]); a restricted referral stays here. What leaves is on record as a
//! disclosure before the file has its name. A packet with files is a ZIP encrypted with AES-256; its password stands neither
//! in it nor in its name, and the files in it bear numbers, because a ZIP tells the names of what it holds to anybody.

mod agreed;
mod hand_out;
mod order;
mod paper;
mod rows;
mod slip;
mod view;
mod zipped;

pub use agreed::{agreed_documents, set_agreed_documents};
pub use hand_out::{print, save};
pub use order::{PacketDocument, PacketFile, PacketFormat, PacketOrder, PacketSaved};
pub(in crate::exchange::export) use rows::address as of_partner;
pub(in crate::exchange::export) use slip::{About, day, named as named_party};
pub use slip::{Slip, SlipFact};
pub use view::{PacketView, packet};
pub(in crate::exchange::export) use view::{about, gate, refusal};
