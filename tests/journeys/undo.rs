//! Whatever is done can be taken back.

use baton_core::foundation::id::TagId;
use baton_core::store::{Label, OnConflict, StoreError, Undone};
use baton_core::testing::practice;

#[test]
fn an_action_is_undone_and_redone() {
    let practice = practice("2026-11-02");
    let added = practice
        .write(Label::hand("tag_add", "Runs marathons"), |tx| {
            tx.execute("INSERT INTO tag VALUES (?1, 'Runs marathons', 'runs marathons')", [TagId::new()])?;
            Ok::<(), StoreError>(())
        })
        .expect("written");
    let count = || practice.read(|c| Ok::<i64, StoreError>(c.query_row("SELECT count(*) FROM tag", [], |r| r.get(0))?)).expect("count");
    let seq = added.entry.expect("an entry").seq;
    assert_eq!(count(), 1);

    let Undone::Done { entry, conflicts } = practice.store().undo(practice.actor(), seq, OnConflict::Ask).expect("undone") else {
        panic!("nothing was changed since");
    };
    assert!(conflicts.is_empty());
    assert_eq!(count(), 0);

    practice.store().undo(practice.actor(), entry.expect("an entry").seq, OnConflict::Ask).expect("redone");
    assert_eq!(count(), 1);
    practice.store().verify_history().expect("the chain holds");
}
