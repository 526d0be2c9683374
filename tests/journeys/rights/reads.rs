//! Every way to look at the practice, by the command that does it, as the JSON that would cross the border.

use std::ops::ControlFlow;
use std::path::Path;

use baton_core::Practice;
use baton_core::audit::{self, LogQuery};
use baton_core::exchange::export::letters;
use baton_core::exchange::export::{
    CalendarOrder, ExportError, MileageOrder, PatientIdentity, RegisterFormat, RegisterOrder, RewardFormat,
    RewardOrder, TouchLogOrder, WorkbookOrder, calendar_file, field_booklet, friends_report,
    mileage_workbook, plans_workbook, printed_register, register, reward_register, scorecards_workbook,
    touch_log,
};
use baton_core::exchange::import;
use baton_core::field;
use baton_core::foundation::id::{PartnerId, RecordId, ReferralId};
use baton_core::gratitude::{self, LedgerQuery};
use baton_core::history::{self, HistoryQuery};
use baton_core::insights::{self, Period};
use baton_core::network::{
    self, Candidate, CandidateKind, PartnerFilter, PartnerQuery, PartnerSort, Party, PeopleQuery, SearchScope,
};
use baton_core::outreach::{self, CalendarQuery, DueQuery, DueShow, PlanQuery, TaskQuery, TouchQuery};
use baton_core::referrals::care;
use baton_core::referrals::help::{self, Found, HelpQuestion, Wishes};
use baton_core::referrals::inquiries::{self, InquiryQuery, InquiryView};
use baton_core::referrals::process::{self, BatonQuery, BoardQuery};
use baton_core::referrals::shared;
use baton_core::referrals::{self, Direction, ReferralError, ReferralQuery, ReferralSort};
use baton_core::retention;
use baton_core::testing::day;
use baton_core::vault;
use calamine::{Reader, Xlsx, open_workbook};
use serde::Serialize;

use super::story::{COST, Story, WHO, WHY};

/// What was answered: everything that was told, or the refusal.
pub(super) type Told = Result<String, String>;

fn told<T: Serialize, E: std::fmt::Display>(answer: Result<T, E>) -> Told {
    answer
        .map(|value| serde_json::to_string(&value).expect("it crosses the border"))
        .map_err(|error| error.to_string())
}

/// All of them, or the first refusal.
fn all(answers: impl IntoIterator<Item = Told>) -> Told {
    answers.into_iter().collect::<Result<Vec<_>, _>>().map(|all| all.join("\n"))
}

/// All that are answered, or the refusal if none is.
fn any(answers: impl IntoIterator<Item = Told>) -> Told {
    let (answered, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    match refused.into_iter().next() {
        Some(refusal) if answered.is_empty() => refusal,
        _ => all(answered),
    }
}

fn go(_: u32, _: u32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn year() -> Period {
    Period::new(day("2026-01-01"), day("2026-11-20")).expect("a period")
}

const WORDS: [&str; 8] = [WHO, "zzphi", "married", WHY, "pine", "hanna", "quill", "larkspur"];

/// Every look, by the name of its command.
pub(super) fn looks(practice: &Practice, story: &Story, folder: &Path) -> Vec<(&'static str, Told)> {
    let partners = || {
        let sorts = [PartnerSort::Name, PartnerSort::Status, PartnerSort::ReceivedYear, PartnerSort::Type];
        let texts = ["", WHO, "mary"];
        sorts.into_iter().flat_map(move |sort| {
            texts.map(|text| PartnerQuery {
                filter: PartnerFilter { text: text.into(), ..PartnerFilter::default() },
                sort,
                limit: 1,
                ..PartnerQuery::default()
            })
        })
    };
    let ids: Vec<PartnerId> = [story.partner, story.referrer].to_vec();
    let candidate = |kind, name: &str| Candidate { kind, name: name.into(), ..Candidate::default() };
    let parties: Vec<Party> = ids
        .iter()
        .copied()
        .map(Party::Partner)
        .chain(story.people.iter().copied().map(Party::Person))
        .collect();
    let of_each = |look: &dyn Fn(Party) -> Told| any(parties.iter().map(|of| look(*of)));
    let ledger = |waiting| LedgerQuery { year: 2026, after: None, waiting };
    let seqs = 1..=u32::try_from(story.practice.store().head().expect("a head").seq).expect("few");
    vec![
        ("partners_list", all(partners().map(|query| told(pages(practice, query))))),
        ("partners_ids", all(partners().map(|query| told(network::partner_ids(practice, &query))))),
        ("partners_counts", told(network::partner_counts(practice))),
        ("partner_get", any(ids.iter().map(|id| told(network::partner(practice, *id))))),
        (
            "network_trash_preview",
            told(network::preview_trash(
                practice,
                &ids.iter().copied().map(Party::Partner).collect::<Vec<_>>(),
            )),
        ),
        ("tags_list", told(network::tags(practice))),
        (
            "people_list",
            all(["", WHO, "mary"].map(|text| {
                told(network::people(practice, &PeopleQuery { text: text.into(), ..PeopleQuery::default() }))
            })),
        ),
        ("person_get", any(story.people.iter().map(|id| told(network::person(practice, *id))))),
        ("partner_views", told(network::partner_views(practice))),
        (
            "network_duplicates",
            all([CandidateKind::Partner, CandidateKind::Person].map(|kind| {
                told(network::possible_duplicates(practice, &candidate(kind, &format!("Mary {WHO}"))))
            })),
        ),
        (
            "search_everything",
            all(WORDS.map(|text| told(network::search(practice, text, SearchScope::Everything, 50)))),
        ),
        ("referrals_list", all(registers().map(|query| register_pages(practice, query)))),
        (
            "referral_get",
            any(story.records.iter().map(|id| told(referrals::referral(practice, ReferralId(*id))))),
        ),
        ("referral_sources", all(WORDS.map(|text| told(referrals::suggest_sources(practice, text, 50))))),
        (
            "referrals_open_of_patient",
            all([Some(WHO), None]
                .map(|chart| told(referrals::open_of_patient(practice, &format!("{WHO} Married"), chart)))),
        ),
        ("referral_words", told(referrals::used_words(practice))),
        ("today_overview", told(referrals::today(practice))),
        ("paths_list", told(process::paths(practice))),
        ("batons_list", all([false, true].map(|mine| batons(practice, mine)))),
        ("baton_counts", told(process::baton_counts(practice))),
        (
            "batons_board",
            all([Direction::Inbound, Direction::Outbound].map(|direction| {
                let query = BoardQuery { direction, filter: BatonQuery::default(), cards: 0 };
                told(process::board(practice, &query))
            })),
        ),
        ("referral_way", any(story.records.iter().map(|id| told(process::way(practice, ReferralId(*id)))))),
        (
            "referral_loop",
            any(story.records.iter().map(|id| told(insights::loop_audit(practice, ReferralId(*id))))),
        ),
        (
            "referral_answers",
            any(story.records.iter().map(|id| told(care::answers(practice, ReferralId(*id))))),
        ),
        (
            "experiences_list",
            any(story.records.iter().map(|id| told(care::experiences(practice, ReferralId(*id))))),
        ),
        ("experience_follow_ups", told(care::follow_ups(practice))),
        ("help_find", all([WHO, "family medicine", "spine"].map(|problem| told(find(practice, problem))))),
        ("help_facts", any(ids.iter().map(|id| told(help::help_facts(practice, *id))))),
        (
            "hand_outs_of",
            any(story.records.iter().map(|id| told(help::hand_outs_of(practice, ReferralId(*id))))),
        ),
        ("hand_outs_to_ask", told(help::hand_outs_to_ask(practice))),
        (
            "inquiries_list",
            all([InquiryView::Open, InquiryView::CallBack, InquiryView::All]
                .map(|view| told(inquiries::inquiries(practice, &InquiryQuery { view, cursor: None })))),
        ),
        ("inquiry_get", told(inquiries::inquiry(practice, story.inquiry))),
        (
            "care_groups_of",
            any(story.records.iter().map(|id| told(shared::care_groups_of(practice, ReferralId(*id))))),
        ),
        ("care_groups_open", told(shared::open_groups(practice))),
        (
            "referral_facts",
            any(story.records.iter().map(|id| told(referrals::source_facts(practice, ReferralId(*id))))),
        ),
        ("insights_inquiries", told(insights::inquiry_report(practice, &year()))),
        ("insights_care", told(insights::care_report(practice, &year()))),
        ("baton_offers", told(process::hand_overs(practice))),
        ("absences_list", told(process::absences(practice))),
        ("leaks_list", told(process::leaks(practice))),
        ("leak_reasons", told(process::leak_reasons(practice))),
        ("leak_target", told(process::leak_target(practice))),
        ("insights_leaks", told(insights::leak_report(practice, &year()))),
        ("insights_loops", told(insights::loop_report(practice, &year()))),
        (
            "history_entries",
            all(["", WHO, "Pine"].map(|text| {
                told(history::entries(
                    practice,
                    &HistoryQuery { text: Some(text.into()), ..HistoryQuery::default() },
                ))
            })),
        ),
        ("history_entry", any(seqs.map(|seq| told(history::entry(practice, seq))))),
        (
            "history_record",
            any(story.records.iter().map(|id| {
                told(history::record_history(practice, RecordId::from_bytes(*id.bytes()), None, 100))
            })),
        ),
        ("trash_list", told(history::trash(practice))),
        ("draft_get", told(history::draft_get(practice, "intake"))),
        ("insights_periods", told(Ok::<_, String>(insights::periods(practice)))),
        ("insights_scorecards", told(insights::scorecards(practice, &year()))),
        ("insights_scorecard", all(ids.iter().map(|id| told(insights::scorecard(practice, *id, &year()))))),
        ("insights_experience", all(ids.iter().map(|id| told(insights::partner_experience(practice, *id))))),
        ("import_profiles", told(import::profiles(practice))),
        (
            "register_print",
            told(printed_register(practice, &ReferralQuery::default(), &PatientIdentity::Omitted)),
        ),
        (
            "export_register",
            all([RegisterFormat::Csv, RegisterFormat::Xlsx].map(|format| {
                let order = RegisterOrder { format, period: None, patients: PatientIdentity::Omitted };
                let file = folder.join(if format == RegisterFormat::Csv { "r.csv" } else { "r.xlsx" });
                written(register(practice, &order, &file, &mut go), &file)
            })),
        ),
        ("export_scorecards", {
            let file = folder.join("s.xlsx");
            written(scorecards_workbook(practice, &WorkbookOrder::of(year()), &file, &mut go), &file)
        }),
        ("field_liaisons", told(field::field_liaisons(practice))),
        ("field_day", told(field::field_day(practice, story.outside.on, story.outside.whose))),
        ("field_week", told(field::field_week(practice, story.outside.on, story.outside.whose))),
        ("field_proposals", told(field::field_proposals(practice, story.outside.day))),
        ("field_around", told(field::field_around(practice, story.outside.day))),
        ("field_brief", told(field::visit_brief(practice, story.outside.stop))),
        (
            "field_booklet",
            told(field::booklet(practice, story.outside.day).map(|(booklet, _, _)| booklet.briefs)),
        ),
        ("field_booklet_save", {
            let file = folder.join("day.pdf");
            told(field_booklet(practice, story.outside.day, &file).map(|written| written.sheets))
        }),
        ("field_words_get", told(field::field_words(practice))),
        ("mileage_sheet", told(field::mileage_sheet(practice, 2026, None))),
        ("mileage_rates", told(field::mileage_rates(practice))),
        ("export_mileage", {
            let file = folder.join("m.xlsx");
            written(mileage_workbook(practice, &MileageOrder { year: 2026, liaison: None }, &file), &file)
        }),
        ("canvass_lists", told(field::canvass_lists(practice))),
        ("canvass_list", told(field::canvass_list(practice, story.outside.list))),
        ("thanks_queue", told(gratitude::queue(practice))),
        ("thanks_due", told(gratitude::thanks_due(practice))),
        ("thanks_of", of_each(&|of| told(gratitude::thanks_of(practice, of)))),
        ("thanks_letter", of_each(&|of| told(letters::show(practice, of, "thanks", "A line")))),
        ("thanks_held", told(letters::held(practice))),
        ("thanks_templates", told(gratitude::templates(practice))),
        ("gift_note", of_each(&|of| told(gratitude::gift_note(practice, of)))),
        ("gift_recipients", all(WORDS.map(|text| told(gratitude::gift_recipients(practice, text))))),
        ("gift_recipient", of_each(&|of| told(gratitude::gift_recipient(practice, of)))),
        ("reward_preflight", told(gratitude::preflight(practice, &story.gift))),
        ("reward_approvers", told(gratitude::approvers(practice))),
        (
            "rewards_list",
            all([false, true].map(|waiting| told(gratitude::ledger(practice, &ledger(waiting))))),
        ),
        ("rewards_of", of_each(&|of| told(gratitude::of_person(practice, of)))),
        ("reward_years", told(gratitude::years(practice))),
        ("reward_meters", told(gratitude::meters(practice, 2026))),
        ("reward_overruns", told(gratitude::overruns(practice))),
        ("gift_book", told(gratitude::gift_book(practice))),
        ("programmes_list", told(gratitude::programmes(practice))),
        ("gift_offers_list", all([false, true].map(|trashed| told(gratitude::offers(practice, trashed))))),
        ("gift_offer_check", told(gratitude::offer_check(practice, &story.offer))),
        ("reward_attestations", told(gratitude::attestations(practice))),
        ("export_gifts", {
            let file = folder.join("g.xlsx");
            written(
                reward_register(practice, &RewardOrder { year: 2026, format: RewardFormat::Xlsx }, &file),
                &file,
            )
        }),
        (
            "people_merge_preview",
            any(story.people.iter().flat_map(|away| {
                story.people.iter().map(|into| told(network::merge_preview(practice, *away, *into)))
            })),
        ),
        ("export_gifts_friends", {
            let file = folder.join("f.pdf");
            told(friends_report(practice, 2026, &file).map(|written| written.sheets))
        }),
        ("gift_exclusions", told(gratitude::exclusion_list(practice))),
        (
            "tasks_list",
            all([false, true].map(|settled| {
                told(outreach::tasks(practice, &TaskQuery { settled, ..TaskQuery::default() }))
            })),
        ),
        ("tasks_due", told(outreach::tasks_due(practice))),
        ("task_get", all(story.tasks.iter().map(|id| told(outreach::task(practice, *id))))),
        ("task_reminders", told(outreach::reminders(practice, None))),
        ("outreach_calendar", {
            let query = CalendarQuery { from: day("2026-11-01"), to: day("2026-12-31"), holder: None };
            told(outreach::calendar_entries(practice, &query))
        }),
        ("playbooks_list", told(outreach::playbooks(practice))),
        ("plans_list", told(outreach::plans(practice, &PlanQuery::default()))),
        ("plan_get", told(outreach::plan(practice, story.plan))),
        ("plan_runs", told(outreach::plan_runs(practice))),
        ("export_calendar", {
            let file = folder.join("t.ics");
            written(calendar_file(practice, &CalendarOrder { holder: None }, &file), &file)
        }),
        ("export_plans", {
            let file = folder.join("p.xlsx");
            written(plans_workbook(practice, &file), &file)
        }),
        ("outreach_measures", told(outreach::outreach_measures(practice))),
        (
            "touches_of",
            of_each(&|of| {
                let query = |trashed| TouchQuery { of, trashed, after: None, limit: 0 };
                all([false, true].map(|trashed| told(outreach::touches_of(practice, &query(trashed)))))
            }),
        ),
        ("touches_to_sort", told(outreach::touches_to_sort(practice))),
        (
            "due_list",
            all([DueShow::Due, DueShow::Snoozed].map(|show| {
                let query = DueQuery { mine: false, show, offset: 0, limit: 0 };
                told(outreach::due_list(practice, &query))
            })),
        ),
        ("cadence_of", any(ids.iter().map(|id| told(outreach::cadence_of(practice, *id))))),
        ("cadence_rules", told(outreach::cadence_rules(practice))),
        ("closeness_of", any(ids.iter().map(|id| told(outreach::closeness(practice, *id))))),
        ("outreach_figures", told(outreach::outreach_figures(practice))),
        ("export_touches", {
            let file = folder.join("t.xlsx");
            let order = TouchLogOrder { from: day("2026-01-01"), to: day("2026-11-20") };
            written(touch_log(practice, &order, &file), &file)
        }),
        ("rights_list", told(vault::rights_of_all(practice))),
        ("audit_log", told(audit::page(practice, &LogQuery::default()))),
        ("audit_check", told(audit::check(practice))),
        ("audit_people", told(audit::people(practice))),
        ("retention_policy", told(retention::policy(practice))),
        ("holds_list", told(retention::holds(practice))),
    ]
}

fn find(practice: &Practice, problem: &str) -> Result<Found, ReferralError> {
    help::find_help(practice, &HelpQuestion { problem: problem.into(), wishes: Wishes::default() })
}

fn batons(practice: &Practice, mine: bool) -> Told {
    let mut query = BatonQuery { mine, limit: 1, ..BatonQuery::default() };
    let mut pages = Vec::new();
    loop {
        let page = process::batons(practice, &query).map_err(|error| error.to_string())?;
        query.cursor.clone_from(&page.next);
        pages.push(page);
        if query.cursor.is_none() {
            return told(Ok::<_, String>(pages));
        }
    }
}

fn pages(
    practice: &Practice,
    mut query: PartnerQuery,
) -> Result<Vec<network::PartnerList>, network::NetworkError> {
    let mut pages = Vec::new();
    loop {
        let page = network::partners(practice, &query)?;
        query.cursor.clone_from(&page.next);
        pages.push(page);
        if query.cursor.is_none() {
            return Ok(pages);
        }
    }
}

fn registers() -> impl Iterator<Item = ReferralQuery> {
    let sorts = [ReferralSort::Received, ReferralSort::Patient, ReferralSort::Partner, ReferralSort::Outcome];
    sorts.into_iter().flat_map(|sort| {
        [None, Some(WHO), Some("married"), Some(WHY)].map(|text| ReferralQuery {
            text: text.map(str::to_owned),
            sort,
            limit: 1,
            ..ReferralQuery::default()
        })
    })
}

/// Every page; a register that is asked for hidden words is told to be empty by its total.
fn register_pages(practice: &Practice, mut query: ReferralQuery) -> Told {
    let mut pages = Vec::new();
    loop {
        let page = referrals::referrals(practice, &query).map_err(|error| error.to_string())?;
        query.cursor.clone_from(&page.next);
        pages.push(page);
        if query.cursor.is_none() {
            return told(Ok::<_, String>(pages));
        }
    }
}

/// What the answer says and everything the file holds.
fn written<T: Serialize>(answer: Result<T, ExportError>, file: &Path) -> Told {
    let mut text = told(answer)?;
    if file.extension().is_some_and(|ending| ending == "xlsx") {
        let mut book: Xlsx<_> = open_workbook(file).expect("a workbook");
        for sheet in book.sheet_names() {
            text.push_str(&sheet);
            let range = book.worksheet_range(&sheet).expect("a sheet");
            range.rows().flatten().for_each(|cell| text.push_str(&format!("{cell}\n")));
        }
    } else {
        text.push_str(&std::fs::read_to_string(file).expect("a table"));
    }
    Ok(text)
}

/// How the cost may be written.
pub(super) fn costs() -> [String; 2] {
    [COST.to_string(), format!("{}.{:02}", COST / 100, COST % 100)]
}
