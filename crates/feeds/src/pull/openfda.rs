//! openFDA: one list names the files of every data set.
//!
//! Source: openFDA, "Downloads": `results.NOUN.ENDPOINT.partitions[].file`, and `export_date`, which changes when the
//! files do.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::Run;
use crate::catalog::Content;
use crate::error::{FeedError, Refusal};
use crate::folder::safe_name;

const MOST_LIST: u64 = 64 << 20;

#[derive(Debug, Deserialize)]
struct Downloads {
    results: BTreeMap<String, BTreeMap<String, DataSet>>,
}

#[derive(Debug, Deserialize)]
struct DataSet {
    #[serde(default)]
    partitions: Vec<Partition>,
}

#[derive(Debug, Deserialize)]
struct Partition {
    file: String,
}

pub(super) fn pull(run: &mut Run<'_, '_>, wanted: &[String]) -> Result<(), FeedError> {
    let address = run.address().to_owned();
    let downloads: Downloads = run.json(&address, &[], MOST_LIST)?;
    let mut named = BTreeSet::new();
    for wanted in wanted {
        let partitions = wanted
            .split_once('/')
            .and_then(|(noun, endpoint)| downloads.results.get(noun)?.get(endpoint))
            .map(|set| set.partitions.as_slice())
            .unwrap_or_default();
        if partitions.is_empty() {
            return Err(Run::unusable(
                &address,
                Refusal::Unsaid("where the recalls are"),
            ));
        }
        for partition in partitions {
            let name = format!(
                "{}-{}",
                wanted.replace('/', "-"),
                safe_name(&partition.file)
            );
            run.file(&name, &partition.file, Content::Zip, &[])?;
            named.insert(name);
        }
    }
    let gone: Vec<String> = run
        .state
        .files
        .keys()
        .filter(|name| !named.contains(*name))
        .cloned()
        .collect();
    for name in gone {
        run.drop_file(&name)?;
    }
    Ok(())
}
