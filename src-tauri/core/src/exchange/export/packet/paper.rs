//! A slip, and the list of what is in a packet, as papers.

use super::slip::Slip;
use crate::papers::{Block, Letterhead, Paper, Table, TableColumn};

/// A document of a packet and the files that hold it, by the names they have in it.
pub(super) struct Held {
    pub(super) document: String,
    pub(super) files: Vec<String>,
}

/// The slip on one page.
pub(super) fn slip(slip: &Slip) -> Paper {
    let mut blocks = vec![Block::Paragraph(slip.on.clone()), Block::Address(slip.to.clone())];
    blocks.push(Block::Title(slip.title.clone()));
    blocks.extend(slip.urgent.clone().map(Block::Notice));
    let known = slip.facts.iter().map(|fact| (fact.label.clone(), fact.value.clone()));
    let mut facts: Vec<(String, String)> = known.collect();
    facts.extend(slip.message.clone().map(|message| ("Message".to_owned(), message)));
    // In one line each, so that the slip stays on one page.
    for (label, documents) in [("Enclosed", &slip.enclosed), ("Agreed, not enclosed", &slip.missing)] {
        if !documents.is_empty() {
            facts.push((label.to_owned(), documents.join(", ")));
        }
    }
    blocks.push(Block::Facts(facts));
    blocks.push(Block::Remark(slip.remark.clone()));
    Paper {
        title: slip.title.clone(),
        letterhead: Letterhead { name: slip.practice.clone(), lines: slip.letterhead.clone() },
        size: slip.size,
        blocks,
        footer: slip.practice.clone(),
        ..Paper::default()
    }
}

/// The slip, and after it what is in the packet.
pub(super) fn packet(slip_of: &Slip, held: &[Held]) -> Paper {
    let mut paper = slip(slip_of);
    paper.blocks.extend([Block::NewPage, Block::Title("What is in this packet".into())]);
    if held.is_empty() {
        paper.blocks.push(Block::Paragraph("This slip; nothing else comes along.".into()));
    } else {
        let with_files = held.iter().any(|document| !document.files.is_empty());
        let mut columns = vec![TableColumn::words("Document", 3.0)];
        if with_files {
            columns.push(TableColumn::words("File", 2.0));
        }
        let rows = held.iter().map(|document| {
            let mut row = vec![document.document.clone()];
            if with_files {
                let none = "on paper, or sent apart".to_owned();
                row.push(if document.files.is_empty() { none } else { document.files.join("\n") });
            }
            row
        });
        paper.blocks.push(Block::Table(Table { columns, rows: rows.collect() }));
    }
    if !slip_of.missing.is_empty() {
        paper.blocks.push(Block::Heading("Agreed, but not in this packet".into()));
        paper
            .blocks
            .push(Block::Checklist(slip_of.missing.iter().map(|name| (name.clone(), false)).collect()));
        paper.blocks.push(Block::Remark("These were agreed on and could not be sent with it.".into()));
    }
    paper
}

#[cfg(test)]
mod tests {
    use super::super::slip::SlipFact;
    use super::*;
    use crate::papers::{PaperSize, pdf};

    fn full() -> Slip {
        let fact = |label: &str, value: String| SlipFact { label: label.into(), value };
        Slip {
            title: "Referral".into(),
            practice: "Harborview Orthopedics".into(),
            letterhead: vec!["12 Quay Street".into(), "Portland, ME 04101".into()],
            on: "November 26, 2026".into(),
            size: PaperSize::Letter,
            to: vec!["Keiko Ito, MD".into(), "Lakeside Family Medicine".into(), "4 Shore Road".into()],
            urgent: Some("URGENT. Please see this patient within days and tell us the appointment.".into()),
            facts: (0..14)
                .map(|n| fact("A label of a fact", format!("value {n} {}", "words ".repeat(9))))
                .collect(),
            message: Some("word ".repeat(120)),
            enclosed: (0..6).map(|n| format!("Document {n}")).collect(),
            missing: vec!["Imaging report".into(), "Medication list".into()],
            remark: "Confidential.".into(),
        }
    }

    #[test]
    fn a_slip_that_says_all_it_can_stays_on_one_page() {
        let printed = pdf(&slip(&full())).expect("a slip");
        assert_eq!((printed.pages, printed.missing), (1, 0));
    }

    #[test]
    fn a_packet_lists_what_it_holds_and_what_it_lacks() {
        let held = [
            Held { document: "X-ray".into(), files: vec!["2 Document.pdf".into()] },
            Held { document: "Notes".into(), files: Vec::new() },
        ];
        let paper = packet(&full(), &held);
        let table = paper.blocks.iter().find_map(|block| match block {
            Block::Table(table) => Some(table.rows.clone()),
            _ => None,
        });
        let expected = [["X-ray", "2 Document.pdf"], ["Notes", "on paper, or sent apart"]];
        assert_eq!(table.expect("a table"), expected);
        assert!(paper.blocks.contains(&Block::Checklist(vec![
            ("Imaging report".into(), false),
            ("Medication list".into(), false)
        ])));
        assert_eq!(pdf(&paper).expect("a packet").pages, 2);
    }
}
