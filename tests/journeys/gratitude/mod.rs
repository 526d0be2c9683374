//! Thanks and gifts on a real encrypted file: every edge of a limit, and what nobody may see while deciding.

mod blind;
mod decisions;
mod exclusions;
mod kit;
mod letters;
mod limits;
mod offers;
mod register;
mod returns;
mod status;
mod thanks;
