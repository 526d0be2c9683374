//! The workbook library answers a disk that refuses a waiting sheet by a panic; here it becomes a failure with a name.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::error::ExportError;

/// Does the work. What it was writing is dropped when it fails, and with it the half-written files.
///
/// # Errors
/// What the work returns; [`ExportError::DiskFull`] or [`ExportError::Write`] in place of a panic.
pub(super) fn unbroken<T>(work: impl FnOnce() -> Result<T, ExportError>) -> Result<T, ExportError> {
    // Nothing the work touched is looked at afterwards: the staged file and the snapshot are given up.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|told| {
        let told = told.downcast_ref::<String>().map_or("", String::as_str);
        let full = ["StorageFull", "QuotaExceeded"].iter().any(|kind| told.contains(kind));
        Err(if full { ExportError::DiskFull } else { ExportError::Write("the disk failed".into()) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_from_one_that_fails() {
        let told = |kind: std::io::ErrorKind| {
            unbroken(|| {
                Err::<(), _>(std::io::Error::from(kind)).map_err(|error| panic!("it broke: {error:?}"))
            })
        };
        assert!(matches!(told(std::io::ErrorKind::StorageFull), Err(ExportError::DiskFull)));
        assert!(matches!(told(std::io::ErrorKind::Other), Err(ExportError::Write(_))));
        assert!(unbroken(|| Ok(4)).is_ok_and(|value| value == 4));
    }
}
