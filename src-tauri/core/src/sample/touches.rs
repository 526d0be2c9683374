//! Whom the sample practice was in touch with, how close they are and how they like it. With chance of its own, so that
//! everything else stays as it is.

use chrono::{Days, NaiveDate};
use rusqlite::params;

use super::dice::Dice;
use super::rows;
use crate::foundation::day::Day;
use crate::foundation::id::RecordId;
use crate::store::{StoreError, Tx};

const SEED: u64 = 0x544f_5543_4845_5321;

/// What a form of contact is like.
struct Form {
    code: &'static str,
    /// How often, of 100.
    weight: usize,
    minutes: i64,
    /// How often somebody answers, of 100.
    answered: usize,
    /// Kind of cost, and from and to in cents.
    cost: Option<(&'static str, i64, i64)>,
}

const FORMS: [Form; 8] = [
    Form { code: "visit", weight: 28, minutes: 45, answered: 90, cost: None },
    Form { code: "call", weight: 27, minutes: 10, answered: 80, cost: None },
    Form { code: "email", weight: 20, minutes: 5, answered: 55, cost: None },
    Form { code: "lunch", weight: 7, minutes: 90, answered: 100, cost: Some(("meal", 2_800, 11_500)) },
    Form { code: "letter", weight: 7, minutes: 10, answered: 8, cost: None },
    Form { code: "drop_off", weight: 6, minutes: 15, answered: 0, cost: Some(("material", 400, 2_400)) },
    Form { code: "video", weight: 3, minutes: 30, answered: 100, cost: None },
    Form { code: "event", weight: 2, minutes: 120, answered: 100, cost: Some(("event", 1_500, 9_000)) },
];

/// Kind of attention, purpose, what was learned; not every talk teaches something.
const TALKS: [(&str, &str, &str); 16] = [
    ("communication", "Who books urgent knees", "Ruth books; before ten is best"),
    (
        "communication",
        "How the last reports arrived",
        "Reports by fax still get lost; they would rather have the portal",
    ),
    ("communication", "New direct number", ""),
    ("communication", "Waiting times", "They tell patients three weeks; it is ten days now"),
    ("communication", "Questions about a shared protocol", "They ask for one page, not four"),
    ("communication", "Introduce the new front desk", "Two new people there since the summer"),
    ("communication", "Opening hours over the holidays", ""),
    ("education", "When to image a shoulder", "They image first and are glad of a rule of thumb"),
    ("education", "Exercises before surgery", "Would put our leaflet into the waiting room"),
    ("education", "Talk for their team", "Tuesdays at noon, twelve people, they have a screen"),
    ("gratitude", "Thanks for a hard month", ""),
    ("gratitude", "Thanks for the quick call back", "They were glad to hear how it went on"),
    ("gratitude", "Card after the move", ""),
    ("targeted", "First visit", "They send hips to nobody in particular"),
    ("targeted", "What sets us apart", "Same-day slots were news to them"),
    ("targeted", "Walk with the coach", "Runners ask about heels most of all"),
];

const TIMES: [&str; 4] = ["Tuesdays before ten", "Fridays at noon", "Late afternoon", "Not on Mondays"];
const DO_NOT: [&str; 4] =
    ["No calls while they see patients", "No food, please", "Never through the front desk", ""];

struct Touch {
    id: RecordId,
    partner: RecordId,
    people: Vec<RecordId>,
    on: NaiveDate,
    minute: i64,
    form: &'static Form,
    theirs: bool,
    two_way: bool,
    talk: Option<&'static (&'static str, &'static str, &'static str)>,
    minutes: i64,
    cents: i64,
    held_by: RecordId,
}

/// A partner one may be in touch with.
struct Known {
    id: RecordId,
    business: bool,
    owner: Option<RecordId>,
    refers: bool,
}

pub(super) struct Touches<'a, 'conn> {
    tx: &'a Tx<'conn>,
    dice: Dice,
    since: NaiveDate,
    today: NaiveDate,
    /// How many contacts a partner has in the mean.
    each: i64,
    number: u32,
}

impl<'a, 'conn> Touches<'a, 'conn> {
    pub(super) fn new(tx: &'a Tx<'conn>, since: NaiveDate, today: NaiveDate, each: i64) -> Self {
        Self { tx, dice: Dice::new(SEED), since, today, each, number: 0 }
    }

    pub(super) fn fill(&mut self) -> Result<(), StoreError> {
        let mut statement = self.tx.prepare_cached(rows::IN_TOUCH)?;
        let partners: Vec<Known> = statement
            .query_map([], |row| {
                Ok(Known { id: row.get(0)?, business: row.get(1)?, owner: row.get(2)?, refers: row.get(3)? })
            })?
            .collect::<Result<_, _>>()?;
        for some in partners.chunks(500) {
            let mut touches = Vec::new();
            for partner in some {
                self.with(partner, &mut touches)?;
            }
            self.write(&touches)?;
            self.tx.breathe()?;
        }
        self.close(&partners)
    }

    fn id(&mut self) -> RecordId {
        self.number += 1;
        self.dice.id(self.tx.now, self.number)
    }

    /// The contacts of one partner, from the last one back.
    fn with(&mut self, partner: &Known, all: &mut Vec<Touch>) -> Result<(), StoreError> {
        if !partner.refers && self.dice.chance(55) {
            return Ok(());
        }
        let mut statement = self.tx.prepare_cached(rows::PEOPLE_THERE)?;
        let people: Vec<RecordId> =
            statement.query_map([partner.id], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let usual = if !partner.refers {
            45
        } else if partner.business {
            90
        } else {
            60
        };
        // Most are in time, some are due, a few are late.
        let (from, to) = match self.dice.below(100) {
            0..=69 => (1, usual - 1),
            70..=87 => (usual, usual * 3 / 2 - 1),
            _ => (usual * 3 / 2, usual * 3),
        };
        let count = self.dice.between(self.each * 3 / 10, self.each * 17 / 10).max(1);
        let span = (self.today - self.since).num_days();
        let pace = (span / (count + 1)).max(2);
        let mut ago = self.dice.between(from, to);
        for n in 0..count {
            let Some(on) = self.before(ago) else { break };
            let touch = self.touch(partner, &people, on, n == 0);
            all.push(touch);
            ago += self.dice.between(pace / 2, pace * 3 / 2).max(1);
        }
        Ok(())
    }

    fn before(&self, ago: i64) -> Option<NaiveDate> {
        let on = self.today.checked_sub_days(Days::new(u64::try_from(ago).ok()?))?;
        (on >= self.since).then_some(on)
    }

    fn form(&mut self, answered: bool) -> &'static Form {
        loop {
            let mut at = self.dice.below(100);
            for form in &FORMS {
                if at < form.weight {
                    if answered && form.answered < 50 {
                        break;
                    }
                    return form;
                }
                at -= form.weight;
            }
        }
    }

    fn touch(&mut self, partner: &Known, people: &[RecordId], on: NaiveDate, answered: bool) -> Touch {
        let form = self.form(answered);
        let talk = self.dice.chance(93).then(|| self.dice.pick(&TALKS));
        let mut met = Vec::new();
        for person in people {
            if met.len() < 2 && self.dice.chance(55) {
                met.push(*person);
            }
        }
        Touch {
            id: self.id(),
            partner: partner.id,
            people: met,
            on,
            minute: self.dice.between(8 * 4, 17 * 4) * 15,
            form,
            theirs: self.dice.chance(18),
            two_way: answered || self.dice.chance(form.answered),
            talk,
            minutes: (form.minutes + self.dice.between(-2, 3) * 5).max(5),
            cents: match form.cost {
                Some((_, from, to)) => self.dice.between(from, to),
                None => 0,
            },
            held_by: partner.owner.unwrap_or(self.tx.actor.id.0),
        }
    }

    fn write(&self, touches: &[Touch]) -> Result<(), StoreError> {
        let (now, by) = (self.tx.now, self.tx.actor.id);
        let mut insert = self.tx.prepare_cached(rows::TOUCH)?;
        for touch in touches {
            let (category, purpose, learned) = match touch.talk {
                Some((category, purpose, learned)) => (Some(*category), *purpose, *learned),
                None => (None, "", ""),
            };
            insert.execute(params![
                touch.id,
                touch.partner,
                Day(touch.on),
                touch.minute,
                touch.form.code,
                if touch.theirs { "them" } else { "us" },
                touch.two_way,
                category,
                purpose,
                learned,
                touch.minutes,
                touch.cents,
                touch.form.cost.map(|(kind, ..)| kind),
                touch.held_by,
                now,
                by,
            ])?;
        }
        let mut met = self.tx.prepare_cached(rows::MET)?;
        for touch in touches {
            for person in &touch.people {
                met.execute(params![touch.id, person])?;
            }
        }
        Ok(())
    }

    /// The core by who is known longest and best, some who are parked, and what some of them like.
    fn close(&mut self, partners: &[Known]) -> Result<(), StoreError> {
        let (now, by) = (self.tx.now, self.tx.actor.id);
        let mut statement = self.tx.prepare_cached(rows::CLOSEST)?;
        let core: Vec<RecordId> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let parked: Vec<RecordId> =
            partners.iter().filter(|one| !one.refers).map(|one| one.id).step_by(9).take(4).collect();
        let mut ring = self.tx.prepare_cached(rows::RING)?;
        let since = Day(self.today - Days::new(210));
        for partner in &core {
            ring.execute(params![partner, "core", since, "", now, by])?;
        }
        for partner in &parked {
            ring.execute(params![
                partner,
                "parked",
                since,
                "Sends to a practice of its own system",
                now,
                by
            ])?;
        }
        let mut wish = self.tx.prepare_cached(rows::WISH)?;
        for (n, partner) in core.iter().enumerate().take(8) {
            let every = (n % 3 == 0).then_some(30);
            let channel = ["visit", "call", "email", "lunch"][n % 4];
            wish.execute(params![partner, channel, every, TIMES[n % 4], DO_NOT[n % 4], now, by])?;
        }
        Ok(())
    }
}
