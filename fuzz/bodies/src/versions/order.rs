//! The laws of order.

use std::cmp::Ordering;

use isocenter_versions::{Bound, Containment, Scheme, between, compare, key};

use super::{SCHEMES, lines};

/// Lines are versions: under every scheme, keys agree with pairs, pairs with themselves turned round, and
/// three keyed versions with one another; keys stay within a multiple of the text.
pub(crate) fn keys(data: &[u8]) {
    let texts = lines(data);
    let texts = texts.get(..texts.len().min(3)).unwrap_or_default();
    for scheme in SCHEMES {
        for a in texts {
            let own = key(scheme, a);
            if let Ok(key) = &own {
                assert!(
                    key.as_bytes().len() <= 9 * a.len() + 32,
                    "{scheme}: the key of {a:?} is {} bytes long",
                    key.as_bytes().len()
                );
            }
            if let Err(why) = &own {
                assert!(!why.to_string().is_empty(), "{scheme}: {a:?} has no reason");
            }
            let bare = a.trim();
            assert_eq!(
                own,
                key(scheme, bare),
                "{scheme}: white space around {bare:?}"
            );
            if let Ok(order) = compare(scheme, a, a) {
                assert_eq!(order, Ordering::Equal, "{scheme}: {a:?} and itself");
            }
            for b in texts {
                pair(scheme, a, b);
            }
        }
        if let [a, b, c] = texts {
            triple(scheme, a, b, c);
        }
    }
}

fn pair(scheme: Scheme, a: &str, b: &str) {
    let order = compare(scheme, a, b);
    assert_eq!(
        order.as_ref().ok().copied().map(Ordering::reverse),
        compare(scheme, b, a).ok(),
        "{scheme}: {a:?} and {b:?} turned round"
    );
    if let (Ok(x), Ok(y)) = (key(scheme, a), key(scheme, b)) {
        match order {
            Ok(order) => assert_eq!(order, x.cmp(&y), "{scheme}: {a:?} and {b:?} by key"),
            // A vendor's numbers may be doubtful as a pair.
            Err(why) => assert_eq!(scheme, Scheme::Generic, "{a:?} and {b:?}: {why}"),
        }
    }
}

fn triple(scheme: Scheme, a: &str, b: &str, c: &str) {
    if [a, b, c].iter().any(|text| key(scheme, text).is_err()) {
        return;
    }
    if let (Ok(x), Ok(y), Ok(z)) = (
        compare(scheme, a, b),
        compare(scheme, b, c),
        compare(scheme, a, c),
    ) && x == y
    {
        assert_eq!(x, z, "{scheme}: {a:?}, {b:?} and {c:?}");
    }
}

/// Two lines are versions of Maven: the order turned round is the reverse, case means nothing, and a range
/// says what the order says or why it does not.
pub(crate) fn maven(data: &[u8]) {
    let texts = lines(data);
    let [a, b, ..] = texts.as_slice() else { return };
    pair(Scheme::Maven, a, b);
    let Ok(order) = compare(Scheme::Maven, a, b) else {
        return;
    };
    assert_eq!(
        compare(
            Scheme::Maven,
            &a.to_ascii_uppercase(),
            &b.to_ascii_lowercase()
        ),
        Ok(order),
        "{a:?} and {b:?} in another case"
    );
    // `1.x` and `C.0x` as an end are a series, which is a convention of records and not Maven's.
    if b.trim().ends_with(['*', 'x', 'X']) {
        return;
    }
    match between(Some(Scheme::Maven), a, None, Some(Bound::exclusive(b))) {
        Containment::In => assert_eq!(order, Ordering::Less, "{a:?} is below {b:?} in a range"),
        Containment::Out => {
            assert_ne!(order, Ordering::Less, "{a:?} is not below {b:?} in a range");
        }
        Containment::Undetermined(why) => assert!(!why.to_string().is_empty()),
    }
}
