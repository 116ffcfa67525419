//! Tests of scores and ratings: 6.1.7, 6.1.56, 6.2.3, 6.2.19, 6.3.1 and 6.3.2. What a CVSS object
//! says by itself is checked on the way through the schema.

use isocenter_model::text::shortened;

use super::{Facts, Found};
use crate::csaf::cvss;
use crate::json::{Node, Path};
use crate::lookup::{Lookup, LookupSet};

/// The keys of CVSS objects.
const CVSS: [&str; 3] = ["cvss_v2", "cvss_v3", "cvss_v4"];

/// A set of metrics: who made them, of which products, and where they stand.
struct Metrics<'c> {
    source: Option<&'c str>,
    products: &'c [Node<'c>],
    content: &'c Node<'c>,
    list: &'static str,
    index: usize,
}

impl<'c> Metrics<'c> {
    /// All of a flaw: `scores` in 2.0, `metrics` in 2.1.
    fn of(flaw: &'c Node<'c>) -> impl Iterator<Item = Self> {
        let scores = flaw.list("scores").iter().enumerate();
        let metrics = flaw.list("metrics").iter().enumerate();
        let scores = scores.map(|(index, score)| Metrics {
            source: None,
            products: score.list("products"),
            content: score,
            list: "scores",
            index,
        });
        let metrics = metrics.map(|(index, metric)| Metrics {
            source: metric.text("source"),
            products: metric.list("products"),
            content: metric.get("content").unwrap_or(&Node::Null),
            list: "metrics",
            index,
        });
        scores.chain(metrics)
    }

    fn scores(&self) -> impl Iterator<Item = (&'static str, &'c Node<'c>)> {
        let content = self.content;
        CVSS.into_iter()
            .filter_map(move |key| Some((key, content.get(key)?)))
    }

    fn ids(&self) -> impl Iterator<Item = &'c str> + use<'c> {
        self.products.iter().filter_map(Node::as_text)
    }

    /// Calls `report` with the path of what stands under `key` of the content.
    fn path_of(&self, flaw: &Path<'_>, key: &str, report: &mut dyn FnMut(&Path<'_>)) {
        let list = flaw.key(self.list);
        let element = list.index(self.index);
        if self.list == "metrics" {
            report(&element.key("content").key(key));
        } else {
            report(&element.key(key));
        }
    }
}

fn version_of<'c>(key: &str, score: &'c Node<'c>) -> &'c str {
    score.text("version").unwrap_or(match key {
        "cvss_v2" => "2.0",
        "cvss_v3" => "3.1",
        _ => "4.0",
    })
}

/// 6.1.7: a product has one score of each version of CVSS, from each source.
pub(super) fn repeated<'c>(
    _: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    if flaw.list("scores").len() + flaw.list("metrics").len() < 2 {
        return;
    }
    let mut seen: LookupSet<(&str, &str, Option<&str>)> = LookupSet::default();
    for metrics in Metrics::of(flaw) {
        let mut own: LookupSet<&str> = LookupSet::default();
        for (key, score) in metrics.scores() {
            let version = version_of(key, score);
            for id in metrics.ids() {
                // An id that stands twice in one list is a fault of that list.
                if !own.insert(id) {
                    continue;
                }
                if !seen.insert((id, version, metrics.source)) {
                    metrics.path_of(path, key, &mut |path| {
                        found.at(path, || {
                            format!(
                                "the product id '{}' has more than one score of CVSS {}",
                                shortened(id, 60),
                                shortened(version, 10)
                            )
                        });
                    });
                }
            }
            own.clear();
        }
    }
}

/// 6.1.56: a product is not rated in words beside a score of the same source.
pub(super) fn rating_beside_cvss<'c>(
    _: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let mut scored: LookupSet<(&str, Option<&str>)> = LookupSet::default();
    for metrics in Metrics::of(flaw) {
        if metrics.scores().next().is_some() {
            scored.extend(metrics.ids().map(|id| (id, metrics.source)));
        }
    }
    for metrics in Metrics::of(flaw) {
        const KEY: &str = "qualitative_severity_rating";
        if metrics.content.get(KEY).is_none() {
            continue;
        }
        for id in metrics
            .ids()
            .filter(|id| scored.contains(&(*id, metrics.source)))
        {
            metrics.path_of(path, KEY, &mut |path| {
                found.at(
                    path,
                    || format!(
                        "the product id '{}' is rated in words and has a CVSS score of the same source",
                        shortened(id, 60)
                    ),
                );
            });
        }
    }
}

/// 6.2.3: an affected product has a score.
pub(super) fn missing<'c>(
    _: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let Some(status) = flaw.get("product_status") else {
        return;
    };
    let scored: LookupSet<&str> = Metrics::of(flaw)
        .flat_map(|metrics| metrics.ids())
        .collect();
    let path = path.key("product_status");
    for list in ["first_affected", "known_affected", "last_affected"] {
        let path = path.key(list);
        for (index, id) in status.list(list).iter().enumerate() {
            if let Some(id) = id.as_text()
                && !scored.contains(id)
            {
                found.at(&path.index(index), || {
                    format!(
                        "the affected product id '{}' has no score",
                        shortened(id, 60)
                    )
                });
            }
        }
    }
}

/// 6.2.19: where a corrected product has a score, its environmental score is zero.
pub(super) fn of_fixed<'c>(
    _: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let Some(status) = flaw.get("product_status") else {
        return;
    };
    let lists = ["first_fixed", "fixed"];
    if lists.iter().all(|list| status.list(list).is_empty()) {
        return;
    }
    // A score of each version may be of the same product: all must be zero.
    let mut is_zero: Lookup<&str, bool> = Lookup::default();
    for metrics in Metrics::of(flaw) {
        for (_, score) in metrics.scores() {
            let zero = cvss::is_without_impact(score);
            for id in metrics.ids() {
                *is_zero.entry(id).or_insert(true) &= zero;
            }
        }
    }
    let path = path.key("product_status");
    for list in lists {
        let path = path.key(list);
        for (index, id) in status.list(list).iter().enumerate() {
            if let Some(id) = id.as_text()
                && is_zero.get(id) == Some(&false)
            {
                found.at(
                    &path.index(index),
                    || format!(
                        "the fixed product id '{}' has a score whose environmental score is not zero",
                        shortened(id, 60)
                    ),
                );
            }
        }
    }
}

/// 6.3.1: a product is not scored by CVSS 2 alone.
pub(super) fn only_cvss_2<'c>(
    _: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    let mut newer: LookupSet<&str> = LookupSet::default();
    for metrics in Metrics::of(flaw) {
        if metrics.scores().any(|(key, _)| key != "cvss_v2") {
            newer.extend(metrics.ids());
        }
    }
    for metrics in Metrics::of(flaw) {
        if metrics.content.get("cvss_v2").is_none() {
            continue;
        }
        for id in metrics.ids().filter(|id| !newer.contains(id)) {
            metrics.path_of(path, "cvss_v2", &mut |path| {
                found.at(path, || {
                    format!(
                        "the product id '{}' is scored by CVSS 2 alone",
                        shortened(id, 60)
                    )
                });
            });
        }
    }
}

/// 6.3.2: CVSS 3.0 is not used.
pub(super) fn cvss_3_0<'c>(
    _: &'c Facts<'c>,
    flaw: &'c Node<'c>,
    path: &Path<'_>,
    found: &mut Found<'_>,
) {
    for metrics in Metrics::of(flaw) {
        let Some(score) = metrics.content.get("cvss_v3") else {
            continue;
        };
        let is_3_0 = score.text("version") == Some("3.0")
            || score
                .text("vectorString")
                .is_some_and(|vector| vector.starts_with("CVSS:3.0/"));
        if is_3_0 {
            metrics.path_of(path, "cvss_v3", &mut |path| {
                found.at(path, "the score is of CVSS 3.0, which 3.1 replaced");
            });
        }
    }
}
