//! Ranges in prose.

use isocenter_versions::{Scheme, freetext};

use super::lines;

/// The first line is a range in prose, the others are versions: what is read has stretches that print, and
/// answers the same through both doors; what is not read says why.
pub(crate) fn parse(data: &[u8]) {
    let texts = lines(data);
    let Some((text, versions)) = texts.split_first() else {
        return;
    };
    let read = freetext::parse(text);
    match &read {
        Ok(ranges) => {
            assert!(!ranges.is_empty(), "{text:?} has no stretch");
            assert!(
                ranges.len() <= text.len() + 1,
                "{text:?} has {} stretches",
                ranges.len()
            );
            for range in ranges {
                assert!(!range.to_string().is_empty(), "{text:?} prints as nothing");
            }
        }
        Err(why) => assert!(!why.to_string().is_empty(), "{text:?} has no reason"),
    }
    for version in versions.iter().take(8) {
        for scheme in [
            None,
            Some(Scheme::Generic),
            Some(Scheme::SemVer),
            Some(Scheme::Maven),
        ] {
            let covers = freetext::covers(text, scheme, version);
            if let (Ok(ranges), false) = (&read, text.trim().starts_with("vers:")) {
                let contains = freetext::contains(ranges, scheme, version);
                assert_eq!(
                    covers,
                    Ok(contains),
                    "{text:?} and {version:?} through both doors"
                );
            }
            let _ = freetext::listed(scheme, version, text);
        }
    }
    if let Some(single) = freetext::single(text) {
        assert!(
            text.contains(single) && !single.is_empty(),
            "{single:?} is not in {text:?}"
        );
    }
    let _ = freetext::comparator(text);
}
