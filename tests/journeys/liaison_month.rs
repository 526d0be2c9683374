//! A liaison's month: sixty partners, two plans, a snooze, a holiday, a colleague who is away and then leaves. What she is told each
//! morning is written down beforehand, day by day, and nothing else may appear. The same month runs once more with the network
//! cut off, and opens no socket.

use std::collections::BTreeMap;
use std::process::Command;

use baton_core::Practice;
use baton_core::foundation::id::{PartnerId, ProfileId, RecordId, TaskId};
use baton_core::network::{
    NewPartner, PartnerClass, PartnerType, Ring, add_partner, hand_over, set_owner, tag_partners, tags,
};
use baton_core::outreach::{
    self, CadenceRules, DueLevel, DueQuery, DueShow, NewTask, NewTouch, Nurture, OutreachPlanState,
    PlanQuery, PlanStart, PlanTarget, PlaybookChange, PlaybookContent, PlaybookStep, Repeat, Snooze,
    StartedBy, TagCadence, TouchForm,
};
use baton_core::referrals::process::{Absence, set_absence};
use baton_core::testing::{TestPractice, day, practice_over_time, with_role};
use baton_core::vault::Role;
use chrono::{Days, NaiveDate, NaiveDateTime};

/// Set in the run without a network.
const CUT_OFF: &str = "BATON_TEST_CUT_OFF";

/// November 2026: the day; who is due in the morning (“!”: late); what is to be done by then; what has rung since the morning
/// before. Weekends are quiet like any day: a rhythm knows no weekends, and whoever looks on Saturday is told the truth.
const TRUTH: [(u32, &str, &str, &str); 29] = [
    (2, "", "", ""),
    (3, "", "First call", ""),
    (4, "", "", ""),
    // Ash talked last on September 21; a prospect hears from us every 45 days.
    (5, "Ash", "", ""),
    // Hazel wishes for every week; Elm is due as Ash is, but away.
    (6, "Ash Hazel", "", ""),
    (7, "", "", ""),
    (8, "", "", ""),
    // What went to many on the 3rd did not set Gum anew.
    (9, "Gum", "Send the list", "Send the list"),
    (10, "Gum", "Visit", ""),
    (11, "", "", ""),
    // Cedar's tag says every fortnight; Iris is Jonas's, who is away. “Old flyer” was dropped on the 10th.
    (12, "Birch Cedar Iris", "", ""),
    // Birch is snoozed until the 19th.
    (13, "Cedar Hazel Iris", "", ""),
    // Jonas is back.
    (14, "Cedar", "", ""),
    (15, "Cedar", "", ""),
    (16, "Cedar", "Send the list", "Send the list"),
    // Jonas has left everything to her: his partner, and the step of his plan, a week old.
    (17, "Cedar Iris", "Visit", ""),
    // They answered on the 17th, so that the step is gone. The day before a promise, a reminder.
    (18, "Cedar Iris", "Names for the panel", "Names for the panel"),
    // Elm is back, the snooze is over, Cedar is late after a fortnight and a half.
    (19, "Birch Cedar! Elm", "Names for the panel", ""),
    (20, "Birch Cedar! Hazel", "Flyer", "Flyer"),
    (21, "Cedar!", "", ""),
    (22, "Cedar!", "", ""),
    (23, "Cedar!", "Send the list", "Send the list"),
    (24, "", "", ""),
    (25, "", "", ""),
    // The third step fell on Thanksgiving.
    (26, "", "", ""),
    (27, "Hazel", "Thank-you note", ""),
    (28, "Hazel", "", ""),
    (29, "Hazel", "", ""),
    (30, "Hazel", "Send the list", "Send the list"),
];

struct Month {
    practice: TestPractice,
    tess: Practice,
    jonas: Practice,
    partners: BTreeMap<String, PartnerId>,
    old: TaskId,
}

fn touch(partner: PartnerId, on: NaiveDate, form: TouchForm) -> NewTouch {
    NewTouch { purpose: "Keeping in touch".into(), ..crate::touches::touch(partner, &on.to_string(), form) }
}

impl Month {
    fn begin(practice: TestPractice) -> Self {
        let (tess, jonas) = (with_role(&practice, Role::Liaison), with_role(&practice, Role::Liaison));
        let named = ["Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum", "Hazel", "Iris", "Juniper"];
        let names = named.map(str::to_owned).into_iter();
        let names = names.chain((1..=10).map(|n| format!("Steady {n:02}")));
        let names = names.chain((1..=40).map(|n| format!("Quiet {n:02}")));
        let partners: BTreeMap<String, PartnerId> = names
            .map(|name| {
                let new = NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, &name);
                (name, add_partner(&practice, new).expect("a partner").value)
            })
            .collect();
        assert_eq!(partners.len(), 60);
        let (mine, his): (Vec<_>, Vec<_>) =
            partners.iter().partition(|(name, _)| !["Iris", "Juniper"].contains(&name.as_str()));
        let ids = |of: &[(&String, &PartnerId)]| of.iter().map(|(_, id)| **id).collect::<Vec<_>>();
        set_owner(&practice, &ids(&mine), Some(tess.actor().id)).expect("hers");
        set_owner(&practice, &ids(&his), Some(jonas.actor().id)).expect("his");
        let old = NewTask {
            remind_minutes: Some(240),
            ..NewTask::titled("Old flyer", day("2026-11-12"), tess.actor().id)
        };
        let old = outreach::add_task(&tess, &old).expect("a task").value;
        Self { practice, tess, jonas, partners, old }
    }

    fn at(&self, name: &str) -> PartnerId {
        self.partners[name]
    }

    fn talks(&self, by: &Practice, name: &str, on: NaiveDate) {
        outreach::log_touch(by, &touch(self.at(name), on, TouchForm::Visit)).expect("a talk");
    }

    /// What was there when the month began.
    fn before(&self) {
        for (name, on) in [
            ("Ash", "2026-09-21"),
            ("Birch", "2026-09-28"),
            ("Cedar", "2026-10-29"),
            ("Dogwood", "2026-01-05"),
            ("Elm", "2026-09-21"),
            ("Fir", "2026-01-05"),
            ("Gum", "2026-09-25"),
            ("Hazel", "2026-10-30"),
            ("Iris", "2026-09-28"),
            ("Juniper", "2026-10-30"),
        ] {
            self.talks(&self.practice, name, day(on));
        }
        for n in 1..=10 {
            self.talks(&self.practice, &format!("Steady {n:02}"), day("2026-10-30"));
        }
        tag_partners(&self.practice, &[self.at("Cedar")], "Sports").expect("tagged");
        let tag = tags(&self.practice).expect("tags")[0].id;
        let rules = CadenceRules { tags: vec![TagCadence { tag, days: 14 }], ..CadenceRules::default() };
        outreach::set_cadence_rules(&self.practice, &rules).expect("rules");
        outreach::set_ring(&self.tess, self.at("Dogwood"), Some(Ring::Parked), "Their own system")
            .expect("parked");
        for (name, nurture) in [
            ("Elm", Nurture { away_until: Some(day("2026-11-18")), ..Nurture::default() }),
            ("Fir", Nurture { paused: true, ..Nurture::default() }),
            ("Hazel", Nurture { every_days: Some(7), ..Nurture::default() }),
        ] {
            outreach::set_nurture(&self.tess, self.at(name), &nurture).expect("a wish");
        }
        let (tess, jonas) = (self.tess.actor().id, self.jonas.actor().id);
        for task in [
            NewTask {
                due_at: Some(6 * 60 + 30),
                remind_minutes: Some(60),
                repeat: Some(Repeat::Weekly),
                ..NewTask::titled("Send the list", day("2026-11-09"), tess)
            },
            NewTask {
                promised: true,
                partner: Some(self.at("Ash")),
                remind_minutes: Some(24 * 60),
                ..NewTask::titled("Names for the panel", day("2026-11-18"), tess)
            },
            NewTask { remind_minutes: Some(240), ..NewTask::titled("Flyer", day("2026-11-20"), jonas) },
        ] {
            outreach::add_task(&self.practice, &task).expect("a task");
        }
        let step = |title: &str, after_days| PlaybookStep {
            title: title.into(),
            form: TouchForm::Visit,
            after_days,
            say: String::new(),
        };
        let content = PlaybookContent {
            whom: String::new(),
            offer: String::new(),
            steps: vec![step("First call", 0), step("Visit", 7), step("Thank-you note", 23)],
            stop_on_reply: true,
            stop_on_referral: false,
            stop_after_days: None,
            talking_points: Vec::new(),
            objections: Vec::new(),
        };
        let change = PlaybookChange { id: None, name: "Winter".into(), of_type: None, content };
        let playbook = outreach::save_playbook(&self.practice, &change).expect("a playbook").value;
        for (name, holder, starts_on) in [("Quiet 01", tess, "2026-11-03"), ("Quiet 02", jonas, "2026-11-04")]
        {
            let start = PlanStart {
                playbook: playbook.clone(),
                name: format!("Winter with {name}"),
                target: PlanTarget::Partners(vec![self.at(name)]),
                holder,
                starts_on: day(starts_on),
            };
            outreach::start_plans(&self.practice, &start).expect("begun");
        }
        let away = Absence {
            id: RecordId::new(),
            profile: jonas,
            from: day("2026-11-12"),
            to: day("2026-11-13"),
            deputy: Some(tess),
        };
        set_absence(&self.practice, &away).expect("away");
    }

    fn due(&self, of: &Practice) -> String {
        let query = DueQuery { mine: true, show: DueShow::Due, offset: 0, limit: 0 };
        let list = outreach::due_list(of, &query).expect("a list");
        let mut names: Vec<String> = list
            .rows
            .iter()
            .map(|row| format!("{}{}", row.name, if row.due.level == DueLevel::Hard { "!" } else { "" }))
            .collect();
        names.sort();
        names.join(" ")
    }

    fn to_do(&self, of: &Practice) -> Vec<(TaskId, String)> {
        let tasks = outreach::tasks_due(of).expect("tasks");
        tasks.into_iter().map(|task| (task.id, task.title)).collect()
    }

    fn rung(&self, since: &mut Option<NaiveDateTime>) -> String {
        let told = outreach::reminders(&self.tess, *since).expect("reminders");
        *since = Some(told.until);
        told.tasks.iter().map(|task| task.title.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// What happens on a day, after she has looked.
    fn live(&self, on: NaiveDate, to_do: &[(TaskId, String)]) {
        // She does what is due on its day; the promise a day late.
        let late = on == day("2026-11-18");
        for (task, _) in to_do.iter().filter(|(_, title)| !late || title != "Names for the panel") {
            // The step of Jonas's plan waits: they call her instead.
            if on != day("2026-11-17") {
                outreach::finish_task(&self.tess, *task).expect("done");
            }
        }
        let talks = |names: &[&str]| names.iter().for_each(|name| self.talks(&self.tess, name, on));
        match chrono::Datelike::day(&on) {
            3 => {
                let mail =
                    NewTouch { two_way: false, bulk: true, ..touch(self.at("Gum"), on, TouchForm::Email) };
                outreach::log_touch(&self.tess, &mail).expect("sent to many");
            }
            4 => {
                let (first, _) = self.to_do(&self.jonas).remove(0);
                outreach::finish_task(&self.jonas, first).expect("done");
            }
            6 => talks(&["Ash", "Hazel"]),
            10 => {
                talks(&["Gum"]);
                outreach::drop_task(&self.tess, self.old, "They have a new one", false).expect("dropped");
            }
            12 => {
                let snooze = Snooze { until: day("2026-11-19"), reason: "They move".into() };
                outreach::snooze_partner(&self.tess, self.at("Birch"), Some(&snooze)).expect("snoozed");
            }
            13 => talks(&["Hazel"]),
            16 => {
                assert_eq!(self.due(&self.jonas), "Iris", "his to the last day");
                // Nobody answered: Cedar stays due.
                let rang = NewTouch { two_way: false, ..touch(self.at("Cedar"), on, TouchForm::Call) };
                outreach::log_touch(&self.tess, &rang).expect("logged");
                self.leaves(self.jonas.actor().id, self.tess.actor().id);
            }
            17 => {
                let call = NewTouch {
                    started_by: StartedBy::Them,
                    ..touch(self.at("Quiet 02"), on, TouchForm::Call)
                };
                outreach::log_touch(&self.tess, &call).expect("they called");
            }
            18 => talks(&["Iris"]),
            19 => talks(&["Elm"]),
            20 => talks(&["Birch", "Hazel"]),
            23 => talks(&["Cedar"]),
            _ => {}
        }
    }

    fn leaves(&self, from: ProfileId, to: ProfileId) {
        hand_over(&self.practice, from, Some(to)).expect("partners");
        outreach::hand_over_tasks(&self.practice, from, to).expect("tasks and plans");
        self.practice
            .write(baton_core::store::Label::hand("profile_retire", ""), |tx| {
                tx.execute(
                    "UPDATE profile SET retired_at = ?2, active_to = ?3 WHERE id = ?1",
                    rusqlite::params![from, tx.now, "2026-11-16"],
                )?;
                Ok::<_, baton_core::store::StoreError>(())
            })
            .expect("retired");
    }
}

#[test]
fn a_month_of_a_liaison_is_told_day_by_day_and_nothing_else() {
    let (practice, set) = practice_over_time("2026-11-02");
    let month = Month::begin(practice);
    month.before();
    let mut since = None;
    let first = day("2026-11-01");
    for (number, due, to_do, rung) in TRUTH {
        let on = first + Days::new(u64::from(number) - 1);
        set(on);
        assert_eq!(month.due(&month.tess), due, "due on the {number}th");
        let tasks = month.to_do(&month.tess);
        let titles: Vec<&str> = tasks.iter().map(|(_, title)| title.as_str()).collect();
        assert_eq!(titles.join(", "), to_do, "to do on the {number}th");
        assert_eq!(month.rung(&mut since), rung, "rung by the {number}th");
        month.live(on, &tasks);
        opens_no_socket(number);
    }
    // Her own plan came to its end by its steps, the other by their answer; the promise was kept a day late.
    let plans = outreach::plans(&month.practice, &PlanQuery::default()).expect("plans");
    let mut told: Vec<(&str, OutreachPlanState)> =
        plans.iter().map(|plan| (plan.partner.name.as_str(), plan.state)).collect();
    told.sort_by_key(|(name, _)| *name);
    assert_eq!(told, [("Quiet 01", OutreachPlanState::Finished), ("Quiet 02", OutreachPlanState::Replied)]);
    let kept = outreach::outreach_measures(&month.practice).expect("measures").follow_up_kept;
    assert_eq!((kept.of, kept.all), (0, 1));
}

/// In the run without a network: this process has no socket of any kind open, and the machine it sees has no way out.
fn opens_no_socket(number: u32) {
    if std::env::var_os(CUT_OFF).is_none() {
        return;
    }
    let open = std::fs::read_dir("/proc/self/fd").unwrap().flatten();
    let sockets: Vec<_> = open
        .filter_map(|file| std::fs::read_link(file.path()).ok())
        .filter(|target| target.to_string_lossy().starts_with("socket:"))
        .collect();
    assert!(sockets.is_empty(), "on the {number}th: {sockets:?}");
    let ways = std::fs::read_to_string("/proc/self/net/dev").unwrap();
    let out: Vec<&str> = ways.lines().skip(2).filter(|line| !line.trim_start().starts_with("lo:")).collect();
    assert!(out.is_empty(), "not cut off: {out:?}");
}

#[test]
#[cfg(target_os = "linux")]
fn the_same_month_needs_no_network() {
    let namespaces = Command::new("unshare").args(["-rn", "true"]).output();
    if !namespaces.is_ok_and(|tried| tried.status.success()) {
        // Some machines forbid namespaces to users; nothing can be told there.
        println!("SKIPPED: this machine lets nobody cut off a program's network (unshare -rn)");
        return;
    }
    let alone = Command::new("unshare")
        .arg("-rn")
        .arg(std::env::current_exe().unwrap())
        .args(["liaison_month::a_month_of_a_liaison", "--nocapture", "--test-threads=1"])
        .env(CUT_OFF, "1")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&alone.stdout);
    assert!(
        alone.status.success() && told.contains("1 passed"),
        "{told}\n{}",
        String::from_utf8_lossy(&alone.stderr)
    );
}
