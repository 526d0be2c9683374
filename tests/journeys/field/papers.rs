//! What of a day outside goes on paper and into files, and who is not named there.

use super::*;

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
