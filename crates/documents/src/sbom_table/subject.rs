//! The device that a spreadsheet is about, and who made the spreadsheet when.

use std::collections::BTreeSet;

use isocenter_model::component::{Component, ComponentKind, SbomComponent};
use isocenter_model::text::shortened;
use isocenter_model::{Place, Problem};
use jiff::Timestamp;

use super::vocabulary;
use crate::headed::{Headed, Line};
use crate::json;
use crate::spreadsheet::{Cell, Problems, Row, Table, WrittenDay, written_day};
use crate::wording::absent;

/// Rows of a sheet without a table in which the device is looked for.
const COVER: usize = 60;
/// Cells of a row of labels and answers; wider rows belong to tables.
const WIDEST: usize = 6;
/// Bytes of an answer; longer ones are prose.
const LONGEST: usize = 200;
/// Devices of a column that are told apart.
const DEVICES: usize = 50;

/// What the file says of itself.
#[derive(Default)]
pub(super) struct Stated {
    device: Option<String>,
    version: Option<String>,
    pub(super) manufacturer: Option<String>,
    pub(super) made: Option<Timestamp>,
    pub(super) revision: Option<u64>,
    pub(super) has_author: bool,
    /// Devices and versions that columns name.
    devices: BTreeSet<String>,
    versions: BTreeSet<String>,
    /// Names of products in a column beside the one of parts.
    products: BTreeSet<String>,
    newest: Option<Timestamp>,
}

/// The device in a title such as `SBOM for Orrin 3.0T, version 2.1`.
pub(super) fn titled(text: &str) -> Option<&str> {
    let words = vocabulary()?;
    let mut blanks = text.match_indices(' ');
    let rest = blanks.find_map(|(at, _)| {
        let (before, rest) = text.split_at_checked(at)?;
        (words.meaning("title", before) == Some("titled")).then_some(rest.trim())
    })?;
    (!rest.is_empty()).then_some(rest)
}

impl Stated {
    /// Takes a sheet that holds no table of parts: a cover sheet.
    pub(super) fn take_sheet(&mut self, table: &Table) {
        for row in table.rows.iter().take(COVER) {
            self.take_row(row);
        }
    }

    /// Takes labels with their answers: side by side, or with a colon between in one cell.
    pub(super) fn take_row(&mut self, row: &Row) {
        if row.cells.len() > WIDEST {
            return;
        }
        let label = |cell: &Cell| match cell {
            Cell::Text(text) if text.len() <= LONGEST => vocabulary()?.meaning("title", text),
            _ => None,
        };
        let labels: Vec<Option<&str>> = row.cells.iter().map(|(_, cell)| label(cell)).collect();
        // Labels side by side are the headers of a table.
        if labels
            .windows(2)
            .any(|pair| pair.iter().all(Option::is_some))
        {
            return;
        }
        for (at, (_, cell)) in row.cells.iter().enumerate() {
            match (labels.get(at).copied().flatten(), row.cells.get(at + 1)) {
                (Some(label), Some((_, answer))) => self.answer(label, answer),
                (Some(_), None) => {}
                (None, _) => self.take_text(&cell.text()),
            }
        }
    }

    fn take_text(&mut self, text: &str) {
        if text.len() > 2 * LONGEST {
            return;
        }
        for line in text.lines() {
            let answered = line.split_once(':').and_then(|(label, answer)| {
                let label = vocabulary()?.meaning("title", label)?;
                Some((label, Cell::Text(answer.trim().to_owned())))
            });
            if let Some((label, answer)) = answered {
                self.answer(label, &answer);
            } else if let Some(device) = titled(line) {
                self.name(device);
            }
        }
    }

    fn answer(&mut self, label: &str, answer: &Cell) {
        let text = answer.text();
        let text = text.trim();
        if absent(text) || text.len() > LONGEST {
            return;
        }
        let fill = |field: &mut Option<String>| {
            if field.is_none() {
                *field = Some(text.to_owned());
            }
        };
        match label {
            "device" | "titled" => fill(&mut self.device),
            "version" => fill(&mut self.version),
            "manufacturer" => fill(&mut self.manufacturer),
            "author" => self.has_author = true,
            "date" => self.made = self.made.or_else(|| time(answer)),
            "revision" => self.revision = self.revision.or_else(|| text.parse().ok()),
            _ => {}
        }
    }

    /// A device as a title names it, with its version behind a word for it.
    fn name(&mut self, text: &str) {
        let is_version = |word: &str| {
            vocabulary().is_some_and(|words| words.meaning("title", word) == Some("version"))
        };
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let version = words
            .len()
            .checked_sub(2)
            .filter(|at| *at > 0 && words.get(*at).is_some_and(|word| is_version(word)));
        if let Some(at) = version {
            if self.version.is_none() {
                self.version = words.last().map(|word| (*word).to_owned());
            }
            words.truncate(at);
        }
        let name = words.join(" ");
        let name = name.trim_end_matches([',', ';', '-', '–', '(']).trim();
        if self.device.is_none() && !name.is_empty() {
            self.device = Some(name.to_owned());
        }
    }

    /// Takes what columns say of the device and of the file.
    pub(super) fn take_columns(&mut self, line: &Line<'_, '_>, headed: &Headed<'_>) {
        let keep = |set: &mut BTreeSet<String>, field: &str| {
            if set.len() < DEVICES {
                set.extend(line.text(field));
            }
        };
        keep(&mut self.devices, "device");
        keep(&mut self.versions, "device-version");
        if headed.has("component") || headed.has("name") {
            keep(&mut self.products, "product");
        }
        self.has_author |= line.text("author").is_some();
        let stamped = line.cell("timestamp").and_then(time);
        self.newest = self.newest.max(stamped);
    }

    /// Settles what columns and titles say, and reports where they name several devices.
    pub(super) fn report(&mut self, problems: &mut Problems) {
        self.made = self.made.or(self.newest);
        if self.devices.len() > 1 {
            let named: Vec<String> = self
                .devices
                .iter()
                .take(3)
                .map(|device| format!("\u{201c}{}\u{201d}", shortened(device, 40)))
                .collect();
            problems.push(
                Problem::warning(
                    "sbom-table-devices-several",
                    Place::Document,
                    format!(
                        "the rows are of {} devices, among them {}; which part is in which cannot be kept, so all were read as parts of one",
                        self.devices.len(),
                        named.join(", ")
                    ),
                )
                .hint("make one file for each device"),
            );
            return;
        }
        for (stated, columns) in [
            (&mut self.device, [&self.devices, &self.products]),
            (&mut self.version, [&self.versions, &self.versions]),
        ] {
            for column in columns {
                // A column that is the same in every row speaks of the device.
                if let (None, 1) = (&stated, column.len()) {
                    *stated = column.first().cloned();
                }
            }
        }
    }

    /// The product that the bill describes: the row that says so, completed by what else is said; else what is said.
    pub(super) fn subject(&self, primary: Option<SbomComponent>) -> Option<SbomComponent> {
        let mut subject = match (primary, &self.device) {
            (Some(primary), _) => primary,
            (None, Some(device)) => SbomComponent {
                component: Component {
                    kind: ComponentKind::Device,
                    name: device.clone(),
                    ..Component::default()
                },
                ..SbomComponent::default()
            },
            (None, None) => return None,
        };
        let component = &mut subject.component;
        if component.version.is_none() {
            component.version.clone_from(&self.version);
        }
        if component.supplier.is_none() {
            component.supplier.clone_from(&self.manufacturer);
        }
        Some(subject)
    }
}

/// The moment that a cell says: a day, or a day with a time.
fn time(cell: &Cell) -> Option<Timestamp> {
    let midnight = |day: jiff::civil::Date| json::timestamp(&format!("{day}T00:00:00Z"));
    match cell {
        Cell::Date(day) => midnight(*day),
        Cell::Text(text) => json::timestamp(text).or_else(|| match written_day(text) {
            WrittenDay::Day(day) => midnight(day),
            _ => None,
        }),
        _ => None,
    }
}
