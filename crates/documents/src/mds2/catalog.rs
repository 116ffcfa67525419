//! The questions of the form, from `catalogs/mds2_2019.csv` and `catalogs/mds2_2013.csv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use isocenter_model::form::FormEdition;

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

/// How well what the catalog says of a question is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// Id and wording were seen in the form or in an excerpt of it.
    Seen,
    /// The wording was seen in its order, the id is recalled.
    Wording,
    /// Neither was seen.
    Recalled,
}

/// One question of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Id in its corrected spelling: `SAHD-15`, `15-10`. The head of HN 1-2013 prints no ids: there it
    /// is the label, `Device Model`.
    pub id: &'static str,
    /// Id as the official worksheet prints it: `SHAD-15`.
    pub printed: &'static str,
    /// Other words for a label of the head, parted by `|`; empty elsewhere.
    pub labels: &'static str,
    /// Code of its section: `SAHD`; `DOC` (HN 1-2019) or `HEAD` (HN 1-2013) for the head of the form.
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
    /// How well this is known.
    pub certainty: Certainty,
    /// Its row in the official worksheet of HN 1-2019, or in the one that is written here for HN 1-2013;
    /// from 1.
    pub row: u32,
}

impl Question {
    /// Whether it belongs to the head of the form, which says what the form is of.
    pub(super) fn is_head(&self) -> bool {
        matches!(self.section, "DOC" | "HEAD")
    }
}

/// A line of the form that has an id and asks nothing itself: `B`, `2-2` in HN 1-2013.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its id.
    pub id: &'static str,
    /// What the questions below it are about, in our own words.
    pub text: &'static str,
    /// Its row, as of a question.
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
    headings: Vec<Heading>,
    sections: Vec<Section>,
    /// Indexes of `questions` by id and by printed id.
    by_id: HashMap<&'static str, usize>,
}

static HN_1_2019: LazyLock<Catalog> = LazyLock::new(load_2019);
static HN_1_2013: LazyLock<Catalog> = LazyLock::new(load_2013);

fn catalog(edition: FormEdition) -> &'static Catalog {
    match edition {
        FormEdition::Hn1_2013 => &HN_1_2013,
        FormEdition::Hn1_2019 => &HN_1_2019,
    }
}

/// All questions of an edition in the order of the form: 240 of HN 1-2019, 92 of HN 1-2013.
pub fn questions(edition: FormEdition) -> &'static [Question] {
    &catalog(edition).questions
}

/// The lines with an id that ask nothing themselves, in the order of the form.
pub fn headings(edition: FormEdition) -> &'static [Heading] {
    &catalog(edition).headings
}

/// The sections with a heading, in the order of the form.
pub fn sections(edition: FormEdition) -> &'static [Section] {
    &catalog(edition).sections
}

/// The question of a corrected id.
pub fn question(edition: FormEdition, id: &str) -> Option<&'static Question> {
    meant_by(edition, id).filter(|question| question.id == id)
}

/// The question that a written id means, whether spelled rightly or as the worksheet misprints it.
pub(super) fn meant_by(edition: FormEdition, id: &str) -> Option<&'static Question> {
    let catalog = catalog(edition);
    catalog
        .by_id
        .get(id)
        .and_then(|index| catalog.questions.get(*index))
}

/// The line with an id that asks nothing itself.
pub(super) fn heading(edition: FormEdition, id: &str) -> Option<&'static Heading> {
    headings(edition).iter().find(|heading| heading.id == id)
}

fn load_2019() -> Catalog {
    let mut catalog = Catalog::empty();
    for row in rows(include_str!("../../../../catalogs/mds2_2019.csv")) {
        let [
            row,
            section,
            id,
            printed,
            parent,
            kind,
            list,
            name,
            text,
            condition,
            references @ ..,
        ] = row.as_slice()
        else {
            continue;
        };
        let Ok(row) = row.parse() else { continue };
        let reference = |at: usize| references.get(at).copied().unwrap_or_default();
        let crosswalk = Crosswalk {
            iec_tr_80001_2_2: reference(0),
            nist_sp_800_53: reference(1),
            iso_27002: reference(2),
        };
        match answer_kind(kind) {
            Some(kind) => catalog.add(Question {
                id,
                printed: if printed.is_empty() { id } else { printed },
                labels: "",
                section,
                parent: (!parent.is_empty()).then_some(*parent),
                kind,
                has_list: *list == "yes",
                text,
                condition,
                crosswalk,
                certainty: Certainty::Seen,
                row,
            }),
            None => catalog.sections.push(Section {
                code: section,
                name,
                text,
                crosswalk,
                row,
            }),
        }
    }
    catalog
}

fn load_2013() -> Catalog {
    let mut catalog = Catalog::empty();
    for row in rows(include_str!("../../../../catalogs/mds2_2013.csv")) {
        let [
            row,
            section,
            id,
            labels,
            parent,
            kind,
            name,
            text,
            certainty,
        ] = row.as_slice()
        else {
            continue;
        };
        let Ok(row) = row.parse() else { continue };
        match (*kind, answer_kind(kind)) {
            (_, Some(kind)) => catalog.add(Question {
                id,
                printed: id,
                labels,
                section,
                parent: (!parent.is_empty()).then_some(*parent),
                kind,
                has_list: kind == AnswerKind::Choice,
                text,
                condition: "",
                crosswalk: Crosswalk::default(),
                certainty: match *certainty {
                    "seen" => Certainty::Seen,
                    "wording" => Certainty::Wording,
                    _ => Certainty::Recalled,
                },
                row,
            }),
            ("heading", None) => catalog.headings.push(Heading { id, text, row }),
            (_, None) => catalog.sections.push(Section {
                code: section,
                name,
                text,
                crosswalk: Crosswalk::default(),
                row,
            }),
        }
    }
    catalog
}

impl Catalog {
    fn empty() -> Self {
        Self {
            questions: Vec::new(),
            headings: Vec::new(),
            sections: Vec::new(),
            by_id: HashMap::new(),
        }
    }

    fn add(&mut self, question: Question) {
        for id in [question.printed, question.id] {
            self.by_id.insert(id, self.questions.len());
        }
        self.questions.push(question);
    }
}

fn answer_kind(word: &str) -> Option<AnswerKind> {
    match word {
        "text" => Some(AnswerKind::Text),
        "date" => Some(AnswerKind::Date),
        "choice" => Some(AnswerKind::Choice),
        _ => None,
    }
}

/// The rows of a catalog behind its header. The tests of the catalogs hold their numbers, so a row that
/// does not read is noticed.
pub(super) fn rows(text: &'static str) -> Vec<Vec<&'static str>> {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text.as_bytes())
        .into_records()
        .flatten()
        .map(|record| {
            let begin = record.position().map(|place| usize::try_from(place.byte()));
            let rest = match begin {
                Some(Ok(begin)) => text.get(begin..).unwrap_or(text),
                _ => text,
            };
            let of_catalog = |field: &str| {
                let at = rest.find(field)?;
                rest.get(at..at + field.len())
            };
            record
                .iter()
                // Only a text with a quotation mark in it is not in the catalog as it is. It is made once and
                // handed out for the life of the program.
                .map(|field| {
                    of_catalog(field)
                        .unwrap_or_else(|| Box::leak(field.to_owned().into_boxed_str()))
                })
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use FormEdition::{Hn1_2013, Hn1_2019};

    use super::*;
    use crate::mds2::ids::written_id;

    #[test]
    fn the_catalogs_hold_every_question_of_their_edition_once() {
        for (edition, count, headed) in [(Hn1_2019, 240, 23), (Hn1_2013, 92, 21)] {
            let questions = questions(edition);
            let ids: BTreeSet<&str> = questions.iter().map(|question| question.id).collect();
            assert_eq!(questions.len(), count);
            assert_eq!(ids.len(), count);
            assert_eq!(sections(edition).len(), headed);
            assert!(questions.is_sorted_by(|a, b| a.row < b.row));
            for entry in questions {
                assert_eq!(question(edition, entry.id), Some(entry));
                if edition == Hn1_2019 || !entry.is_head() {
                    assert_eq!(
                        written_id(edition, entry.printed).as_deref(),
                        Some(entry.printed)
                    );
                }
                assert!(!entry.text.is_empty(), "{} says what it asks", entry.id);
                assert!(
                    entry
                        .parent
                        .is_none_or(|parent| entry.id.starts_with(&format!("{parent}."))
                            && (question(edition, parent).is_some()
                                || heading(edition, parent).is_some())
                            || entry.id.starts_with(parent) && edition == Hn1_2013),
                    "the parent of {} is a question",
                    entry.id
                );
                assert!(
                    entry.is_head() || sections(edition).iter().any(|s| s.code == entry.section),
                    "the section of {} has a heading",
                    entry.id
                );
            }
        }
    }

    #[test]
    fn what_of_the_edition_of_2013_was_seen_is_told_from_what_is_recalled() {
        let count = |certainty| {
            questions(Hn1_2013)
                .iter()
                .filter(|question| question.certainty == certainty)
                .count()
        };
        assert_eq!(count(Certainty::Seen), 4);
        assert_eq!(count(Certainty::Wording), 18);
        assert_eq!(count(Certainty::Recalled), 70);
        assert_eq!(
            headings(Hn1_2013).iter().map(|h| h.id).collect::<Vec<_>>(),
            ["B", "C", "D", "2-2", "2-3"]
        );
    }

    #[test]
    fn the_references_are_as_sparse_as_the_worksheet_prints_them() {
        let count = |reference: fn(&Crosswalk) -> &str| {
            questions(Hn1_2019)
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
        let meant = |id| meant_by(Hn1_2019, id);
        assert_eq!(meant("SHAD-15").map(|q| q.id), Some("SAHD-15"));
        assert_eq!(meant("SAHD-15").map(|q| q.printed), Some("SHAD-15"));
        assert_eq!(meant("SHAD-14"), None);
        assert_eq!(question(Hn1_2019, "SHAD-15"), None);
    }
}
