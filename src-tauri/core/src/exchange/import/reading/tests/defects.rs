//! Defects that real files have.

use super::*;
use crate::exchange::import::row::{Channel, Outcome};
use crate::foundation::date_text::DateOrder;

const HEADER: &str = "Referral Date,Referred By,Patient,Status\n";

#[test]
fn dates_that_can_be_read_two_ways_are_asked_once() {
    let file = format!("{HEADER}03/04/2026,Dr. Lee,Al Fox,Seen\n05/06/2026,Dr. Roe,Bo Ray,Seen\n");
    let view = understood(&file).view;
    assert_eq!(view.ambiguities.len(), 1);
    assert_eq!(view.ambiguities[0].options, ["--date-order mdy", "--date-order dmy"]);
    assert!(matches!(read_with(&file, &Overrides::default()), Err(ReadError::Undecided { .. })));
    for (order, day) in [(DateOrder::Mdy, "2026-03-04"), (DateOrder::Dmy, "2026-04-03")] {
        let (understood, result) =
            read_with(&file, &Overrides { date_order: Some(order), ..Overrides::default() })
                .expect("decided");
        assert_eq!(understood.view.ambiguities, []);
        assert_eq!(result.referrals[0].received_on.to_string(), day);
    }
}

#[test]
fn one_day_above_twelve_settles_the_whole_column() {
    let (_, result) =
        read(format!("{HEADER}03/04/2026,Dr. Lee,Al Fox,Seen\n25/06/2026,Dr. Roe,Bo Ray,Seen\n"));
    assert_eq!(result.referrals[0].received_on.to_string(), "2026-04-03");
    let (_, result) =
        read(format!("{HEADER}03/04/2026,Dr. Lee,Al Fox,Seen\n06/25/2026,Dr. Roe,Bo Ray,Seen\n"));
    assert_eq!(result.referrals[0].received_on.to_string(), "2026-03-04");
}

#[test]
fn another_column_or_the_title_may_prove_the_custom_of_the_file() {
    let by_birth = "Referral Date,Referred By,Patient,DOB\n03/04/2026,Dr. Lee,Al Fox,12/25/1950\n";
    assert_eq!(read(by_birth).1.referrals[0].received_on.to_string(), "2026-03-04");
    let by_title =
        "Period 1/1/2026 - 3/31/2026,,\nReferral Date,Referred By,Patient\n03/04/2026,Dr. Lee,Al Fox\n";
    assert_eq!(read(by_title).1.referrals[0].received_on.to_string(), "2026-03-04");
}

#[test]
fn rows_without_a_usable_date_are_rejected_with_their_reason() {
    let rows = [
        "2026-01-15,a,b,c",
        ",a,b,c",
        "0000-00-00,a,b,c",
        "TBD,a,b,c",
        "n/a,a,b,c",
        "2026-02-31,a,b,c",
        "1999-12-31,a,b,c",
        "2026-11-01,a,b,c",
        "45839,a,b,c",
        "60,a,b,c",
        "0/0/00,a,b,c",
        "2026-01-15,a,b,c",
        "12/31/9999,a,b,c",
    ];
    let (_, result) = read(format!("{HEADER}{}\n", rows.join("\n")));
    assert_eq!(
        rejects(&result),
        [
            "3 missing_date",
            "4 missing_date",
            "5 unreadable_date",
            "6 unreadable_date",
            "7 unreadable_date",
            "8 date_out_of_range",
            "9 date_out_of_range",
            "11 unreadable_date",
            "12 missing_date",
            "13 duplicate_row",
            "14 date_out_of_range"
        ]
    );
    assert_eq!(result.rows, 13);
    assert_eq!(result.referrals[1].received_on.to_string(), "2025-07-01");
}

#[test]
fn quotes_are_read_as_programs_and_people_write_them() {
    let cases = [
        ("doubled", "2026-01-15,\"Smith \"\"Buddy\"\" John\",Al,Seen\n", "Smith \"Buddy\" John"),
        ("backslash", "2026-01-15,\"O\\'Brien \\\"Bud\\\" Al\",\"x\",\"Seen\"\n", "O'Brien \"Bud\" Al"),
        ("stray inside", "2026-01-15,Smith \"Buddy\" John,Al,Seen\n", "Smith \"Buddy\" John"),
        ("stray in quotes", "2026-01-15,\"Smith \"Buddy\" John\",Al,Seen\n", "Smith \"Buddy\" John"),
        ("space before", "2026-01-15, \"Smith, John\",Al,Seen\n", "Smith, John"),
        ("space behind", "2026-01-15,\"Smith, John\" ,Al,Seen\n", "Smith, John"),
        ("line break", "2026-01-15,\"Smith,\nJohn\",Al,Seen\n", "Smith, John"),
        ("inches", "2026-01-15,Smith 5\" John,Al,Seen\n", "Smith 5\" John"),
        ("backslash at the end", "2026-01-15,\"C:\\scans\\\",Al,Seen\n", "C:\\scans\\"),
    ];
    for (name, row, expected) in cases {
        let (_, result) = read(format!("{HEADER}{row}2026-01-16,Dr. Lee,Bo,Seen\n"));
        assert_eq!(
            result.referrals[0].referrer.as_ref().map(|party| party.text.as_str()),
            Some(expected),
            "{name}"
        );
        assert_eq!(result.referrals.len(), 2, "{name}");
    }
}

#[test]
fn records_are_counted_as_the_parser_sees_them() {
    let (understood, result) = read(
        "Referral Date,Referred By,Patient,Status\n\n2026-01-15,\"Dr.\nLee\",Al,Seen\n,,,\n2026-01-16,Dr. Roe,Bo,Seen\n\n",
    );
    assert_eq!(result.referrals.iter().map(|row| row.record).collect::<Vec<_>>(), [3, 5]);
    assert_eq!(understood.view.blank, 3);
    assert_eq!(understood.view.records, 6);
}

#[test]
fn all_line_ends_are_known() {
    for end in ["\n", "\r\n", "\r"] {
        let (_, result) = read(
            ["Referral Date,Referred By,Patient", "2026-01-15,Dr. Lee,Al", "2026-01-16,Dr. Roe,Bo", ""]
                .join(end),
        );
        assert_eq!(result.referrals.len(), 2, "{end:?}");
    }
}

#[test]
fn a_quote_that_is_never_closed_names_its_line() {
    for (file, line) in [
        (format!("{HEADER}2026-01-15,\"Dr. Lee,Al,Seen\n2026-01-16,Dr. Roe,Bo,Seen\n"), 2),
        (
            format!(
                "{HEADER}\"2026-01-15\",\"Dr. Lee\",\"Al\",\"Seen\"\n\"2026-01-16\",\"Dr. Roe,\"Bo\",\"Seen\"\n"
            ),
            3,
        ),
        (
            format!(
                "{HEADER}2026-01-15,\"Dr. Lee,Al,Seen\n{}",
                "2026-01-16,Dr. Roe,Bo,Seen\n".repeat(20_000)
            ),
            2,
        ),
    ] {
        match read_with(&file, &Overrides::default()) {
            Err(error) => assert_eq!(error, ReadError::UnterminatedQuote { line }),
            // A closing quote left out in a fully quoted line joins two cells; the row is rejected, no other is lost.
            Ok((_, result)) => assert_eq!(result.rows, 2),
        }
    }
}

#[test]
fn rows_longer_than_the_header_are_rejected_and_shorter_ones_read() {
    let (_, result) = read(format!(
        "{HEADER}2026-01-15,Dr. Lee,Al,Seen,,\n2026-01-16,Dr. Roe, Jr.,Bo,Seen\n2026-01-17,Dr. Poe\n"
    ));
    assert_eq!(rejects(&result), ["3 unreadable_row"]);
    assert_eq!(result.referrals.len(), 2);
}

#[test]
fn invisible_letters_and_decomposed_accents_do_not_survive() {
    let (_, result) = read(format!(
        "\u{feff}{HEADER}2026-01-15,\u{200b}Ren\u{65}\u{301}e\u{a0}\u{0}Lee\u{200d} ,Al,Seen\n"
    ));
    assert_eq!(
        result.referrals[0].referrer.as_ref().map(|party| party.text.as_str()),
        Some("Ren\u{e9}e Lee")
    );
}

#[test]
fn undecodable_bytes_are_reported() {
    let mut bytes =
        format!("{HEADER}2026-01-15,Ren\u{e9}e L\u{f6}we \u{fc},Al,Seen\n2026-01-16,").into_bytes();
    bytes.extend_from_slice(b"Andr\xE9 Lee,Bo,Seen\n");
    let (understood, result) = read(&bytes);
    assert_eq!(understood.view.encoding, "UTF-8");
    assert!(
        understood
            .view
            .warnings
            .iter()
            .any(|warning| warning.code == WarningCode::Undecodable && warning.text.contains("line 3"))
    );
    assert_eq!(result.referrals[1].referrer.as_ref().map(|party| party.text.as_str()), Some("André Lee"));
}

#[test]
fn numbers_that_must_not_be_kept_are_never_mapped() {
    let view = understood(
        "Referral Date,Referred By,Patient,SSN,Nr\n2026-01-15,Dr. Lee,Al,123-45-6789,123-45-6789\n",
    )
    .view;
    assert!(view.columns[3].denied && view.columns[4].denied);
    assert_eq!(view.warnings.iter().filter(|warning| warning.code == WarningCode::DeniedColumn).count(), 2);
}

#[test]
fn status_words_are_understood_and_unknown_ones_named() {
    use Outcome::{Declined, Lost, NoShow, Scheduled, Seen};
    let cases: [(Option<Outcome>, &[&str]); 6] = [
        (
            Some(Seen),
            &[
                "Kept",
                "Completed",
                "Evaluated",
                "Seen",
                "Arrived",
                "Checked Out",
                "Active patient",
                "SEEN",
                "Attended",
                "Discharged",
                "Eval completed",
                "Converted",
            ],
        ),
        (
            Some(NoShow),
            &[
                "DNS",
                "NS",
                "No-show",
                "No Show",
                "no_show",
                "N/S",
                "Did not show",
                "Missed appt",
                "Patient No Showed",
            ],
        ),
        (
            Some(Declined),
            &[
                "Cancelled by patient",
                "Declined",
                "Refused",
                "Insurance denied",
                "Canceled",
                "Declined - insurance",
                "Pt declined",
                "Not interested",
                "Cx",
                "Out of network",
            ],
        ),
        (
            Some(Lost),
            &["Unable to reach", "LTFU", "Lost to follow-up", "No response", "Unable to contact pt x3"],
        ),
        (
            Some(Scheduled),
            &[
                "Scheduled",
                "Pending",
                "Open",
                "New",
                "IE Scheduled",
                "In progress",
                "Left message",
                "Not yet scheduled",
                "Rescheduled",
                "Waiting for auth",
            ],
        ),
        (None, &["", "-", "N/A", "Zebra", "Not seen"]),
    ];
    for (outcome, words) in cases {
        for word in words {
            let (_, result) = read(format!(
                "{HEADER}2026-01-15,Dr. Lee,Al,{word}\n2026-01-16,Dr. Lee,Bo,Seen\n2026-01-17,Dr. Lee,Cy,Declined\n"
            ));
            assert_eq!(result.referrals[0].outcome, outcome, "{word:?}");
        }
    }
    let view = understood(format!("{HEADER}2026-01-15,Dr. Lee,Al,Zebra\n2026-01-15,Dr. Lee,Bo,Seen\n")).view;
    assert!(view.warnings.iter().any(|warning| warning.code == WarningCode::UndecidedWords
        && warning.text.contains("--value \"Zebra=seen\"")));
}

#[test]
fn sources_without_a_name_are_channels_and_names_stay_names() {
    use Channel::{
        Advert, Event, InsuranceDirectory, InternetSearch, SelfReferred, Unknown, UnnamedFriend, WalkIn,
        Website,
    };
    let cases: [(Option<Channel>, &[&str]); 10] = [
        (
            Some(SelfReferred),
            &["Self", "self referral", "SELF-REFERRED", "Direct Access", "Patient self referred"],
        ),
        (
            Some(InternetSearch),
            &["Google", "google search", "Internet - Google", "Internet", "online search"],
        ),
        (
            Some(UnnamedFriend),
            &[
                "Friend",
                "Friend/Family",
                "FRIEND",
                "Family member",
                "word of mouth",
                "Friend Family",
                "Former patient",
            ],
        ),
        (
            Some(Website),
            &["Website", "Our website", "Facebook", "Instagram", "Web Site", "Social media", "Yelp"],
        ),
        (
            Some(InsuranceDirectory),
            &["Insurance", "Insurance directory", "Found through insurance", "insurance company"],
        ),
        (Some(Advert), &["Newspaper ad", "Radio", "Yellow Pages"]),
        (Some(Event), &["Health fair", "Community event"]),
        (Some(WalkIn), &["Walk-in", "Drive by", "walked in"]),
        (
            Some(Unknown),
            &["", "-", "N/A", "None", "Unknown", "unk", "?", "Not asked", "Other", "(Unassigned)", "#N/A"],
        ),
        (
            None,
            &[
                "Puffin Logistics",
                "Dr. Self",
                "Jane Friend",
                "Family Health Center",
                "Walker",
                "Insurance Office of Maine",
                "Kelp Street Family Health",
                "Dr. Google",
                "Good Neighbor Pharmacy",
                "Direct Care Clinic",
            ],
        ),
    ];
    for (channel, words) in cases {
        for word in words {
            let (_, result) = read(format!(
                "{HEADER}2026-01-15,{word},Al,Seen\n2026-01-16,\"Lee, Ann MD\",Bo,Seen\n2026-01-17,\"Roe, Jo DO\",Cy,Seen\n"
            ));
            assert_eq!(result.referrals[0].channel, channel, "{word:?}");
        }
    }
}

#[test]
fn words_can_be_decided_by_hand() {
    let overrides = Overrides {
        values: [
            ("Zebra".to_owned(), Meaning::Outcome(Outcome::Lost)),
            ("Google".to_owned(), Meaning::Referrer),
            ("Dr. Nobody".to_owned(), Meaning::Channel(Channel::Unknown)),
        ]
        .into(),
        ..Overrides::default()
    };
    let (_, result) =
        read_with(format!("{HEADER}2026-01-15,Google,Al,zebra\n2026-01-16,Dr Nobody,Bo,Seen\n"), &overrides)
            .expect("read");
    assert_eq!(lines(&result), ["2|2026-01-15|Google|Al|Lost|-", "3|2026-01-16|<Unknown>|Bo|Seen|-"]);
}

#[test]
fn what_is_missing_names_the_option_that_decides() {
    let view = understood("Aaa,Bbb,Patient\nx,y,Al Fox\n").view;
    let kinds: Vec<_> = view.ambiguities.iter().map(|ambiguity| ambiguity.kind).collect();
    assert!(kinds.contains(&AmbiguityKind::MissingColumn), "{:?}", view.ambiguities);
    let error = understand(
        &source(HEADER.to_owned() + "2026-01-15,a,b,c\n"),
        &Overrides { map: [("Nope".to_owned(), Field::Reason)].into(), ..Overrides::default() },
    )
    .expect_err("no such column");
    assert_eq!(error, ReadError::NoSuchColumn { name: "Nope".to_owned() });
}
