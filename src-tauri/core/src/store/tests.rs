//! What the file promises: its shape, one writer, and a history nobody can rewrite unnoticed.

use std::collections::BTreeSet;

use super::tables::{DERIVED_TABLES, SOURCE_TABLES, STORE_TABLES};
use super::{Label, Room, StoreError};
use crate::foundation::id::TagId;
use crate::testing::{TestPractice, practice};

/// The complete schema. After a change of the migrations: `BATON_WRITE_SCHEMA=1 cargo test -p baton-core the_complete_schema`.
const SNAPSHOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/schema.snapshot.sql");

fn schema(practice: &TestPractice) -> String {
    practice
        .read(|c| {
            let mut statement = c.prepare(
                "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                 AND NOT (type = 'table' AND (name LIKE '%\\_search\\_%' ESCAPE '\\'))
                 ORDER BY type = 'trigger', tbl_name, type DESC, name",
            )?;
            let rows = statement.query_map([], |r| r.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
            Ok::<_, StoreError>(rows.join(";\n\n") + ";\n")
        })
        .expect("a schema")
}

#[test]
fn the_complete_schema_is_the_one_that_was_agreed() {
    let now = schema(&practice("2026-11-02"));
    if std::env::var_os("BATON_WRITE_SCHEMA").is_some() {
        std::fs::write(SNAPSHOT, &now).expect("the snapshot is written");
    }
    let agreed = std::fs::read_to_string(SNAPSHOT).expect("the snapshot").replace("\r\n", "\n");
    assert!(
        now == agreed,
        "the schema differs from migrations/schema.snapshot.sql; look at the change, then write it anew"
    );
}

#[test]
fn every_table_is_source_derived_or_the_stores_own() {
    let practice = practice("2026-11-02");
    let known: BTreeSet<&str> = SOURCE_TABLES
        .iter()
        .map(|t| t.name)
        .chain(DERIVED_TABLES.iter().copied())
        .chain(STORE_TABLES.iter().copied())
        .collect();
    let there: Vec<String> = practice
        .read(|c| {
            let mut statement = c.prepare(
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
            )?;
            let rows = statement.query_map([], |r| r.get(0))?;
            Ok::<_, StoreError>(rows.collect::<Result<_, _>>()?)
        })
        .expect("tables");
    assert_eq!(there.iter().map(String::as_str).collect::<BTreeSet<_>>(), known);
}

#[test]
fn every_table_is_strict_and_source_tables_have_a_key_of_their_own() {
    let practice = practice("2026-11-02");
    let loose: Vec<String> = practice
        .read(|c| {
            let mut statement = c.prepare(
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
            )?;
            let rows = statement.query_map([], |r| r.get(0))?;
            Ok::<_, StoreError>(rows.collect::<Result<_, _>>()?)
        })
        .expect("tables");
    assert_eq!(loose, Vec::<String>::new());
    for table in SOURCE_TABLES {
        let (without_rowid, keys): (bool, i64) = practice
            .read(|c| {
                Ok::<_, StoreError>(c.query_row(
                    "SELECT wr, (SELECT count(*) FROM pragma_table_info(?1) WHERE pk > 0) FROM pragma_table_list WHERE schema = 'main' AND name = ?1",
                    [table.name],
                    |r| Ok((r.get(0)?, r.get(1)?)),
                )?)
            })
            .expect("a table");
        assert!(without_rowid && keys > 0, "{}", table.name);
    }
}

#[test]
fn whoever_reads_cannot_write() {
    let practice = practice("2026-11-02");
    let tried = practice.read(|c| {
        c.execute("INSERT INTO tag VALUES (?1, 'a', 'a')", [TagId::new()])?;
        Ok::<(), StoreError>(())
    });
    assert!(matches!(tried, Err(StoreError::ReadOnly)), "{tried:?}");
}

fn add_tag(practice: &TestPractice, name: &'static str) -> u32 {
    let written = practice.write(Label::hand("tag_add", name), |tx| {
        tx.execute("INSERT INTO tag VALUES (?1, ?2, ?2)", rusqlite::params![TagId::new(), name])?;
        Ok::<(), StoreError>(())
    });
    written.expect("written").entry.expect("an entry").seq
}

#[test]
fn writers_from_many_threads_leave_one_unbroken_chain() {
    let practice = practice("2026-11-02");
    const NAMES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];
    std::thread::scope(|scope| {
        for name in NAMES {
            let practice = &practice;
            scope.spawn(move || add_tag(practice, name));
        }
    });
    let head = practice.store().verify_history().expect("the chain holds");
    assert_eq!(head.seq, 1 + i64::try_from(NAMES.len()).unwrap());
}

#[test]
fn two_who_look_at_once_see_one_moment_and_end_together() {
    let practice = practice("2026-11-02");
    let tags = |c: &rusqlite::Connection| {
        Ok::<i64, StoreError>(c.query_row("SELECT count(*) FROM tag", [], |r| r.get(0))?)
    };
    let (write, written) = std::sync::mpsc::channel();
    let both = practice.read_both(
        move |c| {
            written.recv().expect("told");
            tags(c)
        },
        |c| {
            add_tag(&practice, "meanwhile");
            write.send(()).expect("heard");
            tags(c)
        },
    );
    assert_eq!(both.expect("both looked"), (0, 0));
    assert_eq!(practice.read(tags).expect("a count"), 1);

    let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT count(*) FROM n";
    let ended = practice.read_both(
        |c| Ok(c.query_row(endless, [], |r| r.get::<_, i64>(0))?),
        |_| Err::<(), _>(StoreError::Cancelled),
    );
    assert!(matches!(ended, Err(StoreError::Cancelled)), "{ended:?}");
    assert_eq!(practice.read(tags).expect("the readers are whole"), 1);
}

#[test]
fn a_failed_change_leaves_nothing_and_no_entry() {
    let practice = practice("2026-11-02");
    let before = practice.store().head().expect("a head");
    let failed = practice.write(Label::hand("tag_add", "x"), |tx| {
        tx.execute("INSERT INTO tag VALUES (?1, 'x', 'x')", [TagId::new()])?;
        Err::<(), _>(StoreError::Cancelled)
    });
    assert!(failed.is_err());
    assert_eq!(practice.store().head().expect("a head"), before);
    assert_eq!(
        practice
            .read(|c| Ok::<i64, StoreError>(c.query_row("SELECT count(*) FROM tag", [], |r| r.get(0))?))
            .unwrap(),
        0
    );
}

#[test]
fn history_refuses_to_be_changed_and_shows_where_it_was_tampered_with() {
    let practice = practice("2026-11-02");
    let seqs: Vec<u32> = ["a", "b", "c"].into_iter().map(|name| add_tag(&practice, name)).collect();
    let middle = i64::from(seqs[1]);
    let store = practice.store();
    for sql in ["UPDATE history SET subject = 'z' WHERE seq = ?1", "DELETE FROM history_part WHERE seq = ?1"]
    {
        let tried = store.unrecorded(|c| Ok(c.execute(sql, [middle])?));
        assert!(tried.is_err(), "{sql}");
    }
    store
        .unrecorded(|c| {
            c.execute_batch("DROP TRIGGER history_is_append_only")?;
            Ok(c.execute("UPDATE history SET subject = 'z' WHERE seq = ?1", [middle])?)
        })
        .expect("tampered");
    assert!(matches!(store.verify_history(), Err(StoreError::BrokenHistory(at)) if at == middle));
    store
        .unrecorded(|c| Ok(c.execute("UPDATE history SET subject = 'b' WHERE seq = ?1", [middle])?))
        .expect("put back");
    store.verify_history().expect("whole again");
    store
        .unrecorded(|c| {
            c.execute_batch("DROP TRIGGER history_part_is_append_only")?;
            Ok(c.execute("UPDATE history_part SET changeset = x'00' WHERE seq = ?1", [i64::from(seqs[2])])?)
        })
        .expect("tampered");
    assert!(matches!(store.verify_history(), Err(StoreError::BrokenHistory(at)) if at == i64::from(seqs[2])));
}

#[test]
fn an_entry_knows_whose_screens_it_touches() {
    let practice = practice("2026-11-02");
    let seq = add_tag(&practice, "a");
    let bits: i64 = practice
        .read(|c| {
            Ok::<_, StoreError>(c.query_row("SELECT rooms FROM history WHERE seq = ?1", [seq], |r| r.get(0))?)
        })
        .expect("bits");
    assert_eq!(Room::of_bits(bits), [Room::Network]);
}

/// SQLite before 3.51.3 can damage a file when a checkpoint races a commit; without SQLCipher a key is ignored in silence.
#[test]
fn the_linked_library_encrypts_and_has_the_write_ahead_log_fix() {
    assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
    let practice = crate::testing::practice("2026-11-02");
    let cipher: String = practice
        .read(|conn| Ok::<_, StoreError>(conn.query_row("PRAGMA cipher_version", [], |row| row.get(0))?))
        .expect("an answer");
    assert!(cipher.starts_with("4."), "{cipher}");
    let bytes = std::fs::read(practice.store().path()).expect("the file");
    assert!(!bytes.starts_with(b"SQLite format 3"), "the file is plain");
}

#[test]
fn a_file_of_a_newer_schema_or_another_program_is_refused_untouched() {
    type Refused = fn(&StoreError) -> bool;
    let cases: [(&str, &str, Refused); 2] = [
        ("PRAGMA user_version = 9999", "newer", |error| matches!(error, StoreError::Newer)),
        ("PRAGMA application_id = 1", "foreign", |error| matches!(error, StoreError::Foreign)),
    ];
    for (change, name, refused) in cases {
        let TestPractice { practice, folder } = practice("2026-11-02");
        practice.store().unrecorded(|conn| Ok(conn.execute_batch(change)?)).expect("changed");
        drop(practice);
        let file = || std::fs::read(folder.path().join("practice.db")).expect("read");
        let before = file();
        let opened = crate::testing::reopened(folder.path(), "2026-11-02").map(drop);
        assert!(opened.as_ref().is_err_and(refused), "{name}: {opened:?}");
        assert!(file() == before, "{name}: unchanged byte for byte");
    }
}

#[test]
fn every_migration_is_one_transaction_and_writes_nothing_in_the_clear() {
    for (number, step) in (1..).zip(super::migrate::STEPS) {
        for line in step.lines().map(str::trim).filter(|line| !line.starts_with("--")) {
            let upper = line.to_uppercase();
            let first = upper.split([' ', ';', '(']).next().unwrap_or_default();
            // A statement of its own would end the transaction the step runs in, or leave it; ATTACH writes unencrypted.
            let own = ["COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "ATTACH", "DETACH", "VACUUM", "PRAGMA"];
            assert!(!own.contains(&first), "step {number}: {line}");
            assert!(upper != "BEGIN;" && !upper.starts_with("BEGIN TRANSACTION"), "step {number}: {line}");
        }
    }
}
