//! `report`: the numbers of a period.

use baton_core::insights::{Figures, Period, Scorecards, scorecards};

use crate::answer::{Answer, Failure};
use crate::arguments::{Arguments, Report, ReportKind};
use crate::open::with_practice;

/// Tells the very numbers of the workbook.
pub fn run(arguments: &Arguments, what: &Report) -> Result<Answer, Failure> {
    let ReportKind::Scorecards(period) = &what.what;
    let period = Period::new(period.from, period.to)?;
    let cards = with_practice(arguments, |practice| Ok(scorecards(practice, &period)?))?;
    Answer::new(&cards, table(&cards))
}

fn table(cards: &Scorecards) -> String {
    let line = |name: &str, figures: &Figures| {
        format!(
            "{name:<40.40} {:>8} {:>8} {:>6} {:>8} {:>8} {:>6} {:>6} {:>12}\n",
            figures.received,
            figures.change.before,
            figures.seen,
            figures.no_show,
            figures.declined,
            figures.lost,
            figures.open,
            figures.conversion.ratio.words(),
        )
    };
    let mut text = format!(
        "{}: referrals received {} to {}, true as of {}\n\n{:<40} {:>8} {:>8} {:>6} {:>8} {:>8} {:>6} {:>6} {:>12}\n",
        cards.summary.practice,
        cards.period.from,
        cards.period.to,
        cards.period.as_of,
        "Partner",
        "Received",
        "Before",
        "Seen",
        "No-show",
        "Declined",
        "Lost",
        "Open",
        "Conversion"
    );
    for card in &cards.rows {
        text.push_str(&line(&card.name, &card.figures));
    }
    text.push_str(&line("(no partner named)", &cards.without_partner));
    text.push_str(&line("Total", &cards.totals));
    text
}
