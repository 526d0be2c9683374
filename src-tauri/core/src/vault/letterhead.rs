//! What stands at the head of the practice's papers: where it is and how to reach it.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::error::VaultError;
use super::rights::{Area, Need};
use super::rows;
use crate::papers::{self, PaperSize};
use crate::practice::Practice;
use crate::store::{Label, StoreError, Written};

/// How many lines an address may have.
const LINES: usize = 4;
/// How long each line may be, in characters.
const LINE: usize = 80;

/// The letterhead as it is set. Its name is the practice's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct Letterhead {
    /// Where the practice is, at most four lines.
    pub address: String,
    /// Its telephone.
    pub phone: String,
    /// Its fax.
    pub fax: String,
    /// Its e-mail address.
    pub email: String,
    /// Its web page.
    pub web: String,
    /// On which paper it prints.
    pub paper: PaperSize,
}

impl Letterhead {
    /// As papers carry it.
    pub fn on_paper(&self, practice: &str) -> papers::Letterhead {
        let mut lines: Vec<String> = self.address.lines().map(str::to_owned).collect();
        let labelled = [("Phone ", &self.phone), ("Fax ", &self.fax), ("", &self.email), ("", &self.web)];
        let known = labelled.into_iter().filter(|(_, value)| !value.is_empty());
        let reach: Vec<String> = known.map(|(label, value)| format!("{label}{value}")).collect();
        lines.extend(reach.chunks(2).map(|two| two.join(" · ")));
        papers::Letterhead { name: practice.to_owned(), lines }
    }
}

/// The letterhead. Everybody may know how to reach the practice.
///
/// # Errors
/// Those of the file.
pub fn letterhead(practice: &Practice) -> Result<Letterhead, VaultError> {
    Ok(practice.read(set_in)?)
}

fn set_in(conn: &Connection) -> Result<Letterhead, StoreError> {
    let set = rows::text_set(conn, rows::LETTERHEAD)?;
    Ok(set.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// What papers carry at their head, and how large they are, within a read somebody holds.
pub(crate) fn letterhead_in(conn: &Connection) -> Result<(papers::Letterhead, PaperSize), StoreError> {
    let set = set_in(conn)?;
    Ok((set.on_paper(&rows::practice_name(conn)?), set.paper))
}

/// Sets it.
///
/// # Errors
/// [`VaultError::Invalid`] for an address of more than four lines, or a line that is too long; those of the file.
pub fn set_letterhead(practice: &Practice, new: &Letterhead) -> Result<Written<()>, VaultError> {
    practice.may(Need::Write(Area::Vault))?;
    let new = checked(new)?;
    practice.write(Label::hand("letterhead_set", ""), |tx| {
        let text = serde_json::to_string(&new).map_err(|e| StoreError::Database(e.to_string()))?;
        Ok(rows::set_text(tx, rows::LETTERHEAD, Some(&text))?)
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn checked(new: &Letterhead) -> Result<Letterhead, VaultError> {
    let invalid = |field, problem: &str| Err(VaultError::Invalid { field, problem: problem.to_owned() });
    let address: Vec<String> = new.address.lines().map(one_line).filter(|line| !line.is_empty()).collect();
    if address.len() > LINES {
        return invalid("address", "keep the address to four lines");
    }
    if address.iter().any(|line| line.chars().count() > LINE) {
        return invalid("address", "keep each line to 80 characters");
    }
    let kept = Letterhead {
        address: address.join("\n"),
        phone: one_line(&new.phone),
        fax: one_line(&new.fax),
        email: one_line(&new.email),
        web: one_line(&new.web),
        paper: new.paper,
    };
    for (field, value) in
        [("phone", &kept.phone), ("fax", &kept.fax), ("email", &kept.email), ("web", &kept.web)]
    {
        if value.chars().count() > LINE {
            return invalid(field, "keep it to 80 characters");
        }
    }
    if !kept.email.is_empty() && !kept.email.contains('@') {
        return invalid("email", "give an e-mail address, such as office@example.com");
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letterhead_is_kept_and_names_the_practice() {
        let practice = crate::testing::practice("2026-11-25");
        assert_eq!(letterhead(&practice).expect("read"), Letterhead::default());
        let ours = Letterhead {
            address: " 12 Quay Street \n\nPortland, ME 04101".into(),
            phone: "(207) 555-0142".into(),
            fax: "(207) 555-0143".into(),
            email: "office@harborview.example".into(),
            web: String::new(),
            paper: PaperSize::A4,
        };
        set_letterhead(&practice, &ours).expect("set");
        let (head, size) = practice.read(letterhead_in).expect("read");
        assert_eq!(size, PaperSize::A4);
        assert!(!head.name.is_empty());
        assert_eq!(
            head.lines,
            [
                "12 Quay Street",
                "Portland, ME 04101",
                "Phone (207) 555-0142 · Fax (207) 555-0143",
                "office@harborview.example"
            ]
        );
    }

    #[test]
    fn what_does_not_fit_is_refused_beside_its_field() {
        let practice = crate::testing::practice("2026-11-25");
        for (wrong, field) in [
            (Letterhead { address: "a\nb\nc\nd\ne".into(), ..Letterhead::default() }, "address"),
            (Letterhead { phone: "1".repeat(81), ..Letterhead::default() }, "phone"),
            (Letterhead { email: "office".into(), ..Letterhead::default() }, "email"),
        ] {
            let refused = set_letterhead(&practice, &wrong);
            assert!(
                matches!(refused, Err(VaultError::Invalid { field: f, .. }) if f == field),
                "{refused:?}"
            );
        }
    }
}
