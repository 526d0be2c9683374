//! The list of those excluded from federal programmes: read, looked up, shown with its age, and taken back.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use baton_core::Practice;
use baton_core::foundation::id::PersonId;
use baton_core::gratitude::{self, Exclusion, GiftNote, GratitudeError, Known, Preflight, Verdict};
use baton_core::history;
use baton_core::network::{self, NewAddress, Party};
use baton_core::store::OnConflict;
use baton_core::testing::{day, practice, with_role};
use baton_core::vault::Role;

use super::kit::{NPI, item};
use crate::world::{self, tell};

const HEAD: &str = "LASTNAME,FIRSTNAME,MIDNAME,BUSNAME,GENERAL,SPECIALTY,UPIN,NPI,DOB,ADDRESS,CITY,STATE,ZIP,EXCLTYPE,EXCLDATE,REINDATE,WAIVERDATE,WVRSTATE";

fn go(_: u32, _: u32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn file(folder: &Path, rows: &[&str]) -> PathBuf {
    let path = folder.join("UPDATED.csv");
    std::fs::write(&path, format!("{HEAD}\r\n{}\r\n", rows.join("\r\n"))).expect("a list");
    path
}

fn in_maine(practice: &Practice, of: Party) {
    let address =
        NewAddress { city: "Portland".into(), state: "ME".into(), is_primary: true, ..NewAddress::default() };
    network::add_address(practice, of, &address).expect("an address");
}

fn shown(practice: &Practice, to: PersonId) -> Preflight {
    gratitude::preflight(practice, &item(to, 2_000, "2026-11-20")).expect("a check")
}

/// Knows everything a gift asks for but the list.
fn doctor(practice: &Practice, name: &str, npi: &str) -> PersonId {
    let id = tell(practice, |tx| Ok(world::person(tx, name, Some(npi))));
    let note = GiftNote { federal: Known::No, ..GiftNote::default() };
    gratitude::set_gift_note(practice, Party::Person(id), &note).expect("a note");
    in_maine(practice, Party::Person(id));
    id
}

#[test]
fn a_hit_by_npi_blocks_with_its_source_and_day_and_a_name_asks() {
    let practice = practice("2026-11-25");
    let folder = tempfile::tempdir().expect("a folder");
    let listed = doctor(&practice, "Martin Quill", NPI[0]);
    let namesake = doctor(&practice, "Ann Oak", NPI[1]);
    let other = doctor(&practice, "Keiko Ito", NPI[2]);
    assert!(gratitude::exclusion_list(&practice).expect("read").is_none());
    assert_eq!(shown(&practice, other).verdict, Verdict::NeedsApproval, "nobody looked");
    let path = file(
        folder.path(),
        &[
            "QUILL,MARTIN,J,,PHYSICIAN,,,1234567893,19600101,1 A ST,PORTLAND,ME,04101,1128a1,20190520,00000000,00000000,",
            "OAK,ANN,,,NURSE,,,0000000000,,2 B ST,PORTLAND,ME,04101,1128b4,20200101,00000000,00000000,",
            "ITO,KEIKO,,,NURSE,,,0000000000,,2 B ST,AUSTIN,TX,78701,1128b4,20200101,00000000,00000000,",
        ],
    );
    let read = gratitude::read_exclusions(&practice, &path, day("2026-11-10"), &mut go).expect("read");
    assert_eq!(read.value, 3);

    let blocked = shown(&practice, listed);
    assert_eq!(blocked.verdict, Verdict::Blocked);
    assert_eq!(
        blocked.shares[0].findings[0].source,
        "CK26: OIG LEIE of Nov 10, 2026, excluded May 20, 2019, section 1128a1"
    );
    let asks = shown(&practice, namesake);
    assert_eq!(asks.verdict, Verdict::NeedsApproval);
    assert!(asks.shares[0].findings[0].source.starts_with("CK26: OIG LEIE of Nov 10, 2026"));
    let fine = shown(&practice, other);
    assert_eq!(
        (fine.verdict, fine.shares[0].excluded_checked_on),
        (Verdict::Allowed, Some(day("2026-11-10")))
    );

    let list = gratitude::exclusion_list(&practice).expect("read").expect("a list");
    assert_eq!((list.age_days, list.entries, list.file.as_str()), (15, 3, "UPDATED.csv"));
    let hits: Vec<_> = list.hits.iter().map(|hit| (hit.name.as_str(), hit.by_npi)).collect();
    assert_eq!(hits, [("Martin Quill", true), ("Ann Oak", false)]);

    let note = |exclusion, on: &str| GiftNote {
        federal: Known::No,
        exclusion,
        exclusion_on: Some(day(on)),
        ..GiftNote::default()
    };
    let put =
        |of, note: &GiftNote| gratitude::set_gift_note(&practice, Party::Person(of), note).expect("a note");
    put(namesake, &note(Exclusion::Clear, "2026-10-01"));
    assert_eq!(shown(&practice, namesake).verdict, Verdict::NeedsApproval, "looked before this list");
    put(namesake, &note(Exclusion::Clear, "2026-11-20"));
    assert_eq!(shown(&practice, namesake).verdict, Verdict::Allowed, "somebody told them apart since");
    put(listed, &note(Exclusion::Clear, "2026-11-20"));
    assert_eq!(shown(&practice, listed).verdict, Verdict::Blocked, "an NPI is not argued with");
    put(other, &note(Exclusion::Listed, "2026-01-20"));
    assert_eq!(shown(&practice, other).verdict, Verdict::Blocked, "by hand, and the stricter counts");

    history::undo(&practice, read.entry.expect("an entry").seq, OnConflict::Ask).expect("taken back");
    assert!(gratitude::exclusion_list(&practice).expect("read").is_none());
}

#[test]
fn where_somebody_works_counts_for_them() {
    let practice = practice("2026-11-25");
    let folder = tempfile::tempdir().expect("a folder");
    let ito = doctor(&practice, "Keiko Ito", NPI[2]);
    let labs = tell(&practice, |tx| Ok(world::partner(tx, "Shady Labs, LLC", "medical", "imaging_lab")));
    in_maine(&practice, Party::Partner(labs));
    network::affiliate(&practice, ito, &network::NewAffiliation::at(labs)).expect("works there");
    let path = file(
        folder.path(),
        &[",,,SHADY LABS INC,LAB,,,0000000000,,2 B ST,PORTLAND,ME,04101,1128a1,20210101,00000000,00000000,"],
    );
    gratitude::read_exclusions(&practice, &path, day("2026-11-10"), &mut go).expect("read");
    assert_eq!(shown(&practice, ito).verdict, Verdict::NeedsApproval);
}

const OAK: &str = "OAK,ANN,,,NURSE,,,0000000000,,2 B ST,PORTLAND,ME,04101,1128b4,20200101,00000000,00000000,";
const LABS: &str =
    ",,,SHADY LABS INC,LAB,,,0000000000,,2 B ST,PORTLAND,ME,04101,1128a1,20210101,00000000,00000000,";

fn listed(practice: &Practice, rows: &[&str]) {
    let folder = tempfile::tempdir().expect("a folder");
    gratitude::read_exclusions(practice, &file(folder.path(), rows), day("2026-11-10"), &mut go)
        .expect("read");
}

fn living_in(practice: &Practice, of: Party, state: &str) {
    let address = NewAddress { city: "Town".into(), state: state.into(), ..NewAddress::default() };
    network::add_address(practice, of, &address).expect("an address");
}

fn looked(practice: &Practice, of: Party, exclusion: Exclusion, on: &str) {
    let note = GiftNote { federal: Known::No, exclusion, exclusion_on: Some(day(on)), ..GiftNote::default() };
    gratitude::set_gift_note(practice, of, &note).expect("a note");
}

#[test]
fn a_state_by_its_name_is_its_code_and_one_nobody_knows_excludes_no_match() {
    for (state, verdict) in [
        ("Maine", Verdict::NeedsApproval),
        ("me", Verdict::NeedsApproval),
        ("", Verdict::NeedsApproval),
        ("Ontario", Verdict::NeedsApproval),
        ("Ohio", Verdict::Allowed),
    ] {
        let practice = practice("2026-11-25");
        let oak = tell(&practice, |tx| Ok(world::person(tx, "Ann Oak", Some(NPI[1]))));
        let note = GiftNote { federal: Known::No, ..GiftNote::default() };
        gratitude::set_gift_note(&practice, Party::Person(oak), &note).expect("a note");
        living_in(&practice, Party::Person(oak), "OH");
        living_in(&practice, Party::Person(oak), state);
        listed(&practice, &[OAK]);
        assert_eq!(shown(&practice, oak).verdict, verdict, "{state:?}");
    }
}

#[test]
fn what_somebody_found_by_hand_is_not_made_milder_by_a_list_read_later() {
    let practice = practice("2026-11-25");
    let ito = doctor(&practice, "Keiko Ito", NPI[2]);
    listed(&practice, &[OAK]);
    assert_eq!(shown(&practice, ito).verdict, Verdict::Allowed);
    looked(&practice, Party::Person(ito), Exclusion::SameName, "2026-01-05");
    assert_eq!(shown(&practice, ito).verdict, Verdict::NeedsApproval, "found before this list");
    looked(&practice, Party::Person(ito), Exclusion::Clear, "2026-11-20");
    assert_eq!(shown(&practice, ito).verdict, Verdict::Allowed, "and told apart by whoever looked again");
}

#[test]
fn a_clear_by_hand_is_of_its_own_record_and_whom_a_workplace_belongs_to_counts() {
    let practice = practice("2026-11-25");
    let ito = doctor(&practice, "Keiko Ito", NPI[2]);
    let (site, group, labs) = tell(&practice, |tx| {
        let site = world::partner(tx, "Shore Imaging", "medical", "imaging_lab");
        let group = world::partner(tx, "Shore Group", "medical", "imaging_lab");
        let labs = world::partner(tx, "Shady Labs, LLC", "medical", "imaging_lab");
        tx.execute("UPDATE partner SET parent_id = ?2 WHERE id = ?1", (site, group))?;
        tx.execute("UPDATE partner SET parent_id = ?2 WHERE id = ?1", (group, labs))?;
        Ok((site, group, labs))
    });
    network::affiliate(&practice, ito, &network::NewAffiliation::at(site)).expect("works there");
    listed(&practice, &[LABS]);
    assert_eq!(shown(&practice, ito).verdict, Verdict::NeedsApproval, "the owner of the owner is named");
    looked(&practice, Party::Person(ito), Exclusion::Clear, "2026-11-20");
    assert_eq!(
        shown(&practice, ito).verdict,
        Verdict::NeedsApproval,
        "that she is clear says nothing of them"
    );
    looked(&practice, Party::Partner(group), Exclusion::Clear, "2026-11-20");
    assert_eq!(shown(&practice, ito).verdict, Verdict::NeedsApproval);
    looked(&practice, Party::Partner(labs), Exclusion::Clear, "2026-11-20");
    assert_eq!(shown(&practice, ito).verdict, Verdict::Allowed, "somebody told the labs apart");
    looked(&practice, Party::Partner(site), Exclusion::Listed, "2026-11-20");
    assert_eq!(shown(&practice, ito).verdict, Verdict::Blocked);
}

#[test]
fn a_strange_file_a_day_ahead_and_a_stop_leave_the_list_before() {
    let practice = practice("2026-11-25");
    let folder = tempfile::tempdir().expect("a folder");
    let row = "OAK,ANN,,,NURSE,,,0000000000,,2 B ST,PORTLAND,ME,04101,1128b4,20200101,00000000,00000000,";
    let good = file(folder.path(), &[row]);
    gratitude::read_exclusions(&practice, &good, day("2026-10-10"), &mut go).expect("read");
    let strange = folder.path().join("people.csv");
    std::fs::write(&strange, "Name,City\nAnn Oak,Portland\n").expect("a file");
    let read = |path: &Path, on| gratitude::read_exclusions(&practice, path, day(on), &mut go);
    assert!(matches!(read(&strange, "2026-11-10"), Err(GratitudeError::Invalid { field: "file", .. })));
    assert!(matches!(
        read(&folder.path().join("none.csv"), "2026-11-10"),
        Err(GratitudeError::Invalid { field: "file", .. })
    ));
    assert!(matches!(read(folder.path(), "2026-11-10"), Err(GratitudeError::Invalid { field: "file", .. })));
    assert!(matches!(read(&good, "2026-11-26"), Err(GratitudeError::Invalid { field: "listedOn", .. })));
    let stopped =
        gratitude::read_exclusions(&practice, &good, day("2026-11-10"), &mut |_, _| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(GratitudeError::Invalid { field: "file", .. })));
    let liaison = with_role(&practice, Role::Liaison);
    let refused = gratitude::read_exclusions(&liaison, &good, day("2026-11-10"), &mut go);
    assert!(matches!(refused, Err(GratitudeError::Store(_))), "{refused:?}");
    let list = gratitude::exclusion_list(&practice).expect("read").expect("a list");
    assert_eq!(list.listed_on, day("2026-10-10"));
    gratitude::forget_exclusions(&practice).expect("gone");
    assert!(matches!(gratitude::forget_exclusions(&practice), Err(GratitudeError::Missing)));
}

#[test]
fn a_list_as_long_as_the_real_one_is_read_and_asked_in_good_time() {
    let practice = practice("2026-11-25");
    let folder = tempfile::tempdir().expect("a folder");
    let rows: Vec<String> = (0..85_000)
        .map(|n| format!("FAMILY{n},GIVEN{},,,NURSE,,,0000000000,,1 A ST,TOWN,ME,04101,1128b4,20200101,00000000,00000000,", n % 997))
        .collect();
    let path = file(folder.path(), &rows.iter().map(String::as_str).collect::<Vec<_>>());
    let ito = doctor(&practice, "Keiko Ito", NPI[2]);
    gratitude::read_exclusions(&practice, &path, day("2026-11-10"), &mut go).expect("read");
    let begun = std::time::Instant::now();
    assert_eq!(shown(&practice, ito).verdict, Verdict::Allowed);
    assert!(begun.elapsed().as_millis() < 1_500, "{:?} unoptimised", begun.elapsed());
}
