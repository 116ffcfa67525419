//! Relationships of SPDX 3, and what follows from each.

use isocenter_model::text::shortened;
use isocenter_model::{Level, Problem};

use super::index::{Found, Graph, Placed, class_of, id_of};
use super::part::dangling;
use crate::json::{Filled, Path};
use crate::spdx::check::{Check, says_nothing};
use crate::spdx::element::{Element, Node};
use crate::spdx::parts::{Parts, Target};
use crate::spdx::words::{Role, Verb, Vex, relationships};

/// Relationships as they are read.
pub(super) struct Relations<'r, 'd> {
    /// The elements.
    pub(super) graph: &'r Graph<'d>,
    /// For each element the package that it is.
    pub(super) places: &'r [Option<usize>],
    /// The packages.
    pub(super) parts: &'r mut Parts,
    /// Which package is under which licence.
    pub(super) licenses: Vec<(usize, &'d str)>,
    /// Number of relationships that say of themselves that they are not complete.
    pub(super) incomplete: u64,
    /// What is said of flaws.
    pub(super) claims: Vec<Claim<'d>>,
}

/// What an element of the graph says of a flaw in products.
#[derive(Debug)]
pub(super) struct Claim<'d> {
    /// Where it stands.
    pub(super) placed: Placed<'d>,
    /// What sort of claim it is.
    pub(super) kind: ClaimKind,
    /// Index of the flaw's element.
    pub(super) flaw: usize,
    /// The products, each with its id: packages, and elements of other documents.
    pub(super) products: Vec<(Option<usize>, &'d str)>,
}

/// What sort of claim an element makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClaimKind {
    /// A statement (VEX).
    Vex(Vex),
    /// A product has something to do with a flaw, and nothing is said of what.
    Associated,
    /// An assessment: a score, a catalog.
    Assessment(Role),
}

impl<'d> Relations<'_, 'd> {
    /// Reads every relationship, and what collections name as their roots.
    pub(super) fn read(&mut self, check: &mut Check<'_, '_>) {
        self.roots(check);
        for placed in self.graph.nodes() {
            if matches!(
                placed.role,
                Role::Relationship
                    | Role::Vex(_)
                    | Role::Cvss(_)
                    | Role::ExploitCatalog
                    | Role::Assessment
            ) {
                self.parts.relationships += 1;
                self.relationship(placed, check);
            }
        }
    }

    /// Puts the licences into the parts; gives the claims.
    pub(super) fn finish(self, check: &mut Check<'_, '_>) -> Vec<Claim<'d>> {
        for (at, license) in self.licenses {
            if let Some(part) = self.parts.components.get_mut(at) {
                let known = &mut part.component.licenses;
                if !known.iter().any(|known| known == license) {
                    known.push(license.to_owned());
                }
            }
        }
        if self.incomplete > 0 {
            let root = Path::Root;
            check.problems.push(
                Problem::note(
                    "spdx-relationships-incomplete",
                    root.key("@graph").place(),
                    format!(
                        "relationships between parts that the document itself calls incomplete: {}",
                        self.incomplete
                    ),
                )
                .hint("ask the manufacturer for the parts that are not listed"),
            );
        }
        self.claims
    }

    /// What the document, and the bills of materials that it has as roots, name as their roots.
    fn roots(&mut self, check: &mut Check<'_, '_>) {
        let root = Path::Root;
        let list = root.key("@graph");
        let mut seen = vec![false; self.graph.nodes().len()];
        let with_role = |role: Role| -> Vec<usize> {
            let nodes = self.graph.nodes().iter().enumerate();
            nodes
                .filter(|(_, placed)| placed.role == role)
                .map(|(at, _)| at)
                .collect()
        };
        let mut waiting = with_role(Role::Document);
        // Without a document the bills of materials stand for it.
        if waiting.is_empty() {
            waiting = with_role(Role::Collection);
        }
        while let Some(at) = waiting.pop() {
            let (Some(placed), Some(seen)) = (self.graph.nodes().get(at), seen.get_mut(at)) else {
                continue;
            };
            if std::mem::replace(seen, true) {
                continue;
            }
            let further = placed.element.further();
            let path = list.index(placed.origin);
            let path = path.key("rootElement");
            further.root_elements.0.report(&path, check.problems);
            for (index, node) in further.root_elements.0.indexed() {
                let Some((end, id)) = self.end(node, &path.index(index), check) else {
                    continue;
                };
                if let End::Element(inner, Role::Collection) = end {
                    waiting.push(inner);
                }
                let document = (Target::Document, "");
                self.parts
                    .relate(Verb::Describes, document, (self.target(end), id));
            }
        }
    }

    fn relationship(&mut self, placed: &Placed<'d>, check: &mut Check<'_, '_>) {
        let element = placed.element;
        let root = Path::Root;
        let list = root.key("@graph");
        let path = &list.index(placed.origin);
        let from = check.value(&element.from, "from", path);
        check.demand("from", from.is_some(), path);
        element.to.0.report(&path.key("to"), check.problems);
        check.demand("to", element.to.0.len() > 0, path);
        let verb = verb(element, path, check);
        let from = from.and_then(|node| self.end(node, &path.key("from"), check));
        let mut ends = Vec::with_capacity(element.to.0.items().len());
        let to = path.key("to");
        for (index, node) in element.to.0.indexed() {
            if verb == Verb::HasLicense {
                self.license(from, node, &to.index(index), check);
            } else {
                ends.extend(self.end(node, &to.index(index), check));
            }
        }
        if let Some(from) = from {
            self.completeness(element, verb, path, check);
            self.relate(placed, verb, from, ends);
        }
    }

    /// Takes note of what a relationship says of its own completeness.
    fn completeness(
        &mut self,
        element: &Element<'_>,
        verb: Verb,
        path: &Path<'_>,
        check: &mut Check<'_, '_>,
    ) {
        let further = element.further();
        if let Some(word) = check.text(&further.completeness, "completeness", path) {
            let words = ["complete", "incomplete", "noAssertion"];
            check.one_of(word, &words, &path.key("completeness"));
            let is_of_parts = matches!(verb, Verb::Contains | Verb::DependsOn);
            self.incomplete += u64::from(word == "incomplete" && is_of_parts);
        }
    }

    fn relate(
        &mut self,
        placed: &Placed<'d>,
        verb: Verb,
        from: (End, &'d str),
        ends: Vec<(End, &'d str)>,
    ) {
        let kind = match (placed.role, verb) {
            (Role::Vex(vex), _) => Some(ClaimKind::Vex(vex)),
            (role @ (Role::Cvss(_) | Role::ExploitCatalog | Role::Assessment), _) => {
                Some(ClaimKind::Assessment(role))
            }
            (_, Verb::Affects) => Some(ClaimKind::Vex(Vex::Affected)),
            (_, Verb::DoesNotAffect) => Some(ClaimKind::Vex(Vex::NotAffected)),
            (_, Verb::FixedIn) => Some(ClaimKind::Vex(Vex::Fixed)),
            (_, Verb::UnderInvestigationFor) => Some(ClaimKind::Vex(Vex::UnderInvestigation)),
            (_, Verb::AssociatedWith) => Some(ClaimKind::Associated),
            _ => None,
        };
        let Some(kind) = kind else {
            let from = (self.target(from.0), from.1);
            for (end, id) in ends {
                self.parts.relate(verb, from, (self.target(end), id));
            }
            return;
        };
        let mut claim = |flaw: usize, products: Vec<(Option<usize>, &'d str)>| {
            self.claims.push(Claim {
                placed: Placed {
                    element: placed.element,
                    origin: placed.origin,
                    role: placed.role,
                },
                kind,
                flaw,
                products,
            });
        };
        let packages = self.places;
        let product = |(end, id): (End, &'d str)| match end {
            End::Element(at, _) => {
                let package = packages.get(at).copied().flatten()?;
                Some((Some(package), id))
            }
            End::Elsewhere => Some((None, id)),
        };
        if kind == ClaimKind::Associated {
            // The product is on the left side, and the flaws on the right.
            for (end, _) in ends {
                if let End::Element(flaw, Role::Vulnerability) = end {
                    claim(flaw, product(from).into_iter().collect());
                }
            }
        } else if let End::Element(flaw, Role::Vulnerability) = from.0 {
            claim(flaw, ends.into_iter().filter_map(product).collect());
        }
    }

    /// Takes note of the licence of a package.
    fn license(
        &mut self,
        from: Option<(End, &'d str)>,
        node: &'d Node<'d>,
        path: &Path<'_>,
        check: &mut Check<'_, '_>,
    ) {
        let license = match node {
            // A licence of the list is named by its address.
            Node::Reference(id) if id.contains("spdx.org/licenses/") => id
                .filled()
                .and_then(|id| id.rsplit('/').next())
                .filter(|id| !id.is_empty()),
            _ => self.end(node, path, check).and_then(|_| {
                let element = self.graph.resolve(node)?;
                let further = element.rare.as_deref();
                further
                    .and_then(|further| {
                        further
                            .license
                            .filled()
                            .or(further.license_misspelt.filled())
                    })
                    .or_else(|| element.name.filled())
                    .filter(|license| !says_nothing(license))
            }),
        };
        if let (Some(license), Some((End::Element(at, _), _))) = (license, from)
            && let Some(package) = self.places.get(at).copied().flatten()
        {
            self.licenses.push((package, license));
        }
    }

    /// What one end of a relationship is, with its id; one that leads to nothing is reported.
    fn end(
        &self,
        node: &'d Node<'d>,
        path: &Path<'_>,
        check: &mut Check<'_, '_>,
    ) -> Option<(End, &'d str)> {
        let (found, id) = match node {
            Node::Inline(element) => (
                self.graph.index_of(element).map(Found::Here)?,
                id_of(element)?,
            ),
            Node::Reference(id) => {
                let id = id.filled()?;
                (self.graph.find(id), id)
            }
        };
        match found {
            Found::Here(at) => {
                let role = self.graph.nodes().get(at)?.role;
                Some((End::Element(at, role), id))
            }
            Found::Elsewhere => Some((End::Elsewhere, id)),
            Found::Known => None,
            Found::Nowhere => {
                dangling(node, path, check);
                None
            }
        }
    }

    fn target(&self, end: End) -> Target {
        match end {
            End::Elsewhere => Target::Elsewhere,
            End::Element(at, role) => match (self.places.get(at).copied().flatten(), role) {
                (Some(package), _) => Target::Package(package),
                (None, Role::Document | Role::Collection) => Target::Document,
                (None, Role::File) => Target::File,
                _ => Target::Other,
            },
        }
    }
}

fn verb(element: &Element<'_>, path: &Path<'_>, check: &mut Check<'_, '_>) -> Verb {
    let key = "relationshipType";
    let Some(word) = check.needed(&element.kind, key, path) else {
        return Verb::Other;
    };
    let words = relationships(check.edition.model());
    check
        .word(words, word, &path.key(key))
        .map_or(Verb::Other, |entry| entry.means.verb)
}

/// One end of a relationship.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// The element of that index, with its role.
    Element(usize, Role),
    /// An element of another document.
    Elsewhere,
}

/// Tells when a statement has another relationship type than its class demands.
pub(super) fn check_kind(
    element: &Element<'_>,
    vex: Vex,
    path: &Path<'_>,
    check: &mut Check<'_, '_>,
) {
    let expected = match vex {
        Vex::Affected => "affects",
        Vex::Fixed => "fixedIn",
        Vex::NotAffected => "doesNotAffect",
        Vex::UnderInvestigation => "underInvestigationFor",
    };
    let found = element.kind.filled().unwrap_or(expected);
    if found != expected {
        check
            .problems
            .push_shared("spdx-statement-type", Level::Warning, || {
                Problem::warning(
                    "spdx-statement-type",
                    path.key("relationshipType").place(),
                    format!(
                        "the class {} demands the type `{expected}`, not `{}`; the class was taken at its word",
                        class_of(element).unwrap_or_default(),
                        shortened(found, 40)
                    ),
                )
            });
    }
}
