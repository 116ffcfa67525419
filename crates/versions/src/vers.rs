//! VERS, the version range specifier of package-url: `vers:npm/>=1.0.0|<2.0.0`.
//!
//! Source: VERS specification (package-url/vers-spec), clause 5 (syntax and validation), "Simplify" and
//! "Checking if a version is contained within a range".
//!
//! Traps: constraints are one sorted line of points, not a list of alternatives: `>=1|<2|>=3|<4` is two
//! intervals; of `>=1|>=2|<3|<4` the second and third say nothing; `!=` takes a point out; a version is
//! percent-encoded only where its characters mean something; the scheme decides the order, and an
//! unknown scheme still answers where the text of a version is equal.

mod encoding;

use std::cmp::Ordering;
use std::collections::HashSet;
use std::fmt;

use encoding::{decode, encode, percent_decode};

use crate::Scheme;
use crate::order::sort;
use crate::range::{
    Bound, Containment, Reason, between, equal, is_unstated, range_key, range_order,
};

/// Up to how many points are compared pair by pair.
const PAIRS: usize = 64;

/// A range of versions as VERS writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vers {
    /// The scheme's name as written, such as `npm`.
    pub name: String,
    /// Sorted constraints; empty means every version (`*`).
    pub constraints: Vec<Constraint>,
}

/// A comparator and its version, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// How versions stand to the point.
    pub comparator: Comparator,
    /// The point.
    pub version: String,
}

impl Constraint {
    /// The end of an interval that it is.
    fn bound(&self) -> Bound<'_> {
        Bound {
            version: &self.version,
            inclusive: matches!(
                self.comparator,
                Comparator::LessOrEqual | Comparator::GreaterOrEqual
            ),
        }
    }
}

/// How versions stand to a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparator {
    /// The point itself.
    Equal,
    /// Everything but the point.
    NotEqual,
    /// Below the point.
    Less,
    /// The point and below.
    LessOrEqual,
    /// Above the point.
    Greater,
    /// The point and above.
    GreaterOrEqual,
}

impl Comparator {
    /// The comparator in front of a text, and the rest of the text; nothing in front means equal.
    pub(crate) fn take(text: &str) -> (Self, &str) {
        for (sign, comparator) in [
            (">=", Self::GreaterOrEqual),
            ("<=", Self::LessOrEqual),
            ("!=", Self::NotEqual),
            ("<", Self::Less),
            (">", Self::Greater),
            ("=", Self::Equal),
        ] {
            if let Some(rest) = text.strip_prefix(sign) {
                return (comparator, rest);
            }
        }
        (Self::Equal, text)
    }

    /// As VERS writes it; the point itself is written without a sign.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// Whether a version that compares so to the point satisfies the comparator.
    pub(crate) fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order == Ordering::Equal,
            Self::NotEqual => order != Ordering::Equal,
            Self::Less => order == Ordering::Less,
            Self::LessOrEqual => order != Ordering::Greater,
            Self::Greater => order == Ordering::Greater,
            Self::GreaterOrEqual => order != Ordering::Less,
        }
    }

    pub(crate) fn is_lower(self) -> bool {
        matches!(self, Self::Greater | Self::GreaterOrEqual)
    }

    fn is_upper(self) -> bool {
        matches!(self, Self::Less | Self::LessOrEqual)
    }
}

/// Why a text is no canonical VERS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotVers {
    /// The URI scheme is missing.
    #[error("not a VERS: it does not start with `vers:`")]
    Prefix,
    /// No slash ends the scheme's name.
    #[error("not a VERS: no `/` behind the versioning scheme")]
    NoScheme,
    /// The scheme's name is not lower-case ASCII.
    #[error("non-canonical VERS: versioning scheme must be lowercase ASCII letters and digits")]
    SchemeName,
    /// The name `invalid`, which is reserved for what must not be read.
    #[error("not a VERS: the versioning scheme `invalid` stands for none")]
    Reserved,
    /// Nothing stands behind the slash, or a comparator without a version.
    #[error("not a VERS: a version is missing")]
    NoVersion,
    /// White space anywhere.
    #[error("non-canonical VERS: whitespace is not permitted")]
    WhiteSpace,
    /// A separator before the first constraint.
    #[error("non-canonical VERS: leading pipe is not permitted")]
    LeadingPipe,
    /// A separator after the last constraint.
    #[error("non-canonical VERS: trailing pipe is not permitted")]
    TrailingPipe,
    /// Two separators without a constraint.
    #[error("non-canonical VERS: consecutive pipes are not permitted")]
    ConsecutivePipes,
    /// The star beside other constraints.
    #[error("non-canonical VERS: `*` must be the only constraint")]
    Star,
    /// Constraints out of order.
    #[error("non-canonical VERS: constraints are not sorted by version")]
    Unsorted,
    /// The same version twice.
    #[error("non-canonical VERS: versions must be unique")]
    Duplicate,
    /// Comparators that do not alternate, so that one says nothing.
    #[error("non-canonical VERS: constraints are redundant")]
    Redundant,
    /// An equals sign, which is never written.
    #[error("non-canonical VERS: equality has no sign")]
    EqualsSign,
    /// A character that must be percent-encoded and is not.
    #[error("non-canonical VERS: a character of the version must be percent-encoded")]
    Unencoded,
    /// A percent sign without two hexadecimal digits, or bytes that are no UTF-8.
    #[error("non-canonical VERS: invalid percent-encoding in version")]
    Encoding,
    /// An encoded character that needs none, or lower-case hexadecimal digits.
    #[error("non-canonical VERS: percent-encoding in version is not canonical")]
    NeedlessEncoding,
    /// `t` and `z` in an instant.
    #[error("non-canonical VERS: datetime must use uppercase T and Z")]
    DateTimeCase,
    /// `%3A` in an instant.
    #[error("non-canonical VERS: datetime time colons must be unencoded")]
    DateTimeColons,
}

impl Vers {
    /// Reads canonical VERS.
    pub fn parse(text: &str) -> Result<Self, NotVers> {
        if text.chars().any(char::is_whitespace) {
            return Err(NotVers::WhiteSpace);
        }
        let (name, list) = split(text)?;
        let is_letter = |byte: &u8| byte.is_ascii_lowercase();
        if !name.as_bytes().first().is_some_and(is_letter)
            || !name.bytes().all(|byte| {
                is_letter(&byte) || byte.is_ascii_digit() || matches!(byte, b'-' | b'.')
            })
        {
            return Err(NotVers::SchemeName);
        }
        if list.is_empty() {
            return Err(NotVers::NoVersion);
        }
        if list.starts_with('|') {
            return Err(NotVers::LeadingPipe);
        }
        if list.ends_with('|') {
            return Err(NotVers::TrailingPipe);
        }
        if list.contains("||") {
            return Err(NotVers::ConsecutivePipes);
        }
        if list == "*" {
            return Ok(Self {
                name: name.to_owned(),
                constraints: Vec::new(),
            });
        }
        let mut constraints = Vec::new();
        for part in list.split('|') {
            if part.starts_with('=') {
                return Err(NotVers::EqualsSign);
            }
            let (comparator, version) = Comparator::take(part);
            if version.is_empty() {
                return Err(NotVers::NoVersion);
            }
            if version == "*" {
                return Err(NotVers::Star);
            }
            constraints.push(Constraint {
                comparator,
                version: decode(name, version)?,
            });
        }
        let vers = Self {
            name: name.to_owned(),
            constraints,
        };
        vers.check_order()?;
        Ok(vers)
    }

    /// Reads VERS as people write it: white space, order and needless signs are put right.
    pub fn parse_lenient(text: &str) -> Result<Self, NotVers> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let (name, list) = split(&text)?;
        let name = name.to_ascii_lowercase();
        let mut constraints = Vec::new();
        for part in list.split('|').filter(|part| !part.is_empty()) {
            let (comparator, version) = Comparator::take(part);
            if version == "*" {
                return Ok(Self {
                    name,
                    constraints: Vec::new(),
                });
            }
            if version.is_empty() {
                return Err(NotVers::NoVersion);
            }
            let version = percent_decode(version).ok_or(NotVers::Encoding)?;
            constraints.push(Constraint {
                comparator,
                version,
            });
        }
        if constraints.is_empty() {
            return Err(NotVers::NoVersion);
        }
        let mut vers = Self { name, constraints };
        vers.sort();
        Ok(vers)
    }

    /// The order that the scheme's name stands for, if this crate knows it.
    pub fn scheme(&self) -> Option<Scheme> {
        Scheme::from_vers(&self.name)
    }

    /// Whether the range holds a version.
    pub fn contains(&self, version: &str) -> Containment {
        self.contains_under(self.scheme(), version)
    }

    /// Whether the range holds a version, in the order of a scheme that the caller knows better.
    pub fn contains_under(&self, scheme: Option<Scheme>, version: &str) -> Containment {
        if self.constraints.is_empty() {
            // `vers:none/*` is the one star that holds nothing (VERS, "Generic VERS types").
            return if self.name == "none" {
                Containment::Out
            } else {
                Containment::In
            };
        }
        let mut open = None;
        for point in &self.constraints {
            if !matches!(point.comparator, Comparator::Equal | Comparator::NotEqual) {
                continue;
            }
            match equal(scheme, version, &point.version) {
                Containment::In if point.comparator == Comparator::Equal => return Containment::In,
                Containment::In => return Containment::Out,
                Containment::Out => {}
                undetermined @ Containment::Undetermined(_) => open = Some(undetermined),
            }
        }
        let points = open.unwrap_or(Containment::Out);
        let only_holes = self
            .constraints
            .iter()
            .all(|point| point.comparator == Comparator::NotEqual);
        if only_holes {
            return if points == Containment::Out {
                Containment::In
            } else {
                points
            };
        }
        self.intervals()
            .into_iter()
            .map(|(from, to)| between(scheme, version, from, to))
            .fold(points, Containment::or)
    }

    /// The intervals between the points that are comparators, in order.
    fn intervals(&self) -> Vec<(Option<Bound<'_>>, Option<Bound<'_>>)> {
        let mut intervals = Vec::new();
        let mut from: Option<Bound<'_>> = None;
        for point in self.telling() {
            let bound = point.bound();
            if point.comparator.is_lower() {
                from = Some(bound);
            } else if point.comparator.is_upper() {
                intervals.push((from.take(), Some(bound)));
            }
        }
        if from.is_some() {
            intervals.push((from, None));
        }
        intervals
    }

    /// The same range with as few constraints as the specification's "simplify" leaves.
    ///
    /// Where the constraints are not in the order of their versions, one version stands twice, a bound is a
    /// word for none (`-`), or a point holds the bound above it (Python's `1.0` holds `1.0+local`), each of them
    /// stays.
    #[must_use]
    pub fn simplified(&self) -> Self {
        let is_stated = |point: &Constraint| !is_unstated(&point.version);
        let can_be = self.is_sorted()
            && self.constraints.iter().all(is_stated)
            && !self.has_point_that_holds_a_bound();
        let telling = if can_be { self.telling() } else { Vec::new() };
        let constraints = if can_be && self.points_stay_inside(&telling) {
            telling.into_iter().cloned().collect()
        } else {
            self.constraints.clone()
        };
        Self {
            name: self.name.clone(),
            constraints,
        }
    }

    /// Whether every point that is not among `kept` lies in the interval around it. By the order of versions it
    /// does, but a bound without a release is about every release of its version (rpm: `1.0-5` is not `>1.0`).
    fn points_stay_inside(&self, kept: &[&Constraint]) -> bool {
        let kept: HashSet<*const Constraint> = kept
            .iter()
            .map(|point| std::ptr::from_ref(*point))
            .collect();
        let is_kept = |point: &Constraint| kept.contains(&std::ptr::from_ref(point));
        let mut uppers: Vec<Option<&Constraint>> = Vec::with_capacity(self.constraints.len());
        let mut upper = None;
        for point in self.constraints.iter().rev() {
            uppers.push(upper);
            if point.comparator.is_upper() && is_kept(point) {
                upper = Some(point);
            }
        }
        let mut lower: Option<&Constraint> = None;
        let behind = uppers.into_iter().rev();
        self.constraints.iter().zip(behind).all(|(point, upper)| {
            if is_kept(point) {
                if point.comparator.is_lower() {
                    lower = Some(point);
                } else if point.comparator.is_upper() {
                    lower = None;
                }
                return true;
            }
            let (from, to) = (lower.map(Constraint::bound), upper.map(Constraint::bound));
            point.comparator != Comparator::Equal
                || between(self.scheme(), &point.version, from, to) == Containment::In
        })
    }

    /// Whether a point takes in the version of the upper bound behind it, which itself does not.
    fn has_point_that_holds_a_bound(&self) -> bool {
        let mut upper: Option<&Constraint> = None;
        self.constraints.iter().rev().any(|point| {
            if point.comparator.is_upper() {
                upper = Some(point);
            }
            point.comparator == Comparator::Equal
                && upper.is_some_and(|upper| {
                    upper.comparator == Comparator::Less
                        && equal(self.scheme(), &upper.version, &point.version) == Containment::In
                })
        })
    }

    /// The constraints that say something, where they stand in the order of their versions: behind a lower
    /// bound, further lower bounds and points say nothing; before an upper bound, other upper bounds and
    /// points do not.
    fn telling(&self) -> Vec<&Constraint> {
        let mut kept: Vec<&Constraint> = Vec::new();
        let mut holes: Vec<(usize, &Constraint)> = Vec::new();
        for point in &self.constraints {
            let now = point.comparator;
            if now == Comparator::NotEqual {
                holes.push((kept.len(), point));
                continue;
            }
            if now.is_upper() {
                while kept.last().is_some_and(|last| !last.comparator.is_lower()) {
                    kept.pop();
                }
            } else if kept.last().is_some_and(|last| last.comparator.is_lower()) {
                continue;
            }
            kept.push(point);
        }
        for (at, hole) in holes.into_iter().rev() {
            kept.insert(at.min(kept.len()), hole);
        }
        kept
    }

    fn sort(&mut self) {
        if let Some(scheme) = self.scheme() {
            sort(
                &mut self.constraints,
                |point| range_key(scheme, &point.version),
                |a, b| range_order(scheme, &a.version, &b.version),
            );
        }
    }

    /// Whether every version stands before all that follow it. Where the order is one of keys, neighbours say
    /// so for all; Maven's goes pair by pair and can run in a circle.
    fn is_sorted(&self) -> bool {
        let Some(scheme) = self.scheme() else {
            return false;
        };
        let is_before = |a: &Constraint, b: &Constraint| {
            range_order(scheme, &a.version, &b.version) == Ok(Ordering::Less)
        };
        let has_keys = || {
            self.constraints
                .iter()
                .all(|point| range_key(scheme, &point.version).is_ok())
        };
        let points = self.constraints.as_slice();
        let is_chain = points.array_windows().all(|[a, b]| is_before(a, b));
        if !is_chain || points.len() <= 2 || has_keys() {
            return is_chain;
        }
        points.len() <= PAIRS
            && points
                .iter()
                .enumerate()
                .all(|(index, a)| points.iter().skip(index + 2).all(|b| is_before(a, b)))
    }

    fn check_order(&self) -> Result<(), NotVers> {
        for (index, pair) in self.constraints.windows(2).enumerate() {
            let [a, b] = pair else { continue };
            if self
                .constraints
                .iter()
                .take(index + 1)
                .any(|earlier| earlier.version == b.version)
            {
                return Err(NotVers::Duplicate);
            }
            let order = self
                .scheme()
                .and_then(|scheme| range_order(scheme, &a.version, &b.version).ok());
            match order {
                Some(Ordering::Greater) => return Err(NotVers::Unsorted),
                Some(Ordering::Equal) => return Err(NotVers::Duplicate),
                _ => {}
            }
        }
        if self.telling().len() != self.constraints.len() {
            return Err(NotVers::Redundant);
        }
        Ok(())
    }
}

impl fmt::Display for Vers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "vers:{}/", self.name)?;
        if self.constraints.is_empty() {
            return f.write_str("*");
        }
        for (index, point) in self.constraints.iter().enumerate() {
            if index > 0 {
                f.write_str("|")?;
            }
            write!(f, "{}{}", point.comparator.as_str(), encode(&point.version))?;
        }
        Ok(())
    }
}

fn split(text: &str) -> Result<(&str, &str), NotVers> {
    let rest = text.strip_prefix("vers:").ok_or(NotVers::Prefix)?;
    let (name, list) = rest.split_once('/').ok_or(NotVers::NoScheme)?;
    if name.eq_ignore_ascii_case("invalid") {
        return Err(NotVers::Reserved);
    }
    Ok((name, list))
}

impl From<NotVers> for Reason {
    fn from(why: NotVers) -> Self {
        Self::Range(why.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Containment::{In, Out};

    #[test]
    fn intervals_points_and_holes_are_told_apart() {
        let vers = Vers::parse("vers:npm/>=1.0.0|<2.0.0|2.5.0|>=3.0.0|!=3.1.0").unwrap();
        for (version, expected) in [
            ("1.0.0", In),
            ("1.9.9", In),
            ("2.0.0", Out),
            ("2.5.0", In),
            ("3.0.1", In),
            ("3.1.0", Out),
            ("0.9.0", Out),
        ] {
            assert_eq!(vers.contains(version), expected, "{version}");
        }
        assert_eq!(Vers::parse("vers:all/*").unwrap().contains("anything"), In);
        assert_eq!(
            Vers::parse("vers:npm/!=2.0.0").unwrap().contains("2.0.1"),
            In
        );
    }

    #[test]
    fn an_unknown_scheme_answers_only_where_the_text_is_equal() {
        let vers = Vers::parse("vers:madeup/1.0|2.0").unwrap();
        assert_eq!(vers.contains("2.0"), In);
        assert_eq!(
            vers.contains("3.0"),
            Containment::Undetermined(Reason::NoScheme)
        );
    }

    #[test]
    fn printing_and_reading_are_inverse() {
        for text in [
            "vers:npm/>=1.0.0|<2.0.0",
            "vers:deb/1:1.0+dfsg-1",
            "vers:npm/1.0%252F0",
            "vers:all/*",
            "vers:datetime/2024-01-01T00:00:00Z",
        ] {
            assert_eq!(Vers::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(
            Vers::parse_lenient("vers:npm/ < 2.0.0 | >= 1.0.0 |")
                .unwrap()
                .to_string(),
            "vers:npm/>=1.0.0|<2.0.0"
        );
    }

    #[test]
    fn simplifying_keeps_what_says_something() {
        let simple = |text| Vers::parse_lenient(text).unwrap().simplified().to_string();
        assert_eq!(
            simple("vers:npm/>=1.0.0|>=1.5.0|1.7.0|<2.0.0"),
            "vers:npm/>=1.0.0|<2.0.0"
        );
        assert_eq!(simple("vers:npm/1.0.0|<2.0.0|<=3.0.0"), "vers:npm/<=3.0.0");
        assert_eq!(
            simple("vers:npm/<1.0.0|2.0.0|>3.0.0"),
            "vers:npm/<1.0.0|2.0.0|>3.0.0"
        );
        assert_eq!(
            simple("vers:npm/<1.0.0|>=2.0.0|<3.0.0|<4.0.0"),
            "vers:npm/<1.0.0|>=2.0.0|<4.0.0"
        );
        assert_eq!(
            simple("vers:npm/>1.0.0|!=1.5.0|1.7.0|<2.0.0"),
            "vers:npm/>1.0.0|!=1.5.0|<2.0.0"
        );
    }

    #[test]
    fn constraints_that_say_nothing_change_nothing() {
        let vers = Vers::parse_lenient("vers:npm/>1.0.0|>2.0.0|<3.0.0|<4.0.0").unwrap();
        for (version, expected) in [("1.0.0", Out), ("1.5.0", In), ("3.5.0", In), ("4.0.0", Out)] {
            assert_eq!(vers.contains(version), expected, "{version}");
        }
    }

    #[test]
    fn constraints_whose_order_is_in_doubt_all_stay() {
        let text = "vers:madeup/>=5|1|<9";
        let vers = Vers::parse_lenient(text).unwrap();
        assert_eq!(vers.simplified().to_string(), text);
        assert_eq!(vers.contains("1"), In);
    }

    #[test]
    fn a_version_that_stands_twice_keeps_every_constraint() {
        let text = "vers:npm/1.0.0|<1.0.0";
        let vers = Vers::parse_lenient(text).unwrap();
        assert_eq!(vers.simplified().to_string(), text);
        assert_eq!(vers.contains("1.0.0"), In);
        assert_eq!(Vers::parse(text), Err(NotVers::Duplicate));
    }

    #[test]
    fn maven_whose_order_runs_in_circles_is_read() {
        let circle = ["1", "1-sp", "1-0.alpha"];
        let text = format!("vers:maven/{}", circle.repeat(20).join("|>="));
        assert!(Vers::parse_lenient(&text).is_ok());
    }

    #[test]
    fn a_sign_for_equality_and_a_reserved_name_are_refused() {
        assert_eq!(Vers::parse("vers:npm/=1.0.0"), Err(NotVers::EqualsSign));
        assert_eq!(Vers::parse("vers:invalid/1.0.0"), Err(NotVers::Reserved));
        assert_eq!(Vers::parse("vers:7z/1.0.0"), Err(NotVers::SchemeName));
    }
}
