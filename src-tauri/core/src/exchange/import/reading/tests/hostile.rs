//! Files made to break the reader cost a message, never memory or rows.

use super::*;
use std::fmt::Write as _;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// A workbook with one sheet of the given XML.
fn workbook(sheet: &str, extra: &[(&str, &[u8])]) -> Vec<u8> {
    let types = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
    let root = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let book = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="DATE1904"/><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let is_1904 = sheet.contains("<!--1904-->");
    let book = book.replace("DATE1904", if is_1904 { "1" } else { "0" });
    let rels = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let parts: [(&str, &[u8]); 5] = [
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    for (name, bytes) in parts.iter().chain(extra) {
        zip.start_file(*name, options).expect("a part");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

fn sheet(rows: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>"#
    )
}

fn text_cell(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn three(row: u32, cells: [&str; 3]) -> String {
    let cells: String = ["A", "B", "C"]
        .iter()
        .zip(cells)
        .map(|(column, text)| text_cell(&format!("{column}{row}"), text))
        .collect();
    format!(r#"<row r="{row}">{cells}</row>"#)
}

fn opening(bytes: Vec<u8>) -> Result<Source, ReadError> {
    Source::from_bytes("x.xlsx", bytes, &Limits::default())
}

#[test]
fn a_cell_in_the_last_corner_is_harmless() {
    let rows = three(1, ["Referral Date", "Referred By", "Patient"])
        + &three(2, ["2026-01-15", "Dr. Lee", "Al Fox"])
        + r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    let (understood, result) = read(workbook(&sheet(&rows), &[]));
    assert_eq!(lines(&result), ["2|2026-01-15|Dr. Lee|Al Fox|-|-"]);
    assert!(understood.view.warnings.iter().any(|warning| warning.code == WarningCode::OutOfReach));
}

#[test]
fn rows_without_numbers_and_dates_of_1904_are_read() {
    let header: String = ["Referral Date", "Referred By", "Patient"]
        .iter()
        .map(|text| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#))
        .collect();
    let rows = format!(
        r#"<row>{header}</row><row><c><v>44377</v></c><c t="inlineStr"><is><t>Dr. Lee</t></is></c><c t="inlineStr"><is><t>Al</t></is></c></row><!--1904-->"#
    );
    let (_, result) = read(workbook(&sheet(&rows), &[]));
    assert_eq!(lines(&result), ["2|2025-07-01|Dr. Lee|Al|-|-"]);
}

#[test]
fn a_bomb_is_refused_by_what_it_unpacks_to() {
    let bomb = vec![b' '; 3 << 20];
    let bytes = workbook(&sheet(""), &[("xl/sharedStrings.xml", &bomb)]);
    assert_eq!(opening(bytes.clone()).err(), Some(ReadError::WorkbookTooLarge), "swells too much");
    let slow = Limits { inflation_ratio: u64::MAX, ..Limits::default() };
    assert!(Source::from_bytes("x", bytes.clone(), &slow).is_ok());
    let part = Limits { inflated_part_bytes: 2 << 20, ..slow };
    assert_eq!(
        Source::from_bytes("x", bytes.clone(), &part).err(),
        Some(ReadError::WorkbookTooLarge),
        "one part"
    );
    let whole = Limits { inflated_bytes: 2 << 20, ..slow };
    assert_eq!(Source::from_bytes("x", bytes, &whole).err(), Some(ReadError::WorkbookTooLarge), "all parts");
    let many: Vec<String> = (0..2_100).map(|number| format!("xl/media/{number}.png")).collect();
    let extra: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
    assert_eq!(opening(workbook(&sheet(""), &extra)).err(), Some(ReadError::WorkbookTooLarge));
}

#[test]
fn declared_sizes_are_not_believed() {
    let mut bytes = workbook(&sheet(""), &[("xl/sharedStrings.xml", &vec![b' '; 3 << 20])]);
    // The size in the central directory becomes one byte.
    let mark = b"PK\x01\x02";
    let at = (0..bytes.len() - 4).rfind(|at| bytes[*at..].starts_with(mark)).expect("a directory");
    bytes[at + 24..at + 28].copy_from_slice(&1u32.to_le_bytes());
    assert!(opening(bytes).is_err());
}

#[test]
fn parts_no_spreadsheet_writes_are_refused() {
    let entity =
        r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet><sheetData/></worksheet>"#;
    assert_eq!(opening(workbook(entity, &[])).err(), Some(ReadError::UnsafeWorkbook));
    assert_eq!(
        opening(workbook(&sheet(""), &[("../../evil.xml", b"x")])).err(),
        Some(ReadError::UnsafeWorkbook)
    );
    assert!(
        opening(workbook(&sheet(""), &[("xl/vbaProject.bin", b"macro")])).is_ok(),
        "macros are not looked at"
    );
}

#[test]
fn other_kinds_of_files_are_named() {
    let mut ods = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["mimetype", "content.xml"] {
        ods.start_file(name, SimpleFileOptions::default()).expect("a part");
    }
    let mut plain = zip::ZipWriter::new(Cursor::new(Vec::new()));
    plain.start_file("table.csv", SimpleFileOptions::default()).expect("a part");
    let whole = workbook(&sheet(""), &[]);
    let cases: [(&str, Vec<u8>, ReadError); 9] = [
        ("old excel", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest".to_vec(), ReadError::OldOrProtectedExcel),
        ("opendocument", ods.finish().expect("an archive").into_inner(), ReadError::OpenDocument),
        ("archive", plain.finish().expect("an archive").into_inner(), ReadError::Archive),
        ("truncated", whole[..whole.len() / 2].to_vec(), ReadError::DamagedWorkbook),
        ("web page", b"<html><table><tr><td>1</td></tr></table></html>".to_vec(), ReadError::WebPage),
        ("pdf", b"%PDF-1.7".to_vec(), ReadError::NotATable),
        ("empty", Vec::new(), ReadError::Empty),
        ("too large", vec![b'x'; 2_000], ReadError::TooLarge { limit_mib: 1 }),
        ("image", b"\x89PNG\r\n".to_vec(), ReadError::NotATable),
    ];
    for (name, bytes, expected) in cases {
        let limits = if name == "too large" {
            Limits { file_bytes: 1_000, ..Limits::default() }
        } else {
            Limits::default()
        };
        assert_eq!(Source::from_bytes("x", bytes, &limits).err(), Some(expected), "{name}");
    }
}

#[test]
fn only_regular_files_are_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(open_source(folder.path(), &Limits::default()).err(), Some(ReadError::NotAFile));
    assert_eq!(
        open_source(&folder.path().join("none.csv"), &Limits::default()).err(),
        Some(ReadError::NotFound)
    );
    let real = folder.path().join("real.csv");
    std::fs::write(&real, "a,b\n1,2\n").expect("a file");
    assert!(open_source(&real, &Limits::default()).is_ok());
    #[cfg(unix)]
    {
        let link = folder.path().join("link.csv");
        std::os::unix::fs::symlink(&real, &link).expect("a link");
        assert_eq!(open_source(&link, &Limits::default()).err(), Some(ReadError::NotAFile));
    }
}

#[test]
fn huge_cells_and_too_many_columns_name_their_line() {
    let cell = "x".repeat(50 << 20);
    for file in [
        format!("Referral Date,Referred By,Patient\n2026-01-15,{cell},Al\n"),
        format!("Referral Date,Referred By,Patient\n2026-01-15,\"{cell}\",Al\n"),
    ] {
        assert!(matches!(
            read_with(&file, &Overrides::default()),
            Err(ReadError::CellTooLong { line: 2, .. })
        ));
    }
    let wide: String = (0..16_384).fold(String::new(), |mut line, number| {
        let _ = write!(line, "c{number},");
        line
    });
    assert!(matches!(
        read_with(format!("{wide}\n1,2\n"), &Overrides::default()),
        Err(ReadError::TooManyColumns { line: 1, .. })
    ));
    let empty = format!(
        "Referral Date,Referred By,Patient{}\n2026-01-15,Dr. Lee,Al{}\n",
        ",".repeat(16_000),
        ",".repeat(16_000)
    );
    assert_eq!(read(empty).1.referrals.len(), 1);
}

#[test]
fn too_many_rows_are_refused() {
    let limits = Limits { rows: 10, ..Limits::default() };
    let source = Source::from_bytes("x.csv", format!("a,b\n{}", "1,2\n".repeat(20)).into_bytes(), &limits)
        .expect("opens");
    assert_eq!(understand(&source, &Overrides::default()).err(), Some(ReadError::TooManyRows { limit: 10 }));
}

#[test]
fn reading_can_be_cancelled() {
    let file = format!(
        "Referral Date,Referred By,Patient\n{}",
        (0..5_000).map(|number| format!("2026-01-15,Dr. Lee,P{number}\n")).collect::<String>()
    );
    let source = source(&file);
    let understood = understand(&source, &Overrides::default()).expect("understood");
    let mut told = 0;
    let result = read_rows(&source, &understood, &understood.mapping, as_of(), &mut |records| {
        told = records;
        ControlFlow::Break(())
    });
    assert_eq!(result.err(), Some(ReadError::Cancelled));
    assert!(told >= 2_000);
}
