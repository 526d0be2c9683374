//! The guard in front of a workbook: every part is really unpacked, counted and thrown away before a parser sees it.
//! Declared sizes are never believed.

use super::error::ReadError;
use super::limits::Limits;
use std::collections::HashSet;
use std::io::{Cursor, Read};

/// Refuses archives that are no workbook, unpack to too much, or hold what no spreadsheet program writes.
pub(super) fn check_workbook(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::DamagedWorkbook)?;
    if archive.len() > limits.parts {
        return Err(ReadError::WorkbookTooLarge);
    }
    let mut names = HashSet::new();
    let mut total = 0u64;
    let mut buffer = vec![0u8; 64 << 10];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|_| ReadError::DamagedWorkbook)?;
        let name =
            part.name().map_err(|_| ReadError::DamagedWorkbook)?.to_ascii_lowercase().replace('\\', "/");
        if name.split('/').any(|step| step == "..") || name.starts_with('/') || !names.insert(name.clone()) {
            return Err(ReadError::UnsafeWorkbook);
        }
        let packed = part.compressed_size().min(bytes.len() as u64).max(1);
        let is_markup = name.ends_with(".xml") || name.ends_with(".rels");
        let mut size = 0u64;
        let mut tail: Vec<u8> = Vec::new();
        loop {
            let read = part.read(&mut buffer).map_err(|_| ReadError::DamagedWorkbook)?;
            if read == 0 {
                break;
            }
            size += read as u64;
            total += read as u64;
            let swollen = size > 1 << 20 && size / packed > limits.inflation_ratio;
            if size > limits.inflated_part_bytes || total > limits.inflated_bytes || swollen {
                return Err(ReadError::WorkbookTooLarge);
            }
            if is_markup && has_document_type(&mut tail, &buffer[..read]) {
                return Err(ReadError::UnsafeWorkbook);
            }
        }
    }
    let has = |name: &str| names.contains(name);
    if has("xl/workbook.bin") {
        return Err(ReadError::BinaryExcel);
    }
    if has("mimetype") && has("content.xml") {
        return Err(ReadError::OpenDocument);
    }
    if has("[content_types].xml") && names.iter().any(|name| name.ends_with("workbook.xml")) {
        Ok(())
    } else if has("[content_types].xml") {
        Err(ReadError::NotATable)
    } else {
        Err(ReadError::Archive)
    }
}

/// Looks for a document type declaration, also across the border of two chunks.
fn has_document_type(tail: &mut Vec<u8>, chunk: &[u8]) -> bool {
    const MARK: &[u8] = b"<!DOCTYPE";
    let edge = MARK.len() - 1;
    let found = |bytes: &[u8]| {
        let mut rest = bytes;
        while let Some(at) = rest.iter().position(|byte| *byte == b'!') {
            if at >= 1
                && rest.len() >= at - 1 + MARK.len()
                && rest[at - 1..at - 1 + MARK.len()].eq_ignore_ascii_case(MARK)
            {
                return true;
            }
            rest = &rest[at + 1..];
        }
        false
    };
    tail.extend_from_slice(&chunk[..chunk.len().min(edge)]);
    if found(tail) || found(chunk) {
        return true;
    }
    tail.clear();
    tail.extend_from_slice(&chunk[chunk.len().saturating_sub(edge)..]);
    false
}
