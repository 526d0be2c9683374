//! Every command the page has states the right it takes. A command that is added without one fails here.

use std::collections::BTreeSet;

use baton_core::testing::with_role;
use baton_core::vault::{Area, Level, Rights, Role, set_rights};

use super::reads::looks;
use super::story::story;

/// The right a command takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    /// None: it is asked at the door, or touches nothing of the practice.
    Nothing,
    /// None beyond having a profile: one's own passphrase, drafts, undo of what one may write; an encrypted copy.
    Profile,
    /// To see an area. The walk of all looks covers it.
    Sees(Area),
    /// To see any area: it tells of each what may be seen.
    SeesAny,
    /// To change an area: the file refuses the write.
    Changes(Area),
    /// To import: it writes partners and referrals and shows patients.
    Imports,
    /// To export.
    Exports,
    /// To manage profiles.
    Manages,
    /// To see who patients are.
    Patients,
    /// To examine the audit log: sign it off, let it leave.
    Audits,
    /// To be an owner; asked for by role.
    Owner,
    /// To release what needs a second person in an area, of everybody's records.
    Approves(Area),
}
use Takes::*;

const NETWORK: Area = Area::Network;
const REFERRALS: Area = Area::Referrals;
const GRATITUDE: Area = Area::Gratitude;
const OUTREACH: Area = Area::Outreach;

const STATED: &[(&str, Takes)] = &[
    ("door", Nothing),
    ("passphrase_strength", Nothing),
    ("passphrase_suggest", Nothing),
    ("practice_folder_choose", Nothing),
    ("practice_create", Nothing),
    ("recovery_confirm", Nothing),
    ("recovery_save", Nothing),
    ("practice_open", Nothing),
    ("practice_open_recent", Nothing),
    ("unlock", Nothing),
    ("unlock_with_recovery", Nothing),
    ("lock", Nothing),
    ("sample_open", Nothing),
    ("passphrase_change", Profile),
    ("backup_now", Profile),
    ("practice_check", Profile),
    ("job_stop", Nothing),
    ("window_zoom", Nothing),
    ("device_get", Nothing),
    ("device_set", Nothing),
    ("print_window", Nothing),
    ("partners_list", Sees(NETWORK)),
    ("partners_ids", Sees(NETWORK)),
    ("partners_counts", Sees(NETWORK)),
    ("partner_get", Sees(NETWORK)),
    ("partner_add", Changes(NETWORK)),
    ("partner_edit", Changes(NETWORK)),
    ("partner_end", Changes(NETWORK)),
    ("partner_reopen", Changes(NETWORK)),
    ("partners_trash", Changes(NETWORK)),
    ("network_trash_preview", Sees(NETWORK)),
    ("partners_set_owner", Changes(NETWORK)),
    ("partners_tag", Changes(NETWORK)),
    ("partners_untag", Changes(NETWORK)),
    ("tags_list", Sees(NETWORK)),
    ("tag_rename", Changes(NETWORK)),
    ("tag_delete", Changes(NETWORK)),
    ("people_list", Sees(NETWORK)),
    ("person_get", Sees(NETWORK)),
    ("person_add", Changes(NETWORK)),
    ("person_edit", Changes(NETWORK)),
    ("person_trash", Changes(NETWORK)),
    ("affiliation_add", Changes(NETWORK)),
    ("affiliation_edit", Changes(NETWORK)),
    ("affiliation_end", Changes(NETWORK)),
    ("affiliation_remove", Changes(NETWORK)),
    ("contact_point_add", Changes(NETWORK)),
    ("contact_point_edit", Changes(NETWORK)),
    ("contact_point_remove", Changes(NETWORK)),
    ("address_add", Changes(NETWORK)),
    ("address_edit", Changes(NETWORK)),
    ("address_remove", Changes(NETWORK)),
    ("partner_views", Sees(NETWORK)),
    ("partner_view_save", Changes(NETWORK)),
    ("partner_view_rename", Changes(NETWORK)),
    ("partner_view_delete", Changes(NETWORK)),
    ("network_duplicates", Sees(NETWORK)),
    ("network_mark_different", Changes(NETWORK)),
    ("search_everything", SeesAny),
    ("partner_types", Nothing),
    ("referrals_list", Sees(REFERRALS)),
    ("referral_get", Sees(REFERRALS)),
    ("referral_intake", Changes(REFERRALS)),
    ("referral_edit", Changes(REFERRALS)),
    ("referral_trash", Changes(REFERRALS)),
    ("referral_restore", Changes(REFERRALS)),
    ("referral_sources", Sees(REFERRALS)),
    ("referrals_open_of_patient", Sees(REFERRALS)),
    ("referral_words", Sees(REFERRALS)),
    ("today_overview", Sees(REFERRALS)),
    ("consents_list", Patients),
    ("consent_add", Patients),
    ("consent_revoke", Patients),
    ("restricted_list", Changes(REFERRALS)),
    ("referral_restrict", Changes(REFERRALS)),
    ("referral_unrestrict", Changes(REFERRALS)),
    ("referral_answers", Sees(REFERRALS)),
    ("referral_answers_set", Changes(REFERRALS)),
    ("experiences_list", Sees(REFERRALS)),
    ("experience_add", Changes(REFERRALS)),
    ("experience_remove", Changes(REFERRALS)),
    ("experience_follow_ups", Sees(REFERRALS)),
    ("experience_follow_up", Changes(REFERRALS)),
    ("insights_care", Sees(Area::Insights)),
    ("help_find", Sees(REFERRALS)),
    ("help_facts", Sees(NETWORK)),
    ("help_strengths_set", Changes(NETWORK)),
    ("help_issue_open", Changes(NETWORK)),
    ("help_issue_close", Changes(NETWORK)),
    ("hand_out_give", Changes(REFERRALS)),
    ("hand_out_answer", Changes(REFERRALS)),
    ("hand_outs_of", Sees(REFERRALS)),
    ("hand_outs_to_ask", Sees(REFERRALS)),
    ("inquiries_list", Sees(REFERRALS)),
    ("inquiry_get", Sees(REFERRALS)),
    ("inquiry_add", Changes(REFERRALS)),
    ("inquiry_edit", Changes(REFERRALS)),
    ("inquiry_remove", Changes(REFERRALS)),
    ("inquiry_to_referral", Changes(REFERRALS)),
    ("visit_add", Changes(REFERRALS)),
    ("visit_remove", Changes(REFERRALS)),
    ("insights_inquiries", Sees(Area::Insights)),
    ("care_groups_of", Sees(REFERRALS)),
    ("care_groups_open", Sees(REFERRALS)),
    ("care_group_add", Changes(REFERRALS)),
    ("care_group_edit", Changes(REFERRALS)),
    ("care_part_done", Changes(REFERRALS)),
    ("care_group_close", Changes(REFERRALS)),
    ("care_group_reopen", Changes(REFERRALS)),
    ("referral_facts", Sees(REFERRALS)),
    ("referral_facts_set", Changes(REFERRALS)),
    ("referral_intake_with", Changes(REFERRALS)),
    ("call_log_read", Changes(REFERRALS)),
    ("call_log_take", Changes(REFERRALS)),
    ("calendar_get", Profile),
    ("calendar_year", Profile),
    ("calendar_set", Changes(Area::Vault)),
    ("calendar_reset", Changes(Area::Vault)),
    ("paths_list", Sees(REFERRALS)),
    ("path_set", Changes(Area::Vault)),
    ("path_reset", Changes(Area::Vault)),
    ("batons_list", Sees(REFERRALS)),
    ("baton_counts", Sees(REFERRALS)),
    ("batons_board", Sees(REFERRALS)),
    ("referral_way", Sees(REFERRALS)),
    ("referral_loop", Sees(REFERRALS)),
    ("referral_stage", Changes(REFERRALS)),
    ("referral_step_add", Changes(REFERRALS)),
    ("referral_step_remove", Changes(REFERRALS)),
    ("referral_check", Changes(REFERRALS)),
    ("referral_reopen", Changes(REFERRALS)),
    ("baton_hand_over", Changes(REFERRALS)),
    ("baton_answer", Changes(REFERRALS)),
    ("baton_next", Changes(REFERRALS)),
    ("baton_offers", Sees(REFERRALS)),
    ("absences_list", Sees(REFERRALS)),
    ("absence_set", Changes(REFERRALS)),
    ("absence_remove", Changes(REFERRALS)),
    ("leaks_list", Sees(REFERRALS)),
    ("leak_set", Changes(REFERRALS)),
    ("leak_reasons", Sees(REFERRALS)),
    ("leak_reasons_set", Changes(Area::Vault)),
    ("leak_target", Sees(REFERRALS)),
    ("leak_target_set", Changes(Area::Vault)),
    ("insights_leaks", Sees(Area::Insights)),
    ("insights_loops", Sees(Area::Insights)),
    ("thanks_queue", Sees(GRATITUDE)),
    ("thanks_due", Sees(GRATITUDE)),
    ("thanks_of", Sees(GRATITUDE)),
    ("thanks_draft", Changes(GRATITUDE)),
    ("thanks_send", Changes(GRATITUDE)),
    ("thanks_waive", Changes(GRATITUDE)),
    ("thanks_letter", Sees(GRATITUDE)),
    ("thanks_templates", Sees(GRATITUDE)),
    ("thanks_template_set", Changes(GRATITUDE)),
    ("thanks_template_reset", Changes(GRATITUDE)),
    ("gift_note", Sees(GRATITUDE)),
    ("gift_note_set", Changes(GRATITUDE)),
    ("gift_recipients", Sees(GRATITUDE)),
    ("gift_recipient", Sees(GRATITUDE)),
    ("reward_preflight", Sees(GRATITUDE)),
    ("reward_record", Changes(GRATITUDE)),
    ("reward_correct", Changes(GRATITUDE)),
    ("reward_decide", Approves(GRATITUDE)),
    ("reward_approvers", Sees(GRATITUDE)),
    ("rewards_list", Sees(GRATITUDE)),
    ("rewards_of", Sees(GRATITUDE)),
    ("reward_years", Sees(GRATITUDE)),
    ("reward_meters", Sees(GRATITUDE)),
    ("reward_overruns", Sees(GRATITUDE)),
    ("reward_return", Changes(GRATITUDE)),
    ("rewards_together", Changes(NETWORK)),
    ("gift_book", Sees(GRATITUDE)),
    ("gift_limits_set", Approves(GRATITUDE)),
    ("gift_limits_reset", Approves(GRATITUDE)),
    ("gift_rules_set", Approves(GRATITUDE)),
    ("programmes_list", Sees(GRATITUDE)),
    ("programme_save", Changes(GRATITUDE)),
    ("programme_status", Approves(GRATITUDE)),
    ("reward_attestations", Sees(GRATITUDE)),
    ("reward_attest", Approves(GRATITUDE)),
    ("export_gifts", Sees(GRATITUDE)),
    ("touch_log", Changes(OUTREACH)),
    ("touch_edit", Changes(OUTREACH)),
    ("touch_trash", Changes(OUTREACH)),
    ("touch_restore", Changes(OUTREACH)),
    ("touches_of", Sees(OUTREACH)),
    ("due_list", Sees(OUTREACH)),
    ("cadence_of", Sees(OUTREACH)),
    ("nurture_set", Changes(OUTREACH)),
    ("partner_snooze", Changes(OUTREACH)),
    ("cadence_rules", Sees(OUTREACH)),
    ("cadence_rules_set", Changes(Area::Vault)),
    ("closeness_of", Sees(OUTREACH)),
    ("ring_set", Changes(OUTREACH)),
    ("deputy_set", Changes(OUTREACH)),
    ("outreach_figures", Sees(OUTREACH)),
    ("export_touches", Sees(OUTREACH)),
    ("insights_independence", Approves(GRATITUDE)),
    ("history_entries", Sees(Area::History)),
    ("history_entry", Sees(Area::History)),
    ("history_record", SeesAny),
    ("history_undo", Profile),
    ("history_undo_last", Profile),
    ("history_redo_last", Profile),
    ("history_restore_field", Profile),
    ("trash_list", SeesAny),
    ("trash_restore", Profile),
    ("draft_save", Profile),
    ("draft_get", Profile),
    ("draft_clear", Profile),
    ("rights_list", Manages),
    ("rights_set", Manages),
    ("rights_reset", Manages),
    ("insights_periods", Profile),
    ("insights_scorecards", Sees(Area::Insights)),
    ("insights_scorecard", Sees(Area::Insights)),
    ("import_choose", Profile),
    ("import_open", Sees(Area::Exchange)),
    ("import_current", Profile),
    ("import_reread", Profile),
    ("import_plan", Imports),
    ("import_rows", Imports),
    ("import_decide", Imports),
    ("import_commit", Imports),
    ("import_rejects_save", Imports),
    ("import_close", Nothing),
    ("import_profile_save", Changes(Area::Exchange)),
    ("import_profiles", Sees(Area::Exchange)),
    ("import_profile_delete", Changes(Area::Exchange)),
    ("export_choose", Profile),
    ("export_scorecards", Exports),
    ("export_register", Exports),
    ("unlock_first", Nothing),
    ("unlock_from_keyring", Nothing),
    ("unlock_to_look", Nothing),
    ("backup_state", Profile),
    ("backup_target_add", Profile),
    ("backup_target_remove", Profile),
    ("backup_settings_save", Profile),
    ("backup_save_outside", Profile),
    ("backup_drill", Profile),
    ("restore_list", Nothing),
    ("restore_choose_listed", Nothing),
    ("restore_choose_folder", Nothing),
    ("restore_choose_file", Nothing),
    ("restore_prepare", Nothing),
    ("restore_commit", Nothing),
    ("restore_close", Nothing),
    ("people_members", Manages),
    ("people_add", Manages),
    ("people_edit", Manages),
    ("people_retire", Manages),
    ("people_hand_phrase", Manages),
    ("people_hand_over", Changes(NETWORK)),
    ("keys_list", Profile),
    ("keys_remove", Profile),
    ("keys_keyring_on", Profile),
    ("keys_keyring_off", Profile),
    ("keys_keyring_allow", Manages),
    ("keys_renew_recovery", Manages),
    ("keys_prepare_change", Manages),
    ("keys_change", Manages),
    ("keys_leave", Nothing),
    ("desk_state", Profile),
    ("time_look", Profile),
    ("time_today", Profile),
    ("lock_policy_set", Changes(Area::Vault)),
    ("clipboard_copied", Nothing),
    ("retention_policy", Sees(Area::Vault)),
    ("retention_set", Approves(Area::Vault)),
    ("holds_list", Sees(Area::Vault)),
    ("hold_place", Approves(Area::Vault)),
    ("hold_lift", Approves(Area::Vault)),
    ("purge_preview", Approves(Area::Vault)),
    ("purge_run", Approves(Area::Vault)),
    ("held_about", Patients),
    ("erasure_decide", Approves(Area::Vault)),
    ("letterhead_get", Profile),
    ("letterhead_set", Changes(Area::Vault)),
    ("packet_get", Changes(REFERRALS)),
    ("packet_agreed_set", Changes(NETWORK)),
    ("packet_files_choose", Profile),
    ("packet_choose", Profile),
    ("packet_save", Changes(REFERRALS)),
    ("packet_print", Changes(REFERRALS)),
    ("audit_log", Sees(Area::History)),
    ("audit_check", Sees(Area::History)),
    ("audit_people", Sees(Area::History)),
    ("audit_reviews", Profile),
    ("audit_sign_off", Audits),
    ("audit_export", Audits),
    ("disclosures_get", Patients),
    ("disclosure_add", Patients),
    ("disclosure_correct", Patients),
    ("disclosures_export", Patients),
    ("doubt_get", Profile),
    ("doubt_acknowledge", Owner),
];

/// Looks that are tried with a file of their own, elsewhere.
const WITH_A_FILE: &[&str] = &["import_open"];

fn commands() -> BTreeSet<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/lib/ipc/bindings.ts");
    let bindings = std::fs::read_to_string(path).expect("the bindings");
    let calls = bindings.split("__TAURI_INVOKE").skip(2);
    let named = calls.filter_map(|call| call.split_once("(\"").and_then(|(_, rest)| rest.split_once('"')));
    named.map(|(name, _)| name.to_owned()).collect()
}

#[test]
fn every_command_states_the_right_it_takes() {
    let stated: BTreeSet<String> = STATED.iter().map(|(command, _)| (*command).to_owned()).collect();
    assert_eq!(stated.len(), STATED.len(), "each once");
    let commands = commands();
    let silent: Vec<_> = commands.difference(&stated).collect();
    assert!(silent.is_empty(), "say in this table which right these commands take: {silent:?}");
    let gone: Vec<_> = stated.difference(&commands).collect();
    assert!(gone.is_empty(), "these commands are gone: {gone:?}");
}

#[test]
fn every_look_is_walked_and_refused_without_its_area() {
    let story = story();
    let walked: BTreeSet<&str> = looks(&story.practice, &story, story.practice.folder.path())
        .into_iter()
        .map(|(command, _)| command)
        .collect();
    for (command, takes) in STATED {
        if matches!(takes, Sees(_) | SeesAny | Exports) && !WITH_A_FILE.contains(command) {
            assert!(walked.contains(command), "{command} is looked at by the walk of every role");
        }
    }
    for area in Area::ALL {
        let mut rights = Rights::of(Role::Owner);
        match area {
            Area::Network => rights.network = Level::None,
            Area::Referrals => rights.referrals = Level::None,
            Area::Gratitude => rights.gratitude = Level::None,
            Area::Outreach => rights.outreach = Level::None,
            Area::Insights => rights.insights = Level::None,
            Area::Exchange => rights.exchange = Level::None,
            Area::History => rights.history = Level::None,
            Area::Vault => rights.vault = Level::None,
        }
        set_rights(&story.practice, Role::Compliance, &rights).expect("set");
        let somebody = with_role(&story.practice, Role::Compliance);
        for (command, told) in looks(&somebody, &story, story.practice.folder.path()) {
            let takes = STATED.iter().find(|(stated, _)| *stated == command).expect("stated").1;
            let refused = takes == Sees(area)
                || takes == Manages
                || (takes == Exports && area == REFERRALS)
                || (command == "export_scorecards" && area == Area::Insights);
            assert_eq!(told.is_err(), refused, "{command} without {area:?}: {told:?}");
        }
    }
}
