//! Equipment as the files that it made name it (DICOM).
//!
//! An image is about a patient, and about the device that made it. Only the second half is here: who
//! made the device, what it is called, which software it ran, and on which days it was seen.

use std::collections::BTreeMap;

use jiff::civil::Date;

/// Entries of one list that a record keeps; real devices have a handful.
const MOST: usize = 64;

/// One device as DICOM files name it: the equipment of PS3.3 C.7.5.1 and what the files say of the
/// programs that wrote them. It holds nothing of a patient, a study or a single image.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EquipmentRecord {
    /// Maker (0008,0070).
    pub manufacturer: Option<String>,
    /// Model (0008,1090).
    pub model: Option<String>,
    /// Serial number (0018,1000).
    pub serial_number: Option<String>,
    /// Station names (0008,1010), sorted.
    pub stations: Vec<String>,
    /// Device UIDs (0018,1002), sorted.
    pub device_uids: Vec<String>,
    /// Unique Device Identifications (0018,1009), sorted.
    pub udis: Vec<String>,
    /// Institutions (0008,0080), sorted.
    pub institutions: Vec<String>,
    /// Departments (0008,1040), sorted.
    pub departments: Vec<String>,
    /// What it ran, the newest first.
    pub software: Vec<SoftwareState>,
    /// Equipment that turned its pictures or documents into DICOM, sorted.
    pub capture_devices: Vec<CaptureDevice>,
    /// Programs that wrote the files, sorted: often an archive or a toolkit and not the device.
    pub writers: Vec<FileWriter>,
    /// Files by modality (0008,0060).
    pub modalities: BTreeMap<String, u64>,
    /// Files in all, and the days they span.
    pub seen: Seen,
}

/// In how many files something was seen, and on which days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// Number of files.
    pub files: u64,
    /// First day.
    pub first: Option<Date>,
    /// Last day.
    pub last: Option<Date>,
}

/// The software that a device ran for a time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SoftwareState {
    /// Software versions (0018,1020), as many as the device writes and in its order: the first is taken for that of the
    /// device, the others may be parts, the operating system among them.
    pub versions: Vec<String>,
    /// When it ran.
    pub seen: Seen,
}

/// Equipment that makes DICOM of a picture or document (PS3.3 C.8.6.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct CaptureDevice {
    /// Maker (0018,1016).
    pub manufacturer: Option<String>,
    /// Model (0018,1018).
    pub model: Option<String>,
    /// Software versions (0018,1019).
    pub versions: Vec<String>,
}

/// A program that wrote files (PS3.10 7.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileWriter {
    /// Implementation class UID (0002,0012).
    pub implementation: Option<String>,
    /// Implementation version name (0002,0013), such as `OFFIS_DCMTK_362`.
    pub version_name: Option<String>,
    /// Application entity that wrote the file (0002,0016).
    pub ae_title: Option<String>,
}

/// Whether two records may count the same files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlap {
    /// They count different files: the numbers add up.
    None,
    /// They may count the same files, for which file was counted is not kept: the larger number is
    /// certain.
    Possible,
}

impl Overlap {
    fn of(self, one: u64, other: u64) -> u64 {
        match self {
            Self::None => one.saturating_add(other),
            Self::Possible => one.max(other),
        }
    }
}

impl Seen {
    fn join(&mut self, other: &Self, overlap: Overlap) {
        self.files = overlap.of(self.files, other.files);
        self.first = match (self.first, other.first) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        self.last = self.last.max(other.last);
    }
}

impl EquipmentRecord {
    /// Adds what another record says of the same device. With [`Overlap::Possible`] the order in which
    /// records are joined changes nothing, and neither does joining one twice.
    pub fn join(&mut self, other: &Self, overlap: Overlap) {
        fuller(&mut self.manufacturer, other.manufacturer.as_ref());
        fuller(&mut self.model, other.model.as_ref());
        fuller(&mut self.serial_number, other.serial_number.as_ref());
        union(&mut self.stations, &other.stations);
        union(&mut self.device_uids, &other.device_uids);
        union(&mut self.udis, &other.udis);
        union(&mut self.institutions, &other.institutions);
        union(&mut self.departments, &other.departments);
        union(&mut self.capture_devices, &other.capture_devices);
        union(&mut self.writers, &other.writers);
        for (modality, files) in &other.modalities {
            let known = self.modalities.entry(modality.clone()).or_default();
            *known = overlap.of(*known, *files);
        }
        while self.modalities.len() > MOST {
            self.modalities.pop_last();
        }
        for state in &other.software {
            let known = self
                .software
                .iter_mut()
                .find(|known| known.versions == state.versions);
            match known {
                Some(known) => known.seen.join(&state.seen, overlap),
                None => self.software.push(state.clone()),
            }
        }
        self.software.sort_by(|a, b| {
            (b.seen.last, b.seen.first, &a.versions).cmp(&(a.seen.last, a.seen.first, &b.versions))
        });
        self.software.truncate(MOST);
        self.seen.join(&other.seen, overlap);
    }

    /// The software version of the device: the first that it wrote of the newest state.
    pub fn software_version(&self) -> Option<&str> {
        let newest = self.software.first()?;
        newest.versions.first().map(String::as_str)
    }

    /// Maker, model and the device's own name in one line.
    pub fn label(&self) -> String {
        let own = self
            .stations
            .first()
            .or(self.serial_number.as_ref())
            .map(String::as_str);
        let parts: Vec<&str> = [self.manufacturer.as_deref(), self.model.as_deref(), own]
            .into_iter()
            .flatten()
            .collect();
        parts.join(" ")
    }
}

/// Keeps the longer text, of equally long ones the first in order, so that the order of joining does not matter.
fn fuller(mine: &mut Option<String>, theirs: Option<&String>) {
    let Some(theirs) = theirs else { return };
    let is_fuller = mine.as_ref().is_none_or(|mine| {
        (theirs.len(), std::cmp::Reverse(theirs)) > (mine.len(), std::cmp::Reverse(mine))
    });
    if is_fuller {
        *mine = Some(theirs.clone());
    }
}

fn union<T: Clone + Ord>(mine: &mut Vec<T>, theirs: &[T]) {
    mine.extend_from_slice(theirs);
    mine.sort_unstable();
    mine.dedup();
    mine.truncate(MOST);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(station: &str, version: &str, day: &str, files: u64) -> EquipmentRecord {
        let day = Some(day.parse().unwrap());
        let seen = Seen {
            files,
            first: day,
            last: day,
        };
        EquipmentRecord {
            manufacturer: Some("Maker".to_owned()),
            model: Some("Model".to_owned()),
            stations: vec![station.to_owned()],
            software: vec![SoftwareState {
                versions: vec![version.to_owned()],
                seen,
            }],
            modalities: BTreeMap::from([("US".to_owned(), files)]),
            seen,
            ..EquipmentRecord::default()
        }
    }

    #[test]
    fn files_of_one_import_add_up_and_the_newest_software_comes_first() {
        let mut one = record("A", "1", "2024-03-01", 3);
        one.join(&record("A", "2", "2025-06-01", 2), Overlap::None);
        one.join(&record("A", "1", "2024-01-01", 1), Overlap::None);
        assert_eq!(one.seen.files, 6);
        assert_eq!(one.seen.first.unwrap().to_string(), "2024-01-01");
        assert_eq!(one.seen.last.unwrap().to_string(), "2025-06-01");
        assert_eq!(one.software_version(), Some("2"));
        assert_eq!(one.software[1].seen.files, 4);
        assert_eq!(one.modalities["US"], 6);
    }

    #[test]
    fn records_that_may_share_files_join_in_any_order_and_twice() {
        let records = [
            record("A", "1", "2024-03-01", 3),
            record("B", "2", "2025-06-01", 2),
            record("A", "1", "2023-01-01", 9),
        ];
        let joined = |order: &[usize]| {
            let mut all = records[order[0]].clone();
            for index in &order[1..] {
                all.join(&records[*index], Overlap::Possible);
            }
            all
        };
        let expected = joined(&[0, 1, 2]);
        assert_eq!(expected.seen.files, 9);
        for order in [&[2, 1, 0][..], &[1, 0, 2, 1, 0], &[0, 0, 2, 2, 1]] {
            assert_eq!(joined(order), expected, "{order:?}");
        }
    }
}
