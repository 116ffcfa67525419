//! Seeded mutations of sound papers, for every reader.

use isocenter_model::Reading;
use isocenter_model::text::printable;
use serde_json::{Value, json};

/// What holds of every reading: its problems are few and safe to print.
#[track_caller]
pub(crate) fn is_safe(reading: &Reading) {
    assert!(reading.problems.len() < 1_000, "{}", reading.problems.len());
    for problem in &reading.problems {
        let place = problem.at.to_string();
        assert_eq!(printable(&place), place.as_str());
        for text in [Some(&problem.message), problem.hint.as_ref()]
            .into_iter()
            .flatten()
        {
            assert_eq!(printable(text), text.as_str());
            assert!(text.len() < 2_000, "{}", text.len());
        }
    }
}

/// Runs a reader on `runs` seeded mutations of a paper.
pub(crate) fn run(runs: u64, original: &[u8], read: impl Fn(&[u8]) -> Option<Reading>) {
    for seed in 1..=runs {
        let bytes = mutated(
            original,
            &mut Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)),
        );
        if let Some(reading) = read(&bytes) {
            is_safe(&reading);
        }
    }
}

/// Runs a reader on `runs` seeded mutations of a JSON paper that stay JSON, so that they reach behind the parser.
pub(crate) fn run_json(runs: u64, original: &str, read: impl Fn(&[u8]) -> Option<Reading>) {
    let original: Value = serde_json::from_str(original).unwrap();
    for seed in 1..=runs {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut paper = original.clone();
        for _ in 0..=random.below(4) {
            let copy = random_value(&paper, &mut random).clone();
            let at = random_value_mut(&mut paper, &mut random);
            *at = match random.below(12) {
                0 => Value::Null,
                1 => json!([]),
                2 => json!({}),
                3 => json!(""),
                4 => json!(-1),
                5 => json!(1e300),
                6 => json!(true),
                7 => json!([at.clone(), copy]),
                8 => json!({"a": at.clone(), "\u{202e}/~": copy}),
                9 => json!("x\u{1b}[2J\u{0}".repeat(random.below(400))),
                10 => at
                    .as_str()
                    .map_or(copy, |text| json!(odd(text, &mut random))),
                _ => copy,
            };
        }
        if let Some(reading) = read(paper.to_string().as_bytes()) {
            is_safe(&reading);
        }
    }
}

/// A text that begins or ends as `text` does.
fn odd(text: &str, random: &mut Random) -> String {
    let at = text.floor_char_boundary(random.below(text.len() + 1));
    let piece = PIECES[random.below(PIECES.len())];
    let piece = String::from_utf8_lossy(piece);
    match random.below(4) {
        0 => text[..at].to_owned(),
        1 => text[at..].to_owned(),
        2 => format!("{}{piece}{}", &text[..at], &text[at..]),
        _ => text.to_uppercase(),
    }
}

fn random_value<'v>(value: &'v Value, random: &mut Random) -> &'v Value {
    let count = match value {
        Value::Array(list) => list.len(),
        Value::Object(object) => object.len(),
        _ => 0,
    };
    if count == 0 || random.below(6) == 0 {
        return value;
    }
    let at = random.below(count);
    match value {
        Value::Array(list) => random_value(&list[at], random),
        Value::Object(object) => random_value(object.values().nth(at).unwrap(), random),
        other => other,
    }
}

fn random_value_mut<'v>(value: &'v mut Value, random: &mut Random) -> &'v mut Value {
    let count = match value {
        Value::Array(list) => list.len(),
        Value::Object(object) => object.len(),
        _ => 0,
    };
    if count == 0 || random.below(6) == 0 {
        return value;
    }
    let at = random.below(count);
    match value {
        Value::Array(list) => random_value_mut(&mut list[at], random),
        Value::Object(object) => random_value_mut(object.values_mut().nth(at).unwrap(), random),
        other => other,
    }
}

/// A small generator (xorshift64*), so that a failure comes back with its seed.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }

    pub(crate) fn byte(&mut self) -> u8 {
        u8::try_from(self.next() >> 56).unwrap()
    }
}

/// Pieces that mean something to one of the formats.
const PIECES: &[&[u8]] = &[
    b"<",
    b">",
    b"&",
    b"&#0;",
    b"&#x10FFFF;",
    b"&x;",
    b"]]>",
    b"<!--",
    b"<![CDATA[",
    b"<!DOCTYPE x>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"<!ENTITY",
    b" xmlns='urn:x'",
    b" xmlns:x='urn:x'",
    b"<x:y/>",
    b"</",
    b"/>",
    b"<?xml version='1.0' encoding='UTF-16'?>",
    b"</c>",
    b"<c r=\"ZZZZZZ1\">",
    b"t=\"s\"",
    b"r=\"A0\"",
    b"<row r=\"18446744073709551616\">",
    b"\"",
    b"'",
    b",",
    b";",
    b"\n",
    b"\r",
    b"\t",
    b"\0",
    b"=",
    b"\xFF\xFE",
    b"\xEF\xBB\xBF",
    b"\xC3",
    b"1e309",
    b"-1",
    b"99999999999999999999",
    b"NaN",
    b"_xD800_",
    b"_x0000_",
    b"Note 99999",
    b"CONN-999.999",
    b"DOC-1",
    b"W-0123456789",
    b"Notes:",
    b"(OTHR)",
    b"31.02.2020",
    b"00/00/0000",
    b"[columns]",
    b"kept: ",
    b"<text>",
    b"</text>",
    b"SPDXRef-DOCUMENT",
    b"NOASSERTION",
    b"&a ",
    b"*a",
    b"\n- ",
    b"? ",
    b": |\n",
    b"\n---\n",
    b"[",
    b"{",
    b"\xFE\xFF\x00\xE0\xFF\xFF\xFF\xFF",
    b"\xFE\xFF\x0D\xE0\0\0\0\0",
    b"\xFE\xFF\xDD\xE0\0\0\0\0",
    b"\xFF\xFF\xFF\xFF",
    b"SQ\0\0",
    b"\x18\0\x0A\x10",
    "\u{202e}".as_bytes(),
    "\u{fffd}".as_bytes(),
];

fn mutated(original: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(40)).min(bytes.len());
        match random.below(6) {
            0 => {
                bytes.drain(at..end);
            }
            1 => {
                let copy = bytes[at..end].to_vec();
                let to = random.below(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            2 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
            3 => bytes.truncate(at),
            _ => {
                let piece = PIECES[random.below(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
        }
    }
    bytes
}

/// Runs a reader on `runs` seeded mutations of a JSON paper, half of its bytes and half of its values.
pub(crate) fn run_both(runs: u64, original: &[u8], read: impl Fn(&[u8]) -> Reading) {
    let read = |bytes: &[u8]| Some(read(bytes));
    run(runs / 2, original, read);
    run_json(runs / 2, std::str::from_utf8(original).unwrap(), read);
}
