//! `backup`, `restore`, `upgrade`.

use super::{location, open_existing};
use crate::arguments::{Backup, Global, Restore};
use crate::error::CliError;
use crate::exit::ExitStatus;
use crate::output::Output;

pub(crate) async fn backup(
    backup: &Backup,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    let workspace = open_existing(global).await?;
    workspace.backup(&backup.file).await?;
    workspace.close().await;
    output.notice(&format!("wrote {}", backup.file.display()));
    Ok(ExitStatus::Clean)
}

pub(crate) async fn restore(
    restore: &Restore,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    let at = location(global, &[]);
    let replaced = isocenter_workspace::backup::restore(&restore.file, &at, super::now()).await?;
    output.notice(&format!(
        "restored {} from {}",
        at.display(),
        restore.file.display()
    ));
    if let Some(replaced) = replaced {
        output.notice(&format!(
            "what was there before is kept at {}",
            replaced.display()
        ));
    }
    Ok(ExitStatus::Clean)
}

pub(crate) async fn upgrade(global: &Global, output: &Output) -> Result<ExitStatus, CliError> {
    let at = location(global, &[]);
    if !isocenter_workspace::Workspace::exists(&at) {
        return Err(CliError::NoWorkspace(at));
    }
    match isocenter_workspace::backup::upgrade(&at).await? {
        Some(copy) => output.notice(&format!(
            "upgraded; a copy of before is at {}",
            copy.display()
        )),
        None => output.notice("this workspace needs no upgrade"),
    }
    Ok(ExitStatus::Clean)
}
