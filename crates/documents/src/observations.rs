//! Observations on site: a CSV or worksheet with a row each, or JSON objects `{device, control, result, method, by, at}`.
//!
//! There is no standard for them; the columns follow `catalogs/tables.toml`, the JSON keys are the fields' own
//! names, alone in a list or under `observations`.
//!
//! Traps: a result is a word for "in place" or "not in place" in any of five languages, or a value that only a
//! person can weigh; an observation without a device or a control is about nothing.

use isocenter_model::document::Summary;
use isocenter_model::observation::{Observation, ObservationResult};
use isocenter_model::text::shortened;
use isocenter_model::{Document, DocumentKind, Place, Problem, Reading};
use serde::Deserialize;

use crate::headed::{self, Line, Vocabulary};
use crate::json::{self, Field, Filled, List, Path, Spare, Text};
use crate::spreadsheet::{self, Extent, Problems, Table};

const VOCABULARY: &str = "observations";

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
struct Envelope<'a> {
    #[serde(borrow)]
    observations: List<Wire<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an observation")]
struct Wire<'a> {
    #[serde(borrow)]
    device: Field<Text<'a>>,
    #[serde(borrow)]
    control: Field<Text<'a>>,
    #[serde(borrow)]
    result: Field<Value<'a>>,
    #[serde(borrow)]
    method: Field<Text<'a>>,
    #[serde(borrow)]
    by: Field<Text<'a>>,
    #[serde(borrow)]
    at: Field<Text<'a>>,
    #[serde(borrow)]
    remark: Field<Text<'a>>,
}

/// A result: a word, or true and false.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Value<'a> {
    Truth(bool),
    #[serde(borrow)]
    Words(Text<'a>),
}

/// Whether one of the tables lists observations.
pub(crate) fn is_list(tables: &[Table]) -> bool {
    Vocabulary::of(VOCABULARY).is_some_and(|vocabulary| headed::is_one(tables, vocabulary))
}

/// Reads observations.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let text = json::decode(bytes, &mut problems);
    let observations = match text.trim_start().chars().next() {
        Some('{') => read_json(&text, &mut problems),
        // A list of objects is the envelope's list without the envelope.
        Some('[') => read_json(&format!("{{\"observations\":{text}}}"), &mut problems),
        _ => match read_tables(bytes) {
            Ok((observations, found)) => {
                problems = found;
                observations
            }
            Err(problem) => return Reading::unreadable(DocumentKind::Observations, problem),
        },
    };
    Reading {
        kind: DocumentKind::Observations,
        version: None,
        summary: Summary::from([("observations", observations.len() as u64)]),
        document: (!observations.is_empty()).then_some(Document::Observations(observations)),
        problems: problems.finish(),
    }
}

fn read_json(text: &str, problems: &mut Problems) -> Vec<Observation> {
    let mut spare = Spare::default();
    let Some(envelope) = json::parse::<Envelope<'_>>(text, &mut spare, problems) else {
        return Vec::new();
    };
    let path = Path::Root.key("observations");
    envelope
        .observations
        .take(&path, problems)
        .collect::<Vec<_>>()
        .into_iter()
        .filter_map(|(index, wire)| from_json(wire, &path.index(index), problems))
        .collect()
}

fn from_json(wire: Wire<'_>, path: &Path<'_>, problems: &mut Problems) -> Option<Observation> {
    let at = wire.at.take(&path.key("at"), problems);
    let time = at.filled().and_then(json::timestamp);
    if time.is_none() && at.filled().is_some() {
        problems.push(undated(
            at.filled().unwrap_or_default(),
            path.key("at").place(),
        ));
    }
    let result = match wire.result.take(&path.key("result"), problems) {
        Some(Value::Truth(true)) => Some(ObservationResult::Present),
        Some(Value::Truth(false)) => Some(ObservationResult::Absent),
        Some(Value::Words(words)) => words.filled().map(result_of),
        None => None,
    };
    complete(
        wire.device.take(&path.key("device"), problems).owned(),
        wire.control.take(&path.key("control"), problems).owned(),
        result,
        path.place(),
        problems,
    )
    .map(|observation| Observation {
        method: wire.method.take(&path.key("method"), problems).owned(),
        by: wire.by.take(&path.key("by"), problems).owned(),
        remark: wire.remark.take(&path.key("remark"), problems).owned(),
        at: time,
        ..observation
    })
}

fn read_tables(bytes: &[u8]) -> Result<(Vec<Observation>, Problems), Problem> {
    let workbook = spreadsheet::open(bytes, Extent::Whole)?;
    let mut problems = workbook.problems;
    let mut observations = Vec::new();
    let tables = workbook.tables.iter().filter_map(|table| {
        let vocabulary = Vocabulary::of(VOCABULARY)?;
        headed::find(table, vocabulary)
    });
    for table in tables {
        table.report_unknown("observation-columns-unknown", &mut problems);
        for line in table.lines().filter(|line| !line.is_section()) {
            observations.extend(from_line(&line, &mut problems));
        }
    }
    Ok((observations, problems))
}

fn from_line(line: &Line<'_, '_>, problems: &mut Problems) -> Option<Observation> {
    let at = line.raw("at");
    let time = match line.day("at") {
        Some(Ok(day)) => json::timestamp(&day.to_string()),
        _ => at.as_deref().and_then(json::timestamp),
    };
    // A cell with a time of day is read as such, not as its day alone.
    let time = at.as_deref().and_then(json::timestamp).or(time);
    if time.is_none()
        && let Some(text) = line.text("at")
    {
        problems.push(undated(&text, line.place("at")));
    }
    complete(
        line.text("device"),
        line.text("control"),
        line.raw("result").as_deref().map(result_of),
        line.place("device"),
        problems,
    )
    .map(|observation| Observation {
        method: line.text("method"),
        by: line.text("by"),
        remark: line.text("remark"),
        at: time,
        ..observation
    })
}

fn undated(text: &str, at: Place) -> Problem {
    Problem::warning(
        "observation-time-unclear",
        at,
        format!("“{}” is no time that can be told", shortened(text, 40)),
    )
    .hint("write it as YYYY-MM-DD or in RFC 3339")
}

/// What a result's word means; a word that is not known is kept as it is.
fn result_of(text: &str) -> ObservationResult {
    let meaning =
        Vocabulary::of(VOCABULARY).and_then(|vocabulary| vocabulary.meaning("result", text));
    match meaning {
        Some("present") => ObservationResult::Present,
        Some("absent") => ObservationResult::Absent,
        Some("not-applicable") => ObservationResult::NotApplicable,
        _ => ObservationResult::Words(text.to_owned()),
    }
}

/// An observation that has all it needs; one that lacks something is set aside.
fn complete(
    device: Option<String>,
    control: Option<String>,
    result: Option<ObservationResult>,
    place: Place,
    problems: &mut Problems,
) -> Option<Observation> {
    let missing: Vec<&str> = [
        ("device", device.is_none()),
        ("control", control.is_none()),
        ("result", result.is_none()),
    ]
    .into_iter()
    .filter_map(|(name, is_missing)| is_missing.then_some(name))
    .collect();
    let (Some(device), Some(control), Some(result)) = (device, control, result) else {
        problems.push(Problem::error(
            "observation-incomplete",
            place,
            format!(
                "the observation lacks its {} and was set aside",
                missing.join(" and ")
            ),
        ));
        return None;
    };
    Some(Observation {
        device,
        control,
        result,
        method: None,
        by: None,
        at: None,
        remark: None,
        place,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        assert_eq!(
            crate::recognise(text.as_bytes()),
            DocumentKind::Observations,
            "{text}"
        );
        let reading = read(text.as_bytes());
        let mut lines = Vec::new();
        if let Some(Document::Observations(observations)) = &reading.document {
            for one in observations {
                lines.push(format!(
                    "{} | {} | {:?} | {} | {} | {}",
                    one.device,
                    one.control,
                    one.result,
                    one.method.as_deref().unwrap_or("-"),
                    one.by.as_deref().unwrap_or("-"),
                    one.at.map_or("-".to_owned(), |at| at.to_string()),
                ));
            }
        }
        lines.extend(
            reading
                .problems
                .iter()
                .map(|problem| format!("! {} {} {}", problem.id, problem.at, problem.message)),
        );
        lines.join("\n")
    }

    #[test]
    fn rows_of_a_table_are_observations_and_half_of_one_is_none() {
        insta::assert_snapshot!(told("Asset ID,Check,Result,Method,Checked by,Date,Room\n\
            CT-1,TLS on,Yes,scan,biomed,2026-11-02,12\nCT-1,Default account removed,nicht erfüllt,hand,,02.11.2026,\n\
            CT-2,Port 104,open to VLAN 12,,,2026-11-02T10:15:00Z,\nCT-2,,yes,,,,\nCT-3,Disk encryption,N/A,,,soon,\n"), @r#"
        CT-1 | TLS on | Present | scan | biomed | 2026-11-02T00:00:00Z
        CT-1 | Default account removed | Absent | hand | - | 2026-11-02T00:00:00Z
        CT-2 | Port 104 | Words("open to VLAN 12") | - | - | 2026-11-02T10:15:00Z
        CT-3 | Disk encryption | NotApplicable | - | - | -
        ! observation-columns-unknown line 1 1 column is not read: “Room”
        ! observation-incomplete line 5 the observation lacks its control and was set aside
        ! observation-time-unclear line 6 “soon” is no time that can be told
        "#);
    }

    #[test]
    fn json_is_a_list_or_stands_under_its_name() {
        let list = r#"[{"device":"CT-1","control":"TLS on","result":true,"at":"2026-11-02T10:00:00Z","by":"biomed"},
            {"device":"CT-1","control":"port 23 closed","result":"no"},{"device":7},{"control":"x","result":"yes"}]"#;
        let plain = told(list);
        insta::assert_snapshot!(plain, @"
        CT-1 | TLS on | Present | - | biomed | 2026-11-02T10:00:00Z
        CT-1 | port 23 closed | Absent | - | - | -
        ! json-value-set-aside /observations/2/device the value was set aside: invalid type: integer `7`, expected a string
        ! observation-incomplete /observations/2 the observation lacks its device and control and result and was set aside
        ! observation-incomplete /observations/3 the observation lacks its device and was set aside
        ");
        assert_eq!(plain, told(&format!("{{\"observations\":{list}}}")));
    }
}
