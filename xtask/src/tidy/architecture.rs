//! ARCHITECTURE.md has a heading for every crate, and none for a crate that is gone.

use super::breach::Breach;
use super::links::prose;
use super::manifest::manifests;
use super::tree::Tree;

const MAP: &str = "ARCHITECTURE.md";

/// Crates without a heading, and headings without a crate.
pub(crate) fn check(tree: &Tree) -> Vec<Breach> {
    let Some(map) = tree.text(MAP) else {
        return vec![Breach::new(MAP, "is missing")];
    };
    let headings: Vec<(usize, &str)> = prose(map)
        .filter(|(_, line)| line.starts_with('#'))
        .filter_map(|(number, line)| Some((number, line.split('`').nth(1)?)))
        .collect();
    let (crates, _) = manifests(tree);
    let folders: Vec<&str> = crates
        .iter()
        .filter_map(|found| found.path.strip_suffix("/Cargo.toml"))
        .collect();
    let absent = folders
        .iter()
        .filter(|folder| !headings.iter().any(|(_, named)| named == *folder))
        .map(|folder| Breach::new(MAP, format!("has no heading with `{folder}` in back-ticks")));
    let gone = headings
        .iter()
        .filter(|(_, named)| named.starts_with("crates/") && !folders.contains(named))
        .map(|(line, named)| Breach::at(MAP, *line, format!("there is no crate `{named}`")));
    absent.chain(gone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: (&str, &str) = (
        "crates/model/Cargo.toml",
        "[package]\nname = \"isocenter-model\"\n",
    );

    #[test]
    fn a_crate_without_a_heading_is_a_breach() {
        let text = "# Map\nThe crate `crates/model` holds nouns.\n```\n### `crates/model`\n```\n";
        let breaches = check(&Tree::of(&[MODEL, (MAP, text)]));
        assert_eq!(breaches.len(), 1);
        assert!(breaches[0].message.contains("no heading"));
        assert_eq!(check(&Tree::of(&[MODEL])).len(), 1);
    }

    #[test]
    fn a_heading_without_a_crate_is_a_breach() {
        let text = "### `crates/model`\n### `crates/gone`\n";
        let breaches = check(&Tree::of(&[MODEL, (MAP, text)]));
        assert_eq!(breaches.len(), 1);
        assert_eq!(breaches[0].line, Some(2));
    }
}
