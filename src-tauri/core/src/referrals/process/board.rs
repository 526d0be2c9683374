//! Open referrals as a board: one column a stage, with how many are there and the first of them.

use serde::{Deserialize, Serialize};

use super::list::{BatonQuery, BatonRow, Eyes};
use super::model::event;
use super::paths::Paths;
use super::place::ready;
use crate::practice::Practice;
use crate::referrals::error::ReferralError;
use crate::referrals::rows::open::{self as rows, OpenFilter};
use crate::referrals::types::Direction;
use crate::vault::{Area, Need};

/// What to show on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BoardQuery {
    /// Which way: each has a path of its own.
    pub direction: Direction,
    /// The same filters as the list has; direction, stage, cursor and limit are the board's.
    pub filter: BatonQuery,
    /// How many cards a column shows, at most 100; 0 means 20.
    pub cards: u32,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BoardColumn {
    /// The stage.
    pub stage: String,
    /// Its name, where the practice gave it one.
    pub name: Option<String>,
    /// It is on the path of today; others hold referrals of an older path.
    pub on_path: bool,
    /// How many stand there.
    pub count: u32,
    /// How many of them are due before today.
    pub overdue: u32,
    /// The first of them, those due first first.
    pub cards: Vec<BatonRow>,
}

/// The board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Board {
    /// The columns in the order of the path.
    pub columns: Vec<BoardColumn>,
}

const CARDS: usize = 20;
const MOST_CARDS: usize = 100;

/// The board of one direction.
///
/// # Errors
/// Those of the file.
pub fn board(practice: &Practice, query: &BoardQuery) -> Result<Board, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    ready(practice)?;
    let cards = match usize::try_from(query.cards) {
        Ok(0) | Err(_) => CARDS,
        Ok(cards) => cards.min(MOST_CARDS),
    };
    practice.read(|conn| {
        let eyes = Eyes::new(practice, conn)?;
        let filter =
            OpenFilter { direction: Some(query.direction), stage: None, ..eyes.filter(&query.filter) };
        let mut counts = rows::counts(conn, &filter, practice.today())?;
        let paths = Paths::read(conn)?;
        let path = paths.of(query.direction, None, i64::MAX);
        let mut columns: Vec<BoardColumn> = Vec::new();
        let mut add = |stage: &str, name: Option<String>, on_path: bool| {
            let found = counts.iter().position(|(code, ..)| code == stage).map(|at| counts.swap_remove(at));
            let (_, count, overdue) = found.unwrap_or((String::new(), 0, 0));
            columns.push(BoardColumn {
                stage: stage.to_owned(),
                name,
                on_path,
                count,
                overdue,
                cards: Vec::new(),
            });
        };
        // What is closed stands on no board.
        for stage in &path.stages[..path.stages.len().saturating_sub(1)] {
            add(&stage.code, stage.name.clone(), true);
            if stage.code == super::model::stage::SCHEDULED {
                add(event::REBOOKED, None, true);
            }
        }
        counts.sort_unstable();
        for (stage, count, overdue) in counts {
            columns.push(BoardColumn {
                stage,
                name: None,
                on_path: false,
                count,
                overdue,
                cards: Vec::new(),
            });
        }
        for column in columns.iter_mut().filter(|column| column.count > 0) {
            let here = OpenFilter { stage: Some(column.stage.clone()), ..filter.clone() };
            let found = rows::page(conn, &here, None, cards)?;
            let ids: Vec<_> = found.into_iter().map(|(_, id)| id).collect();
            column.cards = eyes.rows(conn, &ids)?;
        }
        Ok(Board { columns })
    })
}
