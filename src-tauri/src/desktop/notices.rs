//! A reminder told to the system as well, where somebody asked for that on this computer: how many tasks, and not a word of them,
//! because whoever passes by reads it, and a screen that is locked may show it.
//!
//! On Linux the desktop's own notices are asked over the message bus, of which nothing leaves the machine. On Windows and macOS
//! reminders stay in the window.

use baton_core::outreach::Reminders;
use baton_core::vault::{Machine, device_settings};

/// Tells of what rang since `since`. The first question after unlocking tells nothing: whoever unlocked sees it in the window.
pub fn tell<T>(machine: &Machine, since: Option<T>, told: &Reminders) {
    if since.is_none() || told.tasks.is_empty() || !device_settings(machine).notices {
        return;
    }
    let body = match told.tasks.len() {
        1 => "A task is due. Baton shows which.".to_owned(),
        many => format!("{many} tasks are due. Baton shows which."),
    };
    #[cfg(target_os = "linux")]
    std::thread::spawn(move || {
        // A desktop without notices has nothing to show; the window tells all the same.
        let _ = linux::show(&body);
    });
    #[cfg(not(target_os = "linux"))]
    drop(body);
}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::HashMap;

    use zbus::blocking::Connection;
    use zbus::zvariant::Value;

    const NOTICES: &str = "org.freedesktop.Notifications";

    /// Desktop Notifications Specification 1.2, `Notify`.
    pub(super) fn show(body: &str) -> zbus::Result<()> {
        let (replaces, icon, actions) = (0_u32, "", Vec::<&str>::new());
        let hints: HashMap<&str, Value<'_>> = HashMap::from([("category", Value::from("x-baton.reminder"))]);
        let notice = ("Baton", replaces, icon, "Baton", body, actions, hints, -1_i32);
        Connection::session()?.call_method(
            Some(NOTICES),
            "/org/freedesktop/Notifications",
            Some(NOTICES),
            "Notify",
            &notice,
        )?;
        Ok(())
    }
}
