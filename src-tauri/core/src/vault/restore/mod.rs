//! Restoring a backup: it is copied beside the practice, proved with its own keys, brought up to date and compared; what
//! would be lost and what comes is shown; only then it takes the practice's place. What stood there is kept.

mod commit;
mod prepare;
mod preview;
mod source;

pub use commit::{Restored, restore};
pub use prepare::{Prepared, Way, prepare_restore};
pub use preview::{EntryInShort, KindCount, Parted, RestorePreview, RowKind};
pub use source::{SealedBackup, look_at_backup};
