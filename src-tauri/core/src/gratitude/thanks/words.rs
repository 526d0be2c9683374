//! A letter's words: a template with its fields filled. What makes a document of them reads [`Letter`].

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::templates::templates_in;
use crate::foundation::id::RecordId;
use crate::foundation::text::words;
use crate::gratitude::error::{GratitudeError, invalid};
use crate::gratitude::rows::thanks::{self as rows, Addressee};
use crate::network::{Party, is_patient};
use crate::practice::Practice;
use crate::vault::{Area, Hidden, Need};

/// The fields a template can have.
const FIELDS: [&str; 7] =
    ["today", "salutation", "recipient", "workplace", "personal_line", "our_name", "practice"];

/// A letter as it would go out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Letter {
    /// The name and address it goes to, line by line.
    pub address: Vec<String>,
    /// A postal address is among them.
    pub posted: bool,
    /// The text; a field nobody filled stands in braces.
    pub text: String,
    /// The fields nothing is known for. While there are any, it does not go out.
    pub missing: Vec<String>,
    /// The version of the template; none: as it came with Baton.
    pub version: Option<RecordId>,
    /// Who signs, as the text says it.
    pub signer: String,
    /// What somebody wrote in it: the template without its fields, and the personal line. Whether it names a patient is asked
    /// of this.
    #[serde(skip)]
    pub own_words: String,
}

/// What a letter would say.
///
/// # Errors
/// [`GratitudeError::Invalid`] for a template there is not; [`GratitudeError::Missing`]; those of the file.
pub fn preview_letter(
    practice: &Practice,
    of: Party,
    template: &str,
    line: &str,
) -> Result<Letter, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    let id = match of {
        Party::Partner(id) => id.0,
        Party::Person(id) => id.0,
    };
    practice.must_see(id)?;
    let today = practice.today();
    practice.read(|conn| {
        if practice.hidden().patients && is_patient(conn, id)? {
            practice.may(Need::Patients)?;
        }
        letter_by(conn, of, template, line.trim(), today, (&practice.actor().name, practice.hidden()))
    })
}

/// How a letter to somebody begins, and who signs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Greeting {
    /// The name and address, line by line.
    pub address: Vec<String>,
    /// "Dear Dr. Ito".
    pub salutation: String,
    /// Who signs.
    pub signer: String,
}

/// How a letter to somebody begins, and who signs it.
///
/// # Errors
/// [`GratitudeError::Missing`]; those of the file.
pub fn greeting(practice: &Practice, of: Party) -> Result<Greeting, GratitudeError> {
    let letter = preview_letter(practice, of, "thanks", "")?;
    practice.read(|conn| {
        let to = rows::addressee(conn, of)?.ok_or(GratitudeError::Missing)?;
        Ok(Greeting { address: letter.address, salutation: salutation(&to), signer: letter.signer })
    })
}

/// "Keiko Ito, MD": as an envelope names somebody.
fn with_credentials(to: &Addressee) -> String {
    let (name, letters) = (words(&to.name), words(&to.credentials));
    if letters.iter().all(|letter| name.contains(letter)) {
        to.name.clone()
    } else {
        format!("{}, {}", to.name, to.credentials.trim())
    }
}

pub(super) fn letter_in(
    tx: &crate::store::Tx<'_>,
    of: Party,
    template: &str,
    line: &str,
    today: NaiveDate,
    hidden: Hidden,
) -> Result<Letter, GratitudeError> {
    letter_by(tx, of, template, line, today, (&tx.actor.name, hidden))
}

pub(super) fn letter_by(
    conn: &Connection,
    of: Party,
    template: &str,
    line: &str,
    today: NaiveDate,
    (our_name, hidden): (&str, Hidden),
) -> Result<Letter, GratitudeError> {
    let found = templates_in(conn)?.into_iter().find(|one| one.code == template);
    let Some(template) = found else {
        return invalid("template", "This template is not there any more. Choose another.");
    };
    let mut to = rows::addressee(conn, of)?.ok_or(GratitudeError::Missing)?;
    if let Some(workplace) = to.workplace_id
        && hidden.patients
        && is_patient(conn, workplace)?
    {
        // Somebody who works for a patient: where is not told.
        to.workplace.clear();
        to.address.clear();
    }
    let practice = rows::practice_name(conn)?;
    let value = |field: &str| match field {
        "today" => today.format("%B %-d, %Y").to_string(),
        "salutation" => salutation(&to),
        "recipient" => to.name.clone(),
        "workplace" => to.workplace.clone(),
        "personal_line" => line.to_owned(),
        "our_name" => our_name.to_owned(),
        "practice" => practice.clone(),
        _ => String::new(),
    };
    let (text, missing) = fill(&template.body, value);
    let mut address = vec![with_credentials(&to)];
    if !to.workplace.is_empty() && to.workplace != to.name {
        address.push(to.workplace.clone());
    }
    address.extend(to.address.iter().filter(|line| !line.is_empty()).cloned());
    let (bare, _) = fill(&template.body, |_| "·".to_owned());
    Ok(Letter {
        posted: to.address.iter().any(|line| !line.is_empty()),
        address,
        text,
        missing,
        version: template.version,
        signer: our_name.to_owned(),
        own_words: format!("{bare}\n{line}"),
    })
}

/// "Dear Dr. Ito", "Dear Lena" where one is on first names; an organisation is greeted whole.
fn salutation(to: &Addressee) -> String {
    const DOCTORS: [&str; 10] = ["md", "do", "dds", "dmd", "dpm", "od", "dc", "phd", "psyd", "dpt"];
    if to.family.is_empty() {
        return if to.name.is_empty() { String::new() } else { format!("To everybody at {}", to.name) };
    }
    if to.first_name_terms && !to.given.is_empty() {
        return format!("Dear {}", to.given);
    }
    let credentials = to.credentials.to_lowercase().replace('.', "");
    let doctor = credentials.split([',', ' ', '/']).any(|one| DOCTORS.contains(&one));
    match (doctor, to.given.is_empty()) {
        (true, _) => format!("Dear Dr. {}", to.family),
        (false, false) => format!("Dear {} {}", to.given, to.family),
        (false, true) => format!("Dear {}", to.family),
    }
}

/// The fields of a text, in order.
fn fields_of(text: &str) -> Vec<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(field, _)| field).collect()
}

/// The fields of a text that are none.
pub(super) fn unknown_fields(text: &str) -> Vec<&str> {
    fields_of(text).into_iter().filter(|field| !FIELDS.contains(field)).collect()
}

/// Fills the fields; those that have nothing to say stay in braces and are named.
fn fill(text: &str, value: impl Fn(&str) -> String) -> (String, Vec<String>) {
    let (mut filled, mut missing) = (String::with_capacity(text.len()), Vec::new());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((field, behind)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        let told = value(field);
        if told.trim().is_empty() {
            filled.push_str(&format!("{{{field}}}"));
            if !missing.iter().any(|one| one == field) {
                missing.push(field.to_owned());
            }
        } else {
            filled.push_str(told.trim());
        }
        rest = behind;
    }
    filled.push_str(rest);
    (filled, missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(given: &str, family: &str, credentials: &str, first: bool) -> Addressee {
        Addressee {
            name: format!("{given} {family}"),
            given: given.into(),
            family: family.into(),
            credentials: credentials.into(),
            first_name_terms: first,
            workplace: String::new(),
            workplace_id: None,
            address: Vec::new(),
        }
    }

    #[test]
    fn people_are_greeted_as_one_speaks_to_them() {
        assert_eq!(salutation(&to("Keiko", "Ito", "MD, FACS", false)), "Dear Dr. Ito");
        assert_eq!(salutation(&to("Keiko", "Ito", "M.D.", true)), "Dear Keiko");
        assert_eq!(salutation(&to("Lena", "Roth", "", false)), "Dear Lena Roth");
    }

    #[test]
    fn an_envelope_names_credentials_once() {
        let named = |name: &str, credentials: &str| {
            with_credentials(&Addressee { name: name.into(), ..to("Keiko", "Ito", credentials, false) })
        };
        assert_eq!(named("Keiko Ito", "MD, PhD"), "Keiko Ito, MD, PhD");
        assert_eq!(named("Keiko Ito, MD", "MD"), "Keiko Ito, MD");
        assert_eq!(named("Pine Hollow", ""), "Pine Hollow");
    }

    #[test]
    fn a_field_that_has_nothing_to_say_is_named_and_stays() {
        let (text, missing) =
            fill("{a}, {b} and {a} {c", |field| if field == "b" { "B".into() } else { String::new() });
        assert_eq!((text.as_str(), missing), ("{a}, B and {a} {c", vec!["a".to_owned()]));
    }

    #[test]
    fn what_a_line_says_is_never_read_as_a_field() {
        let (text, missing) = fill("{personal_line}", |_| "See {today}".into());
        assert_eq!((text.as_str(), missing.len()), ("See {today}", 0));
    }
}
