//! Ranges by their ends, and VERS.

use isocenter_versions::{Bound, Containment, Vers, between, equal};

use super::{SCHEMES, decided, lines};

/// Three lines: a version and the two ends of a range. Under every scheme, what is in a range without its
/// ends is in it with them, and what is outside a range is outside a smaller one.
pub(crate) fn bounds(data: &[u8]) {
    let texts = lines(data);
    let [version, from, to, ..] = texts.as_slice() else {
        return;
    };
    for scheme in SCHEMES.map(Some).into_iter().chain([None]) {
        let ask = |from, to| between(scheme, version, from, to);
        assert_eq!(
            ask(None, None),
            Containment::In,
            "every version is in an open range"
        );
        let open = ask(Some(Bound::exclusive(from)), Some(Bound::exclusive(to)));
        let closed = ask(Some(Bound::inclusive(from)), Some(Bound::inclusive(to)));
        if open == Containment::In {
            assert_eq!(
                closed,
                Containment::In,
                "{scheme:?}: {version:?} in {from:?} to {to:?}"
            );
        }
        // A lower end of 0 is below everything only where it is itself inside.
        if closed == Containment::Out {
            assert_ne!(
                open,
                Containment::In,
                "{scheme:?}: {version:?} in {from:?} to {to:?}"
            );
        }
        let below = ask(None, Some(Bound::exclusive(to)));
        let above = ask(Some(Bound::inclusive(to)), None);
        if to.trim() != "0" && to.trim() != "*" {
            assert!(
                !(below == Containment::In && above == Containment::In),
                "{scheme:?}: {version:?} is on both sides of {to:?}"
            );
        }
        if equal(scheme, version, to) == Containment::In && to.trim() != "*" {
            assert_eq!(
                ask(None, Some(Bound::inclusive(to))),
                Containment::In,
                "{scheme:?}: {version:?} equals {to:?}"
            );
        }
    }
}

/// The first line is a VERS, the others are versions: canonical text prints as it was read, and neither
/// printing nor simplifying changes what is contained.
pub(crate) fn vers(data: &[u8]) {
    let texts = lines(data);
    let Some((text, versions)) = texts.split_first() else {
        return;
    };
    if let Ok(vers) = Vers::parse(text) {
        let printed = vers.to_string();
        // A reserved character may be encoded and need not.
        if !text.contains('%') {
            assert_eq!(&printed, text, "canonical text prints as it was read");
        }
        assert_eq!(
            Vers::parse(&printed).as_ref(),
            Ok(&vers),
            "{text:?} is read again as it was printed"
        );
        assert_eq!(
            Vers::parse_lenient(text),
            Ok(vers),
            "what is canonical is read leniently"
        );
    }
    let Ok(vers) = Vers::parse_lenient(text) else {
        return;
    };
    let simple = vers.simplified();
    assert_eq!(
        simple.simplified(),
        simple,
        "{text:?} is simple after one pass"
    );
    let printed = Vers::parse_lenient(&vers.to_string());
    assert_eq!(
        printed.as_ref(),
        Ok(&vers),
        "{text:?} is read again as it was printed"
    );
    let points = vers.constraints.iter().map(|point| &point.version);
    for version in versions.iter().chain(points).take(16) {
        let (all, some) = (vers.contains(version), simple.contains(version));
        // A point that says nothing may be the one with which the version has no order.
        if decided(&all).is_some() {
            assert_eq!(
                decided(&all),
                decided(&some),
                "{text:?} holds {version:?} before and after it is simplified to {simple}"
            );
        }
    }
}
