#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
//! Reports as their readers meet them.
