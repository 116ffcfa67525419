//! One row as one part.

use isocenter_identity::purl::Purl;
use isocenter_model::component::{Component, ComponentKind, Hash, SbomComponent};
use isocenter_model::lifecycle::{Milestone, Moment, Support};
use isocenter_model::text::shortened;
use isocenter_model::{Place, Problem};

use super::{NAMES, vocabulary};
use crate::headed::{Headed, Line};
use crate::identifier::{is_cpe, is_purl};
use crate::spreadsheet::{Cell, Problems};
use crate::support::{LEVEL, MILESTONES, level, moment};
use crate::wording::folded;

/// Identifiers, hashes and names that one cell may list.
const MOST_IN_CELL: usize = 200;
/// Characters of a name; longer texts are remarks.
const LONGEST_NAME: usize = 120;

/// A part, and what its row says of its place among the others.
pub(super) struct Part {
    pub(super) component: SbomComponent,
    pub(super) place: Place,
    /// What it is part of, as written.
    pub(super) parent: Option<String>,
    /// What it depends on, as written.
    pub(super) dependencies: Vec<String>,
    /// How deep it is nested.
    pub(super) level: Option<u32>,
    /// Whether it is the product itself.
    pub(super) is_primary: bool,
    /// Whether its row says how it stands to the product or to another part.
    pub(super) is_placed: bool,
    /// Whether its version stands as a number with a fraction.
    pub(super) has_number: bool,
}

/// The heading that the rows stand below.
#[derive(Default)]
pub(super) struct Section {
    kind: Option<ComponentKind>,
}

pub(super) fn read(
    line: &Line<'_, '_>,
    headed: &Headed<'_>,
    section: &mut Section,
    problems: &mut Problems,
) -> Option<Part> {
    let field = NAMES
        .into_iter()
        .find(|field| line.raw(field).is_some())
        .or_else(|| NAMES.into_iter().find(|field| headed.has(field)))
        .unwrap_or("component");
    if line.is_section() {
        let text = line.text(field).unwrap_or_default();
        let kind = vocabulary().and_then(|words| words.meaning("kind", &text));
        if let Some(kind) = kind {
            section.kind = Some(ComponentKind::from_word(kind));
            return None;
        }
        // A part of which nothing else is known looks the same, and must not be lost.
        if text.is_empty() || text.chars().count() > LONGEST_NAME || text.ends_with([':', '.']) {
            problems.push(Problem::note(
                "sbom-table-row-alone",
                line.place(field),
                "the row has one cell, was taken for a heading or a remark and set aside",
            ));
            return None;
        }
    }
    let mut component = Component {
        group: line.text("group"),
        supplier: line.text("supplier"),
        description: line.text("description"),
        kind: kind(line, section),
        ..Component::default()
    };
    identifiers(line, &mut component, problems);
    // A package URL names its package.
    let by_purl = || {
        Some(
            Purl::parse(component.purl.as_deref()?)
                .ok()?
                .name()
                .to_owned(),
        )
    };
    let Some(name) = line.text(field).or_else(by_purl) else {
        problems.push(Problem::warning(
            "sbom-table-name-missing",
            line.place(field),
            "the row names no component and was set aside",
        ));
        return None;
    };
    component.name = name;
    component.version = version(line, problems);
    component.licenses = line
        .texts("license")
        .into_iter()
        .flat_map(|(text, _)| pieces(&text, &[';', '\n']))
        .collect();
    component.hashes = hashes(line, problems);
    component.support = support(line);
    let relationship = line.text("relationship");
    let is_primary = relationship.as_deref().is_some_and(|word| {
        vocabulary().and_then(|words| words.meaning("relationship", word)) == Some("primary")
    });
    Some(Part {
        has_number: matches!(line.cell("version"), Some(Cell::Number(number)) if number.fract() != 0.0),
        component: SbomComponent {
            reference: line.text("reference"),
            component,
            ..SbomComponent::default()
        },
        place: line.place(field),
        parent: line.text("parent"),
        dependencies: line
            .text("dependencies")
            .map_or_else(Vec::new, |text| pieces(&text, &[',', ';', '\n'])),
        level: line.text("level").and_then(|text| text.parse().ok()),
        is_primary,
        is_placed: relationship.is_some(),
    })
}

/// Whether the row repeats the headers, as long printed tables do.
pub(super) fn is_header_again(line: &Line<'_, '_>) -> bool {
    let repeats = |field: &str| {
        let text = line.raw(field);
        text.is_some_and(|text| vocabulary().is_some_and(|words| words.field(&text) == Some(field)))
    };
    NAMES.into_iter().any(repeats) && (repeats("version") || repeats("supplier"))
}

/// The pieces of a cell that lists several things.
fn pieces(text: &str, between: &[char]) -> Vec<String> {
    text.split(between)
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .take(MOST_IN_CELL)
        .map(str::to_owned)
        .collect()
}

/// The kind that the row states in words that are known, else that of its section.
fn kind(line: &Line<'_, '_>, section: &Section) -> ComponentKind {
    line.text("kind")
        .and_then(|word| {
            let meaning = vocabulary()?.meaning("kind", &word)?;
            Some(ComponentKind::from_word(meaning))
        })
        .or_else(|| section.kind.clone())
        .unwrap_or_default()
}

fn version(line: &Line<'_, '_>, problems: &mut Problems) -> Option<String> {
    if let Some(Cell::Date(day)) = line.cell("version") {
        problems.push(
            Problem::warning(
                "sbom-table-version-day",
                line.place("version"),
                format!(
                    "the version is the day {day}, so a spreadsheet program has changed it; what was written is not known"
                ),
            )
            .hint("ask the manufacturer for the version, and to format the column as text"),
        );
        return None;
    }
    line.text("version")
}

/// Identifiers, in whichever column of identifiers they stand.
fn identifiers(line: &Line<'_, '_>, component: &mut Component, problems: &mut Problems) {
    for field in ["purl", "cpe", "swid", "identifier"] {
        for (text, place) in line.texts(field) {
            if field == "swid" {
                component.swid.get_or_insert(text);
                continue;
            }
            let tokens = text
                .split(|c: char| c.is_whitespace() || c == ';')
                .map(|token| token.trim_end_matches(','))
                .filter(|token| !token.is_empty());
            for token in tokens.take(MOST_IN_CELL) {
                identifier(field, token, &place, component, problems);
            }
        }
    }
}

fn identifier(
    field: &str,
    token: &str,
    place: &Place,
    component: &mut Component,
    problems: &mut Problems,
) {
    let begins = |prefix: &str| {
        token
            .get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    if begins("cpe:") || (field == "cpe" && !begins("pkg:")) {
        if is_cpe(
            token,
            "sbom-table-cpe-malformed",
            || place.clone(),
            problems,
        ) && !component.cpes.iter().any(|known| known == token)
        {
            component.cpes.push(token.to_owned());
        }
    } else if begins("pkg:") || field == "purl" {
        if is_purl(
            token,
            "sbom-table-purl-malformed",
            || place.clone(),
            problems,
        ) {
            match &component.purl {
                None => component.purl = Some(token.to_owned()),
                Some(known) if known == token => {}
                Some(_) => problems.push(Problem::warning(
                    "sbom-table-purl-second",
                    place.clone(),
                    format!(
                        "the component has a second package URL, `{}`; the first was read",
                        shortened(token, 80)
                    ),
                )),
            }
        }
    } else {
        problems.push(Problem::note(
            "sbom-table-identifier-unknown",
            place.clone(),
            format!(
                "`{}` is neither a package URL nor a CPE and was not read",
                shortened(token, 80)
            ),
        ));
    }
}

/// Algorithms by the number of hexadecimal digits of their values, spelled as CycloneDX does.
const ALGORITHMS: [(usize, &str); 5] = [
    (32, "MD5"),
    (40, "SHA-1"),
    (64, "SHA-256"),
    (96, "SHA-384"),
    (128, "SHA-512"),
];

/// Hashes; the algorithm stands before the value, in its own column, or is told by the length.
fn hashes(line: &Line<'_, '_>, problems: &mut Problems) -> Vec<Hash> {
    let column = line.text("hash-algorithm");
    let mut hashes = Vec::new();
    for (text, place) in line.texts("hash") {
        let mut named: Option<String> = None;
        let before = hashes.len();
        let tokens = text.split(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | ':' | '='));
        for token in tokens.filter(|token| !token.is_empty()).take(MOST_IN_CELL) {
            let is_value = token.len() >= 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
            if !is_value {
                named = Some(token.to_owned());
                continue;
            }
            let by_length = ALGORITHMS
                .iter()
                .find(|(digits, _)| *digits == token.len())
                .map(|(_, name)| (*name).to_owned());
            let stated = named.take().or_else(|| column.clone());
            let Some(algorithm) = stated.map(|name| spelled(&name)).or(by_length) else {
                continue;
            };
            hashes.push(Hash {
                algorithm,
                value: token.to_owned(),
            });
        }
        if hashes.len() == before {
            problems.push(Problem::warning(
                "sbom-table-hash-malformed",
                place,
                format!(
                    "\u{201c}{}\u{201d} is no hash in hexadecimal digits and was set aside",
                    shortened(&text, 40)
                ),
            ));
        }
    }
    hashes
}

/// The name of an algorithm as CycloneDX spells it; one that is not known stays as written.
fn spelled(name: &str) -> String {
    let folded = folded(name);
    let known = ALGORITHMS
        .iter()
        .map(|(_, name)| *name)
        .chain(["SHA3-256", "SHA3-384", "SHA3-512", "BLAKE3"])
        .find(|known| crate::wording::folded(known) == folded);
    known.map_or_else(|| name.to_owned(), str::to_owned)
}

fn support(line: &Line<'_, '_>) -> Option<Box<Support>> {
    let written = line.raw(LEVEL);
    let mut support = Support {
        level: written.as_deref().and_then(level),
        level_written: written,
        ..Support::default()
    };
    for (field, kind) in MILESTONES {
        let at = match line.day(field) {
            Some(Ok(day)) => Moment::Day(day),
            Some(Err(text)) => moment(&text, line.order(field)),
            // A word for nothing: the supplier was asked and does not know.
            None if line.raw(field).is_some() => Moment::Unknown,
            None => continue,
        };
        support.milestones.push(Milestone {
            kind,
            at,
            offer: None,
        });
    }
    (!support.is_empty()).then(|| Box::new(support))
}
