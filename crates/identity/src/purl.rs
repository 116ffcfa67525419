//! Package URLs (ECMA-427), and the collections that CVE records name instead of them.

use std::sync::LazyLock;

use packageurl::PackageUrl;
use serde::Deserialize;
use thiserror::Error;

/// Why a text is not a package URL.
#[derive(Debug, PartialEq, Eq, Error)]
pub enum PurlError {
    /// The text breaks a rule of the specification or of its type.
    #[error("not a package URL: {0}")]
    Malformed(#[from] packageurl::Error),
}

/// A package URL: type, namespace, name, version, qualifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purl(PackageUrl<'static>);

impl Purl {
    /// Reads a package URL, with percent-encodings decoded and case folded as its type says.
    pub fn parse(text: &str) -> Result<Self, PurlError> {
        let text = text.trim();
        match text.parse() {
            Ok(purl) => Ok(Self(purl)),
            // The parser keeps to an edition of the type that demanded the author as namespace.
            Err(packageurl::Error::TypeRequiresNamespace(kind)) if kind == "cpan" => {
                Self::without_namespace(text, &kind)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Reads a package URL of a type that demands a namespace, which is not there.
    fn without_namespace(text: &str, kind: &str) -> Result<Self, PurlError> {
        let rest = text.split_once('/').map_or(text, |(_, rest)| rest);
        let other: PackageUrl<'static> = format!("pkg:generic/{rest}").parse()?;
        // A distribution is meant, not one of its modules.
        if other.name().contains("::") {
            let name = other.name().to_owned();
            return Err(packageurl::Error::InvalidName(kind.to_owned(), name).into());
        }
        let mut purl = PackageUrl::new(kind.to_owned(), other.name().to_owned())?;
        if let Some(version) = other.version() {
            purl.with_version(version.to_owned())?;
        }
        for (key, value) in other.qualifiers() {
            purl.add_qualifier(key.to_string(), value.to_string())?;
        }
        Ok(Self(purl))
    }

    /// Whether `text` is a package URL; quicker than [`Self::parse`] where only that is asked.
    pub fn check(text: &str) -> Result<(), PurlError> {
        if is_plain(text.trim()) {
            return Ok(());
        }
        Self::parse(text).map(|_| ())
    }

    /// The type: `npm`, `deb`, `maven` …, lower case.
    pub fn kind(&self) -> &str {
        self.0.ty()
    }

    /// The namespace: npm scope, Maven group, Linux distribution, GitHub owner.
    pub fn namespace(&self) -> Option<&str> {
        self.0.namespace().filter(|namespace| !namespace.is_empty())
    }

    /// The name.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// The version as written; `None` when absent or blank.
    pub fn version(&self) -> Option<&str> {
        self.0.version().filter(|version| !version.is_empty())
    }

    /// The value of a qualifier such as `arch`, `distro` or `upstream`.
    pub fn qualifier(&self, name: &str) -> Option<&str> {
        self.0.qualifiers().get(name).map(AsRef::as_ref)
    }

    /// All qualifiers, each with its value.
    pub fn qualifiers(&self) -> impl Iterator<Item = (&str, &str)> {
        let qualifiers = self.0.qualifiers().iter();
        qualifiers.map(|(name, value)| (name.as_ref(), value.as_ref()))
    }

    /// The key of the package, without version and qualifiers: `purl:npm/@scope/name`,
    /// `purl:deb/debian/openssl`, `purl:pypi/django`.
    pub fn key(&self) -> String {
        key(self.kind(), self.namespace(), self.name())
    }
}

/// Whether `text` is of the plain shape that nearly all package URLs have, which no rule of its
/// type can refuse. `false` says nothing.
fn is_plain(text: &str) -> bool {
    enum Part {
        Path,
        Version,
        Key,
        Value,
    }
    let Some(rest) = text.strip_prefix("pkg:") else {
        return false;
    };
    let slash = rest.bytes().position(|byte| byte == b'/').unwrap_or(0);
    let (least, most) = match rest.get(..slash) {
        Some("apk" | "deb" | "generic" | "github" | "golang" | "hex" | "maven" | "npm" | "rpm") => {
            (0, usize::MAX)
        }
        Some("cargo" | "gem" | "nuget" | "pypi") => (0, 0),
        Some("composer") => (1, usize::MAX),
        _ => return false,
    };
    let rest = rest.get(slash + 1..).unwrap_or_default();
    let mut bytes = rest.strip_prefix("%40").unwrap_or(rest).bytes();
    let mut part = Part::Path;
    let mut slashes = 0;
    // Whether the piece that is being read holds what makes it one: dots alone make no name.
    let mut filled = false;
    while let Some(byte) = bytes.next() {
        let (next, ends) = match (&part, byte) {
            (Part::Path, b'.' | b'_' | b'-' | b'+') => (Part::Path, false),
            (Part::Version, b'.' | b'_' | b'-' | b'+' | b'~' | b':') => (Part::Version, false),
            (Part::Value, b'.' | b'_' | b'-' | b'+' | b'~' | b':') => (Part::Value, false),
            (Part::Path, b'/') => {
                slashes += 1;
                (Part::Path, true)
            }
            (Part::Path, b'@') => (Part::Version, true),
            (Part::Path | Part::Version, b'?') | (Part::Value, b'&') => (Part::Key, true),
            (Part::Key, b'=') => (Part::Value, true),
            (Part::Key, b'a'..=b'z')
            | (Part::Path | Part::Version | Part::Value, b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z') =>
            {
                filled = true;
                continue;
            }
            // An encoded character of ASCII.
            (Part::Version | Part::Value, b'%')
                if matches!(bytes.next(), Some(b'2'..=b'7'))
                    && bytes.next().is_some_and(|digit| digit.is_ascii_hexdigit()) =>
            {
                filled = true;
                continue;
            }
            _ => return false,
        };
        if ends {
            if !filled {
                return false;
            }
            filled = false;
        }
        part = next;
    }
    filled && !matches!(part, Part::Key) && (least..=most).contains(&slashes)
}

/// The key of a package, its names folded as far as its type does not tell them apart.
fn key(kind: &str, namespace: Option<&str>, name: &str) -> String {
    let mut key = String::with_capacity(8 + kind.len() + name.len());
    key.push_str("purl:");
    key.push_str(kind);
    for part in namespace.into_iter().chain([name]) {
        key.push('/');
        match kind {
            // PEP 503: runs of `-`, `_` and `.` are one hyphen, case does not count.
            "pypi" => push_pep503(&mut key, part),
            // crates.io refuses a name that differs from another in case or `-` and `_` only.
            "cargo" => key.extend(part.chars().map(|letter| match letter {
                '_' => '-',
                other => other.to_ascii_lowercase(),
            })),
            // Their registries do not tell cases apart.
            "apk" | "bitbucket" | "brew" | "composer" | "deb" | "docker" | "github" | "gitlab"
            | "golang" | "hex" | "npm" | "nuget" | "oci" | "pub" | "vscode-extension" => {
                key.extend(part.chars().flat_map(char::to_lowercase));
            }
            _ => key.push_str(part),
        }
    }
    key
}

fn push_pep503(key: &mut String, name: &str) {
    let mut pending = false;
    for letter in name.chars() {
        if matches!(letter, '-' | '_' | '.') {
            pending = true;
            continue;
        }
        if std::mem::take(&mut pending) {
            key.push('-');
        }
        key.extend(letter.to_lowercase());
    }
}

/// How a collection writes a package's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Naming {
    /// The whole text is the name.
    Plain,
    /// Namespace and name, separated by the last slash; a namespace may be absent.
    Slash,
    /// The same, but there is always a namespace.
    SlashRequired,
    /// Group and artifact, separated by a colon.
    Colon,
    /// A Go import path, which may reach into its module.
    Go,
    /// The address of the collection itself names the repository.
    Address,
}

#[derive(Debug, Deserialize)]
struct Collection {
    addresses: Vec<String>,
    /// Names in OSV records.
    #[serde(default)]
    ecosystems: Vec<String>,
    kind: String,
    #[serde(default)]
    namespace: Option<String>,
    naming: Naming,
}

#[derive(Debug, Default, Deserialize)]
struct Catalog {
    #[serde(rename = "collection")]
    collections: Vec<Collection>,
}

const CATALOG: &str = include_str!("../../../catalogs/aliases/collections.toml");

static COLLECTIONS: LazyLock<Catalog> =
    LazyLock::new(|| toml::from_str(CATALOG).unwrap_or_default());

/// The key of `package_name` in the collection at `collection_url` (CVE Record Format 5,
/// `affected[].collectionURL`): the same as [`Purl::key`] of that package. `None` where the
/// collection is not in `catalogs/aliases/collections.toml`, or the name does not fit it.
pub fn key_from_collection(collection_url: &str, package_name: &str) -> Option<String> {
    let address = address(collection_url);
    let package = package_name.trim().trim_matches('/');
    let (collection, rest) = COLLECTIONS
        .collections
        .iter()
        .flat_map(|collection| {
            collection
                .addresses
                .iter()
                .map(move |known| (collection, known))
        })
        .filter_map(|(collection, known)| {
            let rest = address.strip_prefix(known.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then_some((collection, known.len(), rest))
        })
        .max_by_key(|(_, length, _)| *length)
        .map(|(collection, _, rest)| (collection, rest))?;
    if collection.naming == Naming::Address {
        return repository(rest, package)
            .map(|(owner, name)| key(&collection.kind, Some(owner), name));
    }
    named(collection, package)
}

/// The key of the package `name` of an ecosystem as OSV spells it, with or without a release (`Debian:12`):
/// the same as [`Purl::key`] of that package. `None` where the ecosystem is not in
/// `catalogs/aliases/collections.toml`, or the name does not fit it.
pub fn key_from_ecosystem(ecosystem: &str, name: &str) -> Option<String> {
    let base = ecosystem.split(':').next().unwrap_or(ecosystem).trim();
    let collection = COLLECTIONS.collections.iter().find(|collection| {
        let mut names = collection.ecosystems.iter();
        names.any(|known| known.eq_ignore_ascii_case(base))
    })?;
    named(collection, name.trim().trim_matches('/'))
}

/// The key of a package by the name that its collection gives it.
fn named(collection: &Collection, package: &str) -> Option<String> {
    let kind = collection.kind.as_str();
    if package.is_empty() || package.chars().any(char::is_whitespace) {
        return None;
    }
    match collection.naming {
        Naming::Plain => Some(key(kind, collection.namespace.as_deref(), package)),
        Naming::Slash => Some(match package.rsplit_once('/') {
            Some((namespace, name)) => key(kind, Some(namespace), name),
            None => key(kind, collection.namespace.as_deref(), package),
        }),
        Naming::SlashRequired => package
            .rsplit_once('/')
            .map(|(namespace, name)| key(kind, Some(namespace), name)),
        Naming::Colon => package
            .split_once(':')
            .filter(|(group, artifact)| !group.is_empty() && !artifact.contains(':'))
            .map(|(group, artifact)| key(kind, Some(group), artifact)),
        Naming::Go => {
            let module = go_module(package);
            Some(match module.rsplit_once('/') {
                Some((namespace, name)) => key(kind, Some(namespace), name),
                None => key(kind, None, module),
            })
        }
        Naming::Address => None,
    }
}

/// Host and path, lower case, without scheme, `www.`, query and trailing slashes.
fn address(url: &str) -> String {
    let url = url.trim();
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let url = url.strip_prefix("www.").unwrap_or(url);
    url.trim_end_matches('/').to_lowercase()
}

/// Owner and name of the repository that the rest of an address, or else the package, names.
fn repository<'a>(rest: &'a str, package: &'a str) -> Option<(&'a str, &'a str)> {
    let path = rest.trim_start_matches('/');
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    match (segments.next(), segments.next()) {
        (Some(owner), Some(name)) => {
            let name = name.strip_suffix(".git").unwrap_or(name);
            // One repository can hold many packages; only the one that bears its name is it.
            let last = package.rsplit('/').next().unwrap_or(package);
            (last.is_empty() || last.eq_ignore_ascii_case(name)).then_some((owner, name))
        }
        (None, _) => package
            .split_once('/')
            .filter(|(owner, name)| !owner.is_empty() && !name.is_empty() && !name.contains('/')),
        (Some(_), None) => None,
    }
}

/// The module of a Go import path, where its host says how deep modules lie; otherwise the path.
/// The standard library is the module `stdlib`, the go command `toolchain`, as in the Go
/// vulnerability database.
fn go_module(path: &str) -> &str {
    let first = path.split('/').next().unwrap_or(path);
    if !first.contains('.') {
        return match first {
            "cmd" => "toolchain",
            "stdlib" | "toolchain" => first,
            _ => "stdlib",
        };
    }
    let depth = match first {
        "github.com" | "gitlab.com" | "bitbucket.org" | "golang.org" => 3,
        "k8s.io" | "sigs.k8s.io" | "google.golang.org" => 2,
        _ => return path,
    };
    let mut ends = path
        .match_indices('/')
        .map(|(index, _)| index)
        .skip(depth - 1);
    let Some(end) = ends.next() else {
        return path;
    };
    // A major version is part of the module's name: `github.com/a/b/v2`.
    let after = path.get(end + 1..).unwrap_or_default();
    let next = after.split('/').next().unwrap_or_default();
    let is_major = next.strip_prefix('v').is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    let end = if is_major { end + 1 + next.len() } else { end };
    path.get(..end).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key_of(text: &str) -> String {
        Purl::parse(text).unwrap().key()
    }

    #[test]
    fn a_key_is_the_package_without_version_and_qualifiers() {
        for (text, key) in [
            ("pkg:npm/%40angular/core@12.3.1", "purl:npm/@angular/core"),
            (
                "pkg:deb/debian/openssl@1.1.1n-0+deb11u4?arch=amd64&distro=debian-11",
                "purl:deb/debian/openssl",
            ),
            (
                "pkg:PyPI/Django_Rest.Framework@3",
                "purl:pypi/django-rest-framework",
            ),
            (
                "pkg:nuget/Newtonsoft.Json@13.0.1",
                "purl:nuget/newtonsoft.json",
            ),
            (
                "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1",
                "purl:maven/org.apache.logging.log4j/log4j-core",
            ),
            ("pkg:cargo/serde_json@1", "purl:cargo/serde-json"),
            (
                "pkg:golang/GitHub.com/Gorilla/Context@v1",
                "purl:golang/github.com/gorilla/context",
            ),
            ("pkg:github/Madler/zlib@v1.2.11", "purl:github/madler/zlib"),
            ("pkg:generic/RTOS@7", "purl:generic/RTOS"),
        ] {
            assert_eq!(key_of(text), key, "{text}");
        }
    }

    #[test]
    fn accessors_give_decoded_parts() {
        let purl = Purl::parse("pkg:rpm/redhat/openssl@3.0.7-6.el9?arch=x86_64&epoch=1").unwrap();
        assert_eq!(purl.kind(), "rpm");
        assert_eq!(purl.namespace(), Some("redhat"));
        assert_eq!(purl.name(), "openssl");
        assert_eq!(purl.version(), Some("3.0.7-6.el9"));
        assert_eq!(purl.qualifier("epoch"), Some("1"));
        assert_eq!(purl.qualifier("distro"), None);
    }

    #[test]
    fn the_quick_look_knows_the_common_shapes() {
        for text in [
            "pkg:npm/%40angular/core@12.3.1",
            "pkg:deb/debian/openssl@1.1.1n-0%2Bdeb11u4?arch=amd64&distro=debian-11",
            "pkg:composer/mautic/core@4",
            "pkg:maven/org.apache/log4j@2",
            "pkg:nuget/Newtonsoft.Json",
        ] {
            assert!(is_plain(text), "{text}");
        }
        assert_eq!(Purl::check("pkg:npm/@angular/core@1"), Ok(()));
        assert!(Purl::check("pkg:npm/").is_err());
    }

    #[test]
    fn what_is_no_package_url_says_why() {
        for text in [
            "",
            "openssl@1.1.1",
            "npm/core",
            "pkg:npm/",
            "pkg:/core",
            "pkg:swift/x",
        ] {
            assert!(Purl::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_collection_gives_the_key_of_the_package_url() {
        for (url, package, purl) in [
            (
                "https://registry.npmjs.org",
                "@angular/core",
                "pkg:npm/%40angular/core",
            ),
            (
                "https://www.npmjs.com/package/micromatch",
                "braces",
                "pkg:npm/braces",
            ),
            (
                "https://pypi.python.org/",
                "Apache_Airflow",
                "pkg:pypi/apache-airflow",
            ),
            ("https://pypi.org/project/pip", "mlflow", "pkg:pypi/mlflow"),
            (
                "https://crates.io/crates/object_store",
                "object_store",
                "pkg:cargo/object_store",
            ),
            (
                "https://repo.maven.apache.org/maven2",
                "org.eclipse.jetty:jetty-http",
                "pkg:maven/org.eclipse.jetty/jetty-http",
            ),
            (
                "https://nuget.org/packages",
                "Newtonsoft.Json",
                "pkg:nuget/Newtonsoft.Json",
            ),
            ("https://rubygems.org", "rails", "pkg:gem/rails"),
            (
                "https://packagist.org",
                "mautic/core",
                "pkg:composer/mautic/core",
            ),
            (
                "https://pkg.go.dev",
                "golang.org/x/crypto/ssh",
                "pkg:golang/golang.org/x/crypto",
            ),
            ("https://pkg.go.dev", "net/http", "pkg:golang/stdlib"),
            ("https://pkg.go.dev", "cmd/go", "pkg:golang/toolchain"),
            (
                "https://proxy.golang.org",
                "github.com/pion/dtls/v2/pkg/x",
                "pkg:golang/github.com/pion/dtls/v2",
            ),
            (
                "https://packages.fedoraproject.org/",
                "jss",
                "pkg:rpm/fedora/jss",
            ),
            (
                "https://github.com/madler/zlib",
                "zlib",
                "pkg:github/madler/zlib",
            ),
            (
                "https://github.com",
                "madler/zlib",
                "pkg:github/madler/zlib",
            ),
        ] {
            assert_eq!(
                key_from_collection(url, package),
                Some(key_of(purl)),
                "{url} {package}"
            );
        }
    }

    #[test]
    fn a_collection_that_is_unknown_or_does_not_fit_gives_no_key() {
        for (url, package) in [
            ("https://example.org/downloads", "viewer"),
            ("https://packagist.org", "core"),
            ("https://repo.maven.apache.org/maven2", "jetty-http"),
            ("https://github.com/keycloak/keycloak", "keycloak-core"),
            ("https://github.com/keycloak", "keycloak"),
            ("https://pypi.org.example.net", "pip"),
            ("https://pypi.org", ""),
            ("https://pypi.org", "two words"),
        ] {
            assert_eq!(key_from_collection(url, package), None, "{url} {package}");
        }
    }

    #[test]
    fn an_ecosystem_gives_the_key_of_the_package_url() {
        for (ecosystem, name, purl) in [
            ("PyPI", "Apache_Airflow", "pkg:pypi/apache-airflow"),
            ("npm", "@angular/core", "pkg:npm/%40angular/core"),
            (
                "Go",
                "github.com/gin-gonic/gin",
                "pkg:golang/github.com/gin-gonic/gin",
            ),
            (
                "Maven",
                "org.yaml:snakeyaml",
                "pkg:maven/org.yaml/snakeyaml",
            ),
            ("Debian:12", "openssl", "pkg:deb/debian/openssl"),
            ("Ubuntu:22.04:LTS", "openssl", "pkg:deb/ubuntu/openssl"),
            ("Alpine:v3.19", "musl", "pkg:apk/alpine/musl"),
            ("Bitnami", "activemq", "pkg:bitnami/activemq"),
        ] {
            let key = Purl::parse(purl).unwrap().key();
            assert_eq!(
                key_from_ecosystem(ecosystem, name),
                Some(key),
                "{ecosystem} {name}"
            );
        }
        assert_eq!(key_from_ecosystem("Linux", "Kernel"), None);
        assert_eq!(key_from_ecosystem("PyPI", ""), None);
    }

    #[test]
    fn the_catalog_of_collections_is_sound() {
        let catalog: Catalog = toml::from_str(CATALOG).unwrap();
        assert!(catalog.collections.len() > 20);
        let mut seen = std::collections::BTreeSet::new();
        let mut ecosystems = std::collections::BTreeSet::new();
        for collection in &catalog.collections {
            for known in &collection.addresses {
                assert_eq!(
                    *known,
                    address(known),
                    "an address is written as it is compared"
                );
                assert!(seen.insert(known.clone()), "{known} stands twice");
            }
            for known in &collection.ecosystems {
                assert!(ecosystems.insert(known.clone()), "{known} stands twice");
            }
        }
    }

    proptest! {
        #[test]
        fn what_the_quick_look_accepts_the_reader_accepts(
            text in "pkg:(npm|pypi|maven|deb|cargo|nuget|golang|composer|x)/(%40|@)?[a-z.%]{0,3}(/[a-z._+]{0,3}){0,2}(@[a-z0-9.%:~]{0,3})?(\\?[a-z_=&.]{0,6})?(#[a-z])?"
        ) {
            if is_plain(&text) {
                prop_assert!(Purl::parse(&text).is_ok(), "{}", text);
            }
        }

        #[test]
        fn no_text_breaks_the_reader(text in "(pkg:)?\\PC{0,40}", url in "\\PC{0,40}") {
            if let Ok(purl) = Purl::parse(&text) {
                prop_assert!(purl.key().starts_with("purl:"));
            }
            let _ = key_from_collection(&url, &text);
        }
    }
}
