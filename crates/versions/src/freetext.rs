//! Ranges as advisories write them in prose: "Version 1.1.0 and below", "All versions prior to 3.2 SP1".
//!
//! Source: the product-version texts of CISA's medical (ICSMA) and industrial (ICSA) advisories and of the
//! vendors they quote; CSAF 2.0, 3.1.2 asks for free text or VERS there.
//!
//! A text is read whole or not at all: a word that is not understood ("only when running on …", a model
//! name, a date, a serial number) leaves it [`Unread`] with the reason, because half a range is a wrong
//! range. Where the language is loose, the wider reading is taken: "up to 3.2" and "between 1 and 2"
//! include their ends.
//!
//! Traps: a bar separates alternatives ("1.1 | 1.2") or the two ends of one range (">= 1.0 | <= 1.3");
//! several upper ends in a row ("< 19.0.1 | < 18.0.1") mean release branches that the text does not name;
//! "V14 < V14 SP3" has its lower end in front; an underscore stands for a space ("V16_Update_7").

use std::cmp::Ordering;
use std::fmt;

use crate::Scheme;
use crate::order::compare;
use crate::range::{Bound, Containment, Reason, between, equal, is_unstated};
use crate::vers::{Comparator, Vers};

/// The longest text that is read as a range.
const MAX_LENGTH: usize = 1000;

/// One stretch of versions.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Range {
    /// Every version.
    All,
    /// One version, or one series (`5.x`).
    Exactly(String),
    /// Every version but one.
    Except(String),
    /// A name that stands where a version should: a model, an edition, a part number. The same text is the
    /// same thing; another text says nothing.
    Named(String),
    /// From one end to another; at least one of them is there.
    Between {
        /// The lower end.
        from: Option<End>,
        /// The upper end.
        to: Option<End>,
    },
}

/// An end of a stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The version as the text has it.
    pub version: String,
    /// Whether it belongs to the stretch.
    pub inclusive: bool,
}

impl End {
    fn bound(&self) -> Bound<'_> {
        Bound {
            version: &self.version,
            inclusive: self.inclusive,
        }
    }
}

impl Range {
    /// Whether the stretch holds a version.
    pub fn contains(&self, scheme: Option<Scheme>, version: &str) -> Containment {
        match self {
            Self::All => Containment::In,
            Self::Exactly(point) => equal(scheme, version, point),
            Self::Except(point) => match equal(scheme, version, point) {
                Containment::In => Containment::Out,
                Containment::Out => Containment::In,
                undetermined @ Containment::Undetermined(_) => undetermined,
            },
            Self::Named(name) if name.eq_ignore_ascii_case(version.trim()) => Containment::In,
            Self::Named(_) => Containment::Undetermined(Reason::Named),
            Self::Between { from, to } => between(
                scheme,
                version,
                from.as_ref().map(End::bound),
                to.as_ref().map(End::bound),
            ),
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("*"),
            Self::Exactly(version) => f.write_str(version),
            Self::Named(name) => write!(f, "`{name}`"),
            Self::Except(version) => write!(f, "!={version}"),
            Self::Between { from, to } => {
                if let Some(from) = from {
                    write!(
                        f,
                        "{}{}",
                        if from.inclusive { ">=" } else { ">" },
                        from.version
                    )?;
                }
                if from.is_some() && to.is_some() {
                    f.write_str(" ")?;
                }
                if let Some(to) = to {
                    write!(f, "{}{}", if to.inclusive { "<=" } else { "<" }, to.version)?;
                }
                Ok(())
            }
        }
    }
}

/// Whether any of the stretches holds a version; no stretch holds none.
pub fn contains(ranges: &[Range], scheme: Option<Scheme>, version: &str) -> Containment {
    ranges
        .iter()
        .map(|range| range.contains(scheme, version))
        .fold(Containment::Out, Containment::or)
}

/// Why a text is not read as a range; the text itself stays with the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unread {
    /// Nothing, or a word for nothing.
    #[error("the text states no version")]
    Unstated,
    /// Longer than any real range.
    #[error("the text is longer than {MAX_LENGTH} bytes")]
    TooLong,
    /// Words beside the versions that narrow the range or name something else.
    #[error("the words `{0}` are not understood as part of a range")]
    Words(String),
    /// A place for a version without one.
    #[error("a version is missing where the text wants one")]
    NoVersion,
    /// A calendar date in place of a version.
    #[error("the range is given by date, not by version")]
    Date,
    /// Ends that belong to release branches which are not named.
    #[error("the text has several ends without saying which belong together")]
    Branches,
    /// A lower end above its upper end: a mistake of the writer, and no empty range.
    #[error("the lower end `{from}` is above the upper end `{to}`")]
    Inverted {
        /// The lower end.
        from: String,
        /// The upper end.
        to: String,
    },
    /// A VERS that is none.
    #[error("{0}")]
    Vers(#[from] crate::vers::NotVers),
}

/// Reads a range in prose, in operators or as VERS.
///
/// The answer is a union: a version is in the text's range if any stretch holds it.
pub fn parse(text: &str) -> Result<Vec<Range>, Unread> {
    if text.len() > MAX_LENGTH {
        return Err(Unread::TooLong);
    }
    let text = text.trim().trim_end_matches([',', ';', '.']).trim();
    let text = match text
        .strip_prefix('(')
        .and_then(|inner| inner.strip_suffix(')'))
    {
        Some(inner) if !inner.contains(['(', ')']) => inner.trim(),
        _ => text,
    };
    if text == "*" {
        return Ok(vec![Range::All]);
    }
    if is_unstated(text) {
        return Err(Unread::Unstated);
    }
    if text.starts_with("vers:") {
        return from_vers(&Vers::parse_lenient(text)?);
    }
    let mut points = Vec::new();
    for part in text
        .split(['|', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let start = points.len();
        let read = without_note(part).and_then(|range| {
            let words = words(range);
            Reader {
                words: &words,
                at: 0,
                points: &mut points,
            }
            .read()
        });
        match read {
            Ok(()) => {}
            Err(Unread::Words(_)) if is_name(part) => {
                points.truncate(start);
                points.push(Point::Named(part.to_owned()));
            }
            Err(why) => return Err(why),
        }
    }
    assemble(points)
}

/// What a text says, in its order.
#[derive(Debug)]
enum Point {
    All,
    Named(String),
    At(Comparator, String),
}

/// Words that narrow a range or need understanding; a text with one of them is never a mere name.
const NARROWING: &[&str] = &[
    "only",
    "if",
    "when",
    "with",
    "except",
    "excluding",
    "running",
    "using",
    "for",
    "unless",
    "may",
    "not",
    "including",
    "without",
];

/// Words between two ends.
const BETWEEN: &[&str] = &[
    "to", "through", "thru", "until", "from", "since", "between", "all", "any",
];

/// Whether a text without any word of a range can be a model's or an edition's name.
fn is_name(text: &str) -> bool {
    let mut words = text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ','));
    text.len() <= 80
        && !text.contains(['<', '>', '=', '≤', '≥', '*', '_'])
        && !words.any(|word| {
            [NARROWING, BELOW, ABOVE, BETWEEN]
                .iter()
                .any(|list| list.iter().any(|known| known.eq_ignore_ascii_case(word)))
        })
}

fn from_vers(vers: &Vers) -> Result<Vec<Range>, Unread> {
    if vers.constraints.is_empty() {
        return Ok(vec![Range::All]);
    }
    assemble(
        vers.constraints
            .iter()
            .map(|point| Point::At(point.comparator, point.version.clone()))
            .collect(),
    )
}

/// A trailing remark in parentheses that does not narrow the range.
fn without_note(text: &str) -> Result<&str, Unread> {
    let Some((range, note)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) else {
        return Ok(text);
    };
    if range.trim().is_empty() {
        return Ok(text);
    }
    let lower = note.to_ascii_lowercase();
    let narrows = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| NARROWING.contains(&word));
    // A remark about a place, an age or the product is none about versions.
    let names_versions = lower.split_whitespace().any(|word| {
        word.contains('.')
            && word
                .trim_end_matches('.')
                .contains(|c: char| c.is_ascii_digit())
    });
    if narrows || names_versions || note.contains(['(', ')']) {
        return Err(Unread::Words(format!("({note})")));
    }
    Ok(range.trim())
}

/// Words, with operators as words of their own.
fn words(part: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(part.len() + 8);
    for c in part.chars() {
        match c {
            '≤' => spaced.push_str(" <= "),
            '≥' => spaced.push_str(" >= "),
            '<' | '>' | '=' | '!' => {
                let joins = spaced.ends_with(['<', '>', '=', '!']);
                if !joins {
                    spaced.push(' ');
                }
                spaced.push(c);
            }
            '–' | '—' => spaced.push_str(" - "),
            '"' | '\'' | '“' | '”' => {}
            c => {
                if spaced.ends_with(['<', '>', '=', '!']) {
                    spaced.push(' ');
                }
                spaced.push(c);
            }
        }
    }
    let mut words = Vec::new();
    for word in spaced.split_whitespace() {
        let bare = word.trim_end_matches([',', ':']);
        if !bare.is_empty() {
            words.push(bare.to_owned());
        }
        if word.ends_with(',') {
            words.push(",".to_owned());
        }
    }
    words
}

struct Reader<'a> {
    words: &'a [String],
    at: usize,
    points: &'a mut Vec<Point>,
}

/// Words that only announce a version.
const NOISE: &[&str] = &[
    "version", "versions", "software", "firmware", "release", "releases", "ver", "ver.", "v", "v.",
    "sw", "fw",
];

const BELOW: &[&str] = &[
    "prior",
    "before",
    "earlier",
    "older",
    "lower",
    "below",
    "previous",
    "less",
    "under",
    "preceding",
];
const ABOVE: &[&str] = &[
    "later",
    "newer",
    "higher",
    "above",
    "greater",
    "after",
    "up",
    "upwards",
    "beyond",
    "onwards",
    "subsequent",
];

impl Reader<'_> {
    fn read(mut self) -> Result<(), Unread> {
        let start = self.points.len();
        let all = self.take(&["all", "any", "every"]);
        self.skip_noise();
        if all && self.done() {
            self.points.push(Point::All);
            return Ok(());
        }
        // `* (end of life)` is everything; `* running on …` is not.
        if self.take(&["*"]) {
            if self.done() {
                self.points.push(Point::All);
                return Ok(());
            }
            return Err(self.not_understood());
        }
        loop {
            self.clause(all)?;
            if self.done() {
                break;
            }
            let joined = self.take(&[",", "and", "or", "&", "but"]);
            while self.take(&[",", "and", "or", "&"]) {}
            self.skip_noise();
            if self.done() {
                return Err(Unread::NoVersion);
            }
            // Without a joint only an operator or a further dotted version may follow.
            if !joined && !self.peek_operator() && !self.peek_dotted() && !self.peek_in(BELOW) {
                return Err(self.not_understood());
            }
        }
        // "prior to 3.2 and later than 2.0": the two ends of one stretch, whatever their order.
        if let Some([Point::At(a, _), Point::At(b, _)]) = self.points.get(start..)
            && is_upper(*a)
            && is_lower(*b)
        {
            self.points.swap(start, start + 1);
        }
        Ok(())
    }

    /// One end, one version, or one stretch.
    fn clause(&mut self, all: bool) -> Result<(), Unread> {
        if let Some(comparator) = self.operator() {
            self.skip_noise();
            let version = self.version(true)?;
            self.push(comparator, version);
            return Ok(());
        }
        if self.take(&["between"]) {
            self.skip_noise();
            let from = self.version(true)?;
            if !self.take(&["and", "to", "-"]) {
                return Err(self.not_understood());
            }
            self.skip_noise();
            let to = self.version(true)?;
            self.push(Comparator::GreaterOrEqual, from);
            self.push(Comparator::LessOrEqual, to);
            return Ok(());
        }
        if let Some(comparator) = self.preposition() {
            self.skip_noise();
            let version = self.version(true)?;
            self.push(comparator, version);
            // "from 1.0 to 2.0", "from 1.0 before 2.0".
            if is_lower(comparator) && !self.done() {
                self.other_end()?;
            }
            return Ok(());
        }
        if let Some((from, to)) = self.letters() {
            self.push(Comparator::GreaterOrEqual, from);
            self.push(Comparator::LessOrEqual, to);
            return Ok(());
        }
        let version = self.version(all)?;
        if let Some(open) = version.strip_suffix('+').filter(|open| !open.is_empty()) {
            let open = open.to_owned();
            self.push(Comparator::GreaterOrEqual, open);
            return Ok(());
        }
        if let Some(comparator) = self.postposition() {
            self.push(comparator, version);
            return Ok(());
        }
        let before = self.at;
        // "V14 < V14 SP3", "3.x prior to 3.4.2", "1.0 to 2.0", "1.0 through 2.0".
        self.push(Comparator::GreaterOrEqual, version.clone());
        if self.other_end().is_ok_and(|found| found) {
            return match self.points.last() {
                Some(Point::At(_, to)) if !alike(&version, to) => Err(Unread::Words(version)),
                _ => Ok(()),
            };
        }
        self.at = before;
        self.points.pop();
        self.push(Comparator::Equal, version);
        Ok(())
    }

    /// "Rev B-M": the revisions from one letter to another.
    fn letters(&mut self) -> Option<(String, String)> {
        let announced = ["rev", "rev.", "revision", "revisions"]
            .iter()
            .any(|word| self.follows(&[word]));
        let (from, to) = self.words.get(self.at + 1)?.split_once('-')?;
        let letter =
            |text: &str| text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        if !announced || !letter(from) || !letter(to) {
            return None;
        }
        let ends = (from.to_owned(), to.to_owned());
        self.at += 2;
        Some(ends)
    }

    /// The upper end behind a lower one, if one follows.
    fn other_end(&mut self) -> Result<bool, Unread> {
        let start = self.at;
        let comparator = match self.operator() {
            Some(comparator) if is_upper(comparator) => comparator,
            Some(_) => {
                self.at = start;
                return Ok(false);
            }
            None => {
                self.take(&["and", ","]);
                if self.take(&["to", "-", "through", "thru"]) {
                    Comparator::LessOrEqual
                } else {
                    match self.operator().or_else(|| self.preposition()) {
                        Some(comparator) if is_upper(comparator) => comparator,
                        _ => {
                            self.at = start;
                            return Ok(false);
                        }
                    }
                }
            }
        };
        self.skip_noise();
        let version = self.version(true)?;
        self.push(comparator, version);
        Ok(true)
    }

    fn operator(&mut self) -> Option<Comparator> {
        let comparator = match self.peek()? {
            "<" => Comparator::Less,
            "<=" | "=<" => Comparator::LessOrEqual,
            ">" => Comparator::Greater,
            ">=" | "=>" => Comparator::GreaterOrEqual,
            "=" | "==" => Comparator::Equal,
            "!=" => Comparator::NotEqual,
            _ => return None,
        };
        self.at += 1;
        Some(comparator)
    }

    /// Words in front of a version that make it an end.
    fn preposition(&mut self) -> Option<Comparator> {
        const PHRASES: &[(&[&str], Comparator)] = &[
            (&["up", "to", "and", "including"], Comparator::LessOrEqual),
            (&["up", "to", "including"], Comparator::LessOrEqual),
            (&["up", "to", "but", "not", "including"], Comparator::Less),
            (&["up", "to"], Comparator::LessOrEqual),
            (
                &["prior", "to", "and", "including"],
                Comparator::LessOrEqual,
            ),
            (&["prior", "to"], Comparator::Less),
            (&["previous", "to"], Comparator::Less),
            (&["through"], Comparator::LessOrEqual),
            (&["thru"], Comparator::LessOrEqual),
            (&["until"], Comparator::LessOrEqual),
            (&["before"], Comparator::Less),
            (&["below"], Comparator::Less),
            (&["under"], Comparator::Less),
            (&["preceding"], Comparator::Less),
            (&["earlier", "than"], Comparator::Less),
            (&["older", "than"], Comparator::Less),
            (&["lower", "than"], Comparator::Less),
            (
                &["less", "than", "or", "equal", "to"],
                Comparator::LessOrEqual,
            ),
            (&["less", "than"], Comparator::Less),
            (&["later", "than"], Comparator::Greater),
            (&["newer", "than"], Comparator::Greater),
            (&["higher", "than"], Comparator::Greater),
            (
                &["greater", "than", "or", "equal", "to"],
                Comparator::GreaterOrEqual,
            ),
            (&["greater", "than"], Comparator::Greater),
            (&["above"], Comparator::Greater),
            (&["after"], Comparator::Greater),
            (&["starting", "with"], Comparator::GreaterOrEqual),
            (&["starting", "from"], Comparator::GreaterOrEqual),
            (&["beginning", "with"], Comparator::GreaterOrEqual),
            (&["at", "least"], Comparator::GreaterOrEqual),
            (&["from"], Comparator::GreaterOrEqual),
            (&["since"], Comparator::GreaterOrEqual),
        ];
        let (phrase, comparator) = PHRASES.iter().find(|(phrase, _)| self.follows(phrase))?;
        self.at += phrase.len();
        Some(*comparator)
    }

    /// Words behind a version that make it an end: "and all prior versions", "or later".
    fn postposition(&mut self) -> Option<Comparator> {
        let start = self.at;
        let joined = self.take(&["and", "or", "&", "/"]);
        self.take(&["all", "any"]);
        self.skip_noise();
        let comparator = if self.take(BELOW) {
            Comparator::LessOrEqual
        } else if self.take(ABOVE) {
            Comparator::GreaterOrEqual
        } else {
            self.at = start;
            return None;
        };
        self.skip_noise();
        // "2.0 and prior to 3.0" is another clause; "2.0 below" alone is no phrase.
        let ends = self.done()
            || self
                .peek()
                .is_some_and(|word| matches!(word, "," | "and" | "or"));
        if ends && (joined || comparator == Comparator::LessOrEqual || self.at > start + 1) {
            return Some(comparator);
        }
        self.at = start;
        None
    }

    /// A version with the levels behind it; `bare_letter` lets a lone revision letter pass.
    fn version(&mut self, bare_letter: bool) -> Result<String, Unread> {
        let Some(word) = self.words.get(self.at) else {
            return Err(Unread::NoVersion);
        };
        if is_month(word) {
            return Err(Unread::Date);
        }
        let letter =
            bare_letter && word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let digits = word.contains(|c: char| c.is_ascii_digit());
        let ordinal = ["st", "nd", "rd", "th"]
            .iter()
            .any(|end| word.ends_with(end));
        let prose =
            word.contains(['/', '(', ')', '#', '%', '&', '@', '*']) && !word.ends_with(".*");
        let sentence = word.matches('_').count() > 3;
        if word == "," || !(digits || letter) || ordinal || prose || sentence {
            return Err(self.not_understood());
        }
        let mut version = word.clone();
        self.at += 1;
        while let Some(taken) = self.level() {
            for word in self.words.get(self.at..self.at + taken).unwrap_or_default() {
                version.push(' ');
                version.push_str(word);
            }
            self.at += taken;
        }
        Ok(version)
    }

    /// How many words at this place are a level of the version before: `SP1`, `Update 6`, `F`, `D15`.
    fn level(&self) -> Option<usize> {
        const KINDS: &[&str] = &[
            "sp",
            "service pack",
            "update",
            "upd",
            "u",
            "patch",
            "hf",
            "hotfix",
            "build",
            "mr",
            "mp",
            "fp",
            "cu",
            "rev",
            "revision",
            "beta",
            "rc",
            "alpha",
            "p",
            "r",
        ];
        let word = self.peek()?.to_ascii_lowercase();
        let number = |at: usize| {
            self.words.get(at).is_some_and(|word| {
                word.bytes()
                    .next()
                    .is_some_and(|byte| byte.is_ascii_digit())
            })
        };
        let lettered = word
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_alphabetic());
        let (letters, rest) = word.split_at_checked(
            word.find(|c: char| !c.is_ascii_alphabetic())
                .unwrap_or(word.len()),
        )?;
        let numbered = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
        if lettered && numbered && (KINDS.contains(&letters) || letters.len() == 1) {
            return Some(1);
        }
        if KINDS.contains(&word.as_str()) && number(self.at + 1) {
            return Some(2);
        }
        if word == "service" && self.follows(&["service", "pack"]) && number(self.at + 2) {
            return Some(3);
        }
        if matches!(word.as_str(), "beta" | "alpha" | "rc") {
            return Some(1);
        }
        let original = self.peek()?;
        let letter = original.len() == 1 && original.bytes().all(|byte| byte.is_ascii_uppercase());
        (letter && self.at + 1 == self.words.len()).then_some(1)
    }

    fn push(&mut self, comparator: Comparator, version: String) {
        self.points.push(Point::At(comparator, version));
    }

    fn peek(&self) -> Option<&str> {
        self.words.get(self.at).map(String::as_str)
    }

    fn peek_in(&self, words: &[&str]) -> bool {
        self.peek()
            .is_some_and(|word| words.iter().any(|known| word.eq_ignore_ascii_case(known)))
    }

    fn peek_operator(&self) -> bool {
        self.peek()
            .is_some_and(|word| word.starts_with(['<', '>', '=', '!']))
    }

    /// A further version such as `1.3.2`, not a model number.
    fn peek_dotted(&self) -> bool {
        self.peek().is_some_and(|word| {
            word.contains('.')
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'.')
        })
    }

    fn follows(&self, phrase: &[&str]) -> bool {
        phrase.iter().enumerate().all(|(ahead, expected)| {
            self.words
                .get(self.at + ahead)
                .is_some_and(|word| word.eq_ignore_ascii_case(expected))
        })
    }

    fn take(&mut self, words: &[&str]) -> bool {
        let found = self.peek_in(words);
        self.at += usize::from(found);
        found
    }

    fn skip_noise(&mut self) {
        while self.take(NOISE) {}
    }

    fn done(&self) -> bool {
        self.at >= self.words.len()
    }

    fn not_understood(&self) -> Unread {
        Unread::Words(self.words.get(self.at..).unwrap_or_default().join(" "))
    }
}

fn is_month(word: &str) -> bool {
    const MONTHS: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = word.split('_').next().unwrap_or(word).to_ascii_lowercase();
    name.len() >= 3
        && MONTHS
            .iter()
            .any(|month| *month == name || (name.len() == 3 && month.starts_with(&name)))
}

fn is_lower(comparator: Comparator) -> bool {
    matches!(comparator, Comparator::Greater | Comparator::GreaterOrEqual)
}

fn is_upper(comparator: Comparator) -> bool {
    matches!(comparator, Comparator::Less | Comparator::LessOrEqual)
}

/// A bare number of three digits or more that is no year: as likely a model as a version.
fn may_be_model(version: &str) -> bool {
    let year = version.len() == 4 && (version.starts_with("19") || version.starts_with("20"));
    version.len() >= 3 && version.bytes().all(|byte| byte.is_ascii_digit()) && !year
}

/// Whether two texts can be the two ends of one stretch: what stands before their numbers is alike.
fn alike(a: &str, b: &str) -> bool {
    let prefix = |text: &str| {
        let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
        text.find(|c: char| c.is_ascii_digit())
            .unwrap_or(text.len())
    };
    prefix(a) == prefix(b)
}

/// Points in the order of the text become stretches: a lower end waits for the upper end behind it.
fn assemble(points: Vec<Point>) -> Result<Vec<Range>, Unread> {
    let mut ranges: Vec<Range> = Vec::new();
    let mut from: Option<End> = None;
    let mut open_below = 0;
    for point in points {
        let (comparator, version) = match point {
            Point::All => {
                ranges.push(Range::All);
                continue;
            }
            Point::Named(name) => {
                ranges.push(Range::Named(name));
                continue;
            }
            Point::At(comparator, version) => (comparator, version),
        };
        let inclusive = matches!(
            comparator,
            Comparator::LessOrEqual | Comparator::GreaterOrEqual
        );
        match comparator {
            Comparator::Equal | Comparator::NotEqual if from.is_some() => {
                return Err(Unread::Branches);
            }
            Comparator::Equal if may_be_model(&version) => ranges.push(Range::Named(version)),
            Comparator::Equal => ranges.push(Range::Exactly(version)),
            Comparator::NotEqual => ranges.push(Range::Except(version)),
            _ if is_lower(comparator) => {
                if from.replace(End { version, inclusive }).is_some() {
                    return Err(Unread::Branches);
                }
            }
            _ => {
                open_below += usize::from(from.is_none());
                if let Some(from) = &from
                    && compare(Scheme::Generic, &from.version, &version) == Ok(Ordering::Greater)
                {
                    return Err(Unread::Inverted {
                        from: from.version.clone(),
                        to: version,
                    });
                }
                ranges.push(Range::Between {
                    from: from.take(),
                    to: Some(End { version, inclusive }),
                });
            }
        }
    }
    if from.is_some() {
        ranges.push(Range::Between { from, to: None });
    }
    let excluding = ranges
        .iter()
        .filter(|range| matches!(range, Range::Except(_)))
        .count();
    if open_below > 1 || (excluding > 0 && ranges.len() > 1) {
        return Err(Unread::Branches);
    }
    if ranges.is_empty() {
        return Err(Unread::NoVersion);
    }
    Ok(ranges)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match parse(text) {
            Ok(ranges) => ranges
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" || "),
            Err(why) => format!("? {why}"),
        }
    }

    #[test]
    fn what_advisories_write_is_read() {
        for (text, expected) in [
            ("Version 1.1.0 and below", "<=1.1.0"),
            ("Versions 2.0.3 and lower", "<=2.0.3"),
            ("1.4 and all prior versions", "<=1.4"),
            ("All versions prior to 3.2 SP1", "<3.2 SP1"),
            (
                "All versions prior to 3.2 Service Pack 01",
                "<3.2 Service Pack 01",
            ),
            ("<=12.1.3", "<=12.1.3"),
            ("=< 3.5.20304.x", "<=3.5.20304.x"),
            ("R5.x", "R5.x"),
            ("4.0 or later", ">=4.0"),
            ("3.0+", ">=3.0"),
            ("All versions", "*"),
            ("vers:all/*", "*"),
            ("vers:generic/>=1.0|<2.0", ">=1.0 <2.0"),
            (">= 1.0.0  | <= 1.3.1", ">=1.0.0 <=1.3.1"),
            (">= V2.0 < V2.1.4", ">=V2.0 <V2.1.4"),
            (">= V3.0 and < V4.1", ">=V3.0 <V4.1"),
            ("All versions V14 < V14 SP3", ">=V14 <V14 SP3"),
            (
                "> 4.001 | < 4.005 | > 5.011 | < 5.017",
                ">4.001 <4.005 || >5.011 <5.017",
            ),
            ("1.1 | 1.2 | 1.4", "1.1 || 1.2 || 1.4"),
            ("6.011 and 6.012", "6.011 || 6.012"),
            ("7.1, 7.2, and 7.3", "7.1 || 7.2 || 7.3"),
            ("(Release 1.3.2 1.4.0 1.4.1)", "1.3.2 || 1.4.0 || 1.4.1"),
            ("versions 1.0 through 2.3", ">=1.0 <=2.3"),
            ("Version 1.0 to 2.3", ">=1.0 <=2.3"),
            ("from 1.0 before 2.3", ">=1.0 <2.3"),
            ("prior to 3.2 and later than 2.0", ">2.0 <3.2"),
            ("3.x prior to 3.4.2", ">=3.x <3.4.2"),
            ("between 1.0 and 2.0", ">=1.0 <=2.0"),
            ("<= 2.01 (end-of-life Nov 2017)", "<=2.01"),
            ("< V4.4 SP3 HF5", "<V4.4 SP3 HF5"),
            ("<V7.4_SP1_Update_23", "<V7.4_SP1_Update_23"),
            ("<= 1.05 F", "<=1.05 F"),
            ("<= K", "<=K"),
            ("5.x.x", "5.x.x"),
            ("< 1.99 | 2.20", "<1.99 || 2.20"),
            ("V2.0 and V3.0 and earlier", "V2.0 || <=V3.0"),
            ("882160 Gemini Dual", "`882160 Gemini Dual`"),
            ("2nd Edition", "`2nd Edition`"),
            ("620 | 650 | 650c", "`620` || `650` || 650c"),
            (
                "base units (BU)|handheld base units (HBU)",
                "`base units (BU)` || `handheld base units (HBU)`",
            ),
            ("Rev B-M", ">=B <=M"),
            ("A.01 <= C.0x | 4.0", ">=A.01 <=C.0x || 4.0"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_understood_whole_is_not_read() {
        for text in [
            "< 19.0.1 | < 18.0.1 | < 15.0.1",
            ">= V5.2.0 < V5.3 only when running on ROX II V2.14.0",
            "* running on old, unsupported operating systems such as Windows 2000",
            "< november 29 2017",
            "<May_1_2024",
            "unspecified",
            "<= 7.20 (7.50 and 7.60 may also be affected)",
            "5 digits of serial number <= 24031",
            ">= 1.0 | >= 2.4",
            ">= 4.5.0 | =< 3.5.20304",
            "NMC2 <= 6.9.6",
            "Inform II Base Unit NEW with Software 04.00.00 or newer",
            "Rev J-M | (X3/MX100 for Rev M only)",
            "<with_Nozomi_Guardian_/_CMC_23.4.1",
            "",
        ] {
            assert!(parse(text).is_err(), "{text}: {}", read(text));
        }
    }

    #[test]
    fn a_name_in_place_of_a_version_never_says_out() {
        let models = parse("MMT-508 MiniMed pump | 650").unwrap();
        assert_eq!(
            contains(&models, Some(Scheme::Generic), "mmt-508 minimed pump"),
            Containment::In
        );
        assert_eq!(
            contains(&models, Some(Scheme::Generic), "1.2"),
            Containment::Undetermined(Reason::Named)
        );
    }

    #[test]
    fn a_range_in_prose_answers_like_any_other() {
        let ranges = parse("All versions prior to 3.2 SP1").unwrap();
        let answer = |version| contains(&ranges, Some(Scheme::Generic), version);
        assert_eq!(answer("3.1 SP4"), Containment::In);
        assert_eq!(answer("3.2"), Containment::In);
        assert_eq!(answer("3.2 SP1"), Containment::Out);
        assert!(matches!(answer("3.2 HF2"), Containment::Undetermined(_)));
        let series = parse("R5.x | 6.1").unwrap();
        assert_eq!(
            contains(&series, Some(Scheme::Generic), "R5.2.1"),
            Containment::In
        );
        assert_eq!(
            contains(&series, Some(Scheme::Generic), "5.9"),
            Containment::In
        );
        assert_eq!(
            contains(&series, Some(Scheme::Generic), "7.0"),
            Containment::Out
        );
    }
}
