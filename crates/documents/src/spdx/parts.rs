//! The parts of a document with how they relate: what the product is, what is nested in what, what
//! depends on what. Both models of SPDX end here.
//!
//! A bill of materials nests a part in one other at most, and SPDX allows many and circles. The
//! first container that makes no circle is the one it is nested in; every other becomes an edge of
//! the dependencies, so that nothing is lost.

use isocenter_model::component::{Sbom, SbomComponent};
use isocenter_model::{Place, Problem};

use super::words::Verb;
use crate::json::Problems;

/// What an id stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// The document.
    Document,
    /// The package of that index.
    Package(usize),
    /// A file.
    File,
    /// Something else of this document.
    Other,
    /// Something of another document.
    Elsewhere,
}

/// Packages, and the relationships between them.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// The packages, the product among them.
    pub(super) components: Vec<SbomComponent>,
    /// Number of relationships of every type.
    pub(super) relationships: u64,
    /// Indexes of the packages that the document describes, each once.
    described: Vec<usize>,
    /// Whether it describes anything, be it no package.
    pub(super) describes: bool,
    contains: Vec<(usize, usize)>,
    depends: Vec<(String, String)>,
    /// Ends of dependencies that are packages: `(from, to)`.
    needs: Vec<(usize, usize)>,
}

/// Which package the product is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// This one.
    Package(usize),
    /// One of several.
    Ambiguous,
    /// The document does not say.
    Unstated,
}

impl Parts {
    /// Takes note that `from` does something to `to`; each is given with its id.
    pub(super) fn relate(&mut self, verb: Verb, from: (Target, &str), to: (Target, &str)) {
        match (verb, from.0, to.0) {
            (Verb::Describes, Target::Document, end) => {
                self.describes = true;
                if let Target::Package(at) = end
                    && !self.described.contains(&at)
                    // Of many described packages none is the product, however many more there are.
                    && self.described.len() < MANY_DESCRIBED
                {
                    self.described.push(at);
                }
            }
            (Verb::Contains, Target::Package(outer), Target::Package(inner)) => {
                self.contains.push((outer, inner));
            }
            (
                Verb::DependsOn,
                Target::Package(_) | Target::Elsewhere,
                Target::Package(_) | Target::Elsewhere,
            ) => {
                if let (Target::Package(one), Target::Package(other)) = (from.0, to.0) {
                    self.needs.push((one, other));
                }
                self.depends.push((from.1.to_owned(), to.1.to_owned()));
            }
            _ => {}
        }
    }

    /// Whether some package holds another or depends on one.
    pub(super) fn are_related(&self) -> bool {
        !self.contains.is_empty() || !self.depends.is_empty()
    }

    /// Which package the product is: the one that is described; of several the one that is in no
    /// other of them; and the only package of a document that describes nothing.
    pub(super) fn subject(&self) -> Subject {
        match self.described.as_slice() {
            [] if !self.describes && self.components.len() == 1 => Subject::Package(0),
            [] => Subject::Unstated,
            [one] => Subject::Package(*one),
            several => {
                let is_described = |at: &usize| several.contains(at);
                let mut inner: Vec<usize> = self
                    .contains
                    .iter()
                    .chain(&self.needs)
                    .filter(|(outer, inner)| {
                        outer != inner && is_described(outer) && is_described(inner)
                    })
                    .map(|(_, inner)| *inner)
                    .collect();
                inner.sort_unstable();
                let mut outermost = several.iter().filter(|at| inner.binary_search(at).is_err());
                match (outermost.next(), outermost.next()) {
                    (Some(one), None) => Subject::Package(*one),
                    _ => Subject::Ambiguous,
                }
            }
        }
    }

    /// Puts the parts, their nesting and their dependencies into a bill of materials, and the
    /// product beside them.
    pub(super) fn finish(mut self, subject: Subject, sbom: &mut Sbom) {
        let subject = match subject {
            Subject::Package(at) if at < self.components.len() => Some(at),
            _ => None,
        };
        self.nest(subject);
        if let Some(at) = subject {
            let product = self.components.remove(at);
            for part in &mut self.components {
                part.parent = match part.parent {
                    Some(parent) if parent == at => None,
                    Some(parent) if parent > at => Some(parent - 1),
                    parent => parent,
                };
            }
            sbom.manufacturer.clone_from(&product.component.supplier);
            sbom.subject = Some(SbomComponent {
                parent: None,
                ..product
            });
        }
        sbom.components = self.components;
        sbom.dependencies = self.depends;
    }

    fn nest(&mut self, subject: Option<usize>) {
        let mut trees = Trees {
            up: (0..self.components.len()).collect(),
        };
        for (outer, inner) in std::mem::take(&mut self.contains) {
            let is_free = self
                .components
                .get(inner)
                .is_some_and(|part| part.parent.is_none());
            if is_free && Some(inner) != subject && trees.root(outer) != inner {
                if let Some(part) = self.components.get_mut(inner) {
                    part.parent = Some(outer);
                }
                if let Some(up) = trees.up.get_mut(inner) {
                    *up = outer;
                }
            } else {
                let reference = |at: usize| self.components.get(at)?.reference.clone();
                if let (Some(from), Some(to)) = (reference(outer), reference(inner)) {
                    self.depends.push((from, to));
                }
            }
        }
    }
}

/// Beyond so many described packages no further one is looked at.
const MANY_DESCRIBED: usize = 1_000;

/// Trees of nested parts, with short ways to their roots.
struct Trees {
    up: Vec<usize>,
}

impl Trees {
    /// The outermost part of the tree that `at` is in.
    fn root(&mut self, mut at: usize) -> usize {
        loop {
            let up = self.up.get(at).copied().unwrap_or(at);
            if up == at {
                return at;
            }
            // Halving the way keeps long chains quick.
            let beyond = self.up.get(up).copied().unwrap_or(up);
            if let Some(way) = self.up.get_mut(at) {
                *way = beyond;
            }
            at = beyond;
        }
    }
}

/// Tells that several packages are described and none of them is the product.
pub(super) fn ambiguous(at: Place, problems: &mut Problems) {
    problems.push(
        Problem::warning(
            "spdx-subject-ambiguous",
            at,
            "the document describes several packages, and none of them holds the others: which is the product is not said",
        )
        .hint("name the device as one package, and say that SPDXRef-DOCUMENT DESCRIBES it alone"),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use isocenter_model::component::Component;

    fn parts(names: &[&str]) -> Parts {
        Parts {
            components: names
                .iter()
                .map(|name| SbomComponent {
                    reference: Some((*name).to_owned()),
                    component: Component {
                        name: (*name).to_owned(),
                        ..Component::default()
                    },
                    ..SbomComponent::default()
                })
                .collect(),
            ..Parts::default()
        }
    }

    fn relate(parts: &mut Parts, verb: Verb, from: usize, to: usize) {
        let name = |at: usize| at.to_string();
        parts.relate(
            verb,
            (Target::Package(from), &name(from)),
            (Target::Package(to), &name(to)),
        );
    }

    #[test]
    fn a_circle_of_containers_is_opened_and_nothing_is_lost() {
        let mut parts = parts(&["0", "1", "2", "3"]);
        for (outer, inner) in [(1, 2), (2, 3), (3, 1), (1, 3), (2, 2)] {
            relate(&mut parts, Verb::Contains, outer, inner);
        }
        parts.relate(
            Verb::Describes,
            (Target::Document, "d"),
            (Target::Package(0), "0"),
        );
        let mut sbom = Sbom::default();
        let subject = parts.subject();
        parts.finish(subject, &mut sbom);
        assert_eq!(sbom.subject.unwrap().component.name, "0");
        let parents: Vec<_> = sbom.components.iter().map(|part| part.parent).collect();
        assert_eq!(parents, [None, Some(0), Some(1)]);
        let edge = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(
            sbom.dependencies,
            [edge("3", "1"), edge("1", "3"), edge("2", "2")]
        );
    }

    #[test]
    fn a_long_chain_of_containers_is_nested_quickly() {
        let names: Vec<String> = (0..200_000).map(|at: u32| at.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut parts = parts(&names);
        for at in 1..names.len() {
            relate(&mut parts, Verb::Contains, at - 1, at);
        }
        let mut sbom = Sbom::default();
        parts.finish(Subject::Unstated, &mut sbom);
        assert_eq!(sbom.components.last().unwrap().parent, Some(199_998));
    }

    #[test]
    fn of_several_described_packages_the_outermost_is_the_product() {
        let describe = |parts: &mut Parts, at: usize| {
            parts.relate(
                Verb::Describes,
                (Target::Document, "d"),
                (Target::Package(at), ""),
            );
        };
        let mut three = parts(&["0", "1", "2"]);
        assert_eq!(three.subject(), Subject::Unstated);
        assert_eq!(parts(&["0"]).subject(), Subject::Package(0));
        describe(&mut three, 1);
        describe(&mut three, 1);
        assert_eq!(three.subject(), Subject::Package(1));
        describe(&mut three, 2);
        assert_eq!(three.subject(), Subject::Ambiguous);
        relate(&mut three, Verb::DependsOn, 2, 1);
        assert_eq!(three.subject(), Subject::Package(2));
    }
}
