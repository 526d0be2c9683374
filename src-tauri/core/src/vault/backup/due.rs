//! When a backup is due.

/// When it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueMoment {
    /// Somebody just unlocked.
    Start,
    /// Somebody works.
    WhileOpen,
}

/// At the start of work there is a new one if the last is older than this.
const AT_START: i64 = 4;
/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;

/// Whether a backup is due, when the last was made at `last`. A clock that was set back makes one due as well: the
/// distance counts, not the direction.
pub fn is_due(last: Option<i64>, now: i64, moment: DueMoment, rhythm_hours: u32) -> bool {
    let rhythm = i64::from(rhythm_hours.max(1));
    let hours = match moment {
        DueMoment::Start => rhythm.min(AT_START),
        DueMoment::WhileOpen => rhythm,
    };
    last.is_none_or(|last| now.abs_diff(last) >= (hours * HOUR).unsigned_abs())
}

/// When the next one comes while somebody works.
pub(super) fn next(last: Option<i64>, now: i64, rhythm_hours: u32) -> i64 {
    last.map_or(now, |last| (last + i64::from(rhythm_hours.max(1)) * HOUR).max(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_due_after_four_hours_at_the_start_and_by_the_rhythm_while_open() {
        let at = |hours: i64| Some(1_000 * HOUR - hours * HOUR);
        let now = 1_000 * HOUR;
        for (last, moment, due) in [
            (None, DueMoment::Start, true),
            (at(3), DueMoment::Start, false),
            (at(4), DueMoment::Start, true),
            (at(23), DueMoment::WhileOpen, false),
            (at(24), DueMoment::WhileOpen, true),
            (at(-1), DueMoment::WhileOpen, false),
            (at(-24 * 365), DueMoment::WhileOpen, true),
        ] {
            assert_eq!(is_due(last, now, moment, 24), due, "{last:?} {moment:?}");
        }
        assert!(is_due(at(1), now, DueMoment::Start, 1), "a rhythm below four hours holds at the start too");
    }
}
