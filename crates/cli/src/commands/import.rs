//! `import`: read papers into the workspace.

use std::path::PathBuf;

use isocenter_model::document::{CheckedFile, DocumentKind};
use isocenter_report::{json, terminal};
use isocenter_workspace::Workspace;
use isocenter_workspace::import::{ImportReport, Outcome};

use super::{must_exist, now, open};
use crate::arguments::{Global, Import, ImportFormat};
use crate::error::CliError;
use crate::exit::ExitStatus;
use crate::output::Output;
use crate::progress::Bar;

pub(crate) async fn run(
    import: &Import,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    must_exist(&import.paths)?;
    let workspace = open(global, &import.paths).await?;
    let report = read(&workspace, &import.paths, output).await?;
    workspace.close().await;
    output.notice(&summary(&report));
    let refused = report
        .files
        .iter()
        .any(|file| matches!(file.outcome, Outcome::NotStored(_)));
    let files: Vec<CheckedFile> = report.files.into_iter().map(|file| file.checked).collect();
    match import.format {
        ImportFormat::Text => {
            Output::result(terminal::checked(&files, output.style()).as_bytes(), None)?;
        }
        ImportFormat::Json => Output::result(&json::checked(&files)?, None)?,
    }
    Ok(if refused {
        ExitStatus::Problems
    } else {
        ExitStatus::Clean
    })
}

/// Imports with a progress bar.
pub(crate) async fn read(
    workspace: &Workspace,
    paths: &[PathBuf],
    output: &Output,
) -> Result<ImportReport, CliError> {
    let mut bar = Bar::new(output.shows_progress());
    let report = workspace.import(paths, now(), &mut bar).await?;
    bar.finish();
    Ok(report)
}

/// One line: how many papers are new, known, not read.
pub(crate) fn summary(report: &ImportReport) -> String {
    let count = |wanted: fn(&Outcome) -> bool| {
        report
            .files
            .iter()
            .filter(|file| wanted(&file.outcome))
            .count()
    };
    let stored = count(|outcome| matches!(outcome, Outcome::Stored));
    let known = count(|outcome| matches!(outcome, Outcome::Unchanged));
    let refused = count(|outcome| matches!(outcome, Outcome::NotStored(_)));
    let (images, papers): (Vec<_>, Vec<_>) = report
        .files
        .iter()
        .partition(|file| file.checked.kind == DocumentKind::Dicom);
    // Images are counted by the devices that made them: each is one paper, whatever their number.
    let read = match (papers.len(), images.len()) {
        (papers, 0) => format!("{papers} files"),
        (0, images) => format!("the DICOM files of {}", devices(images)),
        (papers, images) => format!("{papers} files and the DICOM files of {}", devices(images)),
    };
    let mut line = format!("read {read}: {stored} new, {known} already known");
    if refused > 0 {
        line = format!("{line}, {refused} not stored (`isocenter check` says why)");
    }
    line
}

fn devices(count: usize) -> String {
    format!("{count} {}", if count == 1 { "device" } else { "devices" })
}
