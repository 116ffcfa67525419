//! Many DICOM files become one record for each device. Nothing of a single file is left in it: no name, no place, no
//! digest.

use std::collections::BTreeMap;
use std::path::Path;

use isocenter_documents::dicom;
use isocenter_identity::name::{maker_key, model_key};
use isocenter_identity::serial::serial_key;
use isocenter_model::document::{CheckedFile, Summary};
use isocenter_model::equipment::{EquipmentRecord, Overlap};
use isocenter_model::text::shortened;
use isocenter_model::{Digest, Document, DocumentKind, Place, Problem, Reading};

use super::reading::{Event, Gone, Known, ReadFile, Sink};

/// The devices of an import, as their files name them.
#[derive(Default)]
pub(super) struct Gathering {
    devices: BTreeMap<Identity, Gathered>,
    /// Files that name no device.
    nameless: Tally,
}

/// What tells one device from another: maker, model, and the best of its own names.
pub(super) type Identity = [String; 3];

struct Gathered {
    record: EquipmentRecord,
    tally: Tally,
}

/// The files of one device, or those that name none.
#[derive(Default)]
struct Tally {
    /// The path that was given, or the folder of those that were. What lies below may name a patient.
    path: Option<String>,
    files: u64,
    /// Each problem with the number of files that have it.
    problems: BTreeMap<&'static str, (Problem, u64)>,
}

/// What tells the device of a record from others: its serial number, else its UDI or device UID, else its
/// station, else where it stands.
pub(super) fn identity(record: &EquipmentRecord) -> Identity {
    let maker = record.manufacturer.as_deref().unwrap_or("");
    let model = record.model.as_deref().unwrap_or("");
    let first = |word: &str, names: &[String]| Some(format!("{word}:{}", names.first()?));
    let own = record
        .serial_number
        .as_deref()
        .and_then(serial_key)
        .map(|serial| format!("serial:{serial}"))
        .or_else(|| first("udi", &record.udis))
        .or_else(|| first("uid", &record.device_uids))
        .or_else(|| first("station", &record.stations))
        .or_else(|| first("institution", &record.institutions))
        .unwrap_or_default();
    [maker_key(maker), model_key(maker, model), own]
}

impl Gathering {
    /// Takes what was read of DICOM files below the path that was given.
    pub(super) fn take(&mut self, given: &str, reading: Reading) {
        let files = reading.summary.get("files").copied().unwrap_or(1);
        let Some(Document::Equipment(record)) = reading.document else {
            self.nameless.take(given, files, reading.problems);
            return;
        };
        // A record that is read back counts files that may be read here as well.
        let overlap = if files == 1 {
            Overlap::None
        } else {
            Overlap::Possible
        };
        let gathered = self
            .devices
            .entry(identity(&record))
            .or_insert_with(|| Gathered {
                record: EquipmentRecord::default(),
                tally: Tally::default(),
            });
        gathered.record.join(&record, overlap);
        gathered.tally.take(given, files, reading.problems);
    }

    /// Tells of each device as of one file, and of the files without a device as of one more.
    pub(super) fn tell(self, known: &Known, sink: &mut Sink<'_>) -> Result<(), Gone> {
        for (identity, gathered) in self.devices {
            let mut file = read_file(gathered.record, Vec::new());
            file.path = gathered.tally.path.clone().unwrap_or_default();
            if known.documents.contains_key(&file.digest) {
                sink(Event::Known {
                    path: file.path,
                    digest: file.digest,
                    size: file.bytes.len() as u64,
                })?;
                continue;
            }
            file.reading.problems.extend(told(&identity, &file));
            file.reading.problems.extend(gathered.tally.told());
            sink(Event::Read(Box::new(file)))?;
        }
        if self.nameless.files > 0 {
            sink(Event::Refused(CheckedFile {
                path: self.nameless.path.clone().unwrap_or_default(),
                kind: DocumentKind::Dicom,
                version: None,
                digest: None,
                size: 0,
                summary: Summary::from([("files", self.nameless.files)]),
                problems: self.nameless.told(),
            }))?;
        }
        Ok(())
    }
}

/// What a record and one that is in force already say together, as a file of its own.
pub(super) fn joined(file: &ReadFile, stored: &EquipmentRecord) -> Option<ReadFile> {
    let Some(Document::Equipment(record)) = &file.reading.document else {
        return None;
    };
    let mut all = stored.clone();
    all.join(record, Overlap::Possible);
    let mut joined = read_file(all, file.reading.problems.clone());
    joined.path.clone_from(&file.path);
    Some(joined)
}

/// A record as a file: its bytes are those of the record, and so is its digest. That of an image would be a
/// pseudonym of a patient.
fn read_file(record: EquipmentRecord, problems: Vec<Problem>) -> ReadFile {
    let bytes = dicom::write(&record);
    ReadFile {
        path: String::new(),
        name: record.label(),
        place: String::new(),
        digest: Digest::of(&bytes),
        bytes,
        read_with: String::new(),
        reading: Reading {
            kind: DocumentKind::Dicom,
            version: None,
            summary: Summary::from([("files", record.seen.files)]),
            document: Some(Document::Equipment(record)),
            problems,
        },
    }
}

impl Tally {
    fn take(&mut self, given: &str, files: u64, problems: Vec<Problem>) {
        self.files += files;
        self.path = Some(match self.path.take() {
            Some(path) => folder_of_both(path, given),
            None => given.to_owned(),
        });
        for problem in problems {
            let (_, count) = self.problems.entry(problem.id).or_insert((problem, 0));
            *count += files;
        }
    }

    /// The problems, each with how many files have it.
    fn told(&self) -> Vec<Problem> {
        let told = self.problems.values().map(|(problem, count)| {
            let mut problem = problem.clone();
            if self.files > 1 {
                problem.message = format!("{} ({count} of {} files)", problem.message, self.files);
            }
            problem
        });
        told.collect()
    }
}

/// The nearest folder of two paths; of one path twice the path itself.
fn folder_of_both(one: String, other: &str) -> String {
    if one == other {
        return one;
    }
    let other = Path::new(other);
    let common = Path::new(&one)
        .ancestors()
        .find(|ancestor| other.starts_with(ancestor));
    match common {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_string_lossy().into_owned(),
        _ => ".".to_owned(),
    }
}

/// Which device it is, and what to know where its files hardly tell it from others.
fn told(identity: &Identity, file: &ReadFile) -> Vec<Problem> {
    let Some(Document::Equipment(record)) = &file.reading.document else {
        return Vec::new();
    };
    let mut told = vec![Problem::note(
        "dicom-equipment-read",
        Place::Document,
        described(record),
    )];
    let [_, _, own] = identity;
    let is_filler = record
        .serial_number
        .as_deref()
        .is_some_and(|serial| serial_key(serial).is_none());
    if own.is_empty() || own.starts_with("institution:") {
        told.push(
            Problem::note(
                "dicom-device-nameless",
                Place::Document,
                "the files name neither serial number nor station of the device; several devices of this model may be counted as one",
            )
            .hint("Have serial number and station name set when the device is serviced."),
        );
    } else if is_filler {
        told.push(Problem::note(
            "dicom-serial-filler",
            Place::Document,
            "the serial number in the files is a filler; the device is known by another of its names",
        ));
    }
    told
}

/// The device in a sentence.
fn described(record: &EquipmentRecord) -> String {
    let mut parts = Vec::new();
    let maker = [&record.manufacturer, &record.model];
    let maker: Vec<&str> = maker.into_iter().flatten().map(String::as_str).collect();
    if !maker.is_empty() {
        parts.push(maker.join(" "));
    }
    if let Some(station) = record.stations.first() {
        parts.push(format!("station {station}"));
    }
    if let Some(serial) = &record.serial_number {
        parts.push(format!("serial number {serial}"));
    }
    if let Some(state) = record.software.first() {
        parts.push(format!("software {}", state.versions.join("; ")));
    }
    if let Some(day) = record.seen.last {
        parts.push(format!("last seen {day}"));
    }
    format!("the files are of {}", shortened(&parts.join(", "), 400))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_that_came_from_several_paths_is_shown_at_their_folder() {
        for (one, other, folder) in [
            ("a/b", "a/b", "a/b"),
            ("a/b/1", "a/b/2", "a/b"),
            ("a/b", "a/c/d", "a"),
            ("1.dcm", "2.dcm", "."),
            ("/a/1", "/b/1", "/"),
            ("a/b", "a/bc", "a"),
        ] {
            assert_eq!(folder_of_both(one.to_owned(), other), folder);
        }
    }

    #[test]
    fn the_best_name_of_a_device_tells_it_from_others() {
        let text = |text: &str| Some(text.to_owned());
        let mut record = EquipmentRecord {
            manufacturer: text("Siemens Healthcare GmbH"),
            model: text("SIEMENS Avanto"),
            ..EquipmentRecord::default()
        };
        let own = |record: &EquipmentRecord| identity(record)[2].clone();
        assert_eq!(identity(&record), ["siemenshealthineers", "avanto", ""]);
        record.institutions = vec!["Clinic".to_owned()];
        assert_eq!(own(&record), "institution:Clinic");
        record.stations = vec!["MRC1".to_owned()];
        record.serial_number = text("00000");
        assert_eq!(own(&record), "station:MRC1");
        record.serial_number = text(" 25641");
        assert_eq!(own(&record), "serial:25641");
    }
}
