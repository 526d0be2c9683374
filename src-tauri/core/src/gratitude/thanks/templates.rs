//! Texts to begin with: a starter set, and the practice's own versions.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::ThanksForm;
use super::words::unknown_fields;
use crate::foundation::id::RecordId;
use crate::gratitude::error::{GratitudeError, invalid, text};
use crate::gratitude::rows::thanks as rows;
use crate::practice::Practice;
use crate::store::{Label, StoreError, Written};
use crate::vault::{Area, Need};

/// A text to begin with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Template {
    /// The same for all its versions.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub form: ThanksForm,
    /// The text, with fields in braces.
    pub body: String,
    /// The practice changed it; none: as it came with Baton.
    pub version: Option<RecordId>,
    /// There is a text it came with.
    pub has_default: bool,
}

/// What a template is to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TemplateChange {
    /// Which; none: a new one.
    pub code: Option<String>,
    /// What it is called.
    pub name: String,
    /// The text, with fields in braces.
    pub body: String,
}

/// The starter set: code, name, text. Warm, short, without a patient and without a promise.
const STARTER: &[(&str, &str, &str)] = &[
    (
        "thanks",
        "Thank you",
        "{today}\n\n{salutation},\n\nThank you for your trust. {personal_line}\n\nIf there is anything we can do better for you or your patients, tell me directly.\n\nWarmly,\n{our_name}\n{practice}",
    ),
    (
        "first",
        "The first time",
        "{today}\n\n{salutation},\n\nThank you for thinking of us for the first time. {personal_line}\n\nYou will hear from us at each step, and my line is open whenever you have a question.\n\nWarmly,\n{our_name}\n{practice}",
    ),
    (
        "again",
        "After a pause",
        "{today}\n\n{salutation},\n\nIt was good to hear from you again. {personal_line}\n\nThank you, and please greet everybody at {workplace}.\n\nWarmly,\n{our_name}\n{practice}",
    ),
    (
        "team",
        "To the whole team",
        "{today}\n\nTo everybody at {workplace},\n\nMuch of what goes well begins at your front desk. {personal_line}\n\nThank you, all of you.\n\nWarmly,\n{our_name}\n{practice}",
    ),
];

/// Every template, the starter set first.
///
/// # Errors
/// [`StoreError::NotAllowed`]; those of the file.
pub fn templates(practice: &Practice) -> Result<Vec<Template>, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    practice.read(|conn| Ok(templates_in(conn)?))
}

pub(super) fn templates_in(conn: &Connection) -> Result<Vec<Template>, StoreError> {
    let mut own = rows::template_versions(conn)?;
    let mut all = Vec::new();
    for (code, name, body) in STARTER {
        let at = own.iter().position(|version| version.code == *code);
        let changed = at.map(|at| own.remove(at)).filter(|version| version.body.is_some());
        all.push(match changed {
            Some(version) => Template {
                code: version.code,
                name: version.name,
                form: version.form,
                body: version.body.unwrap_or_default(),
                version: Some(version.id),
                has_default: true,
            },
            None => Template {
                code: (*code).to_owned(),
                name: (*name).to_owned(),
                form: ThanksForm::Letter,
                body: (*body).to_owned(),
                version: None,
                has_default: true,
            },
        });
    }
    all.extend(own.into_iter().filter_map(|version| {
        Some(Template {
            code: version.code,
            name: version.name,
            form: version.form,
            body: version.body?,
            version: Some(version.id),
            has_default: false,
        })
    }));
    Ok(all)
}

/// Keeps a new version, or a new template. Letters that went out keep the text they had.
///
/// # Errors
/// [`GratitudeError::Invalid`] for an empty text or a field there is not; those of the file.
pub fn set_template(practice: &Practice, change: &TemplateChange) -> Result<Written<String>, GratitudeError> {
    practice.may(Need::Write(Area::Gratitude))?;
    let Some(name) = text("name", Some(&change.name), 100)? else {
        return invalid("name", "Give it a name.");
    };
    let Some(body) = text("body", Some(&change.body), 10_000)? else {
        return invalid("body", "Write a text.");
    };
    if !body.contains("{personal_line}") {
        return invalid(
            "body",
            "Keep {personal_line} in the text: thanks without a line of one's own are none.",
        );
    }
    if !unknown_fields(&body).is_empty() {
        return invalid(
            "body",
            "One of the fields in braces is not there. Use those listed beside the text.",
        );
    }
    let code = change.code.clone().unwrap_or_else(|| RecordId::new().to_string());
    practice.write(Label::hand("thanks_template_set", name.as_str()), |tx| {
        rows::put_template(tx, &code, &name, ThanksForm::Letter, Some(&body))?;
        Ok(code)
    })
}

/// Back to the text it came with; one the practice made itself goes.
///
/// # Errors
/// [`GratitudeError::Missing`]; those of the file.
pub fn reset_template(practice: &Practice, code: &str) -> Result<Written<()>, GratitudeError> {
    practice.may(Need::Write(Area::Gratitude))?;
    practice.write(Label::hand("thanks_template_reset", ""), |tx| {
        let found = templates_in(tx)?.into_iter().find(|template| template.code == code);
        let template = found.filter(|found| found.version.is_some()).ok_or(GratitudeError::Missing)?;
        tx.subject(template.name.as_str());
        Ok(rows::put_template(tx, code, &template.name, template.form, None)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_starter_set_uses_only_fields_there_are_and_asks_for_a_personal_line() {
        for (code, _, body) in STARTER {
            assert!(unknown_fields(body).is_empty(), "{code}");
            assert!(body.contains("{personal_line}"), "{code}");
            assert!(
                !body.contains('!') && !body.to_lowercase().contains("referral"),
                "{code}: no pay, no shouting"
            );
        }
    }
}
