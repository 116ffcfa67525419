//! Services that a product uses.

use super::component::{external_references, properties};
use super::edition::Check;
use super::license::licenses;
use super::reference::{References, Target};
use super::wire;
use crate::json::{Field, List, Path};

/// Counts services, nested ones too, and checks what is said of them.
pub(super) fn services<'a>(
    list: &List<wire::Service<'a>>,
    path: &Path<'_>,
    references: &mut References<'a>,
    check: &mut Check<'_>,
) -> usize {
    let mut count = 0;
    list.report(path, check.problems);
    for (index, service) in list.indexed() {
        count += 1;
        let path = path.index(index);
        service.foreign.report(check.edition, &path, check.problems);
        if let Some(reference) = check.value(&service.reference, "bom-ref", &path) {
            references.add(reference.0.clone(), Target::Service);
        }
        if check.value(&service.name, "name", &path).is_none() {
            check.missing("name", &path);
        }
        check.value(&service.version, "version", &path);
        let references_path = path.key("externalReferences");
        external_references(&service.external_references, &references_path, check);
        let data = path.key("data");
        service.data.report(&data, check.problems);
        for (index, flows) in service.data.indexed() {
            let path = data.index(index);
            flows.foreign.report(check.edition, &path, check.problems);
            let is_said = !matches!(
                (&flows.flow, &flows.classification),
                (Field::Absent, Field::Absent)
            );
            if check.edition.is_xml() && !is_said {
                continue;
            }
            let words = ["inbound", "outbound", "bi-directional", "unknown"].map(|word| (word, 2));
            if check.one_of(&flows.flow, "flow", &words, &path).is_none() {
                check.missing("flow", &path);
            }
            if check
                .value(&flows.classification, "classification", &path)
                .is_none()
            {
                check.missing("classification", &path);
            }
        }
        licenses(&service.licenses, &path.key("licenses"), check);
        properties(&service.properties, &path.key("properties"), check);
        count += services(&service.services, &path.key("services"), references, check);
    }
    count
}
