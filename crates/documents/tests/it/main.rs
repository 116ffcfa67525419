//! Readers and writers from outside, on whole files.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod mds2;
