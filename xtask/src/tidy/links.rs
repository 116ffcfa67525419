//! A link in a document leads to a file that exists.

use super::breach::Breach;
use super::tree::{Tree, extension};

/// The lines of a Markdown text that stand outside fenced code, counted from 1.
pub(crate) fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    text.lines().enumerate().filter_map(move |(index, line)| {
        let fence = line.trim_start().starts_with("```");
        if fence {
            fenced = !fenced;
        }
        (!fenced && !fence).then_some((index + 1, line))
    })
}

/// Links to files that do not exist, and to headings that their file does not have.
pub(crate) fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (path, text) in tree.texts_in("", ".md") {
        for (number, line) in prose(text) {
            for target in targets(line) {
                breaches.extend(fault(tree, path, target).map(|why| Breach::at(path, number, why)));
            }
        }
    }
    breaches
}

fn fault(tree: &Tree, from: &str, target: &str) -> Option<String> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (file, heading) = target.split_once('#').unwrap_or((target, ""));
    let path = if file.is_empty() {
        from.to_owned()
    } else {
        match resolved(from, file) {
            Some(path) => path,
            None => return Some(format!("`{target}` leads out of the project")),
        }
    };
    if !tree.has(&path) {
        return Some(format!("`{target}` leads to no tracked file"));
    }
    let has_heading = || {
        tree.text(&path).is_some_and(|text| {
            prose(text).any(|(_, line)| line.starts_with('#') && anchor(line) == heading)
        })
    };
    (!heading.is_empty() && extension(&path) == Some("md") && !has_heading())
        .then(|| format!("`{target}` leads to no heading of `{path}`"))
}

/// What stands in the round brackets of `[text](target)`, outside back-ticks.
fn targets(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for piece in line.split('`').step_by(2) {
        let mut rest = piece;
        while let Some((_, after)) = rest.split_once("](") {
            let Some((target, after)) = after.split_once(')') else {
                break;
            };
            found.extend(target.split_whitespace().next());
            rest = after;
        }
    }
    // A link whose text is code (`[`a`](b)`) is cut by the back-ticks before `](`.
    for (index, piece) in line.split('`').enumerate() {
        if index % 2 == 0
            && index > 0
            && let Some(target) = piece
                .strip_prefix("](")
                .and_then(|rest| rest.split(')').next())
            && !found.contains(&target)
        {
            found.push(target);
        }
    }
    found
}

/// `file` as seen from the folder of `from`; `None` when it leaves the project.
fn resolved(from: &str, file: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            other => parts.push(other),
        }
    }
    Some(parts.join("/"))
}

/// The anchor that repository hosts give to a heading.
fn anchor(heading: &str) -> String {
    heading
        .trim_start_matches('#')
        .trim()
        .chars()
        .filter(|character| character.is_alphanumeric() || matches!(character, ' ' | '-' | '_'))
        .flat_map(char::to_lowercase)
        .map(|character| if character == ' ' { '-' } else { character })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_links(text: &str) -> Vec<String> {
        check(&Tree::of(&[
            ("docs/guide.md", text),
            ("docs/other.md", "# A `b` c\n"),
            ("README.md", ""),
        ]))
        .into_iter()
        .map(|breach| breach.message)
        .collect()
    }

    #[test]
    fn a_link_to_an_absent_file_is_a_breach() {
        assert_eq!(
            check_links("see [this](absent.md)"),
            ["`absent.md` leads to no tracked file"]
        );
        assert_eq!(check_links("see [`that`](absent.md)").len(), 1);
        assert_eq!(check_links("![picture](a.svg) and [b](c.md)").len(), 2);
        assert_eq!(
            check_links("[x](../../a.md)"),
            ["`../../a.md` leads out of the project"]
        );
    }

    #[test]
    fn links_to_files_folders_headings_and_other_places_are_fine() {
        for text in [
            "[a](other.md) [b](../README.md) [c](./) [`d`](other.md)",
            "[a](other.md#a-b-c)",
            "[a](https://example.org/absent.md)",
            "`[a](absent.md)`",
            "```text\n[a](absent.md)\n```",
        ] {
            assert_eq!(check_links(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_link_to_an_absent_heading_is_a_breach() {
        assert_eq!(check_links("[a](other.md#gone)").len(), 1);
        assert_eq!(check_links("[a](#gone)").len(), 1);
    }
}
