//! Everything the page may ask for and everything it may hear, in one typed list. `bindings.ts` is made from it.

use tauri_specta::{ErrorHandlingMode, collect_commands, collect_events};

use crate::commands::{export, history, import, insights, network, referrals, rights, vault};
use crate::{desktop, events, jobs};

/// The border.
pub fn border<R: tauri::Runtime>() -> tauri_specta::Builder<R> {
    tauri_specta::Builder::<R>::new()
        .commands(collect_commands![
            vault::door::<tauri::Wry>,
            vault::passphrase_strength,
            vault::passphrase_suggest,
            vault::practice_folder_choose::<tauri::Wry>,
            vault::practice_create::<tauri::Wry>,
            vault::recovery_confirm::<tauri::Wry>,
            vault::recovery_save::<tauri::Wry>,
            vault::practice_open::<tauri::Wry>,
            vault::practice_open_recent,
            vault::unlock::<tauri::Wry>,
            vault::unlock_with_recovery::<tauri::Wry>,
            vault::lock::<tauri::Wry>,
            vault::sample_open::<tauri::Wry>,
            vault::passphrase_change,
            vault::backup_now,
            vault::practice_check,
            vault::job_stop,
            vault::print_window::<tauri::Wry>,
            network::partners_list,
            network::partners_ids,
            network::partners_counts,
            network::partner_get,
            network::partner_add,
            network::partner_edit,
            network::partner_end,
            network::partner_reopen,
            network::partners_trash,
            network::network_trash_preview,
            network::partners_set_owner,
            network::partners_tag,
            network::partners_untag,
            network::tags_list,
            network::tag_rename,
            network::tag_delete,
            network::people_list,
            network::person_get,
            network::person_add,
            network::person_edit,
            network::person_trash,
            network::affiliation_add,
            network::affiliation_edit,
            network::affiliation_end,
            network::affiliation_remove,
            network::contact_point_add,
            network::contact_point_edit,
            network::contact_point_remove,
            network::address_add,
            network::address_edit,
            network::address_remove,
            network::partner_views,
            network::partner_view_save,
            network::partner_view_rename,
            network::partner_view_delete,
            network::network_duplicates,
            network::network_mark_different,
            network::search_everything,
            network::partner_types,
            referrals::referrals_list,
            referrals::referral_get,
            referrals::referral_intake,
            referrals::referral_edit,
            referrals::referral_trash,
            referrals::referral_restore,
            referrals::referral_sources,
            referrals::referrals_open_of_patient,
            referrals::referral_words,
            referrals::today_overview,
            history::history_entries,
            history::history_entry,
            history::history_record,
            history::history_undo,
            history::history_undo_last,
            history::history_redo_last,
            history::history_restore_field,
            history::trash_list,
            history::trash_restore,
            history::draft_save,
            history::draft_get,
            history::draft_clear,
            rights::rights_list,
            rights::rights_set,
            rights::rights_reset,
            insights::insights_periods,
            insights::insights_scorecards,
            insights::insights_scorecard,
            import::import_choose::<tauri::Wry>,
            import::import_open,
            import::import_current,
            import::import_reread,
            import::import_plan::<tauri::Wry>,
            import::import_rows,
            import::import_decide::<tauri::Wry>,
            import::import_commit::<tauri::Wry>,
            import::import_rejects_save::<tauri::Wry>,
            import::import_close,
            import::import_profile_save,
            import::import_profiles,
            import::import_profile_delete,
            export::export_choose::<tauri::Wry>,
            export::export_scorecards::<tauri::Wry>,
            export::export_register::<tauri::Wry>,
        ])
        .events(collect_events![
            desktop::window::FileDrag,
            events::PracticeChanged,
            events::PracticeLocked,
            jobs::Progress,
        ])
        .error_handling(ErrorHandlingMode::Result)
        .disable_serde_phases()
}

/// Writes what `ui/src/lib/ipc/bindings.ts` must hold to `path`.
///
/// # Errors
/// What specta says of a type that can't be told in TypeScript, or of the disk.
pub fn write_bindings(path: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
    let language = specta_typescript::Typescript::default()
        .header("// Made from the commands by `cargo xtask bindings`. Not edited by hand.\n");
    Ok(border::<tauri::Wry>().export(language, path)?)
}
