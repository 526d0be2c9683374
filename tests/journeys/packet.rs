//! Slips and packets: who is asked, what stands on them, what is on record, and what stays here.

use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;

use baton_core::Practice;
use baton_core::audit::{Basis, DisclosureSource, disclosures};
use baton_core::exchange::export::ExportError;
use baton_core::exchange::export::packet::{
    self, PacketDocument, PacketFile, PacketFormat, PacketOrder, PacketSaved, agreed_documents,
    set_agreed_documents,
};
use baton_core::foundation::id::{PartnerId, PatientId, ReferralId};
use baton_core::network::{self, NewAddress, NewContactPoint, Party};
use baton_core::referrals::care::{self, AgreedDocument, Answers, ConsentForm, Gate, NewConsent, Purpose};
use baton_core::testing::{TestPractice, practice, with_role};
use baton_core::vault::{Letterhead, Role, set_letterhead};

use crate::world::{self, Told, tell};

const WHO: &str = "Anna Quillfeather";
const PASSWORD: &str = "lantern orbit velvet canyon maple";

fn go(_: u32, _: u32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

struct Story {
    practice: TestPractice,
    lakeside: PartnerId,
    patient: PatientId,
    referral: ReferralId,
}

/// An outbound referral to a medical partner, or to a business.
fn story(class: &str) -> Story {
    let practice = practice("2026-11-26");
    let (lakeside, patient, referral) = tell(&practice, |tx| {
        let kind = if class == "medical" { "primary_care" } else { "gym" };
        let lakeside = world::partner(tx, "Lakeside Family Medicine", class, kind);
        let patient = world::patient(tx, WHO, Some("4711"));
        let told = Told {
            received: "2026-11-20",
            to: Some(lakeside),
            patient: Some(patient),
            reason: Some("Knee pain"),
            ..Told::default()
        };
        Ok((lakeside, patient, world::referral(tx, &told)))
    });
    let address = NewAddress {
        street: "4 Shore Road".into(),
        city: "Portland".into(),
        state: "ME".into(),
        zip: "04101".into(),
        is_primary: true,
        ..NewAddress::default()
    };
    network::add_address(&practice, Party::Partner(lakeside), &address).expect("an address");
    let fax = NewContactPoint {
        kind: network::ContactKind::Fax,
        value: "(207) 555-0199".into(),
        label: String::new(),
        is_primary: true,
    };
    network::add_contact_point(&practice, Party::Partner(lakeside), &fax).expect("a fax");
    let ours = Letterhead {
        address: "12 Quay Street\nPortland, ME 04101".into(),
        phone: "(207) 555-0142".into(),
        ..Letterhead::default()
    };
    set_letterhead(&practice, &ours).expect("a letterhead");
    Story { practice, lakeside, patient, referral }
}

fn order(story: &Story, format: PacketFormat) -> PacketOrder {
    let view = packet::packet(&story.practice, story.referral).expect("a view");
    PacketOrder { format, to: view.to, message: None, documents: view.documents }
}

fn save(story: &Story, order: &PacketOrder, target: &Path) -> Result<PacketSaved, ExportError> {
    packet::save(&story.practice, story.referral, order, &[], None, target, &mut go)
}

fn said(practice: &Practice, patient: PatientId, given: bool) {
    let new = NewConsent {
        purpose: Purpose::Treatment,
        given,
        on: None,
        form: ConsentForm::Written,
        expires_on: None,
        note: None,
    };
    care::give_consent(practice, patient, &new).expect("put down");
}

fn files_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = folder
        .read_dir()
        .expect("the folder")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_slip_says_who_sends_whom_to_whom_and_is_a_disclosure() {
    let story = story("medical");
    let folder = tempfile::tempdir().expect("a folder");
    let view = packet::packet(&story.practice, story.referral).expect("a view");
    assert_eq!((view.gate, view.refusal), (Gate::Treating, None));
    assert_eq!(view.to.name, "Lakeside Family Medicine");
    assert_eq!(view.to.address, "4 Shore Road, Portland, ME 04101");
    assert_eq!(view.to.basis, Basis::Treatment);

    let (slip, entry) = packet::print(&story.practice, story.referral, &order(&story, PacketFormat::SlipPdf))
        .expect("printed");
    let fact =
        |label: &str| slip.facts.iter().find(|fact| fact.label == label).map(|fact| fact.value.as_str());
    assert_eq!(fact("Patient"), Some(WHO));
    assert_eq!(fact("Born"), Some("February 29, 1960"));
    assert_eq!(fact("Reason"), Some("Knee pain"));
    assert_eq!(fact("Referred to"), Some("Lakeside Family Medicine"));
    assert_eq!(fact("Referred on"), Some("November 20, 2026"));
    assert_eq!(fact("Their fax"), Some("(207) 555-0199"));
    assert_eq!(fact("Questions to"), Some("Maren Okafor"));
    assert_eq!(slip.to, ["Lakeside Family Medicine", "4 Shore Road", "Portland, ME 04101"]);
    assert_eq!(slip.letterhead, ["12 Quay Street", "Portland, ME 04101", "Phone (207) 555-0142"]);
    assert_eq!((entry.action.as_str(), entry.subject.as_str()), ("print_slip", "Referral slip"));

    for (format, name, head) in [
        (PacketFormat::SlipPdf, "slip.pdf", &b"%PDF-1.7"[..]),
        (PacketFormat::SlipWord, "slip.docx", &b"PK"[..]),
    ] {
        let target = folder.path().join(name);
        let saved = save(&story, &order(&story, format), &target).expect("saved");
        assert_eq!((saved.file_name.as_str(), saved.unwritable), (name, 0));
        assert!(std::fs::read(&target).expect("the file").starts_with(head));
    }
    assert_eq!(files_in(folder.path()), ["slip.docx", "slip.pdf"], "nothing else was written");

    let shown = disclosures(&story.practice, story.patient, None).expect("shown");
    assert_eq!(shown.all.len(), 3);
    let last = &shown.all[0];
    assert_eq!(last.to.name, "Lakeside Family Medicine");
    assert_eq!(last.to.purpose, "Treatment: referral of the patient");
    assert_eq!((last.what.as_str(), last.source), ("Referral slip", DisclosureSource::Letter));
    assert!(shown.accountable.is_empty(), "treatment need not be told");
}

#[test]
fn a_packet_lists_what_was_agreed_and_is_missing() {
    let story = story("medical");
    let folder = tempfile::tempdir().expect("a folder");
    let agreed = ["Imaging report".to_owned(), "Medication list".into()];
    set_agreed_documents(&story.practice, story.lakeside, &agreed).expect("agreed");
    assert_eq!(agreed_documents(&story.practice, story.lakeside).expect("read"), agreed);
    let twice = set_agreed_documents(&story.practice, story.lakeside, &["A".into(), " a ".into()]);
    assert!(matches!(twice, Err(ExportError::Invalid { field: "documents", .. })));
    let there = AgreedDocument { name: "medication list".into(), there: true };
    let own = AgreedDocument { name: "Consent form".into(), there: false };
    let answers = Answers { documents: vec![there, own], ..Answers::default() };
    care::set_answers(&story.practice, story.referral, &answers).expect("answers");

    let order = order(&story, PacketFormat::PacketPdf);
    let named: Vec<_> = order.documents.iter().map(|one| (one.name.as_str(), one.enclosed)).collect();
    assert_eq!(named, [("Imaging report", false), ("Medication list", true), ("Consent form", false)]);
    let saved = save(&story, &order, &folder.path().join("packet.pdf")).expect("saved");
    assert_eq!(saved.missing, ["Imaging report", "Consent form"]);
    assert_eq!(saved.pages, 2);
    let shown = disclosures(&story.practice, story.patient, None).expect("shown");
    assert_eq!(shown.all[0].what, "Referral packet: slip, Medication list");
    set_agreed_documents(&story.practice, story.lakeside, &[]).expect("ended");
    assert!(agreed_documents(&story.practice, story.lakeside).expect("read").is_empty());
}

#[test]
fn a_packet_with_files_opens_with_its_password_only_and_names_nobody_outside() {
    let story = story("medical");
    let folder = tempfile::tempdir().expect("a folder");
    let scan = folder.path().join("Quillfeather MRI.pdf");
    std::fs::write(&scan, b"the picture of a knee").expect("a scan");
    let mut order = order(&story, PacketFormat::PacketZip);
    order.documents.push(PacketDocument { name: "Imaging report".into(), enclosed: true });
    let target = folder.path().join("packet.zip");
    let save = |order: &PacketOrder, files: &[PacketFile], password: Option<&str>| {
        packet::save(&story.practice, story.referral, order, files, password, &target, &mut go)
    };
    let files = [PacketFile { path: scan.clone(), name: "Imaging report".into() }];
    for (password, field) in
        [(None, "password"), (Some("anna"), "password"), (Some("pässwörter immer länger"), "password")]
    {
        let refused = save(&order, &files, password);
        assert!(matches!(refused, Err(ExportError::Invalid { field: f, .. }) if f == field), "{refused:?}");
    }
    order.message = Some(format!("It opens with {PASSWORD}."));
    let told = save(&order, &files, Some(PASSWORD));
    assert!(matches!(told, Err(ExportError::Invalid { field: "message", .. })), "{told:?}");
    order.message = None;
    let gone = [PacketFile { path: folder.path().join("gone.pdf"), name: "Labs".into() }];
    let told = save(&order, &gone, Some(PASSWORD));
    assert!(matches!(told, Err(ExportError::Invalid { field: "files", .. })), "{told:?}");
    assert_eq!(files_in(folder.path()), ["Quillfeather MRI.pdf"], "what is refused leaves nothing");
    assert!(disclosures(&story.practice, story.patient, None).expect("shown").all.is_empty());

    let saved = save(&order, &files, Some(PASSWORD)).expect("saved");
    assert_eq!((saved.files, saved.file_name.as_str()), (1, "packet.zip"));
    let bytes = std::fs::read(&target).expect("the packet");
    for secret in ["Quillfeather", "MRI", "knee", "lantern", "Lakeside"] {
        assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret}");
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    assert!(archive.by_index(0).is_err());
    assert!(archive.by_index_decrypt(0, b"something else").is_err());
    let mut read = Vec::new();
    archive.by_index_decrypt(1, PASSWORD.as_bytes()).expect("opens").read_to_end(&mut read).expect("read");
    assert_eq!(read, b"the picture of a knee");
    let shown = disclosures(&story.practice, story.patient, None).expect("shown");
    assert_eq!(shown.all[0].what, "Referral packet: slip, Imaging report (1 file)");
    let noted = baton_core::history::entries(&story.practice, &baton_core::history::HistoryQuery::default());
    assert!(!format!("{noted:?}").contains(PASSWORD), "nobody keeps the password");
}

#[test]
fn nothing_leaves_against_the_patient_and_the_restriction_wins_over_everything() {
    let story = story("business");
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("slip.pdf");
    let order = order(&story, PacketFormat::SlipPdf);
    assert_eq!(order.to.basis, Basis::Authorisation, "a gym treats nobody");
    let refused = |gate: Gate| {
        let view = packet::packet(&story.practice, story.referral).expect("a view");
        assert_eq!(view.gate, gate);
        let refusal = view.refusal.expect("why");
        for refused in [
            save(&story, &order, &target).expect_err("refused"),
            packet::print(&story.practice, story.referral, &order).expect_err("refused"),
        ] {
            assert!(matches!(&refused, ExportError::Invalid { field: "consent", .. }), "{refused:?}");
            assert_eq!(refused.to_string(), refusal);
        }
        assert!(files_in(folder.path()).is_empty());
    };
    refused(Gate::NoRecord);
    said(&story.practice, story.patient, false);
    refused(Gate::Refused);
    said(&story.practice, story.patient, true);
    care::restrict(&story.practice, story.referral, None).expect("restricted");
    refused(Gate::Restricted);
    care::unrestrict(&story.practice, story.referral).expect("back");
    save(&story, &order, &target).expect("saved");
    assert_eq!(disclosures(&story.practice, story.patient, None).expect("shown").all.len(), 1);
}

#[test]
fn whoever_may_not_is_refused_and_an_inbound_referral_goes_back() {
    let story = story("medical");
    let order = order(&story, PacketFormat::SlipPdf);
    let reader = with_role(&story.practice, Role::ReadOnly);
    let told = packet::print(&reader, story.referral, &order).expect_err("refused");
    assert!(told.to_string().contains("your role"), "{told}");
    let inbound = tell(&story.practice, |tx| {
        let told = Told {
            received: "2026-11-02",
            from: Some(story.lakeside),
            patient: Some(story.patient),
            seen: Some("2026-11-10"),
            outcome: Some("seen"),
            ..Told::default()
        };
        Ok(world::referral(tx, &told))
    });
    let (slip, _) = packet::print(&story.practice, inbound, &order).expect("printed");
    assert_eq!(slip.title, "Return to the referring office");
    assert_eq!(slip.to[0], "Lakeside Family Medicine");
    assert!(slip.facts.iter().any(|fact| fact.label == "Seen" && fact.value == "November 10, 2026"));
}

/// The words of a Word document, as LibreOffice Writer reads them; none on a machine without LibreOffice.
fn in_writer(document: &Path, folder: &Path) -> Option<String> {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let read = folder.join("read");
    let out = Command::new("soffice")
        .arg(profile)
        .args(["--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir"])
        .arg(&read)
        .arg(document)
        .output()
        .ok()?;
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let name = document.with_extension("txt");
    let text = std::fs::read_to_string(read.join(name.file_name().expect("a name")));
    Some(text.expect("Writer read it (package libreoffice-writer-nogui)"))
}

#[test]
fn libreoffice_writer_reads_from_the_word_slip_what_stands_on_the_printed_one() {
    let story = story("medical");
    let folder = tempfile::tempdir().expect("a folder");
    let order = PacketOrder {
        message: Some("Please call Tess first.\nShe knows the case: Müller & “Sons”.".into()),
        documents: vec![
            PacketDocument { name: "Imaging report".into(), enclosed: true },
            PacketDocument { name: "Medication list".into(), enclosed: false },
        ],
        ..order(&story, PacketFormat::SlipWord)
    };
    let target = folder.path().join("slip.docx");
    save(&story, &order, &target).expect("saved");
    let Some(text) = in_writer(&target, folder.path()) else { return };
    let (slip, _) = packet::print(&story.practice, story.referral, &order).expect("printed");
    let mut stands: Vec<&str> = vec![&slip.title, &slip.practice, &slip.on, &slip.remark];
    stands.extend(slip.to.iter().chain(&slip.letterhead).map(String::as_str));
    stands.extend(slip.facts.iter().flat_map(|fact| [fact.label.as_str(), fact.value.as_str()]));
    stands.extend(["Please call Tess first.", "She knows the case: Müller & “Sons”."]);
    stands.extend(["Enclosed", "Imaging report", "Agreed, not enclosed", "Medication list"]);
    for words in stands {
        assert!(text.contains(words), "{words:?} is not in:\n{text}");
    }
    assert_eq!(text.matches(WHO).count(), slip.facts.iter().filter(|fact| fact.value.contains(WHO)).count());
}
