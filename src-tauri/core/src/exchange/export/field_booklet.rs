//! A day outside on paper: how it goes on the first page, then a page for each stop. It names no patient.

use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use chrono::NaiveDate;

use super::error::ExportError;
use super::order::{Exported, SheetRows};
use super::register::may_export;
use super::staged::Staged;
use crate::audit::record_export;
use crate::field::{Booklet, VisitBrief, VisitTopic, booklet};
use crate::foundation::id::VisitDayId;
use crate::outreach::TouchForm;
use crate::papers::{Block, Letterhead, Paper, PaperSize, Table, TableColumn, pdf};
use crate::practice::Practice;
use crate::vault::Area;

/// Writes the booklet of a day to `target` as PDF.
///
/// # Errors
/// See [`ExportError`]; what stood at `target` is unchanged then.
pub fn field_booklet(practice: &Practice, day: VisitDayId, target: &Path) -> Result<Exported, ExportError> {
    may_export(practice, &[Area::Outreach], false)?;
    let (booklet, head, size) = booklet(practice, day)?;
    let going: Vec<&VisitBrief> = booklet.briefs.iter().filter(|brief| brief.begin.is_some()).collect();
    let printed =
        pdf(&paper(&booklet, &going, head, size)).map_err(|error| ExportError::Write(error.to_string()))?;
    let mut staged = Staged::begin(practice, target)?;
    let file = staged.file();
    file.write_all(&printed.bytes)?;
    file.flush()?;
    file.seek(SeekFrom::Start(0))?;
    let mut read = Vec::with_capacity(printed.bytes.len());
    file.read_to_end(&mut read)?;
    if read != printed.bytes {
        return Err(ExportError::NotVerified);
    }
    let (file_name, stops) = (staged.file_name(), u32::try_from(going.len()).unwrap_or(u32::MAX));
    let entry = record_export(practice, "export_field_day", &file_name, stops, None)?;
    staged.finish()?;
    let sheets = vec![SheetRows { sheet: "Stops".into(), rows: stops }];
    Ok(Exported { file_name, sheets, shortened: 0, left_out: 0, unnamed: 0, entry })
}

fn paper(booklet: &Booklet, going: &[&VisitBrief], letterhead: Letterhead, size: PaperSize) -> Paper {
    let title = format!("Visits on {}", day(booklet.on));
    let mut blocks = vec![Block::Title(title.clone()), Block::Table(course(booklet, going))];
    blocks.push(Block::Remark(format!(
        "{}; {} on the road, about. Ways are estimates from the map, not from traffic.",
        miles(booklet.way.0),
        hours(booklet.way.1)
    )));
    for (number, brief) in (1..).zip(going) {
        blocks.push(Block::NewPage);
        page(number, brief, booklet.on, &mut blocks);
    }
    let footer = format!("{title} · {}", booklet.liaison);
    Paper { title, letterhead, size, blocks, footer, ..Paper::default() }
}

fn course(booklet: &Booklet, going: &[&VisitBrief]) -> Table {
    let columns = vec![
        TableColumn::words("Time", 1.2),
        TableColumn::words("Where", 4.0),
        TableColumn::words("Telephone", 2.0),
        TableColumn::numbers("Minutes", 1.0),
    ];
    let line = |at: u32, what: &str, phone: &str, minutes: String| {
        vec![clock(at), what.to_owned(), phone.to_owned(), minutes]
    };
    let mut timed = vec![(booklet.start.1, line(booklet.start.1, &booklet.start.0, "", String::new()))];
    for (number, brief) in (1..).zip(going) {
        let what = format!("{number}. {}\n{}", brief.name, brief.address.join(", "));
        let phone = brief.phone.as_deref().unwrap_or_default();
        let at = brief.begin.unwrap_or_default();
        timed.push((at, line(at, what.trim(), phone, brief.minutes.to_string())));
    }
    if let Some((at, minutes)) = booklet.meal {
        timed.push((at, line(at, "Meal", "", minutes.to_string())));
        timed.sort_by_key(|(at, _)| *at);
    }
    timed.push((booklet.end.1, line(booklet.end.1, &booklet.end.0, "", String::new())));
    Table { columns, rows: timed.into_iter().map(|(_, cells)| cells).collect() }
}

/// The page of a stop.
fn page(number: u32, brief: &VisitBrief, on: NaiveDate, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(format!("{number}. {}", brief.name)));
    let mut facts = vec![("When", format!("{}, {} minutes", clock(brief.begin.unwrap_or(0)), brief.minutes))];
    if !brief.address.is_empty() {
        facts.push(("Where", brief.address.join(", ")));
    }
    facts.extend(brief.phone.clone().map(|phone| ("Telephone", phone)));
    if !brief.goal.is_empty() {
        facts.push(("Goal", brief.goal.clone()));
    }
    blocks.push(Block::Facts(facts.into_iter().map(|(label, value)| (label.to_owned(), value)).collect()));
    let list = |title: &str, items: Vec<String>, blocks: &mut Vec<Block>| {
        if !items.is_empty() {
            blocks.push(Block::Heading(title.to_owned()));
            blocks.push(Block::List(items));
        }
    };
    let people = brief.people.iter().map(|person| {
        let does: Vec<String> = [
            Some(person.role.replace('_', " ")).filter(|role| !role.is_empty()),
            person.decides.then(|| "decides".to_owned()),
            person.usually_picks.then(|| "usually picks".to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect();
        if does.is_empty() { person.name.clone() } else { format!("{} ({})", person.name, does.join(", ")) }
    });
    list("Who", people.collect(), blocks);
    let promises = brief.promises.iter().map(|one| format!("{}, by {}", one.title, short(one.due_on, on)));
    list("Promised and to be done", promises.collect(), blocks);
    let concerns = brief.concerns.iter().map(|one| {
        let told = one
            .told_on
            .map_or_else(|| "they were not told".to_owned(), |told| format!("told {}", short(told, on)));
        format!("{} (since {}, {told})", one.what, short(one.opened_on, on))
    });
    list("Open concerns", concerns.collect(), blocks);
    if !brief.words.why_refer.is_empty() {
        blocks.push(Block::Heading("Why send a patient to us".to_owned()));
        blocks.push(Block::Paragraph(brief.words.why_refer.clone()));
    }
    let points = brief.words.talking_points.lines().map(str::trim).filter(|line| !line.is_empty());
    list("What to say", points.map(str::to_owned).collect(), blocks);
    let touches = brief.touches.iter().map(|one| {
        let said = [one.purpose.as_str(), one.learned.as_str()].into_iter().filter(|text| !text.is_empty());
        let said: Vec<&str> = said.collect();
        let colon = if said.is_empty() { "" } else { ": " };
        format!("{}, {}{colon}{}", short(one.on, on), form(one.form), said.join("; "))
    });
    list("Last contacts", touches.collect(), blocks);
    blocks.push(Block::Heading("Talk about".to_owned()));
    let topics = VisitTopic::ALL.iter().map(|one| (topic(*one).to_owned(), brief.topics.contains(one)));
    blocks.push(Block::Checklist(topics.collect()));
    blocks.push(Block::Facts(vec![
        ("What came of it".into(), String::new()),
        ("Next step".into(), String::new()),
    ]));
}

fn topic(topic: VisitTopic) -> &'static str {
    match topic {
        VisitTopic::Philosophy => "How we care",
        VisitTopic::SuccessStories => "Success stories",
        VisitTopic::Specialties => "Specialties",
        VisitTopic::MeetingFormat => "How to meet",
    }
}

fn form(form: TouchForm) -> &'static str {
    match form {
        TouchForm::Visit => "visit",
        TouchForm::Video => "video",
        TouchForm::Call => "call",
        TouchForm::Lunch => "lunch",
        TouchForm::Email => "e-mail",
        TouchForm::Letter => "letter",
        TouchForm::Social => "social media",
        TouchForm::Event => "event",
        TouchForm::DropOff => "drop-off",
    }
}

fn day(on: NaiveDate) -> String {
    on.format("%A, %B %-d, %Y").to_string()
}

/// A day in a few letters; with its year where it is another than that of the booklet.
fn short(on: NaiveDate, of: NaiveDate) -> String {
    use chrono::Datelike;
    on.format(if on.year() == of.year() { "%b %-d" } else { "%b %-d, %Y" }).to_string()
}

/// A time of day, from minutes since midnight.
fn clock(minute: u32) -> String {
    let (hour, half) = ((minute / 60) % 24, if (minute / 60) % 24 < 12 { "am" } else { "pm" });
    format!("{}:{:02} {half}", if hour % 12 == 0 { 12 } else { hour % 12 }, minute % 60)
}

fn hours(minutes: u32) -> String {
    if minutes < 60 { format!("{minutes} min") } else { format!("{} h {:02}", minutes / 60, minutes % 60) }
}

fn miles(tenths: u32) -> String {
    format!("{}.{} miles", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_people_do() {
        assert_eq!(
            [0, 719, 720, 615, 1_439].map(clock),
            ["12:00 am", "11:59 am", "12:00 pm", "10:15 am", "11:59 pm"]
        );
        assert_eq!([hours(59), hours(60), miles(338)], ["59 min", "1 h 00", "33.8 miles"]);
    }
}
