//! One file per verb.

mod assess;
mod backup;
mod check;
mod feed;
mod identity;
mod import;
mod list;
mod show;

use std::path::{Path, PathBuf};

use clap::CommandFactory as _;
use isocenter_workspace::locate::{self, Surroundings};
use isocenter_workspace::{Workspace, WorkspaceError};
use jiff::Timestamp;

use crate::arguments::{Arguments, Command, Global};
use crate::error::CliError;
use crate::exit::ExitStatus;
use crate::output::Output;

/// Runs what was asked for.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<ExitStatus, CliError> {
    let global = &arguments.global;
    match arguments.command {
        Command::Assess(assess) => assess::run(&assess, global, output).await,
        Command::Check(check) => check::run(&check, output),
        Command::Import(import) => import::run(&import, global, output).await,
        Command::Devices(list) => list::devices(&list, global, output).await,
        Command::Releases(list) => list::releases(&list, global, output).await,
        Command::Components(list) => list::components(&list, global, output).await,
        Command::Vulnerabilities(list) => list::vulnerabilities(&list, global, output).await,
        Command::Findings(list) => list::findings(&list, global, output).await,
        Command::Documents(list) => list::documents(&list, global, output).await,
        Command::Milestones(list) => list::milestones(&list, global, output).await,
        Command::Observations(list) => list::observations(&list, global, output).await,
        Command::Updates(list) => list::updates(&list, global, output).await,
        Command::Show(show) => show::run(&show, global, output).await,
        Command::Feed(feed) => feed::run(&feed, global, output).await,
        Command::Identity(identity) => identity::run(&identity, output),
        Command::Backup(backup) => backup::backup(&backup, global, output).await,
        Command::Restore(restore) => backup::restore(&restore, global, output).await,
        Command::Upgrade => backup::upgrade(global, output).await,
        Command::Completions(completions) => {
            let mut text = Vec::new();
            clap_complete::generate(
                completions.shell,
                &mut Arguments::command(),
                "isocenter",
                &mut text,
            );
            Output::result(&text, None)?;
            Ok(ExitStatus::Clean)
        }
        Command::Manual => {
            let mut text = Vec::new();
            // Writing into memory does not fail.
            drop(clap_mangen::Man::new(Arguments::command()).render(&mut text));
            Output::result(&text, None)?;
            Ok(ExitStatus::Clean)
        }
    }
}

/// Where the workspace is, for the paths that were given.
fn location(global: &Global, paths: &[PathBuf]) -> PathBuf {
    // A variable that is set to nothing names nothing.
    let given = global
        .workspace
        .as_deref()
        .map(Path::new)
        .filter(|path| !path.as_os_str().is_empty());
    locate::workspace(&Surroundings::of_this_process(given), paths)
}

/// Opens the workspace that a command writes to; it is made where there is none.
async fn open(global: &Global, paths: &[PathBuf]) -> Result<Workspace, CliError> {
    Ok(Workspace::open(&location(global, paths), &actor(global)).await?)
}

/// Opens a workspace that must be there already.
async fn open_existing(global: &Global) -> Result<Workspace, CliError> {
    let at = location(global, &[]);
    if !Workspace::exists(&at) {
        return Err(CliError::NoWorkspace(at));
    }
    Ok(Workspace::open(&at, &actor(global)).await?)
}

/// Who acts: the name that was given, or the user's.
fn actor(global: &Global) -> String {
    global
        .actor
        .clone()
        .or_else(|| {
            ["USER", "LOGNAME", "USERNAME"]
                .into_iter()
                .find_map(|name| std::env::var(name).ok())
        })
        .map(|name| isocenter_model::text::shortened(&name, 100))
        .filter(|name| !name.trim().is_empty())
        .unwrap_or_else(|| "unknown".to_owned())
}

/// The paths exist, or the first that does not.
fn must_exist(paths: &[PathBuf]) -> Result<(), CliError> {
    match paths.iter().find(|path| !exists(path)) {
        Some(path) => Err(CliError::NoSuchPath(path.clone())),
        None => Ok(()),
    }
}

fn exists(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

fn now() -> Timestamp {
    Timestamp::now()
}

/// The error of a workspace operation that the edge itself started.
fn failed(error: WorkspaceError) -> CliError {
    CliError::Workspace(error)
}
