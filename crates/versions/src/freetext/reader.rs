//! One part of a text, word by word.

use super::Unread;
use crate::vers::Comparator;

/// What a text says, in its order.
#[derive(Debug)]
pub(super) enum Point {
    All,
    Named(String),
    At(Comparator, String),
}

/// Words that narrow a range or need understanding; a text with one of them is never a mere name.
pub(super) const NARROWING: &[&str] = &[
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

/// Words, with operators as words of their own.
pub(super) fn words(part: &str) -> Vec<String> {
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

pub(super) struct Reader<'a> {
    pub(super) words: &'a [String],
    pub(super) at: usize,
    pub(super) points: &'a mut Vec<Point>,
}

/// Words that only announce a version.
const NOISE: &[&str] = &[
    "version", "versions", "software", "firmware", "release", "releases", "ver", "ver.", "v", "v.",
    "sw", "fw",
];

/// Words that put the versions below one.
pub(super) const BELOW: &[&str] = &[
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
/// Words that put the versions above one.
pub(super) const ABOVE: &[&str] = &[
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
    pub(super) fn read(mut self) -> Result<(), Unread> {
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

pub(super) fn is_lower(comparator: Comparator) -> bool {
    matches!(comparator, Comparator::Greater | Comparator::GreaterOrEqual)
}

fn is_upper(comparator: Comparator) -> bool {
    matches!(comparator, Comparator::Less | Comparator::LessOrEqual)
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
