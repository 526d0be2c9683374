//! Whatever a page sends: wrong types, huge texts, unknown commands, before anything is unlocked. Each is answered, and
//! the desk is there afterwards.

use serde_json::{Map, Value, json};
use tauri::WebviewWindowBuilder;

use super::locked::{app, arguments, ask, commands};
use super::plain;

/// These first show one of the system's dialogs or print, which a test can't answer here.
const SHOW_A_DIALOG: &[&str] = &[
    "practice_folder_choose",
    "practice_open",
    "recovery_save",
    "import_choose",
    "import_rejects_save",
    "export_choose",
    "export_gifts_choose",
    "gift_exclusions_choose",
    "thanks_letters_choose",
    "thanks_mail_choose",
    "field_booklet_choose",
    "export_calendar_choose",
    "packet_choose",
    "packet_files_choose",
    "print_window",
    "restore_choose_folder",
    "restore_choose_file",
];

/// The first fills the user's own folder with a sample practice, whatever is sent along; the second tells the page, which
/// is not there to hear it.
const ASK_FOR_NOTHING: [&str; 2] = ["sample_open", "lock"];

fn values() -> Vec<Value> {
    let deep = (0..100).fold(json!([]), |inner, _| json!([inner]));
    vec![
        Value::Null,
        json!(true),
        json!(-1),
        json!(0),
        json!(4_294_967_296_u64),
        json!(1e308),
        json!(""),
        json!("x".repeat(200_000)),
        json!("\u{0}\u{202e}=cmd|' /C calc'!A0 ' OR 1=1 --"),
        json!("../../../../etc/passwd"),
        json!([]),
        json!([null, {}, 7]),
        json!({}),
        json!({ "kind": "nothing", "id": "none", "__proto__": {} }),
        deep,
    ]
}

/// Everything a command may be called with, every field of it this value.
fn filled_with(value: &Value) -> Value {
    let names = arguments("");
    let mut filled: Map<String, Value> =
        names.as_object().expect("an object").keys().map(|name| (name.clone(), value.clone())).collect();
    for name in
        ["folder", "passphrase", "new", "profile", "key", "job", "token", "order", "view", "contact", "draft"]
    {
        filled.insert(name.into(), value.clone());
    }
    Value::Object(filled)
}

/// An answer is a value, a sentence of Baton, or Tauri's word that the form does not fit.
fn judged(command: &str, answer: Result<Value, Value>) {
    let Err(refused) = answer else { return };
    match &refused {
        Value::Object(error) => {
            assert!(error["code"].is_string(), "{command}: {refused}");
            plain::must_be_plain(error["message"].as_str().expect("a sentence"));
        }
        Value::String(told) => {
            let fits_not = ["invalid args", "missing required key", "not found", "unexpected"];
            assert!(fits_not.iter().any(|word| told.contains(word)), "{command}: {told}");
        }
        other => panic!("{command} answered {other}"),
    }
}

#[test]
fn whatever_is_sent_before_unlocking_is_answered_and_the_desk_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(folder.path());
    let window = WebviewWindowBuilder::new(&app, "main", Default::default()).build().expect("a window");
    let asked: Vec<String> = commands()
        .into_iter()
        .filter(|c| !SHOW_A_DIALOG.contains(&c.as_str()) && !ASK_FOR_NOTHING.contains(&c.as_str()))
        .collect();
    assert!(asked.len() > 60, "{asked:?}");
    for command in &asked {
        for value in values() {
            judged(command, ask(&window, command, filled_with(&value)));
        }
        for whole in [Value::Null, json!([1, 2]), json!("text"), json!({})] {
            judged(command, ask(&window, command, whole));
        }
        // The right form with one field spoiled at a time.
        let right = arguments(command);
        for name in right.as_object().expect("an object").keys() {
            let mut spoiled = right.clone();
            spoiled[name] = json!({ "spoiled": [name] });
            judged(command, ask(&window, command, spoiled));
        }
    }
    let door = ask(&window, "door", json!({})).expect("the door always answers");
    assert_eq!(door["session"], Value::Null);
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).expect("listed").flatten().map(|e| e.file_name()).collect();
    assert!(left.iter().all(|name| name == "config"), "nothing was made: {left:?}");
}

#[test]
fn a_hundred_megabytes_are_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(folder.path());
    let window = WebviewWindowBuilder::new(&app, "main", Default::default()).build().expect("a window");
    let huge = "x".repeat(100 << 20);
    judged(
        "search_everything",
        ask(&window, "search_everything", json!({ "text": huge, "scope": "everything", "limit": 10 })),
    );
}

#[test]
fn a_long_passphrase_is_judged_as_quickly_as_a_short_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(folder.path());
    let window = WebviewWindowBuilder::new(&app, "main", Default::default()).build().expect("a window");
    let begun = std::time::Instant::now();
    judged(
        "passphrase_strength",
        ask(&window, "passphrase_strength", json!({ "passphrase": "correct horse ".repeat(50_000) })),
    );
    assert!(begun.elapsed() < std::time::Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[test]
fn unknown_commands_and_those_of_the_system_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(folder.path());
    let window = WebviewWindowBuilder::new(&app, "main", Default::default()).build().expect("a window");
    for command in [
        "open_sesame",
        "",
        "partners_list ",
        "../partners_list",
        "plugin:fs|read_file",
        "plugin:shell|execute",
        "plugin:http|fetch",
        "plugin:dialog|open",
        "plugin:event|emit_to",
        "plugin:window|create",
    ] {
        assert!(ask(&window, command, json!({ "path": "/etc/passwd" })).is_err(), "{command}");
    }
}
