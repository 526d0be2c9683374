//! What each guest of a shared meal or event was given.

/// The share of each, in cents: cost ÷ persons who were there, the practice's own included, rounded up to the cent
/// (requirements, room 5). Those who stayed away get none. `None` when nobody was there or the cost is negative.
pub fn share(cost_cents: i64, present: u32) -> Option<i64> {
    if cost_cents < 0 || present == 0 {
        return None;
    }
    let present = i64::from(present);
    Some(cost_cents / present + i64::from(cost_cents % present != 0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_lunch_of_132_48_for_five_is_26_50_each_rounded_up_to_the_cent() {
        assert_eq!(share(13_248, 5), Some(2_650));
    }

    #[test]
    fn what_divides_evenly_is_not_rounded() {
        assert_eq!(share(10_000, 4), Some(2_500));
    }

    #[test]
    fn nobody_there_leaves_nothing_to_split() {
        assert_eq!(share(10_000, 0), None);
    }

    proptest! {
        #[test]
        fn the_shares_never_fall_short_of_the_cost_and_exceed_it_by_less_than_a_cent_each(
            cost in 0i64..10_000_000, present in 1u32..500,
        ) {
            let total = share(cost, present).unwrap() * i64::from(present);
            prop_assert!(total >= cost && total - cost < i64::from(present));
        }
    }
}
