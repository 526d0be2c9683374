//! Import: a file becomes typed rows, typed rows become a plan, a plan becomes one undoable action.

pub mod reading;
pub mod row;
