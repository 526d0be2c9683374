//! The list as it is kept: a line an entry, compressed, and looked through for an NPI or a name.

use std::io::Read;

use chrono::NaiveDate;
use memchr::memmem;

use crate::foundation::names::PersonalName;
use crate::foundation::npi::Npi;
use crate::foundation::text::words;
use crate::foundation::us_state::usps;

/// Columns the check can't do without, as the file of the OIG names them.
const NEEDED: [&str; 6] = ["LASTNAME", "FIRSTNAME", "BUSNAME", "NPI", "STATE", "EXCLDATE"];
/// zstd level: the list is packed once and read often.
const LEVEL: i32 = 9;
/// What stands where nothing is known.
const NOTHING: &str = "-";
/// Words of organisations that say nothing about which one it is.
const LEGAL: [&str; 12] =
    ["inc", "llc", "pc", "pa", "pllc", "ltd", "corp", "co", "company", "corporation", "incorporated", "the"];

/// Why a file is not the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotTheList {
    /// It lacks columns, or is no CSV.
    Columns,
    /// It holds nobody.
    Empty,
    /// Reading was stopped.
    Stopped,
}

/// A list that was read: its lines, and how many.
pub(super) struct WholeList {
    pub(super) lines: String,
    pub(super) entries: u32,
}

/// Reads the file of the OIG (CSV with LASTNAME, FIRSTNAME, MIDNAME, BUSNAME, GENERAL, SPECIALTY, UPIN, NPI, DOB, ADDRESS, CITY,
/// STATE, ZIP, EXCLTYPE, EXCLDATE, REINDATE, WAIVERDATE, WVRSTATE). Whoever was reinstated by `today` is left out. `on` is told
/// how many lines are done and says whether to go on.
pub(super) fn parse(
    file: impl Read,
    today: NaiveDate,
    mut on: impl FnMut(u32) -> bool,
) -> Result<WholeList, NotTheList> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file);
    let headings = reader.byte_headers().map_err(|_| NotTheList::Columns)?.clone();
    let column = |name: &str| {
        headings.iter().position(|heading| {
            let text = String::from_utf8_lossy(heading);
            text.trim_start_matches('\u{feff}').trim().trim_matches('"').eq_ignore_ascii_case(name)
        })
    };
    if NEEDED.iter().any(|name| column(name).is_none()) {
        return Err(NotTheList::Columns);
    }
    let at = |name| column(name).unwrap_or(usize::MAX);
    let (last, first, business, npi) = (at("LASTNAME"), at("FIRSTNAME"), at("BUSNAME"), at("NPI"));
    let (state, kind, excluded) = (at("STATE"), at("EXCLTYPE"), at("EXCLDATE"));
    let (reinstated, waived) = (at("REINDATE"), at("WVRSTATE"));
    let (mut lines, mut entries, mut done) = (String::from("\n"), 0, 0);
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(|_| NotTheList::Columns)? {
        done += 1;
        if !on(done) {
            return Err(NotTheList::Stopped);
        }
        let cell =
            |at: usize| record.get(at).map(String::from_utf8_lossy).unwrap_or_default().trim().to_owned();
        if day(&cell(reinstated)).is_some_and(|on| on <= today) {
            continue;
        }
        let key = match cell(business) {
            name if !name.is_empty() => organisation_key(&name),
            _ => person_key(&cell(last), &cell(first)),
        };
        let npi = Npi::parse(&cell(npi)).map_or_else(|_| NOTHING.to_owned(), |npi| npi.to_string());
        if key.len() <= 2 && npi == NOTHING {
            continue;
        }
        entries += 1;
        let known =
            |text: String| if text.is_empty() { NOTHING.to_owned() } else { text.replace(['\t', '\n'], " ") };
        let line = [
            npi,
            key,
            known(cell(state).to_uppercase()),
            known(day(&cell(excluded)).map(|on| on.to_string()).unwrap_or_default()),
            known(cell(kind)),
            known(cell(waived).to_uppercase()),
        ];
        lines.push_str(&line.join("\t"));
        lines.push('\n');
    }
    if entries == 0 { Err(NotTheList::Empty) } else { Ok(WholeList { lines, entries }) }
}

/// A day of the file, as yyyymmdd; eight zeros are none.
fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y%m%d").ok()
}

/// What a person is looked for by: family and given name, folded.
pub(super) fn person_key(family: &str, given: &str) -> String {
    let first = words(given).into_iter().next().unwrap_or_default();
    format!("p:{} {first}", words(family).join(" ")).trim_end().to_owned()
}

/// The same of a name as it is shown.
pub(super) fn person_key_of(name: &str) -> Option<String> {
    PersonalName::parse(name)
        .map(|name| person_key(&name.family, &name.given))
        .filter(|key| key.contains(' '))
}

/// What an organisation is looked for by: its words without those of its legal form.
pub(super) fn organisation_key(name: &str) -> String {
    let told: Vec<String> = words(name).into_iter().filter(|word| !LEGAL.contains(&word.as_str())).collect();
    format!("b:{}", told.join(" "))
}

/// The lines, compressed.
pub(super) fn packed(lines: &str) -> std::io::Result<Vec<u8>> {
    zstd::bulk::compress(lines.as_bytes(), LEVEL)
}

/// An entry of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::gratitude) struct Listed {
    /// Since when.
    pub(in crate::gratitude) since: Option<NaiveDate>,
    /// The section of the law, as the list has it.
    pub(in crate::gratitude) kind: String,
    /// The state in which it is waived; empty: none.
    pub(in crate::gratitude) waived_in: String,
}

/// The list, ready to be looked through.
pub(super) struct Lines(String);

impl Lines {
    pub(super) fn unpacked(packed: &[u8]) -> Option<Self> {
        let lines = zstd::stream::decode_all(packed).ok()?;
        String::from_utf8(lines).ok().map(Self)
    }

    /// The entry with this NPI.
    pub(super) fn by_npi(&self, npi: &str) -> Option<Listed> {
        if npi.len() != 10 {
            return None;
        }
        let at = memmem::find(self.0.as_bytes(), format!("\n{npi}\t").as_bytes())?;
        self.entry(at + 1).map(|(_, _, listed)| listed)
    }

    /// An entry of this name in one of these states. A state nobody knows, of ours or of the entry, tells no one apart. One that
    /// has another NPI than ours is somebody else.
    pub(super) fn by_name(&self, key: &str, states: &[String], ours: Option<&str>) -> Option<Listed> {
        let ours_in: Option<Vec<&str>> = states.iter().map(|state| usps(state)).collect();
        let ours_in = ours_in.unwrap_or_default();
        let needle = format!("\t{key}\t");
        memmem::find_iter(self.0.as_bytes(), needle.as_bytes()).find_map(|found| {
            let begin = self.0[..found].rfind('\n')? + 1;
            let (npi, state, listed) = self.entry(begin)?;
            let other = ours.is_some_and(|ours| npi != NOTHING && npi != ours);
            let there = usps(state).is_none_or(|listed| ours_in.is_empty() || ours_in.contains(&listed));
            (!other && there).then_some(listed)
        })
    }

    fn entry(&self, begin: usize) -> Option<(&str, &str, Listed)> {
        let line = self.0[begin..].split('\n').next()?;
        let cells: Vec<&str> = line.split('\t').collect();
        let [npi, _, state, since, kind, waived] = cells.as_slice() else { return None };
        let known = |text: &str| if text == NOTHING { String::new() } else { text.to_owned() };
        let listed = Listed { since: since.parse().ok(), kind: known(kind), waived_in: known(waived) };
        Some((npi, state, listed))
    }

    /// Every NPI and every name of the list, to look up many.
    pub(super) fn keys(&self) -> std::collections::HashSet<&str> {
        let lines = self.0.lines().filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?, cells.next()?))
        });
        lines.flat_map(|(npi, key)| [npi, key]).filter(|key| *key != NOTHING).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "LASTNAME,FIRSTNAME,MIDNAME,BUSNAME,GENERAL,SPECIALTY,UPIN,NPI,DOB,ADDRESS,CITY,STATE,ZIP,EXCLTYPE,EXCLDATE,REINDATE,WAIVERDATE,WVRSTATE";

    fn list(rows: &str) -> Lines {
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).expect("a day");
        let read = parse(format!("{HEAD}\n{rows}").as_bytes(), today, |_| true).expect("a list");
        Lines::unpacked(&packed(&read.lines).expect("packed")).expect("unpacked")
    }

    fn states(all: &[&str]) -> Vec<String> {
        all.iter().map(|state| (*state).to_owned()).collect()
    }

    #[test]
    fn an_npi_tells_and_a_name_with_its_state_may_be_the_same() {
        let list = list(
            "QUILL,MARTIN,J,,PHYSICIAN,,,1234567893,19600101,1 A ST,PORTLAND,ME,04101,1128a1,20190520,00000000,00000000,\n\
             O'HARA,ZOË,,,NURSE,,,0000000000,,1 A ST,BOSTON,MA,02101,1128b4,20200101,00000000,00000000,\n\
             ,,,\"SHADY LABS, INC.\",LAB,,,0000000000,,2 B ST,AUSTIN,TX,78701,1128a1,20210101,00000000,20220101,TX\n",
        );
        let found = list.by_npi("1234567893").expect("on it");
        assert_eq!(
            (found.since.map(|on| on.to_string()).as_deref(), found.kind.as_str()),
            (Some("2019-05-20"), "1128a1")
        );
        assert!(list.by_npi("1245319599").is_none() && list.by_npi("").is_none());
        let key = person_key("Quill", "Martin James");
        assert!(list.by_name(&key, &states(&["ME"]), None).is_some());
        assert!(list.by_name(&key, &states(&["VT"]), None).is_none());
        assert!(list.by_name(&key, &[], None).is_some(), "where they are is not known: it may be them");
        assert!(list.by_name(&key, &states(&["Maine"]), None).is_some());
        assert!(list.by_name(&key, &states(&["vermont"]), None).is_none());
        for unknown in ["", "Ontario"] {
            assert!(
                list.by_name(&key, &states(&["VT", unknown]), None).is_some(),
                "{unknown:?} tells nothing"
            );
        }
        assert!(
            list.by_name(&key, &states(&["ME"]), Some("1245319599")).is_none(),
            "another NPI is another person"
        );
        assert!(list.by_name(&person_key("OHara", "Zoe"), &states(&["MA"]), Some("1245319599")).is_some());
        let labs =
            list.by_name(&organisation_key("The Shady Labs LLC"), &states(&["TX"]), None).expect("on it");
        assert_eq!(labs.waived_in, "TX");
    }

    #[test]
    fn an_entry_whose_state_is_spelled_out_or_unknown_is_not_missed() {
        let list = list(
            "QUILL,MARTIN,,,NURSE,,,0000000000,,1 A ST,LIMA,Ohio,45801,1128b4,20200101,00000000,00000000,\n\
             OAK,ANN,,,NURSE,,,0000000000,,1 A ST,TOWN,XX,,1128b4,20200101,00000000,00000000,\n",
        );
        let named = |family, given, state| list.by_name(&person_key(family, given), &states(&[state]), None);
        assert!(named("Quill", "Martin", "OH").is_some());
        assert!(named("Quill", "Martin", "ME").is_none());
        assert!(named("Oak", "Ann", "ME").is_some());
    }

    #[test]
    fn whoever_was_reinstated_is_left_out_and_a_strange_file_is_refused() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).expect("a day");
        let rows = "QUILL,MARTIN,,,,,,1234567893,,,,ME,,1128a1,20190520,20240101,00000000,\nOAK,ANN,,,,,,,,,,ME,,1128a1,20190520,20270101,,\n";
        let read = parse(format!("{HEAD}\n{rows}").as_bytes(), today, |_| true).expect("a list");
        assert_eq!(read.entries, 1);
        let refused = |text: &str| parse(text.as_bytes(), today, |_| true).err();
        assert_eq!(refused("Name,City\nA,B\n"), Some(NotTheList::Columns));
        assert_eq!(refused(HEAD), Some(NotTheList::Empty));
        assert_eq!(
            parse(format!("{HEAD}\n{rows}").as_bytes(), today, |_| false).err(),
            Some(NotTheList::Stopped)
        );
    }
}
