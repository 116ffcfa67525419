//! Papers through the one door.

use isocenter_documents::{ReadOptions, read as read_paper};

/// Any bytes give a reading, always the same one, whose problems a person can be shown.
pub(crate) fn read(data: &[u8]) {
    let options = ReadOptions::default();
    let reading = read_paper(data, &options);
    for problem in &reading.problems {
        assert!(
            !problem.id.is_empty() && !problem.message.is_empty(),
            "a problem without id or message: {problem:?}"
        );
    }
    assert_eq!(
        format!("{reading:?}"),
        format!("{:?}", read_paper(data, &options)),
        "two readings of the same bytes differ"
    );
}
