//! Tables of ordered pairs, made with each ecosystem's own tool.

use std::cmp::Ordering;
use std::fmt::Write as _;

use isocenter_versions::{Scheme, compare};

/// Ecosystem by the first part of a table's file name.
const TABLES: &[(&str, &str)] = &[
    ("alpine", "Alpine"),
    ("cran", "CRAN"),
    ("debian", "Debian"),
    ("hackage", "Hackage"),
    ("maven", "Maven"),
    ("nuget", "NuGet"),
    ("packagist", "Packagist"),
    ("pub", "Pub"),
    ("pypi", "PyPI"),
    ("redhat", "Red Hat"),
    ("rubygems", "RubyGems"),
    ("semver", "SemVer"),
];

#[test]
fn every_row_of_the_public_tables_holds() {
    let Some(folder) = crate::real_data("versions") else {
        return;
    };
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut summary = String::new();
    let mut failures = String::new();
    let (mut rows, mut open) = (0, 0);
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let Some((_, ecosystem)) = TABLES.iter().find(|(prefix, _)| name.starts_with(prefix))
        else {
            continue;
        };
        let scheme = Scheme::from_ecosystem(ecosystem).unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        let (mut total, mut wrong, mut undetermined) = (0, 0, 0);
        for line in text
            .lines()
            .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        {
            let mut words = line.split(' ');
            let (a, sign, b) = (
                words.next().unwrap(),
                words.next().unwrap(),
                words.next().unwrap(),
            );
            let expected = match sign {
                "<" => Ordering::Less,
                "=" => Ordering::Equal,
                ">" => Ordering::Greater,
                other => panic!("{name}: sign {other}"),
            };
            total += 1;
            match compare(scheme, a, b) {
                Ok(order) if order == expected => {}
                Ok(order) => {
                    wrong += 1;
                    writeln!(failures, "{name}: {line}: got {order:?}").unwrap();
                }
                Err(why) => {
                    undetermined += 1;
                    writeln!(failures, "{name}: {line}: {why}").unwrap();
                }
            }
        }
        rows += total;
        open += undetermined;
        writeln!(
            summary,
            "{name}: {total} rows, {wrong} wrong, {undetermined} undetermined"
        )
        .unwrap();
        if wrong > 0 {
            open += rows;
        }
    }
    eprintln!("{summary}");
    assert!(open * 1000 <= rows, "{summary}\n{failures}");
}
