//! The thing of ours that a paper means by a product.

use isocenter_identity::bom_link::{self, BomLink};
use isocenter_identity::name;
use isocenter_identity::purl::Purl;
use isocenter_model::digest::Digest;
use isocenter_model::finding::Relation;
use isocenter_model::product::{ProductReference, VersionExpression};

use crate::statement::{Bill, Part, ReleaseContext};
use crate::subject::{Subject, reference_keys};

/// A product as a statement names it, made ready to be held against many things of ours.
pub(crate) struct Named<'a> {
    product: &'a ProductReference,
    /// The paper that the statement came in.
    document: Digest,
    /// Whether the statement says that nothing is to be done: then every part of the name has to agree.
    closes: bool,
    link: Option<BomLink<'a>>,
    purl: Option<Purl>,
    keys: Vec<String>,
}

impl<'a> Named<'a> {
    pub(crate) fn new(product: &'a ProductReference, document: Digest, closes: bool) -> Self {
        let purl = product.purl.as_deref();
        let mut keys = reference_keys(product);
        for model in &product.model_numbers {
            keys.extend(name::product_keys(product.vendor.as_deref(), model));
        }
        Self {
            product,
            document,
            closes,
            link: product.reference.as_deref().and_then(BomLink::parse),
            purl: purl.and_then(|purl| Purl::parse(purl).ok()),
            keys,
        }
    }

    /// Which versions of it are spoken of.
    pub(crate) fn version(&self) -> &'a VersionExpression {
        &self.product.version
    }

    /// How it is the release itself.
    pub(crate) fn is_release(&self, context: &ReleaseContext<'_>) -> Option<Relation> {
        let is_subject = |bill: &Bill<'_>, part: Option<&str>| {
            part.is_none_or(|part| bill.subject_reference == Some(part))
        };
        if self
            .referred(context)
            .any(|(bill, part)| is_subject(bill, part))
        {
            return Some(Relation::Reference);
        }
        self.is_subject(context.subject)
    }

    /// How it is `part`.
    pub(crate) fn is_part(
        &self,
        part: &Part<'_>,
        context: &ReleaseContext<'_>,
    ) -> Option<Relation> {
        let is_meant = |(bill, reference): (&Bill<'_>, Option<&str>)| {
            reference.is_some_and(|reference| part.references.contains(&(bill.document, reference)))
        };
        if self.referred(context).any(is_meant) {
            return Some(Relation::Reference);
        }
        self.is_subject(part.subject)
    }

    fn is_subject(&self, subject: &Subject) -> Option<Relation> {
        if let (Some(ours), Some(theirs)) = (&subject.purl, &self.purl)
            && ours.key() == theirs.key()
        {
            // Two packages of one name: nothing else that they are called makes them one.
            return self.may_be(ours, theirs).then_some(Relation::Purl);
        }
        let has = |key: &String| self.keys.contains(key);
        if subject
            .cpes
            .iter()
            .any(|cpe| cpe.key().as_ref().is_some_and(has))
        {
            return Some(Relation::Cpe);
        }
        subject
            .names
            .iter()
            .any(|(key, _)| has(key))
            .then_some(Relation::ProductName)
    }

    /// Whether the qualifiers of two package URLs of one name allow that they are one package: none that
    /// both have differs, and what would end the matter is said of no narrower package than ours.
    fn may_be(&self, ours: &Purl, theirs: &Purl) -> bool {
        theirs
            .qualifiers()
            .filter(|(name, _)| !OF_A_FILE.contains(name))
            .all(|(name, value)| match ours.qualifier(name) {
                Some(own) => own == value,
                None => !self.closes,
            })
    }

    /// The bills of materials of this release that its reference points into, and the reference there.
    ///
    /// A plain reference points into its own paper; a BOM-Link names the other paper by its serial number
    /// and revision.
    fn referred<'b>(
        &'b self,
        context: &'b ReleaseContext<'_>,
    ) -> impl Iterator<Item = (&'b Bill<'b>, Option<&'b str>)> {
        let reference = self.product.reference.as_deref();
        context.bills.iter().filter_map(move |bill| {
            let reference = reference?;
            let Some(link) = &self.link else {
                return (bill.document == self.document).then_some((bill, Some(reference)));
            };
            let serial = bill.serial_number.map(bom_link::serial_key)?;
            // The same reference of another revision need not be the same part.
            let is_revision = !self.closes || link.revision() == Some(bill.revision.unwrap_or(1));
            (serial == link.serial() && is_revision).then_some((bill, link.part()))
        })
    }
}

/// Qualifiers that say where a file of the package is, or what version it has.
const OF_A_FILE: [&str; 6] = [
    "checksum",
    "download_url",
    "file_name",
    "vcs_url",
    "epoch",
    "vers",
];
