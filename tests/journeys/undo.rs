//! Whatever is done can be taken back, and nothing newer is overwritten unasked.

use baton_core::Practice;
use baton_core::foundation::id::{PartnerId, TagId};
use baton_core::history::{self, HistoryError, HistoryQuery, Shown, UndoAnswer};
use baton_core::network::{
    self, NewPartner, NewPerson, PartnerChange, PartnerClass, PartnerType, add_partner, edit_partner,
};
use baton_core::store::{Label, OnConflict, StoreError, UndoObstacle, Undone, Written};
use baton_core::testing::{TestPractice, practice};

fn seq<T>(written: &Written<T>) -> u32 {
    written.entry.as_ref().expect("an entry").seq
}

fn clinic(practice: &Practice, name: &str) -> (PartnerId, u32) {
    let new = NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, name);
    let written = add_partner(practice, new).expect("a partner");
    (written.value, seq(&written))
}

fn count(practice: &TestPractice, sql: &'static str) -> i64 {
    practice.read(|c| Ok::<i64, StoreError>(c.query_row(sql, [], |r| r.get(0))?)).expect("a count")
}

fn name_and_notes(practice: &TestPractice, id: PartnerId) -> (String, Option<String>) {
    practice
        .read(|c| {
            Ok::<_, StoreError>(c.query_row("SELECT name, notes FROM partner WHERE id = ?1", [id], |r| {
                Ok((r.get(0)?, r.get(1)?))
            })?)
        })
        .expect("the partner")
}

#[test]
fn an_action_is_undone_and_redone() {
    let practice = practice("2026-11-02");
    let (_, seq) = clinic(&practice, "Pine Hollow");
    let UndoAnswer::Done { entry, conflicts, of } =
        history::undo(&practice, seq, OnConflict::Ask).expect("undone")
    else {
        panic!("nothing was changed since");
    };
    assert!(conflicts.is_empty());
    assert_eq!((of.action.as_str(), of.subject.as_str()), ("partner_add", "Pine Hollow"));
    assert_eq!(count(&practice, "SELECT count(*) FROM partner"), 0);
    history::undo(&practice, entry.expect("an entry").seq, OnConflict::Ask).expect("redone");
    assert_eq!(count(&practice, "SELECT count(*) FROM partner"), 1);
    assert!(matches!(history::undo(&practice, seq, OnConflict::Ask), Ok(UndoAnswer::Done { .. })));
    assert!(matches!(history::undo(&practice, seq, OnConflict::Ask), Err(HistoryError::AlreadyUndone)));
    practice.store().verify_history().expect("the chain holds");
}

#[test]
fn the_keyboard_walks_back_and_forth_through_ones_own_actions() {
    let practice = practice("2026-11-02");
    let names = |p: &TestPractice| {
        p.read(|c| {
            let mut s = c.prepare("SELECT name FROM partner ORDER BY name")?;
            let rows = s.query_map([], |r| r.get::<_, String>(0))?;
            Ok::<_, StoreError>(rows.collect::<Result<Vec<_>, _>>()?)
        })
        .expect("names")
    };
    for name in ["A", "B", "C"] {
        clinic(&practice, name);
    }
    history::undo_last(&practice).expect("C");
    history::undo_last(&practice).expect("B");
    assert_eq!(names(&practice), ["A"]);
    history::redo_last(&practice).expect("B");
    assert_eq!(names(&practice), ["A", "B"]);
    history::undo_last(&practice).expect("B again");
    history::redo_last(&practice).expect("B again");
    history::redo_last(&practice).expect("C");
    assert_eq!(names(&practice), ["A", "B", "C"]);
    assert_eq!(history::redo_last(&practice).expect("nothing more"), UndoAnswer::Nothing);
    history::undo_last(&practice).expect("C");
    clinic(&practice, "D");
    // Something new was done: what was undone before stays so.
    assert_eq!(history::redo_last(&practice).expect("nothing"), UndoAnswer::Nothing);
    for _ in 0..3 {
        history::undo_last(&practice).expect("one more");
    }
    assert_eq!(names(&practice), Vec::<String>::new());
    // How the practice began is never taken back.
    assert_eq!(history::undo_last(&practice).expect("nothing"), UndoAnswer::Nothing);
    assert_eq!(count(&practice, "SELECT count(*) FROM practice"), 1);
}

#[test]
fn the_keyboard_takes_back_what_is_just_being_saved() {
    let practice = practice("2026-11-02");
    let (id, _) = clinic(&practice, "Pine Hollow");
    edit_partner(&practice, id, &[PartnerChange::Notes(Some("first".into()))], None).expect("edited");
    let (saving, saves) = std::sync::mpsc::channel();
    let (_hold, held) = std::sync::mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let slow = scope.spawn(|| {
            let label = Label::hand("partner_edit", "Pine Hollow");
            practice.write(label, move |tx| {
                saving.send(()).expect("somebody waits");
                // Nobody lets go of it sooner.
                let _ = held.recv_timeout(std::time::Duration::from_millis(150));
                tx.execute("UPDATE partner SET notes = 'second' WHERE id = ?1", [id])?;
                Ok::<_, StoreError>(())
            })
        });
        saves.recv().expect("it is being saved");
        let answer = history::undo_last(&practice).expect("an answer");
        assert!(
            matches!(answer, UndoAnswer::Done { .. }),
            "what was saved is taken back unasked: {answer:?}"
        );
        slow.join().expect("no panic").expect("saved");
    });
    assert_eq!(name_and_notes(&practice, id).1.as_deref(), Some("first"));
}

#[test]
fn what_was_changed_since_is_shown_and_not_overwritten() {
    let practice = practice("2026-11-02");
    let (id, _) = clinic(&practice, "Pine Hollow");
    let both = [PartnerChange::Name("Pine Hollow FM".into()), PartnerChange::Notes(Some("first".into()))];
    let edited = seq(&edit_partner(&practice, id, &both, None).expect("edited"));
    edit_partner(&practice, id, &[PartnerChange::Notes(Some("newer".into()))], None).expect("edited again");

    let UndoAnswer::Conflicts { conflicts, .. } =
        history::undo(&practice, edited, OnConflict::Ask).expect("asked")
    else {
        panic!("the notes were changed since");
    };
    assert_eq!(name_and_notes(&practice, id), ("Pine Hollow FM".into(), Some("newer".into())));
    let [conflict] = conflicts.as_slice() else { panic!("one record: {conflicts:?}") };
    assert_eq!((conflict.obstacle, conflict.kind.as_str()), (UndoObstacle::Changed, "partner"));
    let [field] = conflict.fields.as_slice() else { panic!("one field: {conflict:?}") };
    assert_eq!(
        (field.field.as_str(), &field.now, &field.back_to),
        ("partner.notes", &Some(Shown::Text("newer".into())), &None)
    );

    // Keeping what is newer takes the name back all the same.
    let kept = history::undo(&practice, edited, OnConflict::KeepNewer).expect("kept");
    assert_eq!(name_and_notes(&practice, id), ("Pine Hollow".into(), Some("newer".into())));
    let UndoAnswer::Done { entry, conflicts, .. } = kept else { panic!("done") };
    assert_eq!(conflicts.len(), 1);
    history::undo(&practice, entry.expect("an entry").seq, OnConflict::Ask).expect("brought back");
    assert_eq!(name_and_notes(&practice, id), ("Pine Hollow FM".into(), Some("newer".into())));

    history::undo(&practice, edited, OnConflict::Overwrite).expect("overwritten");
    assert_eq!(name_and_notes(&practice, id), ("Pine Hollow".into(), None));
}

#[test]
fn a_change_of_another_field_is_no_conflict() {
    let practice = practice("2026-11-02");
    let (id, _) = clinic(&practice, "Pine Hollow");
    let edited =
        seq(&edit_partner(&practice, id, &[PartnerChange::Name("PH".into())], None).expect("edited"));
    edit_partner(&practice, id, &[PartnerChange::Notes(Some("newer".into()))], None).expect("edited again");
    assert!(matches!(history::undo(&practice, edited, OnConflict::Ask), Ok(UndoAnswer::Done { .. })));
    assert_eq!(name_and_notes(&practice, id), ("Pine Hollow".into(), Some("newer".into())));
}

#[test]
fn what_others_refer_to_is_told_and_never_left_dangling() {
    let practice = practice("2026-11-02");
    let (id, added) = clinic(&practice, "Pine Hollow");
    let tagged = seq(&network::tag_partners(&practice, &[id], "Runs marathons").expect("tagged"));

    let UndoAnswer::Conflicts { conflicts, .. } =
        history::undo(&practice, added, OnConflict::Ask).expect("asked")
    else {
        panic!("a tag hangs on it");
    };
    assert_eq!(conflicts.len(), 1);
    assert_eq!((conflicts[0].obstacle, conflicts[0].name.as_str()), (UndoObstacle::InUse, "Pine Hollow"));
    for choice in [OnConflict::KeepNewer, OnConflict::Overwrite] {
        let UndoAnswer::Done { entry, .. } =
            history::undo(&practice, added, choice).expect("done as far as it goes")
        else {
            panic!("done");
        };
        assert_eq!(count(&practice, "SELECT count(*) FROM partner"), 1);
        practice.store().check().expect("no reference dangles");
        history::undo(&practice, entry.expect("an entry").seq, OnConflict::KeepNewer).expect("brought back");
    }
    history::undo(&practice, tagged, OnConflict::Ask).expect("untagged");
    assert!(matches!(history::undo(&practice, added, OnConflict::Ask), Ok(UndoAnswer::Done { .. })));
    assert_eq!(count(&practice, "SELECT count(*) FROM partner"), 0);
}

#[test]
fn a_removal_whose_ground_is_gone_does_not_come_back() {
    let practice = practice("2026-11-02");
    let (id, added) = clinic(&practice, "Pine Hollow");
    network::tag_partners(&practice, &[id], "Runs marathons").expect("tagged");
    let tag: TagId = practice
        .read(|c| Ok::<_, StoreError>(c.query_row("SELECT id FROM tag", [], |r| r.get(0))?))
        .expect("a tag");
    let untagged = seq(&network::untag_partners(&practice, &[id], tag).expect("untagged"));
    history::undo(&practice, added, OnConflict::Ask).expect("the partner goes");
    let UndoAnswer::Conflicts { conflicts, .. } =
        history::undo(&practice, untagged, OnConflict::Ask).expect("asked")
    else {
        panic!("its partner is gone");
    };
    assert_eq!(conflicts[0].obstacle, UndoObstacle::Gone);
    history::undo(&practice, untagged, OnConflict::KeepNewer).expect("as far as it goes");
    assert_eq!(count(&practice, "SELECT count(*) FROM partner_tag"), 0);
    practice.store().check().expect("no reference dangles");
}

#[test]
fn an_action_of_many_parts_is_taken_back_whole() {
    let practice = practice("2026-11-02");
    let written = practice
        .write(Label::hand("network_add_many", "many"), |tx| {
            for number in 0..600 {
                let new = NewPartner {
                    individual: Some(NewPerson {
                        name: format!("Keiko Ito{number}, MD"),
                        ..NewPerson::default()
                    }),
                    ..NewPartner::named(PartnerClass::Medical, PartnerType::Practitioner, "")
                };
                network::add_partner_in(tx, &new)?;
                if number % 100 == 99 {
                    tx.breathe()?;
                }
            }
            Ok::<(), network::NetworkError>(())
        })
        .expect("written");
    assert_eq!(
        count(&practice, "SELECT count(*) FROM history_part WHERE seq = (SELECT max(seq) FROM history)"),
        6
    );
    let undone = practice.store().undo(practice.actor(), seq(&written), OnConflict::Ask).expect("undone");
    let Undone::Done { entry, conflicts } = undone else { panic!("{undone:?}") };
    assert!(conflicts.is_empty());
    assert_eq!(count(&practice, "SELECT (SELECT count(*) FROM partner) + (SELECT count(*) FROM person)"), 0);
    practice.store().undo(practice.actor(), entry.expect("an entry").seq, OnConflict::Ask).expect("redone");
    assert_eq!(
        count(&practice, "SELECT (SELECT count(*) FROM partner) + (SELECT count(*) FROM person)"),
        1_200
    );
    practice.store().check().expect("whole");
    practice.store().verify_history().expect("the chain holds");
}

#[test]
fn what_was_put_on_record_only_stays() {
    let practice = practice("2026-11-02");
    let noted = practice.store().note(practice.actor(), "export_workbook", "scorecards").expect("noted");
    assert!(matches!(history::undo(&practice, noted.seq, OnConflict::Ask), Err(HistoryError::NotUndoable)));
    let page = history::entries(&practice, &HistoryQuery::default()).expect("history");
    assert_eq!(page.rows[0].action, "export_workbook");
    assert!(!page.rows[0].can_undo);
}

#[test]
fn the_trash_lists_all_kinds_and_gives_them_back() {
    let practice = practice("2026-11-02");
    let (id, _) = clinic(&practice, "Pine Hollow");
    network::trash_partners(&practice, &[id], None).expect("trashed");
    let trash = history::trash(&practice).expect("the trash");
    assert_eq!(trash.len(), 1);
    assert_eq!(
        (trash[0].name.as_str(), trash[0].detail.as_str(), trash[0].trashed_by.as_str()),
        ("Pine Hollow", "medical", "Maren Okafor")
    );
    history::restore(&practice, trash[0].kind, trash[0].id).expect("restored");
    assert!(history::trash(&practice).expect("the trash").is_empty());
}

#[test]
fn a_whole_file_is_called_whole_after_every_write() {
    let practice = practice("2026-11-02");
    // Enough writes for the search index to move its segments behind a reader's back.
    for n in 0..12 {
        clinic(&practice, &format!("A{n}"));
        history::undo_last(&practice).expect("undone");
        history::redo_last(&practice).expect("redone");
        practice.store().check().unwrap_or_else(|e| panic!("after {n}: {e}"));
    }
}
