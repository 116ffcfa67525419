//! Components, vulnerabilities and statements become findings.
//!
//! Traps of the standards this crate lives with:
//!
//! - A CVE record's `defaultStatus` is `unknown` unless it says otherwise, so a version outside
//!   every listed range is not simply unaffected ([`match_record`] says when it is).
//! - A distribution's package carries corrections under an old upstream version: an upstream
//!   range says nothing about it.
//! - A name without an ecosystem is a namesake until its maker agrees too: the npm driver
//!   `mysql` is not MySQL.
//! - A configuration joins products by AND: a flaw of an application on one operating system is
//!   none on another, and one that nobody knows to be met is no yes.
//! - A recall describes a device in prose and is seldom about software.
//! - One advisory id may cover several CVE ids: following aliases must never join two CVEs.
//!
//! Everything here is pure: records and statements come in as arguments, findings go out, and
//! the same input gives the same findings on any day.
#![warn(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")
)]

mod assertion;
mod condition;
mod configuration;
mod distribution;
mod expression;
mod findings;
mod flaw;
mod judge;
pub mod keys;
mod matching;
mod owner;
mod platform;
mod policy;
mod recall;
mod reference;
mod statement;
mod subject;
mod urgency;

pub use assertion::{Assertion, Standing};
pub use findings::{Closed, findings};
pub use matching::match_record;
pub use policy::{Policy, PolicyError};
pub use statement::{Bill, Part, ReleaseContext, component_ref, heed};
pub use subject::{Subject, SubjectKind};
pub use urgency::{Weighed, exposure, weigh};
