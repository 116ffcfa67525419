//! Reports as their readers meet them.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod csv;
mod hospital;
mod html;
mod json;
mod sample;
mod sarif;
mod terminal;
mod xlsx;
