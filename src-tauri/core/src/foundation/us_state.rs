//! States of the United States as the post writes them.

use super::text::words;

/// Code and name, folded, of the states, the territories and the posts of the armed forces (USPS Publication 28, appendix B).
const ALL: [(&str, &str); 62] = [
    ("AL", "alabama"),
    ("AK", "alaska"),
    ("AZ", "arizona"),
    ("AR", "arkansas"),
    ("CA", "california"),
    ("CO", "colorado"),
    ("CT", "connecticut"),
    ("DE", "delaware"),
    ("DC", "district of columbia"),
    ("FL", "florida"),
    ("GA", "georgia"),
    ("HI", "hawaii"),
    ("ID", "idaho"),
    ("IL", "illinois"),
    ("IN", "indiana"),
    ("IA", "iowa"),
    ("KS", "kansas"),
    ("KY", "kentucky"),
    ("LA", "louisiana"),
    ("ME", "maine"),
    ("MD", "maryland"),
    ("MA", "massachusetts"),
    ("MI", "michigan"),
    ("MN", "minnesota"),
    ("MS", "mississippi"),
    ("MO", "missouri"),
    ("MT", "montana"),
    ("NE", "nebraska"),
    ("NV", "nevada"),
    ("NH", "new hampshire"),
    ("NJ", "new jersey"),
    ("NM", "new mexico"),
    ("NY", "new york"),
    ("NC", "north carolina"),
    ("ND", "north dakota"),
    ("OH", "ohio"),
    ("OK", "oklahoma"),
    ("OR", "oregon"),
    ("PA", "pennsylvania"),
    ("RI", "rhode island"),
    ("SC", "south carolina"),
    ("SD", "south dakota"),
    ("TN", "tennessee"),
    ("TX", "texas"),
    ("UT", "utah"),
    ("VT", "vermont"),
    ("VA", "virginia"),
    ("WA", "washington"),
    ("WV", "west virginia"),
    ("WI", "wisconsin"),
    ("WY", "wyoming"),
    ("AS", "american samoa"),
    ("FM", "federated states of micronesia"),
    ("GU", "guam"),
    ("MH", "marshall islands"),
    ("MP", "northern mariana islands"),
    ("PW", "palau"),
    ("PR", "puerto rico"),
    ("VI", "virgin islands"),
    ("AA", "armed forces americas"),
    ("AE", "armed forces europe"),
    ("AP", "armed forces pacific"),
];

/// The code of a state that was written as its code or its name, in any case and with points: "Ohio", "oh" and "O.H." are OH.
/// Nothing for any other text.
pub fn usps(text: &str) -> Option<&'static str> {
    let words = words(text);
    let (name, letters) = (words.join(" "), words.concat());
    ALL.iter()
        .find(|(code, full)| *full == name || code.eq_ignore_ascii_case(&letters))
        .map(|(code, _)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_a_code_are_one_state_and_other_texts_are_none() {
        for text in ["Ohio", "OH", "oh", " O.H. ", "OHIO"] {
            assert_eq!(usps(text), Some("OH"), "{text}");
        }
        assert_eq!((usps("West Virginia"), usps("W. Va."), usps("D.C.")), (Some("WV"), None, Some("DC")));
        assert!(["", "-", "Ontario", "Oh no", "XX"].iter().all(|text| usps(text).is_none()));
    }
}
