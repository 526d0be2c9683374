//! Locked means locked: without an unlocked practice every command that touches it answers `locked`.

use baton_core::vault::Machine;
use baton_shell::backups::RestoreDesk;
use baton_shell::desk::Desk;
use baton_shell::desktop::clipboard::Clipboard;
use baton_shell::desktop::dialogs::ChosenFiles;
use baton_shell::imports::ImportDesk;
use baton_shell::jobs::Jobs;
use baton_shell::vault::Door;
use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets};
use tauri::webview::InvokeRequest;
use tauri::{App, WebviewWindow, WebviewWindowBuilder};

/// What may be asked at the door, and what only stops or closes something.
const AT_THE_DOOR: &[&str] = &[
    "door",
    "passphrase_strength",
    "passphrase_suggest",
    "practice_folder_choose",
    "practice_create",
    "recovery_confirm",
    "recovery_save",
    "practice_open",
    "practice_open_recent",
    "unlock",
    "unlock_first",
    "unlock_from_keyring",
    "unlock_with_recovery",
    "keys_leave",
    "unlock_to_look",
    "lock",
    "sample_open",
    "job_stop",
    "window_zoom",
    "device_get",
    "device_set",
    "print_window",
    "partner_types",
    "import_close",
    "restore_list",
    "restore_choose_listed",
    "restore_commit",
    "restore_close",
];

/// Commands that first show one of the system's dialogs, which a test can't answer here.
const BEHIND_A_DIALOG: &[&str] = &[
    "import_choose",
    "export_choose",
    "export_gifts_choose",
    "gift_exclusions_choose",
    "thanks_letters_choose",
    "thanks_mail_choose",
    "field_booklet_choose",
    "export_calendar_choose",
    "packet_choose",
    "packet_files_choose",
    "restore_choose_folder",
    "restore_choose_file",
];

/// Commands whose form is refused before they look at the desk when it is not filled in.
const WITH_A_FORM: &[&str] = &[
    "touch_log",
    "touch_edit",
    "touches_of",
    "due_list",
    "nurture_set",
    "cadence_rules_set",
    "export_touches",
    "partner_add",
    "person_add",
    "affiliation_add",
    "contact_point_add",
    "contact_point_edit",
    "address_add",
    "address_edit",
    "partner_view_save",
    "network_duplicates",
    "referral_intake",
    "export_scorecards",
    "export_register",
    "import_open",
    "backup_settings_save",
    "restore_prepare",
    "retention_set",
    "held_about",
    "erasure_decide",
    "time_look",
    "lock_policy_set",
    "rights_set",
    "audit_sign_off",
    "audit_export",
    "disclosure_add",
    "disclosure_correct",
    "disclosures_export",
];

pub(super) fn app(folder: &std::path::Path) -> App<MockRuntime> {
    let border = baton_shell::border::border::<MockRuntime>();
    mock_builder()
        .manage(Desk::default())
        .manage(ImportDesk::default())
        .manage(RestoreDesk::default())
        .manage(Jobs::default())
        .manage(ChosenFiles::default())
        .manage(Clipboard::default())
        .manage(Door::of(Machine::with_folder(folder.join("config"))))
        .invoke_handler(border.invoke_handler())
        .build(mock_context(noop_assets()))
        .expect("the app without a window")
}

pub(super) fn ask(
    window: &WebviewWindow<MockRuntime>,
    command: &str,
    arguments: Value,
) -> Result<Value, Value> {
    let request = InvokeRequest {
        cmd: command.into(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: "tauri://localhost".parse().expect("an address"),
        body: InvokeBody::Json(arguments),
        headers: Default::default(),
        invoke_key: INVOKE_KEY.to_string(),
    };
    get_ipc_response(window, request).map(|body| body.deserialize().unwrap_or(Value::Null))
}

/// Every command the page has a function for.
pub(super) fn commands() -> Vec<String> {
    let bindings =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/lib/ipc/bindings.ts"))
            .expect("bindings");
    let calls = bindings.split("__TAURI_INVOKE").skip(2);
    let named = calls.filter_map(|call| call.split_once("(\"").and_then(|(_, rest)| rest.split_once('"')));
    named.map(|(name, _)| name.to_owned()).collect()
}

pub(super) fn arguments(command: &str) -> Value {
    let id = "0190a0b0-0000-7000-8000-000000000001";
    let party = json!({ "kind": "partner", "id": id });
    let record = match command {
        "import_decide" => json!(1),
        "hold_place" => json!({ "kind": "partner", "id": id }),
        _ => json!(id),
    };
    let seen = if command == "affiliation_edit" { json!([]) } else { Value::Null };
    let order = match command {
        "disclosures_export" => json!({ "patient": id, "requestOn": null, "all": false }),
        _ => json!({ "format": "csv", "query": {} }),
    };
    let to = json!({ "name": "County", "address": "", "purpose": "Reporting", "basis": "other" });
    let period = json!({ "from": "2026-01-01", "to": "2026-12-31" });
    let mut arguments = json!({
        "query": {}, "id": id, "ids": [id], "changes": [], "expectedChangedAt": null, "on": null, "reason": "moved away",
        "records": [party], "owner": null, "name": "Runs marathons", "tag": id, "person": id, "partner": id, "one": party,
        "other": party, "text": "ito", "scope": "everything", "limit": 10, "chartNumber": null, "seq": 1, "record": record,
        "cursor": null, "onConflict": "ask", "field": "partner.name", "side": "before", "kind": "partner", "body": "{}",
        "period": period, "overrides": {}, "group": "all", "after": null,
        "choice": { "choice": "another" }, "folder": "/media/stick", "others": [], "current": "a", "next": "b", "passphrase": "a",
        "form": { "name": "Tess", "initials": "", "role": "liaison", "activeFrom": null, "activeTo": null },
        "from": id, "allowed": true, "role": "liaison", "rights": rights(), "seen": seen, "approved": [],
        "patient": id, "requestOn": null, "entry": id, "explanation": "The disk was replaced.", "file": "token", "order": order,
        "review": { "period": period, "findings": "Nothing." }, "correction": { "reason": "Wrong day", "instead": null },
        "disclosure": { "on": "2026-01-05", "to": to, "what": "Report" }, "year": 2026,
    });
    for (name, value) in of_the_way(command, id) {
        arguments[name] = value;
    }
    arguments
}

/// What commands about the way of a referral are asked with, where it differs.
fn of_the_way(command: &str, id: &str) -> Vec<(&'static str, Value)> {
    let limit = json!({ "count": 2, "unit": "wd" });
    match command {
        "consent_add" => {
            vec![("consent", json!({ "purpose": "marketing", "given": true, "form": "written" }))]
        }
        "referral_answers_set" => {
            let answers = json!({ "prequal": {}, "intent": {}, "needs": {}, "served": {}, "travel": {}, "documents": [] });
            vec![("answers", answers)]
        }
        "experience_add" => vec![("experience", json!({ "rating": 9 }))],
        "help_find" => vec![("question", json!({ "problem": "knee", "wishes": wishes() }))],
        "help_strengths_set" => vec![("strengths", strengths())],
        "help_issue_open" => {
            vec![("issue", json!({ "category": "access", "severity": 2, "what": "Nobody answers" }))]
        }
        "help_issue_close" => vec![("resolution", json!("settled"))],
        "hand_out_give" => {
            let patient = json!({ "name": "Ann" });
            let question = json!({ "problem": "knee", "wishes": wishes() });
            vec![(
                "handOut",
                json!({ "patient": patient, "referral": id, "question": question, "choices": [] }),
            )]
        }
        "hand_out_answer" => vec![("said", json!({ "contacted": "no" }))],
        "inquiries_list" => vec![("query", json!({ "view": "open" }))],
        "inquiry_add" | "inquiry_edit" => {
            let patient = json!({ "name": "Ann" });
            vec![("form", json!({ "patient": patient, "channel": "phone", "caller": "patient" }))]
        }
        "inquiry_to_referral" | "referral_intake_with" => {
            let patient = json!({ "name": "Ann" });
            let source = json!({ "kind": "not_asked" });
            let intake = json!({ "direction": "inbound", "source": source, "patient": patient, "confirmDuplicate": true });
            vec![("intake", intake), ("facts", json!({}))]
        }
        "referral_facts_set" => vec![("facts", json!({}))],
        "register_print" => vec![("patients", json!({ "kind": "omitted" }))],
        "visit_add" | "visit_remove" => vec![("on", json!("2026-01-05"))],
        "care_group_add" | "care_group_edit" => {
            vec![("referral", json!(id)), ("group", json!({ "kind": "case_group", "members": [] }))]
        }
        "call_log_read" | "call_log_take" => vec![("order", Value::Null)],
        "care_part_done" => vec![("done", json!(true))],
        "calendar_set" => vec![("calendar", json!({ "week": [null], "holidays": [], "special": [] }))],
        "path_set" | "path_reset" => vec![
            ("direction", json!("inbound")),
            ("kind", Value::Null),
            (
                "process",
                json!({ "stages": [], "grace": limit, "rebook": limit, "lookAgain": limit, "attempts": 3 }),
            ),
        ],
        "batons_board" => vec![("query", json!({ "direction": "inbound", "filter": {}, "cards": 0 }))],
        "referral_stage" => vec![("to", json!({ "stage": "seen", "changes": [] }))],
        "referral_step_add" => vec![("step", json!({ "step": "attempt" }))],
        "referral_step_remove" => vec![("step", json!(id))],
        "referral_check" => vec![("stage", json!("seen")), ("item", json!("card")), ("done", json!(true))],
        "referral_reopen" => vec![("again", json!({ "reason": "called" }))],
        "baton_hand_over" => vec![("to", json!({ "to": { "kind": "profile", "id": id } }))],
        "baton_answer" => vec![("answer", json!("accept"))],
        "absence_set" => {
            vec![("absence", json!({ "id": id, "profile": id, "from": "2026-01-05", "to": "2026-01-09" }))]
        }
        "packet_save" | "packet_print" => {
            let to = json!({ "name": "Pine", "address": "", "purpose": "care", "basis": "treatment" });
            let order = json!({ "format": "slip_pdf", "to": to, "message": null, "documents": [] });
            vec![("order", order), ("files", json!([])), ("password", Value::Null)]
        }
        "status_save" | "status_print" => {
            let order = json!({ "moment": "seen", "thanks": "", "journey": "", "deidentified": true });
            vec![("order", order), ("format", json!("pdf"))]
        }
        "report_reminders_save" => {
            vec![("of", json!([{ "kind": "partner", "id": id }])), ("format", json!("pdf"))]
        }
        "report_call" => vec![("of", json!({ "kind": "partner", "id": id }))],
        "touch_sort" => vec![("category", json!("education"))],
        "packet_agreed_set" => vec![("documents", json!([]))],
        "letterhead_set" => vec![("letterhead", json!({}))],
        "leak_set" => vec![("action", json!({ "kind": "no_show", "step": "" }))],
        _ => of_field(command, id).unwrap_or_else(|| of_outreach(command, id)),
    }
}

/// The same of tasks and plans.
fn of_outreach(command: &str, id: &str) -> Vec<(&'static str, Value)> {
    let task = json!({
        "title": "Call", "notes": "", "dueOn": "2026-01-05", "dueAt": null, "promised": false, "holder": id, "partner": null,
        "person": null, "referral": null, "touch": null, "remindMinutes": null, "repeat": null,
    });
    let content = json!({
        "whom": "", "offer": "", "steps": [], "stopOnReply": true, "stopOnReferral": true, "stopAfterDays": null,
        "talkingPoints": [], "objections": [],
    });
    match command {
        "task_add" | "task_edit" => vec![("task", task)],
        "task_move" => vec![("dueOn", json!("2026-01-05")), ("dueAt", Value::Null)],
        "tasks_assign" | "people_hand_over_tasks" => vec![("to", json!(id))],
        "task_drop" => vec![("stop", json!(false))],
        "task_reminders" => vec![("since", Value::Null)],
        "outreach_calendar" => {
            vec![("query", json!({ "from": "2026-01-05", "to": "2026-01-09", "holder": null }))]
        }
        "playbook_save" => {
            vec![("change", json!({ "id": null, "name": "A", "ofType": null, "content": content }))]
        }
        "plans_start" => {
            let target = json!({ "kind": "partners", "of": [id] });
            vec![(
                "start",
                json!({ "playbook": "gym", "name": "A", "target": target, "holder": id, "startsOn": "2026-01-05" }),
            )]
        }
        "plan_stop" => vec![("note", json!("A"))],
        "export_calendar_choose" => vec![("suggested", json!("tasks.ics"))],
        "export_calendar" => vec![("order", json!({ "holder": null }))],
        _ => of_gratitude(command, id),
    }
}

/// The same of days outside.
fn of_field(command: &str, id: &str) -> Option<Vec<(&'static str, Value)>> {
    let place = json!({ "name": "Office", "zip": "04101", "latitude": "", "longitude": "" });
    let plan = json!({ "starts": 540, "ends": 1020, "start": place, "end": null, "lunchFrom": null, "lunchMinutes": 0 });
    let stop = json!({
        "partner": id, "person": null, "minutes": 30, "opens": null, "closes": null, "priority": 3, "goal": "", "topics": [],
        "wayMinutes": null,
    });
    let log = json!({
        "form": "visit", "people": [], "outcome": "Met", "next": null, "topics": [], "minutes": 30, "at": null, "wayTenths": null,
        "costCents": 0, "costKind": null,
    });
    let day = [
        ("on", json!("2026-01-05")),
        ("liaison", json!(id)),
        ("day", json!(id)),
        ("plan", plan),
        ("stop", stop),
    ];
    let more: Vec<(&'static str, Value)> = match command {
        "field_stop_move" => vec![("place", json!(0))],
        "field_words_set" => vec![("words", json!({ "whyRefer": "", "talkingPoints": "" }))],
        "field_log" => vec![("log", log)],
        "mileage_sheet" => vec![("liaison", Value::Null)],
        "mileage_rate_set" => vec![("tenthCents", json!(700)), ("source", json!("IRS"))],
        "export_mileage" => vec![("order", json!({ "year": 2026, "liaison": null }))],
        "canvass_save" => {
            vec![("list", json!({ "id": null, "name": "A", "way": "call", "script": "", "partners": [] }))]
        }
        "canvass_close" => vec![("closed", json!(true))],
        "canvass_attempt" => {
            vec![
                ("list", json!(id)),
                ("attempt", json!({ "partner": id, "outcome": "talk", "againOn": null })),
            ]
        }
        _ if command.starts_with("field_")
            || command.starts_with("canvass_")
            || command == "mileage_rates" =>
        {
            vec![]
        }
        _ => return None,
    };
    Some(
        day.into_iter()
            .filter(|(name, _)| command != "mileage_sheet" || *name != "liaison")
            .chain(more)
            .collect(),
    )
}

/// The same of thanks and gifts.
fn of_gratitude(command: &str, id: &str) -> Vec<(&'static str, Value)> {
    let of = ("of", json!({ "kind": "person", "id": id }));
    let thanks = json!({ "of": of.1, "form": "card", "line": "", "template": null });
    let letter = json!({ "of": of.1, "template": "thanks", "line": "" });
    let share =
        json!({ "whom": of.1, "recipient": "physician", "countsTo": null, "present": true, "federal": "no" });
    let reward = json!({
        "on": "2026-01-05", "kind": "item", "occasion": "thanks", "what": "Book", "totalCents": 100, "split": "each", "cash": "no",
        "solicited": "no", "purpose": null, "paidTo": null, "receipt": null, "fairValue": null, "agreement": null, "shares": [share],
    });
    let note = json!({
        "likes": "", "avoids": "", "hobbies": "", "ideas": "", "policy": { "kind": "ask" }, "federal": "no", "exclusion": "not_checked",
        "exclusionOn": null,
    });
    let limits = json!({
        "year": 2026, "physicianCents": 1, "patientItemCents": 1, "patientYearCents": 1, "source": "CMS", "verifiedOn": null,
    });
    let programme = json!({
        "id": null, "name": "A", "rule": "B", "valueCents": 0, "capCents": null, "fromOn": null, "toOn": null, "lawState": "",
        "reviewer": "", "reviewedOn": null, "note": "", "status": "draft",
    });
    let offer = json!({
        "id": null, "partner": id, "kind": "tour", "what": "A", "fromOn": "2026-01-05", "toOn": null, "oursCents": 0, "theirsCents": 0,
        "cash": "no", "solicited": "no", "federal": "no", "purpose": null, "materials": null, "fairValue": null, "agreement": null,
    });
    match command {
        "gift_offers_list" => vec![("trashed", json!(false))],
        "gift_offer_check" | "gift_offer_save" => vec![("offer", offer)],
        "gift_offer_decide" => vec![("decision", json!({ "approved": true, "note": "" }))],
        "gift_offer_trash" => vec![("reason", json!("A"))],
        "thanks_of" | "thanks_waive" | "gift_note" | "gift_recipient" | "rewards_of" => vec![of],
        "thanks_letter" => vec![of, ("template", json!("thanks")), ("line", json!(""))],
        "thanks_draft" | "thanks_send" => vec![("thanks", thanks)],
        "thanks_send_all" => vec![("thanks", json!([thanks]))],
        "thanks_letters_check" | "thanks_letters_save" | "thanks_letters_print" => {
            vec![("letters", json!([letter])), ("format", json!("pdf"))]
        }
        "thanks_labels_save" => vec![("of", json!([of.1])), ("first", json!(1))],
        "thanks_mail_save" => vec![("letter", letter)],
        "thanks_template_set" => vec![("change", json!({ "code": null, "name": "A", "body": "B" }))],
        "thanks_template_reset" => vec![("code", json!("thanks"))],
        "gift_note_set" => vec![of, ("note", note)],
        "reward_preflight" => vec![("reward", reward)],
        "reward_record" => vec![("reward", reward), ("shown", json!("allowed")), ("exception", Value::Null)],
        "reward_correct" => vec![("correction", json!({ "kind": "wrong", "reason": "A" }))],
        "reward_decide" => vec![("decision", json!({ "approved": true, "note": "" }))],
        "rewards_list" => vec![("query", json!({ "year": 2026, "after": null, "waiting": false }))],
        "reward_return" => {
            vec![
                ("of", json!(id)),
                ("year", json!(2026)),
                ("returnedOn", json!("2026-01-05")),
                ("note", json!("A")),
            ]
        }
        "rewards_together" | "people_merge" | "people_merge_preview" => {
            vec![("away", json!(id)), ("into", json!(id))]
        }
        "gift_limits_set" => vec![("limits", limits)],
        "gift_rules_set" => vec![(
            "rules",
            json!({ "designatedServices": true, "designatedReason": null, "medicalStaff": false, "thanksDays": 2 }),
        )],
        "programme_save" => vec![("programme", programme)],
        "programme_status" => vec![("status", json!("paused"))],
        "reward_meters" | "export_gifts_friends" | "gift_limits_reset" | "insights_independence" => {
            vec![("year", json!(2026))]
        }
        "reward_attest" => vec![("year", json!(2026)), ("findings", json!("A"))],
        "gift_exclusions_read" => vec![("listedOn", json!("2026-01-05"))],
        "export_gifts" => vec![("order", json!({ "year": 2026 }))],
        _ => Vec::new(),
    }
}

fn wishes() -> Value {
    json!({ "needs": [], "weights": [] })
}

fn strengths() -> Value {
    json!({
        "helpsWith": [], "notSuitedFor": [], "languages": [], "genders": [], "costs": [], "insurances": [], "noInsurances": [],
        "technologies": [], "contactTimes": [], "needs": [],
    })
}

fn rights() -> Value {
    json!({
        "network": "read", "referrals": "read", "gratitude": "read", "insights": "read", "exchange": "none", "history": "none", "vault": "none",
        "scope": "all", "hidden": { "patients": true, "reason": true, "money": true }, "export": false, "manageProfiles": false,
    })
}

#[test]
fn every_command_that_touches_the_practice_is_refused_while_it_is_locked() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(folder.path());
    let window = WebviewWindowBuilder::new(&app, "main", Default::default()).build().expect("a window");
    let asked: Vec<String> = commands()
        .into_iter()
        .filter(|c| {
            ![AT_THE_DOOR, BEHIND_A_DIALOG, WITH_A_FORM].iter().any(|list| list.contains(&c.as_str()))
        })
        .collect();
    assert!(asked.len() > 50, "the bindings name the commands: {asked:?}");
    for command in asked {
        let answer = ask(&window, &command, arguments(&command));
        let refused = answer.expect_err("nothing is answered while locked");
        assert_eq!(refused["code"], "locked", "{command} answered {refused}");
    }
}

#[test]
fn an_unknown_command_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(folder.path());
    let window = WebviewWindowBuilder::new(&app, "main", Default::default()).build().expect("a window");
    assert!(ask(&window, "open_sesame", json!({})).is_err());
}

#[test]
fn the_door_says_what_is_there_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(folder.path());
    let window = WebviewWindowBuilder::new(&app, "main", Default::default()).build().expect("a window");
    let door = ask(&window, "door", json!({})).expect("the door always answers");
    assert_eq!(door["session"], Value::Null);
    assert_eq!(door["recent"], json!([]));
}
