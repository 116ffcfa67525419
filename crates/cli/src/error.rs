//! What can stop a command, with advice.

use std::io;
use std::path::PathBuf;

use isocenter_report::ReportError;
use isocenter_workspace::WorkspaceError;

use crate::output::OutputError;

/// Why a command could not run.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    /// A path that was given does not exist.
    #[error("there is nothing at {}", .0.display())]
    NoSuchPath(PathBuf),
    /// A file that is there cannot be read.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The operating system gave no runtime.
    #[error("cannot start the runtime")]
    Runtime(#[source] io::Error),
    /// The workspace refused.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
    /// Rendering failed.
    #[error("cannot render the result")]
    Report(#[from] ReportError),
    /// Writing failed.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// `show` found nothing.
    #[error("nothing in this workspace is called `{0}`")]
    Unknown(String),
    /// `show` found several things.
    #[error("`{name}` may mean {count} things")]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// How many there are.
        count: usize,
        /// Some of them, as `show` takes them.
        some: Vec<String>,
    },
    /// A workspace that is only to be read does not exist.
    #[error("there is no workspace at {}", .0.display())]
    NoWorkspace(PathBuf),
}

impl CliError {
    /// What to do about it.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::NoSuchPath(_) => {
                Some("check the spelling; paths are taken from the current folder".to_owned())
            }
            Self::Workspace(error) => error.hint(),
            Self::Output(OutputError::BinaryOnTerminal { .. }) => {
                Some("give a file with --out FILE".to_owned())
            }
            Self::Unknown(_) => Some(
                "list what there is: `isocenter devices`, `findings`, `vulnerabilities`, \
                 `components --search TEXT`, `documents`"
                    .to_owned(),
            ),
            Self::Ambiguous { some, .. } => Some(format!("say which: {}", some.join(", "))),
            Self::NoWorkspace(_) => Some(
                "read some papers first: `isocenter assess DIR`; or name the workspace with \
                 --workspace DIR"
                    .to_owned(),
            ),
            Self::Unreadable { .. } | Self::Runtime(_) | Self::Report(_) | Self::Output(_) => None,
        }
    }
}
