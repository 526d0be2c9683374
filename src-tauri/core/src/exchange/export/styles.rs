//! How cells look. One accent, quiet lines, numbers to the right.

use rust_xlsxwriter::{
    Chart, ChartFont, ChartLegendPosition, ChartLine, Color, Format, FormatAlign, XlsxError,
};

use super::error::ExportError;

/// The accent: petrol.
pub(super) const ACCENT: Color = Color::RGB(0x10_60_76);
/// Its lighter companion, for bars behind numbers and the weak end of a scale.
pub(super) const ACCENT_LIGHT: Color = Color::RGB(0xB1_DC_EC);
/// The period before.
pub(super) const BEFORE: Color = Color::RGB(0x9A_9A_96);

/// Days as Excel writes them everywhere.
pub(super) const DAY: &str = "yyyy-mm-dd";

pub(super) fn title() -> Format {
    Format::new().set_bold().set_font_size(16).set_font_color(ACCENT)
}

pub(super) fn heading() -> Format {
    Format::new().set_bold().set_font_size(12).set_font_color(ACCENT)
}

pub(super) fn table_heading() -> Format {
    Format::new()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(ACCENT)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
}

pub(super) fn quiet() -> Format {
    Format::new().set_font_color(Color::RGB(0x5F_5F_5B))
}

pub(super) fn text() -> Format {
    Format::new().set_num_format("@")
}

/// Text that could be taken for a formula: Excel shows it as it is and never runs it.
pub(super) fn quoted() -> Format {
    text().set_quote_prefix()
}

pub(super) fn wrapped() -> Format {
    text().set_text_wrap().set_align(FormatAlign::Top)
}

pub(super) fn day() -> Format {
    Format::new().set_num_format(DAY).set_align(FormatAlign::Left)
}

pub(super) fn instant() -> Format {
    Format::new().set_num_format("yyyy-mm-dd hh:mm").set_align(FormatAlign::Left)
}

pub(super) fn money() -> Format {
    Format::new().set_num_format("#,##0.00")
}

pub(super) fn count() -> Format {
    Format::new().set_num_format("#,##0")
}

pub(super) fn signed() -> Format {
    Format::new().set_num_format("+#,##0;-#,##0;0")
}

/// A share as a fraction, shown in percent with one decimal.
pub(super) fn percent() -> Format {
    Format::new().set_num_format("0.0%")
}

pub(super) fn signed_percent() -> Format {
    Format::new().set_num_format("+0.0%;-0.0%;0.0%")
}

pub(super) fn days() -> Format {
    Format::new().set_num_format("0.0")
}

pub(super) fn big_number() -> Format {
    Format::new().set_bold().set_font_size(14).set_align(FormatAlign::Left).set_num_format("#,##0")
}

pub(super) fn label() -> Format {
    quiet()
}

/// "14 of 16" stands where numbers stand.
pub(super) fn ratio() -> Format {
    text().set_align(FormatAlign::Right)
}

/// The heading of a column of numbers.
pub(super) fn number_heading() -> Format {
    table_heading().set_align(FormatAlign::Right)
}

/// A chart that is quiet about itself: small title, light lines.
pub(super) fn calm(chart: &mut Chart, title: &str) {
    chart.title().set_name(title).set_font(ChartFont::new().set_size(11).set_bold());
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart
        .y_axis()
        .set_min(0)
        .set_num_format("0")
        .set_major_gridlines_line(ChartLine::new().set_color(Color::RGB(0xE3_E3_E0)));
}

impl From<XlsxError> for ExportError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => error.into(),
            XlsxError::ZipError(_) => Self::Write("the workbook could not be packed".into()),
            XlsxError::RowColumnLimitError => {
                Self::Write("there are more rows or columns than a worksheet holds".into())
            }
            // Other texts may quote a sheet's name or a cell.
            _ => Self::Write("the workbook could not be put together".into()),
        }
    }
}
