//! Tests of what a product is found by: 6.1.13, 6.1.42 to 6.1.44, 6.1.61 and 6.2.16.

use isocenter_identity::purl::Purl;
use isocenter_model::text::shortened;

use super::{Facts, Found};
use crate::json::{Node, Path};

const HELPER: &str = "product_identification_helper";

/// 6.1.13: a package URL keeps to its specification (ECMA-427).
pub(super) fn purls<'c>(
    _: &'c Facts<'c>,
    product: &Node<'_>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let Some(helper) = product.get(HELPER) else {
        return;
    };
    let path = path.key(HELPER);
    let mut check = |text: &str, path: &Path<'_>| {
        if let Err(error) = Purl::check(text) {
            found.at(path, || {
                format!(
                    "'{}' is {}",
                    shortened(text, 80),
                    shortened(&error.to_string(), 120)
                )
            });
        }
    };
    if let Some(purl) = helper.text("purl") {
        check(purl, &path.key("purl"));
    }
    let list = path.key("purls");
    for (index, purl) in helper.list("purls").iter().enumerate() {
        if let Some(purl) = purl.as_text() {
            check(purl, &list.index(index));
        }
    }
}

/// 6.1.42: the package URLs of a product are apart in their qualifiers only.
pub(super) fn purls_apart<'c>(
    _: &'c Facts<'c>,
    product: &Node<'_>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let purls = product
        .get(HELPER)
        .map_or(&[][..], |helper| helper.list("purls"));
    let mut texts = purls.iter().filter_map(Node::as_text);
    let Some(first) = texts.next().map(without_qualifiers) else {
        return;
    };
    if texts.any(|other| without_qualifiers(other) != first) {
        found.at(
            &path.key(HELPER).key("purls"),
            "the package URLs differ in more than their qualifiers",
        );
    }
}

/// Type, namespace, name and version, and the subpath.
fn without_qualifiers(purl: &str) -> (String, &str) {
    let (rest, subpath) = purl.split_once('#').unwrap_or((purl, ""));
    let package = rest.split('?').next().unwrap_or_default();
    let package = Purl::parse(package).map_or_else(
        |_| package.to_owned(),
        |parsed| format!("{}@{}", parsed.key(), parsed.version().unwrap_or_default()),
    );
    (package, subpath)
}

/// 6.1.43: a model number holds one star at most.
pub(super) fn model_numbers<'c>(
    _: &'c Facts<'c>,
    product: &Node<'_>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    stars("model_numbers", "model number", product, path, found);
}

/// 6.1.44: a serial number holds one star at most.
pub(super) fn serial_numbers<'c>(
    _: &'c Facts<'c>,
    product: &Node<'_>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    stars("serial_numbers", "serial number", product, path, found);
}

/// 6.1.61: a stock keeping unit holds one star at most.
pub(super) fn skus<'c>(
    _: &'c Facts<'c>,
    product: &Node<'_>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    stars("skus", "stock keeping unit", product, path, found);
}

fn stars(key: &str, what: &str, product: &Node<'_>, path: &Path<'_>, found: &mut Found<'_>) {
    let Some(helper) = product.get(HELPER) else {
        return;
    };
    let path = path.key(HELPER);
    let path = path.key(key);
    for (index, text) in helper.list(key).iter().enumerate() {
        let Some(text) = text.as_text() else { continue };
        let mut is_escaped = false;
        let mut count = 0;
        for character in text.chars() {
            count += usize::from(character == '*' && !is_escaped);
            is_escaped = character == '\\' && !is_escaped;
        }
        if count > 1 {
            found.at(&path.index(index), || {
                format!(
                    "the {what} '{}' holds {count} stars that are not escaped",
                    shortened(text, 60)
                )
            });
        }
    }
}

/// 6.2.16: a product has something to be found by.
pub(super) fn missing<'c>(
    _: &'c Facts<'c>,
    product: &Node<'_>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    if product.get(HELPER).is_none() {
        found.at(path, || {
            format!(
                "the product '{}' has nothing that identifies it but its name",
                shortened(product.text("name").unwrap_or_default(), 80)
            )
        });
    }
}
