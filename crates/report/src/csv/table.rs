//! Rows under a header, as RFC 4180 wants them.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};
use isocenter_model::assessment::DISCLAIMER;
use isocenter_model::text::printable;

use crate::ReportError;

/// Name of the last column of every table.
const NOTICE: &str = "decision_support_notice";

/// A text that a spreadsheet shows and does not run: printable, and with an apostrophe in front
/// where it starts like a formula: with `=`, `+`, `-` or `@` (their full-width forms, which East
/// Asian editions accept, too), after any blanks. Tabs and line breaks, which can start one as
/// well, have become blanks by then.
pub fn safe_cell(text: &str) -> Cow<'_, str> {
    let shown = printable(text);
    let acts = shown
        .trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if acts {
        Cow::Owned(format!("'{shown}"))
    } else {
        shown
    }
}

/// The header, the rows, and the notice in the first of them.
pub(super) fn written<const COLUMNS: usize>(
    header: &[&str; COLUMNS],
    rows: impl Iterator<Item = [String; COLUMNS]>,
) -> Result<Vec<u8>, ReportError> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    writer
        .write_record(header.iter().copied().chain([NOTICE]))
        .map_err(ReportError::Csv)?;
    let mut notice = DISCLAIMER;
    for row in rows {
        for cell in &row {
            writer
                .write_field(safe_cell(cell).as_bytes())
                .map_err(ReportError::Csv)?;
        }
        writer.write_field(notice).map_err(ReportError::Csv)?;
        writer
            .write_record(None::<&[u8]>)
            .map_err(ReportError::Csv)?;
        notice = "";
    }
    writer
        .into_inner()
        .map_err(|error| ReportError::Csv(error.into_error().into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_starts_like_a_formula_stays_one() {
        for hostile in [
            "=cmd|'/c calc'!A0",
            "+1",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "  =1",
            "＝1",
        ] {
            let cell = safe_cell(hostile);
            assert!(cell.starts_with('\''), "{hostile:?} became {cell:?}");
        }
        for plain in ["CT-1", "2.14.1", "a=b", ""] {
            assert_eq!(safe_cell(plain), plain);
        }
    }

    #[test]
    fn the_notice_stands_once_and_a_list_without_rows_is_a_header() {
        let rows = [
            ["a, \"b\"".to_owned(), "=1".to_owned()],
            ["c\nd".to_owned(), String::new()],
        ];
        let bytes = written(&["one", "two"], rows.into_iter()).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            format!(
                "one,two,decision_support_notice\r\n\
                 \"a, \"\"b\"\"\",'=1,\"{DISCLAIMER}\"\r\n\
                 c d,,\r\n"
            )
        );
        let empty = written(&["one"], std::iter::empty()).unwrap();
        assert_eq!(empty, b"one,decision_support_notice\r\n");
    }
}
