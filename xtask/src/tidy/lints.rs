//! Every crate keeps the workspace's lints, and only the crates at the edge lift the IO ban.

use super::breach::Breach;
use super::floors::ROOMS;
use super::manifest::manifests;
use super::tree::Tree;

/// Manifests without the workspace's lints; pure crates that allow what `clippy.toml` bans.
pub(crate) fn check(tree: &Tree) -> Vec<Breach> {
    let (crates, _) = manifests(tree);
    let mut breaches: Vec<Breach> = crates
        .iter()
        .filter(|found| !found.inherits_lints)
        .map(|found| Breach::new(&found.path, "lacks `[lints]` with `workspace = true`"))
        .collect();
    for room in ROOMS.iter().filter(|room| room.pure) {
        let sources = format!("crates/{}/src/", room.name);
        for (path, text) in tree.texts_in(&sources, ".rs") {
            for (index, line) in text.lines().enumerate() {
                if line.contains("clippy::disallowed_") {
                    breaches.push(Breach::at(
                        path,
                        index + 1,
                        "a pure crate lifts the IO ban of clippy.toml; take bytes, time or \
                         settings as an argument instead",
                    ));
                }
            }
        }
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_without_the_workspace_lints_is_a_breach() {
        let tree = Tree::of(&[
            ("crates/a/Cargo.toml", "[package]\nname = \"a\"\n"),
            (
                "crates/b/Cargo.toml",
                "[package]\nname = \"b\"\n[lints]\nworkspace = true\n",
            ),
        ]);
        let paths: Vec<String> = check(&tree).into_iter().map(|found| found.path).collect();
        assert_eq!(paths, ["crates/a/Cargo.toml"]);
    }

    #[test]
    fn only_the_edge_lifts_the_ban() {
        let text = "//! Text.\n#![allow(clippy::disallowed_methods)]\n";
        let tree = Tree::of(&[
            ("crates/model/src/lib.rs", text),
            ("crates/model/tests/it/main.rs", text),
            ("crates/store/src/lib.rs", text),
        ]);
        let breaches = check(&tree);
        assert_eq!(breaches.len(), 1);
        assert_eq!(breaches[0].path, "crates/model/src/lib.rs");
        assert_eq!(breaches[0].line, Some(2));
    }
}
