//! A packet as a ZIP, encrypted with AES-256.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{AesMode, CompressionMethod, ZipArchive, ZipWriter};

use super::super::error::ExportError;
use super::super::order::Progress;
use super::order::PacketFile;

/// A packet holds at most so many bytes: what goes by e-mail or on a stick.
const LARGEST: u64 = 500 * 1024 * 1024;

/// The slip's name in the packet.
pub(super) const SLIP: &str = "1 Slip and contents.pdf";

/// A file of the packet under a name that tells nobody anything: a ZIP shows the names to whoever has it.
pub(super) fn inner_name(number: usize, path: &Path) -> String {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    let plain =
        (1..=5).contains(&ending.len()) && ending.chars().all(|letter| letter.is_ascii_alphanumeric());
    if plain { format!("{number} Document.{ending}") } else { format!("{number} Document") }
}

/// The files, opened, with their sizes.
///
/// # Errors
/// [`ExportError::Invalid`] beside the files.
pub(super) fn opened(files: &[PacketFile]) -> Result<Vec<(File, u64)>, ExportError> {
    let invalid = |problem| ExportError::Invalid { field: "files", problem };
    let mut opened = Vec::with_capacity(files.len());
    let mut whole = 0u64;
    for file in files {
        let gone = || invalid("A file can't be read any more. Remove it and choose it again.");
        let source = File::open(&file.path).map_err(|_| gone())?;
        let about = source.metadata().map_err(|_| gone())?;
        if !about.is_file() {
            return Err(invalid("Add files, not folders."));
        }
        whole = whole.saturating_add(about.len());
        opened.push((source, about.len()));
    }
    if whole > LARGEST {
        return Err(invalid(
            "The files are larger than 500 MB together. Leave some out, or send them apart.",
        ));
    }
    Ok(opened)
}

/// Writes the packet and reads it back with the password.
///
/// # Errors
/// [`ExportError::Cancelled`]; what writing says; [`ExportError::NotVerified`].
pub(super) fn write(
    target: &mut File,
    slip: &[u8],
    files: Vec<(String, File, u64)>,
    password: &str,
    progress: Progress<'_>,
) -> Result<(), ExportError> {
    let kilobytes = |bytes: u64| u32::try_from(bytes.div_ceil(1024)).unwrap_or(u32::MAX);
    let total = files.iter().map(|(_, _, size)| *size).sum::<u64>() + slip.len() as u64;
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .with_aes_encryption(AesMode::Aes256, password);
    let mut sizes = vec![(SLIP.to_owned(), slip.len() as u64)];
    let mut out = ZipWriter::new(BufWriter::with_capacity(1 << 18, &mut *target));
    out.start_file(SLIP, options).map_err(not_written)?;
    out.write_all(slip)?;
    let mut done = slip.len() as u64;
    let mut buffer = vec![0; 1 << 16];
    for (name, mut source, _) in files {
        out.start_file(name.as_str(), options).map_err(not_written)?;
        let mut written = 0;
        loop {
            let read = source.read(&mut buffer).map_err(|_| ExportError::Invalid {
                field: "files",
                problem: "A file can't be read any more. Remove it and choose it again.",
            })?;
            if read == 0 {
                break;
            }
            out.write_all(&buffer[..read])?;
            written += read as u64;
            done += read as u64;
            if progress(kilobytes(done.min(total)), kilobytes(total)) == ControlFlow::Break(()) {
                return Err(ExportError::Cancelled);
            }
        }
        sizes.push((name, written));
    }
    out.finish().map_err(not_written)?.flush()?;
    verify(target, &sizes, password)
}

/// Every part is encrypted, decrypts with the password, keeps its checksum and has its size.
fn verify(target: &mut File, sizes: &[(String, u64)], password: &str) -> Result<(), ExportError> {
    target.seek(SeekFrom::Start(0))?;
    let mut archive = ZipArchive::new(BufReader::new(target)).map_err(|_| ExportError::NotVerified)?;
    if archive.len() != sizes.len() {
        return Err(ExportError::NotVerified);
    }
    for (index, (name, size)) in sizes.iter().enumerate() {
        let mut part =
            archive.by_index_decrypt(index, password.as_bytes()).map_err(|_| ExportError::NotVerified)?;
        let same_name = part.name().is_ok_and(|found| *found == **name);
        let read = std::io::copy(&mut part, &mut std::io::sink()).map_err(|_| ExportError::NotVerified)?;
        if !same_name || read != *size || !part.encrypted() {
            return Err(ExportError::NotVerified);
        }
    }
    Ok(())
}

fn not_written(error: zip::result::ZipError) -> ExportError {
    match error {
        zip::result::ZipError::Io(error) => error.into(),
        _ => ExportError::Write("the packet could not be put together".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packet_opens_with_its_password_only_and_tells_no_name() {
        let mut target = tempfile::tempfile_in(".").expect("a file");
        let mut source = tempfile::tempfile_in(".").expect("a file");
        source.write_all(&[7; 100_000]).expect("written");
        source.seek(SeekFrom::Start(0)).expect("at the start");
        let files = vec![(inner_name(2, Path::new("/scans/Married, Anna MRI.PDF")), source, 100_000)];
        let mut told = Vec::new();
        write(
            &mut target,
            b"%PDF slip of Anna Married",
            files,
            "velvet canyon maple orbit",
            &mut |done, of| {
                told.push((done, of));
                ControlFlow::Continue(())
            },
        )
        .expect("a packet");
        assert!(told.last().is_some_and(|(done, of)| done == of), "{told:?}");
        let mut bytes = Vec::new();
        target.seek(SeekFrom::Start(0)).expect("at the start");
        target.read_to_end(&mut bytes).expect("read");
        let holds = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
        assert!(!holds(b"Married") && !holds(b"MRI") && !holds(b"velvet"));
        assert!(holds(b"2 Document.pdf"));
        let mut archive = ZipArchive::new(std::io::Cursor::new(&bytes)).expect("an archive");
        assert!(archive.by_index_decrypt(0, b"velvet canyon maple orbiT").is_err());
        assert!(archive.by_index(1).is_err(), "not without");
        assert_eq!(archive.by_index_decrypt(1, b"velvet canyon maple orbit").expect("opens").size(), 100_000);
    }

    #[test]
    fn whoever_stops_it_leaves_nothing_whole() {
        let mut target = tempfile::tempfile_in(".").expect("a file");
        let mut source = tempfile::tempfile_in(".").expect("a file");
        source.write_all(&[7; 1_000]).expect("written");
        source.seek(SeekFrom::Start(0)).expect("at the start");
        let stopped = write(
            &mut target,
            b"slip",
            vec![("2 Document".into(), source, 1_000)],
            "velvet canyon maple orbit",
            &mut |_, _| ControlFlow::Break(()),
        );
        assert!(matches!(stopped, Err(ExportError::Cancelled)));
    }

    #[test]
    fn an_ending_that_says_more_than_a_kind_is_left_out() {
        assert_eq!(inner_name(3, Path::new("a/scan.JPEG")), "3 Document.jpeg");
        assert_eq!(inner_name(3, Path::new("a/Anna.Married")), "3 Document");
        assert_eq!(inner_name(3, Path::new("a/Anna")), "3 Document");
    }
}
