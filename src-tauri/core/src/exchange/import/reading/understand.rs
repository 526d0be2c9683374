//! Understanding a file: from bytes to a table with named columns, known words and settled (or asked) dates.

use super::date_orders::settle_orders;
use super::error::ReadError;
use super::field::Field;
use super::groups::{Grouped, Groups, find_groups};
use super::headings::{is_denied, normal_heading};
use super::layout::{Head, column_names, find_head, tell_names_apart};
use super::mapping::{assign, guess};
use super::opening::{Opened, open_table};
use super::own_side::OwnSide;
use super::profile::fingerprint;
use super::shape::{Shape, look};
use super::sieve::Sieve;
use super::source::Source;
use super::survey::{OrderEvidence, Survey, survey};
use super::table::Table;
use super::understood::{
    Ambiguity, AmbiguityKind, ColumnView, Mapping, Meaning, Overrides, Understood, UnderstoodView, Warning,
    WarningCode, WordView,
};
use super::way_words::{self, travel, urgency};
use super::words::{Known, channel, direction, normal_word, outcome};
use crate::exchange::import::row::TableKind;
use crate::foundation::date_text::DateOrder;
use crate::foundation::money_text::DecimalSign;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Understands a file, with what a person already decided.
pub fn understand(source: &Source, overrides: &Overrides) -> Result<Understood, ReadError> {
    let mut opened = open_table(source, overrides)?;
    let mut head = find_head(&opened.table, overrides.header_record)?;
    let (mut shapes, mut typical) = look(&opened.table, &head)?;
    if shapes.is_empty() {
        return Err(ReadError::Empty);
    }
    let mut names = column_names(&head, shapes.len());
    let (mut kind, mut fields) = settle_fields(&head, &names, &shapes, overrides)?;
    let groups = if names_a_referrer(&fields) { None } else { group(&mut opened, &mut head, names.len())? };
    if groups.is_some() {
        (shapes, typical) = look(&opened.table, &head)?;
        names = column_names(&head, shapes.len());
        (kind, fields) = settle_fields(&head, &names, &shapes, overrides)?;
    }
    apply_map(&names, overrides, &mut fields)?;
    let plain: Vec<Field> = fields.iter().map(|(field, _)| *field).collect();
    let mut sieve = sieve(&head, typical, &plain);
    sieve.groups = groups.map(|groups| groups.names.keys().copied().collect()).unwrap_or_default();
    sieve.data.clone_from(&overrides.data);
    sieve.not_data.clone_from(&overrides.not_data);
    let date_columns: Vec<usize> = (0..plain.len())
        .filter(|column| {
            plain[*column].is_date() || (shapes[*column].date_share() > 0.5 && shapes[*column].dates > 0)
        })
        .collect();
    let survey = survey(&opened.table, head.record, &sieve, &plain, &date_columns)?;
    let orders = settle_orders(&head, &names, &plain, &survey, overrides);
    let decimal = overrides.decimal.or(survey.decimal()).unwrap_or(if opened.delimiter == Some(b';') {
        DecimalSign::Comma
    } else {
        DecimalSign::Point
    });
    let words: BTreeMap<String, Meaning> =
        overrides.values.iter().map(|(word, meaning)| (normal_word(word), *meaning)).collect();
    let own = own_side(&plain, &survey, overrides);
    let mut view = UnderstoodView {
        file_name: source.file_name.clone(),
        kind,
        encoding: opened.encoding,
        delimiter: opened.delimiter.map(char::from),
        backslash_escapes: opened.backslash,
        sheet: opened.sheet,
        sheets: opened.sheets,
        header_record: head.record,
        preamble: head.preamble.iter().copied().filter(|record| !survey.above.contains(record)).collect(),
        totals: survey.totals.clone(),
        footers: survey.footers.clone(),
        repeated_headers: survey.repeated_headers.clone(),
        blank: survey.blank,
        records: survey.last_record,
        rows: survey.rows,
        decimal,
        columns: Vec::new(),
        words: word_views(&plain, &survey, &words),
        ambiguities: Vec::new(),
        warnings: opened.warnings,
        fingerprint: fingerprint(&names),
    };
    for (index, name) in names.iter().enumerate() {
        view.columns.push(ColumnView {
            index: u32::try_from(index).unwrap_or(u32::MAX),
            name: name.clone(),
            samples: shapes[index].samples.clone(),
            guess: plain[index],
            confidence: fields[index].1.min(1.0),
            date_order: orders[index],
            denied: denied(name, &shapes[index]),
        });
    }
    view.ambiguities = ambiguities(kind, &names, &plain, &orders, &survey);
    if overrides.without_referrer {
        view.ambiguities
            .retain(|one| one.kind != AmbiguityKind::MissingReferrer || kind != TableKind::Referrals);
    }
    add_warnings(&mut view);
    let mapping = Mapping {
        kind,
        fields: plain,
        date_orders: orders,
        decimal,
        words,
        without_referrer: overrides.without_referrer,
    };
    Ok(Understood { view, mapping, table: opened.table, sieve, epoch: opened.epoch, own, tail: survey.tail })
}

/// Whether some column names whoever refers.
fn names_a_referrer(fields: &Fields) -> bool {
    fields.iter().any(|(field, _)| matches!(field, Field::Referrer | Field::ReferrerFamily))
}

/// Gives every row of a grouped report the name it stands below.
fn group(opened: &mut Opened, head: &mut Head, width: usize) -> Result<Option<Arc<Groups>>, ReadError> {
    if head.record == 0 {
        return Ok(None);
    }
    let Some(groups) = find_groups(&opened.table, head, width)? else { return Ok(None) };
    let groups = Arc::new(groups);
    let header = Arc::new(head.cells.clone());
    let inner = Box::new(opened.table.clone());
    opened.table = Table::Grouped(Grouped { inner, groups: Arc::clone(&groups), header });
    head.names.resize(width, String::new());
    head.names.push(groups.label.clone());
    head.cells.resize(width, String::new());
    head.cells.push(groups.label.clone());
    Ok(Some(groups))
}

type Fields = Vec<(Field, f32)>;

fn settle_fields(
    head: &Head,
    names: &[String],
    shapes: &[Shape],
    overrides: &Overrides,
) -> Result<(TableKind, Fields), ReadError> {
    let told = tell_names_apart(&head.names);
    let heading = |column: usize| told.get(column).map_or("", String::as_str);
    let fields = |kind: TableKind| {
        let guesses: Vec<_> =
            (0..names.len()).map(|column| guess(heading(column), &shapes[column], kind)).collect();
        assign(&guesses, shapes, kind)
    };
    let referrals = fields(TableKind::Referrals);
    let nameless = head.record == 0 && referrals.iter().any(|(field, _)| *field == Field::ReceivedOn);
    let kind = overrides.kind.unwrap_or_else(|| {
        if nameless { TableKind::Referrals } else { kind_of(&referrals, shapes, overrides) }
    });
    Ok((kind, if kind == TableKind::Referrals { referrals } else { fields(TableKind::Contacts) }))
}

/// Referrals have days, and patients or referrers; a list without them is a list of contacts.
fn kind_of(referrals: &Fields, shapes: &[Shape], overrides: &Overrides) -> TableKind {
    if overrides
        .map
        .values()
        .any(|field| matches!(field, Field::ReceivedOn | Field::Patient | Field::PatientFamily))
    {
        return TableKind::Referrals;
    }
    let strength = |wanted: &[Field], at_least: f32| {
        referrals
            .iter()
            .zip(shapes)
            .filter(|((field, weight), shape)| {
                wanted.contains(field)
                    && *weight >= at_least
                    && shape.filled > 0
                    && (!field.is_date() || shape.has_real_dates())
            })
            .map(|(_, shape)| shape.fill())
            .fold(0.0f32, f32::max)
    };
    let day = strength(&[Field::ReceivedOn], 0.0);
    let sure_day = strength(&[Field::ReceivedOn], 0.9);
    let source = strength(&[Field::Referrer, Field::ReferrerFamily, Field::SourceClass], 0.55);
    let patient = strength(&[Field::Patient, Field::PatientChart, Field::PatientBorn], 0.8);
    let any_patient = strength(&[Field::Patient, Field::PatientFamily], 0.5);
    let outbound = strength(&[Field::ReferredTo], 0.8);
    let score = f32::from(u8::from(day > 0.3))
        + f32::from(u8::from(sure_day > 0.3))
        + f32::from(u8::from(source > 0.1))
        + 2.0 * f32::from(u8::from(patient > 0.3))
        + f32::from(u8::from(outbound > 0.3))
        + 0.5 * f32::from(u8::from(any_patient > 0.3));
    let evidence = source > 0.1 || patient > 0.3 || outbound > 0.3;
    if score >= 2.0 && evidence { TableKind::Referrals } else { TableKind::Contacts }
}

fn apply_map(names: &[String], overrides: &Overrides, fields: &mut Fields) -> Result<(), ReadError> {
    let mut decided = Vec::new();
    for (name, field) in &overrides.map {
        let column =
            column_named(names, name).ok_or_else(|| ReadError::NoSuchColumn { name: name.clone() })?;
        decided.push((column, *field));
    }
    for (column, field) in &decided {
        if !field.takes_several() {
            for other in fields.iter_mut().filter(|(taken, _)| taken == field) {
                *other = (Field::Ignore, 0.0);
            }
        }
        fields[*column] = (*field, 1.0);
    }
    for (column, field) in decided {
        fields[column] = (field, 1.0);
    }
    Ok(())
}

/// Finds a column by its name, however it is spelled, or by its number as in `#3`.
pub(super) fn column_named(names: &[String], wanted: &str) -> Option<usize> {
    if let Some(number) =
        wanted.trim().strip_prefix('#').and_then(|number| number.trim().parse::<usize>().ok())
    {
        return number.checked_sub(1).filter(|column| *column < names.len());
    }
    let normal = normal_heading(wanted);
    names
        .iter()
        .position(|name| name == wanted)
        .or_else(|| names.iter().position(|name| name.trim().eq_ignore_ascii_case(wanted.trim())))
        .or_else(|| names.iter().position(|name| !normal.is_empty() && normal_heading(name) == normal))
}

fn sieve(head: &Head, typical: usize, fields: &[Field]) -> Sieve {
    let mut sieve = Sieve::new(head, typical);
    sieve.day = fields.iter().position(|field| *field == Field::ReceivedOn);
    sieve.anchors = (0..fields.len())
        .filter(|column| {
            matches!(
                fields[*column],
                Field::Patient
                    | Field::PatientFamily
                    | Field::PatientGiven
                    | Field::Referrer
                    | Field::ReferrerFamily
                    | Field::ReferrerPractice
            )
        })
        .collect();
    sieve
}

fn own_side(fields: &[Field], survey: &Survey, overrides: &Overrides) -> OwnSide {
    let column = fields.iter().position(|field| *field == Field::ReferredTo);
    let has_referrer = fields
        .iter()
        .any(|field| matches!(field, Field::Referrer | Field::ReferrerFamily | Field::ReferrerPractice));
    let none = BTreeMap::new();
    let cells = column.and_then(|column| survey.words.get(&column)).unwrap_or(&none);
    OwnSide::learn(&overrides.own_names, cells, has_referrer)
}

fn word_views(fields: &[Field], survey: &Survey, decided: &BTreeMap<String, Meaning>) -> Vec<WordView> {
    let mut views = Vec::new();
    for (column, words) in &survey.words {
        let field = fields[*column];
        for (text, count) in words {
            let meaning = decided.get(&normal_word(text)).copied().or_else(|| known_meaning(field, text));
            if field == Field::ReferredTo || (field == Field::Referrer && meaning.is_none()) {
                continue;
            }
            views.push(WordView { field, text: text.clone(), count: *count, meaning });
        }
    }
    views.sort_by(|left, right| {
        left.field.cmp(&right.field).then(right.count.cmp(&left.count)).then(left.text.cmp(&right.text))
    });
    views
}

pub(super) fn known_meaning(field: Field, text: &str) -> Option<Meaning> {
    fn settle<T>(known: Known<T>, meaning: impl Fn(T) -> Meaning) -> Option<Meaning> {
        match known {
            Known::Blank => Some(Meaning::Nothing),
            Known::Means(value) => Some(meaning(value)),
            Known::Undecided => None,
        }
    }
    match field {
        Field::Status => settle(outcome(text), Meaning::Outcome),
        Field::Direction => settle(direction(text), Meaning::Direction),
        Field::Referrer | Field::SourceClass => settle(channel(text), Meaning::Channel),
        Field::Urgency => settle(urgency(text), Meaning::Urgency),
        Field::ReferralType => settle(way_words::kind(text), Meaning::Type),
        Field::Travel => settle(travel(text), Meaning::Travel),
        _ => None,
    }
}

fn denied(name: &str, shape: &Shape) -> bool {
    is_denied(name) || shape.share(shape.ssn) > 0.5
}

fn ambiguities(
    kind: TableKind,
    names: &[String],
    fields: &[Field],
    orders: &[Option<DateOrder>],
    survey: &Survey,
) -> Vec<Ambiguity> {
    let mut asked = Vec::new();
    let missing = |kind_of_column: &str, field: Field| Ambiguity {
        kind: AmbiguityKind::MissingColumn,
        column: None,
        question: format!("No column was recognised as {kind_of_column}."),
        options: vec![format!("--map \"COLUMN={}\"", field.code())],
    };
    let has = |wanted: &[Field]| fields.iter().any(|field| wanted.contains(field));
    if kind == TableKind::Referrals {
        if !has(&[Field::ReceivedOn]) {
            asked.push(missing("the day of the referral", Field::ReceivedOn));
        }
        if !has(&[
            Field::Referrer,
            Field::ReferrerFamily,
            Field::ReferrerPractice,
            Field::SourceClass,
            Field::ReferredTo,
        ]) {
            let mut question = missing("the referrer", Field::Referrer);
            question.kind = AmbiguityKind::MissingReferrer;
            question.options.push("--without-referrer".to_owned());
            asked.push(question);
        }
    } else if !has(&[Field::Referrer, Field::ReferrerFamily, Field::ReferrerGiven, Field::ReferrerPractice]) {
        asked.push(missing("the name of a person or organisation", Field::Referrer));
    }
    for (column, field) in fields.iter().enumerate() {
        if field.is_date()
            && orders[column].is_none()
            && survey.orders.get(&column).is_some_and(OrderEvidence::asks)
        {
            asked.push(Ambiguity {
                kind: AmbiguityKind::DateOrder,
                column: Some(names[column].clone()),
                question: format!("In “{}”, day and month cannot be told apart.", names[column]),
                options: ["mdy", "dmy"].iter().map(|order| format!("--date-order {order}")).collect(),
            });
        }
    }
    asked
}

fn add_warnings(view: &mut UnderstoodView) {
    for column in view.columns.iter().filter(|column| column.denied) {
        view.warnings.push(Warning {
            code: WarningCode::DeniedColumn,
            text: format!("“{}” is not imported: Baton does not keep such numbers.", column.name),
        });
    }
    if view.header_record == 0 {
        view.warnings.push(Warning {
            code: WarningCode::NoHeader,
            text: "The table has no header; its columns were named by their letters.".to_owned(),
        });
    }
    for (fields, lack, example) in [
        (&[Field::Status, Field::Direction][..], "outcome", "seen"),
        (&[Field::Urgency], "urgency", "urgent"),
        (&[Field::ReferralType], "kind", "consult"),
        (&[Field::Travel], "travel", "local"),
    ] {
        let unknown = |word: &&WordView| fields.contains(&word.field) && word.meaning.is_none();
        let options: Vec<String> = view
            .words
            .iter()
            .filter(unknown)
            .take(20)
            .map(|word| format!("--value \"{}={example}\"", word.text))
            .collect();
        if !options.is_empty() {
            let text = format!(
                "Nothing is known about these words; rows with them have no {lack}. Decide with {}.",
                options.join(", ")
            );
            view.warnings.push(Warning { code: WarningCode::UndecidedWords, text });
        }
    }
}
