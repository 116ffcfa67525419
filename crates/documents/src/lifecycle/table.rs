//! A manufacturer's notices as a table.

use isocenter_model::lifecycle::{LifecycleEntry, LifecycleNotice, Milestone, Moment};
use isocenter_model::product::{ProductReference, VersionExpression};
use isocenter_model::text::shortened;
use isocenter_model::{DocumentKind, Problem, Reading};

use crate::headed::{self, Line, Vocabulary};
use crate::spreadsheet::{self, Extent, Problems, Table};
use crate::support::{MILESTONES, moment};

const VOCABULARY: &str = "lifecycle";

pub(super) fn is_notice(tables: &[Table]) -> bool {
    Vocabulary::of(VOCABULARY).is_some_and(|vocabulary| headed::is_one(tables, vocabulary))
}

pub(super) fn read(bytes: &[u8]) -> Reading {
    let workbook = match spreadsheet::open(bytes, Extent::Whole) {
        Ok(workbook) => workbook,
        Err(problem) => return Reading::unreadable(DocumentKind::Lifecycle, problem),
    };
    let mut problems = workbook.problems;
    let mut notice = LifecycleNotice::default();
    let tables = workbook.tables.iter().filter_map(|table| {
        let vocabulary = Vocabulary::of(VOCABULARY)?;
        headed::find(table, vocabulary)
    });
    for table in tables {
        table.report_unknown("lifecycle-columns-unknown", &mut problems);
        for line in table.lines() {
            notice.entries.extend(entry(&line, &mut problems));
        }
    }
    let mut authors = notice
        .entries
        .iter()
        .filter_map(|entry| entry.product.vendor.as_ref());
    notice.author = authors
        .next()
        .filter(|first| authors.all(|other| other == *first))
        .cloned();
    super::reading(Some("table".to_owned()), Some(notice), problems)
}

fn entry(line: &Line<'_, '_>, problems: &mut Problems) -> Option<LifecycleEntry> {
    if line.is_section() {
        return None;
    }
    let Some(name) = line.text("product") else {
        problems.push(Problem::warning(
            "lifecycle-product-missing",
            line.place("product"),
            "the row names no product and was set aside",
        ));
        return None;
    };
    let mut milestones = Vec::new();
    for (field, kind) in MILESTONES {
        let at = match line.day(field) {
            None => continue,
            Some(Ok(day)) => Moment::Day(day),
            Some(Err(text)) => {
                // "until hardware support ends" is a statement; 03/04/2027 alone is two.
                if text.chars().filter(char::is_ascii_digit).count() >= 6 {
                    problems.push(
                        Problem::warning(
                            "lifecycle-date-unclear",
                            line.place(field),
                            format!("“{}” is no day that can be told", shortened(&text, 40)),
                        )
                        .hint("write days as YYYY-MM-DD"),
                    );
                }
                moment(&text, None)
            }
        };
        milestones.push(Milestone {
            kind,
            at,
            offer: None,
        });
    }
    if milestones.is_empty() {
        problems.push(Problem::note(
            "lifecycle-dates-missing",
            line.place("product"),
            format!("the row for {} states no date", shortened(&name, 60)),
        ));
    }
    Some(LifecycleEntry {
        product: ProductReference {
            vendor: line.text("manufacturer"),
            name,
            version: line
                .text("version")
                .map_or(VersionExpression::Unstated, VersionExpression::Range),
            ..ProductReference::default()
        },
        milestones,
        successor: line.text("successor"),
        remark: line.text("remark"),
        ..LifecycleEntry::default()
    })
}
