//! openFDA on recalls of medical devices: answers and download files of `/device/recall` and
//! `/device/enforcement`, which tell of the same recalls in different words.
//!
//! Traps: a recall is about a device and seldom about software; the product is a text with intended
//! use, part numbers and packages in it; lots, serial numbers, catalogue numbers and versions share one
//! field; only `/device/enforcement` states the class; days are `2017-06-01` there and `20170601` here; before
//! June 2012 half of the fields are missing. openFDA itself says that its data are not validated.

use isocenter_model::document::Summary;
use isocenter_model::recall::{Recall, RecallClass};
use isocenter_model::text::shortened;
use isocenter_model::vulnerability::{ListedRecord, RecordList, VulnerabilityRecord};
use isocenter_model::{Digest, Document, DocumentKind, Place, Problem, Reading};
use jiff::civil::Date;
use serde::Deserialize;

use crate::json::{self, Field, Filled, Path, Problems, Spare, Text};
use crate::recall::{self, Told};
use crate::spreadsheet::{WrittenDay, written_day};

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
struct Meta<'a> {
    #[serde(borrow)]
    last_updated: Field<Text<'a>>,
}

/// A recall in the words of either endpoint.
#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
struct Row<'a> {
    #[serde(borrow, alias = "product_res_number")]
    recall_number: Field<Text<'a>>,
    #[serde(borrow, alias = "res_event_number")]
    event_id: Field<Text<'a>>,
    #[serde(borrow)]
    classification: Field<Text<'a>>,
    #[serde(borrow, alias = "recall_status")]
    status: Field<Text<'a>>,
    #[serde(borrow)]
    product_type: Field<Text<'a>>,
    #[serde(borrow)]
    recalling_firm: Field<Text<'a>>,
    #[serde(borrow)]
    product_description: Field<Text<'a>>,
    #[serde(borrow)]
    code_info: Field<Text<'a>>,
    #[serde(borrow)]
    more_code_info: Field<Text<'a>>,
    #[serde(borrow)]
    reason_for_recall: Field<Text<'a>>,
    #[serde(borrow)]
    root_cause_description: Field<Text<'a>>,
    #[serde(borrow)]
    action: Field<Text<'a>>,
    #[serde(borrow, alias = "event_date_initiated")]
    recall_initiation_date: Field<Text<'a>>,
    #[serde(borrow, alias = "event_date_terminated")]
    termination_date: Field<Text<'a>>,
}

/// Reads an answer or a download file.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let text = json::decode(bytes, &mut problems);
    let mut spare = None;
    let page = json::elements(&text, "results", &mut spare, &mut problems);
    let mut records = Vec::with_capacity(page.items.len());
    let mut placing = json::Placing::new(&text, "/results");
    for (index, element) in page.items.iter().enumerate() {
        let mut inner = Problems::default();
        let found = record(element, &mut inner);
        placing.tell(inner, index, element, &mut problems);
        records.extend(found.map(|record| ListedRecord {
            digest: Digest::of(element.as_bytes()),
            record,
        }));
    }
    if page.items.is_empty() {
        problems.push(Problem::warning(
            "openfda-empty",
            Place::pointer("/results"),
            "the answer holds no recall",
        ));
    }
    let updated = page.member("meta").and_then(|meta| {
        let mut spare = Spare::default();
        let meta = json::parse::<Meta<'_>>(meta, &mut spare, &mut Problems::default())?;
        meta.last_updated.owned()
    });
    let summary = Summary::from([("records", records.len() as u64)]);
    Reading {
        kind: DocumentKind::OpenFdaRecall,
        version: None,
        document: (!records.is_empty()).then(|| {
            Document::Vulnerabilities(RecordList {
                made: updated.as_deref().and_then(json::timestamp),
                records,
            })
        }),
        summary,
        problems: problems.finish(),
    }
}

fn record(text: &str, problems: &mut Problems) -> Option<VulnerabilityRecord> {
    let mut spare = Spare::default();
    let row = json::parse::<Row<'_>>(text, &mut spare, problems)?;
    let root = Path::Root;
    let kind_path = root.key("product_type");
    let kind = row.product_type.take(&kind_path, problems);
    if let Some(other) = kind.filled().filter(|kind| *kind != "Devices") {
        problems.push(Problem::warning(
            "openfda-not-a-device",
            kind_path.place(),
            format!(
                "the recall is of '{}' and not of devices, and was set aside",
                shortened(other, 40)
            ),
        ));
        return None;
    }
    let id_path = root.key("recall_number");
    let Some(id) = row.recall_number.take(&id_path, problems).owned() else {
        problems.push(Problem::error(
            "openfda-number-missing",
            id_path.place(),
            "the recall has no number (recall_number, product_res_number) and was set aside",
        ));
        return None;
    };
    let class_path = root.key("classification");
    let class = row.classification.take(&class_path, problems);
    let class = class.filled().and_then(|word| {
        let class = RecallClass::from_word(word);
        if class.is_none() {
            problems.push(Problem::note(
                "openfda-class-open",
                class_path.place(),
                format!(
                    "the recall {} has no class yet: '{}'",
                    shortened(&id, 40),
                    shortened(word, 40)
                ),
            ));
        }
        class
    });
    let mut text = |field: Field<Text<'_>>, key: &str| field.take(&root.key(key), problems).owned();
    let firm = text(row.recalling_firm, "recalling_firm");
    let product = text(row.product_description, "product_description");
    let reason = text(row.reason_for_recall, "reason_for_recall")
        .or_else(|| text(row.root_cause_description, "root_cause_description"));
    let units: Vec<String> = [
        text(row.code_info, "code_info"),
        text(row.more_code_info, "more_code_info"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let recall = Recall {
        class,
        reason,
        status: text(row.status, "status"),
        event: text(row.event_id, "event_id"),
        units: (!units.is_empty()).then(|| units.join(" ")),
        initiated: None,
        terminated: None,
    };
    let action = text(row.action, "action");
    if firm.is_none() || product.is_none() {
        problems.push(Problem::warning(
            "openfda-product-missing",
            Place::Document,
            format!(
                "the recall {} names no firm or no product, so it can match nothing",
                shortened(&id, 40)
            ),
        ));
    }
    Some(recall::record(Told {
        id,
        source: "openFDA".to_owned(),
        asserted_by: "FDA".to_owned(),
        manufacturer: firm,
        product,
        versions: None,
        action,
        link: None,
        recall: Recall {
            initiated: day(
                row.recall_initiation_date,
                &root.key("recall_initiation_date"),
                problems,
            ),
            terminated: day(
                row.termination_date,
                &root.key("termination_date"),
                problems,
            ),
            ..recall
        },
    }))
}

fn day(field: Field<Text<'_>>, path: &Path<'_>, problems: &mut Problems) -> Option<Date> {
    let text = field.take(path, problems);
    let text = text.filled()?;
    if let WrittenDay::Day(day) = written_day(text) {
        return Some(day);
    }
    problems.push(Problem::warning(
        "openfda-date-malformed",
        path.place(),
        format!("'{}' is no day", shortened(text, 40)),
    ));
    None
}
