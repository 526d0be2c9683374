//! Who waits for thanks, and thanking them.

use baton_core::gratitude::{self, GratitudeError, NewThanks, QueueRow, ThanksForm, ThanksStatus};
use baton_core::history;
use baton_core::insights;
use baton_core::network::Party;
use baton_core::store::OnConflict;
use baton_core::testing::{day, practice, practice_over_time};

use crate::world::{self, Told, tell};

fn by_letter(of: Party, line: &str) -> NewThanks {
    NewThanks { of, form: ThanksForm::Letter, line: line.into(), template: Some("thanks".into()) }
}

fn names(rows: &[QueueRow]) -> Vec<&str> {
    rows.iter().map(|row| row.name.as_str()).collect()
}

const LINE: &str = "Your note about the stiff knee helped us on the first day.";

#[test]
fn whoever_sent_somebody_waits_once_and_is_due_two_working_days_later() {
    let practice = practice("2026-11-25");
    let (pine, advert, ito) = tell(&practice, |tx| {
        let pine = world::partner(tx, "Pine Hollow", "medical", "primary_care");
        let advert = world::partner(tx, "Newspaper", "source", "advert");
        let ito = world::person(tx, "Keiko Ito", None);
        for received in ["2026-11-24", "2026-11-25", "2026-11-24"] {
            world::referral(tx, &Told { received, from: Some(pine), person: Some(ito), ..Told::default() });
        }
        world::referral(tx, &Told { received: "2026-11-20", from: Some(pine), ..Told::default() });
        world::referral(tx, &Told { received: "2026-11-20", from: Some(advert), ..Told::default() });
        world::referral(tx, &Told { received: "2026-01-20", from: Some(advert), ..Told::default() });
        Ok((pine, advert, ito))
    });
    let _ = advert;
    let rows = gratitude::queue(&practice).expect("a queue");
    assert_eq!(names(&rows), ["Pine Hollow", "Keiko Ito"], "an advertisement is nobody to thank");
    // Thanksgiving is the 26th: two working days after the 24th is the 27th, after the 20th the 24th.
    assert_eq!(
        rows.iter().map(|row| (row.due_on, row.late)).collect::<Vec<_>>(),
        [(day("2026-11-24"), true), (day("2026-11-27"), false)]
    );
    assert_eq!(names(&gratitude::thanks_due(&practice).expect("due")), ["Pine Hollow"]);
    gratitude::send_thanks(&practice, &by_letter(Party::Person(ito), LINE)).expect("sent");
    gratitude::waive_thanks(&practice, Party::Partner(pine), "Thanked in person at the meeting")
        .expect("waived");
    assert!(gratitude::queue(&practice).expect("empty").is_empty());
    let told = gratitude::thanks_of(&practice, Party::Person(ito)).expect("thanks");
    assert_eq!((told[0].status, told[0].line.as_str()), (ThanksStatus::Sent, LINE));
}

#[test]
fn sent_by_mistake_is_taken_back_and_waits_again() {
    let practice = practice("2026-11-25");
    let pine = tell(&practice, |tx| {
        let pine = world::partner(tx, "Pine Hollow", "medical", "primary_care");
        world::referral(tx, &Told { received: "2026-11-24", from: Some(pine), ..Told::default() });
        Ok(pine)
    });
    let sent = gratitude::send_thanks(&practice, &by_letter(Party::Partner(pine), LINE)).expect("sent");
    history::undo(&practice, sent.entry.expect("an entry").seq, OnConflict::Ask).expect("taken back");
    assert_eq!(names(&gratitude::queue(&practice).expect("a queue")), ["Pine Hollow"]);
}

#[test]
fn a_line_is_ones_own_and_not_one_of_the_last_three_again() {
    let (practice, set) = practice_over_time("2026-11-02");
    let pine = tell(&practice, |tx| Ok(world::partner(tx, "Pine Hollow", "medical", "primary_care")));
    let of = Party::Partner(pine);
    let short = gratitude::send_thanks(&practice, &by_letter(of, "Many thanks to you"));
    assert!(matches!(short, Err(GratitudeError::Invalid { field: "line", .. })), "{short:?}");
    for (n, on) in ["2026-11-03", "2026-11-04", "2026-11-05"].into_iter().enumerate() {
        set(day(on));
        gratitude::send_thanks(&practice, &by_letter(of, &format!("Line number {n} of our own words")))
            .expect("sent");
        let again = gratitude::send_thanks(&practice, &by_letter(of, "LINE number 0, of our own words."));
        assert!(matches!(again, Err(GratitudeError::Invalid { field: "line", .. })), "{n}");
    }
    set(day("2026-11-06"));
    gratitude::send_thanks(&practice, &by_letter(of, "Line number 3 of our own words")).expect("sent");
    gratitude::send_thanks(&practice, &by_letter(of, "Line number 0 of our own words"))
        .expect("long enough ago");
}

#[test]
fn a_field_nobody_filled_stops_a_letter_and_is_named() {
    let practice = practice("2026-11-25");
    let ito = tell(&practice, |tx| Ok(world::person(tx, "Keiko Ito", None)));
    let of = Party::Person(ito);
    let letter = gratitude::preview_letter(&practice, of, "again", LINE).expect("a letter");
    assert!(letter.missing.contains(&"workplace".to_owned()), "{:?}", letter.missing);
    let refused = gratitude::send_thanks(
        &practice,
        &NewThanks { template: Some("again".into()), ..by_letter(of, LINE) },
    );
    assert!(matches!(refused, Err(GratitudeError::Invalid { field: "template", .. })), "{refused:?}");
}

#[test]
fn a_draft_is_kept_and_gone_once_it_is_sent() {
    let practice = practice("2026-11-25");
    let pine = tell(&practice, |tx| {
        let pine = world::partner(tx, "Pine Hollow", "medical", "primary_care");
        world::referral(tx, &Told { received: "2026-11-24", from: Some(pine), ..Told::default() });
        Ok(pine)
    });
    let of = Party::Partner(pine);
    gratitude::save_draft(&practice, &by_letter(of, "Begun")).expect("kept");
    gratitude::save_draft(&practice, &by_letter(of, "Begun again")).expect("kept");
    let draft = gratitude::queue(&practice).expect("a queue").remove(0).draft.expect("a draft");
    assert_eq!(draft.line, "Begun again");
    gratitude::send_thanks(&practice, &by_letter(of, LINE)).expect("sent");
    assert_eq!(gratitude::thanks_of(&practice, of).expect("thanks").len(), 1);
}

#[test]
fn thanks_close_the_last_part_of_the_loop() {
    let practice = practice("2026-11-25");
    let (pine, referral) = tell(&practice, |tx| {
        let pine = world::partner(tx, "Pine Hollow", "medical", "primary_care");
        Ok((pine, world::referral(tx, &Told { received: "2026-11-24", from: Some(pine), ..Told::default() })))
    });
    assert!(!insights::loop_audit(&practice, referral).expect("a loop").thanked.done);
    gratitude::send_thanks(&practice, &by_letter(Party::Partner(pine), LINE)).expect("sent");
    let thanked = insights::loop_audit(&practice, referral).expect("a loop").thanked;
    assert_eq!((thanked.done, thanked.on), (true, Some(day("2026-11-25"))));
}
