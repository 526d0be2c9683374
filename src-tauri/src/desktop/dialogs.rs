//! The system's dialogs for opening and saving files.
//!
//! The page never names a path. A person chooses in the system's own dialog, or drops a file on
//! the window; the page gets a token and a name to show, and hands the token to the command that
//! reads or writes the file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tauri::{Runtime, WebviewWindow};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};

/// A file somebody chose, as the page knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ChosenFile {
    /// Stands for the file until the practice is locked.
    pub token: String,
    /// The file's name without its folder, to show.
    pub name: String,
}

/// A kind of file that a dialog offers, such as "Excel workbook" with `xlsx`.
#[derive(Clone, Copy, Debug)]
pub struct FileKind<'a> {
    /// What people call it.
    pub name: &'a str,
    /// The endings of its names, without the dot.
    pub endings: &'a [&'a str],
}

/// What a person allowed when choosing a file: a file chosen to be read is never written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Read,
    Write,
    Folder,
}

/// The files chosen since the practice was unlocked, by token.
#[derive(Debug, Default)]
pub struct ChosenFiles {
    next: AtomicU32,
    paths: Mutex<HashMap<String, (Purpose, PathBuf)>>,
}

impl ChosenFiles {
    /// Remembers a file that may be read.
    pub fn to_read(&self, path: PathBuf) -> ChosenFile {
        self.remember(Purpose::Read, path)
    }

    /// Remembers a file that may be written.
    pub fn to_write(&self, path: PathBuf) -> ChosenFile {
        self.remember(Purpose::Write, path)
    }

    /// Remembers a folder that may be used.
    pub fn folder(&self, path: PathBuf) -> ChosenFile {
        self.remember(Purpose::Folder, path)
    }

    /// The path of a file that was chosen to be read.
    pub fn path_to_read(&self, token: &str) -> Option<PathBuf> {
        self.path(Purpose::Read, token)
    }

    /// The path of a file that was chosen to be written.
    pub fn path_to_write(&self, token: &str) -> Option<PathBuf> {
        self.path(Purpose::Write, token)
    }

    /// The path of a chosen folder.
    pub fn path_of_folder(&self, token: &str) -> Option<PathBuf> {
        self.path(Purpose::Folder, token)
    }

    /// Forgets every choice; called when the practice is locked.
    pub fn forget_all(&self) {
        self.lock().clear();
    }

    fn remember(&self, purpose: Purpose, path: PathBuf) -> ChosenFile {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let token = format!("file-{}", self.next.fetch_add(1, Ordering::Relaxed) + 1);
        self.lock().insert(token.clone(), (purpose, path));
        ChosenFile { token, name }
    }

    fn path(&self, purpose: Purpose, token: &str) -> Option<PathBuf> {
        let paths = self.lock();
        let (chosen_for, path) = paths.get(token)?;
        (*chosen_for == purpose).then(|| path.clone())
    }

    /// The map is whole after any panic: each change to it is a single step.
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, (Purpose, PathBuf)>> {
        self.paths.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Asks which file to open; `None` when the person changed their mind. Waits for the answer, so
/// that it is called from a command's own thread and never from the one that draws.
pub fn ask_to_open<R: Runtime>(
    window: &WebviewWindow<R>,
    chosen: &ChosenFiles,
    title: &str,
    kinds: &[FileKind<'_>],
) -> Option<ChosenFile> {
    answer(|| of_kinds(dialog(window, title), kinds).blocking_pick_file()).map(|path| chosen.to_read(path))
}

/// Asks which files to open, as many as one likes; none when the person changed their mind. Waits like [`ask_to_open`].
pub fn ask_to_open_several<R: Runtime>(
    window: &WebviewWindow<R>,
    chosen: &ChosenFiles,
    title: &str,
) -> Vec<ChosenFile> {
    answers(|| dialog(window, title).blocking_pick_files())
        .into_iter()
        .map(|path| chosen.to_read(path))
        .collect()
}

/// Asks where to save, offering a name; waits for the answer like [`ask_to_open`]. The ending of
/// the first kind is added when the person left it out.
pub fn ask_to_save<R: Runtime>(
    window: &WebviewWindow<R>,
    chosen: &ChosenFiles,
    title: &str,
    suggested_name: &str,
    kinds: &[FileKind<'_>],
) -> Option<ChosenFile> {
    let path =
        answer(|| of_kinds(dialog(window, title), kinds).set_file_name(suggested_name).blocking_save_file())?;
    Some(chosen.to_write(with_ending(path, kinds)))
}

/// Asks for a folder; waits for the answer like [`ask_to_open`].
pub fn ask_for_folder<R: Runtime>(
    window: &WebviewWindow<R>,
    chosen: &ChosenFiles,
    title: &str,
) -> Option<ChosenFile> {
    answer(|| dialog(window, title).blocking_pick_folder()).map(|path| chosen.folder(path))
}

fn dialog<R: Runtime>(window: &WebviewWindow<R>, title: &str) -> FileDialogBuilder<R> {
    window.dialog().file().set_title(title).set_parent(window)
}

fn of_kinds<R: Runtime>(dialog: FileDialogBuilder<R>, kinds: &[FileKind<'_>]) -> FileDialogBuilder<R> {
    kinds.iter().fold(dialog, |dialog, kind| dialog.add_filter(kind.name, kind.endings))
}

fn with_ending(path: PathBuf, kinds: &[FileKind<'_>]) -> PathBuf {
    let offered = |ending: &str| {
        kinds.iter().flat_map(|kind| kind.endings).any(|known| known.eq_ignore_ascii_case(ending))
    };
    let has_one = path.extension().and_then(|ending| ending.to_str()).is_some_and(offered);
    match kinds.first().and_then(|kind| kind.endings.first()) {
        Some(ending) if !has_one => {
            let mut whole = path.into_os_string();
            whole.push(".");
            whole.push(ending);
            PathBuf::from(whole)
        }
        _ => path,
    }
}

/// What the person answered. Under test the answer comes from a file instead of a dialog.
fn answer(ask: impl FnOnce() -> Option<FilePath>) -> Option<PathBuf> {
    #[cfg(feature = "e2e")]
    if let Some(answers) = std::env::var_os(prepared::VARIABLE) {
        return prepared::next(Path::new(&answers));
    }
    ask()?.into_path().ok()
}

/// The same of a dialog that takes several files; a prepared answer is one file.
fn answers(ask: impl FnOnce() -> Option<Vec<FilePath>>) -> Vec<PathBuf> {
    #[cfg(feature = "e2e")]
    if let Some(answers) = std::env::var_os(prepared::VARIABLE) {
        return prepared::next(Path::new(&answers)).into_iter().collect();
    }
    ask().unwrap_or_default().into_iter().filter_map(|path| path.into_path().ok()).collect()
}

/// Answers that a window test prepared, because WebDriver cannot reach the system's dialogs.
#[cfg(feature = "e2e")]
mod prepared {
    use super::{Path, PathBuf};

    /// Names a file with one answer a line, used from the top; an empty line changes its mind.
    pub(super) const VARIABLE: &str = "BATON_ANSWER_DIALOGS";

    pub(super) fn next(answers: &Path) -> Option<PathBuf> {
        let text = std::fs::read_to_string(answers).ok()?;
        let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
        std::fs::write(answers, rest).ok()?;
        (!first.is_empty()).then(|| PathBuf::from(first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKBOOK: FileKind<'_> = FileKind { name: "Excel workbook", endings: &["xlsx"] };

    #[test]
    fn the_page_sees_a_name_and_never_a_folder() {
        let chosen = ChosenFiles::default();
        let file = chosen.to_read(PathBuf::from("/home/ana/exports/last year.csv"));
        assert_eq!(file.name, "last year.csv");
        assert!(!file.token.contains('/'));
        assert_eq!(chosen.path_to_read(&file.token), Some(PathBuf::from("/home/ana/exports/last year.csv")));
    }

    #[test]
    fn a_file_chosen_to_be_read_cannot_be_written() {
        let chosen = ChosenFiles::default();
        let file = chosen.to_read(PathBuf::from("/home/ana/last year.csv"));
        assert_eq!(chosen.path_to_write(&file.token), None);
        assert_eq!(chosen.path_of_folder(&file.token), None);
    }

    #[test]
    fn choices_end_with_the_lock_and_their_tokens_do_not_come_back() {
        let chosen = ChosenFiles::default();
        let before = chosen.to_write(PathBuf::from("/home/ana/a.xlsx"));
        chosen.forget_all();
        assert_eq!(chosen.path_to_write(&before.token), None);
        let after = chosen.to_write(PathBuf::from("/home/ana/b.xlsx"));
        assert_ne!(before.token, after.token);
    }

    #[test]
    fn a_name_without_an_ending_gets_the_one_of_its_kind() {
        let saved = |name: &str| with_ending(PathBuf::from(name), &[WORKBOOK]);
        assert_eq!(saved("scorecards"), Path::new("scorecards.xlsx"));
        assert_eq!(saved("Dr. Ito"), Path::new("Dr. Ito.xlsx"), "a dot in a name is not an ending");
        assert_eq!(saved("scorecards.XLSX"), Path::new("scorecards.XLSX"));
    }

    #[cfg(feature = "e2e")]
    #[test]
    fn prepared_answers_are_used_from_the_top_and_an_empty_one_cancels() {
        let folder = tempfile::tempdir().unwrap();
        let answers = folder.path().join("answers");
        std::fs::write(&answers, "/one.csv\n\n/two.xlsx\n").unwrap();
        assert_eq!(prepared::next(&answers), Some(PathBuf::from("/one.csv")));
        assert_eq!(prepared::next(&answers), None);
        assert_eq!(prepared::next(&answers), Some(PathBuf::from("/two.xlsx")));
        assert_eq!(prepared::next(&answers), None, "nothing is left to answer");
    }
}
