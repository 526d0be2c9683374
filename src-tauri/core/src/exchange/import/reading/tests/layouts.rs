//! Layouts of other systems and of people, each a small file.

use super::*;
use crate::exchange::import::row::{Direction, NpiCell, TableKind};

#[track_caller]
fn expect(file: &str, expected: &[&str], rejected: &[&str]) {
    let (_, result) = read(file);
    assert_eq!(lines(&result), expected);
    assert_eq!(rejects(&result), rejected);
}

#[test]
fn athenahealth_referral_report() {
    expect(
        "Referral Report\nRun on 10/15/2026\n\npatientid,patient name,patient dob,referring provider,referring provider npi,referral received,appt date,apptstatus,department,primary insurance\n\
         1001,\"DOE, JANE\",02/14/1961,\"SMITH, JOHN A MD\",1234567893,10/01/2026,10/13/2026,Checked Out,PT EAST,AETNA\n\
         1002,\"ROE, RICHARD\",07/30/1980,,,10/02/2026,,Cancelled by Patient,PT EAST,CIGNA\n\
         1003,\"POE, EDGAR\",01/19/1949,\"JONES, MARY NP\",1234567890,10/05/2026,10/20/2026,No Show,PT EAST,MEDICARE\n",
        &[
            "5|2026-10-01|SMITH, JOHN A MD|DOE, JANE|Seen|-",
            "6|2026-10-02|<Unknown>|ROE, RICHARD|Declined|-",
            "7|2026-10-05|JONES, MARY NP|POE, EDGAR|NoShow|-",
        ],
        &[],
    );
}

#[test]
fn eclinicalworks_with_separate_names_and_totals() {
    expect(
        "Ref From First Name\tRef From Last Name\tRef From Facility\tReferral Date\tPt Acct #\tPatient Last\tPatient First\tReferral Status\n\
         Anna\tKowalski\tHarbor Family Med\t2026-03-14\t77\tStone\tLea\tConsult Complete\n\
         Tom\tReed\tReed Ortho\t2026-03-15\t78\tHill\tMax\tPending\n\
         \tSelf\t\t2026-03-16\t79\tDale\tKim\tOpen\n\
         Total\t\t\t\t3\t\t\t\n",
        &[
            "2|2026-03-14|Anna Kowalski|Lea Stone|Seen|-",
            "3|2026-03-15|Tom Reed|Max Hill|Scheduled|-",
            "4|2026-03-16|<SelfReferred>|Kim Dale|Scheduled|-",
        ],
        &[],
    );
}

#[test]
fn hand_made_sheet_of_a_front_desk() {
    expect(
        "Date;Pt Name;DOB;Who referred;Showed?;$\n13.2.26;Jane Doe;2/1/61;Dr. Smith;yes;\n14.2.26;Bob Ray;;google;no;\n;Al Fox;;Dr. Smith;;\nTBD;Cy Lee;;her sister;;\n",
        &["2|2026-02-13|Dr. Smith|Jane Doe|Seen|-", "3|2026-02-14|<InternetSearch>|Bob Ray|-|-"],
        &["4 missing_date", "5 unreadable_date"],
    );
}

#[test]
fn webpt_style_with_groups_repeated_headers_and_page_footers() {
    expect(
        "Clinic: East,,,,\nReceived,Patient,Referring Physician,Status,Charges\n01/20/2026,\"Doe, Jane\",\"Smith, John MD\",Evaluated,\"$1,200.50\"\nPage 1 of 2,,,,\n\
         Received,Patient,Referring Physician,Status,Charges\n,,,,\n01/22/2026,\"Roe, Al\",,DNS,\nGrand Total,,,,\"$1,200.50\"\nGenerated 2/1/2026 by admin,,,,\n",
        &["3|2026-01-20|Smith, John MD|Doe, Jane|Seen|120050", "7|2026-01-22|<Unknown>|Roe, Al|NoShow|-"],
        &[],
    );
}

#[test]
fn german_practice_software() {
    let text = "Eingangsdatum;Patient;Geburtsdatum;Zuweiser;Praxis;Diagnose;Versicherung;Status;Betrag\n\
         03.04.2026;Müller, Anna;01.02.1960;Dr. med. Jürgen Groß;Praxis am Markt;Knieschmerz;AOK;erschienen;1.234,50\n\
         05.04.2026;Weiß, Karl;05.06.1971;Selbstzuweiser;;Schulter;TK;abgesagt;80,00\n";
    let expected = [
        "2|2026-04-03|Dr. med. Jürgen Groß|Müller, Anna|Seen|123450",
        "3|2026-04-05|<SelfReferred>|Weiß, Karl|Declined|8000",
    ];
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let mac: Vec<u8> = encoding_rs::MACINTOSH.encode(text).0.into_owned();
    let utf16 = |little: bool, mark: bool| {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect::<Vec<u8>>()
    };
    let files: [(&str, Vec<u8>); 7] = [
        ("utf-8", text.as_bytes().to_vec()),
        ("windows-1252", windows.into_owned()),
        ("mac roman", mac),
        ("utf-16 le", utf16(true, true)),
        ("utf-16 be", utf16(false, true)),
        ("utf-16 le without mark", utf16(true, false)),
        ("utf-16 be without mark", utf16(false, false)),
    ];
    for (name, bytes) in files {
        let (understood, result) = read(bytes);
        assert_eq!(lines(&result), expected, "{name}");
        assert_eq!(understood.view.decimal, crate::foundation::money_text::DecimalSign::Comma, "{name}");
    }
}

#[test]
fn spanish_and_french_headings() {
    expect(
        "Fecha,Nombre del paciente,Médico remitente,Estatus\n23/09/2026,Ana Ruiz,Dra. López,Atendido\n02/10/2026,Luis Gil,Amigo,Cancelado\n",
        &["2|2026-09-23|Dra. López|Ana Ruiz|Seen|-", "3|2026-10-02|<UnnamedFriend>|Luis Gil|Declined|-"],
        &[],
    );
    expect(
        "Date de réception|Patient|Médecin adresseur|Statut\n23/09/2026|Zoé Petit|Dr Durand|Vu\n04/10/2026|Léo Roy|Internet|Annulé\n",
        &["2|2026-09-23|Dr Durand|Zoé Petit|Seen|-", "3|2026-10-04|<InternetSearch>|Léo Roy|Declined|-"],
        &[],
    );
}

#[test]
fn salesforce_leads_with_iso_instants() {
    expect(
        "\"Lead ID\",\"First Name\",\"Last Name\",\"Lead Source\",\"Referring Provider\",\"Referring Practice\",\"Created Date\",\"Lead Status\",\"Phone\",\"Email\"\n\
         \"00Q1\",\"Ann\",\"Lee\",\"Physician Referral\",\"Jane Roe, DO\",\"Roe Clinic\",\"2026-01-31T23:30:00.000Z\",\"Converted\",\"207-555-0100\",\"a@b.example\"\n\
         \"00Q2\",\"Bo\",\"Ray\",\"Web\",\"\",\"\",\"2026-02-01T08:00:00.000Z\",\"Working\",\"\",\"\"\n\
         \"00Q3\",\"Cy\",\"Fox\",\"Other\",\"\",\"Roe Clinic\",\"2026-02-02T08:00:00.000Z\",\"Unqualified\",\"\",\"\"\n",
        &[
            "2|2026-01-31|Jane Roe, DO|Ann Lee|Seen|-",
            "3|2026-02-01|<Website>|Bo Ray|Scheduled|-",
            "4|2026-02-02|[Roe Clinic]|Cy Fox|Declined|-",
        ],
        &[],
    );
}

#[test]
fn tebra_with_named_months_and_short_years() {
    expect(
        "Date Created,Patient Full Name,Patient ID,Referring Provider Name,Referral Source,Appointment Status,Total Charges\n\
         03-Sep-25,Jane Doe,1,Alan Park MD,Physician,Show,100.00\n04-Sep-25,Jim Doe,2,,Friend/Family,No-show,\n05-Sep-25,Joe Doe,3,,Google,Rescheduled,0.00\n",
        &[
            "2|2025-09-03|Alan Park MD|Jane Doe|Seen|10000",
            "3|2025-09-04|<UnnamedFriend>|Jim Doe|NoShow|-",
            "4|2025-09-05|<InternetSearch>|Joe Doe|Scheduled|0",
        ],
        &[],
    );
}

#[test]
fn excel_obeys_its_own_separator_line() {
    expect(
        "sep=;\r\nReferred on;Referred by;Patient\r\n2026-01-05;Dr. Who;Amy Pond\r\n",
        &["3|2026-01-05|Dr. Who|Amy Pond|-|-"],
        &[],
    );
}

#[test]
fn a_table_without_header_is_read_by_its_contents() {
    let overrides = Overrides {
        map: [("#1", Field::ReceivedOn), ("#2", Field::Referrer), ("#3", Field::Patient)]
            .map(|(name, field)| (name.to_owned(), field))
            .into(),
        ..Overrides::default()
    };
    let (understood, result) = read_with("09/14/2025,\"Smith, John MD\",Jane Doe,207-555-0100\n09/15/2025,\"Reed, Ann NP\",Al Fox,207-555-0101\n", &overrides).expect("read");
    assert_eq!(understood.view.header_record, 0);
    assert_eq!(
        lines(&result),
        ["1|2025-09-14|Smith, John MD|Jane Doe|-|-", "2|2025-09-15|Reed, Ann NP|Al Fox|-|-"]
    );
}

#[test]
fn outbound_and_internal_rows_are_told_from_inbound_ones() {
    let file = "Refer By,Refer To (Org / Person),Refer Date,Patient,ID\n\
        John Smith,Harborview / Ann Bell,2026-01-05,Al Fox,1\nJane Roe,Harborview / Cy Dow,2026-01-06,Bo Ray,2\nAnn Bell,City Imaging / Front Desk,2026-01-07,Di Lee,3\n\
        Cy Dow,Harborview / Ann Bell,2026-01-08,Ed Orr,4\n Google,Harborview / Ann Bell,2026-01-09,Flo Kay,5\n";
    let (_, result) = read(file);
    let directions: Vec<Direction> = result.referrals.iter().map(|row| row.direction).collect();
    assert_eq!(
        directions,
        [
            Direction::Inbound,
            Direction::Inbound,
            Direction::Outbound,
            Direction::Internal,
            Direction::Inbound
        ]
    );
    assert_eq!(
        result.referrals[2].counterpart.as_ref().map(|party| party.text.as_str()),
        Some("City Imaging / Front Desk")
    );

    let (_, result) = read(
        "Direction,Date,Patient,Referring Provider,Referred To\nIncoming,2026-01-05,Al Fox,Dr. Smith,\nOutgoing,2026-01-06,Bo Ray,,City Imaging\nInternal,2026-01-07,Cy Low,Dr. Bell,Dr. Dow\n",
    );
    let directions: Vec<Direction> = result.referrals.iter().map(|row| row.direction).collect();
    assert_eq!(directions, [Direction::Inbound, Direction::Outbound, Direction::Internal]);
}

#[test]
fn a_column_named_type_may_say_the_direction() {
    let (_, result) = read(
        "Type,Date,Patient,Referred By,Refer To\nInbound,2026-01-05,Al Fox,Dr. Smith,\nOutbound,2026-01-06,Bo Ray,,City Imaging\n",
    );
    let directions: Vec<Direction> = result.referrals.iter().map(|row| row.direction).collect();
    assert_eq!(directions, [Direction::Inbound, Direction::Outbound]);
}

#[test]
fn titles_and_footers_of_many_kinds_are_no_data() {
    let file = "Harborview Orthopedics,,,,\nReferrals by date,,,,\nUser: admin,,,,\n\nPatient,Referral Date,Referred By,Status,Charges\n\
        Al Fox,1/15/2026,Dr. Lee,Seen,10.00\nBo Ray,1/16/2026,Dr. Roe,Seen,20.00\nSubtotal,,,,30.00\nCy Low,1/17/2026,Dr. Poe,Seen,5.00\n\
        TOTALS:,3,,,35.00\n\n*** End of Report ***,,,,\nUser: admin,,,,\nRows: 3,,,,\n";
    let (understood, result) = read(file);
    assert_eq!(result.referrals.iter().map(|row| row.record).collect::<Vec<_>>(), [6, 7, 9]);
    assert_eq!(rejects(&result), [] as [&str; 0]);
    assert_eq!(
        (
            understood.view.preamble.as_slice(),
            understood.view.totals.as_slice(),
            understood.view.footers.as_slice()
        ),
        (&[1, 2, 3][..], &[8, 10][..], &[12, 13, 14][..])
    );
}

#[test]
fn a_table_without_rows_is_understood_and_reads_nothing() {
    let (understood, result) = read("Referral Date,Referred By,Patient\n");
    assert_eq!((understood.view.header_record, result.rows), (1, 0));
}

#[test]
fn a_report_of_referrals_made_is_outbound() {
    let (_, result) = read(
        "Refer To,Refer Date,Reply Date,Patient,ID,Reason\nCity Imaging,2026-01-05,,Al Fox,1,MRI\nDr. Heart,2026-01-06,,Bo Ray,2,Echo\n",
    );
    assert!(result.referrals.iter().all(|row| row.direction == Direction::Outbound));
    assert_eq!(result.referrals[1].counterpart.as_ref().map(|party| party.text.as_str()), Some("Dr. Heart"));
}

#[test]
fn lists_of_contacts_are_recognised() {
    let files = [
        (
            "google",
            "First Name,Middle Name,Last Name,Organization Name,Organization Title,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Street,Address 1 - City,Address 1 - Region,Address 1 - Postal Code,Notes\nAnn,,Lee,Lee Clinic,Owner,Doctors,Work,a@lee.example,Work,207-555-0101,1 Main St,Saco,ME,4072,NPI 1234567893\n",
        ),
        (
            "hubspot",
            "Record ID,First Name,Last Name,Email,Phone Number,Company Name,Job Title,Create Date,City,State/Region,Postal Code,NPI\n77,Ann,Lee,a@lee.example,207-555-0101,Lee Clinic,Owner,2026-01-05 10:00,Saco,ME,04072,1234567893\n",
        ),
        (
            "by hand",
            "Doctor,Specialty,Practice,Phone,Fax,Email,Address,City,State,Zip,NPI#,Comments\n\"Lee, Ann MD\",Family Medicine,Lee Clinic,207-555-0101,,a@lee.example,1 Main St,Saco,ME,04072,1234567893,nice\n",
        ),
        (
            "npi registry",
            "NPI,Provider First Name,Provider Last Name,Provider Credential,Practice Address,Practice City,Practice State,Practice Zip,Practice Phone,Organization Name\n1234567893,Ann,Lee,MD,1 Main St,Saco,ME,04072,207-555-0101,Lee Clinic\n",
        ),
    ];
    for (name, file) in files {
        let (understood, result) = read(file);
        assert_eq!(understood.view.kind, TableKind::Contacts, "{name}");
        let party = &result.contacts.first().unwrap_or_else(|| panic!("{name}")).party;
        assert!(party.text.contains("Ann") && party.text.contains("Lee"), "{name}: {}", party.text);
        assert_eq!(party.organisation.as_deref(), Some("Lee Clinic"), "{name}");
        assert!(matches!(party.npi, NpiCell::Valid(_)), "{name}");
        assert_eq!(party.phones, ["207-555-0101"], "{name}");
        assert_eq!(
            (party.city.as_deref(), party.state.as_deref(), party.zip.as_deref()),
            (Some("Saco"), Some("ME"), Some("04072")),
            "{name}"
        );
    }
}

#[test]
fn headings_mean_the_same_in_many_spellings() {
    let cases: [(Field, &[&str]); 14] = [
        (
            Field::Referrer,
            &[
                "Referred By",
                "referred_by",
                "ReferredBy",
                "Referring Physician",
                "Referring Provider Name",
                "Ref. Dr",
                "Ref Doctor",
                "Who referred you?",
                "Referral Source",
                "Referrer",
                "Ordering Provider",
                "How did you hear about us",
                "REFERRING DR.",
                "Referral From",
                "Zuweiser",
                "Referring Prov",
            ],
        ),
        (
            Field::ReceivedOn,
            &[
                "Referral Date",
                "Date of Referral",
                "Referral Received Date",
                "Date Received",
                "Received",
                "Ref Date",
                "Date Referred",
                "referral_date",
                "Created On",
                "Date Created",
                "Intake Date",
                "Order Date",
                "Date",
            ],
        ),
        (
            Field::ReferrerNpi,
            &[
                "Referring NPI",
                "Referring Provider NPI",
                "NPI (Referring)",
                "ref_npi",
                "Referring Physician NPI #",
            ],
        ),
        (
            Field::ReferrerPractice,
            &[
                "Referring Practice",
                "Referring Facility",
                "Referring Organization",
                "Referring Clinic",
                "Physician Practice",
                "Account Name",
            ],
        ),
        (Field::Patient, &["Patient", "Patient Name", "Pt Name", "Patient Full Name", "Client Name", "Name"]),
        (
            Field::PatientChart,
            &[
                "MRN",
                "Patient ID",
                "Pt ID",
                "Chart #",
                "Chart Number",
                "Patient Account Number",
                "Medical Record Number",
                "patientid",
                "Acct #",
            ],
        ),
        (Field::PatientBorn, &["DOB", "Date of Birth", "Birthdate", "Patient DOB", "Pt. Birth Date"]),
        (
            Field::Status,
            &[
                "Status",
                "Referral Status",
                "Outcome",
                "Disposition",
                "Appt Status",
                "Appointment Status",
                "Stage",
            ],
        ),
        (
            Field::SeenOn,
            &[
                "DOS",
                "Date of Service",
                "First Visit Date",
                "Initial Eval Date",
                "Visit Date",
                "Date Seen",
                "IE Date",
            ],
        ),
        (
            Field::ScheduledOn,
            &["Appt Date", "Appointment Date", "Scheduled Date", "Appointment Date/Time", "Date Scheduled"],
        ),
        (
            Field::Reason,
            &["Diagnosis", "Dx", "Reason for Referral", "Referral Reason", "Chief Complaint", "ICD-10"],
        ),
        (
            Field::Payer,
            &[
                "Insurance",
                "Payer",
                "Primary Insurance",
                "Insurance Name",
                "Patient Insurance",
                "Payor",
                "Carrier",
            ],
        ),
        (Field::Amount, &["Charges", "Total Charges", "Amount", "Revenue", "Opportunity Amount", "Payments"]),
        (
            Field::ReferrerPhone,
            &["Referring Phone", "Ref Dr Phone", "Practice Phone", "Referring Provider Phone Number"],
        ),
    ];
    for (field, headings) in cases {
        for heading in headings {
            let guess = super::super::referral_headings::in_referrals(heading);
            assert_eq!(guess.map(|(field, _)| field), Some(field), "{heading:?}");
        }
    }
    for heading in [
        "SSN",
        "Social Security Number",
        "Date Modified",
        "Last Updated",
        "Mobile",
        "Home Phone",
        "Gender",
        "Email Address",
        "Patient Phone",
        "Rendering Provider",
        "Assigned to",
        "Member ID",
        "Policy Number",
        "Converted",
        "Referral ID",
    ] {
        let guess = super::super::referral_headings::in_referrals(heading)
            .filter(|(field, _)| *field != Field::Ignore);
        assert_eq!(guess, None, "{heading:?}");
    }
}

#[test]
fn a_profile_reads_the_next_file_of_the_same_layout() {
    let overrides = Overrides {
        map: [("Kontakt".to_owned(), Field::Referrer)].into(),
        values: [("Fin".to_owned(), Meaning::Outcome(crate::exchange::import::row::Outcome::Seen))].into(),
        date_order: Some(crate::foundation::date_text::DateOrder::Dmy),
        ..Overrides::default()
    };
    let (first, _) =
        read_with("Day,Kontakt,Patient,Status\n03/04/2026,Dr. Lee,Al Fox,Fin\n", &overrides).expect("read");
    let profile = MappingProfile::of(&first);
    let json = serde_json::to_string(&profile).expect("profiles are stored as JSON");
    let profile: MappingProfile = serde_json::from_str(&json).expect("and come back");
    let next = "Status;Patient;Day;Kontakt\nfin;Bo Ray;05/04/2026;Dr. Roe\n";
    assert_eq!(understood(next).view.fingerprint, profile.fingerprint);
    let (_, result) = read_with(next, &profile.overrides()).expect("read");
    assert_eq!(lines(&result), ["2|2026-04-05|Dr. Roe|Bo Ray|Seen|-"]);
}

#[test]
fn a_header_in_two_rows() {
    expect(
        "Patient,,Referrer,,,Referral,\nName,DOB,Name,Practice,NPI,Date,Status\n\
         \"Doe, Jane\",2/1/1961,Dr. Ann Smith,Bay Medical,1234567893,10/01/2026,Seen\n\
         \"Roe, Al\",7/30/1980,Google,,,10/14/2026,Scheduled\n",
        &["3|2026-10-01|Dr. Ann Smith|Doe, Jane|Seen|-", "4|2026-10-14|<InternetSearch>|Roe, Al|Scheduled|-"],
        &[],
    );
}

#[test]
fn the_title_of_a_report_that_comes_again_on_every_page() {
    expect(
        "Harborview Orthopedics,,,,\nReferral Detail,,,,\n\nReceived,Patient,Referring Physician,Status,Charges\n\
         01/20/2026,\"Doe, Jane\",\"Smith, John MD\",Seen,12\nPage 1 of 2,,,,\nHarborview Orthopedics,,,,\nReferral Detail,,,,\n\
         Received,Patient,Referring Physician,Status,Charges\n01/22/2026,\"Roe, Al\",Google,Seen,13\n",
        &[
            "5|2026-01-20|Smith, John MD|Doe, Jane|Seen|1200",
            "10|2026-01-22|<InternetSearch>|Roe, Al|Seen|1300",
        ],
        &[],
    );
}

#[test]
fn months_days_and_quarters_that_stand_between_the_rows() {
    let file = |period: &str| {
        format!(
            "Patient,Referring Physician,Referral Date,Status,Diagnosis\n{period},,,,\n\
             \"Doe, Jane\",\"Smith, John MD\",01/20/2026,Seen,Knee\n\"Roe, Al\",Google,01/22/2026,Seen,Hip\n\
             {period},,,,\n\"Poe, Ed\",Google,02/13/2026,Seen,Hip\n"
        )
    };
    let periods = [
        "January 2026",
        "Jan-2026",
        "Q1 2026",
        "2026",
        "2026-01",
        "Month: 1/2026",
        "Week of 1/18/2026",
        "Tue Jan 20 2026",
    ];
    for period in periods {
        let (_, result) = read(file(period));
        assert_eq!((result.referrals.len(), rejects(&result)), (3, Vec::<String>::new()), "{period}");
    }
}

#[test]
fn a_name_alone_in_a_row_is_shown_as_a_row_without_a_date_and_not_dropped() {
    expect(
        "Patient,Referring Physician,Referral Date,Status,Diagnosis\nApril May,,,,\n\"Doe, Jane\",\"Smith, John MD\",01/20/2026,Seen,Knee\n",
        &["3|2026-01-20|Smith, John MD|Doe, Jane|Seen|-"],
        &["2 missing_date"],
    );
}

#[test]
fn what_programs_write_for_nothing_is_nothing() {
    for nothing in ["NULL", "N/A", "\\N", "(blank)", "-", "None"] {
        let file = format!(
            "Patient,Referring Physician,Referring Practice,NPI,Referral Date,Status,Diagnosis,Insurance\n\
             \"Doe, Jane\",\"Smith, John MD\",{nothing},{nothing},01/20/2026,{nothing},{nothing},{nothing}\n\
             \"Roe, Al\",{nothing},{nothing},{nothing},01/22/2026,Seen,{nothing},{nothing}\n"
        );
        let (_, result) = read(file);
        assert_eq!(
            lines(&result),
            ["2|2026-01-20|Smith, John MD|Doe, Jane|-|-", "3|2026-01-22|<Unknown>|Roe, Al|Seen|-"],
            "{nothing}"
        );
        let referrer = result.referrals[0].referrer.as_ref().expect("Smith");
        assert_eq!((&referrer.organisation, &referrer.npi), (&None, &NpiCell::Missing), "{nothing}");
        assert_eq!((&result.referrals[0].payer, &result.referrals[0].reason), (&None, &None), "{nothing}");
    }
}

#[test]
fn two_columns_called_name() {
    expect(
        "Name,Date,Name,Practice,NPI,Status\nJane Doe,10/01/2026,\"Smith, John MD\",Bay Medical,1234567893,Seen\n\
         Al Roe,10/14/2026,Google,,,Scheduled\n",
        &["2|2026-10-01|Smith, John MD|Jane Doe|Seen|-", "3|2026-10-14|<InternetSearch>|Al Roe|Scheduled|-"],
        &[],
    );
}

#[test]
fn headings_as_short_as_they_get() {
    expect(
        "Pt Nm,Birth Dt,Ref Dt,Ref Prov,Ref Prac,NPI#,Dispo,Chg Amt,Dx,Ins\n\
         \"Doe, Jane\",2/1/1961,10/01/2026,\"Smith, John MD\",Bay Medical,1234567893,Attended,12.50,Knee,Aetna\n\
         \"Roe, Al\",7/30/1980,10/14/2026,Google,,,Did not attend,,Hip,Cigna\n",
        &[
            "2|2026-10-01|Smith, John MD|Doe, Jane|Seen|1250",
            "3|2026-10-14|<InternetSearch>|Roe, Al|NoShow|-",
        ],
        &[],
    );
}

#[test]
fn short_years_that_stand_first_show_it_by_their_range() {
    let mut file = "Patient,Referring Physician,Referral Date,Status\n".to_owned();
    for day in 1..=28 {
        file.push_str(&format!("Patient {day},\"Smith, John MD\",26/0{}/{day:02},Seen\n", day % 9 + 1));
    }
    let (_, result) = read(file);
    assert_eq!(result.rejected.len(), 0);
    assert!(result.referrals.iter().enumerate().all(|(at, referral)| {
        use chrono::Datelike;
        referral.received_on.year() == 2026 && referral.received_on.day0() as usize == at
    }));
}

#[test]
fn without_a_header_the_practice_is_told_from_the_person_by_what_the_cells_say() {
    let mut file = String::new();
    for (day, patient, who, place) in [
        (11, "Doe, Jane", "Smith, John MD", "Bay Medical Group"),
        (12, "Roe, Richard", "Ito, Keiko DO", "Larkspur Internal Medicine"),
        (13, "Poe, Edgar", "Reed, Tom NP", "Pinnacle Primary Care"),
        (14, "Lee, Ann", "Smith, John MD", "Bay Medical Group"),
        (15, "Ray, Bo", "Okafor, Ada MD", "Harbor Family Practice"),
        (16, "Fox, Cy", "Upjohn, Clara MD", "Marlin Court Internal Medicine"),
    ] {
        file.push_str(&format!("10/{day}/2026,\"{patient}\",\"{who}\",{place},Seen,{day}.50\n"));
    }
    let (_, result) = read(file);
    let named: Vec<_> = result
        .referrals
        .iter()
        .filter_map(|row| row.referrer.as_ref())
        .map(|party| (party.text.as_str(), party.organisation.as_deref()))
        .collect();
    assert_eq!(named.len(), 6, "{:?}", rejects(&result));
    assert_eq!(named[1], ("Ito, Keiko DO", Some("Larkspur Internal Medicine")));
}
