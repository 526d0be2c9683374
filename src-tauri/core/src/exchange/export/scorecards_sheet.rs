//! The sheet of all partners: one row each, as an Excel table.

use rust_xlsxwriter::{
    ConditionalFormat2ColorScale, ConditionalFormatDataBar, Format, Formula, Sparkline, SparklineType, Table,
    TableColumn, TableFunction, TableStyle, Worksheet,
};

use super::cells::{Pen, serial};
use super::error::ExportError;
use super::styles;
use crate::insights::{Figures, Ratio, Scorecard, Scorecards, WayCards, WayFigures};

/// The row of referrals that no partner of the list sent.
const WITHOUT_PARTNER: &str = "(no partner named)";

/// How many rows of data it holds: the partners and the referrals without one.
pub(super) fn data_rows(cards: &Scorecards) -> u32 {
    u32::try_from(cards.rows.len()).unwrap_or(u32::MAX - 2) + 1
}

/// A column of the table.
struct Column<'a> {
    heading: String,
    width: f64,
    format: Format,
    total: Total,
    value: Box<dyn Fn(&Line<'a>) -> Value<'a> + 'a>,
}

/// What a row is made of: a partner, or what belongs to none; the figures alone for the totals.
struct Line<'a> {
    card: Option<&'a Scorecard>,
    figures: &'a Figures,
    ways: WayFigures,
}

/// What stands under a column.
enum Total {
    Nothing,
    Label,
    Sum,
    /// Of a share: one column of what is shown ÷ another, by their headings.
    Share(&'static str, &'static str),
}

enum Value<'a> {
    Empty,
    Text(&'a str),
    Owned(String),
    Number(f64),
}

/// The sheet.
pub(super) fn sheet(
    name: &str,
    cards: &Scorecards,
    ways: &WayCards,
    pen: &mut Pen,
) -> Result<Worksheet, ExportError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    let columns = columns(cards);
    let last_row = data_rows(cards);
    let position = |heading: &str| {
        (0u16..).zip(&columns).find(|(_, column)| column.heading == heading).map_or(0, |(at, _)| at)
    };

    for (col, column) in (0u16..).zip(&columns) {
        sheet.set_column_width(col, column.width)?;
        sheet.set_column_format(col, &column.format)?;
    }
    let shown = cards.rows.iter().map(|card| card.partner).collect();
    let partners = cards.rows.iter().map(|card| Line {
        card: Some(card),
        figures: &card.figures,
        ways: ways.of(card.partner),
    });
    let without = Line { card: None, figures: &cards.without_partner, ways: ways.without(&shown) };
    for (row, line) in (1u32..).zip(partners.chain([without])) {
        for (col, column) in (0u16..).zip(&columns) {
            match (column.value)(&line) {
                Value::Empty => {}
                Value::Text(text) => pen.text(&mut sheet, row, col, text)?,
                Value::Owned(text) => pen.text(&mut sheet, row, col, &text)?,
                Value::Number(number) => {
                    sheet.write_number(row, col, number)?;
                }
            }
        }
    }
    let totals = Line { card: None, figures: &cards.totals, ways: ways.totals() };
    add_table(&mut sheet, &columns, last_row, &totals)?;

    let first_month = position("Trend") + 1;
    let last_month = first_month + u16::try_from(cards.months.len().saturating_sub(1)).unwrap_or(0);
    trend(&mut sheet, (name, position("Trend")), (first_month, last_month), last_row)?;
    let bar = |color| ConditionalFormatDataBar::new().set_fill_color(color).set_solid_fill(true);
    let received = position("Received");
    sheet.add_conditional_format(1, received, last_row, received, &bar(styles::ACCENT_LIGHT))?;
    let change = position("Change");
    sheet.add_conditional_format(
        1,
        change,
        last_row,
        change,
        &bar(styles::ACCENT_LIGHT).set_negative_fill_color(0xE3_B5_8F),
    )?;
    let scale = ConditionalFormat2ColorScale::new()
        .set_minimum_color(0xFF_FF_FF)
        .set_maximum_color(styles::ACCENT_LIGHT);
    sheet.add_conditional_format(1, first_month, last_row, last_month, &scale)?;
    for heading in ["Conversion", "Loop complete %", "Report in time %"] {
        let share = position(heading);
        sheet.add_conditional_format(1, share, last_row, share, &scale)?;
    }

    sheet.set_row_height(0, 32)?;
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_repeat_rows(0, 0)?;
    // The id is for scripts, not for paper.
    let printed = u16::try_from(columns.len().saturating_sub(2)).unwrap_or(0);
    sheet.set_print_area(0, 0, last_row + 1, printed)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_footer("&L&A&RPage &P of &N");
    Ok(sheet)
}

/// A small column chart a row. A single month is no trend.
fn trend(
    sheet: &mut Worksheet,
    (name, col): (&str, u16),
    (first, last): (u16, u16),
    last_row: u32,
) -> Result<(), ExportError> {
    if first == last {
        return Ok(());
    }
    let line = Sparkline::new()
        .set_range((name, 1, first, last_row, last))
        .set_type(SparklineType::Column)
        .set_sparkline_color(styles::ACCENT)
        .set_custom_min(0);
    if last_row == 1 {
        sheet.add_sparkline(1, col, &line)?;
    } else {
        sheet.add_sparkline_group(1, col, last_row, col, &line)?;
    }
    Ok(())
}

fn add_table<'a>(
    sheet: &mut Worksheet,
    columns: &[Column<'a>],
    last_row: u32,
    totals: &Line<'a>,
) -> Result<(), ExportError> {
    let (heading, bold) = (styles::table_heading(), |format: &Format| format.clone().set_bold());
    let table_columns: Vec<TableColumn> = columns
        .iter()
        .map(|column| {
            let base = TableColumn::new().set_header(&column.heading).set_header_format(&heading);
            match column.total {
                Total::Nothing => base,
                Total::Label => base.set_total_label("Total").set_format(bold(&column.format)),
                Total::Sum => base.set_total_function(TableFunction::Sum).set_format(&column.format),
                Total::Share(a, b) => base
                    .set_total_function(TableFunction::Custom(Formula::new(format!(
                        "=IF(SUBTOTAL(109,[{b}])<5,\"\",SUBTOTAL(109,[{a}])/SUBTOTAL(109,[{b}]))"
                    ))))
                    .set_format(&column.format),
            }
        })
        .collect();
    let table = Table::new()
        .set_name("Scorecards")
        .set_columns(&table_columns)
        .set_total_row(true)
        .set_style(TableStyle::Light1)
        .set_alt_text("Partners and what they sent in the period");
    let last_column = u16::try_from(columns.len() - 1).unwrap_or(u16::MAX);
    sheet.add_table(0, 0, last_row + 1, last_column, &table)?;
    // The results stand beside the formulas, for programs that read without calculating.
    for (col, column) in (0u16..).zip(columns) {
        let Value::Number(result) = (column.value)(totals) else { continue };
        if matches!(column.total, Total::Sum | Total::Share(..)) {
            sheet.set_formula_result(last_row + 1, col, result.to_string());
        }
    }
    Ok(())
}

fn columns<'a>(cards: &'a Scorecards) -> Vec<Column<'a>> {
    let mut all = vec![
        text("Partner", 34.0, Total::Label, |card, _| {
            card.map_or(Value::Text(WITHOUT_PARTNER), |card| Value::Text(&card.name))
        }),
        text("Class", 12.0, Total::Nothing, |card, _| {
            card.map_or(Value::Empty, |card| Value::Text(card.class.label()))
        }),
        text("Type", 20.0, Total::Nothing, |card, _| {
            card.map_or(Value::Empty, |card| Value::Text(card.kind.label()))
        }),
        text("Owner", 18.0, Total::Nothing, |card, _| {
            card.and_then(|card| card.owner.as_deref()).map_or(Value::Empty, Value::Text)
        }),
        text("Status", 10.0, Total::Nothing, |card, _| {
            card.map_or(Value::Empty, |card| Value::Text(card.status.label()))
        }),
        count("Received", 10.0, |f| f.received),
        count("Before", 9.0, |f| f.change.before),
        column("Change", 9.0, styles::signed(), Total::Sum, |_, f| {
            Value::Number(f64::from(f.change.difference))
        }),
        column("Change %", 9.0, styles::signed_percent(), Total::Nothing, |_, f| share(f.change.percent)),
        column("Trend", 16.0, Format::new(), Total::Nothing, |_, _| Value::Empty),
    ];
    for (at, month) in cards.months.iter().enumerate() {
        all.push(column(month, 8.5, styles::count(), Total::Sum, move |_, f| {
            Value::Number(f64::from(f.months.get(at).copied().unwrap_or(0)))
        }));
    }
    all.extend([
        count("Seen", 8.0, |f| f.seen),
        count("No-show", 9.0, |f| f.no_show),
        count("Declined", 9.0, |f| f.declined),
        count("Lost", 8.0, |f| f.lost),
        count("Open", 8.0, |f| f.open),
        count("Pending", 9.0, |f| f.conversion.pending),
        count("Counted", 9.0, |f| f.conversion.ratio.b),
        text("Seen of counted", 14.0, Total::Nothing, |_, f| Value::Owned(words(&f.conversion.ratio))),
        column("Conversion", 11.0, styles::percent(), Total::Share("Seen", "Counted"), |_, f| {
            f.conversion.ratio.share().map_or(Value::Empty, Value::Number)
        }),
        column("Days to visit, median", 10.0, styles::days(), Total::Nothing, |_, f| {
            f.time_to_conversion.median.map_or(Value::Empty, Value::Number)
        }),
        column("Days to visit, 9 of 10", 10.0, styles::days(), Total::Nothing, |_, f| {
            f.time_to_conversion.p90.map_or(Value::Empty, Value::Number)
        }),
    ]);
    all.extend(ways());
    all.extend([
        column("Last referral", 12.0, styles::day(), Total::Nothing, |_, f| {
            f.last_on.and_then(serial).map_or(Value::Empty, Value::Number)
        }),
        text("Partner ID", 37.0, Total::Nothing, |card, _| {
            card.map_or(Value::Empty, |card| Value::Owned(card.partner.to_string()))
        }),
    ]);
    all
}

/// How referrals went their way: of each measure how many, of how many, and the share.
fn ways<'a>() -> Vec<Column<'a>> {
    let mut all = Vec::new();
    let mut share = |a: &'static str, b: &'static str, of: &str, pick: fn(&WayFigures) -> Ratio| {
        let counted = |heading: &str, width, value: fn(&Ratio) -> u32| {
            way(heading, width, styles::count(), Total::Sum, move |ways| {
                Value::Number(f64::from(value(&pick(ways))))
            })
        };
        all.push(counted(b, 10.0, |ratio| ratio.b));
        all.push(counted(a, 10.0, |ratio| ratio.a));
        all.push(way(of, 10.0, styles::percent(), Total::Share(a, b), move |ways| {
            pick(ways).share().map_or(Value::Empty, Value::Number)
        }));
    };
    share("Leaked", "Looked at", "Leak rate", |ways| ways.leak_rate);
    share("Leaks recovered", "Leaks", "Recovered %", |ways| ways.recovered);
    share("Loop complete", "Loops due", "Loop complete %", |ways| ways.loop_complete);
    share("Seen or explained", "To see", "Seen or explained %", |ways| ways.loop_seen);
    share("Thanked", "To thank", "Thanked %", |ways| ways.loop_thanked);
    share("Acknowledged in time", "To acknowledge", "Acknowledged %", |ways| ways.ack_on_time);
    share("Report in time", "Reports due", "Report in time %", |ways| ways.report_on_time);
    share("Returned", "To return", "Return rate", |ways| ways.return_rate);
    all
}

fn way<'a>(
    heading: &str,
    width: f64,
    format: Format,
    total: Total,
    value: impl Fn(&WayFigures) -> Value<'a> + 'a,
) -> Column<'a> {
    Column {
        heading: heading.to_owned(),
        width,
        format,
        total,
        value: Box::new(move |line| value(&line.ways)),
    }
}

/// "14 of 16", with the word for a small sample.
fn words(ratio: &Ratio) -> String {
    use crate::insights::CaseCount::{Few, TooFew};
    match ratio.size {
        TooFew | Few => format!("{}, few", ratio.words()),
        _ => ratio.words(),
    }
}

fn share(percent: Option<f64>) -> Value<'static> {
    percent.map_or(Value::Empty, |percent| Value::Number(percent / 100.0))
}

fn column<'a>(
    heading: impl Into<String>,
    width: f64,
    format: Format,
    total: Total,
    value: impl Fn(Option<&'a Scorecard>, &'a Figures) -> Value<'a> + 'a,
) -> Column<'a> {
    let value = Box::new(move |line: &Line<'a>| value(line.card, line.figures));
    Column { heading: heading.into(), width, format, total, value }
}

fn text<'a>(
    heading: &str,
    width: f64,
    total: Total,
    value: impl Fn(Option<&'a Scorecard>, &'a Figures) -> Value<'a> + 'a,
) -> Column<'a> {
    column(heading, width, styles::text(), total, value)
}

fn count<'a>(heading: &str, width: f64, value: impl Fn(&Figures) -> u32 + 'a) -> Column<'a> {
    column(heading, width, styles::count(), Total::Sum, move |_, figures| {
        Value::Number(f64::from(value(figures)))
    })
}
