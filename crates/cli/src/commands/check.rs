//! `check`: what each file is, valid or not, what is missing.

use isocenter_model::Level;
use isocenter_model::document::{CheckedFile, DocumentKind};
use isocenter_report::{json, sarif, terminal};

use super::must_exist;
use crate::arguments::{Check, CheckFormat};
use crate::error::CliError;
use crate::exit::ExitStatus;
use crate::output::Output;
use crate::progress::Bar;

pub(crate) fn run(check: &Check, output: &Output) -> Result<ExitStatus, CliError> {
    must_exist(&check.paths)?;
    let mut bar = Bar::new(output.shows_progress());
    let files = isocenter_workspace::check::check(&check.paths, &mut bar).map_err(super::failed)?;
    bar.finish();
    let out = check.out.as_deref();
    match check.format {
        CheckFormat::Text => {
            Output::result(terminal::checked(&files, output.style()).as_bytes(), out)?;
        }
        CheckFormat::Json => Output::result(&json::checked(&files)?, out)?,
        CheckFormat::Sarif => Output::result(&sarif::checked(&files)?, out)?,
    }
    Ok(if files.iter().all(is_clean) {
        ExitStatus::Clean
    } else {
        ExitStatus::Problems
    })
}

/// Known, and no problem above a note.
fn is_clean(file: &CheckedFile) -> bool {
    file.kind != DocumentKind::Unknown
        && file
            .problems
            .iter()
            .all(|problem| problem.level < Level::Warning)
}
