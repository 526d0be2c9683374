//! Letters of thanks that leave: as files, on paper, as drafts for the mail program, with their labels.

use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use baton_core::Practice;
use baton_core::exchange::export::ExportError;
use baton_core::exchange::export::letters::{self, LetterFormat};
use baton_core::foundation::id::{PartnerId, PatientId, RecordId};
use baton_core::gratitude::{
    self, GratitudeError, LetterTrouble, LetterWanted, NewThanks, TemplateChange, ThanksForm,
};
use baton_core::history::{self, HistoryQuery};
use baton_core::network::{self, ContactKind, NewAddress, NewContactPoint, Party};
use baton_core::referrals::care::{self, ConsentForm, NewConsent, NewExperience, Purpose};
use baton_core::store::OnConflict;
use baton_core::testing::{TestPractice, day, practice, with_role};
use baton_core::vault::{Letterhead, Level, Rights, Role, set_letterhead, set_rights};

use crate::world::{self, Told, tell};

const LINE: &str = "Your note about the stiff knee helped us on the first day.";

fn go(_: u32, _: u32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn wanted(of: Party, line: &str) -> LetterWanted {
    LetterWanted { of, template: "thanks".into(), line: line.into() }
}

fn sent(of: Party, line: &str) -> NewThanks {
    NewThanks { of, form: ThanksForm::Letter, line: line.into(), template: Some("thanks".into()) }
}

fn entries(practice: &Practice) -> Vec<String> {
    let page = history::entries(practice, &HistoryQuery::default()).expect("history");
    page.rows.into_iter().map(|row| format!("{} {}", row.action, row.subject)).collect()
}

struct Story {
    practice: TestPractice,
    pine: PartnerId,
    oak: PartnerId,
    anna: PatientId,
}

fn story() -> Story {
    let practice = practice("2026-11-25");
    let (pine, oak, anna) = tell(&practice, |tx| {
        let pine = world::partner(tx, "Pine Hollow Family Medicine", "medical", "primary_care");
        let oak = world::partner(tx, "Oak Street Gym", "business", "gym");
        let anna = world::patient(tx, "quillfeather anna", None);
        for from in [pine, oak] {
            let told =
                Told { received: "2026-11-24", from: Some(from), patient: Some(anna), ..Told::default() };
            world::referral(tx, &told);
        }
        Ok((pine, oak, anna))
    });
    let address = NewAddress {
        street: "4 Shore Road".into(),
        city: "Portland".into(),
        state: "ME".into(),
        zip: "04101".into(),
        is_primary: true,
        ..NewAddress::default()
    };
    network::add_address(&practice, Party::Partner(pine), &address).expect("an address");
    let email = NewContactPoint {
        kind: ContactKind::Email,
        value: "office@pine.example".into(),
        label: String::new(),
        is_primary: true,
    };
    network::add_contact_point(&practice, Party::Partner(pine), &email).expect("an e-mail address");
    let ours = Letterhead {
        address: "12 Quay Street\nPortland, ME 04101".into(),
        phone: "(207) 555-0142".into(),
        email: "hello@harborview.example".into(),
        ..Letterhead::default()
    };
    set_letterhead(&practice, &ours).expect("a letterhead");
    Story { practice, pine, oak, anna }
}

fn word_text(path: &Path) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).expect("a file")).expect("a document");
    let mut text = String::new();
    archive.by_name("word/document.xml").expect("its text").read_to_string(&mut text).expect("text");
    text
}

#[test]
fn a_letter_is_a_pdf_a_word_document_and_a_sheet_with_the_same_words() {
    let story = story();
    let folder = tempfile::tempdir().expect("a folder");
    let (pdf, word) = (folder.path().join("letter.pdf"), folder.path().join("letter.docx"));
    let all = [wanted(Party::Partner(story.pine), LINE)];
    let saved = letters::save(&story.practice, &all, LetterFormat::Pdf, &pdf, &mut go).expect("a pdf");
    assert_eq!((saved.letters, saved.pages, saved.unwritable), (1, 1, 0));
    assert!(std::fs::read(&pdf).expect("a file").starts_with(b"%PDF-1.7"));
    letters::save(&story.practice, &all, LetterFormat::Word, &word, &mut go).expect("a document");
    let (sheets, _) = letters::print(&story.practice, &all).expect("printed");
    let sheet = &sheets[0];
    assert_eq!(sheet.address, ["Pine Hollow Family Medicine", "4 Shore Road", "Portland, ME 04101"]);
    assert_eq!(sheet.letterhead[0], "12 Quay Street");
    assert_eq!(sheet.paragraphs[0], "November 25, 2026");
    assert!(sheet.paragraphs[2].contains(LINE), "{:?}", sheet.paragraphs);
    assert_eq!(sheet.farewell, "Warmly,");
    assert!(sheet.signed.starts_with(&story.practice.actor().name));
    let text = word_text(&word);
    for words in [LINE, "Warmly,", "4 Shore Road", "12 Quay Street", "November 25, 2026"] {
        assert!(text.contains(words), "{words}");
    }
    let told = entries(&story.practice);
    assert_eq!(
        told[..3],
        [
            "print_letters 1 letter",
            "export_letters letter.docx, 1 letter",
            "export_letters letter.pdf, 1 letter"
        ]
    );
}

#[test]
fn a_letter_without_a_line_or_with_an_empty_field_stays_and_says_why() {
    let story = story();
    let ito = tell(&story.practice, |tx| Ok(world::person(tx, "Keiko Ito", None)));
    let again = |line: &str| LetterWanted { template: "again".into(), ..wanted(Party::Person(ito), line) };
    let all =
        [wanted(Party::Partner(story.pine), "Thanks"), again(LINE), wanted(Party::Partner(story.oak), LINE)];
    let states = letters::check(&story.practice, &all).expect("states");
    let troubles: Vec<_> = states.iter().map(|state| state.trouble.clone()).collect();
    let fields = vec!["workplace".to_owned()];
    assert_eq!(
        troubles[..],
        [Some(LetterTrouble::LineShort), Some(LetterTrouble::Unfilled { fields }), None]
    );
    assert_eq!(states.iter().map(|state| state.has_address).collect::<Vec<_>>(), [true, false, false]);
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("letter.pdf");
    let save =
        |all: &[LetterWanted]| letters::save(&story.practice, all, LetterFormat::Pdf, &target, &mut go);
    let refused = save(&[again(LINE)]).expect_err("a field is empty");
    assert!(refused.to_string().contains("where they work"), "{refused}");
    assert!(matches!(save(&[again("Hi")]), Err(ExportError::Invalid { field: "line", .. })));
    assert!(matches!(save(&[]), Err(ExportError::Invalid { field: "letters", .. })));
    assert!(matches!(letters::print(&story.practice, &[again(LINE)]), Err(ExportError::Unfilled(_))));
    assert_eq!(folder.path().read_dir().expect("the folder").count(), 0);
}

#[test]
fn no_letter_names_a_patient_who_did_not_agree() {
    let story = story();
    let of = Party::Partner(story.pine);
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("letter.pdf");
    for line in [
        "Anna Quillfeather walks again, thanks to you.",
        "You thought of us for Quillfeather, Anna; thank you.",
        "We were glad to meet Ms. Quillfeather last week.",
        "ANNA M. QUILLFEATHER is so happy with her knee.",
        "Anna Quillfeather’s knee is well again.",
    ] {
        assert!(letters::show(&story.practice, of, "thanks", line).expect("shown").names_patient, "{line}");
        let saved = letters::save(&story.practice, &[wanted(of, line)], LetterFormat::Pdf, &target, &mut go);
        assert!(matches!(saved, Err(ExportError::Invalid { field: "line", .. })), "{line}: {saved:?}");
        let mailed = letters::save_mail(&story.practice, &wanted(of, line), &target);
        assert!(matches!(mailed, Err(ExportError::Invalid { field: "line", .. })), "{line}: {mailed:?}");
        assert!(letters::print(&story.practice, &[wanted(of, line)]).is_err());
        for form in [ThanksForm::Letter, ThanksForm::Public, ThanksForm::Card] {
            let marked = letters::send(&story.practice, &NewThanks { form, ..sent(of, line) });
            assert!(matches!(marked, Err(GratitudeError::Invalid { field: "line", .. })), "{form:?}");
        }
    }
    let change = TemplateChange {
        code: None,
        name: "About Anna".into(),
        body: "Anna Quillfeather sends her regards. {personal_line}".into(),
    };
    let code = gratitude::set_template(&story.practice, &change).expect("a text").value;
    let about = LetterWanted { template: code, ..wanted(of, LINE) };
    let states = letters::check(&story.practice, &[about]).expect("states");
    assert_eq!(
        states[0].trouble,
        Some(LetterTrouble::NamesPatient),
        "a text that names one does not go either"
    );
    assert!(!target.exists());

    let yes = NewConsent {
        purpose: Purpose::ThankYou,
        given: true,
        on: None,
        form: ConsentForm::Written,
        expires_on: None,
        note: None,
    };
    care::give_consent(&story.practice, story.anna, &yes).expect("put down");
    let line = "Anna Quillfeather walks again, thanks to you.";
    letters::save(&story.practice, &[wanted(of, line)], LetterFormat::Pdf, &target, &mut go).expect("agreed");
    assert!(target.exists());
}

#[test]
fn a_middle_name_more_or_less_hides_nobody() {
    let story = story();
    let of = Party::Partner(story.pine);
    tell(&story.practice, |tx| {
        world::patient(tx, "smith mary", None);
        world::patient(tx, "brandt karl otto", None);
        world::patient(tx, "garcia lopez maria", None);
        Ok(())
    });
    let named = |line: &str| letters::show(&story.practice, of, "thanks", line).expect("shown").names_patient;
    for line in [
        "Mary Ann Smith is well again, thanks to your note.",
        "Mary A. Louise Smith is well again, thanks to you.",
        "Karl Brandt is well again, thanks to your note.",
        "Otto Brandt is well again, thanks to your note.",
        "Maria Garcia is well again, thanks to your note.",
        "Brandt, Karl Otto is well again, thanks to you.",
    ] {
        assert!(named(line), "{line}");
    }
    for line in [
        "Thank you, Mary, for the note to Dr. Smith last week.",
        "Karl and our Dr. Brandt were glad to have your note.",
        "Mary has the best coffee between here and Portland.",
    ] {
        assert!(!named(line), "{line}");
    }
}

#[test]
fn whoever_has_a_restricted_referral_is_not_named_whatever_they_agreed_to() {
    let story = story();
    let of = Party::Partner(story.pine);
    let yes = NewConsent {
        purpose: Purpose::ThankYou,
        given: true,
        on: None,
        form: ConsentForm::Written,
        expires_on: None,
        note: None,
    };
    care::give_consent(&story.practice, story.anna, &yes).expect("put down");
    let named = || {
        let line = "Anna Quillfeather walks again, thanks to you.";
        letters::show(&story.practice, of, "thanks", line).expect("shown").names_patient
    };
    assert!(!named(), "she agreed");
    let referral = tell(&story.practice, |tx| {
        let told = Told { received: "2026-11-20", patient: Some(story.anna), ..Told::default() };
        Ok(world::referral(tx, &told))
    });
    care::restrict(&story.practice, referral, Some("Part 2")).expect("restricted");
    assert!(named());
    care::unrestrict(&story.practice, referral).expect("in sight");
    assert!(!named());
}

#[test]
fn many_letters_are_one_file_and_marked_by_one_action_that_is_taken_back() {
    let story = story();
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("letters.pdf");
    let both = [Party::Partner(story.pine), Party::Partner(story.oak)];
    let all = both.map(|of| wanted(of, LINE));
    let mut told = Vec::new();
    let saved = letters::save(&story.practice, &all, LetterFormat::Pdf, &target, &mut |done, total| {
        told.push((done, total));
        ControlFlow::Continue(())
    });
    assert_eq!(saved.expect("a pdf").pages, 2);
    assert_eq!(told, [(1, 2), (2, 2)]);
    let stopped = letters::save(
        &story.practice,
        &all,
        LetterFormat::Pdf,
        &folder.path().join("not.pdf"),
        &mut |_, _| ControlFlow::Break(()),
    );
    assert!(matches!(stopped, Err(ExportError::Cancelled)));
    assert_eq!(folder.path().read_dir().expect("the folder").count(), 1);

    let half = [sent(both[0], LINE), sent(both[1], "short")];
    assert!(letters::send_all(&story.practice, &half).is_err());
    assert_eq!(gratitude::queue(&story.practice).expect("a queue").len(), 2, "all or nobody");
    let marked = letters::send_all(&story.practice, &both.map(|of| sent(of, LINE))).expect("marked");
    assert_eq!(marked.value, 2);
    assert!(gratitude::queue(&story.practice).expect("a queue").is_empty());
    let entry = marked.entry.expect("an entry").seq;
    history::undo(&story.practice, entry, OnConflict::Ask).expect("taken back");
    assert_eq!(gratitude::queue(&story.practice).expect("a queue").len(), 2);
}

fn rated(practice: &Practice, of: PartnerId, rating: u8) -> RecordId {
    let referral = tell(practice, |tx| {
        Ok(world::referral(tx, &Told { received: "2026-11-10", from: Some(of), ..Told::default() }))
    });
    let said = NewExperience {
        visit_on: Some(day("2026-11-20")),
        rating: Some(rating),
        confidence: None,
        took_part: None,
        comment: Some("The desk forgot me.".into()),
    };
    care::add_experience(practice, referral, &said).expect("put down").value
}

#[test]
fn a_low_rating_that_nobody_followed_up_comes_before_a_batch_of_letters() {
    let story = story();
    let both = [story.pine, story.oak].map(|of| wanted(Party::Partner(of), LINE));
    let troubles = |wanted: &[LetterWanted]| -> Vec<_> {
        let states = letters::check(&story.practice, wanted).expect("states");
        states.into_iter().map(|state| state.trouble).collect()
    };
    rated(&story.practice, story.pine, 7);
    assert_eq!(troubles(&both), [None, None], "7 is not low");
    assert!(letters::held(&story.practice).expect("held").is_empty());

    let low = rated(&story.practice, story.pine, 6);
    let held = letters::held(&story.practice).expect("held");
    assert_eq!(
        held.iter().map(|one| (one.of, one.rating)).collect::<Vec<_>>(),
        [(Party::Partner(story.pine), 6)]
    );
    let told = serde_json::to_string(&held).expect("told");
    assert!(!told.contains("forgot"), "what the patient said stays with the referral: {told}");
    assert_eq!(troubles(&both), [Some(LetterTrouble::NotFollowedUp), None]);
    let short = wanted(Party::Partner(story.pine), "Hi");
    assert_eq!(troubles(&[short]), [Some(LetterTrouble::NotFollowedUp)], "it comes before the line");
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("letters.pdf");
    let save =
        |wanted: &[LetterWanted]| letters::save(&story.practice, wanted, LetterFormat::Pdf, &target, &mut go);
    assert!(matches!(save(&both), Err(ExportError::Invalid { field: "letters", .. })));
    assert!(!target.exists());
    save(&both[..1]).expect("alone it is somebody's decision");

    care::follow_up(&story.practice, low, Some("Called")).expect("followed up");
    assert!(letters::held(&story.practice).expect("held").is_empty());
    assert_eq!(troubles(&both), [None, None]);
}

#[test]
fn how_many_rated_low_or_were_sent_makes_no_difference_to_who_is_held() {
    let story = story();
    rated(&story.practice, story.pine, 3);
    let one = letters::held(&story.practice).expect("held");
    for _ in 0..5 {
        rated(&story.practice, story.pine, 2);
        rated(&story.practice, story.pine, 9);
    }
    assert_eq!(letters::held(&story.practice).expect("held"), one, "the first that waits, once");
}

#[test]
fn whoever_may_not_see_referrals_learns_no_rating_but_the_letter_still_waits() {
    let story = story();
    rated(&story.practice, story.pine, 3);
    let rights = Rights { referrals: Level::None, ..Rights::of(Role::Owner) };
    set_rights(&story.practice, Role::Liaison, &rights).expect("set");
    let liaison = with_role(&story.practice, Role::Liaison);
    assert!(letters::held(&liaison).expect("held").is_empty());
    let states = letters::check(&liaison, &[wanted(Party::Partner(story.pine), LINE)]).expect("states");
    assert_eq!(states[0].trouble, Some(LetterTrouble::NotFollowedUp));
}

#[test]
fn a_restricted_referral_holds_no_letter() {
    let story = story();
    rated(&story.practice, story.pine, 3);
    let [held] = &letters::held(&story.practice).expect("held")[..] else { panic!("one") };
    care::restrict(&story.practice, held.referral, None).expect("restricted");
    assert!(letters::held(&story.practice).expect("held").is_empty());
    let states = letters::check(&story.practice, &[wanted(held.of, LINE)]).expect("states");
    assert_eq!(states[0].trouble, None);
}

#[test]
fn a_draft_keeps_the_text_that_was_chosen() {
    let story = story();
    let draft = NewThanks { template: Some("again".into()), ..sent(Party::Partner(story.pine), LINE) };
    gratitude::save_draft(&story.practice, &draft).expect("kept");
    let queue = gratitude::queue(&story.practice).expect("a queue");
    let kept = queue.iter().find_map(|row| row.draft.clone()).expect("a draft");
    assert_eq!(kept.template.as_deref(), Some("again"));
}

#[test]
fn labels_are_made_for_whoever_has_an_address_and_the_others_are_named() {
    let story = story();
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("labels.pdf");
    let both = [Party::Partner(story.pine), Party::Partner(story.oak)];
    let saved = letters::save_labels(&story.practice, &both, 30, &target).expect("labels");
    assert_eq!((saved.labels, saved.sheets, saved.shortened), (1, 1, 0));
    assert_eq!(saved.without_address, ["Oak Street Gym"]);
    let nobody = letters::save_labels(&story.practice, &both[1..], 1, &target);
    assert!(matches!(nobody, Err(ExportError::Invalid { field: "letters", .. })));
    for first in [0, 31] {
        let wrong = letters::save_labels(&story.practice, &both, first, &target);
        assert!(matches!(wrong, Err(ExportError::Invalid { field: "first", .. })));
    }
}

#[test]
fn a_draft_for_the_mail_program_is_addressed_unsent_and_says_the_letter() {
    let story = story();
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("thanks.eml");
    let line = "Zoë’s note about the stiff knee helped us on the first day.";
    let saved = letters::save_mail(&story.practice, &wanted(Party::Partner(story.pine), line), &target);
    assert_eq!(saved.expect("a message").to.as_deref(), Some("office@pine.example"));
    let message = std::fs::read_to_string(&target).expect("ASCII");
    let (head, body) = message.split_once("\r\n\r\n").expect("a head and a body");
    assert!(message.is_ascii() && message.split("\r\n").all(|line| line.len() <= 76));
    for field in [
        "To: \"Pine Hollow Family Medicine\" <office@pine.example>",
        "<hello@harborview.example>",
        "X-Unsent: 1",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
    ] {
        assert!(head.contains(field), "{field} in {head}");
    }
    assert!(head.contains("Date: Wed, 25 Nov 2026"), "{head}");
    assert!(
        body.starts_with("To everybody at Pine Hollow") && body.contains("Zo=C3=AB=E2=80=99s note"),
        "{body}"
    );
    let unknown = letters::save_mail(&story.practice, &wanted(Party::Partner(story.oak), line), &target);
    assert_eq!(unknown.expect("a message").to, None);
    assert!(!std::fs::read_to_string(&target).expect("a message").contains("\r\nTo:"));
}

/// What five hundred letters may take at the most, all of the program included.
const MOST_MB: u64 = 160;

#[test]
fn five_hundred_letters_stay_within_their_memory() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let program = std::env::current_exe().expect("this program");
    let alone = ["gratitude::letters::five_hundred_letters", "--exact", "--ignored", "--nocapture"];
    let output = std::process::Command::new(program).args(alone).output().expect("it ran");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{told}");
    let peak = told.lines().find_map(|line| line.split("peak ").nth(1)?.trim().parse::<u64>().ok());
    let peak = peak.expect("a peak");
    assert!(peak <= MOST_MB * 1024, "{} MB for 500 letters", peak / 1024);
}

#[test]
#[ignore = "run alone by the test above, which reads how much memory it took"]
fn five_hundred_letters() {
    let practice = practice("2026-11-25");
    let all = tell(&practice, |tx| {
        Ok((0..500)
            .map(|n| world::partner(tx, &format!("Partner {n}"), "medical", "primary_care"))
            .collect::<Vec<_>>())
    });
    let all: Vec<LetterWanted> = all.into_iter().map(|id| wanted(Party::Partner(id), LINE)).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| -> PathBuf { folder.path().join(name) };
    let pdf = letters::save(&practice, &all, LetterFormat::Pdf, &file("a.pdf"), &mut go).expect("a pdf");
    assert_eq!((pdf.letters, pdf.pages), (500, 500));
    let word =
        letters::save(&practice, &all, LetterFormat::Word, &file("a.docx"), &mut go).expect("a document");
    assert_eq!(word.letters, 500);
    let status = std::fs::read_to_string("/proc/self/status").expect("a status");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    let told = format!("peak {}\n", peak.trim().trim_end_matches(" kB"));
    std::io::stdout().write_all(told.as_bytes()).expect("told");
}
