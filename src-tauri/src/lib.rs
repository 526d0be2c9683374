//! The shell: everything that knows about windows and the system around them.
//!
//! It holds no rule and no row; those are in `baton-core`. Here the core gets a window, the
//! system's dialogs, and the border that the window's page talks through.

pub mod backups;
pub mod border;
pub mod commands;
pub mod desk;
pub mod desktop;
pub mod error;
pub mod events;
pub mod imports;
pub mod jobs;
pub mod vault;

use desktop::dialogs::ChosenFiles;
use desktop::window;

/// Starts Baton and returns when its window has been closed.
pub fn run() -> Result<(), Box<dyn std::error::Error>> {
    desktop::process::settle();
    let border = border::border::<tauri::Wry>();
    let answer = border.invoke_handler();
    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| window::come_forward(app)))
        .plugin(tauri_plugin_dialog::init())
        .manage(ChosenFiles::default())
        .manage(desktop::clipboard::Clipboard::default())
        .manage(desk::Desk::default())
        .manage(imports::ImportDesk::default())
        .manage(backups::RestoreDesk::default())
        .manage(jobs::Jobs::default())
        .manage(vault::Door::here()?)
        .invoke_handler(move |asked| {
            #[cfg(feature = "e2e")]
            desktop::start::tell(asked.message.command());
            answer(asked)
        })
        .setup(move |app| {
            border.mount_events(app);
            window::open(app.handle())?;
            let away = app.handle().clone();
            desktop::locking::watch(move |_| {
                // A lock that could not note its head is a lock nevertheless.
                let _ = vault::lock_up(&away);
            });
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(|app, event| {
            if let tauri::RunEvent::Exit = event {
                // The window is gone; what remains is to close the file.
                let _ = vault::lock_up(app);
            }
        });
    Ok(())
}
