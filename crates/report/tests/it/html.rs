//! The page as a browser takes it.

use std::collections::{BTreeMap, BTreeSet};

use isocenter_model::assessment::{Assessment, DISCLAIMER};
use isocenter_model::finding::Verdict;
use isocenter_model::{Place, Problem};
use isocenter_report::html;

use crate::hospital::{self, Size};
use crate::sample;

/// A start tag with its attributes.
struct Tag {
    name: String,
    attributes: BTreeMap<String, String>,
}

const VOID: [&str; 5] = ["meta", "link", "br", "input", "hr"];

/// The start tags of a page. Fails where an element is not closed in order, an attribute is not
/// quoted or stands twice, or text holds a bare `<`.
fn tags(page: &str) -> Vec<Tag> {
    let mut rest = page.strip_prefix("<!doctype html>").unwrap();
    let mut open: Vec<String> = Vec::new();
    let mut tags = Vec::new();
    while let Some((_, after)) = rest.split_once('<') {
        if let Some(closing) = after.strip_prefix('/') {
            let (name, after) = closing.split_once('>').unwrap();
            assert_eq!(open.pop().as_deref(), Some(name), "closed out of order");
            rest = after;
            continue;
        }
        let (tag, closed, after) = start_tag(after);
        rest = after;
        // Style and script hold no markup.
        if tag.name == "style" || tag.name == "script" {
            let end = format!("</{}>", tag.name);
            rest = rest.split_once(end.as_str()).unwrap().1;
        } else if !closed && !VOID.contains(&tag.name.as_str()) {
            open.push(tag.name.clone());
        }
        tags.push(tag);
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    tags
}

fn start_tag(text: &str) -> (Tag, bool, &str) {
    let end = text
        .find(|character: char| !character.is_ascii_alphanumeric())
        .unwrap();
    let name = text[..end].to_owned();
    assert!(!name.is_empty(), "a bare < before {:?}", &text[..40]);
    let mut attributes = BTreeMap::new();
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            return (Tag { name, attributes }, true, after);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (Tag { name, attributes }, false, after);
        }
        let (key, after) = rest.split_once("=\"").unwrap();
        assert!(
            key.chars()
                .all(|character| character.is_ascii_alphanumeric() || "-:".contains(character)),
            "attribute {key:?}"
        );
        let (value, after) = after.split_once('"').unwrap();
        assert!(
            attributes
                .insert(key.to_owned(), value.to_owned())
                .is_none(),
            "{key} stands twice"
        );
        rest = after;
    }
}

fn page(assessment: &Assessment) -> String {
    html::assessment(assessment).unwrap()
}

fn medium() -> Assessment {
    hospital::assessment(&Size {
        releases: 30,
        devices: 60,
        findings: 20,
    })
}

#[test]
fn the_page_is_well_formed_and_its_links_lead_somewhere() {
    for assessment in [sample::assessment(), medium()] {
        let page = page(&assessment);
        let tags = tags(&page);
        let mut ids = BTreeSet::new();
        for tag in &tags {
            if let Some(id) = tag.attributes.get("id") {
                assert!(ids.insert(id.as_str()), "the id {id} stands twice");
            }
        }
        for tag in &tags {
            let href = tag.attributes.get("href");
            if let Some(anchor) = href.and_then(|href| href.strip_prefix('#')) {
                assert!(ids.contains(anchor), "#{anchor} leads nowhere");
            }
            for key in ["aria-labelledby", "aria-describedby"] {
                for id in tag
                    .attributes
                    .get(key)
                    .into_iter()
                    .flat_map(|ids| ids.split(' '))
                {
                    assert!(ids.contains(id), "{key} {id} leads nowhere");
                }
            }
        }
    }
}

#[test]
fn the_page_loads_nothing() {
    let page = page(&sample::assessment());
    for tag in tags(&page) {
        for key in ["src", "srcset", "data", "action", "poster", "style"] {
            assert!(!tag.attributes.contains_key(key), "<{} {key}>", tag.name);
        }
        for key in tag.attributes.keys() {
            assert!(!key.starts_with("on"), "a handler: {key}");
        }
        if let Some(href) = tag.attributes.get("href") {
            match tag.name.as_str() {
                "link" => assert!(href.starts_with("data:image/svg+xml,")),
                "a" => {
                    assert!(
                        href.starts_with('#') || tag.attributes["rel"] == "noopener noreferrer"
                    );
                }
                other => panic!("<{other} href>"),
            }
        }
        assert!(!["iframe", "object", "embed", "base", "img", "form"].contains(&tag.name.as_str()));
    }
    let style = between(&page, "<style>", "</style>");
    assert!(!style.contains("@import") && !style.contains("http"));
    for target in style.split("url(").skip(1) {
        assert!(target.starts_with('#'), "url({}", &target[..20]);
    }
    assert!(page.contains("default-src 'none'"));
}

fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    page.split_once(start).unwrap().1.split_once(end).unwrap().0
}

/// Every text that a vendor or a hospital wrote, replaced by one that attacks.
fn attacked(hostile: &str) -> Assessment {
    let mut assessment = sample::assessment();
    let text = || hostile.to_owned();
    let some = || Some(hostile.to_owned());
    assessment.version = text();
    assessment.formula = text();
    assessment.cautions = vec![text()];
    for (position, view) in assessment.devices.iter_mut().enumerate() {
        let device = &mut view.device;
        // Two devices share an asset id.
        device.asset_id = format!("{hostile}{}", position / 2);
        device.manufacturer = text();
        device.model = text();
        for field in [
            &mut device.software_version,
            &mut device.serial_number,
            &mut device.udi,
            &mut device.system,
            &mut device.site,
            &mut device.department,
            &mut device.segment,
            &mut device.ip_address,
            &mut device.mac_address,
            &mut device.ae_title,
            &mut device.modality,
            &mut view.note,
        ] {
            *field = some();
        }
    }
    for view in &mut assessment.releases {
        view.release.manufacturer = text();
        view.release.model = text();
        view.release.version = some();
        view.exposure.reasons = vec![text()];
    }
    for view in &mut assessment.findings {
        for field in [
            &mut view.title,
            &mut view.description,
            &mut view.vector,
            &mut view.severity,
        ] {
            *field = some();
        }
        let finding = &mut view.finding;
        finding.vulnerability = text();
        finding.aliases = vec![text()];
        finding.action = text();
        for part in finding
            .component
            .iter_mut()
            .chain(&mut finding.other_components)
        {
            part.name = text();
            part.version = some();
            part.purl = some();
            part.cpe = some();
        }
        for piece in &mut finding.evidence {
            for field in [
                &mut piece.record,
                &mut piece.source,
                &mut piece.asserted_by,
                &mut piece.subject,
                &mut piece.object,
                &mut piece.range,
                &mut piece.rule,
                &mut piece.explanation,
            ] {
                *field = text();
            }
        }
        if let Some(missing) = &mut finding.missing {
            missing.about = text();
            missing.fact = text();
        }
        for offered in &mut finding.remediations {
            offered.category = text();
            offered.details = text();
            offered.url = Some(format!("javascript:alert(1)//{hostile}"));
        }
        for term in &mut view.urgency.terms {
            term.name = text();
            term.value = text();
        }
    }
    for group in &mut assessment.missing {
        group.text = text();
        group.fact.fact = text();
        group.devices = vec![text()];
    }
    for action in &mut assessment.actions {
        action.text = text();
    }
    for source in &mut assessment.sources {
        source.name = text();
        source.version = some();
        source.origin = some();
        source.actor = text();
        source.summary = vec![(text(), 1)];
        source.problems = vec![Problem::error("x", Place::pointer(hostile), hostile).hint(hostile)];
    }
    assessment
}

#[test]
fn hostile_text_stays_text_wherever_it_stands() {
    let hostile = "</title></style></script><script>alert(1)</script>\"'><img src=x onerror=y>\u{202e}\u{0}\u{1b}[2J";
    let page = page(&attacked(hostile));
    let tags = tags(&page);
    let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
    assert_eq!(count("script"), 1, "only our own");
    assert_eq!(count("style"), 1, "only our own");
    assert_eq!(count("img"), 0);
    assert!(
        !page.contains("javascript:"),
        "only web addresses are links"
    );
    for character in ['\u{202e}', '\u{0}', '\u{1b}'] {
        assert!(!page.contains(character), "{character:?}");
    }
    assert!(
        page.contains("&lt;") || page.contains("&#60;"),
        "shown as text"
    );
}

#[test]
fn headings_descend_without_a_gap_and_tables_have_captions() {
    let page = page(&medium());
    let tags = tags(&page);
    let levels: Vec<u32> = tags
        .iter()
        .filter_map(|tag| tag.name.strip_prefix('h')?.parse().ok())
        .collect();
    assert_eq!(levels[0], 1);
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    for pair in levels.windows(2) {
        assert!(pair[1] <= pair[0] + 1, "h{} after h{}", pair[1], pair[0]);
    }
    let tables = page.matches("<table").count();
    assert_eq!(page.matches("<caption").count(), tables);
    let headers = tags.iter().filter(|tag| tag.name == "th");
    for header in headers {
        assert!(header.attributes.contains_key("scope"));
    }
    for landmark in ["<header", "<nav", "<main", "<footer"] {
        assert!(page.contains(landmark), "{landmark}");
    }
    for tag in tags.iter().filter(|tag| tag.name == "svg") {
        let attributes = &tag.attributes;
        assert!(
            attributes.contains_key("aria-hidden") || attributes.contains_key("role"),
            "a drawing without words"
        );
    }
}

#[test]
fn every_device_release_and_missing_fact_is_told() {
    let assessment = sample::assessment();
    let page = page(&assessment);
    assert_eq!(page.matches("<article class=\"device\"").count(), 5);
    assert_eq!(page.matches("<section class=\"release\"").count(), 3);
    assert!(page.contains(DISCLAIMER));
    assert!(page.contains("3 of 5 devices need action now."));
    assert!(page.contains("1 finding is undetermined"));
    for group in &assessment.missing {
        assert!(page.contains(&group.text));
    }
    for caution in &assessment.cautions {
        assert!(page.contains(caution));
    }
    for view in &assessment.findings {
        assert!(
            page.contains(&view.finding.vulnerability),
            "{} is hidden",
            view.finding.vulnerability
        );
    }
}

#[test]
fn addresses_of_devices_stay_out_of_pages_that_are_passed_on() {
    let assessment = sample::assessment();
    let page = page(&assessment);
    assert!(!page.contains("10.31.0.11"));
    assert!(!page.contains("02:00:5e:00:53:01"));
}

#[test]
fn a_large_hospital_stays_a_page_and_says_what_it_leaves_out() {
    let assessment = hospital::assessment(&Size {
        releases: 120,
        devices: 1_000,
        findings: 200,
    });
    let page = page(&assessment);
    assert!(page.len() < 5_000_000, "{} bytes", page.len());
    assert_eq!(page.matches("<article class=\"device\"").count(), 1_000);
    assert_eq!(page.matches("<section class=\"release\"").count(), 120);
    assert!(page.contains("more findings that affect it"));
    let rows = page.matches("<tbody id=\"F-").count();
    let affected = assessment
        .findings
        .iter()
        .filter(|view| {
            matches!(
                view.finding.verdict,
                Verdict::Affected | Verdict::UnderInvestigation
            )
        })
        .count();
    assert!(rows < affected, "{rows} of {affected}");
    assert!(rows > 1_000, "{rows}");
    tags(&page);
}

#[test]
fn more_releases_and_devices_than_a_page_holds_are_counted() {
    let assessment = hospital::assessment(&Size {
        releases: 500,
        devices: 2_000,
        findings: 3,
    });
    let page = page(&assessment);
    assert!(page.contains("And 100 more releases"));
    assert!(page.contains("And 500 more devices"));
    let tags = tags(&page);
    let ids: BTreeSet<&str> = tags
        .iter()
        .filter_map(|tag| tag.attributes.get("id"))
        .map(String::as_str)
        .collect();
    for href in tags
        .iter()
        .filter_map(|tag| tag.attributes.get("href")?.strip_prefix('#'))
    {
        assert!(ids.contains(href), "#{href} leads nowhere");
    }
}

#[test]
fn many_sources_of_one_kind_share_a_row_and_problems_keep_theirs() {
    let mut assessment = sample::assessment();
    let clean = assessment.sources[2].clone();
    for number in 0..500_u32 {
        let mut source = clean.clone();
        source.name = format!("record-{number}.json");
        assessment.sources.push(source);
    }
    let page = page(&assessment);
    assert!(page.contains("501 files"), "they are counted");
    assert!(!page.contains("record-7.json"));
    assert!(page.contains("has no version."), "problems keep their rows");
}

#[test]
fn a_release_that_nothing_examined_shows_no_zeros() {
    let page = page(&sample::assessment());
    let row = between(&page, "Fjord US 7 1.4</a>", "</tr>");
    assert_eq!(row.matches(">–</td>").count(), 5, "{row}");
    assert!(page.contains("1 device has no bill of materials"));
}

#[test]
fn an_empty_answer_is_a_page_too() {
    let mut assessment = sample::assessment();
    assessment.devices.clear();
    assessment.releases.clear();
    assessment.findings.clear();
    assessment.missing.clear();
    assessment.actions.clear();
    assessment.worklist.clear();
    assessment.sources.clear();
    assessment.cautions.clear();
    assessment.counts = isocenter_model::assessment::Counts::default();
    let page = page(&assessment);
    tags(&page);
    assert!(page.contains("0 releases looked at. No device is known yet."));
}

/// WCAG 2.2: 4.5 to 1 for text (1.4.3), 3 to 1 for marks (1.4.11), in every theme.
#[test]
fn colours_keep_their_contrast() {
    let page = page(&sample::assessment());
    let style = between(&page, "<style>", "</style>");
    let light = colors(between(style, ":root {", "}"));
    let mut dark = light.clone();
    dark.extend(colors(between(
        style,
        "@media (prefers-color-scheme: dark) {\n  :root {",
        "}",
    )));
    let mut hero = light.clone();
    hero.extend(colors(between(style, ".hero {", "}")));
    let mut print = light.clone();
    print.extend(colors(between(style, ":root, .hero {", "}")));
    let themes = [
        ("light", &light),
        ("dark", &dark),
        ("hero", &hero),
        ("print", &print),
    ];
    for (theme, colors) in themes {
        let check = |one: &str, other: &str, least: f64| {
            let contrast = contrast(colors[one], colors[other]);
            assert!(
                contrast >= least,
                "{theme}: --{one} on --{other} is {contrast:.2}"
            );
        };
        for text in ["ink", "quiet", "accent"] {
            check(text, "surface", 4.5);
        }
        for mark in [
            "now",
            "soon",
            "planned",
            "watch",
            "undetermined",
            "not-examined",
            "clear",
        ] {
            check(mark, "surface", 3.0);
        }
        if theme == "hero" {
            continue;
        }
        for text in [
            "ink",
            "quiet",
            "accent",
            "undetermined-ink",
            "not-examined-ink",
        ] {
            check(text, "paper", 4.5);
        }
        check("on-now", "now", 4.5);
        check("on-soon", "soon-tint", 4.5);
        for tint in ["planned", "watch", "clear"] {
            check(&format!("{tint}-ink"), &format!("{tint}-tint"), 4.5);
        }
    }
}

/// Custom properties that are colours.
fn colors(block: &str) -> BTreeMap<String, u32> {
    block
        .split(';')
        .filter_map(|declaration| {
            let (name, value) = declaration.trim().strip_prefix("--")?.split_once(": #")?;
            let digits = match value.len() {
                3 => value.chars().flat_map(|digit| [digit, digit]).collect(),
                _ => value.to_owned(),
            };
            Some((name.to_owned(), u32::from_str_radix(&digits, 16).ok()?))
        })
        .collect()
}

fn contrast(one: u32, other: u32) -> f64 {
    let luminance = |color: u32| {
        let [_, red, green, blue] = color.to_be_bytes();
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}
