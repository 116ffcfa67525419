//! What a text in the place of a version really is.
//!
//! A format asks for one version and its authors write `14.1.x`, `< 2.0`, `All versions`, `n/a`,
//! `1.1 | 2.1`, `3.2 and prior` or the name of a model. Taken as one exact version, each of these would be a
//! quiet "no" for every device. So only what has the shape of one version is one; comparators that span one
//! range are read, as their meaning is plain; all else stays text, and whoever asks about a version reads it
//! then ([`isocenter_versions::freetext`], which tells the shapes apart here too).

use isocenter_model::vulnerability::Bound;
use isocenter_versions::freetext::{self, End, Range};
use isocenter_versions::{Comparator, is_unstated, listing};

/// What a text in the place of a version says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum VersionText<'t> {
    /// Nothing: blank, `n/a`, `-`, `unspecified`.
    Nothing,
    /// Every version: `*`, `all versions`, `vers:all/*`.
    All,
    /// One version, without a leading "version".
    Single(&'t str),
    /// Comparators that span one range: `>= 1.0, < 2.0`, `All versions < V4.8 HF4`.
    Between(Option<Bound>, Option<Bound>),
    /// Anything else.
    Other,
}

/// What `text` says.
pub(crate) fn version_text(text: &str) -> VersionText<'_> {
    let text = text.trim();
    if let Some(version) = freetext::single(text) {
        return VersionText::Single(version);
    }
    if is_unstated(text) {
        return VersionText::Nothing;
    }
    if listing::is_every(text) {
        return VersionText::All;
    }
    if let Some((Comparator::Equal, version)) = freetext::comparator(text) {
        return freetext::single(version).map_or(VersionText::Other, VersionText::Single);
    }
    // Words that make a range ("3.2 and prior") are as good, but stay with the text that says so.
    if text.contains(['<', '>', '≤', '≥']) && !text.starts_with("vers:") {
        return range(text).unwrap_or(VersionText::Other);
    }
    VersionText::Other
}

/// The one range that comparators span.
fn range(text: &str) -> Option<VersionText<'_>> {
    let bound = |end: &Option<End>| match end {
        None => Some(None),
        Some(end) => freetext::single(&end.version).map(|version| {
            Some(Bound {
                version: version.to_owned(),
                inclusive: end.inclusive,
            })
        }),
    };
    match freetext::parse(text).as_deref() {
        Ok([Range::Between { from, to }]) => Some(VersionText::Between(bound(from)?, bound(to)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a text says, in one line.
    fn told(text: &str) -> String {
        let bound = |bound: Option<Bound>| {
            bound.map_or("…".to_owned(), |bound| {
                format!(
                    "{}{}",
                    bound.version,
                    if bound.inclusive { " incl" } else { " excl" }
                )
            })
        };
        match version_text(text) {
            VersionText::Nothing => "nothing".to_owned(),
            VersionText::All => "all".to_owned(),
            VersionText::Single(version) => format!("[{version}]"),
            VersionText::Between(from, to) => format!("{} to {}", bound(from), bound(to)),
            VersionText::Other => "text".to_owned(),
        }
    }

    #[test]
    fn what_has_the_shape_of_one_version_is_one() {
        for (text, version) in [
            ("1.2.3", "1.2.3"),
            ("20240814", "20240814"),
            (" 2.03-08 ", "2.03-08"),
            ("v1.8.4", "v1.8.4"),
            ("1.4.2.0-9d9eff4", "1.4.2.0-9d9eff4"),
            ("2.0.0-rc.1+build.5", "2.0.0-rc.1+build.5"),
            ("4:4.11.1+dfsg1-2", "4:4.11.1+dfsg1-2"),
            ("M2.1.6.05", "M2.1.6.05"),
            ("6.3V1L10", "6.3V1L10"),
            ("(Release 1.0)", "1.0"),
            ("Version 13", "13"),
            ("Firmware Version 9.0.3", "9.0.3"),
            ("9.1 SP2", "9.1 SP2"),
            ("1.8.4 Service Pack 01", "1.8.4 Service Pack 01"),
            ("3.4.2 Build 16102416", "3.4.2 Build 16102416"),
            ("2017 Update 1", "2017 Update 1"),
            ("9.97 CDI3B4B", "9.97 CDI3B4B"),
            ("4.5.10 (FW27)", "4.5.10 (FW27)"),
            ("2nd Edition", "2nd Edition"),
            ("rc-2", "rc-2"),
            ("0x04075010", "0x04075010"),
            (
                "9b8e1c1d8b7d0f6a5b4c3d2e1f0a9b8c7d6e5f40",
                "9b8e1c1d8b7d0f6a5b4c3d2e1f0a9b8c7d6e5f40",
            ),
            ("0.0.0", "0.0.0"),
            ("= 1.2.3", "1.2.3"),
        ] {
            assert_eq!(told(text), format!("[{version}]"), "{text}");
        }
    }

    #[test]
    fn what_could_be_more_than_one_version_stays_text() {
        for text in [
            "14.1.x",
            "14. x",
            "V3.x",
            "A.01 <= C.0x | 4.0",
            "XMM73xx",
            "6.6.*",
            "1.1.7.333 | 2.1.1.3069",
            "1.10, 1.11",
            "6.011 and 6.012",
            "1.3.2 1.4.0 1.4.1",
            "R101 R110",
            "7100 7900",
            "3.2 and prior",
            "Version K and prior",
            "1.0.0 to 1.60.15",
            "Versions 2.5 through 3.11",
            "prior to 3.6.7",
            "3.0+",
            "Rev J-M",
            "august 28",
            "* (end-of-life 2011)",
            "1.000 (These products are sold in limited regions)",
            "MMT-1710",
            "CR-IR 357",
            "882300 Gemini 16 Slice",
            "FastConnect 6900",
            "Accu-Chek Inform II",
            "053L000091 (global) / 054U000091 (U.S.)",
            "https://aka.ms/OfficeSecurityReleases",
            "0",
            "publication",
            "vers:npm/1.2.3|<2",
        ] {
            assert_eq!(told(text), "text", "{text}");
        }
    }

    #[test]
    fn all_versions_are_all_only_when_nothing_else_is_said() {
        for text in ["*", "All versions", "ALL", " all versions ", "vers:all/*"] {
            assert_eq!(told(text), "all", "{text}");
        }
        assert_eq!(told("All versions using Shared HIS"), "text");
        for text in ["", " ", "n/a", "N/A", "-", "unspecified"] {
            assert_eq!(told(text), "nothing", "{text}");
        }
    }

    #[test]
    fn comparators_span_one_range_or_stay_text() {
        for (text, range) in [
            ("< 3.6.7", "… to 3.6.7 excl"),
            ("<=12.1.3", "… to 12.1.3 incl"),
            (">= 8.0.0, < 8.6.1", "8.0.0 incl to 8.6.1 excl"),
            (">=15.11, <15.11.7", "15.11 incl to 15.11.7 excl"),
            (">= 2.5 | <= 3.11", "2.5 incl to 3.11 incl"),
            (">= V6.2 < V7.1", "V6.2 incl to V7.1 excl"),
            (">= V3.0 and < V4.1", "V3.0 incl to V4.1 excl"),
            ("All versions < V4.8 HF4", "… to V4.8 HF4 excl"),
            ("All Versions >= V2.3", "V2.3 incl to …"),
            (">= 1.46 | =< 1.50.598", "1.46 incl to 1.50.598 incl"),
            ("≤ 4.2", "… to 4.2 incl"),
            ("< 2.0, >= 1.0", "1.0 incl to 2.0 excl"),
        ] {
            assert_eq!(told(text), range, "{text}");
        }
        for text in [
            "< 1.28.16 | < 1.24.69",
            "< 2.0 | > 3.0",
            ">= 4.6.0 | =< 4.6.20304.x",
            "<= 7.20 (7.50 and 7.60 may also be affected if WibuKey was installed manually)",
            "<=5.008 & 5.028",
            "5 digits of serial number <= 24031",
            "NMC2 <= 6.9.6",
            "<",
            "< =",
            "= 1.0, = 2.0",
            ">= 1.0, = 2.0",
        ] {
            assert_eq!(told(text), "text", "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_told_without_panic_and_a_single_version_has_a_digit(text in "\\PC{0,40}") {
            if let VersionText::Single(version) = version_text(&text) {
                prop_assert!(text.contains(version));
                prop_assert!(version.bytes().any(|byte| byte.is_ascii_digit()));
            }
        }

        #[test]
        fn texts_of_version_characters_are_told_without_panic(text in "[<>=≤≥vVxX0-9a-c.,|&()* -]{0,24}") {
            let _ = version_text(&text);
        }
    }
}
