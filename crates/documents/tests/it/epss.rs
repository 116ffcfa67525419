//! FIRST's exploit prediction scores.

use isocenter_documents::epss;
use isocenter_model::vulnerability::ExploitPredictions;
use isocenter_model::{Document, Reading};
use proptest::prelude::*;

#[track_caller]
fn predictions(reading: &Reading) -> &ExploitPredictions {
    match &reading.document {
        Some(Document::ExploitPredictions(predictions)) => predictions,
        other => panic!("no predictions: {other:?}, {:?}", reading.problems),
    }
}

fn problems(reading: &Reading) -> String {
    let lines: Vec<String> = reading
        .problems
        .iter()
        .map(|problem| {
            format!(
                "{} {} {}: {}",
                problem.level, problem.id, problem.at, problem.message
            )
        })
        .collect();
    lines.join("\n")
}

#[test]
fn the_comment_names_model_and_day_and_each_row_is_read() {
    let reading = epss::read(
        b"#model_version:v2025.03.14,score_date:2025-08-25T00:00:00+0000\ncve,epss,percentile\nCVE-1999-0001,0.0142,0.79836\nCVE-2021-44228,0.94358,1\n",
    );
    assert_eq!(problems(&reading), "");
    assert_eq!(reading.version.as_deref(), Some("v2025.03.14"));
    let predictions = predictions(&reading);
    assert_eq!(predictions.scored, "2025-08-25T00:00:00Z".parse().ok());
    let rows: Vec<(&str, f64, f64)> = predictions
        .entries
        .iter()
        .map(|row| (row.cve.as_str(), row.probability, row.percentile))
        .collect();
    assert_eq!(
        rows,
        [
            ("CVE-1999-0001", 0.0142, 0.798_36),
            ("CVE-2021-44228", 0.943_58, 1.0)
        ]
    );
}

#[test]
fn an_old_file_without_comment_and_with_other_columns_is_read() {
    let reading =
        epss::read(b"\xEF\xBB\xBFpercentile, EPSS ,cve,more\r\n0.5,0.1,CVE-2020-12345,x\r\n");
    assert_eq!(
        predictions(&reading).entries[0].probability.to_string(),
        "0.1"
    );
    assert_eq!(
        problems(&reading),
        "note epss-date-missing line 1: the file does not say of which day its scores are"
    );
}

#[test]
fn a_file_saved_as_utf_16_is_read() {
    let text = "\u{feff}#model_version:v1,score_date:2025-08-25T00:00:00+0000\ncve,epss,percentile\nCVE-2021-44228,0.94358,1\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let reading = epss::read(&bytes);
    assert_eq!(problems(&reading), "");
    assert_eq!(predictions(&reading).entries[0].cve, "CVE-2021-44228");
}

#[test]
fn a_bad_row_is_set_aside_with_its_line() {
    let reading = epss::read(
        b"#model_version:x,score_date:someday\ncve,epss,percentile\nCVE-2020-12345,0.1,0.2\nCVE-2020-1,0.1,0.2\nCVE-2020-12346,1.5,0.2\nCVE-2020-12347,NaN,0.2\nCVE-2020-12348\n\nCVE-2020-12349,0.1,\nCVE-2020-12350,1e-3,9\n\xff\xfe,1,1\n=cmd|'/C calc'!A0,0.1,0.1\nCVE-2020-12351,1e999,0\n",
    );
    insta::assert_snapshot!(problems(&reading), @"
    warning epss-date-malformed line 1: 'someday' is no date and time
    note epss-date-missing line 1: the file does not say of which day its scores are
    error epss-id-malformed line 4: 'CVE-2020-1' is no CVE id, so the row was set aside; CVE-YYYY-NNNN is expected
    error epss-score-invalid line 5: '1.5' is no probability, so the row was set aside; a number from 0 to 1 is expected
    error epss-score-invalid line 6: 'NaN' is no probability, so the row was set aside; a number from 0 to 1 is expected
    error epss-score-invalid line 7: '' is no probability, so the row was set aside; a number from 0 to 1 is expected
    warning epss-percentile-invalid line 10: '9' is no percentile; a number from 0 to 1 is expected
    error epss-id-malformed line 11: '' is no CVE id, so the row was set aside; CVE-YYYY-NNNN is expected
    error epss-id-malformed line 12: '=cmd|'/C calc'!A0' is no CVE id, so the row was set aside; CVE-YYYY-NNNN is expected
    error epss-score-invalid line 13: '1e999' is no probability, so the row was set aside; a number from 0 to 1 is expected
    note epss-percentile-missing document: rows without a percentile, which was read as 0: 1
    ");
    assert_eq!(predictions(&reading).entries.len(), 3);
}

#[test]
fn what_is_no_table_is_an_error() {
    for (bytes, id) in [
        (&b""[..], "epss-empty"),
        (
            b"#model_version:x,score_date:2025-01-01T00:00:00Z",
            "epss-empty",
        ),
        (b"id,score\n1,2\n", "epss-header-missing"),
        (&[0; 1_000], "epss-header-missing"),
        (b"{\"cve\":1}", "epss-header-missing"),
    ] {
        let reading = epss::read(bytes);
        assert!(reading.document.is_none());
        assert!(problems(&reading).contains(id), "{}", problems(&reading));
    }
}

#[test]
fn a_hundred_thousand_bad_rows_are_told_in_a_hundred() {
    let mut text = "cve,epss,percentile\n".to_owned();
    text.push_str(&"x\u{202e}\u{1b}[2J,0.1,0.1\n".repeat(100_000));
    text.push_str("CVE-2020-12345,0.1,0.2\n\"an open quote,1\n");
    let reading = epss::read(text.as_bytes());
    assert!(reading.problems.len() < 110);
    assert_eq!(predictions(&reading).entries.len(), 1);
    assert!(
        reading
            .problems
            .iter()
            .all(|problem| !problem.message.contains(['\u{202e}', '\u{1b}']))
    );
}

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut table = b"cve,epss\n".to_vec();
        table.extend(bytes);
        let reading = epss::read(&table);
        prop_assert!(reading.document.is_some());
    }
}

#[test]
fn the_real_scores_are_read_completely() {
    let Some(path) = crate::real_data("epss/epss_scores_kev_subset.csv") else {
        return;
    };
    let bytes = std::fs::read(path).unwrap();
    let rows = String::from_utf8_lossy(&bytes).lines().count() as u64 - 2;
    let reading = epss::read(&bytes);
    assert_eq!(reading.summary.get("records"), Some(&rows));
    // The subset states neither day nor percentiles.
    let ids: Vec<&str> = reading.problems.iter().map(|problem| problem.id).collect();
    assert_eq!(ids, ["epss-date-missing", "epss-percentile-missing"]);
}
