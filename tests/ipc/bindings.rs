//! The typed border as the page sees it.

use std::path::Path;

#[test]
fn the_bindings_are_what_the_commands_say() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/lib/ipc/bindings.ts");
    if std::env::var_os("BATON_WRITE_BINDINGS").is_some() {
        baton_shell::border::write_bindings(&committed).expect("every type can be told in TypeScript");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let fresh = folder.path().join("bindings.ts");
    baton_shell::border::write_bindings(&fresh).expect("every type can be told in TypeScript");
    let read = |path: &Path| std::fs::read_to_string(path).expect("readable").replace("\r\n", "\n");
    assert!(
        read(&fresh) == read(&committed),
        "bindings.ts is stale: run `cargo xtask bindings` and commit it"
    );
}
