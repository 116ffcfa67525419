//! Seeded random questions "does this range hold this version?", and our answers to them.

use isocenter_versions::native::{Range, Reading, Syntax, parse};
use isocenter_versions::{Containment, Reason};
use serde::Deserialize;

use super::texts::{Random, Texts};

/// What the ranges of an ecosystem look like.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ranges {
    /// Which of our questions the tool answers.
    reading: Asked,
    /// One constraint, in which `{v}` is a whole version and `{p}` a bound that may be less.
    constraints: Vec<String>,
    /// Bounds that may be less than a version, as shapes; small numbers make hits likely.
    bounds: Vec<String>,
    /// What joins constraints that hold together; none if the syntax has no such thing.
    #[serde(default)]
    and: Vec<String>,
    /// What joins alternatives; none if the syntax has no such thing.
    #[serde(default)]
    or: Vec<String>,
}

/// [`Reading`] as a manifest names it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Asked {
    Order,
    PreReleasesAdmitted,
    ToolDefault,
}

impl Ranges {
    /// Our answer: `y`, `n`, or none where we say why we do not know. A range whose constraints contradict
    /// each other holds nothing to every tool, which we only put differently.
    pub(crate) fn answer(&self, syntax: Syntax, range: &str, version: &str) -> Option<char> {
        let reading = match self.reading {
            Asked::Order => Reading::Order,
            Asked::PreReleasesAdmitted => Reading::PreReleasesAdmitted,
            Asked::ToolDefault => Reading::ToolDefault,
        };
        let range = parse(syntax, range).ok().filter(Range::is_native)?;
        match range.contains(version, reading) {
            Containment::In => Some('y'),
            Containment::Out | Containment::Undetermined(Reason::Contradiction) => Some('n'),
            Containment::Undetermined(_) => None,
        }
    }
}

/// An endless row of ranges, each with a version, that depends on nothing but the seed and the texts.
#[derive(Debug, Clone)]
pub(crate) struct Questions {
    ranges: Ranges,
    texts: Texts,
    random: Random,
    left: u64,
}

impl Questions {
    /// `count` questions.
    pub(crate) fn new(ranges: &Ranges, texts: &Texts, seed: u64, count: u64) -> Self {
        Self {
            ranges: ranges.clone(),
            texts: texts.clone(),
            random: Random(seed),
            left: count,
        }
    }

    /// A shape with its marks filled in by small numbers.
    fn filled(&mut self, shape: &str) -> String {
        let mut text = String::new();
        for mark in shape.chars() {
            match mark {
                '#' => text.push_str(&small(&mut self.random).to_string()),
                '@' => text.push_str(self.random.pick(&self.texts.words).as_str()),
                '%' => text.push_str(self.random.pick(&self.texts.separators).as_str()),
                literal => text.push(literal),
            }
        }
        text
    }

    fn version(&mut self) -> String {
        let shape = self.random.pick(&self.texts.shapes).clone();
        self.filled(&shape)
    }

    fn constraint(&mut self, versions: &mut Vec<String>) -> String {
        let mut text = self.random.pick(&self.ranges.constraints).clone();
        while let Some(at) = text.find("{v}") {
            let version = self.version();
            text.replace_range(at..at + 3, &version);
            versions.push(version);
        }
        while let Some(at) = text.find("{p}") {
            let shape = self.random.pick(&self.ranges.bounds).clone();
            let bound = self.filled(&shape);
            text.replace_range(at..at + 3, &bound);
            versions.push(bound);
        }
        text
    }

    /// A text with one of its numbers a little higher or lower, or with another end.
    fn near(&mut self, text: &str) -> String {
        let places: Vec<usize> = text
            .char_indices()
            .filter(|(_, c)| c.is_ascii_digit())
            .map(|(at, _)| at)
            .collect();
        let mut near = text.to_owned();
        if let (Some(at), 0..3) = (
            (!places.is_empty()).then(|| *self.random.pick(&places)),
            self.random.below(4),
        ) {
            let digit = small(&mut self.random).to_string();
            near.replace_range(at..=at, &digit);
        }
        if self.random.below(4) == 0 {
            let version = self.version();
            let tail = version.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ':' | '!'));
            near.push_str(tail.and_then(|at| version.get(at..)).unwrap_or_default());
        }
        near
    }
}

impl Iterator for Questions {
    type Item = (String, String);

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let mut versions = Vec::new();
        let mut range = self.constraint(&mut versions);
        for _ in 0..self.random.below(3) {
            let joins = match self.random.below(3) {
                0 => &self.ranges.or,
                _ => &self.ranges.and,
            };
            if joins.is_empty() {
                continue;
            }
            range.push_str(self.random.pick(joins).as_str());
            let next = self.constraint(&mut versions);
            range.push_str(&next);
        }
        let version = match self.random.below(3) {
            0 => self.version(),
            _ if versions.is_empty() => self.version(),
            _ => {
                let near = self.random.pick(&versions).clone();
                self.near(&near)
            }
        };
        Some((range, version))
    }
}

/// Mostly next to zero, so that bounds and versions meet.
fn small(random: &mut Random) -> u64 {
    match random.below(20) {
        0..14 => random.below(3),
        14..19 => random.below(10),
        _ => random.below(200),
    }
}
