//! Thanks, and the ledger of what was given. Nothing that answers here tells how much somebody refers.

use baton_core::exchange::export::{self, Exported, RewardFormat, RewardOrder};
use baton_core::foundation::id::{PersonId, RecordId, RewardId, ThanksId};
use baton_core::gratitude::{
    self, Attestation, ExclusionList, GiftCandidate, GiftNote, GiftRules, LedgerQuery, MeterRow, NewReward,
    NewThanks, Offer, OfferRow, Overrun, Preflight, Programme, ProgrammeStatus, QueueRow, RewardCorrection,
    RewardDecision, RewardRow, Template, TemplateChange, ThanksRow, Verdict, YearInForce, YearLimits,
};
use baton_core::network::Party;
use chrono::NaiveDate;
use tauri::{AppHandle, Runtime, State, WebviewWindow};

use super::export::no_file;
use crate::desk::Desk;
use crate::desktop::dialogs::{self, ChosenFile, ChosenFiles, FileKind};
use crate::error::{Answer, CommandError, ErrorCode};
use crate::jobs::Jobs;

const WORKBOOK: FileKind<'_> = FileKind { name: "Excel workbook", endings: &["xlsx"] };
const PDF: FileKind<'_> = FileKind { name: "PDF", endings: &["pdf"] };
const LIST: FileKind<'_> = FileKind { name: "CSV list", endings: &["csv", "txt"] };

#[tauri::command(async)]
#[specta::specta]
pub fn thanks_queue(desk: State<'_, Desk>) -> Answer<Vec<QueueRow>> {
    Ok(gratitude::queue(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn thanks_due(desk: State<'_, Desk>) -> Answer<Vec<QueueRow>> {
    Ok(gratitude::thanks_due(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn thanks_of(desk: State<'_, Desk>, of: Party) -> Answer<Vec<ThanksRow>> {
    Ok(gratitude::thanks_of(&desk.practice()?, of)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn thanks_draft(desk: State<'_, Desk>, thanks: NewThanks) -> Answer<()> {
    let _: () = gratitude::save_draft(&desk.practice()?, &thanks)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn thanks_send(desk: State<'_, Desk>, thanks: NewThanks) -> Answer<ThanksId> {
    Ok(export::letters::send(&desk.practice()?, &thanks)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn thanks_waive(desk: State<'_, Desk>, of: Party, reason: String) -> Answer<ThanksId> {
    Ok(gratitude::waive_thanks(&desk.practice()?, of, &reason)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn thanks_templates(desk: State<'_, Desk>) -> Answer<Vec<Template>> {
    Ok(gratitude::templates(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn thanks_template_set(desk: State<'_, Desk>, change: TemplateChange) -> Answer<String> {
    Ok(gratitude::set_template(&desk.practice()?, &change)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn thanks_template_reset(desk: State<'_, Desk>, code: String) -> Answer<()> {
    let _: () = gratitude::reset_template(&desk.practice()?, &code)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn gift_note(desk: State<'_, Desk>, of: Party) -> Answer<GiftNote> {
    Ok(gratitude::gift_note(&desk.practice()?, of)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn gift_note_set(desk: State<'_, Desk>, of: Party, note: GiftNote) -> Answer<()> {
    let _: () = gratitude::set_gift_note(&desk.practice()?, of, &note)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn gift_recipients(desk: State<'_, Desk>, text: String) -> Answer<Vec<GiftCandidate>> {
    Ok(gratitude::gift_recipients(&desk.practice()?, &text)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn gift_recipient(desk: State<'_, Desk>, of: Party) -> Answer<GiftCandidate> {
    Ok(gratitude::gift_recipient(&desk.practice()?, of)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn reward_preflight(desk: State<'_, Desk>, reward: NewReward) -> Answer<Preflight> {
    Ok(gratitude::preflight(&desk.practice()?, &reward)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn reward_record(
    desk: State<'_, Desk>,
    reward: NewReward,
    shown: Verdict,
    exception: Option<String>,
) -> Answer<RewardId> {
    Ok(gratitude::record_reward(&desk.practice()?, &reward, shown, exception.as_deref())?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn reward_correct(desk: State<'_, Desk>, id: RewardId, correction: RewardCorrection) -> Answer<RewardId> {
    Ok(gratitude::correct_reward(&desk.practice()?, id, &correction)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn reward_decide(desk: State<'_, Desk>, id: RewardId, decision: RewardDecision) -> Answer<()> {
    let _: () = gratitude::decide_reward(&desk.practice()?, id, &decision)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn reward_approvers(desk: State<'_, Desk>) -> Answer<Vec<String>> {
    Ok(gratitude::approvers(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn rewards_list(desk: State<'_, Desk>, query: LedgerQuery) -> Answer<Vec<RewardRow>> {
    Ok(gratitude::ledger(&desk.practice()?, &query)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn rewards_of(desk: State<'_, Desk>, of: Party) -> Answer<Vec<RewardRow>> {
    Ok(gratitude::of_person(&desk.practice()?, of)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn reward_years(desk: State<'_, Desk>) -> Answer<Vec<i32>> {
    Ok(gratitude::years(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn reward_meters(desk: State<'_, Desk>, year: i32) -> Answer<Vec<MeterRow>> {
    Ok(gratitude::meters(&desk.practice()?, year)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn reward_overruns(desk: State<'_, Desk>) -> Answer<Vec<Overrun>> {
    Ok(gratitude::overruns(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn reward_return(
    desk: State<'_, Desk>,
    of: RecordId,
    year: i32,
    returned_on: NaiveDate,
    note: String,
) -> Answer<RewardId> {
    Ok(gratitude::return_excess(&desk.practice()?, of, year, returned_on, &note)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn rewards_together(desk: State<'_, Desk>, away: PersonId, into: PersonId) -> Answer<()> {
    let _: () = gratitude::count_together(&desk.practice()?, away, into)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn gift_book(desk: State<'_, Desk>) -> Answer<(Vec<YearInForce>, GiftRules)> {
    Ok(gratitude::gift_book(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn gift_limits_set(desk: State<'_, Desk>, limits: YearLimits) -> Answer<()> {
    let _: () = gratitude::set_limits(&desk.practice()?, &limits)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn gift_limits_reset(desk: State<'_, Desk>, year: i32) -> Answer<()> {
    let _: () = gratitude::reset_limits(&desk.practice()?, year)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn gift_rules_set(desk: State<'_, Desk>, rules: GiftRules) -> Answer<()> {
    let _: () = gratitude::set_gift_rules(&desk.practice()?, &rules)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn programmes_list(desk: State<'_, Desk>) -> Answer<Vec<Programme>> {
    Ok(gratitude::programmes(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn programme_save(desk: State<'_, Desk>, programme: Programme) -> Answer<RecordId> {
    Ok(gratitude::save_programme(&desk.practice()?, &programme)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn programme_status(desk: State<'_, Desk>, id: RecordId, status: ProgrammeStatus) -> Answer<()> {
    let _: () = gratitude::set_programme_status(&desk.practice()?, id, status)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn gift_offers_list(desk: State<'_, Desk>, trashed: bool) -> Answer<Vec<OfferRow>> {
    Ok(gratitude::offers(&desk.practice()?, trashed)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn gift_offer_check(desk: State<'_, Desk>, offer: Offer) -> Answer<Preflight> {
    Ok(gratitude::offer_check(&desk.practice()?, &offer)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn gift_offer_save(desk: State<'_, Desk>, offer: Offer) -> Answer<RecordId> {
    Ok(gratitude::save_offer(&desk.practice()?, &offer)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn gift_offer_decide(desk: State<'_, Desk>, id: RecordId, decision: RewardDecision) -> Answer<()> {
    let _: () = gratitude::decide_offer(&desk.practice()?, id, &decision)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn gift_offer_trash(desk: State<'_, Desk>, id: RecordId, reason: String) -> Answer<()> {
    let _: () = gratitude::trash_offer(&desk.practice()?, id, &reason)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn gift_offer_restore(desk: State<'_, Desk>, id: RecordId) -> Answer<()> {
    let _: () = gratitude::restore_offer(&desk.practice()?, id)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn reward_attestations(desk: State<'_, Desk>) -> Answer<Vec<Attestation>> {
    Ok(gratitude::attestations(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn reward_attest(desk: State<'_, Desk>, year: i32, findings: String) -> Answer<RecordId> {
    Ok(gratitude::attest(&desk.practice()?, year, &findings)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn export_gifts(
    desk: State<'_, Desk>,
    chosen: State<'_, ChosenFiles>,
    file: String,
    order: RewardOrder,
) -> Answer<Exported> {
    let (practice, target) = (desk.practice()?, chosen.path_to_write(&file).ok_or_else(no_file)?);
    Ok(export::reward_register(&practice, &order, &target)?)
}

/// Asks where the register goes; `null` if the person changed their mind.
#[tauri::command(async)]
#[specta::specta]
pub fn export_gifts_choose<R: Runtime>(
    window: WebviewWindow<R>,
    chosen: State<'_, ChosenFiles>,
    suggested: String,
    format: RewardFormat,
) -> Option<ChosenFile> {
    let kind = match format {
        RewardFormat::Xlsx => WORKBOOK,
        RewardFormat::Pdf => PDF,
    };
    dialogs::ask_to_save(&window, &chosen, "Save as", &suggested, &[kind])
}

#[tauri::command(async)]
#[specta::specta]
pub fn gift_exclusions(desk: State<'_, Desk>) -> Answer<Option<ExclusionList>> {
    Ok(gratitude::exclusion_list(&desk.practice()?)?)
}

/// Asks for the file of the list; `null` if the person changed their mind.
#[tauri::command(async)]
#[specta::specta]
pub fn gift_exclusions_choose<R: Runtime>(
    window: WebviewWindow<R>,
    chosen: State<'_, ChosenFiles>,
) -> Option<ChosenFile> {
    dialogs::ask_to_open(&window, &chosen, "The OIG exclusion list", &[LIST])
}

#[tauri::command(async)]
#[specta::specta]
pub fn gift_exclusions_read<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    jobs: State<'_, Jobs>,
    chosen: State<'_, ChosenFiles>,
    file: String,
    listed_on: NaiveDate,
) -> Answer<u32> {
    let told = "Choose the file again; the choice ended when Baton was locked.";
    let (practice, path) = (desk.practice()?, chosen.path_to_read(&file));
    let path = path.ok_or_else(|| CommandError::new(ErrorCode::Missing, told))?;
    let read = jobs.run(&app, "exclusions", |progress| {
        gratitude::read_exclusions(&practice, &path, listed_on, progress)
    });
    Ok(read?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn gift_exclusions_forget(desk: State<'_, Desk>) -> Answer<()> {
    let _: () = gratitude::forget_exclusions(&desk.practice()?)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn export_gifts_friends(
    desk: State<'_, Desk>,
    chosen: State<'_, ChosenFiles>,
    file: String,
    year: i32,
) -> Answer<Exported> {
    let (practice, target) = (desk.practice()?, chosen.path_to_write(&file).ok_or_else(no_file)?);
    Ok(export::friends_report(&practice, year, &target)?)
}
