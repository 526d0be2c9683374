//! A liaison's days outside: planned, ordered, briefed, logged and paid for, and a list that is canvassed.

use baton_core::Practice;
use baton_core::exchange::export::{
    CalendarOrder, MileageOrder, calendar_file, field_booklet, mileage_workbook,
};
use baton_core::field::{
    self, CanvassForm, CanvassOutcome, CanvassWay, DayStatus, FieldError, FieldPlan, FieldWords, NewAttempt,
    PlaceForm, Precision, ProposalReason, StopForm, StopLeftOut, VisitDayForm, VisitLog, VisitTopic, Waiting,
};
use baton_core::foundation::id::{PartnerId, ProfileId, VisitDayId, VisitStopId};
use baton_core::history;
use baton_core::network::{
    NewAddress, NewPartner, PartnerClass, PartnerType, Party, Ring, add_address, add_partner, tag_partners,
    tags,
};
use baton_core::outreach::{
    self, CadenceFrom, CadenceRules, CalendarQuery, CostKind, EntryKind, Interval, NewTask, NewTouch,
    NextStep, Nurture, Snooze, StartedBy, TagCadence, TouchForm, add_task, log_touch,
};
use baton_core::referrals::help::{IssueCategory, NewIssue, open_issue};
use baton_core::testing::{TestPractice, day, practice, practice_over_time, with_role};
use baton_core::vault::Role;

const TODAY: &str = "2025-11-25";

/// An office so many thousandths of a degree east and north of ours.
fn office(practice: &Practice, name: &str, east: i32, north: i32) -> PartnerId {
    let id = bare(practice, name);
    let place = NewAddress {
        city: "Portland".into(),
        zip: "04101".into(),
        latitude: (43.66 + f64::from(north) / 1e3).to_string(),
        longitude: (-70.26 + f64::from(east) / 1e3).to_string(),
        ..NewAddress::default()
    };
    add_address(practice, Party::Partner(id), &place).expect("an address");
    id
}

fn bare(practice: &Practice, name: &str) -> PartnerId {
    let new = NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, name);
    add_partner(practice, new).expect("a partner").value
}

fn frame() -> VisitDayForm {
    VisitDayForm {
        starts: 9 * 60,
        ends: 17 * 60,
        start: PlaceForm {
            name: "Office".into(),
            zip: String::new(),
            latitude: "43.66".into(),
            longitude: "-70.26".into(),
        },
        end: None,
        lunch_from: Some(11 * 60),
        lunch_minutes: 30,
    }
}

fn stop(partner: PartnerId) -> StopForm {
    StopForm {
        partner,
        person: None,
        minutes: 30,
        opens: None,
        closes: None,
        priority: 3,
        goal: String::new(),
        topics: Vec::new(),
        way_minutes: None,
    }
}

fn planned(practice: &Practice) -> VisitDayId {
    field::plan_day(practice, day(TODAY), practice.actor().id, &frame()).expect("a day").value
}

fn add(practice: &Practice, day: VisitDayId, form: &StopForm) -> VisitStopId {
    field::add_stop(practice, day, form).expect("a stop").value
}

fn plan(practice: &Practice) -> FieldPlan {
    let found = field::field_day(practice, day(TODAY), practice.actor().id).expect("the day");
    found.plan.expect("a plan")
}

fn names(plan: &FieldPlan) -> Vec<&str> {
    plan.stops.iter().map(|stop| stop.name.as_str()).collect()
}

fn log(outcome: &str) -> VisitLog {
    VisitLog {
        form: TouchForm::Visit,
        people: Vec::new(),
        outcome: outcome.into(),
        next: Some(NextStep { title: "Call back".into(), due_on: day("2025-12-05"), promised: true }),
        topics: vec![VisitTopic::Specialties],
        minutes: 25,
        at: Some(10 * 60),
        way_tenths: None,
        cost_cents: 0,
        cost_kind: None,
    }
}

fn beside<T: std::fmt::Debug>(answer: Result<T, FieldError>) -> &'static str {
    match answer {
        Err(FieldError::Invalid { field, .. }) => field,
        Err(FieldError::Outreach(baton_core::outreach::OutreachError::Invalid { field, .. })) => field,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_day_is_planned_ordered_and_walked() {
    let practice = practice(TODAY);
    let (far, near, back) = (
        office(&practice, "Far", 200, 0),
        office(&practice, "Near", 100, 0),
        office(&practice, "Back", 0, 60),
    );
    let id = planned(&practice);
    // Each is put where it adds the least, so that they stand along the way already.
    for partner in [far, near, back] {
        add(&practice, id, &stop(partner));
    }
    let found = plan(&practice);
    assert_eq!((found.status, found.stops.len()), (DayStatus::Planned, 3));
    assert_eq!(found.stops[0].leg.expect("a way").minutes, found.stops[0].arrive - 540);
    let driving = found.driving;
    // Put out of order by hand, and ordered again.
    let last = found.stops[2].id;
    field::move_stop(&practice, last, id, 0).expect("moved");
    let moved = plan(&practice);
    assert_eq!(moved.stops[0].id, last);
    let middle = moved.stops[1].id;
    field::move_stop(&practice, middle, id, 9).expect("moved to the end");
    assert!(plan(&practice).driving >= driving);
    let ordered = field::order_stops(&practice, id).expect("ordered").value;
    assert_eq!(ordered.left, []);
    assert!(plan(&practice).driving <= driving);
    let meal = plan(&practice).meal.expect("a meal");
    assert!((660..=780).contains(&meal.at), "{meal:?}");
    history::undo_last(&practice).expect("undone");
    assert!(plan(&practice).driving >= driving);
}

#[test]
fn a_fixed_time_is_kept_and_what_does_not_fit_is_told() {
    let practice = practice(TODAY);
    let id = planned(&practice);
    let fixed = office(&practice, "Fixed", 100, 0);
    add(&practice, id, &StopForm { opens: Some(660), closes: Some(660), ..stop(fixed) });
    add(&practice, id, &stop(office(&practice, "Before", 0, 50)));
    let shut = add(&practice, id, &StopForm { closes: Some(545), ..stop(office(&practice, "Shut", 300, 0)) });
    let nowhere = add(&practice, id, &stop(bare(&practice, "Nowhere")));
    let ordered = field::order_stops(&practice, id).expect("ordered").value;
    let mut left: Vec<_> = ordered.left.iter().map(|left| (left.stop, left.why)).collect();
    left.sort();
    let mut wanted = vec![(shut, StopLeftOut::ClosedOnArrival), (nowhere, StopLeftOut::NoPlace)];
    wanted.sort();
    assert_eq!(left, wanted);
    let found = plan(&practice);
    assert_eq!(names(&found)[..2], ["Before", "Fixed"]);
    assert_eq!(found.stops[1].begin, 660);
    assert!(found.stops.iter().find(|stop| stop.id == shut).expect("there").late.is_some());
    let lost = found.stops.iter().find(|stop| stop.id == nowhere).expect("there");
    assert_eq!((lost.spot, lost.leg), (None, None));
    // Minutes by hand make it a stop like the others.
    let told = StopForm { way_minutes: Some(20), ..lost.form.clone() };
    field::edit_stop(&practice, nowhere, &told).expect("told");
    let ordered = field::order_stops(&practice, id).expect("ordered").value;
    assert!(!ordered.left.iter().any(|left| left.stop == nowhere));
}

#[test]
fn what_can_t_be_is_told_beside_its_field_and_nothing_is_written() {
    let practice = practice(TODAY);
    let me = practice.actor().id;
    let place = |change: fn(&mut PlaceForm)| {
        let mut start = frame().start;
        change(&mut start);
        VisitDayForm { start, ..frame() }
    };
    for (field, form) in [
        ("ends", VisitDayForm { ends: 540, ..frame() }),
        ("starts", VisitDayForm { starts: 1_440, ..frame() }),
        ("lunchFrom", VisitDayForm { lunch_from: Some(400), ..frame() }),
        ("lunchMinutes", VisitDayForm { lunch_minutes: 300, ..frame() }),
        ("startName", place(|start| start.name.clear())),
        ("startLatitude", place(|start| start.latitude = "95".into())),
        ("startLongitude", place(|start| start.longitude.clear())),
        (
            "startZip",
            place(|start| *start = PlaceForm { name: "A".into(), zip: "00000".into(), ..Default::default() }),
        ),
        ("startZip", place(|start| *start = PlaceForm { name: "A".into(), ..Default::default() })),
    ] {
        assert_eq!(beside(field::plan_day(&practice, day(TODAY), me, &form)), field, "{form:?}");
    }
    let id = planned(&practice);
    let partner = office(&practice, "Pine", 10, 0);
    for (field, form) in [
        ("closes", StopForm { opens: Some(700), closes: Some(699), ..stop(partner) }),
        ("opens", StopForm { opens: Some(1_440), ..stop(partner) }),
        ("minutes", StopForm { minutes: 0, ..stop(partner) }),
        ("priority", StopForm { priority: 6, ..stop(partner) }),
        ("goal", StopForm { goal: "x".repeat(301), ..stop(partner) }),
        ("wayMinutes", StopForm { way_minutes: Some(601), ..stop(partner) }),
    ] {
        assert_eq!(beside(field::add_stop(&practice, id, &form)), field);
    }
    let there = add(&practice, id, &stop(partner));
    assert_eq!(beside(field::add_stop(&practice, id, &stop(partner))), "partner");
    assert_eq!(beside(field::skip_visit(&practice, there, " ")), "reason");
    assert_eq!(beside(field::log_visit(&practice, there, &log("  "))), "outcome");
    assert_eq!(beside(field::log_visit(&practice, there, &VisitLog { next: None, ..log("Met") })), "title");
    assert_eq!(
        beside(field::log_visit(&practice, there, &VisitLog { cost_cents: 100, ..log("Met") })),
        "costKind"
    );
    assert_eq!(plan(&practice).status, DayStatus::Planned);
}

#[test]
fn two_hundred_stops_are_the_most() {
    let practice = practice(TODAY);
    let id = planned(&practice);
    for number in 0..200 {
        add(
            &practice,
            id,
            &StopForm { minutes: 5, ..stop(office(&practice, &format!("Office {number}"), number, 0)) },
        );
    }
    let one_more = office(&practice, "One more", 1, 1);
    assert_eq!(beside(field::add_stop(&practice, id, &stop(one_more))), "partner");
    let full = plan(&practice);
    assert_eq!(full.stops.len(), 200);
    assert!(full.over.is_some(), "a day has no time for two hundred");
}

#[test]
fn an_unknown_zip_is_told_and_never_guessed() {
    let practice = practice(TODAY);
    let id = planned(&practice);
    let by_zip = |zip: &str| {
        let partner = bare(&practice, zip);
        let place = NewAddress { zip: zip.into(), ..NewAddress::default() };
        add_address(&practice, Party::Partner(partner), &place).expect("an address");
        add(&practice, id, &stop(partner))
    };
    let (known, unknown) = (by_zip("04101"), by_zip("00000"));
    let found = plan(&practice);
    let of = |id| found.stops.iter().find(|stop| stop.id == id).expect("there");
    assert_eq!(of(known).spot.expect("in its ZIP").precision, Precision::Zip);
    assert_eq!((of(unknown).spot, of(unknown).unknown_zip.as_deref()), (None, Some("00000")));
}

#[test]
fn a_logged_day_is_contacts_tasks_and_miles_and_says_when_it_is_done() {
    let practice = practice(TODAY);
    let id = planned(&practice);
    let first = add(&practice, id, &stop(office(&practice, "First", 100, 0)));
    let second = add(&practice, id, &stop(office(&practice, "Second", 100, 20)));
    let third = add(&practice, id, &stop(office(&practice, "Third", 100, 40)));
    for (place, stop) in [(0, first), (1, second), (2, third)] {
        field::move_stop(&practice, stop, id, place).expect("moved");
    }
    let estimate = plan(&practice).stops[0].leg.and_then(|leg| leg.tenths).expect("miles");
    assert_eq!(plan(&practice).stops[0].id, first);
    field::log_visit(&practice, first, &log("They book through the desk")).expect("logged");
    assert_eq!(plan(&practice).status, DayStatus::UnderWay);
    assert_eq!(beside(field::log_visit(&practice, first, &log("Again"))), "stop");
    field::skip_visit(&practice, second, "Closed for a training").expect("left out");
    let paid = VisitLog {
        way_tenths: Some(52),
        cost_cents: 1_850,
        cost_kind: Some(CostKind::Meal),
        form: TouchForm::Lunch,
        ..log("Lunch")
    };
    field::log_visit(&practice, third, &paid).expect("logged");
    let done = plan(&practice);
    assert_eq!(done.status, DayStatus::Done);
    assert_eq!(done.stops[0].way_tenths, Some(estimate));
    let home = done.home_tenths.expect("the way back");
    let sheet = field::mileage_sheet(&practice, 2025, None).expect("the sheet");
    let told: Vec<_> = sheet
        .trips
        .iter()
        .map(|trip| (trip.from.as_str(), trip.to.as_str(), trip.tenths, trip.cents))
        .collect();
    // Tenths of a mile at 70.0 cents are seven cents each.
    let cents = |tenths: u32| Some(i64::from(tenths) * 7);
    assert_eq!(
        told,
        [
            ("Office", "First", estimate, cents(estimate)),
            ("First", "Third", 52, Some(364)),
            ("Third", "Office", home, cents(home))
        ]
    );
    assert_eq!(sheet.mileage_cents, Some(i64::from(estimate + 52 + home) * 7));
    assert_eq!((sheet.expense_cents, sheet.visit_minutes), (1_850, 50));
    // One step back takes the contact, its task and the end of the day with it.
    history::undo_last(&practice).expect("undone");
    assert_eq!((plan(&practice).status, plan(&practice).home_tenths), (DayStatus::UnderWay, None));
    assert_eq!(field::mileage_sheet(&practice, 2025, None).expect("the sheet").trips.len(), 1);
}

#[test]
fn a_year_without_a_rate_is_not_set_and_takes_no_other_years() {
    let (practice, set) = practice_over_time("2026-03-02");
    let me = practice.actor().id;
    let partner = office(&practice, "Pine", 100, 0);
    let id = field::plan_day(&practice, day("2026-03-02"), me, &frame()).expect("a day").value;
    let there = add(&practice, id, &stop(partner));
    let next = NextStep { title: "Call".into(), due_on: day("2026-03-09"), promised: false };
    field::log_visit(&practice, there, &VisitLog { next: Some(next), ..log("Met") }).expect("logged");
    let sheet = field::mileage_sheet(&practice, 2026, None).expect("the sheet");
    assert_eq!((sheet.rate, sheet.mileage_cents), (None, None));
    assert!(sheet.trips.iter().all(|trip| trip.cents.is_none() && trip.tenth_cents.is_none()));
    assert_eq!(beside(field::set_mileage_rate(&practice, 2026, 0, "A notice")), "rate");
    assert_eq!(beside(field::set_mileage_rate(&practice, 2026, 700, " ")), "source");
    assert_eq!(beside(field::set_mileage_rate(&practice, 1999, 700, "A notice")), "year");
    set(day("2026-03-03"));
    field::set_mileage_rate(&practice, 2026, 655, "The practice's own rate").expect("set");
    let sheet = field::mileage_sheet(&practice, 2026, None).expect("the sheet");
    let sum: i64 = sheet.trips.iter().map(|trip| (f64::from(trip.tenths) * 6.55 + 1e-9).round() as i64).sum();
    assert_eq!(sheet.mileage_cents, Some(sum));
    assert_eq!(sheet.rate.expect("set").verified_on, day("2026-03-03"));
    let years: Vec<_> = field::mileage_rates(&practice)
        .expect("rates")
        .iter()
        .map(|rate| (rate.year, rate.tenth_cents))
        .collect();
    assert_eq!(years, [(2026, 655), (2025, 700), (2024, 670)]);
}

/// A talk with an answer so many days before today.
fn talked(practice: &Practice, partner: PartnerId, before: u64) {
    let on = day(TODAY) - chrono::Days::new(before);
    let touch = NewTouch {
        partner,
        people: Vec::new(),
        referral: None,
        on,
        at: None,
        form: TouchForm::Call,
        started_by: StartedBy::Us,
        two_way: true,
        bulk: false,
        category: None,
        purpose: String::new(),
        learned: String::new(),
        minutes: 10,
        cost_cents: 0,
        cost_kind: None,
        kept_private: false,
        next: None,
    };
    log_touch(practice, &touch).expect("a talk");
}

fn why(practice: &Practice, id: VisitDayId) -> Vec<(String, Vec<ProposalReason>)> {
    let found = field::field_proposals(practice, id).expect("proposals");
    found.into_iter().map(|one| (one.name, one.reasons)).collect()
}

#[test]
fn who_waits_is_proposed_first_and_only_near_the_way() {
    let practice = practice(TODAY);
    let id = planned(&practice);
    let _new = office(&practice, "New", 50, 0);
    let promised = office(&practice, "Promised", 60, 0);
    let worried = office(&practice, "Worried", 70, 0);
    office(&practice, "Too far", 2_000, 0);
    bare(&practice, "Nowhere");
    let task = NewTask {
        promised: true,
        partner: Some(promised),
        ..NewTask::titled("Names", day("2025-12-01"), practice.actor().id)
    };
    add_task(&practice, &task).expect("a promise");
    let issue = NewIssue {
        category: IssueCategory::Access,
        severity: 2,
        what: "Waits".into(),
        opened_on: None,
        told_on: None,
    };
    open_issue(&practice, worried, &issue).expect("a concern");
    let found = field::field_proposals(&practice, id).expect("proposals");
    assert_eq!(
        why(&practice, id),
        [
            (
                "Promised".into(),
                vec![ProposalReason::Promise { by: day("2025-12-01") }, ProposalReason::NotBegun]
            ),
            ("Worried".into(), vec![ProposalReason::Concern { severity: 2 }, ProposalReason::NotBegun]),
            ("New".into(), vec![ProposalReason::NotBegun]),
        ]
    );
    // What it adds is what the day is longer by.
    add(&practice, id, &stop(promised));
    let before = plan(&practice);
    let other = field::field_proposals(&practice, id).expect("proposals").remove(0);
    assert_eq!(other.partner, found[1].partner);
    add(&practice, id, &stop(other.partner));
    let after = plan(&practice);
    assert_eq!(
        (after.driving - before.driving, after.tenths - before.tenths),
        (other.adds_minutes, other.adds_tenths)
    );
}

#[test]
fn a_day_outside_stands_in_the_calendar_and_in_its_file() {
    let practice = practice(TODAY);
    let id = planned(&practice);
    for name in ["Pine", "Fern"] {
        let partner = office(&practice, name, 50, 0);
        add(&practice, id, &stop(partner));
    }
    let me = practice.actor().id;
    let other = with_role(&practice, Role::Liaison).actor().id;
    field::plan_day(&practice, day("2025-11-28"), other, &frame()).expect("an empty day");
    type Told = (String, String, Option<String>, Option<u16>, bool);
    let on = |holder: Option<ProfileId>| -> Vec<Told> {
        let query = CalendarQuery { from: day("2025-11-20"), to: day("2025-11-30"), holder };
        let shown = outreach::calendar_entries(&practice, &query).expect("a calendar");
        let entries = shown.days.into_iter().flat_map(|day| day.entries);
        let visits = entries.filter(|entry| entry.kind == EntryKind::Visits);
        visits.map(|entry| (entry.on.to_string(), entry.title, entry.partner, entry.at, entry.late)).collect()
    };
    let both = Some("Fern, Pine".to_owned());
    let mine = (TODAY.to_owned(), "2 visits".to_owned(), both, Some(540), false);
    let theirs = ("2025-11-28".to_owned(), "A day outside".to_owned(), None, Some(540), false);
    assert_eq!(on(None), [mine.clone(), theirs]);
    assert_eq!(on(Some(me)), [mine]);
    // Whoever is left out stands in no calendar.
    let first = plan(&practice).stops[0].id;
    field::skip_visit(&practice, first, "Closed").expect("left out");
    assert_eq!(on(Some(me))[0].2.as_deref(), Some("Pine"));
    let target = practice.folder.path().join("days.ics");
    let done = calendar_file(&practice, &CalendarOrder { holder: Some(me) }, &target).expect("written");
    let rows: Vec<(&str, u32)> = done.sheets.iter().map(|one| (one.sheet.as_str(), one.rows)).collect();
    assert_eq!(rows, [("Tasks", 0), ("Days outside", 1)]);
    let text = std::fs::read_to_string(&target).expect("a file");
    for line in ["DTSTART:20251125T090000", "DURATION:PT480M", "SUMMARY:1 visit: Pine"] {
        assert!(text.contains(line), "{line} in {text}");
    }
}

#[test]
fn stops_are_proposed_by_the_due_list_of_the_day_itself() {
    let practice = practice(TODAY);
    let me = practice.actor().id;
    let prospect = Interval { days: 45, from: CadenceFrom::Prospect };
    let [late, due, soon, seen, snoozed, away, parked, tagged, core] =
        ["Late", "Due", "Soon", "Seen", "Snoozed", "Away", "Parked", "Tagged", "Core"]
            .map(|name| office(&practice, name, 40, 0));
    // A prospect is due after 45 days and late after 68.
    for (partner, before) in [
        (late, 80),
        (due, 50),
        (soon, 40),
        (seen, 1),
        (snoozed, 80),
        (away, 80),
        (parked, 80),
        (tagged, 15),
        (core, 47),
    ] {
        talked(&practice, partner, before);
    }
    tag_partners(&practice, &[tagged], "Sports").expect("tagged");
    let tag = tags(&practice).expect("tags")[0].id;
    let rules = CadenceRules { tags: vec![TagCadence { tag, days: 14 }], ..CadenceRules::default() };
    outreach::set_cadence_rules(&practice, &rules).expect("rules");
    let snooze = Snooze { until: day("2025-12-09"), reason: "They move".into() };
    outreach::snooze_partner(&practice, snoozed, Some(&snooze)).expect("snoozed");
    let gone = Nurture { away_until: Some(day("2025-12-31")), ..Nurture::default() };
    outreach::set_nurture(&practice, away, &gone).expect("away");
    outreach::set_ring(&practice, parked, Some(Ring::Parked), "").expect("parked");
    outreach::set_ring(&practice, core, Some(Ring::Core), "").expect("core");
    let waiting = |since: &str, every: Interval, before: u64| Waiting {
        since: day(since),
        every,
        last: Some(day(TODAY) - chrono::Days::new(before)),
    };
    let id = planned(&practice);
    assert_eq!(
        why(&practice, id),
        [
            ("Late".into(), vec![ProposalReason::Late(waiting("2025-11-13", prospect, 80))]),
            (
                "Core".into(),
                vec![ProposalReason::Due(waiting("2025-11-23", prospect, 47)), ProposalReason::Core]
            ),
            ("Due".into(), vec![ProposalReason::Due(waiting("2025-11-20", prospect, 50))]),
            (
                "Tagged".into(),
                vec![ProposalReason::Due(waiting(
                    "2025-11-24",
                    Interval { days: 14, from: CadenceFrom::Tag },
                    15
                ))]
            ),
        ]
    );
    // Two weeks later the due list is another one, and so is what is proposed: the snooze is over, the absence is not.
    let later = field::plan_day(&practice, day("2025-12-09"), me, &frame()).expect("a day").value;
    let names: Vec<String> = why(&practice, later).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["Late", "Snoozed", "Tagged", "Core", "Due", "Soon"]);
    // Whoever is left alone is proposed for what was promised, and for nothing else.
    let task =
        NewTask { promised: true, partner: Some(parked), ..NewTask::titled("Names", day("2025-12-01"), me) };
    add_task(&practice, &task).expect("a promise");
    let (first, reasons) = why(&practice, id).remove(0);
    assert_eq!(
        (first.as_str(), reasons),
        ("Parked", vec![ProposalReason::Promise { by: day("2025-12-01") }])
    );
}

#[test]
fn a_brief_tells_what_is_open_and_the_booklet_is_a_pdf() {
    let practice = practice(TODAY);
    let id = planned(&practice);
    let partner = office(&practice, "Pine", 50, 0);
    let there = add(&practice, id, &StopForm { goal: "Agree who books".into(), ..stop(partner) });
    let words = FieldWords {
        why_refer: "Seen within three days".into(),
        talking_points: "One number\nOne name".into(),
    };
    field::set_field_words(&practice, &words).expect("set");
    let issue = NewIssue {
        category: IssueCategory::Access,
        severity: 2,
        what: "Waits".into(),
        opened_on: None,
        told_on: None,
    };
    open_issue(&practice, partner, &issue).expect("a concern");
    let task = NewTask {
        promised: true,
        partner: Some(partner),
        ..NewTask::titled("Names of two", day("2025-12-01"), practice.actor().id)
    };
    add_task(&practice, &task).expect("a promise");
    let brief = field::visit_brief(&practice, there).expect("the page");
    assert_eq!((brief.goal.as_str(), brief.words), ("Agree who books", words));
    assert_eq!(
        (brief.promises[0].title.as_str(), brief.concerns[0].what.as_str()),
        ("Names of two", "Waits")
    );
    let file = practice.folder.path().join("day.pdf");
    let written = field_booklet(&practice, id, &file).expect("written");
    assert_eq!(written.sheets[0].rows, 1);
    assert!(std::fs::read(&file).expect("the file").starts_with(b"%PDF"));
}

#[test]
fn the_sheet_of_a_year_leaves_as_a_workbook() {
    let practice = practice(TODAY);
    let id = planned(&practice);
    let there = add(&practice, id, &stop(office(&practice, "Pine", 50, 0)));
    field::log_visit(&practice, there, &log("Met")).expect("logged");
    let file = practice.folder.path().join("miles.xlsx");
    let order = MileageOrder { year: 2025, liaison: None };
    let written = mileage_workbook(&practice, &order, &file).expect("written");
    let rows: Vec<_> = written.sheets.iter().map(|sheet| (sheet.sheet.as_str(), sheet.rows)).collect();
    assert_eq!(rows, [("Trips", 2), ("Expenses", 0), ("Rates", 2)]);
    let liaison = with_role(&practice, Role::Liaison);
    assert!(mileage_workbook(&liaison, &order, &file).is_err(), "who does not export, does not");
}

#[test]
fn a_list_is_canvassed_with_one_answer_each() {
    let practice = practice(TODAY);
    let [a, b, c] = ["A", "B", "C"].map(|name| bare(&practice, name));
    let form = |id, partners: &[PartnerId]| CanvassForm {
        id,
        name: "New offices".into(),
        way: CanvassWay::Call,
        script: "Hello".into(),
        partners: partners.to_vec(),
    };
    assert_eq!(beside(field::canvass_save(&practice, &form(None, &[]))), "partners");
    let list = field::canvass_save(&practice, &form(None, &[a, b, c])).expect("a list").value;
    let attempt = |partner, outcome, again: Option<&str>| {
        field::canvass_attempt(&practice, list, &NewAttempt { partner, outcome, again_on: again.map(day) })
    };
    attempt(a, CanvassOutcome::NoAnswer, None).expect("put down");
    assert_eq!(beside(attempt(b, CanvassOutcome::TryAgain, Some(TODAY))), "againOn");
    attempt(b, CanvassOutcome::TryAgain, Some("2025-12-01")).expect("put down");
    attempt(a, CanvassOutcome::Gatekeeper, None).expect("put down");
    attempt(a, CanvassOutcome::Talk, None).expect("put down");
    attempt(c, CanvassOutcome::DoNotContact, None).expect("put down");
    assert_eq!(beside(attempt(c, CanvassOutcome::Talk, None)), "partner");
    let found = field::canvass_list(&practice, list).expect("the list");
    let told: Vec<_> =
        found.targets.iter().map(|one| (one.name.as_str(), one.done, one.do_not_contact)).collect();
    assert_eq!(told, [("B", false, false), ("A", true, false), ("C", true, true)]);
    assert_eq!((found.measure.attempts, found.measure.talks, found.measure.ratio), (5, 1, Some(5.0)));
    // Whoever asked not to be contacted is left alone on every other list as well.
    let other = field::canvass_save(&practice, &form(None, &[c])).expect("another").value;
    assert!(field::canvass_list(&practice, other).expect("the list").targets[0].do_not_contact);
    let summary = field::canvass_lists(&practice).expect("lists");
    assert_eq!(summary.iter().find(|one| one.id == list).expect("there").talked, 1);
}

fn patient(practice: &Practice, name: &str) {
    crate::world::tell(practice, |tx| Ok(crate::world::patient(tx, name, None)));
}

#[test]
fn what_was_written_with_a_patients_name_is_on_no_page_of_the_booklet_and_no_sheet() {
    let practice = practice(TODAY);
    patient(&practice, "quillfeather anna");
    let id = planned(&practice);
    let partner = office(&practice, "Pine", 50, 0);
    let goal = "Ask about Anna Quillfeather".to_owned();
    let there = add(&practice, id, &StopForm { goal: goal.clone(), ..stop(partner) });
    let issue = NewIssue {
        category: IssueCategory::Access,
        severity: 2,
        what: "Quillfeather, Anna waited for weeks".into(),
        opened_on: None,
        told_on: None,
    };
    open_issue(&practice, partner, &issue).expect("a concern");
    let task = NewTask {
        partner: Some(partner),
        ..NewTask::titled("Send Ms. Quillfeather's report", day("2025-12-01"), practice.actor().id)
    };
    add_task(&practice, &task).expect("a task");
    let paid = VisitLog {
        cost_cents: 1_850,
        cost_kind: Some(CostKind::Meal),
        ..log("Anna K. Quillfeather is well")
    };
    field::log_visit(&practice, there, &paid).expect("logged");
    let brief = field::visit_brief(&practice, there).expect("a brief");
    let told = format!("{brief:?}");
    assert!(!told.contains("Quillfeather"), "{told}");
    for text in [&brief.goal, &brief.concerns[0].what, &brief.touches[0].learned, &brief.touches[0].purpose] {
        assert_eq!(text, "(names a patient; not shown here)");
    }
    assert!(brief.promises.iter().any(|one| one.title == "Call back"), "what names nobody is shown: {told}");
    let sheet = field::mileage_sheet(&practice, 2025, None).expect("the sheet");
    assert!(!format!("{sheet:?}").contains("Quillfeather"), "{sheet:?}");
    assert_eq!(plan(&practice).stops[0].form.goal, goal, "what was written is still there to be edited");
}

#[test]
fn a_business_that_became_a_patient_is_named_on_no_paper() {
    let practice = practice(TODAY);
    let id = planned(&practice);
    let gym = office(&practice, "Quill Gym", 50, 0);
    let there = add(&practice, id, &StopForm { goal: "Meet Quill".into(), ..stop(gym) });
    field::log_visit(&practice, there, &log("Met")).expect("logged");
    crate::world::tell(&practice, |tx| {
        tx.execute("UPDATE partner SET class = 'patient', type = 'patient' WHERE id = ?1", [gym])?;
        Ok(())
    });
    let brief = field::visit_brief(&practice, there).expect("a brief");
    assert!(brief.name.starts_with("Patient ") && brief.address.is_empty(), "{brief:?}");
    assert!(!format!("{brief:?}").contains("Quill"), "{brief:?}");
    let sheet = field::mileage_sheet(&practice, 2025, None).expect("the sheet");
    assert!(!format!("{sheet:?}").contains("Quill"), "{sheet:?}");
    let liaison = with_role(&practice, Role::Liaison);
    let found =
        field::field_day(&liaison, day(TODAY), practice.actor().id).expect("asked").plan.expect("a plan");
    assert!(found.stops[0].name.starts_with("Patient "));
    let week = field::field_week(&liaison, day(TODAY), practice.actor().id).expect("the week");
    assert!(!format!("{week:?}").contains("Quill"), "{week:?}");
}

#[test]
fn a_stop_that_is_logged_out_of_order_is_reached_from_where_one_was() {
    let practice = practice(TODAY);
    let id = planned(&practice);
    let near = add(&practice, id, &stop(office(&practice, "Near", 50, 0)));
    let far = add(&practice, id, &stop(office(&practice, "Far", 300, 0)));
    for (place, stop) in [(0, near), (1, far)] {
        field::move_stop(&practice, stop, id, place).expect("moved");
    }
    let legs: Vec<_> = plan(&practice)
        .stops
        .iter()
        .map(|stop| stop.leg.and_then(|leg| leg.tenths).expect("miles"))
        .collect();
    field::log_visit(&practice, far, &log("Met")).expect("logged");
    let found = plan(&practice);
    assert_eq!(names(&found), ["Far", "Near"], "one was there first");
    let whole = found.stops[0].way_tenths.expect("miles");
    assert!(whole.abs_diff(legs[0] + legs[1]) <= 1, "all the way from the office: {whole}");
    field::log_visit(&practice, near, &log("Met")).expect("logged");
    assert_eq!(plan(&practice).stops[1].way_tenths, Some(legs[1]), "and back from there");
    let sheet = field::mileage_sheet(&practice, 2025, None).expect("the sheet");
    let told: Vec<_> = sheet.trips.iter().map(|trip| (trip.from.as_str(), trip.to.as_str())).collect();
    assert_eq!(told, [("Office", "Far"), ("Far", "Near"), ("Near", "Office")]);
}

#[test]
fn after_a_stop_without_a_place_the_others_are_ordered_all_the_same() {
    let practice = practice(TODAY);
    let id = planned(&practice);
    let nowhere = add(&practice, id, &stop(bare(&practice, "Nowhere")));
    add(&practice, id, &stop(office(&practice, "Near", 50, 0)));
    field::move_stop(&practice, nowhere, id, 0).expect("moved");
    field::log_visit(&practice, nowhere, &VisitLog { way_tenths: Some(30), ..log("Met") }).expect("logged");
    let ordered = field::order_stops(&practice, id).expect("ordered").value;
    assert_eq!(ordered.left, []);
    add(&practice, id, &stop(office(&practice, "Further", 100, 0)));
    let found = plan(&practice);
    assert_eq!((found.stops.len(), found.stops[0].id), (3, nowhere), "nothing is put before what is done");
    assert!(found.stops[2].leg.is_some());
}

#[test]
fn who_sees_no_money_sees_miles_and_no_amounts_and_who_may_not_export_takes_no_booklet() {
    let practice = practice(TODAY);
    let id = planned(&practice);
    let there = add(&practice, id, &stop(office(&practice, "Pine", 50, 0)));
    let paid = VisitLog { cost_cents: 1_850, cost_kind: Some(CostKind::Meal), ..log("Met") };
    field::log_visit(&practice, there, &paid).expect("logged");
    let desk = with_role(&practice, Role::FrontDesk);
    let sheet = field::mileage_sheet(&desk, 2025, None).expect("the sheet");
    assert!(sheet.tenths > 0 && sheet.trips.iter().all(|trip| trip.cents.is_none()), "{sheet:?}");
    assert_eq!((sheet.mileage_cents, sheet.expense_cents), (None, 0));
    let target = practice.folder.path().join("day.pdf");
    for role in [Role::FrontDesk, Role::Liaison] {
        let refused = field_booklet(&with_role(&practice, role), id, &target);
        assert!(refused.is_err(), "{role:?}: {refused:?}");
    }
    assert!(!target.exists());
    field_booklet(&practice, id, &target).expect("written");
}

#[test]
fn a_week_shows_its_days_and_a_stop_moves_between_them() {
    let practice = practice(TODAY);
    let me = practice.actor().id;
    let tuesday = planned(&practice);
    let thursday = field::plan_day(&practice, day("2025-11-27"), me, &frame()).expect("a day").value;
    let stop = add(&practice, tuesday, &stop(office(&practice, "Pine", 50, 0)));
    field::move_stop(&practice, stop, thursday, 0).expect("moved");
    let week = field::field_week(&practice, day(TODAY), me).expect("the week");
    assert_eq!(week.monday, day("2025-11-24"));
    let stops: Vec<_> = week.days.iter().map(|day| (day.day.is_some(), day.stops.len())).collect();
    assert_eq!(stops, [(false, 0), (true, 0), (false, 0), (true, 1), (false, 0)]);
}

#[test]
fn whose_day_it_is_decides_who_sees_it_where_one_sees_only_ones_own() {
    let practice = practice(TODAY);
    let id = planned(&practice);
    let stop = add(&practice, id, &stop(office(&practice, "Pine", 50, 0)));
    let mut rights = baton_core::vault::Rights::of(Role::Liaison);
    rights.scope = baton_core::vault::Scope::Own;
    baton_core::vault::set_rights(&practice, Role::Liaison, &rights).expect("set");
    let liaison = with_role(&practice, Role::Liaison);
    let found = field::field_day(&liaison, day(TODAY), practice.actor().id).expect("asked");
    assert_eq!(found.plan, None);
    assert!(matches!(field::visit_brief(&liaison, stop), Err(FieldError::Missing)));
    assert!(matches!(field::remove_stop(&liaison, stop), Err(FieldError::Missing)));
    assert!(field::plan_day(&liaison, day(TODAY), liaison.actor().id, &frame()).is_ok());
}

/// The practice of these stories is at a desk without a network as well: nothing that is done opens a socket.
#[cfg(target_os = "linux")]
#[test]
fn a_day_outside_opens_no_socket() {
    fn sockets() -> usize {
        let open = std::fs::read_dir("/proc/self/fd").expect("what is open");
        open.flatten()
            .filter(|entry| {
                std::fs::read_link(entry.path()).is_ok_and(|to| to.to_string_lossy().starts_with("socket:"))
            })
            .count()
    }
    let before = sockets();
    let practice: TestPractice = practice(TODAY);
    let id = planned(&practice);
    let there = add(&practice, id, &stop(office(&practice, "Pine", 50, 0)));
    field::order_stops(&practice, id).expect("ordered");
    field::field_proposals(&practice, id).expect("proposed");
    field_booklet(&practice, id, &practice.folder.path().join("day.pdf")).expect("written");
    field::log_visit(&practice, there, &log("Met")).expect("logged");
    assert!(sockets() <= before, "a socket was opened");
}
