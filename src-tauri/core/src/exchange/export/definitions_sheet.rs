//! What every number of the workbook means, and on how many cases it stands.

use rust_xlsxwriter::Worksheet;

use super::cells::Pen;
use super::error::ExportError;
use super::styles;
use crate::insights::{PENDING_DAYS, Scorecards, WayCards, WayFigures};

/// A measure, its code, its formula in words.
const DEFINITIONS: &[(&str, &str, &str)] = &[
    (
        "Received",
        "received",
        "Inbound referrals whose received date lies in the period, both end dates included. Each referral counts once, for its primary source. Referrals in Trash never count.",
    ),
    (
        "Seen",
        "seen",
        "Of the received: first kept visit on or before the as-of date (the last day of the period or the day of this file, whichever is earlier). A visit known without a date counts.",
    ),
    (
        "No-show, declined, lost",
        "closed",
        "Of the received: closed with this outcome on or before the as-of date.",
    ),
    (
        "Open",
        "open",
        "Of the received: neither seen nor closed on the as-of date. Seen + no-show + declined + lost + open = received.",
    ),
    (
        "Pending",
        "pending",
        "Of the open: received at most 60 days before the as-of date. Too young to judge.",
    ),
    ("Counted", "counted", "Received − pending: the denominator of the conversion."),
    (
        "Conversion",
        "conversion",
        "Seen ÷ (received − pending). Declined, no-show and lost stay in the denominator. Comparisons use only referrals received at least 60 days before the as-of date.",
    ),
    (
        "Days to visit",
        "time_to_conversion",
        "Days from received to first kept visit, of the seen with both dates: median and 90th percentile, interpolated as PERCENTILE.INC.",
    ),
    (
        "Before",
        "before",
        "Received in the comparable period before: as many whole months, the same stretch of the year before for a year to date, otherwise as many days.",
    ),
    ("Change", "change", "Received − before; in percent of before, from 5 before on."),
    (
        "Looked at, leaked, leak rate",
        "leak_rate",
        "Looked at: referrals, sent or received, with a step whose deadline (limit and grace) falls in the period, or closed in it. Leaked: those of them with such a step not done by its deadline, or closed as lost. Each referral counts once. Steps nobody kept are unknown and in neither number.",
    ),
    (
        "Leaks, recovered",
        "recovered_rate",
        "Leaks of the period whose step was done later after all ÷ all leaks of the period.",
    ),
    (
        "Loops due, loop complete",
        "loop_complete",
        "Referrals by closing date or last required deadline, whichever is earlier. Complete: acknowledged (outbound: confirmed), seen or closed with a reason, report sent (outbound: received), and thanked where somebody is to be thanked.",
    ),
    ("To see, seen or explained", "loop_seen", "Of the loops due: seen, or closed with a reason, by then."),
    (
        "To thank, thanked",
        "loop_thanked",
        "Of the loops due whose referral somebody sent who is to be thanked: thanked by then.",
    ),
    (
        "To acknowledge, acknowledged in time",
        "ack_on_time",
        "Inbound referrals whose acknowledgment was due in the period; in time: sent within the limit.",
    ),
    (
        "Reports due, report in time",
        "report_on_time",
        "Reports due in the period; in time: sent (outbound: received) within the limit.",
    ),
    (
        "To return, returned, return rate",
        "return_rate",
        "Consults, second opinions and shared care closed in the period; returned: sent back with a date and a letter.",
    ),
    ("Last referral", "last_referral", "The latest received date in the period or the one before."),
    (
        "Status",
        "status",
        "As of today. Ended; prospect: no referral either way ever; active: last referral at most W days ago; cooling: at most 2 W; dormant: longer. W = twice the median gap between referrals of the last 24 months, held to 30 to 180 days, from 4 referrals on; otherwise 90 days.",
    ),
    ("New patients", "new_patients", "Patients whose first inbound referral lies in the period."),
    ("Share of a source", "source_share", "New patients of the class or type ÷ new patients with a source."),
    ("With a named source", "capture_rate", "New patients with a named source ÷ all new patients."),
    ("Asked", "asked_rate", "New patients who were asked who sent them ÷ all new patients."),
    (
        "By who took them in",
        "taken_in",
        "With a named source and asked, of the new patients whose first inbound referral that member of staff put in. By name, no ranking. Imported: put in by an import. Restricted referrals count for nobody.",
    ),
    ("Without a source", "unknown_share", "New patients without a source ÷ all new patients."),
    ("Top sources", "top_sources", "Received from the partner ÷ all received."),
    (
        "New patients a month",
        "flow",
        "New referred patients per complete month, mean of the last 3; variation = standard deviation ÷ mean of the last 12.",
    ),
    (
        "Concentration",
        "concentration",
        "Inbound of the 365 days ending on the as-of date: share of the 1, 3 and 5 strongest sources; HHI = sum of squared shares. From 20 referrals on.",
    ),
    ("Small numbers", "small_numbers", "Always a of b. Below 5 no percentage; 5 to 19 is called few."),
];

/// How many measures it explains.
pub(super) fn data_rows() -> u32 {
    u32::try_from(DEFINITIONS.len()).unwrap_or(u32::MAX)
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
    for (col, width) in (0u16..).zip([26.0, 20.0, 100.0, 10.0]) {
        sheet.set_column_width(col, width)?;
    }
    for (col, text) in (0u16..).zip(["Measure", "Code", "How it is computed", "n"]) {
        pen.styled(&mut sheet, 0, col, text, &styles::table_heading())?;
    }
    debug_assert_eq!(PENDING_DAYS, 60, "the sentence about pending says 60 days");
    let (wrapped, way) = (styles::wrapped(), ways.totals());
    for (row, (measure, code, meaning)) in (1u32..).zip(DEFINITIONS) {
        for (col, text) in (0u16..).zip([measure, code, meaning]) {
            pen.styled(&mut sheet, row, col, text, &wrapped)?;
        }
        if let Some(n) = cases(cards, &way, code) {
            sheet.write_number_with_format(row, 3, n, &styles::count())?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_footer("&L&A&RPage &P of &N");
    Ok(sheet)
}

/// On how many cases a measure of the whole practice stands.
fn cases(cards: &Scorecards, way: &WayFigures, code: &str) -> Option<u32> {
    let (totals, summary) = (&cards.totals, &cards.summary);
    Some(match code {
        "received" | "seen" | "closed" | "open" | "pending" | "top_sources" => totals.received,
        "counted" | "conversion" => totals.conversion.ratio.b,
        "time_to_conversion" => totals.time_to_conversion.n,
        "before" | "change" => totals.change.before,
        "new_patients" | "capture_rate" | "asked_rate" | "unknown_share" => summary.new_patients,
        "taken_in" => summary.taken_in.iter().map(|one| one.capture_rate.b).sum(),
        "source_share" => summary.capture_rate.a,
        "flow" => summary.flow.months,
        "concentration" => summary.concentration.as_ref().map_or(0, |concentration| concentration.n),
        "status" => summary.partners,
        "leak_rate" => way.leak_rate.b,
        "recovered_rate" => way.recovered.b,
        "loop_complete" => way.loop_complete.b,
        "loop_seen" => way.loop_seen.b,
        "loop_thanked" => way.loop_thanked.b,
        "ack_on_time" => way.ack_on_time.b,
        "report_on_time" => way.report_on_time.b,
        "return_rate" => way.return_rate.b,
        _ => return None,
    })
}
