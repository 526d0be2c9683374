//! What the sample practice gave, and whom it thanked. Who sent somebody in the last days still waits.

use chrono::{Datelike, Days, NaiveDate};

use super::dice::Dice;
use super::rows;
use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PersonId};
use crate::gratitude::{
    EmployerPolicy, Exclusion, GiftNote, Known, NewReward, NewShare, Occasion, RecipientKind, RewardKind,
    Split, Verdict, Whom, put_note_in, record_in,
};
use crate::network::Party;
use crate::store::{StoreError, Tx};
use crate::vault::Hidden;

/// For how many days back everybody is thanked, and up to how many days ago.
const THANKED: (u64, u64) = (75, 6);

const LINES: [&str; 5] = [
    "Your call before the weekend made all the difference.",
    "The imaging you sent along saved a second visit.",
    "It was good to talk through the plan with you on the phone.",
    "Your front desk found a slot where we saw none.",
    "Your notes on the stiff knee helped us on the first day.",
];

const LIKES: [&str; 4] = ["Green tea, crosswords", "Trail running", "Dark chocolate", "Local history"];
const AVOIDS: [&str; 4] = ["Nuts", "", "", "Lilies"];

/// Writes it all.
pub(super) fn fill(tx: &Tx<'_>, dice: &mut Dice, today: NaiveDate) -> Result<(), StoreError> {
    thank(tx, dice, today)?;
    let mut statement = tx.prepare_cached(rows::PHYSICIANS)?;
    let people: Vec<PersonId> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let [one, two, three, four, five, ..] = people.as_slice() else { return Ok(()) };
    for (n, person) in people.iter().enumerate().take(5) {
        let note = GiftNote {
            likes: LIKES[n % 4].into(),
            avoids: AVOIDS[n % 4].into(),
            policy: if n == 1 { EmployerPolicy::Ask } else { EmployerPolicy::NotOnFile },
            federal: if n == 3 { Known::No } else { Known::Yes },
            exclusion: Exclusion::Clear,
            exclusion_on: Some(back(today, 20)),
            ..GiftNote::default()
        };
        put_note_in(tx, Party::Person(*person), &note)?;
    }
    let begin = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
    let day = |days: u64| back(today, days).max(begin);
    let of = [RecipientKind::Physician];
    give(tx, RewardKind::Item, "Book on shoulder rehabilitation", 3_450, day(200), &[*one], of)?;
    give(tx, RewardKind::Education, "Seat in the splinting course", 18_000, day(150), &[*two], of)?;
    give(tx, RewardKind::Item, "Print from the art walk", 42_000, day(90), &[*three], of)?;
    give(tx, RewardKind::Meal, "Lunch after the case conference", 13_248, day(12), &[*one, *two, *four], of)?;
    give(tx, RewardKind::Item, "Bread basket for the new practice", 4_800, day(4), &[*four], of)?;
    give(tx, RewardKind::EventSeat, "Seat at the harbor concert", 6_500, today + Days::new(10), &[*five], of)
}

fn back(today: NaiveDate, days: u64) -> NaiveDate {
    today.checked_sub_days(Days::new(days)).unwrap_or(today)
}

fn give(
    tx: &Tx<'_>,
    kind: RewardKind,
    what: &str,
    cents: i64,
    on: NaiveDate,
    to: &[PersonId],
    [recipient]: [RecipientKind; 1],
) -> Result<(), StoreError> {
    let shared = kind == RewardKind::Meal;
    let share = |whom, recipient| NewShare {
        whom,
        recipient,
        counts_to: None,
        present: true,
        federal: Known::Unknown,
    };
    let mut shares: Vec<NewShare> = to.iter().map(|id| share(Whom::Person(*id), Some(recipient))).collect();
    if shared {
        shares.push(share(Whom::Ours(tx.actor.id), None));
    }
    let new = NewReward {
        on,
        kind,
        occasion: if shared { Occasion::Learning } else { Occasion::Thanks },
        what: what.into(),
        total_cents: cents,
        split: if shared { Split::Shared } else { Split::Each },
        cash: Known::No,
        solicited: Known::No,
        purpose: Some("For working together on the shared protocol".into()),
        paid_to: shared.then(|| "Cedar & Salt, 12 Wharf Lane".into()),
        receipt: None,
        fair_value: None,
        agreement: None,
        shares,
    };
    // In a year without a limit nothing can be given; the sample has none then.
    let hidden = Hidden { patients: false, reason: false, money: false };
    let _ = record_in(tx, &new, Verdict::NeedsApproval, None, hidden);
    Ok(())
}

/// Everybody who sent somebody was thanked, but for the last days.
fn thank(tx: &Tx<'_>, dice: &mut Dice, today: NaiveDate) -> Result<(), StoreError> {
    let (from, to) = (back(today, THANKED.0), back(today, THANKED.1));
    let mut arrived = tx.prepare_cached(rows::ARRIVED)?;
    let all: Vec<(Option<PersonId>, Option<PartnerId>)> = arrived
        .query_map([Day(from), Day(to)], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut insert = tx.prepare_cached(rows::THANKS)?;
    for ((person, partner), number) in all.into_iter().zip(1..) {
        let id = dice.id(tx.now, number);
        let line = LINES[usize::from(id.bytes()[15]) % LINES.len()];
        insert.execute(rusqlite::params![id, partner, person, Day(to), line, tx.now, tx.actor.id])?;
    }
    Ok(())
}
