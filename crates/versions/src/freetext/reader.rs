//! One part of a text, word by word.

use super::Unread;
use super::stretches::{Point, alike, is_lower, is_upper};
use super::tokens::is_condition;
use super::version::{hyphenated, is_capital, run_together, same_shape, split_letters, version};
use super::words::{
    ABOVE, AFFECTED, BELOW, BY, INCLUDING, JOINT, NOISE, PREPOSITIONS, REVISION, RUNNING, SIGNS,
    UP_TO, WHOLE, WIDENING, listed,
};
use crate::vers::Comparator;

/// Reads the words of a part to points; what they demand besides is the answer.
pub(super) fn read(words: &[String], points: &mut Vec<Point>) -> Result<Option<String>, Unread> {
    Reader {
        words,
        at: 0,
        announced: false,
        points,
    }
    .read()
}

struct Reader<'a> {
    words: &'a [String],
    at: usize,
    /// Whether "revision" stands in front, so that a lone letter is one.
    announced: bool,
    points: &'a mut Vec<Point>,
}

impl Reader<'_> {
    fn read(mut self) -> Result<Option<String>, Unread> {
        let start = self.points.len();
        while self.take(JOINT) {}
        let opening = self.at;
        let mut all = self.take(WHOLE);
        self.announce();
        let star = self.take(&["*"]);
        all |= star;
        if all && (self.done() || self.skip_verdict()) {
            self.points.push(Point::All);
            return Ok(None);
        }
        // `* (end of life)` is everything; `* running on …`, "versions including …" are so on a condition.
        if self.at > opening && self.peek().is_some_and(is_condition) {
            self.points.push(Point::All);
            return Ok(Some(self.rest()));
        }
        if star {
            return Err(self.not_understood());
        }
        loop {
            self.clause(all)?;
            if self.skip_verdict() || self.done() {
                break;
            }
            if self.peek().is_some_and(is_condition) {
                return self.condition();
            }
            let joined = self.take(JOINT);
            while self.take(JOINT) {}
            let bare = self.at;
            self.announce();
            if self.done() {
                return Err(Unread::NoVersion);
            }
            // Without a joint only an operator or a further version of a like shape may follow; the two
            // numbers of "10 Version 1607" are one version.
            let listed = self.peek_like() && self.at == bare;
            if !joined && !self.peek_sign() && !listed && !self.peek_in(BELOW) {
                return Err(self.not_understood());
            }
        }
        // "prior to 3.2 and later than 2.0": the two ends of one stretch, whatever their order.
        if let Some(
            [
                Point::At { comparator: a, .. },
                Point::At { comparator: b, .. },
            ],
        ) = self.points.get(start..)
            && is_upper(*a)
            && is_lower(*b)
        {
            self.points.swap(start, start + 1);
        }
        Ok(None)
    }

    /// One end, one version, or one stretch.
    fn clause(&mut self, all: bool) -> Result<(), Unread> {
        if let Some(comparator) = self.sign() {
            self.announce();
            let version = self.version(true)?;
            self.end(comparator, version, true);
            return Ok(());
        }
        if self.take(&["between"]) {
            self.announce();
            let from = self.version(true)?;
            if !self.take(&["and", "to", "-"]) {
                return Err(self.not_understood());
            }
            self.announce();
            let to = self.version(true)?;
            self.stretch(from, to);
            self.take(&["inclusive"]);
            return Ok(());
        }
        if let Some(comparator) = self.preposition() {
            self.announce();
            let version = self.version(true)?;
            self.end(comparator, version, true);
            // "from 1.0 to 2.0", "from 1.0 before 2.0".
            if is_lower(comparator) && !self.done() {
                self.other_end()?;
            }
            self.take(&["inclusive"]);
            return Ok(());
        }
        if let Some((from, to)) = self.stretch_in_a_word() {
            self.stretch(from, to);
            return Ok(());
        }
        if let Some(versions) = self.peek().and_then(run_together) {
            self.at += 1;
            for version in versions {
                self.end(Comparator::Equal, version, false);
            }
            return Ok(());
        }
        let letter = all || self.announced || self.is_letter_with_postposition();
        let version = self.version(letter)?;
        if let Some(open) = version.strip_suffix('+').filter(|open| !open.is_empty()) {
            let open = open.to_owned();
            self.end(Comparator::GreaterOrEqual, open, false);
            return Ok(());
        }
        if let Some(comparator) = self.postposition() {
            self.end(comparator, version, false);
            return Ok(());
        }
        if self.take(&[":"]) {
            return self.within(version);
        }
        let before = self.at;
        // "V14 < V14 SP3", "3.x prior to 3.4.2", "1.0 to 2.0", "1.0 through 2.0".
        self.end(Comparator::GreaterOrEqual, version.clone(), false);
        if self.other_end().is_ok_and(|found| found) {
            self.take(&["inclusive"]);
            return match self.points.last() {
                Some(Point::At { version: to, .. }) if !alike(&version, to) => {
                    Err(Unread::Words(version))
                }
                _ => Ok(()),
            };
        }
        self.at = before;
        self.points.pop();
        self.end(Comparator::Equal, version, false);
        Ok(())
    }

    /// "8.10.0.0: 8.10.0.12 and below", "V4.7: < V4.7 HF27": an end within a line of versions.
    fn within(&mut self, line: String) -> Result<(), Unread> {
        let all = self.take(WHOLE);
        self.announce();
        if all && self.done() {
            self.end(Comparator::Equal, line, false);
            return Ok(());
        }
        self.end(Comparator::GreaterOrEqual, line.clone(), false);
        let start = self.points.len();
        self.clause(all)?;
        match self.points.get(start..) {
            Some(
                [
                    Point::At {
                        comparator,
                        version,
                        ..
                    },
                ],
            ) if is_upper(*comparator) && alike(&line, version) => Ok(()),
            _ => Err(Unread::Words(line)),
        }
    }

    /// The upper end behind a lower one, if one follows.
    fn other_end(&mut self) -> Result<bool, Unread> {
        let start = self.at;
        self.take(&["and", ","]);
        let comparator = if let Some(comparator) = self.sign() {
            Some(comparator)
        } else if let Some(phrase) = UP_TO.iter().find(|phrase| self.follows(phrase)) {
            // "up to and including", "up to but not including" say more.
            let longer = self.preposition();
            if longer.is_none() {
                self.at += phrase.len();
            }
            Some(longer.unwrap_or(Comparator::LessOrEqual))
        } else {
            self.preposition()
        };
        let Some(comparator) = comparator.filter(|comparator| is_upper(*comparator)) else {
            self.at = start;
            return Ok(false);
        };
        self.announce();
        let version = self.version(true)?;
        self.end(comparator, version, true);
        Ok(true)
    }

    /// "Rev B-M", "4.0-4.3.2", "VB30A-VB50": two ends in one word.
    fn stretch_in_a_word(&mut self) -> Option<(String, String)> {
        let word = self.peek()?;
        let (from, to) = match word.split_once('-') {
            Some((from, to)) if self.announced && is_capital(from) && is_capital(to) => (from, to),
            _ => hyphenated(word)?,
        };
        let ends = (from.to_owned(), to.to_owned());
        self.at += 1;
        Some(ends)
    }

    fn sign(&mut self) -> Option<Comparator> {
        let word = self.peek()?;
        let (_, comparator) = SIGNS.iter().find(|(sign, _)| *sign == word)?;
        self.at += 1;
        Some(*comparator)
    }

    /// Words in front of a version that make it an end.
    fn preposition(&mut self) -> Option<Comparator> {
        PREPOSITIONS
            .iter()
            .find_map(|(phrase, comparator)| {
                let mut at = self.at;
                for expected in *phrase {
                    // "up to, but not including".
                    while at > self.at && self.words.get(at).is_some_and(|word| word == ",") {
                        at += 1;
                    }
                    self.words
                        .get(at)
                        .filter(|word| word.eq_ignore_ascii_case(expected))?;
                    at += 1;
                }
                Some((at, *comparator))
            })
            .map(|(at, comparator)| {
                self.at = at;
                while self.take(&[","]) {}
                comparator
            })
    }

    /// Words behind a version that make it an end: "and all prior versions", "or later".
    fn postposition(&mut self) -> Option<Comparator> {
        let start = self.at;
        let joined = self.take(&["and", "or", "&", "/"]);
        self.take(WHOLE);
        self.announce();
        let comparator = if self.take(BELOW) {
            Comparator::LessOrEqual
        } else if self.take(ABOVE) {
            Comparator::GreaterOrEqual
        } else {
            self.at = start;
            return None;
        };
        self.announce();
        // "2.0 and prior to 3.0" is another clause; "2.0 below" alone is no phrase.
        let ends = self.done()
            || self.is_verdict()
            || self
                .peek()
                .is_some_and(|word| matches!(word, "," | "and" | "or") || is_condition(word));
        if ends && (joined || comparator == Comparator::LessOrEqual || self.at > start + 1) {
            return Some(comparator);
        }
        self.at = start;
        None
    }

    /// Everything that is left, as a condition; it must not add versions to the range.
    fn condition(&self) -> Result<Option<String>, Unread> {
        let rest = self.words.get(self.at..).unwrap_or_default();
        if let [only] = rest
            && only.eq_ignore_ascii_case("only")
        {
            return Ok(None);
        }
        let adds = self.peek_in(INCLUDING)
            && rest
                .iter()
                .any(|word| word.contains(|c: char| c.is_ascii_digit()));
        let goes_on = rest.iter().any(|word| {
            listed(word, JOINT) || listed(word, WIDENING) || word.starts_with(['<', '>'])
        });
        if adds || goes_on {
            return Err(self.not_understood());
        }
        Ok(Some(self.rest()))
    }

    /// "are affected by this vulnerability" and the like say nothing more.
    fn skip_verdict(&mut self) -> bool {
        let verdict = self.is_verdict();
        if verdict {
            self.at = self.words.len();
        }
        verdict
    }

    fn is_verdict(&self) -> bool {
        let words = match self.words.get(self.at..) {
            Some([be, words @ ..]) if listed(be, &["is", "are"]) => words,
            other => other.unwrap_or_default(),
        };
        let Some((what, more)) = words.split_first() else {
            return false;
        };
        listed(what, AFFECTED)
            && more
                .iter()
                .all(|word| listed(word, BY) || word.to_ascii_uppercase().starts_with("CVE-"))
    }

    /// A version at this place.
    fn version(&mut self, letter: bool) -> Result<String, Unread> {
        let (version, taken) = version(self.words.get(self.at..).unwrap_or_default(), letter)?;
        self.at += taken;
        Ok(version)
    }

    fn stretch(&mut self, from: String, to: String) {
        self.end(Comparator::GreaterOrEqual, from, false);
        self.end(Comparator::LessOrEqual, to, false);
    }

    fn end(&mut self, comparator: Comparator, version: String, shared: bool) {
        self.points.push(Point::At {
            comparator,
            version,
            shared,
        });
    }

    /// Passes over the words that only announce a version.
    fn announce(&mut self) {
        self.announced = false;
        loop {
            if self.is_running() {
                self.at += 1;
            } else if self.peek_in(REVISION) {
                self.announced = true;
                self.at += 1;
            } else if self.peek_in(NOISE) && !self.is_last_letter() {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// "running software versions", "with firmware": no condition.
    fn is_running(&self) -> bool {
        self.peek_in(RUNNING)
            && self
                .words
                .get(self.at + 1)
                .is_some_and(|word| listed(word, &["software", "firmware", "version", "versions"]))
    }

    /// A capital at the end of the text is a revision, even if it is a V.
    fn is_last_letter(&self) -> bool {
        self.at + 1 == self.words.len() && self.peek().is_some_and(is_capital)
    }

    fn is_letter_with_postposition(&self) -> bool {
        let next = self.words.get(self.at + 1);
        self.peek().is_some_and(is_capital)
            && next.is_some_and(|word| listed(word, &["and", "or"]) || listed(word, BELOW))
            && self
                .words
                .get(self.at + 1..)
                .unwrap_or_default()
                .iter()
                .any(|word| listed(word, BELOW) || listed(word, ABOVE))
    }

    fn peek(&self) -> Option<&str> {
        self.words.get(self.at).map(String::as_str)
    }

    fn peek_in(&self, words: &[&str]) -> bool {
        self.peek().is_some_and(|word| listed(word, words))
    }

    fn peek_sign(&self) -> bool {
        self.peek()
            .is_some_and(|word| word.starts_with(['<', '>', '=', '!']))
    }

    /// A further version of the shape of the one before: `1.3.2 1.4.0`, `B.02 C.02`.
    fn peek_like(&self) -> bool {
        let (Some(word), Some(Point::At { version, .. })) = (self.peek(), self.points.last())
        else {
            return false;
        };
        let is_dotted = |text: &str| {
            text.starts_with(|c: char| c.is_ascii_digit())
                && text.contains('.')
                && !text.contains(' ')
        };
        let family = |text: &str| split_letters(text).0.to_ascii_lowercase();
        let is_family = !family(word).is_empty() && family(word) == family(version);
        (is_dotted(word) && is_dotted(version))
            || (is_family && word.contains(|c: char| c.is_ascii_digit()))
            || (word.contains(|c: char| c.is_ascii_digit()) && same_shape(version, word))
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

    fn done(&self) -> bool {
        self.at >= self.words.len()
    }

    fn rest(&self) -> String {
        self.words
            .get(self.at..)
            .unwrap_or_default()
            .join(" ")
            .replace(" ,", ",")
    }

    fn not_understood(&self) -> Unread {
        Unread::Words(self.rest())
    }
}
