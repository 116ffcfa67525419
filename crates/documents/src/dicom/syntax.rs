//! Transfer syntaxes (PS3.5 clause 10 and annex A), as far as they concern what stands before the pixels.

use std::borrow::Cow;
use std::io::Read as _;

use super::element::{Layout, is_representation};

/// Bytes that may come out of a deflated data set; what is wanted stands at its beginning.
pub(crate) const MOST_INFLATED: u64 = 4 << 20;

/// Implicit VR Little Endian.
const IMPLICIT_LITTLE: &str = "1.2.840.10008.1.2";
/// Implicit VR Little Endian with pixels in big endian, of GE.
const IMPLICIT_LITTLE_GE: &str = "1.2.840.113619.5.2";
/// Explicit VR Big Endian, retired.
const EXPLICIT_BIG: &str = "1.2.840.10008.1.2.2";
/// Deflated Explicit VR Little Endian, and the two JPIP syntaxes that deflate the whole data set.
const DEFLATED: [&str; 3] = [
    "1.2.840.10008.1.2.1.99",
    "1.2.840.10008.1.2.4.95",
    "1.2.840.10008.1.2.4.205",
];

/// How a data set is written, as the file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Syntax {
    pub(super) layout: Layout,
    pub(super) is_deflated: bool,
}

impl Syntax {
    /// The syntax of a UID. All that are not told apart here are explicit little endian, as the standard has it for
    /// every syntax that compresses pixels (PS3.5 A.4).
    pub(super) fn of(uid: &str) -> Self {
        let layout = match uid {
            IMPLICIT_LITTLE | IMPLICIT_LITTLE_GE => Layout::IMPLICIT_LITTLE,
            EXPLICIT_BIG => Layout::EXPLICIT_BIG,
            _ => Layout::EXPLICIT_LITTLE,
        };
        Self {
            layout,
            is_deflated: DEFLATED.contains(&uid),
        }
    }
}

/// The layout that the first element of a data set shows; `None` when it shows none.
pub(super) fn layout_of(bytes: &[u8]) -> Option<Layout> {
    let group = *bytes.first_chunk::<2>()?;
    let is_low = |group: u16| (1..=0xFF).contains(&group);
    let big_endian = if is_low(u16::from_le_bytes(group)) {
        false
    } else if is_low(u16::from_be_bytes(group)) {
        true
    } else {
        return None;
    };
    let explicit = bytes
        .get(4..)
        .and_then(|rest| rest.first_chunk::<2>())
        .is_some_and(|bytes| is_representation(*bytes));
    Some(Layout {
        explicit,
        big_endian,
    })
}

/// What comes out of a deflated data set (RFC 1951), as far as it goes and up to a limit.
pub(super) fn inflated(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut inflated = Vec::new();
    // What came out before a fault is there all the same.
    let _ = flate2::read::DeflateDecoder::new(bytes)
        .take(MOST_INFLATED)
        .read_to_end(&mut inflated);
    inflated.into()
}
