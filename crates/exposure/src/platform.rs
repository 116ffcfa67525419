//! Operating systems as conditions: a flaw "on Windows" is none on a Linux host.

use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Catalog {
    family: Vec<Family>,
}

#[derive(Debug, Deserialize)]
struct Family {
    name: String,
    words: Vec<String>,
    components: Vec<String>,
}

/// `None` only if the shipped catalog were broken, which a test rules out.
static CATALOG: LazyLock<Option<Catalog>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../catalogs/platforms.toml")).ok());

fn families() -> &'static [Family] {
    CATALOG.as_ref().map_or(&[], |catalog| &catalog.family)
}

/// The operating-system families that the words of a record limit it to; empty when the words
/// name none, or when one of them names something that is no family we know.
pub(crate) fn limited_to(platforms: &[String]) -> Vec<&'static str> {
    let mut names = Vec::new();
    for platform in platforms {
        let word = platform.trim().to_lowercase();
        let found = families()
            .iter()
            .find(|family| family.words.contains(&word));
        match found {
            Some(family) if !names.contains(&family.name.as_str()) => names.push(&family.name),
            Some(_) => {}
            None => return Vec::new(),
        }
    }
    names
}

/// The families of the operating systems that a release contains, by the names of its
/// operating-system components.
pub(crate) fn families_of<'a>(
    operating_systems: impl Iterator<Item = &'a str>,
) -> Vec<&'static str> {
    let mut names = Vec::new();
    for system in operating_systems {
        // Whole words, so that "ios" is not found in "BIOS".
        let words = system.to_lowercase();
        let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).collect();
        let words = format!(" {} ", words.join(" "));
        for family in families() {
            let meant = family
                .components
                .iter()
                .any(|word| words.contains(&format!(" {word} ")));
            if meant && !names.contains(&family.name.as_str()) {
                names.push(&family.name);
            }
        }
    }
    names
}

/// Whether a product's name in a CPE is that of a whole family: `windows`, `linux_kernel`, `mac_os_x`.
pub(crate) fn is_family_name(product: &str) -> bool {
    let words = product.replace('_', " ").to_lowercase();
    families()
        .iter()
        .any(|family| family.words.contains(&words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_catalog_reads() {
        assert!(families().len() >= 5);
    }

    #[test]
    fn processors_and_editions_are_no_condition() {
        assert!(limited_to(&["x64-based Systems".into(), "Windows".into()]).is_empty());
        assert_eq!(
            limited_to(&["Windows".into(), "Linux".into()]),
            ["Windows", "Linux"]
        );
    }

    #[test]
    fn the_family_of_a_host_follows_from_its_operating_system_component() {
        assert_eq!(
            families_of(["Windows 10 IoT Enterprise"].into_iter()),
            ["Windows"]
        );
        assert_eq!(families_of(["Debian GNU/Linux"].into_iter()), ["Linux"]);
        assert!(families_of(["FreeRTOS", "Studios BIOS"].into_iter()).is_empty());
    }
}
