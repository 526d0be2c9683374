//! What has to stay stays, what goes is gone, and the history still proves itself.

use baton_core::Practice;
use baton_core::foundation::id::{PartnerId, RecordId};
use baton_core::history::{self, HistoryQuery, TrashKind};
use baton_core::network::{
    self, ContactKind, NewAddress, NewAffiliation, NewContactPoint, NewPartner, NewPerson, PartnerClass,
    PartnerType, Party, PersonChange,
};
use baton_core::referrals::{self, ReferralChange};
use baton_core::retention::{
    Block, Decision, ErasureRequest, KeptWhy, LookedFor, Policy, RecordKind, RecordRef, RetentionError,
    SectionKind, erase, held_about, holds, lift_hold, place_hold, policy, purge, purge_preview, set_policy,
};
use baton_core::store::{OnConflict, StoreError};
use baton_core::testing::{TestPractice, day, practice, reopened};
use rusqlite::types::ValueRef;

use crate::time::as_of;
use crate::world::{self, Told, tell};

const NOTHING_KEPT: Policy = Policy { partner_years: 0, person_years: 0, patient_years: 0, trash_days: 90 };

fn granted() -> ErasureRequest {
    ErasureRequest {
        requested_on: day("2026-11-20"),
        requester: "the person".into(),
        decision: Decision::Granted,
        reason: String::new(),
    }
}

/// Every value of every table of the whole file, parts of history unpacked.
fn everything(practice: &Practice) -> Vec<u8> {
    let look = |conn: &rusqlite::Connection| {
        let tables: Vec<String> = conn
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let mut all = Vec::new();
        for table in tables {
            let mut statement = conn.prepare(&format!("SELECT * FROM \"{table}\""))?;
            let columns = statement.column_count();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    match row.get_ref(column)? {
                        ValueRef::Text(text) => all.extend_from_slice(text),
                        ValueRef::Blob(bytes) if table == "history_part" => {
                            all.extend(zstd::decode_all(bytes).expect("a part of history"));
                        }
                        ValueRef::Blob(bytes) => all.extend_from_slice(bytes),
                        _ => {}
                    }
                    all.push(b'\n');
                }
            }
        }
        Ok::<_, StoreError>(all)
    };
    practice.read(look).expect("the whole file").to_ascii_lowercase()
}

/// Every page of the file as it lies on the disk, those no table uses any more included, decrypted without the library
/// that wrote them (SQLCipher 4: AES-256-CBC; a page ends with its IV and a MAC of 64 bytes, the first begins with the salt).
fn pages(practice: &TestPractice) -> Vec<u8> {
    use aes::cipher::block_padding::NoPadding;
    use aes::cipher::{BlockModeDecrypt, KeyIvInit};
    const PAGE: usize = 4096;
    const RESERVED: usize = 80;
    practice.store().checkpoint().expect("everything is in the file");
    let log = std::fs::metadata(practice.folder.path().join("practice.db-wal"));
    assert_eq!(log.map_or(0, |about| about.len()), 0, "and nothing in the log");
    let file = std::fs::read(practice.folder.path().join("practice.db")).expect("read");
    assert_eq!(file.len() % PAGE, 0);
    let mut all = Vec::new();
    for (number, page) in file.chunks(PAGE).enumerate() {
        let body = &page[if number == 0 { 16 } else { 0 }..PAGE - RESERVED];
        let iv = &page[PAGE - RESERVED..PAGE - RESERVED + 16];
        let cipher = cbc::Decryptor::<aes::Aes256>::new_from_slices(&[7; 32], iv).expect("its key");
        let mut plain = vec![0; body.len()];
        cipher.decrypt_padded_b2b::<NoPadding>(body, &mut plain).expect("whole blocks");
        all.append(&mut plain);
    }
    all.to_ascii_lowercase()
}

#[test]
fn after_erasure_no_page_of_the_file_holds_a_mark_of_the_person_not_even_one_nothing_uses() {
    let practice = practice("2026-11-25");
    let (_, person) = marked_person(&practice);
    // Long texts fill pages of their own, which are free once the text is gone.
    let long = "zznote plays the cello ".repeat(900);
    network::edit_person(&practice, person, &[PersonChange::Notes(Some(long[..8000].trim().into()))], None)
        .expect("noted");
    let before = pages(&practice);
    for mark in ["zzquixote", "oldnamezz", "zznote", "zzstreet", "207-555-7731", "zzspelling", "zzdraft"] {
        assert!(holds_text(&before, mark), "{mark} is there to be erased");
    }
    erase(&practice, LookedFor::Person(person.0), &granted()).expect("erased");
    let free: i64 = practice
        .read(|conn| Ok::<_, StoreError>(conn.query_row("PRAGMA freelist_count", [], |row| row.get(0))?))
        .expect("counted");
    assert!(free > 0, "some pages are used by nothing");
    let after = pages(&practice);
    for mark in MARKS {
        assert!(!holds_text(&after, mark), "{mark} is left");
    }
}

fn holds_text(all: &[u8], text: &str) -> bool {
    let wanted = text.to_lowercase().into_bytes();
    all.windows(wanted.len()).any(|window| window == wanted)
}

/// Marks that stand in every place a person leaves one.
const MARKS: [&str; 8] =
    ["Zzquixote", "Oldnamezz", "207-555-7731", "zzmail", "Zzstreet", "zznote", "zzspelling", "zzdraft"];

fn marked_person(practice: &Practice) -> (PartnerId, baton_core::foundation::id::PersonId) {
    let partner = NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, "Pine Hollow");
    let partner = network::add_partner(practice, partner).expect("added").value;
    let person = NewPerson {
        name: "Ana Oldnamezz, MD".into(),
        works_at: Some(NewAffiliation::at(partner)),
        ..NewPerson::default()
    };
    let person = network::add_person(practice, person).expect("added").value;
    let renamed = PersonChange::Name("Ana Zzquixote, MD".into());
    network::edit_person(practice, person, &[renamed], None).expect("renamed");
    let note = PersonChange::Notes(Some("zznote plays the cello".into()));
    network::edit_person(practice, person, &[note], None).expect("noted");
    let of = Party::Person(person);
    for (kind, value) in [(ContactKind::Phone, "207-555-7731"), (ContactKind::Email, "zzmail@example.org")] {
        let point = NewContactPoint { kind, value: value.into(), label: String::new(), is_primary: false };
        let id = network::add_contact_point(practice, of, &point).expect("added").value;
        if kind == ContactKind::Email {
            network::remove_contact_point(practice, id).expect("removed before anybody asked");
        }
    }
    let home = NewAddress { street: "1 Zzstreet".into(), ..NewAddress::default() };
    network::add_address(practice, of, &home).expect("added");
    tell(practice, |tx| {
        tx.execute(
            "INSERT INTO alias (id, key, person_id) VALUES (?1, 'zzspelling', ?2)",
            rusqlite::params![RecordId::new(), person],
        )?;
        let told =
            Told { received: "2026-10-01", from: Some(partner), person: Some(person), ..Told::default() };
        Ok(world::referral(tx, &told))
    });
    practice.store().note(practice.actor(), "record_print", "Ana Zzquixote, MD").expect("noted");
    history::draft_save(practice, "person_new", "{\"name\":\"Ana Zzquixote, MD\",\"notes\":\"zzdraft\"}")
        .expect("kept");
    (partner, person)
}

#[test]
fn after_erasure_no_mark_of_the_person_is_left_in_the_file_and_the_history_verifies() {
    let practice = practice("2026-11-25");
    let (partner, person) = marked_person(&practice);
    let before = everything(&practice);
    for mark in MARKS {
        assert!(holds_text(&before, mark), "{mark} is there to be erased");
    }
    let about = held_about(&practice, LookedFor::Person(person.0)).expect("shown");
    assert!(about.can_erase && about.blocks.is_empty(), "{about:?}");
    let kinds: Vec<SectionKind> = about.sections.iter().map(|section| section.kind).collect();
    use SectionKind::{Contact, History, Identity, Referrals, Spellings, Work};
    assert_eq!(kinds, [Identity, Contact, Work, Spellings, Referrals, History]);

    let done = erase(&practice, LookedFor::Person(person.0), &granted()).expect("erased").value;
    assert!(done.token.starts_with("Erased person "));
    let after = everything(&practice);
    for mark in MARKS {
        assert!(!holds_text(&after, mark), "{mark} is left");
    }
    assert!(holds_text(&after, &done.token));
    practice.store().verify_history().expect("the chain holds");
    practice.store().check().expect("the file is whole");

    // Every earlier day can still be looked at, and shows nothing of the person.
    let head = practice.store().head().expect("a head").seq;
    for seq in 1..head {
        let copy = practice.folder.path().join(format!("then-{seq}.db"));
        let then = as_of(&practice, &copy, seq);
        let all = everything(&then);
        assert!(!MARKS.iter().any(|mark| holds_text(&all, mark)), "after entry {seq}");
    }

    // What counts counts on: the referral is still one of that partner and that (nameless) person.
    let page = network::person(&practice, person).expect("still a person");
    assert_eq!((page.name.as_str(), page.counts.received), (done.token.as_str(), 1));
    assert_eq!(network::partner(&practice, partner).expect("a page").people.len(), 1);

    // It can't be taken back, neither itself nor by what came before it.
    let entries = history::entries(&practice, &HistoryQuery::default()).expect("entries").rows;
    let own = entries.iter().find(|row| row.action == "erasure_grant").expect("on record");
    assert!(!own.can_undo);
    assert!(history::undo(&practice, own.seq, OnConflict::Overwrite).is_err());
    let renaming = entries.iter().find(|row| row.action == "person_edit").expect("on record").seq;
    let _ = history::undo(&practice, renaming, OnConflict::Overwrite);
    assert!(!MARKS.iter().any(|mark| holds_text(&everything(&practice), mark)));

    let TestPractice { practice, folder } = practice;
    drop(practice);
    let again = reopened(folder.path(), "2026-11-25").expect("opened");
    again.verify_history().expect("the chain holds after opening");
}

#[test]
fn a_second_erasure_over_the_same_entries_leaves_a_chain_that_verifies() {
    let practice = practice("2026-11-25");
    let partner = NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, "Pine Hollow");
    let partner = network::add_partner(&practice, partner).expect("added").value;
    let people: Vec<_> = tell(&practice, |tx| {
        // Both came with one entry, so that it is erased from twice.
        Ok(vec![world::person(tx, "Zzfirst", None), world::person(tx, "Zzsecond", None)])
    });
    for person in &people {
        erase(&practice, LookedFor::Person(person.0), &granted()).expect("erased");
        practice.store().verify_history().expect("the chain holds");
    }
    let all = everything(&practice);
    assert!(!holds_text(&all, "zzfirst") && !holds_text(&all, "zzsecond"));
    assert!(network::partner(&practice, partner).is_ok());
}

#[test]
fn what_claims_to_be_erased_but_was_not_is_found() {
    let practice = practice("2026-11-25");
    let (_, person) = marked_person(&practice);
    erase(&practice, LookedFor::Person(person.0), &granted()).expect("erased");
    let TestPractice { practice, folder } = practice;
    practice.store().close();
    drop(practice);
    let path = folder.path().join("practice.db");
    // Somebody who has the key of the database but not that of the chain.
    let key: String = "07".repeat(32);
    let forge = |sql: &str| {
        let copy = folder.path().join("forged");
        std::fs::create_dir_all(&copy).expect("a folder");
        std::fs::copy(&path, copy.join("practice.db")).expect("copied");
        let conn = rusqlite::Connection::open(copy.join("practice.db")).expect("opened");
        conn.execute_batch(&format!(
            "PRAGMA key = \"x'{key}'\"; DROP TRIGGER history_is_append_only; DROP TRIGGER history_part_is_append_only;
             DROP TRIGGER history_redaction_is_append_only; DROP TRIGGER history_redaction_is_kept;
             DROP TRIGGER history_redaction_is_of_the_entry; {sql}"
        ))
        .expect("forged");
        drop(conn);
        let found = reopened(&copy, "2026-11-25").expect("opened").verify_history();
        std::fs::remove_dir_all(&copy).expect("removed");
        found
    };
    forge("SELECT 1").expect("nothing was forged");
    for sql in [
        "UPDATE history SET subject = 'somebody else' WHERE seq = 3",
        "UPDATE history_part SET changeset = (SELECT changeset FROM history_part WHERE seq = 2) WHERE seq = 3",
        "DELETE FROM history_redaction WHERE seq = 3",
        "UPDATE history_redaction SET seal = was",
        "INSERT INTO history_redaction SELECT 2, 1000, hash, hash FROM history WHERE seq = 2",
    ] {
        assert!(matches!(forge(sql), Err(StoreError::BrokenHistory(_))), "{sql}");
    }
}

#[test]
fn a_patients_record_is_kept_its_time_and_then_erased_with_the_counts_kept() {
    let practice = practice("2026-11-25");
    let (patient, referral) = tell(&practice, |tx| {
        let from = world::partner(tx, "Pine", "medical", "primary_care");
        let patient = world::patient(tx, "Zzpatient Quill", Some("ZZ-778"));
        let told = Told {
            received: "2021-05-05",
            from: Some(from),
            patient: Some(patient),
            note: Some("zzcomplaint of the left knee"),
            ..Told::default()
        };
        Ok((patient, world::referral(tx, &told)))
    });
    referrals::edit(&practice, referral, &[ReferralChange::Urgency(None)], None).expect("nothing");
    let who = LookedFor::Patient(patient.0);
    let kept = vec![Block::RetainedUntil(day("2027-05-05"))];
    assert_eq!(held_about(&practice, who).expect("shown").blocks, kept);
    match erase(&practice, who, &granted()) {
        Err(RetentionError::Blocked(blocks)) => assert_eq!(blocks, kept),
        other => panic!("not blocked: {other:?}"),
    }
    set_policy(&practice, Policy { patient_years: 5, ..Policy::default() })
        .expect("five years in this state");
    erase(&practice, who, &granted()).expect("erased");
    let all = everything(&practice);
    for mark in ["zzpatient", "zz-778", "zzcomplaint", "1960-02-29"] {
        assert!(!holds_text(&all, mark), "{mark} is left");
    }
    practice.store().verify_history().expect("the chain holds");
    let page = referrals::referral(&practice, referral).expect("still counted");
    assert!(page.row.patient.starts_with("Erased patient "));
}

#[test]
fn a_refused_request_is_on_record_and_changes_nothing() {
    let practice = practice("2026-11-25");
    let (_, person) = marked_person(&practice);
    let who = LookedFor::Person(person.0);
    let refused = ErasureRequest { decision: Decision::Refused, ..granted() };
    assert!(matches!(erase(&practice, who, &refused), Err(RetentionError::Invalid { field: "reason", .. })));
    let why = ErasureRequest { reason: "a dispute is open".into(), ..refused };
    let done = erase(&practice, who, &why).expect("on record");
    assert_eq!(done.value.token, "Ana Zzquixote, MD");
    assert!(held_about(&practice, who).expect("shown").can_erase, "it can be granted later");
}

#[test]
fn a_hold_keeps_a_person_from_being_erased_and_says_why() {
    let practice = practice("2026-11-25");
    let (_, person) = marked_person(&practice);
    let record = RecordRef { kind: RecordKind::Person, id: person.0 };
    let hold = place_hold(&practice, Some(record), "subpoena of March").expect("placed").value;
    assert_eq!(holds(&practice).expect("listed")[0].name, "Ana Zzquixote, MD");
    let who = LookedFor::Person(person.0);
    match erase(&practice, who, &granted()) {
        Err(RetentionError::Blocked(blocks)) => assert_eq!(blocks, [Block::Held("subpoena of March".into())]),
        other => panic!("not blocked: {other:?}"),
    }
    lift_hold(&practice, hold, "the case is closed").expect("lifted");
    assert!(holds(&practice).expect("listed").is_empty());
    place_hold(&practice, None, "audit").expect("the whole practice");
    assert!(matches!(erase(&practice, who, &granted()), Err(RetentionError::Blocked(_))));
}

#[test]
fn the_trash_is_emptied_of_what_nothing_forbids_and_only_of_what_was_approved() {
    let practice = practice("2026-11-25");
    let named = |name: &str| {
        let new = NewPartner::named(PartnerClass::Business, PartnerType::Gym, name);
        network::add_partner(&practice, new).expect("added").value
    };
    let (alone, needed, held) = (named("Zzalone Gym"), named("Needed Gym"), named("Held Gym"));
    tell(&practice, |tx| {
        Ok(world::referral(tx, &Told { received: "2026-01-02", from: Some(needed), ..Told::default() }))
    });
    network::trash_partners(&practice, &[alone, needed, held], Some("closed down")).expect("trashed");
    let record = |id: PartnerId| RecordRef { kind: RecordKind::Partner, id: id.0 };
    place_hold(&practice, Some(record(held)), "dispute").expect("held");

    let why = |practice: &Practice, id: PartnerId| {
        let preview = purge_preview(practice).expect("a preview");
        preview.kept.into_iter().find(|kept| kept.of.record == record(id)).map(|kept| kept.why)
    };
    assert_eq!(why(&practice, alone), Some(KeptWhy::RetainedUntil(day("2032-11-25"))));
    set_policy(&practice, NOTHING_KEPT).expect("set");
    assert_eq!(why(&practice, alone), Some(KeptWhy::InTrashUntil(day("2027-02-23"))));

    // Ninety days later.
    let TestPractice { practice: open, folder } = practice;
    let actor = open.actor().clone();
    drop(open);
    let store = reopened(folder.path(), "2027-02-23").expect("opened");
    let practice = Practice::new(store, actor);
    assert_eq!(why(&practice, held), Some(KeptWhy::Held("dispute".into())));
    assert_eq!(why(&practice, needed), Some(KeptWhy::Needed(1)));
    let ready = purge_preview(&practice).expect("a preview").ready;
    assert_eq!(ready.iter().map(|one| one.record).collect::<Vec<_>>(), [record(alone)]);

    assert!(matches!(purge(&practice, &[record(held)]), Err(RetentionError::Changed)));
    assert!(matches!(purge(&practice, &[]), Err(RetentionError::Changed)));
    purge(&practice, &[record(alone)]).expect("gone");
    assert!(!holds_text(&everything(&practice), "zzalone"));
    assert!(history::restore(&practice, TrashKind::Partner, alone.0).is_err());
    practice.store().verify_history().expect("the chain holds");
    practice.store().check().expect("no reference dangles");
    let newest = &history::entries(&practice, &HistoryQuery::default()).expect("entries").rows[0];
    assert_eq!((newest.action.as_str(), newest.can_undo), ("purge", false));
}

#[test]
fn a_referral_that_goes_takes_its_patient_along_when_it_was_the_last() {
    let practice = practice("2026-11-25");
    set_policy(&practice, NOTHING_KEPT).expect("set");
    let (one, two, kept) = tell(&practice, |tx| {
        let from = world::partner(tx, "Pine", "medical", "primary_care");
        let alone = world::patient(tx, "Zzalone Patient", Some("ZZ-1"));
        let twice = world::patient(tx, "Twice Patient", Some("ZZ-2"));
        let told = |patient| Told {
            received: "2026-01-02",
            from: Some(from),
            patient: Some(patient),
            ..Told::default()
        };
        let (one, two) = (world::referral(tx, &told(alone)), world::referral(tx, &told(twice)));
        Ok((one, two, world::referral(tx, &told(twice))))
    });
    for id in [one, two] {
        referrals::trash(&practice, id, Some("entered twice")).expect("trashed");
    }
    let TestPractice { practice: open, folder } = practice;
    let actor = open.actor().clone();
    drop(open);
    let practice = Practice::new(reopened(folder.path(), "2027-03-01").expect("opened"), actor);
    let ready: Vec<_> =
        purge_preview(&practice).expect("a preview").ready.into_iter().map(|one| one.record).collect();
    assert_eq!(ready.len(), 2);
    let done = purge(&practice, &ready).expect("gone").value;
    assert_eq!((done.records, done.patients), (2, 1));
    let all = everything(&practice);
    assert!(!holds_text(&all, "zzalone") && holds_text(&all, "twice patient"));
    let then = as_of(&practice, &folder.path().join("then.db"), 2);
    assert!(!holds_text(&everything(&then), "zzalone"), "looking back brings nothing back");
    referrals::referral(&practice, kept).expect("the other one stays");
    practice.store().verify_history().expect("the chain holds");
}

#[test]
fn years_are_kept_within_limits_and_told_as_set() {
    let practice = practice("2026-11-25");
    assert_eq!(policy(&practice).expect("read"), Policy::default());
    for (wrong, field) in [
        (Policy { partner_years: 51, ..NOTHING_KEPT }, "partnerYears"),
        (Policy { trash_days: 0, ..NOTHING_KEPT }, "trashDays"),
    ] {
        let refused = set_policy(&practice, wrong);
        assert!(
            matches!(refused, Err(RetentionError::Invalid { field: f, .. }) if f == field),
            "{refused:?}"
        );
    }
    set_policy(&practice, NOTHING_KEPT).expect("set");
    assert_eq!(policy(&practice).expect("read"), NOTHING_KEPT);
}

#[test]
fn restoring_names_a_record_like_it_that_came_meanwhile() {
    let practice = practice("2026-11-25");
    let pine =
        || NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, "Pine Hollow Family Medicine");
    let old = network::add_partner(&practice, pine()).expect("added").value;
    network::trash_partners(&practice, &[old], None).expect("trashed");
    let new = network::add_partner(&practice, pine()).expect("added").value;
    let like = history::restore(&practice, TrashKind::Partner, old.0).expect("restored").value;
    assert_eq!(like.iter().map(|one| one.record).collect::<Vec<_>>(), [Party::Partner(new)]);
    // A day later the other way round.
    let TestPractice { practice: open, folder } = practice;
    let actor = open.actor().clone();
    drop(open);
    let practice = Practice::new(reopened(folder.path(), "2026-11-26").expect("opened"), actor);
    network::trash_partners(&practice, &[new], None).expect("trashed");
    let like = history::restore(&practice, TrashKind::Partner, new.0).expect("restored").value;
    assert!(like.is_empty(), "the other one was there before");
}
