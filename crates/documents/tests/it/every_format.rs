//! What every reader does with samples that were made to break it, in the syntax of each. Formats and samples come
//! from the program's own list, so a new reader is in here at once.

use std::fmt::Write as _;
use std::io::Read as _;

use isocenter_documents::formats::Syntax;
use isocenter_documents::{ReadOptions, read, read_as};
use isocenter_model::{Document, DocumentKind, Level, Reading};
use serde_json::Value;

use crate::formats::{Sample, samples};
use crate::mutation::{is_safe, run, run_json};

/// Mutations for each format in each of its syntaxes.
const RUNS: u64 = 2_000;

/// The newest sample of each format in each syntax, and those that stand for a layout of their own.
fn newest() -> Vec<Sample> {
    let mut samples = samples();
    let rest: Vec<_> = samples
        .iter()
        .map(|one| (one.kind, one.syntax, one.name.clone()))
        .collect();
    samples.retain(|sample| {
        let is_numbered = sample.name.contains("/1.") || sample.name.contains("/2.");
        !is_numbered
            || !rest.iter().any(|(kind, syntax, name)| {
                (*kind, *syntax) == (sample.kind, sample.syntax) && *name > sample.name
            })
    });
    samples
}

/// Reads through the one door and through the reader's own.
#[track_caller]
fn answers(sample: &Sample, bytes: &[u8]) -> Reading {
    let options = ReadOptions::default();
    is_safe(&read(bytes, &options));
    let reading = read_as(sample.kind, bytes, &options);
    is_safe(&reading);
    reading
}

fn text(sample: &Sample) -> Option<&str> {
    let is_text = !matches!(
        sample.syntax,
        Syntax::Workbook | Syntax::Zip | Syntax::Dicom
    );
    is_text.then(|| std::str::from_utf8(&sample.bytes).unwrap())
}

fn is_json(sample: &Sample) -> bool {
    matches!(sample.syntax, Syntax::Json | Syntax::JsonLd)
}

/// Whether reading it gives a document at all.
fn gives_content(sample: &Sample) -> bool {
    !matches!(
        sample.kind,
        DocumentKind::Archive
            | DocumentKind::CveArchive
            | DocumentKind::OsvArchive
            | DocumentKind::InventoryMapping
            | DocumentKind::Unknown
    )
}

#[test]
fn two_thousand_mutations_of_each_format_in_each_syntax_break_nothing() {
    let samples = &samples();
    let of_one = &|sample: &Sample| {
        let same = |other: &&Sample| (other.kind, other.syntax) == (sample.kind, sample.syntax);
        RUNS.div_ceil(samples.iter().filter(same).count() as u64)
    };
    // Two at a time: the list is long and each is independent of the others.
    let (first, second) = samples.split_at(samples.len() / 2);
    std::thread::scope(|scope| {
        for part in [first, second] {
            scope.spawn(move || {
                for sample in part {
                    let runs = of_one(sample);
                    let read = |bytes: &[u8]| Some(answers(sample, bytes));
                    if is_json(sample) {
                        run(runs.div_ceil(2), &sample.bytes, read);
                        run_json(runs.div_ceil(2), text(sample).unwrap(), read);
                    } else {
                        run(runs, &sample.bytes, read);
                    }
                }
            });
        }
    });
}

#[test]
fn a_sample_cut_anywhere_is_answered() {
    for sample in samples() {
        let step = (sample.bytes.len() / 120).max(1);
        for length in (0..sample.bytes.len()).step_by(step) {
            answers(&sample, &sample.bytes[..length]);
        }
    }
}

#[test]
fn a_byte_order_mark_and_utf_16_change_nothing_that_is_read() {
    for sample in samples() {
        let Some(text) = text(&sample) else { continue };
        let plain = answers(&sample, text.as_bytes());
        assert_eq!(
            plain.document.is_some(),
            gives_content(&sample),
            "{}",
            sample.name
        );
        // A document that names its encoding names the wrong one once it is recoded.
        let text = text.replace(" encoding=\"UTF-8\"", "");
        let mut recoded = vec![[b"\xEF\xBB\xBF", text.as_bytes()].concat()];
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            for mark in ["", "\u{feff}"] {
                let units = mark.encode_utf16().chain(text.encode_utf16());
                recoded.push(units.flat_map(order).collect());
            }
        }
        for bytes in recoded {
            let reading = answers(&sample, &bytes);
            assert_eq!(
                content(&reading),
                content(&plain),
                "{}: {:?}",
                sample.name,
                reading.problems
            );
        }
    }
}

/// What was read, but for the digests of records, which are those of other bytes.
fn content(reading: &Reading) -> String {
    match &reading.document {
        Some(Document::Vulnerabilities(list)) => list
            .records
            .iter()
            .map(|one| format!("{:?}", one.record))
            .collect::<Vec<_>>()
            .join("\n"),
        other => format!("{other:?}"),
    }
}

#[test]
fn bytes_that_are_no_text_are_answered() {
    for sample in samples() {
        for piece in [
            &b"\0"[..],
            b"\xFF",
            b"\xC3",
            b"\xED\xA0\x80",
            b"\xF4\x90\x80\x80",
            "\u{202e}\u{1b}[2J".as_bytes(),
            &[0; 4_096],
        ] {
            for at in (0..=sample.bytes.len()).step_by((sample.bytes.len() / 10).max(1)) {
                let (before, after) = sample.bytes.split_at(at);
                answers(&sample, &[before, piece, after].concat());
            }
        }
    }
}

#[test]
fn one_endless_line_and_blanks_without_end_are_bounded() {
    for sample in newest() {
        let long = vec![b'x'; 1 << 18];
        answers(&sample, &[&long[..], &sample.bytes].concat());
        answers(&sample, &[&sample.bytes[..], &long].concat());
        let Some(text) = text(&sample) else { continue };
        answers(
            &sample,
            &[&vec![b' '; 1 << 18][..], text.as_bytes()].concat(),
        );
        answers(
            &sample,
            &[&vec![b'\n'; 1 << 18][..], text.as_bytes()].concat(),
        );
    }
}

/// Every value of a document in turn, by the pointer to it.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Array(list) => {
            for (index, one) in list.iter().enumerate() {
                pointers(one, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(object) => {
            for (key, one) in object {
                pointers(one, &format!("{at}/{}", escaped(key)), found);
            }
        }
        _ => {}
    }
}

#[test]
fn nesting_long_texts_and_huge_numbers_anywhere_in_json_are_answered() {
    // Deeper than any parser follows, and as deep as it just does.
    let deep = "[".repeat(20_000);
    let nested = format!("{}{}", "[".repeat(100), "]".repeat(100));
    let objects = format!("{}0{}", r#"{"a":"#.repeat(100), "}".repeat(100));
    let long = format!("\"{}\"", "x".repeat(1 << 14));
    let many = format!("[{}0]", "{},".repeat(20_000));
    for sample in newest().iter().filter(|sample| is_json(sample)) {
        let value: Value = serde_json::from_slice(&sample.bytes).unwrap();
        let mut places = Vec::new();
        pointers(&value, "", &mut places);
        for place in &places {
            let mut marked = value.clone();
            *marked.pointer_mut(place).unwrap() = Value::String("@MARK@".into());
            let marked = marked.to_string();
            let (before, after) = marked.split_once("\"@MARK@\"").unwrap();
            for put in [
                &*nested,
                &*objects,
                &*long,
                "1e999",
                "-0.0",
                "123456789012345678901234567890123456789012345678901234567890",
                "\"\\ud83d\"",
                "\"\\u0000\"",
            ] {
                answers(sample, format!("{before}{put}{after}").as_bytes());
            }
        }
        // These are large, so not everywhere.
        for place in places.iter().step_by((places.len() / 8).max(1)) {
            let mut marked = value.clone();
            *marked.pointer_mut(place).unwrap() = Value::String("@MARK@".into());
            let marked = marked.to_string();
            let (before, after) = marked.split_once("\"@MARK@\"").unwrap();
            answers(sample, format!("{before}{deep}{after}").as_bytes());
            answers(sample, format!("{before}{deep}").as_bytes());
            answers(sample, format!("{before}{many}{after}").as_bytes());
        }
    }
}

#[test]
fn a_key_that_occurs_twice_in_json_is_told_or_changes_nothing() {
    let mut told = 0;
    for sample in samples().iter().filter(|sample| is_json(sample)) {
        let value: Value = serde_json::from_slice(&sample.bytes).unwrap();
        let Value::Object(members) = &value else {
            continue;
        };
        let text = value.to_string();
        let plain = answers(sample, text.as_bytes());
        for key in members.keys() {
            for first in ["7", "\"x\"", "[]", "{}", "null"] {
                let twice = format!("{{\"{key}\":{first},{}", &text[1..]);
                let reading = answers(sample, twice.as_bytes());
                if reading.problems.iter().any(|problem| {
                    problem.level == Level::Error || problem.id == "json-duplicate-key"
                }) {
                    told += 1;
                } else {
                    assert_eq!(
                        content(&reading),
                        content(&plain),
                        "{} {key} {first}",
                        sample.name
                    );
                }
            }
        }
    }
    assert!(told > 500, "{told}");
}

#[test]
fn no_entity_of_a_document_is_resolved_in_xml() {
    let external = r#"<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "SWOLLEN">]>"#;
    let mut laughs = "<!DOCTYPE x [<!ENTITY l0 \"SWOLLEN\">".to_owned();
    for level in 1..40 {
        let before = format!("&l{};", level - 1).repeat(10);
        write!(laughs, "<!ENTITY l{level} \"{before}\">").unwrap();
    }
    laughs.push_str("]>");
    let remote = r#"<!DOCTYPE x PUBLIC "-//x" "http://dtd.example/x.dtd">"#;
    let parameter = r#"<!DOCTYPE x [<!ENTITY % p SYSTEM "http://dtd.example/p"> %p;]>"#;
    for sample in samples()
        .iter()
        .filter(|sample| sample.syntax == Syntax::Xml)
    {
        let text = text(sample).unwrap();
        let (declaration, rest) = match text.split_once("?>") {
            Some((declaration, rest)) => (format!("{declaration}?>"), rest),
            None => (String::new(), text),
        };
        let rest = rest.replace("<!DOCTYPE nmaprun>", "");
        for (doctype, reference) in [
            (external, "&a;&b;"),
            (&laughs, "&l39;"),
            (remote, "&x;"),
            (parameter, "&p;"),
        ] {
            for spot in rest.match_indices(['>', '"']).map(|(at, _)| at + 1) {
                let (before, after) = rest.split_at(spot);
                let paper = format!("{declaration}{doctype}{before}{reference}{after}");
                let reading = answers(sample, paper.as_bytes());
                let words = format!("{reading:?}");
                assert!(!words.contains("SWOLLEN") && !words.contains("root:"));
            }
        }
    }
}

#[test]
fn elements_and_attributes_without_end_in_xml_are_answered() {
    for sample in samples()
        .iter()
        .filter(|sample| sample.syntax == Syntax::Xml)
    {
        let text = text(sample).unwrap();
        let attributes = (0..20_000)
            .map(|number| format!(" a{number}='x'"))
            .collect::<Vec<_>>()
            .concat();
        let open = text.rfind("</").unwrap();
        let (before, after) = text.split_at(open);
        for put in [
            "<a>".repeat(50_000),
            format!("{}{}", "<a>".repeat(50_000), "</a>".repeat(50_000)),
            "<a/>".repeat(50_000),
            format!("<a{attributes}/>"),
            "<a b='c' b='d'/>".repeat(1_000),
            format!("<a xmlns:b='{}'/>", "x".repeat(1 << 20)),
            "&#0;&#xD800;&#x110000;&#99999999999999999999;".repeat(1_000),
            "]]><![CDATA[<a>]]><!-- -- --><?xml version='9'?>".repeat(1_000),
        ] {
            answers(sample, format!("{before}{put}{after}").as_bytes());
        }
    }
}

#[test]
fn anchors_that_multiply_and_nesting_in_yaml_are_bounded() {
    let mut bomb = String::new();
    bomb.push_str("b0: &b0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..40 {
        let before = format!("*b{}, ", level - 1).repeat(10);
        writeln!(bomb, "b{level}: &b{level} [{before}]").unwrap();
    }
    for sample in samples()
        .iter()
        .filter(|sample| sample.syntax == Syntax::Yaml)
    {
        let text = text(sample).unwrap();
        for put in [
            &*bomb,
            &format!("deep: {}", "[".repeat(200_000)),
            &format!("deep: {}", "{a: ".repeat(200_000)),
            &format!("deep:\n{}", "- ".repeat(200_000)),
            "self: &s [*s]\n",
            "none: *none\n",
            "merge:\n  <<: [*x, 1]\n",
            "tag: !!python/object:os.system x\n",
            "? [a, b]\n: c\n",
        ] {
            answers(sample, format!("{text}{put}").as_bytes());
            answers(sample, format!("{put}{text}").as_bytes());
        }
    }
}

#[test]
fn lengths_that_lie_in_a_zip_are_not_believed() {
    let is_zip = |sample: &&Sample| matches!(sample.syntax, Syntax::Workbook | Syntax::Zip);
    for sample in samples().iter().filter(is_zip) {
        // Sizes, offsets and counts stand in local headers, the directory and its end.
        let heads: Vec<usize> = sample
            .bytes
            .windows(4)
            .enumerate()
            .filter(|(_, four)| [&b"PK\x03\x04"[..], b"PK\x01\x02", b"PK\x05\x06"].contains(four))
            .map(|(at, _)| at)
            .collect();
        for head in heads.iter().rev().take(8) {
            for at in *head + 4..(*head + 46).min(sample.bytes.len() - 4) {
                for lie in [0u32, 1, 0xFFFF, 0x7FFF_FFFF, u32::MAX] {
                    let mut bytes = sample.bytes.clone();
                    bytes[at..at + 4].copy_from_slice(&lie.to_le_bytes());
                    answers(sample, &bytes);
                }
            }
        }
    }
}

/// The members of a zip, with their content.
fn members(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut member = archive.by_index(at).unwrap();
            let mut content = Vec::new();
            member.read_to_end(&mut content).unwrap();
            (member.name().unwrap().into_owned(), content)
        })
        .collect()
}

fn packed(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let members: Vec<(&str, &[u8])> = members
        .iter()
        .map(|(name, content)| (name.as_str(), content.as_slice()))
        .collect();
    crate::paper::zip(&members)
}

#[test]
fn workbooks_with_names_that_climb_out_and_parts_that_swell_are_refused() {
    for sample in samples()
        .iter()
        .filter(|sample| sample.syntax == Syntax::Workbook)
    {
        let whole = members(&sample.bytes);
        assert!(answers(sample, &packed(&whole)).document.is_some());
        for name in ["../../x", "/etc/x", "xl/../../x", "c:\\x", "xl\\..\\..\\x"] {
            let mut parts = whole.clone();
            parts.push((name.to_owned(), b"x".to_vec()));
            let reading = answers(sample, &packed(&parts));
            assert_eq!(reading.document, None, "{} {name}", sample.name);
            assert_eq!(
                crate::paper::ids(&reading),
                ["spreadsheet-unsafe-name"],
                "{} {name}",
                sample.name
            );
        }
        for swollen in ["xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
            let mut parts = whole.clone();
            for (name, content) in &mut parts {
                if name == swollen {
                    content.splice(0..0, vec![b' '; 18 << 20]);
                }
            }
            let bytes = packed(&parts);
            assert!(bytes.len() < 80_000);
            let reading = answers(sample, &bytes);
            assert_eq!(reading.document, None, "{} {swollen}", sample.name);
            assert!(!reading.is_valid());
        }
    }
}

#[test]
fn rows_columns_and_quotes_without_end_in_delimited_text_are_bounded() {
    for sample in samples()
        .iter()
        .filter(|sample| sample.syntax == Syntax::Delimited)
    {
        let text = text(sample).unwrap();
        let row = text.lines().last().unwrap();
        for put in [
            format!("{row}\n").repeat(5_000),
            format!("{row},\n{row};\n{row}\t\n").repeat(1_000),
            ",".repeat(100_000),
            format!("\"{row}\n").repeat(5_000),
            format!("{}\n", "\"".repeat(100_000)),
            "=1+1,@x,-2,+3,\t\r\n".repeat(1_000),
            "\u{feff}\u{202e},\u{1b}[2J\n".repeat(1_000),
        ] {
            answers(sample, format!("{text}{put}").as_bytes());
        }
    }
}
