//! A liaison's days outside: planned, ordered, briefed, logged and paid for, and a list that is canvassed.

mod papers;
mod proposals;

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
    self, CadenceFrom, CadenceRules, CalendarQuery, CostKind, EntryKind, Interval, NewTask, NextStep,
    Nurture, Snooze, TagCadence, TouchForm, add_task, log_touch,
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
