//! `feed`: published feeds, over the network or in a bundle.

use std::time::Duration;

use isocenter_report::{json, terminal};
use isocenter_workspace::feeds::key::{Signer, Trusted, generate};
use isocenter_workspace::feeds::{Catalog, Client, Settings, bundle, pull};
use isocenter_workspace::import::{ImportReport, Outcome};
use isocenter_workspace::{BundleRules, Workspace, WorkspaceError};

use super::import::summary;
use super::{location, must_exist, now, open};
use crate::arguments::{
    BundleCommand, BundleCreate, Feed, FeedImport, FeedKey, FeedStatus, FeedTrust, Global,
    ImportFormat, Pull,
};
use crate::error::CliError;
use crate::exit::ExitStatus;
use crate::output::Output;
use crate::progress::{Bar, Transfer};

/// The environment variable with the key for NVD's API: a secret does not belong on a command line.
const NVD_KEY: &str = "ISOCENTER_NVD_API_KEY";
/// The environment variable with the password of a protected secret key.
const KEY_PASSWORD: &str = "ISOCENTER_KEY_PASSWORD";

pub(crate) async fn run(
    feed: &Feed,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    match feed {
        Feed::Pull(options) => pull_feeds(options, global, output).await,
        Feed::Bundle(BundleCommand::Create(options)) => create(options, global, output).await,
        Feed::Import(options) => import(options, global, output).await,
        Feed::Status(options) => status(options, global, output).await,
        Feed::Key(options) => make_key(options, output),
        Feed::Trust(options) => trust(options, global, output).await,
    }
}

fn secret(variable: &str) -> Option<String> {
    std::env::var(variable)
        .ok()
        .filter(|value| !value.trim().is_empty())
}

async fn pull_feeds(
    options: &Pull,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    let selected = Catalog::built_in()
        .and_then(|catalog| catalog.select(&options.names))
        .map_err(WorkspaceError::from)?;
    let workspace = open(global, &[]).await?;
    let folder = workspace.feeds();
    let settings = Settings {
        mirror: options.mirror.clone(),
        proxy: options.proxy.clone(),
        nvd_key: secret(NVD_KEY),
    };
    let mut all_well = true;
    for selection in &selected {
        let name = &selection.feed.name;
        let mut transfer = Transfer::new(output.shows_progress());
        let pulled = {
            let mut client = Client::new(&settings, &mut transfer).map_err(WorkspaceError::from)?;
            pull(selection, &folder, &mut client, now())
        };
        transfer.finish();
        match pulled {
            Ok(pulled) => {
                output.notice(&format!(
                    "{name}: {} new or changed, {} unchanged",
                    counted(pulled.files.len() as u64),
                    pulled.unchanged
                ));
                for note in &pulled.notes {
                    output.notice(&format!("{name}: {note}"));
                }
                all_well &= pulled.notes.is_empty();
            }
            // One publisher that is out of reach keeps no other away.
            Err(error) => {
                all_well = false;
                let error = WorkspaceError::from(error);
                Output::error(output.colors_errors(), &error, error.hint().as_deref());
            }
        }
        if !options.download_only {
            all_well &= take(&workspace, name, output).await?;
        }
    }
    workspace.close().await;
    let place = location(global, &[]);
    output.notice(&format!(
        "the feeds are in the workspace {}; other commands use it with --workspace",
        place.display()
    ));
    Ok(if all_well {
        ExitStatus::Clean
    } else {
        ExitStatus::Problems
    })
}

fn counted(files: u64) -> String {
    if files == 1 {
        "1 file".to_owned()
    } else {
        format!("{files} files")
    }
}

/// Reads what was fetched of a feed; false when something of it was not stored.
async fn take(workspace: &Workspace, name: &str, output: &Output) -> Result<bool, CliError> {
    let mut bar = Bar::new(output.shows_progress());
    let report = workspace.take_feed(name, now(), &mut bar).await?;
    bar.finish();
    if !report.files.is_empty() {
        output.notice(&format!("{name}: {}", summary(&report)));
    }
    Ok(is_stored(&report))
}

fn is_stored(report: &ImportReport) -> bool {
    !report
        .files
        .iter()
        .any(|file| matches!(file.outcome, Outcome::NotStored(_)))
}

async fn create(
    options: &BundleCreate,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    must_exist(std::slice::from_ref(&options.key))?;
    let selected = Catalog::built_in()
        .and_then(|catalog| catalog.select(&options.names))
        .map_err(WorkspaceError::from)?;
    let signer = Signer::read(&options.key, secret(KEY_PASSWORD)).map_err(WorkspaceError::from)?;
    let workspace = open(global, &[]).await?;
    let names: Vec<String> = selected
        .into_iter()
        .map(|selection| selection.feed.name)
        .collect();
    let manifest = bundle::create(&workspace.feeds(), &names, &signer, &options.out, now())
        .map_err(WorkspaceError::from)?;
    workspace.close().await;
    let feeds: Vec<&str> = manifest.feeds.keys().map(String::as_str).collect();
    output.notice(&format!(
        "wrote {} with {}",
        options.out.display(),
        feeds.join(", ")
    ));
    Ok(ExitStatus::Clean)
}

async fn import(
    options: &FeedImport,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    must_exist(&options.paths)?;
    let workspace = open(global, &[]).await?;
    let mut all_well = true;
    for path in &options.paths {
        let mut bar = Bar::new(output.shows_progress());
        let report = if bundle::is_bundle(path) {
            let rules = BundleRules {
                max_age_days: options.max_age,
                accept_older: options.accept_older,
            };
            let taken = workspace.take_bundle(path, rules, now(), &mut bar).await?;
            bar.finish();
            output.notice(&format!(
                "took the bundle of {} signed with key {}",
                taken.manifest.created, taken.signer
            ));
            taken.report
        } else {
            let report = workspace
                .import(std::slice::from_ref(path), now(), &mut bar)
                .await?;
            bar.finish();
            report
        };
        output.notice(&summary(&report));
        all_well &= is_stored(&report);
    }
    workspace.close().await;
    Ok(if all_well {
        ExitStatus::Clean
    } else {
        ExitStatus::Problems
    })
}

async fn status(
    options: &FeedStatus,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    // Looking makes no workspace.
    let feeds = if Workspace::exists(&location(global, &[])) {
        let workspace = open(global, &[]).await?;
        let feeds = workspace.feed_status().await?;
        workspace.close().await;
        feeds
    } else {
        Workspace::known_feeds()?
    };
    let bytes = match options.format {
        ImportFormat::Text => terminal::feeds(&feeds, now(), output.style()).into_bytes(),
        ImportFormat::Json => json::feeds(&feeds, now())?,
    };
    Output::result(&bytes, None)?;
    Ok(if feeds.iter().any(|feed| feed.is_stale(now())) {
        ExitStatus::Problems
    } else {
        ExitStatus::Clean
    })
}

fn make_key(options: &FeedKey, output: &Output) -> Result<ExitStatus, CliError> {
    let (secret, public, id) = generate(&options.name).map_err(WorkspaceError::from)?;
    output.notice(&format!(
        "wrote {}, which signs and stays here, and {} with key {id}, to be handed out",
        secret.display(),
        public.display()
    ));
    Ok(ExitStatus::Clean)
}

async fn trust(
    options: &FeedTrust,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    must_exist(std::slice::from_ref(&options.file))?;
    let key = Trusted::read(&options.file).map_err(WorkspaceError::from)?;
    let workspace = open(global, &[]).await?;
    key.keep(&workspace.feeds()).map_err(WorkspaceError::from)?;
    workspace.close().await;
    output.notice(&format!(
        "bundles signed with key {} are taken from now on",
        key.id
    ));
    Ok(ExitStatus::Clean)
}

impl isocenter_workspace::feeds::Observer for Transfer {
    fn bytes(&mut self, address: &str, done: u64, total: Option<u64>) {
        self.show(address, done, total);
    }

    fn wait(&mut self, time: Duration, why: &str) {
        self.say(&format!("waiting {} s: {why}", time.as_secs()));
        std::thread::sleep(time);
    }
}
