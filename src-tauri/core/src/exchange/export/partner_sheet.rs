//! One partner on one page, ready to print: no patient, no money, no other partner.

use rust_xlsxwriter::{Chart, ChartFormat, ChartSolidFill, ChartType, Worksheet};

use super::cells::{Pen, serial};
use super::error::ExportError;
use super::styles;
use super::text::in_header;
use crate::insights::{PartnerScorecard, StepCode};

/// The last column of the page.
const LAST_COLUMN: u16 = 5;

/// The heading of a column: words to the left, numbers to the right.
fn heading(col: u16) -> rust_xlsxwriter::Format {
    if col == 0 { styles::table_heading() } else { styles::number_heading() }
}

/// The sheet.
pub(super) fn sheet(
    name: &str,
    practice: &str,
    page: &PartnerScorecard,
    pen: &mut Pen,
) -> Result<Worksheet, ExportError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    for (col, width) in (0u16..).zip([30.0, 14.0, 14.0, 14.0, 14.0, 14.0]) {
        sheet.set_column_width(col, width)?;
    }
    let (card, figures, period) = (&page.card, &page.card.figures, &page.period);
    pen.styled(&mut sheet, 0, 0, &card.name, &styles::title())?;
    let kind = format!("{} · {} · {}", card.class.label(), card.kind.label(), card.status.label());
    pen.styled(&mut sheet, 1, 0, &kind, &styles::quiet())?;
    let dates = format!("Referrals received {} to {}, true as of {}", period.from, period.to, period.as_of);
    pen.styled(&mut sheet, 2, 0, &dates, &styles::quiet())?;
    if let Some(owner) = &card.owner {
        pen.styled(&mut sheet, 3, 0, &format!("Looked after by {owner}"), &styles::quiet())?;
    }

    let big = styles::big_number();
    let facts = [
        ("Received", figures.received),
        ("Period before", figures.change.before),
        ("Seen", figures.seen),
        ("No-show", figures.no_show),
        ("Declined or lost", figures.declined + figures.lost),
        ("Open", figures.open),
    ];
    for (col, (label, value)) in (0u16..).zip(facts) {
        pen.styled(&mut sheet, 5, col, label, &styles::label())?;
        sheet.write_number_with_format(6, col, value, &big)?;
    }

    let mut row = 8;
    pen.styled(&mut sheet, row, 0, "From referral to visit", &styles::heading())?;
    row += 1;
    for (col, text) in (0u16..).zip(["Step", "Of received", "Share", "Days, median", "Days, 9 of 10", "n"]) {
        pen.styled(&mut sheet, row, col, text, &heading(col))?;
    }
    for step in &page.steps {
        row += 1;
        let label = match step.code {
            StepCode::Received => "Received",
            StepCode::Scheduled => "Appointment made",
            StepCode::Seen => "Seen",
        };
        pen.styled(&mut sheet, row, 0, label, &styles::label())?;
        pen.styled(&mut sheet, row, 1, &step.ratio.words(), &styles::ratio())?;
        if let Some(share) = step.ratio.share() {
            sheet.write_number_with_format(row, 2, share, &styles::percent())?;
        }
        for (col, days) in [(3, step.days.median), (4, step.days.p90)] {
            if let Some(days) = days {
                sheet.write_number_with_format(row, col, days, &styles::days())?;
            }
        }
        if step.code != StepCode::Received {
            sheet.write_number_with_format(row, 5, step.days.n, &styles::count())?;
        }
    }
    row += 1;
    pen.styled(&mut sheet, row, 0, "Conversion, without pending", &styles::label())?;
    pen.styled(&mut sheet, row, 1, &figures.conversion.ratio.words(), &styles::ratio())?;
    if let Some(share) = figures.conversion.ratio.share() {
        sheet.write_number_with_format(row, 2, share, &styles::percent())?;
    }
    pen.styled(&mut sheet, row, 3, &format!("{} pending", figures.conversion.pending), &styles::ratio())?;
    if let Some(last) = figures.last_on.and_then(serial) {
        row += 1;
        pen.styled(&mut sheet, row, 0, "Last referral", &styles::label())?;
        sheet.write_number_with_format(row, 1, last, &styles::day())?;
    }

    row += 2;
    pen.styled(&mut sheet, row, 0, "By month", &styles::heading())?;
    row += 1;
    for (col, text) in (0u16..).zip(["Month", "Received", "Seen", "Month before", "Received before"]) {
        pen.styled(&mut sheet, row, col, text, &heading(col))?;
    }
    let first = row + 1;
    for (offset, month) in (0u32..).zip(&page.months) {
        pen.styled(&mut sheet, first + offset, 0, &month.month, &styles::text())?;
        sheet.write_number_with_format(first + offset, 1, month.received, &styles::count())?;
        sheet.write_number_with_format(first + offset, 2, month.seen, &styles::count())?;
    }
    for (offset, month) in (0u32..).zip(&page.months_before) {
        pen.styled(&mut sheet, first + offset, 3, &month.month, &styles::ratio())?;
        sheet.write_number_with_format(first + offset, 4, month.received, &styles::count())?;
    }
    let months = u32::try_from(page.months.len().max(page.months_before.len()).max(1)).unwrap_or(1);
    let last = first + months - 1;
    let mut chart = Chart::new(ChartType::Column);
    for (col, title, color) in [(4, "Period before", styles::BEFORE), (1, "Received", styles::ACCENT)] {
        chart
            .add_series()
            .set_name(title)
            .set_categories((name, first, 0, last, 0))
            .set_values((name, first, col, last, col))
            .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(color)))
            .set_gap(60);
    }
    styles::calm(&mut chart, "Referrals received by month");
    chart.set_width(700).set_height(260).set_alt_text(
        "Referrals received by month, beside the period before; the numbers stand in the table above",
    );
    row = last + 2;
    sheet.insert_chart(row, 0, &chart)?;
    row += 14;

    pen.styled(&mut sheet, row, 0, "Who sent them", &styles::heading())?;
    row += 1;
    for (col, text) in (0u16..).zip(["Person", "Received", "Seen"]) {
        pen.styled(&mut sheet, row, col, text, &heading(col))?;
    }
    for person in page.people.iter().take(15) {
        row += 1;
        pen.styled(
            &mut sheet,
            row,
            0,
            person.name.as_deref().unwrap_or("(no person named)"),
            &styles::text(),
        )?;
        sheet.write_number_with_format(row, 1, person.received, &styles::count())?;
        sheet.write_number_with_format(row, 2, person.seen, &styles::count())?;
    }
    if page.people.len() > 15 {
        row += 1;
        pen.styled(&mut sheet, row, 0, &format!("and {} more", page.people.len() - 15), &styles::quiet())?;
    }

    sheet.set_screen_gridlines(false);
    sheet.set_print_area(0, 0, row, LAST_COLUMN)?;
    sheet.set_print_fit_to_pages(1, 1);
    sheet.set_portrait();
    sheet.set_print_center_horizontally(true);
    sheet.set_header(format!("&L{}&R{} to {}", in_header(practice), period.from, period.to));
    sheet.set_footer(format!("&L{}&RPage &P of &N", in_header(&card.name)));
    Ok(sheet)
}
