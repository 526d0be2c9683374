//! Status letters: thanks and the patient's journey, to whoever sent them. With one of the two missing it is not complete and does
//! not leave. Whether it may name the patient is asked of the consent; where it may not, it goes de-identified or not at all.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::super::error::ExportError;
use super::super::packet::{About, about, day, gate, named_party, of_partner, refusal};
use super::super::staged::Staged;
use super::identifiers::identifiers;
use super::order::{LetterFormat, LettersSaved};
use super::sheet::{LetterSheet, paper};
use super::write::{put, refused};
use crate::audit::{Basis, Recipient, record_letters, record_papers};
use crate::foundation::id::ReferralId;
use crate::gratitude::{self, Greeting};
use crate::network::Party;
use crate::papers::{pdf, word};
use crate::practice::Practice;
use crate::referrals::Direction;
use crate::referrals::care::{Gate, Naming, Purpose};
use crate::store::Entry;
use crate::vault::letterhead_in;

/// How long each half is at least, in characters.
const HALF: usize = 20;
/// How long each half is at most, in characters.
const LONGEST: usize = 2_000;

/// A moment of the patient's way the sender is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum StatusMoment {
    /// The patient reached us.
    Received,
    /// A visit is agreed.
    Scheduled,
    /// The patient was seen.
    Seen,
    /// What came of it.
    Outcome,
    /// The patient is back with the sender.
    Returned,
}

impl StatusMoment {
    const ALL: [Self; 5] = [Self::Received, Self::Scheduled, Self::Seen, Self::Outcome, Self::Returned];

    fn word(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Scheduled => "scheduled",
            Self::Seen => "seen",
            Self::Outcome => "outcome",
            Self::Returned => "returned",
        }
    }
}

/// What to begin with about a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct StatusText {
    /// Which.
    pub moment: StatusMoment,
    /// It has come, as far as the record tells.
    pub reached: bool,
    /// With the patient's name and the days; empty where the letter may not name them.
    pub named: String,
    /// Without anything that tells who it is.
    pub bare: String,
}

/// What is known before a status letter is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct StatusView {
    /// To whom, a line each.
    pub to: Vec<String>,
    /// Whose thanks its first half is.
    pub of: Option<Party>,
    /// Whether it may name the patient.
    pub gate: Gate,
    /// Why it may not; then only a de-identified letter goes.
    pub unnamed_because: Option<String>,
    /// Why no letter goes at all; none: one may.
    pub refusal: Option<String>,
    /// What to begin with.
    pub texts: Vec<StatusText>,
}

/// A status letter that is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct StatusOrder {
    /// Of which moment.
    pub moment: StatusMoment,
    /// The first half: thanks, in words of one's own.
    pub thanks: String,
    /// The second half: the patient's journey.
    pub journey: String,
    /// Without anything that tells who the patient is.
    pub deidentified: bool,
}

/// Looks at a referral before a status letter about it is written.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`] for whoever does not change referrals or does not see patients; those of the file.
pub fn status(practice: &Practice, id: ReferralId) -> Result<StatusView, ExportError> {
    let about = about(practice, id)?;
    let today = practice.today();
    practice.read(|conn| {
        let gate = gate(conn, &about, id, today)?;
        let mut to = named_party(about.party());
        if let Some(partner) = about.party().partner {
            to.extend(of_partner(conn, partner)?);
        }
        Ok(StatusView {
            to,
            of: party(&about),
            gate,
            unnamed_because: refusal(gate).map(str::to_owned),
            refusal: blocked(&about, gate).map(str::to_owned),
            texts: StatusMoment::ALL.map(|moment| text(&about, moment, gate.is_open())).into(),
        })
    })
}

/// Whom it goes to.
fn party(about: &About) -> Option<Party> {
    let party = about.party();
    party.person.map(Party::Person).or(party.partner.map(Party::Partner))
}

/// Why no letter goes at all.
fn blocked(about: &About, gate: Gate) -> Option<&'static str> {
    if about.page.row.direction != Direction::Inbound {
        return Some("A status letter goes to whoever sent the patient to us. This patient was sent by us.");
    }
    if party(about).is_none() {
        return Some("Nobody is on record who sent this patient. Put the source on record first.");
    }
    // Restricted stays out of every letter, de-identified or not.
    if gate == Gate::Restricted { refusal(gate) } else { None }
}

fn text(about: &About, moment: StatusMoment, may_name: bool) -> StatusText {
    let row = &about.page.row;
    let name = &row.patient;
    let on =
        |date: Option<chrono::NaiveDate>| date.map(|date| format!(" on {}", day(date))).unwrap_or_default();
    let (reached, named, bare) = match moment {
        StatusMoment::Received => (
            true,
            format!("{name} reached us{}, and we are arranging the first visit.", on(Some(row.received_on))),
            "The patient you sent us has reached us, and we are arranging the first visit.",
        ),
        StatusMoment::Scheduled => (
            row.scheduled_on.is_some(),
            format!("{name} has an appointment with us{}.", on(row.scheduled_on)),
            "The patient you sent us has an appointment with us.",
        ),
        StatusMoment::Seen => (
            row.seen_on.is_some(),
            format!("We saw {name}{}. Our report follows.", on(row.seen_on)),
            "We saw the patient you sent us. Our report follows.",
        ),
        StatusMoment::Outcome => (
            row.seen_on.is_some(),
            format!("We saw {name}{}, and this is what came of it: ", on(row.seen_on)),
            "We saw the patient you sent us, and this is what came of it: ",
        ),
        StatusMoment::Returned => (
            row.closed_on.is_some(),
            format!("{name} is back in your care. Our report has what we found and what we suggest."),
            "The patient you sent us is back in your care.",
        ),
    };
    StatusText { moment, reached, named: if may_name { named } else { String::new() }, bare: bare.to_owned() }
}

/// A letter that may go: what stands on it, whom it is about, and to whom it goes.
struct Ready {
    sheet: LetterSheet,
    about: About,
    to: Recipient,
}

fn ready(practice: &Practice, id: ReferralId, order: &StatusOrder) -> Result<Ready, ExportError> {
    let about = about(practice, id)?;
    let invalid = |field, problem| Err(ExportError::Invalid { field, problem });
    let (thanks, journey) = (order.thanks.trim(), order.journey.trim());
    if thanks.chars().count() < HALF {
        return invalid(
            "thanks",
            "Half of the letter is missing: thank them in at least 20 characters of your own.",
        );
    }
    if journey.chars().count() < HALF {
        return invalid(
            "journey",
            "Half of the letter is missing: tell how the patient is getting on, in at least 20 characters.",
        );
    }
    if thanks.chars().count() > LONGEST || journey.chars().count() > LONGEST {
        return invalid("journey", "Keep each half to 2,000 characters, so that the letter stays short.");
    }
    let today = practice.today();
    let (gate, head, size, treats) = practice.read(|conn| {
        let (head, size) = letterhead_in(conn)?;
        Ok::<_, ExportError>((gate(conn, &about, id, today)?, head, size, about.treats(conn)?))
    })?;
    if let Some(problem) = blocked(&about, gate) {
        return invalid("moment", problem);
    }
    let Some(of) = party(&about) else {
        return invalid("moment", "Nobody is on record who sent this patient.");
    };
    if !order.deidentified
        && let Some(problem) = refusal(gate)
    {
        return invalid("deidentified", problem);
    }
    let row = &about.page.row;
    let both = format!("{thanks}\n{journey}");
    if order.deidentified {
        let found = identifiers(&both, &row.patient, row.chart_number.as_deref());
        if !found.is_empty() {
            return Err(ExportError::Identified(found.join(", ")));
        }
    }
    let Greeting { address, salutation, signer } = gratitude::greeting(practice, of)?;
    let reader = address.first().cloned().unwrap_or_default();
    let mut except = vec![reader.as_str(), signer.as_str()];
    if !order.deidentified {
        except.push(&row.patient);
    }
    let mut naming = Naming::of(Purpose::SuccessStory, today);
    if practice.read(|conn| naming.found(conn, &both, &except))? {
        return invalid(
            "journey",
            "This names another patient who did not agree to that. Leave the name out.",
        );
    }
    let sheet = LetterSheet {
        practice: head.name.clone(),
        letterhead: head.lines,
        size,
        address,
        paragraphs: vec![day(today), format!("{salutation},"), thanks.to_owned(), journey.to_owned()],
        farewell: "With kind regards,".to_owned(),
        signed: format!("{signer}\n{}", head.name),
    };
    let to = Recipient {
        name: about.receiver(),
        address: sheet.address.iter().skip(1).cloned().collect::<Vec<_>>().join(", "),
        purpose: "Treatment: status of the patient to whoever referred them".to_owned(),
        basis: if treats { Basis::Treatment } else { Basis::Authorisation },
    };
    Ok(Ready { sheet, about, to })
}

fn recorded(
    practice: &Practice,
    (identified, action): (bool, &'static str),
    what: &str,
    ready: &Ready,
) -> Result<Entry, ExportError> {
    Ok(if identified {
        record_papers(practice, action, what, &ready.to, ready.about.patient())?
    } else {
        record_letters(practice, action, "", (1, "de-identified status letter", ""))?
    })
}

/// Writes the letter to `target`. With the patient's name it is a disclosure and on record as one.
///
/// # Errors
/// [`ExportError::Invalid`] beside the half that is missing, or beside what keeps it here; [`ExportError::Identified`] where a
/// de-identified letter tells who the patient is; otherwise see [`ExportError`]. What stood at `target` is unchanged then.
pub fn save_status(
    practice: &Practice,
    id: ReferralId,
    order: &StatusOrder,
    format: LetterFormat,
    target: &Path,
) -> Result<LettersSaved, ExportError> {
    let ready = ready(practice, id, order)?;
    let paper = paper(&ready.sheet);
    let printed = match format {
        LetterFormat::Pdf => pdf(&paper),
        LetterFormat::Word => word(&paper),
    };
    let printed = printed.map_err(refused)?;
    let mut staged = Staged::begin(practice, target)?;
    put(&mut staged, &printed.bytes)?;
    let file_name = staged.file_name();
    let what = format!("Status letter: {}", order.moment.word());
    let entry = recorded(practice, (!order.deidentified, "export_status_letter"), &what, &ready)?;
    staged.finish()?;
    Ok(LettersSaved { file_name, letters: 1, pages: printed.pages, unwritable: printed.missing, entry })
}

/// Puts on record that the letter is printed, and returns what stands on it.
///
/// # Errors
/// As [`save_status`].
pub fn print_status(
    practice: &Practice,
    id: ReferralId,
    order: &StatusOrder,
) -> Result<(LetterSheet, Entry), ExportError> {
    let ready = ready(practice, id, order)?;
    let what = format!("Status letter: {}", order.moment.word());
    let entry = recorded(practice, (!order.deidentified, "print_status_letter"), &what, &ready)?;
    Ok((ready.sheet, entry))
}
