//! Tests of the branches of the product tree: 6.1.31, 6.1.34, 6.1.50, 6.1.57 to 6.1.59, 6.2.18 and 6.3.9 to 6.3.11.

use isocenter_model::text::shortened;
use isocenter_versions::{NotVers, Scheme, Vers};

use super::{Found, Trail};

const VERSION: &str = "product_version";
const RANGE: &str = "product_version_range";

const OPERATORS: [char; 2] = ['<', '>'];
const WORDS: [&str; 7] = [
    "after", "all", "before", "earlier", "later", "prior", "versions",
];

/// 6.1.31: a version is no range. CSAF 2.0 lets a tool look for these words anywhere, which would make a
/// range of `Firewall 2`; as in CSAF 2.1, they are words between white space.
pub(super) fn range_in_version(trail: &Trail<'_>, found: &mut Found<'_>) {
    if !trail.is(VERSION) {
        return;
    }
    let name = trail.name();
    let is_range = name.contains(OPERATORS)
        || name
            .split_whitespace()
            .any(|word| WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)));
    if is_range {
        found.at(&trail.path.key("name"), || {
            format!(
                "the product_version '{}' is a range; product_version_range is for these",
                shortened(name, 80)
            )
        });
    }
}

/// How deep branches may be.
const DEPTH: usize = 30;

/// 6.1.34: branches are not too deep.
pub(super) fn depth(trail: &Trail<'_>, found: &mut Found<'_>) {
    if trail.node.get("product").is_some() && trail.upwards().count() > DEPTH {
        found.at(&trail.path.key("product"), || {
            format!("the product stands below more than {DEPTH} branches")
        });
    }
}

/// 6.1.50: a range is written in VERS or in its constraints alone.
pub(super) fn range(trail: &Trail<'_>, found: &mut Found<'_>) {
    if !trail.is(RANGE) {
        return;
    }
    let name = trail.name();
    let fault = match name.strip_prefix("vers:") {
        Some(rest) => vers_fault(name, rest),
        None => constraints_fault(name),
    };
    if let Some(fault) = fault {
        found.at(&trail.path.key("name"), || {
            format!(
                "the range '{}' is neither VERS nor constraints of it: {fault}",
                shortened(name, 80)
            )
        });
    }
}

/// What is wrong with a text that begins as VERS does. The order of versions under a scheme that is not known
/// here is its author's affair.
fn vers_fault(text: &str, rest: &str) -> Option<String> {
    let scheme = rest.split('/').next().unwrap_or_default();
    let is_ordered = scheme == "all" || Scheme::from_vers(scheme).is_some();
    match Vers::parse(text) {
        Ok(_) => None,
        Err(NotVers::Unsorted | NotVers::Duplicate | NotVers::Redundant) if !is_ordered => None,
        Err(error) => Some(shortened(&error.to_string(), 160)),
    }
}

/// What is wrong with constraints that have no scheme before them.
fn constraints_fault(text: &str) -> Option<String> {
    let is_constraint = |part: &str| {
        let version = part.trim_start_matches(['<', '>', '!', '=']);
        !version.is_empty()
            && !version.contains(['<', '>', '!', '=', '*'])
            && matches!(
                part.strip_suffix(version),
                Some("" | "<" | "<=" | ">" | ">=" | "!=" | "=")
            )
    };
    if text.contains(char::is_whitespace) {
        return Some("it holds white space".to_owned());
    }
    (!text.split('|').all(is_constraint))
        .then(|| "a constraint is a comparator and a version".to_owned())
}

/// 6.1.57: a category occurs once on the way to a product, `product_family` apart.
pub(super) fn stacked(trail: &Trail<'_>, found: &mut Found<'_>) {
    let Some(category) = trail.category else {
        return;
    };
    if category != "product_family"
        && trail
            .upwards()
            .skip(1)
            .any(|branch| branch.category == Some(category))
    {
        found.at(&trail.path.key("category"), || {
            format!(
                "the category {} stands above it too",
                shortened(category, 40)
            )
        });
    }
}

/// 6.1.58: a version and a range are not both on the way to a product.
pub(super) fn version_and_range(trail: &Trail<'_>, found: &mut Found<'_>) {
    let other = if trail.is(VERSION) {
        RANGE
    } else if trail.is(RANGE) {
        VERSION
    } else {
        return;
    };
    if trail
        .upwards()
        .skip(1)
        .any(|branch| branch.category == Some(other))
    {
        found.at(&trail.path.key("category"), || {
            format!("the category {other} stands above it")
        });
    }
}

/// 6.1.59: a range is more than one version.
pub(super) fn single_version(trail: &Trail<'_>, found: &mut Found<'_>) {
    if !trail.is(RANGE) {
        return;
    }
    let name = trail.name();
    let constraints = match name.strip_prefix("vers:") {
        Some(rest) => rest
            .split_once('/')
            .map_or("", |(_, constraints)| constraints),
        None => name,
    };
    let version = constraints.strip_prefix('=').unwrap_or(constraints);
    let is_single = !version.is_empty()
        && !version.contains(['<', '>', '!', '|', '*', '='])
        && !version.contains(char::is_whitespace);
    if is_single {
        found.at(&trail.path.key("name"), || {
            format!("the range '{}' is a single version", shortened(name, 80))
        });
    }
}

/// 6.2.18: a range is written in VERS.
pub(super) fn range_without_vers(trail: &Trail<'_>, found: &mut Found<'_>) {
    if trail.is(RANGE) && !is_vers(trail.name()) {
        found.at(&trail.path.key("name"), || {
            format!(
                "the range '{}' is not written in VERS",
                shortened(trail.name(), 80)
            )
        });
    }
}

/// `^vers:[a-z\.\-\+][a-z0-9\.\-\+]*/.+`
fn is_vers(text: &str) -> bool {
    let Some((scheme, rest)) = text
        .strip_prefix("vers:")
        .and_then(|rest| rest.split_once('/'))
    else {
        return false;
    };
    let is_scheme = scheme
        .bytes()
        .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'+'));
    is_scheme && !rest.is_empty() && scheme.starts_with(|first: char| !first.is_ascii_digit())
}

/// 6.3.9: a product has vendor, name and version above it, in this order.
pub(super) fn categories(trail: &Trail<'_>, found: &mut Found<'_>) {
    let Some(product) = trail.node.get("product") else {
        return;
    };
    let mut wanted = ["vendor", "product_name", VERSION].iter().rev();
    let mut next = wanted.next();
    for branch in trail.upwards() {
        if next.is_some() && branch.category == next.copied() {
            next = wanted.next();
        }
    }
    if next.is_some() {
        found.at(
            &trail.path.key("product"),
            || format!(
                "the product '{}' has not vendor, product_name and product_version above it in this order",
                shortened(product.text("name").unwrap_or_default(), 60)
            ),
        );
    }
}

/// 6.3.10: versions are named one by one.
pub(super) fn is_range(trail: &Trail<'_>, found: &mut Found<'_>) {
    if trail.is(RANGE) {
        found.at(&trail.path.key("category"), "a range of versions is used");
    }
}

/// 6.3.11: a version does not begin with a V.
pub(super) fn leading_v(trail: &Trail<'_>, found: &mut Found<'_>) {
    let name = trail.name();
    if trail.is(VERSION)
        && name
            .strip_prefix(['v', 'V'])
            .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
    {
        found.at(&trail.path.key("name"), || {
            format!("the version '{}' begins with a V", shortened(name, 60))
        });
    }
}
