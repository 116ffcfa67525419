//! Products and the parts inside them, by their identifiers.

use isocenter_identity::cpe::Cpe;
use isocenter_identity::purl::Purl;
use isocenter_model::Problem;
use isocenter_model::component::Hash;
use isocenter_model::product::{ProductReference, VersionExpression};
use isocenter_model::text::shortened;

use super::Edition;
use super::object::Object;
use crate::identifier::{is_cpe, is_purl};
use crate::json::{Node, Path, Problems};
use crate::lookup::Lookup;

/// The hash functions (Appendix A), as CycloneDX spells them, with their length in hexadecimal digits.
const HASHES: [(&str, &str, usize); 12] = [
    ("md5", "MD5", 32),
    ("sha1", "SHA-1", 40),
    ("sha-256", "SHA-256", 64),
    ("sha-384", "SHA-384", 96),
    ("sha-512", "SHA-512", 128),
    ("sha3-224", "SHA3-224", 56),
    ("sha3-256", "SHA3-256", 64),
    ("sha3-384", "SHA3-384", 96),
    ("sha3-512", "SHA3-512", 128),
    ("blake2s-256", "BLAKE2s-256", 64),
    ("blake2b-256", "BLAKE2b-256", 64),
    ("blake2b-512", "BLAKE2b-512", 128),
];

/// What an element of a list is that is not of the expected kind.
pub(super) fn set_aside(found: &Node<'_>, expected: &str, path: &Path<'_>) -> Problem {
    Problem::error(
        "json-element-set-aside",
        path.place(),
        format!(
            "the element is {}, where {expected} is expected; it was set aside",
            found.kind()
        ),
    )
}

/// What is named.
#[derive(Clone, Copy)]
pub(super) enum Role<'a> {
    /// A product, by this supplier.
    Product(Option<&'a str>),
    /// A part of a product.
    Part,
}

/// What the package URLs of a document say, each of which stands in many statements.
#[derive(Default)]
pub(super) struct Purls(Lookup<String, Option<Said>>);

/// What one of them says.
struct Said {
    name: String,
    version: VersionExpression,
}

impl Purls {
    fn has(&self, text: &str) -> bool {
        self.0.contains_key(text)
    }

    /// What `text` says, which was found to be a package URL.
    fn read(&mut self, text: &str) -> Option<&Said> {
        if !self.has(text) {
            let said = Purl::parse(text).ok().map(|purl| Said {
                name: purl.name().to_owned(),
                version: version(&purl),
            });
            self.0.insert(text.to_owned(), said);
        }
        self.0.get(text)?.as_ref()
    }
}

/// The product or part that `node` names; `None` when it names none.
pub(super) fn read(
    node: &Node<'_>,
    path: &Path<'_>,
    edition: Edition,
    role: Role<'_>,
    purls: &mut Purls,
    problems: &mut Problems,
) -> Option<ProductReference> {
    let mut product = Found {
        purls,
        purl: None,
        cpe: None,
        reference: None,
        hashes: Vec::new(),
    };
    match node {
        Node::Text(id) => {
            if edition == Edition::V0_2 {
                problems.push(
                    Problem::error(
                        "openvex-draft-shape",
                        path.place(),
                        "the product is a text, as in the drafts before 0.2.0; it was read",
                    )
                    .hint("write an object with the text as its @id"),
                );
            }
            product.take_id(id.trim(), path, problems);
        }
        Node::Object(_) => {
            let object = Object::new(node, path, edition);
            let known = ["@id", "identifiers", "hashes", "subcomponents"];
            let count = match role {
                Role::Product(_) => 4,
                Role::Part => 3,
            };
            object.close(known.get(..count).unwrap_or_default(), &[], problems);
            if let Some(node) = object.node.get("identifiers") {
                product.take_identifiers(node, &path.key("identifiers"), edition, problems);
            }
            if let Some(id) = object.text("@id", problems) {
                object.is_iri("@id", id, problems);
                product.take_id(id, &path.key("@id"), problems);
            }
            if let Some(node) = object.node.get("hashes") {
                product.hashes = hashes(node, &path.key("hashes"), edition, problems);
            }
        }
        other => {
            problems.push(set_aside(other, "an object", path));
            return None;
        }
    }
    let supplier = match role {
        Role::Product(supplier) => supplier,
        Role::Part => None,
    };
    product.finish(path, supplier, problems)
}

/// The names of a product as they are found.
struct Found<'p> {
    purls: &'p mut Purls,
    purl: Option<String>,
    cpe: Option<String>,
    /// An IRI that is none of these.
    reference: Option<String>,
    hashes: Vec<Hash>,
}

impl Found<'_> {
    fn take_identifiers(
        &mut self,
        node: &Node<'_>,
        path: &Path<'_>,
        edition: Edition,
        problems: &mut Problems,
    ) {
        let Node::Object(_) = node else {
            problems.push(not_an_object(node, path));
            return;
        };
        let object = Object::new(node, path, edition);
        object.close(
            &["purl", "cpe22", "cpe23", "@cpe22", "@cpe23"],
            &[],
            problems,
        );
        if let Some(purl) = object.text("purl", problems) {
            self.take_purl(purl, &path.key("purl"), problems);
        }
        // The newer form says more, so it comes first.
        for key in ["cpe23", "@cpe23", "cpe22", "@cpe22"] {
            if let Some(cpe) = object.text(key, problems) {
                self.take_cpe(cpe, &path.key(key), problems);
            }
        }
    }

    /// An IRI: package URLs and CPE names of form 2.2 are such, and say what the product is.
    fn take_id(&mut self, id: &str, path: &Path<'_>, problems: &mut Problems) {
        if id.is_empty() {
            return;
        }
        if id.starts_with("pkg:") {
            self.take_purl(id, path, problems);
        } else if id.starts_with("cpe:") {
            self.take_cpe(id, path, problems);
        } else {
            self.reference = Some(id.to_owned());
        }
    }

    fn take_purl(&mut self, text: &str, path: &Path<'_>, problems: &mut Problems) {
        if self.purls.has(text)
            || is_purl(text, "openvex-purl-malformed", || path.place(), problems)
        {
            self.purl.get_or_insert_with(|| text.to_owned());
        }
    }

    fn take_cpe(&mut self, text: &str, path: &Path<'_>, problems: &mut Problems) {
        if is_cpe(text, "openvex-cpe-malformed", || path.place(), problems) {
            self.cpe.get_or_insert_with(|| text.to_owned());
        }
    }

    fn finish(
        self,
        path: &Path<'_>,
        supplier: Option<&str>,
        problems: &mut Problems,
    ) -> Option<ProductReference> {
        let is_link = self
            .reference
            .as_deref()
            .is_some_and(|id| id.starts_with("urn:cdx:") || id.starts_with("urn:uuid:"));
        if self.purl.is_none() && self.cpe.is_none() && !is_link {
            if self.reference.is_none() && self.hashes.is_empty() {
                problems.push(
                    Problem::error(
                        "openvex-product-unidentified",
                        path.place(),
                        "the product has no identifier that can be used, so the statement is on nothing",
                    )
                    .hint("name it by its package URL or CPE, or by the BOM-Link of a part"),
                );
                return None;
            }
            problems.push(
                Problem::note(
                    "openvex-product-not-findable",
                    path.place(),
                    "the product is named by an address or a hash alone, by which no part of a bill of materials is found",
                )
                .hint("name it by its package URL or CPE, or by the BOM-Link of a part"),
            );
        }
        let said = self.purl.as_deref().and_then(|purl| self.purls.read(purl));
        let version = match said.map(|said| &said.version) {
            None | Some(VersionExpression::Unstated) => version_of_cpe(self.cpe.as_deref()),
            Some(version) => version.clone(),
        };
        // The supplier makes a product's name one that can be found; alone it is none.
        let name = supplier.and(said).map(|said| said.name.as_str());
        Some(ProductReference {
            reference: self.reference,
            vendor: supplier.filter(|_| name.is_some()).map(str::to_owned),
            name: name.unwrap_or_default().to_owned(),
            version,
            purl: self.purl,
            cpe: self.cpe,
            hashes: self.hashes,
            ..ProductReference::default()
        })
    }
}

/// The versions that a package URL names.
fn version(purl: &Purl) -> VersionExpression {
    match (purl.qualifier("vers"), purl.version()) {
        (Some(range), _) => VersionExpression::Range(range.to_owned()),
        (None, Some(version)) => VersionExpression::Exact(version.to_owned()),
        (None, None) => VersionExpression::Unstated,
    }
}

fn version_of_cpe(cpe: Option<&str>) -> VersionExpression {
    cpe.and_then(|cpe| Some(Cpe::parse(cpe).ok()?.version()?.into_owned()))
        .map_or(VersionExpression::Unstated, VersionExpression::Exact)
}

fn not_an_object(found: &Node<'_>, path: &Path<'_>) -> Problem {
    Problem::error(
        "json-value-set-aside",
        path.place(),
        format!(
            "the value is {}, where an object is expected; it was set aside",
            found.kind()
        ),
    )
}

fn hashes(
    node: &Node<'_>,
    path: &Path<'_>,
    edition: Edition,
    problems: &mut Problems,
) -> Vec<Hash> {
    let Node::Object(_) = node else {
        problems.push(not_an_object(node, path));
        return Vec::new();
    };
    let object = Object::new(node, path, edition);
    object.close(&HASHES.map(|(name, ..)| name), &[], problems);
    let mut hashes = Vec::new();
    for (name, algorithm, length) in HASHES {
        let Some(value) = object.text(name, problems) else {
            continue;
        };
        if value.len() == length && value.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            hashes.push(Hash {
                algorithm: algorithm.to_owned(),
                value: value.to_owned(),
            });
        } else {
            problems.push(Problem::error(
                "openvex-hash-malformed",
                path.key(name).place(),
                format!(
                    "the hash `{}` was set aside: {length} hexadecimal digits were expected",
                    shortened(value, 80)
                ),
            ));
        }
    }
    hashes
}
