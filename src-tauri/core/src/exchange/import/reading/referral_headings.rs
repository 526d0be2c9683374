//! What headings mean in a table of referrals.

use super::field::Field;
use super::headings::{Guess, Heading, attribute, is_denied, part_of_name, words};
use super::row_kind_words::listed;
use super::vocabulary::*;

/// What a heading means in a table of referrals.
pub(super) fn in_referrals(heading: &str) -> Option<Guess> {
    let words = words(heading);
    let h = Heading { joined: words.join(" "), words: &words };
    if h.words.is_empty() || is_denied(heading) {
        return None;
    }
    let refers = h.any(REFER)
        || h.words
            .iter()
            .any(|word| ["uberweis", "ueberweis", "zuweis"].iter().any(|start| word.starts_with(start)))
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
    if let Some(guess) = on_the_way(&h) {
        return Some(guess);
    }
    if let Some(guess) = date(&h, refers) {
        return Some(guess);
    }
    if h.any(
        "\
        modified, updated, changed, deleted, converted, uuid, guid, gender, sex, language, \
        race, ethnicity, campaign, website, url",
    ) {
        return None;
    }
    if h.any("direction, inbound, outbound, richtung") || h.has("in out") {
        return Some((Field::Direction, 0.9));
    }
    if h.has("lead source")
        || h.has("source type")
        || h.has("source category")
        || h.has("marketing source")
        || h.has("source class")
        || h.has("referral method")
    {
        return Some((Field::SourceClass, if h.any("description") { 0.2 } else { 0.85 }));
    }
    let patient = h.any(PATIENT);
    if refers {
        return referrer_side(&h, patient, heading);
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
    if h.any(PHONE) || h.any("fax, npi, email, id, number, specialty") || h.any(ZIP) || h.any(CITY) {
        return Some((Field::Ignore, 0.5));
    }
    Some((Field::ReferredTo, 0.9))
}

/// What happened on the way, how soon, what kind, how far.
fn on_the_way(h: &Heading<'_>) -> Option<Guess> {
    if h.any("by, who, days, duration, age, due, expected, status, y, yes, needed, required, ahead, letter") {
        return None;
    }
    if h.any("acknowledged, acknowledgement, acknowledgment, acknowledge, ack") {
        return Some((Field::AcknowledgedOn, 0.9));
    }
    if h.any("thanked") || h.has("thank you") && h.any("sent, date, on") {
        return Some((Field::ThankedOn, 0.9));
    }
    let paper = h.any("report, reports, note, notes, summary, results");
    if h.any("reported") || paper && h.any("sent, received, returned, back") {
        return Some((Field::ReportedOn, 0.85));
    }
    let returned = h.is("\
        returned, date returned, returned on, returned date, patient returned, returned to referrer, \
        returned to referring provider, returned to referring physician, returned to pcp, sent back, return to referrer");
    if returned {
        return Some((Field::ReturnedOn, 0.85));
    }
    if h.any("urgency, acuity, dringlichkeit, urgencia")
        || h.is("priority, referral priority, priority level, urgent, stat, prioritat, prioridad, priorite")
    {
        return Some((Field::Urgency, 0.85));
    }
    if h.is("\
        kind, referral kind, kind of referral, consult type, consultation type, type of consult, type of consultation")
    {
        return Some((Field::ReferralType, 0.85));
    }
    h.is("travel, travel type, patient travel, local or international").then_some((Field::Travel, 0.8))
}

fn date(h: &Heading<'_>, refers: bool) -> Option<Guess> {
    let named = h.any(DATE)
        || h.words.iter().any(|word| word.ends_with("datum"))
        || h.words.last().is_some_and(|word| word == "received")
        || h.words.last().is_some_and(|word| matches!(word.as_str(), "on" | "at" | "am"));
    let whole = h.is("\
        received, referred, scheduled, seen, dos, appt, appointment, appointment time, closed, \
        created, eingang, termin, first visit, initial eval, initial evaluation, ie, eval");
    if !(named || whole)
        || h.any("days, duration, status, type, by, age") && !h.any("date")
        || h.has("referred by")
    {
        return None;
    }
    let ignored = "\
        modified, updated, changed, printed, exported, expected, reply, response, due, \
        expiration, expires, expiry, expire, auth, authorization, effective, end, onset, injury, \
        surgery, accident, signed, followup, follow, reminder, last, death, deceased, report, \
        verified, payment, paid, billed, billing, letter, next, loss, doi, start, time";
    if h.any(ignored) && !h.has("date time") && !h.any("appointment, received, created") {
        return h.any("start").then_some((Field::SeenOn, 0.3)).or(Some((Field::Ignore, 0.6)));
    }
    if h.any(
        "\
        received, receipt, eingang, eingangsdatum, posteingang, recibido, recepcion, reception, \
        recu",
    ) {
        return Some((Field::ReceivedOn, 0.98));
    }
    if h.any(
        "\
        appointment, appt, apt, scheduled, schedule, booked, booking, termin, cita, rdv, rendez",
    ) {
        return Some((Field::ScheduledOn, if h.any("created, made") { 0.3 } else { 0.85 }));
    }
    if h.any(
        "\
        seen, visit, eval, evaluation, ie, dos, service, arrived, arrival, encounter, consult, \
        consultation, initial, besuch, visita, soc",
    ) {
        return Some((Field::SeenOn, 0.85));
    }
    if h.any(
        "\
        closed, close, closing, discharge, discharged, completed, completion, resolved, \
        abschluss, cierre, cloture",
    ) {
        return Some((Field::ClosedOn, 0.85));
    }
    if refers {
        return Some((Field::ReceivedOn, 0.95));
    }
    if h.any("intake, inquiry, request, requested, order, ordered, lead") {
        return Some((Field::ReceivedOn, 0.8));
    }
    if h.any(
        "\
        created, create, creation, entered, entry, added, opened, open, logged, registered, \
        registration, erstellt, angelegt, creado, cree",
    ) {
        return Some((Field::ReceivedOn, 0.7));
    }
    if h.any("call, contact, contacted") {
        return Some((Field::ReceivedOn, 0.45));
    }
    Some((Field::ReceivedOn, if h.words.len() == 1 { 0.65 } else { 0.4 }))
}

fn referrer_side(h: &Heading<'_>, patient: bool, heading: &str) -> Option<Guess> {
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
    if h.any("id, number, no, nr, uuid, count, num, code, key, priority, urgency") {
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
    // `Referring Provider Practice Name` is the practice, `Referring Practice Provider` the provider; what names both
    // at once, as in `Provider/Practice`, is whoever refers.
    let last = h.words.iter().rev().find(|word| listed(ORGANISATION, word) || listed(PROVIDER, word));
    if last.is_some_and(|word| listed(ORGANISATION, word))
        && !(h.any(PROVIDER) && heading.contains(['/', '&']))
        && !h.has("account manager")
    {
        return Some((Field::ReferrerPractice, 0.9));
    }
    if h.any("location, pos, department, dept, site") && !h.any(PROVIDER) {
        return Some((Field::ReferrerPractice, 0.7));
    }
    if patient && about && !h.any("by, from") {
        return Some((Field::Patient, 0.5));
    }
    let weight = if h.has("referral source") || h.has("source") || h.has("referral sources") {
        0.8
    } else if about && !h.any("contact, from, by, name") {
        0.6
    } else {
        0.95
    };
    Some((Field::Referrer, weight))
}

fn patient_side(h: &Heading<'_>) -> Option<Guess> {
    if h.any("email, fax, gender, sex, age")
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
    if h.any(PAYER) && !h.any("id, number") {
        return Some((Field::Payer, 0.85));
    }
    if h.any("id, number, no, nr, mrn, chart, account, acct, record, num, code, identifier") {
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
    if h.any("source") {
        return Some((Field::Referrer, 0.7));
    }
    if h.any(CLASS) || h.any(PROVIDER) || h.any(ORGANISATION) || h.any(OWN_SIDE) {
        return None;
    }
    Some((Field::Patient, if h.words.len() == 1 || h.any("name, full, label") { 0.95 } else { 0.6 }))
}

fn neutral(h: &Heading<'_>) -> Option<Guess> {
    if h.any("mrn, chart, emr")
        || h.has("medical record")
        || h.has("acct number")
        || h.has("account number")
        || h.has("acct no")
    {
        return Some((Field::PatientChart, 0.9));
    }
    if h.is("id, number, no, acct, fallnummer, patientennummer") {
        return Some((Field::PatientChart, 0.4));
    }
    if h.has("opportunity name") || h.has("chief complaint") || h.has("body part") || h.has("body region") {
        return Some((Field::Reason, 0.75));
    }
    if h.any(AMOUNT) && !h.any("id, type, status") {
        return Some((Field::Amount, 0.8));
    }
    if h.any(REASON) && !h.any(STATUS) {
        return Some((Field::Reason, if h.any("code, codes") { 0.7 } else { 0.85 }));
    }
    if h.any(PAYER) && !h.any("id, number, phone, type, class, secondary, group") {
        return Some((Field::Payer, 0.85));
    }
    if h.any(PAYER) {
        return (h.any("type, class")).then_some((Field::Payer, 0.4));
    }
    if h.any("source, quelle, herkunft, origen, fuente, origine") {
        return Some((Field::Referrer, if h.any("description, id") { 0.2 } else { 0.6 }));
    }
    let own = h.any(OWN_SIDE) && !h.any("primary, clinic");
    if h.is("pcp, primary care, primary care provider, primary care physician, hausarzt") {
        return Some((Field::Referrer, 0.4));
    }
    if (h.any(ORGANISATION) || h.any(PROVIDER))
        && !own
        && !h.any(
            "\
            payer, treatment, evaluation, appointment, appt, visit, service, department",
        )
    {
        if let Some((field, weight)) = attribute(h) {
            return Some((field, weight - 0.2));
        }
        if h.any(ORGANISATION) && !h.any("description, id, number, type, assistant") {
            let own_site = h.any("clinic, office, facility, hospital, clinica, einrichtung");
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
        if h.any(PROVIDER) && !h.any(ORGANISATION) && !h.any("id, number, type") {
            return Some((
                part_of_name(h, true).unwrap_or(Field::Referrer),
                if h.any("outside, external") { 0.8 } else { 0.45 },
            ));
        }
    }
    if h.any("npi") {
        return Some((Field::ReferrerNpi, 0.6));
    }
    if h.any(STATUS) && !h.any("description, marital, insurance, auth, billing, payment, claim") {
        return Some((Field::Status, 0.85));
    }
    if h.any(SERVICE) && !h.any("location, provider, code, clinic, site, office, facility")
        || h.has("visit type")
        || h.has("appointment type")
        || h.has("appt type")
    {
        return Some((Field::Service, 0.7));
    }
    if h.is("first name, first, given name, firstname, vorname, nombre, prenom") {
        return Some((Field::PatientGiven, 0.7));
    }
    if h.is("\
        last name, last, family name, lastname, surname, nachname, apellido, apellidos, nom")
    {
        return Some((Field::PatientFamily, 0.7));
    }
    if h.is("name, full name, client name") {
        return Some((Field::Patient, 0.55));
    }
    if h.any(NOTES) && !h.any("account, status, source, id") {
        return Some((Field::Notes, 0.6));
    }
    if h.is("type, category, how, channel") {
        return Some((Field::SourceClass, 0.35));
    }
    None
}
