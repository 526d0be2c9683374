//! Address labels on bought sheets.

use super::layout::lay_labels;
use super::pdf::Writer;
use super::{PaperError, PaperSize, Printed};

/// A sheet of labels, in points (1/72 inch) from its top left corner.
pub(super) struct LabelSheet {
    pub(super) columns: usize,
    pub(super) rows: usize,
    pub(super) left: f32,
    pub(super) top: f32,
    /// From the left edge of a label to that of the next.
    pub(super) across: f32,
    /// From the upper edge of a label to that of the one below.
    pub(super) down: f32,
    pub(super) width: f32,
    pub(super) height: f32,
    /// What stays free at each edge of a label.
    pub(super) inset: f32,
}

/// Avery 5160 on US Letter: 3 × 10 labels of 2 5/8 × 1 inch; margins 1/2 inch above and 3/16 inch at the side, 1/8 inch between
/// columns and nothing between rows (Avery, template 5160).
const AVERY_5160: LabelSheet = LabelSheet {
    columns: 3,
    rows: 10,
    left: 13.5,
    top: 36.0,
    across: 198.0,
    down: 72.0,
    width: 189.0,
    height: 72.0,
    inset: 7.0,
};

/// How many labels a sheet of Avery 5160 has.
pub const LABELS_A_SHEET: u32 = 30;

/// Turns addresses, a line each, into sheets of Avery 5160 as PDF. `free` is the first label of the first sheet that is not used
/// yet, from 0. Returns also on how many labels lines had to be left out. In memory; no file is touched.
///
/// # Errors
/// [`PaperError::NotMade`] if the writer refuses it.
pub fn labels(title: &str, addresses: &[Vec<String>], free: u32) -> Result<(Printed, u32), PaperError> {
    let free = usize::try_from(free).unwrap_or(0);
    let (laid, shortened) = lay_labels(addresses, &AVERY_5160, free);
    let mut writer = Writer::new()?;
    writer.add(&laid, PaperSize::Letter, title)?;
    Ok((writer.finish(title)?, shortened))
}

#[cfg(test)]
mod tests {
    use super::super::layout::Mark;
    use super::*;

    fn address(n: usize) -> Vec<String> {
        vec![
            format!("Recipient {n}"),
            "Pine Hollow Family Medicine".into(),
            "4 Shore Road".into(),
            "Portland, ME 04101".into(),
        ]
    }

    #[test]
    fn every_line_of_an_address_stays_on_its_label() {
        let long =
            vec!["A name that is far longer than any label of this world is wide, MD, FACS".to_owned(); 6];
        let all: Vec<Vec<String>> = (0..61).map(|n| if n == 7 { long.clone() } else { address(n) }).collect();
        let (laid, shortened) = lay_labels(&all, &AVERY_5160, 2);
        assert_eq!((laid.sheets.len(), shortened), (3, 1), "two are used, and 61 more are three sheets");
        let mut seen = 0;
        for sheet in &laid.sheets {
            for placed in sheet {
                let Mark::Text { x, y, size, weight, text, .. } = &placed.mark else { continue };
                let column = ((x - 13.5) / 198.0).floor();
                let right = 13.5 + column * 198.0 + 189.0;
                assert!(x + weight.width(text, *size) <= right, "{text} runs into the next label");
                let above = (y - size - 36.0) / 72.0;
                assert!(above.floor() >= 0.0 && above.floor() == ((y - 36.0) / 72.0).floor(), "{text}: {y}");
                seen += 1;
            }
        }
        assert!(seen >= 61 * 4);
        let (first, _) = lay_labels(&all[..1], &AVERY_5160, 2);
        assert!(matches!(&first.sheets[0][0].mark, Mark::Text { x, .. } if *x > 13.5 + 2.0 * 198.0));
    }

    #[test]
    fn labels_are_a_pdf_that_is_read_in_order_and_none_is_a_page() {
        let (printed, _) = labels("Labels", &(0..31).map(address).collect::<Vec<_>>(), 0).expect("a pdf");
        assert_eq!((printed.pages, printed.missing), (2, 0));
        assert_eq!(labels("Labels", &[], 0).expect("a pdf").0.pages, 1);
    }
}
