//! Lines of a text, found when the first is asked for.

use std::cell::OnceCell;

/// Where the lines of a text begin.
#[derive(Default)]
pub(super) struct Lines {
    breaks: OnceCell<Vec<usize>>,
}

impl Lines {
    /// The number from 1 of the line in which byte `at` of `text` stands.
    pub(super) fn line(&self, text: &str, at: usize) -> u64 {
        let breaks = self
            .breaks
            .get_or_init(|| memchr::memchr_iter(b'\n', text.as_bytes()).collect());
        breaks.partition_point(|line_break| *line_break < at) as u64 + 1
    }
}
