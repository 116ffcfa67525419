//! A view in, bytes out. Nothing here opens a file, asks the clock or decides anything: what is
//! shown stands in the views of [`isocenter_model::assessment`], and this crate gives it a form.
//!
//! | module | form | for |
//! |---|---|---|
//! | [`json`] | JSON, documented in `docs/reference/json.md` | programs |
//! | [`csv`] | CSV (RFC 4180) | maintenance systems, which send the worklist back with status |
//! | [`xlsx`] | workbook | people who filter and plan |
//! | [`html`] | one self-contained page | people who read, print and hang up |
//! | [`sarif`] | SARIF 2.1.0 | tools that collect problems of files |
//! | [`terminal`] | text | people at a prompt |
//! | [`svg`] | charts | the page, and other pages |
//!
//! Every text that a vendor or a hospital wrote passes through
//! [`isocenter_model::text::printable`] before it is shown; JSON and SARIF keep the text and
//! escape the characters that act. Every form states
//! [`isocenter_model::assessment::DISCLAIMER`].
#![warn(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a test stops at the first surprise")
)]

pub mod csv;
mod error;
pub mod html;
mod index;
pub mod json;
pub mod sarif;
pub mod svg;
pub mod terminal;
mod words;
pub mod xlsx;

pub use error::ReportError;
