//! The configuration of the window against a list of what it may be. Whoever loosens it has to
//! change this list too, and to say why.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// What the page may load and where it may connect: itself, and the border to Baton.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      font-src 'self'; connect-src ipc: http://ipc.localhost; object-src 'none'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What the page may ask of Tauri itself.
const PERMISSIONS: [&str; 2] = ["core:event:allow-listen", "core:event:allow-unlisten"];

/// The crates of Tauri in the app. Plugins for files, shells, network or opening addresses would
/// give a page that was taken over a way out.
const TAURI_CRATES: [&str; 5] =
    ["tauri", "tauri-build", "tauri-plugin-dialog", "tauri-plugin-single-instance", "tauri-specta"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn configuration() -> Value {
    serde_json::from_str(&read("tauri.conf.json")).expect("tauri.conf.json is JSON")
}

#[test]
fn the_page_loads_nothing_but_itself() {
    assert_eq!(configuration()["app"]["security"]["csp"], json!(POLICY));
}

#[test]
fn the_security_settings_are_exactly_these() {
    let security = configuration()["app"]["security"].clone();
    assert_eq!(
        security,
        json!({
            "csp": POLICY,
            "freezePrototype": true,
            "assetProtocol": { "enable": false },
            "capabilities": ["main"]
        })
    );
}

#[test]
fn tauri_is_not_reachable_as_a_global_and_windows_are_made_by_the_shell_alone() {
    let app = configuration()["app"].clone();
    assert_eq!(app["withGlobalTauri"], json!(false));
    assert_eq!(app["windows"], json!([]));
}

#[test]
fn nothing_dangerous_is_configured_anywhere() {
    let mut texts = vec![read("tauri.conf.json")];
    texts.extend(capability_files().iter().map(read));
    for text in texts {
        let lower = text.to_lowercase();
        for word in ["dangerous", "\"remote\"", "migrated", "unsafe-inline", "unsafe-eval"] {
            assert!(!lower.contains(word), "{word} appears in the configuration");
        }
    }
}

#[test]
fn one_capability_gives_the_one_window_the_fewest_permissions() {
    let files = capability_files();
    assert_eq!(files.len(), 1, "{files:?}");
    let capability: Value = serde_json::from_str(&read(&files[0])).expect("a capability is JSON");
    assert_eq!(capability["identifier"], json!("main"));
    assert_eq!(capability["windows"], json!([baton_shell::desktop::window::LABEL]));
    assert_eq!(capability["permissions"], json!(PERMISSIONS));
    let mut keys: Vec<_> = capability.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["description", "identifier", "permissions", "windows"]);
}

#[test]
fn no_plugin_reaches_files_shells_or_the_network() {
    let manifest = read("Cargo.toml");
    let mut crates: Vec<&str> = manifest
        .lines()
        .filter_map(|line| line.split_once('=').map(|(name, _)| name.trim()))
        .filter(|name| *name == "tauri" || name.starts_with("tauri-"))
        .collect();
    crates.sort_unstable();
    crates.dedup();
    assert_eq!(crates, TAURI_CRATES);
}

#[test]
fn what_is_packed_has_no_developer_tools_and_no_doors_for_tests() {
    let manifest = read("Cargo.toml");
    assert!(!manifest.contains("\"devtools\""), "the inspector would show everything to whoever opens it");
    let default = manifest.lines().find(|line| line.starts_with("default = ")).expect("default features");
    assert_eq!(default, r#"default = ["custom-protocol"]"#);
    let window = read("src-tauri/src/desktop/window.rs");
    assert!(window.contains(".devtools(tauri::is_dev())"), "not even a debug build opens the inspector");
}

fn capability_files() -> Vec<PathBuf> {
    let folder = root().join("src-tauri/capabilities");
    let entries = fs::read_dir(&folder).expect("the folder of capabilities");
    entries.map(|entry| entry.expect("an entry").path()).collect()
}
