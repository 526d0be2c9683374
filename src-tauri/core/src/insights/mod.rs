//! What the numbers say and how sure they are.
//!
//! Each measure of the catalogue is one function here, and every screen, workbook and report shows it by that
//! function. Numbers leave this room ready to be shown: as a/b with their sample size, never as a bare percentage.
//! Counting is one pass over the referrals of a period ([`scorecards`]); what a measure means stands in its file.

mod care;
mod closing;
mod concentration;
mod conversion;
mod error;
mod experience;
mod figures;
mod flow;
mod frame;
mod independence;
mod inquiries;
mod leaks;
mod pace;
mod partner;
mod period;
mod ratio;
mod rows;
mod scorecards;
mod shares;
mod spread;
mod state;
mod summary;
mod way_cards;
mod way_reports;

pub use care::{
    CareReport, FollowThrough, HelpRate, MeanPercent, PartnerPrequal, Satisfaction, all_parties_served,
    care_report, follow_through, help_rate, missing_documents, needs_met, prequal_completeness, satisfaction,
};
pub use closing::{
    LoopItem, LoopState, Looped, Looping, ack_on_time, home_doctor_share, loop_complete, loop_seen,
    loop_thanked, report_on_time, return_rate,
};
pub use concentration::{Concentration, concentration};
pub use conversion::{Conversion, Converting, PENDING_DAYS, conversion, mature};
pub use error::InsightsError;
pub use experience::{
    ExperienceMonth, ExperienceTrend, PartnerExperience, experience_trend, partner_experience,
};
pub use figures::{Change, Figures};
pub use flow::{Flow, flow};
pub use independence::{IndependenceVerdict, VolumeIndependence, independence_report, volume_independence};
pub use inquiries::{ChannelInquiries, InquiryFunnel, InquiryReport, inquiry_funnel, inquiry_report};
pub use leaks::{Leaking, ReasonShare, Recovering, Turn, leak_rate, pareto, recovered_rate, turns, within};
pub use pace::{Pacing, StepPace, first_answer, response_time, wait_days, wait_minutes};
pub(crate) use partner::scorecard_in;
pub use partner::{PartnerScorecard, PersonFigures, Step, StepCode, scorecard};
pub use period::{NamedPeriod, Period, PeriodPreset, PeriodShown, period, periods};
pub use ratio::{CaseCount, Ratio};
pub(crate) use scorecards::scorecards_in;
pub use scorecards::{Scorecard, Scorecards, has_referrals, scorecards};
pub use shares::{Share, TakenIn, asked_rate, capture_rate, source_share, unknown_share};
pub use spread::{Spread, percentile};
pub use state::{ReferralState, state_on};
pub use summary::{MonthCount, Summary, TopSource};
pub(crate) use way_cards::way_cards_in;
pub use way_cards::{WayCards, WayFigures, way_cards};
pub use way_reports::{
    LeakKindCount, LeakReport, LeakShare, LoopReport, PartnerLeaks, leak_report, loop_audit, loop_report,
};
