//! No file names the machine that it was written on, or a host that only some can reach.

use super::breach::Breach;
use super::tree::Tree;

/// First folders of paths that belong to one person or one machine.
const HOMES: [&str; 6] = ["Users", "builds", "home", "root", "work", "workspaces"];

/// Last labels of host names that no public name server knows (RFC 6762, RFC 8375 and custom).
const PRIVATE_DOMAINS: [&str; 6] = ["corp", "home", "internal", "intranet", "lan", "local"];

/// Labels of hosts that mirror package registries.
const MIRRORS: [&str; 5] = ["artifactory", "artifacts", "mirror", "mirrors", "nexus"];

/// Settings of cargo that lead to another registry.
const REGISTRY_SETTINGS: [&str; 4] = ["replace-with", "[source.", "[registries", "registry ="];

/// The one source of packages, as the lock file writes it.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Paths of one machine, private hosts, and packages from elsewhere.
pub(crate) fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (path, text) in tree.texts() {
        for (index, line) in text.lines().enumerate() {
            let number = index + 1;
            if let Some(found) = machine_path(line) {
                breaches.push(Breach::at(
                    path,
                    number,
                    format!("`{found}` is a path of one machine"),
                ));
            }
            if let Some(host) = private_host(line) {
                breaches.push(Breach::at(
                    path,
                    number,
                    format!("`{host}` is a host that only some can reach"),
                ));
            }
            if let Some(fault) = other_registry(path, line) {
                breaches.push(Breach::at(path, number, fault));
            }
        }
    }
    breaches
}

/// The first absolute path in `line` that begins with a home of [`HOMES`].
fn machine_path(line: &str) -> Option<&str> {
    line.match_indices('/').find_map(|(at, _)| {
        let path = line[at..]
            .split(|character: char| character.is_whitespace() || "\"'`),;>".contains(character))
            .next()
            .unwrap_or_default();
        let mut parts = path.split('/').skip(1);
        let (home, below) = (parts.next()?, parts.next()?);
        (begins_a_path(&line[..at]) && HOMES.contains(&home) && !below.is_empty()).then_some(path)
    })
}

/// Whether a slash after `before` begins an absolute path: not inside a longer path or an address.
fn begins_a_path(before: &str) -> bool {
    match before.chars().next_back() {
        None => true,
        // A drive letter and its colon, as in `C:`; not `https:`.
        Some(':') => !before.ends_with("http:") && !before.ends_with("https:"),
        Some(last) => last.is_whitespace() || "\"'`(=<[".contains(last),
    }
}

/// The first host in an address of `line` that is private or a mirror.
fn private_host(line: &str) -> Option<&str> {
    line.match_indices("://").find_map(|(at, _)| {
        let authority = line[at + 3..]
            .split(|character: char| {
                !(character.is_ascii_alphanumeric() || "-._:@".contains(character))
            })
            .next()?;
        let host = authority
            .rsplit('@')
            .next()?
            .split(':')
            .next()
            .unwrap_or_default();
        let mut labels = host.split('.').rev();
        let last = labels.next()?;
        let private = host.contains('.') && PRIVATE_DOMAINS.contains(&last);
        (private || labels.any(|label| MIRRORS.contains(&label))).then_some(host)
    })
}

fn other_registry(path: &str, line: &str) -> Option<String> {
    let line = line.trim();
    if path == "Cargo.lock" {
        let source = line.strip_prefix("source = \"")?.trim_end_matches('"');
        return (source != CRATES_IO)
            .then(|| format!("a package comes from `{source}`, not from crates.io"));
    }
    let is_cargo = path.ends_with("Cargo.toml") || path.starts_with(".cargo/");
    (is_cargo
        && REGISTRY_SETTINGS
            .iter()
            .any(|setting| line.starts_with(setting)))
    .then(|| format!("`{line}` leads cargo to another registry"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_line(path: &str, line: &str) -> usize {
        check(&Tree::of(&[(path, line)])).len()
    }

    #[test]
    fn a_path_of_one_machine_is_a_breach() {
        for home in HOMES {
            for frame in ["cd X", "\"X\"", "path=X", "(X)", "`X`", "C:X"] {
                let line = frame.replace('X', &format!("/{home}/someone"));
                assert_eq!(check_line("docs/a.md", &line), 1, "{line}");
            }
        }
    }

    #[test]
    fn a_path_that_every_machine_has_is_fine() {
        for line in [
            "/usr/share/common-licenses",
            "a/home/b",
            "https://example.org/home/page",
            "../work/b",
            "/work",
            "//home/x",
            "/etc/hosts",
        ] {
            assert_eq!(check_line("docs/a.md", line), 0, "{line}");
        }
    }

    #[test]
    fn a_host_that_only_some_can_reach_is_a_breach() {
        let address = |host: &str| format!("see https://{host}/index");
        for host in [
            "cache.example.internal",
            "user:word@nexus.example.org",
            "mirror.example.org:8443",
            "crates.lan",
        ] {
            assert_eq!(check_line("docs/a.md", &address(host)), 1, "{host}");
        }
        for host in [
            "example.org",
            "localhost:8080",
            "local",
            "mirrored.example.org",
        ] {
            assert_eq!(check_line("docs/a.md", &address(host)), 0, "{host}");
        }
    }

    #[test]
    fn packages_come_from_crates_io_only() {
        let lock = |source: &str| format!("source = \"{source}\"");
        assert_eq!(check_line("Cargo.lock", &lock(CRATES_IO)), 0);
        assert_eq!(
            check_line("Cargo.lock", &lock("git+https://example.org/a")),
            1
        );
        assert_eq!(
            check_line(".cargo/config.toml", "replace-with = \"other\""),
            1
        );
        assert_eq!(check_line("crates/a/Cargo.toml", "registry = \"other\""), 1);
        assert_eq!(check_line("docs/a.md", "registry = \"other\""), 0);
    }
}
