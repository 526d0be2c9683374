//! `import`: a file becomes referrals and contacts, as one undoable action.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use baton_core::Practice;
use baton_core::exchange::import::reading::{
    Field, Limits, MappingProfile, Meaning, Overrides, ReadError, Source, Understood, open_source, read_rows,
    understand,
};
use baton_core::exchange::import::row::{Channel, Direction, Outcome};
use baton_core::exchange::import::{
    Decisions, ImportError, ImportFile, ImportPlan, ImportSummary, SavedProfile, commit, find_profile, plan,
    profiles, rejects_workbook, save_profile,
};
use baton_core::foundation::date_text::DateOrder;
use baton_core::store::StoreError;
use baton_core::vault::{Unlocked, Why, back_up_for};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::answer::{Answer, Failure};
use crate::arguments::{Arguments, Import, Order};
use crate::exit::Exit;
use crate::open::with_unlocked;

/// Imports the file, or says what would happen.
pub fn run(arguments: &Arguments, what: &Import) -> Result<Answer, Failure> {
    let given = overrides(what)?;
    let source = open_source(&what.file, &Limits::default())?;
    with_unlocked(arguments, |unlocked| import(unlocked, what, &source, given))
}

fn import(unlocked: &Unlocked, what: &Import, source: &Source, given: Overrides) -> Result<Answer, Failure> {
    let practice = unlocked.practice();
    let understood = understood(practice, what, source, given)?;
    questions(&understood)?;
    let as_of = what.as_of.unwrap_or(practice.today()).min(practice.today());
    let read =
        read_rows(source, &understood, &understood.mapping, as_of, &mut |_| ControlFlow::Continue(()))?;
    let file = ImportFile { name: source.file_name.clone(), sha256: source.sha256.to_vec() };
    let go = &mut |_| ControlFlow::Continue(());
    let planned = plan(practice, &file, Arc::new(read), &Decisions::none(), go)?;
    if let Some(target) = &what.rejects {
        write_rejects(&planned, target)?;
    }
    if what.dry_run {
        let summary = planned.summary();
        return told(&summary, "would be imported", None);
    }
    // The import can be undone by itself: a copy that can't be made stops no scheduled work.
    let _ = back_up_for(unlocked, None, Why::BeforeImport, &mut |_, _| ControlFlow::Continue(()));
    let written = commit(practice, &planned, go)?;
    if let Some(name) = &what.save_profile {
        let mapping = MappingProfile::of(&understood);
        let definition = serde_json::to_string(&mapping)
            .map_err(|_| Failure::new(Exit::Failed, "failed", "the mapping could not be saved"))?;
        save_profile(practice, name, &mapping.fingerprint, &definition)?;
    }
    told(&written.value, "was imported", written.entry.map(|entry| entry.seq))
}

/// The mapping: what is given on the command line over what was saved over what can be guessed.
fn understood(
    practice: &Practice,
    what: &Import,
    source: &Source,
    mut given: Overrides,
) -> Result<Understood, Failure> {
    given.own_names = practice.read(|conn| {
        Ok::<_, StoreError>(vec![
            conn.query_row("SELECT name FROM practice LIMIT 1", [], |row| row.get::<_, String>(0))?,
        ])
    })?;
    let saved = match &what.profile {
        Some(name) => Some(named_profile(practice, name)?),
        None => {
            // The headings are needed to recognise a saved mapping; a question at this point is not the last word.
            let first = understand(source, &given)?;
            find_profile(practice, &first.view.fingerprint)?
        }
    };
    let Some(saved) = saved else { return Ok(understand(source, &given)?) };
    let mapping: MappingProfile = serde_json::from_str(&saved.definition).map_err(|_| {
        Failure::new(
            Exit::Failed,
            "profile_unreadable",
            format!("The saved mapping \"{}\" can't be read. Save it again.", saved.name),
        )
    })?;
    Ok(understand(source, &over(mapping.overrides(), given))?)
}

fn named_profile(practice: &Practice, name: &str) -> Result<SavedProfile, Failure> {
    let all = profiles(practice)?;
    let known: Vec<String> = all.iter().map(|profile| format!("--profile \"{}\"", profile.name)).collect();
    all.into_iter().find(|profile| profile.name.eq_ignore_ascii_case(name)).ok_or_else(|| Failure {
        more: Some(json!({ "decide_with": known })),
        ..Failure::usage(format!("There is no saved mapping named \"{name}\"."))
    })
}

/// The saved decisions with the given ones over them.
fn over(saved: Overrides, given: Overrides) -> Overrides {
    let merged = |mut saved: BTreeMap<String, Meaning>, given: BTreeMap<String, Meaning>| {
        saved.extend(given);
        saved
    };
    let mut map = saved.map;
    // A field given for one column leaves the column it was saved for.
    map.retain(|column, field| {
        given.map.contains_key(column)
            || *field == Field::Ignore
            || field.takes_several()
            || !given.map.values().any(|g| g == field)
    });
    map.extend(given.map);
    Overrides {
        encoding: given.encoding.or(saved.encoding),
        delimiter: given.delimiter.or(saved.delimiter),
        header_record: given.header_record.or(saved.header_record),
        sheet: given.sheet.or(saved.sheet),
        kind: given.kind.or(saved.kind),
        date_orders: if given.date_order.is_some() { BTreeMap::new() } else { saved.date_orders },
        date_order: given.date_order.or(saved.date_order),
        decimal: given.decimal.or(saved.decimal),
        map,
        values: merged(saved.values, given.values),
        own_names: given.own_names,
        data: given.data,
        not_data: given.not_data,
        without_referrer: given.without_referrer || saved.without_referrer,
    }
}

/// Ends with the options that decide if anything is open.
fn questions(understood: &Understood) -> Result<(), Failure> {
    let open = &understood.view.ambiguities;
    let Some(first) = open.first() else { return Ok(()) };
    let code = match serde_json::to_value(first.kind) {
        Ok(Value::String(code)) => code,
        _ => "undecided".into(),
    };
    let options: Vec<&String> = open.iter().flat_map(|question| &question.options).collect();
    let sentences: Vec<String> = open
        .iter()
        .map(|question| format!("{} Decide with {}.", question.question, question.options.join(" or ")))
        .collect();
    Err(Failure::undecided(&code, sentences.join("\n"), json!(options)))
}

fn overrides(what: &Import) -> Result<Overrides, Failure> {
    let mut given = Overrides {
        encoding: what.encoding.clone(),
        delimiter: what.delimiter,
        header_record: what.header_record,
        sheet: what.sheet.clone(),
        date_order: what.date_order.map(|order| match order {
            Order::Mdy => DateOrder::Mdy,
            Order::Dmy => DateOrder::Dmy,
            Order::Ymd => DateOrder::Ymd,
        }),
        data: what.data.iter().copied().collect(),
        not_data: what.not_data.iter().copied().collect(),
        without_referrer: what.without_referrer,
        ..Overrides::default()
    };
    for pair in &what.map {
        let (column, field) = split(pair, "--map \"Referred by=referrer\"")?;
        given.map.insert(column.to_owned(), Field::parse(field)?);
    }
    for pair in &what.value {
        let (word, meaning) = split(pair, "--value \"Kept=seen\"")?;
        given.values.insert(word.to_owned(), meant(meaning)?);
    }
    Ok(given)
}

fn split<'a>(pair: &'a str, example: &str) -> Result<(&'a str, &'a str), Failure> {
    // The last sign divides: a heading may hold one, a field never does.
    match pair.rsplit_once('=').map(|(left, right)| (left.trim(), right.trim())) {
        Some((left, right)) if !left.is_empty() && !right.is_empty() => Ok((left, right)),
        _ => Err(Failure::usage(format!("\"{pair}\" is not of the form {example}."))),
    }
}

/// A meaning by its code: an outcome, a channel, a direction, `referrer` or `nothing`.
fn meant(code: &str) -> Result<Meaning, Failure> {
    fn of<T: DeserializeOwned>(code: &str) -> Option<T> {
        serde_json::from_value(json!(code.to_ascii_lowercase().replace(['-', ' '], "_"))).ok()
    }
    of::<Outcome>(code)
        .map(Meaning::Outcome)
        .or_else(|| of::<Channel>(code).map(Meaning::Channel))
        .or_else(|| of::<Direction>(code).map(Meaning::Direction))
        .or(match code {
            "referrer" => Some(Meaning::Referrer),
            "nothing" | "ignore" => Some(Meaning::Nothing),
            _ => None,
        })
        .ok_or_else(|| {
            Failure::usage(format!(
                "\"{code}\" means nothing here. Use an outcome (scheduled, seen, no_show, declined, lost), a channel (self_referred, \
                 internet_search, unnamed_friend, website, insurance_directory, advert, event, walk_in, unknown), a direction \
                 (inbound, outbound, internal), referrer or nothing."
            ))
        })
}

fn write_rejects(planned: &ImportPlan, target: &Path) -> Result<(), Failure> {
    std::fs::write(target, rejects_workbook(planned)?).map_err(|_| {
        Failure::new(
            Exit::Unwritable,
            "folder_refused",
            "The workbook of rejected rows can't be written. Choose another file.",
        )
    })
}

fn told(summary: &ImportSummary, done: &str, entry: Option<u32>) -> Result<Answer, Failure> {
    let mut value = serde_json::to_value(summary.script()).unwrap_or_default();
    if let (Value::Object(fields), Some(entry)) = (&mut value, entry) {
        fields.insert("entry".into(), json!(entry));
    }
    let referrals = &summary.referrals;
    let text = format!(
        "{} rows: {done}: {} new referrals, {} updated, {} unchanged; {} outbound, {} internal.\n\
         Partners: {} new, {} matched. People: {} new, {} matched.\n{} rows rejected, {} possible duplicates left out.",
        summary.rows,
        referrals.new,
        referrals.updated,
        referrals.unchanged,
        summary.outbound,
        summary.internal,
        summary.partners.new,
        summary.partners.matched,
        summary.people.new,
        summary.people.matched,
        summary.rejected.len(),
        summary.possible_duplicates.len()
    );
    Answer::new(&value, text)
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        let code = match serde_json::to_value(&error) {
            Ok(Value::Object(fields)) => {
                fields.get("code").and_then(Value::as_str).unwrap_or("unreadable").to_owned()
            }
            _ => "unreadable".to_owned(),
        };
        let exit = match &error {
            ReadError::Undecided { .. } => Exit::Undecided,
            ReadError::UnknownWord { .. }
            | ReadError::NoSuchColumn { .. }
            | ReadError::NoSuchHeader { .. }
            | ReadError::NoSuchSheet { .. }
            | ReadError::UnknownEncoding { .. } => Exit::Usage,
            ReadError::Cancelled => Exit::Failed,
            _ => Exit::Unreadable,
        };
        let more = match &error {
            ReadError::Undecided { option, .. } => Some(json!({ "decide_with": [option] })),
            _ => None,
        };
        Self { more, ..Self::new(exit, code, error.to_string()) }
    }
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        let code = error.code();
        match error {
            ImportError::Store(error) => error.into(),
            ImportError::Invalid { .. } => Self::usage(error.to_string()),
            _ => Self::new(Exit::Failed, code, error.to_string()),
        }
    }
}
