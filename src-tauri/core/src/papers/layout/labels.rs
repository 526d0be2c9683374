//! Where an address stands on a sheet of labels.

use super::{Flow, Kind, Laid, Style, WORDS};
use crate::papers::ink::lines;
use crate::papers::labels::LabelSheet;
use crate::papers::paper::{Look, PaperSize};

/// The height of a line on a label, in sizes.
const TIGHT: f32 = 1.25;

/// Lays labels out on sheets of them; `free` is the first label of the first sheet that is not used yet, from 0. Returns how
/// many were shortened, too.
pub(in crate::papers) fn lay_labels(labels: &[Vec<String>], sheet: &LabelSheet, free: usize) -> (Laid, u32) {
    let laid = Laid { sheets: vec![Vec::new()], parts: Vec::new(), landmarks: Vec::new(), missing: 0 };
    let (width, height) = PaperSize::Letter.points();
    let side = sheet.inset;
    let mut flow = Flow { laid, width, height, y: 0.0, look: Look::Record, side, plain: WORDS };
    let (each, mut shortened) = (sheet.columns * sheet.rows, 0);
    for (at, label) in (free.min(each.saturating_sub(1))..).zip(labels) {
        let place = at % each;
        if at > 0 && place == 0 && !flow.laid.parts.is_empty() {
            flow.laid.sheets.push(Vec::new());
        }
        let (column, row) = ((place % sheet.columns) as f32, (place / sheet.columns) as f32);
        let (x, y) = (sheet.left + column * sheet.across, sheet.top + row * sheet.down);
        shortened += u32::from(flow.label(label, sheet, (x, y)));
    }
    (flow.laid, shortened)
}

impl Flow {
    /// An address on its label, in the middle of its height; as large as it fits. Whether lines were left out.
    fn label(&mut self, label: &[String], sheet: &LabelSheet, (x, y): (f32, f32)) -> bool {
        let text = self.clean(&label.join("\n"));
        let (width, height) = (sheet.width - 2.0 * sheet.inset, sheet.height - 2.0 * sheet.inset);
        let part = self.part(Kind::Paragraph, None);
        let mut size = 10.0;
        let mut broken = lines(&text, WORDS.weight, size, width);
        while size > 5.5 && broken.len() as f32 * size * TIGHT > height {
            size -= 0.5;
            broken = lines(&text, WORDS.weight, size, width);
        }
        let line = size * TIGHT;
        let fits = (height / line).floor().max(1.0) as usize;
        let cut = broken.len() > fits;
        broken.truncate(fits);
        let mut top = y + (sheet.height - broken.len() as f32 * line) / 2.0;
        for text in broken {
            self.line(text, x + sheet.inset, top, Style { size, ..WORDS }, Some(part));
            top += line;
        }
        cut
    }
}
