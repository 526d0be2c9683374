//! Which column holds what: guessed from headings and contents, settled by whoever imports.

use super::contact_headings::in_contacts;
use super::field::Field;
use super::headings::{Guess, is_denied};
use super::referral_headings::in_referrals;
use super::shape::Shape;
use super::words::{Known, channel, direction, outcome};
use crate::exchange::import::row::TableKind;
use crate::foundation::money_text::{DecimalSign, parse_cents};
use crate::foundation::names::looks_like_organisation;

/// The guess for one column.
pub(super) fn guess(heading: &str, shape: &Shape, kind: TableKind) -> Option<Guess> {
    if is_denied(heading) || shape.share(shape.ssn) > 0.5 {
        return None;
    }
    let named = match kind {
        TableKind::Referrals => in_referrals(heading),
        TableKind::Contacts => in_contacts(heading),
    };
    match named {
        Some((Field::Ignore, _)) => named,
        Some(guess) => agreeing(guess, shape, kind),
        None => by_content(heading, shape, kind),
    }
}

/// The heading's guess, corrected by what the cells look like.
fn agreeing((field, weight): Guess, shape: &Shape, kind: TableKind) -> Option<Guess> {
    if shape.filled == 0 {
        return Some((field, weight * 0.3));
    }
    let readable = |share: f32| share >= 0.3;
    let agrees = match field {
        field if field.is_date() => readable(shape.date_share()),
        Field::ReferrerNpi => shape.numbers * 2 >= shape.filled || shape.npis > 0,
        Field::ReferrerEmail => readable(shape.share(shape.emails)),
        Field::ReferrerPhone | Field::ReferrerFax => {
            readable(shape.share(shape.phones)) || shape.share(shape.numbers) < 0.2
        }
        Field::Referrer
        | Field::ReferrerGiven
        | Field::ReferrerFamily
        | Field::Patient
        | Field::PatientGiven
        | Field::PatientFamily => {
            shape.share(shape.numbers) < 0.5
                && shape.share(shape.dates) < 0.5
                && shape.share(shape.emails) < 0.5
                && shape.share(shape.uuids) < 0.5
        }
        Field::PatientChart => shape.share(shape.uuids) < 0.5 && !shape.is_counter(),
        Field::Amount => readable(shape.share(shape.numbers)) || are_amounts(shape),
        // Few names again and again, under a heading that does not speak of referring: the practice's own sites.
        Field::ReferrerPractice if weight < 0.8 && kind == TableKind::Referrals => {
            shape.filled < 10 || shape.values.len() > 1 && (shape.filled < 60 || shape.values.len() > 6)
        }
        Field::Status => shape.share(shape.dates) < 0.5,
        _ => true,
    };
    // “Type” may say which way a referral goes.
    if field == Field::SourceClass
        && shape.values.len() <= 4
        && words_of(shape, |word| matches!(direction(word), Known::Means(_)))
    {
        return Some((Field::Direction, 0.7));
    }
    if agrees {
        return Some((field, weight));
    }
    match field {
        // A column named after a day that holds words is a status or a service, not a day.
        field
            if field.is_date()
                && kind == TableKind::Referrals
                && (yes_or_no(shape) || words_of(shape, |word| matches!(outcome(word), Known::Means(_)))) =>
        {
            Some((Field::Status, 0.6))
        }
        _ => None,
    }
}

fn by_content(heading: &str, shape: &Shape, kind: TableKind) -> Option<Guess> {
    if shape.filled == 0 {
        return None;
    }
    if shape.share(shape.npis) > 0.6 {
        return Some((Field::ReferrerNpi, 0.6));
    }
    if kind == TableKind::Contacts {
        return if shape.share(shape.emails) > 0.8 { Some((Field::ReferrerEmail, 0.4)) } else { None };
    }
    let nameless = heading.is_empty();
    if shape.is_vocabulary()
        && words_of(shape, |word| matches!(direction(word), Known::Means(_)))
        && shape.values.len() <= 4
    {
        return Some((Field::Direction, 0.6));
    }
    if shape.is_vocabulary()
        && shape.values.len() >= 2
        && words_of(shape, |word| matches!(outcome(word), Known::Means(_)))
        && !yes_or_no(shape)
    {
        return Some((Field::Status, 0.45));
    }
    if nameless && shape.date_share() > 0.8 && shape.has_real_dates() {
        return Some((Field::ReceivedOn, 0.4));
    }
    if nameless && shape.share(shape.names) > 0.6 {
        let doctors = shape.values.keys().filter(|value| names_a_source(value)).count();
        let places = shape.values.keys().filter(|value| looks_like_organisation(value)).count();
        return Some(if places * 2 >= shape.values.len() {
            (Field::ReferrerPractice, 0.38)
        } else if doctors * 10 >= shape.values.len() * 3 {
            (Field::Referrer, 0.4)
        } else {
            (Field::Patient, 0.35)
        });
    }
    if nameless && shape.share(shape.decimals) > 0.6 {
        return Some((Field::Amount, 0.3));
    }
    None
}

/// Whether most of the values are amounts, with or without a currency.
fn are_amounts(shape: &Shape) -> bool {
    let is_amount = |value: &str| {
        parse_cents(value, DecimalSign::Point).or_else(|| parse_cents(value, DecimalSign::Comma)).is_some()
    };
    let amounts: u32 =
        shape.values.iter().filter(|(value, _)| is_amount(value)).map(|(_, count)| count).sum();
    let all: u32 = shape.values.values().sum();
    amounts * 2 > all
}

fn yes_or_no(shape: &Shape) -> bool {
    shape.values.keys().all(|value| {
        matches!(value.to_ascii_lowercase().as_str(), "y" | "n" | "yes" | "no" | "0" | "1" | "true" | "false")
    })
}

fn words_of(shape: &Shape, fits: impl Fn(&str) -> bool) -> bool {
    let known: u32 = shape.values.iter().filter(|(value, _)| fits(value)).map(|(_, count)| count).sum();
    known * 10 >= shape.filled * 6
}

/// Whether a text names a doctor, an office or a channel rather than a patient.
pub(super) fn names_a_source(value: &str) -> bool {
    let folded = super::row_kind_words::fold(value);
    matches!(channel(value), Known::Means(_))
        || folded.starts_with("dr ")
        || folded.starts_with("dr.")
        || folded.split([' ', ',']).any(|word| {
            matches!(
                word.replace('.', "").as_str(),
                "md" | "do"
                    | "np"
                    | "pa"
                    | "dpm"
                    | "dc"
                    | "dds"
                    | "dmd"
                    | "od"
                    | "pa-c"
                    | "fnp"
                    | "fnp-c"
                    | "aprn"
                    | "crnp"
                    | "dnp"
                    | "phd"
                    | "arnp"
                    | "pt"
                    | "dpt"
                    | "rn"
                    | "np-c"
                    | "clinic"
                    | "hospital"
                    | "medicine"
                    | "medical"
                    | "practice"
                    | "associates"
                    | "center"
                    | "care"
                    | "health"
                    | "urgent"
                    | "pediatrics"
                    | "orthopedics"
            )
        })
}

/// Gives every field to at most one column (but for those that several may share), the surest guess first.
pub(super) fn assign(guesses: &[Option<Guess>], shapes: &[Shape], kind: TableKind) -> Vec<(Field, f32)> {
    let mut fields = vec![(Field::Ignore, 0.0f32); guesses.len()];
    let mut order: Vec<usize> = (0..guesses.len()).filter(|column| guesses[*column].is_some()).collect();
    let weight =
        |column: usize| guesses[column].map_or(0.0, |(_, weight)| weight) + 0.04 * shapes[column].fill();
    order.sort_by(|left, right| weight(*right).total_cmp(&weight(*left)).then(left.cmp(right)));
    let mut taken = std::collections::HashSet::new();
    for column in order {
        let Some((field, weight)) = guesses[column] else {
            continue;
        };
        if weight < 0.25 {
            continue;
        }
        if field.takes_several() && (weight >= 0.5 || !taken.contains(&field)) || taken.insert(field) {
            taken.insert(field);
            fields[column] = (field, weight);
        }
    }
    if kind == TableKind::Referrals {
        settle_sources(&mut fields, guesses, shapes);
        settle_patients(&mut fields);
        settle_days(&mut fields, guesses, shapes);
    }
    fields
}

/// Two columns may speak of the source: one names it, the other its kind. The one with few different words, many of them
/// no names, is the kind.
fn settle_sources(fields: &mut [(Field, f32)], guesses: &[Option<Guess>], shapes: &[Shape]) {
    let candidates: Vec<usize> = (0..fields.len())
        .filter(|column| {
            guesses[*column].is_some_and(|(field, weight)| field == Field::Referrer && weight >= 0.35)
                && shapes[*column].filled > 0
        })
        .collect();
    let has_parts = fields.iter().any(|(field, _)| *field == Field::ReferrerFamily);
    let chosen = candidates.iter().copied().max_by(|left, right| {
        let worth = |column: usize| {
            guesses[column].map_or(0.0, |(_, weight)| weight) + name_likeness(&shapes[column]) * 0.3
        };
        worth(*left).total_cmp(&worth(*right)).then(right.cmp(left))
    });
    for column in candidates {
        let shape = &shapes[column];
        let is_kind = guesses[column].is_some_and(|(_, weight)| weight >= 0.5)
            && shape.values.len() <= 40
            && name_likeness(shape) < 0.5;
        if Some(column) == chosen && !(has_parts && is_kind) {
            for field in fields.iter_mut().filter(|(field, _)| *field == Field::Referrer) {
                field.0 = Field::Ignore;
            }
            fields[column] = (Field::Referrer, guesses[column].map_or(0.0, |(_, weight)| weight));
        } else if is_kind {
            fields[column] = (Field::SourceClass, 0.6);
        } else if fields[column].0 == Field::Referrer && Some(column) != chosen {
            fields[column] = (Field::Ignore, 0.0);
        }
    }
}

/// How much a column reads like names of doctors, offices and people.
fn name_likeness(shape: &Shape) -> f32 {
    if shape.filled == 0 {
        return 0.0;
    }
    let classes = [
        "physician",
        "doctor",
        "provider",
        "employer",
        "gym",
        "school",
        "marketing",
        "patient",
        "internet",
        "physician referral",
    ];
    let named: u32 = shape
        .values
        .iter()
        .filter(|(value, _)| {
            !matches!(channel(value), Known::Means(_) | Known::Blank)
                && value.contains(' ')
                && !value.contains('/')
                && !classes.contains(&value.to_ascii_lowercase().as_str())
        })
        .map(|(_, count)| *count)
        .sum();
    let counted: u32 = shape.values.values().sum();
    if counted == 0 { 0.0 } else { named as f32 / counted as f32 }
}

/// Given and family name win over a full name that was guessed with less confidence, and one without the other is a full name.
fn settle_patients(fields: &mut [(Field, f32)]) {
    let find = |fields: &[(Field, f32)], wanted: Field| fields.iter().position(|(field, _)| *field == wanted);
    let (full, given, family) =
        (find(fields, Field::Patient), find(fields, Field::PatientGiven), find(fields, Field::PatientFamily));
    match (full, given, family) {
        (Some(full), Some(given), Some(family)) => {
            if fields[full].1 >= fields[given].1.max(fields[family].1) {
                fields[given] = (Field::Ignore, 0.0);
                fields[family] = (Field::Ignore, 0.0);
            } else {
                fields[full] = (Field::Ignore, 0.0);
            }
        }
        (None, None, Some(only)) => fields[only].0 = Field::Patient,
        _ => {}
    }
}

/// When no heading speaks of the day of arrival, the only column of days stands in for it. Of several, a person chooses.
fn settle_days(fields: &mut [(Field, f32)], guesses: &[Option<Guess>], shapes: &[Shape]) {
    if fields.iter().any(|(field, _)| *field == Field::ReceivedOn) {
        return;
    }
    let refused = |column: usize| {
        guesses[column].is_some_and(|(field, _)| matches!(field, Field::PatientBorn | Field::Ignore))
    };
    let days: Vec<usize> = (0..fields.len())
        .filter(|column| {
            shapes[*column].has_real_dates() && shapes[*column].date_share() >= 0.6 && !refused(*column)
        })
        .collect();
    if let [column] = days[..]
        && matches!(fields[column].0, Field::Ignore | Field::ScheduledOn | Field::SeenOn)
    {
        fields[column] = (Field::ReceivedOn, 0.35);
    }
}
