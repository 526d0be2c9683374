//! Paper.

use tauri::{Runtime, WebviewWindow};

/// Opens the system's print dialog for what the window shows; the page's print styles decide
/// what is on the paper. A window test has no dialog to answer, so that there nothing opens.
pub fn print<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    if cfg!(feature = "e2e") && std::env::var_os("BATON_ANSWER_DIALOGS").is_some() {
        return Ok(());
    }
    window.print()
}
