//! Tests of file hashes: 6.1.25, 6.2.8, 6.2.9 and 6.3.5.

use isocenter_model::text::shortened;

use super::{Facts, Found};
use crate::json::{Node, Path};

/// 6.1.25: an algorithm is used once for a file.
pub(super) fn repeated<'c>(
    _: &'c Facts<'c>,
    product: &Node<'_>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    each_file(product, path, |hashes, path| {
        for (index, hash) in hashes.iter().enumerate() {
            let Some(algorithm) = hash.text("algorithm") else {
                continue;
            };
            let is_repeated = hashes.iter().take(index).any(|earlier| {
                earlier
                    .text("algorithm")
                    .is_some_and(|other| other.eq_ignore_ascii_case(algorithm))
            });
            if is_repeated {
                found.at(&path.index(index), || {
                    format!(
                        "the algorithm {} is used more than once for the file",
                        shortened(algorithm, 40)
                    )
                });
                // A file of a million hashes is told once.
                return;
            }
        }
    });
}

/// 6.2.8: MD5 is not the only algorithm.
pub(super) fn only_md5<'c>(
    _: &'c Facts<'c>,
    product: &Node<'_>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    only("md5", product, path, found);
}

/// 6.2.9: SHA-1 is not the only algorithm.
pub(super) fn only_sha1<'c>(
    _: &'c Facts<'c>,
    product: &Node<'_>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    only("sha1", product, path, found);
}

fn only(name: &str, product: &Node<'_>, path: &Path<'_>, found: &mut Found<'_>) {
    each_file(product, path, |hashes, path| {
        let is_only = !hashes.is_empty()
            && hashes.iter().all(|hash| {
                hash.text("algorithm")
                    .is_some_and(|algorithm| algorithm.eq_ignore_ascii_case(name))
            });
        if is_only {
            found.at(path, || {
                format!("the file has no hash but {name}, which can be forged")
            });
        }
    });
}

/// 6.3.5: a hash has 64 digits or more.
pub(super) fn short<'c>(
    _: &'c Facts<'c>,
    product: &Node<'_>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    each_file(product, path, |hashes, path| {
        for (index, hash) in hashes.iter().enumerate() {
            if let Some(value) = hash.text("value").filter(|value| value.len() < 64) {
                found.at(&path.index(index).key("value"), || {
                    format!("the hash has {} digits", value.len())
                });
            }
        }
    });
}

/// Calls `see` with the hashes of each file of a product.
fn each_file(product: &Node<'_>, path: &Path<'_>, mut see: impl FnMut(&[Node<'_>], &Path<'_>)) {
    let Some(helper) = product.get("product_identification_helper") else {
        return;
    };
    let path = path.key("product_identification_helper");
    let path = path.key("hashes");
    for (index, file) in helper.list("hashes").iter().enumerate() {
        see(
            file.list("file_hashes"),
            &path.index(index).key("file_hashes"),
        );
    }
}
