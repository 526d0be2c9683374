//! The shell.
/// Starts the window.
pub fn run() {
    tauri::Builder::default().plugin(tauri_plugin_dialog::init()).run(tauri::generate_context!()).expect("starts");
}
