//! How close partners are: rings by hand, stages by what happened, and who looks after whom.

mod closeness;
mod funnel;
mod stage;

pub use closeness::{Closeness, closeness, set_deputy, set_ring};
pub use funnel::{
    MixShare, OutreachFigures, RingFunnel, TouchMix, outreach_figures, touch_mix, touch_mix_until,
};
pub use stage::{RelationFacts, RelationStage, StageReached, stages};
