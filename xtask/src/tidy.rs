//! What the compiler cannot check: floors, purity, headings, catalogs, links and tidiness.
//!
//! A rule is a function from the tracked files to its breaches. It reads nothing but the
//! [`Tree`], so that each rule is tested on a small made-up checkout.

mod architecture;
mod breach;
mod catalogs;
mod floors;
mod links;
mod lints;
mod manifest;
mod pages;
mod places;
mod purity;
mod sources;
mod tree;

use std::error::Error;
use std::path::Path;

use breach::Breach;
use tree::Tree;

type Rule = fn(&Tree) -> Vec<Breach>;

/// Every rule, by the sentence that holds when it finds nothing.
const RULES: [(&str, Rule); 9] = [
    ("every arrow points down", floors::check),
    ("pure crates do no IO", purity::check),
    ("every crate keeps the workspace's lints", lints::check),
    ("every crate has its heading", architecture::check),
    ("catalogs name what exists", catalogs::check),
    ("pages tell what catalogs and code say", pages::check),
    ("no machine or registry is named", places::check),
    ("links lead somewhere", links::check),
    ("Rust sources are finished", sources::check),
];

/// Runs every rule on the tracked files under `root`; whether all hold.
pub(crate) fn run(root: &Path) -> Result<bool, Box<dyn Error>> {
    let tree = Tree::tracked(root)?;
    let mut found = 0;
    for (sentence, rule) in RULES {
        let breaches = rule(&tree);
        println!(
            "{:>4}  {sentence}",
            if breaches.is_empty() { "ok" } else { "no" }
        );
        for breach in &breaches {
            println!("      {breach}");
        }
        found += breaches.len();
    }
    println!(
        "tidy: {} rules, {} files, {found} {}",
        RULES.len(),
        tree.len(),
        if found == 1 { "breach" } else { "breaches" }
    );
    Ok(found == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_tidy_checkout_passes_every_rule() {
        let tree = Tree::of(&[
            (
                "Cargo.toml",
                "[workspace]\nmembers = [\"crates/*\"]\n\
                 [workspace.dependencies]\nisocenter-model = { path = \"crates/model\" }\n",
            ),
            (
                "crates/model/Cargo.toml",
                "[package]\nname = \"isocenter-model\"\n[lints]\nworkspace = true\n",
            ),
            ("crates/model/src/lib.rs", "//! Nouns.\n"),
            ("ARCHITECTURE.md", "### `crates/model`\n"),
        ]);
        for (sentence, rule) in RULES {
            assert_eq!(rule(&tree), [], "{sentence}");
        }
    }
}
