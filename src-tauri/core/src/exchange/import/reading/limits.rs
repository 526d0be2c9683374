//! Caps that hold before anything is parsed, so that a hostile file costs a message and not the machine.

/// What a file may be at most. The defaults are far above any export of a practice, and such that reading one takes less
/// than half a gigabyte of memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub file_bytes: u64,
    /// Bytes of all parts of a workbook, unpacked.
    pub inflated_bytes: u64,
    /// Bytes of one part of a workbook, unpacked.
    pub inflated_part_bytes: u64,
    /// How many times larger than packed a part may become.
    pub inflation_ratio: u64,
    /// Parts of a workbook.
    pub parts: usize,
    /// Lines of a text or rows of a sheet, filled or not.
    pub rows: u32,
    /// Rows of data: each is held in memory until somebody says that they may be written.
    pub records: u32,
    /// Columns in use.
    pub columns: usize,
    /// Characters of one cell.
    pub cell_chars: usize,
    /// Filled cells of a workbook's sheet.
    pub cells: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 128 << 20,
            inflated_bytes: 200 << 20,
            inflated_part_bytes: 64 << 20,
            inflation_ratio: 200,
            parts: 2_000,
            rows: 1_048_576,
            records: 300_000,
            columns: 512,
            cell_chars: 32_767,
            cells: 12_000_000,
        }
    }
}
