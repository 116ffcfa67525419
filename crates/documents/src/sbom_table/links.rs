//! What is part of what.

use std::collections::HashMap;

use isocenter_model::component::SbomComponent;
use isocenter_model::text::shortened;
use isocenter_model::{Level, Problem};

use super::part::Part;
use crate::spreadsheet::Problems;
use crate::wording::folded;

/// How deep parts may be nested.
const DEEPEST: usize = 1_000;
/// Dependencies of one file that are kept.
const MOST_DEPENDENCIES: usize = 2_000_000;

pub(super) struct Links {
    /// `depends on` edges between references.
    pub(super) dependencies: Vec<(String, String)>,
    /// Whether the file says of any part what it belongs to.
    pub(super) told: bool,
}

/// Whom a row can name.
#[derive(Clone, Copy, PartialEq)]
enum Named {
    /// The product itself.
    Product,
    Part(usize),
    /// Several parts have the name.
    Several,
}

/// Finds the rows that rows name: by reference, by name with version, by name.
pub(super) fn resolve(
    parts: &mut [Part],
    subject: Option<&SbomComponent>,
    problems: &mut Problems,
) -> Links {
    let mut links = Links {
        dependencies: Vec::new(),
        told: parts.iter().any(|part| part.is_placed),
    };
    if parts.iter().any(|part| part.level.is_some()) {
        links.told = true;
        nest(parts);
    }
    let is_asked = |part: &Part| part.parent.is_some() || !part.dependencies.is_empty();
    if !parts.iter().any(is_asked) {
        return links;
    }
    let names = names(parts, subject);
    let mut edges = Vec::new();
    for at in 0..parts.len() {
        let Some(part) = parts.get(at) else { continue };
        let mut parent = part.component.parent;
        if let Some(text) = &part.parent {
            match names.get(&folded(text)) {
                Some(Named::Part(found)) if *found != at => parent = Some(*found),
                Some(Named::Product) => {}
                other => report(part, text, other, problems),
            }
            links.told = true;
        }
        for text in &part.dependencies {
            match names.get(&folded(text)) {
                Some(Named::Part(found)) if *found != at => {
                    if edges.len() < MOST_DEPENDENCIES {
                        edges.push((at, *found));
                    }
                }
                Some(Named::Product) => {}
                other => report(part, text, other, problems),
            }
            links.told = true;
        }
        if let Some(part) = parts.get_mut(at) {
            part.component.parent = parent;
        }
    }
    break_circles(parts, problems);
    for (from, to) in edges {
        if let (Some(from), Some(to)) = (reference(parts, from), reference(parts, to)) {
            links.dependencies.push((from, to));
        }
    }
    links
}

fn names(parts: &[Part], subject: Option<&SbomComponent>) -> HashMap<String, Named> {
    let mut names: HashMap<String, Named> = HashMap::new();
    let mut references: HashMap<String, Named> = HashMap::new();
    let add = |names: &mut HashMap<String, Named>, name: &str, whom: Named| {
        names
            .entry(folded(name))
            .and_modify(|known| {
                if *known != whom {
                    *known = Named::Several;
                }
            })
            .or_insert(whom);
    };
    for (at, part) in parts.iter().enumerate() {
        let component = &part.component.component;
        if let Some(reference) = &part.component.reference {
            add(&mut references, reference, Named::Part(at));
        }
        add(&mut names, &component.name, Named::Part(at));
        if component.version.is_some() {
            add(&mut names, &component.label(), Named::Part(at));
        }
    }
    if let Some(subject) = subject {
        names.insert(folded(&subject.component.name), Named::Product);
        names.insert(folded(&subject.component.label()), Named::Product);
        if let Some(reference) = &subject.reference {
            references.insert(folded(reference), Named::Product);
        }
    }
    // A reference is meant before a name that happens to be equal.
    names.extend(references);
    names
}

fn report(part: &Part, text: &str, found: Option<&Named>, problems: &mut Problems) {
    const ID: &str = "sbom-table-reference-unknown";
    problems.push_shared(ID, Level::Warning, || {
        let why = match found {
            Some(Named::Several) => "several rows have that name",
            Some(Named::Part(_)) => "that is the row itself",
            _ => "no row has that reference or name",
        };
        Problem::warning(
            ID,
            part.place.clone(),
            format!(
                "the row names `{}` as what it belongs to or depends on, but {why}",
                shortened(text, 80)
            ),
        )
    });
}

/// Parents by levels: the last row above that is one level higher.
fn nest(parts: &mut [Part]) {
    let mut open: Vec<(u32, usize)> = Vec::new();
    for (at, part) in parts.iter_mut().enumerate() {
        let Some(level) = part.level else { continue };
        while open.last().is_some_and(|(above, _)| *above >= level) {
            open.pop();
        }
        part.component.parent = open.last().map(|(_, parent)| *parent);
        if open.len() < DEEPEST {
            open.push((level, at));
        }
    }
}

/// Parts that belong to each other in a circle belong to nothing.
fn break_circles(parts: &mut [Part], problems: &mut Problems) {
    // The walk that came by each part, from 1; 0 before any.
    let mut walks = vec![0_usize; parts.len()];
    for start in 0..parts.len() {
        let (mut at, mut steps) = (start, 0);
        while let Some(walk) = walks.get_mut(at).filter(|walk| **walk == 0) {
            *walk = start + 1;
            steps += 1;
            let Some(part) = parts.get_mut(at) else { break };
            let Some(parent) = part.component.parent else {
                break;
            };
            let is_circle = walks.get(parent) == Some(&(start + 1));
            if is_circle || steps >= DEEPEST {
                part.component.parent = None;
                problems.push(Problem::warning(
                    "sbom-table-circle",
                    part.place.clone(),
                    "the row belongs to a row that belongs to it, or is nested too deeply; it was read as part of the product",
                ));
                break;
            }
            at = parent;
        }
    }
}

/// The reference of a part; one without its own goes by its name and version.
fn reference(parts: &mut [Part], at: usize) -> Option<String> {
    let part = &mut parts.get_mut(at)?.component;
    let label = part.component.label();
    Some(part.reference.get_or_insert(label).clone())
}
