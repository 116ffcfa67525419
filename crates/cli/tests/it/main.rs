//! The program as its users meet it: through the binary.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stderr,
    reason = "a test that cannot unwrap has failed, these tests are about files and processes, and one that lacks its data says so"
)]

mod answers;
mod bills;
mod commands;
#[path = "../../../documents/tests/it/dicom_file.rs"]
#[allow(dead_code, reason = "other tests of DICOM files need more of it")]
mod dicom_file;
#[path = "../../../documents/tests/it/dicom_planted.rs"]
#[allow(dead_code, reason = "other tests of DICOM files need more of it")]
mod dicom_planted;
mod expected;
mod feeds;
mod fleet;
mod identity;
mod privacy;
mod readme;
mod records;
mod session;
mod site;
mod spdx;
mod statements;
mod worklist;

/// The server that the feeds are tested against, with the faults of real ones.
#[allow(dead_code, reason = "not every fault is needed here")]
#[path = "../../../feeds/tests/it/server.rs"]
mod server;
