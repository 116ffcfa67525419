//! A bound on what the statements and records of one document take.

use isocenter_model::product::{ProductReference, VersionExpression};
use isocenter_model::statement::{Remediation, Statement};
use isocenter_model::vulnerability::{AffectedProduct, VersionEntry};

/// What even a small document may take, in bytes.
pub(crate) const LEAST: usize = 32 << 20;
/// How many times its own length a document may take beside that.
pub(crate) const TIMES: usize = 16;
/// What no document may take beyond, in bytes.
pub(crate) const MOST: usize = 512 << 20;

/// Bytes that the statements of one document may take. Each statement repeats its product, its words and
/// what can be done, so a small hostile document could ask for any amount.
#[derive(Default)]
pub(crate) struct Budget {
    left: usize,
}

impl Budget {
    /// The budget of a document of `length` bytes: many times what the largest real one takes.
    pub(crate) fn for_document(length: usize) -> Self {
        Self {
            left: LEAST + length.saturating_mul(TIMES).min(MOST - LEAST),
        }
    }

    /// Takes `bytes` from it; `false` when so many are not left.
    pub(crate) fn spend(&mut self, bytes: usize) -> bool {
        match self.left.checked_sub(bytes) {
            Some(left) => {
                self.left = left;
                true
            }
            None => false,
        }
    }

    /// Takes what `statement` takes; `false` when so much is not left.
    pub(crate) fn admits(&mut self, statement: &Statement) -> bool {
        let optional = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        self.spend(
            statement.vulnerability.len()
                + texts(&statement.aliases)
                + reference(&statement.product)
                + statement.component.as_ref().map_or(0, reference)
                + optional(&statement.justification)
                + optional(&statement.detail)
                + optional(&statement.author)
                + statement
                    .remediations
                    .iter()
                    .map(remediation)
                    .sum::<usize>(),
        )
    }

    /// Takes what `affected` takes in a record; `false` when so much is not left.
    pub(crate) fn holds(&mut self, affected: &AffectedProduct) -> bool {
        let optional = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        self.spend(
            size_of::<AffectedProduct>()
                + affected.asserted_by.len()
                + optional(&affected.vendor)
                + optional(&affected.product)
                + optional(&affected.purl)
                + texts(&affected.cpes)
                + affected.versions.len() * size_of::<VersionEntry>(),
        )
    }
}

fn texts(list: &[String]) -> usize {
    list.iter()
        .map(|text| text.len() + size_of::<String>())
        .sum()
}

fn remediation(offered: &Remediation) -> usize {
    size_of::<Remediation>()
        + offered.details.len()
        + offered.category.len()
        + offered.url.as_ref().map_or(0, String::len)
}

fn reference(product: &ProductReference) -> usize {
    let version = match &product.version {
        VersionExpression::Exact(text) | VersionExpression::Range(text) => text.len(),
        VersionExpression::Unstated | VersionExpression::All => 0,
    };
    let optional = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    size_of::<ProductReference>()
        + optional(&product.reference)
        + optional(&product.vendor)
        + product.name.len()
        + version
        + optional(&product.purl)
        + optional(&product.cpe)
        + texts(&product.model_numbers)
        + texts(&product.serial_numbers)
        + texts(&product.skus)
        + product
            .hashes
            .iter()
            .map(|hash| hash.algorithm.len() + hash.value.len() + 2 * size_of::<String>())
            .sum::<usize>()
}
