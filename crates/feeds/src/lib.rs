//! Published feeds: fetched on a connected machine, carried to one that is not.
//!
//! The only crate with network code. It opens a connection when somebody asks for a feed and at no other time,
//! sends nothing but the request for a published file, and knows neither store nor papers: it leaves
//! files in a folder, each with its SHA-256, where it came from and when.
//!
//! | to | use |
//! |---|---|
//! | know what is published where | [`Catalog`] |
//! | fetch what is new | [`pull`] |
//! | carry feeds to another machine | [`bundle::create`], [`bundle::open`] |
//! | sign and trust | [`key`] |
//!
//! Everything that comes from outside is taken for hostile: sizes are bounded, names are made safe, what is cut
//! off, damaged or not what its publisher's checksum says never replaces what is there.
#![warn(missing_docs)]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "feeds come over the network and lie in a folder"
)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")
)]

pub mod bundle;
mod catalog;
mod client;
mod download;
mod error;
mod folder;
pub mod key;
mod pull;

pub use catalog::{Catalog, Content, Feed, Layout, Newest, Selection};
pub use client::{Client, Observer, Settings};
pub use error::{FeedError, Refusal};
pub use folder::{FeedFile, Folder, State};
pub use pull::{Pulled, pull};
