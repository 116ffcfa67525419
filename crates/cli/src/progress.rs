//! Progress of long work, drawn on standard error and only for a person.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use isocenter_workspace::import::Progress;

/// A bar, or nothing where nobody watches.
#[derive(Debug)]
pub(crate) struct Bar {
    bar: ProgressBar,
    counts_records: bool,
}

impl Bar {
    /// A bar that is drawn when `shown`.
    pub(crate) fn new(shown: bool) -> Self {
        let bar = ProgressBar::no_length();
        if shown {
            bar.enable_steady_tick(Duration::from_millis(120));
        } else {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        let bar = Self {
            bar,
            counts_records: false,
        };
        bar.style("{spinner} {pos} files  {wide_msg}");
        bar
    }

    /// Takes the bar away.
    pub(crate) fn finish(&mut self) {
        self.bar.finish_and_clear();
    }

    fn style(&self, template: &str) {
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
    }
}

impl Progress for Bar {
    fn file(&mut self, path: &str) {
        if self.counts_records {
            self.counts_records = false;
            self.bar.unset_length();
            self.bar.set_position(0);
            self.style("{spinner} {pos} files  {wide_msg}");
        }
        self.bar.inc(1);
        self.bar.set_message(path.to_owned());
    }

    fn records(&mut self, done: u64, total: u64) {
        if !self.counts_records {
            self.counts_records = true;
            self.style(
                "{spinner} [{bar:30}] {human_pos}/{human_len} records, {eta} left  {wide_msg}",
            );
        }
        self.bar.set_length(total);
        self.bar.set_position(done);
    }
}

/// A transfer over the network, in bytes.
#[derive(Debug)]
pub(crate) struct Transfer {
    bar: ProgressBar,
}

impl Transfer {
    /// A bar that is drawn when `shown`.
    pub(crate) fn new(shown: bool) -> Self {
        let bar = ProgressBar::no_length();
        if shown {
            bar.enable_steady_tick(Duration::from_millis(120));
        } else {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        let template = "{spinner} {bytes}/{total_bytes} {binary_bytes_per_sec}  {wide_msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// So many bytes of so many have come.
    pub(crate) fn show(&mut self, address: &str, done: u64, total: Option<u64>) {
        match total {
            Some(total) => self.bar.set_length(total),
            None => self.bar.unset_length(),
        }
        self.bar.set_position(done);
        if self.bar.message() != address {
            self.bar.set_message(address.to_owned());
        }
    }

    /// Something else than bytes goes on.
    pub(crate) fn say(&mut self, what: &str) {
        self.bar.set_message(what.to_owned());
    }

    /// Takes the bar away.
    pub(crate) fn finish(&mut self) {
        self.bar.finish_and_clear();
    }
}
