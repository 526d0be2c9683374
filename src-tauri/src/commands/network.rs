//! Partners and people.

use baton_core::foundation::id::{
    AddressId, AffiliationId, ContactPointId, PartnerId, PersonId, ProfileId, TagId, ViewId,
};
use baton_core::network::{
    self, AffiliationChange, BulkDone, Candidate, Hit, MergePreview, NewAddress, NewAffiliation,
    NewContactPoint, NewPartner, NewPerson, PartnerChange, PartnerCounts, PartnerList, PartnerPage,
    PartnerQuery, PartnerView, Party, PeopleList, PeopleQuery, PersonChange, PersonPage, PossibleDuplicate,
    SavedPartnerView, SearchScope, TagUse, TrashPreview, TypeInfo,
};
use chrono::NaiveDate;
use tauri::State;

use crate::desk::Desk;
use crate::error::Answer;

#[tauri::command(async)]
#[specta::specta]
pub fn partners_list(desk: State<'_, Desk>, query: PartnerQuery) -> Answer<PartnerList> {
    Ok(network::partners(&desk.practice()?, &query)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn partners_ids(desk: State<'_, Desk>, query: PartnerQuery) -> Answer<Vec<PartnerId>> {
    Ok(network::partner_ids(&desk.practice()?, &query)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn partners_counts(desk: State<'_, Desk>) -> Answer<PartnerCounts> {
    Ok(network::partner_counts(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn partner_get(desk: State<'_, Desk>, id: PartnerId) -> Answer<PartnerPage> {
    Ok(network::partner(&desk.practice()?, id)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn partner_add(desk: State<'_, Desk>, partner: NewPartner) -> Answer<PartnerId> {
    Ok(network::add_partner(&desk.practice()?, partner)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn partner_edit(
    desk: State<'_, Desk>,
    id: PartnerId,
    changes: Vec<PartnerChange>,
    expected_changed_at: Option<f64>,
) -> Answer<()> {
    let _: () =
        network::edit_partner(&desk.practice()?, id, &changes, expected_changed_at.map(|at| at as i64))?
            .value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn partner_end(
    desk: State<'_, Desk>,
    id: PartnerId,
    on: Option<NaiveDate>,
    reason: String,
) -> Answer<()> {
    let _: () = network::end_partner(&desk.practice()?, id, on, &reason)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn partner_reopen(desk: State<'_, Desk>, id: PartnerId) -> Answer<()> {
    let _: () = network::reopen_partner(&desk.practice()?, id)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn partners_trash(
    desk: State<'_, Desk>,
    ids: Vec<PartnerId>,
    reason: Option<String>,
) -> Answer<BulkDone> {
    Ok(network::trash_partners(&desk.practice()?, &ids, reason.as_deref())?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn network_trash_preview(desk: State<'_, Desk>, records: Vec<Party>) -> Answer<TrashPreview> {
    Ok(network::preview_trash(&desk.practice()?, &records)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn partners_set_owner(
    desk: State<'_, Desk>,
    ids: Vec<PartnerId>,
    owner: Option<ProfileId>,
) -> Answer<BulkDone> {
    Ok(network::set_owner(&desk.practice()?, &ids, owner)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn partners_tag(desk: State<'_, Desk>, ids: Vec<PartnerId>, name: String) -> Answer<BulkDone> {
    Ok(network::tag_partners(&desk.practice()?, &ids, &name)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn partners_untag(desk: State<'_, Desk>, ids: Vec<PartnerId>, tag: TagId) -> Answer<BulkDone> {
    Ok(network::untag_partners(&desk.practice()?, &ids, tag)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn tags_list(desk: State<'_, Desk>) -> Answer<Vec<TagUse>> {
    Ok(network::tags(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn tag_rename(desk: State<'_, Desk>, tag: TagId, name: String, seen: Option<String>) -> Answer<()> {
    let _: () = network::rename_tag(&desk.practice()?, tag, &name, seen.as_deref())?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn tag_delete(desk: State<'_, Desk>, tag: TagId) -> Answer<()> {
    let _: () = network::delete_tag(&desk.practice()?, tag)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn people_list(desk: State<'_, Desk>, query: PeopleQuery) -> Answer<PeopleList> {
    Ok(network::people(&desk.practice()?, &query)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn person_get(desk: State<'_, Desk>, id: PersonId) -> Answer<PersonPage> {
    Ok(network::person(&desk.practice()?, id)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn person_add(desk: State<'_, Desk>, person: NewPerson) -> Answer<PersonId> {
    Ok(network::add_person(&desk.practice()?, person)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn person_edit(
    desk: State<'_, Desk>,
    id: PersonId,
    changes: Vec<PersonChange>,
    expected_changed_at: Option<f64>,
) -> Answer<()> {
    let _: () =
        network::edit_person(&desk.practice()?, id, &changes, expected_changed_at.map(|at| at as i64))?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn person_trash(desk: State<'_, Desk>, id: PersonId, reason: Option<String>) -> Answer<()> {
    let _: () = network::trash_person(&desk.practice()?, id, reason.as_deref())?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn affiliation_add(desk: State<'_, Desk>, person: PersonId, at: NewAffiliation) -> Answer<AffiliationId> {
    Ok(network::affiliate(&desk.practice()?, person, &at)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn affiliation_edit(
    desk: State<'_, Desk>,
    id: AffiliationId,
    changes: Vec<AffiliationChange>,
    seen: Vec<AffiliationChange>,
) -> Answer<()> {
    let _: () = network::edit_affiliation(&desk.practice()?, id, &changes, &seen)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn affiliation_end(desk: State<'_, Desk>, id: AffiliationId, on: Option<NaiveDate>) -> Answer<()> {
    let _: () = network::end_affiliation(&desk.practice()?, id, on)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn affiliation_remove(desk: State<'_, Desk>, id: AffiliationId) -> Answer<()> {
    let _: () = network::remove_affiliation(&desk.practice()?, id)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn contact_point_add(
    desk: State<'_, Desk>,
    of: Party,
    contact: NewContactPoint,
) -> Answer<ContactPointId> {
    Ok(network::add_contact_point(&desk.practice()?, of, &contact)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn contact_point_edit(
    desk: State<'_, Desk>,
    id: ContactPointId,
    to: NewContactPoint,
    seen: Option<NewContactPoint>,
) -> Answer<()> {
    let _: () = network::edit_contact_point(&desk.practice()?, id, &to, seen.as_ref())?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn contact_point_remove(desk: State<'_, Desk>, id: ContactPointId) -> Answer<()> {
    let _: () = network::remove_contact_point(&desk.practice()?, id)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn address_add(desk: State<'_, Desk>, of: Party, address: NewAddress) -> Answer<AddressId> {
    Ok(network::add_address(&desk.practice()?, of, &address)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn address_edit(
    desk: State<'_, Desk>,
    id: AddressId,
    to: NewAddress,
    seen: Option<NewAddress>,
) -> Answer<()> {
    let _: () = network::edit_address(&desk.practice()?, id, &to, seen.as_ref())?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn address_remove(desk: State<'_, Desk>, id: AddressId) -> Answer<()> {
    let _: () = network::remove_address(&desk.practice()?, id)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn partner_views(desk: State<'_, Desk>) -> Answer<Vec<SavedPartnerView>> {
    Ok(network::partner_views(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn partner_view_save(
    desk: State<'_, Desk>,
    id: Option<ViewId>,
    name: String,
    view: PartnerView,
    seen: Option<PartnerView>,
) -> Answer<ViewId> {
    Ok(network::save_partner_view(&desk.practice()?, id, &name, &view, seen.as_ref())?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn partner_view_rename(
    desk: State<'_, Desk>,
    id: ViewId,
    name: String,
    seen: Option<String>,
) -> Answer<()> {
    let _: () = network::rename_view(&desk.practice()?, id, &name, seen.as_deref())?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn partner_view_delete(desk: State<'_, Desk>, id: ViewId) -> Answer<()> {
    let _: () = network::delete_view(&desk.practice()?, id)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn network_duplicates(desk: State<'_, Desk>, candidate: Candidate) -> Answer<Vec<PossibleDuplicate>> {
    Ok(network::possible_duplicates(&desk.practice()?, &candidate)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn network_mark_different(desk: State<'_, Desk>, one: Party, other: Party) -> Answer<()> {
    let _: () = network::mark_different(&desk.practice()?, one, other)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn search_everything(
    desk: State<'_, Desk>,
    text: String,
    scope: SearchScope,
    limit: u32,
) -> Answer<Vec<Hit>> {
    Ok(network::search(&desk.practice()?, &text, scope, limit)?)
}

/// Every type of partner by class. Knows nothing of the practice.
#[tauri::command(async)]
#[specta::specta]
pub fn partner_types() -> Vec<TypeInfo> {
    network::type_catalogue()
}

#[tauri::command(async)]
#[specta::specta]
pub fn people_merge_preview(desk: State<'_, Desk>, away: PersonId, into: PersonId) -> Answer<MergePreview> {
    Ok(network::merge_preview(&desk.practice()?, away, into)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn people_merge(desk: State<'_, Desk>, away: PersonId, into: PersonId) -> Answer<()> {
    let _: () = network::merge_people(&desk.practice()?, away, into)?.value;
    Ok(())
}
