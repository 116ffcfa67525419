//! The questions of the form, from `catalogs/mds2_2019.csv`.

use std::sync::LazyLock;

/// What a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerKind {
    /// Words.
    Text,
    /// A day.
    Date,
    /// Yes, No, N/A or See Notes.
    Choice,
}

/// NEMA's own references from a question to other documents, as the worksheet prints them. Empty
/// where it prints none. Shown as NEMA's; nothing is computed from them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Crosswalk {
    /// Section of IEC TR 80001-2-2:2012.
    pub iec_tr_80001_2_2: &'static str,
    /// Control of NIST SP 800-53 Rev. 4.
    pub nist_sp_800_53: &'static str,
    /// Control of ISO 27002:2013.
    pub iso_27002: &'static str,
}

/// One question of HN 1-2019.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Id in its corrected spelling: `SAHD-15`.
    pub id: &'static str,
    /// Id as the official worksheet prints it: `SHAD-15`.
    pub printed: &'static str,
    /// Code of its section: `SAHD`, or `DOC` for the head of the form.
    pub section: &'static str,
    /// The question it is a part of.
    pub parent: Option<&'static str>,
    /// What it asks for.
    pub kind: AnswerKind,
    /// Whether the official worksheet offers the choice as a list.
    pub has_list: bool,
    /// What it asks, in our own short words.
    pub text: &'static str,
    /// When it is to be answered, in our own words; empty for always.
    pub condition: &'static str,
    /// NEMA's references.
    pub crosswalk: Crosswalk,
    /// Its row in the official worksheet, from 1.
    pub row: u32,
}

/// A section of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Code: `SAHD`.
    pub code: &'static str,
    /// Name: `System and Application Hardening`.
    pub name: &'static str,
    /// What it is about, in our own words; empty where the worksheet says nothing either.
    pub text: &'static str,
    /// NEMA's references of the definition itself: one section has them.
    pub crosswalk: Crosswalk,
    /// Row of its heading in the official worksheet, from 1.
    pub row: u32,
}

struct Catalog {
    questions: Vec<Question>,
    sections: Vec<Section>,
    /// Indexes of `questions`, ordered by id.
    by_id: Vec<usize>,
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(load);

/// All 240 questions in the order of the form.
pub fn questions() -> &'static [Question] {
    &CATALOG.questions
}

/// The sections with a heading, in the order of the form.
pub fn sections() -> &'static [Section] {
    &CATALOG.sections
}

/// The question of a corrected id.
pub fn question(id: &str) -> Option<&'static Question> {
    let catalog = &*CATALOG;
    catalog
        .by_id
        .binary_search_by(|index| {
            catalog
                .questions
                .get(*index)
                .map_or("", |question| question.id)
                .cmp(id)
        })
        .ok()
        .and_then(|found| catalog.by_id.get(found))
        .and_then(|index| catalog.questions.get(*index))
}

/// The id that a cell holds, in capitals with plain hyphens: `None` when it is no id of the
/// shape `AUDT-2.8.1`. Whether the form has such a question is another matter.
pub(crate) fn written_id(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(['.', ':']);
    if text.len() > 24 {
        return None;
    }
    let id: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '_' => '-',
            other => other.to_ascii_uppercase(),
        })
        .collect();
    let (section, number) = id.split_once('-')?;
    let is_section =
        (3..=4).contains(&section.len()) && section.bytes().all(|b| b.is_ascii_uppercase());
    let is_number = number
        .split('.')
        .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    (is_section && is_number).then_some(id)
}

/// The question that a written id means, whether spelled rightly or as the worksheet misprints it.
pub(super) fn meant_by(id: &str) -> Option<&'static Question> {
    question(id).or_else(|| questions().iter().find(|question| question.printed == id))
}

fn load() -> Catalog {
    let text: &'static str = include_str!("../../../../catalogs/mds2_2019.csv");
    let mut catalog = Catalog {
        questions: Vec::new(),
        sections: Vec::new(),
        by_id: Vec::new(),
    };
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    // The catalog's own test holds the number of rows, so a row that does not read is noticed.
    for record in reader.records().flatten() {
        // The catalog is read once and stays; its texts are handed out for the life of the program.
        let field = |at: usize| -> &'static str {
            match record.get(at) {
                None | Some("") => "",
                Some(text) => Box::leak(text.to_owned().into_boxed_str()),
            }
        };
        let Ok(row) = field(0).parse() else { continue };
        let crosswalk = Crosswalk {
            iec_tr_80001_2_2: field(10),
            nist_sp_800_53: field(11),
            iso_27002: field(12),
        };
        let kind = match field(5) {
            "section" => {
                catalog.sections.push(Section {
                    code: field(1),
                    name: field(7),
                    text: field(8),
                    crosswalk,
                    row,
                });
                continue;
            }
            "text" => AnswerKind::Text,
            "date" => AnswerKind::Date,
            _ => AnswerKind::Choice,
        };
        let id = field(2);
        catalog.questions.push(Question {
            id,
            printed: if field(3).is_empty() { id } else { field(3) },
            section: field(1),
            parent: (!field(4).is_empty()).then(|| field(4)),
            kind,
            has_list: field(6) == "yes",
            text: field(8),
            condition: field(9),
            crosswalk,
            row,
        });
    }
    catalog.by_id = (0..catalog.questions.len()).collect();
    let questions = &catalog.questions;
    catalog
        .by_id
        .sort_by_key(|index| questions.get(*index).map_or("", |question| question.id));
    catalog
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_catalog_holds_every_question_of_the_edition_once() {
        let ids: BTreeSet<&str> = questions().iter().map(|question| question.id).collect();
        assert_eq!(questions().len(), 240);
        assert_eq!(ids.len(), 240);
        assert_eq!(sections().len(), 23);
        assert!(questions().is_sorted_by(|a, b| a.row < b.row));
        for entry in questions() {
            assert_eq!(question(entry.id), Some(entry));
            assert_eq!(written_id(entry.printed).as_deref(), Some(entry.printed));
            assert!(!entry.text.is_empty(), "{} says what it asks", entry.id);
            assert!(
                entry
                    .parent
                    .is_none_or(|parent| entry.id.starts_with(&format!("{parent}."))
                        && question(parent).is_some()),
                "the parent of {} is a question",
                entry.id
            );
            assert!(
                entry.section == "DOC" || sections().iter().any(|s| s.code == entry.section),
                "the section of {} has a heading",
                entry.id
            );
        }
    }

    #[test]
    fn the_references_are_as_sparse_as_the_worksheet_prints_them() {
        let count = |reference: fn(&Crosswalk) -> &str| {
            questions()
                .iter()
                .filter(|q| !reference(&q.crosswalk).is_empty())
                .count()
        };
        assert_eq!(count(|c| c.iec_tr_80001_2_2), 94);
        assert_eq!(count(|c| c.nist_sp_800_53), 109);
        assert_eq!(count(|c| c.iso_27002), 109);
    }

    #[test]
    fn the_misprinted_id_means_the_question_that_it_stands_for() {
        assert_eq!(meant_by("SHAD-15").map(|q| q.id), Some("SAHD-15"));
        assert_eq!(meant_by("SAHD-15").map(|q| q.printed), Some("SHAD-15"));
        assert_eq!(meant_by("SHAD-14"), None);
    }

    #[test]
    fn an_id_is_read_however_it_is_typed() {
        for text in [
            "AUDT-2.8.1",
            " audt-2.8.1 ",
            "AUDT\u{2013}2.8.1",
            "AUDT - 2.8.1:",
        ] {
            assert_eq!(written_id(text).as_deref(), Some("AUDT-2.8.1"), "{text}");
        }
        for text in [
            "",
            "Note 1",
            "Question ID",
            "A-1",
            "AUDT",
            "AUDT-x",
            "ISO-27002:2013",
            "2024-01-02",
        ] {
            assert_eq!(written_id(text), None, "{text}");
        }
    }
}
