//! Word of when the person at the machine goes away, so that the practice can be locked.
//!
//! On Linux the login manager (sleep, lock, another user at the machine) and the screen saver say so over the message
//! bus. On Windows and macOS the practice is locked by its own idle limit; their signals are not heard yet.

/// Why nobody is at the machine any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Away {
    /// The machine is about to sleep.
    Sleep,
    /// The screen was locked.
    ScreenLocked,
    /// Another user has the machine now.
    Switched,
}

/// Calls `on_away` whenever the person goes away, for as long as the app runs. Where nothing
/// tells, nothing is called.
pub fn watch(on_away: impl Fn(Away) + Clone + Send + 'static) {
    #[cfg(target_os = "linux")]
    linux::watch(on_away);
    #[cfg(not(target_os = "linux"))]
    drop(on_away);
}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::HashMap;
    use std::thread;

    use zbus::blocking::{Connection, MessageIterator};
    use zbus::message::Type;
    use zbus::zvariant::{OwnedObjectPath, OwnedValue};
    use zbus::{MatchRule, Message};

    use super::Away;

    const LOGIN: &str = "org.freedesktop.login1";
    const LOGIN_MANAGER: &str = "org.freedesktop.login1.Manager";

    /// Something that tells for as long as its bus lasts.
    type Source = fn(&dyn Fn(Away)) -> zbus::Result<()>;

    pub(super) fn watch(on_away: impl Fn(Away) + Clone + Send + 'static) {
        let sources: [Source; 5] = [
            sleep,
            session_lock,
            switched,
            |tell| screen_saver("org.freedesktop.ScreenSaver", tell),
            |tell| screen_saver("org.gnome.ScreenSaver", tell),
        ];
        for source in sources {
            let on_away = on_away.clone();
            // A desktop without this bus or this program has nothing to say; the idle limit stays.
            thread::spawn(move || {
                let _ = source(&on_away);
            });
        }
    }

    fn sleep(tell: &dyn Fn(Away)) -> zbus::Result<()> {
        let rule = signal(LOGIN_MANAGER, "PrepareForSleep")?.sender(LOGIN)?.build();
        each(&Connection::system()?, rule, |message| {
            if begins(message) {
                tell(Away::Sleep);
            }
        })
    }

    /// This program's session at the login manager.
    fn own_session(bus: &Connection) -> zbus::Result<OwnedObjectPath> {
        let login = "/org/freedesktop/login1";
        let answer =
            bus.call_method(Some(LOGIN), login, Some(LOGIN_MANAGER), "GetSessionByPID", &std::process::id())?;
        answer.body().deserialize()
    }

    /// Another session comes to the front: this one's `Active` turns false.
    fn switched(tell: &dyn Fn(Away)) -> zbus::Result<()> {
        let bus = Connection::system()?;
        let session = own_session(&bus)?;
        let rule =
            signal("org.freedesktop.DBus.Properties", "PropertiesChanged")?.sender(LOGIN)?.path(session)?;
        each(&bus, rule.build(), |message| {
            let body = message.body();
            let changed: zbus::Result<(String, HashMap<String, OwnedValue>, Vec<String>)> =
                body.deserialize();
            let active = changed.ok().and_then(|(_, mut now, _)| bool::try_from(now.remove("Active")?).ok());
            if active == Some(false) {
                tell(Away::Switched);
            }
        })
    }

    /// `loginctl lock-session`, which desktops also send for their own lock key.
    fn session_lock(tell: &dyn Fn(Away)) -> zbus::Result<()> {
        let bus = Connection::system()?;
        let session = own_session(&bus)?;
        let rule = signal("org.freedesktop.login1.Session", "Lock")?.sender(LOGIN)?.path(session)?.build();
        each(&bus, rule, |_| tell(Away::ScreenLocked))
    }

    fn screen_saver(interface: &str, tell: &dyn Fn(Away)) -> zbus::Result<()> {
        let rule = signal(interface, "ActiveChanged")?.build();
        each(&Connection::session()?, rule, |message| {
            if begins(message) {
                tell(Away::ScreenLocked);
            }
        })
    }

    fn signal<'a>(interface: &'a str, member: &'a str) -> zbus::Result<zbus::match_rule::Builder<'a>> {
        MatchRule::builder().msg_type(Type::Signal).interface(interface)?.member(member)
    }

    fn each(bus: &Connection, rule: MatchRule<'_>, mut hear: impl FnMut(&Message)) -> zbus::Result<()> {
        for message in MessageIterator::for_match_rule(rule.to_owned(), bus, None)? {
            hear(&message?);
        }
        Ok(())
    }

    /// These signals carry whether the state begins or ends.
    fn begins(message: &Message) -> bool {
        message.body().deserialize().unwrap_or(false)
    }
}
