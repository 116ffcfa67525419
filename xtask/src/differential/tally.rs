//! Our answers beside the tool's: how many agree, and which do not.

use std::cmp::Ordering;
use std::error::Error;
use std::fmt::Write as _;

use isocenter_versions::{Bound, Containment, Scheme, between, compare, equal};
use regex_lite::Regex;

use super::oracle::{Manifest, Oracle, Ours};
use super::ranges::Questions;
use super::texts::Pairs;

/// How many unexplained differences are shown, the shortest ones.
const SHOWN: usize = 25;

/// How many pairs are shown on which only the tool has an answer, the shortest ones.
const EXAMPLES: usize = 4;

/// What came of one oracle's pairs.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pairs: u64,
    same: u64,
    /// How many differences each known reason explains.
    explained: Vec<u64>,
    /// The tool answers, we say why we do not.
    undetermined: u64,
    /// The shortest of them.
    examples: Vec<(String, String)>,
    /// We answer, the tool takes one of the two for no version.
    unparsed: u64,
    /// Nobody answers.
    neither: u64,
    differences: Vec<Difference>,
}

#[derive(Debug)]
struct Difference {
    a: String,
    b: String,
    ours: char,
    theirs: char,
}

/// Asks both about `count` pairs.
pub(crate) fn hold(
    manifest: &Manifest,
    oracle: &Oracle,
    seed: u64,
    count: u64,
) -> Result<Tally, Box<dyn Error>> {
    if let Some(ranges) = &manifest.ranges {
        let syntax = manifest.syntax()?;
        let questions = Questions::new(ranges, &manifest.texts, seed, count);
        return beside(manifest, oracle, &questions, |range, version| {
            ranges.answer(syntax, range, version)
        });
    }
    let scheme = manifest.scheme()?;
    let pairs = Pairs::new(&manifest.texts, seed, count);
    beside(manifest, oracle, &pairs, |a, b| {
        let order = match manifest.ours {
            Ours::Compare => compare(scheme, a, b).ok(),
            Ours::Between => side(scheme, a, b),
        };
        order.map(|order| match order {
            Ordering::Less => '<',
            Ordering::Equal => '=',
            Ordering::Greater => '>',
        })
    })
}

/// Our answers to some questions beside the tool's.
fn beside<Q>(
    manifest: &Manifest,
    oracle: &Oracle,
    questions: &Q,
    ours: impl Fn(&str, &str) -> Option<char>,
) -> Result<Tally, Box<dyn Error>>
where
    Q: Iterator<Item = (String, String)> + Clone + Send + 'static,
{
    let known = manifest
        .known
        .iter()
        .map(|known| Regex::new(&known.pattern))
        .collect::<Result<Vec<_>, _>>()?;
    let mut answers = oracle.ask(questions.clone())?;
    let mut tally = Tally {
        explained: vec![0; known.len()],
        ..Tally::default()
    };
    for (a, b) in questions.clone() {
        let theirs = answers.next()?;
        let ours = ours(&a, &b);
        tally.pairs += 1;
        match (ours, theirs) {
            (None, '!') => tally.neither += 1,
            (None, _) => {
                tally.undetermined += 1;
                tally.examples.push((a, b));
                tally.examples.sort_by_key(|(a, b)| a.len() + b.len());
                tally.examples.truncate(EXAMPLES);
            }
            (Some(_), '!') => tally.unparsed += 1,
            (Some(ours), theirs) if ours == theirs => tally.same += 1,
            (Some(ours), theirs) => {
                let explained = known
                    .iter()
                    .position(|pattern| pattern.is_match(&a) || pattern.is_match(&b))
                    .and_then(|index| tally.explained.get_mut(index));
                match explained {
                    Some(count) => *count += 1,
                    None => tally.differences.push(Difference { a, b, ours, theirs }),
                }
            }
        }
    }
    answers.finish()?;
    tally.differences.sort_by_key(|d| d.a.len() + d.b.len());
    Ok(tally)
}

/// On which side of the bound `b` a range puts `a`.
fn side(scheme: Scheme, a: &str, b: &str) -> Option<Ordering> {
    let below = between(Some(scheme), a, None, Some(Bound::exclusive(b)));
    let above = between(Some(scheme), a, Some(Bound::exclusive(b)), None);
    match (below, equal(Some(scheme), a, b), above) {
        (Containment::In, Containment::Out, Containment::Out) => Some(Ordering::Less),
        (Containment::Out, Containment::In, Containment::Out) => Some(Ordering::Equal),
        (Containment::Out, Containment::Out, Containment::In) => Some(Ordering::Greater),
        _ => None,
    }
}

impl Tally {
    pub(crate) const HEADER: &str = "\
| ecosystem | oracle | pairs | same | different | explained | undetermined by us | not a version to them | nor to us |
|---|---|---:|---:|---:|---:|---:|---:|---:|";

    /// Differences that nothing explains.
    pub(crate) fn unexplained(&self) -> usize {
        self.differences.len()
    }

    /// One line of the table.
    pub(crate) fn row(&self, manifest: &Manifest, version: &str) -> String {
        format!(
            "| {} | {} {} | {} | {} | {} | {} | {} | {} | {} |",
            manifest.ecosystem,
            manifest.tool,
            version,
            thousands(self.pairs),
            thousands(self.same),
            thousands(self.differences.len() as u64),
            thousands(self.explained.iter().sum()),
            thousands(self.undetermined),
            thousands(self.unparsed),
            thousands(self.neither),
        )
    }

    /// The shortest differences that nothing explains, and how often each known reason was needed.
    pub(crate) fn differences(&self, manifest: &Manifest) -> String {
        let mut text = String::new();
        for difference in self.differences.iter().take(SHOWN) {
            let Difference { a, b, ours, theirs } = difference;
            let _ = writeln!(
                text,
                "{}: {a} {ours} {b}, says {theirs} by {}",
                manifest.name, manifest.tool
            );
        }
        if self.differences.len() > SHOWN {
            let _ = writeln!(
                text,
                "{}: and {} more",
                manifest.name,
                self.differences.len() - SHOWN
            );
        }
        for (a, b) in &self.examples {
            let _ = writeln!(text, "{}: {a} ? {b}: undetermined by us", manifest.name);
        }
        for (known, count) in manifest.known.iter().zip(&self.explained) {
            let _ = writeln!(
                text,
                "{}: {count} explained: {} ({})",
                manifest.name, known.why, known.proof
            );
        }
        text
    }
}

/// `1234567` as `1,234,567`.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
