//! Who asked before they were patients: the call at the desk, the answer, and how far they came.

mod call_log;
mod change;
mod list;
mod reach;
mod types;
mod visits;

pub use call_log::{CallFate, CallLog, LoggedCall, read_call_log, take_call_log};
pub use change::{add_inquiry, edit_inquiry, inquiry_to_referral, remove_inquiry};
pub use list::{InquiryPage, InquiryQuery, InquiryView, inquiries, inquiry};
pub use reach::{Inquired, InquiryStep, reached};
pub(crate) use reach::{InquiryFacts, inquired_in};
pub use types::{Caller, Inquiry, InquiryChannel, InquiryForm};
pub use visits::{add_visit, remove_visit};
