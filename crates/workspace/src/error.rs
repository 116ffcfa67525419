//! What can stop a use case.

use isocenter_exposure::PolicyError;
use isocenter_store::StoreError;

/// Why a use case could not be carried out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkspaceError {
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A feed could not be fetched, carried or taken.
    #[error(transparent)]
    Feed(#[from] isocenter_feeds::FeedError),
    /// The urgency policy cannot be used.
    #[error("the urgency policy cannot be used")]
    Policy(#[from] PolicyError),
}

impl WorkspaceError {
    /// What to do about it, where there is something to do.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Store(StoreError::NeedsUpgrade { .. }) => {
                Some("run `isocenter upgrade`: it makes a copy first".to_owned())
            }
            Self::Feed(error) => error.hint(),
            Self::Store(_) | Self::Policy(_) => None,
        }
    }
}
