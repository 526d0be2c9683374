//! What is no data, taken back as data, and the other way round; reports whose referrer stands above the rows.

use super::*;
use crate::exchange::import::row::{Aside, AsideKind};

const REPORT: &str = "Referrals of March\n\
    Date,Patient,Referred By,Status,Payer\n\
    3/22/2026,\"Doe, Jane\",Smith MD,Seen,Aetna\n\
    Total Wellness,\"Roe, Al\",,,\n\
    3/14/2026,\"Poe, Ed\",Jones NP,Seen,Cigna\n\
    Total,2,,,\n";

fn asides(result: &ReadResult) -> Vec<(u32, AsideKind)> {
    result.aside.iter().map(|Aside { record, kind, .. }| (*record, *kind)).collect()
}

#[test]
fn every_record_is_data_or_set_aside_with_its_reason_and_its_cells() {
    let (_, result) = read(REPORT);
    assert_eq!(asides(&result), [(1, AsideKind::Preamble), (4, AsideKind::Totals), (6, AsideKind::Totals)]);
    assert_eq!(result.aside[1].cells, ["Total Wellness", "Roe, Al"]);
    assert_eq!(result.rows, 2);
}

#[test]
fn what_was_taken_for_a_sum_is_data_when_somebody_says_so_and_a_row_is_none() {
    let overrides = Overrides { data: [4].into(), not_data: [5].into(), ..Overrides::default() };
    let (understood, result) = read_with(REPORT, &overrides).expect("read");
    assert_eq!(asides(&result), [(1, AsideKind::Preamble), (5, AsideKind::Decided), (6, AsideKind::Totals)]);
    assert_eq!(rejects(&result), ["4 unreadable_date"]);
    assert_eq!((understood.view.rows, result.rows), (2, 2));
    let rejected = &result.rejected[0];
    assert_eq!((&*rejected.patient, &*rejected.day), ("Roe, Al", "Total Wellness"));
    let later =
        read_with(REPORT, &Overrides { data: [1, 6].into(), ..Overrides::default() }).expect("read").1;
    assert_eq!((later.rows, asides(&later)), (4, vec![(4, AsideKind::Totals)]));
}

#[test]
fn a_rejected_row_says_which_row_it_repeats() {
    let row = "3/22/2026,\"Doe, Jane\",Smith MD\n";
    let (_, result) = read(format!("Date,Patient,Referred By\n{row}3/23/2026,\"Roe, Al\",Jones NP\n{row}"));
    assert_eq!(result.rejected[0].detail, "Every cell equals row 2.");
    assert_eq!((&*result.rejected[0].who, &*result.rejected[0].patient), ("Smith MD", "Doe, Jane"));
}

#[test]
fn the_referrer_may_stand_above_the_rows_with_or_without_a_label() {
    let expected = [
        "4|2026-03-02|Smith, John MD|Doe, Jane|Seen|-",
        "5|2026-03-15|Smith, John MD|Roe, Al|Seen|-",
        "8|2026-03-02|Jones, Mary NP|Doe, Jane|NoShow|-",
    ];
    let labelled = "Referrals by provider\nPatient,Date,Chart,Status,Payer\n\
        Referring Provider: \"Smith, John MD (2)\",,,,\n";
    let rows = "\"Doe, Jane\",3/2/2026,1,Seen,A\n\"Roe, Al\",3/15/2026,2,Seen,B\nSubtotal,2,,,\n";
    let second = "\"Doe, Jane\",3/2/2026,1,No Show,A\nSubtotal,1,,,\nGrand Total,3,,,\n";
    let in_two = labelled.replace(
        "Referring Provider: \"Smith, John MD (2)\",,",
        "Referring Provider:,\"Smith, John MD (2)\",",
    );
    for (above, below) in [
        (
            labelled.replace("Provider: \"Smith, John MD (2)\"", "Provider: Smith John MD (2)"),
            "Referring Provider: Jones Mary NP,,,,\n",
        ),
        (in_two, "Referring Provider:,\"Jones, Mary NP\",,,\n"),
        (
            labelled.replace("Referring Provider: \"Smith, John MD (2)\"", "\"Smith, John MD (2)\""),
            "\"Jones, Mary NP\",,,,\n",
        ),
    ] {
        let (_, result) = read(format!("{above}{rows}{below}{second}"));
        let told: Vec<String> = lines(&result)
            .iter()
            .map(|line| line.replace("Smith John", "Smith, John").replace("Jones Mary", "Jones, Mary"))
            .collect();
        assert_eq!(told, expected, "{above}");
        assert!(result.rejected.is_empty());
    }
}

#[test]
fn a_table_without_anybody_who_refers_is_read_when_somebody_says_that_it_is_right() {
    let file = "Date,Patient,Status\n3/22/2026,\"Doe, Jane\",Seen\n3/23/2026,\"Roe, Al\",Seen\n";
    let asked = understood(file).view.ambiguities;
    assert_eq!(asked.iter().map(|one| one.kind).collect::<Vec<_>>(), [AmbiguityKind::MissingReferrer]);
    assert!(asked[0].options.contains(&"--without-referrer".to_owned()));
    let overrides = Overrides { without_referrer: true, ..Overrides::default() };
    let (understood, result) = read_with(file, &overrides).expect("read");
    assert!(understood.view.ambiguities.is_empty());
    assert_eq!(lines(&result)[0], "2|2026-03-22|<Unknown>|Doe, Jane|Seen|-");
}

#[test]
fn a_number_a_spreadsheet_wrote_in_its_own_way_is_the_npi_it_was_unless_digits_are_lost() {
    use crate::exchange::import::row::NpiCell;
    let file = "Date,Patient,Referred By,Referring NPI\n3/22/2026,A Doe,Smith MD,1234567893.0\n\
        3/23/2026,B Roe,Jones NP,1.234567893E+09\n3/24/2026,C Poe,Miller DO,1.23457E+09\n";
    let (_, result) = read(file);
    let npis: Vec<_> =
        result.referrals.iter().map(|row| row.referrer.as_ref().map(|party| party.npi.clone())).collect();
    assert!(matches!(npis[0], Some(NpiCell::Valid(npi)) if npi.to_string() == "1234567893"));
    assert_eq!(npis[1], npis[0]);
    assert_eq!(npis[2], Some(NpiCell::Refused("1.23457E+09".into())));
}
