//! The metrics of each version: `catalogs/cvss.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// A version of CVSS.
#[derive(Debug)]
pub(super) struct Version {
    pub(super) name: String,
    pub(super) prefix: String,
    pub(super) required: Vec<String>,
    pub(super) scores: Vec<String>,
    pub(super) severities: Vec<String>,
    pub(super) ordered: bool,
    pub(super) closed: bool,
    pub(super) base: Vec<Metric>,
    pub(super) further: Vec<Metric>,
}

/// A metric: its sign, its property, and its values as the vector and as JSON spells them.
#[derive(Debug, Clone)]
pub(super) struct Metric {
    pub(super) sign: String,
    pub(super) property: String,
    pub(super) values: Vec<(String, String)>,
}

impl Metric {
    fn read(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        Some(Self {
            sign: words.next()?.to_owned(),
            property: words.next()?.to_owned(),
            values: words
                .map(|word| {
                    let (sign, word) = word.split_once('=')?;
                    Some((sign.to_owned(), word.to_owned()))
                })
                .collect::<Option<_>>()?,
        })
    }
}

#[derive(Deserialize)]
struct Written {
    #[serde(rename = "version")]
    versions: Vec<WrittenVersion>,
}

#[derive(Default, Deserialize, Clone)]
#[serde(default)]
struct WrittenVersion {
    name: String,
    prefix: String,
    /// The version whose metrics it shares.
    #[serde(rename = "as")]
    like: Option<String>,
    required: Vec<String>,
    scores: Vec<String>,
    severities: Vec<String>,
    ordered: bool,
    closed: bool,
    base: Vec<String>,
    further: Vec<String>,
}

pub(super) static VERSIONS: LazyLock<Vec<Version>> = LazyLock::new(|| {
    let text = include_str!("../../../../../catalogs/cvss.toml");
    let Ok(written) = toml::from_str::<Written>(text) else {
        return Vec::new();
    };
    let metrics = |lines: &[String]| -> Vec<Metric> {
        lines.iter().filter_map(|line| Metric::read(line)).collect()
    };
    written
        .versions
        .iter()
        .map(|version| {
            let source = version
                .like
                .as_ref()
                .and_then(|like| written.versions.iter().find(|other| other.name == *like))
                .unwrap_or(version)
                .clone();
            Version {
                name: version.name.clone(),
                prefix: version.prefix.clone(),
                base: metrics(&source.base),
                further: metrics(&source.further),
                required: source.required,
                scores: source.scores,
                severities: source.severities,
                ordered: source.ordered,
                closed: source.closed,
            }
        })
        .collect()
});
