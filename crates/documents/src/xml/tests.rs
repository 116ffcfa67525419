use isocenter_model::Problem;
use proptest::prelude::*;

use super::*;
use crate::json::Problems;

/// Each element with its namespace, attributes and text, one a line, and each problem.
#[track_caller]
fn read(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    fn list(element: Element<'_, '_>, lines: &mut Vec<String>) {
        let mut line = format!("{} {{{}}}", element.place(), element.namespace());
        for (name, value) in element.attributes() {
            line.extend([" ", name, "=", &value]);
        }
        if !element.text().is_empty() {
            line.extend([" “", element.text(), "”"]);
        }
        lines.push(line);
        for child in element.children() {
            list(child, lines);
        }
    }
    let mut problems = Problems::default();
    let text = decode(bytes, &mut problems);
    let mut lines = Vec::new();
    if let Some(tree) = Tree::parse(&text, &mut problems) {
        list(tree.root(), &mut lines);
    }
    (lines, told(&problems.finish()))
}

fn told(problems: &[Problem]) -> Vec<String> {
    problems
        .iter()
        .map(|problem| {
            format!(
                "{} {} {}: {}",
                problem.level, problem.id, problem.at, problem.message
            )
        })
        .collect()
}

#[track_caller]
fn problems(bytes: impl AsRef<[u8]>) -> String {
    let (elements, problems) = read(bytes.as_ref());
    format!("{} elements\n{}", elements.len(), problems.join("\n"))
}

#[test]
fn elements_have_their_namespace_by_name_whatever_the_prefix() {
    let (elements, problems) = read(
        br#"<?xml version="1.0"?>
<?stylesheet no?><!-- before -->
<b:bom xmlns:b="urn:bom" xmlns="urn:other" v="1">
  <b:part b:kind='x' id="a&amp;b">one</b:part><part/>
  <b:part xmlns:b="urn:third" xmlns="">
    <inner>t</inner>
  </b:part>
</b:bom><!-- after -->
"#,
    );
    assert_eq!(problems, [""; 0]);
    insta::assert_snapshot!(elements.join("\n"), @"
    /b:bom (line 3) {urn:bom} xmlns:b=urn:bom xmlns=urn:other v=1
    /b:bom/b:part[1] (line 4) {urn:bom} b:kind=x id=a&b “one”
    /b:bom/part (line 4) {urn:other}
    /b:bom/b:part[2] (line 5) {urn:third} xmlns:b=urn:third xmlns=
    /b:bom/b:part[2]/inner (line 6) {} “t”
    ");
}

#[test]
fn a_text_is_one_whatever_stands_in_it() {
    let (elements, problems) = read(
        b"<a>\n <b> x<!-- c -->y<![CDATA[ <z> & ]]>&lt;&#65;<?pi?>w\r\nv </b><c>&gt;</c><d>  </d></a>",
    );
    assert_eq!(problems, [""; 0]);
    insta::assert_snapshot!(elements.join("\n"), @"
    /a (line 1) {}
    /a/b (line 2) {} “xy <z> & <Aw
    v”
    /a/c (line 3) {} “>”
    /a/d (line 3) {}
    ");
}

#[test]
fn every_way_to_be_no_document_is_told_apart() {
    let deep = "<a>".repeat(1_000);
    let mut lines = Vec::new();
    for text in [
        "",
        "<!-- only -->",
        "<a><b>",
        "<a><b x='",
        "<a><b>text",
        "<a><![CDATA[",
        "<a></b>",
        "<a/>\n<b/>",
        "<a/>rest",
        &deep,
        "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<!DOCTYPE a PUBLIC \"-//X//Y\" \"http://x/y.dtd\"><a/>",
    ] {
        lines.push(problems(text));
    }
    insta::assert_snapshot!(lines.join("\n"), @"
    0 elements
    error xml-empty line 1: the file holds no element
    0 elements
    error xml-empty line 1: the file holds no element
    0 elements
    error xml-truncated line 1: the file ends in the middle of the document
    0 elements
    error xml-truncated line 1: the file ends in the middle of the document
    0 elements
    error xml-truncated line 1: the file ends in the middle of the document
    0 elements
    error xml-truncated line 1: the file ends in the middle of the document
    0 elements
    error xml-syntax line 1: not XML: ill-formed document: expected `</a>`, but `</b>` was found
    1 elements
    error xml-trailing-data line 2: more text stands outside the document's root element; it was not read
    1 elements
    error xml-trailing-data line 1: more text stands outside the document's root element; it was not read
    0 elements
    error xml-too-deep line 1: elements are nested deeper than 128 levels
    0 elements
    error xml-document-type line 1: the file declares a document type, which can pull in other files and multiply its own text; it was not read
    0 elements
    error xml-document-type line 1: the file declares a document type, which can pull in other files and multiply its own text; it was not read
    0 elements
    error xml-document-type line 1: the file declares a document type, which can pull in other files and multiply its own text; it was not read
    ");
}

#[test]
fn what_can_be_passed_over_costs_itself() {
    insta::assert_snapshot!(
        problems("<!DOCTYPE a><a><b>R&D &copy; &#0; &#x110000;</b>\n<c x='1' x='2' y='&zz;'/><d x=1 y='2'/><p:e/><f>\u{8}\u{1b}</f></a>"),
        @r#"
    6 elements
    error xml-control-character line 2: 2 control characters stand in the file, which XML forbids
    error xml-ampersand line 1: an ampersand stands alone, which XML demands to be written `&amp;`
    error xml-reference-unknown line 1: a reference stands for no character that XML knows; nothing was fetched or put in its place
    error xml-reference-unknown line 1: a reference stands for no character that XML knows; nothing was fetched or put in its place
    error xml-reference-unknown line 1: a reference stands for no character that XML knows; nothing was fetched or put in its place
    error xml-attribute-repeated line 2: an attribute of `c` occurs more than once; the first was read
    error xml-reference-unknown line 2: a reference stands for no character that XML knows; nothing was fetched or put in its place
    error xml-attribute-malformed line 2: an attribute of `d` is not understood and was set aside: position 4: attribute value must be enclosed in `"` or `'`
    error xml-prefix-undeclared line 2: the prefix of `p:e` is not declared, so it cannot be told what the element means
    "#
    );
    let (elements, _) = read("<a b='1' b='2'>R&D &copy; <p:c/></a>".as_bytes());
    insta::assert_snapshot!(elements.join("\n"), @"
    /a (line 1) {} b=1 “R&D �”
    /a/p:c (line 1) {an undeclared prefix}
    ");
}

#[test]
fn an_encoding_is_what_it_is_whatever_is_said() {
    let said = |name: &str| format!("<?xml version='1.0' encoding='{name}'?><a>Gerät</a>");
    let latin =
        |text: &str| -> Vec<u8> { text.chars().map(|c| u8::try_from(c).unwrap()).collect() };
    let little =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let mut big = vec![0xFE, 0xFF];
    big.extend(said("UTF-16").encode_utf16().flat_map(u16::to_be_bytes));
    let mut marked = vec![0xEF, 0xBB, 0xBF];
    marked.extend(said("utf-8").bytes());
    let mut lines = Vec::new();
    for bytes in [
        said("UTF-8").into_bytes(),
        marked,
        latin(&said("ISO-8859-1")),
        latin(&said("Windows-1252")),
        little(&said("utf-16")),
        big,
        latin("<a>Gerät</a>"),
        latin(&said("UTF-8")),
        said("ISO-8859-1").into_bytes(),
        little(&said("UTF-8")),
        latin(&said("KOI8-R")),
        said("UTF-16").into_bytes(),
    ] {
        assert!(is_xml(&bytes));
        let (elements, problems) = read(&bytes);
        assert_eq!(elements, ["/a (line 1) {} “Gerät”"], "{problems:?}");
        lines.push(problems.join(", "));
    }
    insta::assert_snapshot!(lines.join("\n"), @"






    error xml-encoding-wrong line 1: the file says that it is in UTF-8 and is not; it was read as Windows-1252
    error xml-encoding-wrong line 1: the file says that it is in UTF-8 and is not; it was read as Windows-1252
    error xml-encoding-wrong line 1: the file says that it is in ISO-8859-1 and is not; it was read as UTF-8
    error xml-encoding-wrong line 1: the file says that it is in UTF-8 and is not; it was read as UTF-16
    error xml-encoding-unknown line 1: the encoding KOI8-R is not known; the file was read as Windows-1252, so letters beyond ASCII may be wrong
    error xml-encoding-wrong line 1: the file says that it is in UTF-16 and is not; it was read as UTF-8
    ");
    let (_, problems) = read(b"<a>Ger\xC3\xA4t \xC3\xB6 \xFF</a>");
    insta::assert_snapshot!(problems.join("\n"), @"error xml-encoding-damaged document: 1 part of the file is no character of UTF-8");
}

#[test]
fn a_million_faults_are_told_in_a_hundred() {
    let text = format!("<a>{}</a>", "<p:b x='&y;' x='' z/>&q;".repeat(20_000));
    let mut problems = Problems::default();
    let tree = Tree::parse(&text, &mut problems).unwrap();
    assert_eq!(tree.root().children().count(), 20_000);
    assert!(problems.finish().len() < 600);
}

#[test]
fn more_elements_than_are_kept_make_a_document_unusable() {
    let mut problems = Problems::default();
    assert!(Tree::parse_up_to(3, "<a><b/><c/></a>", &mut problems).is_some());
    assert!(Tree::parse_up_to(3, "<a><b/><c/><d/></a>", &mut problems).is_none());
    assert_eq!(
        told(&problems.finish()),
        ["error xml-too-large line 1: the file holds more than 3 elements; it was not read"]
    );
}

#[test]
fn the_root_is_found_behind_comments_and_document_types() {
    let root = |text| root(text).map(|(namespace, name)| format!("{{{namespace}}}{name}"));
    assert_eq!(
        root("<!-- x -->\n<!DOCTYPE y [<!ENTITY a 'b'>]><n:bom xmlns:n='urn:x' a='1'><c")
            .as_deref(),
        Some("{urn:x}bom")
    );
    assert_eq!(root("<bom/>").as_deref(), Some("{}bom"));
    assert_eq!(root("<x:bom/>").as_deref(), Some("{}bom"));
    assert_eq!(root("<!-- no end"), None);
    assert_eq!(root("text"), None);
}

proptest! {
    #[test]
    fn any_bytes_give_a_tree_or_a_reason(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (elements, problems) = read(&bytes);
        prop_assert!(!elements.is_empty() || !problems.is_empty());
    }

    #[test]
    fn any_markup_gives_a_tree_or_a_reason(pieces in prop::collection::vec(
        prop::sample::select(vec![
            "<a>", "</a>", "<b/>", "<p:c x='1'>", "</p:c>", " xmlns='u'", "text", "&amp;", "&x;", "&",
            "<!--", "-->", "<![CDATA[", "]]>", "<?pi?>", "<!DOCTYPE a>", "'", "\"", "<", ">", "ä", "\u{0}",
        ]),
        0..40,
    )) {
        let (elements, problems) = read(pieces.concat().as_bytes());
        prop_assert!(!elements.is_empty() || !problems.is_empty());
    }
}
