//! `route`: the order of a day's stops, for scripts that want to check it.

use serde_json::json;

use crate::Job;

#[test]
fn a_day_with_a_matrix_is_put_in_order_with_its_times() {
    let job = Job::new();
    let file = job.file(
        "day.json",
        r#"{"matrix": [[0, 10, 20], [10, 0, 5], [20, 5, 0]], "depart": 480,
            "stops": [{"id": "late", "open": 580, "close": 680, "service": 10, "priority": 1},
                      {"id": 7, "open": 480, "close": 510, "service": 10, "priority": 1}]}"#,
    );
    let said = job.run(&["route", &file]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(
        said.json(),
        json!({ "order": [7, "late"], "arrive": [500, 515], "travel": 35, "finish": 600, "unserved": [] })
    );
}

#[test]
fn stops_by_their_coordinates_take_the_estimate_of_the_drive() {
    let job = Job::new();
    let file = job.file(
        "day.json",
        r#"{"start": {"lat": 43.6591, "lon": -70.2568}, "depart": 480,
            "stops": [{"id": "Bangor", "lat": 44.8012, "lon": -68.7778, "service": 30.5}]}"#,
    );
    let said = job.run(&["route", &file]).json();
    assert_eq!(
        said,
        json!({ "order": ["Bangor"], "arrive": [765], "travel": 570, "finish": 1080.5, "unserved": [] })
    );
}

#[test]
fn what_does_not_fit_is_named_with_its_reason() {
    let job = Job::new();
    let file = job.file(
        "day.json",
        r#"{"matrix": [[0, 60, 60, 60], [60, 0, 60, 60], [60, 60, 0, 60], [60, 60, 60, 0]],
            "stops": [{"id": "a", "open": 0, "close": 30}, {"id": "b", "open": 60, "close": 60, "priority": 1},
                      {"id": "c", "open": 60, "close": 60, "priority": 2}]}"#,
    );
    let said = job.run(&["route", &file]).json();
    assert_eq!(said["order"], json!(["c"]));
    assert_eq!(
        said["unserved"],
        json!([{ "id": "a", "reason": "closed_on_arrival" }, { "id": "b", "reason": "no_time" }])
    );
}

#[test]
fn a_day_that_is_none_is_refused_in_words() {
    let job = Job::new();
    let refused = |name: &str, text: &str| job.run(&["route", &job.file(name, text)]).error();
    assert_eq!(refused("words.json", "tomorrow").1, "unreadable");
    assert_eq!(refused("crooked.json", r#"{"matrix": [[0, 1]], "stops": []}"#), (2, "usage".to_owned()));
    assert_eq!(refused("nowhere.json", r#"{"stops": [{"id": 1}]}"#), (2, "usage".to_owned()));
    let backwards = r#"{"matrix": [[0, 1], [1, 0]], "stops": [{"id": "x", "open": 9, "close": 8}]}"#;
    assert_eq!(refused("backwards.json", backwards), (2, "usage".to_owned()));
    assert_eq!(job.run(&["route", "no such file"]).error(), (6, "unreadable".to_owned()));
}
