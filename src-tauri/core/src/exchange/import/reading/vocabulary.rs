//! The words headings are made of, folded and in the singular and plural that occur, in four languages.

/// Words that occur written together with others but belong to no list of meanings.
pub(super) const GLUED: &str = "\
    name, id, number, num, no, by, on, to, from, full, source, primary, received, created, \
    create, appointment, appt, scheduled, seen, visit, closed, npi, fax, email, specialty, mrn, \
    chart, modified, updated, entered, referredto, website, location, department, reason, \
    account, total, eval, discharge, intake, order, mobile, status, insurance, contact, \
    credential, credentials, suffix";

pub(super) const REFER: &str = "\
    refer, refers, refered, referred, refd, referring, refering, referral, referrals, ref, \
    referer, referrer, referrers, reffered, refby, referredby, ordering, requesting, requester, \
    recommended, uberweiser, ueberweiser, zuweiser, zuweisender, uberweisender, ueberweisender, \
    uberweisung, ueberweisung, zuweisung, remitente, remitido, remite, remision, derivante, \
    derivado, derivacion, referido, referente, refiere, adresseur, adresse par, orienteur, \
    prescripteur, correspondant";

pub(super) const ABOUT_REFERRAL: &str = "\
    referral, referrals, uberweisung, ueberweisung, zuweisung, remision, derivacion";

pub(super) const PATIENT: &str = "\
    patient, patients, patienten, patientin, pt, pts, pat, client, clients, paciente, pacientes";

pub(super) const PROVIDER: &str = "\
    provider, providers, physician, physicians, doctor, doctors, dr, md, doc, prov, phys, arzt, \
    medico, medecin, clinician, practitioner, npp, surgeon, provdr, prvdr, physn";

pub(super) const ORGANISATION: &str = "\
    practice, clinic, office, organization, organisation, org, company, companies, facility, \
    account, group, hospital, institution, praxis, clinica, cabinet, business, agency, firma, \
    unternehmen, empresa, consultorio, societe, entity, einrichtung, affiliation, employer, prac, pract, \
    fac, facil, clin, ofc, offc, hosp";

pub(super) const OWN_SIDE: &str = "\
    rendering, attending, treating, therapist, assigned, supervising, servicing, resource, our, \
    location, site, owner, user, created, modified, entered, scheduler, behandler, coordinator, \
    rep, responsible, managed, evaluating, performing, billing, clinic, primary";

pub(super) const PHONE: &str = "\
    phone, phones, telephone, tel, ph, mobile, cell, phonenumber, telefon, telefono, telephone, \
    handy, rufnummer, movil, phone1";

pub(super) const ZIP: &str = "zip, zipcode, postal, postcode, postalcode, plz, cp, postleitzahl";

pub(super) const STATE: &str = "state, province, region, bundesland, st";

pub(super) const CITY: &str = "city, town, ort, stadt, ciudad, ville, wohnort";

pub(super) const STREET: &str = "\
    street, address, addr, address1, address2, strasse, str, direccion, adresse, anschrift, \
    calle, rue, suite";

pub(super) const BIRTH: &str = "\
    dob, birth, birthdate, birthday, born, geburtsdatum, geburtstag, geb, nacimiento, nac, naiss, \
    naissance, bday";

pub(super) const REASON: &str = "\
    reason, diag, dxs, diagnosis, diagnoses, dx, complaint, icd, icd10, icd9, condition, problem, \
    indication, diagnose, diagnostico, diagnostic, motivo, motif, grund, injury";

pub(super) const SERVICE: &str = "\
    service, services, procedure, procedures, cpt, treatment, modality, program, leistung, \
    leistungen, servicio, prestation, discipline, exam";

pub(super) const PAYER: &str = "\
    insurance, insurer, payer, payor, carrier, ins, versicherung, krankenkasse, kasse, \
    kostentrager, seguro, aseguradora, assurance, mutuelle, coverage, plan";

pub(super) const AMOUNT: &str = "\
    amount, amt, charges, charge, chrg, chg, chgs, revenue, payments, payment, paid, billed, fee, betrag, importe, \
    monto, montant, umsatz, collections, collected, value, honorar, billings, price, preis, precio, prix";

pub(super) const NOTES: &str = "\
    notes, note, comments, comment, remarks, remark, description, memo, bemerkung, bemerkungen, \
    notizen, notiz, observaciones, notas, commentaire, commentaires, remarques, details, \
    anmerkung, anmerkungen";

pub(super) const STATUS: &str = "\
    showed, attended, status, outcome, disposition, dispo, stage, result, estatus, statut, ergebnis, \
    resultado, resultat, kept";

pub(super) const CLASS: &str = "type, class, category, kind, channel, medium, art, tipo, typ";

pub(super) const DATE: &str = "date, datum, fecha, dt, day, dat, timestamp, datetime, tag, time";

pub(super) const FIRST: &str = "\
    first, given, fname, firstname, givenname, forename, vorname, nombre, nombres, prenom, fn";

pub(super) const LAST: &str = "\
    last, family, surname, lname, lastname, familyname, nachname, familienname, apellido, \
    apellidos, ln";

pub(super) const MIDDLE: &str = "middle, mi, mname, middlename, zweitname";
