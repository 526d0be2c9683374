//! The first sheet: the practice over the period, on one page.

use rust_xlsxwriter::{Chart, ChartType, Worksheet};

use super::cells::Pen;
use super::error::ExportError;
use super::order::SheetRows;
use super::register::About;
use super::styles;
use super::text::in_header;
use crate::insights::{Conversion, Ratio, Scorecards, Share, TakenIn, WayCards};
use crate::network::{PartnerClass, PartnerType};

/// What is handed out with it.
pub(super) struct Handed<'a> {
    /// The other sheets and how many rows they hold.
    pub(super) sheets: &'a [SheetRows],
    /// What patients' names are in it for, if they are.
    pub(super) purpose: Option<&'a str>,
    /// Who stays unnamed or out of it.
    pub(super) about: &'a About,
}

/// The sheet.
pub(super) fn sheet(
    name: &str,
    cards: &Scorecards,
    ways: &WayCards,
    handed: &Handed<'_>,
    pen: &mut Pen,
) -> Result<Worksheet, ExportError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    for (col, width) in (0u16..).zip([36.0, 13.0, 10.0, 3.0, 3.0, 40.0, 13.0, 10.0]) {
        sheet.set_column_width(col, width)?;
    }
    let (summary, period) = (&cards.summary, &cards.period);
    pen.styled(&mut sheet, 0, 0, &summary.practice, &styles::title())?;
    let dates = format!(
        "Referrals received {} to {}, true as of {}; before: {} to {}",
        period.from, period.to, period.as_of, period.before.from, period.before.to
    );
    pen.styled(&mut sheet, 1, 0, &dates, &styles::quiet())?;
    let mut identity = handed.purpose.map_or_else(
        || "Without names of patients.".to_owned(),
        |purpose| format!("With names of patients, for: {purpose}. Handle as patient data."),
    );
    identity.push_str(&left_out(handed.about));
    pen.styled(&mut sheet, 2, 0, &identity, &styles::quiet())?;

    let mut at = Writer { sheet: &mut sheet, pen, row: 4, col: 0 };
    at.heading("The period")?;
    at.number("Inbound referrals received", summary.received)?;
    at.number("The same in the period before", cards.totals.change.before)?;
    at.number("Outbound referrals", summary.sent)?;
    at.number("Referrals within the house", summary.internal)?;
    at.number("New patients", summary.new_patients)?;
    at.number("Partners who sent", summary.partners_sending)?;
    at.number("Partners in the network", summary.partners)?;
    at.number("Seen", cards.totals.seen)?;
    at.number("No-show", cards.totals.no_show)?;
    at.number("Declined", cards.totals.declined)?;
    at.number("Lost", cards.totals.lost)?;
    at.number("Open", cards.totals.open)?;
    at.row += 1;
    at.heading("Conversion")?;
    at.conversion("Received and seen", Some(&summary.conversion))?;
    at.conversion("Old enough to compare", summary.conversion_mature.as_ref())?;
    at.conversion("Period before, the same", summary.conversion_before.as_ref())?;
    at.number("Pending, in neither number", summary.conversion.pending)?;
    let time = &cards.totals.time_to_conversion;
    at.days("Days to the first visit, median", time.median, time.n)?;
    at.days("Days to the first visit, 9 of 10 within", time.p90, time.n)?;
    at.row += 1;
    at.heading("On their way")?;
    let way = ways.totals();
    at.ratio("Leaked, of those looked at", &way.leak_rate)?;
    at.ratio("Recovered, of the leaks", &way.recovered)?;
    at.ratio("Loop complete", &way.loop_complete)?;
    at.ratio("Seen or explained", &way.loop_seen)?;
    at.ratio("Thanked", &way.loop_thanked)?;
    at.ratio("Acknowledged in time", &way.ack_on_time)?;
    at.ratio("Report in time", &way.report_on_time)?;
    at.ratio("Returned with a letter", &way.return_rate)?;
    at.row += 1;
    at.heading("Sources")?;
    at.ratio("New patients with a named source", &summary.capture_rate)?;
    at.ratio("New patients who were asked", &summary.asked_rate)?;
    at.ratio("New patients without a source", &summary.unknown_share)?;
    at.days("New patients a month, mean of 3", summary.flow.mean, summary.flow.months)?;
    at.days("Variation of 12 months", summary.flow.variation, summary.flow.months)?;
    if let Some(concentration) = &summary.concentration {
        at.ratio("Strongest source, trailing year", &concentration.top1)?;
        at.ratio("Three strongest", &concentration.top3)?;
        at.ratio("Five strongest", &concentration.top5)?;
        at.days("Concentration (HHI)", Some(concentration.hhi), concentration.n)?;
    }
    at.row += 1;
    at.heading("With a named source, by who took them in")?;
    at.taken_in(&summary.taken_in, |one| &one.capture_rate)?;
    at.row += 1;
    at.heading("Asked, by who took them in")?;
    at.taken_in(&summary.taken_in, |one| &one.asked_rate)?;
    at.row += 1;
    at.heading("By class, of new patients with a source")?;
    at.shares(&summary.by_class, |code| PartnerClass::from_code(code).map(PartnerClass::label))?;
    at.row += 1;
    at.heading("By type, of new patients with a source")?;
    at.shares(&summary.by_type, |code| PartnerType::from_code(code).map(PartnerType::label))?;

    let right = 5;
    let mut at = Writer { row: 4, col: right, ..at };
    at.heading("Top sources, of all received")?;
    for top in &summary.top {
        at.ratio(&top.name, &top.share)?;
    }
    at.row += 1;
    at.heading("By month")?;
    for (col, text) in (right..).zip(["Month", "Received", "Seen"]) {
        let heading = if col == right { styles::table_heading() } else { styles::number_heading() };
        at.pen.styled(at.sheet, at.row, col, text, &heading)?;
    }
    let (first, count) = (at.row + 1, styles::count());
    for (row, month) in (first..).zip(&summary.months) {
        at.pen.styled(at.sheet, row, right, &month.month, &styles::text())?;
        at.sheet.write_number_with_format(row, right + 1, month.received, &count)?;
        at.sheet.write_number_with_format(row, right + 2, month.seen, &count)?;
    }
    let last = first + u32::try_from(summary.months.len()).unwrap_or(1).max(1) - 1;
    at.row = last + 1;
    let mut chart = Chart::new(ChartType::Column);
    for (col, title, color) in
        [(right + 1, "Received", styles::ACCENT), (right + 2, "Seen", styles::ACCENT_LIGHT)]
    {
        chart
            .add_series()
            .set_name(title)
            .set_categories((name, first, right, last, right))
            .set_values((name, first, col, last, col))
            .set_format(
                rust_xlsxwriter::ChartFormat::new()
                    .set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(color)),
            )
            .set_gap(60);
    }
    styles::calm(&mut chart, "Inbound referrals by month");
    chart.set_width(460).set_height(270).set_alt_text(
        "Inbound referrals received and seen by month; the numbers stand in the table beside it",
    );
    at.row += 1;
    at.sheet.insert_chart(at.row, right, &chart)?;
    at.row += 15;
    at.heading("Sheets of this workbook and their rows")?;
    for rows in handed.sheets {
        at.number(&rows.sheet, rows.rows)?;
    }

    sheet.set_screen_gridlines(false);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 1);
    sheet.set_footer(format!("&L{}&RPage &P of &N", in_header(&summary.practice)));
    Ok(sheet)
}

/// What the register leaves out, in words; empty where nothing is.
fn left_out(about: &About) -> String {
    let mut text = String::new();
    if about.left_out > 0 {
        let what = if about.left_out == 1 { "referral is" } else { "referrals are" };
        text.push_str(&format!(
            " {} restricted {what} counted in the totals and left out of the register.",
            about.left_out
        ));
    }
    if about.unnamed > 0 {
        let what = if about.unnamed == 1 { "patient stands" } else { "patients stand" };
        text.push_str(&format!(" {} {what} without name: they did not allow it.", about.unnamed));
    }
    text
}

/// Writes label and value, line by line.
struct Writer<'a> {
    sheet: &'a mut Worksheet,
    pen: &'a mut Pen,
    row: u32,
    col: u16,
}

impl Writer<'_> {
    fn heading(&mut self, text: &str) -> Result<(), ExportError> {
        self.pen.styled(self.sheet, self.row, self.col, text, &styles::heading())?;
        self.row += 1;
        Ok(())
    }

    fn label(&mut self, text: &str) -> Result<(), ExportError> {
        self.pen.styled(self.sheet, self.row, self.col, text, &styles::label())
    }

    fn number(&mut self, label: &str, value: u32) -> Result<(), ExportError> {
        self.label(label)?;
        self.sheet.write_number_with_format(self.row, self.col + 1, value, &styles::count())?;
        self.row += 1;
        Ok(())
    }

    /// "14 of 16" and, from five cases on, the percentage.
    fn ratio(&mut self, label: &str, ratio: &Ratio) -> Result<(), ExportError> {
        self.label(label)?;
        self.pen.styled(self.sheet, self.row, self.col + 1, &ratio.words(), &styles::ratio())?;
        if let Some(share) = ratio.share() {
            self.sheet.write_number_with_format(self.row, self.col + 2, share, &styles::percent())?;
        }
        self.row += 1;
        Ok(())
    }

    fn conversion(&mut self, label: &str, conversion: Option<&Conversion>) -> Result<(), ExportError> {
        match conversion {
            Some(conversion) => self.ratio(label, &conversion.ratio),
            None => {
                self.label(label)?;
                self.pen.styled(self.sheet, self.row, self.col + 1, "—", &styles::ratio())?;
                self.row += 1;
                Ok(())
            }
        }
    }

    /// A number with decimals and how many cases stand behind it.
    fn days(&mut self, label: &str, value: Option<f64>, n: u32) -> Result<(), ExportError> {
        self.label(label)?;
        match value {
            Some(value) => {
                self.sheet.write_number_with_format(
                    self.row,
                    self.col + 1,
                    value,
                    &rust_xlsxwriter::Format::new().set_num_format("0.0##"),
                )?;
            }
            None => self.pen.styled(self.sheet, self.row, self.col + 1, "—", &styles::ratio())?,
        }
        self.pen.styled(self.sheet, self.row, self.col + 2, &format!("n {n}"), &styles::quiet())?;
        self.row += 1;
        Ok(())
    }

    fn taken_in(&mut self, all: &[TakenIn], rate: impl Fn(&TakenIn) -> &Ratio) -> Result<(), ExportError> {
        for one in all {
            self.ratio(one.name.as_deref().unwrap_or("Imported"), rate(one))?;
        }
        Ok(())
    }

    fn shares(
        &mut self,
        shares: &[Share],
        label: impl Fn(&str) -> Option<&'static str>,
    ) -> Result<(), ExportError> {
        for share in shares {
            self.ratio(label(&share.code).unwrap_or(&share.code), &share.ratio)?;
        }
        Ok(())
    }
}
