//! Lists, search and a partner's page, against the very statements they execute, on the same file without encryption.

use std::error::Error;
use std::path::Path;

use baton_core::Practice;
use baton_core::foundation::id::PartnerId;
use baton_core::foundation::text::words;
use baton_core::insights::{Period, leak_report};
use baton_core::network::{PartnerQuery, Party, SearchScope, partner, partners, search};
use baton_core::outreach::{
    CalendarQuery, DueQuery, DueShow, TouchQuery, calendar_entries, due_list, touches_of,
};
use baton_core::referrals::process::{BatonQuery, BoardQuery, batons, board};
use baton_core::referrals::{Direction, ReferralQuery, referrals};
use baton_core::testing::{reopened, statements};
use chrono::Days;
use rusqlite::Connection;

use super::TODAY;
use super::plain::{self, Asking};
use super::table::{Table, medians};

const RUNS: usize = 41;

type Look<'look> = &'look dyn Fn(&Practice) -> Result<(), Box<dyn Error>>;

/// Measures each of them.
pub fn measure(
    table: &mut Table,
    column: usize,
    practice: &Practice,
    folder: &Path,
    plain: &Connection,
) -> Result<(), Box<dyn Error>> {
    let family: String =
        plain.query_row("SELECT family FROM person ORDER BY id LIMIT 1", [], |row| row.get(0))?;
    let name = words(&family).into_iter().next().unwrap_or_default();
    let begun: String = name.chars().take(3).collect();
    let busiest: PartnerId = plain.query_row(
        "SELECT partner_id FROM referral_month GROUP BY 1 ORDER BY sum(received) DESC LIMIT 1",
        [],
        |row| row.get(0),
    )?;
    let find = |practice: &Practice, text: &str| {
        search(practice, text, SearchScope::Everything, 20)?;
        Ok(())
    };
    let looks: [(&'static str, Look<'_>); 12] = [
        ("register, first page", &|practice| {
            referrals(practice, &ReferralQuery::default())?;
            Ok(())
        }),
        ("partner list, first page", &|practice| {
            partners(practice, &PartnerQuery::default())?;
            Ok(())
        }),
        ("search for a name", &|practice| find(practice, &name)),
        ("search for three letters", &|practice| find(practice, &begun)),
        ("search for a misspelt name", &|practice| find(practice, &format!("{name}q"))),
        ("baton view, first page", &|practice| {
            batons(practice, &BatonQuery::default())?;
            Ok(())
        }),
        ("board", &|practice| {
            let query = BoardQuery { direction: Direction::Inbound, filter: BatonQuery::default(), cards: 0 };
            board(practice, &query)?;
            Ok(())
        }),
        ("leak report of a year", &|practice| {
            leak_report(practice, &Period::trailing_year(practice.today()))?;
            Ok(())
        }),
        ("due list, everybody's", &|practice| {
            due_list(practice, &DueQuery { mine: false, show: DueShow::Due, offset: 0, limit: 50 })?;
            Ok(())
        }),
        ("calendar, six weeks", &|practice| {
            let (from, to) = (practice.today() - Days::new(21), practice.today() + Days::new(20));
            calendar_entries(practice, &CalendarQuery { from, to, holder: None })?;
            Ok(())
        }),
        ("touches of the busiest partner", &|practice| {
            let of = Party::Partner(busiest);
            touches_of(practice, &TouchQuery { of, trashed: false, after: None, limit: 50 })?;
            Ok(())
        }),
        ("page of the busiest partner", &|practice| {
            partner(practice, busiest)?;
            Ok(())
        }),
    ];

    // The same file opened once more, to hear what it is asked the first time and from then on.
    statements::listen();
    let listening = Practice::new(reopened(folder, TODAY)?, practice.actor().clone());
    let mut heard = Vec::new();
    for (_, look) in &looks {
        statements::heard();
        look(&listening)?;
        let first = statements::heard();
        look(&listening)?;
        heard.push((first, statements::heard()));
    }
    statements::stop_listening();
    drop(listening);

    for ((name, look), (_, again)) in looks.iter().zip(&heard) {
        let mut again = Asking::new(plain, again)?;
        let (ours, bare) = medians(RUNS, || Ok(()), || look(practice), || again.ask())?;
        table.put(column, name, "2", ours, bare);
    }
    let (_, register) = looks[0];
    let mut first = Asking::new(plain, &heard[0].0)?;
    // Both files forget the pages they have read.
    let other = plain::opened(folder)?;
    let mut version = 1;
    let change = || {
        practice.store().note(practice.actor(), "bench", "")?;
        version += 1;
        Ok(other.pragma_update(None, "user_version", version)?)
    };
    let (ours, bare) = medians(RUNS, change, || register(practice), || first.ask())?;
    table.put(column, "register, after a change", "", ours, bare);
    Ok(())
}
