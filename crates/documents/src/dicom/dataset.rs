//! The walk through a data set: it reads the values of a short list of attributes, passes over everything
//! else unread, and stops behind the last of the list, long before the pixels.

use super::element::{Cursor, CutOff, Head, Layout, Length, Tag};

/// Sequences and items inside each other; real files stay below ten.
pub(crate) const MOST_DEPTH: usize = 64;
/// Bytes of one value: an attribute of this list holds at most some names of 64 characters.
pub(crate) const LONGEST_VALUE: usize = 4_096;
/// Unique Device Identifications of one device.
const MOST_UDIS: usize = 16;

/// Attributes of the equipment, of the days and of the character sets (PS3.6). No attribute of a patient, of a study
/// or of an instance's identity is among them.
pub(super) mod tags {
    use super::Tag;

    pub(in crate::dicom) const MEDIA_STORAGE_CLASS: Tag = Tag(0x0002_0002);
    pub(in crate::dicom) const TRANSFER_SYNTAX: Tag = Tag(0x0002_0010);
    pub(in crate::dicom) const IMPLEMENTATION_CLASS: Tag = Tag(0x0002_0012);
    pub(in crate::dicom) const IMPLEMENTATION_VERSION: Tag = Tag(0x0002_0013);
    pub(in crate::dicom) const SOURCE_AE_TITLE: Tag = Tag(0x0002_0016);
    pub(in crate::dicom) const CHARACTER_SET: Tag = Tag(0x0008_0005);
    pub(in crate::dicom) const CREATION_DATE: Tag = Tag(0x0008_0012);
    pub(in crate::dicom) const SERIES_DATE: Tag = Tag(0x0008_0021);
    pub(in crate::dicom) const ACQUISITION_DATE: Tag = Tag(0x0008_0022);
    pub(in crate::dicom) const CONTENT_DATE: Tag = Tag(0x0008_0023);
    pub(in crate::dicom) const ACQUISITION_TIME: Tag = Tag(0x0008_002A);
    pub(in crate::dicom) const MODALITY: Tag = Tag(0x0008_0060);
    pub(in crate::dicom) const MANUFACTURER: Tag = Tag(0x0008_0070);
    pub(in crate::dicom) const INSTITUTION: Tag = Tag(0x0008_0080);
    pub(in crate::dicom) const STATION: Tag = Tag(0x0008_1010);
    pub(in crate::dicom) const DEPARTMENT: Tag = Tag(0x0008_1040);
    pub(in crate::dicom) const MODEL: Tag = Tag(0x0008_1090);
    pub(in crate::dicom) const SERIAL_NUMBER: Tag = Tag(0x0018_1000);
    pub(in crate::dicom) const DEVICE_UID: Tag = Tag(0x0018_1002);
    pub(in crate::dicom) const UDI: Tag = Tag(0x0018_1009);
    pub(in crate::dicom) const UDI_SEQUENCE: Tag = Tag(0x0018_100A);
    pub(in crate::dicom) const CAPTURE_MANUFACTURER: Tag = Tag(0x0018_1016);
    pub(in crate::dicom) const CAPTURE_MODEL: Tag = Tag(0x0018_1018);
    pub(in crate::dicom) const CAPTURE_SOFTWARE: Tag = Tag(0x0018_1019);
    pub(in crate::dicom) const SOFTWARE: Tag = Tag(0x0018_1020);

    /// Those of the data set, in their order.
    pub(super) const WANTED: [Tag; 18] = [
        CHARACTER_SET,
        CREATION_DATE,
        SERIES_DATE,
        ACQUISITION_DATE,
        CONTENT_DATE,
        ACQUISITION_TIME,
        MODALITY,
        MANUFACTURER,
        INSTITUTION,
        STATION,
        DEPARTMENT,
        MODEL,
        SERIAL_NUMBER,
        DEVICE_UID,
        CAPTURE_MANUFACTURER,
        CAPTURE_MODEL,
        CAPTURE_SOFTWARE,
        SOFTWARE,
    ];

    /// Those of the file meta information (PS3.10 7.1).
    pub(super) const WANTED_META: [Tag; 5] = [
        MEDIA_STORAGE_CLASS,
        TRANSFER_SYNTAX,
        IMPLEMENTATION_CLASS,
        IMPLEMENTATION_VERSION,
        SOURCE_AE_TITLE,
    ];
}

/// Why a walk ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Behind the last attribute of the list: nothing that follows is of interest.
    Passed,
    /// At the end of the bytes, between two elements.
    Exhausted,
    /// The bytes end inside an element.
    CutOff,
    /// A sequence does not hold what a sequence holds. What follows cannot be told from data.
    Damaged,
    /// Sequences lie too deep in each other.
    TooDeep,
    /// Tags do not ascend, as they must (PS3.5 7.1): the heads of elements have been lost.
    Disordered,
}

/// What a walk found.
#[derive(Debug, Clone)]
pub(super) struct Values<'b> {
    attributes: Vec<(Tag, &'b [u8])>,
    pub(super) udis: Vec<&'b [u8]>,
    /// Whether a value was passed over because it is longer than such a value can be.
    pub(super) has_too_long: bool,
    pub(super) end: End,
}

impl<'b> Values<'b> {
    fn new() -> Self {
        Self {
            attributes: Vec::new(),
            udis: Vec::new(),
            has_too_long: false,
            end: End::Exhausted,
        }
    }

    /// The value of an attribute, if it is there.
    pub(super) fn get(&self, tag: Tag) -> Option<&'b [u8]> {
        let (_, value) = self.attributes.iter().find(|(known, _)| *known == tag)?;
        Some(value)
    }
}

/// Reads the file meta information: explicit little endian whatever follows (PS3.10 7.1). Its group length
/// is not relied upon; it ends where another group begins. The cursor is left there.
pub(super) fn read_meta<'b>(cursor: &mut Cursor<'b>) -> Values<'b> {
    let mut meta = Values::new();
    let layout = Layout::EXPLICIT_LITTLE;
    let mut last = None;
    while cursor.rest().first_chunk::<2>() == Some(&[2, 0]) {
        match element(cursor, layout, &mut last) {
            Ok((head, Some(value))) => {
                if tags::WANTED_META.contains(&head.tag) {
                    keep(&mut meta, head.tag, value);
                }
            }
            // A sequence has no place here.
            Ok((_, None)) => {
                meta.end = End::Damaged;
                return meta;
            }
            Err(end) => {
                meta.end = end;
                return meta;
            }
        }
    }
    meta.end = End::Passed;
    meta
}

/// Reads the attributes of the list from a data set.
pub(super) fn read_data_set<'b>(cursor: &mut Cursor<'b>, layout: Layout) -> Values<'b> {
    let mut found = Values::new();
    found.end = match walk(cursor, layout, &mut found) {
        Ok(end) | Err(end) => end,
    };
    found
}

fn walk<'b>(cursor: &mut Cursor<'b>, layout: Layout, found: &mut Values<'b>) -> Result<End, End> {
    let mut last = None;
    while !cursor.is_at_end() {
        let head = head(cursor, layout)?;
        if head.tag > tags::SOFTWARE {
            return Ok(End::Passed);
        }
        let value = value(cursor, head, &mut last)?;
        match value {
            Some(value) if head.tag == tags::UDI_SEQUENCE => {
                read_udis(&mut Cursor::new(value), layout, found)?;
            }
            Some(value) if tags::WANTED.contains(&head.tag) => keep(found, head.tag, value),
            Some(_) => {}
            None if head.tag == tags::UDI_SEQUENCE => read_udis(cursor, layout, found)?,
            None => pass_over(cursor, inner_layout(head, layout))?,
        }
    }
    Ok(End::Exhausted)
}

fn keep<'b>(found: &mut Values<'b>, tag: Tag, value: &'b [u8]) {
    if value.len() > LONGEST_VALUE {
        found.has_too_long = true;
    } else {
        found.attributes.push((tag, value));
    }
}

fn head(cursor: &mut Cursor<'_>, layout: Layout) -> Result<Head, End> {
    cursor.head(layout).map_err(|CutOff| End::CutOff)
}

/// The value of an element whose head was read; `None` where only a mark says how long it is.
fn value<'b>(
    cursor: &mut Cursor<'b>,
    head: Head,
    last: &mut Option<Tag>,
) -> Result<Option<&'b [u8]>, End> {
    if last.is_some_and(|last| head.tag <= last) {
        return Err(End::Disordered);
    }
    *last = Some(head.tag);
    match head.length {
        Length::Undefined => Ok(None),
        Length::Bytes(length) => match cursor.take(length) {
            Ok(value) => Ok(Some(value)),
            Err(CutOff) => Err(End::CutOff),
        },
    }
}

fn element<'b>(
    cursor: &mut Cursor<'b>,
    layout: Layout,
    last: &mut Option<Tag>,
) -> Result<(Head, Option<&'b [u8]>), End> {
    let head = head(cursor, layout)?;
    Ok((head, value(cursor, head, last)?))
}

/// The layout inside a value of undefined length. One of unknown representation is written as implicit
/// little endian (PS3.5 6.2.2).
fn inner_layout(head: Head, layout: Layout) -> Layout {
    if head.representation == Some(*b"UN") {
        Layout::IMPLICIT_LITTLE
    } else {
        layout
    }
}

/// The identifications in the items of a UDI Sequence (0018,100A), until its end mark or the end of the bytes.
fn read_udis<'b>(
    cursor: &mut Cursor<'b>,
    layout: Layout,
    found: &mut Values<'b>,
) -> Result<(), End> {
    while !cursor.is_at_end() {
        let item = head(cursor, layout)?;
        match (item.tag, item.length) {
            (Tag::SEQUENCE_END, _) => return Ok(()),
            (Tag::ITEM, Length::Bytes(length)) => {
                let bytes = cursor.take(length).map_err(|CutOff| End::CutOff)?;
                read_udi(&mut Cursor::new(bytes), layout, found)?;
            }
            (Tag::ITEM, Length::Undefined) => read_udi(cursor, layout, found)?,
            _ => return Err(End::Damaged),
        }
    }
    Ok(())
}

/// One item of the sequence, until its end mark or the end of the bytes.
fn read_udi<'b>(
    cursor: &mut Cursor<'b>,
    layout: Layout,
    found: &mut Values<'b>,
) -> Result<(), End> {
    let mut last = None;
    while !cursor.is_at_end() {
        let (head, value) = element(cursor, layout, &mut last)?;
        match value {
            _ if head.tag == Tag::ITEM_END => return Ok(()),
            Some(value) if head.tag == tags::UDI => {
                if value.len() > LONGEST_VALUE || found.udis.len() == MOST_UDIS {
                    found.has_too_long = true;
                } else {
                    found.udis.push(value);
                }
            }
            Some(_) => {}
            None => pass_over(cursor, inner_layout(head, layout))?,
        }
    }
    Ok(())
}

/// What encloses the place of the walk.
#[derive(Clone, Copy)]
enum Enclosing {
    Sequence(Layout),
    Item(Layout),
}

/// Passes over a value of undefined length whose head was read. Values of defined length inside are
/// skipped whole, so that only the marks are looked for; no call is nested.
fn pass_over(cursor: &mut Cursor<'_>, layout: Layout) -> Result<(), End> {
    let mut stack = vec![Enclosing::Sequence(layout)];
    while let Some(enclosing) = stack.last().copied() {
        if stack.len() > MOST_DEPTH {
            return Err(End::TooDeep);
        }
        let (Enclosing::Sequence(layout) | Enclosing::Item(layout)) = enclosing;
        let head = head(cursor, layout)?;
        match (enclosing, head.tag, head.length) {
            (Enclosing::Sequence(_), Tag::SEQUENCE_END, _)
            | (Enclosing::Item(_), Tag::ITEM_END, _) => {
                stack.pop();
            }
            (Enclosing::Sequence(_), Tag::ITEM, Length::Undefined) => {
                stack.push(Enclosing::Item(layout));
            }
            (Enclosing::Item(_), Tag::ITEM | Tag::SEQUENCE_END, _) => return Err(End::Damaged),
            (Enclosing::Item(_), _, Length::Undefined) => {
                stack.push(Enclosing::Sequence(inner_layout(head, layout)));
            }
            (Enclosing::Sequence(_), Tag::ITEM, Length::Bytes(length))
            | (Enclosing::Item(_), _, Length::Bytes(length)) => {
                cursor.take(length).map_err(|CutOff| End::CutOff)?;
            }
            (Enclosing::Sequence(_), _, _) => return Err(End::Damaged),
        }
    }
    Ok(())
}
