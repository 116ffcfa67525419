//! An arrow between crates only points down.

use super::breach::Breach;
use super::manifest::{Manifest, manifests};
use super::tree::Tree;

/// A crate's place in the house (ARCHITECTURE.md, "Floors").
pub(crate) struct Room {
    /// Name of its folder under `crates/`.
    pub(crate) name: &'static str,
    /// The floor it stands on; an arrow leads to a lower one.
    floor: u8,
    /// Whether it does no IO and asks no clock.
    pub(crate) pure: bool,
}

const fn room(name: &'static str, floor: u8, pure: bool) -> Room {
    Room { name, floor, pure }
}

/// Every crate that the house has or has planned.
pub(crate) const ROOMS: [Room; 16] = [
    room("model", 0, true),
    room("identity", 0, true),
    room("versions", 0, true),
    room("documents", 1, true),
    room("assurance", 2, true),
    room("disclosure", 2, true),
    room("exposure", 2, true),
    room("lifecycle", 2, true),
    room("risk", 2, true),
    room("sharing", 2, true),
    room("feeds", 3, false),
    room("store", 3, false),
    room("report", 4, true),
    room("workspace", 4, false),
    room("cli", 5, false),
    room("server", 5, false),
];

/// The nouns carry the rest of their floor.
const WITHIN_A_FLOOR: [(&str, &str); 2] = [("identity", "model"), ("versions", "model")];

/// Crates that only some may call.
const CALLERS: [(&str, &[&str]); 2] = [("feeds", &["workspace"]), ("store", &["workspace"])];

/// Crates outside the house: they may use any other, and none may use them.
const OUTSIDE: [&str; 3] = ["bodies", "fuzz", "xtask"];

/// The room of a crate.
pub(crate) fn room_of(name: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| room.name == name)
}

/// Arrows that point up or sideways, and crates that stand nowhere.
pub(crate) fn check(tree: &Tree) -> Vec<Breach> {
    let (crates, mut breaches) = manifests(tree);
    for from in &crates {
        if OUTSIDE.contains(&from.name.as_str()) {
            continue;
        }
        let Some(room) = room_of(&from.name) else {
            breaches.push(Breach::new(
                &from.path,
                format!(
                    "`{}` stands on no floor; give it one in xtask/src/tidy/floors.rs",
                    from.name
                ),
            ));
            continue;
        };
        if from.package != format!("isocenter-{}", from.name) {
            breaches.push(Breach::new(
                &from.path,
                format!(
                    "package `{}` should be named `isocenter-{}` after its folder",
                    from.package, from.name
                ),
            ));
        }
        for to in targets(from, &crates) {
            breaches.extend(
                fault(room, &to.name)
                    .map(|fault| Breach::new(&from.path, format!("`{}` {fault}", from.name))),
            );
        }
    }
    breaches
}

/// The crates of the workspace that `from` depends on, its tests included.
fn targets<'a>(from: &'a Manifest, crates: &'a [Manifest]) -> impl Iterator<Item = &'a Manifest> {
    from.dependencies.iter().filter_map(|dependency| {
        crates
            .iter()
            .find(|to| to.package == dependency.package && to.name != from.name)
    })
}

fn fault(from: &Room, to: &str) -> Option<String> {
    let Some(target) = room_of(to) else {
        return Some(format!("depends on `{to}`, which is outside the house"));
    };
    let callers = CALLERS.iter().find(|(called, _)| *called == to);
    if let Some((_, allowed)) = callers
        && !allowed.contains(&from.name)
    {
        return Some(format!(
            "depends on `{to}`, which only {} may call",
            allowed.join(", ")
        ));
    }
    let relation = match target.floor.cmp(&from.floor) {
        std::cmp::Ordering::Less => return None,
        std::cmp::Ordering::Equal if WITHIN_A_FLOOR.contains(&(from.name, to)) => return None,
        std::cmp::Ordering::Equal => "sideways",
        std::cmp::Ordering::Greater => "up",
    };
    Some(format!(
        "(floor {}) depends on `{to}` (floor {}): the arrow points {relation}",
        from.floor, target.floor
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_arrow(from: &str, table: &str, to: &str) -> Vec<String> {
        let manifest = |name: &str| format!("[package]\nname = \"isocenter-{name}\"\n");
        let source = format!(
            "{}[{table}]\nisocenter-{to}.workspace = true\n",
            manifest(from)
        );
        check(&Tree::of(&[
            (&format!("crates/{from}/Cargo.toml"), &source),
            (&format!("crates/{to}/Cargo.toml"), &manifest(to)),
        ]))
        .into_iter()
        .map(|breach| breach.message)
        .collect()
    }

    #[test]
    fn an_arrow_down_is_allowed() {
        for (from, to) in [
            ("identity", "model"),
            ("versions", "model"),
            ("documents", "identity"),
            ("exposure", "versions"),
            ("workspace", "store"),
            ("report", "model"),
            ("cli", "report"),
            ("cli", "workspace"),
        ] {
            assert_eq!(
                check_arrow(from, "dependencies", to),
                [""; 0],
                "{from} → {to}"
            );
        }
    }

    #[test]
    fn an_arrow_up_is_a_breach() {
        assert_eq!(
            check_arrow("documents", "dependencies", "exposure"),
            ["`documents` (floor 1) depends on `exposure` (floor 2): the arrow points up"]
        );
        assert_eq!(check_arrow("model", "dependencies", "identity").len(), 1);
    }

    #[test]
    fn an_arrow_sideways_is_a_breach() {
        assert_eq!(
            check_arrow("report", "dependencies", "workspace"),
            ["`report` (floor 4) depends on `workspace` (floor 4): the arrow points sideways"]
        );
        assert_eq!(check_arrow("workspace", "dependencies", "report").len(), 1);
        assert_eq!(check_arrow("exposure", "dependencies", "risk").len(), 1);
        assert_eq!(check_arrow("versions", "dependencies", "identity").len(), 1);
    }

    #[test]
    fn an_arrow_of_the_tests_counts_too() {
        assert_eq!(check_arrow("report", "dev-dependencies", "cli").len(), 1);
    }

    #[test]
    fn only_the_workspace_calls_the_store() {
        assert_eq!(
            check_arrow("cli", "dependencies", "store"),
            ["`cli` depends on `store`, which only workspace may call"]
        );
    }

    #[test]
    fn a_crate_without_a_floor_is_a_breach() {
        let tree = Tree::of(&[(
            "crates/helpers/Cargo.toml",
            "[package]\nname = \"isocenter-helpers\"\n",
        )]);
        assert_eq!(check(&tree).len(), 1);
    }

    #[test]
    fn a_package_is_named_after_its_folder() {
        let tree = Tree::of(&[("crates/model/Cargo.toml", "[package]\nname = \"nouns\"\n")]);
        assert_eq!(check(&tree).len(), 1);
    }

    #[test]
    fn the_tools_may_use_any_crate_and_none_may_use_the_tools() {
        let tools = "[package]\nname = \"xtask\"\n[dependencies]\nisocenter-cli.workspace = true\n";
        let cli =
            "[package]\nname = \"isocenter-cli\"\n[dependencies]\nxtask = { path = \"../x\" }\n";
        let tree = Tree::of(&[("xtask/Cargo.toml", tools), ("crates/cli/Cargo.toml", cli)]);
        let breaches = check(&tree);
        assert_eq!(breaches.len(), 1);
        assert_eq!(breaches[0].path, "crates/cli/Cargo.toml");
    }
}
