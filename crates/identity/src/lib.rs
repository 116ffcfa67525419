//! Is this the same thing? Package URLs, CPEs, BOM-Links, product and maker names, serial numbers, addresses, UDI.
//!
//! Every name that papers give to a thing becomes a *key*: a string that is equal for every
//! spelling of the same thing, without its version. Keys are what an index is searched by:
//!
//! | key | from | example |
//! |---|---|---|
//! | `purl:` | [`purl::Purl::key`], [`purl::key_from_collection`] | `purl:npm/@scope/name` |
//! | `cpe:` | [`cpe::Cpe::key`] | `cpe:a:openssl:openssl` |
//! | `name:` | [`name::product_keys`] | `name:gehealthcare/vivide95` |
//!
//! Equal keys mean "look closer", never "affected": versions, CPE attributes and platforms are
//! compared afterwards. Nothing here is fuzzy: two names share a key when they are equal after
//! the normalisation that their standard (or a catalog of aliases with its source) allows.
#![warn(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")
)]

pub mod address;
pub mod bom_link;
pub mod cpe;
pub mod name;
pub mod package;
pub mod purl;
pub mod serial;
pub mod udi;
