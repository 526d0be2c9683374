//! Who is proposed for a day outside and why, and where the day stands beside everything else.

use super::*;
use crate::touches::touch;

/// A talk with an answer so many days before today.
fn talked(practice: &Practice, partner: PartnerId, before: u64) {
    let on = (day(TODAY) - chrono::Days::new(before)).to_string();
    log_touch(practice, &touch(partner, &on, TouchForm::Call)).expect("a talk");
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
