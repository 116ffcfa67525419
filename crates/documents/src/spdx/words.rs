//! Words of the standard, from `catalogs/spdx`: what each means here, and how it is written.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The two models of SPDX, whose words differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Model {
    /// SPDX 1 and 2.
    Two,
    /// SPDX 3.
    Three,
}

/// The words of one list.
pub(super) struct Words<T> {
    exact: HashMap<&'static str, Entry<T>>,
    /// By the word without its marks, in lower case: `haslicense`.
    loose: HashMap<String, &'static str>,
}

/// One word.
#[derive(Debug)]
pub(super) struct Entry<T> {
    /// As the standard writes it.
    pub(super) word: &'static str,
    /// The minor edition of SPDX 2 that brought it; 0 for all before 2.3.
    pub(super) since: u8,
    /// What it means.
    pub(super) means: T,
}

impl<T> Words<T> {
    /// The entry of exactly this word.
    pub(super) fn get(&self, word: &str) -> Option<&Entry<T>> {
        self.exact.get(word)
    }

    /// The entry of the word that differs from this one by case, hyphens and underscores only.
    pub(super) fn meant(&self, word: &str) -> Option<&Entry<T>> {
        self.exact.get(*self.loose.get(&loosened(word))?)
    }

    fn of(entries: impl Iterator<Item = Entry<T>>) -> Self {
        let exact: HashMap<&'static str, Entry<T>> =
            entries.map(|entry| (entry.word, entry)).collect();
        let loose = exact.keys().map(|word| (loosened(word), *word)).collect();
        Self { exact, loose }
    }
}

fn loosened(word: &str) -> String {
    word.chars()
        .take(100)
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_lowercase())
        .collect()
}

/// What a relationship says for a bill of materials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    /// What one side does to the other.
    pub(super) verb: Verb,
    /// Whether it is the right side that does it to the left.
    pub(super) is_inverse: bool,
}

/// What one element does to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    /// A document describes it.
    Describes,
    /// It holds it.
    Contains,
    /// It needs it.
    DependsOn,
    /// It is under this licence.
    HasLicense,
    /// A vulnerability is in it.
    Affects,
    /// A vulnerability does not matter in it.
    DoesNotAffect,
    /// A vulnerability is corrected in it.
    FixedIn,
    /// A vulnerability in it is being looked into.
    UnderInvestigationFor,
    /// It has something to do with a vulnerability.
    AssociatedWith,
    /// What is only counted.
    Other,
}

/// A hash algorithm.
#[derive(Debug)]
pub(super) struct Algorithm {
    /// Its name in CycloneDX.
    pub(super) name: &'static str,
    /// How many hexadecimal digits its values have.
    pub(super) digits: std::ops::RangeInclusive<usize>,
}

/// What a reference or identifier names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// A package URL.
    Purl,
    /// A CPE.
    Cpe,
    /// A tag of ISO/IEC 19770-2.
    Swid,
    /// An object in Software Heritage.
    SoftwareHeritage,
    /// An object by its hash, as git reckons it.
    Gitoid,
    /// A CVE.
    Cve,
    /// A vulnerability under another id.
    Flaw,
    /// Something that is not kept.
    Other,
}

/// The kind of an external reference of SPDX 2.
#[derive(Debug)]
pub(super) struct ReferenceKind {
    /// The category that it belongs to.
    pub(super) category: &'static str,
    /// What it names.
    pub(super) names: Names,
}

/// What an element of SPDX 3 is to a bill of materials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The document.
    Document,
    /// A collection of elements, such as a bill of materials.
    Collection,
    /// A unit of software, which is a component.
    Package,
    /// A machine-learning model, which is one too.
    Model,
    /// A data set, which is one too.
    Data,
    /// A file.
    File,
    /// A part of a file.
    Snippet,
    /// Somebody who made or supplies something.
    Agent,
    /// A program that made something.
    Tool,
    /// Who made elements, and when.
    Creation,
    /// A remark.
    Annotation,
    /// A licence.
    License,
    /// A flaw.
    Vulnerability,
    /// How elements relate.
    Relationship,
    /// What somebody states of a flaw in a product.
    Vex(Vex),
    /// A score by that version of CVSS.
    Cvss(&'static str),
    /// That a catalog lists a flaw as exploited.
    ExploitCatalog,
    /// Another assessment of a flaw.
    Assessment,
    /// What says nothing of what a product is made of.
    Other,
    /// A class of which no element may be.
    Abstract,
}

/// What a statement says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vex {
    /// The flaw is there.
    Affected,
    /// The flaw was there and is corrected.
    Fixed,
    /// The flaw cannot matter.
    NotAffected,
    /// Somebody looks into it.
    UnderInvestigation,
}

/// A class of SPDX 3.
#[derive(Debug)]
pub(super) struct Class {
    /// What its elements are taken for.
    pub(super) role: Role,
    /// Whether its elements must have an `spdxId`.
    pub(super) has_id: bool,
}

/// The classes of SPDX 3.
pub(super) fn classes() -> &'static Words<Class> {
    &CLASSES
}

/// Relationship types.
pub(super) fn relationships(model: Model) -> &'static Words<Meaning> {
    match model {
        Model::Two => &RELATIONSHIPS_2,
        Model::Three => &RELATIONSHIPS_3,
    }
}

/// Purposes, each with CycloneDX's word of the same meaning, which may be empty.
pub(super) fn purposes(model: Model) -> &'static Words<&'static str> {
    match model {
        Model::Two => &PURPOSES_2,
        Model::Three => &PURPOSES_3,
    }
}

/// Hash algorithms.
pub(super) fn algorithms(model: Model) -> &'static Words<Algorithm> {
    match model {
        Model::Two => &ALGORITHMS_2,
        Model::Three => &ALGORITHMS_3,
    }
}

/// Types of external references (SPDX 2) and identifiers (SPDX 3).
pub(super) fn references(model: Model) -> &'static Words<ReferenceKind> {
    match model {
        Model::Two => &REFERENCES_2,
        Model::Three => &REFERENCES_3,
    }
}

static RELATIONSHIPS_2: LazyLock<Words<Meaning>> =
    LazyLock::new(|| Words::of(rows(RELATIONSHIPS, "2").filter_map(|row| relationship(&row))));
static RELATIONSHIPS_3: LazyLock<Words<Meaning>> =
    LazyLock::new(|| Words::of(rows(RELATIONSHIPS, "3").filter_map(|row| relationship(&row))));
static PURPOSES_2: LazyLock<Words<&'static str>> =
    LazyLock::new(|| Words::of(rows(PURPOSES, "2").filter_map(|row| purpose(&row))));
static PURPOSES_3: LazyLock<Words<&'static str>> =
    LazyLock::new(|| Words::of(rows(PURPOSES, "3").filter_map(|row| purpose(&row))));
static ALGORITHMS_2: LazyLock<Words<Algorithm>> =
    LazyLock::new(|| Words::of(rows(HASHES, "2").filter_map(|row| algorithm(&row))));
static ALGORITHMS_3: LazyLock<Words<Algorithm>> =
    LazyLock::new(|| Words::of(rows(HASHES, "3").filter_map(|row| algorithm(&row))));
static REFERENCES_2: LazyLock<Words<ReferenceKind>> =
    LazyLock::new(|| Words::of(rows(REFERENCES, "2").filter_map(|row| reference(&row))));
static REFERENCES_3: LazyLock<Words<ReferenceKind>> =
    LazyLock::new(|| Words::of(rows(REFERENCES, "3").filter_map(|row| reference(&row))));

static CLASSES: LazyLock<Words<Class>> =
    LazyLock::new(|| Words::of(all_rows(CLASS_LIST).filter_map(|row| class(&row))));

const CLASS_LIST: &str = include_str!("../../../../catalogs/spdx/classes.csv");
const RELATIONSHIPS: &str = include_str!("../../../../catalogs/spdx/relationships.csv");
const PURPOSES: &str = include_str!("../../../../catalogs/spdx/purposes.csv");
const HASHES: &str = include_str!("../../../../catalogs/spdx/hashes.csv");
const REFERENCES: &str = include_str!("../../../../catalogs/spdx/references.csv");

type Row = Vec<&'static str>;

/// The rows of a catalog, that of its headers first. No cell of these catalogs holds a comma.
fn all_rows(catalog: &'static str) -> impl Iterator<Item = Row> {
    catalog
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split(',').collect::<Row>())
}

/// The rows of a catalog for one model.
fn rows(catalog: &'static str, model: &'static str) -> impl Iterator<Item = Row> {
    all_rows(catalog).filter(move |row| row.first() == Some(&model))
}

fn class(row: &[&'static str]) -> Option<Entry<Class>> {
    let [word, role, identity] = *row else {
        return None;
    };
    let role = match role {
        "document" => Role::Document,
        "collection" => Role::Collection,
        "package" => Role::Package,
        "model" => Role::Model,
        "data" => Role::Data,
        "file" => Role::File,
        "snippet" => Role::Snippet,
        "agent" => Role::Agent,
        "tool" => Role::Tool,
        "creation" => Role::Creation,
        "annotation" => Role::Annotation,
        "license" => Role::License,
        "vulnerability" => Role::Vulnerability,
        "relationship" => Role::Relationship,
        "vex-affected" => Role::Vex(Vex::Affected),
        "vex-fixed" => Role::Vex(Vex::Fixed),
        "vex-not-affected" => Role::Vex(Vex::NotAffected),
        "vex-under-investigation" => Role::Vex(Vex::UnderInvestigation),
        "cvss-2" => Role::Cvss("2.0"),
        "cvss-3" => Role::Cvss("3.1"),
        "cvss-4" => Role::Cvss("4.0"),
        "exploit-catalog" => Role::ExploitCatalog,
        "assessment" => Role::Assessment,
        "other" => Role::Other,
        "abstract" => Role::Abstract,
        _ => return None,
    };
    Some(Entry {
        word,
        since: 0,
        means: Class {
            role,
            has_id: identity == "iri",
        },
    })
}

fn relationship(row: &[&'static str]) -> Option<Entry<Meaning>> {
    let [_, word, since, meaning] = *row else {
        return None;
    };
    let verb = match meaning.trim_start_matches('-') {
        "describes" => Verb::Describes,
        "contains" => Verb::Contains,
        "depends-on" => Verb::DependsOn,
        "has-license" => Verb::HasLicense,
        "affects" => Verb::Affects,
        "not-affected" => Verb::DoesNotAffect,
        "fixed" => Verb::FixedIn,
        "under-investigation" => Verb::UnderInvestigationFor,
        "associated" => Verb::AssociatedWith,
        "" => Verb::Other,
        _ => return None,
    };
    Some(Entry {
        word,
        since: since.parse().ok()?,
        means: Meaning {
            verb,
            is_inverse: meaning.starts_with('-'),
        },
    })
}

fn purpose(row: &[&'static str]) -> Option<Entry<&'static str>> {
    let [_, word, kind] = *row else {
        return None;
    };
    Some(Entry {
        word,
        since: 0,
        means: kind,
    })
}

fn algorithm(row: &[&'static str]) -> Option<Entry<Algorithm>> {
    let [_, word, since, name, shortest, longest] = *row else {
        return None;
    };
    Some(Entry {
        word,
        since: since.parse().ok()?,
        means: Algorithm {
            name,
            digits: shortest.parse().ok()?..=longest.parse().ok()?,
        },
    })
}

fn reference(row: &[&'static str]) -> Option<Entry<ReferenceKind>> {
    let [_, category, word, since, names] = *row else {
        return None;
    };
    let names = match names {
        "purl" => Names::Purl,
        "cpe" => Names::Cpe,
        "swid" => Names::Swid,
        "swh" => Names::SoftwareHeritage,
        "gitoid" => Names::Gitoid,
        "cve" => Names::Cve,
        "flaw" => Names::Flaw,
        "" => Names::Other,
        _ => return None,
    };
    Some(Entry {
        word,
        since: since.parse().ok()?,
        means: ReferenceKind { category, names },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_every_catalog_is_understood() {
        let lines = |catalog: &str| {
            let rows = catalog.lines().filter(|line| !line.starts_with('#'));
            rows.count() - 1
        };
        assert_eq!(
            lines(RELATIONSHIPS),
            RELATIONSHIPS_2.exact.len() + RELATIONSHIPS_3.exact.len()
        );
        assert_eq!(
            lines(PURPOSES),
            PURPOSES_2.exact.len() + PURPOSES_3.exact.len()
        );
        assert_eq!(
            lines(HASHES),
            ALGORITHMS_2.exact.len() + ALGORITHMS_3.exact.len()
        );
        assert_eq!(
            lines(REFERENCES),
            REFERENCES_2.exact.len() + REFERENCES_3.exact.len()
        );
        assert_eq!(lines(CLASS_LIST), CLASSES.exact.len());
    }

    #[test]
    fn a_word_in_another_spelling_is_found_but_is_not_that_word() {
        let words = relationships(Model::Three);
        assert!(words.get("HAS_CONCLUDED_LICENSE").is_none());
        let meant = words.meant("HAS_CONCLUDED_LICENSE").unwrap();
        assert_eq!(meant.word, "hasConcludedLicense");
        assert!(words.meant("___").is_none());
        let inverse = relationships(Model::Two).get("CONTAINED_BY").unwrap().means;
        assert_eq!((inverse.verb, inverse.is_inverse), (Verb::Contains, true));
    }
}
