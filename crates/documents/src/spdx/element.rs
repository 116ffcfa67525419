//! The shape of SPDX 3: a graph of elements. One shape holds the members of every class that is
//! read, because a class may be stated behind its members.
//!
//! What the model calls an object may stand in place or be referred to by its id, and a list of
//! one may stand without brackets (SPDX 3.0.1, clause "Serialization in JSON-LD").

use std::fmt;
use std::marker::PhantomData;
use std::sync::LazyLock;

use serde::de::value::{
    BorrowedStrDeserializer, MapAccessDeserializer, SeqAccessDeserializer, StrDeserializer,
};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::flag::Flag;
use crate::json::{Field, List, Short, Text, objects};

objects! {
    /// Whatever stands in the graph.
    Element {
        class: Field<Text<'a>> = "type" 0,
        class_at: Field<Text<'a>> = "@type" 0,
        id: Field<Text<'a>> = "spdxId" 0,
        id_at: Field<Text<'a>> = "@id" 0,
        name: Field<Text<'a>> = "name" 0,
        creation: Field<Node<'a>> = "creationInfo" 0,
        from: Field<Node<'a>> = "from" 0,
        kind: Field<Text<'a>> = "relationshipType" 0,
        to: Many<Node<'a>> = "to" 0,
        package_version: Field<Text<'a>> = "software_packageVersion" 0,
        package_url: Field<Text<'a>> = "software_packageUrl" 0,
        purpose: Field<Text<'a>> = "software_primaryPurpose" 0,
        identifiers: Many<Node<'a>> = "externalIdentifier" 0,
        verified_using: Many<Node<'a>> = "verifiedUsing" 0,
        supplied_by: Field<Node<'a>> = "suppliedBy" 0,
        originated_by: Many<Node<'a>> = "originatedBy" 0,
    } rare FurtherOfElement {
        identifiers_misspelt: Many<Node<'a>> = "externalIdentifiers" 0,
        description: Field<Text<'a>> = "description" 0,
        summary: Field<Text<'a>> = "summary" 0,
        content_identifiers: Many<Node<'a>> = "software_contentIdentifier" 0,
        snippet_from_file: Field<Node<'a>> = "software_snippetFromFile" 0,
        built: Field<Text<'a>> = "builtTime" 0,
        released: Field<Text<'a>> = "releaseTime" 0,
        valid_until: Field<Text<'a>> = "validUntilTime" 0,
        support_levels: Many<Text<'a>> = "supportLevel" 0,
        completeness: Field<Text<'a>> = "completeness" 0,
        spec_version: Field<Text<'a>> = "specVersion" 0,
        created: Field<Text<'a>> = "created" 0,
        created_by: Many<Node<'a>> = "createdBy" 0,
        created_using: Many<Node<'a>> = "createdUsing" 0,
        root_elements: Many<Node<'a>> = "rootElement" 0,
        elements: Many<Node<'a>> = "element" 0,
        imports: Many<Node<'a>> = "import" 0,
        external_id: Field<Text<'a>> = "externalSpdxId" 0,
        namespaces: Many<Node<'a>> = "namespaceMap" 0,
        profiles: Many<Text<'a>> = "profileConformance" 0,
        prefix: Field<Text<'a>> = "prefix" 0,
        namespace: Field<Text<'a>> = "namespace" 0,
        identifier_kind: Field<Text<'a>> = "externalIdentifierType" 0,
        identifier: Field<Text<'a>> = "identifier" 0,
        content_kind: Field<Text<'a>> = "software_contentIdentifierType" 0,
        content_value: Field<Text<'a>> = "software_contentIdentifierValue" 0,
        algorithm: Field<Text<'a>> = "algorithm" 0,
        hash: Field<Text<'a>> = "hashValue" 0,
        annotation_kind: Field<Text<'a>> = "annotationType" 0,
        subject: Field<Node<'a>> = "subject" 0,
        license: Field<Text<'a>> = "simplelicensing_licenseExpression" 0,
        license_misspelt: Field<Text<'a>> = "licenseExpression" 0,
        assessed: Field<Node<'a>> = "security_assessedElement" 0,
        published: Field<Text<'a>> = "security_publishedTime" 0,
        modified: Field<Text<'a>> = "security_modifiedTime" 0,
        withdrawn: Field<Text<'a>> = "security_withdrawnTime" 0,
        justification: Field<Text<'a>> = "security_justificationType" 0,
        impact: Field<Text<'a>> = "security_impactStatement" 0,
        action: Field<Text<'a>> = "security_actionStatement" 0,
        status_notes: Field<Text<'a>> = "security_statusNotes" 0,
        score: Field<Number> = "security_score" 0,
        severity: Field<Text<'a>> = "security_severity" 0,
        vector: Field<Text<'a>> = "security_vectorString" 0,
        catalog: Field<Text<'a>> = "security_catalogType" 0,
        exploited: Field<Flag> = "security_exploited" 0,
    } skips {
        "comment" 0, "externalRef" 0, "extension" 0, "startTime" 0, "endTime" 0, "scope" 0,
        "standardName" 0, "dataLicense" 0, "context" 0, "statement" 0,
        "contentType" 0, "locationHint" 0, "definingArtifact" 0, "issuingAuthority" 0,
        "identifierLocator" 0, "externalRefType" 0, "locator" 0, "key" 0, "value" 0,
        "beginIntegerRange" 0, "endIntegerRange" 0, "packageVerificationCodeExcludedFile" 0,
        "software_additionalPurpose" 0, "software_attributionText" 0, "software_byteRange" 0,
        "software_copyrightText" 0, "software_downloadLocation" 0, "software_fileKind" 0,
        "software_homePage" 0, "software_lineRange" 0, "software_sbomType" 0,
        "software_sourceInfo" 0, "security_actionStatementTime" 0, "security_decisionType" 0,
        "security_impactStatementTime" 0, "security_locator" 0, "security_percentile" 0,
        "security_probability" 0, "security_vexVersion" 0, "simplelicensing_customIdToUri" 0,
        "simplelicensing_licenseListVersion" 0, "simplelicensing_licenseText" 0,
    }
}

static NOTHING_FURTHER: LazyLock<FurtherOfElement<'static>> =
    LazyLock::new(FurtherOfElement::default);

impl<'a> Element<'a> {
    /// What few elements have.
    pub(super) fn further(&self) -> &FurtherOfElement<'a> {
        self.rare.as_deref().unwrap_or(&NOTHING_FURTHER)
    }
}

/// An element in place, or the id of one that stands elsewhere.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// Its id.
    Reference(Text<'a>),
    /// Itself.
    Inline(Box<Element<'a>>),
}

/// A list, or one element that stands without brackets.
#[derive(Debug)]
pub(super) struct Many<T>(pub(super) List<T>);

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self(List::default())
    }
}

/// A number, as such or in quotation marks, as xsd:decimal is written in JSON-LD.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number(pub(super) f64);

/// What the JSON-LD context says.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// The edition of SPDX that its address names.
    pub(super) edition: Option<String>,
    /// Whether it defines terms instead of naming an address.
    pub(super) defines: bool,
}

impl Context {
    fn see(&mut self, text: &str) {
        if let Some((_, rest)) = text.split_once("spdx.org/rdf/") {
            let edition = rest.split('/').next().unwrap_or("");
            let edition = edition.get(..edition.floor_char_boundary(20)).unwrap_or("");
            self.edition.get_or_insert_with(|| edition.to_owned());
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Node<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<'a>(PhantomData<Node<'a>>);

        impl<'de: 'a, 'a> Visitor<'de> for Either<'a> {
            type Value = Node<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object or the id of one")
            }

            fn visit_borrowed_str<E: Error>(self, id: &'de str) -> Result<Node<'a>, E> {
                Ok(Node::Reference(Text(id.into())))
            }

            fn visit_str<E: Error>(self, id: &str) -> Result<Node<'a>, E> {
                Ok(Node::Reference(Text(id.to_owned().into())))
            }

            fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Node<'a>, A::Error> {
                Box::deserialize(MapAccessDeserializer::new(object)).map(Node::Inline)
            }
        }

        deserializer.deserialize_any(Either(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMore<T>(PhantomData<T>);

        impl<T> OneOrMore<T> {
            fn one(item: T) -> Many<T> {
                let mut list = List::default();
                list.push(item);
                Many(list)
            }
        }

        impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrMore<T> {
            type Value = Many<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list or one element")
            }

            fn visit_unit<E>(self) -> Result<Many<T>, E> {
                Ok(Many::default())
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Many<T>, E> {
                T::deserialize(BorrowedStrDeserializer::new(text)).map(Self::one)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Many<T>, E> {
                T::deserialize(StrDeserializer::new(text)).map(Self::one)
            }

            fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Many<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(object)).map(Self::one)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<Many<T>, A::Error> {
                List::deserialize(SeqAccessDeserializer::new(elements)).map(Many)
            }
        }

        deserializer.deserialize_any(OneOrMore(PhantomData))
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Figure;

        impl Visitor<'_> for Figure {
            type Value = Number;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_f64<E>(self, number: f64) -> Result<Number, E> {
                Ok(Number(number))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Number, E> {
                i32::try_from(number)
                    .map(|number| Number(number.into()))
                    .map_err(|_| E::custom("a number far beyond what is expected here"))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Number, E> {
                u32::try_from(number)
                    .map(|number| Number(number.into()))
                    .map_err(|_| E::custom("a number far beyond what is expected here"))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Number, E> {
                text.trim()
                    .parse()
                    .map(Number)
                    .map_err(|_| E::custom("a text that is no number"))
            }
        }

        deserializer.deserialize_any(Figure)
    }
}

impl<'de> Deserialize<'de> for Context {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Address;

        impl<'de> Visitor<'de> for Address {
            type Value = Context;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the address of a JSON-LD context")
            }

            fn visit_str<E>(self, text: &str) -> Result<Context, E> {
                let mut context = Context::default();
                context.see(text);
                Ok(context)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Context, A::Error> {
                let mut context = Context::default();
                while let Some(part) = list.next_element::<Context>()? {
                    context.edition = context.edition.or(part.edition);
                    context.defines |= part.defines;
                }
                Ok(context)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Context, A::Error> {
                let Short(text) = Short::deserialize(MapAccessDeserializer::new(map))?;
                let mut context = Context {
                    defines: true,
                    ..Context::default()
                };
                context.see(&text);
                Ok(context)
            }
        }

        deserializer.deserialize_any(Address)
    }
}
