//! When a partner should hear from us again: values and a day, nothing else.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::types::{CadenceFrom, CadenceRules, DueLevel, DueWhy, Interval};
use crate::foundation::id::TagId;
use crate::network::{PartnerClass, Ring, Status};

/// What is known of a partner's rhythm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CadenceFacts {
    /// Days between two talks, and where that is from.
    pub every: Interval,
    /// The last contact with an answer, not to many alike.
    pub last_two_way_on: Option<NaiveDate>,
    /// Where there is none yet: the day from which it counts; nothing while nobody has begun with this partner.
    pub begun_on: Option<NaiveDate>,
    /// Left alone until this day.
    pub snoozed_until: Option<NaiveDate>,
    /// Away up to and with this day.
    pub away_until: Option<NaiveDate>,
    /// Left alone until somebody says otherwise.
    pub paused: bool,
    /// Where the partner stands by hand.
    pub ring: Option<Ring>,
    /// The relationship has ended.
    pub ended: bool,
}

/// When a partner is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DueState {
    /// The day it is due (soft limit); nothing while nobody has begun.
    pub due_on: Option<NaiveDate>,
    /// The day it is late (hard limit, one and a half intervals).
    pub late_on: Option<NaiveDate>,
    /// Whether it asks for something today.
    pub level: DueLevel,
    /// Why.
    pub why: DueWhy,
}

/// Due = the last contact with an answer + interval; late = that contact + 1.5 × interval, a half day counted up. A snooze,
/// an absence of theirs, a pause, the ring *parked* and the end of the relationship are silent.
pub fn due(facts: &CadenceFacts, today: NaiveDate) -> DueState {
    let from = facts.last_two_way_on.or(facts.begun_on);
    let days = u64::from(facts.every.days);
    let after = |days: u64| from.and_then(|from| from.checked_add_days(Days::new(days)));
    let (due_on, late_on) = (after(days), after((3 * days).div_ceil(2)));
    let reached = |on: Option<NaiveDate>| on.is_some_and(|on| today >= on);
    let why = if facts.ended {
        DueWhy::Ended
    } else if facts.ring == Some(Ring::Parked) {
        DueWhy::Parked
    } else if facts.paused {
        DueWhy::Paused
    } else if facts.away_until.is_some_and(|until| today <= until) {
        DueWhy::Away
    } else if facts.snoozed_until.is_some_and(|until| today < until) {
        DueWhy::Snoozed
    } else if from.is_none() {
        DueWhy::NotBegun
    } else if reached(late_on) {
        DueWhy::Late
    } else if reached(due_on) {
        DueWhy::Due
    } else {
        DueWhy::InTime
    };
    let level = match why {
        DueWhy::Late => DueLevel::Hard,
        DueWhy::Due => DueLevel::Soft,
        _ => DueLevel::Quiet,
    };
    DueState { due_on, late_on, level, why }
}

/// The interval of a partner: its own beats the practice's for a tag, the shortest of several tags; that beats the one for
/// prospects, and that the one for its class.
pub fn interval(
    own: Option<u16>,
    tags: &[TagId],
    status: Status,
    class: PartnerClass,
    rules: &CadenceRules,
) -> Interval {
    if let Some(days) = own {
        return Interval { days, from: CadenceFrom::Preference };
    }
    let tagged = rules.tags.iter().filter(|rule| tags.contains(&rule.tag)).map(|rule| rule.days).min();
    if let Some(days) = tagged {
        return Interval { days, from: CadenceFrom::Tag };
    }
    if status == Status::Prospect {
        return Interval { days: rules.prospect, from: CadenceFrom::Prospect };
    }
    let days = if class == PartnerClass::Business { rules.business } else { rules.medical };
    Interval { days, from: CadenceFrom::Class }
}

/// How many partners with a rhythm hear from us in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CadenceKept {
    /// In time: not due yet.
    pub kept: u32,
    /// Of all that are in time, due or late. Who is silent on purpose or was never begun with is in neither.
    pub of: u32,
}

/// The share of partners in time among those with a rhythm today.
pub fn cadence_kept(all: impl IntoIterator<Item = DueWhy>) -> CadenceKept {
    all.into_iter().fold(CadenceKept::default(), |sum, why| match why {
        DueWhy::InTime => CadenceKept { kept: sum.kept + 1, of: sum.of + 1 },
        DueWhy::Due | DueWhy::Late => CadenceKept { of: sum.of + 1, ..sum },
        _ => sum,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;
    use proptest::prelude::*;

    fn facts() -> CadenceFacts {
        CadenceFacts {
            every: Interval { days: 45, from: CadenceFrom::Prospect },
            last_two_way_on: Some(day("2026-09-01")),
            begun_on: None,
            snoozed_until: None,
            away_until: None,
            paused: false,
            ring: None,
            ended: false,
        }
    }

    #[test]
    fn due_after_the_interval_and_late_after_one_and_a_half() {
        // 45 days after 1 September is 16 October; 67.5 days, counted up to 68, is 8 November.
        for (today, why, level) in [
            ("2026-09-02", DueWhy::InTime, DueLevel::Quiet),
            ("2026-10-15", DueWhy::InTime, DueLevel::Quiet),
            ("2026-10-16", DueWhy::Due, DueLevel::Soft),
            ("2026-11-07", DueWhy::Due, DueLevel::Soft),
            ("2026-11-08", DueWhy::Late, DueLevel::Hard),
        ] {
            let due = due(&facts(), day(today));
            assert_eq!((due.why, due.level), (why, level), "{today}");
            assert_eq!(
                (due.due_on, due.late_on),
                (Some(day("2026-10-16")), Some(day("2026-11-08"))),
                "the days do not depend on today"
            );
        }
    }

    #[test]
    fn who_was_seen_yesterday_is_quiet_today() {
        let seen = CadenceFacts { last_two_way_on: Some(day("2026-11-19")), ..facts() };
        assert_eq!(due(&seen, day("2026-11-20")).level, DueLevel::Quiet);
    }

    #[test]
    fn what_is_silent_on_purpose_stays_silent_and_says_why() {
        let today = day("2026-12-24");
        let late = facts();
        assert_eq!(due(&late, today).why, DueWhy::Late);
        let until = Some(day("2026-12-24"));
        for (silent, why) in [
            (CadenceFacts { snoozed_until: Some(day("2026-12-25")), ..late.clone() }, DueWhy::Snoozed),
            (CadenceFacts { snoozed_until: until, ..late.clone() }, DueWhy::Late),
            (CadenceFacts { away_until: until, ..late.clone() }, DueWhy::Away),
            (CadenceFacts { away_until: Some(day("2026-12-23")), ..late.clone() }, DueWhy::Late),
            (CadenceFacts { paused: true, ..late.clone() }, DueWhy::Paused),
            (CadenceFacts { ring: Some(Ring::Parked), ..late.clone() }, DueWhy::Parked),
            (CadenceFacts { ring: Some(Ring::Core), ..late.clone() }, DueWhy::Late),
            (CadenceFacts { ended: true, ..late.clone() }, DueWhy::Ended),
            (CadenceFacts { last_two_way_on: None, ..late.clone() }, DueWhy::NotBegun),
            (
                CadenceFacts { last_two_way_on: None, begun_on: Some(day("2026-12-01")), ..late.clone() },
                DueWhy::InTime,
            ),
        ] {
            assert_eq!(due(&silent, today).why, why, "{silent:?}");
        }
    }

    #[test]
    fn ones_own_interval_beats_a_tag_and_a_tag_beats_the_rest() {
        let (one, two) = (TagId::new(), TagId::new());
        let rules = CadenceRules {
            tags: vec![
                super::super::TagCadence { tag: one, days: 20 },
                super::super::TagCadence { tag: two, days: 15 },
            ],
            ..CadenceRules::default()
        };
        let of = |own, tags: &[TagId], status, class| interval(own, tags, status, class, &rules);
        let (medical, business) = (PartnerClass::Medical, PartnerClass::Business);
        let expected = |days, from| Interval { days, from };
        assert_eq!(of(Some(7), &[one], Status::Active, medical), expected(7, CadenceFrom::Preference));
        assert_eq!(of(None, &[one, two], Status::Prospect, medical), expected(15, CadenceFrom::Tag));
        assert_eq!(of(None, &[one], Status::Active, medical), expected(20, CadenceFrom::Tag));
        assert_eq!(of(None, &[], Status::Prospect, business), expected(45, CadenceFrom::Prospect));
        assert_eq!(of(None, &[], Status::Dormant, business), expected(90, CadenceFrom::Class));
        assert_eq!(of(None, &[], Status::Active, medical), expected(60, CadenceFrom::Class));
    }

    #[test]
    fn cadence_kept_by_hand() {
        use DueWhy::*;
        // In time: 3. With a rhythm: 3 + 1 due + 1 late. Three are silent and one was never begun with.
        let all = [InTime, InTime, Due, Late, InTime, Snoozed, Parked, Away, NotBegun];
        assert_eq!(cadence_kept(all), CadenceKept { kept: 3, of: 5 });
        assert_eq!(cadence_kept([]), CadenceKept::default());
    }

    proptest! {
        #[test]
        fn a_later_talk_is_never_due_sooner(days in 1u16..731, ago in 0u64..2000, sooner in 0u64..400) {
            let today = day("2026-11-20");
            let at = |ago: u64| CadenceFacts {
                every: Interval { days, from: CadenceFrom::Preference },
                last_two_way_on: Some(today - Days::new(ago)),
                ..facts()
            };
            let (then, later) = (due(&at(ago + sooner), today), due(&at(ago), today));
            prop_assert!(then.due_on <= later.due_on && then.late_on <= later.late_on);
            prop_assert!(then.level as u8 >= later.level as u8);
            prop_assert!(later.due_on <= later.late_on);
        }
    }
}
