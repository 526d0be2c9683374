//! Handing papers out: the gate is asked, the paper is made, and what leaves is on record before it has its name.

use std::io::{Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::Path;

use super::super::error::ExportError;
use super::super::order::Progress;
use super::super::staged::Staged;
use super::order::{PacketFile, PacketFormat, PacketOrder, PacketSaved, checked_files, checked_password};
use super::paper::{self, Held};
use super::slip::{About, Slip, slip};
use super::view::{about, gate, refusal};
use super::zipped;
use crate::audit::record_papers;
use crate::foundation::id::ReferralId;
use crate::papers::{Printed, pdf, word};
use crate::practice::Practice;
use crate::store::Entry;

/// Writes a slip or a packet to `target`. Nothing is written elsewhere, and nothing before the gate was asked.
///
/// # Errors
/// [`ExportError::Invalid`] beside `consent` if the patient or a restriction does not allow it, and beside any field that
/// can't be kept; otherwise see [`ExportError`]. What stood at `target` is unchanged then.
pub fn save(
    practice: &Practice,
    id: ReferralId,
    order: &PacketOrder,
    files: &[PacketFile],
    password: Option<&str>,
    target: &Path,
    progress: Progress<'_>,
) -> Result<PacketSaved, ExportError> {
    let (about, order) = (about(practice, id)?, order.checked()?);
    let shown = allowed(practice, &about, id, &order)?;
    let files = checked_files(&order, files)?;
    let file_name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let password = checked_password(&order, password, &file_name)?;
    let sources = zipped::opened(&files)?;
    let names: Vec<String> =
        (2..).zip(&files).map(|(number, file)| zipped::inner_name(number, &file.path)).collect();
    let held = held(&order, &files, &names);
    let printed = match order.format {
        PacketFormat::SlipPdf => pdf(&paper::slip(&shown)),
        PacketFormat::SlipWord => word(&paper::slip(&shown)),
        PacketFormat::PacketPdf | PacketFormat::PacketZip => pdf(&paper::packet(&shown, &held)),
    };
    let printed = printed.map_err(|error| ExportError::Write(error.to_string()))?;
    let mut staged = Staged::begin(practice, target)?;
    match &password {
        Some(password) => {
            let sources = names.into_iter().zip(sources).map(|(name, (file, size))| (name, file, size));
            zipped::write(staged.file(), &printed.bytes, sources.collect(), password, progress)?;
        }
        None => plain(&mut staged, &printed, progress)?,
    }
    let what = described(&order, files.len());
    let entry = record_papers(practice, order.format.action(), &what, &order.to, about.patient())?;
    staged.finish()?;
    Ok(saved(file_name, &printed, files.len(), shown, entry))
}

/// Puts on record that a slip was printed, and returns what stands on it.
///
/// # Errors
/// As [`save`].
pub fn print(practice: &Practice, id: ReferralId, order: &PacketOrder) -> Result<(Slip, Entry), ExportError> {
    let (about, order) = (about(practice, id)?, order.checked()?);
    let shown = allowed(practice, &about, id, &order)?;
    let what = described(&order, 0);
    let entry = record_papers(practice, "print_slip", &what, &order.to, about.patient())?;
    Ok((shown, entry))
}

/// The slip, if it may leave today.
fn allowed(
    practice: &Practice,
    about: &About,
    id: ReferralId,
    order: &PacketOrder,
) -> Result<Slip, ExportError> {
    let today = practice.today();
    practice.read(|conn| {
        if let Some(problem) = refusal(gate(conn, about, id, today)?) {
            return Err(ExportError::Invalid { field: "consent", problem });
        }
        Ok(slip(conn, about, order, &practice.actor().name, today)?)
    })
}

/// Each enclosed document with its files. A file that belongs to none of them is a document of its own.
fn held(order: &PacketOrder, files: &[PacketFile], names: &[String]) -> Vec<Held> {
    let mut held: Vec<Held> =
        order.enclosed().into_iter().map(|document| Held { document, files: Vec::new() }).collect();
    for (file, name) in files.iter().zip(names) {
        match held.iter_mut().find(|document| document.document.eq_ignore_ascii_case(&file.name)) {
            Some(document) => document.files.push(name.clone()),
            None => held.push(Held { document: file.name.clone(), files: vec![name.clone()] }),
        }
    }
    held
}

/// What the record says was disclosed, in at most 300 characters.
fn described(order: &PacketOrder, files: usize) -> String {
    let kind = if order.format.is_packet() { "Referral packet: slip" } else { "Referral slip" };
    let mut what = kind.to_owned();
    if order.format.is_packet() {
        for document in order.enclosed() {
            what.push_str(", ");
            what.push_str(&document);
        }
    }
    match files {
        0 => {}
        1 => what.push_str(" (1 file)"),
        files => what.push_str(&format!(" ({files} files)")),
    }
    if what.chars().count() <= 300 {
        return what;
    }
    let kept: String = what.chars().take(299).collect();
    format!("{kept}…")
}

fn plain(staged: &mut Staged, printed: &Printed, progress: Progress<'_>) -> Result<(), ExportError> {
    let file = staged.file();
    file.write_all(&printed.bytes)?;
    file.flush()?;
    file.seek(SeekFrom::Start(0))?;
    let mut read = Vec::with_capacity(printed.bytes.len());
    file.read_to_end(&mut read)?;
    if read != printed.bytes {
        return Err(ExportError::NotVerified);
    }
    if progress(1, 1) == ControlFlow::Break(()) { Err(ExportError::Cancelled) } else { Ok(()) }
}

fn saved(file_name: String, printed: &Printed, files: usize, slip: Slip, entry: Entry) -> PacketSaved {
    PacketSaved {
        file_name,
        pages: printed.pages,
        files: u32::try_from(files).unwrap_or(u32::MAX),
        missing: slip.missing,
        unwritable: printed.missing,
        entry,
    }
}
