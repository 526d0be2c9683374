//! The register of a year as a workbook: as many lines as the ledger has, and nobody's patients.

use baton_core::exchange::export::{ExportError, RewardFormat, RewardOrder, friends_report, reward_register};
use baton_core::gratitude::{self, NewReward, NewThanks, RecipientKind, ThanksForm, Whom};
use baton_core::network::Party;
use baton_core::testing::{practice, with_role};
use baton_core::vault::Role;
use calamine::{Reader, Xlsx, open_workbook};

use super::kit::{NPI, give, item, physician, share};
use crate::world::{self, tell};

fn order(format: RewardFormat) -> RewardOrder {
    RewardOrder { year: 2026, format }
}

#[test]
fn the_register_holds_every_share_the_limits_and_who_signed() {
    let owner = practice("2026-11-25");
    let ito = physician(&owner, "Keiko Ito", Some(NPI[0]));
    give(&owner, &item(ito, 2_000, "2026-02-01")).expect("given");
    give(&owner, &item(ito, 1_000, "2026-03-01")).expect("given");
    let quill = tell(&owner, |tx| Ok(world::partner(tx, "Ada Quill", "patient", "patient")));
    let book = NewReward {
        shares: vec![share(Whom::Partner(quill), Some(RecipientKind::Patient))],
        ..item(ito, 1_200, "2026-04-01")
    };
    give(&owner, &book).expect("given");
    gratitude::attest(&owner, 2026, "Nothing to object to").expect("signed");
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("gifts.xlsx");
    let written = reward_register(&owner, &order(RewardFormat::Xlsx), &target).expect("written");
    assert_eq!(written.sheets.iter().map(|sheet| sheet.rows).collect::<Vec<_>>(), [3, 2, 0, 7, 1, 0]);
    let paper = folder.path().join("gifts.pdf");
    let printed = reward_register(&owner, &order(RewardFormat::Pdf), &paper).expect("printed");
    assert_eq!(printed.sheets, written.sheets, "both hold the same lines");
    assert!(std::fs::read(&paper).expect("a file").starts_with(b"%PDF-1.7"));
    let mut file: Xlsx<_> = open_workbook(&target).unwrap();
    let text = |file: &mut Xlsx<_>, sheet: &str| {
        let range = file.worksheet_range(sheet).unwrap();
        range.rows().flatten().map(ToString::to_string).collect::<Vec<_>>().join("|")
    };
    let register = text(&mut file, "Register");
    assert!(register.contains("Keiko Ito") && register.contains("|30|"), "running total: {register}");
    assert!(!register.contains("Quill"), "a token stands for a patient");
    assert!(text(&mut file, "Limits").contains("Horty Springer"));
    let statement = text(&mut file, "Statement");
    assert!(
        statement.contains("3 entries with 3 lines, $42.00 in all") && statement.contains("Not legal advice")
    );
    assert!(text(&mut file, "Signed").contains("Nothing to object to"));
    let friends = folder.path().join("friends.pdf");
    let told = friends_report(&owner, 2026, &friends).expect("a report");
    assert_eq!(told.sheets.iter().map(|sheet| sheet.rows).collect::<Vec<_>>(), [0, 0, 0]);
    let card = NewThanks {
        of: Party::Partner(quill),
        form: ThanksForm::Card,
        line: "It was kind of you to speak of us.".into(),
        template: None,
    };
    gratitude::send_thanks(&owner, &card).expect("thanked");
    let told = friends_report(&owner, 2026, &friends).expect("a report");
    assert_eq!(told.sheets[0].rows, 1);
    let (recognised, _) = gratitude::friends(&owner, 2026).expect("friends");
    assert!(recognised[0].token.starts_with("Patient "), "a token stands for a patient");
    let refused = reward_register(&with_role(&owner, Role::Liaison), &order(RewardFormat::Xlsx), &target);
    assert!(matches!(refused, Err(ExportError::Store(_))), "{refused:?}");
}
