//! How much memory a piece of work takes at its peak: each in a process of its own that does nothing else.

use std::error::Error;
use std::fmt;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;

use baton_core::Practice;
use baton_core::exchange::export::{
    PatientIdentity, RegisterFormat, RegisterOrder, WorkbookOrder, register, scorecards_workbook,
};
use baton_core::foundation::id::ProfileId;
use baton_core::insights::Period;
use baton_core::network::{PartnerQuery, SearchScope, partners, search};
use baton_core::referrals::{ReferralQuery, referrals};
use baton_core::store::{Actor, StoreError};
use baton_core::testing::{day, reopened};

use super::{TODAY, table};

/// The argument that makes this program do one piece of work and tell its peak.
pub const ALONE: &str = "--alone";

const WORK: [&str; 4] = ["opening it", "lists and search", "register as CSV", "scorecard workbook"];

/// One line for each piece of work, a cell a size.
pub struct Memory {
    sizes: Vec<&'static str>,
    peaks: Vec<[String; WORK.len()]>,
}

impl Memory {
    pub fn new() -> Self {
        Self { sizes: Vec::new(), peaks: Vec::new() }
    }

    /// Measures each piece of work on the practice in `folder`.
    pub fn measure(&mut self, size: &'static str, folder: &Path) -> Result<(), Box<dyn Error>> {
        let program = std::env::current_exe()?;
        let mut peaks = [const { String::new() }; WORK.len()];
        for (peak, work) in peaks.iter_mut().zip(WORK) {
            let output = Command::new(&program).args([ALONE, work]).arg(folder).output()?;
            if !output.status.success() {
                return Err(format!("`{work}` ended with {}", output.status).into());
            }
            *peak = String::from_utf8(output.stdout)?.trim().to_owned();
        }
        self.sizes.push(size);
        self.peaks.push(peaks);
        Ok(())
    }
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<34}", "MB of memory at the peak")?;
        for size in &self.sizes {
            write!(f, " {size:>8}")?;
        }
        for (at, work) in WORK.iter().enumerate() {
            write!(f, "\n{work:<34}")?;
            for peaks in &self.peaks {
                write!(f, " {:>8}", peaks[at])?;
            }
        }
        writeln!(f)
    }
}

/// Does one piece of work and prints the most memory this process had.
pub fn alone(work: &str, folder: &Path) -> Result<(), Box<dyn Error>> {
    let store = reopened(folder, TODAY)?;
    let owner: ProfileId = store.read(|conn| {
        Ok::<_, StoreError>(conn.query_row(
            "SELECT id FROM profile WHERE role = 'owner' LIMIT 1",
            [],
            |row| row.get(0),
        )?)
    })?;
    let practice = Practice::new(store, Actor { id: owner, name: "Bench".into() });
    let go = &mut |_, _| ControlFlow::Continue(());
    match work {
        "lists and search" => {
            referrals(&practice, &ReferralQuery::default())?;
            partners(&practice, &PartnerQuery::default())?;
            search(&practice, "smith", SearchScope::Everything, 20)?;
        }
        "register as CSV" => {
            let order = RegisterOrder {
                format: RegisterFormat::Csv,
                period: None,
                patients: PatientIdentity::Omitted,
            };
            register(&practice, &order, &folder.join("alone.csv"), go)?;
        }
        "scorecard workbook" => {
            let period = Period::new(day(TODAY) - chrono::Days::new(364), day(TODAY))?;
            scorecards_workbook(&practice, &WorkbookOrder::of(period), &folder.join("alone.xlsx"), go)?;
        }
        _ => {}
    }
    println!("{}", table::peak_memory());
    Ok(())
}
