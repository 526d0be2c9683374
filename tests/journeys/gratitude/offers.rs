//! What is promoted, shown or offered together with a partner: judged as a gift is, approved before it takes place, and on the register.

use baton_core::Practice;
use baton_core::exchange::export::{RewardFormat, RewardOrder, reward_register};
use baton_core::foundation::id::{PartnerId, RecordId};
use baton_core::gratitude::{
    self, Check, Exclusion, GiftNote, GratitudeError, Known, Offer, OfferKind, OfferRow, OfferStanding,
    RewardDecision, Verdict,
};
use baton_core::history;
use baton_core::network::{self, Party};
use baton_core::retention::{self, Policy, RecordKind, RecordRef};
use baton_core::store::{OnConflict, StoreError};
use baton_core::testing::{day, practice, practice_over_time, with_role};
use baton_core::vault::Role;
use calamine::{Reader, Xlsx, open_workbook};

use super::kit::NPI;
use crate::world::{self, tell};

/// A gym about which everything is known that a gift asks for.
fn gym(practice: &Practice) -> PartnerId {
    let id = tell(practice, |tx| Ok(world::partner(tx, "Oak Street Gym", "business", "gym")));
    let note = GiftNote {
        federal: Known::No,
        exclusion: Exclusion::Clear,
        exclusion_on: Some(day("2026-01-05")),
        ..GiftNote::default()
    };
    gratitude::set_gift_note(practice, Party::Partner(id), &note).expect("a note");
    id
}

fn tour(partner: PartnerId) -> Offer {
    Offer {
        id: None,
        partner,
        kind: OfferKind::Tour,
        what: "A tour of both houses".into(),
        from_on: day("2026-12-05"),
        to_on: None,
        ours_cents: 10_000,
        theirs_cents: 10_000,
        cash: Known::No,
        solicited: Known::No,
        federal: Known::Unknown,
        purpose: Some("To know each other's work".into()),
        materials: None,
        fair_value: None,
        agreement: None,
    }
}

fn found(practice: &Practice, offer: &Offer) -> Vec<(Check, Verdict)> {
    let shown = gratitude::offer_check(practice, offer).expect("a check");
    shown.shares[0].findings.iter().map(|rule| (rule.check, rule.verdict)).collect()
}

fn save(practice: &Practice, offer: &Offer) -> RecordId {
    gratitude::save_offer(practice, offer).expect("kept").value
}

fn row(practice: &Practice, id: RecordId) -> OfferRow {
    let all = gratitude::offers(practice, false).expect("offers");
    all.into_iter().find(|row| row.id == id).expect("the offer")
}

fn yes() -> RewardDecision {
    RewardDecision { approved: true, note: String::new() }
}

#[test]
fn shares_that_are_not_alike_need_a_note_and_what_is_promoted_together_an_agreement() {
    let practice = practice("2026-11-25");
    let gym = gym(&practice);
    assert_eq!(found(&practice, &tour(gym)), []);
    let ours = Offer { theirs_cents: 9_999, ..tour(gym) };
    assert_eq!(found(&practice, &ours), [(Check::FairValueMissing, Verdict::NeedsApproval)]);
    let theirs = Offer { theirs_cents: 10_001, ..tour(gym) };
    assert_eq!(found(&practice, &theirs), [(Check::FairValueMissing, Verdict::NeedsApproval)]);
    let note = Some("They bring the hall, at its usual rent".to_owned());
    assert_eq!(found(&practice, &Offer { fair_value: note.clone(), ..ours }), []);

    let joint = Offer { kind: OfferKind::CoPromotion, fair_value: note, ..tour(gym) };
    assert_eq!(found(&practice, &joint), [(Check::AgreementMissing, Verdict::Blocked)]);
    assert_eq!(found(&practice, &Offer { agreement: Some("Cabinet 2".into()), ..joint }), []);

    let fewer = Offer { kind: OfferKind::Offer, ..tour(gym) };
    assert_eq!(found(&practice, &fewer), [(Check::Discount, Verdict::NeedsApproval)]);
    let paid = Offer { cash: Known::Unknown, ..tour(gym) };
    assert_eq!(found(&practice, &paid), [(Check::CashEquivalent, Verdict::NeedsApproval)]);
}

#[test]
fn whoever_refers_federal_patients_is_approved_first_however_equal_the_shares() {
    let practice = practice("2026-11-25");
    let gym = gym(&practice);
    let federal = Offer { federal: Known::Yes, ..tour(gym) };
    assert_eq!(found(&practice, &federal), [(Check::FederalReferrer, Verdict::NeedsApproval)]);
    let unknown = tell(&practice, |tx| Ok(world::partner(tx, "Pine Hollow", "medical", "primary_care")));
    let checks: Vec<Check> = found(&practice, &tour(unknown)).into_iter().map(|(check, _)| check).collect();
    assert!(checks.contains(&Check::FederalReferrer) && checks.contains(&Check::ExclusionNotChecked));
}

#[test]
fn a_physician_who_is_a_partner_is_judged_by_the_physicians_meter() {
    let practice = practice("2026-11-25");
    let (own, ito) = tell(&practice, |tx| {
        let ito = world::person(tx, "Keiko Ito", Some(NPI[0]));
        tx.execute("UPDATE person SET role = 'physician' WHERE id = ?1", [ito])?;
        let own = world::partner(tx, "Dr. Ito", "medical", "specialist");
        tx.execute("UPDATE partner SET individual_id = ?2 WHERE id = ?1", (own, ito))?;
        Ok((own, ito))
    });
    let note = GiftNote {
        federal: Known::No,
        exclusion: Exclusion::Clear,
        exclusion_on: Some(day("2026-01-05")),
        ..GiftNote::default()
    };
    gratitude::set_gift_note(&practice, Party::Person(ito), &note).expect("a note");
    let fair = Some("What the hall costs".to_owned());
    let at_the_limit = Offer { ours_cents: 53_500, theirs_cents: 0, fair_value: fair, ..tour(own) };
    assert_eq!(found(&practice, &at_the_limit), []);
    let over = Offer { ours_cents: 53_501, ..at_the_limit };
    assert_eq!(found(&practice, &over), [(Check::PhysicianLimit, Verdict::Blocked)]);
    let fewer = Offer { kind: OfferKind::Offer, ..tour(own) };
    assert_eq!(found(&practice, &fewer), [(Check::FederalDiscount, Verdict::Blocked)]);
}

#[test]
fn it_waits_is_approved_by_a_colleague_and_a_change_asks_again() {
    let owner = practice("2026-11-25");
    let gym = gym(&owner);
    let desk = with_role(&owner, Role::FrontDesk);
    let offer = Offer { ours_cents: 20_000, ..tour(gym) };
    let id = save(&desk, &offer);
    assert_eq!(row(&owner, id).standing, OfferStanding::Waiting);
    let refused = gratitude::decide_offer(&desk, id, &yes());
    assert!(matches!(refused, Err(GratitudeError::Store(StoreError::NotAllowed(_)))), "{refused:?}");
    let compliance = with_role(&owner, Role::Compliance);
    gratitude::decide_offer(&compliance, id, &yes()).expect("approved");
    assert_eq!(row(&owner, id).standing, OfferStanding::Planned);
    assert!(matches!(gratitude::decide_offer(&compliance, id, &yes()), Err(GratitudeError::AlreadyDecided)));

    let kept = row(&owner, id).offer;
    let written = gratitude::save_offer(&desk, &kept).expect("nothing changed");
    assert_eq!((written.entry.is_none(), row(&owner, id).standing), (true, OfferStanding::Planned));
    let dearer = Offer { ours_cents: 30_000, ..kept };
    let written = gratitude::save_offer(&desk, &dearer).expect("changed");
    assert_eq!(row(&owner, id).standing, OfferStanding::Waiting, "what was approved is what may be");
    history::undo(&desk, written.entry.expect("an entry").seq, OnConflict::Ask).expect("taken back");
    assert_eq!(row(&owner, id).standing, OfferStanding::Planned);
    save(&desk, &dearer);
    assert_eq!(row(&owner, id).standing, OfferStanding::Waiting, "another change asks again as well");

    let own = save(&owner, &offer);
    assert!(matches!(gratitude::decide_offer(&owner, own, &yes()), Err(GratitudeError::OwnEntry)));
    let no = RewardDecision { approved: false, note: String::new() };
    let silent = gratitude::decide_offer(&compliance, own, &no);
    assert!(matches!(silent, Err(GratitudeError::Invalid { field: "note", .. })), "{silent:?}");
    let no = RewardDecision { note: "Not this year".into(), ..no };
    gratitude::decide_offer(&compliance, own, &no).expect("refused");
    assert_eq!(row(&owner, own).standing, OfferStanding::Refused);
}

#[test]
fn what_a_rule_blocks_is_kept_and_can_t_be_approved() {
    let owner = practice("2026-11-25");
    let gym = gym(&owner);
    let joint = Offer { kind: OfferKind::CoPromotion, ..tour(gym) };
    let id = save(&owner, &joint);
    assert_eq!(row(&owner, id).standing, OfferStanding::Blocked);
    assert!(matches!(gratitude::decide_offer(&owner, id, &yes()), Err(GratitudeError::AlreadyDecided)));
    let waits = save(&owner, &Offer { ours_cents: 20_000, ..tour(gym) });
    let listed = GiftNote {
        exclusion: Exclusion::Listed,
        exclusion_on: Some(day("2026-11-24")),
        ..GiftNote::default()
    };
    gratitude::set_gift_note(&owner, Party::Partner(gym), &listed).expect("found since");
    assert!(matches!(gratitude::decide_offer(&owner, waits, &yes()), Err(GratitudeError::Blocked(_))));
}

#[test]
fn a_slip_is_told_beside_its_field_and_patients_have_programs_of_their_own() {
    let practice = practice("2026-11-25");
    let gym = gym(&practice);
    let (patient, source) = tell(&practice, |tx| {
        let patient = world::partner(tx, "Ada Quill", "patient", "patient");
        Ok((patient, world::partner(tx, "Our site", "source", "web_site")))
    });
    for (field, offer) in [
        ("what", Offer { what: " ".into(), ..tour(gym) }),
        ("fromOn", Offer { from_on: day("1999-12-31"), ..tour(gym) }),
        ("fromOn", Offer { from_on: day("2028-11-26"), ..tour(gym) }),
        ("toOn", Offer { to_on: Some(day("2026-12-04")), ..tour(gym) }),
        ("oursCents", Offer { ours_cents: -1, ..tour(gym) }),
        ("theirsCents", Offer { theirs_cents: 10_000_001, ..tour(gym) }),
        ("agreement", Offer { agreement: Some("x".repeat(301)), ..tour(gym) }),
        ("partner", tour(patient)),
        ("partner", tour(source)),
    ] {
        match gratitude::save_offer(&practice, &offer) {
            Err(GratitudeError::Invalid { field: told, .. }) => assert_eq!(told, field),
            other => panic!("{field}: {other:?}"),
        }
    }
    assert!(gratitude::offers(&practice, false).expect("offers").is_empty());
    let gone = Offer { id: Some(RecordId::new()), ..tour(gym) };
    assert!(matches!(gratitude::save_offer(&practice, &gone), Err(GratitudeError::Missing)));
}

#[test]
fn it_goes_to_the_trash_with_its_reason_and_comes_back() {
    let practice = practice("2026-11-25");
    let gym = gym(&practice);
    let id = save(&practice, &tour(gym));
    let silent = gratitude::trash_offer(&practice, id, " ");
    assert!(matches!(silent, Err(GratitudeError::Invalid { field: "reason", .. })), "{silent:?}");
    let trashed = gratitude::trash_offer(&practice, id, "The hall is closed").expect("trashed");
    assert!(gratitude::offers(&practice, false).expect("offers").is_empty());
    let there = gratitude::offers(&practice, true).expect("the trash");
    assert_eq!(there[0].trash_reason.as_deref(), Some("The hall is closed"));
    assert!(matches!(gratitude::save_offer(&practice, &there[0].offer), Err(GratitudeError::Missing)));
    gratitude::restore_offer(&practice, id).expect("back");
    assert_eq!(row(&practice, id).standing, OfferStanding::Planned);
    assert!(matches!(gratitude::restore_offer(&practice, id), Err(GratitudeError::Missing)));
    history::undo_last(&practice).expect("back in the trash");
    history::undo(&practice, trashed.entry.expect("an entry").seq, OnConflict::Ask).expect("and out of it");
    assert_eq!(row(&practice, id).offer.what, "A tour of both houses");
}

#[test]
fn the_register_tells_it_and_a_partner_it_was_decided_with_is_not_purged() {
    let owner = practice("2026-11-25");
    let gym = gym(&owner);
    let note = Some("They bring the hall".to_owned());
    let id = save(&owner, &Offer { ours_cents: 20_000, fair_value: note, federal: Known::Yes, ..tour(gym) });
    save(&owner, &Offer { from_on: day("2027-01-02"), ..tour(gym) });
    gratitude::decide_offer(&owner, id, &yes()).expect("approved, as nobody else can");
    assert!(row(&owner, id).own_decision);
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("gifts.xlsx");
    let order = RewardOrder { year: 2026, format: RewardFormat::Xlsx };
    let written = reward_register(&owner, &order, &target).expect("written");
    let lines = written.sheets.iter().find(|sheet| sheet.sheet == "Done together").expect("a sheet");
    assert_eq!(lines.rows, 1, "next year's is not on it");
    let mut file: Xlsx<_> = open_workbook(&target).expect("opens");
    let range = file.worksheet_range("Done together").expect("the sheet");
    let text = range.rows().flatten().map(ToString::to_string).collect::<Vec<_>>().join("|");
    for words in
        ["Oak Street Gym", "A tour of both houses", "|200|100|", "They bring the hall", "Federal referrer"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let paper = RewardOrder { format: RewardFormat::Pdf, ..order };
    let printed = reward_register(&owner, &paper, &folder.path().join("gifts.pdf")).expect("printed");
    assert_eq!(printed.sheets, written.sheets, "both hold the same lines");
}

#[test]
fn a_partner_stays_while_something_was_planned_together_or_decided() {
    let (owner, set) = practice_over_time("2026-11-25");
    let kept = gym(&owner);
    let waits = save(&owner, &Offer { ours_cents: 20_000, ..tour(kept) });
    gratitude::decide_offer(&owner, waits, &yes()).expect("approved, as nobody else can");
    gratitude::trash_offer(&owner, waits, "It did not take place").expect("trashed");
    let dropped = gym(&owner);
    let only = save(&owner, &tour(dropped));
    gratitude::trash_offer(&owner, only, "A slip").expect("trashed");
    network::trash_partners(&owner, &[kept, dropped], Some("Closed")).expect("trashed");
    let at_once = Policy { patient_years: 0, partner_years: 0, person_years: 0, ..Policy::default() };
    retention::set_policy(&owner, at_once).expect("set");
    set(day("2027-06-01"));
    let preview = retention::purge_preview(&owner).expect("a preview");
    let ready: Vec<RecordRef> = preview.ready.iter().map(|one| one.record).collect();
    assert_eq!(ready, [RecordRef { kind: RecordKind::Partner, id: dropped.0 }]);
    retention::purge(&owner, &ready).expect("gone");
    assert!(gratitude::offers(&owner, true).expect("the trash").iter().all(|row| row.id != only));
    assert_eq!(gratitude::offers(&owner, true).expect("the trash").len(), 1, "what was decided stays");
}

#[test]
fn what_was_decided_stays_when_what_it_is_about_is_taken_back() {
    let owner = practice("2026-11-25");
    let gym = gym(&owner);
    let written = gratitude::save_offer(&owner, &Offer { ours_cents: 20_000, ..tour(gym) }).expect("kept");
    let (id, seq) = (written.value, written.entry.expect("an entry").seq);
    gratitude::decide_offer(&owner, id, &yes()).expect("approved, as nobody else can");
    for how in [OnConflict::Ask, OnConflict::Overwrite] {
        let answer = history::undo(&owner, seq, how);
        assert_eq!(row(&owner, id).approved, Some(true), "{answer:?}");
    }
}
