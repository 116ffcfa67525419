//! The use cases: import, assess, list, back up.
//!
//! The only caller of the store. Clock, policy and actor come in here; views go out, and whoever
//! calls decides how to show them. Nothing here prints or renders.
#![warn(missing_docs)]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the use cases read papers from the disk and own the clock"
)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")
)]

mod assess;
pub mod backup;
pub mod check;
mod error;
mod feed;
pub mod import;
pub mod locate;
mod views;
mod walk;
mod workspace;

pub use error::WorkspaceError;
pub use feed::{BundleRules, Taken};
pub use isocenter_feeds as feeds;
pub use views::vulnerabilities;
pub use workspace::Workspace;
