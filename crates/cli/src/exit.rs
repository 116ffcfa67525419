//! How the program ends, decided in one place.

use std::process::ExitCode;

/// Exit status for scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExitStatus {
    /// Done, and nothing to look at.
    Clean,
    /// Done, and there are problems or findings that were asked for.
    Problems,
    /// Could not run.
    CannotRun,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        match status {
            ExitStatus::Clean => Self::SUCCESS,
            ExitStatus::Problems => Self::from(1),
            ExitStatus::CannotRun => Self::from(2),
        }
    }
}
