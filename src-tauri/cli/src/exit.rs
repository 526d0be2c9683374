//! What the exit code says.

use std::process::ExitCode;

/// How it went. The numbers are promised to scripts: never change one, only add.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Ok = 0,
    /// Not done, for a reason that is none of the others.
    Failed = 1,
    /// The command line says something that does not exist or fit.
    Usage = 2,
    /// The passphrase, the recovery key or the keyring does not open the practice.
    WrongPassphrase = 3,
    /// Another process has the practice open.
    InUse = 4,
    /// The practice, its history or a backup is damaged.
    Damaged = 5,
    /// The file to import can't be read.
    Unreadable = 6,
    /// Something has to be decided; the message names the option that decides it.
    Undecided = 7,
    /// The file or folder to write to can't be written.
    Unwritable = 8,
    /// There is no practice or backup there, or none that this Baton can open.
    NoPractice = 9,
    /// The role of the profile does not allow it.
    NotAllowed = 10,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// The table that stands under `--help` and in the documentation.
pub const TABLE: &str = "\
Exit codes:
  0  done
  1  not done, for a reason that is none of the others
  2  the command line says something that does not exist or fit
  3  the passphrase, the recovery key or the keyring does not open the practice
  4  another process has the practice open
  5  the practice, its history or a backup is damaged
  6  the file to import can't be read
  7  something has to be decided; the message names the option that decides it
  8  the file or folder to write to can't be written
  9  there is no practice or backup there, or none that this Baton can open
 10  the role of the profile does not allow it

The passphrase comes from --passphrase-file, otherwise from standard input, otherwise
from the system's keyring (--keyring skips the first two). Nothing is ever asked.";
