//! The elements of a graph by their ids.

use isocenter_model::text::shortened;
use isocenter_model::{Level, Problem};

use crate::json::{Field, Filled, List, Path};
use crate::lookup::{Hashing, Lookup, LookupSet};
use crate::spdx::check::Check;
use crate::spdx::element::{Element, FurtherOfElement, Node};
use crate::spdx::words::{Role, classes};

/// An element and where it stands.
#[derive(Debug)]
pub(super) struct Placed<'d> {
    /// The element.
    pub(super) element: &'d Element<'d>,
    /// Index in the document of the element, or of the one that it stands in.
    pub(super) origin: usize,
    /// What it is taken for.
    pub(super) role: Role,
}

/// All elements of a document.
#[derive(Debug)]
pub(super) struct Graph<'d> {
    nodes: Vec<Placed<'d>>,
    ids: Lookup<&'d str, usize>,
    /// Short names of namespaces.
    prefixes: Vec<(&'d str, &'d str)>,
    /// Ids of elements that other documents define.
    imports: LookupSet<&'d str>,
}

/// What a reference leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// The element of that index.
    Here(usize),
    /// An element of another document.
    Elsewhere,
    /// One of the elements that stand for none or for no knowledge, or a licence of the list.
    Known,
    /// Nothing.
    Nowhere,
}

impl<'d> Graph<'d> {
    /// Reads a list of elements, with those that stand inside others.
    pub(super) fn read(list: &'d List<Element<'_>>, check: &mut Check<'_, '_>) -> Self {
        let mut graph = Self {
            nodes: Vec::with_capacity(list.items().len()),
            ids: Lookup::with_capacity_and_hasher(list.items().len(), Hashing::default()),
            prefixes: Vec::new(),
            imports: LookupSet::default(),
        };
        for (origin, element) in list.indexed() {
            graph.add(element, origin, check);
        }
        graph.names();
        graph
    }

    /// The elements, each behind the one that it stands in.
    pub(super) fn nodes(&self) -> &[Placed<'d>] {
        &self.nodes
    }

    /// The elements of that role.
    pub(super) fn with_role(&self, role: Role) -> impl Iterator<Item = &Placed<'d>> {
        self.nodes.iter().filter(move |placed| placed.role == role)
    }

    fn add(&mut self, element: &'d Element<'d>, origin: usize, check: &mut Check<'_, '_>) {
        let root = Path::Root;
        let list = root.key("@graph");
        let own = list.index(origin);
        // Each with the member that it stands in, where it stands in another.
        let mut waiting: Vec<(&'d Element<'d>, Option<&'static str>)> = vec![(element, None)];
        while let Some((element, member)) = waiting.pop() {
            inline_nodes(element, |inner, member| waiting.push((inner, Some(member))));
            let inner = own.key(member.unwrap_or_default());
            let path = if member.is_some() { &inner } else { &own };
            let (role, has_id) = role(element, path, check);
            if member.is_some() && !has_id {
                // Hashes and identifiers are read where they stand.
                continue;
            }
            element.foreign.report(check.edition, path, check.problems);
            check_id(element, has_id, path, check);
            if let Some(id) = id_of(element) {
                self.register(id, path, check);
            }
            self.nodes.push(Placed {
                element,
                origin,
                role,
            });
        }
    }

    fn register(&mut self, id: &'d str, path: &Path<'_>, check: &mut Check<'_, '_>) {
        let at = self.nodes.len();
        if self.ids.contains_key(id) {
            check
                .problems
                .push_shared("spdx-id-repeated", Level::Error, || {
                    Problem::error(
                        "spdx-id-repeated",
                        path.place(),
                        format!(
                            "the id `{}` is used more than once; it is taken for the first of them",
                            shortened(id, 80)
                        ),
                    )
                });
        } else {
            self.ids.insert(id, at);
        }
    }

    /// Takes the namespaces and imports of the document.
    fn names(&mut self) {
        let documents: Vec<&'d FurtherOfElement<'d>> = self
            .with_role(Role::Document)
            .filter_map(|placed| placed.element.rare.as_deref())
            .collect();
        for further in documents {
            for node in further.namespaces.0.items() {
                if let Some(map) = self.resolve(node).and_then(|map| map.rare.as_deref())
                    && let (Some(prefix), Some(namespace)) =
                        (map.prefix.filled(), map.namespace.filled())
                {
                    self.prefixes.push((prefix, namespace));
                }
            }
            for node in further.imports.0.items() {
                let map = self.resolve(node).and_then(|map| map.rare.as_deref());
                self.imports
                    .extend(map.and_then(|map| map.external_id.filled()));
            }
        }
    }

    /// The element that a node is or refers to.
    pub(super) fn resolve(&self, node: &'d Node<'d>) -> Option<&'d Element<'d>> {
        match node {
            Node::Inline(element) => Some(element),
            Node::Reference(id) => match self.find(id.filled()?) {
                Found::Here(at) => self.nodes.get(at).map(|placed| placed.element),
                _ => None,
            },
        }
    }

    /// What an id leads to.
    pub(super) fn find(&self, id: &str) -> Found {
        if let Some(at) = self.ids.get(id) {
            return Found::Here(*at);
        }
        if self.imports.contains(id) {
            return Found::Elsewhere;
        }
        if is_known(id) {
            return Found::Known;
        }
        for (prefix, namespace) in &self.prefixes {
            let other = if let Some(rest) = id
                .strip_prefix(prefix)
                .and_then(|rest| rest.strip_prefix(':'))
            {
                format!("{namespace}{rest}")
            } else if let Some(rest) = id.strip_prefix(namespace) {
                format!("{prefix}:{rest}")
            } else {
                continue;
            };
            if let Some(at) = self.ids.get(other.as_str()) {
                return Found::Here(*at);
            }
            if self.imports.contains(other.as_str()) {
                return Found::Elsewhere;
            }
        }
        Found::Nowhere
    }

    /// The index of an element that stands in place.
    pub(super) fn index_of(&self, element: &Element<'_>) -> Option<usize> {
        match self.find(id_of(element)?) {
            Found::Here(at) => Some(at),
            _ => None,
        }
    }
}

/// The id of an element.
pub(super) fn id_of<'e>(element: &'e Element<'_>) -> Option<&'e str> {
    element.id.filled().or(element.id_at.filled())
}

/// The class of an element as written.
pub(super) fn class_of<'e>(element: &'e Element<'_>) -> Option<&'e str> {
    element.class.filled().or(element.class_at.filled())
}

/// Individuals of the model and licences of the list, which need no element.
fn is_known(id: &str) -> bool {
    let name = id.rsplit('/').next().unwrap_or(id);
    let is_individual = matches!(
        name,
        "NoneElement"
            | "NoAssertionElement"
            | "SpdxOrganization"
            | "NoneLicense"
            | "NoAssertionLicense"
            | "expandedlicensing_NoneLicense"
            | "expandedlicensing_NoAssertionLicense"
    );
    is_individual || id.contains("spdx.org/licenses/")
}

/// What an element is taken for, and whether its class demands an id.
fn role(element: &Element<'_>, path: &Path<'_>, check: &mut Check<'_, '_>) -> (Role, bool) {
    element.class.report(&path.key("type"), check.problems);
    let Some(class) = class_of(element) else {
        check.missing("type", path);
        return (Role::Other, false);
    };
    // The class may be written as an IRI: https://spdx.org/rdf/3.0.1/terms/Software/Package.
    let short = class.split_once("/terms/").map(|(_, name)| name);
    let entry = match short {
        Some(name) => classes().meant(name.strip_prefix("Core/").unwrap_or(name)),
        None => check.word(classes(), class, &path.key("type")),
    };
    let Some(entry) = entry else {
        return (Role::Other, false);
    };
    if entry.means.role == Role::Abstract {
        check
            .problems
            .push_shared("spdx-class-abstract", Level::Error, || {
                Problem::error(
                    "spdx-class-abstract",
                    path.key("type").place(),
                    format!(
                        "no element may be of the class `{}`, which is abstract: one of its kinds was expected",
                        entry.word
                    ),
                )
            });
    }
    (entry.means.role, entry.means.has_id)
}

/// Checks the id of an element: an IRI where its class demands one.
fn check_id(element: &Element<'_>, has_id: bool, path: &Path<'_>, check: &mut Check<'_, '_>) {
    element.id.report(&path.key("spdxId"), check.problems);
    element.id_at.report(&path.key("@id"), check.problems);
    if !has_id {
        return;
    }
    let creation = !matches!(element.creation, Field::Absent);
    check.demand("creationInfo", creation, path);
    element
        .creation
        .report(&path.key("creationInfo"), check.problems);
    let Some(id) = element.id.filled() else {
        check.missing("spdxId", path);
        return;
    };
    let is_iri = id
        .split_once(':')
        .is_some_and(|(scheme, rest)| !scheme.is_empty() && scheme != "_" && !rest.is_empty());
    if !is_iri || id.contains(char::is_whitespace) {
        check
            .problems
            .push_shared("spdx-id-malformed", Level::Error, || {
                Problem::error(
                    "spdx-id-malformed",
                    path.key("spdxId").place(),
                    format!("the id `{}` is no IRI (RFC 3987)", shortened(id, 80)),
                )
            });
    }
}

/// Calls `see` with every element that stands inside an element, and the member it stands in.
fn inline_nodes<'d>(element: &'d Element<'d>, mut see: impl FnMut(&'d Element<'d>, &'static str)) {
    let mut node = |node: &'d Node<'d>, member: &'static str| {
        if let Node::Inline(inner) = node {
            see(inner, member);
        }
    };
    let further = element.further();
    let fields = [
        (&element.creation, "creationInfo"),
        (&element.from, "from"),
        (&element.supplied_by, "suppliedBy"),
        (&further.snippet_from_file, "software_snippetFromFile"),
        (&further.subject, "subject"),
        (&further.assessed, "security_assessedElement"),
    ];
    for (field, member) in fields {
        if let Some(inner) = field.value() {
            node(inner, member);
        }
    }
    let lists = [
        (&element.to, "to"),
        (&element.identifiers, "externalIdentifier"),
        (&element.verified_using, "verifiedUsing"),
        (&element.originated_by, "originatedBy"),
        (&further.identifiers_misspelt, "externalIdentifiers"),
        (&further.content_identifiers, "software_contentIdentifier"),
        (&further.created_by, "createdBy"),
        (&further.created_using, "createdUsing"),
        (&further.root_elements, "rootElement"),
        (&further.elements, "element"),
        (&further.imports, "import"),
        (&further.namespaces, "namespaceMap"),
    ];
    for (many, member) in lists {
        for inner in many.0.items() {
            node(inner, member);
        }
    }
}
