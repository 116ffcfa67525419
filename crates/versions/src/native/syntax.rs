//! Which native syntax a range is written in, and which names of the world lead to it.

use std::fmt;

use crate::Scheme;

/// A native range syntax. npm, Cargo and Hex share an order of versions but not a way to write ranges, so
/// this is finer than [`Scheme`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Syntax {
    /// npm: node-semver's ranges.
    Npm,
    /// Rust: Cargo's version requirements.
    Cargo,
    /// Elixir and Erlang: `Version.Requirement`.
    Hex,
    /// Dart: pub's version constraints.
    Pub,
    /// Ruby: `Gem::Requirement`.
    RubyGems,
    /// Python: version specifiers (PEP 440).
    Pep440,
    /// Java: Maven's version requirements.
    Maven,
    /// .NET: NuGet's version ranges and floating versions.
    NuGet,
    /// PHP: Composer's version constraints.
    Composer,
    /// C and C++: Conan's version ranges.
    Conan,
    /// Debian and Ubuntu: package relationships.
    Debian,
    /// RPM distributions: dependencies of packages.
    Rpm,
    /// Go: `go.mod` requirements, exclusions and retractions.
    Go,
    /// Haskell: Cabal's version ranges.
    Hackage,
    /// nginx: the ranges of its security advisories.
    Nginx,
    /// OpenSSL: the lists of versions of its vulnerability files.
    OpenSsl,
    /// Comparison operators, as advisories write them where an ecosystem has no syntax of its own.
    Operators(Scheme),
}

impl Syntax {
    /// The syntax of an ecosystem as OSV spells it; one without a syntax of its own reads operators.
    ///
    /// `None` where not even the order is known.
    pub fn from_ecosystem(name: &str) -> Option<Self> {
        let base = name.split(':').next().unwrap_or(name).trim();
        Some(match base.to_ascii_lowercase().as_str() {
            "npm" => Self::Npm,
            "crates.io" | "cargo" => Self::Cargo,
            "hex" => Self::Hex,
            _ => Self::of(Scheme::from_ecosystem(name)?),
        })
    }

    /// The syntax behind a package URL type.
    pub fn from_purl_type(purl_type: &str) -> Option<Self> {
        let purl_type = purl_type.trim().to_ascii_lowercase();
        Some(match purl_type.as_str() {
            "npm" => Self::Npm,
            "cargo" => Self::Cargo,
            "hex" => Self::Hex,
            other => Self::of(Scheme::from_purl_type(other)?),
        })
    }

    /// The syntax behind a VERS versioning scheme.
    pub fn from_vers(name: &str) -> Option<Self> {
        match name {
            "nginx" => Some(Self::Nginx),
            "openssl" => Some(Self::OpenSsl),
            _ => Self::from_purl_type(name).or_else(|| Some(Self::of(Scheme::from_vers(name)?))),
        }
    }

    /// The syntax that goes with an order alone. [`Scheme::SemVer`] belongs to several ecosystems that
    /// write ranges differently, so it gives operators.
    pub fn of(scheme: Scheme) -> Self {
        match scheme {
            Scheme::Pub => Self::Pub,
            Scheme::RubyGems => Self::RubyGems,
            Scheme::Pep440 => Self::Pep440,
            Scheme::Maven => Self::Maven,
            Scheme::NuGet => Self::NuGet,
            Scheme::Packagist => Self::Composer,
            Scheme::Conan => Self::Conan,
            Scheme::Debian => Self::Debian,
            Scheme::Rpm => Self::Rpm,
            Scheme::Go => Self::Go,
            Scheme::Hackage => Self::Hackage,
            other => Self::Operators(other),
        }
    }

    /// Whether the ecosystem has a syntax of its own, instead of the operators of advisories.
    pub fn is_native(self) -> bool {
        !matches!(self, Self::Operators(_))
    }

    /// The order that the versions of the range follow.
    pub fn scheme(self) -> Scheme {
        match self {
            Self::Npm | Self::Cargo | Self::Hex | Self::Nginx => Scheme::SemVer,
            Self::Pub => Scheme::Pub,
            Self::RubyGems => Scheme::RubyGems,
            Self::Pep440 => Scheme::Pep440,
            Self::Maven => Scheme::Maven,
            Self::NuGet => Scheme::NuGet,
            Self::Composer => Scheme::Packagist,
            Self::Conan => Scheme::Conan,
            Self::Debian => Scheme::Debian,
            Self::Rpm => Scheme::Rpm,
            Self::Go => Scheme::Go,
            Self::Hackage => Scheme::Hackage,
            Self::OpenSsl => Scheme::Generic,
            Self::Operators(scheme) => scheme,
        }
    }

    /// The versioning scheme's name in VERS.
    pub fn vers_name(self) -> &'static str {
        match self {
            Self::Npm => "npm",
            Self::Cargo => "cargo",
            Self::Hex => "hex",
            Self::Nginx => "nginx",
            Self::OpenSsl => "openssl",
            other => other.scheme().as_str(),
        }
    }
}

impl fmt::Display for Syntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Npm => f.write_str("npm"),
            Self::Cargo => f.write_str("Cargo"),
            Self::Hex => f.write_str("Hex"),
            Self::Nginx => f.write_str("nginx"),
            Self::OpenSsl => f.write_str("OpenSSL"),
            Self::Composer => f.write_str("Composer"),
            other => other.scheme().fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ecosystems_of_one_order_keep_their_own_syntax() {
        assert_eq!(Syntax::from_ecosystem("npm"), Some(Syntax::Npm));
        assert_eq!(Syntax::from_ecosystem("crates.io"), Some(Syntax::Cargo));
        assert_eq!(Syntax::from_ecosystem("Hex"), Some(Syntax::Hex));
        assert_eq!(Syntax::from_ecosystem("Debian:12"), Some(Syntax::Debian));
        assert_eq!(
            Syntax::from_ecosystem("Alpine:v3.19"),
            Some(Syntax::Operators(Scheme::Alpine))
        );
        assert_eq!(Syntax::from_ecosystem("GIT"), None);
        assert_eq!(Syntax::from_purl_type("cargo"), Some(Syntax::Cargo));
        assert_eq!(Syntax::from_vers("nginx"), Some(Syntax::Nginx));
    }

    #[test]
    fn the_name_in_vers_leads_back_to_the_order() {
        for syntax in [
            Syntax::Npm,
            Syntax::Cargo,
            Syntax::Hex,
            Syntax::Pub,
            Syntax::RubyGems,
            Syntax::Pep440,
            Syntax::Maven,
            Syntax::NuGet,
            Syntax::Composer,
            Syntax::Conan,
            Syntax::Debian,
            Syntax::Rpm,
            Syntax::Go,
            Syntax::Hackage,
            Syntax::Nginx,
            Syntax::OpenSsl,
            Syntax::Operators(Scheme::Alpine),
            Syntax::Operators(Scheme::Arch),
            Syntax::Operators(Scheme::Gentoo),
            Syntax::Operators(Scheme::Jvm),
            Syntax::Operators(Scheme::Windows),
        ] {
            assert_eq!(Scheme::from_vers(syntax.vers_name()), Some(syntax.scheme()));
        }
    }
}
