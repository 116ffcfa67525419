//! Seeded random pairs of version texts: shapes that an ecosystem has, and what people make of them.

use serde::Deserialize;

/// What the versions of an ecosystem look like.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Texts {
    /// Whole versions, in which `#` is a number, `?` a digit, `@` a word, `%` a separator, `$` a hash, `&` a date.
    pub(crate) shapes: Vec<String>,
    /// Words that occur, and some that should not.
    pub(crate) words: Vec<String>,
    /// Separators that occur, and some that should not.
    pub(crate) separators: Vec<String>,
    /// Of a hundred texts, how many are numbers, words and separators in any order.
    #[serde(default = "many")]
    loose: u64,
    /// Of a hundred changes to a text, how many take no heed of its shape.
    #[serde(default = "many")]
    odd: u64,
}

fn many() -> u64 {
    25
}

/// Characters that no ecosystem means, or that some take for digits or letters.
const STRANGE: &[&str] = &[
    "é", "ß", "İ", "٣", "Ⅳ", "漢", "🜁", "!", "#", "*", "/", "=", ",", "%", "&", " ", "\u{a0}",
    "\u{200b}", "'", "(", "\\",
];

/// An endless row of pairs that depends on nothing but the seed and the texts.
#[derive(Debug, Clone)]
pub(crate) struct Pairs {
    texts: Texts,
    random: Random,
    left: u64,
}

impl Pairs {
    /// `count` pairs.
    pub(crate) fn new(texts: &Texts, seed: u64, count: u64) -> Self {
        Self {
            texts: texts.clone(),
            random: Random(seed),
            left: count,
        }
    }
}

impl Iterator for Pairs {
    type Item = (String, String);

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let (texts, random) = (&self.texts, &mut self.random);
        let a = texts.text(random);
        // Versions that differ little are where orders go wrong.
        let b = match random.below(100) {
            0..55 => texts.shaken(&a, 1, random),
            55..75 => texts.shaken(&a, 3, random),
            75..85 => texts.with_tail_of_another(&a, random),
            _ => texts.text(random),
        };
        Some(if random.below(2) == 0 { (a, b) } else { (b, a) })
    }
}

impl Texts {
    fn text(&self, random: &mut Random) -> String {
        let text = if random.below(100) < self.loose {
            self.loose(random)
        } else {
            self.shaped(random)
        };
        if random.below(8) == 0 {
            self.shaken(&text, 2, random)
        } else {
            clean(&text)
        }
    }

    /// A shape with its marks filled in.
    fn shaped(&self, random: &mut Random) -> String {
        let mut text = String::new();
        for mark in random.pick(&self.shapes).as_str().chars() {
            match mark {
                '#' => text.push_str(&number(random)),
                '@' => text.push_str(random.pick(&self.words).as_str()),
                '%' => text.push_str(random.pick(&self.separators).as_str()),
                '$' => {
                    for _ in 0..4 + random.below(9) {
                        text.push(char::from(random.pick(b"0123456789abcdef").to_owned()));
                    }
                }
                '?' => text.push_str(&random.below(10).to_string()),
                '&' => text.push_str(&date(random)),
                literal => text.push(literal),
            }
        }
        text
    }

    /// Numbers, words and separators in any order.
    fn loose(&self, random: &mut Random) -> String {
        let mut text = String::new();
        for _ in 0..=random.below(8) {
            text.push_str(&self.piece(random));
        }
        text
    }

    fn piece(&self, random: &mut Random) -> String {
        match random.below(10) {
            0..5 => number(random),
            5..8 => random.pick(&self.separators).clone(),
            _ => random.pick(&self.words).clone(),
        }
    }

    /// The text with some of its pieces changed, as a next release, a typing error or a foe would.
    fn shaken(&self, text: &str, times: u64, random: &mut Random) -> String {
        let mut pieces = pieces(text);
        for _ in 0..times {
            let at = usize::try_from(random.below(pieces.len() as u64 + 1)).unwrap_or_default();
            if random.below(100) < self.odd {
                self.distort(&mut pieces, at, random);
            } else if let Some(piece) = pieces.get_mut(at) {
                *piece = self.next_of(piece, random);
            }
        }
        clean(&pieces.concat())
    }

    /// Another number for a number, another word for a word.
    fn next_of(&self, piece: &str, random: &mut Random) -> String {
        let value = piece.parse::<u64>().ok();
        let width = piece.len();
        match (value, random.below(8)) {
            (Some(value), 0..3) => format!("{:0width$}", value.wrapping_add(1)),
            (Some(value), 3) => format!("{:0width$}", value.saturating_sub(1)),
            (Some(_), 4) => format!("0{piece}"),
            (Some(_), 5) => format!("{piece}0"),
            (Some(_), _) => number(random),
            (None, 0) => piece.to_uppercase(),
            (None, 1) => piece.to_lowercase(),
            (None, _) if piece.starts_with(char::is_alphabetic) => random.pick(&self.words).clone(),
            (None, _) => piece.to_owned(),
        }
    }

    /// A change that takes no heed of the text's shape.
    fn distort(&self, pieces: &mut Vec<String>, at: usize, random: &mut Random) {
        let between = |random: &mut Random| random.pick(&self.separators).clone();
        match (random.below(12), pieces.get(at).cloned()) {
            (0..2, Some(_)) => drop(pieces.remove(at)),
            (2, Some(piece)) => pieces.insert(at, piece),
            (3, _) => pieces.truncate(at),
            (4, _) => pieces.push(format!(".{}", number(random))),
            (5, _) => pieces.push(".0".to_owned()),
            (6, _) => pieces.push(format!("{}{}", between(random), random.pick(&self.words))),
            (7..9, Some(_)) => pieces[at] = between(random),
            (9, _) if random.below(4) == 0 => pieces.insert(at, (*random.pick(STRANGE)).to_owned()),
            _ => pieces.insert(at, self.piece(random)),
        }
    }

    /// The beginning of one version and the end of another.
    fn with_tail_of_another(&self, text: &str, random: &mut Random) -> String {
        let mut head = pieces(text);
        let tail = pieces(&self.text(random));
        let cut = |length: usize, random: &mut Random| {
            usize::try_from(random.below(length as u64 + 1)).unwrap_or_default()
        };
        head.truncate(cut(head.len(), random));
        let from = cut(tail.len(), random);
        head.extend_from_slice(&tail[from..]);
        clean(&head.concat())
    }
}

/// Runs of digits, runs of letters, every other character alone.
fn pieces(text: &str) -> Vec<String> {
    let kind = |c: char| match c {
        '0'..='9' => 1,
        c if c.is_alphabetic() => 2,
        _ => 0,
    };
    let mut pieces: Vec<String> = Vec::new();
    let mut last = 0;
    for c in text.chars() {
        let this = kind(c);
        match pieces.last_mut() {
            Some(piece) if this != 0 && this == last => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
        last = this;
    }
    pieces
}

/// No white space at the ends, which is not part of a version, and never nothing.
fn clean(text: &str) -> String {
    let text = text.trim().trim_matches('\u{200b}').trim();
    if text.is_empty() {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

fn number(random: &mut Random) -> String {
    match random.below(100) {
        0..18 => "0".to_owned(),
        18..60 => (1 + random.below(9)).to_string(),
        60..80 => random.below(100).to_string(),
        80..87 => random.below(1000).to_string(),
        87..90 => (2000 + random.below(30)).to_string(),
        90..92 => date(random),
        92..96 => format!("{}{}", random.pick(&["0", "00", "000"]), random.below(30)),
        96..98 => format!("{}00", random.below(20)),
        _ => {
            let mut digits = String::new();
            for _ in 0..9 + random.below(16) {
                digits.push_str(&random.below(10).to_string());
            }
            digits
        }
    }
}

fn date(random: &mut Random) -> String {
    format!(
        "{}{:02}{:02}",
        1998 + random.below(30),
        1 + random.below(12),
        1 + random.below(28)
    )
}

/// SplitMix64 (Steele, Lea and Flood, 2014): small, and the same everywhere.
#[derive(Debug, Clone)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not zero.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[usize::try_from(self.below(from.len() as u64)).unwrap_or_default()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> Texts {
        Texts {
            shapes: vec!["#.#.#-@#".to_owned(), "$&%".to_owned()],
            words: vec!["rc".to_owned()],
            separators: vec![".".to_owned()],
            loose: 25,
            odd: 50,
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_pairs() {
        let pairs = |seed| Pairs::new(&texts(), seed, 50).collect::<Vec<_>>();
        assert_eq!(pairs(7), pairs(7));
        assert_ne!(pairs(7), pairs(8));
        assert_eq!(pairs(7).len(), 50);
    }

    #[test]
    fn a_text_fits_in_its_line() {
        for (a, b) in Pairs::new(&texts(), 3, 5000) {
            for text in [a, b] {
                assert!(!text.is_empty() && text == text.trim(), "{text:?}");
                assert!(!text.contains(['\t', '\n', '\r']), "{text:?}");
            }
        }
    }
}
