//! Who changed what, undo, redo, trash and drafts.

use baton_core::foundation::id::RecordId;
use baton_core::history::{
    self, Draft, EntryDetail, HistoryPage, HistoryQuery, RecordHistory, Side, TrashKind, TrashRow, UndoAnswer,
};
use baton_core::network::PossibleDuplicate;
use baton_core::store::OnConflict;
use tauri::State;

use crate::desk::Desk;
use crate::error::Answer;

#[tauri::command(async)]
#[specta::specta]
pub fn history_entries(desk: State<'_, Desk>, query: HistoryQuery) -> Answer<HistoryPage> {
    Ok(history::entries(&desk.practice()?, &query)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn history_entry(desk: State<'_, Desk>, seq: u32) -> Answer<EntryDetail> {
    Ok(history::entry(&desk.practice()?, seq)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn history_record(
    desk: State<'_, Desk>,
    record: RecordId,
    cursor: Option<u32>,
    limit: u32,
) -> Answer<RecordHistory> {
    Ok(history::record_history(&desk.practice()?, record, cursor, limit)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn history_undo(desk: State<'_, Desk>, seq: u32, on_conflict: OnConflict) -> Answer<UndoAnswer> {
    Ok(history::undo(&desk.practice()?, seq, on_conflict)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn history_undo_last(desk: State<'_, Desk>) -> Answer<UndoAnswer> {
    Ok(history::undo_last(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn history_redo_last(desk: State<'_, Desk>) -> Answer<UndoAnswer> {
    Ok(history::redo_last(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn history_restore_field(
    desk: State<'_, Desk>,
    record: RecordId,
    field: String,
    seq: u32,
    side: Side,
) -> Answer<()> {
    let _: () = history::restore_field(&desk.practice()?, record, &field, seq, side)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn trash_list(desk: State<'_, Desk>) -> Answer<Vec<TrashRow>> {
    Ok(history::trash(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn trash_restore(desk: State<'_, Desk>, kind: TrashKind, id: RecordId) -> Answer<Vec<PossibleDuplicate>> {
    Ok(history::restore(&desk.practice()?, kind, id)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn draft_save(desk: State<'_, Desk>, kind: String, body: String) -> Answer<()> {
    Ok(history::draft_save(&desk.practice()?, &kind, &body)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn draft_get(desk: State<'_, Desk>, kind: String) -> Answer<Option<Draft>> {
    Ok(history::draft_get(&desk.practice()?, &kind)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn draft_clear(desk: State<'_, Desk>, kind: String) -> Answer<()> {
    Ok(history::draft_clear(&desk.practice()?, &kind)?)
}
