//! DICOM files, of which the beginning is read and no more.

use std::io::{self, Read};

use isocenter_documents::dicom::{TELLING_BYTES, begins, is_enough};

/// What is read at first; the equipment of nearly every file stands in it.
const FIRST_BYTES: u64 = 32 << 10;

/// What is read at most: long lists of references may stand before the equipment.
const MOST_BYTES: u64 = 8 << 20;

/// The first bytes of a file, as many as tell whether it is a DICOM file.
pub(super) fn telling(source: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(TELLING_BYTES);
    source.take(TELLING_BYTES as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The beginning of a DICOM file that holds its equipment; `None` where `start`, its first bytes, is that of
/// another file.
pub(super) fn beginning(start: &[u8], rest: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    if !begins(start) {
        return Ok(None);
    }
    let mut bytes = start.to_vec();
    let mut wanted = FIRST_BYTES;
    loop {
        let missing = wanted.saturating_sub(bytes.len() as u64);
        let before = bytes.len();
        rest.take(missing).read_to_end(&mut bytes)?;
        let is_whole = ((bytes.len() - before) as u64) < missing;
        if is_whole || wanted >= MOST_BYTES || is_enough(&bytes) {
            return Ok(Some(bytes));
        }
        wanted = (wanted * 16).min(MOST_BYTES);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A source that counts what was taken from it.
    struct Counted<R> {
        source: R,
        taken: usize,
    }

    impl<R: Read> Read for Counted<R> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.source.read(buffer)?;
            self.taken += count;
            Ok(count)
        }
    }

    fn start(elements: &[u8]) -> Vec<u8> {
        let mut start = vec![0; 128];
        start.extend(b"DICM\x02\0\x10\0UI\x14\x001.2.840.10008.1.2.1\0");
        start.extend(elements);
        start
    }

    fn taken_of(start: &[u8], size: u64) -> usize {
        let mut source = Counted {
            source: start.chain(io::repeat(0).take(size)),
            taken: 0,
        };
        let first = telling(&mut source).unwrap();
        let bytes = beginning(&first, &mut source).unwrap().unwrap();
        assert_eq!(bytes.len(), source.taken);
        source.taken
    }

    #[test]
    fn a_large_image_is_read_by_its_beginning() {
        let equipment =
            b"\x08\0\x70\0LO\x04\0Make\x10\0\x10\0PN\x04\0Name\xE0\x7F\x10\0OW\0\0\0\0\0\x7F";
        assert_eq!(taken_of(&start(equipment), 2 << 30), 32 << 10);
    }

    #[test]
    fn what_stands_before_the_equipment_is_read_up_to_a_limit() {
        // A private element of 100 KiB, and one that says it has a gigabyte.
        let some = b"\x09\0\x01\x10OB\0\0\0\x90\x01\0";
        assert_eq!(taken_of(&start(some), 2 << 30), 512 << 10);
        let endless = b"\x09\0\x01\x10OB\0\0\0\0\0\x40";
        assert_eq!(taken_of(&start(endless), 2 << 30), 8 << 20);
        assert_eq!(taken_of(&start(some), 10), 128 + 4 + 28 + 12 + 10);
    }
}
