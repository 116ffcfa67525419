//! Maker, product and versions, told apart where a tree writes them together.
//!
//! A product tree has a place for each: `vendor`, `product_name`, `product_version`, `product_version_range`. Authors
//! put a range or a list where one version belongs (`<= 3.2`, `1.1 | 2.1`, `All versions`), and
//! whole products into one name (`Philips IntelliSpace PACS: <= 4.4.553`). What cannot be told apart
//! with certainty is kept as text: a wrong exact version would be a quiet "not affected".

use isocenter_model::product::VersionExpression;

use isocenter_versions::freetext::{Subject, comparator};

use crate::cve::version_text::{VersionText, version_text};

/// The versions of a branch `product_version`.
pub(super) fn of_version(name: &str) -> VersionExpression {
    match version_text(name) {
        VersionText::Nothing => VersionExpression::Unstated,
        VersionText::All => VersionExpression::All,
        VersionText::Single(version) if !name.trim_start().starts_with("vers:") => {
            VersionExpression::Exact(version.to_owned())
        }
        _ => of_range(name),
    }
}

/// The versions of a branch `product_version_range`.
pub(super) fn of_range(name: &str) -> VersionExpression {
    let name = name.trim();
    // `vers:generic/*` and every other scheme: all versions (VERS, a range of one asterisk).
    let is_all = name
        .strip_prefix("vers:")
        .and_then(|range| range.split_once('/'))
        .is_some_and(|(_, constraints)| constraints.trim() == "*");
    match version_text(name) {
        _ if is_all => VersionExpression::All,
        VersionText::Nothing => VersionExpression::Unstated,
        VersionText::All => VersionExpression::All,
        _ => VersionExpression::Range(name.to_owned()),
    }
}

/// A name and the versions that were written into it; `None` when none are told apart with certainty.
pub(super) fn split(text: &str) -> Option<(&str, VersionExpression)> {
    let text = text.trim();
    for separator in [": ", ":", " - "] {
        if let Some((name, rest)) = text.rsplit_once(separator)
            && let Some(versions) = versions(rest)
            && !name.trim().is_empty()
        {
            return Some((name.trim(), versions));
        }
    }
    // `Sante FFT Imaging <=1.4.0`
    if let Some(at) = text.find(['<', '>', '≤', '≥'])
        && let Some((name, rest)) = text.split_at_checked(at)
        && comparator(rest).is_some()
    {
        let (name, rest) = with_words_before(name, rest, text);
        return (!name.is_empty()).then(|| (name, of_range(rest)));
    }
    // `Pyxis ES Versions 1.3.4 through to 1.5.3`, `XYZ all versions`
    let lower = text.to_ascii_lowercase();
    if let Some(at) = lower.rfind(" version")
        && let Some((name, rest)) = text.split_at_checked(at)
    {
        let (name, rest) = with_words_before(name, rest, text);
        return Some((name, versions(rest)?)).filter(|(name, _)| !name.is_empty());
    }
    None
}

/// [`split`], and besides a plain number at the end of the name: `Orthanc 1.12.4`.
pub(super) fn split_full(text: &str) -> Option<(&str, VersionExpression)> {
    split(text).or_else(|| {
        let (name, last) = text.trim().rsplit_once(' ')?;
        let number = last.strip_prefix(['v', 'V']).unwrap_or(last);
        let is_number = number.contains('.')
            && number
                .split('.')
                .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        is_number.then(|| (name.trim(), VersionExpression::Exact(last.to_owned())))
    })
}

/// Words such as "All" and "Versions" before the place of a cut belong to the versions behind it.
fn with_words_before<'t>(name: &'t str, rest: &'t str, text: &'t str) -> (&'t str, &'t str) {
    let mut name = name.trim_end();
    while let Some((before, word)) = name.rsplit_once(' ') {
        if !["all", "version", "versions", "prior", "to"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(word))
        {
            break;
        }
        name = before.trim_end();
    }
    let rest = text.get(name.len()..).unwrap_or(rest).trim();
    (name.trim_end_matches([':', '-', ',', ' ']), rest)
}

/// The versions that `text` speaks of, when it surely speaks of versions.
pub(super) fn versions(text: &str) -> Option<VersionExpression> {
    let text = text.trim();
    match version_text(text) {
        VersionText::All => return Some(VersionExpression::All),
        VersionText::Single(version) => return Some(VersionExpression::Exact(version.to_owned())),
        VersionText::Between(..) => return Some(VersionExpression::Range(text.to_owned())),
        VersionText::Nothing => return None,
        VersionText::Other => {}
    }
    if text.starts_with("vers:") {
        return Some(of_range(text));
    }
    let lower = text.to_ascii_lowercase();
    let words: Vec<&str> = lower
        .split(|character: char| !character.is_alphanumeric() && character != '.')
        .filter(|word| !word.is_empty())
        .collect();
    let first = words.first().copied().unwrap_or_default();
    let Subject {
        versions: says_versions,
        range: says_range,
    } = Subject::of(text);
    let begins_as_versions = text.starts_with(['<', '>', '=', '≤', '≥', '*'])
        || matches!(
            first,
            "all" | "prior" | "before" | "version" | "versions" | "release" | "releases"
        )
        || is_number_like(first);
    let has_digit =
        text.bytes().any(|byte| byte.is_ascii_digit()) || matches!(first, "version" | "versions");
    let is_list = text
        .split([',', '|', ' '])
        .filter(|part| !part.is_empty() && *part != "and" && *part != "or")
        .all(is_number_like);
    (begins_as_versions && ((has_digit && (says_versions || says_range)) || is_list)
        || (says_versions && says_range && has_digit)
        || text.starts_with(['<', '>', '≤', '≥']))
    .then(|| VersionExpression::Range(text.to_owned()))
}

/// `3.2`, `v3.0`, `R8.0.3`, `C.00.04`, `14.1.x`.
fn is_number_like(word: &str) -> bool {
    let number = word.trim_start_matches(|character: char| character.is_ascii_alphabetic());
    let number = number.strip_prefix('.').unwrap_or(number);
    word.len() - number.len() <= 2
        && number.starts_with(|first: char| first.is_ascii_digit())
        && (number.contains('.') || number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `IntelliSpace Portal 8.0.x`: a name that ends in a line of versions, and that line.
pub(super) fn split_line(name: &str) -> Option<(&str, &str)> {
    let (name, line) = name.trim().rsplit_once(' ')?;
    let numbers = line
        .strip_suffix(".x")
        .or_else(|| line.strip_suffix(".X"))?;
    is_number_like(numbers).then_some((name.trim(), line))
}

/// `name` without the maker before it.
pub(super) fn without_vendor<'t>(name: &'t str, vendor: &str) -> Option<&'t str> {
    let head = name.get(..vendor.len())?;
    let rest = name.get(vendor.len()..)?;
    (!vendor.is_empty() && head.eq_ignore_ascii_case(vendor) && rest.starts_with(' '))
        .then(|| rest.trim_start())
        .filter(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(versions: &VersionExpression) -> String {
        match versions {
            VersionExpression::Unstated => "unstated".to_owned(),
            VersionExpression::All => "all".to_owned(),
            VersionExpression::Exact(version) => format!("[{version}]"),
            VersionExpression::Range(range) => format!("({range})"),
        }
    }

    #[test]
    fn a_version_branch_of_real_advisories_is_exact_only_when_it_is_one_version() {
        for (name, expected) in [
            ("4.0.5", "[4.0.5]"),
            ("1.4.2.0-9d9eff4", "[1.4.2.0-9d9eff4]"),
            ("6.3V1L10", "[6.3V1L10]"),
            (" 2.03-08", "[2.03-08]"),
            ("vers:all/*", "all"),
            ("1.1.7.333 | 2.1.1.3069", "(1.1.7.333 | 2.1.1.3069)"),
            ("* (end-of-life 2011)", "(* (end-of-life 2011))"),
            ("14.1.x", "(14.1.x)"),
            ("<= 3.2", "(<= 3.2)"),
            ("3.2 and prior", "(3.2 and prior)"),
            ("882300 Gemini 16 Slice", "(882300 Gemini 16 Slice)"),
            ("MMT-1710", "(MMT-1710)"),
            ("HD 16 | HD23", "(HD 16 | HD23)"),
            ("Rev B-M", "(Rev B-M)"),
            ("n/a", "unstated"),
        ] {
            assert_eq!(told(&of_version(name)), expected, "{name}");
        }
    }

    #[test]
    fn a_range_branch_stays_as_written_unless_it_means_all() {
        for (name, expected) in [
            (">= 2.5 | <= 3.11", "(>= 2.5 | <= 3.11)"),
            (
                "All versions < V4.8 SP2 HF9",
                "(All versions < V4.8 SP2 HF9)",
            ),
            ("V8.0", "(V8.0)"),
            ("vers:all/*", "all"),
            ("vers:intdot/*", "all"),
            ("vers:intdot/<1.2", "(vers:intdot/<1.2)"),
            ("All versions", "all"),
            (
                "All versions using Shared HIS",
                "(All versions using Shared HIS)",
            ),
        ] {
            assert_eq!(told(&of_range(name)), expected, "{name}");
        }
    }

    #[test]
    fn versions_inside_a_name_are_told_apart() {
        for (text, name, versions) in [
            (
                "Philips IntelliSpace PACS: <= 4.4.553",
                "Philips IntelliSpace PACS",
                "(<= 4.4.553)",
            ),
            (
                "Philips Vue PACS: <12.2.8.410",
                "Philips Vue PACS",
                "(<12.2.8.410)",
            ),
            (
                "Sante FFT Imaging <=1.4.0",
                "Sante FFT Imaging",
                "(<=1.4.0)",
            ),
            (
                "SmartLog Diabetes Management Software - < 2.4.0",
                "SmartLog Diabetes Management Software",
                "(< 2.4.0)",
            ),
            (
                "AnyDana-A: All versions prior to 3.0",
                "AnyDana-A",
                "(All versions prior to 3.0)",
            ),
            (
                "VC150: prior to Version 1.7.15",
                "VC150",
                "(prior to Version 1.7.15)",
            ),
            (
                "DoseWise Portal: Versions 1.1.7.333 and 2.1.1.3069",
                "DoseWise Portal",
                "(Versions 1.1.7.333 and 2.1.1.3069)",
            ),
            ("MRI 1.5T: Version 5.x.x", "MRI 1.5T", "(Version 5.x.x)"),
            (
                "IntelliBridge EC 40 Hub: C.00.04 and prior",
                "IntelliBridge EC 40 Hub",
                "(C.00.04 and prior)",
            ),
            (
                "IntelliSpace Portal 8.0.x: *",
                "IntelliSpace Portal 8.0.x",
                "all",
            ),
            (
                "Alaris 8000 PC unit: all versions",
                "Alaris 8000 PC unit",
                "all",
            ),
            (
                "Example Company XYZ all versions",
                "Example Company XYZ",
                "all",
            ),
            (
                "Pyxis ES Versions 1.3.4 through to 1.5.3",
                "Pyxis ES",
                "(Versions 1.3.4 through to 1.5.3)",
            ),
            (
                "Interoperability Solution XDS: Versions 2.5 through 3.11",
                "Interoperability Solution XDS",
                "(Versions 2.5 through 3.11)",
            ),
            ("ViewForum: (Release 6.3V1L10)", "ViewForum", "[6.3V1L10]"),
            ("Version: R8.0.3 or prior", "Version", "(R8.0.3 or prior)"),
            (
                "iScan Control Software: 4.0.5",
                "iScan Control Software",
                "[4.0.5]",
            ),
            (
                "AliveCor KardiaMobile IoT device: vers:all/*",
                "AliveCor KardiaMobile IoT device",
                "all",
            ),
            (
                "ExactaMix EM2400: Versions 1.10 1.11 1.13 1.14",
                "ExactaMix EM2400",
                "(Versions 1.10 1.11 1.13 1.14)",
            ),
        ] {
            let (found, expression) = split(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (found, told(&expression).as_str()),
                (name, versions),
                "{text}"
            );
        }
    }

    #[test]
    fn a_name_without_versions_is_left_whole() {
        for text in [
            "MiniMed 620G: MMT-1710",
            "Gemini PET/CT Family - 882300 Gemini 16 Slice",
            "Point of Care handheld medical devices - Accu-Chek Inform II",
            "MMT-503 Remote Controller: MMT-512 / MMT-712 Paradigm x12",
            "FCR XC-2: CR-IR 357",
            "Micro Clinician: A51200 series",
            "IntelliVue MP monitors MX800/700/600 ((865240/41/42) WLAN",
            "Red Hat Enterprise Linux BaseOS AUS (v.8.4)",
            "Windows 10",
            "",
            ": 1.0",
        ] {
            assert_eq!(split(text), None, "{text}");
        }
        assert_eq!(split_full("MAGNETOM 7T"), None);
        assert_eq!(split_full("MRI 1.5T"), None);
        assert_eq!(
            split_full("Orthanc 1.12.4"),
            Some(("Orthanc", VersionExpression::Exact("1.12.4".to_owned())))
        );
    }

    #[test]
    fn a_line_of_versions_at_the_end_of_a_name_is_told_apart() {
        assert_eq!(
            split_line("IntelliSpace Portal 8.0.x"),
            Some(("IntelliSpace Portal", "8.0.x"))
        );
        assert_eq!(split_line("MAGNETOM Vida"), None);
        assert_eq!(
            without_vendor("Philips Vue PACS", "Philips"),
            Some("Vue PACS")
        );
        assert_eq!(without_vendor("Philipson PACS", "Philips"), None);
        assert_eq!(without_vendor("Philips", "Philips"), None);
    }
}
