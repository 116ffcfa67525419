//! Remediations as validated updates: what a manufacturer says may be installed on its own products.
//!
//! A fix that a coordinator or a researcher passes on is no word of the manufacturer, so only publishers of the
//! category `vendor` are heard, and for products of their own. `vendor_fix` (2.0, 3.2.3.12.1) and `optional_patch` (2.1) are updates that
//! exist, from their date on; `fix_planned` (2.1) is one that does not yet.
//!
//! Traps: one remediation is repeated under each flaw that it mends, and is one update; a restart and an entitlement
//! (who may have it, a support contract say) stand beside the words; the products named are those to be
//! updated, not those that result.

use std::collections::{BTreeSet, HashMap};

use isocenter_identity::name::maker_key;
use isocenter_model::text::shortened;
use isocenter_model::update::{ValidatedUpdate, ValidationStatus};
use isocenter_model::vulnerability::Advisory;
use isocenter_model::{Place, Problem};
use jiff::civil::Date;

use super::time;
use super::tree::Products;
use crate::budget::Budget;
use crate::json::{self, Node, Path, Problems};

/// Updates of one document that are kept, each for one product.
const MOST: usize = 5_000;
/// Bytes that a product takes in the set of a remediation, about.
const PRODUCT_COST: usize = 64;
/// Characters of an update's name.
const NAME: usize = 200;
/// Flaws that the remark names.
const FLAWS: usize = 10;

/// What makes two remediations one: words, address, date, status.
type Key<'t> = (&'t str, Option<&'t str>, Option<&'t str>, ValidationStatus);

/// One remediation, however often it is repeated.
struct Fix<'t> {
    name: String,
    status: ValidationStatus,
    date: Option<Date>,
    url: Option<&'t str>,
    restart: Option<&'t str>,
    entitlements: BTreeSet<&'t str>,
    flaws: Vec<&'t str>,
    products: BTreeSet<usize>,
    place: Place,
}

/// The updates that a manufacturer's document offers.
pub(super) fn read(
    root: &Node<'_>,
    products: &Products<'_>,
    length: usize,
    advisory: &Advisory,
    problems: &mut Problems,
) -> Vec<ValidatedUpdate> {
    if advisory.publisher_category != "vendor" || advisory.category == "csaf_withdrawn" {
        return Vec::new();
    }
    let mut budget = Budget::for_document(length);
    let mut fixes: Vec<Fix<'_>> = Vec::new();
    let mut known: HashMap<Key<'_>, usize> = HashMap::new();
    let mut is_whole = true;
    let root_path = Path::Root;
    let list_path = root_path.key("vulnerabilities");
    'flaws: for (index, flaw) in root.list("vulnerabilities").iter().enumerate() {
        let path = list_path.index(index);
        let path = path.key("remediations");
        for (index, node) in flaw.list("remediations").iter().enumerate() {
            let (Some(status), Some(details)) = (status(node, advisory), node.filled("details"))
            else {
                continue;
            };
            let more = products.count_in_groups(node) + node.list("product_ids").len();
            if !budget.spend(more * PRODUCT_COST) {
                is_whole = false;
                break 'flaws;
            }
            let key = (details, node.filled("url"), node.filled("date"), status);
            let at = *known.entry(key).or_insert(fixes.len());
            if at == fixes.len() {
                fixes.push(Fix {
                    name: shortened(details.lines().next().unwrap_or(details), NAME),
                    status,
                    date: node.filled("date").and_then(json::date),
                    url: node.filled("url"),
                    restart: node
                        .get("restart_required")
                        .and_then(|restart| restart.filled("category"))
                        .filter(|category| *category != "none"),
                    entitlements: BTreeSet::new(),
                    flaws: Vec::new(),
                    products: BTreeSet::new(),
                    place: path.index(index).place(),
                });
            }
            let Some(fix) = fixes.get_mut(at) else {
                continue;
            };
            fix.products.extend(products.named(node));
            fix.entitlements
                .extend(node.list("entitlements").iter().filter_map(Node::as_text));
            let id = flaw.filled("cve");
            fix.flaws
                .extend(id.filter(|id| !fix.flaws.contains(id) && fix.flaws.len() <= FLAWS));
        }
    }
    let publisher = maker_key(&advisory.publisher);
    let mut updates: Vec<ValidatedUpdate> = fixes
        .iter()
        .flat_map(|fix| fix.products.iter().map(move |product| (fix, *product)))
        .filter_map(|(fix, product)| update(fix, product, products))
        .filter(|update| is_own(update.release.vendor.as_deref(), &publisher))
        .take(MOST + 1)
        .collect();
    if updates.len() > MOST || !is_whole {
        problems.push(Problem::note(
            "csaf-updates-many",
            list_path.place(),
            format!("the remediations are for so many products that not all are listed as updates; {MOST} are the most"),
        ));
    }
    updates.truncate(MOST);
    updates
}

/// Whether a product is the publisher's own: no maker is named, or the same by its key. Whether somebody else's update may
/// be installed is for that maker to say.
fn is_own(vendor: Option<&str>, publisher: &str) -> bool {
    vendor.is_none_or(|vendor| maker_key(vendor) == publisher)
}

/// Where an update stands: a fix whose day comes after the document is one that is announced.
fn status(node: &Node<'_>, advisory: &Advisory) -> Option<ValidationStatus> {
    match node.filled("category")? {
        "vendor_fix" | "optional_patch" => {
            let is_to_come = match (time(node, "date"), advisory.current) {
                (Some(date), Some(current)) => date > current,
                _ => false,
            };
            Some(if is_to_come {
                ValidationStatus::Pending
            } else {
                ValidationStatus::Approved
            })
        }
        "fix_planned" => Some(ValidationStatus::Pending),
        _ => None,
    }
}

/// A fix for one product; of a combination, for the whole.
fn update(fix: &Fix<'_>, product: usize, products: &Products<'_>) -> Option<ValidatedUpdate> {
    let entry = products.list.get(product)?;
    let parts = entry
        .whole_and_part
        .and_then(|(whole, part)| Some((products.list.get(whole)?, products.list.get(part)?)));
    let (release, part) = match parts {
        Some((whole, part)) => (&whole.reference, Some(part.reference.name.as_str())),
        None => (&entry.reference, None),
    };
    let mut remarks: Vec<String> = Vec::new();
    let mut say = |text: Option<String>| remarks.extend(text);
    say(part.map(|part| format!("for its part {}", shortened(part, 80))));
    say(fix
        .restart
        .map(|what| format!("restart: {}", shortened(what, 40))));
    let entitlements: Vec<&str> = fix.entitlements.iter().copied().take(5).collect();
    let entitled = (!entitlements.is_empty()).then(|| shortened(&entitlements.join(", "), 200));
    say(entitled.map(|who| format!("entitlement: {who}")));
    let mut flaws: Vec<&str> = fix.flaws.iter().copied().take(FLAWS).collect();
    if fix.flaws.len() > FLAWS {
        flaws.push("…");
    }
    say((!flaws.is_empty()).then(|| format!("mends {}", shortened(&flaws.join(", "), 300))));
    say(fix.url.map(|url| shortened(url, 300)));
    let remark = remarks.join("; ");
    Some(ValidatedUpdate {
        update: fix.name.clone(),
        release: release.clone(),
        status: fix.status,
        date: fix.date,
        remark: (!remark.is_empty()).then_some(remark),
        place: fix.place.clone(),
    })
}
