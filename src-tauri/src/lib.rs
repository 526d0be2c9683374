//! The shell: everything that knows about windows and the system around them.
//!
//! It holds no rule and no row; those are in `baton-core`. Here the core gets a window, the
//! system's dialogs, and the border that the window's page talks through.

use tauri_specta::{collect_commands, collect_events};

pub mod desktop;

use desktop::dialogs::ChosenFiles;
use desktop::window;

/// Starts Baton and returns when its window has been closed.
pub fn run() -> Result<(), tauri::Error> {
    desktop::process::settle();
    let border = border::<tauri::Wry>();
    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| window::come_forward(app)))
        .plugin(tauri_plugin_dialog::init())
        .manage(ChosenFiles::default())
        .invoke_handler(border.invoke_handler())
        .setup(move |app| {
            border.mount_events(app);
            window::open(app.handle())?;
            Ok(())
        })
        .run(tauri::generate_context!())
}

/// Everything the page may ask for and everything it may hear, in one typed list.
pub fn border<R: tauri::Runtime>() -> tauri_specta::Builder<R> {
    tauri_specta::Builder::new()
        .commands(collect_commands![])
        .events(collect_events![desktop::window::FileDrag])
        .disable_serde_phases()
}
