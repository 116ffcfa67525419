//! Collections that keep the package URLs of a product in one file and its CPE names in another of the same folder:
//! the two are one paper. Alone neither says anything, and many are byte for byte the same.

use std::collections::{BTreeMap, BTreeSet};

use isocenter_documents::identity_map;
use isocenter_model::identity::IdentityMap;
use isocenter_model::{Digest, Document, Place, Problem};

use super::reading::{Event, Gone, Known, ReadFile, Sink};

/// Halves of maps that wait for the other one, by their folder.
#[derive(Default)]
pub(super) struct Gathering {
    waiting: BTreeMap<String, ReadFile>,
}

#[derive(PartialEq)]
enum Half {
    Packages,
    Products,
}

/// Which half of a map a file is; `None` for all other papers.
fn half(file: &ReadFile) -> Option<Half> {
    let Some(Document::IdentityMap(map)) = &file.reading.document else {
        return None;
    };
    match map {
        IdentityMap { pairs, .. } if !pairs.is_empty() => None,
        IdentityMap { purls, .. } if !purls.is_empty() => Some(Half::Packages),
        IdentityMap { .. } => Some(Half::Products),
    }
}

impl Gathering {
    /// Tells of a file, or keeps it until the other half of it comes.
    pub(super) fn take(
        &mut self,
        file: ReadFile,
        known: &Known,
        sink: &mut Sink<'_>,
    ) -> Result<(), Gone> {
        let Some(kind) = half(&file) else {
            return sink(Event::Read(Box::new(file)));
        };
        let folder = folder(&file.path).to_owned();
        match self.waiting.remove(&folder) {
            Some(other) if half(&other) != Some(kind) => {
                let joined = joined(&folder, &other, &file);
                if known.documents.contains_key(&joined.digest) {
                    return sink(Event::Known {
                        path: joined.path,
                        digest: joined.digest,
                        size: joined.bytes.len() as u64,
                    });
                }
                sink(Event::Read(Box::new(joined)))
            }
            other => {
                self.waiting.insert(folder, file);
                // A second file of the same half: nobody says which of them the other half means.
                match other {
                    Some(other) => sink(alone(&other)),
                    None => Ok(()),
                }
            }
        }
    }

    /// Tells of the files whose other half did not come.
    pub(super) fn tell(self, sink: &mut Sink<'_>) -> Result<(), Gone> {
        self.waiting.values().try_for_each(|file| sink(alone(file)))
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once(['/', '\\'])
        .map_or("", |(folder, _)| folder)
}

/// Both halves as one file. Its place is the product: collections file their names by it, and the next edition of the
/// same product replaces this one wherever it lies.
fn joined(folder: &str, one: &ReadFile, other: &ReadFile) -> ReadFile {
    let bytes = identity_map::joined(&one.bytes, &other.bytes);
    let reading = identity_map::read(&bytes);
    let products: BTreeSet<&str> = match &reading.document {
        Some(Document::IdentityMap(map)) => {
            map.pairs.iter().map(|pair| pair.cpe.as_str()).collect()
        }
        _ => BTreeSet::new(),
    };
    let place = products.into_iter().collect::<Vec<_>>().join(" ");
    ReadFile {
        path: folder.to_owned(),
        name: folder.rsplit(['/', '\\']).next().unwrap_or("").to_owned(),
        place,
        digest: Digest::of(&bytes),
        bytes,
        read_with: String::new(),
        reading,
    }
}

fn alone(file: &ReadFile) -> Event {
    let (here, elsewhere) = match half(file) {
        Some(Half::Packages) => ("package URLs", "CPE names"),
        _ => ("CPE names", "package URLs"),
    };
    let mut checked = file.checked();
    checked.problems.push(
        Problem::warning(
            "identity-names-alone",
            Place::Document,
            format!("the file has {here} only, and no other file of its folder has the {elsewhere} that belong to them"),
        )
        .hint("Import the folder with both files (purls.yml and cpes.yml)."),
    );
    Event::Refused(checked)
}
