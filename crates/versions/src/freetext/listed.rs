//! Is a version the one that a text lists?

use super::version::same_shape;
use crate::Scheme;
use crate::range::{Containment, Reason, equal};

/// Whether a version is the one that a paper lists.
///
/// Beyond [`equal`]: a vendor's "4.0" may be 4.0 itself or all of its builds, so that a version which goes on
/// where the other ends is neither listed nor left out. And where the order of two versions is in doubt, they are
/// still two versions if they are of one shape (`VB30A` and `XA30B`, `1.02` and `1.1`); names of different
/// shapes may be two names of one version.
pub fn listed(scheme: Option<Scheme>, version: &str, point: &str) -> Containment {
    match equal(scheme, version, point) {
        Containment::In => Containment::In,
        _ if matches!(scheme, None | Some(Scheme::Generic))
            && (goes_on(version, point) || is_one_decimal(version, point)) =>
        {
            Containment::Undetermined(Reason::Precision)
        }
        Containment::Undetermined(_) if differs(version, point) => Containment::Out,
        answer => answer,
    }
}

/// Whether one text is the other with something behind it that is no further digit.
fn goes_on(a: &str, b: &str) -> bool {
    let (a, b) = (bare(a), bare(b));
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let ends_in_digit = short.ends_with(|c: char| c.is_ascii_digit());
    long.strip_prefix(short.as_str())
        .and_then(|rest| rest.chars().next())
        .is_some_and(|next| {
            let same_number = ends_in_digit && next.is_ascii_digit();
            !short.is_empty() && !same_number
        })
}

/// Whether two texts are the same number if their last part is a decimal: a spreadsheet makes `3.2` of `3.20`.
fn is_one_decimal(a: &str, b: &str) -> bool {
    let (a, b) = (bare(a), bare(b));
    let has_dot = a.contains('.') && b.contains('.');
    has_dot && a.trim_end_matches('0') == b.trim_end_matches('0')
}

/// Whether two texts of one shape differ in more than leading zeros.
fn differs(a: &str, b: &str) -> bool {
    let (a, b) = (bare(a), bare(b));
    same_shape(&a, &b) && without_zeros(&a) != without_zeros(&b)
}

/// In lower case, without a `v` before the number.
fn bare(text: &str) -> String {
    let text = text.trim().to_ascii_lowercase();
    match text.strip_prefix('v') {
        Some(number) if number.starts_with(|c: char| c.is_ascii_digit()) => number.to_owned(),
        _ => text,
    }
}

fn without_zeros(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        let begins_number = !kept.ends_with(|last: char| last.is_ascii_digit());
        if c != '0' || !begins_number {
            kept.push(c);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(version: &str, point: &str, expected: Option<bool>) {
        let answer = match listed(Some(Scheme::Generic), version, point) {
            Containment::In => Some(true),
            Containment::Out => Some(false),
            Containment::Undetermined(_) => None,
        };
        assert_eq!(answer, expected, "{version} {point}");
    }

    #[test]
    fn what_goes_on_where_the_other_ends_is_open() {
        check("4.0.5", "4.0", None);
        check("4", "4.0.5", None);
        check("B.02.19", "B.02", None);
        check("VB40A SP1", "VB40A", None);
        check("3.20", "3.2", None);
        check("4.05", "4.0", Some(false));
        check("4.0.0", "4.0", Some(true));
    }

    #[test]
    fn versions_of_one_shape_are_two_even_where_their_order_is_in_doubt() {
        check("VB30A", "XA30B", Some(false));
        check("1.02", "1.1", Some(false));
        check("1.02", "1.2", None);
        check("V1.2.3", "v1.2.3", Some(true));
    }

    #[test]
    fn names_of_different_shapes_may_be_one_version() {
        check("2.6", "A51200", None);
        check("R3.1", "BT06", None);
        check("1.2.3", "2404577", None);
    }
}
