//! The record of the equipment, from the values of one file.

use isocenter_identity::serial::serial_key;
use isocenter_model::Problem;
use isocenter_model::equipment::{CaptureDevice, EquipmentRecord, FileWriter, Seen, SoftwareState};
use jiff::civil::Date;

use super::dataset::{Values, tags};
use super::element::Tag;
use super::text::CharacterSets;
use super::{note, warning};

/// Values that one attribute may have.
const MOST_VALUES: usize = 32;
/// Characters of one value; the standard allows 64 (PS3.5 6.2, LO and UI).
const LONGEST: usize = 256;

/// What the texts of one file are read with, and what went wrong.
pub(super) struct Texts {
    sets: CharacterSets,
    /// Whether a text holds bytes that mean nothing in the character sets of the file.
    has_damaged: bool,
    /// Whether a text was passed over because no text holds what it holds.
    has_garbled: bool,
}

impl Texts {
    pub(super) fn of(data: &Values<'_>) -> Self {
        let sets = data.get(tags::CHARACTER_SET);
        Self {
            sets: sets.map_or_else(CharacterSets::default, CharacterSets::named_by),
            has_damaged: false,
            has_garbled: false,
        }
    }

    /// What went wrong with them.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.has_garbled {
            problems.push(warning(
                "dicom-value-garbled",
                "an attribute of the equipment holds control characters, as one with a wrong length does, and was passed over",
            ));
        }
        if self.sets.has_unknown {
            problems.push(note(
                "dicom-character-set-unknown",
                "the file names a character set that is not known here; its texts were read as far as possible",
            ));
        } else if self.has_damaged {
            problems.push(note(
                "dicom-text-damaged",
                "a name of the equipment holds characters that the file's character set does not have; they were read as far as possible",
            ));
        }
        problems
    }

    /// The values of an attribute, without empty ones. None where there are control characters: a length that is
    /// wrong makes a value swallow its neighbours, whose heads hold such, and among them may be a patient's name.
    fn values(&mut self, bytes: Option<&[u8]>) -> Vec<String> {
        let Some(bytes) = bytes else {
            return Vec::new();
        };
        let decoded = self.sets.decode(bytes);
        if decoded.text.chars().any(char::is_control) {
            self.has_garbled = true;
            return Vec::new();
        }
        self.has_damaged |= decoded.is_damaged;
        let values = decoded.text.split('\\').map(str::trim);
        values
            .filter(|value| !value.is_empty())
            .take(MOST_VALUES)
            .map(|value| value.chars().take(LONGEST).collect())
            .collect()
    }

    fn value(&mut self, bytes: Option<&[u8]>) -> Option<String> {
        self.values(bytes).into_iter().next()
    }
}

/// The record of one file.
pub(super) fn record(meta: &Values<'_>, data: &Values<'_>, texts: &mut Texts) -> EquipmentRecord {
    let day = day(data);
    let seen = Seen {
        files: 1,
        first: day,
        last: day,
    };
    let mut list = |tag: Tag| texts.values(data.get(tag));
    let versions = list(tags::SOFTWARE);
    let capture = CaptureDevice {
        manufacturer: list(tags::CAPTURE_MANUFACTURER).into_iter().next(),
        model: list(tags::CAPTURE_MODEL).into_iter().next(),
        versions: list(tags::CAPTURE_SOFTWARE),
    };
    let writer = FileWriter {
        implementation: uid(meta.get(tags::IMPLEMENTATION_CLASS)),
        version_name: texts.value(meta.get(tags::IMPLEMENTATION_VERSION)),
        ae_title: texts.value(meta.get(tags::SOURCE_AE_TITLE)),
    };
    let mut udis: Vec<String> = Vec::new();
    for bytes in &data.udis {
        udis.extend(texts.value(Some(bytes)));
    }
    let mut single = |tag: Tag| texts.value(data.get(tag));
    let mut record = EquipmentRecord {
        manufacturer: single(tags::MANUFACTURER),
        model: single(tags::MODEL),
        serial_number: single(tags::SERIAL_NUMBER),
        stations: single(tags::STATION).into_iter().collect(),
        device_uids: uid(data.get(tags::DEVICE_UID)).into_iter().collect(),
        udis,
        institutions: single(tags::INSTITUTION).into_iter().collect(),
        departments: single(tags::DEPARTMENT).into_iter().collect(),
        modalities: single(tags::MODALITY)
            .filter(|modality| is_code(modality))
            .map(|modality| (modality, 1))
            .into_iter()
            .collect(),
        seen,
        ..EquipmentRecord::default()
    };
    if !versions.is_empty() {
        record.software.push(SoftwareState { versions, seen });
    }
    if capture != CaptureDevice::default() {
        record.capture_devices.push(capture);
    }
    if writer != FileWriter::default() {
        record.writers.push(writer);
    }
    record.udis.sort_unstable();
    record.udis.dedup();
    record
}

/// Whether a record names any device at all.
pub(super) fn names_a_device(record: &EquipmentRecord) -> bool {
    record.manufacturer.is_some()
        || record.model.is_some()
        || record
            .serial_number
            .as_deref()
            .and_then(serial_key)
            .is_some()
        || !record.stations.is_empty()
        || !record.device_uids.is_empty()
        || !record.udis.is_empty()
}

/// A UID (PS3.5 clause 9): digits and points, up to 64 characters.
pub(super) fn uid(bytes: Option<&[u8]>) -> Option<String> {
    let text = std::str::from_utf8(bytes?).ok()?;
    let text = text.trim_matches([' ', '\0']);
    let is_uid = !text.is_empty()
        && text.len() <= 64
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_uid.then(|| text.to_owned())
}

/// A code string (PS3.5 6.2, CS).
fn is_code(text: &str) -> bool {
    text.len() <= 16
        && text
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b" _".contains(&byte))
}

/// The day on which the equipment was at work: of the acquisition, else of the content, else of the series, else of the
/// file. The day of the study is a study's and is not read.
fn day(data: &Values<'_>) -> Option<Date> {
    [
        tags::ACQUISITION_DATE,
        tags::ACQUISITION_TIME,
        tags::CONTENT_DATE,
        tags::SERIES_DATE,
        tags::CREATION_DATE,
    ]
    .into_iter()
    .find_map(|tag| date(data.get(tag)?))
}

/// `YYYYMMDD`, also before a time, or `YYYY.MM.DD` as before 1993 (PS3.5 6.2, DA and DT).
fn date(value: &[u8]) -> Option<Date> {
    let text = std::str::from_utf8(value).ok()?.trim_matches([' ', '\0']);
    let part = |from: usize, to: usize| {
        let digits = text.get(from..to)?;
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| digits.parse().ok()).flatten()
    };
    let (month, day) = if text.as_bytes().get(4) == Some(&b'.') {
        (part(5, 7)?, part(8, 10)?)
    } else {
        (part(4, 6)?, part(6, 8)?)
    };
    Date::new(
        part(0, 4)?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_in_the_spellings_of_the_standard() {
        for (text, day) in [
            ("20110525", Some("2011-05-25")),
            ("20110525120000.000000+0100", Some("2011-05-25")),
            ("1997.04.24", Some("1997-04-24")),
            ("20110525 ", Some("2011-05-25")),
            ("201105", None),
            ("20111325", None),
            ("2011+5-5", None),
            ("", None),
        ] {
            let read = date(text.as_bytes()).map(|day| day.to_string());
            assert_eq!(read.as_deref(), day, "{text}");
        }
    }
}
