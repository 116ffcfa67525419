//! A manufacturer's list of validated updates: which patch may be installed on which release.
//!
//! There is no standard for it; manufacturers publish a worksheet or delimited text whose columns follow
//! `catalogs/tables.toml`, and say the same in a CSAF remediation, which the CSAF reader reads.
//!
//! Traps: one cell often names several updates; "no" in the column "approved" means rejected; a word that is not
//! known is not taken for an approval; the release may stand in the title and not in the rows.

use std::collections::BTreeSet;

use isocenter_model::document::Summary;
use isocenter_model::product::{ProductReference, VersionExpression};
use isocenter_model::text::shortened;
use isocenter_model::update::{UpdateList, ValidatedUpdate, ValidationStatus};
use isocenter_model::{Document, DocumentKind, Problem, Reading};

use crate::headed::{self, Headed, Line, Vocabulary};
use crate::spreadsheet::{self, Extent, Problems, Table};

const VOCABULARY: &str = "updates";
/// Updates that one cell may name.
const MOST_IN_CELL: usize = 200;

/// Whether one of the tables lists updates with their validation.
pub(crate) fn is_list(tables: &[Table]) -> bool {
    tables.iter().any(|table| find(table).is_some())
}

/// A column "status" beside a column "update" is not enough: its cells must speak of validation.
fn find(table: &Table) -> Option<Headed<'_>> {
    let vocabulary = Vocabulary::of(VOCABULARY)?;
    let headed = headed::find(table, vocabulary)?;
    let mut known = 0;
    let mut filled = 0;
    for line in headed.lines().take(200) {
        if let Some(word) = line.raw("status") {
            filled += 1;
            known += usize::from(vocabulary.meaning("status", &word).is_some());
        }
    }
    (known * 2 >= filled && known > 0).then_some(headed)
}

/// Reads a list of validated updates.
pub fn read(bytes: &[u8]) -> Reading {
    let workbook = match spreadsheet::open(bytes, Extent::Whole) {
        Ok(workbook) => workbook,
        Err(problem) => return Reading::unreadable(DocumentKind::Updates, problem),
    };
    let mut problems = workbook.problems;
    let mut list = UpdateList::default();
    for table in workbook.tables.iter().filter_map(find) {
        table.report_unknown("update-columns-unknown", &mut problems);
        let product = titled(&table);
        if !table.has("product") && product.is_none() {
            problems.push(
                Problem::warning(
                    "update-product-missing",
                    table.lines().next().map_or(isocenter_model::Place::Document, |line| line.place("update")),
                    "neither a column nor a title names the product that the updates are for",
                )
                .hint("add a column with the product, or a line such as `Product: NAME` above the headers"),
            );
        }
        for line in table.lines().filter(|line| !line.is_section()) {
            rows(&line, product.as_deref(), &mut list, &mut problems);
        }
    }
    let makers: BTreeSet<&String> = list
        .updates
        .iter()
        .filter_map(|update| update.release.vendor.as_ref())
        .collect();
    list.manufacturer = match (makers.len(), makers.first()) {
        (1, Some(only)) => Some((*only).clone()),
        _ => None,
    };
    let count = |status| {
        list.updates
            .iter()
            .filter(|update| update.status == status)
            .count() as u64
    };
    Reading {
        kind: DocumentKind::Updates,
        version: None,
        summary: Summary::from([
            ("updates", list.updates.len() as u64),
            ("approved", count(ValidationStatus::Approved)),
            ("rejected", count(ValidationStatus::Rejected)),
            ("pending", count(ValidationStatus::Pending)),
        ]),
        document: (!list.updates.is_empty()).then_some(Document::Updates(list)),
        problems: problems.finish(),
    }
}

/// The product that a title line names: `Product: CT 500`.
fn titled(table: &Headed<'_>) -> Option<String> {
    let titles: Vec<_> = table.titles().collect();
    let is_word = |text: &str| {
        [
            "product", "model", "system", "produkt", "modell", "produit", "producto", "modelo",
        ]
        .iter()
        .any(|word| text.trim().eq_ignore_ascii_case(word))
    };
    titles.iter().enumerate().find_map(|(index, title)| {
        let (word, name) = match title.split_once(':') {
            Some((word, name)) if !name.trim().is_empty() => (word, name.trim().to_owned()),
            Some((word, _)) => (word, titles.get(index + 1)?.trim().to_owned()),
            None => (title.as_ref(), titles.get(index + 1)?.trim().to_owned()),
        };
        (is_word(word) && !name.is_empty()).then_some(name)
    })
}

/// One row: each update that its cell names.
fn rows(
    line: &Line<'_, '_>,
    product: Option<&str>,
    list: &mut UpdateList,
    problems: &mut Problems,
) {
    let Some(updates) = line.text("update") else {
        if line.raw("status").is_some() {
            problems.push(Problem::warning(
                "update-missing",
                line.place("update"),
                "the row names no update and was set aside",
            ));
        }
        return;
    };
    let vocabulary = Vocabulary::of(VOCABULARY);
    let word = line.raw("status").unwrap_or_default();
    let meaning = vocabulary.and_then(|vocabulary| vocabulary.meaning("status", &word));
    let Some(status) = meaning.and_then(ValidationStatus::from_word) else {
        problems.push(
            Problem::warning(
                "update-status-unknown",
                line.place("status"),
                format!(
                    "“{}” says neither approved, rejected nor pending; the row was set aside",
                    shortened(&word, 40)
                ),
            )
            .hint("a word that is not known is never taken for an approval"),
        );
        return;
    };
    let date = match line.day("date") {
        Some(Ok(day)) => Some(day),
        Some(Err(text)) => {
            problems.push(Problem::warning(
                "update-date-unclear",
                line.place("date"),
                format!("“{}” is no day that can be told", shortened(&text, 40)),
            ));
            None
        }
        None => None,
    };
    let release = ProductReference {
        vendor: line.text("manufacturer"),
        name: line
            .text("product")
            .or_else(|| product.map(str::to_owned))
            .unwrap_or_default(),
        version: line
            .text("version")
            .map_or(VersionExpression::Unstated, VersionExpression::Range),
        ..ProductReference::default()
    };
    let named = updates
        .split([',', ';', '\n'])
        .map(str::trim)
        .filter(|update| !update.is_empty())
        .take(MOST_IN_CELL);
    for update in named {
        // A bare article number is written as Microsoft writes it.
        let is_article =
            (6..=8).contains(&update.len()) && update.bytes().all(|byte| byte.is_ascii_digit());
        list.updates.push(ValidatedUpdate {
            update: if is_article {
                format!("KB{update}")
            } else {
                update.to_owned()
            },
            release: release.clone(),
            status,
            date,
            remark: line.text("remark"),
            place: line.place("update"),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        assert_eq!(
            crate::recognise(text.as_bytes()),
            DocumentKind::Updates,
            "{text}"
        );
        let reading = read(text.as_bytes());
        let mut lines = Vec::new();
        if let Some(Document::Updates(list)) = &reading.document {
            for one in &list.updates {
                lines.push(format!(
                    "{} | {} {:?} | {} | {}",
                    one.update,
                    one.release.name,
                    one.release.version,
                    one.status.as_str(),
                    one.date.map_or("-".to_owned(), |date| date.to_string()),
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
    fn each_update_of_a_cell_is_one_and_an_unknown_word_is_no_approval() {
        insta::assert_snapshot!(told("Vendor;Product;Software version;KB;Validated;Validation date;Comment\n\
            Northlight;CT 500;VB40A;5034127, 5034439;yes;2026-02-01;reboot after\nNorthlight;CT 500;VB40A;KB5035849;no;01.03.2026;\n\
            Northlight;CT 500;VB40A;KB5036899;in test;;\nNorthlight;CT 500;VB40A;KB1;perhaps;;\nNorthlight;CT 500;VB40A;;yes;;\n"), @r#"
        KB5034127 | CT 500 Range("VB40A") | approved | 2026-02-01
        KB5034439 | CT 500 Range("VB40A") | approved | 2026-02-01
        KB5035849 | CT 500 Range("VB40A") | rejected | 2026-03-01
        KB5036899 | CT 500 Range("VB40A") | pending | -
        ! update-status-unknown line 5 “perhaps” says neither approved, rejected nor pending; the row was set aside
        ! update-missing line 6 the row names no update and was set aside
        "#);
    }

    #[test]
    fn the_product_may_stand_in_a_title() {
        insta::assert_snapshot!(told("Validated patches\nProduct: MR 3\n\nPatch,Approval Status,Approval Date\nKB5034127,Approved,2026-01-05\n"), @"KB5034127 | MR 3 Unstated | approved | 2026-01-05");
        insta::assert_snapshot!(told("Patch,Approval Status\nKB5034127,Approved\n"), @"
        KB5034127 |  Unstated | approved | -
        ! update-product-missing line 2 neither a column nor a title names the product that the updates are for
        ");
    }

    #[test]
    fn a_table_of_work_items_with_a_status_is_no_list_of_updates() {
        let text = "Update,Status\nCall the vendor,assigned\nReplace battery,assigned\n";
        assert_ne!(crate::recognise(text.as_bytes()), DocumentKind::Updates);
    }
}
