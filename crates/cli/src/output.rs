//! The only door to standard output and standard error.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use isocenter_report::terminal::Style;

use crate::arguments::{ColorChoice, Global};

/// What could not be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OutputError {
    /// Standard output.
    #[error("cannot write to standard output")]
    Standard(#[source] io::Error),
    /// A file.
    #[error("cannot write {}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A binary format on a terminal.
    #[error("{format} is not text: it would garble the terminal")]
    BinaryOnTerminal {
        /// Which format.
        format: &'static str,
    },
}

/// Where output goes and how it looks.
#[derive(Debug, Clone)]
pub(crate) struct Output {
    style: Style,
    quiet: bool,
}

impl Output {
    pub(crate) fn new(global: &Global) -> Self {
        let terminal = io::stdout().is_terminal();
        let color = match global.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                terminal
                    && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                    && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        };
        let width = if terminal { terminal_width() } else { 100 };
        Self {
            style: Style {
                color,
                width,
                unicode: speaks_unicode(),
            },
            quiet: global.quiet,
        }
    }

    pub(crate) fn style(&self) -> &Style {
        &self.style
    }

    /// Whether errors may be coloured: standard error is a terminal and colours are wanted.
    pub(crate) fn colors_errors(&self) -> bool {
        self.style.color && io::stderr().is_terminal()
    }

    /// Whether progress may be drawn: on a terminal, unless asked to be quiet.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Writes a result to `out`, or to standard output. A reader that went away (`| head`) is
    /// no error.
    pub(crate) fn result(bytes: &[u8], out: Option<&Path>) -> Result<(), OutputError> {
        let Some(path) = out else {
            let mut stdout = io::stdout().lock();
            return match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                other => other.map_err(OutputError::Standard),
            };
        };
        let failed = |source| OutputError::File {
            path: path.to_owned(),
            source,
        };
        // Written beside and renamed, so that a report is never half a report.
        let mut beside = path.as_os_str().to_owned();
        beside.push(".part");
        let beside = PathBuf::from(beside);
        if path.is_dir() {
            return Err(failed(io::Error::from(io::ErrorKind::IsADirectory)));
        }
        if path.exists() && !path.is_file() {
            return std::fs::write(path, bytes).map_err(failed);
        }
        std::fs::write(&beside, bytes)
            .and_then(|()| std::fs::rename(&beside, path))
            .inspect_err(|_| drop(std::fs::remove_file(&beside)))
            .map_err(failed)
    }

    /// Standard output for answers that are many: buffered, and never closed by this program.
    pub(crate) fn stream() -> impl io::Write {
        io::BufWriter::with_capacity(64 << 10, io::stdout().lock())
    }

    /// Refuses to print a binary format on a terminal.
    pub(crate) fn binary(
        bytes: &[u8],
        format: &'static str,
        out: Option<&Path>,
    ) -> Result<(), OutputError> {
        if out.is_none() && io::stdout().is_terminal() {
            return Err(OutputError::BinaryOnTerminal { format });
        }
        Self::result(bytes, out)
    }

    /// A line for the person at the terminal, on standard error.
    pub(crate) fn notice(&self, text: &str) {
        if !self.quiet {
            drop(writeln!(io::stderr().lock(), "{text}"));
        }
    }

    /// An error with its causes and advice, on standard error.
    pub(crate) fn error(color: bool, error: &dyn std::error::Error, hint: Option<&str>) {
        let (red, cyan, plain) = if color {
            ("\u{1b}[1;31m", "\u{1b}[36m", "\u{1b}[0m")
        } else {
            ("", "", "")
        };
        let shown = |text: String| isocenter_model::text::printable(&text).into_owned();
        let mut text = format!("{red}error{plain}: {}\n", shown(error.to_string()));
        let mut cause = error.source();
        while let Some(source) = cause {
            text.extend(["  because: ", &shown(source.to_string()), "\n"]);
            cause = source.source();
        }
        if let Some(hint) = hint {
            text.extend(["\n", cyan, "hint", plain, ": ", hint, "\n"]);
        }
        drop(io::stderr().lock().write_all(text.as_bytes()));
    }
}

/// Columns of the terminal, kept between what a table needs and what a line can be read at.
fn terminal_width() -> usize {
    terminal_size::terminal_size()
        .map_or(100, |(terminal_size::Width(columns), _)| {
            usize::from(columns)
        })
        .clamp(60, 140)
}

fn speaks_unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    locale.is_none_or(|locale| locale.to_uppercase().replace('-', "").contains("UTF8"))
}
