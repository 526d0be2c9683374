//! What Baton costs against doing the bare thing: the same work on a plain file, by the shortest code there is.
//!
//! `cargo bench -p baton-core --features testing --bench main [-- S M L] [unlocking looking memory exporting importing]` prints one
//! table: milliseconds here, milliseconds bare, and the ratio, at three sizes, and a second one with the memory that work
//! takes. Each time is the median of several runs. Without the name of a size or of a part, all are measured.

#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program whose whole purpose is the table it prints"
)]

mod exporting;
mod importing;
mod looking;
mod memory;
mod plain;
mod table;
mod unlocking;

use std::error::Error;
use std::path::Path;

use baton_core::sample::{SampleSize, create_into};
use baton_core::testing::{day, practice};

use memory::Memory;
use table::Table;

/// The day on which everything is measured.
const TODAY: &str = "2026-11-21";

/// A size of practice.
#[derive(Clone, Copy)]
pub struct Size {
    name: &'static str,
    sample: SampleSize,
    /// Referrals in the file that is imported.
    import: u32,
    /// Days of the register that are exported, so that a bare loop can hold its cells in memory.
    exported_days: u64,
}

const SIZES: [Size; 3] = [
    Size { name: "S", sample: SampleSize::Small, import: 5_000, exported_days: 365 },
    Size { name: "M", sample: SampleSize::Medium, import: 100_000, exported_days: 365 },
    Size { name: "L", sample: SampleSize::Large, import: 100_000, exported_days: 60 },
];

/// What is measured, in order: an import changes the practice.
const PARTS: [&str; 5] = ["unlocking", "looking", "memory", "exporting", "importing"];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [memory::ALONE, work, folder] = arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        return memory::alone(work, Path::new(folder));
    }
    let wanted: Vec<String> = arguments.into_iter().filter(|argument| !argument.starts_with('-')).collect();
    let named = |name: &str| wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(name));
    let all_sizes = !SIZES.iter().any(|size| named(size.name));
    let all_parts = !PARTS.iter().any(|part| named(part));
    let sizes: Vec<Size> = SIZES.into_iter().filter(|size| all_sizes || named(size.name)).collect();
    let mut table = Table::new(sizes.iter().map(|size| size.name).collect());
    let mut memory = Memory::new();
    for (column, size) in sizes.iter().enumerate() {
        let practice = practice(TODAY);
        eprintln!("{}: inventing a practice …", size.name);
        let (made, took) = table::once(|| create_into(&practice, size.sample, day(TODAY)))?;
        eprintln!("{}: {} partners, {} referrals in {took:.1?}", size.name, made.partners, made.referrals);
        practice.store().checkpoint()?;
        let folder = practice.folder.path();
        for part in PARTS.into_iter().filter(|part| all_parts || named(part)) {
            match part {
                "unlocking" => unlocking::measure(&mut table, column, size)?,
                "looking" => {
                    let plain = plain::copy(practice.store().path(), folder)?;
                    looking::measure(&mut table, column, &practice, folder, &plain)?;
                }
                "memory" => memory.measure(size.name, folder)?,
                "exporting" => exporting::measure(&mut table, column, &practice, size)?,
                _ => importing::measure(&mut table, column, &practice, size)?,
            }
        }
        eprintln!("{}: at most {} MB of memory so far", size.name, table::peak_memory());
    }
    println!("{table}\n{memory}");
    Ok(())
}
