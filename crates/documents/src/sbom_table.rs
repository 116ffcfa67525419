//! Bills of materials as spreadsheets (.xlsx, .csv), as suppliers fill them in by hand or export them from a tool.
//!
//! There is no standard. What a table must hold is told by NTIA (The Minimum Elements For a Software Bill of Materials,
//! 2021) and, for medical devices, by FDA (Cybersecurity in Medical Devices, V.A.4(b): level of support and end of
//! support of each part). Columns are known by `catalogs/tables.toml`, table `sbom`.
//!
//! Traps: the device stands above the table, on a sheet of its own, in a column, in a row of the table, or nowhere;
//! spreadsheet programs turn versions into numbers (1.10 into 1.1) and into days (1.2.2003); a column "product" names
//! the part in one table and the device in the next; one cell holds several identifiers; a row with one filled cell is a
//! heading or a part of which nothing else is known; an inventory, a notice on support life and a list of recalls have
//! the headers of a part too.

mod links;
mod minimum;
mod part;
mod subject;

use isocenter_model::component::{Sbom, SbomComponent};
use isocenter_model::document::Summary;
use isocenter_model::{Document, DocumentKind, Place, Problem, Reading};

use crate::completeness::{self, Elements};
use crate::headed::{self, Headed, Vocabulary};
use crate::inventory::{Field, field_of};
use crate::spreadsheet::{self, Extent, Problems, Table, Workbook, counted};
use crate::support::{self, MILESTONES};
use links::Links;
use part::{Part, Section};
use subject::Stated;

const VOCABULARY: &str = "sbom";

/// Parts of one file that are read. The largest real bill has a twentieth of it.
pub(crate) const MAX_PARTS: usize = 200_000;

/// Fields whose values only software has.
const IDENTIFIED: [&str; 2] = ["purl", "cpe"];

/// Fields that parts of software have, and other things by the same word: people have relationships and licences.
const OF_PARTS: [&str; 6] = [
    "swid",
    "hash",
    "license",
    "support-level",
    "dependencies",
    "relationship",
];

/// Fields without which a list of components, and a table that is called a bill, is a list of words.
const BESIDE: [&str; 5] = [
    "version",
    "supplier",
    "identifier",
    "end-of-support",
    "end-of-security-support",
];

/// Fields of a name, the one that says most first.
const NAMES: [&str; 3] = ["component", "name", "product"];

fn vocabulary() -> Option<&'static Vocabulary> {
    Vocabulary::of(VOCABULARY)
}

/// Whether one of the tables is a bill of materials.
pub(crate) fn is_bill(tables: &[Table]) -> bool {
    tables.iter().any(|table| find(table).is_some())
}

/// The table with its headers, if it lists parts; a table that has what only devices have does not. It must not be taken
/// for a bill by accident: what is in no known format is not stored, because it may be about patients.
fn find(table: &Table) -> Option<Headed<'_>> {
    let headed = headed::find(table, vocabulary()?)?;
    if headed.strangers().any(is_of_devices) {
        return None;
    }
    let has = |fields: &[&str]| fields.iter().any(|field| headed.has(field));
    let is_life = MILESTONES.iter().any(|(field, _)| headed.has(field));
    let lists_parts = has(&IDENTIFIED)
        || if headed.has("component") || is_titled(table, &headed) {
            has(&BESIDE) || has(&OF_PARTS)
        } else {
            // A notice on support life has products with versions and a state of support.
            headed.has("version") && has(&OF_PARTS) && (headed.has("name") || !is_life)
        };
    lists_parts.then_some(headed)
}

/// Whether a header is one of a single device in a hospital.
fn is_of_devices(header: &str) -> bool {
    matches!(
        field_of(header),
        Some(
            Field::AssetId
                | Field::SerialNumber
                | Field::Udi
                | Field::Department
                | Field::IpAddress
                | Field::MacAddress
                | Field::AeTitle
                | Field::Modality
                | Field::Installed
                | Field::PlannedRetirement
        )
    )
}

/// Whether the sheet's name or a title says that the table is a bill of materials.
fn is_titled(table: &Table, headed: &Headed<'_>) -> bool {
    let says = |text: &str| {
        text.len() < 200
            && vocabulary().is_some_and(|words| {
                words.meaning("document", text).is_some() || subject::titled(text).is_some()
            })
    };
    table.sheet.as_deref().is_some_and(says) || headed.titles().any(|title| says(&title))
}

/// Reads a bill of materials.
pub fn read(bytes: &[u8]) -> Reading {
    let Workbook { tables, problems } = match spreadsheet::open(bytes, Extent::Whole) {
        Ok(workbook) => workbook,
        Err(problem) => return Reading::unreadable(DocumentKind::SbomTable, problem),
    };
    let mut bill = Bill {
        stated: Stated::default(),
        parts: Vec::new(),
        numbers: 0,
        problems,
    };
    for table in tables.iter().filter(|table| !table.hidden) {
        match find(table) {
            Some(headed) => bill.take(table, &headed),
            None => bill.stated.take_sheet(table),
        }
    }
    bill.finish()
}

/// What was read so far.
struct Bill {
    stated: Stated,
    parts: Vec<Part>,
    /// Versions that stand as numbers with a fraction.
    numbers: u64,
    problems: Problems,
}

impl Bill {
    fn take(&mut self, table: &Table, headed: &Headed<'_>) {
        headed.report_unknown("sbom-table-columns-unknown", &mut self.problems);
        for row in headed.above() {
            self.stated.take_row(row);
        }
        let mut section = Section::default();
        for line in headed.lines() {
            if self.parts.len() == MAX_PARTS {
                self.problems.push(Problem::error(
                    "sbom-table-too-many",
                    table.cell(line.number(), 0),
                    format!("the file lists more than {MAX_PARTS} parts; the rest was not read"),
                ));
                return;
            }
            if part::is_header_again(&line) {
                continue;
            }
            self.stated.take_columns(&line, headed);
            let part = part::read(&line, headed, &mut section, &mut self.problems);
            self.numbers += u64::from(part.as_ref().is_some_and(|part| part.has_number));
            self.parts.extend(part);
        }
    }

    /// The row of the product itself: the one that says so, or the only one on the level 0.
    fn primary(&self) -> Option<usize> {
        let position = |is: fn(&Part) -> bool| self.parts.iter().position(is);
        let stated = position(|part| part.is_primary);
        let is_root = |part: &&Part| part.level == Some(0);
        let one_root = self.parts.iter().filter(is_root).take(2).count() == 1;
        stated.or_else(|| position(|part| part.level == Some(0)).filter(|_| one_root))
    }

    fn finish(mut self) -> Reading {
        if self.numbers > 0 {
            self.problems.push(
                Problem::note(
                    "sbom-table-version-number",
                    Place::Document,
                    format!(
                        "{} as a number, which has lost a zero at its end if it had one (1.10 becomes 1.1)",
                        counted(self.numbers, "version stands", "versions stand")
                    ),
                )
                .hint("ask the manufacturer to format the column of versions as text"),
            );
        }
        self.stated.report(&mut self.problems);
        let primary = self.primary();
        let subject = self
            .stated
            .subject(primary.map(|at| self.parts.remove(at).component));
        let Links { dependencies, told } =
            links::resolve(&mut self.parts, subject.as_ref(), &mut self.problems);
        let components: Vec<SbomComponent> = self
            .parts
            .into_iter()
            .map(|part| {
                completeness::component(
                    &part.component.component,
                    || part.place.clone(),
                    &minimum::FORMAT,
                    &mut self.problems,
                );
                part.component
            })
            .collect();
        support::report(
            components.iter().map(|part| &part.component),
            "sbom-table-support-without-day",
            "sbom-table-support-level-unknown",
            &mut self.problems,
        );
        let manufacturer = self
            .stated
            .manufacturer
            .clone()
            .or_else(|| subject.as_ref()?.component.supplier.clone());
        completeness::document(
            Elements {
                is_vex: false,
                subject: subject.is_some(),
                version: subject
                    .as_ref()
                    .is_some_and(|subject| subject.component.version.is_some()),
                manufacturer: manufacturer.is_some(),
                timestamp: self.stated.made.is_some(),
                author: self.stated.has_author,
                components: !components.is_empty(),
                dependencies: told,
            },
            &minimum::FORMAT,
            &mut self.problems,
        );
        let count = |is: fn(&SbomComponent) -> bool| {
            components.iter().filter(|component| is(component)).count() as u64
        };
        let summary = Summary::from([
            ("components", components.len() as u64),
            ("purls", count(|part| part.component.purl.is_some())),
            ("cpes", count(|part| !part.component.cpes.is_empty())),
            ("dependencies", dependencies.len() as u64),
        ]);
        let sbom = Sbom {
            revision: self.stated.revision,
            made: self.stated.made,
            manufacturer,
            subject,
            components,
            dependencies,
            ..Sbom::default()
        };
        Reading {
            kind: DocumentKind::SbomTable,
            version: None,
            document: (!sbom.components.is_empty()).then_some(Document::Sbom(sbom)),
            summary,
            problems: self.problems.finish(),
        }
    }
}

#[cfg(test)]
mod tests;
