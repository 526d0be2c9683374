//! Whatever is written is read back, and nothing makes the reader panic.

use super::*;
use proptest::prelude::*;

fn cells(bytes: &[u8], overrides: &Overrides) -> Vec<Vec<String>> {
    let source = Source::from_bytes("x.csv", bytes.to_vec(), &Limits::default()).expect("opens");
    let dialect = super::super::separated::Dialect {
        delimiter: overrides.delimiter.and_then(|letter| u8::try_from(letter).ok()).unwrap_or(b','),
        backslash: false,
    };
    let super::super::source::Content::Utf8(text) = &source.content else { panic!("text") };
    let mut records = super::super::separated::Records::new(text, 0, dialect, Limits::default());
    let mut row = super::super::table::Row::over(text);
    let mut all = Vec::new();
    while records.next_into(&mut row).expect("readable") {
        all.push(row.cells().map(str::to_owned).collect());
    }
    all
}

proptest! {
    #[test]
    fn what_the_csv_crate_writes_is_read_back(rows in prop::collection::vec(prop::collection::vec("[ -~é\u{2019}\n\"']{0,12}", 3), 1..20), delimiter in prop::sample::select(vec![',', ';', '\t', '|'])) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter as u8).quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
        writer.write_record(["a", "b", "c"]).expect("written");
        for row in &rows {
            writer.write_record(row).expect("written");
        }
        let bytes = writer.into_inner().expect("bytes");
        let read = cells(&bytes, &Overrides { delimiter: Some(delimiter), ..Overrides::default() });
        prop_assert_eq!(&read[1..], &rows[..]);
    }

    #[test]
    fn what_is_written_without_needless_quotes_is_read_back(rows in prop::collection::vec(prop::collection::vec("[a-zA-Z0-9,.;é]{0,8}", 3), 1..20)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["a", "b", "c"]).expect("written");
        for row in &rows {
            writer.write_record(row).expect("written");
        }
        let read = cells(&writer.into_inner().expect("bytes"), &Overrides::default());
        prop_assert_eq!(&read[1..], &rows[..]);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_with(&bytes, &Overrides::default());
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "([\"',;\t|\\\\\n\r 0-9a-zé/.:-]|Date|Patient|Referred By|Total){0,120}") {
        let _ = read_with(&text, &Overrides::default());
        let _ = read_with(format!("Referral Date,Referred By,Patient\n{text}"), &Overrides { date_order: Some(crate::foundation::date_text::DateOrder::Mdy), ..Overrides::default() });
    }

    #[test]
    fn no_text_makes_the_values_panic(text in "\\PC{0,24}") {
        let _ = crate::foundation::npi::Npi::parse(&text);
        let _ = crate::foundation::npi::Npi::find_in(&format!("npi {text}"));
        let _ = crate::foundation::phone::PhoneDigits::parse(&text);
        let _ = crate::foundation::zip::normal_zip(&text);
        let _ = crate::foundation::money_text::parse_cents(&text, crate::foundation::money_text::DecimalSign::Comma);
        let _ = crate::foundation::money_text::decimal_evidence(&text);
        let _ = crate::foundation::date_text::DateText::of(&text).read(crate::foundation::date_text::DateOrder::Mdy, 2026, crate::foundation::date_text::SerialEpoch::Excel1900);
        let _ = crate::foundation::date_text::DateText::of(&format!("3 {text} 2025"));
    }
}
