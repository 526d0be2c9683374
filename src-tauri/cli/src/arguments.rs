//! The command line.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::exit::TABLE;

/// Baton without a window: scheduled imports, exports and backups of a practice.
#[derive(Debug, Parser)]
#[command(name = "baton-cli", version, about, after_help = TABLE, disable_help_subcommand = true)]
pub struct Arguments {
    /// The practice's folder.
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    pub practice: PathBuf,
    /// A file whose first line is the passphrase.
    #[arg(long, global = true, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Take the key from the system's keyring and nowhere else.
    #[arg(long, global = true, conflicts_with = "passphrase_file")]
    pub keyring: bool,
    /// Whose passphrase it is, by name or initials, where several can unlock the practice.
    #[arg(long = "as", global = true, value_name = "PROFILE")]
    pub whose: Option<String>,
    /// Open a practice whose history is shorter than known or was changed, as an owner, and put that on record.
    #[arg(long, global = true)]
    pub accept_doubt: bool,
    /// Answer in JSON, errors too.
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create a practice in an empty or new folder.
    Init(Init),
    /// Import a file of referrals or contacts as one undoable action.
    Import(Import),
    /// Write a spreadsheet.
    Export(Export),
    /// Tell the numbers of a period.
    Report(Report),
    /// Make a verified, encrypted copy.
    Backup(Backup),
    /// Tell which backups there are.
    Backups(Backups),
    /// Put a backup in the practice's place, or in a folder of its own.
    Restore(Restore),
    /// Test whether the practice could be restored from its newest backup.
    Drill,
    /// Read the whole file and its history and say whether they are whole.
    Check,
    /// Tell who has a profile, or retire one.
    Profiles(Profiles),
    /// Put the stops of a day in the best order. Needs no practice.
    Route(Route),
    /// Fill a new practice with invented partners and referrals.
    Sample(Sample),
}

/// A new practice.
#[derive(Debug, Args)]
pub struct Init {
    /// The practice's name.
    #[arg(long)]
    pub name: String,
    /// Its state, two letters.
    #[arg(long)]
    pub state: String,
    /// Its time zone, e.g. America/New_York.
    #[arg(long)]
    pub time_zone: String,
    /// Who unlocks it with the passphrase.
    #[arg(long)]
    pub profile_name: String,
    /// Write the recovery sheet to this new file instead of telling the key in the answer.
    #[arg(long, value_name = "FILE")]
    pub recovery_file: Option<PathBuf>,
}

/// An import. What is not given is guessed; what can't be guessed safely ends with exit code 7.
#[derive(Debug, Args)]
pub struct Import {
    /// CSV, TSV or XLSX.
    pub file: PathBuf,
    /// A saved mapping by name. Without it, the mapping saved for the same headings, or a guess.
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// What a column holds, e.g. "Referred by=referrer". Repeatable.
    #[arg(long, value_name = "COLUMN=FIELD")]
    pub map: Vec<String>,
    /// What a word means, e.g. "Kept=seen". Repeatable.
    #[arg(long, value_name = "WORD=MEANING")]
    pub value: Vec<String>,
    /// The order of day, month and year in dates like 03/04/2026.
    #[arg(long, value_enum)]
    pub date_order: Option<Order>,
    /// The last day a referral can have been received; today if not given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<NaiveDate>,
    /// The encoding of a text file, e.g. windows-1252.
    #[arg(long)]
    pub encoding: Option<String>,
    /// What separates columns: one character, or "tab".
    #[arg(long, value_parser = delimiter)]
    pub delimiter: Option<char>,
    /// The sheet of a workbook.
    #[arg(long)]
    pub sheet: Option<String>,
    /// The record that holds the headings, from 1; 0 for none.
    #[arg(long, value_name = "N")]
    pub header_record: Option<u32>,
    /// A record that is data although it looks like a sum, a heading or a footer. Repeatable.
    #[arg(long, value_name = "N", value_delimiter = ',')]
    pub data: Vec<u32>,
    /// A record that is no data. Repeatable.
    #[arg(long, value_name = "N", value_delimiter = ',')]
    pub not_data: Vec<u32>,
    /// No row names a referrer, and that is all right: each comes in without a source.
    #[arg(long)]
    pub without_referrer: bool,
    /// Save the mapping under this name for files with the same headings.
    #[arg(long, value_name = "NAME")]
    pub save_profile: Option<String>,
    /// Write the rows that stayed out to this workbook.
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    /// Say what would happen and change nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// The orders of day, month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// Month, day, year.
    Mdy,
    /// Day, month, year.
    Dmy,
    /// Year, month, day.
    Ymd,
}

/// A spreadsheet.
#[derive(Debug, Args)]
pub struct Export {
    /// Which.
    #[command(subcommand)]
    pub what: ExportKind,
}

/// The spreadsheets there are.
#[derive(Debug, Subcommand)]
pub enum ExportKind {
    /// The scorecard workbook of a period.
    Scorecards {
        /// The period.
        #[command(flatten)]
        period: PeriodArguments,
        /// The file to write; replaced if it exists.
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// For how many of the strongest partners a page is made.
        #[arg(long, default_value_t = 10, value_name = "N")]
        pages: u32,
        /// Whether patients can be recognised.
        #[command(flatten)]
        patients: Patients,
    },
    /// Every referral with every field, its ids and where it came from.
    Register {
        /// The format.
        #[arg(long, value_enum)]
        format: Format,
        /// The file to write; replaced if it exists.
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// First day received; from the first referral on if not given.
        #[arg(long, value_name = "YYYY-MM-DD", requires = "to")]
        from: Option<NaiveDate>,
        /// Last day received.
        #[arg(long, value_name = "YYYY-MM-DD", requires = "from")]
        to: Option<NaiveDate>,
        /// Whether patients can be recognised.
        #[command(flatten)]
        patients: Patients,
    },
    /// The audit log, with a statement of how far it verifies.
    Audit {
        /// The format.
        #[arg(long, value_enum)]
        format: Format,
        /// The file to write; replaced if it exists.
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// First day; from the beginning on if not given.
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: Option<NaiveDate>,
        /// Last day.
        #[arg(long, value_name = "YYYY-MM-DD")]
        to: Option<NaiveDate>,
    },
}

/// A period, both days included.
#[derive(Clone, Copy, Debug, Args)]
pub struct PeriodArguments {
    /// First day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub from: NaiveDate,
    /// Last day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub to: NaiveDate,
}

/// Whether patients can be recognised in a file.
#[derive(Debug, Args)]
pub struct Patients {
    /// Write names, chart numbers, birth dates and notes too. Recorded in history and as a disclosure of each patient.
    #[arg(long, requires_all = ["purpose", "recipient", "basis"])]
    pub with_patients: bool,
    /// What they are needed for.
    #[arg(long, value_name = "TEXT", requires = "with_patients")]
    pub purpose: Option<String>,
    /// Who receives the file.
    #[arg(long, value_name = "TEXT", requires = "with_patients")]
    pub recipient: Option<String>,
    /// The recipient's address.
    #[arg(long, value_name = "TEXT", requires = "with_patients")]
    pub address: Option<String>,
    /// The legal basis.
    #[arg(long, value_enum, requires = "with_patients")]
    pub basis: Option<Ground>,
    /// On the basis of authorisation: what the patients authorised. Those who did not are not named.
    #[arg(long, value_enum, requires = "with_patients", required_if_eq("basis", "authorisation"))]
    pub authorised_for: Option<Authorised>,
}

/// What patients allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Authorised {
    /// Exchange with whoever treats them.
    Treatment,
    /// To be named in a thank-you.
    ThankYou,
    /// That their story is told.
    SuccessStory,
    /// To be written to about more than their care.
    Marketing,
}

/// The legal bases of a disclosure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Ground {
    /// To treat the patient.
    Treatment,
    /// To be paid.
    Payment,
    /// To run the practice.
    Operations,
    /// The patient signed an authorisation.
    Authorisation,
    /// To the patient.
    Individual,
    /// Anything else.
    Other,
}

/// The formats of a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Comma-separated, UTF-8 with byte-order mark.
    Csv,
    /// Excel.
    Xlsx,
}

/// Numbers.
#[derive(Debug, Args)]
pub struct Report {
    /// Which.
    #[command(subcommand)]
    pub what: ReportKind,
}

/// The reports there are.
#[derive(Debug, Subcommand)]
pub enum ReportKind {
    /// The very numbers of the scorecard workbook.
    Scorecards(PeriodArguments),
}

/// A day of visits.
#[derive(Debug, Args)]
pub struct Route {
    /// JSON: `{"matrix": [[travel minutes]], "stops": [{"id", "open", "close", "service", "priority"}], "depart": minute}`,
    /// where place 0 of the matrix is start and end and stop i is place i; or, without a matrix, `"start": {"lat", "lon"}` and
    /// stops with `lat` and `lon`.
    pub file: PathBuf,
}

/// A backup. Without options it goes to the practice's own `backups` and to every folder set on this computer.
#[derive(Debug, Args)]
pub struct Backup {
    /// Put it in this folder alone.
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
    /// Write one file for places outside the practice, which the recovery key and the age program open.
    #[arg(long, value_name = "FILE")]
    pub age: Option<PathBuf>,
    /// A further public key that opens the file, age1…. Repeatable.
    #[arg(long, value_name = "KEY", requires = "age")]
    pub recipient: Vec<String>,
}

/// Backups.
#[derive(Debug, Args)]
pub struct Backups {
    /// What about them.
    #[command(subcommand)]
    pub what: BackupsKind,
}

/// What can be asked of the backups.
#[derive(Debug, Subcommand)]
pub enum BackupsKind {
    /// List them, the newest first. Needs no passphrase.
    List,
}

/// A restore. It is opened by a passphrase of the day the backup was made, or by the recovery key.
#[derive(Debug, Args)]
pub struct Restore {
    /// A backup's folder, or a file written with `backup --age`.
    #[arg(long, value_name = "DIR|FILE")]
    pub from: PathBuf,
    /// Where to; the practice's own folder if not given. An empty or new folder makes a practice of its own.
    #[arg(long, value_name = "DIR")]
    pub into: Option<PathBuf>,
    /// A file that holds the recovery key; the passphrase given is set as the new one.
    #[arg(long, value_name = "FILE")]
    pub recovery_key_file: Option<PathBuf>,
    /// Do it. Without this, say what would be lost and what comes.
    #[arg(long)]
    pub yes: bool,
}

/// Profiles. For owners.
#[derive(Debug, Args)]
pub struct Profiles {
    /// What about them.
    #[command(subcommand)]
    pub what: ProfilesKind,
}

/// What can be done about profiles.
#[derive(Debug, Subcommand)]
pub enum ProfilesKind {
    /// List them, those inside first.
    List,
    /// End one: from that moment nothing opens the practice for it. Needs the owner's passphrase, not the keyring.
    Retire {
        /// Whose, by name or initials.
        name: String,
    },
}

/// An invented practice.
#[derive(Debug, Args)]
pub struct Sample {
    /// S: 200 partners and 5,000 referrals; M: 2,000 and 100,000; L: 20,000 and 1,000,000.
    #[arg(long, value_enum, ignore_case = true)]
    pub size: Size,
}

/// The sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Size {
    /// Small.
    #[value(name = "S")]
    Small,
    /// Medium.
    #[value(name = "M")]
    Medium,
    /// Large.
    #[value(name = "L")]
    Large,
}

fn delimiter(text: &str) -> Result<char, String> {
    let mut characters = text.chars();
    match (text, characters.next(), characters.next()) {
        ("tab" | "\\t", ..) => Ok('\t'),
        (_, Some(one), None) => Ok(one),
        _ => Err("one character, or \"tab\"".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }
}
