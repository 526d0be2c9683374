//! Choices of this computer, not of the practice: how the window looks and how soon it locks by itself. One small file in
//! Baton's own folder; it names no practice and nobody in it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::error::VaultError;
use super::files;
use super::machine::Machine;

/// More bytes than this are not our file.
const LARGEST: u64 = 64 * 1024;
/// How large everything may be shown, in percent.
const ZOOM: std::ops::RangeInclusive<u32> = 75..=200;
/// After how many minutes without a person the window may lock.
const IDLE_MINUTES: std::ops::RangeInclusive<u32> = 1..=60;

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum DeviceTheme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What somebody chose for this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DeviceSettings {
    /// Light or dark.
    pub theme: DeviceTheme,
    /// How large everything is shown, in percent, 75 to 200.
    pub zoom: u32,
    /// After how many minutes without a person it locks, 1 to 60. The practice may ask for less.
    pub idle_minutes: u32,
    /// Single letters act as keys.
    pub single_letters: bool,
    /// The system tells of reminders too, without a word of them.
    pub notices: bool,
}

impl Default for DeviceSettings {
    fn default() -> Self {
        Self { theme: DeviceTheme::System, zoom: 100, idle_minutes: 10, single_letters: true, notices: false }
    }
}

/// What was chosen here. A file that is not there or can't be read says nothing: the defaults.
pub fn device_settings(machine: &Machine) -> DeviceSettings {
    let bytes = files::read_capped(&file(machine), LARGEST).ok().flatten();
    bytes.and_then(|bytes| read(&bytes)).filter(fits).unwrap_or_default()
}

/// Keeps what was chosen here, the whole file or the one before.
///
/// # Errors
/// [`VaultError::Invalid`] for a size or minutes beyond their bounds; [`VaultError::NoAccess`], [`VaultError::DiskFull`].
pub fn set_device_settings(machine: &Machine, settings: &DeviceSettings) -> Result<(), VaultError> {
    let invalid = |field, problem: &str| Err(VaultError::Invalid { field, problem: problem.to_owned() });
    if !ZOOM.contains(&settings.zoom) {
        return invalid("zoom", "show everything from 75 to 200 percent");
    }
    if !IDLE_MINUTES.contains(&settings.idle_minutes) {
        return invalid("idleMinutes", "give whole minutes from 1 to 60");
    }
    files::make_private_folder(machine.folder())?;
    let unwritten = |_| VaultError::NoAccess { what: NAME.into() };
    files::replace(&file(machine), &serde_json::to_vec_pretty(settings).map_err(unwritten)?)
}

const NAME: &str = "device.json";

fn file(machine: &Machine) -> PathBuf {
    machine.folder().join(NAME)
}

/// A file of an older Baton lacks what came since: that stays as it is by default.
fn read(bytes: &[u8]) -> Option<DeviceSettings> {
    let mut all = serde_json::to_value(DeviceSettings::default()).ok()?;
    let chosen: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(bytes).ok()?;
    all.as_object_mut()?.extend(chosen);
    serde_json::from_value(all).ok()
}

fn fits(settings: &DeviceSettings) -> bool {
    ZOOM.contains(&settings.zoom) && IDLE_MINUTES.contains(&settings.idle_minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::clock::Clock;

    #[test]
    fn what_was_chosen_is_there_the_next_time_and_nothing_else_is_in_the_file() {
        let place = tempfile::tempdir().expect("a folder");
        let machine = Machine::for_tests(&place.path().join("config"), Clock::system(), None);
        assert_eq!(device_settings(&machine), DeviceSettings::default());
        let dark = DeviceSettings {
            theme: DeviceTheme::Dark,
            zoom: 150,
            idle_minutes: 5,
            single_letters: false,
            notices: true,
        };
        set_device_settings(&machine, &dark).expect("written");
        assert_eq!(device_settings(&machine), dark);
        let text = std::fs::read_to_string(file(&machine)).expect("the file");
        let kept: std::collections::BTreeMap<String, serde_json::Value> =
            serde_json::from_str(&text).expect("an object");
        assert_eq!(
            kept.keys().collect::<Vec<_>>(),
            ["idleMinutes", "notices", "singleLetters", "theme", "zoom"]
        );
    }

    #[test]
    fn a_file_that_can_not_be_read_is_none() {
        let place = tempfile::tempdir().expect("a folder");
        let machine = Machine::for_tests(place.path(), Clock::system(), None);
        for text in ["", "{", "[]", r#"{"theme":"pink"}"#, r#"{"zoom":900}"#, r#"{"zoom":-1}"#, "\u{0}"] {
            std::fs::write(file(&machine), text).expect("written");
            assert_eq!(device_settings(&machine), DeviceSettings::default(), "{text}");
        }
        let older = r#"{"theme":"dark","somethingNewer":1}"#;
        std::fs::write(file(&machine), older).expect("written");
        let kept = device_settings(&machine);
        assert_eq!((kept.theme, kept.zoom), (DeviceTheme::Dark, 100), "what it lacks is as usual");
    }

    #[test]
    fn a_size_nobody_can_work_with_is_refused() {
        let place = tempfile::tempdir().expect("a folder");
        let machine = Machine::for_tests(place.path(), Clock::system(), None);
        let usual = DeviceSettings::default();
        let field = |settings| match set_device_settings(&machine, &settings) {
            Err(VaultError::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        };
        assert_eq!(field(DeviceSettings { zoom: 20, ..usual }), "zoom");
        assert_eq!(field(DeviceSettings { idle_minutes: 0, ..usual }), "idleMinutes");
    }
}
