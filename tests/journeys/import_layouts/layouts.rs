//! Layouts as other programs and people write them.

use super::render::{Book, Col, Grouped, Layout, Quotes, commas, dollars, iso, points};
use super::truth::{LEADS, OPENEMR, WEBPT, short};
use Col::*;

const LEAD: &[(&str, Col)] = &[
    ("First Name", PatientGiven),
    ("Last Name", PatientFamily),
    ("DOB", Born),
    ("Referred By", Who),
    ("Practice", Practice),
    ("Referring NPI", Npi),
    ("Referral Date", Received),
    ("Status", Status),
    ("Charges", Amount),
    ("Diagnosis", Reason),
    ("Insurance", Payer),
];

fn lead(name: &'static str) -> Layout {
    Layout::new(name, LEADS, LEAD)
}

fn therapy(name: &'static str) -> Layout {
    Layout::new(
        name,
        WEBPT,
        &[
            ("Referral Received Date", Received),
            ("Patient Name", Patient),
            ("Patient ID", Chart),
            ("Referral Contact", Who),
            ("Referring Physician NPI", Npi),
            ("Physician Practice", Practice),
            ("Diagnosis", Reason),
            ("Insurance", Payer),
            ("Referral Status", Status),
            ("Charges", Amount),
        ],
    )
}

/// Layouts that are also imported.
pub fn some() -> Vec<Layout> {
    let names = [
        "epic",
        "athena",
        "tebra",
        "salesforce",
        "german",
        "mac roman",
        "grouped",
        "merged cells",
        "book of dates",
        "upper",
        "split names",
        "openemr as tab",
    ];
    all().into_iter().filter(|layout| names.contains(&layout.name)).collect()
}

pub fn all() -> Vec<Layout> {
    let mut all = systems();
    all.extend(languages());
    all.extend(spellings());
    all.extend(arrangements());
    all.extend(books());
    all.extend(traps());
    all
}

fn systems() -> Vec<Layout> {
    vec![
        Layout {
            status: ["Completed", "Pending Review", "No Show", "Denied"],
            before: vec!["Referral Workqueue Report", "Department: HARBORVIEW ORTHO", ""],
            after: vec!["", "Total Referrals~1884"],
            ..Layout::new(
                "epic",
                LEADS,
                &[
                    ("Referral ID", Say("")),
                    ("Pt. Last Name", PatientFamily),
                    ("Pt. First Name", PatientGiven),
                    ("Birth Date", Born),
                    ("Referring Prov", Who),
                    ("Referring Prov NPI", Npi),
                    ("Referred by Location/POS", Practice),
                    ("Referred To Dept", Say("HARBORVIEW ORTHO")),
                    ("Ref. Creation Date", Received),
                    ("Ref. Status", Status),
                    ("Primary Dx", Reason),
                    ("Primary Payer", Payer),
                ],
            )
        },
        Layout {
            status: ["CHECKEDOUT", "FILLED", "NOSHOW", "CANCELLED"],
            ..Layout::new(
                "athena",
                LEADS,
                &[
                    ("patientid", Say("")),
                    ("patient firstname", PatientGiven),
                    ("patient lastname", PatientFamily),
                    ("patientdob", Born),
                    ("referring provider", Who),
                    ("refprovnpi", Npi),
                    ("referring provider group", Practice),
                    ("referral create date", Received),
                    ("appt status", Status),
                    ("chrg amt", Amount),
                    ("icd10 desc", Reason),
                    ("primary insurance package", Payer),
                    ("rendering provider", Say("BRIGHTWELL, ANTON")),
                ],
            )
        },
        Layout {
            delimiter: "\t",
            ..Layout::new(
                "eclinicalworks",
                LEADS,
                &[
                    ("Ref. Date", Received),
                    ("Patient Name", Patient),
                    ("Patient DOB", Born),
                    ("Referral From Provider", Who),
                    ("Referral From Facility", Practice),
                    ("Referral From NPI", Npi),
                    ("Referral To Provider", Say("Brightwell, Anton")),
                    ("Referral To Facility", Say("Harborview Orthopedics")),
                    ("Status", Status),
                    ("Diagnosis", Reason),
                    ("Insurance Name", Payer),
                ],
            )
        },
        Layout {
            amount: dollars,
            ..Layout::new(
                "tebra",
                LEADS,
                &[
                    ("Patient Full Name", PatientNatural),
                    ("Patient Date of Birth", Born),
                    ("Referring Provider Full Name", Who),
                    ("Referring Provider NPI", Npi),
                    ("Referring Provider Practice Name", Practice),
                    ("Created Date", Received),
                    ("Last Modified Date", Say("11/01/2026")),
                    ("Confirmation Status", Status),
                    ("Primary Insurance Policy Company Name", Payer),
                    ("Diagnosis Description", Reason),
                    ("Total Charges", Amount),
                ],
            )
        },
        Layout {
            status: ["Complete", "Confirmed", "No Show", "Cancelled"],
            day: iso,
            born: iso,
            ..Layout::new(
                "drchrono",
                LEADS,
                &[
                    ("first_name", PatientGiven),
                    ("last_name", PatientFamily),
                    ("date_of_birth", Born),
                    ("referring_doctor", Who),
                    ("referring_doctor_npi", Npi),
                    ("referring_practice", Practice),
                    ("referral_date", Received),
                    ("appointment_status", Status),
                    ("primary_insurance_company", Payer),
                    ("reason", Reason),
                    ("billed_amount", Amount),
                ],
            )
        },
        Layout {
            delimiter: "|",
            day: |day| day.format("%Y%m%d").to_string(),
            born: |day| day.format("%Y%m%d").to_string(),
            status: ["Kept", "Scheduled", "No-Show", "Canceled"],
            ..Layout::new(
                "nextgen",
                LEADS,
                &[
                    ("person_nbr", Say("")),
                    ("pat_last_name", PatientFamily),
                    ("pat_first_name", PatientGiven),
                    ("pat_dob", Born),
                    ("refer_prov_name", Who),
                    ("refer_prov_npi", Npi),
                    ("refer_prov_practice", Practice),
                    ("referral_create_dt", Received),
                    ("appt_status", Status),
                    ("payer_name", Payer),
                    ("diag_desc", Reason),
                    ("charge_amt", Amount),
                ],
            )
        },
        Layout {
            quotes: Quotes::Always,
            day: |day| day.format("%b %-d, %Y 10:30 AM").to_string(),
            ..Layout::new(
                "modmed",
                LEADS,
                &[
                    ("Patient: Last Name", PatientFamily),
                    ("Patient: First Name", PatientGiven),
                    ("Patient: DOB", Born),
                    ("Referral Source: Provider", Who),
                    ("Referral Source: Practice", Practice),
                    ("Referral Source: NPI", Npi),
                    ("Referral Received", Received),
                    ("Visit Status", Status),
                    ("Primary Insurance", Payer),
                    ("Chief Complaint", Reason),
                ],
            )
        },
        Layout {
            day: |day| day.format("%Y-%m-%d 10:30:00 -0500").to_string(),
            born: iso,
            status: ["Arrived", "Booked", "No Show", "Cancelled"],
            ..Layout::new(
                "jane",
                LEADS,
                &[
                    ("Patient Guid", Say("")),
                    ("First Name", PatientGiven),
                    ("Last Name", PatientFamily),
                    ("Birth Date", Born),
                    ("Referring Professional", Who),
                    ("Referring Professional Clinic", Practice),
                    ("Referral Date", Received),
                    ("State", Status),
                    ("Staff Member", Say("Anton Brightwell")),
                    ("Price", Amount),
                ],
            )
        },
        Layout {
            day: |day| day.format("%m/%d/%Y 02:15 PM").to_string(),
            ..Layout::new(
                "simplepractice",
                LEADS,
                &[
                    ("Client", PatientNatural),
                    ("Client DOB", Born),
                    ("Referred by", Who),
                    ("Referrer organization", Practice),
                    ("Date Created", Received),
                    ("Appointment Status", Status),
                    ("Clinician", Say("Anton Brightwell")),
                ],
            )
        },
        Layout {
            quotes: Quotes::Always,
            day: |day| day.format("%Y-%m-%d 14:30").to_string(),
            born: iso,
            ..Layout::new(
                "hubspot",
                LEADS,
                &[
                    ("Record ID", Say("")),
                    ("First Name", PatientGiven),
                    ("Last Name", PatientFamily),
                    ("Date of birth", Born),
                    ("Referring Provider", Who),
                    ("Referring Practice", Practice),
                    ("Create Date", Received),
                    ("Last Modified Date", Say("2026-11-01 10:00")),
                    ("Lead Status", Status),
                    ("Contact owner", Say("Anton Brightwell")),
                    ("Original Source", Say("Offline Sources")),
                ],
            )
        },
        Layout {
            quotes: Quotes::Always,
            after: vec![
                "",
                "",
                "Referral Leads",
                "Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved.",
                "Confidential Information - Do Not Distribute",
                "Generated By:  Anton Brightwell  11/2/2026 8:14 AM",
                "Harborview Orthopedics",
            ],
            day: short,
            ..Layout::new(
                "salesforce",
                LEADS,
                &[
                    ("Lead Owner", Say("Anton Brightwell")),
                    ("First Name", PatientGiven),
                    ("Last Name", PatientFamily),
                    ("Date of Birth", Born),
                    ("Lead Source", Say("Physician Referral")),
                    ("Referring Physician", Who),
                    ("Referring Account", Practice),
                    ("Referring Physician NPI", Npi),
                    ("Lead Status", Status),
                    ("Expected Revenue", Amount),
                    ("Create Date", Received),
                    ("Last Activity", Say("11/1/2026")),
                ],
            )
        },
        Layout {
            day: |day| day.format("%d-%b-%Y 10:30:00").to_string(),
            ..Layout::new(
                "zoho",
                LEADS,
                &[
                    ("Lead Id", Say("")),
                    ("First Name", PatientGiven),
                    ("Last Name", PatientFamily),
                    ("DOB", Born),
                    ("Referrer Name", Who),
                    ("Referrer Company", Practice),
                    ("Created Time", Received),
                    ("Modified Time", Say("01-Nov-2026 10:00:00")),
                    ("Lead Status", Status),
                    ("Lead Owner", Say("Anton Brightwell")),
                ],
            )
        },
        Layout {
            ..Layout::new(
                "split names",
                LEADS,
                &[
                    ("Referring Provider First Name", WhoGiven),
                    ("Referring Provider Last Name", WhoFamily),
                    ("Referring Provider Credentials", WhoCredentials),
                    ("Referring Practice", Practice),
                    ("Referring NPI", Npi),
                    ("Patient First Name", PatientGiven),
                    ("Patient Last Name", PatientFamily),
                    ("Patient DOB", Born),
                    ("Date Received", Received),
                    ("Outcome", Status),
                ],
            )
        },
    ]
}

fn languages() -> Vec<Layout> {
    vec![
        Layout {
            delimiter: ";",
            encoding: "windows-1252",
            day: |day| day.format("%d.%m.%Y").to_string(),
            born: |day| day.format("%d.%m.%Y").to_string(),
            amount: commas,
            status: ["erschienen", "geplant", "nicht erschienen", "abgesagt"],
            after: vec!["Summe~~~~~~~~1884"],
            ..Layout::new(
                "german",
                LEADS,
                &[
                    ("Nachname", PatientFamily),
                    ("Vorname", PatientGiven),
                    ("Geburtsdatum", Born),
                    ("Zuweisender Arzt", Who),
                    ("Praxis", Practice),
                    ("Eingangsdatum", Received),
                    ("Status", Status),
                    ("Betrag", Amount),
                    ("Diagnose", Reason),
                    ("Krankenkasse", Payer),
                ],
            )
        },
        Layout {
            delimiter: ";",
            encoding: "windows-1252",
            day: |day| day.format("%d/%m/%Y").to_string(),
            born: |day| day.format("%d/%m/%Y").to_string(),
            amount: commas,
            status: ["Atendido", "Programado", "No asistió", "Rechazado"],
            ..Layout::new(
                "spanish",
                LEADS,
                &[
                    ("Apellidos", PatientFamily),
                    ("Nombre", PatientGiven),
                    ("Fecha de nacimiento", Born),
                    ("Médico remitente", Who),
                    ("Clínica remitente", Practice),
                    ("Fecha de remisión", Received),
                    ("Estado", Status),
                    ("Importe", Amount),
                    ("Motivo", Reason),
                    ("Aseguradora", Payer),
                ],
            )
        },
        Layout {
            delimiter: ";",
            encoding: "utf-8-bom",
            day: |day| day.format("%d/%m/%Y").to_string(),
            born: |day| day.format("%d/%m/%Y").to_string(),
            amount: commas,
            status: ["Vu", "Planifié", "Absent", "Refusé"],
            ..Layout::new(
                "french",
                LEADS,
                &[
                    ("Nom", PatientFamily),
                    ("Prénom", PatientGiven),
                    ("Date de naissance", Born),
                    ("Adressé par", Who),
                    ("Cabinet", Practice),
                    ("Date de réception", Received),
                    ("Statut", Status),
                    ("Montant", Amount),
                    ("Motif", Reason),
                    ("Mutuelle", Payer),
                ],
            )
        },
    ]
}

fn spellings() -> Vec<Layout> {
    vec![
        Layout { encoding: "utf-16le", delimiter: "\t", ..lead("utf-16le tab") },
        Layout { encoding: "utf-16be", ..lead("utf-16be") },
        Layout { encoding: "windows-1252", newline: "\n", ..lead("windows-1252") },
        Layout { encoding: "macintosh", newline: "\r", ..lead("mac roman") },
        Layout { encoding: "utf-8-bom", quotes: Quotes::Always, ..lead("bom") },
        Layout { before: vec!["sep=;"], delimiter: ";", amount: commas, ..lead("sep line") },
        Layout { quotes: Quotes::Backslash, newline: "\n", ..lead("backslashes") },
        Layout { day: short, born: short, ..lead("short days") },
        Layout {
            day: |day| day.format("%-m/%-d/%y").to_string(),
            born: |day| day.format("%-m/%-d/%y").to_string(),
            ..therapy("two-digit years")
        },
        Layout { day: |day| day.format("%-d %b %Y").to_string(), ..lead("named months") },
        Layout { day: |day| day.format("%Y-%m-%dT14:30:00.000-05:00").to_string(), ..lead("iso with zone") },
        Layout { day: |day| day.format("%a, %b %-d, %Y").to_string(), ..lead("weekdays") },
        Layout { day: |day| day.format("%d.%m.%Y").to_string(), ..lead("days first beside months first") },
        Layout { day: |day| day.format("%Y/%m/%d").to_string(), ..therapy("year first") },
        Layout { day: |day| day.format("%a %m/%d/%Y").to_string(), ..lead("weekday before the day") },
        Layout { day: |day| day.format("%y/%m/%d").to_string(), ..lead("short year first") },
        Layout { amount: dollars, ..therapy("dollars") },
        Layout { npi: |npi| format!("{npi}.0"), ..lead("npi as float") },
        Layout {
            npi: |npi| npi.parse::<f64>().map_or(npi.into(), |n| format!("{n:.9E}")),
            ..therapy("npi exact scientific")
        },
        Layout {
            npi: |npi| npi.parse::<f64>().map_or(npi.into(), |n| format!("{n:.5E}")),
            ..lead("npi scientific")
        },
        Layout {
            columns: LEAD
                .iter()
                .map(|(name, col)| (*name, if *col == Who { WhoUpper } else { *col }))
                .collect(),
            ..lead("upper")
        },
        Layout {
            status: ["Attended", "Awaiting scheduling", "DNA", "Patient declined"],
            ..therapy("other words")
        },
        Layout {
            status: ["Evaluated", "In progress", "Did not show", "Insurance denied"],
            ..therapy("more words")
        },
        Layout { status: ["IE Complete", "Appt Set", "NS", "Pt refused"], ..therapy("short words") },
        Layout {
            status: ["Closed - Seen", "Open - Scheduled", "Closed - No Show", "Closed - Declined"],
            ..therapy("worded closings")
        },
        Layout {
            delimiter: "\t",
            ..Layout::new(
                "openemr as tab",
                OPENEMR,
                &[
                    ("MRN", Chart),
                    ("Patient", PatientNatural),
                    ("Referral Date", Received),
                    ("Referring Provider", Who),
                    ("Reason for Referral", Reason),
                ],
            )
        },
    ]
}

/// Layouts that hold what trips a reader up.
fn traps() -> Vec<Layout> {
    let with = |extra: &[(&'static str, Col)]| LEAD.iter().chain(extra).copied().collect::<Vec<_>>();
    vec![
        Layout {
            columns: with(&[(
                "Notes",
                Say("=HYPERLINK(\"http://evil\")\nsecond line; with, all | of\tthem"),
            )]),
            ..lead("formulas and line breaks")
        },
        Layout {
            columns: with(&[
                ("Created By", Say("Brightwell, Anton MD")),
                ("Assigned Provider", Say("Fairweather, Emeka MD")),
            ]),
            ..lead("own doctors")
        },
        Layout {
            columns: with(&[
                ("Date Printed", Say("11/02/2026")),
                ("Date of Injury", Say("01/02/2026")),
                ("Authorization Start Date", Say("02/03/2026")),
                ("Authorization End Date", Say("04/05/2026")),
                ("Report Due Date", Say("04/06/2026")),
            ]),
            ..lead("many days")
        },
        Layout {
            columns: with(&[
                ("Patient Phone", Say("207-555-0100")),
                ("Patient Email", Say("a@mail.example")),
                ("Emergency Contact", Say("Somebody")),
            ]),
            ..lead("patients' telephones")
        },
        Layout {
            columns: vec![
                ("Apellido", PatientFamily),
                ("Nombre", PatientGiven),
                ("F. nac.", Born),
                ("Derivado por", Who),
                ("Fecha", Received),
                ("Resultado", Status),
            ],
            day: |day| day.format("%d/%m/%Y").to_string(),
            born: |day| day.format("%d/%m/%Y").to_string(),
            status: ["Visto", "Pendiente", "No vino", "Cancelado"],
            delimiter: ";",
            ..lead("short spanish")
        },
        Layout {
            columns: vec![
                ("Datum", Received),
                ("Patient", Patient),
                ("Geb.", Born),
                ("Überweiser", Who),
                ("Ergebnis", Status),
                ("Umsatz", Amount),
            ],
            day: |day| day.format("%d.%m.%y").to_string(),
            born: |day| day.format("%d.%m.%y").to_string(),
            amount: |cents| format!("{} €", commas(cents)),
            status: ["Behandelt", "Offen", "Nicht gekommen", "Abgelehnt"],
            delimiter: ";",
            encoding: "windows-1252",
            ..lead("short german")
        },
        Layout {
            columns: vec![
                ("DATE", Received),
                ("PT NAME", Patient),
                ("PT #", Chart),
                ("REF MD", Who),
                ("NPI", Npi),
                ("REF PRACTICE", Practice),
                ("OUTCOME", Status),
                ("$ BILLED", Amount),
                ("DX", Reason),
                ("INS", Payer),
            ],
            ..therapy("abbreviated")
        },
        Layout {
            columns: vec![
                ("Client ID", Chart),
                ("Client", Patient),
                ("Source of Referral", Who),
                ("Organisation", Practice),
                ("Referral Received", Received),
                ("Referral Outcome", Status),
                ("Fee", Amount),
            ],
            day: |day| day.format("%-d %B %Y").to_string(),
            status: ["Attended", "Booked", "DNA", "Declined by patient"],
            ..therapy("british")
        },
        Layout {
            columns: vec![
                ("refby_name", Who),
                ("refby_npi", Npi),
                ("refby_org", Practice),
                ("ref_dt", Received),
                ("pt_mrn", Chart),
                ("pt_name", Patient),
                ("ref_status", Status),
                ("tot_chgs", Amount),
                ("dx_desc", Reason),
                ("ins_name", Payer),
            ],
            day: |day| day.format("%Y-%m-%d 00:00:00.000").to_string(),
            status: ["COMPLETED", "SCHEDULED", "NO SHOW", "DECLINED"],
            ..therapy("database dump")
        },
        Layout {
            columns: vec![
                ("ReferralDate", Received),
                ("PatientLastName", PatientFamily),
                ("PatientFirstName", PatientGiven),
                ("PatientMRN", Chart),
                ("ReferringProviderName", Who),
                ("ReferringProviderNPI", Npi),
                ("ReferringOrganizationName", Practice),
                ("ReferralStatus", Status),
                ("TotalCharges", Amount),
                ("PrimaryDiagnosis", Reason),
                ("PrimaryPayer", Payer),
            ],
            quotes: Quotes::Always,
            ..therapy("camel case")
        },
        Layout {
            columns: vec![
                ("Date of Service", Say("")),
                ("Date Referred", Received),
                ("Patient", PatientNatural),
                ("Account #", Chart),
                ("Ref Phys", Who),
                ("Phys NPI", Npi),
                ("Phys Group", Practice),
                ("Visit Status", Status),
                ("Charge Amount", Amount),
            ],
            status: ["Pt seen", "Appt scheduled", "No showed", "Cancelled"],
            ..therapy("charges report")
        },
        Layout { before: vec!["", "", "\u{a0}"], gaps: 3, ..lead("empty lines") },
        Layout { delimiter: " ; ", ..lead("spaced separators") },
        Layout { amount: |cents| format!("USD {}", points(cents)), ..lead("currency words") },
        Layout { amount: |cents| thousands_apart(cents), delimiter: ";", ..lead("spaced thousands") },
    ]
}

fn thousands_apart(cents: i64) -> String {
    let (whole, rest) = (cents / 100, cents % 100);
    if whole < 1000 {
        format!("{whole},{rest:02}")
    } else {
        format!("{} {:03},{rest:02}", whole / 1000, whole % 1000)
    }
}

fn arrangements() -> Vec<Layout> {
    let mut backwards: Vec<(&str, Col)> = LEAD.to_vec();
    backwards.reverse();
    let mut wide = LEAD.to_vec();
    for extra in [
        ("Record No", ""),
        ("Gender", "F"),
        ("Home Phone", "(207) 555-0100"),
        ("E-mail", "someone@mail.example"),
        ("Address", "1 Main St"),
        ("City", "Portland"),
        ("Zip", "04101"),
        ("Last Visit", "10/30/2026"),
        ("Next Appointment", "12/01/2026"),
        ("Primary Care Provider", "Someone, Else MD"),
        ("Rendering Provider", "Brightwell, Anton"),
        ("Location", "Harborview Portland"),
        ("Balance", "0.00"),
        ("Guarantor", "Someone"),
        ("Authorization Number", "A12"),
    ] {
        wide.push((extra.0, Say(extra.1)));
    }
    vec![
        Layout { columns: backwards, ..lead("backwards") },
        Layout { columns: wide, ..lead("wide") },
        Layout { reversed: true, ..lead("oldest first") },
        Layout { pages: 40, gaps: 7, ..therapy("pages") },
        Layout {
            before: vec![
                "Harborview Orthopedics",
                "Referral Log",
                "From 07/01/2025 to 10/31/2026",
                "",
                "Printed by: A. Brightwell",
            ],
            after: vec!["", "Total~1108", "Average per day~3.2", "End of report"],
            ..therapy("report")
        },
        Layout {
            columns: vec![
                ("Date Received", Received),
                ("Patient", Patient),
                ("Chart #", Chart),
                ("Status", Status),
                ("Diagnosis", Reason),
                ("Charges", Amount),
            ],
            before: vec!["Referrals by Referring Provider", "7/1/2025 - 10/31/2026"],
            after: vec!["Subtotal~9", "Grand Total~1108"],
            grouped: Grouped::Under("Referring Provider: "),
            ..therapy("grouped")
        },
        Layout {
            columns: vec![
                ("Date Received", Received),
                ("Patient", Patient),
                ("Chart #", Chart),
                ("Status", Status),
                ("Diagnosis", Reason),
                ("Charges", Amount),
            ],
            before: vec!["Referrals by Referring Provider"],
            grouped: Grouped::Under("Referral Source: "),
            ..therapy("grouped by source")
        },
    ]
}

fn books() -> Vec<Layout> {
    vec![
        Layout { book: Some(Book::Dates("m/d/yyyy")), ..lead("book of dates") },
        Layout { book: Some(Book::Dates("[$-409]mmmm d, yyyy;@")), ..therapy("book of long dates") },
        Layout { book: Some(Book::Dates("dd.mm.yy")), ..therapy("book of short dates") },
        Layout { book: Some(Book::Serials), ..lead("book of serials") },
        Layout { book: Some(Book::Texts), amount: dollars, ..therapy("book of texts") },
        Layout {
            book: Some(Book::Dates("yyyy-mm-dd h:mm")),
            grouped: Grouped::Merged,
            ..therapy("merged cells")
        },
    ]
}
