//! The words of the trade: what makes a range, what narrows it, what only stands beside it.
//!
//! Source: read off the product-version texts of CISA's medical (ICSMA) and industrial (ICSA) advisories as
//! of CSAF 2.0, of the `version`, `lessThan` and `lessThanOrEqual` texts of CVE records by makers of medical
//! and industrial devices (CVE Record Format 5.1), and of field safety notices. They stand in code, in this one
//! file, and not under `catalogs/`, because this crate stands alone: it reads no file and others may take it
//! without the rest of Isocenter.
//!
//! All lists are lower case; texts are compared without case.

use crate::vers::Comparator;

/// Words that only announce a version.
pub(super) const NOISE: &[&str] = &[
    "version", "versions", "software", "firmware", "release", "releases", "ver", "ver.", "v", "v.",
    "r", "sw", "fw", "of", "the",
];

/// Words that are about versions wherever they stand.
pub(super) const ANNOUNCING: &[&str] = &["version", "versions", "release", "releases", "firmware"];

/// Words that announce a revision, which may be a lone letter.
pub(super) const REVISION: &[&str] = &["rev", "rev.", "revision", "revisions"];

/// Phrases that announce a version, and look like a condition at their first word.
pub(super) const RUNNING: &[&str] = &["running", "using", "with"];

/// Words that put the versions below the one in front of them.
pub(super) const BELOW: &[&str] = &[
    "prior",
    "before",
    "earlier",
    "older",
    "lower",
    "below",
    "previous",
    "less",
    "under",
    "preceding",
];

/// Words that put the versions above the one in front of them.
pub(super) const ABOVE: &[&str] = &[
    "later",
    "newer",
    "higher",
    "above",
    "greater",
    "after",
    "up",
    "upwards",
    "beyond",
    "onwards",
    "onward",
    "subsequent",
];

/// Words that tell of two ends wherever they stand.
pub(super) const THROUGH: &[&str] = &["through", "thru", "until"];

/// Words between two ends, or of a whole.
pub(super) const BETWEEN: &[&str] = &[
    "to", "through", "thru", "until", "from", "since", "between", "all", "any",
];

/// Words for the whole.
pub(super) const WHOLE: &[&str] = &["all", "any", "every"];

/// Words behind a range that only repeat that it is affected, and the words that may follow them.
pub(super) const AFFECTED: &[&str] = &["affected", "vulnerable", "impacted"];
/// See [`AFFECTED`]; identifiers of vulnerabilities may stand among them.
pub(super) const BY: &[&str] = &[
    "by",
    "to",
    "this",
    "these",
    "the",
    "following",
    "vulnerability",
    "vulnerabilities",
    "and",
    ",",
];

/// Words between the two ends of one stretch.
pub(super) const UP_TO: &[&[&str]] = &[
    &["up", "to"],
    &["through", "to"],
    &["up", "through"],
    &["through"],
    &["thru"],
    &["to", "and", "including"],
    &["to"],
    &["-"],
];

/// Words between versions, or between ends.
pub(super) const JOINT: &[&str] = &[",", "and", "or", "&", "but", "/"];

/// Words that narrow a range or need understanding; a text with one of them is never a mere name.
pub(super) const NARROWING: &[&str] = &[
    "only",
    "if",
    "when",
    "where",
    "with",
    "except",
    "excluding",
    "running",
    "using",
    "for",
    "unless",
    "not",
    "without",
];

/// Words that begin a condition behind a range. Every one of them narrows, so that a version outside the
/// range stays outside.
pub(super) const CONDITION: &[&str] = &[
    "only",
    "if",
    "when",
    "where",
    "with",
    "without",
    "except",
    "excluding",
    "running",
    "using",
    "for",
    "on",
    "unless",
    "including",
    "containing",
];

/// Words of a condition that add versions, if versions follow.
pub(super) const INCLUDING: &[&str] = &["including", "incl", "incl.", "containing"];

/// Words that may widen a range, so that nothing follows from being outside it.
pub(super) const WIDENING: &[&str] = &["may", "might", "could", "also", "likely", "potentially"];

/// Words that make a range one of dates.
pub(super) const DATED: &[&str] = &[
    "released",
    "manufactured",
    "produced",
    "shipped",
    "sold",
    "dated",
    "built",
];

/// How a remark begins that says nothing about which versions are meant; any other is a condition.
pub(super) const REMARK: &[&[&str]] = &[
    &["based", "on"],
    &["discontinued"],
    &["end", "of", "life"],
    &["end-of-life"],
    &["eol"],
    &["eu"],
    &["formerly"],
    &["global"],
    &["incl"],
    &["incl."],
    &["including"],
    &["integrated", "in"],
    &["integrated", "into"],
    &["replaced", "by"],
    &["these", "products"],
    &["u.s."],
    &["unsupported"],
    &["us"],
];

/// Words behind a version that make it a line of versions.
pub(super) const LINE: &[&str] = &["series", "branch", "line", "train"];

/// Levels below a version, which stand with a number: `SP1`, `Update 6`.
pub(super) const LEVELS: &[&str] = &[
    "alpha", "beta", "build", "cu", "fp", "hf", "hotfix", "mp", "mr", "p", "patch", "pc", "r",
    "rc", "rev", "revision", "sp", "sr", "su", "u", "uc", "upd", "update",
];

/// Labels behind a version that stand without a number.
pub(super) const LABELS: &[&str] = &["alpha", "beta", "ga", "lts", "ltsr", "preview", "rc", "rtm"];

/// Levels of two words.
pub(super) const LONG_LEVELS: &[&[&str]] = &[
    &["service", "pack"],
    &["feature", "pack"],
    &["hot", "fix"],
    &["maintenance", "release"],
    &["maintenance", "pack"],
];

/// Levels that count within a version: a text that begins with one does not say within which.
pub(super) const WITHIN: &[&str] = &[
    "build", "cu", "fp", "hf", "hotfix", "p", "patch", "pc", "service", "sp", "su", "uc", "upd",
    "update",
];

/// Further words inside one version.
pub(super) const BESIDE: &[&str] = &[
    "edition",
    "feature",
    "fix",
    "ga",
    "lts",
    "ltsr",
    "maintenance",
    "nr",
    "number",
    "pack",
    "package",
    "preview",
    "rollup",
    "rtm",
    "service",
];

/// What stands behind a name or a number that is a rank, not a version.
pub(super) const ORDINAL: &[&str] = &["st", "nd", "rd", "th"];

/// Months, which are no versions.
const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Words in front of a version that make it an end; a longer phrase goes before its own beginning.
pub(super) const PREPOSITIONS: &[(&[&str], Comparator)] = &[
    (&["up", "to", "and", "including"], Comparator::LessOrEqual),
    (&["up", "to", "including"], Comparator::LessOrEqual),
    (&["up", "to", "but", "not", "including"], Comparator::Less),
    (&["up", "to", "but", "excluding"], Comparator::Less),
    (&["up", "to"], Comparator::LessOrEqual),
    (&["up", "through"], Comparator::LessOrEqual),
    (
        &["prior", "to", "and", "including"],
        Comparator::LessOrEqual,
    ),
    (&["prior", "to"], Comparator::Less),
    (&["previous", "to"], Comparator::Less),
    (&["through", "to"], Comparator::LessOrEqual),
    (&["through"], Comparator::LessOrEqual),
    (&["thru"], Comparator::LessOrEqual),
    (&["until"], Comparator::LessOrEqual),
    (&["before"], Comparator::Less),
    (&["below"], Comparator::Less),
    (&["under"], Comparator::Less),
    (&["preceding"], Comparator::Less),
    (&["earlier", "than"], Comparator::Less),
    (&["older", "than"], Comparator::Less),
    (&["lower", "than"], Comparator::Less),
    (
        &["less", "than", "or", "equal", "to"],
        Comparator::LessOrEqual,
    ),
    (&["less", "than"], Comparator::Less),
    (&["later", "than"], Comparator::Greater),
    (&["newer", "than"], Comparator::Greater),
    (&["higher", "than"], Comparator::Greater),
    (
        &["greater", "than", "or", "equal", "to"],
        Comparator::GreaterOrEqual,
    ),
    (&["greater", "than"], Comparator::Greater),
    (&["above"], Comparator::Greater),
    (&["after"], Comparator::Greater),
    (&["starting", "with"], Comparator::GreaterOrEqual),
    (&["starting", "from"], Comparator::GreaterOrEqual),
    (&["beginning", "with"], Comparator::GreaterOrEqual),
    (&["at", "least"], Comparator::GreaterOrEqual),
    (&["from"], Comparator::GreaterOrEqual),
    (&["since"], Comparator::GreaterOrEqual),
];

/// Signs of comparison as authors type them, the longer before its own beginning.
pub(super) const SIGNS: &[(&str, Comparator)] = &[
    ("<=", Comparator::LessOrEqual),
    ("=<", Comparator::LessOrEqual),
    (">=", Comparator::GreaterOrEqual),
    ("=>", Comparator::GreaterOrEqual),
    ("!=", Comparator::NotEqual),
    ("==", Comparator::Equal),
    ("≤", Comparator::LessOrEqual),
    ("≥", Comparator::GreaterOrEqual),
    ("<", Comparator::Less),
    (">", Comparator::Greater),
    ("=", Comparator::Equal),
];

/// Whether a word is on a list.
pub(super) fn listed(word: &str, list: &[&str]) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Whether a word is a month's name or its first three letters: `November`, `May_1_2024`, `Apr.`.
pub(super) fn is_month(word: &str) -> bool {
    let name = word
        .split(['_', '.'])
        .next()
        .unwrap_or(word)
        .to_ascii_lowercase();
    name.len() >= 3
        && MONTHS
            .iter()
            .any(|month| *month == name || (name.len() == 3 && month.starts_with(&name)))
}
