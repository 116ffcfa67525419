//! Which order a version follows, and which names of the world lead to it.

use std::fmt;

/// An order of versions. One variant per order, not per ecosystem: npm, Cargo and Hex all compare by
/// Semantic Versioning, every RPM distribution by `rpmvercmp`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Scheme {
    /// Semantic Versioning 2.0.0, read as loosely as node-semver reads it (npm, Cargo, Hex, Swift …).
    SemVer,
    /// Go modules and the Go toolchain: SemVer with `v`, pseudo-versions, `+incompatible`, `go1.21rc2`.
    Go,
    /// Dart's Pub: SemVer whose build metadata takes part in the order.
    Pub,
    /// Julia's `VersionNumber`: SemVer whose build metadata takes part in the order.
    Julia,
    /// Bitnami: numbers like SemVer's, with a revision after them (`6.2.0 < 6.2.0-4`).
    Bitnami,
    /// Python: PEP 440, and below it everything that predates PEP 440.
    Pep440,
    /// `.deb` packages of Debian, Ubuntu and their derivatives (deb-version(7)).
    Debian,
    /// `.rpm` packages of every distribution (`rpmvercmp`, with epoch, tilde and caret).
    Rpm,
    /// `.apk` packages of Alpine, Wolfi, Chainguard.
    Alpine,
    /// Arch Linux (`vercmp` of pacman).
    Arch,
    /// Gentoo (Package Manager Specification, section 3.3).
    Gentoo,
    /// .NET packages: NuGet's four numbers with a SemVer 2 pre-release, letters without case.
    NuGet,
    /// Java artifacts (`ComparableVersion`): compared pair by pair, because the order is not transitive.
    Maven,
    /// Ruby gems (`Gem::Version`).
    RubyGems,
    /// PHP packages (`version_compare` after Composer's normalisation).
    Packagist,
    /// R packages (`package_version`).
    Cran,
    /// Haskell packages (`Data.Version`).
    Hackage,
    /// Conan's own comparison of C and C++ packages.
    Conan,
    /// Java runtimes with update levels: `1.8.0_292`, `8u292`, `11.0.11+9`.
    Jvm,
    /// Windows builds: four numbers, the last one the update revision (`10.0.17763.5329`).
    Windows,
    /// Plain integers between dots, as VERS defines `intdot`.
    IntDot,
    /// RFC 3339 instants and calendar dates, as VERS defines `datetime`.
    DateTime,
    /// A vendor's own dotted numbers. The order is our reading, not the vendor's word: an answer under it
    /// is of a lower grade than one under any other scheme, and doubtful shapes have no key at all.
    Generic,
}

impl Scheme {
    /// The order of an ecosystem as OSV spells it, with or without a release suffix (`Debian:12`).
    ///
    /// Also understands `SemVer`, `generic`, the orders that OSV has no ecosystem for (`Arch`, `Gentoo`, `JVM`,
    /// `Windows` …) and the types of package URLs (`gem`, `deb`). `GIT` and names without a known order
    /// give `None`.
    /// Source: OSV schema 1.7, "Defined Ecosystems".
    pub fn from_ecosystem(name: &str) -> Option<Self> {
        let base = name.split(':').next().unwrap_or(name).trim();
        Some(match base.to_ascii_lowercase().as_str() {
            "crates.io" | "swifturl" | "semver" | "github actions" | "kubernetes" | "linux"
            | "vscode" | "open-vsx" => Self::SemVer,
            "go" => Self::Go,
            "debian" | "ubuntu" => Self::Debian,
            "red hat" | "almalinux" | "rocky linux" | "suse" | "opensuse" | "mageia"
            | "openeuler" | "photon os" | "azure linux" | "fedora" | "amazon linux"
            | "oracle linux" => Self::Rpm,
            "alpine"
            | "wolfi"
            | "chainguard"
            | "minimos"
            | "alpaquita"
            | "bellsoft hardened containers" => Self::Alpine,
            "arch" | "arch linux" => Self::Arch,
            "gentoo" => Self::Gentoo,
            "rubygems" => Self::RubyGems,
            "packagist" => Self::Packagist,
            "ghc" => Self::Hackage,
            "conancenter" => Self::Conan,
            "jvm" => Self::Jvm,
            "windows" => Self::Windows,
            "intdot" => Self::IntDot,
            "datetime" => Self::DateTime,
            other => return Self::from_purl_type(other),
        })
    }

    /// The order behind a package URL type. Source: purl specification, "purl types".
    ///
    /// `generic` gives [`Scheme::Generic`]; types whose versions are digests or revisions give `None`.
    pub fn from_purl_type(purl_type: &str) -> Option<Self> {
        Some(match purl_type.trim().to_ascii_lowercase().as_str() {
            "npm" | "cargo" | "hex" | "swift" | "vscode-extension" => Self::SemVer,
            "golang" => Self::Go,
            "pub" => Self::Pub,
            "julia" => Self::Julia,
            "bitnami" => Self::Bitnami,
            "pypi" => Self::Pep440,
            "deb" => Self::Debian,
            "rpm" => Self::Rpm,
            "apk" => Self::Alpine,
            "alpm" => Self::Arch,
            "ebuild" => Self::Gentoo,
            "nuget" => Self::NuGet,
            "maven" => Self::Maven,
            "gem" => Self::RubyGems,
            "composer" => Self::Packagist,
            "cran" | "bioconductor" => Self::Cran,
            "hackage" => Self::Hackage,
            "conan" => Self::Conan,
            "generic" => Self::Generic,
            _ => return None,
        })
    }

    /// The order that a CVE record's `versionType` names.
    ///
    /// The field is free text: `custom`, `git` and every word that names no order give `None`, and the
    /// caller decides whether to try [`Scheme::Generic`] and to say so.
    /// Source: CVE Record Format 5.1, `versionType`.
    pub fn from_cve_version_type(version_type: &str) -> Option<Self> {
        Some(match version_type.trim().to_ascii_lowercase().as_str() {
            "semver" | "semver-2" | "semantic" => Self::SemVer,
            "go" => Self::Go,
            "python" | "pep440" => Self::Pep440,
            "dpkg" | "debian" => Self::Debian,
            "alpine" => Self::Alpine,
            "rubygems" => Self::RubyGems,
            "packagist" => Self::Packagist,
            "date" | "datetime" => Self::DateTime,
            "intdot" => Self::IntDot,
            "generic" => return None,
            other => return Self::from_purl_type(other),
        })
    }

    /// The order that a VERS range names. Source: VERS specification, "Some of the known versioning schemes".
    pub fn from_vers(scheme: &str) -> Option<Self> {
        Some(match scheme {
            "semver" | "nginx" => Self::SemVer,
            "intdot" => Self::IntDot,
            "datetime" => Self::DateTime,
            "gentoo" => Self::Gentoo,
            "arch" => Self::Arch,
            "alpine" => Self::Alpine,
            "jvm" => Self::Jvm,
            "windows" => Self::Windows,
            "openssl" => Self::Generic,
            other => return Self::from_purl_type(other),
        })
    }

    /// A stable lower-case name, fit for storing.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SemVer => "semver",
            Self::Go => "golang",
            Self::Pub => "pub",
            Self::Julia => "julia",
            Self::Bitnami => "bitnami",
            Self::Pep440 => "pypi",
            Self::Debian => "deb",
            Self::Rpm => "rpm",
            Self::Alpine => "apk",
            Self::Arch => "alpm",
            Self::Gentoo => "ebuild",
            Self::NuGet => "nuget",
            Self::Maven => "maven",
            Self::RubyGems => "gem",
            Self::Packagist => "composer",
            Self::Cran => "cran",
            Self::Hackage => "hackage",
            Self::Conan => "conan",
            Self::Jvm => "jvm",
            Self::Windows => "windows",
            Self::IntDot => "intdot",
            Self::DateTime => "datetime",
            Self::Generic => "generic",
        }
    }

    /// Whether an answer under this order rests on our reading of a vendor's habit instead of a standard.
    pub fn is_generic(self) -> bool {
        matches!(self, Self::Generic)
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SemVer => "SemVer",
            Self::Go => "Go",
            Self::Pub => "Pub",
            Self::Julia => "Julia",
            Self::Bitnami => "Bitnami",
            Self::Pep440 => "PyPI",
            Self::Debian => "Debian",
            Self::Rpm => "RPM",
            Self::Alpine => "Alpine",
            Self::Arch => "Arch",
            Self::Gentoo => "Gentoo",
            Self::NuGet => "NuGet",
            Self::Maven => "Maven",
            Self::RubyGems => "RubyGems",
            Self::Packagist => "Packagist",
            Self::Cran => "CRAN",
            Self::Hackage => "Hackage",
            Self::Conan => "Conan",
            Self::Jvm => "JVM",
            Self::Windows => "Windows",
            Self::IntDot => "intdot",
            Self::DateTime => "date",
            Self::Generic => "generic",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_suffix_does_not_hide_the_ecosystem() {
        assert_eq!(Scheme::from_ecosystem("Debian:12"), Some(Scheme::Debian));
        assert_eq!(
            Scheme::from_ecosystem("Red Hat:enterprise_linux:9::baseos"),
            Some(Scheme::Rpm)
        );
        assert_eq!(Scheme::from_ecosystem("crates.io"), Some(Scheme::SemVer));
        assert_eq!(Scheme::from_ecosystem("generic"), Some(Scheme::Generic));
        assert_eq!(Scheme::from_ecosystem("GIT"), None);
    }

    #[test]
    fn a_free_word_in_a_cve_names_no_order() {
        for word in [
            "custom", "git", "Patch", "software", "", "*", "generic", "2024.3",
        ] {
            assert_eq!(Scheme::from_cve_version_type(word), None, "{word}");
        }
        assert_eq!(
            Scheme::from_cve_version_type("python"),
            Some(Scheme::Pep440)
        );
        assert_eq!(Scheme::from_cve_version_type("deb"), Some(Scheme::Debian));
    }

    #[test]
    fn the_stored_name_of_a_package_order_is_its_purl_type() {
        for name in [
            "golang", "pypi", "deb", "rpm", "apk", "maven", "gem", "composer", "generic",
        ] {
            assert_eq!(Scheme::from_purl_type(name).map(Scheme::as_str), Some(name));
        }
    }
}
