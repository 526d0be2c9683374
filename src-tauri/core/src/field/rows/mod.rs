//! The SQL of the field room.

pub(super) mod around;
pub(super) mod brief;
pub(super) mod canvass;
pub(super) mod days;
pub(super) mod due;
pub(super) mod mileage;
pub(super) mod stops;
