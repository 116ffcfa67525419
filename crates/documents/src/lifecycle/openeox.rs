//! OpenEoX: core information, alone or bound to products by a shell.

use isocenter_model::Problem;
use isocenter_model::lifecycle::{
    LifecycleEntry, LifecycleNotice, Milestone, MilestoneKind, Moment,
};
use isocenter_model::product::{ProductReference, VersionExpression};
use isocenter_model::text::shortened;
use jiff::civil::Date;
use serde::Deserialize;

use crate::json::{self, Field, Filled, List, Path, Problems, Spare, Text};

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "an object")]
struct Shell<'a> {
    #[serde(borrow)]
    statements: List<Statement<'a>>,
    #[serde(borrow, flatten)]
    core: Core<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "a statement")]
struct Statement<'a> {
    #[serde(borrow)]
    core: Field<Core<'a>>,
    #[serde(borrow, alias = "productName")]
    product_name: Field<Text<'a>>,
    #[serde(borrow, alias = "productVersion")]
    product_version: Field<Text<'a>>,
    #[serde(borrow, alias = "vendorName", alias = "supplierName")]
    vendor_name: Field<Text<'a>>,
    #[serde(borrow)]
    product: Field<Product<'a>>,
    #[serde(borrow)]
    product_identification_helper: Field<Identification<'a>>,
}

/// The later draft's product: hardware, software, or hardware with software.
#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "a product")]
struct Product<'a> {
    #[serde(borrow, alias = "product_name", alias = "productName")]
    name: Field<Text<'a>>,
    #[serde(borrow, alias = "product_version", alias = "productVersion")]
    version: Field<Text<'a>>,
    #[serde(
        borrow,
        alias = "vendor",
        alias = "vendorName",
        alias = "supplier_name"
    )]
    vendor_name: Field<Text<'a>>,
    #[serde(borrow)]
    hardware: Option<Box<Self>>,
    #[serde(borrow)]
    software: Option<Box<Self>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "identification helpers")]
struct Identification<'a> {
    #[serde(borrow)]
    cpe: Field<Text<'a>>,
    #[serde(borrow)]
    purl: Field<Text<'a>>,
    #[serde(borrow)]
    purls: List<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "core information")]
struct Core<'a> {
    #[serde(borrow)]
    general_availability: Field<Text<'a>>,
    #[serde(borrow)]
    end_of_sales: Field<Text<'a>>,
    #[serde(borrow)]
    end_of_security_support: Field<Text<'a>>,
    #[serde(borrow)]
    end_of_life: Field<Text<'a>>,
    #[serde(borrow)]
    last_updated: Field<Text<'a>>,
}

pub(super) fn read(
    text: &str,
    problems: &mut Problems,
) -> (Option<String>, Option<LifecycleNotice>) {
    let version = Some("OpenEoX 1.0".to_owned());
    let mut spare = Spare::default();
    let Some(shell) = json::parse::<Shell<'_>>(text, &mut spare, problems) else {
        return (version, None);
    };
    let root = Path::Root;
    let mut notice = LifecycleNotice::default();
    let path = root.key("statements");
    let is_core = shell.statements.is_unused();
    for (index, statement) in shell.statements.take(&path, problems) {
        notice
            .entries
            .extend(entry(statement, &path.index(index), problems));
    }
    if is_core {
        problems.push(
            Problem::warning(
                "lifecycle-product-missing",
                root.place(),
                "the document is core information that names no product",
            )
            .hint("ask for the OpenEoX shell document, which binds it to products"),
        );
        let mut alone = LifecycleEntry::default();
        dates(shell.core, &root, problems, &mut alone);
        notice.entries.push(alone);
    }
    notice.dated = notice.entries.iter().filter_map(|entry| entry.stated).max();
    notice.author = notice
        .entries
        .iter()
        .find_map(|entry| entry.product.vendor.clone());
    (version, Some(notice))
}

fn entry(
    statement: Statement<'_>,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<LifecycleEntry> {
    let mut reference = ProductReference {
        vendor: statement
            .vendor_name
            .take(&path.key("vendorName"), problems)
            .owned(),
        name: statement
            .product_name
            .take(&path.key("productName"), problems)
            .owned()
            .unwrap_or_default(),
        version: version(
            statement
                .product_version
                .take(&path.key("productVersion"), problems)
                .filled(),
        ),
        ..ProductReference::default()
    };
    let product_path = path.key("product");
    if let Some(product) = statement.product.take(&product_path, problems) {
        // Hardware names the device; the software that comes with it has the version.
        let parts = [
            Some(&product),
            product.hardware.as_deref(),
            product.software.as_deref(),
        ];
        for part in parts.into_iter().flatten() {
            if reference.name.is_empty() {
                reference.name = part.name.owned().unwrap_or_default();
            }
            if reference.vendor.is_none() {
                reference.vendor = part.vendor_name.owned();
            }
            if reference.version == VersionExpression::Unstated {
                reference.version = version(part.version.filled());
            }
        }
    }
    let helper_path = path.key("product_identification_helper");
    if let Some(helper) = statement
        .product_identification_helper
        .take(&helper_path, problems)
    {
        reference.cpe = helper.cpe.take(&helper_path.key("cpe"), problems).owned();
        let mut purls = helper.purls.take(&helper_path.key("purls"), problems);
        let first = purls.find_map(|(_, purl)| purl.filled().map(str::to_owned));
        reference.purl = helper
            .purl
            .take(&helper_path.key("purl"), problems)
            .owned()
            .or(first);
    }
    if reference.name.is_empty() && reference.cpe.is_none() && reference.purl.is_none() {
        problems.push(Problem::error(
            "lifecycle-product-missing",
            path.place(),
            "the statement names no product and was set aside",
        ));
        return None;
    }
    let mut entry = LifecycleEntry {
        product: reference,
        ..LifecycleEntry::default()
    };
    let core_path = path.key("core");
    match statement.core.take(&core_path, problems) {
        Some(core) => dates(core, &core_path, problems, &mut entry),
        None => problems.push(Problem::error(
            "lifecycle-core-missing",
            core_path.place(),
            "the statement has no core information",
        )),
    }
    Some(entry)
}

fn version(text: Option<&str>) -> VersionExpression {
    match text {
        None => VersionExpression::Unstated,
        Some(range) if range.starts_with("vers:") => VersionExpression::Range(range.to_owned()),
        Some(version) => VersionExpression::Exact(version.to_owned()),
    }
}

fn dates(core: Core<'_>, path: &Path<'_>, problems: &mut Problems, entry: &mut LifecycleEntry) {
    let fields = [
        (
            MilestoneKind::GeneralAvailability,
            "general_availability",
            core.general_availability,
            false,
        ),
        (
            MilestoneKind::EndOfSales,
            "end_of_sales",
            core.end_of_sales,
            false,
        ),
        (
            MilestoneKind::EndOfSecuritySupport,
            "end_of_security_support",
            core.end_of_security_support,
            true,
        ),
        (
            MilestoneKind::EndOfSupport,
            "end_of_life",
            core.end_of_life,
            true,
        ),
    ];
    let mut known: Vec<(MilestoneKind, Date)> = Vec::new();
    for (kind, key, field, required) in fields {
        let at = path.key(key);
        let text = field.take(&at, problems);
        let moment = match text.filled() {
            None => {
                if required {
                    problems.push(Problem::error(
                        "lifecycle-date-missing",
                        at.place(),
                        format!("{key} is missing; OpenEoX wants a time or “tba”"),
                    ));
                }
                continue;
            }
            Some("tba") => Moment::ToBeAnnounced,
            Some(text) => {
                let Some(day) = json::date(text) else {
                    problems.push(Problem::error(
                        "lifecycle-date-malformed",
                        at.place(),
                        format!("'{}' is neither a time nor “tba”", shortened(text, 40)),
                    ));
                    continue;
                };
                known.push((kind, day));
                Moment::Day(day)
            }
        };
        entry.milestones.push(Milestone {
            kind,
            at: moment,
            offer: None,
        });
    }
    // Mandatory tests of the core: availability comes first, the end of life last.
    for (kind, day) in &known {
        let wrong = known.iter().any(|(other, at)| match (kind, other) {
            (MilestoneKind::GeneralAvailability, _) => at < day,
            (MilestoneKind::EndOfSupport, _) => at > day,
            _ => false,
        });
        if wrong {
            problems.push(Problem::error(
                "lifecycle-order",
                path.place(),
                format!(
                    "the {} of {day} does not stand in the order of a life",
                    kind.as_str()
                ),
            ));
        }
    }
    entry.stated = core
        .last_updated
        .take(&path.key("last_updated"), problems)
        .filled()
        .and_then(json::timestamp);
}
