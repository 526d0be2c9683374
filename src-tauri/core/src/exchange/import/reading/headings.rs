//! What a heading says about its column. Headings are taken apart into words and the words into meanings, so that
//! `Referring Physician NPI`, `ref_dr_npi` and `NPI (Referrer)` are the same column.

use super::field::Field;
use super::row_kind_words::fold;
use std::collections::HashSet;
use std::sync::OnceLock;

/// A field with the confidence that the heading means it (0 to 1).
pub(super) type Guess = (Field, f32);

/// The words of a heading: lower case, without accents, `CamelCase` and punctuation taken apart.
pub(super) fn words(heading: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(heading.len() + 8);
    let mut before_lower = false;
    for letter in heading.chars() {
        if letter.is_uppercase() && before_lower {
            spaced.push(' ');
        }
        before_lower = letter.is_lowercase();
        match letter {
            '#' => spaced.push_str(" number "),
            '\'' | '\u{2019}' => {}
            letter if letter.is_alphanumeric() => spaced.push(letter),
            _ => spaced.push(' '),
        }
    }
    let mut words = Vec::new();
    for word in fold(&spaced).split_whitespace() {
        take_apart(word, &mut words);
    }
    words
}

/// Takes words that were written together apart, as in `patientid` or `referraldate`.
fn take_apart(word: &str, words: &mut Vec<String>) {
    static KNOWN: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let lists = [
            REFER,
            PATIENT,
            PROVIDER,
            ORGANISATION,
            OWN_SIDE,
            PHONE,
            ZIP,
            STATE,
            CITY,
            STREET,
            BIRTH,
            REASON,
            SERVICE,
            PAYER,
            AMOUNT,
            NOTES,
            STATUS,
            CLASS,
            DATE,
            FIRST,
            LAST,
            MIDDLE,
            GLUED,
        ];
        lists.iter().flat_map(|list| list.iter().copied()).collect()
    });
    fn split<'w>(word: &'w str, known: &HashSet<&str>, depth: u8) -> Option<Vec<&'w str>> {
        if known.contains(word) {
            return Some(vec![word]);
        }
        if depth == 0 || !word.is_ascii() {
            return None;
        }
        (2..word.len().saturating_sub(1)).rev().find_map(|at| {
            let (head, tail) = word.split_at(at);
            let mut parts = known
                .contains(head)
                .then(|| split(tail, known, depth - 1))??;
            parts.insert(0, head);
            Some(parts)
        })
    }
    let parts = if (6..=40).contains(&word.len()) {
        split(word, known, 4)
    } else {
        None
    };
    match parts {
        Some(parts) if parts.len() > 1 && parts.iter().any(|part| part.len() >= 4) => {
            words.extend(parts.into_iter().map(str::to_owned))
        }
        _ => words.push(word.to_owned()),
    }
}

/// Words that occur written together with others but belong to no list of meanings.
const GLUED: &[&str] = &[
    "name",
    "id",
    "number",
    "num",
    "no",
    "by",
    "on",
    "to",
    "from",
    "full",
    "source",
    "primary",
    "received",
    "created",
    "create",
    "appointment",
    "appt",
    "scheduled",
    "seen",
    "visit",
    "closed",
    "npi",
    "fax",
    "email",
    "specialty",
    "mrn",
    "chart",
    "modified",
    "updated",
    "entered",
    "referredto",
    "website",
    "location",
    "department",
    "reason",
    "account",
    "total",
    "eval",
    "discharge",
    "intake",
    "order",
    "mobile",
    "status",
    "insurance",
    "contact",
    "credential",
    "credentials",
    "suffix",
];

/// The heading in the form that is compared: its words, joined.
pub(super) fn normal_heading(heading: &str) -> String {
    words(heading).join(" ")
}

/// Headings of data no referral register needs; they are never mapped.
pub(super) fn is_denied(heading: &str) -> bool {
    let words = words(heading);
    let joined = words.join(" ");
    words
        .iter()
        .any(|word| matches!(word.as_str(), "ssn" | "ssnum" | "itin" | "passport"))
        || [
            "social security",
            "government id",
            "drivers license",
            "driver license",
            "credit card",
            "card number",
            "password",
            "sozialversicherungs",
            "seguro social",
            "securite sociale",
            "medicare number",
            "medicaid number",
            "member id",
            "policy number",
            "subscriber id",
        ]
        .iter()
        .any(|denied| joined.contains(denied))
}

struct Heading<'w> {
    words: &'w [String],
    joined: String,
}

impl Heading<'_> {
    fn any(&self, list: &[&str]) -> bool {
        self.words.iter().any(|word| list.contains(&word.as_str()))
    }

    fn has(&self, phrase: &str) -> bool {
        self.joined == phrase
            || self.joined.starts_with(&format!("{phrase} "))
            || self.joined.ends_with(&format!(" {phrase}"))
            || self.joined.contains(&format!(" {phrase} "))
    }

    fn is(&self, list: &[&str]) -> bool {
        list.contains(&self.joined.as_str())
    }
}

const REFER: &[&str] = &[
    "refer",
    "refers",
    "refered",
    "referred",
    "refd",
    "referring",
    "refering",
    "referral",
    "referrals",
    "ref",
    "referer",
    "referrer",
    "referrers",
    "reffered",
    "refby",
    "referredby",
    "ordering",
    "requesting",
    "requester",
    "recommended",
    "uberweiser",
    "ueberweiser",
    "zuweiser",
    "zuweisender",
    "uberweisender",
    "ueberweisender",
    "uberweisung",
    "ueberweisung",
    "zuweisung",
    "remitente",
    "remitido",
    "remite",
    "remision",
    "derivante",
    "derivado",
    "derivacion",
    "referido",
    "referente",
    "refiere",
    "adresseur",
    "adresse par",
    "orienteur",
    "prescripteur",
    "correspondant",
];
const ABOUT_REFERRAL: &[&str] = &[
    "referral",
    "referrals",
    "uberweisung",
    "ueberweisung",
    "zuweisung",
    "remision",
    "derivacion",
];
const PATIENT: &[&str] = &[
    "patient",
    "patients",
    "patienten",
    "patientin",
    "pt",
    "pts",
    "pat",
    "client",
    "clients",
    "paciente",
    "pacientes",
];
const PROVIDER: &[&str] = &[
    "provider",
    "providers",
    "physician",
    "physicians",
    "doctor",
    "doctors",
    "dr",
    "md",
    "doc",
    "prov",
    "phys",
    "arzt",
    "medico",
    "medecin",
    "clinician",
    "practitioner",
    "npp",
    "surgeon",
];
const ORGANISATION: &[&str] = &[
    "practice",
    "clinic",
    "office",
    "organization",
    "organisation",
    "org",
    "company",
    "companies",
    "facility",
    "account",
    "group",
    "hospital",
    "institution",
    "praxis",
    "clinica",
    "cabinet",
    "business",
    "agency",
    "firma",
    "unternehmen",
    "empresa",
    "consultorio",
    "societe",
    "entity",
    "einrichtung",
    "affiliation",
    "employer",
];
const OWN_SIDE: &[&str] = &[
    "rendering",
    "attending",
    "treating",
    "therapist",
    "assigned",
    "supervising",
    "servicing",
    "resource",
    "our",
    "location",
    "site",
    "owner",
    "user",
    "created",
    "modified",
    "entered",
    "scheduler",
    "behandler",
    "coordinator",
    "rep",
    "responsible",
    "managed",
    "evaluating",
    "performing",
    "billing",
    "clinic",
    "primary",
];
const PHONE: &[&str] = &[
    "phone",
    "phones",
    "telephone",
    "tel",
    "ph",
    "mobile",
    "cell",
    "phonenumber",
    "telefon",
    "telefono",
    "telephone",
    "handy",
    "rufnummer",
    "movil",
    "phone1",
];
const ZIP: &[&str] = &[
    "zip",
    "zipcode",
    "postal",
    "postcode",
    "postalcode",
    "plz",
    "cp",
    "postleitzahl",
];
const STATE: &[&str] = &["state", "province", "region", "bundesland", "st"];
const CITY: &[&str] = &["city", "town", "ort", "stadt", "ciudad", "ville", "wohnort"];
const STREET: &[&str] = &[
    "street",
    "address",
    "addr",
    "address1",
    "address2",
    "strasse",
    "str",
    "direccion",
    "adresse",
    "anschrift",
    "calle",
    "rue",
    "suite",
];
const BIRTH: &[&str] = &[
    "dob",
    "birth",
    "birthdate",
    "birthday",
    "born",
    "geburtsdatum",
    "geburtstag",
    "geb",
    "nacimiento",
    "naissance",
    "bday",
];
const REASON: &[&str] = &[
    "reason",
    "diagnosis",
    "diagnoses",
    "dx",
    "complaint",
    "icd",
    "icd10",
    "icd9",
    "condition",
    "problem",
    "indication",
    "diagnose",
    "diagnostico",
    "diagnostic",
    "motivo",
    "motif",
    "grund",
    "injury",
];
const SERVICE: &[&str] = &[
    "service",
    "services",
    "procedure",
    "procedures",
    "cpt",
    "treatment",
    "modality",
    "program",
    "leistung",
    "leistungen",
    "servicio",
    "prestation",
    "discipline",
    "exam",
];
const PAYER: &[&str] = &[
    "insurance",
    "insurer",
    "payer",
    "payor",
    "carrier",
    "ins",
    "versicherung",
    "krankenkasse",
    "kasse",
    "kostentrager",
    "seguro",
    "aseguradora",
    "assurance",
    "mutuelle",
    "coverage",
    "plan",
];
const AMOUNT: &[&str] = &[
    "amount",
    "charges",
    "charge",
    "revenue",
    "payments",
    "payment",
    "paid",
    "billed",
    "fee",
    "betrag",
    "importe",
    "monto",
    "montant",
    "umsatz",
    "collections",
    "collected",
    "value",
    "honorar",
    "billings",
];
const NOTES: &[&str] = &[
    "notes",
    "note",
    "comments",
    "comment",
    "remarks",
    "remark",
    "description",
    "memo",
    "bemerkung",
    "bemerkungen",
    "notizen",
    "notiz",
    "observaciones",
    "notas",
    "commentaire",
    "commentaires",
    "remarques",
    "details",
    "anmerkung",
    "anmerkungen",
];
const STATUS: &[&str] = &[
    "showed",
    "attended",
    "status",
    "outcome",
    "disposition",
    "stage",
    "result",
    "estatus",
    "statut",
    "ergebnis",
    "resultado",
    "resultat",
    "kept",
];
const CLASS: &[&str] = &[
    "type", "class", "category", "kind", "channel", "medium", "art", "tipo", "typ",
];
const DATE: &[&str] = &[
    "date",
    "datum",
    "fecha",
    "dt",
    "day",
    "dat",
    "timestamp",
    "datetime",
    "tag",
    "time",
];
const FIRST: &[&str] = &[
    "first",
    "given",
    "fname",
    "firstname",
    "givenname",
    "forename",
    "vorname",
    "nombre",
    "nombres",
    "prenom",
    "fn",
];
const LAST: &[&str] = &[
    "last",
    "family",
    "surname",
    "lname",
    "lastname",
    "familyname",
    "nachname",
    "familienname",
    "apellido",
    "apellidos",
    "ln",
];
const MIDDLE: &[&str] = &["middle", "mi", "mname", "middlename", "zweitname"];

/// What a heading means in a table of referrals.
pub(super) fn in_referrals(heading: &str) -> Option<Guess> {
    let words = words(heading);
    let h = Heading {
        joined: words.join(" "),
        words: &words,
    };
    if h.words.is_empty() || is_denied(heading) {
        return None;
    }
    let refers = h.any(REFER)
        || h.words.iter().any(|word| {
            ["uberweis", "ueberweis", "zuweis"]
                .iter()
                .any(|start| word.starts_with(start))
        })
        || h.has("who sent")
        || h.has("sent by")
        || h.has("hear about us")
        || h.has("heard about us")
        || h.has("come from")
        || h.has("adresse par");
    if let Some(guess) = referred_to(&h) {
        return Some(guess);
    }
    if h.any(BIRTH) && !refers {
        return Some((Field::PatientBorn, 0.95));
    }
    if let Some(guess) = date(&h, refers) {
        return Some(guess);
    }
    if h.any(&[
        "modified",
        "updated",
        "changed",
        "deleted",
        "converted",
        "uuid",
        "guid",
        "gender",
        "sex",
        "language",
        "race",
        "ethnicity",
        "campaign",
        "website",
        "url",
    ]) {
        return None;
    }
    if h.any(&["direction", "inbound", "outbound", "richtung"]) || h.has("in out") {
        return Some((Field::Direction, 0.9));
    }
    if h.has("lead source")
        || h.has("source type")
        || h.has("source category")
        || h.has("marketing source")
        || h.has("source class")
        || h.has("referral method")
    {
        return Some((
            Field::SourceClass,
            if h.any(&["description"]) { 0.2 } else { 0.85 },
        ));
    }
    let patient = h.any(PATIENT);
    if refers {
        return referrer_side(&h, patient);
    }
    if patient {
        return patient_side(&h);
    }
    neutral(&h)
}

fn referred_to(h: &Heading<'_>) -> Option<Guess> {
    let to = h.has("refer to")
        || h.has("referred to")
        || h.has("refer out to")
        || h.has("referral to")
        || h.has("referred out to")
        || h.has("ref to")
        || h.has("sent to")
        || h.has("uberwiesen an")
        || h.has("referido a")
        || h.has("adresse a")
        || h.has("receiving provider")
        || h.has("receiving facility")
        || h.has("receiving practice")
        || h.has("refer to provider");
    if !to || h.any(DATE) {
        return None;
    }
    if h.any(PHONE)
        || h.any(&["fax", "npi", "email", "id", "number", "specialty"])
        || h.any(ZIP)
        || h.any(CITY)
    {
        return Some((Field::Ignore, 0.5));
    }
    Some((Field::ReferredTo, 0.9))
}

fn date(h: &Heading<'_>, refers: bool) -> Option<Guess> {
    let named = h.any(DATE)
        || h.words.iter().any(|word| word.ends_with("datum"))
        || h.words.last().is_some_and(|word| word == "received")
        || h.words
            .last()
            .is_some_and(|word| matches!(word.as_str(), "on" | "at" | "am"));
    let whole = h.is(&[
        "received",
        "referred",
        "scheduled",
        "seen",
        "dos",
        "appt",
        "appointment",
        "appointment time",
        "closed",
        "created",
        "eingang",
        "termin",
        "first visit",
        "initial eval",
        "initial evaluation",
        "ie",
        "eval",
    ]);
    if !(named || whole)
        || h.any(&["days", "duration", "status", "type", "by", "age"]) && !h.any(&["date"])
        || h.has("referred by")
    {
        return None;
    }
    let ignored = [
        "modified",
        "updated",
        "changed",
        "printed",
        "exported",
        "expected",
        "reply",
        "response",
        "due",
        "expiration",
        "expires",
        "expiry",
        "expire",
        "auth",
        "authorization",
        "effective",
        "end",
        "onset",
        "injury",
        "surgery",
        "accident",
        "signed",
        "followup",
        "follow",
        "reminder",
        "last",
        "death",
        "deceased",
        "report",
        "verified",
        "payment",
        "paid",
        "billed",
        "billing",
        "letter",
        "next",
        "loss",
        "doi",
        "start",
        "time",
    ];
    if h.any(&ignored) && !h.has("date time") && !h.any(&["appointment", "received", "created"]) {
        return h
            .any(&["start"])
            .then_some((Field::SeenOn, 0.3))
            .or(Some((Field::Ignore, 0.6)));
    }
    if h.any(&[
        "received",
        "receipt",
        "eingang",
        "eingangsdatum",
        "posteingang",
        "recibido",
        "recepcion",
        "reception",
        "recu",
    ]) {
        return Some((Field::ReceivedOn, 0.98));
    }
    if h.any(&[
        "appointment",
        "appt",
        "apt",
        "scheduled",
        "schedule",
        "booked",
        "booking",
        "termin",
        "cita",
        "rdv",
        "rendez",
    ]) {
        return Some((
            Field::ScheduledOn,
            if h.any(&["created", "made"]) {
                0.3
            } else {
                0.85
            },
        ));
    }
    if h.any(&[
        "seen",
        "visit",
        "eval",
        "evaluation",
        "ie",
        "dos",
        "service",
        "arrived",
        "arrival",
        "encounter",
        "consult",
        "consultation",
        "initial",
        "besuch",
        "visita",
        "soc",
    ]) {
        return Some((Field::SeenOn, 0.85));
    }
    if h.any(&[
        "closed",
        "close",
        "closing",
        "discharge",
        "discharged",
        "completed",
        "completion",
        "resolved",
        "abschluss",
        "cierre",
        "cloture",
    ]) {
        return Some((Field::ClosedOn, 0.85));
    }
    if refers {
        return Some((Field::ReceivedOn, 0.95));
    }
    if h.any(&[
        "intake",
        "inquiry",
        "request",
        "requested",
        "order",
        "ordered",
        "lead",
    ]) {
        return Some((Field::ReceivedOn, 0.8));
    }
    if h.any(&[
        "created",
        "create",
        "creation",
        "entered",
        "entry",
        "added",
        "opened",
        "open",
        "logged",
        "registered",
        "registration",
        "erstellt",
        "angelegt",
        "creado",
        "cree",
    ]) {
        return Some((Field::ReceivedOn, 0.7));
    }
    if h.any(&["call", "contact", "contacted"]) {
        return Some((Field::ReceivedOn, 0.45));
    }
    Some((
        Field::ReceivedOn,
        if h.words.len() == 1 { 0.65 } else { 0.4 },
    ))
}

fn referrer_side(h: &Heading<'_>, patient: bool) -> Option<Guess> {
    if let Some((field, weight)) = attribute(h) {
        return Some((field, weight));
    }
    let about = h.any(ABOUT_REFERRAL)
        && !h.has("referral source")
        && !h.has("source of referral")
        && !h.any(PROVIDER)
        && !h.any(ORGANISATION);
    if h.any(STATUS) {
        return Some((Field::Status, 0.95));
    }
    if h.any(REASON) {
        return Some((Field::Reason, 0.95));
    }
    if h.any(NOTES) {
        return Some((Field::Notes, 0.8));
    }
    if h.any(&[
        "id", "number", "no", "nr", "uuid", "count", "num", "code", "key", "priority", "urgency",
    ]) {
        return None;
    }
    if h.any(CLASS) {
        return Some((Field::SourceClass, 0.8));
    }
    if h.any(SERVICE) {
        return Some((Field::Service, 0.7));
    }
    if h.any(AMOUNT) {
        return Some((Field::Amount, 0.7));
    }
    if h.any(PAYER) && !h.any(PROVIDER) {
        return Some((Field::Payer, 0.6));
    }
    if let Some(field) = part_of_name(h, true) {
        return Some((field, 0.9));
    }
    if h.any(ORGANISATION) && !h.any(PROVIDER) && !h.has("account manager") {
        return Some((Field::ReferrerPractice, 0.9));
    }
    if patient && about && !h.any(&["by", "from"]) {
        return Some((Field::Patient, 0.5));
    }
    let weight = if h.has("referral source") || h.has("source") || h.has("referral sources") {
        0.8
    } else if about && !h.any(&["contact", "from", "by", "name"]) {
        0.6
    } else {
        0.95
    };
    Some((Field::Referrer, weight))
}

/// What describes a referrer beyond the name.
fn attribute(h: &Heading<'_>) -> Option<Guess> {
    if h.any(&["npi", "npinumber"]) || h.has("national provider") {
        return Some((Field::ReferrerNpi, 0.95));
    }
    if h.any(&["fax"]) {
        return Some((Field::ReferrerFax, 0.9));
    }
    if h.any(&["email", "emails", "mail"]) || h.has("e mail") {
        return Some((Field::ReferrerEmail, 0.9));
    }
    if h.any(PHONE) {
        return Some((Field::ReferrerPhone, 0.9));
    }
    if h.any(&[
        "specialty",
        "speciality",
        "specialties",
        "fachrichtung",
        "fachgebiet",
        "especialidad",
        "specialite",
        "taxonomy",
    ]) {
        return Some((Field::ReferrerSpecialty, 0.9));
    }
    if h.any(&[
        "credential",
        "credentials",
        "suffix",
        "degree",
        "designation",
    ]) {
        return Some((Field::ReferrerCredentials, 0.9));
    }
    if h.any(ZIP) {
        return Some((Field::ReferrerZip, 0.9));
    }
    if h.any(CITY) {
        return Some((Field::ReferrerCity, 0.9));
    }
    if h.any(STATE) && !h.any(&["country"]) {
        return Some((Field::ReferrerState, 0.85));
    }
    if h.any(STREET) && !h.has("adresse par") {
        return Some((Field::ReferrerStreet, 0.85));
    }
    None
}

fn part_of_name(h: &Heading<'_>, referrer: bool) -> Option<Field> {
    let (given, family, middle) = if referrer {
        (
            Field::ReferrerGiven,
            Field::ReferrerFamily,
            Field::ReferrerMiddle,
        )
    } else {
        (Field::PatientGiven, Field::PatientFamily, Field::Ignore)
    };
    let (first, last) = (h.any(FIRST), h.any(LAST));
    if first == last {
        return h.any(MIDDLE).then_some(middle);
    }
    Some(if first { given } else { family })
}

fn patient_side(h: &Heading<'_>) -> Option<Guess> {
    if h.any(&["email", "fax", "gender", "sex", "age"])
        || h.any(PHONE)
        || h.any(ZIP)
        || h.any(CITY)
        || h.any(STATE)
        || h.any(STREET)
    {
        return None;
    }
    if h.any(STATUS) {
        return Some((Field::Status, 0.6));
    }
    if h.any(PAYER) && !h.any(&["id", "number"]) {
        return Some((Field::Payer, 0.85));
    }
    if h.any(&[
        "id",
        "number",
        "no",
        "nr",
        "mrn",
        "chart",
        "account",
        "acct",
        "record",
        "num",
        "code",
        "identifier",
    ]) {
        return Some((Field::PatientChart, 0.95));
    }
    if let Some(field) = part_of_name(h, false) {
        return Some((field, 0.95));
    }
    if h.any(REASON) {
        return Some((Field::Reason, 0.8));
    }
    if h.any(NOTES) {
        return Some((Field::Notes, 0.6));
    }
    if h.any(AMOUNT) {
        return Some((Field::Amount, 0.6));
    }
    if h.any(&["source"]) {
        return Some((Field::Referrer, 0.7));
    }
    if h.any(CLASS) || h.any(PROVIDER) || h.any(ORGANISATION) || h.any(OWN_SIDE) {
        return None;
    }
    Some((
        Field::Patient,
        if h.words.len() == 1 || h.any(&["name", "full", "label"]) {
            0.95
        } else {
            0.6
        },
    ))
}

fn neutral(h: &Heading<'_>) -> Option<Guess> {
    if h.any(&["mrn", "chart", "emr"])
        || h.has("medical record")
        || h.has("acct number")
        || h.has("account number")
        || h.has("acct no")
    {
        return Some((Field::PatientChart, 0.9));
    }
    if h.is(&[
        "id",
        "number",
        "no",
        "acct",
        "fallnummer",
        "patientennummer",
    ]) {
        return Some((Field::PatientChart, 0.4));
    }
    if h.has("opportunity name")
        || h.has("chief complaint")
        || h.has("body part")
        || h.has("body region")
    {
        return Some((Field::Reason, 0.75));
    }
    if h.any(AMOUNT) && !h.any(&["id", "type", "status"]) {
        return Some((Field::Amount, 0.8));
    }
    if h.any(REASON) && !h.any(STATUS) {
        return Some((
            Field::Reason,
            if h.any(&["code", "codes"]) { 0.7 } else { 0.85 },
        ));
    }
    if h.any(PAYER)
        && !h.any(&[
            "id",
            "number",
            "phone",
            "type",
            "class",
            "secondary",
            "group",
        ])
    {
        return Some((Field::Payer, 0.85));
    }
    if h.any(PAYER) {
        return (h.any(&["type", "class"])).then_some((Field::Payer, 0.4));
    }
    if h.any(&[
        "source", "quelle", "herkunft", "origen", "fuente", "origine",
    ]) {
        return Some((
            Field::Referrer,
            if h.any(&["description", "id"]) {
                0.2
            } else {
                0.6
            },
        ));
    }
    let own = h.any(OWN_SIDE) && !h.any(&["primary", "clinic"]);
    if h.is(&[
        "pcp",
        "primary care",
        "primary care provider",
        "primary care physician",
        "hausarzt",
    ]) {
        return Some((Field::Referrer, 0.4));
    }
    if (h.any(ORGANISATION) || h.any(PROVIDER))
        && !own
        && !h.any(&[
            "payer",
            "treatment",
            "evaluation",
            "appointment",
            "appt",
            "visit",
            "service",
            "department",
        ])
    {
        if let Some((field, weight)) = attribute(h) {
            return Some((field, weight - 0.2));
        }
        if h.any(ORGANISATION) && !h.any(&["description", "id", "number", "type", "assistant"]) {
            let own_site = h.any(&[
                "clinic",
                "office",
                "facility",
                "hospital",
                "clinica",
                "einrichtung",
            ]);
            return Some((
                Field::ReferrerPractice,
                if h.any(PROVIDER) {
                    0.8
                } else if own_site {
                    0.35
                } else {
                    0.6
                },
            ));
        }
        if h.any(PROVIDER) && !h.any(ORGANISATION) && !h.any(&["id", "number", "type"]) {
            return Some((
                part_of_name(h, true).unwrap_or(Field::Referrer),
                if h.any(&["outside", "external"]) {
                    0.8
                } else {
                    0.45
                },
            ));
        }
    }
    if h.any(&["npi"]) {
        return Some((Field::ReferrerNpi, 0.6));
    }
    if h.any(STATUS)
        && !h.any(&[
            "description",
            "marital",
            "insurance",
            "auth",
            "billing",
            "payment",
            "claim",
        ])
    {
        return Some((Field::Status, 0.85));
    }
    if h.any(SERVICE)
        && !h.any(&[
            "location", "provider", "code", "clinic", "site", "office", "facility",
        ])
        || h.has("visit type")
        || h.has("appointment type")
        || h.has("appt type")
    {
        return Some((Field::Service, 0.7));
    }
    if h.is(&[
        "first name",
        "first",
        "given name",
        "firstname",
        "vorname",
        "nombre",
        "prenom",
    ]) {
        return Some((Field::PatientGiven, 0.7));
    }
    if h.is(&[
        "last name",
        "last",
        "family name",
        "lastname",
        "surname",
        "nachname",
        "apellido",
        "apellidos",
        "nom",
    ]) {
        return Some((Field::PatientFamily, 0.7));
    }
    if h.is(&["name", "full name", "client name"]) {
        return Some((Field::Patient, 0.55));
    }
    if h.any(NOTES) && !h.any(&["account", "status", "source", "id"]) {
        return Some((Field::Notes, 0.6));
    }
    if h.is(&["type", "category", "how", "channel"]) {
        return Some((Field::SourceClass, 0.35));
    }
    None
}

/// What a heading means in a list of contacts.
pub(super) fn in_contacts(heading: &str) -> Option<Guess> {
    let words = words(heading);
    let h = Heading {
        joined: words.join(" "),
        words: &words,
    };
    if h.words.is_empty() || is_denied(heading) {
        return None;
    }
    if h.any(&[
        "assistant",
        "assistants",
        "spouse",
        "children",
        "manager",
        "managers",
        "hobby",
        "yomi",
        "phonetic",
        "display",
        "pager",
        "telex",
        "tty",
        "callback",
        "country",
        "birthday",
        "anniversary",
        "initials",
        "account",
    ]) && !h.is(&["account name", "account"])
        || h.any(&["type", "label"]) && h.any(&["phone", "email", "mail", "address"])
    {
        return None;
    }
    let elsewhere = h.any(&[
        "home",
        "other",
        "alt",
        "alternate",
        "car",
        "radio",
        "private",
    ]);
    if let Some((field, weight)) = attribute(&h) {
        let second = h.any(&["2", "3", "4", "secondary"]) && !field.takes_several();
        if field == Field::ReferrerEmail && h.any(&["type", "non"])
            || h.has("web page")
            || h.any(&["po", "formatted", "carrier"])
        {
            return None;
        }
        return Some((field, if elsewhere || second { 0.3 } else { weight }));
    }
    if elsewhere || h.any(&["id", "number"]) {
        return None;
    }
    if h.has("job title")
        || h.has("organization title")
        || h.has("organization 1 title")
        || h.is(&["position", "role", "occupation", "funktion"])
    {
        return Some((Field::JobTitle, 0.9));
    }
    if h.any(&["prefix", "salutation", "anrede"]) || h.is(&["title", "titel"]) {
        return None;
    }
    if h.any(&[
        "categories",
        "category",
        "labels",
        "groups",
        "tags",
        "kategorie",
        "kategorien",
    ]) || h.has("group membership")
        || h.has("contact type")
        || h.is(&["type"])
    {
        return Some((Field::Category, 0.85));
    }
    if let Some(field) = part_of_name(&h, true) {
        return Some((field, 0.95));
    }
    if h.any(ORGANISATION) && !h.any(&["department", "office location", "location", "symbol"]) {
        return Some((
            Field::ReferrerPractice,
            if h.any(&[
                "company",
                "practice",
                "organization",
                "account",
                "clinic",
                "facility",
                "firma",
            ]) {
                0.9
            } else {
                0.7
            },
        ));
    }
    if h.any(NOTES) {
        return Some((Field::Notes, 0.85));
    }
    if h.is(&[
        "name",
        "full name",
        "contact",
        "contact name",
        "file as",
        "nombre completo",
    ]) || h.any(PROVIDER)
        || h.any(REFER)
    {
        return Some((
            Field::Referrer,
            if h.any(REFER) && h.any(&["by"]) {
                0.3
            } else {
                0.8
            },
        ));
    }
    None
}
