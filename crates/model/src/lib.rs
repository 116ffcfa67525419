//! The shared nouns of Isocenter, and nothing else.
//!
//! Every other crate speaks in these types. They hold meaning and units, derive nothing of a
//! database or a wire format, and do no input or output: "now", the actor and the policy are
//! always arguments of the functions that use them.
//!
//! | module | nouns |
//! |---|---|
//! | [`problem`] | what is wrong in a paper, and where |
//! | [`digest`] | the name of a document: its SHA-256 |
//! | [`document`] | a paper that was read, whatever its format |
//! | [`component`] | software and hardware parts, and the bill of materials that lists them |
//! | [`product`] | how papers name products; releases, devices, systems |
//! | [`vulnerability`] | one source's record of a flaw, with what it affects |
//! | [`applicability`] | configurations that a flaw applies to, as trees |
//! | [`recall`] | recalls of devices and field safety notices |
//! | [`identity`] | names of one thing in two systems of names |
//! | [`statement`] | somebody's word on a flaw in a product (VEX) |
//! | [`form`] | a manufacturer's disclosure form (MDS2) |
//! | [`lifecycle`] | support life: what begins and ends when, as somebody states it |
//! | [`observation`] | what somebody saw on site |
//! | [`update`] | updates that a manufacturer has validated |
//! | [`inventory`] | a hospital's own list of devices |
//! | [`equipment`] | equipment as the images that it made name it (DICOM) |
//! | [`network`] | what a scan of the network saw of its hosts |
//! | [`finding`] | matches, findings, verdicts and their evidence |
//! | [`assessment`] | the answer: what a person or a program is shown |
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))] // a test that cannot go on has failed

pub mod applicability;
pub mod assessment;
pub mod component;
pub mod digest;
pub mod document;
pub mod equipment;
pub mod finding;
pub mod form;
pub mod identity;
pub mod inventory;
pub mod lifecycle;
pub mod network;
pub mod observation;
pub mod problem;
pub mod product;
pub mod recall;
pub mod statement;
pub mod text;
pub mod update;
pub mod vulnerability;

pub use digest::Digest;
pub use document::{Document, DocumentKind, Reading};
pub use problem::{Level, Place, Problem};
