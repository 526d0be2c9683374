//! Tells Tauri where the capabilities are; the package root is one folder above.
fn main() {
    tauri_build::try_build(
        tauri_build::Attributes::new().capabilities_path_pattern("src-tauri/capabilities/*.json"),
    )
    .expect("tauri.conf.json, capabilities and icons are complete");
}
