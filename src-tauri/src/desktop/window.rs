//! The one window.

use serde::{Deserialize, Serialize};
use tauri::webview::{NewWindowResponse, PermissionResponse};
use tauri::{
    AppHandle, DragDropEvent, Manager, Runtime, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    WindowEvent,
};
use tauri_specta::Event;

use super::dialogs::{ChosenFile, ChosenFiles};

/// The window's name, which the capabilities refer to.
pub const LABEL: &str = "main";

/// Files that are dragged over the window, for the page to show where they may be let go.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, tauri_specta::Event)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FileDrag {
    /// Files came over the window.
    Entered,
    /// They went away again.
    Left,
    /// They were let go; each can now be read by its token.
    Dropped {
        /// The files, without their folders.
        files: Vec<ChosenFile>,
    },
}

/// Opens the window. Its page stays inside the app: it opens no address, no second window, no
/// download, and nothing it does is kept on disk.
pub fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<WebviewWindow<R>> {
    // With the slash: the page's router compares paths, and `tauri://localhost` alone has two
    // spellings of its empty one, so that the page would be led to itself for ever.
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("/".into()))
        .title("Baton")
        .inner_size(1280.0, 800.0)
        .min_inner_size(1024.0, 700.0)
        .center()
        .incognito(!driven_by_a_test())
        .general_autofill_enabled(false)
        .browser_extensions_enabled(false)
        .devtools(tauri::is_dev())
        .on_navigation(stays_inside)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .build()?;
    let dropped_on = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::DragDrop(drag) = event {
            announce(&dropped_on, drag);
        }
    });
    Ok(window)
}

/// Shows the window to somebody who started Baton a second time.
pub fn come_forward<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(LABEL) {
        // A window manager may refuse; then the window is where its user left it.
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

/// WebKitGTK cannot drive a window that keeps nothing, so that a window under test has a profile
/// on disk, which the tests search for what must never be there.
fn driven_by_a_test() -> bool {
    cfg!(feature = "e2e") && std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some()
}

/// The page's own addresses: `tauri://localhost`, on Windows `http://tauri.localhost`.
fn stays_inside(address: &Url) -> bool {
    match address.scheme() {
        "tauri" => address.host_str() == Some("localhost"),
        "http" | "https" => {
            address.host_str() == Some("tauri.localhost")
                || tauri::is_dev() && address.host_str() == Some("localhost")
        }
        _ => false,
    }
}

fn announce<R: Runtime>(window: &WebviewWindow<R>, drag: &DragDropEvent) {
    let news = match drag {
        DragDropEvent::Enter { .. } => FileDrag::Entered,
        DragDropEvent::Leave => FileDrag::Left,
        DragDropEvent::Drop { paths, .. } => {
            let chosen = window.state::<ChosenFiles>();
            let files =
                paths.iter().filter(|path| path.is_file()).map(|path| chosen.to_read(path.clone())).collect();
            FileDrag::Dropped { files }
        }
        _ => return,
    };
    // A page that is being reloaded hears nothing; its user drops the file again.
    let _ = news.emit_to(window, LABEL);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_stays_at_its_own_address() {
        let inside = |address: &str| stays_inside(&address.parse().unwrap());
        assert!(inside("tauri://localhost/partners"));
        assert!(inside("http://tauri.localhost/"));

        assert!(!inside("https://example.org/"));
        assert!(!inside("http://tauri.localhost.example.org/"));
        assert!(!inside("file:///etc/passwd"));
        assert!(!inside("data:text/html,<p>hello"));
    }
}
