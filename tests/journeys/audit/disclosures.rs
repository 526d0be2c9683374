//! What left about patients.

use super::*;

fn by_hand(on: &str, basis: Basis) -> NewDisclosure {
    NewDisclosure { on: day(on), to: to(basis), what: "Operative report".into() }
}

#[test]
fn an_export_that_names_patients_is_a_disclosure_about_each_of_them() {
    let practice = practice("2026-11-02");
    let (_, named) = a_referral(&practice);
    let (trashed, left_out) = a_referral(&practice);
    baton_core::referrals::trash(&practice, trashed, None).expect("trashed");
    let folder = tempfile::tempdir().expect("a folder");
    export_with_patients(&practice, &folder.path().join("register.csv"), Basis::Other);
    let omitted =
        RegisterOrder { format: RegisterFormat::Csv, period: None, patients: PatientIdentity::Omitted };
    register(&practice, &omitted, &folder.path().join("counts.csv"), &mut |_, _| ControlFlow::Continue(()))
        .expect("exported");

    let shown = disclosures(&practice, named, None).expect("shown");
    assert_eq!(shown.all.len(), 1);
    let entry = &shown.all[0];
    assert_eq!(
        (entry.to.name.as_str(), entry.what.as_str(), entry.on, entry.patients, entry.sender.as_str()),
        ("County health department", "register.csv", day("2026-11-02"), 1, "Maren Okafor")
    );
    assert_eq!(shown.accountable, [entry.id]);
    assert_eq!(disclosures(&practice, left_out, None).expect("shown").all, []);
    assert!(
        of(&practice, LogAction::View)
            .iter()
            .any(|row| row.record.as_ref().is_some_and(|r| r.kind == "patient"))
    );
}

#[test]
fn a_disclosure_is_corrected_by_a_counter_entry_and_never_taken_back() {
    let practice = practice("2026-11-02");
    let (_, patient) = a_referral(&practice);
    let written = disclose(&practice, patient, &by_hand("2026-10-01", Basis::Other)).expect("put down");
    let entry = written.entry.expect("an entry");
    assert!(history::undo(&practice, entry.seq, baton_core::store::OnConflict::Overwrite).is_err());
    let future = disclose(&practice, patient, &by_hand("2026-11-03", Basis::Other));
    assert!(matches!(future, Err(AuditError::Invalid { field: "on", .. })));

    let right = Correction { reason: "Wrong day".into(), instead: Some(by_hand("2026-10-02", Basis::Other)) };
    let corrected = correct(&practice, written.value, &right).expect("corrected").value;
    assert!(matches!(correct(&practice, written.value, &right), Err(AuditError::AlreadyCorrected)));
    let shown = disclosures(&practice, patient, None).expect("shown");
    assert_eq!((shown.all.len(), shown.accountable), (2, vec![corrected]));

    let never = Correction { reason: "It was never sent".into(), instead: None };
    correct(&practice, corrected, &never).expect("withdrawn");
    let shown = disclosures(&practice, patient, None).expect("shown");
    assert_eq!((shown.all.len(), shown.accountable.len()), (3, 0));
    for sql in
        ["UPDATE disclosure SET what = 'x'", "DELETE FROM disclosure", "DELETE FROM disclosure_patient"]
    {
        assert!(
            practice.write(Label::hand("story", ""), |tx| Ok::<_, StoreError>(tx.execute(sql, [])?)).is_err()
        );
    }
}

#[test]
fn the_accounting_holds_what_has_to_be_told_or_everything() {
    let practice = practice("2026-11-02");
    let (_, patient) = a_referral(&practice);
    for (on, basis) in
        [("2020-11-02", Basis::Other), ("2020-11-01", Basis::Other), ("2026-01-05", Basis::Treatment)]
    {
        disclose(&practice, patient, &by_hand(on, basis)).expect("put down");
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (all, rows) in [(false, 1), (true, 3)] {
        let order = AccountingOrder { patient, request_on: None, all };
        let target = folder.path().join("accounting.xlsx");
        let made = accounting(&practice, &order, &target).expect("an accounting");
        assert_eq!(made.sheets[0].rows, rows);
        assert!(target.exists());
    }
}
