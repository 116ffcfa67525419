//! Software identification tags (ISO/IEC 19770-2:2015; NISTIR 8060 says how to write them well).
//!
//! A tag describes one product, patch or installation medium. It becomes a bill of materials whose
//! subject is that product and whose one component is the same, so that it is found both as a
//! release and as software that somebody listed; what the tag is part of and what it needs are
//! dependencies between tag ids.
//!
//! Traps of the format: everything that matters is in attributes; several `Meta` elements may stand
//! side by side; roles are a list in one attribute; `version` defaults to `0.0`, which means that
//! nobody stated it; a patch and a supplement have tags of their own, which name no product; a
//! corpus tag speaks of a medium and not of something that is installed; the namespace has been written in more than one
//! way.

use std::borrow::Cow;
use std::collections::BTreeSet;

use isocenter_model::component::{Component, ComponentKind, Property, Sbom, SbomComponent};
use isocenter_model::document::{Document, Summary};
use isocenter_model::text::shortened;
use isocenter_model::{DocumentKind, Level, Problem, Reading};

use crate::json::{Problems, timestamp};
use crate::xml::{Element, Tree, decode};

/// What the namespaces of the format begin with; a year and the file of the schema follow.
const NAMESPACE: &str = "http://standards.iso.org/iso/19770/-2/201";

/// The root element of a tag.
const ROOT: &str = "SoftwareIdentity";

/// Whether a root element is that of a tag.
pub(crate) fn is_tag(namespace: &str, name: &str) -> bool {
    name == ROOT && (namespace.is_empty() || namespace.starts_with(NAMESPACE))
}

/// Roles of an entity (ISO/IEC 19770-2:2015, 8.5.1; `maintainer` comes from RFC 9393, 4.2).
const ROLES: [&str; 6] = [
    "aggregator",
    "distributor",
    "licensor",
    "maintainer",
    "softwareCreator",
    "tagCreator",
];

/// Version schemes (ISO/IEC 19770-2:2015, 8.5.11).
const SCHEMES: [&str; 6] = [
    "alphanumeric",
    "decimal",
    "multipartnumeric",
    "multipartnumeric+suffix",
    "semver",
    "unknown",
];

/// What `Meta` says of the product and is kept, by its attribute.
const META: [&str; 8] = [
    "activationStatus",
    "channelType",
    "colloquialVersion",
    "edition",
    "persistentId",
    "product",
    "revision",
    "summary",
];

/// Links that say what another tag is to this one and are kept, by their `rel`.
const LINKS: [&str; 4] = ["ancestor", "patches", "supersedes", "supplemental"];

/// Elements of the format below the root.
const PARTS: [&str; 5] = ["Entity", "Evidence", "Link", "Meta", "Payload"];

/// Reads a tag.
pub fn read(bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let mut reading = Reading {
        kind: DocumentKind::Swid,
        version: None,
        document: None,
        summary: Summary::new(),
        problems: Vec::new(),
    };
    let text = decode(bytes, &mut problems);
    if let Some(tree) = Tree::parse(&text, &mut problems) {
        let mut tag = Tag {
            root: tree.root(),
            problems: &mut problems,
        };
        reading.version = tag.edition();
        if let Some((sbom, summary)) = tag.read() {
            reading.summary = summary;
            reading.document = Some(Document::Sbom(sbom));
        }
    }
    reading.problems = problems.finish();
    reading
}

struct Tag<'r, 'x, 't> {
    root: Element<'x, 't>,
    problems: &'r mut Problems,
}

impl Tag<'_, '_, '_> {
    /// The year in the namespace.
    fn edition(&mut self) -> Option<String> {
        let namespace = self.root.namespace();
        let edition = namespace
            .strip_prefix("http://standards.iso.org/iso/19770/-2/")
            .and_then(|rest| rest.get(..4));
        if edition.is_none() {
            self.problems.push(Problem::error(
                "swid-namespace-missing",
                self.root.place(),
                "the root element is not in the namespace of ISO/IEC 19770-2:2015",
            ));
        }
        edition.map(str::to_owned)
    }

    fn read(&mut self) -> Option<(Sbom, Summary)> {
        let name = self.attribute("name", true);
        let tag_id = self.attribute("tagId", true);
        let Some(name) = name.or_else(|| tag_id.clone()) else {
            self.problems.push(Problem::error(
                "swid-identity-missing",
                self.root.place(),
                "the tag has neither a name nor a tag id, so it cannot be told what it is about",
            ));
            return None;
        };
        self.report_strangers();
        let (creator, author) = self.entities();
        let files = self.files();
        let links = self.links(tag_id.as_deref());
        let mut properties = self.flags();
        properties.extend(self.meta());
        properties.extend(links.properties);
        let part = SbomComponent {
            reference: tag_id.clone(),
            component: Component {
                kind: ComponentKind::Application,
                name,
                version: self.version(),
                swid: tag_id.clone(),
                supplier: creator.clone(),
                description: self.first_meta("description"),
                properties,
                ..Component::default()
            },
            ..SbomComponent::default()
        };
        if part.component.supplier.is_none() {
            self.problems.push(
                Problem::warning(
                    "swid-software-creator-missing",
                    self.root.place(),
                    "nobody is named as the creator of the software",
                )
                .hint("the maker of the software is an Entity with the role softwareCreator"),
            );
        }
        let summary = Summary::from([
            ("components", 1),
            ("dependencies", links.dependencies.len() as u64),
            ("files", files),
            ("links", links.count),
        ]);
        let sbom = Sbom {
            serial_number: tag_id,
            revision: self.revision(),
            made: self.evidence_date(),
            manufacturer: creator.or(author),
            subject: Some(part.clone()),
            components: vec![part],
            dependencies: links.dependencies,
            ..Sbom::default()
        };
        Some((sbom, summary))
    }

    /// An attribute of the root without white space around it; `None` when absent or blank, which is
    /// reported when the format demands it.
    fn attribute(&mut self, name: &str, is_demanded: bool) -> Option<String> {
        let value = filled(self.root, name);
        if value.is_none() && is_demanded {
            self.problems.push(Problem::error(
                "swid-attribute-missing",
                self.root.place(),
                format!(
                    "the attribute `{name}` is missing or blank, which ISO/IEC 19770-2 demands here"
                ),
            ));
        }
        value
    }

    /// The version of the software; `0.0` is the format's word for none.
    fn version(&mut self) -> Option<String> {
        if let Some(scheme) = filled(self.root, "versionScheme")
            && !SCHEMES.contains(&scheme.as_str())
        {
            self.problems.push(
                Problem::warning(
                    "swid-version-scheme-unknown",
                    self.root.attribute_place("versionScheme"),
                    format!("`{}` is not a known version scheme", shortened(&scheme, 40)),
                )
                .hint(format!("the schemes are {}", SCHEMES.join(", "))),
            );
        }
        let version = filled(self.root, "version").filter(|version| version != "0.0");
        if version.is_none() {
            self.problems.push(
                Problem::warning(
                    "swid-version-missing",
                    self.root.place(),
                    "the tag states no version, so it cannot be told which flaws the software has",
                )
                .hint("ask the manufacturer for the version"),
            );
        }
        version
    }

    fn revision(&mut self) -> Option<u64> {
        let written = filled(self.root, "tagVersion")?;
        let revision = written.parse().ok();
        if revision.is_none() {
            self.problems.push(Problem::error(
                "swid-tag-version-malformed",
                self.root.attribute_place("tagVersion"),
                format!(
                    "the tag version is `{}`, where a whole number is expected",
                    shortened(&written, 40)
                ),
            ));
        }
        revision
    }

    /// Who made the software, and who the tag.
    fn entities(&mut self) -> (Option<String>, Option<String>) {
        let (mut creator, mut author, mut licensor) = (None, None, None);
        for entity in self.parts("Entity") {
            let name = filled(entity, "name").or_else(|| filled(entity, "regid"));
            let roles = filled(entity, "role").unwrap_or_default();
            if name.is_none() || roles.is_empty() {
                self.problems.push(Problem::error(
                    "swid-entity-incomplete",
                    entity.place(),
                    "an entity has a `name` and a `role`; this one lacks one of them",
                ));
            }
            for role in roles.split_ascii_whitespace() {
                let slot = match role {
                    "softwareCreator" => &mut creator,
                    "tagCreator" => &mut author,
                    "licensor" => &mut licensor,
                    _ => {
                        self.unknown_role(entity, role);
                        continue;
                    }
                };
                if slot.is_none() {
                    slot.clone_from(&name);
                }
            }
        }
        if author.is_none() {
            self.problems.push(
                Problem::error(
                    "swid-tag-creator-missing",
                    self.root.place(),
                    "nobody is named as the creator of the tag, which ISO/IEC 19770-2 demands",
                )
                .hint("the author of a tag is an Entity with the role tagCreator"),
            );
        }
        (creator.or(licensor), author)
    }

    fn unknown_role(&mut self, entity: Element<'_, '_>, role: &str) {
        if !ROLES.contains(&role) {
            self.problems.push(
                Problem::note(
                    "swid-role-unknown",
                    entity.attribute_place("role"),
                    format!("the role `{}` is not known", shortened(role, 40)),
                )
                .hint(format!("the roles are {}", ROLES.join(", "))),
            );
        }
    }

    /// What sort of tag it is.
    fn flags(&mut self) -> Vec<Property> {
        let mut properties = Vec::new();
        for (name, id, message) in [
            (
                "corpus",
                "swid-tag-of-medium",
                "the tag describes an installation medium; it is no evidence that the software is installed",
            ),
            (
                "patch",
                "swid-tag-of-patch",
                "the tag describes a patch and not the product that it changes",
            ),
            (
                "supplemental",
                "swid-tag-supplemental",
                "the tag adds to another one, which describes the product",
            ),
        ] {
            match filled(self.root, name).as_deref() {
                Some("true" | "1") => {
                    self.problems
                        .push(Problem::note(id, self.root.attribute_place(name), message));
                    properties.push(property(name, "true"));
                }
                None | Some("false" | "0") => {}
                Some(other) => self.problems.push(Problem::error(
                    "swid-flag-malformed",
                    self.root.attribute_place(name),
                    format!(
                        "`{name}` is `{}`, where true or false is expected",
                        shortened(other, 40)
                    ),
                )),
            }
        }
        for name in ["media", "versionScheme"] {
            properties.extend(filled(self.root, name).map(|value| property(name, &value)));
        }
        properties
    }

    /// What is said of the product beside its name and version.
    fn meta(&self) -> Vec<Property> {
        META.into_iter()
            .filter_map(|name| Some(property(name, &self.first_meta(name)?)))
            .collect()
    }

    fn first_meta(&self, name: &str) -> Option<String> {
        self.parts("Meta").find_map(|meta| filled(meta, name))
    }

    /// The number of files that the tag lists, in folders too.
    fn files(&self) -> u64 {
        fn count(holder: Element<'_, '_>) -> u64 {
            let inside: u64 = holder.children().map(count).sum();
            inside + u64::from(holder.name() == "File")
        }
        ["Payload", "Evidence"]
            .into_iter()
            .flat_map(|name| self.parts(name))
            .map(count)
            .sum()
    }

    /// When the software was seen where the tag was made for it.
    fn evidence_date(&mut self) -> Option<jiff::Timestamp> {
        let evidence = self.parts("Evidence").next()?;
        let written = filled(evidence, "date")?;
        let date = timestamp(&written);
        if date.is_none() {
            self.problems.push(Problem::error(
                "swid-date-malformed",
                evidence.attribute_place("date"),
                format!(
                    "`{}` is no date and time; it was set aside",
                    shortened(&written, 40)
                ),
            ));
        }
        date
    }

    fn links(&mut self, own: Option<&str>) -> Links {
        let mut links = Links::default();
        for link in self.parts("Link") {
            links.count += 1;
            let (Some(rel), Some(href)) = (filled(link, "rel"), filled(link, "href")) else {
                self.problems.push(Problem::error(
                    "swid-link-incomplete",
                    link.place(),
                    "a link has a `rel` and a `href`; this one lacks one of them",
                ));
                continue;
            };
            let other = href.strip_prefix("swid:").unwrap_or(&href);
            match (rel.as_str(), own) {
                ("component" | "requires", Some(own)) => {
                    links.dependencies.push((own.to_owned(), other.to_owned()));
                }
                ("parent", Some(own)) => {
                    links.dependencies.push((other.to_owned(), own.to_owned()));
                }
                (rel, _) if LINKS.contains(&rel) => links.properties.push(property(rel, other)),
                _ => {}
            }
        }
        links
    }

    /// Elements that are not of the format.
    fn report_strangers(&mut self) {
        let mut namespaces = BTreeSet::new();
        for child in self.root.children() {
            if !child.is_akin(self.root) {
                if namespaces.insert(child.namespace()) && child.name() != "Signature" {
                    self.problems.push(Problem::note(
                        "swid-extension-not-read",
                        child.place(),
                        format!(
                            "elements of the namespace `{}` were not read",
                            shortened(child.namespace(), 80)
                        ),
                    ));
                }
            } else if !PARTS.contains(&child.name()) {
                self.problems
                    .push_shared("swid-element-unknown", Level::Error, || {
                        Problem::error(
                            "swid-element-unknown",
                            child.place(),
                            format!(
                                "ISO/IEC 19770-2:2015 has no element `{}` here",
                                shortened(child.name(), 40)
                            ),
                        )
                    });
            }
        }
    }
}

impl<'x, 't> Tag<'_, 'x, 't> {
    /// The elements of one name below the root.
    fn parts(&self, name: &'static str) -> impl Iterator<Item = Element<'x, 't>> + use<'x, 't> {
        let root = self.root;
        root.children()
            .filter(move |child| child.is_akin(root) && child.name() == name)
    }
}

/// What a tag says of other tags.
#[derive(Default)]
struct Links {
    count: u64,
    dependencies: Vec<(String, String)>,
    properties: Vec<Property>,
}

fn property(name: &str, value: &str) -> Property {
    Property {
        name: format!("swid:{name}"),
        value: value.to_owned(),
    }
}

/// An attribute without white space around it; `None` when absent or blank.
fn filled(element: Element<'_, '_>, name: &str) -> Option<String> {
    element
        .attribute(name)
        .map(Cow::into_owned)
        .map(|value| value.trim().to_owned())
        .filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests;
