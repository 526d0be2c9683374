//! The register of gifts of a year on the practice's paper, to be signed and filed.

use chrono::{DateTime, NaiveDate};

use super::order::SheetRows;
use super::reward_register::{
    DEFINITIONS, GiftYear, dollars, exceptional, offer_stands, rules, stands, words,
};
use crate::gratitude::{OfferRow, RecipientKind, RewardRow, ShareRow};
use crate::papers::{Block, Letterhead, Paper, PaperSize, Table, TableColumn};

/// The register, and how many lines each of its parts has.
pub(super) fn paper(
    year: &GiftYear,
    letterhead: Letterhead,
    size: PaperSize,
    today: NaiveDate,
) -> (Paper, Vec<SheetRows>) {
    let entries = entries(&year.all);
    let total: i64 = shares(&year.all).map(|(_, share)| share.cents).sum();
    let (meters, exceptions) = (meters(year), exceptions(&year.all));
    let (limits, signed, together) = (limits(year), signed(year), together(&year.together));
    let parts = [
        ("Register", entries.rows.len()),
        ("Meters", meters.rows.len()),
        ("Exceptions and cures", exceptions.rows.len()),
        ("Limits", limits.rows.len()),
        ("Signed", signed.rows.len()),
        ("Done together", together.rows.len()),
    ];
    let counted = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let mut blocks = vec![
        Block::Title(format!("Register of gifts {}", year.year)),
        Block::Facts(vec![
            ("Calendar year".into(), year.year.to_string()),
            ("As of".into(), told(today)),
            (
                "Entries".into(),
                format!(
                    "{} with {}",
                    counted(year.all.len(), "entry", "entries"),
                    counted(entries.rows.len(), "line", "lines")
                ),
            ),
            ("In all".into(), dollars(total)),
            ("Wait for approval".into(), year.waiting.to_string()),
            ("Exceptions and cures".into(), counted(exceptions.rows.len(), "line", "lines")),
        ]),
    ];
    let mut part = |title: String, table: Table, none: &str| {
        blocks.push(Block::Heading(title));
        blocks.push(if table.rows.is_empty() {
            Block::Paragraph(none.to_owned())
        } else {
            Block::Table(table)
        });
    };
    let lines = |n: usize| counted(n, "line", "lines");
    part(
        format!("Entries ({}, {})", lines(entries.rows.len()), dollars(total)),
        entries,
        "Nothing was given this year.",
    );
    part(
        format!("Meters of the year ({})", lines(meters.rows.len())),
        meters,
        "No meter has anything on it.",
    );
    part(
        format!("Exceptions and cures ({})", lines(exceptions.rows.len())),
        exceptions,
        "None: nothing was given outside the rules, and nothing had to be returned.",
    );
    part(
        format!("Done together ({})", lines(together.rows.len())),
        together,
        "Nothing was promoted, shown or offered together with a partner.",
    );
    part("Limits and their sources".into(), limits, "No limits are set.");
    part("Signed".into(), signed, "Nobody has signed this year in Baton yet.");
    blocks.push(Block::Heading("What the columns mean".into()));
    blocks.extend(DEFINITIONS.iter().map(|(name, text)| Block::Remark(format!("{name}: {text}"))));
    blocks.push(Block::Heading("Looked through by compliance".into()));
    blocks.push(Block::Signature("Signature, name and date".into()));
    let footer = format!("{}, register of gifts {}. Not legal advice.", letterhead.name, year.year);
    let paper = Paper {
        title: format!("Register of gifts {}", year.year),
        letterhead,
        size,
        blocks,
        footer,
        ..Paper::default()
    };
    let sheets = parts.into_iter().map(|(sheet, rows)| SheetRows {
        sheet: sheet.into(),
        rows: u32::try_from(rows).unwrap_or(u32::MAX),
    });
    (paper, sheets.collect())
}

fn told(day: NaiveDate) -> String {
    day.format("%b %-d, %Y").to_string()
}

/// Every share of others than us.
fn shares(all: &[RewardRow]) -> impl Iterator<Item = (&RewardRow, &ShareRow)> {
    all.iter().flat_map(|entry| {
        entry.shares.iter().filter(|share| share.recipient.is_some()).map(move |share| (entry, share))
    })
}

fn entries(all: &[RewardRow]) -> Table {
    let columns = vec![
        TableColumn::words("Date", 1.7),
        TableColumn::words("Recipient", 2.0),
        TableColumn::words("What", 2.3),
        TableColumn::numbers("Value", 1.2),
        TableColumn::numbers("Year so far", 1.6),
        TableColumn::words("Stands", 1.5),
    ];
    let rows = shares(all).map(|(entry, share)| {
        let kind = share.recipient.map(RecipientKind::code).map(words).unwrap_or_default();
        let so_far = share.before_cents.map(|before| dollars(before + share.cents));
        let of = share.limit_cents.map(|limit| format!("of {}", dollars(limit)));
        let mut stand = stands(entry.standing).to_owned();
        if let Some(who) = &entry.decided_by {
            stand.push_str(&format!("\n{who}"));
        }
        if let Some(on) = entry.decided_on {
            stand.push_str(&format!(", {}", told(on)));
        }
        let mut what = format!("{}: {}", words(entry.kind.code()), entry.what);
        if let Some(purpose) = entry.purpose.as_deref().filter(|purpose| !purpose.is_empty()) {
            what.push_str(&format!("\n{purpose}"));
        }
        vec![
            told(entry.on),
            format!("{}\n{kind}", share.name),
            what,
            dollars(share.cents),
            [so_far, of].into_iter().flatten().collect::<Vec<_>>().join("\n"),
            stand,
        ]
    });
    Table { rows: rows.collect(), columns }
}

fn meters(year: &GiftYear) -> Table {
    let columns = vec![
        TableColumn::words("Recipient", 2.6),
        TableColumn::words("Kind", 1.8),
        TableColumn::numbers("Given", 1.2),
        TableColumn::numbers("Planned", 1.2),
        TableColumn::numbers("Limit", 1.2),
        TableColumn::numbers("Over", 1.2),
    ];
    let rows = year.meters.iter().map(|row| {
        let meter = row.meter;
        vec![
            row.name.clone(),
            words(row.recipient.code()),
            dollars(meter.given_cents),
            dollars(meter.planned_cents),
            meter.limit_cents.map(dollars).unwrap_or_default(),
            meter.excess_cents().map(dollars).unwrap_or_default(),
        ]
    });
    Table { rows: rows.collect(), columns }
}

fn exceptions(all: &[RewardRow]) -> Table {
    let columns = vec![
        TableColumn::words("What", 1.8),
        TableColumn::words("Date", 1.2),
        TableColumn::words("Recipient", 1.8),
        TableColumn::numbers("Amount", 1.1),
        TableColumn::words("Rules, and what happened", 3.4),
    ];
    let rows = shares(all).filter_map(|(entry, share)| {
        let (what, happened) = exceptional(entry)?;
        let told_of = [rules(&share.findings), happened.to_owned()];
        let told_of: Vec<String> = told_of.into_iter().filter(|text| !text.is_empty()).collect();
        Some(vec![
            what.to_owned(),
            told(entry.on),
            share.name.clone(),
            dollars(share.cents),
            told_of.join("\n"),
        ])
    });
    Table { rows: rows.collect(), columns }
}

fn together(all: &[OfferRow]) -> Table {
    let columns = vec![
        TableColumn::words("When", 1.6),
        TableColumn::words("With", 2.0),
        TableColumn::words("What, and why it is fair", 3.2),
        TableColumn::numbers("Ours", 1.1),
        TableColumn::numbers("Theirs", 1.1),
        TableColumn::words("Stands", 1.5),
    ];
    let rows = all.iter().map(|one| {
        let offer = &one.offer;
        let when = [Some(offer.from_on), offer.to_on].into_iter().flatten().map(told);
        let mut what = vec![format!("{}: {}", words(offer.kind.code()), offer.what)];
        what.extend(offer.fair_value.clone());
        what.extend(offer.agreement.clone());
        let mut stand = offer_stands(one.standing).to_owned();
        if let (Some(who), Some(on)) = (&one.decided_by, one.decided_on) {
            stand.push_str(&format!("\n{who}, {}", told(on)));
        }
        vec![
            when.collect::<Vec<_>>().join("\n"),
            one.partner_name.clone(),
            what.join("\n"),
            dollars(offer.ours_cents),
            dollars(offer.theirs_cents),
            stand,
        ]
    });
    Table { rows: rows.collect(), columns }
}

fn limits(year: &GiftYear) -> Table {
    let columns = vec![
        TableColumn::words("Year", 0.7),
        TableColumn::numbers("Physician, year", 1.3),
        TableColumn::numbers("Patient, one gift", 1.3),
        TableColumn::numbers("Patient, year", 1.2),
        TableColumn::words("Source", 4.0),
    ];
    let rows = year.limits.iter().map(|one| {
        let verified = match one.limits.verified_on {
            Some(on) => format!("verified {}", told(on)),
            None => "not verified yet".to_owned(),
        };
        let by = if one.changed { "set by the practice" } else { "came with Baton" };
        vec![
            one.limits.year.to_string(),
            dollars(one.limits.physician_cents),
            dollars(one.limits.patient_item_cents),
            dollars(one.limits.patient_year_cents),
            format!("{}\n{verified}, {by}", one.limits.source),
        ]
    });
    Table { rows: rows.collect(), columns }
}

fn signed(year: &GiftYear) -> Table {
    let columns = vec![
        TableColumn::words("Signed", 1.2),
        TableColumn::words("By", 1.8),
        TableColumn::numbers("Entries then", 1.1),
        TableColumn::numbers("Entries now", 1.1),
        TableColumn::words("Findings", 3.4),
    ];
    let rows = year.signed.iter().map(|one| {
        let on = DateTime::from_timestamp_millis(one.signed_at).map(|at| told(at.date_naive()));
        vec![
            on.unwrap_or_default(),
            one.signed_by.clone(),
            format!("{}\n{}", one.entries, dollars(one.total_cents)),
            one.entries_now.to_string(),
            one.findings.clone(),
        ]
    });
    Table { rows: rows.collect(), columns }
}
