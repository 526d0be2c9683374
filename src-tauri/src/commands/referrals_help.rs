//! Finding help for a patient, inquiries, care groups, and how patients came to us.

use baton_core::exchange::import::reading::{Limits, open_source};
use baton_core::foundation::date_text::DateOrder;
use baton_core::foundation::id::{PartnerId, PatientId, RecordId, ReferralId};
use baton_core::insights::{self, InquiryReport, Period};
use baton_core::referrals::help::{
    self, Found, HandOut, HandOutAnswer, HelpFacts, HelpQuestion, NewHandOut, NewIssue, Strengths,
};
use baton_core::referrals::inquiries::{self, CallLog, Inquiry, InquiryForm, InquiryPage, InquiryQuery};
use baton_core::referrals::shared::{self, CareGroup, GroupForm};
use baton_core::referrals::{self, Intake, SourceFacts, Taken};
use chrono::NaiveDate;
use tauri::State;

use crate::desk::Desk;
use crate::desktop::dialogs::ChosenFiles;
use crate::error::{Answer, CommandError, ErrorCode};

#[tauri::command(async)]
#[specta::specta]
pub fn help_find(desk: State<'_, Desk>, question: HelpQuestion) -> Answer<Found> {
    Ok(help::find_help(&desk.practice()?, &question)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn help_facts(desk: State<'_, Desk>, partner: PartnerId) -> Answer<HelpFacts> {
    Ok(help::help_facts(&desk.practice()?, partner)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn help_strengths_set(desk: State<'_, Desk>, partner: PartnerId, strengths: Strengths) -> Answer<()> {
    let _: () = help::set_strengths(&desk.practice()?, partner, &strengths)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn help_issue_open(desk: State<'_, Desk>, partner: PartnerId, issue: NewIssue) -> Answer<RecordId> {
    Ok(help::open_issue(&desk.practice()?, partner, &issue)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn help_issue_close(desk: State<'_, Desk>, id: RecordId, resolution: String) -> Answer<()> {
    let _: () = help::close_issue(&desk.practice()?, id, &resolution)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn hand_out_give(desk: State<'_, Desk>, hand_out: NewHandOut) -> Answer<RecordId> {
    Ok(help::give_hand_out(&desk.practice()?, &hand_out)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn hand_out_answer(desk: State<'_, Desk>, id: RecordId, said: HandOutAnswer) -> Answer<()> {
    let _: () = help::answer_hand_out(&desk.practice()?, id, &said)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn hand_outs_of(desk: State<'_, Desk>, id: ReferralId) -> Answer<Vec<HandOut>> {
    Ok(help::hand_outs_of(&desk.practice()?, id)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn hand_outs_to_ask(desk: State<'_, Desk>) -> Answer<Vec<HandOut>> {
    Ok(help::hand_outs_to_ask(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn inquiries_list(desk: State<'_, Desk>, query: InquiryQuery) -> Answer<InquiryPage> {
    Ok(inquiries::inquiries(&desk.practice()?, &query)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn inquiry_get(desk: State<'_, Desk>, id: RecordId) -> Answer<Inquiry> {
    Ok(inquiries::inquiry(&desk.practice()?, id)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn inquiry_add(desk: State<'_, Desk>, form: InquiryForm) -> Answer<RecordId> {
    Ok(inquiries::add_inquiry(&desk.practice()?, &form)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn inquiry_edit(desk: State<'_, Desk>, id: RecordId, form: InquiryForm) -> Answer<()> {
    let _: () = inquiries::edit_inquiry(&desk.practice()?, id, &form)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn inquiry_remove(desk: State<'_, Desk>, id: RecordId) -> Answer<()> {
    let _: () = inquiries::remove_inquiry(&desk.practice()?, id)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn inquiry_to_referral(desk: State<'_, Desk>, id: RecordId, intake: Intake) -> Answer<Taken> {
    Ok(inquiries::inquiry_to_referral(&desk.practice()?, id, &intake)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn visit_add(desk: State<'_, Desk>, patient: PatientId, on: NaiveDate) -> Answer<()> {
    let _: () = inquiries::add_visit(&desk.practice()?, patient, on)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn visit_remove(desk: State<'_, Desk>, patient: PatientId, on: NaiveDate) -> Answer<()> {
    let _: () = inquiries::remove_visit(&desk.practice()?, patient, on)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn insights_inquiries(desk: State<'_, Desk>, period: Period) -> Answer<InquiryReport> {
    Ok(insights::inquiry_report(&desk.practice()?, &period)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn care_groups_of(desk: State<'_, Desk>, id: ReferralId) -> Answer<Vec<CareGroup>> {
    Ok(shared::care_groups_of(&desk.practice()?, id)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn care_groups_open(desk: State<'_, Desk>) -> Answer<Vec<CareGroup>> {
    Ok(shared::open_groups(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn care_group_add(desk: State<'_, Desk>, referral: ReferralId, group: GroupForm) -> Answer<RecordId> {
    Ok(shared::add_group(&desk.practice()?, referral, &group)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn care_group_edit(desk: State<'_, Desk>, id: RecordId, group: GroupForm) -> Answer<()> {
    let _: () = shared::edit_group(&desk.practice()?, id, &group)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn care_part_done(desk: State<'_, Desk>, id: RecordId, done: bool) -> Answer<()> {
    let _: () = shared::mark_part(&desk.practice()?, id, done)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn care_group_close(desk: State<'_, Desk>, id: RecordId) -> Answer<()> {
    let _: () = shared::close_group(&desk.practice()?, id)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn care_group_reopen(desk: State<'_, Desk>, id: RecordId) -> Answer<()> {
    let _: () = shared::reopen_group(&desk.practice()?, id)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_facts(desk: State<'_, Desk>, id: ReferralId) -> Answer<SourceFacts> {
    Ok(referrals::source_facts(&desk.practice()?, id)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_facts_set(desk: State<'_, Desk>, id: ReferralId, facts: SourceFacts) -> Answer<()> {
    let _: () = referrals::set_source_facts(&desk.practice()?, id, &facts)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_intake_with(desk: State<'_, Desk>, intake: Intake, facts: SourceFacts) -> Answer<Taken> {
    Ok(referrals::intake_with_facts(&desk.practice()?, &intake, &facts)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn call_log_read(
    desk: State<'_, Desk>,
    chosen: State<'_, ChosenFiles>,
    file: String,
    order: Option<DateOrder>,
) -> Answer<CallLog> {
    let practice = desk.practice()?;
    Ok(inquiries::read_call_log(&practice, &call_log(&chosen, &file)?, order)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn call_log_take(
    desk: State<'_, Desk>,
    chosen: State<'_, ChosenFiles>,
    file: String,
    order: Option<DateOrder>,
) -> Answer<u32> {
    let practice = desk.practice()?;
    Ok(inquiries::take_call_log(&practice, &call_log(&chosen, &file)?, order)?.value)
}

/// The text of a chosen file.
fn call_log(chosen: &ChosenFiles, file: &str) -> Answer<String> {
    let path = chosen.path_to_read(file).ok_or_else(|| {
        CommandError::new(
            ErrorCode::Missing,
            "Choose the file again; the choice ended when Baton was locked.",
        )
    })?;
    Ok(open_source(&path, &Limits::default())?.as_text()?)
}
