//! What a crate's manifest says of its dependencies.

use toml::{Table, Value};

use super::breach::Breach;
use super::tree::Tree;

/// How a dependency is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Linked into the crate.
    Normal,
    /// Run while the crate is built.
    Build,
    /// Used by its tests only.
    Test,
}

/// One dependency of a crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dependency {
    /// Name of the package.
    pub(crate) package: String,
    /// How it is used.
    pub(crate) used: Use,
    /// Features asked for, those of the workspace's table included.
    pub(crate) features: Vec<String>,
    /// Whether its default features are on.
    pub(crate) default_features: bool,
}

/// The manifest of one crate of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// Path of the manifest.
    pub(crate) path: String,
    /// Name of its folder: `model`, `xtask`.
    pub(crate) name: String,
    /// Name of its package.
    pub(crate) package: String,
    /// What it depends on.
    pub(crate) dependencies: Vec<Dependency>,
    /// Whether it takes the workspace's lints.
    pub(crate) inherits_lints: bool,
}

/// The manifests of every crate, and what is wrong with those that cannot be read.
pub(crate) fn manifests(tree: &Tree) -> (Vec<Manifest>, Vec<Breach>) {
    let shared = tree
        .text("Cargo.toml")
        .and_then(|text| text.parse::<Table>().ok())
        .and_then(|root| {
            let shared = root.get("workspace")?.get("dependencies")?;
            shared.as_table().cloned()
        })
        .unwrap_or_default();
    let mut found = Vec::new();
    let mut breaches = Vec::new();
    for (path, text) in tree.texts_in("", "/Cargo.toml") {
        match text.parse::<Table>() {
            Ok(table) => found.extend(manifest(path, &table, &shared)),
            Err(error) => breaches.push(Breach::new(path, format!("no TOML: {error}"))),
        }
    }
    (found, breaches)
}

fn manifest(path: &str, table: &Table, shared: &Table) -> Option<Manifest> {
    let package = table.get("package")?.get("name")?.as_str()?;
    let folder = path.strip_suffix("/Cargo.toml")?;
    let mut dependencies = Vec::new();
    collect(table, shared, &mut dependencies);
    if let Some(Value::Table(targets)) = table.get("target") {
        for target in targets.values().filter_map(Value::as_table) {
            collect(target, shared, &mut dependencies);
        }
    }
    Some(Manifest {
        path: path.to_owned(),
        name: folder.rsplit('/').next().unwrap_or(folder).to_owned(),
        package: package.to_owned(),
        dependencies,
        inherits_lints: table
            .get("lints")
            .and_then(|lints| lints.get("workspace"))
            .and_then(Value::as_bool)
            .unwrap_or(false),
    })
}

fn collect(table: &Table, shared: &Table, found: &mut Vec<Dependency>) {
    for (key, used) in [
        ("dependencies", Use::Normal),
        ("build-dependencies", Use::Build),
        ("dev-dependencies", Use::Test),
    ] {
        if let Some(Value::Table(entries)) = table.get(key) {
            found.extend(
                entries
                    .iter()
                    .map(|(name, entry)| dependency(name, entry, shared, used)),
            );
        }
    }
}

fn dependency(name: &str, entry: &Value, shared: &Table, used: Use) -> Dependency {
    let inherited = entry
        .get("workspace")
        .and_then(Value::as_bool)
        .unwrap_or(false)
        .then(|| shared.get(name))
        .flatten();
    let stated = |key: &str| {
        inherited
            .and_then(|value| value.get(key))
            .or(entry.get(key))
    };
    let features = [inherited, Some(entry)]
        .into_iter()
        .flatten()
        .filter_map(|value| value.get("features")?.as_array())
        .flatten()
        .filter_map(|feature| feature.as_str().map(str::to_owned))
        .collect();
    Dependency {
        package: stated("package")
            .and_then(Value::as_str)
            .unwrap_or(name)
            .to_owned(),
        used,
        features,
        default_features: stated("default-features")
            .and_then(Value::as_bool)
            .unwrap_or(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_of_the_workspace_table_and_of_the_crate_add_up() {
        let tree = Tree::of(&[
            (
                "Cargo.toml",
                "[workspace.dependencies]\n\
                 jiff = { version = \"1\", default-features = false, features = [\"std\"] }\n",
            ),
            (
                "crates/a/Cargo.toml",
                "[package]\nname = \"isocenter-a\"\n[dependencies]\n\
                 jiff = { workspace = true, features = [\"serde\"] }\n\
                 [target.'cfg(unix)'.dev-dependencies]\n\
                 other = { package = \"real\", version = \"1\" }\n",
            ),
        ]);
        let (found, breaches) = manifests(&tree);
        assert_eq!(breaches, []);
        assert_eq!(
            found[0].dependencies,
            [
                Dependency {
                    package: "jiff".to_owned(),
                    used: Use::Normal,
                    features: vec!["std".to_owned(), "serde".to_owned()],
                    default_features: false,
                },
                Dependency {
                    package: "real".to_owned(),
                    used: Use::Test,
                    features: vec![],
                    default_features: true,
                },
            ]
        );
    }

    #[test]
    fn a_manifest_that_is_no_toml_is_a_breach() {
        let (found, breaches) = manifests(&Tree::of(&[("crates/a/Cargo.toml", "[package")]));
        assert_eq!(found, []);
        assert_eq!(breaches.len(), 1);
    }
}
