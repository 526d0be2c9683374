//! What headings mean in a list of contacts.

use super::field::Field;
use super::headings::{Guess, Heading, attribute, is_denied, part_of_name, words};
use super::vocabulary::*;

/// What a heading means in a list of contacts.
pub(super) fn in_contacts(heading: &str) -> Option<Guess> {
    let words = words(heading);
    let h = Heading { joined: words.join(" "), words: &words };
    if h.words.is_empty() || is_denied(heading) {
        return None;
    }
    if h.any(
        "\
        assistant, assistants, spouse, children, manager, managers, hobby, yomi, phonetic, \
        display, pager, telex, tty, callback, country, birthday, anniversary, initials, account",
    ) && !h.is("account name, account")
        || h.any("type, label") && h.any("phone, email, mail, address")
    {
        return None;
    }
    let elsewhere = h.any("home, other, alt, alternate, car, radio, private");
    if let Some((field, weight)) = attribute(&h) {
        let second = h.any("2, 3, 4, secondary") && !field.takes_several();
        if field == Field::ReferrerEmail && h.any("type, non")
            || h.has("web page")
            || h.any("po, formatted, carrier")
        {
            return None;
        }
        return Some((field, if elsewhere || second { 0.3 } else { weight }));
    }
    if elsewhere || h.any("id, number") {
        return None;
    }
    if h.has("job title")
        || h.has("organization title")
        || h.has("organization 1 title")
        || h.is("position, role, occupation, funktion")
    {
        return Some((Field::JobTitle, 0.9));
    }
    if h.any("prefix, salutation, anrede") || h.is("title, titel") {
        return None;
    }
    if h.any("categories, category, labels, groups, tags, kategorie, kategorien")
        || h.has("group membership")
        || h.has("contact type")
        || h.is("type")
    {
        return Some((Field::Category, 0.85));
    }
    if let Some(field) = part_of_name(&h, true) {
        return Some((field, 0.95));
    }
    if h.any(ORGANISATION) && !h.any("department, office location, location, symbol") {
        return Some((
            Field::ReferrerPractice,
            if h.any("company, practice, organization, account, clinic, facility, firma") {
                0.9
            } else {
                0.7
            },
        ));
    }
    if h.any(NOTES) {
        return Some((Field::Notes, 0.85));
    }
    if h.is("name, full name, contact, contact name, file as, nombre completo")
        || h.any(PROVIDER)
        || h.any(REFER)
    {
        return Some((Field::Referrer, if h.any(REFER) && h.any("by") { 0.3 } else { 0.8 }));
    }
    None
}
