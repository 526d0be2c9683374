//! The door: first run, creating, unlocking, locking, keys and backups.

use std::path::{Path, PathBuf};

use baton_core::foundation::id::{ProfileId, RecordId};
use baton_core::store::Event;
use baton_core::vault::{self, Backup, CheckReport, Colleague, NewPractice, Passphrase, Rights};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Runtime, State, WebviewWindow};

use crate::desk::{AtDesk, Desk};
use crate::desktop::dialogs::{self, ChosenFiles, FileKind};
use crate::desktop::print;
use crate::error::{Answer, CommandError, ErrorCode};
use crate::jobs::Jobs;
use crate::vault::{Door, Unlocking, lock_up};

/// What stands at the door.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DoorView {
    /// The practice that is locked, if one was chosen.
    pub practice: Option<DoorPractice>,
    /// Who is at the desk, if it is unlocked.
    pub session: Option<Session>,
    /// Practices opened on this computer before.
    pub recent: Vec<RecentView>,
    /// Where a new practice would be kept.
    pub new_folder: String,
}

/// A locked practice, as far as anybody may know it.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DoorPractice {
    pub name: String,
    pub profiles: Vec<DoorProfile>,
    pub last_profile: Option<ProfileId>,
}

/// Somebody who can unlock it.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DoorProfile {
    pub id: ProfileId,
    pub name: String,
    /// Whether this computer's keyring may open the practice for them.
    pub keyring: bool,
    /// Whether they were handed a phrase and choose their own passphrase now.
    pub first: bool,
    /// Whether they can come in at all.
    pub way_in: bool,
}

/// A practice opened before; `id` is its place in the list.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RecentView {
    pub id: String,
    pub name: String,
}

/// The unlocked practice and who is at the desk.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    pub practice: String,
    pub profile: ProfileId,
    pub name: String,
    pub role: String,
    /// What the role may do and see.
    pub rights: Rights,
    pub time_zone: String,
    /// Today in the practice's time zone, yyyy-mm-dd; an earlier day while one is looked at.
    pub today: String,
    pub sample: bool,
    /// Nothing can be written where the practice lies: it is looked at only.
    pub read_only: bool,
    pub folder: String,
    /// Everybody who can look after partners.
    pub colleagues: Vec<Colleague>,
    /// The newest verified copy in the practice's own folder.
    pub newest_backup: Option<Backup>,
}

/// What the create screen asks.
#[derive(Debug, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CreateForm {
    pub name: String,
    pub state: String,
    pub time_zone: String,
    pub profile_name: String,
    pub passphrase: String,
}

/// How hard a passphrase is to guess: 0–4, good enough or not, and what would make it better.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StrengthView {
    pub score: u8,
    pub ok: bool,
    pub advice: Option<String>,
}

/// The recovery sheet on the screen, and which groups (from 0) are asked back.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RecoverySheetView {
    pub practice: String,
    pub vault_id: String,
    pub made_on: String,
    pub prefix: String,
    pub groups: Vec<String>,
    pub challenge: Vec<u8>,
}

#[tauri::command(async)]
#[specta::specta]
pub fn door<R: Runtime>(app: AppHandle<R>, desk: State<'_, Desk>, door: State<'_, Door>) -> Answer<DoorView> {
    let recent = vault::recent_practices(door.machine());
    if desk.look(|at| matches!(at, AtDesk::Nothing))
        && let Some(latest) = recent.iter().find(|practice| practice.there)
    {
        desk.put(AtDesk::Locked(PathBuf::from(&latest.folder)));
    }
    let practice = desk.look(|at| match at {
        AtDesk::Locked(folder) => vault::describe(folder).ok(),
        _ => None,
    });
    let practice = practice.map(|about| DoorPractice {
        name: about.name,
        last_profile: None,
        profiles: about
            .profiles
            .into_iter()
            .map(|p| DoorProfile {
                id: p.id,
                name: p.name,
                keyring: p.keyring,
                first: p.first,
                way_in: p.way_in,
            })
            .collect(),
    });
    let recent = recent
        .iter()
        .enumerate()
        .filter(|(_, p)| p.there)
        .map(|(i, p)| RecentView { id: i.to_string(), name: p.name.clone() })
        .collect();
    Ok(DoorView {
        practice,
        session: session_of(&desk)?,
        recent,
        new_folder: door.new_folder(&app)?.to_string_lossy().into_owned(),
    })
}

fn session_of(desk: &Desk) -> Answer<Option<Session>> {
    desk.look(|at| match at {
        AtDesk::Open(open) => {
            let (practice, about) = (open.practice(), open.about());
            let then = desk.then();
            Ok(Some(Session {
                practice: about.name.clone(),
                profile: practice.actor().id,
                name: practice.actor().name.clone(),
                role: vault::role_of(practice)?,
                rights: practice.rights(),
                time_zone: practice.store().zone().name().to_owned(),
                today: then.as_ref().map_or_else(|| practice.today(), |then| then.day).to_string(),
                sample: open.is_sample(),
                read_only: open.unlocked().is_unwritable(),
                folder: about.folder.clone(),
                colleagues: vault::colleagues(practice)?,
                newest_backup: vault::newest_backup(open.unlocked()),
            }))
        }
        _ => Ok(None),
    })
}

#[tauri::command(async)]
#[specta::specta]
pub fn passphrase_strength(passphrase: String) -> Answer<StrengthView> {
    let judged = vault::strength(&passphrase);
    Ok(StrengthView { score: judged.score, ok: judged.ok, advice: judged.feedback.first().cloned() })
}

#[tauri::command(async)]
#[specta::specta]
pub fn passphrase_suggest() -> Answer<String> {
    Ok(vault::suggest_phrase()?.to_string())
}

#[tauri::command(async)]
#[specta::specta]
pub fn practice_folder_choose<R: Runtime>(
    window: WebviewWindow<R>,
    door: State<'_, Door>,
    chosen: State<'_, ChosenFiles>,
) -> Answer<bool> {
    let Some(folder) = dialogs::ask_for_folder(&window, &chosen, "Keep the practice in")
        .and_then(|c| chosen.path_of_folder(&c.token))
    else {
        return Ok(false);
    };
    door.choose_new_folder(folder);
    Ok(true)
}

#[tauri::command(async)]
#[specta::specta]
pub fn practice_create<R: Runtime>(
    app: AppHandle<R>,
    door: State<'_, Door>,
    form: CreateForm,
) -> Answer<RecoverySheetView> {
    let new = NewPractice {
        name: form.name,
        state: form.state,
        time_zone: form.time_zone,
        profile_name: form.profile_name,
        profile_initials: String::new(),
    };
    door.create(&door.new_folder(&app)?, &new, &form.passphrase)?;
    RecoverySheetView::shown(&door)
}

impl RecoverySheetView {
    /// The sheet of the key that is waiting to be typed back.
    pub(crate) fn shown(door: &Door) -> Answer<Self> {
        door.shown(|shown| {
            let sheet = shown.sheet();
            Self {
                practice: sheet.practice.clone(),
                vault_id: sheet.vault_id.clone(),
                made_on: sheet.made_on.clone(),
                prefix: sheet.prefix.clone(),
                groups: sheet.groups.clone(),
                challenge: vec![shown.challenge.first - 1, shown.challenge.second - 1],
            }
        })
    }
}

/// The groups (from 0) that are not what the sheet says; none: the key counts.
#[tauri::command(async)]
#[specta::specta]
pub fn recovery_confirm<R: Runtime>(
    app: AppHandle<R>,
    door: State<'_, Door>,
    typed: Vec<String>,
) -> Answer<Vec<u8>> {
    let [first, second] = typed.as_slice() else { return Ok(vec![0]) };
    let wrong = door.shown(|shown| shown.key().confirm(shown.challenge, first, second))?;
    match wrong {
        Err(vault::VaultError::GroupDiffers { group }) => Ok(vec![group - 1]),
        other => {
            other?;
            door.confirmed(&app)?;
            Ok(Vec::new())
        }
    }
}

/// Saves the sheet as text; the file's name, or `null` if the person changed their mind.
#[tauri::command(async)]
#[specta::specta]
pub fn recovery_save<R: Runtime>(
    window: WebviewWindow<R>,
    door: State<'_, Door>,
    chosen: State<'_, ChosenFiles>,
) -> Answer<Option<String>> {
    let kind = FileKind { name: "Text", endings: &["txt"] };
    let Some(file) =
        dialogs::ask_to_save(&window, &chosen, "Save the recovery sheet", "Baton recovery key.txt", &[kind])
    else {
        return Ok(None);
    };
    let Some(path) = chosen.path_to_write(&file.token) else { return Ok(None) };
    door.shown(|shown| vault::save_sheet(&shown.sheet(), &path))??;
    Ok(Some(file.name))
}

/// Asks for a practice's folder; `false` if the person changed their mind.
#[tauri::command(async)]
#[specta::specta]
pub fn practice_open<R: Runtime>(
    window: WebviewWindow<R>,
    desk: State<'_, Desk>,
    chosen: State<'_, ChosenFiles>,
) -> Answer<bool> {
    let Some(folder) = dialogs::ask_for_folder(&window, &chosen, "Open a practice")
        .and_then(|c| chosen.path_of_folder(&c.token))
    else {
        return Ok(false);
    };
    choose(&desk, &folder)
}

#[tauri::command(async)]
#[specta::specta]
pub fn practice_open_recent(desk: State<'_, Desk>, door: State<'_, Door>, id: String) -> Answer<bool> {
    let recent = vault::recent_practices(door.machine());
    let practice = id.parse::<usize>().ok().and_then(|at| recent.get(at)).ok_or_else(|| {
        CommandError::new(ErrorCode::Missing, "This practice is not on the list any more. Choose its folder.")
    })?;
    choose(&desk, Path::new(&practice.folder))
}

fn choose(desk: &Desk, folder: &Path) -> Answer<bool> {
    vault::describe(folder)?;
    desk.put(AtDesk::Locked(folder.to_owned()));
    Ok(true)
}

#[tauri::command(async)]
#[specta::specta]
pub fn unlock<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    door: State<'_, Door>,
    profile: ProfileId,
    passphrase: String,
    store_again: bool,
) -> Answer<Unlocking> {
    let passphrase = zeroize::Zeroizing::new(passphrase);
    door.unlock(&app, &locked_folder(&desk)?, profile, &passphrase, store_again)
}

/// Opens with a phrase that was handed over and sets a passphrase of one's own.
#[tauri::command(async)]
#[specta::specta]
pub fn unlock_first<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    door: State<'_, Door>,
    profile: ProfileId,
    phrase: String,
    own: String,
) -> Answer<()> {
    let (phrase, own) = (zeroize::Zeroizing::new(phrase), zeroize::Zeroizing::new(own));
    door.unlock_first(&app, &locked_folder(&desk)?, profile, &phrase, &own)
}

#[tauri::command(async)]
#[specta::specta]
pub fn unlock_from_keyring<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    door: State<'_, Door>,
    profile: ProfileId,
) -> Answer<Unlocking> {
    door.unlock_from_keyring(&app, &locked_folder(&desk)?, profile)
}

#[tauri::command(async)]
#[specta::specta]
pub fn unlock_with_recovery<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    door: State<'_, Door>,
    profile: ProfileId,
    key: String,
    passphrase: String,
) -> Answer<()> {
    let (key, passphrase) = (zeroize::Zeroizing::new(key), zeroize::Zeroizing::new(passphrase));
    door.recover(&app, &locked_folder(&desk)?, profile, &key, &passphrase)
}

pub(super) fn locked_folder(desk: &Desk) -> Answer<PathBuf> {
    desk.look(|at| match at {
        AtDesk::Locked(folder) => Ok(folder.clone()),
        _ => Err(CommandError::new(ErrorCode::Missing, "Choose a practice first.")),
    })
}

#[tauri::command(async)]
#[specta::specta]
pub fn lock<R: Runtime>(app: AppHandle<R>) -> Answer<()> {
    lock_up(&app)
}

/// Builds the sample practice anew and opens it.
#[tauri::command(async)]
#[specta::specta]
pub fn sample_open<R: Runtime>(app: AppHandle<R>, door: State<'_, Door>) -> Answer<bool> {
    door.look_around(&app).map(|()| true)
}

#[tauri::command(async)]
#[specta::specta]
pub fn passphrase_change(
    desk: State<'_, Desk>,
    door: State<'_, Door>,
    current: String,
    next: String,
) -> Answer<()> {
    let (current, next) = (Passphrase::new(&current)?, Passphrase::new(&next)?);
    desk.with_open(|open| Ok(vault::change_passphrase(door.machine(), open.unlocked(), &current, &next)?))
}

#[tauri::command(async)]
#[specta::specta]
pub fn practice_check(desk: State<'_, Desk>) -> Answer<CheckReport> {
    desk.with_open(|open| Ok(vault::check(open.unlocked())?))
}

#[tauri::command(async)]
#[specta::specta]
pub fn job_stop(jobs: State<'_, Jobs>, name: String) {
    jobs.stop(&name);
}

/// Shows everything larger or smaller. The page remembers the choice; a window that can't be scaled stays as it is.
#[tauri::command(async)]
#[specta::specta]
pub fn window_zoom<R: Runtime>(window: WebviewWindow<R>, percent: u32) {
    let _ = window.set_zoom(f64::from(percent.clamp(75, 200)) / 100.0);
}

/// Opens the print dialog. What was on the screen goes to the log; before a practice is open there is none.
#[tauri::command(async)]
#[specta::specta]
pub fn print_window<R: Runtime>(
    window: WebviewWindow<R>,
    desk: State<'_, Desk>,
    screen: String,
    record: Option<RecordId>,
) -> Answer<()> {
    if let Ok(practice) = desk.practice() {
        practice.store().log(practice.actor(), Event::print(&screen, record))?;
    }
    print::print(&window).map_err(|_| {
        CommandError::new(ErrorCode::Failed, "The print dialog did not open. Check that a printer is set up.")
    })
}
