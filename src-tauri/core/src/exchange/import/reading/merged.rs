//! Cells merged over several rows: what the one cell says counts for each of its rows.

use super::error::ReadError;
use super::limits::Limits;
use super::table::{Grid, GridCell};
use calamine::Dimensions;
use std::collections::BTreeMap;

/// Repeats the text of cells merged downwards in every row they cover that holds anything else.
pub(super) fn fill_down(grid: &mut Grid, regions: &[Dimensions], limits: &Limits) -> Result<(), ReadError> {
    let too_many = ReadError::TooManyCells { limit: limits.cells };
    let mut added: BTreeMap<usize, Vec<GridCell>> = BTreeMap::new();
    let mut count = grid.cells.len();
    for region in regions {
        let (first, last) = (region.start.0 + 1, region.end.0.saturating_add(1));
        let Ok(column) = u16::try_from(region.start.1) else { continue };
        let Ok(top) = grid.rows.binary_search_by_key(&first, |row| row.record) else { continue };
        let Some(cell) = cells_of(grid, top).iter().find(|cell| cell.column == column).copied() else {
            continue;
        };
        for (at, row) in grid.rows.iter().enumerate().skip(top + 1).take_while(|(_, row)| row.record <= last)
        {
            count += 1;
            if count > limits.cells as usize {
                return Err(too_many);
            }
            let start = row.first_cell as usize;
            let known = &grid.cells[start..start + row.cell_count as usize];
            let added = added.entry(at).or_default();
            if !known.iter().chain(added.iter()).any(|other| other.column == column) {
                added.push(cell);
            }
        }
    }
    if added.is_empty() {
        return Ok(());
    }
    let mut cells = Vec::with_capacity(count);
    for at in 0..grid.rows.len() {
        let start = u32::try_from(cells.len()).map_err(|_| ReadError::WorkbookTooLarge)?;
        cells.extend_from_slice(cells_of(grid, at));
        if let Some(more) = added.get(&at) {
            cells.extend_from_slice(more);
            cells[start as usize..].sort_by_key(|cell| cell.column);
        }
        let length = u32::try_from(cells.len()).map_err(|_| ReadError::WorkbookTooLarge)? - start;
        // The old places are needed until the row was copied.
        (grid.rows[at].first_cell, grid.rows[at].cell_count) = (start, length);
    }
    grid.cells = cells;
    Ok(())
}

fn cells_of(grid: &Grid, at: usize) -> &[GridCell] {
    let row = grid.rows[at];
    let start = row.first_cell as usize;
    &grid.cells[start..start + row.cell_count as usize]
}
