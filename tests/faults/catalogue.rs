//! `docs/faults.md` lists every case, and each test it names is there.

use std::collections::BTreeSet;
use std::path::Path;

const CASES: [(char, u32); 9] =
    [('D', 20), ('C', 8), ('K', 12), ('B', 14), ('I', 18), ('E', 6), ('Z', 5), ('R', 4), ('U', 10)];

#[test]
fn every_case_names_tests_that_are_there_or_says_why_it_has_none() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = std::fs::read_to_string(root.join("docs/faults.md")).expect("the list");
    let mut listed = BTreeSet::new();
    for line in text.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [case, _, tried] = cells[..] else { panic!("three cells: {line}") };
        if !CASES.iter().any(|(kind, _)| case.starts_with(*kind)) {
            continue;
        }
        assert!(listed.insert(case.to_owned()), "{case} is listed twice");
        let named: Vec<&str> = tried
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|name| name.starts_with("tests/") || name.starts_with("src-tauri/"))
            .collect();
        assert!(
            !named.is_empty() || tried.starts_with("no test"),
            "{case} says where it is tried, or why not"
        );
        for name in named {
            let (file, test) = name.split_once("::").unwrap_or((name, ""));
            let source = std::fs::read_to_string(root.join(file))
                .unwrap_or_else(|error| panic!("{case}, {file}: {error}"));
            assert!(test.is_empty() || source.contains(&format!("fn {test}(")), "{case}: there is no {name}");
        }
    }
    let all: BTreeSet<String> = CASES
        .iter()
        .flat_map(|(kind, last)| (1..=*last).map(move |number| format!("{kind}{number}")))
        .collect();
    assert_eq!(all.difference(&listed).collect::<Vec<_>>(), Vec::<&String>::new(), "cases without a line");
    assert_eq!(listed.difference(&all).collect::<Vec<_>>(), Vec::<&String>::new(), "lines without a case");
}
