//! A pure crate has no dependency that does IO, asks the clock, draws at random or is async.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use super::breach::Breach;
use super::floors::room_of;
use super::manifest::{Dependency, Manifest, Use, manifests};
use super::tree::Tree;

/// Packages that a pure crate does not name as a dependency of its own.
const DENIED: [&str; 46] = [
    "anstream",
    "arboard",
    "axum",
    "chrono",
    "clap",
    "console",
    "crossbeam",
    "crossterm",
    "curl",
    "dialoguer",
    "dicom-ul",
    "directories",
    "dirs",
    "env_logger",
    "fastrand",
    "fs-err",
    "futures",
    "getrandom",
    "glob",
    "hyper",
    "ignore",
    "indicatif",
    "libsqlite3-sys",
    "log",
    "memmap2",
    "mio",
    "notify",
    "object_store",
    "postgres",
    "rand",
    "rayon",
    "reqwest",
    "rusqlite",
    "rustls",
    "rustix",
    "smol",
    "socket2",
    "sqlx",
    "tempfile",
    "time",
    "tokio",
    "tracing-subscriber",
    "ureq",
    "uuid",
    "walkdir",
    "which",
];

/// First parts of the names of further families.
const DENIED_FAMILIES: [&str; 7] = [
    "async-", "futures-", "hyper-", "rand_", "sqlx-", "tokio-", "tower",
];

/// Packages that must not even arrive through another: nothing pure needs a socket, a
/// database or an async runtime beneath it.
const DENIED_BENEATH: [&str; 12] = [
    "async-std",
    "curl",
    "hyper",
    "libsqlite3-sys",
    "mio",
    "reqwest",
    "rustls",
    "smol",
    "socket2",
    "sqlx",
    "tokio",
    "ureq",
];

/// Features of `jiff` that read neither clock nor zone files. `std` gives `Timestamp::now`,
/// which `clippy.toml` bans by name.
const JIFF_FEATURES: [&str; 3] = ["alloc", "serde", "std"];

/// Dependencies of pure crates that do what a pure crate does not.
pub(crate) fn check(tree: &Tree) -> Vec<Breach> {
    let (crates, _) = manifests(tree);
    let locked = locked(tree);
    let mut breaches = Vec::new();
    for pure in crates
        .iter()
        .filter(|found| room_of(&found.name).is_some_and(|room| room.pure))
    {
        for dependency in linked(pure) {
            breaches.extend(
                fault(dependency)
                    .map(|fault| Breach::new(&pure.path, format!("`{}` {fault}", pure.name))),
            );
            for path in ways_down(&dependency.package, &locked) {
                breaches.push(Breach::new(
                    &pure.path,
                    format!(
                        "`{}` is pure, but reaches `{}` through {path}",
                        pure.name,
                        path.rsplit(' ').next().unwrap_or_default()
                    ),
                ));
            }
        }
    }
    breaches
}

fn linked(from: &Manifest) -> impl Iterator<Item = &Dependency> {
    from.dependencies
        .iter()
        .filter(|dependency| dependency.used != Use::Test)
}

fn fault(dependency: &Dependency) -> Option<String> {
    let package = dependency.package.as_str();
    if DENIED.contains(&package)
        || DENIED_FAMILIES
            .iter()
            .any(|family| package.starts_with(family))
    {
        return Some(format!(
            "is pure, but depends on `{package}`, which does IO, asks the clock, draws at \
             random or is async"
        ));
    }
    if package == "jiff" {
        if dependency.default_features {
            return Some(
                "is pure, but takes `jiff` with its default features, which read the system's \
                 time zone"
                    .to_owned(),
            );
        }
        let beyond: Vec<&str> = dependency
            .features
            .iter()
            .map(String::as_str)
            .filter(|feature| !JIFF_FEATURES.contains(feature))
            .collect();
        if !beyond.is_empty() {
            return Some(format!(
                "is pure, but takes `jiff` with {}",
                beyond.join(", ")
            ));
        }
    }
    None
}

/// Package to packages, from the lock file. Members of the workspace are left out: their
/// entries mix in what only their tests use, and the floors already guard them.
fn locked(tree: &Tree) -> BTreeMap<String, Vec<String>> {
    let Some(table) = tree
        .text("Cargo.lock")
        .and_then(|text| text.parse::<Table>().ok())
    else {
        return BTreeMap::new();
    };
    let mut edges: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in table
        .get("package")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let (Some(name), Some(_)) = (
            package.get("name").and_then(Value::as_str),
            package.get("source"),
        ) else {
            continue;
        };
        let targets = package
            .get("dependencies")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            // `name` or `name version`, where the lock file holds several versions.
            .filter_map(|entry| entry.split(' ').next())
            .map(str::to_owned);
        edges.entry(name.to_owned()).or_default().extend(targets);
    }
    edges
}

/// The first way found from `package` to each denied package beneath it: `a → b → c`.
fn ways_down(package: &str, edges: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut seen = BTreeSet::from([package.to_owned()]);
    let mut open = vec![(package.to_owned(), package.to_owned())];
    let mut found = Vec::new();
    while let Some((at, way)) = open.pop() {
        for next in edges.get(&at).into_iter().flatten() {
            if !seen.insert(next.clone()) {
                continue;
            }
            let way = format!("{way} → {next}");
            if DENIED_BENEATH.contains(&next.as_str()) {
                found.push(way);
            } else {
                open.push((next.clone(), way));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_dependency(folder: &str, dependency: &str, lock: &str) -> Vec<String> {
        let source =
            format!("[package]\nname = \"isocenter-{folder}\"\n[dependencies]\n{dependency}\n");
        check(&Tree::of(&[
            (&format!("crates/{folder}/Cargo.toml"), &source),
            ("Cargo.lock", lock),
        ]))
        .into_iter()
        .map(|breach| breach.message)
        .collect()
    }

    #[test]
    fn a_pure_crate_with_a_database_a_runtime_or_chance_is_a_breach() {
        for package in ["sqlx", "tokio", "rand", "async-trait", "walkdir", "ureq"] {
            let line = format!("{package} = \"1\"");
            assert_eq!(
                check_dependency("documents", &line, "").len(),
                1,
                "{package}"
            );
        }
    }

    #[test]
    fn the_edge_may_have_them() {
        assert_eq!(check_dependency("store", "sqlx = \"1\"", ""), [""; 0]);
        assert_eq!(check_dependency("cli", "clap = \"4\"", ""), [""; 0]);
    }

    #[test]
    fn tests_may_have_them() {
        let line = "csv = \"1\"\n[dev-dependencies]\ntempfile = \"3\"";
        assert_eq!(check_dependency("documents", line, ""), [""; 0]);
    }

    #[test]
    fn jiff_is_taken_without_clock_and_zone_files() {
        let plain = "jiff = { version = \"1\", default-features = false, features = [\"std\"] }";
        assert_eq!(check_dependency("model", plain, ""), [""; 0]);
        assert_eq!(check_dependency("model", "jiff = \"1\"", "").len(), 1);
        let zone =
            "jiff = { version = \"1\", default-features = false, features = [\"tz-system\"] }";
        assert_eq!(
            check_dependency("model", zone, ""),
            ["`model` is pure, but takes `jiff` with tz-system"]
        );
    }

    #[test]
    fn a_runtime_beneath_a_dependency_is_a_breach() {
        let lock = "[[package]]\nname = \"pretty\"\nsource = \"x\"\ndependencies = [\"middle 1.0\"]\n\
                    [[package]]\nname = \"middle\"\nsource = \"x\"\ndependencies = [\"tokio\"]\n\
                    [[package]]\nname = \"tokio\"\nsource = \"x\"\n";
        assert_eq!(
            check_dependency("report", "pretty = \"1\"", lock),
            ["`report` is pure, but reaches `tokio` through pretty → middle → tokio"]
        );
    }
}
