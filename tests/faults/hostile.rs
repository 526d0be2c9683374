//! Files made to exhaust or to fool the reader, in a process with little memory: a sentence or rows, never a crash.

use std::io::Write;
use std::path::Path;

use baton_core::exchange::import::reading::{
    Limits, Overrides, ReadError, open_source, read_rows, understand,
};
use zip::write::SimpleFileOptions;

use super::killed::{Killed, after, say};
use super::tally::Tally;
use super::{Place, TODAY, plain, rounds};

/// The most memory the reader may take at any moment, in KiB.
const MOST: u64 = 512 << 10;
/// What the process may address at all; beyond it the system refuses, and a reader that believes a file aborts.
const ADDRESSES: u64 = 3 << 20;

/// Reads every file in the folder as the desk does, and tells what became of it and the most memory it took so far.
pub fn reads(place: &Place) {
    let mut names: Vec<_> =
        std::fs::read_dir(&place.above).expect("listed").flatten().map(|e| e.path()).collect();
    names.sort();
    for path in names {
        let outcome = match rows_of(&path) {
            Ok(rows) => format!("{rows} rows"),
            Err(error) => {
                plain::must_be_plain(&error.to_string());
                serde_json::to_value(&error).expect("told")["code"].as_str().expect("a code").to_owned()
            }
        };
        let name = path.file_name().expect("a name").to_string_lossy();
        say(&format!("read {name}|{outcome}|{}", most_memory()));
    }
}

fn rows_of(path: &Path) -> Result<u32, ReadError> {
    let source = open_source(path, &Limits::default())?;
    let understood = understand(&source, &Overrides::default())?;
    let today = TODAY.parse().expect("a date");
    let read = read_rows(&source, &understood, &understood.mapping, today, &mut |_| {
        std::ops::ControlFlow::Continue(())
    })?;
    Ok(read.rows)
}

/// The most memory this process ever held, in KiB (`VmHWM` of the Linux kernel).
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("told by the kernel");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a line");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

const HEADER: &str = "Referral Date,Referred By,Patient\n";

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const SHEET: (&str, &str) = (
    r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>"#,
    "</sheetData></worksheet>",
);
const ROWS: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Referral Date</t></is></c><c r="B1" t="inlineStr"><is><t>Referred By</t></is></c><c r="C1" t="inlineStr"><is><t>Patient</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>2026-01-15</t></is></c><c r="B2" t="inlineStr"><is><t>Dr. Lee</t></is></c><c r="C2" t="inlineStr"><is><t>Al Fox</t></is></c></row>"#;

/// A workbook whose one sheet is written by `sheet`, with whatever else `besides` puts in.
fn workbook(
    path: &Path,
    sheet: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    besides: impl FnOnce(&mut zip::ZipWriter<std::fs::File>),
) {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(path).expect("a file"));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, text) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
    ] {
        zip.start_file(name, options).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.start_file("xl/worksheets/sheet1.xml", options).expect("a part");
    zip.write_all(SHEET.0.as_bytes()).expect("written");
    sheet(&mut zip).expect("written");
    zip.write_all(SHEET.1.as_bytes()).expect("written");
    besides(&mut zip);
    zip.finish().expect("an archive");
}

fn plain(out: &mut dyn Write) -> std::io::Result<()> {
    out.write_all(ROWS.as_bytes())
}

fn part(zip: &mut zip::ZipWriter<std::fs::File>, name: &str, bytes: &[u8]) {
    zip.start_file(name, SimpleFileOptions::default()).expect("a part");
    zip.write_all(bytes).expect("written");
}

/// Writes the files; each name begins with what must become of it.
fn prepare(folder: &Path) {
    let at = |name: &str| folder.join(name);
    let bomb_size = rounds(300, 1024);
    workbook(
        &at("workbook_too_large 1 unpacks to a gigabyte.xlsx"),
        |out| {
            plain(out)?;
            (0..bomb_size).try_for_each(|_| out.write_all(&vec![b' '; 1 << 20]))
        },
        |_| {},
    );
    workbook(
        &at("1 rows 2 a cell in the last corner.xlsx"),
        |out| {
            plain(out)?;
            out.write_all(br#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#)
        },
        |_| {},
    );
    workbook(
        &at("workbook_too_large 3 millions of empty styled cells.xlsx"),
        |out| {
            plain(out)?;
            for row in 3..1_100 {
                write!(out, r#"<row r="{row}">"#)?;
                (0..16_384).try_for_each(|_| out.write_all(br#"<c s="1"/>"#))?;
                out.write_all(b"</row>")?;
            }
            Ok(())
        },
        |_| {},
    );
    workbook(&at("workbook_too_large 4 a hundred thousand parts.xlsx"), plain, |zip| {
        (0..100_000).for_each(|number| part(zip, &format!("xl/media/{number}.png"), b""));
    });
    workbook(&at("1 rows 5 an archive within.xlsx"), plain, |zip| {
        part(zip, "xl/embeddings/inner.zip", b"PK\x03\x04")
    });
    workbook(&at("1 rows 6 macros and external links.xlsm"), plain, |zip| {
        part(zip, "xl/vbaProject.bin", b"macro");
        part(zip, "xl/externalLinks/externalLink1.xml", b"<externalLink/>");
    });
    workbook(&at("unsafe_workbook 7 names that climb.xlsx"), plain, |zip| {
        part(zip, "../../climbs.xml", b"x")
    });
    workbook(&at("unsafe_workbook 8 entities.xlsx"), plain, |zip| {
        part(zip, "xl/styles.xml", br#"<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>"#);
    });
    std::fs::write(
        at("old_or_protected_excel 9 encrypted.xlsx"),
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more",
    )
    .expect("written");
    let whole = std::fs::read(at("1 rows 2 a cell in the last corner.xlsx")).expect("read");
    std::fs::write(at("damaged_workbook 10 cut.xlsx"), &whole[..whole.len() / 2]).expect("written");
    workbook(&at("1 rows 11 wrong merges and dimension.xlsx"), plain, |zip| {
        part(zip, "xl/comments1.xml", b"<comments/>")
    });

    let mut lines = std::io::BufWriter::new(
        std::fs::File::create(at("too_many_rows 12 a million rows.csv")).expect("a file"),
    );
    lines.write_all(HEADER.as_bytes()).expect("written");
    for row in 0..1_000_000 {
        writeln!(lines, "2026-01-{:02},Dr. Lee {},Patient {row}", 1 + row % 28, row % 500).expect("written");
    }
    drop(lines);
    let mut lines = std::io::BufWriter::new(
        std::fs::File::create(at("300000 rows 13 the most that is read.csv")).expect("a file"),
    );
    lines.write_all(HEADER.as_bytes()).expect("written");
    for row in 0..300_000 {
        writeln!(lines, "2026-01-{:02},Dr. Lee {},Patient {row}", 1 + row % 28, row % 500).expect("written");
    }
    drop(lines);
    let sparse = std::fs::File::create(at("too_large 14 a gigabyte.csv")).expect("a file");
    sparse.set_len(1 << 30).expect("long");
    let cell = "x".repeat(50 << 20);
    std::fs::write(at("cell_too_long 15 one cell.csv"), format!("{HEADER}2026-01-15,\"{cell}\",Al\n"))
        .expect("written");
    let wide: String = (0..16_384).map(|number| format!("c{number},")).collect();
    std::fs::write(at("too_many_columns 16 wide.csv"), format!("{wide}\n1,2\n")).expect("written");
    std::fs::write(
        at("unterminated_quote 17 open.csv"),
        format!("{HEADER}2026-01-15,\"Dr. Lee,Al\n2026-01-16,Dr. Lee,Al\n"),
    )
    .expect("written");
    std::fs::write(at("not_a_table 18 a program.csv"), b"\x7FELF and more").expect("written");
    std::fs::write(
        at("1 rows 19 text that runs elsewhere.csv"),
        format!("{HEADER}2026-01-15,\"=HYPERLINK(\"\"http://x\"\")\",<img src=x onerror=alert(1)>\n"),
    )
    .expect("written");
    std::fs::create_dir(at("not_a_file 20 a folder.csv")).expect("made");
    std::os::unix::fs::symlink("/dev/zero", at("not_a_file 21 a link to a device.csv")).expect("linked");
}

#[test]
fn hostile_files_end_in_a_sentence_or_in_rows_within_half_a_gigabyte() {
    let folder = tempfile::tempdir().expect("a folder");
    prepare(folder.path());
    let place = Place::at(folder.path());
    // The shell limits itself and becomes the process that reads.
    let reading = Killed::start_with("hostile", &place, |command| {
        let mut limited = std::process::Command::new("sh");
        limited
            .args(["-c", &format!("ulimit -v {ADDRESSES} && exec \"$0\" \"$@\"")])
            .arg(command.get_program())
            .args(command.get_args());
        for (name, value) in command.get_envs() {
            if let Some(value) = value {
                limited.env(name, value);
            }
        }
        limited.stdout(std::process::Stdio::piped());
        *command = limited;
    });
    let (said, whole) = reading.ended();
    assert!(whole, "the reader stays alive: {said:?}");
    let mut tally = Tally::of("hostile file read");
    let read: Vec<String> = after(&said, "read").collect();
    assert_eq!(read.len(), 21, "{read:#?}");
    for line in &read {
        tally.recovery(|| ());
        let parts: Vec<&str> = line.split('|').collect();
        let [name, outcome, most] = parts[..] else { panic!("{line}") };
        assert!(name.starts_with(outcome), "“{name}” became “{outcome}”");
        let most: u64 = most.parse().expect("a number");
        assert!(most < MOST, "{most} KiB were in use after “{name}”: {read:#?}");
    }
    assert!(!folder.path().join("../climbs.xml").exists());
}
