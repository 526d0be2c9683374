//! Signing the log off.

use super::*;

#[test]
fn a_review_is_due_for_each_month_that_is_over_and_stays_as_it_was_signed() {
    let place = Place::new();
    let unlocked = place.open("2026-11-02");
    let practice = unlocked.practice();
    let waits = due(practice).expect("asked").expect("October waits");
    assert_eq!((waits.next, waits.months), (october().period, 1));
    let early = SignOff { period: Period { to: day("2026-11-02"), ..october().period }, ..october() };
    assert!(matches!(sign_off(practice, &early), Err(AuditError::Invalid { field: "to", .. })));
    let silent = SignOff { findings: " ".into(), ..october() };
    assert!(matches!(sign_off(practice, &silent), Err(AuditError::Invalid { field: "findings", .. })));

    let entry = sign_off(practice, &october()).expect("signed").entry.expect("an entry");
    assert_eq!(due(practice).expect("asked"), None);
    let signed = &reviews(practice).expect("reviews")[0];
    assert_eq!((signed.reviewer.as_str(), signed.period), ("Maren Okafor", october().period));
    assert!(signed.entries >= 3 && signed.head >= signed.entries && signed.hash.len() == 64);
    assert!(history::undo(practice, entry.seq, baton_core::store::OnConflict::Overwrite).is_err());
    for sql in ["UPDATE audit_review SET findings = 'x'", "DELETE FROM audit_review"] {
        assert!(
            practice.write(Label::hand("story", ""), |tx| Ok::<_, StoreError>(tx.execute(sql, [])?)).is_err()
        );
    }

    tell(practice, |tx| {
        tx.execute("UPDATE profile SET role = 'front_desk'", [])?;
        Ok(())
    });
    assert!(matches!(sign_off(practice, &october()), Err(AuditError::NotAllowed)));
    assert_eq!(due(practice).expect("asked"), None, "nobody else is bothered");
}
