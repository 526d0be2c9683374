//! Tells Tauri where the capabilities are; the package root is one folder above.
#![allow(clippy::print_stdout, reason = "cargo reads what build scripts print")]
fn main() {
    // The shell embeds the built interface; it is compiled again when that has changed.
    println!("cargo:rerun-if-changed=ui/build");
    let attributes =
        tauri_build::Attributes::new().capabilities_path_pattern("src-tauri/capabilities/*.json");
    tauri_build::try_build(attributes)
        .expect("tauri.conf.json, capabilities, icons and ui/build are complete");
}
