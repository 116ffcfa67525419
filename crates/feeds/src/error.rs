//! What can keep a feed from arriving.

use std::io;
use std::path::PathBuf;

/// Why a feed, a bundle or a key could not be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FeedError {
    /// No feed has that name.
    #[error("there is no feed `{0}`")]
    UnknownFeed(String),
    /// The catalog of feeds cannot be read.
    #[error("the catalog of feeds cannot be used: {0}")]
    Catalog(String),
    /// The address of a mirror or a proxy is none.
    #[error("`{0}` is no address")]
    Address(String),
    /// A publisher answered with something else than the file.
    #[error("{address} answered with status {status}")]
    Status {
        /// What was asked for.
        address: String,
        /// HTTP status (RFC 9110).
        status: u16,
    },
    /// No answer, or none that went on to its end, in as many attempts as are made.
    #[error("{address} could not be fetched in {attempts} attempts")]
    Unreachable {
        /// What was asked for.
        address: String,
        /// How often.
        attempts: u32,
        /// What went wrong last.
        #[source]
        source: Box<Refusal>,
    },
    /// What came cannot be used.
    #[error("what came from {address} cannot be used")]
    Unusable {
        /// What was asked for.
        address: String,
        /// Why.
        #[source]
        source: Refusal,
    },
    /// A file of the folder of feeds.
    #[error("cannot {action} {}", path.display())]
    File {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// Why it failed.
        #[source]
        source: io::Error,
    },
    /// A bundle that is not taken.
    #[error("the bundle is not taken")]
    Bundle(#[source] Refusal),
    /// A key that cannot be used.
    #[error("the key cannot be used: {0}")]
    Key(String),
}

/// Why something from outside is refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The connection failed or broke off.
    #[error("the connection failed: {0}")]
    Connection(String),
    /// The server is too busy or broken.
    #[error("the server answered with status {0}")]
    Busy(u16),
    /// Fewer or more bytes than were announced.
    #[error("{received} bytes came and {announced} were announced")]
    Length {
        /// What was announced.
        announced: u64,
        /// What came.
        received: u64,
    },
    /// More bytes than any real file of the kind.
    #[error("more than {} MiB came, which no file of this feed has", most >> 20)]
    TooLarge {
        /// The bound, in bytes.
        most: u64,
    },
    /// The content breaks off, is damaged, or is not of its kind.
    #[error("it is no whole {kind} file: {why}")]
    Damaged {
        /// What it should be.
        kind: &'static str,
        /// What is wrong.
        why: String,
    },
    /// The bytes are not those whose checksum was published.
    #[error("its checksum is {found}, and {expected} was published")]
    Checksum {
        /// As published.
        expected: String,
        /// As reckoned.
        found: String,
    },
    /// A description that does not say what it must.
    #[error("it does not say {0}")]
    Unsaid(&'static str),
    /// A file is no bundle.
    #[error("it is no bundle of feeds: {0}")]
    NoBundle(String),
    /// The signature is missing or wrong.
    #[error("its signature does not hold: {0}")]
    Signature(String),
    /// Signed by somebody who is not trusted here.
    #[error("it was signed with key {0}, which is not trusted here")]
    Untrusted(String),
    /// Older than may be.
    #[error("it was made {days} days ago, and at most {most} are allowed")]
    TooOld {
        /// Its age.
        days: i64,
        /// The limit.
        most: u32,
    },
    /// Made in the future.
    #[error("it says that it was made on {0}, which is still to come")]
    FromTheFuture(jiff::Timestamp),
    /// Not newer than one that was taken before.
    #[error(
        "it was made on {made}, and a bundle of {before} was taken before: an older state would hide newer flaws"
    )]
    Rollback {
        /// When this one was made.
        made: jiff::Timestamp,
        /// When the newest one that was taken was made.
        before: jiff::Timestamp,
    },
}

impl FeedError {
    /// What to do about it, where there is something to do.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::UnknownFeed(_) => "`isocenter feed status` lists the feeds".to_owned(),
            Self::Address(_) => "an address begins with https:// or http://".to_owned(),
            Self::Status { status: 403, .. } | Self::Status { status: 401, .. } => {
                "the publisher or a proxy wants a key or a login; see `isocenter feed pull --help`"
                    .to_owned()
            }
            Self::Status { status: 404, .. } => {
                "the publisher may have moved the file; name another place with --mirror BASE"
                    .to_owned()
            }
            Self::Unreachable { .. } => {
                "check the connection and the proxy (--proxy URL); what was fetched is kept, and the same command goes on from there"
                    .to_owned()
            }
            Self::Bundle(Refusal::Untrusted(_)) => {
                "compare the key with its owner on another way, then `isocenter feed trust FILE`"
                    .to_owned()
            }
            Self::Bundle(Refusal::TooOld { .. }) => {
                "ask for a newer bundle, or allow this one with --max-age DAYS".to_owned()
            }
            Self::Bundle(Refusal::Rollback { .. }) => {
                "take it all the same with --accept-older".to_owned()
            }
            _ => return None,
        })
    }

    pub(crate) fn file(
        action: &'static str,
        path: &std::path::Path,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File {
            action,
            path,
            source,
        }
    }
}
