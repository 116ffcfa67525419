//! What else must hold for a flaw to be there, held against everything that is known of a release.
//!
//! Three answers: it holds, it does not, or nobody knows. A part that is listed and matches fulfils a
//! condition; that none does proves nothing, for a bill of materials names few operating systems and
//! hardly any hardware. Only the operating system is known to be another where the release's own is
//! known: there is one on a host.

use isocenter_identity::cpe::{Attribute, Cpe, Value};
use isocenter_identity::name;
use isocenter_model::applicability::{CpeMatch, Node, Operator};
use isocenter_versions::{Containment, Scheme};

use crate::configuration::{contains, range_text, related};
use crate::platform;
use crate::statement::ReleaseContext;
use crate::subject::{Subject, SubjectKind};

/// Names told of one condition.
const TOLD: usize = 4;

/// Whether a condition holds in the release; `None` when that is not known.
pub(crate) fn holds(
    node: &Node,
    context: &ReleaseContext<'_>,
    families: &[&'static str],
) -> Option<bool> {
    let members = node
        .nodes
        .iter()
        .map(|inner| holds(inner, context, families))
        .chain(
            node.matches
                .iter()
                .map(|one| fulfilled(one, context, families)),
        );
    let mut answers = members.peekable();
    // A member that nobody could read was set aside: nothing is known of it.
    answers.peek()?;
    let joined = match node.operator {
        Operator::And => combined(answers, false),
        Operator::Or => combined(answers, true),
    };
    joined.map(|holds| holds != node.negate)
}

/// `decisive` as soon as one member says so; the opposite when all do; otherwise not known.
fn combined(answers: impl Iterator<Item = Option<bool>>, decisive: bool) -> Option<bool> {
    let mut outcome = Some(!decisive);
    for answer in answers {
        match answer {
            Some(answer) if answer == decisive => return Some(decisive),
            Some(_) => {}
            None => outcome = None,
        }
    }
    outcome
}

/// Whether the release has a product of a condition.
fn fulfilled(
    product: &CpeMatch,
    context: &ReleaseContext<'_>,
    families: &[&'static str],
) -> Option<bool> {
    let criteria = Cpe::parse(&product.criteria).ok()?;
    let subjects = context
        .parts
        .iter()
        .map(|part| part.subject)
        .chain([context.subject]);
    let mut outside = false;
    for subject in subjects {
        match held(product, &criteria, subject) {
            Some(Containment::In) => return Some(true),
            Some(Containment::Out) => outside |= subject.kind == SubjectKind::OperatingSystem,
            Some(Containment::Undetermined(_)) | None => {}
        }
    }
    if criteria.part() != Some('o') {
        return None;
    }
    let named = platform::families_of(criteria.product().iter().map(AsRef::as_ref));
    let any_version = product.from.is_none()
        && product.to.is_none()
        && !matches!(criteria.value(Attribute::Version), Value::Text(_));
    match named.as_slice() {
        [family] if families.contains(family) => {
            // "Windows", without an edition or version, is every Windows.
            let is_family = criteria
                .product()
                .is_some_and(|product| platform::is_family_name(&product));
            (any_version && is_family)
                .then_some(true)
                .or(outside.then_some(false))
        }
        [_] if !families.is_empty() => Some(false),
        _ => outside.then_some(false),
    }
}

/// Whether a thing of ours is the product in one of the versions meant; `None` when it is another product.
fn held(product: &CpeMatch, criteria: &Cpe, subject: &Subject) -> Option<Containment> {
    let any_version = product.from.is_none()
        && product.to.is_none()
        && !matches!(criteria.value(Attribute::Version), Value::Text(_));
    let scheme = subject
        .scheme()
        .or_else(|| Scheme::from_ecosystem("generic"));
    if let Some((criteria, ours)) = related(subject, product) {
        if any_version {
            return Some(Containment::In);
        }
        return Some(contains(
            product,
            &criteria,
            ours,
            subject.version.as_deref(),
            scheme,
        ));
    }
    // Hardware has no CPE name of its own in most papers; a device is known by maker and model.
    let (vendor, named) = (criteria.vendor()?, criteria.product()?);
    let keys = name::product_keys(Some(&vendor.replace('_', " ")), &named.replace('_', " "));
    let is_named = subject.names.iter().any(|(key, _)| keys.contains(key));
    (is_named && any_version && criteria.part() == Some('h')).then_some(Containment::In)
}

/// The products that a condition still asks for, in words: those of which it is not known whether they are there.
pub(crate) fn in_words(
    node: &Node,
    context: &ReleaseContext<'_>,
    families: &[&'static str],
) -> String {
    let mut names = Vec::new();
    unknown(node, context, families, &mut names);
    if names.is_empty() {
        return "what its record leaves out".to_owned();
    }
    let more = names.len().saturating_sub(TOLD);
    names.truncate(TOLD);
    let mut text = names.join(" or ");
    if more > 0 {
        text = format!("{text} or one of {more} more");
    }
    text
}

fn unknown(
    node: &Node,
    context: &ReleaseContext<'_>,
    families: &[&'static str],
    names: &mut Vec<String>,
) {
    for product in &node.matches {
        let name = product_in_words(product);
        if fulfilled(product, context, families).is_none() && !names.contains(&name) {
            names.push(name);
        }
    }
    for inner in &node.nodes {
        if holds(inner, context, families).is_none() {
            unknown(inner, context, families, names);
        }
    }
}

/// A product of a tree as people call it: `microsoft windows`, `acme pump firmware < 2.1`.
fn product_in_words(product: &CpeMatch) -> String {
    let Ok(criteria) = Cpe::parse(&product.criteria) else {
        return "something that its record does not name".to_owned();
    };
    let word = |part: Option<std::borrow::Cow<'_, str>>| {
        part.map(|text| text.replace('_', " ")).unwrap_or_default()
    };
    let (vendor, name) = (word(criteria.vendor()), word(criteria.product()));
    let mut text = if name.starts_with(&vendor) {
        name
    } else {
        format!("{vendor} {name}")
    };
    let range = range_text(product, &criteria);
    if !matches!(range.as_str(), "every version" | "no version") {
        text.push(' ');
        text.push_str(&range);
    }
    text
}
