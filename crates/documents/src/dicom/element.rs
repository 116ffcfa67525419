//! The head of a data element (PS3.5 clause 7.1): tag, value representation, length.

/// A tag: group in the upper half, element in the lower.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tag(pub(super) u32);

impl Tag {
    pub(super) const ITEM: Self = Self(0xFFFE_E000);
    pub(super) const ITEM_END: Self = Self(0xFFFE_E00D);
    pub(super) const SEQUENCE_END: Self = Self(0xFFFE_E0DD);

    pub(super) fn group(self) -> u16 {
        u16::try_from(self.0 >> 16).unwrap_or(u16::MAX)
    }

    pub(super) fn element(self) -> u16 {
        u16::try_from(self.0 & 0xFFFF).unwrap_or(u16::MAX)
    }

    /// Whether it is one of the marks around items, which have no value representation (PS3.5 7.5).
    fn is_mark(self) -> bool {
        matches!(self, Self::ITEM | Self::ITEM_END | Self::SEQUENCE_END)
    }
}

/// How a data set is written (PS3.5 clause 7.1.2, 7.1.3 and 7.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// Each element names its value representation.
    pub(super) explicit: bool,
    /// The higher byte comes first.
    pub(super) big_endian: bool,
}

impl Layout {
    pub(super) const EXPLICIT_LITTLE: Self = Self {
        explicit: true,
        big_endian: false,
    };
    pub(super) const IMPLICIT_LITTLE: Self = Self {
        explicit: false,
        big_endian: false,
    };
    pub(super) const EXPLICIT_BIG: Self = Self {
        explicit: true,
        big_endian: true,
    };
}

/// How long a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    Bytes(usize),
    /// Until a mark says that it ends; for sequences only (PS3.5 7.5.1).
    Undefined,
}

/// The head of one element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) tag: Tag,
    /// Its value representation, where it names one.
    pub(super) representation: Option<[u8; 2]>,
    pub(super) length: Length,
}

/// The bytes end in the middle of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CutOff;

/// A place in a data set.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Cursor<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// What was not read yet.
    pub(super) fn rest(&self) -> &'b [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// The next bytes.
    pub(super) fn take(&mut self, count: usize) -> Result<&'b [u8], CutOff> {
        let end = self.at.checked_add(count).ok_or(CutOff)?;
        let taken = self.bytes.get(self.at..end).ok_or(CutOff)?;
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], CutOff> {
        self.take(N)?.try_into().map_err(|_| CutOff)
    }

    fn short(&mut self, layout: Layout) -> Result<u16, CutOff> {
        let bytes = self.array()?;
        Ok(if layout.big_endian {
            u16::from_be_bytes(bytes)
        } else {
            u16::from_le_bytes(bytes)
        })
    }

    fn long(&mut self, layout: Layout) -> Result<u32, CutOff> {
        let bytes = self.array()?;
        Ok(if layout.big_endian {
            u32::from_be_bytes(bytes)
        } else {
            u32::from_le_bytes(bytes)
        })
    }

    /// The head of the next element. An element whose value representation is no pair of letters is
    /// taken for one that names none: some writers mix the two.
    pub(super) fn head(&mut self, layout: Layout) -> Result<Head, CutOff> {
        let (group, element) = (self.short(layout)?, self.short(layout)?);
        let tag = Tag(u32::from(group) << 16 | u32::from(element));
        let named = (layout.explicit && !tag.is_mark())
            .then(|| self.rest().first_chunk::<2>().copied())
            .flatten()
            .filter(|bytes| is_representation(*bytes));
        let Some(representation) = named else {
            let length = self.long(layout)?;
            return Ok(Head {
                tag,
                representation: None,
                length: length_of(length),
            });
        };
        self.take(2)?;
        let length = if has_short_length(representation) {
            Length::Bytes(usize::from(self.short(layout)?))
        } else {
            self.take(2)?;
            length_of(self.long(layout)?)
        };
        Ok(Head {
            tag,
            representation: Some(representation),
            length,
        })
    }
}

fn length_of(length: u32) -> Length {
    match length {
        u32::MAX => Length::Undefined,
        length => Length::Bytes(usize::try_from(length).unwrap_or(usize::MAX)),
    }
}

/// Whether two bytes may name a value representation: two capital letters (PS3.5 6.2).
pub(super) fn is_representation(bytes: [u8; 2]) -> bool {
    bytes.iter().all(u8::is_ascii_uppercase)
}

/// The representations with a length of two bytes (PS3.5 table 7.1-2). All others, those of editions to
/// come among them, have four.
fn has_short_length(representation: [u8; 2]) -> bool {
    matches!(
        &representation,
        b"AE"
            | b"AS"
            | b"AT"
            | b"CS"
            | b"DA"
            | b"DS"
            | b"DT"
            | b"FD"
            | b"FL"
            | b"IS"
            | b"LO"
            | b"LT"
            | b"PN"
            | b"SH"
            | b"SL"
            | b"SS"
            | b"ST"
            | b"TM"
            | b"UI"
            | b"UL"
            | b"US"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_in_each_layout() {
        let manufacturer = Tag(0x0008_0070);
        for (layout, bytes) in [
            (Layout::EXPLICIT_LITTLE, &b"\x08\0\x70\0LO\x04\0"[..]),
            (Layout::IMPLICIT_LITTLE, b"\x08\0\x70\0\x04\0\0\0"),
            (Layout::EXPLICIT_BIG, b"\0\x08\0\x70LO\0\x04"),
            (Layout::EXPLICIT_LITTLE, b"\x08\0\x70\0\x04\0\0\0"),
            (Layout::EXPLICIT_LITTLE, b"\x08\0\x70\0UT\0\0\x04\0\0\0"),
        ] {
            let mut cursor = Cursor::new(bytes);
            let head = cursor.head(layout).unwrap();
            assert_eq!(
                (head.tag, head.length),
                (manufacturer, Length::Bytes(4)),
                "{bytes:?}"
            );
            assert!(cursor.is_at_end());
            let cut = bytes.get(..bytes.len() - 1).unwrap();
            assert_eq!(Cursor::new(cut).head(layout), Err(CutOff));
        }
    }
}
