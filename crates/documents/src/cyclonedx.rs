//! CycloneDX (ECMA-424) bills of materials and VEX, editions 1.2 to 1.7, as JSON and as XML.
//!
//! One tolerant model reads every edition. A component with a bad part is kept and the part is
//! set aside; what the edition's schema does not allow is an error, what a useful bill of
//! materials should have and this one has not is a warning.
//!
//! Traps of the format: nested components; `manufacture` became `manufacturer` and changed its
//! meaning in 1.6 (from the maker of the product to the author of the document); tools are a
//! list or an object; a licence is an id, a name or an expression; a flaw refers to its parts by
//! `bom-ref` or, in another document, by BOM-Link; with `analysis` it is a statement (VEX),
//! without it the plain news that the parts are affected.

mod component;
mod dependency;
mod edition;
mod license;
mod minimum;
mod reference;
mod schema;
mod service;
mod statement;
mod vulnerability;
mod wire;
mod xml;

use isocenter_model::component::{Sbom, SbomComponent};
use isocenter_model::document::{Document, Summary};
use isocenter_model::text::shortened;
use isocenter_model::{DocumentKind, Problem, Reading};
use jiff::Timestamp;

use crate::budget::Budget;
use crate::completeness::{self, Elements};
use crate::json::{self, Field, Filled, List, Path, Problems, Spare, Text};
use crate::support;
use component::{Parts, contacts, external_references, organization};
use dependency::dependencies;
use edition::{Check, Edition, Form};
use license::licenses;
use minimum::FORMAT;
use reference::{References, Target};
use service::services;
use vulnerability::{Context, Flaws};
pub(crate) use xml::NAMESPACE;

/// Reads a CycloneDX document, in JSON or in XML.
pub fn read(bytes: &[u8]) -> Reading {
    if crate::xml::is_xml(bytes) {
        return xml::read(bytes);
    }
    let mut problems = Problems::default();
    let mut spare = Spare::default();
    let text = json::decode(bytes, &mut problems);
    let mut reading = Reading {
        kind: DocumentKind::CycloneDx,
        version: None,
        document: None,
        summary: Summary::new(),
        problems: Vec::new(),
    };
    if let Some(bom) = json::parse::<wire::Bom<'_>>(&text, &mut spare, &mut problems) {
        let (sbom, version, summary) = convert(&bom, Form::Json, text.len(), &mut problems);
        reading.version = version;
        reading.summary = summary;
        reading.document = Some(Document::Sbom(sbom));
    }
    reading.problems = problems.finish();
    reading
}

/// What the document says; its text is `length` bytes.
fn convert(
    bom: &wire::Bom<'_>,
    form: Form,
    length: usize,
    problems: &mut Problems,
) -> (Sbom, Option<String>, Summary) {
    let root = Path::Root;
    bom.spec_version.report(&root.key("specVersion"), problems);
    let version = bom.spec_version.owned();
    let edition = Edition::read(version.as_deref(), form, problems);
    let mut check = Check { edition, problems };
    let check = &mut check;
    bom.foreign.report(edition, &root, check.problems);
    let format = check.value(&bom.bom_format, "bomFormat", &root);
    if format.is_none_or(|format| &**format != "CycloneDX") {
        let found = format.map_or_else(
            || "missing".to_owned(),
            |format| format!("`{}`", shortened(format, 40)),
        );
        check.problems.push(Problem::error(
            "cyclonedx-format-name",
            root.key("bomFormat").place(),
            format!("bomFormat is {found}, where `CycloneDX` is expected"),
        ));
    }
    let serial_number = serial_number(&bom.serial_number, &root, check);
    let revision = revision(&bom.version, &root, check);
    let metadata_path = root.key("metadata");
    let unstated = wire::Metadata::default();
    let metadata = check
        .value(&bom.metadata, "metadata", &root)
        .unwrap_or(&unstated);

    let expected = bom.components.items().len();
    let mut parts = Parts {
        components: Vec::with_capacity(expected),
        references: References::new(serial_number.as_deref(), expected + 1),
    };
    let about = about(metadata, &metadata_path, &mut parts, check);
    parts.add(&bom.components, None, &root.key("components"), check);
    let services = services(
        &bom.services,
        &root.key("services"),
        &mut parts.references,
        check,
    );
    let dependencies = dependencies(
        &bom.dependencies,
        &root.key("dependencies"),
        &parts.references,
        check,
    );
    external_references(
        &bom.external_references,
        &root.key("externalReferences"),
        check,
    );
    component::properties(&bom.properties, &root.key("properties"), check);
    citations(&bom.citations, &root.key("citations"), check);

    let mut sbom = Sbom {
        serial_number,
        revision,
        made: about.made,
        subject: about.subject,
        manufacturer: about.manufacturer,
        services,
        dependencies,
        ..Sbom::default()
    };
    let product = sbom.product();
    let source = match (&product, &sbom.serial_number) {
        (Some(product), _) if !product.name.is_empty() => match &sbom.subject {
            Some(subject) => format!("SBOM {}", subject.component.label()),
            None => format!("SBOM {}", product.name),
        },
        (_, Some(serial)) => format!("SBOM {serial}"),
        _ => "SBOM".to_owned(),
    };
    let flaws = Flaws::read(
        &bom.vulnerabilities,
        &root.key("vulnerabilities"),
        &Context {
            product,
            components: &parts.components,
            subject: sbom.subject.as_ref(),
            references: &parts.references,
            author: about.statements_author,
            made: about.made,
            source,
        },
        Budget::for_document(length),
        check,
    );
    sbom.components = parts.components;
    support::report(
        sbom.components
            .iter()
            .chain(&sbom.subject)
            .map(|part| &part.component),
        "cyclonedx-support-without-day",
        "cyclonedx-support-level-unknown",
        check.problems,
    );
    completeness::document(
        Elements {
            is_vex: sbom.components.is_empty() && flaws.entries > 0,
            subject: sbom.subject.is_some(),
            version: sbom
                .subject
                .as_ref()
                .is_some_and(|part| part.component.version.is_some()),
            manufacturer: sbom.manufacturer.is_some(),
            timestamp: about.has_timestamp,
            author: about.has_author,
            components: !sbom.components.is_empty(),
            dependencies: !sbom.dependencies.is_empty(),
        },
        &FORMAT,
        check.problems,
    );
    let count = |wanted: fn(&SbomComponent) -> bool| {
        sbom.components.iter().filter(|part| wanted(part)).count() as u64
    };
    let summary = Summary::from([
        ("components", sbom.components.len() as u64),
        ("purls", count(|part| part.component.purl.is_some())),
        ("cpes", count(|part| !part.component.cpes.is_empty())),
        ("vulnerabilities", flaws.entries),
        ("statements", flaws.statements.len() as u64),
        ("dependencies", sbom.dependencies.len() as u64),
        ("services", sbom.services as u64),
    ]);
    sbom.records = flaws.records;
    sbom.statements = flaws.statements;
    (sbom, version, summary)
}

/// What the metadata say.
struct About {
    made: Option<Timestamp>,
    has_timestamp: bool,
    subject: Option<SbomComponent>,
    manufacturer: Option<String>,
    has_author: bool,
    statements_author: Option<String>,
}

fn about<'a>(
    metadata: &wire::Metadata<'a>,
    path: &Path<'_>,
    parts: &mut Parts<'a>,
    check: &mut Check<'_>,
) -> About {
    metadata.foreign.report(check.edition, path, check.problems);
    let has_timestamp = !matches!(metadata.timestamp, Field::Absent);
    let made = time(&metadata.timestamp, "timestamp", path, check);
    let manufacture = organization(&metadata.manufacture, "manufacture", path, check);
    let manufacturer = organization(&metadata.manufacturer, "manufacturer", path, check);
    let supplier = organization(&metadata.supplier, "supplier", path, check);
    let has_authors = !metadata.authors.items().is_empty();
    let authors = contacts(&metadata.authors, &path.key("authors"), check);
    licenses(&metadata.licenses, &path.key("licenses"), check);
    component::properties(&metadata.properties, &path.key("properties"), check);
    let has_tools = tools(&metadata.tools, path, check);
    if let Some(distribution) = check.value(&metadata.distribution, "distributionConstraints", path)
    {
        let path = path.key("distributionConstraints");
        distribution
            .foreign
            .report(check.edition, &path, check.problems);
        let words = ["CLEAR", "GREEN", "AMBER", "AMBER_AND_STRICT", "RED"].map(|word| (word, 7));
        check.one_of(&distribution.tlp, "tlp", &words, &path);
    }
    let subject_path = path.key("component");
    let mut own = None;
    let subject = check
        .value(&metadata.component, "component", path)
        .map(|component| {
            let (subject, manufacturer) = component::convert(component, &subject_path, check);
            own = manufacturer;
            if let Some(reference) = check.value(&component.reference, "bom-ref", &subject_path) {
                if reference.is_empty() && check.edition.has(5) {
                    check.missing("bom-ref", &subject_path.key("bom-ref"));
                }
                parts.references.add(reference.0.clone(), Target::Subject);
            }
            parts.add(
                &component.components,
                None,
                &subject_path.key("components"),
                check,
            );
            subject
        });
    About {
        made,
        has_timestamp,
        manufacturer: own
            .or_else(|| manufacture.map(str::to_owned))
            .or_else(|| supplier.map(str::to_owned))
            .or_else(|| subject.as_ref()?.component.supplier.clone())
            .or_else(|| manufacturer.map(str::to_owned)),
        subject,
        has_author: has_authors || has_tools || manufacturer.is_some(),
        // Who made the document, where 1.6 can say it; before, its supplier is who answers for it.
        statements_author: manufacturer
            .or(supplier)
            .or(manufacture)
            .or(authors)
            .map(str::to_owned),
    }
}

/// The serial number, as written.
fn serial_number(
    field: &Field<Text<'_>>,
    path: &Path<'_>,
    check: &mut Check<'_>,
) -> Option<String> {
    let serial = check.value(field, "serialNumber", path)?.trim();
    let bare = serial.strip_prefix("urn:uuid:").or_else(|| {
        // The schema of the XML form allows the braces of older systems.
        let inner = serial.strip_prefix('{')?.strip_suffix('}')?;
        check.edition.is_xml().then_some(inner)
    });
    let is_uuid = bare.is_some_and(|uuid| {
        uuid.split('-').map(str::len).eq([8, 4, 4, 4, 12])
            && uuid
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'))
    });
    if !is_uuid {
        check.problems.push(Problem::error(
            "cyclonedx-serial-number-malformed",
            path.key("serialNumber").place(),
            format!(
                "the serial number `{}` is not `urn:uuid:` and a UUID in lower case",
                shortened(serial, 60)
            ),
        ));
    }
    (!serial.is_empty()).then(|| serial.to_owned())
}

/// The document's own revision, from 1.
fn revision(field: &Field<i64>, path: &Path<'_>, check: &mut Check<'_>) -> Option<u64> {
    let number = *check.value(field, "version", path)?;
    let revision = u64::try_from(number).ok();
    if revision.is_none_or(|revision| revision == 0) && check.edition.has(5) {
        check.problems.push(Problem::error(
            "cyclonedx-revision-below-one",
            path.key("version").place(),
            format!("the revision of the document is {number}, where a number from 1 is expected"),
        ));
    }
    revision
}

/// A time; one that lacks its offset is taken as UTC and reported.
fn time(
    field: &Field<Text<'_>>,
    key: &str,
    path: &Path<'_>,
    check: &mut Check<'_>,
) -> Option<Timestamp> {
    let written = check.value(field, key, path)?.trim();
    if let Ok(time) = written.parse() {
        return Some(time);
    }
    let time = json::timestamp(written);
    // In XML the offset may be absent (XML Schema 1.0, part 2, 3.2.7).
    if time.is_some() && check.edition.is_xml() && written.contains('T') {
        return time;
    }
    let effect = match time {
        Some(_) => "it was read as UTC",
        None => "it was set aside",
    };
    check.problems.push(
        Problem::error(
            "cyclonedx-timestamp-malformed",
            path.key(key).place(),
            format!(
                "`{}` is no date and time with offset (RFC 3339); {effect}",
                shortened(written, 40)
            ),
        )
        .hint("write times as 2026-03-01T12:00:00Z"),
    );
    time
}

/// Checks the tools that made the document; says whether there is one.
fn tools(field: &Field<wire::Tools<'_>>, path: &Path<'_>, check: &mut Check<'_>) -> bool {
    let path_of_tools = path.key("tools");
    match check.value(field, "tools", path) {
        None => false,
        Some(wire::Tools::List(list)) => {
            list.report(&path_of_tools, check.problems);
            for (index, tool) in list.indexed() {
                let path = path_of_tools.index(index);
                tool.foreign.report(check.edition, &path, check.problems);
                for (field, key) in [
                    (&tool.vendor, "vendor"),
                    (&tool.name, "name"),
                    (&tool.version, "version"),
                ] {
                    field.report(&path.key(key), check.problems);
                }
                component::hashes(&tool.hashes, &path.key("hashes"), check);
                let references = path.key("externalReferences");
                external_references(&tool.external_references, &references, check);
            }
            list.len() > 0
        }
        Some(wire::Tools::Object(object)) => {
            if check.edition.has(5) {
                object
                    .foreign
                    .report(check.edition, &path_of_tools, check.problems);
            } else {
                check.problems.push(Problem::error(
                    "cyclonedx-tools-object",
                    path_of_tools.place(),
                    format!(
                        "tools are an object, where CycloneDX {} expects a list",
                        check.edition
                    ),
                ));
            }
            let components = path_of_tools.key("components");
            object.components.report(&components, check.problems);
            for (index, tool) in object.components.indexed() {
                component::convert(tool, &components.index(index), check);
            }
            let path = path_of_tools.key("services");
            services(&object.services, &path, &mut References::default(), check);
            true
        }
    }
}

/// Checks who said what (1.7).
fn citations(list: &List<wire::Citation<'_>>, path: &Path<'_>, check: &mut Check<'_>) {
    list.report(path, check.problems);
    for (index, citation) in list.indexed() {
        let path = path.index(index);
        citation
            .foreign
            .report(check.edition, &path, check.problems);
        if !citation.timestamp.0 {
            check.missing("timestamp", &path);
        }
        if citation.pointers.0 == citation.expressions.0 {
            check.problems.push(Problem::error(
                "cyclonedx-citation-target",
                path.place(),
                "a citation names its target either by `pointers` or by `expressions`",
            ));
        }
        if !citation.attributed_to.0 && !citation.process.0 {
            check.problems.push(Problem::error(
                "cyclonedx-citation-origin",
                path.place(),
                "a citation names who said it by `attributedTo` or by `process`",
            ));
        }
    }
}

#[cfg(test)]
mod tests;
